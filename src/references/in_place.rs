//! The numbers of notes that stand in their place in a text of TEI, put in the order of the text.
//!
//! Nothing needs to point at such a note, so nothing here has to be unique: a note that was put in
//! between may have the number of the one behind it.

use crate::markup::{AnchorKind, Document};
use crate::text::Span;

use super::numbers::{Numbered, Numbers, rewritten};
use super::{References, Replacement};

/// Elements behind which the notes may be counted anew.
const DIVISIONS: [&str; 4] = ["<pb", "<div", "<back", "<text"];

/// A note that stands in its place.
struct Note {
    /// Where its tag starts.
    start: usize,
    number: Numbered,
    /// Its number in [`Document::anchors`], if it has an id.
    anchor: Option<usize>,
}

/// The replacements that number the notes in place around the one at byte `at` from the first number
/// of their run on; what points at one of them and shows its number follows. A run goes on until
/// the notes of another page or division start from 1. `None` if there is no such note at `at`; linear.
pub fn renumber_in_place(
    source: &str,
    document: &Document,
    references: &References,
    at: usize,
) -> Option<Vec<Replacement>> {
    let numbers = Numbers::of(source, document);
    let notes = notes(document, &numbers);
    let here = notes.partition_point(|note| note.start <= at).checked_sub(1)?;
    if has_ended(source, &notes[here], at) {
        return None;
    }
    let run = run_around(source, &notes, here);
    let first = run.iter().map(|note| note.number.value).min()?;
    let mut edits = Vec::new();
    for (note, number) in run.iter().zip(first..) {
        let uses = note.anchor.map_or(&[][..], |anchor| references.uses(anchor));
        let markers = uses.iter().map(|&pointer| &document.pointers[pointer]);
        let target = note.anchor.map(|anchor| &document.anchors[anchor]);
        let markers = markers.filter(|pointer| numbers.is_marker(pointer, target));
        let places = markers.filter_map(|marker| numbers.of_marker(marker));
        let places = places.flat_map(|number| number.places);
        for place in note.number.places.iter().copied().chain(places) {
            let written = rewritten(place.of(source), number);
            if written != place.of(source) {
                edits.push((place, written));
            }
        }
    }
    edits.sort();
    edits.dedup();
    Some(edits)
}

/// The numbered notes in place, in the order of the source.
fn notes(document: &Document, numbers: &Numbers<'_>) -> Vec<Note> {
    let named = document.anchors.iter().enumerate().filter_map(|(index, anchor)| {
        let is_in_place = anchor.kind == AnchorKind::Note && !anchor.needs_marker;
        let number = is_in_place.then(|| numbers.of_note(anchor))??;
        Some(Note { start: anchor.extent.start, number, anchor: Some(index) })
    });
    let nameless = document.note_numbers.iter().filter_map(|&span| {
        let start = numbers.tag_around(span)?;
        Some(Note { start, number: numbers.of_nameless(span)?, anchor: None })
    });
    let mut notes: Vec<Note> = named.chain(nameless).collect();
    notes.sort_by_key(|note| note.start);
    notes
}

/// Whether a note ends before byte `at`.
fn has_ended(source: &str, note: &Note, at: usize) -> bool {
    let end = note.number.places.iter().map(|place| place.end).max().unwrap_or(note.start);
    at > end && Span::new(end, at).of(source).contains("</note")
}

/// The notes that are counted together with that of number `here`.
fn run_around<'n>(source: &str, notes: &'n [Note], here: usize) -> &'n [Note] {
    let begins = |at: &usize| {
        let between = || &source[notes[*at - 1].start..notes[*at].start];
        notes[*at].number.value == 1
            && DIVISIONS.iter().any(|division| between().contains(division))
    };
    let start = (1..=here).rev().find(begins).unwrap_or(0);
    let end = (here + 1..notes.len()).find(begins).unwrap_or(notes.len());
    &notes[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{self, Format};
    use crate::references::link;

    /// The text with the notes around `|` numbered anew.
    fn renumbered(marked: &str) -> Option<String> {
        let at = marked.find('|').expect("a place");
        let source = marked.replace('|', "");
        let document = markup::read(&source, Format::Tei, None);
        let references = link(&source, &document);
        let edits = renumber_in_place(&source, &document, &references, at)?;
        let mut text = source.clone();
        for (span, written) in edits.into_iter().rev() {
            text.replace_range(span.range(), &written);
        }
        Some(text)
    }

    #[test]
    fn notes_without_an_id_are_numbered_in_the_order_of_the_text() {
        let before = "<TEI><text><p>1 A<note n='1'><p>1 So|.</p></note> b<note place='foot' n='1'>New.</note> \
                      c<note n='2' xml:id='c'>2 Ibid.</note> d<note n='*'>Star.</note> e<note n='3'>3 men.</note>, \
                      see <ref target='#c' n='2'>note 2</ref>, <ptr target='#c' n='2'/>.</p></text></TEI>";
        let after = "<TEI><text><p>1 A<note n='1'><p>1 So.</p></note> b<note place='foot' n='2'>New.</note> \
                     c<note n='3' xml:id='c'>3 Ibid.</note> d<note n='*'>Star.</note> e<note n='4'>4 men.</note>, \
                     see <ref target='#c' n='3'>note 2</ref>, <ptr target='#c' n='3'/>.</p></text></TEI>";
        assert_eq!(renumbered(before).as_deref(), Some(after));
        let elsewhere = before.replace('|', "").replace(" d<", " |d<");
        assert_eq!(renumbered(&elsewhere), None);
    }

    #[test]
    fn a_page_that_starts_from_1_is_left_alone() {
        let before = "<text><pb/><p>A<note n='1'>.</note> b<note n='3'>|.</note><pb/> c<note n='1'>.</note> \
                      d<note n='3'>.</note></p><div><note n='4'>.</note></div></text>";
        let after = before.replacen("'3'", "'2'", 1).replace('|', "");
        assert_eq!(renumbered(before).as_deref(), Some(&*after));
        let last = before.replace('|', "").replace("'4'>", "'4'>|");
        let after = last.replace('|', "");
        let after = after.replacen("d<note n='3'", "d<note n='2'", 1).replace("'4'", "'3'");
        assert_eq!(renumbered(&last).as_deref(), Some(&*after));
    }
}
