//! The names of a corpus: every word that names somebody, how often and where.
//!
//! A document that changes puts its new mentions in the place of its old ones, so the
//! cost of a change does not grow with the corpus. Words are never forgotten, only their
//! counts go down; so a word's keys are computed once.

mod asked;
mod block_facts;
mod change;
mod filed;
mod hyphens;
mod letters;
mod places;
mod terms;
mod unremarkable;

use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::markup::{Block, Language};
use crate::names::{self, Mention, NameWord, ODD};
use crate::text::{ProseSpan, Span};

use asked::{Asked, Packed};
use filed::Filed;
use letters::{Lettering, Letters};
use places::{Documents, MOST_PLACES, Place, Places};
use unremarkable::Remembered;

pub use block_facts::BlockFacts;
pub(super) use hyphens::letters;
pub use places::PlaceIn;
pub use terms::Terms;
pub use unremarkable::{MOST_OF_RARE, Unremarkable};

/// A mention, without the text it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionFact {
    span: Extent,
    family_part: Part,
    given_part: Part,
    middle_part: Part,
    /// The family name, or the only name.
    pub family: WordId,
    /// The given name or initial beside it.
    pub given: Option<WordId>,
    /// A patronymic or another name between the two.
    pub middle: Option<WordId>,
    /// The word before it, hashed by [`office`]: it may be an office.
    pub(super) before: u32,
    /// Whether it stands where every word is capitalised, and nothing says it is a name.
    pub is_doubtful: bool,
    /// Whether it stands in another language than its document.
    pub is_foreign: bool,
    letters: Lettering,
    /// Whether each of its words can be replaced without touching markup.
    pub is_contiguous: bool,
    /// Whether what stands beside it says that it is somebody's name.
    is_named: bool,
    /// Whether an article stands before it.
    is_determined: bool,
    /// Whether it is one word in capitals among words in small letters.
    pub is_acronym: bool,
    starts_sentence: bool,
}

/// A short span of the source; a tuple, since a corpus keeps many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Extent(u32, u16);

impl Extent {
    /// `None` for what is no name any more by its length.
    fn of(span: Span) -> Option<Self> {
        let length = u16::try_from(span.end - span.start).ok()?;
        Some(Self(span.start as u32, length))
    }

    fn span(self) -> Span {
        Span::new(self.0 as usize, self.0 as usize + usize::from(self.1))
    }

    fn start(self) -> usize {
        self.0 as usize
    }

    /// The same where the text before it has another length.
    fn moved(self, by: isize) -> Self {
        Self(self.0.saturating_add_signed(by as i32), self.1)
    }
}

/// A short span of a mention, from the start of that; small since a corpus keeps many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Part(u16, u16);

impl Part {
    /// `None` for what is no part of it.
    fn of(span: Span, whole: Extent) -> Option<Self> {
        let from = span.start.checked_sub(whole.0 as usize)?;
        Some(Self(u16::try_from(from).ok()?, Extent::of(span)?.1))
    }

    /// The same of prose that is its source.
    fn within(word: ProseSpan, whole: ProseSpan) -> Option<Self> {
        let from = word.start.checked_sub(whole.start)?;
        let length = word.end - word.start;
        Some(Self(u16::try_from(from).ok()?, u16::try_from(length).ok()?))
    }

    fn extent(self, whole: Extent) -> Extent {
        Extent(whole.0 + u32::from(self.0), self.1)
    }

    fn span(self, whole: Extent) -> Span {
        self.extent(whole).span()
    }
}

impl MentionFact {
    /// Its words, which another corpus numbers in another way.
    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut WordId> {
        std::iter::once(&mut self.family).chain(&mut self.given).chain(&mut self.middle)
    }

    /// The same mention where the text before it has another length.
    fn moved(&self, by: isize) -> Self {
        Self { span: self.span.moved(by), ..*self }
    }

    /// The whole mention, bytes of the source.
    pub fn span(&self) -> Span {
        self.span.span()
    }

