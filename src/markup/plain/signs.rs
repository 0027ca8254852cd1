//! Signs that call for a note: `parts*`, `numbers†`.

use crate::text::ProseSpan;

/// `*`, `†` and their like behind a word; not emphasis, not footnotes' own labels.
pub(super) fn signs(text: &str) -> impl Iterator<Item = ProseSpan> + '_ {
    // An opening `*word` makes the next closing one emphasis.
    let mut open_emphasis = false;
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let (at, sign) = find_sign(text, next)?;
            let run = text[at..].len() - text[at..].trim_start_matches(sign).len();
            next = at + run;
            let before = text[..at].chars().next_back().filter(|c| !c.is_whitespace());
            let after = text[next..].chars().next().filter(|c| !c.is_whitespace());
            let follows_word = before.is_some_and(|c| !matches!(c, '(' | '[' | '‘' | '“' | '—'));
            let leads_word = after.is_some_and(char::is_alphanumeric);
            if sign == '*' && !follows_word && after.is_some() {
                open_emphasis = true;
                continue;
            }
            if sign == '*' && open_emphasis {
                open_emphasis = false;
                continue;
            }
            // `†1942` behind a name is a date of death.
            if follows_word && !leads_word && run <= 3 * sign.len_utf8() {
                return Some(ProseSpan::new(at, next));
            }
        }
    })
}

fn find_sign(text: &str, from: usize) -> Option<(usize, char)> {
    // `†` and `‡` are E2 80 A0 and E2 80 A1, of which the last byte is the rare one.
    memchr::memchr3_iter(b'*', 0xA0, 0xA1, &text.as_bytes()[from..]).find_map(|offset| {
        let at = text.floor_char_boundary(from + offset);
        let sign = text[at..].chars().next()?;
        matches!(sign, '*' | '†' | '‡').then_some((at, sign))
    })
}
