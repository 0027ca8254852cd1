//! Double marks that are typed as two single ones: ‘‘Yes,’’ he said.

use super::glyph::{Glyph, Kind};
use super::tokens::{Beside, Token};

/// Makes one mark of two single ones that touch, where a pair of them encloses whole quotations only.
/// Elsewhere one of the two is too many, or two quotations end at once. Linear.
pub(super) fn join(tokens: &mut Vec<Token>) {
    let mut at = 0;
    let mut joined = false;
    while at + 1 < tokens.len() {
        let is_head =
            are_two(&tokens[at..], Glyph::LeftSingle) && stands_before_word(&tokens[at + 1]);
        match is_head.then(|| closing(&tokens[at + 2..])).flatten() {
            Some(behind) => {
                let close = at + 2 + behind;
                merge(&mut tokens[at..at + 2], Glyph::LeftDouble);
                merge(&mut tokens[close..close + 2], Glyph::RightDouble);
                joined = true;
                at = close + 2;
            }
            None => at += 1,
        }
    }
    if joined {
        tokens.retain(|token| !token.span().is_empty());
    }
}

/// So many marks are looked through for the end of a quotation.
const FARTHEST: usize = 64;

/// Whether the first two marks are this one twice, with nothing between them.
fn are_two(tokens: &[Token], glyph: Glyph) -> bool {
    let [first, second, rest @ ..] = tokens else {
        return false;
    };
    let touch = first.span().end == second.span().start;
    let is_third = rest
        .first()
        .is_some_and(|third| third.glyph == glyph && third.span().start == second.span().end);
    touch && first.glyph == glyph && second.glyph == glyph && !is_third
}

fn stands_before_word(token: &Token) -> bool {
    matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening | Beside::Dash)
        && matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit)
}

/// Where the two marks stand that close what two opened, with single quotations between that are whole.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().take(FARTHEST) {
        if token.glyph.kind() != Kind::Single || token.is_certain && !token.mark_after {
            continue;
        }
        match token.glyph {
            Glyph::RightSingle if depth == 0 => {
                return are_two(&tokens[at..], Glyph::RightSingle).then_some(at);
            }
            Glyph::RightSingle => depth -= 1,
            Glyph::LeftSingle if are_two(&tokens[at..], Glyph::LeftSingle) => return None,
            Glyph::LeftSingle => depth += 1,
            _ => {}
        }
    }
    None
}

/// Makes the first of two marks the double one, and the second empty.
fn merge(two: &mut [Token], glyph: Glyph) {
    let [first, second] = two else {
        return;
    };
    first.glyph = glyph;
    first.take_in(second);
    (first.after, first.mark_after) = (second.after, second.mark_after);
    (first.is_known, first.is_certain) = (false, false);
}
