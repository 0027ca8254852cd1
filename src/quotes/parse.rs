//! The cheapest reading of one block.
//!
//! A dynamic programme over the marks of the block: a state is the stack of open
//! quotations and whether an error was read so far; for each mark every state is carried
//! on with every role that the mark could have. Of the states with one stack only the
//! cheapest survives, and of equals the one with the shorter quotations: a missing mark
//! is nearer than a quotation is long. The number of states is bounded, so the work is
//! linear in the number of marks.

use smallvec::SmallVec;

use crate::markup::{Block, BlockKind, InlineKind, Language};

use super::apostrophe::{self, Dialect};
use super::cost::{self, Cost, IMPOSSIBLE};
use super::glyph::{Glyph, Kind};
use super::letter;
use super::reader::Around;
use super::style::Style;
use super::tokens::{Beside, Token};
use super::{BlockReading, going_on, repair};

/// How many marks and spaces are looked through to the head of a line.
const LONGEST_HEAD: usize = 16;

/// How deep quotations are followed; deeper ones do not occur in print.
const DEEPEST: usize = 8;

/// What it costs to go on with what the block before left open.
const CARRYING: Cost = 6;

/// How many states are carried on.
const MOST_STATES: usize = 24;

/// States dearer than the best by this much cannot win any more.
const HOPELESS: Cost = 200;

/// How much dearer than the sum of each mark's cheapest role a reading may be, at first and
/// then; if there is none, all are followed.
const SLACKS: [Cost; 2] = [16, 110];

/// Blocks with more marks are read without a bound, in bounded memory.
const MOST_BOUNDED: usize = 4096;

/// How many inline elements in front of a mark may be around it.
const MOST_AROUND: usize = 8;

/// After so many nodes the best reading so far is settled: memory stays bounded.
const MOST_NODES: usize = 1 << 18;

/// A block and what surrounds it.
pub(super) struct BlockContext<'a> {
    pub(super) text: &'a str,
    pub(super) block: &'a Block,
    pub(super) around: &'a Around,
}

impl BlockContext<'_> {
    /// The language that the markup gives the words at a mark, if it is not the block's.
    fn foreign(&self, token: &Token) -> Option<Language> {
        let inlines = &self.block.inlines;
        let behind = inlines.partition_point(|inline| inline.span.start <= token.span.start);
        let near = inlines[..behind].iter().rev().take(MOST_AROUND);
        near.filter(|inline| inline.span.contains(token.span.start)).find_map(|inline| match inline
            .kind
        {
            InlineKind::Foreign(language) => Some(language),
            _ => None,
        })
    }

    /// The conventions of the words at a mark.
    pub(super) fn style(&self, token: &Token) -> Style {
        let style = self.around.style;
        self.foreign(token).map_or(style, |language| style.in_language(language))
    }

    fn dialect(&self, token: &Token) -> Dialect {
        let foreign = self.foreign(token);
        foreign
            .and_then(|language| Dialect::of_language(language, false))
            .unwrap_or(self.around.dialect)
    }

    /// The mark that opens where this one does: where a quotation goes on from the block
    /// before, a closing mark may repeat it.
    pub(super) fn opener(&self, token: &Token, index: usize) -> Glyph {
        let is_head = index < 2 && self.around.continued > 0 && leads(self.text, token);
        if is_head { self.around.style.at_head(token.glyph) } else { token.glyph }
    }

    /// What it costs that the mark opens a quotation directly inside one with the same marks;
    /// `None` where that is a mistake.
    pub(super) fn nests(&self, token: &Token) -> Option<Cost> {
        let before = &self.text[..token.span.start];
        let cost = self.around.style.nests(token.glyph, before)?;
        // In a tale of many paragraphs there is much that others said.
        Some(if self.around.continued > 0 { cost.min(cost::USUALLY_NESTED) } else { cost })
    }
}

/// A role, with what the replay needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Open,
    /// Opens a quotation that is never closed.
    OpenUnclosed,
    /// Closes the level so many above the top; those between are never closed.
    Close(u8),
    CloseUnopened,
    Apostrophe,
    Prime,
    Ditto,
    Stray,
    Doubled,
    /// Repeats the opening mark at the head of a line: each line of a quoted letter does.
    Reopen,
}

