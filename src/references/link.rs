//! Links within one document. Links into other files are the corpus's matter.

use rustc_hash::FxHashMap;

use crate::markup::{Anchor, AnchorKind, Document, Pointer, PointerKind};

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
    let anchors = Labels::of(&document.anchors);
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
    /// Notes by label alone; `None` where several runs of notes have the label.
    any_note: FxHashMap<&'a str, Option<usize>>,
    ids: FxHashMap<&'a str, usize>,
    works: FxHashMap<&'a str, usize>,
}

impl<'a> Labels<'a> {
    fn of(anchors: &'a [Anchor]) -> Self {
        let mut labels = Self {
            notes: FxHashMap::default(),
            any_note: FxHashMap::default(),
            ids: FxHashMap::default(),
            works: FxHashMap::default(),
        };
        for (index, anchor) in anchors.iter().enumerate() {
            let label = anchor.label.as_str();
            if anchor.kind == AnchorKind::Work {
                labels.works.entry(label).or_insert(index);
                continue;
            }
            labels.ids.entry(label).or_insert(index);
            if anchor.kind == AnchorKind::Note {
                labels.notes.entry((anchor.scope, label)).or_insert(index);
                let scope_of = |other: usize| anchors[other].scope;
                labels
                    .any_note
                    .entry(label)
                    .and_modify(|known| *known = known.filter(|&n| scope_of(n) == anchor.scope))
                    .or_insert(Some(index));
            }
        }
        labels
    }

    fn target_of(&self, pointer: &Pointer) -> Option<usize> {
        let target = pointer.target.as_str();
        match pointer.kind {
            // A format with ids points by them, whatever the pointer shows.
            PointerKind::Marker if target.starts_with('#') => self.place(&target[1..]),
            PointerKind::Marker => self
                .notes
                .get(&(pointer.scope, target))
                .copied()
                .or_else(|| self.any_note.get(target).copied().flatten()),
            PointerKind::Backlink
            | PointerKind::Link
            | PointerKind::Page
            | PointerKind::Figure
            | PointerKind::Other => self.place(target.strip_prefix('#')?),
            PointerKind::Citation => self.works.get(target).copied(),
            PointerKind::Bibliography => None,
        }
    }

    fn place(&self, fragment: &str) -> Option<usize> {
        super::ids(fragment).find_map(|id| self.ids.get(&*id).copied())
    }
}
