//! What the version before tells of the blocks of a plain text: those that did not change have the
//! language and the inlines that they had.

use crate::text::Span;

use super::super::{Change, Language};
use super::notes::{Notes, Style};
use super::{Block, Document};

/// What the inlines of a block depend on besides its text: the kinds of notes in the document, and
/// its notation.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markup) struct Kept {
    have_parentheses: bool,
    have_signs: bool,
    are_numbered: bool,
    is_of_gutenberg: bool,
}

impl Kept {
    pub(super) fn of(notes: &Notes) -> Self {
        Self {
            have_parentheses: notes.have(Style::Parentheses),
            have_signs: notes.have(Style::Sign),
            are_numbered: notes.are_numbered(),
            is_of_gutenberg: notes.is_of_gutenberg,
        }
    }
}

/// The version before and what was changed since.
pub(in crate::markup) struct Before<'d> {
    pub(in crate::markup) kept: &'d Kept,
    pub(in crate::markup) document: &'d Document,
    pub(in crate::markup) change: Change,
}

impl Before<'_> {
    /// The language of a block with this body, in a document in `main`.
    pub(super) fn language(&self, body: Span, main: Language) -> Option<Language> {
        let known = self.block(body).filter(|_| self.document.language == main);
        known.map(|block| block.language)
    }

    /// Whether it is known that nothing stands in a block but prose.
    pub(super) fn is_bare(&self, block: &Block, kept: &Kept) -> bool {
        // There a bracketed number is a marker if a note has it.
        let depends_on_labels = kept.is_of_gutenberg;
        let is_same = self.kept == kept && !depends_on_labels;
        is_same && self.block(block.span).is_some_and(|block| block.inlines.is_empty())
    }

    /// The block that had the same text. O(log blocks).
    fn block(&self, span: Span) -> Option<&Block> {
        let was = self.change.before(span)?;
        let blocks = &self.document.blocks;
        let found = blocks.binary_search_by_key(&was.start, |block| block.span.start).ok()?;
        Some(&blocks[found]).filter(|block| block.span == was)
    }
}
