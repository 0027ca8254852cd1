//! What the fragment of a URL names.

use std::borrow::Cow;

/// The ids that a fragment may mean, the likeliest first: as it is written, with `%20` decoded
/// (HTML Living Standard, ‘Scrolling to a fragment’), and the place at which one of TEI's
/// pointer schemes begins (TEI P5, section 16.2.4): `range(a,b)`, `string-range(a,0,2)`.
pub fn ids(fragment: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let decoded = decoded(fragment);
    let place = first_place(fragment).map(Cow::Borrowed);
    [Some(Cow::Borrowed(fragment)), decoded, place].into_iter().flatten()
}

/// Whether the fragment means the head of the page, which declares no place for it (HTML Living
/// Standard, ‘Scrolling to a fragment’): `#`, `#top`.
pub fn is_top(fragment: &str) -> bool {
    fragment.is_empty() || fragment.eq_ignore_ascii_case("top")
}

/// Whether the fragment is no id but an expression: `xpath1(…)`, `epubcfi(…)`, `:~:text=…`.
pub fn is_expression(fragment: &str) -> bool {
    fragment.contains('(') || fragment.starts_with([':', '/', '!'])
}

fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    matches!(decoded, Cow::Owned(_)).then_some(decoded)
}

/// The first argument of a pointer scheme that takes ids.
fn first_place(fragment: &str) -> Option<&str> {
    let (scheme, rest) = fragment.split_once('(')?;
    let takes_ids = matches!(scheme, "left" | "right" | "range" | "string-range" | "match");
    let place = rest.split([',', ')']).next()?.trim();
    takes_ids.then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_name_ids() {
        for (fragment, expected) in [
            ("n1", "n1"),
            ("caf%C3%A9", "caf%C3%A9 café"),
            ("range(a,b)", "range(a,b) a"),
            ("string-range(w1, 2, 3)", "string-range(w1, 2, 3) w1"),
            ("xpath1(//p)", "xpath1(//p)"),
        ] {
            let found: Vec<_> = ids(fragment).collect();
            assert_eq!(found.join(" "), expected);
        }
        assert!(
            is_expression("epubcfi(/6/4)") && is_expression(":~:text=a") && !is_expression("a")
        );
    }
}
