//! Quotations that run over several blocks.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::markup::{BlockKind, Document, Language};
use crate::text::ProseSpan;

use super::convention::Convention;
use super::streams::Streams;
use super::{
    BlockReading, Fault, FaultKind, Glyph, Kind, Mark, Repair, Role, Style, gap, gap_english,
    going_on, is_inset, letter, repeated_closers, saying, saying_other, tokens, turns,
};

/// How many blocks further on a quotation may close that repeats no mark.
pub(super) const FARTHEST: usize = 4;

/// Readings of blocks as they were before they were joined to others.
pub(super) type Unjoined = FxHashMap<usize, Arc<BlockReading>>;

/// Joins what was opened in one block and goes on in a later one: what looks like a fault in
/// each of them is none, or a single one. Gives what the changed blocks were before, if that is kept.
pub(super) fn join<'t>(
    document: &Document,
    style: &Style,
    streams: &Streams,
    blocks: &mut [Arc<BlockReading>],
    text: &dyn Fn(usize) -> &'t str,
    is_run_together: &dyn Fn(usize) -> bool,
    keeps: bool,
) -> Unjoined {
    let mut blocks = Blocks { all: blocks, before: Unjoined::default(), keeps };
    begins_inside(document, &mut blocks, text);
    if document.language.code() != "en" {
        turns::settle(&mut blocks, text);
        if style.is_alike(Kind::Double) || style.is_alike(Kind::Guillemet) {
            closed_again(&mut blocks, text);
        }
        spans(document, style, &mut blocks, text);
        repeated_closers::settle(&mut blocks, style, text);
    }
    if document.language.is_read_as_english() {
        announced(document, &mut blocks, text, is_run_together);
    }
    let repeats = repeats_behind_insets(blocks.all);
    for first in 0..blocks.all.len() {
        let Some(open) = only_fault(&blocks.all[first], FaultKind::Unclosed) else {
            continue;
        };
        let fault = &blocks.all[first].faults[open];
        let (kind, opener) = (fault.glyph.kind(), fault.span);
        let is_last = is_last(&blocks.all[first].marks, opener, kind);
        let is_between =
            |index: usize| is_inset(document.blocks[index].kind) || is_run_together(index);
        let around = Around { document, streams, repeats, text, is_between: &is_between };
        let language = document.blocks[first].language;
        if !is_last
            || was_over(&blocks.all[first], open, text(first), language)
            || close_later(&around, &mut blocks, first, open)
        {
            continue;
        }
        let count = blocks.all.len();
        let without = (first + 1..count.min(first + FARTHEST))
            .find(|&index| !is_between(index))
            .filter(|&index| document.blocks[index].kind == BlockKind::Paragraph);
        let after = without.and_then(|index| {
            (index + 1..count.min(index + FARTHEST)).find(|&index| !is_between(index))
        });
        if let Some(index) = without
            && streams.are_one(first, index)
            && lacks_mark(document, blocks.all, [first, index], after, kind, text)
        {
            let moved = blocks.remove_fault(first, open);
            blocks.change(first).goes_on += 1;
            blocks
                .change(index)
                .faults
                .insert(0, not_repeated(moved.glyph, (moved.span, first), text(index)));
        }
    }
    blocks.before
}

/// The blocks, with what those that were changed were before.
pub(super) struct Blocks<'a> {
    pub(super) all: &'a mut [Arc<BlockReading>],
    before: Unjoined,
    keeps: bool,
}

impl Blocks<'_> {
    /// A block that is to become otherwise.
    pub(super) fn change(&mut self, index: usize) -> &mut BlockReading {
        let block = &mut self.all[index];
        if self.keeps {
            self.before.entry(index).or_insert_with(|| Arc::clone(block));
        }
        Arc::make_mut(block)
    }

    /// Takes a fault out of a block. A document may have millions of them, so no room is kept for it.
    pub(super) fn remove_fault(&mut self, index: usize, fault: usize) -> Fault {
        let faults = &mut self.change(index).faults;
        let removed = faults.remove(fault);
        faults.shrink_to_fit();
        removed
    }

    /// Takes out the fault of this kind of the mark at `mark`.
    fn remove_fault_at(&mut self, index: usize, mark: ProseSpan, kind: FaultKind) {
        let is_it = |fault: &Fault| fault.span == mark && fault.kind == kind;
        if let Some(fault) = self.all[index].faults.iter().position(is_it) {
            self.remove_fault(index, fault);
        }
    }
}

