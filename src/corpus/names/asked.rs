//! The words that documents ask for again and again. They are found in one step, without a lock, and
//! without a look at what else is known of a word, which mostly is in no cache of the processor.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::markup::Language;
use crate::text::ProseSpan;

use super::{ODD, WordId};

/// So many words are remembered at most. The frequent names of a corpus are among the first that are asked
/// for.
const SLOTS: usize = 1 << 15;

/// So many words may share a hash: they stand in one line of the processor's cache.
const BESIDE: usize = 2;

/// Words with their numbers, each in one of the places that its hash tells. None is ever taken out, so what is
/// there can be read while others write.
#[derive(Debug)]
pub(super) struct Asked(Box<[[Slot; BESIDE]]>);

impl Default for Asked {
    fn default() -> Self {
        Self((0..SLOTS / BESIDE).map(|_| <[Slot; BESIDE]>::default()).collect())
    }
}

impl Asked {
    /// The number of a word: the remembered one, else what `ask` tells. Of what is no packed word nothing
    /// is remembered.
    pub(super) fn get(
        &self,
        word: Option<Packed>,
        ask: impl FnOnce() -> Option<WordId>,
    ) -> Option<WordId> {
        let Some(word) = word else {
            return ask();
        };
        // The high bits are the better ones.
        let shift = u64::BITS - (SLOTS / BESIDE).ilog2();
        let slots = &self.0[(word.hash() >> shift) as usize];
        let known = slots.iter().find_map(|slot| slot.get(word));
        known.or_else(|| {
            let found = ask()?;
            // Another thread may put it in beside; that does no harm.
            slots.iter().any(|slot| slot.put(word, found));
            Some(found)
        })
    }
}

/// A short word of a language as numbers, so that two are compared without reading letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed {
    /// Its first bytes and the others, the first one lowest.
    head: u64,
    tail: u64,
    /// How many bytes it has, and the code of its language; never 0.
    kind: u32,
}

/// No word of more bytes is packed.
const MOST_BYTES: usize = 16;

impl Packed {
    /// `None` of a word of more than sixteen bytes, and of one in a region's form of a language.
    pub(super) fn of(word: &str, language: Language) -> Option<Self> {
        let mut bytes = [0; MOST_BYTES];
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        Self::new(u128::from_le_bytes(bytes), word.len(), language)
    }

    /// The same of the word that stands somewhere in a text, which takes fewer steps where that goes on.
    pub(super) fn at(text: &str, word: ProseSpan, language: Language) -> Option<Self> {
        let length = word.end - word.start;
        match text.as_bytes()[word.start..].first_chunk() {
            Some(bytes) if (1..=MOST_BYTES).contains(&length) => {
                let behind = u128::BITS - 8 * length as u32;
                Self::new(u128::from_le_bytes(*bytes) << behind >> behind, length, language)
            }
            _ => Self::of(word.of(text), language),
        }
    }

    /// Of the bytes of a word as a number.
    fn new(bytes: u128, length: usize, language: Language) -> Option<Self> {
        let [first, second] = language.two_letters()?;
        let kind = u32::from_le_bytes([length as u8, first, second, 0]);
        Some(Self { head: bytes as u64, tail: (bytes >> u64::BITS) as u64, kind })
    }

    fn hash(self) -> u64 {
        let mixed = (self.head ^ u64::from(self.kind)).wrapping_mul(ODD);
        (mixed.rotate_left(32) ^ self.tail).wrapping_mul(ODD)
    }
}

/// The place of one word. It is written once.
#[derive(Debug, Default)]
#[repr(align(32))]
struct Slot {
    head: AtomicU64,
    tail: AtomicU64,
    /// The kind of the word and its number; 0 where there is none, and [`WRITING`] while it is written.
    told: AtomicU64,
}

/// No word is of this kind.
const WRITING: u64 = u64::MAX;

impl Slot {
    /// The number of this word, if it stands here.
    fn get(&self, word: Packed) -> Option<WordId> {
        let told = self.told.load(Ordering::Acquire);
        let is_it = (told >> u32::BITS) as u32 == word.kind
            && self.head.load(Ordering::Relaxed) == word.head
            && self.tail.load(Ordering::Relaxed) == word.tail;
        NonZeroU32::new(told as u32).filter(|_| is_it).map(WordId)
    }

