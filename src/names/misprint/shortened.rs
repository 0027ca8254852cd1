//! What two words share that differ by one slip: each of them without one of its letters.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;

use crate::names::cyrillic;
use crate::names::forward::without_diacritics;

use super::SHORTEST;
use super::confused::{CONFUSED, CONFUSED_HEADS, LONG_VOWELS};

/// Gives the hashes of `word` without diacritics, whole and without each one of its letters:
/// two words that differ by one slip share at least one of them. Pairs that scanners
/// confuse count as one letter.
pub fn each_shortened(word: &str, mut with: impl FnMut(u64)) {
    let word = folded(word);
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST {
        return;
    }
    with(hash(letters.iter()));
    for gap in 0..letters.len() {
        with(hash(letters[..gap].iter().chain(&letters[gap + 1..])));
    }
    let heads = CONFUSED_HEADS.iter().filter(|(pair, _)| word.starts_with(pair));
    for (pair, _) in heads.filter(|(pair, _)| pair.len() == 2) {
        with(hash_text(&word[pair.len()..]));
    }
    for (at, two) in word.as_bytes().windows(2).enumerate() {
        if CONFUSED.iter().any(|(pair, _)| pair.as_bytes() == two) {
            with(hash_text(&[&word[..at], &word[at + 2..]].concat()));
        }
    }
    for pair in LONG_VOWELS {
        for (at, _) in word.match_indices(pair) {
            with(hash_text(&[&word[..at], &word[at + 2..]].concat()));
        }
    }
}

/// Whether two words differ in accents and other diacritics alone.
pub fn are_alike_without_accents(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.nfc().count();
    !(a.is_ascii() && b.is_ascii()) && letters(a) == letters(b) && folded(a) == folded(b)
}

/// The hash of `word` without diacritics, which [`each_shortened`] gives too; `None` if it has
/// none.
pub fn without_accents(word: &str) -> Option<u64> {
    if word.is_ascii() {
        return None;
    }
    let plain = folded(word);
    (plain != word.to_lowercase()).then(|| hash_text(&plain))
}

fn hash<'l>(letters: impl Iterator<Item = &'l char>) -> u64 {
    let mut hasher = FxHasher::default();
    for letter in letters {
        letter.hash(&mut hasher);
    }
    hasher.finish()
}

fn hash_text(text: &str) -> u64 {
    let letters: Vec<char> = text.chars().collect();
    hash(letters.iter())
}

pub(super) fn folded(word: &str) -> String {
    let word = word.to_lowercase();
    // The breve of й and the dots of ё are no accents.
    if cyrillic::is_cyrillic(&word) { word } else { without_diacritics(&word) }
}
