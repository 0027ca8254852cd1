//! What a new version of a document changes in the names of a corpus. Between two versions most
//! mentions are the same, and those behind the change have moved by one distance; so what stands
//! around the change is found and nothing else is counted anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use smallvec::SmallVec;

use crate::markup::Language;
use crate::names;

use super::{Extent, FREQUENT, MOST_PLACES, MentionFact, Names, Places, Word, WordId};

/// The mentions of two versions, the same at both ends left out.
struct Difference<'m> {
    before: &'m [MentionFact],
    after: &'m [MentionFact],
    /// The mentions at the end that have moved, as they are now, and by how much.
    moved: &'m [MentionFact],
    by: isize,
}

impl<'m> Difference<'m> {
    fn between(before: &'m [MentionFact], after: &'m [MentionFact]) -> Self {
        let head = before.iter().zip(after).take_while(|(old, new)| old == new).count();
        let (before, after) = (&before[head..], &after[head..]);
        let by = match (before.last(), after.last()) {
            (Some(old), Some(new)) => new.span.0 as isize - old.span.0 as isize,
            _ => 0,
        };
        let ends = before.iter().rev().zip(after.iter().rev());
        let tail = ends.take_while(|(old, new)| old.moved(by) == **new).count();
        let (after, moved) = after.split_at(after.len() - tail);
        Self { before: &before[..before.len() - tail], after, moved, by }
    }
}

/// How often a word is a name, or by how much that has changed: how often it was seen, and for sure; as
/// a family name, and certainly; with a title or the like, and with an article.
type Counts = [i32; 6];

/// A word of a mention that has come or gone, in one number since many are sorted: by the word, and then
/// by the mention. From the highest bit on these are the word (32 bits), whether the mention has come (1),
/// its number (29), and which of its words it is (2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Counted(u64);

/// The words of a mention.
const GIVEN: u64 = 0;
const MIDDLE: u64 = 1;
const FAMILY: u64 = 2;

/// How many bits the number of a mention has. No text that is read has so many mentions.
const NUMBER_BITS: u32 = 29;

impl Counted {
    /// The words of mention number `number`.
    fn of(mention: &MentionFact, number: usize, has_come: bool) -> impl Iterator<Item = Self> {
        let number = number as u64 & ((1 << NUMBER_BITS) - 1);
        let one = move |word: WordId, part: u64| {
            let word = (word.number() as u64) << (NUMBER_BITS + 3);
            Self(word | u64::from(has_come) << (NUMBER_BITS + 2) | number << 2 | part)
        };
        let given = mention.given.map(|word| one(word, GIVEN));
        let middle = mention.middle.map(|word| one(word, MIDDLE));
        given.into_iter().chain(middle).chain([one(mention.family, FAMILY)])
    }

    fn word(self) -> WordId {
        WordId::new((self.0 >> (NUMBER_BITS + 3)) as usize)
    }

    fn has_come(self) -> bool {
        self.0 >> (NUMBER_BITS + 2) & 1 == 1
    }

    /// The number of the mention.
    fn mention(self) -> usize {
        (self.0 >> 2) as usize & ((1 << NUMBER_BITS) - 1)
    }

    /// Where it stands, by the mentions that have come.
    fn place(self, after: &[MentionFact]) -> Extent {
        let mention = &after[self.mention()];
        let part = match self.0 & 3 {
            GIVEN => mention.given_part,
            MIDDLE => mention.middle_part,
            _ => mention.family_part,
        };
        part.extent(mention.span)
    }

    /// Adds it to the counts, by the mentions that have gone and come.
    fn add_to(self, counts: &mut Counts, before: &[MentionFact], after: &[MentionFact]) {
        let mention =
            if self.has_come() { &after[self.mention()] } else { &before[self.mention()] };
        let is_sure = !mention.is_doubtful;
        let which = match self.0 & 3 {
            GIVEN => [true, !mention.starts_sentence, false, false, false, false],
            MIDDLE => [true, true, false, false, false, false],
            _ => [true, is_sure, true, is_sure, mention.is_named, mention.is_determined],
        };
        let by = if self.has_come() { 1 } else { -1 };
        for (count, changes) in counts.iter_mut().zip(which) {
            *count += by * i32::from(changes);
        }
    }
}

/// Mentions that are counted: those in another language than their document are not.
fn counted(mentions: &[MentionFact]) -> impl Iterator<Item = &MentionFact> {
    mentions.iter().filter(|mention| is_counted(mention))
}

