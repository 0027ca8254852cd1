//! What a reading puts out in the order of the source, before the document is looked at whole.

use crate::text::Span;

use super::super::{Anchor, Block, Ignore, IgnoreScope, Language, Pointer, Problem};
use super::Change;

/// Lists that a reading only adds to: what was added up to a place of rest stays.
#[derive(Clone, Debug, Default)]
pub(in crate::markup) struct Raw {
    pub(super) blocks: Vec<Block>,
    /// The language that the markup declares for each block.
    pub(super) declared: Vec<Option<Language>>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) pointers: Vec<Pointer>,
    pub(super) note_numbers: Vec<Span>,
    pub(super) problems: Vec<Problem>,
    pub(super) ignores: Vec<Ignore>,
    /// Where elements start that ended without an end tag of their own.
    pub(super) unclosed: Vec<usize>,
    /// End tags of nothing that was open.
    pub(super) strays: Vec<Span>,
    /// Where pointers stand that may be none.
    pub(super) guesses: Vec<usize>,
}

/// How long the lists were.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks([usize; 9]);

impl Marks {
    pub(super) fn anchors(self) -> usize {
        self.0[1]
    }

    /// The same lengths where the lists had those of `to` instead of those of `from`.
    pub(super) fn moved(self, from: Self, to: Self) -> Self {
        Self(std::array::from_fn(|list| self.0[list] - from.0[list] + to.0[list]))
    }
}

/// Hardly any text has shorter blocks, markup included, in bytes. A list that grows is copied, which
/// costs time and space with a large file; room that is not used costs nothing.
const SHORTEST_BLOCKS: usize = 64;

impl Raw {
    /// Nothing, with room for what a source may have.
    pub(super) fn with_room(source: &str) -> Self {
        let blocks = source.len() / SHORTEST_BLOCKS;
        Self {
            blocks: Vec::with_capacity(blocks),
            declared: Vec::with_capacity(blocks),
            ..Self::default()
        }
    }

    pub(super) fn marks(&self) -> Marks {
        Marks([
            self.blocks.len(),
            self.anchors.len(),
            self.pointers.len(),
            self.note_numbers.len(),
            self.problems.len(),
            self.ignores.len(),
            self.unclosed.len(),
            self.strays.len(),
            self.guesses.len(),
        ])
    }

    /// What there was at `marks`.
    pub(super) fn head(&self, marks: Marks) -> Self {
        let [blocks, anchors, pointers, numbers, problems, ignores, unclosed, strays, guesses] =
            marks.0;
        Self {
            blocks: self.blocks[..blocks].to_vec(),
            declared: self.declared[..blocks].to_vec(),
            anchors: self.anchors[..anchors].to_vec(),
            pointers: self.pointers[..pointers].to_vec(),
            note_numbers: self.note_numbers[..numbers].to_vec(),
            problems: self.problems[..problems].to_vec(),
            ignores: self.ignores[..ignores].to_vec(),
            unclosed: self.unclosed[..unclosed].to_vec(),
            strays: self.strays[..strays].to_vec(),
            guesses: self.guesses[..guesses].to_vec(),
        }
    }

    /// Adds what `old` has behind `marks`, which has moved with the change before it.
    pub(super) fn add_tail(&mut self, old: &Self, marks: Marks, change: &Change) {
        let by = change.shift();
        let [blocks, anchors, pointers, numbers, problems, ignores, unclosed, strays, guesses] =
            marks.0;
        self.blocks.extend(old.blocks[blocks..].iter().map(|block| Block {
            span: by.span(block.span),
            prose: block.prose.shifted(by),
            inlines: block.inlines.clone(),
            ..*block
        }));
        self.declared.extend_from_slice(&old.declared[blocks..]);
        self.anchors.extend(old.anchors[anchors..].iter().map(|anchor| Anchor {
            span: by.span(anchor.span),
            extent: by.span(anchor.extent),
            label: anchor.label.clone(),
            ..*anchor
        }));
        self.pointers.extend(old.pointers[pointers..].iter().map(|pointer| Pointer {
            span: by.span(pointer.span),
            target: pointer.target.clone(),
            ..*pointer
        }));
        self.note_numbers.extend(old.note_numbers[numbers..].iter().map(|&span| by.span(span)));
        self.problems.extend(old.problems[problems..].iter().map(|problem| Problem {
            span: by.span(problem.span),
            message: problem.message.clone(),
        }));
        self.ignores.extend(old.ignores[ignores..].iter().map(|ignore| Ignore {
            rule: ignore.rule.clone(),
            span: by.span(ignore.span),
            scope: match ignore.scope {
                IgnoreScope::Stretch(span) => IgnoreScope::Stretch(by.span(span)),
                IgnoreScope::File => IgnoreScope::File,
                IgnoreScope::Unknown => IgnoreScope::Unknown,
            },
        }));
        // What ends behind the change may have begun before it.
        let now = |&at: &usize| change.now(at).unwrap_or(at);
        self.unclosed.extend(old.unclosed[unclosed..].iter().map(now));
        self.strays.extend(old.strays[strays..].iter().map(|&span| by.span(span)));
        self.guesses.extend(old.guesses[guesses..].iter().map(|&at| by.at(at)));
    }
}
