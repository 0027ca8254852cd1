//! Quotation marks, parsed and not counted.
//!
//! In every block each quote-like mark gets one [`Role`] by the cheapest reading of the
//! whole block: [`tokens`] finds the marks and what stands around them, [`style`] infers
//! the document's conventions, [`parse`] reads a block, [`repair`] finds the gap where a
//! missing mark belongs and [`reader`] goes through the document.

mod accents;
mod across;
mod action;
mod apostrophe;
mod attribute;
mod brackets;
mod choices;
mod code_marks;
mod context;
mod convention;
mod cost;
mod elided;
mod evidence;
mod gap;
mod gap_english;
mod gap_other;
mod glance;
mod glyph;
mod going_on;
mod hebrew;
mod leaning;
mod letter;
mod low_commas;
mod mid_clause;
mod note_code;
mod parse;
mod phrase;
mod possessive;
mod pronunciation;
mod reader;
mod repair;
mod repeated_closers;
mod saying;
mod saying_other;
mod soft_sign;
mod spelt;
mod state;
mod streams;
mod style;
mod tokens;
pub mod tree;
mod turns;
mod two_singles;
mod word_list;

use std::sync::Arc;

use crate::markup::BlockKind;
use crate::text::ProseSpan;

pub use convention::has_pair;
pub use glyph::{Glyph, Kind};
pub use reader::{read, read_after, read_once};
pub use style::{Outer, Style};

/// How quotation marks are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The outer marks of the corpus; `None`: told from each document.
    pub outer: Option<Outer>,
    /// Whether mistakes beyond [`MOST_FAULTS`] are told one by one too.
    pub tells_all: bool,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It opens a quotation.
    Opens,
    /// It repeats the opening mark of a quotation that goes on.
    Reopens,
    /// It closes one.
    Closes,
    /// It stands for letters left out, or belongs to a name or a possessive.
    Apostrophe,
    /// Feet, inches, minutes, seconds.
    Prime,
    /// It repeats what stands above it.
    Ditto,
    /// It has no business where it stands.
    Stray,
}

/// A mark and its role. A paragraph may have millions of them, so they are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins in the block's prose, which has no more bytes than this can count.
    start: u32,
    /// The number of the mark it forms a pair with, or [`ALONE`].
    partner: u32,
    /// How many bytes it has.
    length: u8,
    /// Which character.
    pub glyph: Glyph,
    /// What it does.
    pub role: Role,
    /// How many quotations are open around it, its own not counted.
    pub depth: u8,
}

/// What a mark without a partner has for the number of one.
const ALONE: u32 = u32::MAX;

impl Mark {
    /// A mark without a partner.
    fn new(span: ProseSpan, glyph: Glyph, role: Role, depth: u8) -> Self {
        let (start, length) = (span.start as u32, span.len() as u8);
        Self { start, partner: ALONE, length, glyph, role, depth }
    }

    /// Where it stands, in the block's prose.
    pub fn span(&self) -> ProseSpan {
        let start = self.start as usize;
        ProseSpan::new(start, start + usize::from(self.length))
    }

    /// The number of the mark it forms a pair with, in the same block.
    pub fn partner(&self) -> Option<usize> {
        (self.partner != ALONE).then_some(self.partner as usize)
    }

    /// Makes the mark with this number, in the same block, its partner.
    fn pair_with(&mut self, partner: usize) {
        self.partner = partner as u32;
    }
}

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A quotation opens and does not close.
    Unclosed,
    /// A quotation closes that did not open.
    Unopened,
    /// Opened with one kind of mark and closed with another.
    Mismatched,
    /// The mark points the other way than its place asks for.
    Direction,
    /// The mark stands twice.
    Doubled,
    /// A quotation directly inside one with the same marks.
    Nesting,
    /// An apostrophe that points the wrong way.
    Apostrophe,
    /// A possessive in a list of which others are none, or the other way round; the span is the mark
    /// that is too many or the word that lacks it.
    Possessive,
    /// A quotation goes on in a block that does not repeat its mark; the span is the first
    /// word of the block.
    NotRepeated,
}

/// A replacement of prose, perhaps empty on either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What is replaced.
    pub span: ProseSpan,
    /// By what.
    pub text: String,
}

/// How far the other end of a quotation was looked for that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// What stands there, in the block's prose.
    pub span: ProseSpan,
    /// What that is.
    pub kind: BoundKind,
}

/// What the other end of a quotation cannot stand behind, or in front of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// The end or the beginning of the block.
    Block,
    /// The next quotation or the one before.
    Quotation,
    /// The end or the beginning of the quotation around it.
    Around,
}

/// A mistake in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The mark, in the block's prose.
    pub span: ProseSpan,
    /// The mark.
    pub glyph: Glyph,
    /// The mark it forms a pair with or would form one with, if there is one; of a quotation inside one
    /// with the same marks that which opens the outer one, of a mark that stands twice the first.
    pub partner: Option<ProseSpan>,
    /// The number of the partner's block, if that is another one.
    pub partner_block: Option<usize>,
    /// Up to where a mark was looked for that is missing.
    pub bound: Option<Bound>,
    /// The edits that repair it, best first; empty where none is clearly best.
    pub repairs: Vec<Repair>,
}

/// So many mistakes of one kind are told one by one in a block; others are counted, so that a block in
/// which every mark is wrong costs no more than its length.
pub const MOST_FAULTS: usize = 100;

/// Mistakes of one kind that are only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Further {
    /// What is wrong with each.
    pub kind: FaultKind,
    /// How many there are.
    pub count: usize,
    /// The first of the marks, in the block's prose.
    pub first: ProseSpan,
}

/// The reading of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockReading {
    /// All marks in order.
    pub marks: Vec<Mark>,
    /// What is wrong; of one kind no more than [`MOST_FAULTS`], unless all is asked for.
    pub faults: Vec<Fault>,
    /// What else is wrong, counted.
    pub further: Vec<Further>,
    /// How many quotations go on in the next block, which repeats their opening marks.
    pub goes_on: u8,
}

/// The roles of all quotation marks of a document.
#[derive(Debug, Default)]
pub struct Reading {
    /// The document's conventions.
    pub style: Style,
    /// One entry for each block of the document, shared with the readings of later versions.
    pub blocks: Vec<Arc<BlockReading>>,
    /// What the next version of the document need not find out again.
    memory: reader::Memory,
}

/// Verse and displayed extracts: a quotation around them may have no marks of its own.
fn is_inset(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Verse | BlockKind::Extract)
}

#[cfg(test)]
mod tests;
