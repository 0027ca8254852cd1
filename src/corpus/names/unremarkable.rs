//! Words of which the rules have nothing to say. Nearly all mentions have no others, and each rule looks at
//! each mention; so what is known of a word stands in one number, beside those of the other frequent words,
//! and not only with all else that is kept of it, which mostly is in no cache of the processor.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::markup::Language;

use super::{MentionFact, NOBODY, Names, WordId, right_in};

/// So many words are told of at most. The frequent words of a corpus have low numbers, since they come early.
const SLOTS: usize = 1 << 15;

/// How often a rare word may be there: what is there more often is nobody's misprint.
pub const MOST_OF_RARE: u32 = 2;

/// No other word is like it, or it is the right one of those.
const RIGHT: u64 = 1;
/// No other word is like it.
const LONELY: u64 = 1 << 1;
/// The authority knows nobody of the name.
const OF_NOBODY: u64 = 1 << 2;
/// It is too frequent for a misprint.
const FREQUENT: u64 = 1 << 3;
/// So many bits say what is known of a word.
const KNOWN_BITS: u32 = 4;
/// So many bits behind them are the number of a word; of others nothing is remembered.
const NUMBER_BITS: u32 = 27;

/// What is known of words in a state of the corpus, each in the place that its number tells. The highest
/// bits say in which state, as [`right_in`] has it.
#[derive(Debug)]
pub(super) struct Remembered(Box<[AtomicU64]>);

impl Default for Remembered {
    fn default() -> Self {
        Self((0..SLOTS).map(|_| AtomicU64::new(0)).collect())
    }
}

/// What is known of the words of a corpus as it is, for documents in one language.
#[derive(Clone, Copy, Debug)]
pub struct Unremarkable<'n> {
    names: &'n Names,
    /// The state of the corpus in a language.
    now: u64,
}

impl Names {
    /// What is known of words as the corpus is now. What it tells holds until the corpus changes.
    pub fn unremarkable(&self, language: Language) -> Unremarkable<'_> {
        Unremarkable { names: self, now: right_in(self.state(), language) }
    }
}

impl Unremarkable<'_> {
    /// Whether it is known already that no word of a mention is spelt otherwise than the corpus spells it,
    /// nor the mention as a whole, if no scheme is set and no markup tells whom it means.
    pub fn is_spelt_as_ever(&self, mention: &MentionFact) -> bool {
        match (mention.given, mention.middle) {
            (None, _) => self.is_known(mention.family, RIGHT | OF_NOBODY),
            (Some(given), None) => {
                self.is_known(mention.family, RIGHT | LONELY | OF_NOBODY)
                    && self.is_known(given, RIGHT | LONELY)
            }
            (Some(_), Some(_)) => false,
        }
    }

    /// Whether each word of a mention is too frequent for a misprint.
    pub fn is_frequent(&self, mention: &MentionFact) -> bool {
        let is_frequent = |word: WordId| self.is_known(word, FREQUENT);
        is_frequent(mention.family)
            && mention.given.is_none_or(is_frequent)
            && mention.middle.is_none_or(is_frequent)
    }

    /// Whether all of this is known of a word.
    fn is_known(&self, id: WordId, wanted: u64) -> bool {
        let slot = &self.names.remembered.0[id.number() % SLOTS];
        let told = slot.load(Ordering::Relaxed);
        let own = self.now << (NUMBER_BITS + KNOWN_BITS) | (id.number() as u64) << KNOWN_BITS;
        if told >> KNOWN_BITS == own >> KNOWN_BITS && told & wanted == wanted {
            return true;
        }
        let known = self.find_out(id);
        if id.number() >> NUMBER_BITS == 0 {
            slot.store(own | known, Ordering::Relaxed);
        }
        known & wanted == wanted
    }

    /// What others have found out about a word.
    fn find_out(&self, id: WordId) -> u64 {
        let word = self.names.word(id);
        let is_lonely = self.names.is_lonely(id);
        let is_right = is_lonely || word.right.load(Ordering::Relaxed) == self.now;
        let may_be_joined = word.may_be_joined.load(Ordering::Acquire);
        let told = [
            (RIGHT, is_right && !may_be_joined),
            (LONELY, is_lonely),
            (OF_NOBODY, word.nobody.load(Ordering::Relaxed) == NOBODY),
            (FREQUENT, word.seen.load(Ordering::Relaxed) > MOST_OF_RARE),
        ];
        told.iter().filter(|(_, is_so)| *is_so).map(|(bit, _)| bit).sum()
    }
}
