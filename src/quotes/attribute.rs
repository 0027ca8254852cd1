//! Values in quotation marks that programs and markup have: `width="5"`, `text='a word'`, and empty ones.
//!
//! In prose that speaks of them they are no quotations, and what marks they have tells nothing of the
//! document's own. No program has values in guillemets: «width=», «height=».

use super::glyph::{Glyph, Kind};
use super::tokens::{Beside, Token};

/// The longest value, in bytes.
const LONGEST: usize = 200;

/// Takes the marks around values out of those of a block. Linear.
pub(super) fn remove(text: &str, tokens: &mut Vec<Token>) {
    let has_values = !tokens.is_empty() && memchr::memchr(b'=', text.as_bytes()).is_some();
    if !has_values && !tokens.windows(2).any(|two| is_empty(text, two)) {
        return;
    }
    let mut taken = vec![false; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let here = &tokens[at..];
        let is_empty = here.get(..2).is_some_and(|two| is_empty(text, two));
        match if is_empty { Some(1) } else { closer(text, here) } {
            Some(behind) => {
                (taken[at], taken[at + behind]) = (true, true);
                at += behind + 1;
            }
            None => at += 1,
        }
    }
    let mut taken = taken.into_iter();
    tokens.retain(|_| taken.next() != Some(true));
}

/// Whether two straight marks hold nothing and touch no word: `x = ""`. A mark that was typed twice does.
fn is_empty(text: &str, two: &[Token]) -> bool {
    let &[first, second] = two else {
        return false;
    };
    if first.span().end != second.span().start {
        return false;
    }
    let is_typed = |token: Token| token.span().of(text) == "\"";
    let is_free_behind = matches!(
        second.after,
        Beside::Space | Beside::Edge | Beside::Closing | Beside::Stop | Beside::Pause
    );
    is_typed(first)
        && is_typed(second)
        && !(first.mark_before || second.mark_after)
        && matches!(first.before, Beside::Space | Beside::Edge | Beside::Opening | Beside::Other)
        && is_free_behind
}

/// Which of the marks closes the value that the first one opens, if it opens one.
fn closer(text: &str, tokens: &[Token]) -> Option<usize> {
    let (first, rest) = tokens.split_first()?;
    let name = text[..first.span().start].strip_suffix('=')?;
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let before = name.trim_end_matches(is_of_name);
    if before.len() == name.len()
        || matches!(first.glyph.kind(), Kind::Guillemet | Kind::Angle)
        || is_quoted(before, first.glyph)
    {
        return None;
    }
    let ends = [first.glyph, closing(first.glyph)];
    let is_end = |token: &&Token| ends.contains(&token.glyph) && !token.is_medial();
    // More marks than that stand in no value.
    let behind = rest.iter().take(MOST_INSIDE).position(|token| is_end(&token))?;
    let last = rest[behind];
    let value = &text[first.span().end..last.span().start];
    let is_over = !matches!(last.after, Beside::Lower | Beside::Upper | Beside::Digit);
    let is_value = value.len() <= LONGEST && !value.contains('\n');
    (is_over && is_value).then_some(behind + 1)
}

/// Whether the name behind `before` is quoted itself, with a mark like the one behind it: „width=“, „height=“.
fn is_quoted(before: &str, behind: Glyph) -> bool {
    let last = before.chars().next_back().and_then(Glyph::of);
    last.is_some_and(|last| {
        last.kind() == behind.kind() && !last.is_straight() && !behind.is_straight()
    })
}

/// How many marks are looked through for the end of a value.
const MOST_INSIDE: usize = 8;

/// The mark that a word processor makes of the second one.
fn closing(opener: Glyph) -> Glyph {
    match opener {
        Glyph::LeftSingle => Glyph::RightSingle,
        Glyph::LeftDouble => Glyph::RightDouble,
        other => other,
    }
}
