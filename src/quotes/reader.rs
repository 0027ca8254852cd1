//! Reading the blocks of a document one after the other, each with what surrounds it.
//!
//! What is found out about a block depends on its prose and on a few things around it. Both
//! are remembered, so that after an edit only the blocks near it are read anew.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::markup::{Block, BlockKind, Document, is_drawing};

use super::apostrophe::{self, Dialect, Singles};
use super::context::{Around, Behind, BlockContext};
use super::glyph::Glyph;
use super::going_on::{self, Habit, Next};
use super::streams::Streams;
use super::tokens::{self, Beside, Token};
use super::{
    BlockReading, BoundKind, Fault, FaultKind, Mark, Reading, Role, Settings, Style, accents,
    across, attribute, code_marks, is_inset, leaning, letter, low_commas, parse, style,
    two_singles,
};

/// What was found out about the blocks of a document.
#[derive(Debug, Default)]
pub(super) struct Memory {
    scanned: Vec<Arc<Scanned>>,
    parsed: Vec<Option<Parsed>>,
    /// Readings of blocks as they were before quotations were joined over blocks.
    unjoined: across::Unjoined,
}

/// The marks of a block and what they tell by themselves.
///
/// A document may have millions of blocks, so it is small.
#[derive(Debug)]
struct Scanned {
    tokens: Box<[Token]>,
    /// How many of them belong to words that are known to lose letters there.
    known: usize,
    /// Whether none of them can be a quotation mark.
    is_bare: bool,
    /// The words that marks stand before which may be apostrophes, hashed; with the numbers of
    /// the marks.
    words: Box<[(u32, u64)]>,
    /// How many of them can only stand for an accent.
    typed_accents: usize,
    is_run_together: OnceLock<bool>,
    /// What the block tells with which a quotation would go on, by the style in which that was
    /// first asked.
    next: OnceLock<Box<(Style, Next)>>,
}

impl Scanned {
    /// `room` is where the marks are gathered, whatever is in it.
    fn of(text: &str, block: &Block, room: &mut Vec<Token>) -> Self {
        tokens::scan(text, block, room);
        low_commas::add(text, block.kind, room);
        two_singles::join(room);
        two_singles::part(text, room);
        attribute::remove(text, room);
        code_marks::remove(text, block, room);
        if !room.is_empty() && is_drawing(text) {
            room.clear();
        }
        // Of so many a copy would cost more than the room that is kept with them.
        let is_long = room.len() > MANY_MARKS;
        let tokens = if is_long {
            std::mem::take(room).into_boxed_slice()
        } else {
            Box::from(room.as_slice())
        };
        let (mut known, mut is_bare, mut words) = (0, true, Vec::new());
        for (token, at) in tokens.iter().zip(0_u32..) {
            known += usize::from(token.is_known && !apostrophe::is_of_time(text, token));
            is_bare &= token.is_certain;
            words.extend(apostrophe::word_behind(text, token).map(|word| (at, word)));
        }
        let typed_accents = accents::count_typed(text, block.language, &tokens);
        Self {
            tokens,
            known,
            is_bare,
            words: words.into_boxed_slice(),
            typed_accents,
            is_run_together: OnceLock::new(),
            next: OnceLock::new(),
        }
    }

    /// What there is of a short block without marks: a document may have millions of them.
    fn of_short() -> Self {
        Self {
            tokens: Box::default(),
            known: 0,
            is_bare: true,
            words: Box::default(),
            typed_accents: 0,
            is_run_together: OnceLock::from(false),
            next: OnceLock::new(),
        }
    }

    /// Whether it is what there is of a short block; `text` is the block's.
    fn is_of_short(&self, text: &str) -> bool {
        text.len() < SHORT
            && self.tokens.is_empty()
            && self.typed_accents == 0
            && !across::is_run_together(text)
    }
}

/// What is shorter, in bytes, is a short block.
const SHORT: usize = 200;
/// More marks than any paragraph of print has.
const MANY_MARKS: usize = 4096;

