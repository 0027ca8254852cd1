//! From roles to marks, faults and the edits that repair them.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::text::ProseSpan;

use super::action::Action;
use super::context::BlockContext;
use super::cost;
use super::glyph::{Glyph, KINDS};
use super::possessive::{self, Slip};
use super::spelt;
use super::state::{CARRIED, Open};
use super::style::Style;
use super::tokens::{self, Beside, Token};
use super::{
    BlockReading, Bound, BoundKind, Fault, FaultKind, Further, MOST_FAULTS, Mark, Repair, Role, gap,
};

/// Plays the chosen roles through and states what they mean.
pub(super) fn replay(
    tokens: &[Token],
    actions: &[Action],
    context: &BlockContext<'_>,
    carried: &[Glyph],
) -> BlockReading {
    let mut replay = Replay {
        tokens,
        actions,
        context,
        reading: BlockReading {
            marks: Vec::with_capacity(tokens.len()),
            ..BlockReading::default()
        },
        told: FxHashMap::default(),
        next_openers: OnceCell::new(),
        last_closers: [None; KINDS],
        unpaired: SmallVec::new(),
        stack: carried.iter().map(|&glyph| Open { glyph, token: CARRIED }).collect(),
    };
    for (index, action) in actions.iter().enumerate() {
        replay.play(index, *action);
        replay.note_closer(index);
    }
    let left: Vec<Open> =
        replay.stack.iter().copied().filter(|open| open.token != CARRIED).collect();
    if !left.is_empty() {
        replay.leave_open(&left);
    }
    replay.name_partners();
    replay.reading.faults.sort_by_key(|fault| fault.span.start);
    // Room for more is kept for one at first, and a document may have millions of blocks with one.
    replay.reading.faults.shrink_to_fit();
    replay.reading
}
/// The end of a quotation is looked for over so many marks: longer ones hold mistakes of their own.
const FARTHEST_END: usize = 256;

struct Replay<'a> {
    tokens: &'a [Token],
    actions: &'a [Action],
    context: &'a BlockContext<'a>,
    reading: BlockReading,
    /// How many mistakes of each kind were told or counted.
    told: FxHashMap<FaultKind, usize>,
    /// For each mark the next one with which another quotation of its kind begins; found when it is first
    /// asked for.
    next_openers: OnceCell<Vec<u32>>,
    /// The last mark of each kind that closed something.
    last_closers: [Option<usize>; KINDS],
    /// The marks so far that opened something and have no partner yet.
    unpaired: SmallVec<[usize; 4]>,
    stack: Vec<Open>,
}