/// An open quotation; the token's number, or [`CARRIED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) glyph: Glyph,
    pub(super) token: u32,
}

/// An opener that stands in an earlier block.
pub(super) const CARRIED: u32 = u32::MAX;

#[derive(Clone, Debug)]
struct State {
    cost: Cost,
    /// Bytes inside quotations that were closed.
    length: usize,
    has_error: bool,
    /// Whether it began with what the block before left open.
    is_carried: bool,
    stack: SmallVec<[Open; DEEPEST]>,
    node: u32,
}

#[derive(Clone, Copy)]
struct Node {
    before: u32,
    action: Action,
}

const ROOT: u32 = u32::MAX;

/// Reads one block with marks. Gives the reading and what is left open for the next block to
/// close.
pub(super) fn parse(
    tokens: &[Token],
    context: &BlockContext<'_>,
) -> (BlockReading, SmallVec<[Glyph; 2]>) {
    let mut parser = Parser {
        context,
        tokens,
        sentences: sentences(context.text, tokens),
        nodes: Vec::new(),
        settled: Vec::new(),
        most: Cost::MAX,
    };
    let last = parser.run();
    let actions = parser.actions(last.node);
    let carried: &[Glyph] = if last.is_carried { &context.around.carried } else { &[] };
    let reading = repair::replay(tokens, &actions, context, carried);
    let open = last.stack.iter().map(|open| open.glyph).collect();
    (reading, open)
}

struct Parser<'a> {
    context: &'a BlockContext<'a>,
    tokens: &'a [Token],
    /// Where the sentence began in which each mark stands.
    sentences: Vec<usize>,
    nodes: Vec<Node>,
    settled: Vec<Action>,
    /// What a state may cost after the mark that is read.
    most: Cost,
}