/// What was around a block when it was read, and what it left open.
#[derive(Clone, Debug)]
struct Parsed {
    around: Around,
    /// What stood behind it, if the reading depended on that.
    behind: Option<Behind>,
    open: SmallVec<[Glyph; 2]>,
}

/// Reads the quotation marks of a document. Linear in the text.
pub fn read(source: &str, document: &Document, settings: &Settings) -> Reading {
    let reader = Reader::new(source, document, |_| None);
    reader.read(settings, |_| None)
}

/// The same for a document of which no other version will be read: nothing is remembered.
pub fn read_once(source: &str, document: &Document, settings: &Settings) -> Reading {
    let mut reader = Reader::new(source, document, |_| None);
    reader.remembers = false;
    let reading = reader.read(settings, |_| None);
    Reading { memory: Memory::default(), ..reading }
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
    streams: Streams,
    scanned: Vec<Arc<Scanned>>,
    /// Whether it is kept how each block was read.
    remembers: bool,
}

impl<'a> Reader<'a> {
    fn new(
        source: &'a str,
        document: &'a Document,
        known: impl Fn(usize) -> Option<Arc<Scanned>>,
    ) -> Self {
        let mut room = Vec::new();
        let short = Arc::new(Scanned::of_short());
        let scan = |(index, block): (usize, &Block)| {
            known(index).unwrap_or_else(|| {
                let scanned = Scanned::of(block.prose.text(source), block, &mut room);
                if scanned.is_of_short(block.prose.text(source)) {
                    Arc::clone(&short)
                } else {
                    Arc::new(scanned)
                }
            })
        };
        let scanned = document.blocks.iter().enumerate().map(scan).collect();
        Self { source, document, streams: Streams::of(document), scanned, remembers: true }
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
        known: impl Fn(usize) -> Option<(&'k Parsed, &'k Arc<BlockReading>)>,
    ) -> Reading {
        let tokens = self.scanned.iter().map(|scanned| &*scanned.tokens);
        let style = style::infer(self.source, self.document, tokens, settings);
        let has_dialect = self.has_dialect();
        let types_accents = self.types_accents();
        let habits = [self.habit(0, &style), self.habit(1, &style)];
        let written = self.written();
        let count = self.document.blocks.len();
        let mut blocks = Vec::with_capacity(count);
        let mut parsed = Vec::with_capacity(if self.remembers { count } else { 0 });
        let mut carried: SmallVec<[Glyph; 2]> = SmallVec::new();
        let (mut continued, mut continued_before) = (0, 0);
        let without_marks = Arc::new(BlockReading::default());
        let mut room = parse::Room::default();
        for (index, block) in self.document.blocks.iter().enumerate() {
            let (reading, open) = if self.tokens(index).is_empty() {
                if self.remembers {
                    parsed.push(None);
                }
                let may_carry = !carried.is_empty() && self.is_inset(index);
                let open = if may_carry { carried.clone() } else { SmallVec::new() };
                (Arc::clone(&without_marks), open)
            } else {
                let is_own = block.language.base() == self.document.language.base();
                let style = if is_own { style } else { style.in_language(block.language) };
                let quotes_alike = style.singles() == Singles::Alike;
                let is_untranslated = !quotes_alike && self.is_untranslated(index);
                let dialect = Dialect::of_language(block.language, style.singles(), types_accents)
                    .filter(|_| !is_untranslated)
                    .unwrap_or_else(|| Dialect::of(self.scanned[index].known, has_dialect));
                let around = Around {
                    style,
                    dialect,
                    usual: self.usual(index, &written),
                    continued,
                    habits,
                    leading_before: self
                        .leading_before(index, continued_before)
                        .max(lacked(blocks.last())),
                    is_announced: self.is_announced(index),
                    carried: carried.clone(),
                    tells_all: settings.tells_all,
                };
                let is_same = |was: &Parsed| {
                    let is_same = |was: &Behind| *was == self.behind(index, &around.style);
                    was.around == around && was.behind.as_ref().is_none_or(is_same)
                };
                let (reading, what) = match known(index).filter(|(was, _)| is_same(was)) {
                    Some((was, reading)) => (Arc::clone(reading), was.clone()),
                    None => self.parse(index, around, &mut room),
                };
                continued_before = continued;
                continued = reading.goes_on;
                let open = what.open.clone();
                if self.remembers {
                    parsed.push(Some(what));
                }
                (reading, open)
            };
            let is_through = !carried.is_empty()
                && open.is_empty()
                && self.is_inset(index)
                && is_whole(&reading);
            let open = if is_through { std::mem::take(&mut carried) } else { open };
            // Only into and out of inset matter does a quotation go on without a new mark.
            if block.kind != BlockKind::Note {
                let may_carry =
                    !open.is_empty() && (self.leads_inset(index, &style) || self.is_inset(index));
                carried = if may_carry { open } else { SmallVec::new() };
            }
            blocks.push(reading);
        }
        let unjoined = across::join(
            self.document,
            &style,
            &self.streams,
            &mut blocks,
            &|block| self.text(block),
            &|block| self.is_run_together(block),
            self.remembers,
        );
        Reading { style, blocks, memory: Memory { scanned: self.scanned, parsed, unjoined } }
    }

