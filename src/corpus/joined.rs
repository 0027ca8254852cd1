//! The same name with a hyphen and without, where the corpus has it: Mao Tse-tung and Mao Tsetung.

use smallvec::SmallVec;

use crate::names::with_capital;

use super::index::CorpusIndex;
use super::names::{Names, WholeName, WordId, letters};
use super::whereabouts::NameIn;

/// The words of a name.
type Words = SmallVec<[WordId; 3]>;

impl NameIn {
    /// The words in their order.
    pub fn words(self) -> impl Iterator<Item = WordId> {
        let (word, whole) = match self {
            Self::Word(word) => (Some(word), None),
            Self::Whole(whole) => (None, Some(whole)),
        };
        word.into_iter().chain(whole.into_iter().flat_map(WholeName::words))
    }

    /// The words without what stands between them.
    pub fn text(self, names: &Names) -> String {
        match self {
            Self::Word(word) => names.text(word).to_string(),
            Self::Whole(whole) => whole.text(names),
        }
    }

    /// `None` of more words than a mention is asked for.
    fn of(words: &[WordId]) -> Option<Self> {
        let whole = |given, middle, family| Self::Whole(WholeName { given, middle, family });
        match *words {
            [word] => Some(Self::Word(word)),
            [given, family] => Some(whole(given, None, family)),
            [given, middle, family] => Some(whole(given, Some(middle), family)),
            _ => None,
        }
    }
}

impl CorpusIndex {
    /// The names of the corpus that have the same letters as one, and hyphens elsewhere. A few look-ups for
    /// each word that may be joined ([`Names::may_be_joined`]).
    pub fn joined_otherwise(&self, name: NameIn) -> Vec<NameIn> {
        let words: Words = name.words().collect();
        let mut found: Vec<NameIn> = Vec::new();
        for at in (0..words.len()).filter(|&at| self.names().may_be_joined(words[at])) {
            let others = self.divided(&words, at).into_iter().chain(self.joined(&words, at));
            found.extend(others.filter_map(|other| NameIn::of(&other)));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&other| other != name && self.has(other));
        found
    }

    /// Without the hyphens of a word: in one word, and in several.
    fn divided(&self, words: &[WordId], at: usize) -> Vec<Words> {
        let names = self.names();
        let (text, language) = names.word_of(words[at]);
        if !text.contains('-') {
            return Vec::new();
        }
        let find = |parts: &[String]| -> Option<Words> {
            let found: Option<Words> =
                parts.iter().map(|part| names.find(&with_capital(part), language)).collect();
            Some(replaced(words, at, at + 1, &found?))
        };
        let in_words: Vec<String> = text.split('-').map(str::to_owned).collect();
        let first_alone: Vec<String> = text.splitn(2, '-').map(str::to_owned).collect();
        [vec![letters(&text)], in_words, first_alone]
            .iter()
            .filter_map(|parts| find(parts))
            .collect()
    }

    /// With the hyphens that another word of the corpus has.
    fn joined(&self, words: &[WordId], at: usize) -> Vec<Words> {
        let names = self.names();
        let text = |words: &[WordId]| -> String {
            words.iter().map(|word| letters(&names.text(*word))).collect()
        };
        let mut found = Vec::new();
        for other in names.hyphenated(words[at]) {
            let whole = text(&[other]);
            let from = (0..=at).find(|&from| text(&words[from..=at]) == whole);
            found.extend(from.map(|from| replaced(words, from, at + 1, &[other])));
        }
        found
    }

    /// Whether the corpus has a name, and nothing stands between its words.
    fn has(&self, name: NameIn) -> bool {
        match name {
            NameIn::Word(word) => self.names().seen(word) > 0,
            NameIn::Whole(whole) => self
                .mentions_in_full(whole.family)
                .any(|mention| mention.whole() == Some(whole) && !mention.has_particle()),
        }
    }
}

fn replaced(words: &[WordId], from: usize, to: usize, by: &[WordId]) -> Words {
    words[..from].iter().chain(by).chain(&words[to..]).copied().collect()
}