    /// Puts a word here if there is none yet; whether it was so.
    fn put(&self, word: Packed, id: WordId) -> bool {
        let free = self.told.load(Ordering::Relaxed) == 0;
        let is_mine = free
            && self.told.compare_exchange(0, WRITING, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if is_mine {
            self.head.store(word.head, Ordering::Relaxed);
            self.tail.store(word.tail, Ordering::Relaxed);
            let told = u64::from(word.kind) << u32::BITS | u64::from(id.0.get());
            self.told.store(told, Ordering::Release);
        }
        is_mine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks for a word that is known by its place in a list.
    fn ask(asked: &Asked, words: &[(String, Language)], number: usize) -> Option<WordId> {
        let (text, language) = &words[number];
        asked.get(Packed::of(text, *language), || Some(WordId::new(number)))
    }

    #[test]
    fn a_word_is_never_taken_for_another_one() {
        let languages = [Language::ENGLISH, Language::GERMAN];
        let words: Vec<(String, Language)> = (0..3 * SLOTS)
            .map(|number| (format!("Name{}", number / 2), languages[number % 2]))
            .collect();
        let asked = Asked::default();
        for number in (0..words.len()).chain(0..words.len()) {
            assert_eq!(
                [(); 2].map(|()| ask(&asked, &words, number)),
                [Some(WordId::new(number)); 2]
            );
        }
        let nothing = asked.get(Packed::of("Nobody", Language::ENGLISH), || None);
        assert_eq!(nothing, None);
    }

    #[test]
    fn a_name_that_was_asked_for_is_not_asked_for_again() {
        let asked = Asked::default();
        for (number, name) in ["Li", "Ivan", "Lenin", "Trotsky", "Kaganovich"].iter().enumerate() {
            let id = Some(WordId::new(number));
            let word = Packed::of(name, Language::ENGLISH);
            assert_eq!(asked.get(word, || id), id);
            assert_eq!(asked.get(word, || None), id, "{name}");
        }
    }

    #[test]
    fn words_with_one_head_and_one_tail_are_kept_apart() {
        let lengths = (1..20).map(|length| "a".repeat(length));
        let inside = ["Aaa", "Aba", "Abba", "Lomnina", "Lonnina", "Alexandrovich", "Alexandrowich"];
        let words = lengths.chain(inside.map(str::to_owned));
        let words: Vec<_> = words.map(|word| (word, Language::ENGLISH)).collect();
        let alike: Vec<Packed> =
            words.iter().filter_map(|(word, language)| Packed::of(word, *language)).collect();
        for (at, word) in alike.iter().enumerate() {
            assert!(!alike[..at].contains(word), "{at}");
        }
        let asked = Asked::default();
        for number in (0..words.len()).chain(0..words.len()) {
            assert_eq!(ask(&asked, &words, number), Some(WordId::new(number)));
        }
    }

    #[test]
    fn a_word_is_the_same_wherever_it_stands() {
        let long = "Ordzhonikidzevskii";
        for word in (0..=long.len()).map(|length| &long[..length]) {
            for (before, behind) in [("", ""), ("With ", " it came"), ("né ", " — a name of many")]
            {
                let text = format!("{before}{word}{behind}");
                let place = ProseSpan::new(before.len(), before.len() + word.len());
                let packed = Packed::at(&text, place, Language::ENGLISH);
                assert!(packed == Packed::of(word, Language::ENGLISH), "{text}");
                assert_eq!(packed.is_some(), word.len() <= MOST_BYTES, "{text}");
            }
        }
    }

    #[test]
    fn threads_that_ask_at_once_are_told_the_same() {
        let names: Vec<String> = (0..2 * SLOTS).map(|number| format!("Name{number}")).collect();
        let words: Vec<_> = names.into_iter().map(|name| (name, Language::ENGLISH)).collect();
        let asked = Asked::default();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..words.len() {
                        assert_eq!(ask(&asked, &words, number), Some(WordId::new(number)));
                    }
                });
            }
        });
    }
}