/// A text that begins in the middle of a speech, without a heading, closes what was opened before it.
///
/// What stands before the speech, or words of saying behind it, may tell that it began in the text: then
/// its mark was lost.
fn begins_inside<'t>(
    document: &Document,
    blocks: &mut Blocks<'_>,
    text: &dyn Fn(usize) -> &'t str,
) {
    let Some(first) = blocks.all.iter().position(|block| block.marks.iter().any(is_quotation))
    else {
        return;
    };
    let has_head = document.blocks[..=first].iter().any(|block| block.kind != BlockKind::Paragraph);
    // Without its mark a speech goes on behind a line or a stanza that stands apart.
    let follows_line = first < FARTHEST && first > 0 && text(first - 1).len() <= LONGEST_APART;
    if has_head || first > 0 && !follows_line {
        return;
    }
    let (block, here) = (&blocks.all[first], text(first));
    let mark = block.marks.iter().find(|mark| is_quotation(mark)).map(|mark| mark.span());
    let only = only_fault(block, FaultKind::Unopened).filter(|&fault| {
        let Fault { span, repairs, .. } = &block.faults[fault];
        let before = repairs.first().map_or("", |repair| &here[..repair.span.start]);
        let is_narrated = gap::is_narrative(before, document.blocks[first].language);
        let behind = here[span.end..].trim_start_matches('—');
        let is_said = saying::tag(behind).is_some()
            || saying_other::follows(behind, document.blocks[first].language);
        let is_announced = first > 0 && ends_in_announcement(text(first - 1));
        // A phrase ends without a sign, and is no speech.
        let is_speech = here[..span.start].ends_with(['.', '!', '?', '…', '—', ',', ';', ':']);
        let is_ours = is_narrated || is_said || is_announced || !is_speech;
        let goes_on = !here.starts_with(char::is_uppercase);
        Some(*span) == mark && (goes_on || !is_ours)
    });
    if let Some(fault) = only {
        blocks.remove_fault(first, fault);
    }
}

/// The longest stanza or line that stands apart in a speech, in bytes.
const LONGEST_APART: usize = 160;

/// Whether a paragraph ends with a sign behind which speech begins: `He said,`
fn ends_in_announcement(text: &str) -> bool {
    text.trim_end().ends_with([',', ':', '—', '–'])
}

fn is_quotation(mark: &Mark) -> bool {
    matches!(mark.role, Role::Opens | Role::Reopens | Role::Closes)
}

/// How many turns of a conversation, or paragraphs of a tale, are followed.
pub(super) const LONGEST_TALE: usize = 60;

/// A speech of several paragraphs that is announced by a colon and begins without its mark: `The
/// order read:`, a paragraph without marks, and one that opens and goes on. Letters that are printed
/// without marks are followed by words that somebody says, which do not go on.
fn announced<'t>(
    document: &Document,
    blocks: &mut Blocks<'_>,
    text: &dyn Fn(usize) -> &'t str,
    is_run_together: &dyn Fn(usize) -> bool,
) {
    let is_paragraph = |index: usize| document.blocks[index].kind == BlockKind::Paragraph;
    for index in 1..blocks.all.len().saturating_sub(1) {
        let [before, block, after] = &blocks.all[index - 1..=index + 1] else {
            continue;
        };
        let speech = after.marks.first().filter(|mark| {
            let goes_on = mark.partner().is_none() && after.goes_on > 0;
            let is_signature = || {
                let partner = mark.partner().map(|partner| after.marks[partner].span().end);
                partner == Some(text(index + 1).len()) && is_set_in_capitals(text(index + 1))
            };
            mark.span().start == 0 && mark.role == Role::Opens && (goes_on || is_signature())
        });
        let Some(speech) = speech.filter(|_| after.faults.is_empty()) else {
            continue;
        };
        let (glyph, partner) = (speech.glyph, (speech.span(), index + 1));
        let is_bare = block.faults.is_empty()
            && !block.marks.iter().any(|mark| is_quoting(mark, glyph.kind()));
        let is_announced = before.goes_on == 0
            && before.faults.is_empty()
            && text(index - 1).trim_end().ends_with([':', '—'])
            && text(index - 1).trim_end_matches(['—', ' ']).ends_with(':');
        let is_speech = text(index).len() > SHORTEST_SPEECH
            && text(index).starts_with(char::is_uppercase)
            && text(index).trim_end().ends_with(['.', '!', '?', '…'])
            || letter::greets(text(index));
        if is_bare
            && (is_announced || before.goes_on == 0 && is_cut(text(index), text(index + 1)))
            && is_speech
            && (index - 1..=index + 1).all(is_paragraph)
            && !is_run_together(index)
        {
            let fault = not_repeated(glyph, partner, text(index));
            blocks.change(index).faults.push(fault);
        }
    }
}

