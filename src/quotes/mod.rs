//! Quotation marks, parsed and not counted.
//!
//! In every block each quote-like mark gets one [`Role`] by the cheapest reading of the
//! whole block: [`tokens`] finds the marks and what stands around them, [`style`] infers
//! the document's conventions, [`parse`] reads a block and [`repair`] finds the gap
//! where a missing mark belongs.

mod across;
mod apostrophe;
mod cost;
mod glyph;
mod letter;
mod parse;
mod repair;
mod saying;
mod style;
mod tokens;
pub mod tree;

use crate::markup::{BlockKind, Document};
use crate::text::ProseSpan;

use apostrophe::Dialect;
pub use glyph::{Glyph, Kind};
pub use style::{Outer, Style};

/// How quotation marks are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The outer marks of the corpus; `None`: told from each document.
    pub outer: Option<Outer>,
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

/// A mark and its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where, in the block's prose.
    pub span: ProseSpan,
    /// Which character.
    pub glyph: Glyph,
    /// What it does.
    pub role: Role,
    /// The number of the mark it forms a pair with, in the same block.
    pub partner: Option<usize>,
    /// How many quotations are open around it, its own not counted.
    pub depth: u8,
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

/// A mistake in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The mark, in the block's prose.
    pub span: ProseSpan,
    /// The mark.
    pub glyph: Glyph,
    /// The mark it would form a pair with, if there is one.
    pub partner: Option<ProseSpan>,
    /// The number of the partner's block, if that is another one.
    pub partner_block: Option<usize>,
    /// The edits that repair it, best first; empty where none is clearly best.
    pub repairs: Vec<Repair>,
}

/// The reading of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockReading {
    /// All marks in order.
    pub marks: Vec<Mark>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// How many quotations go on in the next block, which repeats their opening marks.
    pub goes_on: u8,
}

/// The roles of all quotation marks of a document.
#[derive(Debug, Default)]
pub struct Reading {
    /// The document's conventions.
    pub style: Style,
    /// One entry for each block of the document.
    pub blocks: Vec<BlockReading>,
}

/// Reads the quotation marks of a document. Linear in the text.
pub fn read(source: &str, document: &Document, settings: &Settings) -> Reading {
    let tokens: Vec<_> =
        document.blocks.iter().map(|block| tokens::scan(block.prose.text(source), block)).collect();
    let style = style::infer(document, &tokens, settings);
    let has_dialect = has_dialect(source, document, &tokens);
    let mut blocks = Vec::with_capacity(document.blocks.len());
    let mut carried = Vec::new();
    let mut is_continued = false;
    for (index, block) in document.blocks.iter().enumerate() {
        let follows = next_in_stream(document, index);
        let reopened = reopened(source, document, &tokens, index);
        let text = block.prose.text(source);
        let context = parse::BlockContext {
            text,
            dialect: Dialect::of(text, &tokens[index], has_dialect),
            style: style.in_language(block.language),
            block,
            reopened,
            is_continued,
            goes_on_alone: follows.is_some_and(|next| closes_at_end(&tokens[next])),
            is_answered: follows.is_some_and(|next| {
                is_spoken(document.blocks[next].prose.text(source), &tokens[next])
            }),
            leads_inset: follows.is_some_and(|next| is_inset(document.blocks[next].kind)),
            carried: &carried,
        };
        let (reading, open) = parse::parse(&tokens[index], &context);
        // Only into and out of inset matter does a quotation go on without a new mark.
        let may_carry = context.leads_inset || is_inset(block.kind);
        if block.kind != BlockKind::Note {
            carried = if may_carry { open } else { Vec::new() };
        }
        if !tokens[index].is_empty() {
            is_continued = reading.goes_on > 0;
        }
        blocks.push(reading);
    }
    across::join(source, document, &mut blocks);
    Reading { style, blocks }
}

/// The marks with which the text goes on: those of the next block, or behind verse or a
/// displayed text without marks those of the block after it.
fn reopened<'a>(
    source: &str,
    document: &Document,
    tokens: &'a [Vec<tokens::Token>],
    index: usize,
) -> &'a [tokens::Token] {
    let Some(mut next) = next_in_stream(document, index) else {
        return &[];
    };
    let text = |index: usize| document.blocks[index].prose.text(source);
    let leads_on = text(index).trim_end().ends_with([':', '—', ',']);
    for _ in 0..across::FARTHEST {
        let is_bare = tokens[next].iter().all(|token| apostrophe::is_certain(text(next), token));
        let is_between = is_bare && (leads_on || across::is_run_together(text(next)));
        match next_in_stream(document, next).filter(|_| is_between) {
            Some(after) => next = after,
            None => break,
        }
    }
    tokens::leading(&tokens[next])
}

/// Whether words of saying follow the quotation with which a block begins.
fn is_spoken(text: &str, tokens: &[tokens::Token]) -> bool {
    use tokens::Beside;
    let Some(first) = tokens::leading(tokens).first() else {
        return false;
    };
    let close = tokens.iter().skip(1).find(|token| {
        token.glyph.kind() == first.glyph.kind()
            && matches!(token.before, Beside::Stop | Beside::Pause | Beside::Dash)
            && matches!(token.after, Beside::Lower | Beside::Upper | Beside::Space)
    });
    close.is_some_and(|close| saying::begins_tag(&text[close.span.end..]))
}

/// Whether the last mark of a block stands at its end and so closes what the block opened.
fn closes_at_end(tokens: &[tokens::Token]) -> bool {
    tokens.last().is_some_and(|last| last.after == tokens::Beside::Edge)
}

/// One clipped word to so many bytes makes a document one that is written as people speak.
const DIALECT_RATE: usize = 3000;

fn has_dialect(source: &str, document: &Document, tokens: &[Vec<tokens::Token>]) -> bool {
    let known: usize = document
        .blocks
        .iter()
        .zip(tokens)
        .map(|(block, tokens)| {
            let text = block.prose.text(source);
            tokens.iter().filter(|token| apostrophe::is_known(text, token)).count()
        })
        .sum();
    known >= 3 && known * DIALECT_RATE > source.len()
}

/// Verse and displayed extracts: a quotation around them may have no marks of its own.
fn is_inset(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Verse | BlockKind::Extract)
}

/// The next block of the text that a reader reads on in: notes are streams of their own.
fn next_in_stream(document: &Document, index: usize) -> Option<usize> {
    let is_note = |at: usize| document.blocks[at].kind == BlockKind::Note;
    (index + 1..document.blocks.len()).take(8).find(|&next| is_note(next) == is_note(index))
}

#[cfg(test)]
mod tests;
