//! Reading the blocks of a document one after the other, each with what surrounds it.
//!
//! What is found out about a block depends on its prose and on a few things around it. Both
//! are remembered, so that after an edit only the blocks near it are read anew.

use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use crate::markup::{Block, BlockKind, Document};

use super::apostrophe::{self, Dialect};
use super::glyph::Glyph;
use super::tokens::{self, Beside, Token};
use super::{BlockReading, Reading, Settings, Style, across, is_inset, parse, saying, style};

/// What was found out about the blocks of a document.
#[derive(Debug, Default)]
pub(super) struct Memory {
    scanned: Vec<Arc<Scanned>>,
    parsed: Vec<Option<Parsed>>,
    /// Readings of blocks as they were before quotations were joined over blocks.
    unjoined: across::Unjoined,
}

/// The marks of a block and what they tell by themselves.
#[derive(Debug)]
struct Scanned {
    tokens: Vec<Token>,
    /// How many of them belong to words that are known to lose letters there.
    known: usize,
    /// Whether none of them can be a quotation mark.
    is_bare: bool,
    is_run_together: OnceLock<bool>,
}

impl Scanned {
    fn of(text: &str, block: &Block) -> Self {
        let tokens = tokens::scan(text, block);
        let known = tokens.iter().filter(|token| apostrophe::is_known(text, token)).count();
        let is_bare = tokens.iter().all(|token| apostrophe::is_certain(text, token));
        Self { tokens, known, is_bare, is_run_together: OnceLock::new() }
    }
}

/// What was around a block when it was read, and what it left open.
#[derive(Clone, Debug)]
struct Parsed {
    around: Around,
    open: SmallVec<[Glyph; 2]>,
}

/// What the reading of a block depends on besides its prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Around {
    /// The conventions of the document in the language of the block.
    pub(super) style: Style,
    /// How much the block is written as people speak.
    pub(super) dialect: Dialect,
    /// The marks with which the text goes on behind the block.
    pub(super) reopened: SmallVec<[Token; 2]>,
    /// Whether a quotation goes on from the block before.
    pub(super) is_continued: bool,
    /// Whether a quotation that goes on in the next block would end there.
    pub(super) goes_on_alone: bool,
    /// Whether words of saying follow the first quotation of the next block.
    pub(super) is_answered: bool,
    /// Whether verse or an extract comes next.
    pub(super) leads_inset: bool,
    /// What the block before left open for this one to close.
    pub(super) carried: SmallVec<[Glyph; 2]>,
}

/// Reads the quotation marks of a document. Linear in the text.
pub fn read(source: &str, document: &Document, settings: &Settings) -> Reading {
    let reader = Reader::new(source, document, |_| None);
    reader.read(settings, |_| None)
}

/// Reads a new version of a document of which `before` is the reading; `same` gives for each
/// block the number of the equal block of that version, if there is one. The result is that
/// of [`read`].
pub fn read_after(
    source: &str,
    document: &Document,
    settings: &Settings,
    before: &Reading,
    same: &[Option<usize>],
) -> Reading {
    let reader = Reader::new(source, document, |block| {
        same[block].map(|old| Arc::clone(&before.memory.scanned[old]))
    });
    reader.read(settings, |block| {
        let old = same[block]?;
        let parsed = before.memory.parsed[old].as_ref()?;
        Some((parsed, before.memory.unjoined.get(&old).unwrap_or(&before.blocks[old])))
    })
}

struct Reader<'a> {
    source: &'a str,
    document: &'a Document,
    scanned: Vec<Arc<Scanned>>,
}

impl<'a> Reader<'a> {
    fn new(
        source: &'a str,
        document: &'a Document,
        known: impl Fn(usize) -> Option<Arc<Scanned>>,
    ) -> Self {
        let scan = |(index, block): (usize, &Block)| {
            known(index).unwrap_or_else(|| Arc::new(Scanned::of(block.prose.text(source), block)))
        };
        let scanned = document.blocks.iter().enumerate().map(scan).collect();
        Self { source, document, scanned }
    }

