//! Words by a hash of what they have in common with others. Hardly any hash has two words, so the first
//! one of each stands by itself: a corpus has many hashes.

use dashmap::{DashMap, Entry};
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::WordId;

#[derive(Debug, Default)]
pub(super) struct Filed {
    first: DashMap<u64, WordId, FxBuildHasher>,
    /// All but the first.
    others: DashMap<u64, SmallVec<[WordId; 2]>, FxBuildHasher>,
}

impl Filed {
    /// Files a word under a hash, once.
    pub(super) fn add(&self, hash: u64, word: WordId) {
        match self.first.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(word);
            }
            Entry::Occupied(first) if *first.get() != word => {
                // Held until then: who finds the first finds the others.
                let mut others = self.others.entry(hash).or_default();
                if !others.contains(&word) {
                    others.push(word);
                }
                drop(others);
                drop(first);
            }
            Entry::Occupied(_) => {}
        }
    }

    /// Gives the words that are filed under a hash.
    pub(super) fn each(&self, hash: u64, mut with: impl FnMut(WordId)) {
        let Some(first) = self.first.view(&hash, |_, word| *word) else {
            return;
        };
        with(first);
        self.others.view(&hash, |_, others| others.iter().copied().for_each(with));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_once_under_each_of_its_hashes() {
        let filed = Filed::default();
        for (hash, word) in [(7, 1), (7, 2), (7, 1), (7, 3), (7, 2), (9, 3), (8, 4)] {
            filed.add(hash, WordId::new(word));
        }
        let under = |hash: u64| {
            let mut found = Vec::new();
            filed.each(hash, |word| found.push(word.number()));
            found
        };
        assert_eq!(
            [under(7), under(8), under(9), under(1)],
            [vec![1, 2, 3], vec![4], vec![3], vec![]]
        );
    }
}
