//! From a native form to the letters that the tables have rows for.

use unicode_normalization::UnicodeNormalization;

use crate::markup::Language;

/// The languages with a table, by the code that an entry of the authority names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) enum Native {
    Russian,
    Ukrainian,
    Belarusian,
    Bulgarian,
    Serbian,
    Macedonian,
    Greek,
    Georgian,
    Armenian,
    Hebrew,
    Yiddish,
    Arabic,
    Persian,
    Japanese,
    Korean,
}

impl Native {
    /// The language of a name: as its entry says, else what its script is commonly used for.
    pub(super) fn of(language: &str, name: &str) -> Option<Self> {
        let base = language.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        // `rus` is as good as `ru`.
        let known = Language::from_tag(&base);
        match if known.is_known() { known.code() } else { base.as_str() } {
            "" | "und" => Self::by_script(name),
            "ru" => Some(Self::Russian),
            "uk" => Some(Self::Ukrainian),
            "be" => Some(Self::Belarusian),
            "bg" => Some(Self::Bulgarian),
            "sr" | "bs" | "hr" | "sh" | "cnr" => Some(Self::Serbian),
            "mk" => Some(Self::Macedonian),
            "el" => Some(Self::Greek),
            "ka" => Some(Self::Georgian),
            "hy" | "hyw" => Some(Self::Armenian),
            "he" | "iw" => Some(Self::Hebrew),
            "yi" => Some(Self::Yiddish),
            "ar" => Some(Self::Arabic),
            "fa" => Some(Self::Persian),
            "ja" => Some(Self::Japanese),
            "ko" => Some(Self::Korean),
            _ => None,
        }
    }

    fn by_script(name: &str) -> Option<Self> {
        let letter = name.chars().find(|c| c.is_alphabetic())?;
        match letter {
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Self::Greek),
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => Some(Self::Russian),
            '\u{531}'..='\u{58f}' => Some(Self::Armenian),
            '\u{5d0}'..='\u{5ea}' => Some(Self::Hebrew),
            '\u{620}'..='\u{64a}' => Some(Self::Arabic),
            '\u{10d0}'..='\u{10ff}' => Some(Self::Georgian),
            '\u{3041}'..='\u{30ff}' => Some(Self::Japanese),
            '\u{ac00}'..='\u{d7a3}' => Some(Self::Korean),
            _ => None,
        }
    }

    /// ISO 639-1.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
            Self::Belarusian => "be",
            Self::Bulgarian => "bg",
            Self::Serbian => "sr",
            Self::Macedonian => "mk",
            Self::Greek => "el",
            Self::Georgian => "ka",
            Self::Armenian => "hy",
            Self::Hebrew => "he",
            Self::Yiddish => "yi",
            Self::Arabic => "ar",
            Self::Persian => "fa",
            Self::Japanese => "ja",
            Self::Korean => "ko",
        }
    }

    /// Whether the family name stands first in the native form.
    pub(super) fn has_family_first(self) -> bool {
        matches!(self, Self::Japanese | Self::Korean)
    }

    /// The letters of one word as the table has them; `None` where they do not tell how the
    /// word is spoken, as Hebrew and Arabic without vowels.
    pub(super) fn letters(self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        match self {
            Self::Greek => Some(unstressed_greek(&lower)),
            Self::Hebrew => is_pointed(&lower).then(|| in_reading_order(&lower)),
            Self::Yiddish => Some(in_reading_order(&lower)),
            Self::Arabic | Self::Persian => vowelled(&lower),
            Self::Japanese => Some(lower.nfc().map(hiragana).collect()),
            Self::Korean => Some(lower.nfd().collect()),
            _ => {
                let letters = lower.nfc().filter(|c| !matches!(c, '\u{301}' | '\u{300}'));
                Some(letters.map(|c| if matches!(c, '’' | 'ʼ' | '`') { '\'' } else { c }).collect())
            }
        }
    }
}

fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヴ' => char::from_u32(letter as u32 - 0x60).unwrap_or(letter),
        other => other,
    }
}

