//! The numbers of notes put in the order in which the text calls for them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::{AnchorKind, Document, Format};
use crate::text::Span;

use super::References;
use super::numbers::{Numbered, Numbers, rewritten};

/// What stands in the source, and what is to stand there.
pub type Replacement = (Span, String);

/// The replacements that number the notes of one run from its first number on, in the order
/// of their first markers, and put the notes into that order where they are a list of plain
/// text or Markdown. Notes without a marker come last. Empty if they are in order already.
///
/// # Errors
/// Why it would be a guess: a marker without a note, two notes of one number, no numbers.
pub fn renumber(
    source: &str,
    document: &Document,
    references: &References,
    scope: u32,
) -> Result<Vec<Replacement>, &'static str> {
    let numbers = Numbers::of(source, document);
    let run = Run { source, document, references, scope, numbers };
    let notes = run.notes()?;
    let markers = run.markers(&notes)?;
    let numbers = new_numbers(&notes, &markers);
    let of_markers = markers.iter().map(|(places, note)| (places, numbers[note]));
    let of_notes = notes.iter().map(|note| (&note.number.places, numbers[&note.anchor]));
    let mut edits: Vec<Replacement> = of_markers
        .chain(of_notes)
        .flat_map(|(places, number)| places.iter().map(move |place| (*place, number)))
        .filter_map(|(span, number)| {
            let written = rewritten(span.of(source), number);
            (written != span.of(source)).then_some((span, written))
        })
        .collect();
    edits.sort();
    edits.dedup();
    if matches!(document.format, Format::Plain | Format::Markdown) {
        edits = sorted_notes(source, &notes, &numbers, edits);
    }
    Ok(edits)
}

/// A note of the run.
struct Note {
    /// Its number in [`Document::anchors`].
    anchor: usize,
    number: Numbered,
    /// The note with its body, without white space behind it.
    extent: Span,
}

struct Run<'a> {
    source: &'a str,
    document: &'a Document,
    references: &'a References,
    scope: u32,
    numbers: Numbers<'a>,
}

impl Run<'_> {
    /// The numbered notes of the run, in the order of the source.
    fn notes(&self) -> Result<Vec<Note>, &'static str> {
        let mut notes = Vec::new();
        let mut seen = FxHashSet::default();
        for (index, anchor) in self.document.anchors.iter().enumerate() {
            let is_one = anchor.kind == AnchorKind::Note && anchor.scope == self.scope;
            let Some(number) = is_one.then(|| self.numbers.of_note(anchor)).flatten() else {
                continue;
            };
            if self.document.format == Format::Plain && !anchor.needs_marker {
                return Err("it is not certain which markers are theirs");
            }
            if !seen.insert(number.value) {
                return Err("two notes have one number");
            }
            let length = anchor.extent.of(self.source).trim_end().len();
            let extent = Span::new(anchor.extent.start, anchor.extent.start + length);
            notes.push(Note { anchor: index, number, extent });
        }
        if notes.is_empty() { Err("no note here has a number") } else { Ok(notes) }
    }

    /// The markers of the run's notes, in the order of the source: the places of the number and the
    /// note. A note that is read where it stands is its own marker.
    fn markers(&self, notes: &[Note]) -> Result<Vec<(Vec<Span>, usize)>, &'static str> {
        let own: FxHashSet<usize> = notes.iter().map(|note| note.anchor).collect();
        let anchors = &self.document.anchors;
        let mut markers = Vec::new();
        for (index, pointer) in self.document.pointers.iter().enumerate() {
            let target = self.references.target(index);
            if !self.numbers.is_marker(pointer, target.map(|target| &anchors[target])) {
                continue;
            }
            let number = self.numbers.of_marker(pointer);
            match target {
                Some(note) if own.contains(&note) => {
                    let number = number.ok_or("a marker shows no number")?;
                    markers.push((pointer.span.start, number.places, note));
                }
                None if pointer.scope == self.scope && number.is_some() => {
                    return Err("a marker has no note");
                }
                _ => {}
            }
        }
        if self.document.format == Format::Tei {
            let in_place = notes.iter().filter(|note| !anchors[note.anchor].needs_marker);
            markers.extend(
                in_place.map(|note| (note.extent.start, note.number.places.clone(), note.anchor)),
            );
            markers.sort_by_key(|(start, ..)| *start);
        }
        Ok(markers.into_iter().map(|(_, places, note)| (places, note)).collect())
    }
}

/// The new number of each note.
fn new_numbers(notes: &[Note], markers: &[(Vec<Span>, usize)]) -> FxHashMap<usize, u32> {
    let first = notes.iter().map(|note| note.number.value).min().unwrap_or(1);
    let called = markers.iter().map(|(_, note)| *note);
    let mut numbers = FxHashMap::default();
    for note in called.chain(notes.iter().map(|note| note.anchor)) {
        let next = first + numbers.len() as u32;
        numbers.entry(note).or_insert(next);
    }
    numbers
}