/// From how many letters on one time of a name that no list has tells its misprints.
const LONG: usize = 7;

/// Whether one time of a name tells its misprints: dictionaries have it, or it is so long that hardly
/// another one is like it, and hardly a list has it. (Smaller lists are asked when a misprint is there.)
fn tells_once(word: &Word) -> bool {
    let text = &word.text;
    word.language == Language::ENGLISH
        && (names::is_known_name(text) || text.len() >= LONG && is_hardly_listed(text))
}

fn is_hardly_listed(text: &str) -> bool {
    !names::is_english_word(text) && !names::is_rarer_name(text)
}

fn is_counted(mention: &MentionFact) -> bool {
    !mention.is_foreign
}

/// Words, a bit each.
#[derive(Default)]
struct Words(Vec<u64>);

impl Words {
    /// Puts a word in; whether it was not yet there.
    fn insert(&mut self, word: WordId) -> bool {
        let (block, bit) = (word.number() / 64, 1_u64 << (word.number() % 64));
        if block >= self.0.len() {
            self.0.resize(block + 1, 0);
        }
        let is_new = self.0[block] & bit == 0;
        self.0[block] |= bit;
        is_new
    }

    fn has(&self, word: WordId) -> bool {
        let block = self.0.get(word.number() / 64);
        block.is_some_and(|block| block & (1 << (word.number() % 64)) != 0)
    }
}

impl Names {
    /// Puts the mentions of a new version of a document in the place of those of the one before.
    /// Gives the words of which more places must be looked for in other documents.
    pub(in crate::corpus) fn replace(
        &self,
        document: &Arc<str>,
        before: &[MentionFact],
        after: &[MentionFact],
    ) -> Vec<WordId> {
        let change = Difference::between(before, after);
        let number = self.documents.number(document);
        self.move_places(number, &change);
        let most = 2 * (change.before.len() + change.after.len());
        let mut changed: Vec<Counted> = Vec::with_capacity(most);
        for (mentions, has_come) in [(change.before, false), (change.after, true)] {
            for (at, mention) in mentions.iter().enumerate().filter(|(_, one)| is_counted(one)) {
                changed.extend(Counted::of(mention, at, has_come));
            }
        }
        changed.sort_unstable();
        // What many threads write to at once is written to once for each word of a document.
        let words = || changed.chunk_by(|a, b| a.word() == b.word());
        let counts = |same: &[Counted]| {
            let mut sum = Counts::default();
            same.iter().for_each(|one| one.add_to(&mut sum, change.before, change.after));
            sum
        };
        // Most of these are in no cache of the processor, and it fetches several at a time if nothing else
        // is done between.
        let fetched = words().map(|same| self.word(same[0].word()).seen.load(Ordering::Relaxed));
        std::hint::black_box(fetched.fold(0, u32::wrapping_add));
        let short = if before.is_empty() {
            words().for_each(|same| {
                self.count_anew(same[0].word(), counts(same), |places| {
                    self.place_new(places, number, same, after);
                });
            });
            Vec::new()
        } else {
            words().for_each(|same| self.count_anew(same[0].word(), counts(same), |_| ()));
            let is_new = |same: &[Counted]| same.iter().any(|counted| counted.has_come());
            self.place_anew(number, words().map(|same| (same[0].word(), is_new(same))), after)
        };
        self.changes.fetch_add(1, Ordering::Release);
        short
    }

    /// Keeps the places of one word in a document that had no mentions, as far as they are among the
    /// first of the corpus.
    fn place_new(
        &self,
        places: &mut Places,
        document: u32,
        of_word: &[Counted],
        mentions: &[MentionFact],
    ) {
        places.hold(document, &self.documents);
        if !places.has_room(document, &self.documents) {
            return;
        }
        let spans = of_word.iter().map(|counted| counted.place(mentions));
        let mut spans: SmallVec<[Extent; 8]> = spans.collect();
        spans.sort_unstable();
        places.add(document, spans.into_iter(), &self.documents);
    }