/// Whether dots tell that something is left out between two paragraphs, of which the second begins
/// with a mark: both are part of one extract.
fn is_cut(text: &str, next: &str) -> bool {
    let next = next.trim_start_matches(|c| Glyph::of(c).is_some());
    text.trim_end().ends_with('…') && next.starts_with('…')
}

/// A shorter paragraph behind a colon may be a title, a rule or a line of verse.
const SHORTEST_SPEECH: usize = 80;

/// A tale, or a letter, of several paragraphs that has its marks at its head and its end only.
/// No paragraph between begins with a mark of its kind, as those of a conversation would; next to each
/// other the two may be mistakes, unless the document has such tales elsewhere, or more of them than of those
/// that repeat their mark.
///
/// Where a mark opens and closes, a tale with quotations in it cannot be told from a row of
/// quotations; what counts is that it begins with a mark and ends with one.
fn spans<'t>(
    document: &Document,
    style: &Style,
    blocks: &mut Blocks<'_>,
    text: &dyn Fn(usize) -> &'t str,
) {
    let begins = |blocks: &Blocks<'_>, index: usize, kind: Kind| {
        blocks.all[index].marks.first().is_some_and(|mark| {
            mark.span().start == 0 && is_quotation(mark) && mark.glyph.kind() == kind
        })
    };
    let mut tales: Vec<Tale> = Vec::new();
    let mut open: Option<Opened> = None;
    for index in 0..blocks.all.len() {
        if !matches!(
            document.blocks[index].kind,
            BlockKind::Paragraph | BlockKind::Extract | BlockKind::Verse
        ) {
            continue;
        }
        let mut is_taken_up = false;
        if let Some(mut opened) = open.take() {
            let Opened { first, kind, .. } = opened;
            opened.is_bare &= !begins(blocks, index, kind);
            let may_go_on = opened.is_bare || style.is_alike(kind) && opened.is_announced;
            let goes_on = may_go_on && index - first < LONGEST_TALE;
            let ends = |closer: ProseSpan| {
                let (before, behind) = (&text(index)[..closer.start], &text(index)[closer.end..]);
                behind.trim().is_empty() || opened.is_bare && may_end_tale(before, behind)
            };
            match closes_tale(&blocks.all[index], kind) {
                Some(closer) if goes_on && ends(closer) => {
                    tales.push(Tale { opened, last: index, closer });
                    is_taken_up = true;
                }
                _ if goes_on && blocks.all[index].faults.is_empty() => {
                    open = Some(opened);
                    continue;
                }
                _ => {}
            }
        }
        open = opens_tale(&blocks.all[index], index, text(index), is_taken_up);
    }
    let is_habit = tales.len() > 2;
    let repeats = Convention::of(document.language).repeats();
    let enough = repeated_marks(blocks.all).max(usize::from(repeats));
    let is_usual = tales.len() > enough;
    for Tale { opened: Opened { first, opener, .. }, last, closer } in tales {
        let language = document.blocks[first].language;
        let was_over = || {
            let fault = only_fault(&blocks.all[first], FaultKind::Unclosed);
            fault.is_some_and(|fault| was_over(&blocks.all[first], fault, text(first), language))
        };
        if is_habit || last > first + 1 || is_usual && !was_over() {
            blocks.remove_fault_at(first, opener, FaultKind::Unclosed);
            blocks.remove_fault_at(last, closer, FaultKind::Unopened);
            for index in first..last {
                blocks.change(index).goes_on += 1;
            }
        }
    }
}

