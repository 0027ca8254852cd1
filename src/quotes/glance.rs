//! Marks whose role is certain at a glance.
//!
//! Of nearly all marks of clean prose the place alone tells what they do: an opening mark before a word
//! and behind a space, a closing one behind a full stop. For these no other role need be weighed. What
//! is found here is what the search finds; in tests it is held to that.

use super::action::Action;
use super::apostrophe;
use super::choices;
use super::context::BlockContext;
use super::cost::{Cost, STRAY};
use super::glyph::{Glyph, Kind};
use super::state::{DEEPEST, MOST_CLOSED, State};
use super::tokens::{Beside, Token};

/// Every other role of a mark of which a glance tells the role costs so much more at least: a turned
/// apostrophe is the cheapest before a word, an opening mark behind a full stop.
pub(super) const CLEARLY: Cost = 40;

/// The only role that a mark can have in a state, and how much dearer every other one is at least; `None`
/// where that takes a closer look.
pub(super) fn role(
    state: &State,
    index: usize,
    tokens: &[Token],
    context: &BlockContext<'_>,
) -> Option<(Action, Cost)> {
    let token = &tokens[index];
    // Words in another language have conventions of their own.
    if context.has_foreign() {
        return None;
    }
    if token.is_medial() {
        let is_plain = matches!(token.glyph, Glyph::RightSingle | Glyph::StraightSingle);
        return is_plain.then_some((Action::Apostrophe, STRAY));
    }
    let follows = index > 0 && tokens[index - 1].span().end == token.span().start;
    let leads = tokens.get(index + 1).is_some_and(|next| next.span().start == token.span().end);
    if follows || leads || token.mark_before || token.mark_after {
        return None;
    }
    let action = if opens(state, index, token, context) {
        Action::Open
    } else if closes(state, token, context) {
        Action::Close(0)
    } else {
        return None;
    };
    Some((action, CLEARLY))
}

fn opens(state: &State, index: usize, token: &Token, context: &BlockContext<'_>) -> bool {
    let stands_before_word = matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening)
        && matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit);
    if !stands_before_word || state.depth() == DEEPEST {
        return false;
    }
    let style = &context.around.style;
    let kind = token.glyph.kind();
    let is_level = if state.depth() == 0 {
        style.outer.is_none_or(|outer| outer == kind)
    } else {
        !state.holds(kind)
    };
    // Most single marks may be apostrophes as well.
    let may_open = match token.glyph {
        Glyph::LeftSingle => {
            let is_usual = context.is_usual(index);
            apostrophe::opening(context.text, token, is_usual, false) == 0
        }
        Glyph::LowSingle => true,
        _ => kind != Kind::Single && token.glyph != Glyph::DoublePrime,
    };
    is_level && style.opens(context.opener(token, index)) == 0 && may_open
}

fn closes(state: &State, token: &Token, context: &BlockContext<'_>) -> bool {
    let kind = token.glyph.kind();
    let Some(open) = state.open(0).filter(|open| open.glyph.kind() == kind) else {
        return false;
    };
    let is_free = matches!(
        token.after,
        Beside::Space
            | Beside::Edge
            | Beside::Stop
            | Beside::Pause
            | Beside::Closing
            | Beside::Dash
    );
    let stands_behind = is_free
        && match token.before {
            Beside::Stop | Beside::Pause => !choices::is_alone(token.span(), context),
            // Behind a word a single mark may be an apostrophe.
            Beside::Lower | Beside::Upper => kind != Kind::Single,
            _ => false,
        };
    let may_close = !matches!(
        token.glyph,
        Glyph::Grave | Glyph::Acute | Glyph::Prime | Glyph::DoublePrime | Glyph::ReversedSingle
    );
    let holds_another = || {
        let around = (1..MOST_CLOSED).filter_map(|above| state.open(above));
        around.into_iter().any(|open| open.glyph.kind() == kind)
    };
    stands_behind
        && may_close
        && context.around.style.pair(open.glyph, token.glyph) == 0
        && !holds_another()
}