    /// Reads a block with marks.
    fn parse(
        &self,
        index: usize,
        around: Around,
        room: &mut parse::Room,
    ) -> (Arc<BlockReading>, Parsed) {
        let (block, tokens) = (&self.document.blocks[index], self.tokens(index));
        let look = || self.behind(index, &around.style);
        let context = BlockContext::new(self.text(index), block, tokens, &around, &look);
        let (reading, open) = parse::parse(tokens, &context, room);
        let behind = context.into_behind();
        (Arc::new(reading), Parsed { around, behind, open })
    }

    /// What stands behind a block.
    fn behind(&self, index: usize, style: &Style) -> Behind {
        // Nothing is left open where no mark can be a quotation mark, and nothing goes on from one cell of a
        // table in the next.
        let is_cell = |at: usize| self.document.blocks[at].kind == BlockKind::Cell;
        if self.scanned[index].is_bare || is_cell(index) {
            return Behind::default();
        }
        let resumes_at = self.resumes_at(index).filter(|&(at, _)| !is_cell(at));
        let (resumes, over_line) = resumes_at.unzip();
        let reopened = resumes.map_or(&[][..], |at| tokens::leading(self.tokens(at)));
        Behind {
            reopened: SmallVec::from_slice(reopened),
            next: resumes
                .filter(|_| !reopened.is_empty())
                .map_or_else(Next::default, |at| self.next(at, style)),
            over_line: over_line.unwrap_or(false),
            leads_inset: self.leads_inset(index, style),
            may_end: self.document.blocks[index].kind == BlockKind::Verse
                && self.next_in_stream(index).is_some_and(|next| self.may_end_behind(next, style)),
        }
    }

    /// What a block tells with which a quotation would go on.
    fn next(&self, index: usize, style: &Style) -> Next {
        let language = self.document.blocks[index].language;
        let read = || Next::of(self.text(index), self.tokens(index), style, language);
        let known = self.scanned[index].next.get_or_init(|| Box::new((*style, read())));
        let (then, next) = &**known;
        if then == style { *next } else { read() }
    }

    /// Whether verse or an extract comes next through which a quotation may go on. Behind a block
    /// that closes at its end, plain text is not asked whether it is verse.
    fn leads_inset(&self, index: usize, style: &Style) -> bool {
        let closes = self.tokens(index).last().is_some_and(|last| last.after == Beside::Edge);
        self.next_in_stream(index).is_some_and(|next| {
            (is_inset(self.document.blocks[next].kind) || !closes && self.is_inset(next))
                && self.may_end_behind(next, style)
        })
    }

