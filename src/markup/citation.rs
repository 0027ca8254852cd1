//! Citations in Markdown: `[see @marx1867, pp. 3–5; -@lenin1902]`, `@marx1867 says`.

use crate::text::Span;

/// Words before a key that make it a reference to a figure, a table or an equation of the text
/// itself (pandoc-crossref with `:`, Quarto with `-`).
const CROSS_REFERENCES: &[&str] = &[
    "fig", "tbl", "eq", "sec", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr",
    "sol", "rem", "alg", "tip", "nte", "wrn", "imp", "cau", "apx", "supp", "vid",
];

/// The first citation key in `stretch`: the `@` with the key, and the key alone. The key may go on
/// behind the stretch (Pandoc's manual, ‘Citation syntax’).
pub(super) fn next_key(source: &str, stretch: Span) -> Option<(Span, Span)> {
    let mut from = stretch.start;
    loop {
        let at = from + memchr::memchr(b'@', &source.as_bytes()[from..stretch.end])?;
        from = at + 1;
        if let Some(key) = key_at(source, at) {
            let is_braced = key.start > at + 1;
            return Some((Span::new(at, key.end + usize::from(is_braced)), key));
        }
    }
}

/// Whether a key names a part of the text itself.
pub(super) fn is_cross_reference(key: &str) -> bool {
    let kind = key.split([':', '-']).next().unwrap_or(key);
    kind.len() < key.len() && CROSS_REFERENCES.contains(&kind)
}

/// The key behind the `@` at byte `at`.
fn key_at(source: &str, at: usize) -> Option<Span> {
    // In an address of e-mail, or behind a backslash, it is no citation.
    let before = source[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '@' | '/' | '.')) {
        return None;
    }
    let rest = &source[at + 1..];
    if let Some(inner) = rest.strip_prefix('{') {
        let length = inner.find(['}', '{', '\n', ' '])?;
        let is_key = length > 0 && inner[length..].starts_with('}');
        return is_key.then(|| Span::new(at + 2, at + 2 + length));
    }
    if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    // A mark inside of a key stands alone between letters.
    let mut length = 0;
    let mut marks = 0;
    for c in rest.chars() {
        if c.is_alphanumeric() || c == '_' {
            length += marks + c.len_utf8();
            marks = 0;
        } else if marks == 0 && ":.#$%&-+?<>~/".contains(c) {
            marks = 1;
        } else {
            break;
        }
    }
    Some(Span::new(at + 1, at + 1 + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_as_pandoc_reads_them() {
        let source =
            "[see @marx1867, p. 3; -@doe:2004_b.] @{a-b?} @Čech99. a@b.org \\@no @ 3@x @a--b";
        let mut keys = Vec::new();
        let mut at = 0;
        while let Some((whole, key)) = next_key(source, Span::new(at, source.len())) {
            keys.push(key.of(source));
            at = whole.end;
        }
        assert_eq!(keys, ["marx1867", "doe:2004_b", "a-b?", "Čech99", "a"]);
        assert!(is_cross_reference("fig:dam") && is_cross_reference("tbl-1"));
        assert!(!is_cross_reference("figes1996") && !is_cross_reference("sec"));
    }
}
