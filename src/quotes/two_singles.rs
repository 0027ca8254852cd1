//! Double marks that are typed as two single ones, ‘‘Yes,’’ he said, and two single ones that look like the
//! double mark of typewriters: ''Tis true,' he said.

use crate::text::ProseSpan;

use super::apostrophe;
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

/// Makes two marks of what is typed like a double one and has no partner: a quotation opens before a word that
/// has lost its head, or closes behind a possessive. Linear.
pub(super) fn part(text: &str, tokens: &mut Vec<Token>) {
    let is_typed = |token: &Token| {
        token.glyph == Glyph::StraightDouble && matches!(token.span().of(text), "''" | "``")
    };
    if !tokens.iter().any(is_typed) {
        return;
    }
    let mut alone: Vec<usize> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| is_typed(token)) {
        if stands_before_word(token) {
            alone.extend(open.replace(at));
        } else if open.take().is_none() {
            alone.push(at);
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    if alone.is_empty() {
        return;
    }
    let mut alone = alone.into_iter().peekable();
    let mut parted = Vec::with_capacity(2 * tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let is_alone = alone.next_if_eq(&at).is_some();
        let two = if is_alone { two_of(text, token) } else { None };
        match two {
            Some(two) => parted.extend(two),
            None => parted.push(*token),
        }
    }
    *tokens = parted;
}

/// The two marks of which one is an apostrophe.
fn two_of(text: &str, token: &Token) -> Option<[Token; 2]> {
    let Token { before, after, .. } = *token;
    let ProseSpan { start, end } = token.span();
    if token.span().of(text) != "''" || token.mark_before || token.mark_after {
        return None;
    }
    let mut two = [(start, start + 1), (start + 1, end)].map(|(start, end)| {
        Token::new(ProseSpan::new(start, end), Glyph::StraightSingle, [before, after])
    });
    (two[0].mark_after, two[1].mark_before) = (true, true);
    if stands_before_word(token) {
        let is_known = apostrophe::is_known(text, &two[1]);
        (two[1].is_known, two[1].is_certain) = (is_known, is_known);
        return is_known.then_some(two);
    }
    let is_behind_plural = before == Beside::Lower && text[..start].ends_with('s');
    is_behind_plural.then_some(two)
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

#[cfg(test)]
mod tests {
    use crate::quotes::tests::faults;

    #[test]
    fn two_typed_marks_of_which_one_is_an_apostrophe_are_no_double_mark() {
        for right in [
            "''Tis true,' he said. 'I saw it.'\n",
            "He said, ''tis true', and 'it's fine'.\n",
            "''Twas there,' said the porter, ''em as wants it may have it,' said the porter.\n",
            "She spoke of the 'leaders'' speeches and of the \"leaders'\" friends.\n",
            "''Yes,'' he said. ''It's all right.''\n",
            "``Yes,'' he said of the workers. ``It's all right.''\n",
        ] {
            assert_eq!(faults(right), 0, "{right}");
        }
    }

    #[test]
    fn a_double_mark_of_typewriters_without_its_partner_is_told() {
        for wrong in
            ["''Yes, he said. 'It is all right.'\n", "Yes, it is all right.'' He said 'no'.\n"]
        {
            assert_eq!(faults(wrong), 1, "{wrong}");
        }
    }
}