    /// Whether a quotation that goes on into the inset at `first` closes in it or in the block
    /// behind it, or is taken up by a mark there.
    fn may_end_behind(&self, first: usize, style: &Style) -> bool {
        let mut at = first;
        for _ in 0..MOST_INSETS {
            let tokens = self.tokens(at);
            if !tokens::leading(tokens).is_empty() || going_on::closes_more(tokens, style) {
                return true;
            }
            if !self.is_inset(at) {
                return false;
            }
            match self.next_in_stream(at) {
                Some(next) => at = next,
                None => return true,
            }
        }
        true
    }

    /// Whether a block is verse, a displayed extract, or verse whose lines were run together.
    fn is_inset(&self, index: usize) -> bool {
        is_inset(self.document.blocks[index].kind)
            || self.scanned[index].is_bare && self.is_run_together(index)
    }

    /// The block in which a reader reads on.
    fn next_in_stream(&self, index: usize) -> Option<usize> {
        self.streams.next(index)
    }

    /// Whether a block is verse whose lines were run together.
    fn is_run_together(&self, index: usize) -> bool {
        let known = &self.scanned[index].is_run_together;
        *known.get_or_init(|| across::is_run_together(self.text(index)))
    }

    /// The block with which the text goes on: the next one, or behind verse or a displayed text
    /// without marks the one after it; and whether what stands between may be narrative as well.
    fn resumes_at(&self, index: usize) -> Option<(usize, bool)> {
        let mut next = self.next_in_stream(index)?;
        // “Dear Sir, leads on to the letter itself, which has its mark again.
        let leads_on = self.text(index).trim_end().ends_with([':', '—', ','])
            && !letter::greets_in_marks(self.text(index));
        for _ in 0..across::FARTHEST {
            let is_bare = self.scanned[next].is_bare;
            let is_between = is_bare && (leads_on || self.is_run_together(next))
                || leads_on && self.is_quoted_inside(next);
            match self.next_in_stream(next).filter(|_| is_between) {
                Some(after) => next = after,
                None => break,
            }
        }
        let over_line = self
            .next_in_stream(next)
            .filter(|&after| self.is_line_apart(next) && self.leading_after(after) > 0);
        Some(over_line.map_or((next, false), |after| (after, true)))
    }

    /// Whether a block is a quotation from its head to its end that has other marks than the block
    /// behind it begins with: verse in a speech that goes on.
    fn is_quoted_inside(&self, index: usize) -> bool {
        let tokens = self.tokens(index);
        let after = self.next_in_stream(index).map_or(&[][..], |after| self.tokens(after));
        let (&[first], Some(last)) = (tokens::leading(tokens), tokens.last()) else {
            return false;
        };
        let ends = last.after == Beside::Edge && last.glyph.kind() == first.glyph.kind();
        let outer = tokens::leading(after).first().map(|token| token.glyph.kind());
        ends && tokens.len() > 1 && outer.is_some_and(|outer| outer != first.glyph.kind())
    }