/// Puts the notes in the order of their new numbers: each takes the place of another, with
/// the replacements inside of it.
fn sorted_notes(
    source: &str,
    notes: &[Note],
    numbers: &FxHashMap<usize, u32>,
    edits: Vec<Replacement>,
) -> Vec<Replacement> {
    let mut order: Vec<&Note> = notes.iter().collect();
    order.sort_by_key(|note| numbers[&note.anchor]);
    let are_apart = notes.windows(2).all(|two| two[0].extent.end <= two[1].extent.start);
    if !are_apart {
        return edits;
    }
    let mut moved = Vec::new();
    let mut inside = FxHashSet::default();
    for (place, note) in notes.iter().zip(order) {
        if place.anchor == note.anchor {
            continue;
        }
        let own = edits.iter().filter(|(span, _)| note.extent.covers(*span));
        let mut text = String::new();
        let mut at = note.extent.start;
        for (span, written) in own {
            inside.insert(*span);
            text.push_str(&source[at..span.start]);
            text.push_str(written);
            at = span.end;
        }
        text.push_str(&source[at..note.extent.end]);
        moved.push((place.extent, text));
    }
    moved.extend(edits.into_iter().filter(|(span, _)| !inside.contains(span)));
    moved.sort();
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup;
    use crate::references::link;

    fn renumbered(source: &str, format: Format) -> Result<String, &'static str> {
        let document = markup::read(source, format, None);
        let references = link(source, &document);
        let mut text = source.to_owned();
        for (span, written) in renumber(source, &document, &references, 0)?.into_iter().rev() {
            text.replace_range(span.range(), &written);
        }
        Ok(text)
    }

    #[test]
    fn notes_and_markers_are_numbered_in_the_order_of_the_markers() {
        let before =
            "One.[1] Two.[4] Again.[1] Three.[2]\n\nNotes\n\n[1] A.\n\n[2] B, see [4].\n\n[4] C.\n";
        let after =
            "One.[1] Two.[2] Again.[1] Three.[3]\n\nNotes\n\n[1] A.\n\n[2] C.\n\n[3] B, see [2].\n";
        assert_eq!(renumbered(before, Format::Plain).as_deref(), Ok(after));
        assert_eq!(renumbered(after, Format::Plain).as_deref(), Ok(after));
    }

    #[test]
    fn notes_of_one_chapter_leave_those_of_another_alone() {
        let source = "I\n\nA.[2] B.[1]\n\nII\n\nC.[1] D.[3] E.[2]\n\nNotes\n\nI\n\n[1] a.\n\n[2] b.\n\n\
                      II\n\n[1] c.\n\n[2] d.\n\n[3] e.\n";
        let document = markup::read(source, Format::Plain, None);
        let references = link(source, &document);
        let edits = |scope| renumber(source, &document, &references, scope).expect("numbered");
        let first: Vec<_> = edits(0).into_iter().map(|(span, _)| span.of(source)).collect();
        assert_eq!(first, ["2", "1", "[1] a.", "[2] b."]);
        let second: Vec<_> = edits(1).into_iter().map(|(span, _)| span.of(source)).collect();
        assert_eq!(second, ["3", "2", "[2] d.", "[3] e."]);
    }

    #[test]
    fn named_notes_of_markdown_keep_their_names() {
        let before = "One[^3] two[^name] three[^1].\n\n[^1]: A.\n[^name]: B.\n[^3]: C.\n";
        let after = "One[^1] two[^name] three[^2].\n\n[^1]: C.\n[^name]: B.\n[^2]: A.\n";
        assert_eq!(renumbered(before, Format::Markdown).as_deref(), Ok(after));
    }

    #[test]
    fn pages_change_what_they_show_and_keep_their_ids() {
        let before = "<p>One<sup><a href='#n2' id='m2'>2</a></sup> two<sup><a href='#n1' id='m1'>1</a></sup>.
<p id='n1'><a href='#m1'>1</a>. A.
<p id='n2'><a href='#m2'>2</a>. B.";
        let after = "<p>One<sup><a href='#n2' id='m2'>1</a></sup> two<sup><a href='#n1' id='m1'>2</a></sup>.
<p id='n1'><a href='#m1'>2</a>. A.
<p id='n2'><a href='#m2'>1</a>. B.";
        assert_eq!(renumbered(before, Format::Html).as_deref(), Ok(after));
    }

    #[test]
    fn notes_of_tei_change_their_n_and_what_the_text_shows() {
        let before = "<TEI><text><body><p>One<ref target='#b' n='2'>2</ref> two<ptr n='1' target='#a'/>
</p></body><back><note xml:id='a' n='1'>1917 it was.</note><note n='2' xml:id='b'>2. B.</note></back>
</text></TEI>";
        let after = "<TEI><text><body><p>One<ref target='#b' n='1'>1</ref> two<ptr n='2' target='#a'/>
</p></body><back><note xml:id='a' n='2'>1917 it was.</note><note n='1' xml:id='b'>1. B.</note></back>
</text></TEI>";
        assert_eq!(renumbered(before, Format::Tei).as_deref(), Ok(after));
        let in_place = "<TEI><text><p>A<note xml:id='a' n='4'>X.</note> b<note xml:id='b' n='7'>Y.\
                        </note> c<note n='5' xml:id='c'>Z.</note></p></text></TEI>";
        let numbered = in_place.replace("'5'", "'6'").replace("'7'", "'5'");
        assert_eq!(renumbered(in_place, Format::Tei), Ok(numbered));
    }

    #[test]
    fn nothing_is_guessed() {
        for source in [
            "One.[1] Two.[3]\n\nNotes\n\n[1] A.\n\n[2] B.\n",
            "One.[1] Two.[2]\n\nNotes\n\n[1] A.\n\n[2] B.\n\n[2] C.\n",
            // Whose notes these are is not certain.
            "One.[2] Two.[1]\n\nNotes\n\n[1] A.\n\n[2] B.\n\n[1] C.\n\n[2] D.\n",
        ] {
            assert!(renumbered(source, Format::Plain).is_err(), "{source}");
        }
    }
}
