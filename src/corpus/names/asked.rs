//! The words that were last asked for by all documents. Most of what a document asks for another one has
//! asked for before, and here it is found in one step and without a lock.

use std::hash::BuildHasher;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxBuildHasher;

use crate::markup::Language;

use super::WordId;

/// So many words are remembered at most: the frequent names of a large corpus.
const SLOTS: usize = 1 << 14;

/// The numbers of words, each in the place that its hash tells, the last one of those that share it; 0 where
/// there is none.
#[derive(Debug)]
pub(super) struct Asked(Box<[AtomicU32]>);

impl Default for Asked {
    fn default() -> Self {
        Self((0..SLOTS).map(|_| AtomicU32::new(0)).collect())
    }
}

impl Asked {
    /// The number of a word in a language: the remembered one if `is_it` says so, else what `ask` tells.
    pub(super) fn get(
        &self,
        (text, language): (&str, Language),
        is_it: impl FnOnce(WordId) -> bool,
        ask: impl FnOnce() -> Option<WordId>,
    ) -> Option<WordId> {
        // The high bits are the better ones.
        let hash = FxBuildHasher.hash_one((text, language));
        let slot = &self.0[(hash >> (u64::BITS - SLOTS.ilog2())) as usize];
        // A number is never taken back, so an old one does no harm.
        let known = NonZeroU32::new(slot.load(Ordering::Acquire)).map(WordId);
        if let Some(known) = known.filter(|known| is_it(*known)) {
            return Some(known);
        }
        let found = ask()?;
        slot.store(found.0.get(), Ordering::Release);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_never_taken_for_another_one() {
        let languages = [Language::ENGLISH, Language::UNKNOWN];
        let words: Vec<(String, Language)> = (0..3 * SLOTS)
            .map(|number| (format!("Name{}", number / 2), languages[number % 2]))
            .collect();
        let asked = Asked::default();
        let ask = |number: usize| {
            let (text, language) = &words[number];
            let is_it = |known: WordId| words[known.number()] == words[number];
            asked.get((text, *language), is_it, || Some(WordId::new(number)))
        };
        for number in (0..words.len()).chain(0..words.len()) {
            assert_eq!([ask(number), ask(number)], [Some(WordId::new(number)); 2]);
        }
        let nothing = asked.get(("Nobody", Language::ENGLISH), |_| false, || None);
        assert_eq!(nothing, None);
    }
}
