//! Accents that a name has lost.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use crate::markup::Language;
use crate::names::forward::without_diacritics;

use super::german::is_form_by_umlaut;
use super::{LONG, Slip, is_vowel};

/// Whether the two differ in marks alone, of which `wrong` has fewer. In German an umlaut makes plurals, unless
/// its place in a long word tells that it does not.
pub(super) fn lost_accents(wrong: &str, right: &str, language: Language) -> Option<Slip> {
    let pairs = || wrong.chars().zip(right.chars());
    let marks = |word: &str| {
        word.chars().zip(without_diacritics(word).chars()).filter(|(a, b)| a != b).count()
    };
    let is_lost = wrong.chars().count() == right.chars().count()
        && marks(wrong) < marks(right)
        && pairs().all(|(a, b)| has_no_mark_beyond(a, b))
        && !is_ending(wrong, right, language)
        && !are_two_words(wrong, right, language);
    let may_be_form = || wrong.chars().count() < LONG || is_form_by_umlaut(wrong, right);
    let is_umlaut = language.code() == "de"
        && may_be_form()
        && pairs().filter(|(a, b)| a != b).all(|(_, letter)| matches!(letter, 'ä' | 'ö' | 'ü'));
    is_lost.then_some(if is_umlaut { Slip::Umlaut } else { Slip::Accent })
}

/// Whether a letter has no other marks than another one has: `ạ` is no `ă` that lost its breve.
fn has_no_mark_beyond(letter: char, other: char) -> bool {
    letter == other
        || letter.is_ascii()
        || letter.nfd().skip(1).all(|mark| other.nfd().any(|own| own == mark))
}

/// Whether the last vowel alone has another mark, in a language with endings, where that makes another form of
/// the name: Polish `Polska`, `Polską`. Where more marks are lost (`Fondanova` for Fondánová) it is no form.
fn is_ending(wrong: &str, right: &str, language: Language) -> bool {
    let has_endings =
        !language.is_read_as_english() && !matches!(language.code(), "de" | "fr" | "es" | "it");
    let mut ends = wrong.chars().rev().zip(right.chars().rev());
    let Some((_, letter)) = ends.next().filter(|(a, b)| a != b) else {
        return false;
    };
    has_endings
        && is_vowel(first(&without_mark(letter)))
        && ends.clone().all(|(a, b)| a == b)
        && !is_accusative(letter, ends.next().map(|(_, before)| before), language)
}

/// Whether a Polish name ends in the `ę` of one who is acted upon: behind a hard consonant no form of such a
/// noun has an `e` (`Polske`), while `Marysie` are several.
fn is_accusative(last: char, before: Option<char>, language: Language) -> bool {
    const HARD: [char; 14] = ['b', 'd', 'f', 'g', 'k', 'm', 'n', 'p', 'r', 's', 't', 'w', 'ł', 'v'];
    language.code() == "pl" && last == 'ę' && before.is_some_and(|letter| HARD.contains(&letter))
}

fn without_mark(letter: char) -> String {
    without_diacritics(letter.encode_utf8(&mut [0; 4]))
}

pub(super) fn first(letters: &str) -> char {
    letters.chars().next().unwrap_or_default()
}

/// Words of one language that an accent alone divides: French `marche` and `marché`.
static ACCENT_PAIRS: LazyLock<FxHashSet<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/divided-by-accents.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(language, words)| words.split(' ').map(move |word| (language, word))).collect()
});

fn are_two_words(wrong: &str, right: &str, language: Language) -> bool {
    let is_word = |word: &str| ACCENT_PAIRS.contains(&(language.code(), word));
    is_word(wrong) && is_word(right)
}

/// What a name has lost that is written without its marks, for a message.
pub fn lost_mark(wrong: &str, right: &str) -> &'static str {
    let (wrong, right) = (wrong.to_lowercase(), right.to_lowercase());
    let lost = wrong.chars().zip(right.chars()).filter(|(a, b)| a != b);
    let mut names = lost.map(|(_, letter)| name_of_mark(letter));
    let first = names.next().unwrap_or("accent");
    match names.all(|name| name == first) {
        true => first,
        false => "diacritics",
    }
}

fn name_of_mark(letter: char) -> &'static str {
    let base = first(&without_mark(letter));
    match letter.nfd().nth(1) {
        Some('\u{300}'..='\u{302}') => "accent",
        Some('\u{308}') if matches!(base, 'a' | 'o' | 'u') => "umlaut",
        Some('\u{308}') => "diaeresis",
        Some('\u{303}') => "tilde",
        Some('\u{30a}') => "ring",
        Some('\u{30c}') => "caron",
        Some('\u{327}') => "cedilla",
        Some('\u{328}') => "ogonek",
        _ if matches!(letter, 'ł' | 'đ' | 'ø') => "stroke",
        _ => "diacritic",
    }
}