impl Parser<'_> {
    fn run(&mut self) -> State {
        const ALWAYS_ONE: &str = "without a bound every state is carried on by some role";
        if self.tokens.len() > MOST_BOUNDED {
            return self.follow(None, None).expect(ALWAYS_ONE);
        }
        let choices: Vec<Choices> =
            (0..self.tokens.len()).map(|at| Choices::of(self.tokens, at, self.context)).collect();
        for slack in SLACKS {
            if let Some(state) = self.follow(Some(&choices), Some(slack)) {
                return state;
            }
            self.nodes.clear();
        }
        self.follow(Some(&choices), None).expect(ALWAYS_ONE)
    }

    /// The best reading; with some slack only one that costs no more than the cheapest roles
    /// and that. What each mark can be is given or found out as it comes.
    fn follow(&mut self, choices: Option<&[Choices]>, slack: Option<Cost>) -> Option<State> {
        // A reading without an error is taken although it costs so much more than another.
        self.most = slack.map_or(Cost::MAX, |slack| slack + cost::MARGIN);
        let mut states = self.start();
        let mut next = Vec::with_capacity(MOST_STATES);
        for index in 0..self.tokens.len() {
            let made;
            let choices = match choices {
                Some(choices) => &choices[index],
                None => {
                    made = Choices::of(self.tokens, index, self.context);
                    &made
                }
            };
            self.most = self.most.saturating_add(choices.least());
            for state in &states {
                self.carry_on(state, index, choices, &mut next);
            }
            prune(&mut next);
            std::mem::swap(&mut states, &mut next);
            next.clear();
            if slack.is_none() && self.nodes.len() > MOST_NODES {
                self.settle(&mut states);
            }
        }
        self.finish(states).filter(|best| best.cost + cost::MARGIN <= self.most)
    }

    /// Nothing is open, or what the block before left open.
    fn start(&self) -> Vec<State> {
        let state = State {
            cost: 0,
            length: 0,
            has_error: false,
            is_carried: false,
            stack: SmallVec::new(),
            node: ROOT,
        };
        if self.context.around.carried.is_empty() {
            return vec![state];
        }
        let left = self.context.around.carried.iter().take(DEEPEST);
        let carried = State {
            cost: CARRYING,
            is_carried: true,
            stack: left.map(|&glyph| Open { glyph, token: CARRIED }).collect(),
            ..state.clone()
        };
        vec![state, carried]
    }

    /// Adds every state that `state` can become by the token.
    fn carry_on(&mut self, state: &State, index: usize, choices: &Choices, next: &mut Vec<State>) {
        let token = &self.tokens[index];
        let style = &self.context.style(token);
        for &(action, cost, is_error) in &choices.plain {
            self.push(state, action, cost, is_error, next, |_| {});
        }
        if choices.open < IMPOSSIBLE {
            let (nesting, is_nested) = nesting(state, token, self.context);
            let cost = choices.open + nesting;
            let is_error = choices.open_is_error || is_nested;
            let repeats = choices.repeated < IMPOSSIBLE
                && state.stack.iter().any(|open| open.glyph.kind() == token.glyph.kind());
            if repeats && !choices.open_is_error {
                let cost = choices.open + choices.repeated;
                self.push(state, Action::Reopen, cost, false, next, |_| {});
            }
            if state.stack.len() < DEEPEST {
                let glyph = self.context.opener(token, index);
                let open = Open { glyph, token: index as u32 };
                self.push(state, Action::Open, cost, is_error, next, |new| new.stack.push(open));
            }
            let cost = cost + cost::NO_PARTNER;
            self.push(state, Action::OpenUnclosed, cost, true, next, |_| {});
        }
        if choices.close < IMPOSSIBLE {
            for (above, open) in state.stack.iter().rev().enumerate().take(3) {
                let pair = style.pair(open.glyph, token.glyph);
                if pair >= IMPOSSIBLE || (above > 0 && pair > 0) {
                    continue;
                }
                let inner = self.inner_cost(state, above);
                let is_error = pair >= cost::TURNED || inner >= cost::NO_PARTNER;
                let start = match open.token {
                    CARRIED => 0,
                    opener => self.tokens[opener as usize].span.end,
                };
                let length = token.span.start - start;
                let action = Action::Close(above as u8);
                let close = choices.close + self.strange(open, index, choices);
                self.push(state, action, close + pair + inner, is_error, next, |new| {
                    new.stack.truncate(new.stack.len() - above - 1);
                    new.length += length;
                });
            }
            let shape = style.closes(token.glyph);
            let cost = choices.close.saturating_add(shape) + cost::NO_PARTNER;
            self.push(state, Action::CloseUnopened, cost, true, next, |_| {});
        }
    }

    /// What it costs that one mark closes so many levels more than its own.
    fn inner_cost(&self, state: &State, above: usize) -> Cost {
        let inner = &state.stack[state.stack.len() - above..];
        let cost = |open: &Open| {
            let style = &self.context.around.style;
            let may_share = match open.token {
                CARRIED => open.glyph.kind() == Kind::Guillemet,
                at => style.may_share(
                    open.glyph,
                    &self.context.text[..self.tokens[at as usize].span.start],
                ),
            };
            if may_share { cost::SHARED } else { cost::NO_PARTNER }
        };
        inner.iter().map(cost).sum()
    }

    /// What it costs that a quotation ends at a single mark in the middle of a clause, or holds
    /// more than began there.
    fn strange(&self, open: &Open, index: usize, choices: &Choices) -> Cost {
        let Some(opener) = self.tokens.get(open.token as usize) else {
            return 0;
        };
        if !choices.may_be_apostrophe || opener.span.end >= self.sentences[index] {
            return 0;
        }
        // ‘They came. They provoke a peasants’ revolt’: sentences end with a sign.
        let cut = if choices.may_belong_to_word { cost::CUT_SHORT } else { 0 };
        // He saw that ‘ere wolf. ‘It is,’ said he: what begins in a clause is no speech.
        let begins_clause = apostrophe::begins_within_clause(self.context.text, opener);
        cut + if begins_clause { cost::OUTGROWN } else { 0 }
    }

    fn push(
        &mut self,
        state: &State,
        action: Action,
        cost: Cost,
        is_error: bool,
        next: &mut Vec<State>,
        change: impl FnOnce(&mut State),
    ) {
        if cost >= IMPOSSIBLE || state.cost + cost > self.most {
            return;
        }
        let mut new = State {
            cost: state.cost + cost,
            length: state.length,
            has_error: state.has_error || is_error,
            is_carried: state.is_carried,
            stack: state.stack.clone(),
            node: state.node,
        };
        change(&mut new);
        let twin = next.iter().position(|other| {
            other.has_error == new.has_error
                && other.stack.len() == new.stack.len()
                && other.stack.iter().zip(&new.stack).all(|(a, b)| a.glyph == b.glyph)
        });
        if twin.is_some_and(|twin| (next[twin].cost, next[twin].length) <= (new.cost, new.length)) {
            return;
        }
        self.nodes.push(Node { before: state.node, action });
        new.node = (self.nodes.len() - 1) as u32;
        match twin {
            Some(twin) => next[twin] = new,
            None => next.push(new),
        }
    }

    /// Keeps the best reading so far and forgets the others.
    fn settle(&mut self, states: &mut Vec<State>) {
        let Some(mut best) = states.iter().min_by_key(|state| (state.cost, state.length)).cloned()
        else {
            return;
        };
        let actions = self.actions(best.node);
        self.settled = actions;
        self.nodes.clear();
        best.node = ROOT;
        best.cost = 0;
        *states = vec![best];
    }

    /// The price of what is open at the end, and the choice between a reading with an
    /// error and one without.
    fn finish(&mut self, mut states: Vec<State>) -> Option<State> {
        for state in &mut states {
            let (cost, is_error) = self.open_at_end(state);
            state.cost += cost;
            state.has_error |= is_error;
        }
        let best = |has_error: bool| {
            let of_one_kind = states.iter().filter(|state| state.has_error == has_error);
            of_one_kind.min_by_key(|state| (state.cost, state.length))
        };
        let chosen = match (best(false), best(true)) {
            (Some(clean), Some(faulty)) if clean.cost <= faulty.cost + cost::MARGIN => clean,
            (_, Some(faulty)) => faulty,
            (clean, None) => clean?,
        };
        Some(chosen.clone())
    }

    fn open_at_end(&self, state: &State) -> (Cost, bool) {
        let open: SmallVec<[Open; DEEPEST]> =
            state.stack.iter().copied().filter(|open| open.token != CARRIED).collect();
        if open.is_empty() {
            return (0, false);
        }
        let matching = open
            .iter()
            .zip(&self.context.around.reopened)
            .take_while(|(open, token)| self.context.around.style.repeats(open.glyph, token.glyph))
            .count();
        if matching == open.len() {
            let last = self.tokens[open[open.len() - 1].token as usize];
            let cost = going_on::cost(&last, self.tokens, open.len(), self.context);
            return (cost, false);
        }
        if self.context.around.leads_inset || self.context.block.kind == BlockKind::Verse {
            let last = self.tokens[open[open.len() - 1].token as usize];
            let is_over = going_on::was_over(&last, self.tokens, open.len(), self.context);
            let over = if is_over { cost::WAS_OVER } else { 0 };
            return (cost::GOES_ON_INSET + over, false);
        }
        ((open.len() - matching) as Cost * (cost::NO_PARTNER + 1), true)
    }

    fn actions(&self, mut node: u32) -> Vec<Action> {
        let mut tail = Vec::new();
        while node != ROOT {
            let Node { before, action } = self.nodes[node as usize];
            tail.push(action);
            node = before;
        }
        tail.reverse();
        let mut actions = self.settled.clone();
        actions.append(&mut tail);
        actions
    }
}