/// Where a tale may have begun.
struct Opened {
    first: usize,
    opener: ProseSpan,
    kind: Kind,
    /// Whether the mark stands at the head of the block, or behind a colon.
    is_announced: bool,
    /// Whether no block since began with a mark of the kind.
    is_bare: bool,
}

/// A quotation of several paragraphs that has its marks at both ends only.
struct Tale {
    opened: Opened,
    last: usize,
    closer: ProseSpan,
}

/// The mark with which a tale may begin in a block: it is not closed, and stands at the head, behind a colon or
/// behind words of saying. `ends_another`: a tale ends in the block, which may be taken up in it.
fn opens_tale(
    block: &BlockReading,
    first: usize,
    text: &str,
    ends_another: bool,
) -> Option<Opened> {
    let fault = &block.faults[only_fault(block, FaultKind::Unclosed)?];
    let before = text[..fault.span.start].trim_end();
    let is_announced = before.is_empty() || before.ends_with(':');
    let is_only = block.faults.len() == 1 + usize::from(ends_another);
    (is_only && !before.ends_with(char::is_alphanumeric)).then(|| Opened {
        first,
        opener: fault.span,
        kind: fault.glyph.kind(),
        is_announced,
        is_bare: true,
    })
}

/// The mark with which a block ends a tale: the only one that closes nothing. Behind it the tale may be taken up.
fn closes_tale(block: &BlockReading, kind: Kind) -> Option<ProseSpan> {
    let close = &block.faults[only_fault(block, FaultKind::Unopened)?];
    let is_taken_up = || {
        let open = only_fault(block, FaultKind::Unclosed);
        block.faults.len() == 2
            && open.is_some_and(|open| block.faults[open].span.start > close.span.end)
    };
    let is_alone = block.faults.len() == 1 || is_taken_up();
    (is_alone && close.glyph.kind() == kind).then_some(close.span)
}

/// How many blocks repeat the mark of a quotation that goes on in them.
fn repeated_marks(blocks: &[Arc<BlockReading>]) -> usize {
    let repeats = |pair: &&[Arc<BlockReading>]| {
        let head = pair[1].marks.first().filter(|mark| mark.span().start == 0);
        pair[0].goes_on > 0
            && head.is_some_and(|mark| matches!(mark.role, Role::Opens | Role::Reopens))
    };
    blocks.windows(2).filter(repeats).count()
}

/// Whether a tale may end where a mark closes: behind its last sentence, or before words of saying.
fn may_end_tale(before: &str, behind: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['.', '!', '?', '…', ','])
        || behind.starts_with(['.', ',', '!', '?', '—', '–'])
}

/// In marks that are alike: `”He said: ”No.”` may have closed two quotations or the inner one alone.
/// If the next block closes one more at its end, it was the inner one.
fn closed_again<'t>(blocks: &mut Blocks<'_>, text: &dyn Fn(usize) -> &'t str) {
    for index in 1..blocks.all.len() {
        let before = &blocks.all[index - 1];
        let closed_two = before.faults.is_empty()
            && before.goes_on == 0
            && before.marks.iter().any(|m| m.role == Role::Opens && m.partner().is_none());
        let close = only_fault(&blocks.all[index], FaultKind::Unopened).filter(|&close| {
            let at = blocks.all[index].faults[close].span.end;
            closed_two && text(index)[at..].trim().is_empty()
        });
        if let Some(close) = close {
            blocks.remove_fault(index, close);
            blocks.change(index - 1).goes_on += 1;
        }
    }
}

