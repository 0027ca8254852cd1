//! The states of the parse: what is open after a mark, and what it cost to get there.

use smallvec::SmallVec;

use super::action::Action;
use super::context::BlockContext;
use super::cost::Cost;
use super::glance;
use super::glyph::{Glyph, Kind};
use super::tokens::Token;

/// An open quotation; the token's number, or [`CARRIED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) glyph: Glyph,
    pub(super) token: u32,
}

/// An opener that stands in an earlier block.
pub(super) const CARRIED: u32 = u32::MAX;

/// How deep quotations are followed; deeper ones do not occur in print.
pub(super) const DEEPEST: usize = 8;

/// How many quotations one mark may close.
pub(super) const MOST_CLOSED: usize = 3;

/// The node before the first one.
pub(super) const ROOT: u32 = u32::MAX;

/// So many bits hold the number of a glyph.
const GLYPH_BITS: u32 = 5;

/// What is open after a mark. It is copied for every role of every mark: the glyphs of what is
/// open are packed in one number, the innermost lowest, so that two stacks are compared at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    glyphs: u64,
    tokens: [u32; DEEPEST],
    depth: u8,
    pub(super) has_error: bool,
    /// Whether it began with what the block before left open.
    pub(super) is_carried: bool,
    pub(super) cost: Cost,
    /// How the last mark was read, and those before it.
    pub(super) node: u32,
    /// Bytes inside quotations that were closed, of which a block has fewer than this can count.
    pub(super) length: u32,
}

impl State {
    /// Nothing is open, and nothing was read.
    pub(super) fn empty() -> Self {
        Self {
            glyphs: 0,
            tokens: [CARRIED; DEEPEST],
            depth: 0,
            has_error: false,
            is_carried: false,
            cost: 0,
            node: ROOT,
            length: 0,
        }
    }

    /// How many quotations are open.
    pub(super) fn depth(&self) -> usize {
        usize::from(self.depth)
    }

    /// What is open so many levels above the innermost.
    pub(super) fn open(&self, above: usize) -> Option<Open> {
        let level = self.depth().checked_sub(above + 1)?;
        let glyph = Glyph::numbered(self.glyphs >> (above as u32 * GLYPH_BITS) & GLYPH_MASK)?;
        Some(Open { glyph, token: self.tokens[level] })
    }

    /// All that is open, the outermost first.
    pub(super) fn all_open(&self) -> impl DoubleEndedIterator<Item = Open> + '_ {
        (0..self.depth()).rev().filter_map(|above| self.open(above))
    }

    /// Whether a quotation is open that has marks of this kind.
    pub(super) fn holds(&self, kind: Kind) -> bool {
        self.all_open().any(|open| open.glyph.kind() == kind)
    }

    /// Opens a quotation. There must be room.
    pub(super) fn push(&mut self, open: Open) {
        self.glyphs = self.glyphs << GLYPH_BITS | open.glyph as u64;
        self.tokens[self.depth()] = open.token;
        self.depth += 1;
    }

    /// What is open after a role, packed.
    fn glyphs_after(&self, action: Action, opener: Glyph) -> u64 {
        match action {
            Action::Open => self.glyphs << GLYPH_BITS | opener as u64,
            Action::Close(above) => self.glyphs >> ((u32::from(above) + 1) * GLYPH_BITS),
            _ => self.glyphs,
        }
    }

    /// How many bytes stand inside the quotation that a role closes.
    fn closed(&self, action: Action, index: usize, tokens: &[Token]) -> u32 {
        let Action::Close(above) = action else {
            return 0;
        };
        let start = match self.open(usize::from(above)) {
            Some(Open { token: CARRIED, .. }) | None => 0,
            Some(open) => tokens[open.token as usize].span().end,
        };
        (tokens[index].span().start - start) as u32
    }

    /// Reads the mark at `index` in a role; what that costs is not counted.
    pub(super) fn apply(
        &mut self,
        action: Action,
        index: usize,
        context: &BlockContext<'_>,
        tokens: &[Token],
    ) {
        self.length += self.closed(action, index, tokens);
        match action {
            Action::Open => {
                let glyph = context.opener(&tokens[index], index);
                self.push(Open { glyph, token: index as u32 });
            }
            Action::Close(above) => {
                self.glyphs = self.glyphs_after(action, tokens[index].glyph);
                self.depth -= above + 1;
            }
            _ => {}
        }
    }
}

const JUST_ADDED: &str = "a state was just added";

const GLYPH_MASK: u64 = (1 << GLYPH_BITS) - 1;

/// Which states are carried on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// So many at most.
    pub(super) states: usize,
    /// None that is dearer than the best by more than this.
    pub(super) dearer: Cost,
}

