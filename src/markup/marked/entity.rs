//! Character references: `&rsquo;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::characters;

/// The longest name HTML knows is `CounterClockwiseContourIntegral`.
const LONGEST_NAME: usize = 33;

/// A reference at the start of `text`, which starts with `&`: what it stands for and
/// how many bytes it takes. `None` where it is no reference, or none we know.
pub(in crate::markup) fn decode(text: &str) -> Option<(Cow<'static, str>, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let (value, length) = numeric(number)?;
        return Some((Cow::Owned(value.to_string()), "&#".len() + length));
    }
    let window = &text.as_bytes()[..text.len().min(LONGEST_NAME + 2)];
    let end = memchr::memchr(b';', window)?;
    let name = text.get(1..end)?;
    Some((Cow::Borrowed(characters::named(name)?), end + 1))
}

/// The same as a page of HTML has it: of a number, and of the names that HTML had from the beginning,
/// the semicolon may be missing (HTML Living Standard, named character reference state).
pub(in crate::markup) fn decode_in_html(text: &str) -> Option<(Cow<'static, str>, usize)> {
    if let Some(whole) = decode(text) {
        return Some(whole);
    }
    if let Some(number) = text.strip_prefix("&#") {
        let (value, length, _) = number_at(number)?;
        return Some((Cow::Owned(value.to_string()), "&#".len() + length));
    }
    let rest = text
        .strip_prefix('&')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    // The longest name counts; what follows may be letters: `&notit;` is `¬it;`.
    (2..=LONGEST_OLD_NAME).rev().find_map(|length| {
        let text = characters::named_of_old(rest.get(..length)?)?;
        Some((Cow::Borrowed(text), "&".len() + length))
    })
}

/// `&brvbar`, `&frac12`.
const LONGEST_OLD_NAME: usize = 6;

/// The character of a number and the bytes that the number and its semicolon take; there may be
/// any count of zeros before it.
fn numeric(text: &str) -> Option<(char, usize)> {
    number_at(text).filter(|(.., is_ended)| *is_ended).map(|(value, length, _)| (value, length))
}

/// The same of a number that may have no semicolon, with whether it has one.
fn number_at(text: &str) -> Option<(char, usize, bool)> {
    let (radix, digits) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, text),
    };
    let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
    let code = u32::from_str_radix(&digits[..length], radix).ok()?;
    let is_ended = digits.as_bytes().get(length) == Some(&b';');
    let lead = text.len() - digits.len();
    let length = lead + length + usize::from(is_ended);
    character(code).map(|character| (character, length, is_ended))
}

fn character(code: u32) -> Option<char> {
    // `&#146;` was typed for ’ by programs that thought in Windows-1252; HTML reads it so
    // (HTML Living Standard, numeric character reference end state).
    if let byte @ 0x80..=0x9F = code {
        let bytes = [byte as u8];
        return WINDOWS_1252.decode_without_bom_handling(&bytes).0.chars().next();
    }
    char::from_u32(code).filter(|&c| c != '\0')
}

/// What a whole reference, `&rsquo;`, stands for.
pub(in crate::markup) fn decode_reference(text: &str) -> Option<Cow<'static, str>> {
    decode(text).filter(|(_, length)| *length == text.len()).map(|(value, _)| value)
}

/// The value of an attribute with its references decoded.
pub(in crate::markup) fn decode_attribute(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut value = raw[..first].to_owned();
    let mut rest = &raw[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        let (text, length) = decode(rest).unwrap_or((Cow::Borrowed("&"), 1));
        value.push_str(&text);
        rest = &rest[length..];
    }
    value.push_str(rest);
    Cow::Owned(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_kind() {
        let cases = [
            ("&rsquo;s", "’", 7),
            ("&#8217;", "’", 7),
            ("&#x2019;", "’", 8),
            ("&#146;", "’", 6),
            ("&#x00000000000000000000000000000000000000000002019;", "’", 51),
            ("&amp;c.", "&", 5),
        ];
        for (text, value, length) in cases {
            assert_eq!(decode(text), Some((Cow::Borrowed(value), length)), "{text}");
        }
        for text in [
            "& so",
            "&nosuchname;",
            "&#xD800;",
            "&#99999999999;",
            "&#;",
            "&#65",
            "&#6 5;",
            "&;",
            "&é;",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode_attribute("a&amp;b & c"), "a&b & c");
    }

    #[test]
    fn pages_may_leave_out_the_semicolon() {
        let cases = [
            ("&laquoso", "«", 6),
            ("&eacute was", "é", 7),
            ("&eacute;", "é", 8),
            ("&notit;", "¬", 4),
            ("&notin;", "∉", 7),
            ("&AMP", "&", 4),
            ("&#8220so", "“", 6),
            ("&#x201C so", "“", 7),
            ("&#146s", "’", 5),
        ];
        for (text, value, length) in cases {
            assert_eq!(decode_in_html(text), Some((Cow::Borrowed(value), length)), "{text}");
        }
        for text in ["&rsquo", "&mdash so", "&é", "& ", "&", "&#", "&#x;", "&nosuch;", "&Laquo"] {
            assert_eq!(decode_in_html(text), None, "{text}");
        }
    }
}
