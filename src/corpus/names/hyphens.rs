//! Which words of the corpus are one with a hyphen and without, alone or with the words before them: `Tse-tung`,
//! `Tsetung` and `Tse Tung`. Few names have a hyphen, so that is found out when a word comes into the corpus, and
//! nobody asks for it again of most names.

use std::hash::BuildHasher;
use std::sync::atomic::Ordering;

use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::names;

use super::{Names, WordId};

/// A word of a corpus without its hyphens, or without what stands before one of them.
fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(letters(text))
}

/// The small letters of a word.
pub(in crate::corpus) fn letters(text: &str) -> String {
    text.to_lowercase().replace('-', "")
}

/// The ends of a word with hyphens: `Chou-En-lai`, `En-lai`, `lai`.
fn ends(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.match_indices('-').map(|(at, _)| &text[at + 1..]);
    std::iter::once(text).chain(behind).filter(|end| !end.is_empty())
}

impl Names {
    /// Notes of a new word which others may be the same with hyphens or without.
    pub(super) fn note_hyphens(&self, id: WordId) {
        let word = self.word(id);
        if !word.text.contains('-') {
            // Another thread that adds a word with a hyphen meanwhile finds this one and says so.
            let is_one = |_| word.may_be_joined.store(true, Ordering::Release);
            self.hyphenated.each(hash(&word.text), is_one);
            return;
        }
        word.may_be_joined.store(true, Ordering::Release);
        for end in ends(&word.text) {
            self.hyphenated.add(hash(end), id);
            if let Some(plain) = self.find(&names::with_capital(&letters(end)), word.language) {
                self.word(plain).may_be_joined.store(true, Ordering::Release);
            }
        }
    }

    /// Whether the word has a hyphen, or another word of the corpus ends in it behind one or is the same with
    /// one.
    pub fn may_be_joined(&self, id: WordId) -> bool {
        self.word(id).may_be_joined.load(Ordering::Acquire)
    }

    /// The words with hyphens that are the same word or end in it.
    pub(in crate::corpus) fn hyphenated(&self, id: WordId) -> SmallVec<[WordId; 2]> {
        let word = self.word(id);
        let mut found = SmallVec::new();
        self.hyphenated.each(hash(&word.text), |other| found.push(other));
        found.retain(|&mut other| other != id && self.word(other).language == word.language);
        found
    }
}