/// Without accents and breathings. An accent on the first of two vowels divides them as a
/// diaeresis on the second one does.
fn unstressed_greek(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    let mut decomposed = word.nfd().peekable();
    let mut was_stressed = false;
    while let Some(letter) = decomposed.next() {
        match letter {
            '\u{301}' | '\u{300}' | '\u{342}' => was_stressed = true,
            '\u{313}' | '\u{314}' | '\u{345}' => {}
            'ι' | 'υ' => {
                let is_divided = was_stressed && letters.ends_with(['α', 'ε', 'ο', 'η']);
                let has_diaeresis = decomposed.next_if_eq(&'\u{308}').is_some();
                letters.push(match (letter, is_divided || has_diaeresis) {
                    ('ι', true) => 'ϊ',
                    ('υ', true) => 'ϋ',
                    _ => letter,
                });
                was_stressed = false;
            }
            other => {
                letters.push(other);
                was_stressed = false;
            }
        }
    }
    letters
}

fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Points that tell consonants apart (dagesh, the dots of shin, rafe) before vowels, not
/// behind them, where canonical order has them.
fn in_reading_order(word: &str) -> String {
    let mut letters: Vec<char> = word.nfd().collect();
    for marks in letters.chunk_by_mut(|_, next| is_mark(*next)) {
        marks.sort_by_key(|mark| match mark {
            'ׁ' | 'ׂ' => 1,
            'ּ' | 'ֿ' => 2,
            mark if is_mark(*mark) => 3,
            _ => 0,
        });
    }
    letters.into_iter().collect()
}

/// Whether every consonant of a Hebrew word has its vowel, but for the last one and for the
/// letters that are vowels themselves.
fn is_pointed(word: &str) -> bool {
    let letters: Vec<char> = word.nfd().collect();
    let last = letters.iter().rposition(|c| !is_mark(*c)).unwrap_or(0);
    letters.iter().any(|c| is_mark(*c))
        && letters.iter().enumerate().all(|(at, &letter)| {
            let is_bare = letters.get(at + 1).is_none_or(|next| !is_mark(*next));
            let stands_before_vav = letters.get(at + 1) == Some(&'ו')
                && letters.get(at + 2).is_some_and(|mark| "\u{5b9}\u{5bc}".contains(*mark));
            let has_vowel = !is_bare || stands_before_vav;
            is_mark(letter) || has_vowel || at == last || "אהוי".contains(letter)
        })
}

const SHADDA: char = '\u{651}';

/// An Arabic word with its doubled letters written twice; `None` if a vowel is not written.
fn vowelled(word: &str) -> Option<String> {
    let letters: Vec<char> = word.nfc().filter(|c| *c != '\u{640}').collect();
    let last = letters.iter().rposition(|c| !is_mark(*c))?;
    let mut written = String::with_capacity(word.len());
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        let marks = letters[at + 1..].iter().take_while(|c| is_mark(**c)).count();
        let follows_article = matches!(written.as_str(), "ال" | "الْ" | "اَل" | "اَلْ");
        let starts_article = letters[..at] == ['ا'] && letter == 'ل';
        let is_vowel_letter = "اآىويیةءأؤئ".contains(letter);
        if marks == 0 && at != last && !is_vowel_letter && !starts_article {
            return None;
        }
        let marks = &letters[at + 1..at + 1 + marks];
        written.push(letter);
        if marks.contains(&SHADDA) && !follows_article {
            written.push(letter);
        }
        written.extend(marks.iter().filter(|mark| **mark != SHADDA));
        at += 1 + marks.len();
    }
    letters.iter().any(|c| is_mark(*c)).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_do_not_tell_the_vowels_are_no_letters() {
        assert_eq!(Native::Arabic.letters("ناصر"), None);
        assert!(Native::Arabic.letters("نَاصِر").is_some());
        assert_eq!(Native::Hebrew.letters("בגין"), None);
        assert!(Native::Hebrew.letters("בֵּגִין").is_some());
    }

    #[test]
    fn a_stressed_vowel_makes_no_diphthong() {
        assert_eq!(Native::Greek.letters("Μάιος").as_deref(), Some("μαϊος"));
        assert_eq!(Native::Greek.letters("Παπανδρέου").as_deref(), Some("παπανδρεου"));
        assert_eq!(Native::Greek.letters("Καΐρης").as_deref(), Some("καϊρης"));
    }
}
