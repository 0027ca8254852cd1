//! Double marks inside Hebrew words.
//!
//! In print and typing the gershayim of an abbreviation looks like a quotation mark, or is one:
//! צה״ל, ד"ר. And small words are written together with what they stand before, so that a quotation
//! opens inside a word: ב"הארץ".

use crate::text::ProseSpan;

use super::glyph::Glyph;

/// What a double mark between two Hebrew letters does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// It tells that the word is an abbreviation or a number.
    Abbreviates,
    /// It opens a quotation behind the small words that are written together with it.
    Opens,
}

/// The letters that are words by themselves and stand before others: and, the, in, as, to, from,
/// that (האקדמיה ללשון העברית: אותיות השימוש).
const SMALL_WORDS: &str = "והבכלמש";

/// How many letters a word with small words before it may have to be looked through.
const LONGEST_WORD: usize = 32;

/// What the mark does, if it stands between two Hebrew letters.
pub(super) fn inside(text: &str, span: ProseSpan, glyph: Glyph) -> Option<Inside> {
    if !matches!(glyph, Glyph::StraightDouble | Glyph::RightDouble | Glyph::Gershayim) {
        return None;
    }
    let mut before = text[..span.start].chars().rev().take(LONGEST_WORD).take_while(is_letter);
    let mut after = text[span.end..].chars().take_while(is_letter);
    let first = before.next()?;
    after.next()?;
    // Gershayim stand before the last letter; where endings follow, the stem is more than prefixes.
    let is_last = after.next().is_none();
    let is_prefix = std::iter::once(first).chain(before).all(|c| SMALL_WORDS.contains(c));
    Some(if is_last || !is_prefix { Inside::Abbreviates } else { Inside::Opens })
}

/// Letters, final forms and points.
fn is_letter(character: &char) -> bool {
    matches!(character, '\u{5b0}'..='\u{5ea}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_told_from_quotations() {
        let of = |word: &str| {
            let (start, mark) = word.char_indices().find(|(_, c)| matches!(c, '"' | '״' | '”'))?;
            let span = ProseSpan::new(start, start + mark.len_utf8());
            inside(word, span, Glyph::of(mark)?)
        };
        for word in ["צה\"ל", "צה״ל", "ד”ר", "תש\"ח.", "מפא\"יניק", "מנכ״לית", "ה״ה"]
        {
            assert_eq!(of(word), Some(Inside::Abbreviates), "{word}");
        }
        for word in ["ב\"הארץ\"", "של״הארץ״", "וב”דבר”"] {
            assert_eq!(of(word), Some(Inside::Opens), "{word}");
        }
        for word in ["\"הארץ\"", "הארץ\"", "a\"b"] {
            assert_eq!(of(word), None, "{word}");
        }
    }
}
