//! The cheapest reading of one block.
//!
//! A dynamic programme over the marks of the block: a state is the stack of open
//! quotations and whether an error was read so far; for each mark every state is carried
//! on with every role that the mark could have. Of the states with one stack only the
//! cheapest survives, and of equals the one with the shorter quotations: a missing mark
//! is nearer than a quotation is long. The number of states is bounded, so the work is
//! linear in the number of marks.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use smallvec::SmallVec;

use crate::markup::BlockKind;

use super::action::Action;
use super::apostrophe;
use super::brackets;
use super::choices::{Choices, Pairs, Sentences};
use super::context::BlockContext;
use super::cost::{self, Cost, IMPOSSIBLE};
use super::glance;
use super::glyph::{Glyph, Kind};
use super::mid_clause;
use super::state::{
    CAREFUL, CARRIED, DEEPEST, MOST_CLOSED, MOST_STATES, Open, ROOT, ROUGH, State, States, Step,
    Width,
};
use super::tokens::{Beside, Token};
use super::{BlockReading, going_on, repair};

/// What it costs to go on with what the block before left open.
const CARRYING: Cost = 6;

/// How much dearer than the sum of each mark's cheapest role a reading may be, at first and
/// then; if there is none, all are followed.
const SLACKS: [Cost; 2] = [16, 110];

/// So many marks are read at once; what is best by then is settled, so that memory stays bounded.
const WINDOW: usize = 8192;

/// So many marks behind those are looked at as well before they are settled.
const AHEAD: usize = 256;

/// So many bytes are looked through for the end of a bracket.
const LONGEST_BRACKET: usize = 400;

const ALWAYS_ONE: &str = "without a bound every state is carried on by some role";

/// Where the marks of a window cost more than this on the average, which is a mistake in every sixth of
/// them, there is no reading that makes sense of them: then what follows need not be weighed so carefully.
const DISORDER: Cost = 14;

/// What the parse of one block leaves for that of the next one to write in.
#[derive(Default)]
pub(super) struct Room {
    choices: Vec<Choices>,
    nodes: Vec<Node>,
    actions: Vec<Action>,
}

/// Reads one block with marks. Gives the reading and what is left open for the next block to
/// close.
pub(super) fn parse(
    tokens: &[Token],
    context: &BlockContext<'_>,
    room: &mut Room,
) -> (BlockReading, SmallVec<[Glyph; 2]>) {
    room.actions.clear();
    // Half of all paragraphs have nothing but apostrophes inside words, and for these every other
    // role is dearer whatever surrounds them.
    if context.around.carried.is_empty() && tokens.iter().all(is_inside_word) {
        room.actions.resize(tokens.len(), Action::Apostrophe);
        let reading = repair::replay(tokens, &room.actions, context, &[]);
        return (reading, SmallVec::new());
    }
    // Room that grows is copied, and there may be millions of marks.
    room.actions.reserve(tokens.len());
    let mut parser = Parser {
        context,
        tokens,
        sentences: RefCell::default(),
        pairs: OnceCell::new(),
        nodes: &mut room.nodes,
        actions: &mut room.actions,
        most: Cost::MAX,
        width: CAREFUL,
        bound: 0,
        at_least: 0,
    };
    let last = parser.run(&mut room.choices);
    let carried: &[Glyph] = if last.is_carried { &context.around.carried } else { &[] };
    let reading = repair::replay(tokens, &room.actions, context, carried);
    let open = last.all_open().map(|open| open.glyph).collect();
    (reading, open)
}

fn is_inside_word(token: &Token) -> bool {
    token.is_medial() && matches!(token.glyph, Glyph::RightSingle | Glyph::StraightSingle)
}

/// A role that was chosen on the way, and the one before it.
#[derive(Clone, Copy)]
struct Node {
    before: u32,
    action: Action,
}

