//! The soft sign at the end of Russian words in romanisation: Novaia zhizn’, glasnost’.
//!
//! Names (Vrubel’) are told by their capital; of other words a list and a few endings tell which have one.

use std::sync::LazyLock;

use super::word_list::{WordList, words};

static WORDS: LazyLock<WordList<()>> =
    LazyLock::new(|| words(include_str!("data/soft_signs.txt")).map(|word| (word, ())).collect());

/// Words that are English as well: only a Russian adjective before them tells what they are.
const ALSO_ENGLISH: [&str; 2] = ["den", "put"];

/// Endings of Russian nouns that no English word has.
const ENDINGS: [&str; 4] = ["nost", "atel", "itel", "utel"];

/// Endings of Russian adjectives in the romanisations of the Library of Congress and of BGN/PCGN.
const ADJECTIVES: [&str; 6] = ["ii", "iy", "yi", "yy", "aia", "aya"];

/// Whether a word, which is given in small letters, ends behind `before` with a soft sign in Russian.
pub(super) fn ends(word: &str, before: &str) -> bool {
    WORDS.contains(word)
        || word.len() > SHORTEST && ENDINGS.iter().any(|ending| word.ends_with(ending))
        || ALSO_ENGLISH.contains(&word) && follows_adjective(before)
}

/// The bytes of a word that is no more than such an ending and a letter.
const SHORTEST: usize = 5;

fn follows_adjective(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ADJECTIVES.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}