/// The document around a quotation that is not closed in its block.
#[derive(Clone, Copy)]
struct Around<'a, 't> {
    document: &'a Document,
    streams: &'a Streams,
    /// Whether a quotation that goes on behind verse repeats its mark there.
    repeats: bool,
    text: &'a dyn Fn(usize) -> &'t str,
    /// Whether a block is verse or a displayed extract.
    is_between: &'a dyn Fn(usize) -> bool,
}

/// Whether a quotation that its block does not close was over in it, so that what a later block closes is
/// another one: words of saying stand behind it, or narrative that announces the next speech. In a speech with
/// quotations in it there is much that others said, and a long one may tell of it. `text` is the block's.
fn was_over(block: &BlockReading, unclosed: usize, text: &str, language: Language) -> bool {
    let Fault { span, repairs, .. } = &block.faults[unclosed];
    let behind = block.marks.iter().rev().take_while(|mark| mark.span().start > span.start);
    if behind.into_iter().any(is_quotation) {
        return false;
    }
    let inside = text[span.end..].trim_end();
    if going_on::is_said(inside, language) {
        return true;
    }
    let close = repairs.first().map_or(text.len(), |close| close.span.end);
    let told = text[close..].trim_end();
    close < span.end + going_on::LONGEST_TAGGED
        && told.len() > SHORTEST_TOLD
        && announces(told, language)
}

/// Fewer bytes behind a speech are no narrative.
const SHORTEST_TOLD: usize = 20;

/// Whether a text is narrative and announces the speech that the next paragraph is.
fn announces(text: &str, language: Language) -> bool {
    language.is_read_as_english() && ends_in_announcement(text) && gap::is_narrative(text, language)
}

/// A quotation that closes in a later block, with no mark of its kind between, goes on over
/// a displayed verse or extract: two faults are none. If it is the very next block and no
/// sentence runs on into it, that block has lost its mark.
fn close_later(
    around: &Around<'_, '_>,
    blocks: &mut Blocks<'_>,
    first: usize,
    open: usize,
) -> bool {
    let &Around { document, streams, repeats, text, is_between } = around;
    let kind = blocks.all[first].faults[open].glyph.kind();
    let later = first + 1..blocks.all.len().min(first + 1 + LONGEST_TALE);
    // Verse may interrupt a speech again and again; behind each the speech is soon taken up.
    let (mut insets, mut farthest) = (0, first + FARTHEST);
    for second in later.filter(|&second| streams.are_one(first, second)) {
        if second > farthest {
            return false;
        }
        let block = &blocks.all[second];
        let Some(mark) = block.marks.iter().find(|mark| is_quoting(mark, kind)) else {
            if is_between(second) {
                insets += 1;
                farthest = farthest.max(second + NEAR_INSET);
            }
            continue;
        };
        let Some(close) = only_fault(block, FaultKind::Unopened)
            .filter(|&close| block.faults[close].span == mark.span())
        else {
            // Behind much verse the speech repeats its mark at last, and goes on over paragraphs. One
            // paragraph that lacks it is told.
            let takes_up = mark.span().start == 0 && mark.role == Role::Opens;
            let goes_on = takes_up && block.goes_on > 0 && block.faults.is_empty();
            let is_taken_up = goes_on && insets > 0 && second > first + FARTHEST;
            if is_taken_up {
                blocks.remove_fault(first, open);
                blocks.change(first).goes_on += 1;
            }
            return is_taken_up;
        };
        let before = second - 1;
        let is_narrated = before > first
            && document.blocks[before].kind == BlockKind::Paragraph
            && !is_between(before)
            && announces(text(before), document.blocks[before].language);
        if is_narrated {
            return false;
        }
        let moved = blocks.remove_fault(first, open);
        blocks.change(first).goes_on += 1;
        let runs_on = text(first).trim_end().ends_with(['—', ',', ':', ';'])
            && !signs(text(first), text(second))
            || text(second).starts_with(char::is_lowercase)
            || shows(&blocks.all[first].marks, moved.span, text(first));
        // Behind verse that ends a sentence a new paragraph begins.
        let begins_anew = repeats
            && insets < 2
            && text(second).starts_with(char::is_uppercase)
            && text(second - 1).trim_end().ends_with(['.', '!', '?']);
        if !runs_on && (second == first + 1 || begins_anew) {
            // The one mistake is the mark that is not repeated.
            let fault = &mut blocks.change(second).faults[close];
            let head = tokens::behind_label(text(second), &document.blocks[second]);
            fault.repairs.truncate(1);
            fault.repairs.iter_mut().for_each(|repair| repair.span = ProseSpan::gap(head));
            fault.partner = Some(moved.span);
            fault.partner_block = Some(first);
        } else {
            blocks.remove_fault(second, close);
        }
        return true;
    }
    false
}