struct Parser<'a> {
    context: &'a BlockContext<'a>,
    tokens: &'a [Token],
    /// Where the sentence began in which each mark stands.
    sentences: RefCell<Sentences>,
    /// What it costs to close something; found when it is first asked for.
    pairs: OnceCell<Pairs>,
    nodes: &'a mut Vec<Node>,
    /// The roles that were settled.
    actions: &'a mut Vec<Action>,
    /// What a state may cost after the mark that is read.
    most: Cost,
    /// Which states are carried on.
    width: Width,
    /// The number of the first of [`SLACKS`] that is tried.
    bound: usize,
    /// What the cheapest roles of the marks cost that were searched last, whatever is open.
    at_least: Cost,
}

impl Parser<'_> {
    /// Reads all marks, window by window: most blocks are a single one. What stands at the end of a
    /// window is read again with what follows it.
    fn run(&mut self, choices: &mut Vec<Choices>) -> State {
        let mut starts = self.start();
        let mut from = 0;
        loop {
            let is_last = self.tokens.len() - from <= WINDOW + AHEAD;
            let end = if is_last { self.tokens.len() } else { from + WINDOW + AHEAD };
            choices.clear();
            let last = self.read_window(&starts, from..end, choices);
            if is_last {
                return last;
            }
            let started = starts.iter().find(|state| state.is_carried == last.is_carried);
            let mut state = started.copied().unwrap_or_else(State::empty);
            for at in from..from + WINDOW {
                state.apply(self.actions[at], at, self.context, self.tokens);
            }
            self.width = if self.has_order(&last) { CAREFUL } else { ROUGH };
            from += WINDOW;
            self.actions.truncate(from);
            self.sentences.get_mut().forget_before(from);
            starts.clear();
            (state.cost, state.length) = (0, 0);
            starts.push(state);
        }
    }

    /// Whether what was read up to a state makes some sense. What follows a window in which even the wider
    /// slack left no reading is like it: there nothing is gained from trying again.
    fn has_order(&mut self, last: &State) -> bool {
        let dearer = last.cost.saturating_sub(self.at_least);
        let fitting = SLACKS.iter().position(|&slack| dearer <= slack);
        self.bound = fitting.unwrap_or(SLACKS.len());
        fitting.is_some() && last.cost / (WINDOW + AHEAD) as Cost <= DISORDER
    }

    /// Chooses the roles of the marks of one window, of which `choices` becomes what they can be where that
    /// must be weighed for all of them.
    fn read_window(
        &mut self,
        starts: &[State],
        window: Range<usize>,
        choices: &mut Vec<Choices>,
    ) -> State {
        let first = window.start;
        if self.bound == SLACKS.len() {
            return self.read_unbounded(starts, window);
        }
        let last = self.read_closely(starts, window.clone());
        if let Some(last) = last {
            #[cfg(test)]
            self.hold_to_search(starts, window);
            return last;
        }
        self.actions.truncate(first);
        choices.extend(window.map(|index| Choices::of(self.tokens, index, self.context)));
        // The narrowest slack left no reading.
        self.search(starts, first, choices, self.bound.max(1))
    }

    /// Chooses the roles of the marks of one window where no bound leaves a reading.
    fn read_unbounded(&mut self, starts: &[State], window: Range<usize>) -> State {
        self.nodes.clear();
        let last = self.follow(starts, window, None, None).expect(ALWAYS_ONE);
        self.settle(last.node);
        last
    }

    /// Chooses the roles of the marks of one window if hardly more than the cheapest ones need be weighed.
    fn read_closely(&mut self, starts: &[State], window: Range<usize>) -> Option<State> {
        if self.bound > 0 {
            return None;
        }
        let (mut from, mut ahead) = (window.start, None);
        if let &[start] = starts {
            let sure = self.read_surely(start, window.clone());
            if sure.is_all {
                self.at_least = 0;
                return Some(sure.state);
            }
            (from, ahead) = (sure.end, Some([sure.state]));
        }
        let starts = ahead.as_ref().map_or(starts, |ahead| &ahead[..]);
        self.nodes.clear();
        let last = self.follow(starts, from..window.end, None, Some(SLACKS[0]))?;
        self.settle(last.node);
        Some(last)
    }

    /// Chooses the roles of the marks of one window as far as each can have only one. If that goes to the end,
    /// and what is open there may be so, any other reading costs more; else any other of those marks would
    /// cost more than the narrowest slack leaves.
    fn read_surely(&mut self, start: State, window: Range<usize>) -> Sure {
        let is_last = window.end == self.tokens.len();
        let mut state = start;
        let mut clearly = Cost::MAX;
        // Up to where the narrowest slack leaves nothing else.
        let mut kept = None;
        for index in window {
            let role = glance::role(&state, index, self.tokens, self.context);
            let Some((action, dearer)) = role.or_else(|| self.only_role(&state, index)) else {
                let (end, state) = kept.unwrap_or((index, state));
                self.actions.truncate(end);
                return Sure { state, end, is_all: false };
            };
            if dearer <= SLACKS[0] + cost::MARGIN {
                kept.get_or_insert((index, state));
            }
            clearly = clearly.min(dearer);
            state.apply(action, index, self.context, self.tokens);
            self.actions.push(action);
        }
        let ends = |state: &State| {
            let (cost, is_error) = self.open_at_end(state);
            !is_error && cost < clearly
        };
        if !is_last || state.depth() == 0 || ends(&state) {
            return Sure { state, end: self.actions.len(), is_all: true };
        }
        let (end, state) = kept.unwrap_or((self.actions.len(), state));
        self.actions.truncate(end);
        Sure { state, end, is_all: false }
    }

    /// Chooses the roles of the marks from `first` on among all that they may have; `bound` is the number of
    /// the first slack that is tried.
    fn search(
        &mut self,
        starts: &[State],
        first: usize,
        choices: &[Choices],
        bound: usize,
    ) -> State {
        let bounds = SLACKS.into_iter().map(Some).chain([None]).skip(bound);
        let window = first..first + choices.len();
        let mut found = bounds.filter_map(|slack| {
            self.nodes.clear();
            self.follow(starts, window.clone(), Some(choices), slack)
        });
        let last = found.next().expect(ALWAYS_ONE);
        self.settle(last.node);
        last
    }

    /// Whether the search chooses the roles that were found to be certain.
    #[cfg(test)]
    fn hold_to_search(&self, starts: &[State], window: Range<usize>) {
        let context = self.context.anew();
        let (mut nodes, mut actions) = (Vec::new(), Vec::new());
        let mut parser = Parser {
            context: &context,
            tokens: self.tokens,
            sentences: RefCell::default(),
            pairs: OnceCell::new(),
            nodes: &mut nodes,
            actions: &mut actions,
            most: self.most,
            width: self.width,
            bound: 0,
            at_least: 0,
        };
        let choices = window.clone().map(|index| Choices::of(self.tokens, index, &context));
        let choices: Vec<_> = choices.collect();
        parser.search(starts, window.start, &choices, 0);
        assert_eq!(actions, self.actions[window], "{}", self.context.text);
    }

    /// The role of a mark that costs less than every other, is no mistake, and costs nothing for what is
    /// open, and how much dearer the others are. As long as there is one no other reading can cost as
    /// little.
    fn only_role(&self, state: &State, index: usize) -> Option<(Action, Cost)> {
        let choices = &Choices::of(self.tokens, index, self.context);
        let mut best: Option<Step> = None;
        let mut second = Cost::MAX;
        let within = Within::of(index, self.tokens, self.context);
        self.steps(state, index, choices, &within, |step| match best {
            Some(known) if step.cost >= known.cost => second = second.min(step.cost),
            _ => {
                second = best.map_or(Cost::MAX, |known| known.cost);
                best = Some(step);
            }
        });
        let step = best.filter(|step| {
            !step.is_error && step.cost < second && step.cost == self.least(index, choices)
        })?;
        Some((step.action, second - step.cost))
    }

    /// What the cheapest role of a mark costs at least, whatever is open.
    fn least(&self, index: usize, choices: &Choices) -> Cost {
        let pairs = self.pairs.get_or_init(|| Pairs::of(self.tokens, self.context));
        choices.least(pairs.least(self.tokens[index].glyph))
    }

    /// The best reading of some marks; with some slack only one that costs no more than the cheapest roles
    /// and that. `choices` is what the marks can be, if that is known.
    fn follow(
        &mut self,
        starts: &[State],
        marks: Range<usize>,
        choices: Option<&[Choices]>,
        slack: Option<Cost>,
    ) -> Option<State> {
        // A reading without an error is taken although it costs so much more than another.
        let slack = slack.map_or(Cost::MAX, |slack| slack + cost::MARGIN);
        (self.most, self.at_least) = (slack, 0);
        let (mut states, mut next) = (States::default(), States::default());
        states.assign(starts);
        let first = marks.start;
        for index in marks.clone() {
            if choices.is_none() && self.pass(&mut states, index) {
                continue;
            }
            next.clear(self.width.dearer);
            match choices {
                Some(choices) => {
                    self.read_mark(&states, index, &choices[index - first], slack, &mut next);
                }
                None => {
                    let choices = &Choices::of(self.tokens, index, self.context);
                    self.read_mark(&states, index, choices, slack, &mut next);
                }
            }
            next.prune(self.width.states);
            std::mem::swap(&mut states, &mut next);
            if states.as_slice().is_empty() {
                return None;
            }
        }
        let is_last = marks.end == self.tokens.len();
        self.finish(states.as_slice(), is_last).filter(|best| best.cost + cost::MARGIN <= self.most)
    }

    /// Carries all states on over a mark. With some slack no reading may cost more than the cheapest roles and that.
    fn read_mark(
        &mut self,
        states: &States,
        index: usize,
        choices: &Choices,
        slack: Cost,
        next: &mut States,
    ) {
        self.at_least += self.least(index, choices);
        self.most = slack.saturating_add(self.at_least);
        let within = Within::of(index, self.tokens, self.context);
        let mut plain = Staying::default();
        let possible = choices.plain().into_iter().filter(|step| step.cost < IMPOSSIBLE);
        possible.for_each(|step| keep(&mut plain, step));
        // The cheapest state can go on so, whatever is open there.
        let cheapest = plain.iter().flatten().map(|step| step.cost).min();
        cheapest.into_iter().for_each(|cost| next.expect(states.best().saturating_add(cost)));
        for state in states.as_slice() {
            self.carry_on(state, index, choices, &plain, &within, next);
        }
    }

    /// Goes on over a mark of which a glance tells the role, if only one state is followed: any other role
    /// costs more than is left or followed, and this one is the cheapest.
    fn pass(&mut self, states: &mut States, index: usize) -> bool {
        let Some(state) = states.only() else {
            return false;
        };
        let left = self.most.saturating_sub(state.cost).min(self.width.dearer);
        let role = glance::role(state, index, self.tokens, self.context);
        let Some((action, _)) = role.filter(|&(_, dearer)| dearer > left) else {
            return false;
        };
        state.apply(action, index, self.context, self.tokens);
        self.nodes.push(Node { before: state.node, action });
        state.node = (self.nodes.len() - 1) as u32;
        true
    }

    /// Nothing is open, or what the block before left open.
    fn start(&self) -> SmallVec<[State; 2]> {
        let mut states = SmallVec::new();
        states.push(State::empty());
        if !self.context.around.carried.is_empty() {
            let mut carried = State::empty();
            (carried.cost, carried.is_carried) = (CARRYING, true);
            for &glyph in self.context.around.carried.iter().take(DEEPEST) {
                carried.push(Open { glyph, token: CARRIED });
            }
            states.push(carried);
        }
        states
    }

    /// Adds every state that `state` can become by the token; `plain` is what may be best of the roles that
    /// leave open what is open, whatever that is.
    fn carry_on(
        &mut self,
        state: &State,
        index: usize,
        choices: &Choices,
        plain: &Staying,
        within: &Within<'_>,
        next: &mut States,
    ) {
        let left = self.most.min(next.most()).saturating_sub(state.cost);
        let mut steps = Steps::new(left, self.width.dearer);
        plain.iter().flatten().for_each(|step| steps.take(*step));
        if choices.open <= steps.most {
            self.opening_steps(state, index, choices, within, steps.most, |step| steps.take(step));
        }
        if choices.close <= steps.most {
            self.closing_steps(state, index, choices, steps.most, |step| steps.take(step));
        }
        let nodes = &mut *self.nodes;
        for step in steps.kept() {
            next.add(state, step, index, within.opener, self.tokens, || {
                nodes.push(Node { before: state.node, action: step.action });
                (nodes.len() - 1) as u32
            });
        }
    }

    /// Every role that the mark can have in a state.
    fn steps(
        &self,
        state: &State,
        index: usize,
        choices: &Choices,
        within: &Within<'_>,
        mut take: impl FnMut(Step),
    ) {
        choices.plain().into_iter().for_each(&mut take);
        self.opening_steps(state, index, choices, within, Cost::MAX, &mut take);
        self.closing_steps(state, index, choices, Cost::MAX, take);
    }

    /// The roles in which the mark opens something, without some of those that cost more than `most`.
    fn opening_steps(
        &self,
        state: &State,
        index: usize,
        choices: &Choices,
        within: &Within<'_>,
        most: Cost,
        mut take: impl FnMut(Step),
    ) {
        if choices.open >= IMPOSSIBLE {
            return;
        }
        let token = &self.tokens[index];
        let (nesting, is_nested) = within.cost(state, token, self.tokens);
        let cost = choices.open + nesting;
        let is_error = choices.open_is_error || is_nested;
        let may_repeat = !choices.open_is_error && choices.open + cost::LEAST_REPEATED <= most;
        if may_repeat && state.holds(token.glyph.kind()) {
            let repeated = choices.repeated(self.tokens, index, self.context);
            if repeated < IMPOSSIBLE {
                let cost = choices.open + repeated;
                take(Step { action: Action::Reopen, cost, is_error: false });
            }
        }
        if state.depth() < DEEPEST {
            take(Step { action: Action::Open, cost, is_error });
        }
        let cost = cost + cost::NO_PARTNER;
        take(Step { action: Action::OpenUnclosed, cost, is_error: true });
    }

    /// The roles in which the mark closes something, without some of those that cost more than `most`.
    fn closing_steps(
        &self,
        state: &State,
        index: usize,
        choices: &Choices,
        most: Cost,
        mut take: impl FnMut(Step),
    ) {
        if choices.close >= IMPOSSIBLE {
            return;
        }
        let token = &self.tokens[index];
        let style = choices.style(self.context);
        for above in 0..MOST_CLOSED {
            let Some(open) = state.open(above) else {
                break;
            };
            let pair = style.pair(open.glyph, token.glyph);
            if pair >= IMPOSSIBLE || (above > 0 && pair > 0) || choices.close + pair > most {
                continue;
            }
            let inner = self.inner_cost(state, above);
            let is_error = pair >= cost::TURNED || inner >= cost::NO_PARTNER;
            let close = choices.close
                + self.strange(open, index, choices)
                + self.ends_tale_otherwise(open, pair)
                + self.at_possessive(state, above, inner, (index, choices));
            let action = Action::Close(above as u8);
            take(Step { action, cost: close + pair + inner, is_error });
        }
        if choices.close + cost::NO_PARTNER > most {
            return;
        }
        let shape = style.closes(token.glyph);
        // Where it would close what is open, it is hardly that which lacks its partner; a single mark behind a
        // word may be an apostrophe, and a straight one may open something.
        let is_single = token.glyph.kind() == Kind::Single;
        let fits = (!is_single || !choices.may_be_apostrophe && !token.glyph.is_straight())
            && state.open(0).is_some_and(|open| style.pair(open.glyph, token.glyph) == 0);
        let fitting = if fits { cost::PASSED_OVER } else { 0 };
        let cost = choices.close.saturating_add(shape) + cost::NO_PARTNER + fitting;
        take(Step { action: Action::CloseUnopened, cost, is_error: true });
    }

    /// What it costs that one mark closes so many levels more than its own.
    fn inner_cost(&self, state: &State, above: usize) -> Cost {
        let closed = state.open(above).map(|open| open.glyph.kind());
        let cost = |level: usize| {
            let Some(open) = state.open(level) else {
                return 0;
            };
            let style = &self.context.around.style;
            let may_share = match self.tokens.get(open.token as usize) {
                Some(inner) => {
                    let outer = state.open(level + 1);
                    let outer = outer.and_then(|outer| self.tokens.get(outer.token as usize));
                    style.may_share(self.context.text, open.glyph, inner, outer)
                }
                None => open.glyph.kind() == Kind::Guillemet,
            };
            let is_alike = closed == Some(open.glyph.kind());
            if may_share && is_alike { cost::SHARED } else { cost::NO_PARTNER }
        };
        (0..above).map(cost).sum()
    }

    /// What it costs that a quotation ends at a single mark in the middle of a clause, or holds
    /// more than began there, or nothing.
    fn strange(&self, open: Open, index: usize, choices: &Choices) -> Cost {
        let Some(opener) = self.tokens.get(open.token as usize) else {
            return 0;
        };
        let token = &self.tokens[index];
        if opener.span().end == token.span().start && token.stands_before_word() {
            return cost::EMPTY;
        }
        // “Am I to understand, said he, after a few moments’ silence: what may be a possessive closes nothing of
        // another kind.
        if open.glyph.kind() != token.glyph.kind()
            && (choices.is_likely_apostrophe
                || choices.may_belong_to_word
                    && mid_clause::holds_opener(
                        self.tokens,
                        open,
                        index,
                        choices.style(self.context),
                    ))
        {
            return cost::LIKELY_APOSTROPHE;
        }
        // (‘His time’, said he, ‘has come.) It was the workers’ day: what began in brackets ends in them.
        if choices.may_belong_to_word && self.leaves_bracket(opener, token) {
            return cost::LEAVES_BRACKET;
        }
        let sentence = || self.sentences.borrow_mut().start(index, self.context.text, self.tokens);
        // ‘First, that the workers’ committees be heard: who takes up a speech has a sentence to say, and ends the
        // last one with a sign.
        if choices.is_likely_apostrophe && self.context.repeats_at(opener, open.token as usize) {
            let is_cut = opener.span().end < sentence();
            return if is_cut { cost::TAKEN_UP_AND_CUT } else { cost::TAKEN_UP_FOR_NOTHING };
        }
        if !choices.may_be_apostrophe || opener.span().end >= sentence() {
            return 0;
        }
        // ‘They came. They provoke a peasants’ revolt’: sentences end with a sign.
        let cut = if choices.may_belong_to_word { cost::CUT_SHORT } else { 0 };
        // He saw that ‘ere wolf. ‘It is,’ said he: what begins in a clause is no speech.
        let begins_clause = apostrophe::begins_within_clause(self.context.text, opener);
        cut + if begins_clause { cost::OUTGROWN } else { 0 }
    }

    /// Whether a bracket in which `opener` stands ends before `token`.
    fn leaves_bracket(&self, opener: &Token, token: &Token) -> bool {
        let (text, start) = (self.context.text, opener.span().end);
        let first = text.ceil_char_boundary(start.saturating_sub(LONGEST_BRACKET));
        let last = text.floor_char_boundary(token.span().start.min(start + LONGEST_BRACKET));
        let inside = text.get(start..last).unwrap_or_default();
        brackets::end(&text[first..start], inside).is_some()
    }

    /// What it costs that a mark of another kind ends a speech that the block takes up from the one before and
    /// leaves to the next: it rather closes what was quoted in it.
    fn ends_tale_otherwise(&self, open: Open, pair: Cost) -> Cost {
        let opener = self.tokens.get(open.token as usize);
        let is_taken_up = pair >= cost::MISMATCH
            && opener.is_some_and(|opener| self.context.repeats_at(opener, open.token as usize))
            && self.context.behind().reopened.iter().any(|next| self.context.repeats(open, next));
        if is_taken_up { cost::ENDS_TALE_OTHERWISE } else { 0 }
    }

    /// What it costs more that what is likely a possessive closes a quotation over another that is not closed,
    /// which costs `inner`, or one that may go on in the next block.
    fn at_possessive(
        &self,
        state: &State,
        above: usize,
        inner: Cost,
        (closer, choices): (usize, &Choices),
    ) -> Cost {
        if !choices.is_likely_apostrophe {
            return 0;
        }
        let may_go_on = state.open(above).is_some_and(|open| {
            mid_clause::may_go_on(open, state.depth() - above, closer, self.tokens, self.context)
        });
        match (may_go_on, inner >= cost::NO_PARTNER) {
            (true, _) => cost::ENDS_TALE,
            (false, true) => cost::LIKELY_APOSTROPHE,
            (false, false) => 0,
        }
    }

    /// The price of what is open at the end, and the choice between a reading with an
    /// error and one without.
    fn finish(&self, states: &[State], is_last: bool) -> Option<State> {
        let priced = |state: &State| {
            let (cost, is_error) = if is_last { self.open_at_end(state) } else { (0, false) };
            let has_error = state.has_error || is_error;
            let mut priced = *state;
            (priced.cost, priced.has_error) = (state.cost + cost, has_error);
            priced
        };
        let states: SmallVec<[State; MOST_STATES]> = states.iter().map(priced).collect();
        let best = |has_error: bool| {
            let of_one_kind = states.iter().filter(|state| state.has_error == has_error);
            of_one_kind.min_by_key(|state| (state.cost, state.length))
        };
        let chosen = match (best(false), best(true)) {
            (Some(clean), Some(faulty)) if clean.cost <= faulty.cost + cost::MARGIN => clean,
            (_, Some(faulty)) => faulty,
            (clean, None) => clean?,
        };
        Some(*chosen)
    }

    fn open_at_end(&self, state: &State) -> (Cost, bool) {
        let open: SmallVec<[Open; DEEPEST]> =
            state.all_open().filter(|open| open.token != CARRIED).collect();
        if open.is_empty() {
            return (0, false);
        }
        let matching = open
            .iter()
            .zip(&self.context.behind().reopened)
            .take_while(|(open, token)| self.context.repeats(**open, token))
            .count();
        if matching == open.len() {
            let last = self.tokens[open[open.len() - 1].token as usize];
            let cost = going_on::cost(&last, self.tokens, open.len(), self.context);
            let line = if self.context.behind().over_line { cost::LINE_APART } else { 0 };
            // Most lists are of things that are quoted one by one.
            let is_item = self.context.block.kind == BlockKind::Item && last.before == Beside::Edge;
            let item = if is_item { cost::ITEM_APART } else { 0 };
            return (cost + line + item, false);
        }
        if self.context.behind().leads_inset || self.context.may_end_behind_verse() {
            let last = self.tokens[open[open.len() - 1].token as usize];
            let is_over = going_on::was_over(&last, self.tokens, open.len(), self.context);
            let over = if is_over { cost::WAS_OVER } else { 0 };
            return (cost::GOES_ON_INSET + over, false);
        }
        // Those around it must go on all the same.
        let around = matching.checked_sub(1).map_or(0, |last| {
            let last = self.tokens[open[last].token as usize];
            going_on::cost(&last, self.tokens, matching, self.context)
        });
        (around + (open.len() - matching) as Cost * (cost::NO_PARTNER + 1), true)
    }

    /// Settles the roles that led to a node.
    fn settle(&mut self, mut node: u32) {
        let settled = self.actions.len();
        while node != ROOT {
            let Node { before, action } = self.nodes[node as usize];
            self.actions.push(action);
            node = before;
        }
        self.actions[settled..].reverse();
    }
}

