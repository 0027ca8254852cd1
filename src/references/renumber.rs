//! The numbers of notes put in the order in which the text calls for them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::{Anchor, AnchorKind, Document, Format, InlineKind, Pointer, PointerKind};
use crate::text::{ProseSpan, Span};

use super::References;

/// What stands in the source, and what is to stand there.
pub type Replacement = (Span, String);

/// How far behind its pointer the words of a link may begin, in bytes.
const REACH: usize = 200;

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
    let run = Run { source, document, references, scope };
    let notes = run.notes()?;
    let markers = run.markers(&notes)?;
    let numbers = new_numbers(&notes, &markers);
    let mut edits: Vec<Replacement> = markers
        .iter()
        .map(|(span, note)| (*span, numbers[note]))
        .chain(notes.iter().map(|note| (note.number, numbers[&note.anchor])))
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
    /// Where its number stands in the source.
    number: Span,
    value: u32,
    /// The note with its body, without white space behind it.
    extent: Span,
}

struct Run<'a> {
    source: &'a str,
    document: &'a Document,
    references: &'a References,
    scope: u32,
}

impl Run<'_> {
    /// The numbered notes of the run, in the order of the source.
    fn notes(&self) -> Result<Vec<Note>, &'static str> {
        let mut notes = Vec::new();
        let mut seen = FxHashSet::default();
        for (index, anchor) in self.document.anchors.iter().enumerate() {
            let is_one = anchor.kind == AnchorKind::Note && anchor.scope == self.scope;
            let Some((number, value)) = is_one.then(|| self.number_of(anchor)).flatten() else {
                continue;
            };
            if !seen.insert(value) {
                return Err("two notes have one number");
            }
            let length = anchor.extent.of(self.source).trim_end().len();
            let extent = Span::new(anchor.extent.start, anchor.extent.start + length);
            notes.push(Note { anchor: index, number, value, extent });
        }
        if notes.is_empty() { Err("no note here has a number") } else { Ok(notes) }
    }

    /// The number at the head of a note as a reader sees it.
    fn number_of(&self, anchor: &Anchor) -> Option<(Span, u32)> {
        if self.document.format != Format::Html {
            return digits(self.source, anchor.span);
        }
        let blocks = &self.document.blocks;
        let behind = blocks.partition_point(|block| block.span.start <= anchor.extent.start);
        let near = &blocks[behind.saturating_sub(1)..blocks.len().min(behind + 1)];
        let block = near.iter().find(|block| {
            block.span.touches(anchor.span.start) || anchor.extent.covers(block.span)
        })?;
        let word = block.prose.text(self.source).split_whitespace().next()?;
        let start = word.find(is_digit)?;
        let length = word[start..].find(|c| !is_digit(c)).unwrap_or(word.len() - start);
        // The number may stand in a link, and the dot behind it outside.
        let span = ProseSpan::new(start, start + length);
        let is_whole =
            block.prose.is_contiguous(span) && !word[..start].contains(char::is_alphanumeric);
        is_whole.then(|| digits(self.source, block.prose.to_source(span)))?
    }

    /// The markers of the run's notes: where the number stands and the note.
    fn markers(&self, notes: &[Note]) -> Result<Vec<(Span, usize)>, &'static str> {
        let own: FxHashSet<usize> = notes.iter().map(|note| note.anchor).collect();
        let shown = self.shown_markers();
        let mut markers = Vec::new();
        for (index, pointer) in self.document.pointers.iter().enumerate() {
            if pointer.kind != PointerKind::Marker {
                continue;
            }
            let place = self.place_of(pointer, &shown);
            match self.references.target(index) {
                Some(note) if own.contains(&note) => {
                    markers.push((place.ok_or("a marker shows no number")?, note));
                }
                None if pointer.scope == self.scope && place.is_some() => {
                    return Err("a marker has no note");
                }
                _ => {}
            }
        }
        Ok(markers)
    }

    /// Where the stretches stand that are shown as markers, in order.
    fn shown_markers(&self) -> Vec<Span> {
        let blocks = self.document.blocks.iter();
        let mut shown: Vec<Span> = blocks
            .flat_map(|block| {
                let markers = block.inlines.iter().filter(|one| one.kind == InlineKind::Marker);
                markers.map(|one| block.prose.to_source(one.span))
            })
            .collect();
        shown.sort();
        shown
    }

    /// Where the number of a marker stands: in the pointer itself or in the words of its link.
    fn place_of(&self, pointer: &Pointer, shown: &[Span]) -> Option<Span> {
        if self.document.format != Format::Html {
            return digits(self.source, pointer.span).map(|(span, _)| span);
        }
        let next = shown.partition_point(|span| span.start < pointer.span.end);
        let text = shown.get(next).filter(|span| span.start - pointer.span.end < REACH)?;
        digits(self.source, *text).map(|(span, _)| span)
    }
}

/// The new number of each note.
fn new_numbers(notes: &[Note], markers: &[(Span, usize)]) -> FxHashMap<usize, u32> {
    let first = notes.iter().map(|note| note.value).min().unwrap_or(1);
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

/// The digits of a label, plain or raised, and the number that they are.
fn digits(source: &str, span: Span) -> Option<(Span, u32)> {
    let text = span.of(source);
    let start = text.find(is_digit)?;
    let length = text[start..].find(|c| !is_digit(c)).unwrap_or(text.len() - start);
    let digits = &text[start..start + length];
    // A label such as `A11.7` or `smith2004` is a name, and no number.
    let is_number = text.chars().all(|c| is_digit(c) || !c.is_alphanumeric())
        && text.chars().filter(|&c| is_digit(c)).count() == digits.chars().count();
    let value = digits.chars().map(|c| plain(c).to_string()).collect::<String>().parse().ok()?;
    let start = span.start + start;
    is_number.then_some((Span::new(start, start + length), value))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || RAISED.contains(&c)
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

fn plain(digit: char) -> usize {
    let raised = RAISED.iter().position(|&raised| raised == digit);
    raised.unwrap_or_else(|| digit.to_digit(10).unwrap_or(0) as usize)
}

/// A number written with the digits that the old one has.
fn rewritten(old: &str, number: u32) -> String {
    let is_raised = old.chars().any(|c| RAISED.contains(&c));
    let digits = number.to_string();
    let raise = |c: char| RAISED[plain(c)];
    if is_raised { digits.chars().map(raise).collect() } else { digits }
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
    fn nothing_is_guessed() {
        for source in [
            "One.[1] Two.[3]\n\nNotes\n\n[1] A.\n\n[2] B.\n",
            "One.[1] Two.[2]\n\nNotes\n\n[1] A.\n\n[2] B.\n\n[2] C.\n",
        ] {
            assert!(renumbered(source, Format::Plain).is_err(), "{source}");
        }
    }
}