    /// Its words (the first two and the last) with their places in bytes of the source, and
    /// whether each is capitalised where other words are not.
    pub fn words(&self) -> impl Iterator<Item = (WordId, Span, bool)> {
        self.parts().map(|(word, part, is_sure)| (word, part.span(self.span), is_sure))
    }

    /// The same with the places as they are kept.
    fn places(&self) -> impl Iterator<Item = (WordId, Extent)> {
        self.parts().map(|(word, part, _)| (word, part.extent(self.span)))
    }

    fn parts(&self) -> impl Iterator<Item = (WordId, Part, bool)> {
        let given = self.given.map(|given| (given, self.given_part, !self.starts_sentence));
        let middle = self.middle.map(|middle| (middle, self.middle_part, true));
        let family = (self.family, self.family_part, !self.is_doubtful);
        given.into_iter().chain(middle).chain(std::iter::once(family))
    }

    /// Whether a small word of another language than English stands before it: `du`, `und`.
    pub fn is_behind_foreign_word(&self) -> bool {
        static FOREIGN: LazyLock<FxHashSet<u32>> =
            LazyLock::new(|| names::FOREIGN_SMALL_WORDS.iter().map(|word| office(word)).collect());
        FOREIGN.contains(&self.before)
    }

    /// Whether an article of French, Italian or Spanish stands before it.
    pub fn is_behind_article(&self) -> bool {
        static ARTICLES: LazyLock<FxHashSet<u32>> =
            LazyLock::new(|| names::ROMANCE_ARTICLES.iter().map(|word| office(word)).collect());
        ARTICLES.contains(&self.before)
    }

    /// Whether something stands between two of its names: a particle, or an initial.
    pub fn has_particle(&self) -> bool {
        let mut end = None;
        self.words().any(|(_, span, _)| {
            let before = end.replace(span.end);
            before.is_some_and(|before| before + 1 < span.start)
        })
    }

    /// Whether a reader sees no small letters in the family name.
    pub fn is_shown_in_capitals(&self) -> bool {
        self.letters.of_family() != Letters::Usual
    }

    /// Another spelling of what stands at `span`, which is a word of it or all of it, in the letters in which
    /// that is written, or its family name.
    pub fn in_letters_of(&self, span: Span, text: &str) -> String {
        let number = match () {
            () if self.given.is_some() && self.given_part.span(self.span) == span => 0,
            () if self.middle.is_some() && self.middle_part.span(self.span) == span => 1,
            () => 2,
        };
        self.letters.write(number, text)
    }

    /// Its words, if it has several.
    pub fn whole(&self) -> Option<WholeName> {
        let given = self.given?;
        Some(WholeName { given, middle: self.middle, family: self.family })
    }

    /// The words as they are shown to a reader, with dots for what stands between them.
    pub fn shown(&self, names: &Names) -> String {
        let mut shown = String::new();
        let mut end = None;
        for (word, span, _) in self.words() {
            match end.replace(span.end) {
                Some(before) if before + 1 < span.start => shown.push_str(" … "),
                Some(_) => shown.push(' '),
                None => {}
            }
            shown.push_str(&names.text(word));
        }
        shown
    }

    /// The family name in it, bytes of the source.
    pub fn family_span(&self) -> Span {
        self.family_part.span(self.span)
    }
}

/// A name of two or three words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WholeName {
    /// The first word, which in Chinese names is the family’s.
    pub given: WordId,
    /// What stands between.
    pub middle: Option<WordId>,
    /// The last word.
    pub family: WordId,
}

impl WholeName {
    /// The words in their order.
    pub fn words(self) -> impl Iterator<Item = WordId> {
        [Some(self.given), self.middle, Some(self.family)].into_iter().flatten()
    }

    /// How often it may be there: no more often than the rarest of its words.
    pub fn seen(self, names: &Names) -> u32 {
        self.words().map(|word| names.seen(word)).min().unwrap_or(0)
    }