/// So many of the roles that leave open what is open can be part of the best reading: the cheapest, and the cheapest
/// that is no mistake.
const STAYING: usize = 2;

type Staying = [Option<Step>; STAYING];

fn keep(staying: &mut [Option<Step>], step: Step) {
    for slot in staying {
        match slot {
            Some(known) if known.is_error != step.is_error => {}
            Some(known) if known.cost <= step.cost => return,
            _ => {
                *slot = Some(step);
                return;
            }
        }
    }
}

/// The roles with which one state is carried on.
struct Steps {
    /// First those that leave open what is open.
    taken: [Option<Step>; STAYING + MOST_CLOSED + 1],
    /// Up to where there may be some.
    end: usize,
    /// None is taken that costs more.
    most: Cost,
    /// None is kept that is dearer than the cheapest by more than this: no state is that it leads to.
    dearer: Cost,
}

impl Steps {
    fn new(most: Cost, dearer: Cost) -> Self {
        Self { taken: [None; STAYING + MOST_CLOSED + 1], end: STAYING, most, dearer }
    }

    fn take(&mut self, step: Step) {
        if step.cost >= IMPOSSIBLE || step.cost > self.most {
            return;
        }
        self.most = self.most.min(step.cost.saturating_add(self.dearer));
        if matches!(step.action, Action::Open | Action::Close(_)) {
            self.taken[self.end] = Some(step);
            self.end += 1;
        } else {
            keep(&mut self.taken[..STAYING], step);
        }
    }

