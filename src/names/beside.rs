//! Words that stand beside names and inside them, by language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::markup::Language;
use crate::text::ProseSpan;

use super::{ODD, ascii, with_capital};

/// What a word does beside names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// A title or an office before a name: `Mr`, `Marshal`, `товарищ`.
    pub(super) is_title: bool,
    /// A word that has a capital at the head of a sentence and names nobody.
    pub(super) is_opener: bool,
    /// A small word inside a name: `von`, `de`, `ibn`.
    pub(super) is_particle: bool,
    /// A word that stands before a noun, in languages that give nouns capitals.
    pub(super) is_article: bool,
    /// A given name that a hyphen joins to another one: `Jean-Jacques`.
    pub(super) is_joined: bool,
    /// What stands behind a name: `Jr`.
    pub(super) is_suffix: bool,
}

/// No small word inside a name is longer, in bytes.
pub(super) const LONGEST_PARTICLE: usize = 8;

/// What one language puts beside its names.
#[derive(Debug)]
pub(super) struct Words {
    /// A bit for each hash that one of the words has: most words of a text are told by that to do nothing.
    hashes: Box<[u64; FILTER_BITS / 64]>,
    /// Those of so few letters that they are numbers ([`ascii::as_number`]), as most are.
    short: FxHashMap<u64, Roles>,
    long: FxHashMap<&'static str, Roles>,
    /// The bytes that particles begin with.
    particle_heads: [bool; 256],
    /// The bytes that are words by themselves and can do nothing but open a sentence.
    openers_alone: [bool; 256],
}

/// A dozen times as many as a language has words, and they stay in the nearest cache of the processor.
const FILTER_BITS: usize = 1 << 13;

impl Default for Words {
    fn default() -> Self {
        Self {
            hashes: Box::new([0; FILTER_BITS / 64]),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            particle_heads: [false; 256],
            openers_alone: [false; 256],
        }
    }
}

impl Words {
    /// What a word does beside names; most do nothing.
    pub(super) fn roles(&self, word: &str) -> Roles {
        self.roles_at(word, ProseSpan::new(0, word.len()))
    }

    /// What the word that stands somewhere in a text does. It takes fewer steps where that goes on.
    pub(super) fn roles_at(&self, text: &str, word: ProseSpan) -> Roles {
        let number = ascii::number_at(text.as_bytes(), word.start, word.end);
        let (at, bit) = place(number.unwrap_or_else(|| ends(word.of(text))));
        if self.hashes[at] & bit == 0 {
            return Roles::default();
        }
        let roles = match number {
            Some(number) => self.short.get(&number),
            None => self.long.get(word.of(text)),
        };
        roles.copied().unwrap_or_default()
    }

    fn add(&mut self, word: &'static str, kind: &str) {
        let number = ascii::as_number(word.as_bytes());
        let (at, bit) = place(number.unwrap_or_else(|| ends(word)));
        self.hashes[at] |= bit;
        let roles = match number {
            Some(number) => self.short.entry(number).or_default(),
            None => self.long.entry(word).or_default(),
        };
        match kind {
            "title" => roles.is_title = true,
            "opener" => roles.is_opener = true,
            "particle" => {
                roles.is_particle = true;
                self.particle_heads[head(word)] = true;
            }
            "joined" => roles.is_joined = true,
            "suffix" => roles.is_suffix = true,
            _ => roles.is_article = true,
        }
        if word.len() == 1 {
            self.openers_alone[head(word)] = roles.is_opener && !roles.is_title && !roles.is_suffix;
        }
    }

    /// Whether any particle begins with the first byte of a text.
    pub(super) fn may_open_particle(&self, text: &str) -> bool {
        self.particle_heads[head(text)]
    }

    /// Whether a word of one byte is an opener, and neither a title nor a suffix.
    pub(super) fn opens_alone(&self, word: u8) -> bool {
        self.openers_alone[usize::from(word)]
    }

    pub(super) fn is_title(&self, word: &str) -> bool {
        self.roles(word).is_title
    }

    pub(super) fn is_opener(&self, word: &str) -> bool {
        self.roles(word).is_opener
    }

    /// Whether a text goes on with a word that is often at the head of a sentence, in small letters,
    /// where a hyphen stands for a dash: `the Nation-the people`. Syllables of Chinese and Korean
    /// names have two letters as well.
    pub(super) fn is_small_word(&self, text: &str) -> bool {
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word.chars().nth(2).is_some() && self.is_opener(&with_capital(word))
    }

    pub(super) fn is_suffix(&self, word: &str) -> bool {
        self.roles(word).is_suffix
    }

    pub(super) fn is_joined(&self, word: &str) -> bool {
        self.roles(word).is_joined
    }
}