    fn text(&self, block: usize) -> &'a str {
        self.document.blocks[block].prose.text(self.source)
    }

    fn tokens(&self, block: usize) -> &[Token] {
        &self.scanned[block].tokens
    }

    /// Reads all blocks; `known` gives what was found out about one in an earlier version.
    fn read<'k>(
        self,
        settings: &Settings,
        known: impl Fn(usize) -> Option<(&'k Parsed, &'k BlockReading)>,
    ) -> Reading {
        let tokens = self.scanned.iter().map(|scanned| scanned.tokens.as_slice());
        let style = style::infer(self.document, tokens, settings);
        let has_dialect = self.has_dialect();
        let count = self.document.blocks.len();
        let (mut blocks, mut parsed) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut carried: SmallVec<[Glyph; 2]> = SmallVec::new();
        let mut is_continued = false;
        for (index, block) in self.document.blocks.iter().enumerate() {
            let (reading, open) = if self.tokens(index).is_empty() {
                parsed.push(None);
                let open = if is_inset(block.kind) { carried.clone() } else { SmallVec::new() };
                (BlockReading::default(), open)
            } else {
                let is_own = block.language.base() == self.document.language.base();
                let style = if is_own { style } else { style.in_language(block.language) };
                let dialect = Dialect::of_language(block.language, style.lacks_single)
                    .unwrap_or_else(|| Dialect::of(self.scanned[index].known, has_dialect));
                let around = self.around(index, style, dialect, is_continued, carried.clone());
                let (reading, open) = match known(index).filter(|(was, _)| was.around == around) {
                    Some((was, reading)) => (reading.clone(), was.open.clone()),
                    None => {
                        let text = self.text(index);
                        let context = parse::BlockContext { text, block, around: &around };
                        parse::parse(self.tokens(index), &context)
                    }
                };
                is_continued = reading.goes_on > 0;
                parsed.push(Some(Parsed { around, open: open.clone() }));
                (reading, open)
            };
            // Only into and out of inset matter does a quotation go on without a new mark.
            if block.kind != BlockKind::Note {
                let may_carry = self.leads_inset(index) || is_inset(block.kind);
                carried = if may_carry { open } else { SmallVec::new() };
            }
            blocks.push(reading);
        }
        let unjoined =
            across::join(self.document, &mut blocks, &|block| self.text(block), &|block| {
                self.is_run_together(block)
            });
        Reading { style, blocks, memory: Memory { scanned: self.scanned, parsed, unjoined } }
    }

    fn around(
        &self,
        index: usize,
        style: Style,
        dialect: Dialect,
        is_continued: bool,
        carried: SmallVec<[Glyph; 2]>,
    ) -> Around {
        let follows = self.next_in_stream(index);
        Around {
            style,
            dialect,
            reopened: SmallVec::from_slice(self.reopened(index)),
            is_continued,
            goes_on_alone: follows.is_some_and(|next| closes_at_end(self.tokens(next))),
            is_answered: follows.is_some_and(|next| is_spoken(self.text(next), self.tokens(next))),
            leads_inset: self.leads_inset(index),
            carried,
        }
    }

    fn leads_inset(&self, index: usize) -> bool {
        self.next_in_stream(index).is_some_and(|next| is_inset(self.document.blocks[next].kind))
    }

    /// The next block of the text that a reader reads on in: notes are streams of their own.
    fn next_in_stream(&self, index: usize) -> Option<usize> {
        let is_note = |at: usize| self.document.blocks[at].kind == BlockKind::Note;
        let next = (index + 1..self.document.blocks.len()).take(8);
        next.into_iter().find(|&next| is_note(next) == is_note(index))
    }

    /// Whether a block is verse whose lines were run together.
    fn is_run_together(&self, index: usize) -> bool {
        let known = &self.scanned[index].is_run_together;
        *known.get_or_init(|| across::is_run_together(self.text(index)))
    }

    /// The marks with which the text goes on: those of the next block, or behind verse or a
    /// displayed text without marks those of the block after it.
    fn reopened(&self, index: usize) -> &[Token] {
        let Some(mut next) = self.next_in_stream(index) else {
            return &[];
        };
        let leads_on = self.text(index).trim_end().ends_with([':', '—', ',']);
        for _ in 0..across::FARTHEST {
            let is_between = self.scanned[next].is_bare && (leads_on || self.is_run_together(next));
            match self.next_in_stream(next).filter(|_| is_between) {
                Some(after) => next = after,
                None => break,
            }
        }
        tokens::leading(self.tokens(next))
    }

    fn has_dialect(&self) -> bool {
        let known: usize = self.scanned.iter().map(|scanned| scanned.known).sum();
        known >= 3 && known * DIALECT_RATE > self.source.len()
    }
}

/// One clipped word to so many bytes makes a document one that is written as people speak.
const DIALECT_RATE: usize = 3000;

/// Whether words of saying follow the quotation with which a block begins.
fn is_spoken(text: &str, tokens: &[Token]) -> bool {
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
fn closes_at_end(tokens: &[Token]) -> bool {
    tokens.last().is_some_and(|last| last.after == Beside::Edge)
}