impl Replay<'_> {
    /// What is open at the end goes on in the next block or is not closed.
    fn leave_open(&mut self, left: &[Open]) {
        let behind = self.context.behind();
        let reopened = left
            .iter()
            .zip(&behind.reopened)
            .take_while(|(open, token)| self.context.repeats(**open, token))
            .count();
        let is_inset = behind.leads_inset || self.context.may_end_behind_verse();
        if is_inset && reopened < left.len() {
            self.reading.goes_on = left.len() as u8;
            return;
        }
        self.reading.goes_on = reopened as u8;
        for open in &left[reopened..] {
            self.unclosed(open.token as usize, self.tokens.len());
        }
    }

    fn play(&mut self, index: usize, action: Action) {
        let glyph = self.tokens[index].glyph;
        match action {
            Action::Open => {
                self.check_opener(index);
                self.mark(index, Role::Opens);
                let glyph = self.context.opener(&self.tokens[index], index);
                self.stack.push(Open { glyph, token: index as u32 });
            }
            Action::OpenUnclosed => {
                self.check_opener(index);
                self.mark(index, Role::Opens);
                if !self.is_told(FaultKind::Unclosed, index) {
                    self.unclosed(index, self.end_of_around(index));
                }
            }
            Action::Reopen => self.mark(index, Role::Reopens),
            Action::Close(above) => self.close(index, above),
            Action::CloseUnopened => {
                self.mark(index, Role::Closes);
                self.unopened(index);
            }
            Action::Apostrophe => {
                self.mark(index, Role::Apostrophe);
                let is_turned = glyph == Glyph::LeftSingle
                    && !self.context.around.style.is_closing(glyph)
                    && !spelt::is_letter(&self.tokens[index], self.context);
                if is_turned {
                    self.fault(
                        FaultKind::Apostrophe,
                        index,
                        None,
                        vec![self.replacement(index, Glyph::RightSingle)],
                    );
                }
                self.check_list(index);
            }
            Action::Prime => self.mark(index, Role::Prime),
            Action::Ditto => self.mark(index, Role::Ditto),
            Action::Stray => {
                self.mark(index, Role::Stray);
                let kind = if self.style().opens(glyph) == 0 {
                    FaultKind::Unclosed
                } else {
                    FaultKind::Unopened
                };
                if !self.is_told(kind, index) {
                    let bound = match kind {
                        FaultKind::Unclosed => self.bound_behind(index, self.tokens.len()),
                        _ => self.bound_before(index),
                    };
                    self.lacks_partner(kind, index, bound, Vec::new());
                }
            }
            Action::Doubled => {
                self.mark(index, Role::Stray);
                let span = self.tokens[index].span();
                let first = index.checked_sub(1).map(|first| self.tokens[first].span());
                self.fault(
                    FaultKind::Doubled,
                    index,
                    first,
                    vec![Repair { span, text: String::new() }],
                );
            }
        }
    }

    /// Keeps in mind where the last quotation closed.
    fn note_closer(&mut self, index: usize) {
        if self.reading.marks[index].role == Role::Closes {
            self.last_closers[self.tokens[index].glyph.kind() as usize] = Some(index);
        }
    }

    fn style(&self) -> &Style {
        &self.context.around.style
    }

    fn mark(&mut self, index: usize, role: Role) {
        let token = self.tokens[index];
        let (span, glyph) = (token.span(), token.glyph);
        let depth = self.stack.len() as u8;
        if role == Role::Opens {
            self.unpaired.push(index);
        }
        self.reading.marks.push(Mark::new(span, glyph, role, depth));
    }

    fn fault(
        &mut self,
        kind: FaultKind,
        index: usize,
        partner: Option<ProseSpan>,
        repairs: Vec<Repair>,
    ) {
        self.fault_at(kind, index, self.tokens[index].span(), partner, repairs);
    }

    /// A mistake of which the mark at `index` tells, and that stands at `span`.
    fn fault_at(
        &mut self,
        kind: FaultKind,
        index: usize,
        span: ProseSpan,
        partner: Option<ProseSpan>,
        repairs: Vec<Repair>,
    ) {
        let glyph = self.tokens[index].glyph;
        let (partner_block, bound) = (None, None);
        self.tell(index, Fault { kind, span, glyph, partner, partner_block, bound, repairs });
    }

    /// The mark at `index` has no partner, which was looked for up to a bound.
    fn lacks_partner(&mut self, kind: FaultKind, index: usize, bound: Bound, repairs: Vec<Repair>) {
        let token = self.tokens[index];
        let (span, glyph) = (token.span(), token.glyph);
        let (partner, partner_block, bound) = (None, None, Some(bound));
        self.tell(index, Fault { kind, span, glyph, partner, partner_block, bound, repairs });
    }

    fn tell(&mut self, index: usize, fault: Fault) {
        if !self.is_told(fault.kind, index) {
            *self.told.entry(fault.kind).or_default() += 1;
            self.reading.faults.push(fault);
        }
    }

    /// Whether enough mistakes of a kind were told one by one; if so this one is counted.
    fn is_told(&mut self, kind: FaultKind, index: usize) -> bool {
        if self.context.around.tells_all
            || self.told.get(&kind).is_none_or(|&told| told < MOST_FAULTS)
        {
            return false;
        }
        let first = self.tokens[index].span();
        match self.reading.further.iter_mut().find(|further| further.kind == kind) {
            Some(further) => {
                further.count += 1;
                further.first = further.first.min(first);
            }
            None => self.reading.further.push(Further { kind, count: 1, first }),
        }
        true
    }

    fn replacement(&self, index: usize, glyph: Glyph) -> Repair {
        Repair { span: self.tokens[index].span(), text: glyph.character().to_string() }
    }

    /// A possessive may stand in a list of which others are none.
    fn check_list(&mut self, index: usize) {
        let token = self.tokens[index];
        let (span, glyph, after) = (token.span(), token.glyph, token.after);
        let language = self.context.block.language;
        if after != Beside::Pause || language.is_known() && language.code() != "en" {
            return;
        }
        let (slip, repair) = match possessive::slip(self.context.text, span) {
            Some(Slip::Alone) => (span, Repair { span, text: String::new() }),
            Some(Slip::Lacks(word)) => {
                let text = glyph.character().to_string();
                (word, Repair { span: ProseSpan::gap(word.end), text })
            }
            None => return,
        };
        self.fault_at(FaultKind::Possessive, index, slip, None, vec![repair]);
    }

    /// An opener may point the wrong way or have the marks of the quotation around it.
    fn check_opener(&mut self, index: usize) {
        let glyph = self.tokens[index].glyph;
        let foreign = self.context.foreign_style(&self.tokens[index]);
        let style = foreign.as_ref().unwrap_or(self.style());
        if style.opens(self.context.opener(&self.tokens[index], index)) >= cost::TURNED {
            let right = self.style().right_opener(glyph);
            let repairs = right.map(|right| self.replacement(index, right));
            self.fault(FaultKind::Direction, index, None, repairs.into_iter().collect());
        }
        let token = &self.tokens[index];
        let is_nested = self.stack.last().is_some_and(|top| {
            let around = self.tokens.get(top.token as usize);
            top.glyph.kind() == glyph.kind()
                && self.context.nests(token).is_none()
                && !self.context.is_told_apart(around, token)
        });
        if is_nested {
            let around = self.stack.last().and_then(|top| self.span_of(*top));
            self.fault(FaultKind::Nesting, index, around, Vec::new());
        }
    }

    /// Whether an inner quotation may end with the mark that closes `outer`, the one around it.
    fn may_share(&self, inner: Open, outer: Option<&Open>) -> bool {
        let outer = outer.and_then(|outer| self.tokens.get(outer.token as usize));
        let mark = &self.tokens[inner.token as usize];
        self.style().may_share(self.context.text, inner.glyph, mark, outer)
    }

    fn span_of(&self, open: Open) -> Option<ProseSpan> {
        (open.token != CARRIED).then(|| self.tokens[open.token as usize].span())
    }

    fn close(&mut self, index: usize, above: u8) {
        let outer = self.stack.len().checked_sub(usize::from(above) + 1);
        let kind = outer.map(|outer| self.stack[outer].glyph.kind());
        for _ in 0..above {
            let Some(open) = self.stack.pop().filter(|open| open.token != CARRIED) else {
                continue;
            };
            if kind != Some(open.glyph.kind()) || !self.may_share(open, self.stack.last()) {
                self.unclosed(open.token as usize, index);
            }
        }
        let Some(open) = self.stack.pop() else {
            self.mark(index, Role::Closes);
            return;
        };
        self.mark(index, Role::Closes);
        if open.token != CARRIED {
            let opener = open.token as usize;
            self.reading.marks[opener].pair_with(index);
            self.reading.marks[index].pair_with(opener);
            // Few stand behind it: what was not closed inside this quotation.
            if let Some(at) = self.unpaired.iter().rposition(|&open| open == opener) {
                self.unpaired.remove(at);
            }
        }
        self.check_pair(open, index);
    }

    fn check_pair(&mut self, open: Open, index: usize) {
        let glyph = self.tokens[index].glyph;
        let opener = self.span_of(open);
        let is_mixed = open.glyph.is_straight() != glyph.is_straight();
        let foreign = self.context.foreign_style(&self.tokens[index]);
        if open.glyph.kind() != glyph.kind() {
            self.mismatch(open, index);
        } else if is_mixed && self.style().pair(open.glyph, glyph) >= cost::TURNED {
            self.mixed(open, index);
        } else if foreign.as_ref().unwrap_or(self.style()).pair(open.glyph, glyph) >= cost::TURNED {
            if open.glyph == glyph && self.style().opens(glyph) > 0 && open.token != CARRIED {
                // “Text“ in German: the second mark is where it belongs.
                let right = self.style().opener_for(glyph);
                let repair = self.replacement(open.token as usize, right);
                let closer = Some(self.tokens[index].span());
                self.fault(FaultKind::Direction, open.token as usize, closer, vec![repair]);
                return;
            }
            let right = self.style().closer_for(open.glyph);
            let repair = self.replacement(index, right);
            self.fault(FaultKind::Direction, index, opener, vec![repair]);
        }
    }

    /// Of a typographic and a straight mark the straight one is blamed.
    fn mixed(&mut self, open: Open, index: usize) {
        let glyph = self.tokens[index].glyph;
        match self.span_of(open).filter(|_| open.glyph.is_straight()) {
            Some(_) => {
                let opener = open.token as usize;
                let repair = self.replacement(opener, self.style().opener_for(glyph));
                let closer = Some(self.tokens[index].span());
                self.fault(FaultKind::Mismatched, opener, closer, vec![repair]);
            }
            None => {
                let repair = self.replacement(index, self.style().closer_for(open.glyph));
                self.fault(FaultKind::Mismatched, index, self.span_of(open), vec![repair]);
            }
        }
    }

    /// Of two marks that do not belong together the one is blamed that breaks the style.
    fn mismatch(&mut self, open: Open, index: usize) {
        let closer = self.tokens[index].glyph;
        let opener_span = self.span_of(open);
        let expected = match self.stack.last() {
            None => self.style().outer,
            Some(top) if top.glyph.kind() == open.glyph.kind() => Some(closer.kind()),
            Some(_) => Some(open.glyph.kind()),
        };
        let blames_opener = expected == Some(closer.kind());
        match opener_span {
            Some(span) if blames_opener => {
                let opener = open.token as usize;
                let right = self.style().opener_for(closer);
                let repair = Repair { span, text: right.character().to_string() };
                let partner = self.tokens[index].span();
                self.fault(FaultKind::Mismatched, opener, Some(partner), vec![repair]);
            }
            _ => {
                let repair = self.replacement(index, self.style().closer_for(open.glyph));
                self.fault(FaultKind::Mismatched, index, opener_span, vec![repair]);
            }
        }
    }

    /// The mark at `index` opens and is not closed before the mark at `until`.
    fn unclosed(&mut self, index: usize, until: usize) {
        if self.is_told(FaultKind::Unclosed, index) {
            return;
        }
        let bound = self.bound_behind(index, until);
        let end = match bound.kind {
            BoundKind::Block => tokens::before_markers(self.context.text, self.context.block),
            BoundKind::Quotation | BoundKind::Around => bound.span.start,
        };
        let opens_again = bound.kind == BoundKind::Quotation;
        let token = self.tokens[index];
        let (span, glyph) = (token.span(), token.glyph);
        let closer = self.style().closer_for(glyph);
        let gaps = gap::closing(self.context, span.end, end, opens_again);
        let opened = &self.context.text[span.end..];
        let space = opened.chars().next().filter(|&c| is_spaced(closer, c));
        let text: String = space.into_iter().chain([closer.character()]).collect();
        let repair =
            |at: usize| Repair { span: ProseSpan::gap(self.before_comma(at)), text: text.clone() };
        let repairs = just_as_many(gaps.into_iter().map(repair));
        self.lacks_partner(FaultKind::Unclosed, index, bound, repairs);
    }

    /// The mark that closes the quotation in which the one at `index` stands; behind all marks if there is
    /// none.
    fn end_of_around(&self, index: usize) -> usize {
        let behind = (index + 1..self.tokens.len()).take(FARTHEST_END);
        let mut open = self.stack.len();
        let mut closes = behind.filter(|&other| {
            match self.actions[other] {
                Action::Open => open += 1,
                Action::Close(above) => open = open.saturating_sub(usize::from(above) + 1),
                _ => {}
            }
            open < self.stack.len()
        });
        closes.next().unwrap_or(self.tokens.len())
    }

    /// What a quotation that the mark at `index` opens cannot go on behind, the mark at `until` included.
    fn bound_behind(&self, index: usize, until: usize) -> Bound {
        let tokens = self.tokens;
        let next = self.next_opener(index).filter(|&next| next < until);
        let bound = next.map(|next| (next, BoundKind::Quotation));
        match bound.or_else(|| (until < tokens.len()).then_some((until, BoundKind::Around))) {
            Some((mark, kind)) => Bound { span: tokens[mark].span(), kind },
            None => {
                let text = self.context.text.trim_end();
                let last = text.chars().next_back().map_or(0, char::len_utf8);
                let span = ProseSpan::new(text.len() - last, text.len());
                Bound { span, kind: BoundKind::Block }
            }
        }
    }

    /// The next mark behind the one at `index` that begins a quotation of its kind. However many are asked
    /// for, the marks are gone through once.
    fn next_opener(&self, index: usize) -> Option<usize> {
        let all = self.next_openers.get_or_init(|| next_openers(self.tokens, self.style()));
        Some(all[index]).filter(|&next| next != NO_OPENER).map(|next| next as usize)
    }

    /// What a quotation that the mark at `index` closes cannot have begun in front of.
    fn bound_before(&self, index: usize) -> Bound {
        let kind = self.tokens[index].glyph.kind();
        let closer = self.last_closers[kind as usize].map(|at| (at, BoundKind::Quotation));
        let opener = self.unpaired.last().map(|&at| (at, BoundKind::Around));
        match closer.into_iter().chain(opener).max_by_key(|&(at, _)| at) {
            Some((at, kind)) => Bound { span: self.tokens[at].span(), kind },
            None => {
                let start = tokens::behind_label(self.context.text, self.context.block);
                let first = self.context.text[start..].chars().next().map_or(0, char::len_utf8);
                let span = ProseSpan::new(start, start + first);
                Bound { span, kind: BoundKind::Block }
            }
        }
    }

    /// Of a mark that points the wrong way the other end may have been read later.
    fn name_partners(&mut self) {
        let BlockReading { marks, faults, .. } = &mut self.reading;
        let turned =
            |fault: &&mut Fault| fault.kind == FaultKind::Direction && fault.partner.is_none();
        for fault in faults.iter_mut().filter(turned) {
            let at = marks.partition_point(|mark| mark.span().start < fault.span.start);
            let partner = marks.get(at).and_then(Mark::partner);
            fault.partner = partner.map(|partner| marks[partner].span());
        }
    }

    /// The place in front of the comma before `at`, where the document has its commas outside.
    fn before_comma(&self, at: usize) -> usize {
        let follows_comma = self.context.text[..at].ends_with(',');
        if follows_comma && self.style().commas_outside { at - 1 } else { at }
    }

    /// The mark at `index` closes what was not opened.
    fn unopened(&mut self, index: usize) {
        if self.is_told(FaultKind::Unopened, index) {
            return;
        }
        let bound = self.bound_before(index);
        let start = match bound.kind {
            BoundKind::Block => bound.span.start,
            BoundKind::Quotation | BoundKind::Around => bound.span.end,
        };
        let opener = self.style().opener_for(self.tokens[index].glyph);
        let gaps = gap::opening(self.context, start, self.tokens[index].span());
        let closed = &self.context.text[..self.tokens[index].span().start];
        let space = closed.chars().next_back().filter(|&c| is_spaced(opener, c));
        let text: String = [opener.character()].into_iter().chain(space).collect();
        let repair = |at| Repair { span: ProseSpan::gap(at), text: text.clone() };
        let repairs = just_as_many(gaps.into_iter().map(repair));
        self.lacks_partner(FaultKind::Unopened, index, bound, repairs);
    }
}

