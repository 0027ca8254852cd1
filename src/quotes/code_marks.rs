//! Marks of which the other end stands in code: `<code>« cdboot.iso</code> »`. Nothing in code is a mark, but a
//! reader sees both.

use crate::markup::{Block, Inline, InlineKind};

use super::glyph::Glyph;
use super::tokens::{Token, is_thin};

/// Takes out each mark that stands directly beside code which has no other mark than its partner, at its far
/// end. Linear.
pub(super) fn remove(text: &str, block: &Block, tokens: &mut Vec<Token>) {
    if tokens.is_empty() {
        return;
    }
    let is_opaque = |inline: &&Inline| inline.kind == InlineKind::Opaque;
    let mut codes = block.inlines.iter().filter(is_opaque).peekable();
    if codes.peek().is_none() {
        return;
    }
    let mut at = 0;
    let mut taken = Vec::new();
    for code in codes {
        let Some((mark, is_first)) = only_mark(code.span.of(text)) else {
            continue;
        };
        while tokens.get(at).is_some_and(|token| token.span().end <= code.span.start) {
            at += 1;
        }
        let beside = if is_first { Some(at) } else { at.checked_sub(1) };
        let touches = |token: &Token| {
            let (span, code) = (token.span(), code.span);
            let between = if is_first {
                text.get(code.end..span.start)
            } else {
                text.get(span.end..code.start)
            };
            between.is_some_and(|between| between.chars().all(is_thin))
        };
        taken.extend(beside.filter(|&beside| {
            tokens.get(beside).is_some_and(|token| {
                token.glyph.kind() == mark.kind() && !token.glyph.is_straight() && touches(token)
            })
        }));
    }
    let mut index = 0;
    tokens.retain(|_| {
        index += 1;
        taken.binary_search(&(index - 1)).is_err()
    });
}

/// The only mark of a stretch of code, if it is a typographic one at one of its ends, and whether that is the
/// first.
fn only_mark(code: &str) -> Option<(Glyph, bool)> {
    let mut marks = code.char_indices().filter_map(|(at, c)| Some((at, Glyph::of(c)?)));
    let (at, mark) = marks.next()?;
    let is_first = at == 0;
    let is_at_end = is_first || code[at..].chars().nth(1).is_none();
    (is_at_end && marks.next().is_none() && !mark.is_straight()).then_some((mark, is_first))
}
