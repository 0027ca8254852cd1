//! Stress marks of a pronunciation that is typed between slashes: /noo·kee'@r/, /big´nuhm/.
//!
//! Many dictionaries put the stress behind the syllable that bears it, and where it is typed in ASCII it
//! looks like a quotation mark. Phonemic transcription stands between slashes (Handbook of the
//! International Phonetic Association, 1999, part 1).

use crate::text::ProseSpan;

use super::glyph::Glyph;

/// How many bytes of a pronunciation are looked through on either side of a mark.
const LONGEST: usize = 40;

/// Whether the mark stands behind a syllable, between the slashes of a pronunciation. A straight one
/// between two letters is read as an apostrophe in any case, and is not looked at. Constant time.
pub(super) fn is_stress(text: &str, span: ProseSpan, glyph: Glyph) -> bool {
    if !is_stress_mark(glyph) {
        return false;
    }
    let before = &text.as_bytes()[span.start.saturating_sub(LONGEST)..span.start];
    let behind = &text.as_bytes()[span.end..text.len().min(span.end + LONGEST)];
    let Some(&last) = before.last() else {
        return false;
    };
    let is_medial =
        last.is_ascii_alphabetic() && behind.first().is_some_and(u8::is_ascii_alphabetic);
    if !ends_syllable(last) || is_medial && glyph == Glyph::StraightSingle {
        return false;
    }
    let (Some(open), Some(close)) = (memchr::memrchr(b'/', before), memchr::memchr(b'/', behind))
    else {
        return false;
    };
    let open = span.start - (before.len() - open);
    let close = span.end + close;
    opens(text, open) && closes(text, close) && is_pronunciation(&text[open + 1..close])
}

/// The marks that stand for a stress where the true signs of the alphabet cannot be typed.
fn is_stress_mark(glyph: Glyph) -> bool {
    matches!(glyph, Glyph::StraightSingle | Glyph::Grave | Glyph::Acute)
}

fn ends_syllable(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'@' | b':') || !byte.is_ascii()
}

/// A slash between two words opens nothing: and/or.
fn opens(text: &str, slash: usize) -> bool {
    let before = text[..slash].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | ',' | ';'))
}

fn closes(text: &str, slash: usize) -> bool {
    let behind = text[slash + 1..].chars().next();
    behind.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ']' | ',' | ';' | '.' | ':'))
}

/// Whether it has letters, the signs that divide and lengthen syllables, and marks behind them only: a mark
/// behind a space opens a quotation.
fn is_pronunciation(inside: &str) -> bool {
    let mut follows_syllable = false;
    let mut is_legal = |c: char| {
        let is_legal = match Glyph::of(c) {
            Some(glyph) => is_stress_mark(glyph) && follows_syllable,
            None => c.is_alphabetic() || matches!(c, ' ' | '·' | '@' | ':' | '-'),
        };
        follows_syllable = c.is_alphabetic() || matches!(c, '@' | ':');
        is_legal
    };
    inside == inside.trim() && inside.chars().all(&mut is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `|` stands before a stress mark.
    fn is_stress_at(marked: &str) -> bool {
        let start = marked.find('|').expect("a place is marked");
        let text = marked.replacen('|', "", 1);
        let mark = text[start..].chars().next().expect("a mark stands there");
        let span = ProseSpan::new(start, start + mark.len_utf8());
        is_stress(&text, span, Glyph::of(mark).expect("it is a mark"))
    }

    #[test]
    fn stress_stands_behind_a_syllable() {
        for marked in [
            "/noo·kee|'@r/",
            "nuclear /noo·klee|´/, adj.",
            "(/ree:|' dee/)",
            "route /root|' mahp`/; a map",
            "route /root' mahp|`/; a map",
            "/lo·ret|'·t@/",
            "/i:|`t@s/",
            "/me|´g@/",
            "Molière /mo·lyè|'·r@/ wrote",
        ] {
            assert!(is_stress_at(marked), "{marked}");
        }
    }

    #[test]
    fn quotation_marks_beside_slashes_are_none_of_it() {
        for marked in [
            // No slash on one of the sides, or one between words.
            "'this and/or that|' / 'more'",
            "the 'either/or|' of his/her",
            "yes|', he said /so/",
            // Between the slashes of lines of verse.
            "'Let us go / to the sea|' / she said",
            // A quotation inside.
            "/he said 'so|'/",
            "/'so|'/",
            "/“he|' said/",
            // More than a pronunciation has.
            "/usr/he|' 12/",
            "/home, the boys|' one/",
        ] {
            assert!(!is_stress_at(marked), "{marked}");
        }
    }
}
