//! Words that stand beside names and inside them, by language.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::Language;

type Set = FxHashSet<&'static str>;

/// What one language puts beside its names.
#[derive(Debug, Default)]
pub(super) struct Words {
    titles: Set,
    openers: Set,
    particles: Set,
    articles: Set,
    joined: Set,
}

impl Words {
    /// A title or an office before a name: `Mr`, `Marshal`, `товарищ`.
    pub(super) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// A word that has a capital at the head of a sentence and names nobody.
    pub(super) fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// A small word inside a name: `von`, `de`, `ibn`.
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// A given name that a hyphen joins to another one: `Jean-Jacques`.
    pub(super) fn is_joined(&self, word: &str) -> bool {
        self.joined.contains(word)
    }

    /// A word that stands before a noun, in languages that give nouns capitals.
    pub(super) fn is_article(&self, word: &str) -> bool {
        self.articles.contains(word)
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
            let set = match kind {
                "title" => &mut words.titles,
                "opener" => &mut words.openers,
                "particle" => &mut words.particles,
                "joined" => &mut words.joined,
                _ => &mut words.articles,
            };
            set.extend(list.split(' '));
        }
    }
    words
});

/// The words of a language; of one that has no list those of English.
pub(super) fn words_of(language: Language) -> &'static Words {
    WORDS.get(language.code()).unwrap_or_else(|| &WORDS["en"])
}

/// Whether a language writes all its nouns with a capital, as German does.
pub fn capitalises_nouns(language: Language) -> bool {
    matches!(language.code(), "de" | "lb")
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
