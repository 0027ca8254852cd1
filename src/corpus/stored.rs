//! A document's facts as they are kept outside of a corpus, which numbers words in its own way.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::markup::Language;

use super::names::WordId;
use super::{CorpusIndex, DocumentFacts};

/// The facts of one document, with its words; its mentions count in these.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredFacts {
    words: Vec<(Arc<str>, Language)>,
    facts: DocumentFacts,
}

impl StoredFacts {
    /// Takes facts out of the corpus that they were found for. Linear in the facts.
    pub fn of(mut facts: DocumentFacts, index: &CorpusIndex) -> Self {
        let mut words = Vec::new();
        let mut numbers: FxHashMap<WordId, WordId> = FxHashMap::default();
        for word in facts.mentions.iter_mut().flat_map(|mention| mention.words_mut()) {
            *word = *numbers.entry(*word).or_insert_with(|| {
                words.push(index.names.word_of(*word));
                WordId::new(words.len() - 1)
            });
        }
        Self { words, facts }
    }

    /// The facts as a corpus numbers them; `None` if they are not what was once stored.
    pub fn into_facts(self, index: &CorpusIndex) -> Option<DocumentFacts> {
        let Self { words, mut facts } = self;
        let numbers: Vec<WordId> =
            words.iter().map(|(text, language)| index.names.intern(text, *language)).collect();
        for word in facts.mentions.iter_mut().flat_map(|mention| mention.words_mut()) {
            *word = *numbers.get(word.number())?;
        }
        Some(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Settings, analyse};
    use crate::markup::Format;

    #[test]
    fn facts_are_the_same_in_another_corpus() {
        let other = "It was Mr Zubov, and Anna Kostroma.";
        let source = "Mr Kostroma saw Anna Zubov [sic], <a href='b.html#x' id='here'>there</a>.";
        let index = |texts: &[&str]| {
            let index = CorpusIndex::default();
            for (number, text) in texts.iter().enumerate() {
                let analysis = analyse(Arc::from(*text), Format::Html, &Settings::default());
                let facts = DocumentFacts::of(&analysis, &index);
                index.insert(Arc::from(number.to_string()), facts);
            }
            index
        };
        let (first, second) = (index(&[source]), index(&[other]));
        let analysis = analyse(Arc::from(source), Format::Html, &Settings::default());
        let facts = DocumentFacts::of(&analysis, &first);
        let stored = postcard::to_allocvec(&StoredFacts::of(facts, &first)).expect("plain data");
        let stored: StoredFacts = postcard::from_bytes(&stored).expect("as it was");
        let restored = stored.into_facts(&second).expect("as it was");
        let fresh = DocumentFacts::of(&analysis, &second);
        assert_eq!(format!("{restored:?}"), format!("{fresh:?}"));
        assert!(!fresh.mentions.is_empty() && !fresh.links.is_empty() && !fresh.anchors.is_empty());
    }
}