/// What a token can be, whatever is open.
struct Choices {
    plain: SmallVec<[(Action, Cost, bool); 5]>,
    open: Cost,
    open_is_error: bool,
    close: Cost,
    /// Whether the mark stands between two words of a clause and may be an apostrophe.
    may_belong_to_word: bool,
    may_be_apostrophe: bool,
    /// What it costs that the mark repeats one that is open.
    repeated: Cost,
}

impl Choices {
    /// The cost of the cheapest role.
    fn least(&self) -> Cost {
        let plain = self.plain.iter().map(|&(_, cost, _)| cost).min().unwrap_or(IMPOSSIBLE);
        plain.min(self.open).min(self.close)
    }

    fn of(tokens: &[Token], index: usize, context: &BlockContext<'_>) -> Self {
        let token = &tokens[index];
        let style = &context.style(token);
        let mut plain = SmallVec::new();
        let is_usual = context.around.usual.binary_search(&(index as u32)).is_ok();
        let apostrophe = apostrophe::cost(context.text, token, context.dialect(token), is_usual);
        if apostrophe < IMPOSSIBLE {
            let is_turned = token.glyph == Glyph::LeftSingle && !style.is_closing(token.glyph);
            plain.push((Action::Apostrophe, apostrophe, is_turned));
        }
        plain.push((Action::Prime, cost::prime(token), false));
        let in_table = context.block.kind == BlockKind::Cell;
        plain.push((Action::Ditto, cost::ditto(token, in_table, style.is_spaced), false));
        plain.push((Action::Stray, cost::STRAY, true));
        let touches = index > 0
            && tokens[index - 1].glyph == token.glyph
            && tokens[index - 1].span.end == token.span.start;
        if touches {
            plain.push((Action::Doubled, cost::DOUBLED, true));
        }
        let shape = style.opens(context.opener(token, index));
        let next_is_lower = token.after == Beside::Space
            && context.text[token.span.end..].trim_start().starts_with(char::is_lowercase);
        // A run of marks is looked through only so far: longer ones are no text.
        let mut before = context.text[..token.span.start].chars().rev().take(LONGEST_HEAD);
        let starts_line =
            before.find(|c| !matches!(c, ' ' | '‘' | '“' | '«' | '\u{202f}')) == Some('\n');
        let same = tokens[..index].iter().rposition(|other| other.glyph == token.glyph);
        let signs = same.is_some_and(|same| {
            let line = &context.text[tokens[same].span.end..token.span.start];
            let length = context.text.len();
            letter::is_line(line, length) && (same + 1 == index || letter::ends_in_formula(line))
        });
        Self {
            plain,
            may_be_apostrophe: apostrophe < IMPOSSIBLE,
            may_belong_to_word: next_is_lower
                && apostrophe < IMPOSSIBLE
                && matches!(token.before, Beside::Lower | Beside::Upper),
            repeated: if signs {
                cost::SIGNED
            } else if starts_line {
                cost::REOPENED
            } else {
                IMPOSSIBLE
            },
            open: cost::opening(token, style.is_spaced)
                .saturating_add(shape)
                .saturating_add(apostrophe::opening(context.text, token, is_usual)),
            open_is_error: shape >= cost::TURNED,
            close: if style.closes(token.glyph) >= IMPOSSIBLE {
                IMPOSSIBLE
            } else {
                cost::closing(token, next_is_lower, style.is_spaced)
                    + if apostrophe::ends_clipped(context.text, token) { cost::CLIPPED } else { 0 }
            },
        }
    }
}