    /// Adds to how often a word is there, and does with its places what is to be done with them.
    fn count_anew(&self, id: WordId, by: Counts, with_places: impl FnOnce(&mut Places)) {
        let [by_seen, by_sure, by_count, by_certain, by_named, by_determined] = by;
        let word = self.word(id);
        // As long as they are held nobody else counts the word, so it is written to as if there were one
        // thread: that is many times faster.
        let mut places = word.places();
        // A count that goes down wraps around to where it was before.
        let add = |count: &AtomicU32, by: i32| {
            let before = count.load(Ordering::Relaxed);
            if by != 0 {
                count.store(before.wrapping_add_signed(by), Ordering::Relaxed);
            }
            before
        };
        let seen = add(&word.seen, by_seen);
        let before = add(&word.sure, by_sure);
        add(&word.count, by_count);
        add(&word.certain, by_certain);
        add(&word.named, by_named);
        add(&word.determined, by_determined);
        with_places(&mut places);
        drop(places);
        if seen == 0 && by_seen > 0 {
            self.vocabulary.fetch_add(1, Ordering::Release);
            self.count_rows(word, true);
        } else if by_seen < 0 && seen == by_seen.unsigned_abs() {
            self.count_rows(word, false);
        }
        let sure = before.wrapping_add(by_sure as u32);
        let is_now = |least: u32| before < least && sure >= least;
        if is_now(FREQUENT) || is_now(1) && tells_once(word) {
            self.make_findable(id, &word.text);
        }
    }

    /// The places of the mentions behind a change.
    fn move_places(&self, document: u32, change: &Difference<'_>) {
        let Some(first) = change.moved.first().filter(|_| change.by != 0) else {
            return;
        };
        let from = first.moved(-change.by).span().start;
        let mut seen = Words::default();
        for (id, ..) in counted(change.moved).flat_map(MentionFact::words) {
            if !seen.insert(id) {
                continue;
            }
            for place in &mut self.word(id).places().first {
                if place.span.start() >= from && place.document == document {
                    place.span = place.span.moved(change.by);
                }
            }
        }
    }

    /// The places of words in a document whose mentions are now these; of each word whether there is a
    /// mention of it that was not there before. Gives the words of which more places must be looked
    /// for in other documents.
    fn place_anew(
        &self,
        document: u32,
        words: impl Iterator<Item = (WordId, bool)>,
        mentions: &[MentionFact],
    ) -> Vec<WordId> {
        let is_open = |(word, is_new): (WordId, bool)| {
            let mut places = self.word(word).places();
            if is_new {
                places.hold(document, &self.documents);
            }
            // Of what has gone there may be other mentions.
            (!is_new || places.has_room(document, &self.documents)).then_some(word)
        };
        let mut words: Vec<WordId> = words.filter_map(is_open).collect();
        let found = Found::in_mentions(&words, mentions);
        words.retain(|&word| {
            if found.of(word).next().is_none() {
                self.word(word).places().let_go(document, &self.documents);
            }
            self.remember(word, document, found.of(word))
        });
        words
    }

    /// Keeps the places of words in a document whose mentions are these, as far as they are among the
    /// first of the corpus.
    pub(in crate::corpus) fn fill(
        &self,
        document: &Arc<str>,
        words: &[WordId],
        mentions: &[MentionFact],
    ) {
        let found = Found::in_mentions(words, mentions);
        let number = self.documents.number(document);
        for &word in words {
            self.remember(word, number, found.of(word));
        }
    }

    /// Keeps the places of a word in a document, which come in order, as far as they are among the
    /// first of the corpus. Whether there are places in other documents that are now among them
    /// and not kept.
    fn remember(&self, id: WordId, document: u32, spans: impl Iterator<Item = Extent>) -> bool {
        let word = self.word(id);
        let mut places = word.places();
        if !places.has_room(document, &self.documents) {
            return false;
        }
        let was_full = places.first.len() == MOST_PLACES;
        places.first.retain(|place| place.document != document);
        places.add(document, spans, &self.documents);
        let kept = places.first.len();
        let is_short = was_full && kept < MOST_PLACES;
        is_short && kept < word.seen.load(Ordering::Relaxed) as usize
    }

    /// Whether fewer places of a word are kept than there are and could be.
    pub(in crate::corpus) fn is_short(&self, id: WordId) -> bool {
        let word = self.word(id);
        let kept = word.places().first.len();
        kept < MOST_PLACES && kept < word.seen.load(Ordering::Relaxed) as usize
    }

    /// The first documents that have a word, of those behind one, as many as may be needed to have
    /// its first places.
    pub(in crate::corpus) fn holders(&self, id: WordId, behind: Option<&str>) -> Vec<Arc<str>> {
        self.word(id).places().holders(behind, &self.documents)
    }
}