/// How many states are carried on.
pub(super) const MOST_STATES: usize = 24;

/// States dearer by more cannot win any more.
pub(super) const CAREFUL: Width = Width { states: MOST_STATES, dearer: 200 };

/// Where what was read so far has hardly any order. No other role of a mark of which a glance tells the role
/// is followed.
pub(super) const ROUGH: Width = Width { states: 4, dearer: glance::CLEARLY - 1 };

/// The states after a mark: of those with one stack only the cheapest.
#[derive(Debug, Default)]
pub(super) struct States {
    all: Vec<State>,
    best: Cost,
    /// None is added that is dearer than the best by more than this.
    dearer: Cost,
    /// Where those that are kept are put in order.
    kept: Vec<State>,
}

/// A role of one mark, and what it costs there.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) action: Action,
    pub(super) cost: Cost,
    pub(super) is_error: bool,
}

impl States {
    pub(super) fn clear(&mut self, dearer: Cost) {
        self.all.clear();
        self.best = Cost::MAX;
        self.dearer = dearer;
    }

    /// What is dearer is not added.
    pub(super) fn most(&self) -> Cost {
        self.best.saturating_add(self.dearer)
    }

    pub(super) fn as_slice(&self) -> &[State] {
        &self.all
    }

    /// The state, if it is the only one.
    pub(super) fn only(&mut self) -> Option<&mut State> {
        match self.all.as_mut_slice() {
            [state] => Some(state),
            _ => None,
        }
    }

    /// What the cheapest state costs.
    pub(super) fn best(&self) -> Cost {
        self.best
    }

    /// A state that costs so much will be added, if none is that costs less.
    pub(super) fn expect(&mut self, cost: Cost) {
        self.best = self.best.min(cost);
    }

    pub(super) fn assign(&mut self, states: &[State]) {
        self.best = states.iter().map(|state| state.cost).min().unwrap_or_default();
        self.all.clear();
        self.all.extend_from_slice(states);
    }

    /// Adds what `state` becomes by a step, if no other state is better in every way. `node` is
    /// called if it is added and gives its node.
    pub(super) fn add(
        &mut self,
        state: &State,
        step: Step,
        index: usize,
        opener: Glyph,
        tokens: &[Token],
        node: impl FnOnce() -> u32,
    ) {
        let cost = state.cost + step.cost;
        if cost > self.most() {
            return;
        }
        let has_error = state.has_error || step.is_error;
        let glyphs = state.glyphs_after(step.action, opener);
        let length = || state.length + state.closed(step.action, index, tokens);
        let mut twin = None;
        let mut worse = None;
        for (at, other) in self.all.iter().enumerate().filter(|(_, other)| other.glyphs == glyphs) {
            let is_better = other.cost < cost || other.cost == cost && other.length <= length();
            // Whatever follows, one with an error cannot do better than one without.
            if is_better && other.has_error <= has_error {
                return;
            }
            if other.has_error == has_error {
                twin = Some(at);
            } else if other.has_error && !is_better {
                worse = Some(at);
            }
        }
        let length = length();
        self.best = self.best.min(cost);
        // It is written where it stays: a state is large, and one that was just written is slowly copied.
        let new = match (twin, worse) {
            (Some(at), _) | (None, Some(at)) => {
                self.all[at] = *state;
                &mut self.all[at]
            }
            (None, None) => {
                self.all.push(*state);
                self.all.last_mut().expect(JUST_ADDED)
            }
        };
        match step.action {
            Action::Open => new.push(Open { glyph: opener, token: index as u32 }),
            Action::Close(above) => new.depth -= above + 1,
            _ => {}
        }
        (new.glyphs, new.has_error, new.cost) = (glyphs, has_error, cost);
        (new.length, new.node) = (length, node());
        if let (Some(_), Some(worse)) = (twin, worse) {
            self.all.remove(worse);
        }
    }

    /// Keeps the states that can still win, `most` at most.
    pub(super) fn prune(&mut self, most: usize) {
        let dearest = self.most();
        self.all.retain(|state| state.cost <= dearest);
        if self.all.len() > most {
            // A state is far larger than its number.
            let numbered = self.all.iter().zip(0_u32..).map(|(state, at)| (state.cost, at));
            let mut order: SmallVec<[(Cost, u32); 4 * MOST_STATES]> = numbered.collect();
            order.sort_unstable();
            self.kept.clear();
            self.kept.extend(order.iter().take(most).map(|&(_, at)| self.all[at as usize]));
            std::mem::swap(&mut self.all, &mut self.kept);
        }
    }
}
