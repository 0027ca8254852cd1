//! The codes of notes that stand behind a closing mark in a transcription: ‘pogroms’A11.7,
//! ‘word’1, “word”[3], “word”†. What a mark does does not depend on them.

/// The length of the code with which `text` begins, in bytes; `may_be_bare`: whether a number can be
/// one that is neither bracketed nor raised.
pub(super) fn at(text: &str, may_be_bare: bool) -> Option<usize> {
    let first = text.chars().next()?;
    match first {
        '[' => bracketed(text, ']'),
        '(' => bracketed(text, ')'),
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡' | '§' | '¶' => {
            Some(first.len_utf8())
        }
        'A'..='Z' | '0'..='9' if may_be_bare => number(text),
        _ => None,
    }
}

/// `[3]`, `[12a]`, `[*]`, `(3)`.
fn bracketed(text: &str, close: char) -> Option<usize> {
    let end = text.char_indices().take(LONGEST).find(|&(_, c)| c == close)?.0;
    let inside = &text[1..end];
    let is_sign = close == ']' && matches!(inside, "*" | "**" | "†" | "‡");
    let is_number = inside.starts_with(|c: char| c.is_ascii_digit())
        && inside.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    (is_sign || is_number).then_some(end + close.len_utf8())
}

/// How many characters of a bracket are looked through.
const LONGEST: usize = 8;

/// `12`, `A11.7`, `3a`: at most a letter, three digits and a part of them, at the end of a word.
fn number(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let all = bytes[from..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        (1..=3).contains(&all).then_some(from + all)
    };
    let mut end = digits(usize::from(bytes[0].is_ascii_uppercase()))?;
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1).unwrap_or(end);
    }
    end += usize::from(bytes.get(end).is_some_and(u8::is_ascii_lowercase));
    let is_over = !text[end..].starts_with(|c: char| c.is_alphanumeric());
    is_over.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn codes_of_notes() {
        for (code, rest) in [
            ("A11.7", "—looting"),
            ("1", ", and"),
            ("12", ""),
            ("3a", " so"),
            ("[3]", " so"),
            ("[12a]", ""),
            ("[*]", ""),
            ("(3)", "."),
            ("†", " so"),
            ("²", ""),
        ] {
            assert_eq!(at(&format!("{code}{rest}"), true), Some(code.len()), "{code}");
        }
        for text in ["1917 was", "[so he said]", "(he)", "A", "As", "12th", "x1"] {
            assert_eq!(at(text, true), None, "{text}");
        }
        assert_eq!(at("10", false), None);
    }
}
