//! Texts of links by which a note is marked.

/// `3`, `[3]`, `(3)`, `*`, `†`, `↩`.
pub(in crate::markup) fn is_label(text: &str) -> bool {
    let inner = text.trim().trim_matches(['[', ']', '(', ')', '.', '\u{fe0e}']);
    is_bare(inner)
        || (!inner.is_empty()
            && inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '↩' | '↑' | '^')))
}

/// Whether the label is a number without a sign that makes it more: it may be a chapter's or
/// a page's as well.
pub(in crate::markup) fn is_bare(text: &str) -> bool {
    let text = text.trim();
    (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