/// Whether a block is nothing but a letter or another text that is quoted in the speech which `speech` opens, as
/// one shows it by itself: the speech goes on behind it as behind an extract.
fn shows(marks: &[Mark], speech: ProseSpan, text: &str) -> bool {
    let mut quoting = marks.iter().filter(|mark| is_quotation(mark));
    let [first, opener, closer] = [quoting.next(), quoting.next(), quoting.next_back()];
    let (Some(first), Some(opener), Some(closer)) = (first, opener, closer) else {
        return false;
    };
    first.span() == speech
        && speech.end == opener.span().start
        && closer.span().end == text.trim_end().len()
        && closer.partner().is_some_and(|partner| marks[partner] == *opener)
}

/// So many blocks behind verse a speech closes that it interrupts, or more verse does.
const NEAR_INSET: usize = 2;

/// Whether a quotation that goes on behind verse or an extract without marks repeats its mark there,
/// as far as the document tells.
fn repeats_behind_insets(blocks: &[Arc<BlockReading>]) -> bool {
    blocks.windows(3).any(|around| {
        let [before, inset, after] = around else {
            return false;
        };
        let repeats =
            after.marks.first().is_some_and(|m| m.span().start == 0 && m.role == Role::Opens);
        before.goes_on > 0 && !inset.marks.iter().any(is_quotation) && repeats
    })
}

/// Whether a block is the signature below a letter that ends with `Yours faithfully,`, or the
/// names of those who issued it.
fn signs(letter: &str, names: &str) -> bool {
    let is_short = names.len() < LONGEST_SIGNATURE;
    let joins = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "in" | "de" | "von");
    let is_name = |word: &str| joins(word) || word.starts_with(|c: char| !c.is_lowercase());
    is_short
        && letter.trim_end().ends_with(',')
        && names.starts_with(char::is_uppercase)
        && names.split_whitespace().all(is_name)
}

/// Whether a short block has capitals only, as signatures are set: `“M. GARDINER.”`
fn is_set_in_capitals(names: &str) -> bool {
    names.len() < LONGEST_SIGNATURE
        && names.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
        && !names.contains(|c: char| c.is_lowercase() || matches!(c, '!' | '?'))
}

/// The longest signature, in bytes.
const LONGEST_SIGNATURE: usize = 60;

/// Whether the quotation that `first` leaves open goes on in block `index`, which has no mark
/// for it: the block `after` has one again, or it is the last line of a letter.
fn lacks_mark<'t>(
    document: &Document,
    blocks: &[Arc<BlockReading>],
    [first, index]: [usize; 2],
    after: Option<usize>,
    kind: Kind,
    text_of: &dyn Fn(usize) -> &'t str,
) -> bool {
    let text = text_of(index);
    let mut marks = blocks[index].marks.iter().filter(|mark| is_quoting(mark, kind));
    let Some(next) = marks.next() else {
        let begins = |at: usize| {
            let mark = blocks[at].marks.first();
            mark.is_some_and(|mark| mark.span().start == 0 && opens(mark, kind))
        };
        let goes_on = |at: usize| {
            blocks[at].goes_on > 0 || only_fault(&blocks[at], FaultKind::Unclosed).is_some()
        };
        let went_on = || first > 0 && blocks[first - 1].goes_on > 0;
        // Between two parts of a speech stands what sounds like another one.
        let is_spoken =
            || document.blocks[index].language.is_read_as_english() && gap_english::is_spoken(text);
        let is_letter = || letter::greets_in_marks(text_of(first));
        let is_between = |at: usize| goes_on(at) || went_on() || is_letter() || is_spoken();
        return after.is_some_and(|at| begins(at) && is_between(at));
    };
    let before = &text[..next.span().start];
    // 1. ‘Peace. 2. ‘Bread.’: each item of a list has its own marks.
    let is_number = before.chars().filter(|c| c.is_alphabetic()).nth(1).is_none();
    opens(next, kind) && !is_number && letter::is_line(before, text.len())
}

