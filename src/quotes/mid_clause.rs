//! What tells that a mark between two words of a clause is a possessive and closes nothing.
//!
//! They speak of ‘the boys’ own’ in the village: a word in the plural stands before it and another word
//! behind it, so only what is open can tell.

use super::context::BlockContext;
use super::state::Open;
use super::style::Style;
use super::tokens::{Beside, Token};

/// So many marks before one are looked through.
const FARTHEST: usize = 16;

/// Whether a quotation with the marks of the closer at `closer` begins inside the one that `open` begins: then
/// that is what it closes.
pub(super) fn holds_opener(tokens: &[Token], open: Open, closer: usize, style: &Style) -> bool {
    let inside = tokens.get(open.token as usize + 1..closer).unwrap_or_default();
    inside.iter().rev().take(FARTHEST).any(|token| may_open_like(token, &tokens[closer], style))
}

/// Whether a mark may open a quotation that `closer` may close.
fn may_open_like(token: &Token, closer: &Token, style: &Style) -> bool {
    token.glyph.kind() == closer.glyph.kind() && !token.is_certain && style.opens_freely(token)
}

/// Whether a quotation of this depth is a speech that may go on in the next block behind the mark at `closer`,
/// because that block repeats its mark: one inside another or around one, or one that a colon announces. One
/// around it that is read as not closed counts for no depth, so that its mark may be a later one.
pub(super) fn may_go_on(
    open: Open,
    depth: usize,
    closer: usize,
    tokens: &[Token],
    context: &BlockContext<'_>,
) -> bool {
    let Some(opener) = tokens.get(open.token as usize) else {
        return false;
    };
    if opener.after != Beside::Upper {
        return false;
    }
    let reopened = &context.behind().reopened;
    let is_announced = || context.text[..opener.span().start].ends_with(": ");
    let style = &context.around.style;
    // ‘No admittance’ at the one door and ‘No smoking’ at the other: the next quotation tells that it ended.
    let mut behind = tokens[closer + 1..].iter().take(FARTHEST);
    (reopened.len() > 1 || is_announced())
        && reopened.iter().skip(depth - 1).any(|next| context.repeats(open, next))
        && !behind.any(|token| may_open_like(token, &tokens[closer], style))
}