    /// The words without what stands between them.
    pub fn text(self, names: &Names) -> String {
        self.words().map(|word| names.text(word).to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// A word of the corpus by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WordId(NonZeroU32);

impl WordId {
    pub(super) fn new(number: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number as u32))
    }

    pub(super) fn number(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// From how many mentions on a name is one that misprints are measured by.
const FREQUENT: u32 = 2;

/// Of how many words of a language a corpus must have the letters to tell what is odd in it.
const WORDS_FOR_ROWS: u32 = 400;

/// Of how many it must have them to tell that by itself.
const ENOUGH_WORDS_FOR_ROWS: u32 = 1500;

/// What is set in small capitals and has no more letters may be an abbreviation: `nato`, `unesco`.
const LONGEST_ACRONYM: usize = 6;

/// In German: how often a word that never has an article is hardly a noun.
const HARDLY_A_NOUN: u32 = 4;

/// In German: how many times a name is written for each time that it has an article.
const NAME_TO_ARTICLE: u32 = 8;

/// In German: how often a word is a name if nothing says so, but no article is ever before it.
const NEVER_WITH_ARTICLE: u32 = 12;

/// Nobody has asked yet.
const UNKNOWN: u8 = 0;
const NOBODY: u8 = 1;
const SOMEBODY: u8 = 2;

/// What is asked for again and again stands together at the head, in one line of the processor's cache or
/// two: that it is fetched from memory is most of what a word costs.
#[derive(Debug)]
#[repr(C)]
struct Word {
    text: Arc<str>,
    /// How often it is the first or the last word of a mention, and of these how often where
    /// other words have no capital.
    seen: AtomicU32,
    sure: AtomicU32,
    /// Mentions of which it is the family name.
    count: AtomicU32,
    /// Those of them that are surely names.
    certain: AtomicU32,
    /// How often a title, an initial or a given name says that it names somebody, and how often
    /// an article stands before it.
    named: AtomicU32,
    determined: AtomicU32,
    /// Spellings of two languages are not compared.
    language: Language,
    /// Whether the authority knows nobody of the name: [`UNKNOWN`], [`NOBODY`] or [`SOMEBODY`].
    nobody: AtomicU8,
    /// Other words of English print that are the same word in another spelling.
    has_other_spellings: bool,
    /// Whether the corpus may have it with a hyphen and without.
    may_be_joined: AtomicBool,
    /// The state of the vocabulary in which no other word was related to it; 0: none yet.
    lonely: AtomicU64,
    /// The state of the corpus in which it was found to be the right spelling, and whether that was in a
    /// document whose language nothing tells ([`right_in`]); 0: none yet.
    right: AtomicU64,
    /// Where the corpus has it.
    places: Mutex<Places>,
    /// The state of the frequent words in which it was a misprint of none; 0: none yet.
    unlike: AtomicU64,
    /// What its other spellings are filed under as well.
    originals: SmallVec<[u64; 2]>,
}

impl Word {
    fn new(text: &str, language: Language) -> Self {
        Self {
            text: Arc::from(text),
            language,
            count: AtomicU32::new(0),
            certain: AtomicU32::new(0),
            seen: AtomicU32::new(0),
            sure: AtomicU32::new(0),
            named: AtomicU32::new(0),
            determined: AtomicU32::new(0),
            places: Mutex::default(),
            originals: names::buckets(text),
            has_other_spellings: names::other_spellings(text).next().is_some(),
            may_be_joined: AtomicBool::new(false),
            nobody: AtomicU8::new(UNKNOWN),
            lonely: AtomicU64::new(0),
            unlike: AtomicU64::new(0),
            right: AtomicU64::new(0),
        }
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The numbers of one text in the languages that have it.
type InLanguages = SmallVec<[(Language, WordId); 1]>;

/// All names of a corpus.
#[derive(Debug, Default)]
pub struct Names {
    /// What is named although it has no capital.
    terms: Terms,
    ids: DashMap<Arc<str>, InLanguages, FxBuildHasher>,
    asked: Asked,
    words: boxcar::Vec<Word>,
    remembered: Remembered,
    documents: Documents,
    /// Words by what they are filed under. (That two names share it costs a comparison, no
    /// more.)
    buckets: Filed,
    /// Frequent words by what is left of them without one letter.
    neighbours: Filed,
    /// Words with hyphens by their letters, and by those behind each hyphen.
    hyphenated: Filed,
    /// In how many words of a language three letters stand in a row, and how many words it has.
    /// English has dictionaries.
    rows: DashMap<(Language, Option<names::Row>), u32, FxBuildHasher>,
    /// The same of the words of English texts, to tell which letters the corpus is used to.
    english_rows: names::RowCounts,
    /// Whether two words are spellings of one name, of those that were compared.
    compared: DashMap<(WordId, WordId, bool), bool, FxBuildHasher>,
    /// What makes them so, of those of which that was told.
    reasons: DashMap<(WordId, WordId, bool), Arc<str>, FxBuildHasher>,
    /// How often documents were put in or taken out.
    changes: AtomicU64,
    /// How often a word came into the corpus.
    vocabulary: AtomicU64,
    /// How often something was added to `neighbours`.
    findable: AtomicU64,
}

impl Names {
    /// The words of no document yet, of a corpus whose authority has these terms.
    pub(super) fn with_terms(terms: Terms) -> Self {
        Self { terms, ..Self::default() }
    }

    /// The terms of the authority.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The state of the corpus: another one after each change, and never 0. What is found out
    /// about a state holds as long as it lasts.
    pub(super) fn state(&self) -> u64 {
        self.changes.load(Ordering::Acquire) + 1
    }

    /// The number of a word in a language, which is new or known.
    pub fn intern(&self, text: &str, language: Language) -> WordId {
        let language = written_in(language);
        let id = self.find(text, language);
        id.unwrap_or_else(|| self.add(text, language))
    }

    /// The same of a word that stands somewhere in prose.
    fn intern_at(&self, prose: &str, word: ProseSpan, language: Language) -> WordId {
        let language = written_in(language);
        let text = word.of(prose);
        let packed = Packed::at(prose, word, language);
        let id = self.asked.get(packed, || self.look_up(text, language));
        id.unwrap_or_else(|| self.add(text, language))
    }

    fn add(&self, text: &str, language: Language) -> WordId {
        let word = Word::new(text, language);
        let text = Arc::clone(&word.text);
        // Between looking and writing another thread may have added it.
        let mut same = self.ids.entry(text).or_default();
        if let Some((_, id)) = same.iter().find(|(known, _)| *known == language) {
            return *id;
        }
        let originals = word.originals.clone();
        let id = WordId::new(self.words.push(word));
        same.push((language, id));
        drop(same);
        for original in originals {
            self.buckets.add(original, id);
        }
        self.note_hyphens(id);
        // Where a name has an accent, one time that it lacks it can be told by one time more.
        if let Some(hash) = names::without_accents(&self.word(id).text) {
            self.neighbours.add(hash, id);
            self.findable.fetch_add(1, Ordering::Release);
        }
        self.vocabulary.fetch_add(1, Ordering::Release);
        id
    }

    fn word(&self, id: WordId) -> &Word {
        &self.words[id.number()]
    }

    /// The word's text.
    pub fn text(&self, id: WordId) -> Arc<str> {
        Arc::clone(&self.word(id).text)
    }

    /// What tells the word from others, whatever its number.
    pub(super) fn word_of(&self, id: WordId) -> (Arc<str>, Language) {
        let word = self.word(id);
        (Arc::clone(&word.text), word.language)
    }

    /// What its other spellings are filed under as well.
    pub(super) fn buckets(&self, id: WordId) -> &[u64] {
        &self.word(id).originals
    }

    /// Whether a word is surely no figure's family name. `find` finds that out of its text and of what
    /// it is filed under, and must always tell the same.
    pub(super) fn is_nobody(&self, id: WordId, find: impl FnOnce(&str, &[u64]) -> bool) -> bool {
        let word = self.word(id);
        match word.nobody.load(Ordering::Relaxed) {
            UNKNOWN => {
                let is_nobody = find(&word.text, &word.originals);
                let known = if is_nobody { NOBODY } else { SOMEBODY };
                word.nobody.store(known, Ordering::Relaxed);
                is_nobody
            }
            known => known == NOBODY,
        }
    }

    /// What `find` finds to be wrong with a word in a document of a language, unless nothing was, in the
    /// same state of the corpus: each document asks for each of its words. Of `find` nothing may tell but
    /// the word, the language and the corpus.
    pub fn unless_right<T>(
        &self,
        id: WordId,
        language: Language,
        find: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        let (right, now) = (&self.word(id).right, right_in(self.state(), language));
        if right.load(Ordering::Relaxed) == now {
            return None;
        }
        let found = find();
        if found.is_none() {
            right.store(now, Ordering::Relaxed);
        }
        found
    }

    /// How often the word is the family name of a mention.
    pub fn count(&self, id: WordId) -> u32 {
        self.word(id).count.load(Ordering::Relaxed)
    }

    /// How many of these mentions are surely names.
    pub fn certain(&self, id: WordId) -> u32 {
        self.word(id).certain.load(Ordering::Relaxed)
    }

    /// How often the word is the first or the last of a mention.
    pub fn seen(&self, id: WordId) -> u32 {
        self.word(id).seen.load(Ordering::Relaxed)
    }

    /// How often it is that where other words have no capital.
    pub fn sure(&self, id: WordId) -> u32 {
        self.word(id).sure.load(Ordering::Relaxed)
    }

    /// Whether the word is a name and no noun: in German these have capitals too, but rarely an
    /// article, and what stands beside them tells some. Elsewhere the capital says so.
    pub fn is_name(&self, id: WordId) -> bool {
        let word = self.word(id);
        if !names::capitalises_nouns(word.language) {
            return true;
        }
        let get = |count: &AtomicU32| count.load(Ordering::Relaxed);
        let (seen, named, determined) = (get(&word.seen), get(&word.named), get(&word.determined));
        named > 0 && determined * NAME_TO_ARTICLE <= seen
            || determined == 0 && seen >= NEVER_WITH_ARTICLE
    }

    /// Whether the word is hardly a noun, in languages that give these capitals: it stands within
    /// sentences, and an article is hardly ever before it.
    pub fn is_hardly_a_noun(&self, id: WordId) -> bool {
        let word = self.word(id);
        let get = |count: &AtomicU32| count.load(Ordering::Relaxed);
        let (sure, determined) = (get(&word.sure), get(&word.determined));
        !names::capitalises_nouns(word.language)
            || sure >= HARDLY_A_NOUN && determined * NAME_TO_ARTICLE <= sure
    }

    /// Whether `wrong` has three letters in a row that neither `right` has nor another word of
    /// its language, as far as dictionaries or the corpus tell.
    pub fn has_odd_letters(&self, wrong: WordId, right: WordId, slip: names::Slip) -> bool {
        let word = self.word(wrong);
        let (text, right) = (&word.text, &self.word(right).text);
        let language = word.language;
        if language == Language::ENGLISH {
            return !names::odd_rows(text, right).is_empty();
        }
        let count = |row| self.rows.view(&(language, row), |_, count| *count).unwrap_or(0);
        let is_odd = |row| count(Some(row)) <= 1;
        match count(None) {
            // A longer word is sooner another one: Mauer, Maurer.
            ENOUGH_WORDS_FOR_ROWS.. if slip != names::Slip::Added => {
                names::other_rows(text, right).into_iter().any(is_odd)
            }
            // What a few words do not have English words may have.
            WORDS_FOR_ROWS.. => names::odd_rows(text, right).into_iter().any(is_odd),
            _ => false,
        }
    }

    /// Whether the names of the corpus have the letters of one of two spellings twice as often as those of
    /// the other: `-ov` than `-off`. `None` if they do not, and for other languages than English.
    pub fn usual_spelling(&self, a: WordId, b: WordId) -> Option<WordId> {
        const OFTEN: u32 = 2;
        let (first, second) = (self.word(a), self.word(b));
        if first.language != Language::ENGLISH || second.language != Language::ENGLISH {
            return None;
        }
        let a_like = self.english_rows.have_like(&first.text, &second.text);
        let b_like = self.english_rows.have_like(&second.text, &first.text);
        // Each spelling has its own letters.
        let is_far = |more: u32, less: u32| more > OFTEN * less.max(1);
        match (is_far(a_like, b_like), is_far(b_like, a_like)) {
            (true, false) => Some(a),
            (false, true) => Some(b),
            _ => None,
        }
    }

    /// A word is there that was not, or is there no more.
    fn count_rows(&self, word: &Word, is_there: bool) {
        if word.language == Language::ENGLISH {
            self.english_rows.count(&word.text, is_there);
            return;
        }
        let mut rows: Vec<_> = names::rows(&word.text).into_iter().map(Some).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.push(None);
        for row in rows {
            let mut count = self.rows.entry((word.language, row)).or_insert(0);
            *count = if is_there { *count + 1 } else { count.saturating_sub(1) };
        }
    }

    /// Whether a title, an initial or a given name has said that the word names somebody.
    pub fn is_named(&self, id: WordId) -> bool {
        self.word(id).named.load(Ordering::Relaxed) > 0
    }

    /// Whether the word, which is rare, may be a misspelt name: no article is before it where
    /// nouns have capitals too.
    pub fn may_be_name(&self, id: WordId) -> bool {
        let word = self.word(id);
        !names::capitalises_nouns(word.language) || word.determined.load(Ordering::Relaxed) == 0
    }

    /// Frequent words that a word may be a misprint of: one letter lost, added, changed or
    /// two transposed. A bounded number of look-ups.
    pub fn neighbours(&self, id: WordId) -> SmallVec<[WordId; 4]> {
        let word = self.word(id);
        let mut found: SmallVec<[WordId; 4]> = SmallVec::new();
        // Most words are like no other one, and each version of a document asks for each of its
        // rare words.
        let state = self.findable.load(Ordering::Acquire) + 1;
        if word.unlike.load(Ordering::Relaxed) == state {
            return found;
        }
        names::each_shortened(&word.text, |hash| {
            self.neighbours.each(hash, |other| found.push(other));
        });
        found.sort_unstable();
        found.dedup();
        found.retain(|&mut other| other != id && self.word(other).language == word.language);
        if found.is_empty() {
            word.unlike.store(state, Ordering::Relaxed);
        }
        found
    }

    /// A word has become frequent: misprints of it can now be told.
    fn make_findable(&self, id: WordId, text: &str) {
        names::each_shortened(text, |hash| self.neighbours.add(hash, id));
        self.findable.fetch_add(1, Ordering::Release);
    }

    /// The number of a word that the corpus knows in a language.
    pub fn find(&self, text: &str, language: Language) -> Option<WordId> {
        let language = written_in(language);
        self.asked.get(Packed::of(text, language), || self.look_up(text, language))
    }

    fn look_up(&self, text: &str, language: Language) -> Option<WordId> {
        let in_language = |same: &InLanguages| {
            same.iter().find(|(known, _)| *known == language).map(|(_, id)| *id)
        };
        self.ids.view(text, |_, same| in_language(same)).flatten()
    }

    /// Words that begin so and surely name somebody, the most frequent first. Linear in the
    /// words of the corpus.
    pub fn starting_with(&self, text: &str, most: usize) -> Vec<Arc<str>> {
        let words = self.words.iter().map(|(_, word)| word);
        let counts = words
            .filter(|word| word.text.starts_with(text))
            .map(|word| (word.certain.load(Ordering::Relaxed), Arc::clone(&word.text)));
        let mut found: Vec<_> = counts.filter(|(count, _)| *count > 1).collect();
        found.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.cmp(y)));
        found.into_iter().take(most).map(|(_, text)| text).collect()
    }

    /// The first places of the corpus where the word is the family name of a mention.
    pub fn places(&self, id: WordId) -> Vec<PlaceIn> {
        let first = self.word(id).places().first.clone();
        first.into_iter().map(|place| self.place_in(place)).collect()
    }

    fn place_in(&self, place: Place) -> PlaceIn {
        let document = Arc::clone(self.documents.name(place.document));
        PlaceIn { document, span: place.span.span() }
    }

    /// The same without names of documents: the document, and the byte of its source where it begins.
    pub(super) fn starts(&self, id: WordId) -> impl Iterator<Item = (&Arc<str>, usize)> {
        let first = self.word(id).places().first.clone();
        first.into_iter().map(|one| (self.documents.name(one.document), one.span.start()))
    }

    /// Numbers documents that will be put in, which come in the order of their names: so it costs less to
    /// tell which of two is the first.
    pub(super) fn expect(&self, documents: &[Arc<str>]) {
        self.documents.expect(documents);
    }

    /// The first place of the corpus where the word is the family name of a mention.
    pub fn first_place(&self, id: WordId) -> Option<PlaceIn> {
        let first = self.word(id).places().first.first().copied();
        first.map(|place| self.place_in(place))
    }

    /// Whether it is known, and so need not be asked, that a word has no related ones.
    pub fn is_lonely(&self, id: WordId) -> bool {
        let state = self.vocabulary.load(Ordering::Acquire) + 1;
        self.word(id).lonely.load(Ordering::Relaxed) == state
    }

    /// Other words that may stand for the same original and occur in the corpus.
    pub fn related(&self, id: WordId) -> Vec<WordId> {
        let word = self.word(id);
        // Most words are like no other one, and each document asks for each of its words.
        let state = self.vocabulary.load(Ordering::Acquire) + 1;
        if word.lonely.load(Ordering::Relaxed) == state {
            return Vec::new();
        }
        let mut related = self.spellings(id);
        for original in &word.originals {
            self.buckets.each(*original, |other| related.push(other));
        }
        related.retain(|&other| other != id);
        related.sort_unstable();
        related.dedup();
        let is_like = |other: &Word| other.language == word.language;
        related.retain(|&other| self.seen(other) > 0 && is_like(self.word(other)));
        if related.is_empty() {
            word.lonely.store(state, Ordering::Relaxed);
        }
        related
    }

    /// Whether two words are spellings of one name. `is_known` says that how often the corpus has
    /// them is evidence for that.
    pub fn are_variants(&self, a: WordId, b: WordId, is_known: bool) -> bool {
        let asked = (a, b, is_known);
        if let Some(known) = self.compared.view(&asked, |_, are_variants| *are_variants) {
            return known;
        }
        let are_variants = names::are_variants(&self.word(a).text, &self.word(b).text, is_known);
        self.compared.insert(asked, are_variants);
        are_variants
    }

    /// Why two words are spellings of one name; `None` if they are not.
    pub fn variant_reason(&self, a: WordId, b: WordId, is_known: bool) -> Option<Arc<str>> {
        let asked = (a, b, is_known);
        if let Some(told) = self.reasons.view(&asked, |_, reason| Arc::clone(reason)) {
            return Some(told);
        }
        match names::compare(&self.word(a).text, &self.word(b).text, is_known) {
            names::Relation::Variant(reason) => {
                let reason: Arc<str> = Arc::from(reason);
                self.reasons.insert(asked, Arc::clone(&reason));
                Some(reason)
            }
            _ => None,
        }
    }

    /// The other spellings that English print has of the word, where the corpus knows them.
    pub fn spellings(&self, id: WordId) -> Vec<WordId> {
        let word = self.word(id);
        if !word.has_other_spellings {
            return Vec::new();
        }
        let others = names::other_spellings(&word.text);
        others.filter_map(|other| self.find(other, word.language)).filter(|&o| o != id).collect()
    }

    /// The fact of a mention in a block of a document in the language `main`.
    fn fact(
        &self,
        mention: &Mention,
        block: &Block,
        prose: &str,
        main: Language,
    ) -> Option<MentionFact> {
        // Hardly any name has markup or a line end inside.
        let piece = block.prose.piece(mention.span);
        let whole = piece.unwrap_or_else(|| block.prose.to_source(mention.span));
        let span = Extent::of(whole)?;
        let part = |word: ProseSpan| match piece {
            Some(_) => Part::within(word, mention.span),
            None => Part::of(block.prose.to_source(word), span),
        };
        let is_contiguous = |word: &NameWord| block.prose.is_contiguous(word.span);
        let family = mention.family();
        let given = mention.given();
        let middle = mention.middle();
        let letters = Letters::of(family.of(prose));
        let letters_of = |word: NameWord| Letters::of(word.span.of(prose));
        let letters_of_given = given.map_or(Letters::Usual, letters_of);
        let letters_of_middle = middle.map_or(Letters::Usual, letters_of);
        let is_acronym = mention.is_acronym
            && (letters != Letters::Small
                || family.of(prose).chars().nth(LONGEST_ACRONYM).is_none());
        let intern = |word: ProseSpan, own: Letters| {
            if letters == Letters::Capitals || own != Letters::Usual {
                self.intern(&in_title_case(word.of(prose)), main)
            } else {
                self.intern_at(prose, word, main)
            }
        };
        Some(MentionFact {
            span,
            family_part: part(family)?,
            given_part: given.map_or(Some(Part::default()), |given| part(given.span))?,
            middle_part: middle.map_or(Some(Part::default()), |middle| part(middle.span))?,
            family: intern(family, letters),
            given: given.map(|given| intern(given.span, letters_of_given)),
            middle: middle.map(|middle| intern(middle.span, letters_of_middle)),
            before: mention.before.map_or(0, |before| office_at(prose, before)),
            is_doubtful: mention.starts_sentence && given.is_none(),
            is_foreign: block.language != main,
            letters: Lettering::of([letters_of_given, letters_of_middle, letters]),
            is_contiguous: piece.is_some() || mention.words.iter().all(is_contiguous),
            is_named: mention.is_named,
            is_determined: mention.is_determined,
            is_acronym,
            starts_sentence: mention.starts_sentence,
        })
    }
}

/// A hash of a word whatever its capitals: whether it is a word of somebody's role is told by it.
pub(super) fn office(word: &str) -> u32 {
    if word.is_ascii() {
        return office_in_ascii(word.as_bytes());
    }
    let mut hasher = fnv::FnvHasher::default();
    let small = word.chars().flat_map(char::to_lowercase);
    small.for_each(|letter| letter.hash(&mut hasher));
    hasher.finish() as u32
}

/// The same of most words, eight letters at a time.
fn office_in_ascii(word: &[u8]) -> u32 {
    let hash = word.chunks(8).fold(word.len() as u64, |hash, letters| {
        let mut eight = [0; 8];
        eight[..letters.len()].copy_from_slice(letters);
        with_eight(hash, u64::from_le_bytes(eight))
    });
    (hash >> u32::BITS) as u32
}

/// A hash with eight letters more.
fn with_eight(hash: u64, letters: u64) -> u64 {
    let mut small = letters.to_le_bytes();
    small.make_ascii_lowercase();
    (hash.rotate_left(31) ^ u64::from_le_bytes(small)).wrapping_mul(ODD)
}

/// The same of a word that stands somewhere in prose, as each mention has one.
fn office_at(prose: &str, word: ProseSpan) -> u32 {
    const OTHER_THAN_ASCII: u64 = u64::from_le_bytes([0x80; 8]);
    match names::number_at(prose.as_bytes(), word.start, word.end) {
        Some(letters) if letters & OTHER_THAN_ASCII == 0 && word.end > word.start => {
            (with_eight((word.end - word.start) as u64, letters) >> u32::BITS) as u32
        }
        _ => office(word.of(prose)),
    }
}

fn in_title_case(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// A state of the corpus, as one with documents in a known language and in no known one knows it. (The words
/// of both are those of English.)
fn right_in(state: u64, language: Language) -> u64 {
    state << 1 | u64::from(language.is_known())
}

/// Languages as far as names are concerned: what is not known is taken for English.
fn written_in(language: Language) -> Language {
    if language.is_known() { language.base() } else { Language::ENGLISH }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_the_same_wherever_it_stands() {
        for word in ["", "he", "Marshal", "MINISTER", "Commissioner", "Élu", "товарищ"] {
            for (before, behind) in [("", ""), ("the ", " of all of it"), ("né ", " — he")] {
                let text = format!("{before}{word}{behind}");
                let place = ProseSpan::new(before.len(), before.len() + word.len());
                assert_eq!(office_at(&text, place), office(&word.to_lowercase()), "{text}");
            }
        }
    }
}