/// Whether the mark at `opener` is the last of its kind that is no part of a quotation inside.
fn is_last(marks: &[Mark], opener: ProseSpan, kind: Kind) -> bool {
    let depth = marks.iter().find(|mark| mark.span() == opener).map_or(0, |mark| mark.depth);
    !marks
        .iter()
        .filter(|mark| mark.span().start > opener.start && mark.depth <= depth)
        .any(|mark| is_quoting(mark, kind))
}

fn opens(mark: &Mark, kind: Kind) -> bool {
    mark.role == Role::Opens && mark.glyph.kind() == kind
}

/// The fault of a block that begins without the mark which `partner`, in another block, is.
fn not_repeated(glyph: Glyph, partner: (ProseSpan, usize), text: &str) -> Fault {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    Fault {
        kind: FaultKind::NotRepeated,
        span: ProseSpan::new(0, word),
        glyph,
        partner: Some(partner.0),
        partner_block: Some(partner.1),
        bound: None,
        repairs: vec![Repair { span: ProseSpan::gap(0), text: glyph.character().to_string() }],
    }
}

pub(super) fn only_fault(block: &BlockReading, kind: FaultKind) -> Option<usize> {
    let mut of_kind = block.faults.iter().enumerate().filter(|(_, fault)| fault.kind == kind);
    let (index, _) = of_kind.next()?;
    of_kind.next().is_none().then_some(index)
}

fn is_quoting(mark: &Mark, kind: Kind) -> bool {
    mark.glyph.kind() == kind && matches!(mark.role, Role::Opens | Role::Closes)
}

/// In so few bytes one capital tells that lines were run together.
const SHORT_VERSE: usize = 120;

/// In prose, which may have titles and names in it, small words with capitals are this far from each other
/// at least, in bytes.
const PROSE_TO_CAPITAL: usize = 250;

/// So many bytes are looked at.
const MOST_VERSE: usize = 1200;

/// Where capitals stand. Most stretches of prose have none and are passed over at once.
fn capitals(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    const STRETCH: usize = 16;
    let has_any =
        |stretch: &[u8]| stretch.iter().fold(false, |has, byte| has | byte.is_ascii_uppercase());
    let stretches = bytes.chunks(STRETCH).enumerate().filter(move |(_, one)| has_any(one));
    stretches.flat_map(|(number, stretch)| {
        let capitals = stretch.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
        capitals.map(move |(at, _)| number * STRETCH + at)
    })
}

/// Whether a block is verse whose lines were run together: small words have capitals in the
/// middle of its sentences.
pub(super) fn is_run_together(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "And", "The", "To", "He", "In", "Of", "With", "That", "His", "Her", "From", "It", "But",
        "For", "Who", "As", "By", "On", "A", "An", "Or", "My", "She", "They", "When", "Where",
        "Our", "Thy", "Their", "Nor", "Upon", "Unto", "Yet", "Till",
    ];
    let bytes = &text.as_bytes()[..text.len().min(MOST_VERSE)];
    let enough = (bytes.len() / PROSE_TO_CAPITAL).max(2);
    let mut count = 0;
    for at in capitals(bytes).filter(|&at| at > 0) {
        if !matches!(bytes[at - 1], b' ' | b'\n') {
            continue;
        }
        let before = text[..at - 1].chars().next_back();
        let is_inside = before.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';'));
        if !is_inside {
            continue;
        }
        let word = text[at..].split([' ', '\n']).next().unwrap_or("");
        count += usize::from(SMALL.contains(&word));
        if count == enough {
            return true;
        }
    }
    count == 1 && text.len() < SHORT_VERSE
}
