//! Words as they are written in Markdown, where a backslash or a reference may stand for a sign.

use super::reference_at;

/// How many bytes at the start of `text` read as `words`; `None` if they do not (CommonMark, ‘Backslash
/// escapes’, ‘Entity and numeric character references’).
pub(in crate::markup) fn written_length(text: &str, words: &str) -> Option<usize> {
    let (mut rest, mut left) = (text, words);
    while let Some(next) = left.chars().next() {
        let (length, read) = match rest.as_bytes().first()? {
            b'\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                (2, left.strip_prefix(&rest[1..2])?)
            }
            b'&' if let Some((value, length)) = reference_at(rest)
                && let Some(read) = left.strip_prefix(&*value) =>
            {
                (length, read)
            }
            _ => (next.len_utf8(), left.strip_prefix(rest.chars().next()?)?),
        };
        rest = &rest[length..];
        left = read;
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_read_as_what_they_stand_for() {
        for (text, words, expected) in [
            ("a b.md)", "a b.md", Some(6)),
            (r"foo\_bar.md)", "foo_bar.md", Some(11)),
            (r"a\b.md", r"a\b.md", Some(6)),
            ("a&amp;b.md", "a&b.md", Some(10)),
            ("a&b.md", "a&b.md", Some(6)),
            ("caf&eacute;", "café", Some(11)),
            (r"b\.md", "a.md", None),
            ("a.", "a.md", None),
            ("a\\", "a\\b", None),
        ] {
            assert_eq!(written_length(text, words), expected, "{text}");
        }
    }
}