/// The places of some words in a document.
struct Found(Vec<(WordId, Extent)>);

impl Found {
    fn in_mentions(words: &[WordId], mentions: &[MentionFact]) -> Self {
        if words.is_empty() {
            return Self(Vec::new());
        }
        let mut wanted = Words::default();
        words.iter().for_each(|&word| _ = wanted.insert(word));
        let places = counted(mentions).flat_map(MentionFact::places);
        let mut places: Vec<(WordId, Extent)> =
            places.filter(|(word, _)| wanted.has(*word)).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The places of a word, in order.
    fn of(&self, word: WordId) -> impl Iterator<Item = Extent> {
        let from = self.0.partition_point(|(one, _)| *one < word);
        let same = self.0[from..].iter().take_while(move |(one, _)| *one == word);
        same.map(|(_, span)| *span)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::{BlockFacts, CorpusIndex, DocumentFacts, Settings, analyse, analyse_after};
    use crate::markup::Format;

    /// So many documents: a name may be in more of them than places are kept.
    const DOCUMENTS: usize = 12;

    /// Documents in which names come and go, and which go themselves.
    fn texts() -> impl Strategy<Value = Vec<(usize, Option<Vec<&'static str>>)>> {
        let paragraph = prop::sample::select(vec![
            "It was Mr Trotskii who came.",
            "Of Trotskii and of Zinoviev they heard nothing; Trotskii had gone.",
            "Anna Petrovna Kostroma met Mr ZINOVIEV.",
            "<i>Kostroma</i> was there&mdash;and Kostroma again.",
            "Nobody came.",
            "Lev Trotskii, Lev Trotskii, Lev Trotskii, Lev Trotskii.",
            "В дверь вошёл господин Троцкий, а за ним и Зиновьев.",
        ]);
        let version = prop::option::weighted(0.9, prop::collection::vec(paragraph, 0..6));
        prop::collection::vec((0..DOCUMENTS, version), 1..40)
    }

    /// All that a corpus says of its words.
    fn said(index: &CorpusIndex) -> Vec<String> {
        let names = index.names();
        let mut said: Vec<String> = Vec::new();
        for (_, word) in &names.words {
            let id = names.find(&word.text, word.language).expect("a word of the corpus");
            if names.seen(id) > 0 {
                let numbers = [names.seen(id), names.sure(id), names.count(id), names.certain(id)];
                let places = names.places(id);
                said.push(format!("{} {numbers:?} {:?} {places:?}", word.text, word.determined));
            }
        }
        let rows = names.rows.iter().filter(|row| *row.value() > 0);
        said.extend(rows.map(|row| format!("{:?} {}", row.key(), row.value())));
        let rows = names.english_rows.counts();
        said.extend(rows.map(|(row, count)| format!("row {row} {count}")));
        said.sort();
        said
    }

    proptest! {
        #[test]
        fn a_corpus_that_changed_knows_what_a_fresh_one_knows(versions in texts()) {
            let settings = Settings::default();
            let source = |version: &[&str]| {
                let paragraphs = version.iter().map(|text| format!("<p>{text}</p>\n"));
                Arc::<str>::from(paragraphs.collect::<String>())
            };
            let changed = CorpusIndex::default();
            let mut last = [const { None }; DOCUMENTS];
            let mut known = [const { None }; DOCUMENTS];
            for (document, version) in versions {
                let Some(version) = version else {
                    changed.remove(&document.to_string());
                    (last[document], known[document]) = (None, None);
                    continue;
                };
                let before = last[document].take();
                let analysis = match &before {
                    Some(before) => analyse_after(before, source(&version), &settings),
                    None => analyse(source(&version), Format::Html, &settings),
                };
                let known = known[document].get_or_insert_with(BlockFacts::default);
                let facts = DocumentFacts::after(&analysis, &changed, before.as_ref(), known);
                prop_assert_eq!(&facts.mentions, &DocumentFacts::of(&analysis, &changed).mentions);
                changed.insert(Arc::from(document.to_string()), facts);
                last[document] = Some(analysis);
            }
            let fresh = CorpusIndex::default();
            for (document, analysis) in last.iter().enumerate() {
                if let Some(analysis) = analysis {
                    let facts = DocumentFacts::of(analysis, &fresh);
                    fresh.insert(Arc::from(document.to_string()), facts);
                }
            }
            prop_assert_eq!(said(&changed), said(&fresh));
        }
    }
}