/// The first byte of a word; 0 if it has none.
fn head(word: &str) -> usize {
    word.as_bytes().first().copied().unwrap_or(0).into()
}

/// The first and the last bytes of a long word, and how many it has.
fn ends(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let eight = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |eight| u64::from_le_bytes(*eight));
    let (head, tail) = (eight(bytes.first_chunk()), eight(bytes.last_chunk()));
    head ^ tail.rotate_left(24) ^ bytes.len() as u64
}

/// Where the bit of a number is among those of the hashes.
fn place(number: u64) -> (usize, u64) {
    let bit = (number.wrapping_mul(ODD) >> (u64::BITS - FILTER_BITS.ilog2())) as usize;
    (bit / 64, 1 << (bit % 64))
}

/// Languages (`*`: all of them), kinds, and words between spaces.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = include_str!("data/beside-names.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

static WORDS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Words> = FxHashMap::default();
    for (language, ..) in rows().filter(|(language, ..)| *language != "*") {
        words.entry(language).or_default();
    }
    for (language, kind, list) in rows() {
        for (known, words) in &mut words {
            if language != "*" && language != *known {
                continue;
            }
            for word in list.split(' ') {
                words.add(word, kind);
            }
        }
    }
    words
});

static ENGLISH: LazyLock<&Words> = LazyLock::new(|| &WORDS["en"]);

/// The words of a language; of one that has no list those of English.
pub(super) fn words_of(language: Language) -> &'static Words {
    if language.is_read_as_english() {
        return &ENGLISH;
    }
    WORDS.get(language.code()).unwrap_or(&ENGLISH)
}

/// Articles, prepositions and conjunctions of other languages that are no English words: what stands
/// behind one of them is a word of its language too.
pub const FOREIGN_SMALL_WORDS: &[&str] = &[
    "au", "aux", "das", "dei", "del", "della", "delle", "dem", "des", "du", "ein", "eine", "el",
    "et", "für", "gli", "il", "la", "las", "le", "les", "los", "nel", "nella", "sur", "und", "une",
    "vom", "zum", "zur",
];

/// Articles of French, Italian and Spanish, with the prepositions that they grow together with.
pub const ROMANCE_ARTICLES: &[&str] = &[
    "ai", "al", "alla", "alle", "au", "aux", "dai", "dal", "dalla", "dalle", "degli", "dei", "del",
    "della", "delle", "dello", "des", "du", "el", "gli", "i", "il", "la", "las", "le", "les", "lo",
    "los", "nei", "nel", "nella", "nelle", "sui", "sul", "sulla", "sulle", "un", "una", "unas",
    "une", "uno", "unos",
];

/// Whether a word opens sentences in some language: `Notre`.
pub fn is_opener_somewhere(word: &str) -> bool {
    WORDS.values().any(|words| words.is_opener(word))
}

/// Whether a word stands behind names and is no part of them: `Jr`, without its full stop.
pub fn is_suffix(word: &str) -> bool {
    ENGLISH.is_suffix(word)
}

/// Whether a language writes all its nouns with a capital, as German does.
pub fn capitalises_nouns(language: Language) -> bool {
    !language.is_english() && matches!(language.code(), "de" | "lb")
}

/// Articles and conjunctions that French and Italian join to a name by an apostrophe.
pub(super) fn is_elided(word: &str, language: Language) -> bool {
    let elided: &[&str] = match language.code() {
        "fr" => &["l", "d", "j", "c", "s", "n", "m", "t", "qu", "lorsqu", "puisqu", "jusqu"],
        "it" => &[
            "l", "d", "un", "dell", "all", "dall", "nell", "sull", "coll", "quell", "quest", "c",
            "s", "m", "t", "v", "anch", "sant",
        ],
        _ => return false,
    };
    elided.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_short() {
        for (.., particles) in rows().filter(|(_, kind, _)| *kind == "particle") {
            for word in particles.split(' ') {
                assert!(word.len() <= LONGEST_PARTICLE, "{word}");
            }
        }
    }

    #[test]
    fn every_word_of_the_lists_is_found_and_none_that_only_begins_so() {
        for (language, kind, list) in rows().filter(|(language, ..)| *language != "*") {
            let words = &WORDS[language];
            for word in list.split(' ') {
                assert_ne!(words.roles(word), Roles::default(), "{language} {kind} {word}");
            }
        }
        let english = words_of(Language::ENGLISH);
        assert!(english.is_opener("The") && english.is_opener("Nevertheless"));
        for other in ["", "T", "Th", "Thee", "TheThe", "Neverthelessly"] {
            assert!(!english.is_opener(other), "{other}");
        }
    }
}
