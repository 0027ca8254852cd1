//! Links within one document. Links into other files are the corpus's matter.

use rustc_hash::FxHashMap;

use crate::markup::{AnchorKind, Document, Pointer, PointerKind};

use super::crossing::{Crossing, crossings};

/// The links between the pointers and the anchors of one document, by their positions
/// in [`Document::pointers`] and [`Document::anchors`].
#[derive(Debug, Default, PartialEq, Eq)]
pub struct References {
    targets: Vec<Option<usize>>,
    uses: Vec<Vec<usize>>,
    /// Words that name a division of the text, in the order of the source.
    pub crossings: Vec<Crossing>,
}

impl References {
    /// The anchor that pointer number `pointer` leads to in this document.
    pub fn target(&self, pointer: usize) -> Option<usize> {
        self.targets.get(pointer).copied().flatten()
    }

    /// The pointers that lead to anchor number `anchor`, in the order of the source.
    pub fn uses(&self, anchor: usize) -> &[usize] {
        self.uses.get(anchor).map_or(&[], Vec::as_slice)
    }
}

/// Links the pointers of a document to its own anchors. Linear in their number.
/// The words of the text count only where headings have numbers; linear in `source` then.
pub fn link(source: &str, document: &Document) -> References {
    let anchors = Labels::of(document);
    let targets: Vec<_> =
        document.pointers.iter().map(|pointer| anchors.target_of(pointer)).collect();
    let mut uses = vec![Vec::new(); document.anchors.len()];
    for (pointer, target) in targets.iter().enumerate() {
        if let Some(target) = target {
            uses[*target].push(pointer);
        }
    }
    References { targets, uses, crossings: crossings(source, document) }
}

/// Anchors by what names them; the first of equals, as browsers and readers take it.
struct Labels<'a> {
    notes: FxHashMap<(u32, &'a str), usize>,
    ids: FxHashMap<&'a str, usize>,
    works: FxHashMap<&'a str, usize>,
}

impl<'a> Labels<'a> {
    fn of(document: &'a Document) -> Self {
        let anchors = &document.anchors[..];
        let mut labels = Self {
            notes: FxHashMap::default(),
            ids: FxHashMap::default(),
            works: FxHashMap::default(),
        };
        for (index, anchor) in anchors.iter().enumerate() {
            let label = anchor.label.as_str();
            if anchor.kind == AnchorKind::Work {
                labels.works.entry(label).or_insert(index);
                continue;
            }
            if anchor.kind.has_id() {
                labels.ids.entry(label).or_insert(index);
            }
            if anchor.kind == AnchorKind::Note {
                labels.notes.entry((anchor.scope, label)).or_insert(index);
            }
        }
        labels
    }

    fn target_of(&self, pointer: &Pointer) -> Option<usize> {
        let target = pointer.target.as_str();
        match pointer.kind {
            // A format with ids points by them, whatever the pointer shows.
            PointerKind::Marker => match pointer.own_id() {
                Some(id) => self.place(id),
                None => self.notes.get(&(pointer.scope, target)).copied(),
            },
            PointerKind::Backlink
            | PointerKind::Link
            | PointerKind::Page
            | PointerKind::Figure
            | PointerKind::Other => self.place(pointer.own_id()?),
            PointerKind::Citation => self.works.get(target).copied(),
            PointerKind::Bibliography => None,
        }
    }

    fn place(&self, fragment: &str) -> Option<usize> {
        if fragment.is_empty() {
            // The head of the page, though a heading of signs alone may have no id.
            return None;
        }
        super::ids(fragment).find_map(|id| self.ids.get(&*id).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{self, Format};

    /// Each marker of a plain text outside of its notes, with the words of the note it leads to.
    fn markers(source: &str) -> Vec<String> {
        let document = markup::read(source, Format::Plain, None);
        let references = link(source, &document);
        let shown = document.pointers.iter().enumerate().map(|(index, pointer)| {
            let note = references.target(index).map(|note| document.anchors[note].extent);
            let note = note.map_or("nothing", |note| note.of(source));
            format!("{} -> {}", pointer.span.of(source), note.trim_end())
        });
        shown.collect()
    }

    #[test]
    fn a_note_of_another_chapter_answers_no_marker() {
        let text = "I\n\nHe left.[1] They came.[2] So.[3]\n\n\
                    [1] One.\n\n[2] Two.\n\n[3] Three.\n\n\
                    II\n\nShe left.[1] They went.[2] So.[3] And so.[4]\n\n\
                    [1] Eins.\n\n[2] Zwei.\n\n[4] Vier.\n";
        assert_eq!(
            markers(text),
            [
                "[1] -> [1] One.",
                "[2] -> [2] Two.",
                "[3] -> [3] Three.",
                "[1] -> [1] Eins.",
                "[2] -> [2] Zwei.",
                "[3] -> nothing",
                "[4] -> [4] Vier.",
            ]
        );
    }

    #[test]
    fn a_misread_number_among_the_notes_of_a_book_parts_nothing() {
        let text = "He left.[1] They came.[2] So.[3] And so.[4]\n\nNotes\n\n\
                    [1] One.\n\n[2] Two.\n\n[1] Three.\n\n[4] Four.\n";
        assert_eq!(
            markers(text),
            ["[1] -> [1] One.", "[2] -> [2] Two.", "[3] -> nothing", "[4] -> [4] Four."]
        );
    }
}