/// For each mark where the last sentence before it ended that is followed by another. Linear.
fn sentences(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut start = 0;
    let mut from = 0;
    let mut starts = Vec::with_capacity(tokens.len());
    for token in tokens {
        let stretch = &text[from..token.span.start];
        let mut ends = stretch.match_indices(['.', '!', '?']).filter(|(at, sign)| {
            let mut after = stretch[at + sign.len()..].chars();
            after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
        });
        if let Some((at, _)) = ends.next_back() {
            start = from + at + 1;
        }
        from = token.span.end;
        starts.push(start);
    }
    starts
}

/// What it costs to open a quotation inside what is open, and whether it is an error.
fn nesting(state: &State, token: &Token, context: &BlockContext<'_>) -> (Cost, bool) {
    let kind = token.glyph.kind();
    match state.stack.last() {
        Some(top) if top.glyph.kind() == kind => match context.nests(token) {
            Some(cost) => (cost, false),
            None => (cost::SAME_NESTED, true),
        },
        Some(_) => (0, false),
        None if context.around.style.outer.is_some_and(|outer| outer != kind) => {
            (cost::INNER_AT_TOP, false)
        }
        None => (0, false),
    }
}

/// Whether nothing but marks stands before this one.
fn leads(text: &str, token: &Token) -> bool {
    let before = &text[..token.span.start];
    before.chars().all(|c| c.is_whitespace() || Glyph::of(c).is_some())
}

/// Keeps the states that can still win.
fn prune(states: &mut Vec<State>) {
    let best = states.iter().map(|state| state.cost).min().unwrap_or(0);
    states.retain(|state| state.cost <= best + HOPELESS);
    if states.len() > MOST_STATES {
        states.sort_by_key(|state| state.cost);
        states.truncate(MOST_STATES);
    }
}
