//! Words that stand beside names and inside them, by language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::markup::Language;

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
}

/// No small word inside a name is longer, in bytes.
pub(super) const LONGEST_PARTICLE: usize = 8;

/// What one language puts beside its names.
#[derive(Debug, Default)]
pub(super) struct Words {
    roles: FxHashMap<&'static str, Roles>,
}

impl Words {
    /// What a word does beside names; most do nothing.
    pub(super) fn roles(&self, word: &str) -> Roles {
        self.roles.get(word).copied().unwrap_or_default()
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
        let mut letters = word.chars();
        let head = letters.next().map(|first| first.to_uppercase().collect::<String>());
        word.chars().nth(2).is_some()
            && head.is_some_and(|head| self.is_opener(&(head + letters.as_str())))
    }

    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.roles(word).is_particle
    }

    pub(super) fn is_joined(&self, word: &str) -> bool {
        self.roles(word).is_joined
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    let rows = || {
        let lines = include_str!("data/beside-names.tsv").lines();
        lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
    };
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
                let roles = words.roles.entry(word).or_default();
                match kind {
                    "title" => roles.is_title = true,
                    "opener" => roles.is_opener = true,
                    "particle" => roles.is_particle = true,
                    "joined" => roles.is_joined = true,
                    _ => roles.is_article = true,
                }
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
        let words = WORDS.values().flat_map(|words| &words.roles);
        for (word, _) in words.filter(|(_, roles)| roles.is_particle) {
            assert!(word.len() <= LONGEST_PARTICLE, "{word}");
        }
    }
}
