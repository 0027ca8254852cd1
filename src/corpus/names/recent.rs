//! The words that were last asked for: a document has most of its names again and again, and the corpus
//! is asked for each of them once.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::WordId;

/// So many words are remembered at most: few enough that an empty list costs nothing beside a page of
/// text.
const SLOTS: usize = 256;

/// Words of one language with their numbers, each in the place that its hash tells, the last one of those
/// that share it.
pub(super) struct Recent<'t>([Option<(&'t str, WordId)>; SLOTS]);

impl<'t> Recent<'t> {
    pub(super) fn new() -> Self {
        Self([None; SLOTS])
    }

    /// The number of a word, which `ask` tells where it is not remembered.
    pub(super) fn get(&mut self, text: &'t str, ask: impl FnOnce() -> WordId) -> WordId {
        // The high bits are the better ones.
        let slot = (FxBuildHasher.hash_one(text) >> (u64::BITS - SLOTS.ilog2())) as usize;
        match self.0[slot] {
            Some((known, id)) if known == text => id,
            _ => {
                let id = ask();
                self.0[slot] = Some((text, id));
                id
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_asked_for_once_and_never_taken_for_another_one() {
        let words: Vec<String> = (0..2000).map(|number| format!("Name{number}")).collect();
        let mut recent = Recent::new();
        let mut asked = 0;
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                let mut ask = || {
                    recent.get(word, || {
                        asked += 1;
                        WordId::new(number)
                    })
                };
                assert_eq!([ask(), ask()], [WordId::new(number); 2]);
            }
        }
        assert!(asked <= 2 * words.len(), "{asked}");
    }
}