    /// Whether a block is a short line in which nobody does anything: a line of verse, a notice.
    fn is_line_apart(&self, index: usize) -> bool {
        let block = &self.document.blocks[index];
        self.scanned[index].is_bare
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Verse | BlockKind::Extract)
            && block.language.is_english()
            && leaning::stands_apart(self.text(index))
            && !letter::greets(self.text(index))
    }

    /// With how many marks a block opens.
    fn leading_after(&self, index: usize) -> usize {
        tokens::leading(self.tokens(index)).len()
    }

    fn is_announced(&self, index: usize) -> bool {
        // A heading announces nothing that somebody says.
        let is_prose = |&at: &usize| self.document.blocks[at].kind == BlockKind::Paragraph;
        let before =
            index.checked_sub(1).filter(is_prose).map_or("", |at| self.text(at).trim_end());
        before.ends_with([',', ':', '—', '–']) && !before.ends_with(".—")
    }

    /// With how many marks the block before opens, `continued` being how many quotations went on in that: one
    /// inside another that it takes up tells nothing of whether people speak by turns.
    fn leading_before(&self, index: usize, continued: u8) -> u8 {
        let before = index.checked_sub(1);
        let leading = before.map_or(0, |before| tokens::leading(self.tokens(before)).len() as u8);
        if continued > 1 { leading.min(1) } else { leading }
    }

    /// How often quotations of a level go on in the next block, told from the marks alone.
    fn habit(&self, level: usize, style: &Style) -> Habit {
        let (mut open, mut closed) = (0, 0);
        for index in 1..self.scanned.len() {
            let Some(next) = tokens::leading(self.tokens(index)).get(level) else {
                continue;
            };
            let before = index - 1;
            match going_on::is_left_open(self.tokens(before), next, style) {
                Some(true) => open += 1,
                Some(false) => closed += 1,
                None => {}
            }
        }
        Habit::of(open, closed)
    }

    /// How often words stand behind `’` and behind `‘`.
    fn written(&self) -> FxHashMap<u64, [u32; 2]> {
        let mut written: FxHashMap<u64, [u32; 2]> = FxHashMap::default();
        for scanned in &self.scanned {
            for &(at, word) in &*scanned.words {
                let opens = scanned.tokens[at as usize].glyph == Glyph::LeftSingle;
                written.entry(word).or_default()[usize::from(opens)] += 1;
            }
        }
        written
    }

    /// The marks of a block that open by their shape, before words that stand behind an
    /// apostrophe elsewhere and hardly ever behind an opening mark.
    fn usual(&self, index: usize, written: &FxHashMap<u64, [u32; 2]>) -> SmallVec<[u32; 2]> {
        let scanned = &self.scanned[index];
        let words = scanned.words.iter().filter(|(at, word)| {
            if scanned.tokens[*at as usize].glyph != Glyph::LeftSingle {
                return false;
            }
            let [clipped, opened] = written.get(word).copied().unwrap_or_default();
            clipped >= 2 && clipped > 3 * opened
        });
        words.map(|&(at, _)| at).collect()
    }

    /// Whether a block of a page in another script has Latin letters only: it was left in English.
    fn is_untranslated(&self, index: usize) -> bool {
        let is_other = |c: char| c.is_alphabetic() && c >= '\u{370}';
        !self.document.blocks[index].language.is_latin() && !self.text(index).contains(is_other)
    }

    /// Whether the document writes the accents of Italian as marks behind the words.
    fn types_accents(&self) -> bool {
        let typed = self.scanned.iter().map(|scanned| scanned.typed_accents).sum();
        accents::is_habit(typed)
    }

    fn has_dialect(&self) -> bool {
        let known: usize = self.scanned.iter().map(|scanned| scanned.known).sum();
        known >= 3 && known * DIALECT_RATE > self.source.len()
    }
}

/// How many marks a block lacks at its head: one whose first quotation closes without having opened begins
/// with speech as much as one that opens with its mark.
fn lacked(block: Option<&Arc<BlockReading>>) -> u8 {
    let is_head = |fault: &Fault| {
        let bound = fault.bound.map(|bound| bound.kind);
        fault.kind == FaultKind::Unopened && bound == Some(BoundKind::Block)
    };
    u8::from(block.is_some_and(|block| block.faults.iter().any(is_head)))
}

/// Whether every mark of a block that closes something closes what was opened in it.
fn is_whole(reading: &BlockReading) -> bool {
    let closes = |mark: &Mark| mark.role == Role::Closes && mark.partner().is_none();
    reading.faults.is_empty() && !reading.marks.iter().any(closes)
}

/// How many stanzas or paragraphs of an extract are looked through for the end of a quotation.
const MOST_INSETS: usize = 16;

/// One clipped word to so many bytes makes a document one that is written as people speak.
const DIALECT_RATE: usize = 3000;