/// A list without room for more, of which a document may have millions.
fn just_as_many<T>(all: impl ExactSizeIterator<Item = T>) -> Vec<T> {
    let mut list = Vec::with_capacity(all.len());
    list.extend(all);
    list
}

/// Whether a guillemet has this space on its inside, where its partner has one.
fn is_spaced(glyph: Glyph, space: char) -> bool {
    glyph.kind() == super::Kind::Guillemet && (space == ' ' || tokens::is_thin(space))
}

/// No mark behind begins a quotation of the kind.
const NO_OPENER: u32 = u32::MAX;

/// For each mark the number of the next one that begins a quotation of its kind, or [`NO_OPENER`].
fn next_openers(tokens: &[Token], style: &Style) -> Vec<u32> {
    let mut next = [NO_OPENER; KINDS];
    let mut all = vec![NO_OPENER; tokens.len()];
    for (index, token) in tokens.iter().enumerate().rev() {
        let kind = token.glyph.kind() as usize;
        all[index] = next[kind];
        if begins_quotation(token, style) {
            next[kind] = index as u32;
        }
    }
    all
}

/// Whether a mark begins something that an unclosed quotation of its kind cannot hold.
fn begins_quotation(token: &Token, style: &Style) -> bool {
    style.opens_freely(token) && !matches!(token.before, Beside::Lower | Beside::Upper)
}