    fn kept(&self) -> impl Iterator<Item = Step> + '_ {
        let taken = self.taken[..self.end].iter().copied().flatten();
        taken.filter(|step| step.cost <= self.most)
    }
}

/// The roles of the first marks of a window that can have no other.
struct Sure {
    /// What is open behind them.
    state: State,
    /// The number of the first mark that is not among them.
    end: usize,
    /// Whether they are all.
    is_all: bool,
}

/// What a mark would open, and what that costs inside other quotations.
struct Within<'a> {
    context: &'a BlockContext<'a>,
    /// The mark that opens there.
    opener: Glyph,
    /// What it costs directly inside a quotation with the same marks, and whether it is a mistake there;
    /// found when it is first asked for.
    same: OnceCell<(Cost, bool)>,
}

impl<'a> Within<'a> {
    fn of(index: usize, tokens: &[Token], context: &'a BlockContext<'a>) -> Self {
        let opener = context.opener(&tokens[index], index);
        Self { context, opener, same: OnceCell::new() }
    }

    /// What it costs to open a quotation inside what is open, and whether it is an error.
    fn cost(&self, state: &State, token: &Token, tokens: &[Token]) -> (Cost, bool) {
        let kind = token.glyph.kind();
        match state.open(0) {
            Some(top) if top.glyph.kind() == kind => {
                let outer = tokens.get(top.token as usize);
                let is_told_apart = self.context.is_told_apart(outer, token);
                if is_told_apart { (0, false) } else { self.inside_same(token) }
            }
            Some(_) => (0, false),
            None if self.context.around.style.outer.is_some_and(|outer| outer != kind) => {
                (cost::INNER_AT_TOP, false)
            }
            None => (0, false),
        }
    }

    fn inside_same(&self, token: &Token) -> (Cost, bool) {
        let context = self.context;
        *self.same.get_or_init(|| match context.nests(token) {
            Some(cost) => (cost, false),
            None if context.nested().has(token.glyph.kind()) => (cost::WELL_NESTED, true),
            None if context.is_within_tale() => (cost::NESTED_IN_TALE, true),
            None => (cost::SAME_NESTED, true),
        })
    }
}
