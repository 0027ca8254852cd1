//! Apostrophes of languages other than English: `l’`, `’s`, `hab’`, `απ’`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::Language;

use super::apostrophe;
use super::cost::Cost;
use super::glyph::Glyph;
use super::tokens::{Beside, Token};

/// What a language leaves out, as a number that stands for its lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Elided(Option<u8>);

/// Which words have an apostrophe at one of their ends.
#[derive(Debug, Default)]
struct Words {
    listed: FxHashSet<&'static str>,
    /// Every word in lower case.
    any: bool,
    /// Every word of one or two letters.
    short: bool,
    /// Names in -s in the genitive.
    genitive: bool,
}

impl Elided {
    /// The lists of a language, empty ones where it has no such words.
    pub(super) fn of(language: Language) -> Self {
        Self(LISTS.numbers.get(language.code()).copied())
    }

    /// Whether no word of the language is known to lose letters.
    fn has_none(self) -> bool {
        self.0.is_none()
    }

    /// Whether a word begins with an apostrophe. `word` is in lower case.
    pub(super) fn leads(self, word: &str, is_lower: bool) -> bool {
        self.0.is_some_and(|number| LISTS.all[usize::from(number)].0.have(word, is_lower))
    }

    /// Whether this very word is listed among those that begin with an apostrophe.
    fn lists(self, word: &str) -> bool {
        self.0.is_some_and(|number| LISTS.all[usize::from(number)].0.listed.contains(word))
    }

    /// Whether a word ends with an apostrophe. `word` is in lower case.
    pub(super) fn trails(self, word: &str, is_lower: bool) -> bool {
        self.0.is_some_and(|number| LISTS.all[usize::from(number)].1.have(word, is_lower))
    }

    /// Whether any word may have an apostrophe at its end.
    pub(super) fn may_trail_any(self) -> bool {
        self.0.is_some_and(|number| LISTS.all[usize::from(number)].1.any)
    }

    /// Whether the genitive of names in -s has an apostrophe and no more.
    pub(super) fn has_genitive(self) -> bool {
        self.0.is_some_and(|number| LISTS.all[usize::from(number)].1.genitive)
    }
}

impl Words {
    fn have(&self, word: &str, is_lower: bool) -> bool {
        self.any && is_lower && word.chars().nth(1).is_some()
            || self.short && word.chars().nth(2).is_none()
            || self.listed.contains(word)
    }

    fn add(&mut self, list: &'static str) {
        let words: Vec<_> = list.split_whitespace().collect();
        for (place, &word) in words.iter().enumerate() {
            match word {
                "*" => self.any = true,
                "." => self.short = true,
                "s" if place + 1 == words.len() => self.genitive = true,
                _ => {
                    self.listed.insert(word);
                }
            }
        }
    }
}

/// What it costs that a mark before a letter is an apostrophe, and whether the word is listed.
pub(super) fn leading(elided: Elided, text: &str, token: &Token) -> (Cost, bool) {
    let is_lower = token.after == Beside::Lower;
    let mut buffer = [0_u8; 24];
    let rest = &text[token.span().end..];
    let leads = !elided.has_none()
        && apostrophe::lower_word(rest, &mut buffer)
            .is_some_and(|word| elided.leads(word, is_lower));
    match (leads, is_lower) {
        (true, _) => (6, true),
        (false, true) => (30, false),
        (false, false) => (45, false),
    }
}

/// Whether what stands behind a straight mark is nothing without it: `'t`, `'s`, `'n`. No quotation begins
/// with it, unless the letter itself is quoted.
pub(super) fn needs_mark(elided: Elided, text: &str, token: &Token) -> bool {
    let stands_before = token.after == Beside::Lower && !token.mark_after;
    if elided.has_none() || token.glyph != Glyph::StraightSingle || !stands_before {
        return false;
    }
    let rest = &text[token.span().end..];
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let is_quoted = rest[end..].starts_with(|c| Glyph::of(c).is_some());
    !is_quoted && elided.lists(&rest[..end]) && !rest[..end].contains(is_vowel)
}

fn is_vowel(letter: char) -> bool {
    !letter.is_ascii() || matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// What it costs that a mark behind a letter is an apostrophe, and whether the word is listed.
pub(super) fn trailing(elided: Elided, text: &str, token: &Token) -> (Cost, bool) {
    let original = apostrophe::word_before(text, token);
    let is_lower = original.starts_with(char::is_lowercase);
    let mut buffer = [0_u8; 24];
    let Some(word) = apostrophe::lower_word(original, &mut buffer) else {
        return (60, false);
    };
    if elided.trails(word, is_lower) {
        return (10, true);
    }
    if elided.has_genitive() && word.ends_with(['s', 'x', 'z', 'ß']) {
        return (apostrophe::possessive(text, token), false);
    }
    (if is_lower { 100 } else { 60 }, false)
}

/// Whether a text ends with a word that has an apostrophe at its end before a vowel, in a language in
/// which only listed words have one.
pub(super) fn ends_elided(text: &str, language: Language) -> bool {
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let mut buffer = [0_u8; 24];
    matches!(language.code(), "fr" | "it" | "ca" | "oc" | "pt" | "ro")
        && apostrophe::lower_word(word, &mut buffer)
            .is_some_and(|word| Elided::of(language).trails(word, false))
}

#[derive(Default)]
struct Lists {
    numbers: FxHashMap<&'static str, u8>,
    /// What begins with an apostrophe and what ends with one.
    all: Vec<(Words, Words)>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    for line in include_str!("data/elided.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((language, list)) = line.split_once(' ') else {
            continue;
        };
        let next = lists.all.len() as u8;
        let number = *lists.numbers.entry(language).or_insert(next);
        if number == next {
            lists.all.push(<(Words, Words)>::default());
        }
        let (leading, trailing) = &mut lists.all[usize::from(number)];
        match list.split_at(1) {
            ("<", words) => leading.add(words),
            (_, words) => trailing.add(words),
        }
    }
    lists
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_words() {
        let cases = [
            ("fr", "jusqu", true),
            ("de", "hab", true),
            ("it", "dell", true),
            ("el", "απ", true),
            ("he", "ג", true),
            ("fr", "hab", false),
            ("es", "l", false),
            ("sv", "hus", false),
        ];
        for (tag, word, expected) in cases {
            let elided = Elided::of(Language::from_tag(tag));
            assert_eq!(elided.trails(word, true), expected, "{tag} {word}");
        }
        assert!(Elided::of(Language::from_tag("nl")).leads("s", true));
        assert!(Elided::of(Language::from_tag("sv")).has_genitive());
        assert!(!Elided::of(Language::from_tag("fr")).has_genitive());
        assert!(!Elided::of(Language::from_tag("de")).trails("hans", false));
    }
}
