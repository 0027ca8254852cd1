//! All places of a name, as far as they can be shown: those of a document and, behind them, those of
//! the others.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::text::Span;

use super::index::{CorpusIndex, CorpusView};
use super::names::{MentionFact, PlaceIn, WholeName, WordId};

/// So many mentions of other documents are looked through for one name. A document of a book has some
/// thousands; that a name is rare in many large ones must not be felt at every keystroke.
const MOST_LOOKED_AT: usize = 50_000;

/// Of so many names the places are remembered at most.
const MOST_REMEMBERED: usize = 4096;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameIn {
    /// A word, whatever stands beside it.
    Word(WordId),
    /// A name of several words.
    Whole(WholeName),
}

impl NameIn {
    /// The word by which it is found: its last one.
    pub fn word(self) -> WordId {
        match self {
            Self::Word(word) => word,
            Self::Whole(whole) => whole.family,
        }
    }

    /// Where it stands in a mention.
    pub fn places_in(self, mention: &MentionFact) -> impl Iterator<Item = Span> {
        let words = mention.words().filter(move |(word, ..)| *word == self.word());
        words.filter_map(move |(_, span, _)| self.place(mention, span))
    }

    /// Where it stands in a mention, of which the word at `span` is the one by which it is found.
    fn place(self, mention: &MentionFact, span: Span) -> Option<Span> {
        match self {
            Self::Word(_) => Some(span),
            Self::Whole(whole) => {
                let is_it = mention.whole() == Some(whole) && mention.family_span() == span;
                is_it.then(|| mention.span())
            }
        }
    }
}

/// Places of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Those of the document itself and then those of others, each in the order of their names.
    pub places: Vec<PlaceIn>,
    /// How many more there are, as far as that is known: of names of several words it is not.
    pub more: usize,
}

impl CorpusView<'_> {
    /// Where names stand, in their order: of each no more than `most` places, if that is not less than 8.
    /// One walk through the mentions of the document, and through those of others a bounded one.
    pub fn whereabouts(&self, names: &[NameIn], most: usize) -> Vec<Whereabouts> {
        let mut search = Search { view: self, most, found: Vec::new() };
        search.found.resize_with(names.len(), Vec::new);
        search.look_here(names);
        for (number, &name) in names.iter().enumerate() {
            search.look_elsewhere(number, name);
        }
        let found = search.found.into_iter().zip(names);
        found
            .map(|(places, name)| Whereabouts { more: self.more(*name, &places), places })
            .collect()
    }

    fn more(&self, name: NameIn, places: &[PlaceIn]) -> usize {
        match name {
            NameIn::Word(word) => {
                (self.index.names().seen(word) as usize).saturating_sub(places.len())
            }
            NameIn::Whole(_) => 0,
        }
    }
}

struct Search<'v, 'c> {
    view: &'v CorpusView<'c>,
    most: usize,
    /// By name.
    found: Vec<Vec<PlaceIn>>,
}

impl Search<'_, '_> {
    fn look_here(&mut self, names: &[NameIn]) {
        let mut by_word: FxHashMap<WordId, SmallVec<[usize; 1]>> = FxHashMap::default();
        for (number, name) in names.iter().enumerate() {
            by_word.entry(name.word()).or_default().push(number);
        }
        let (facts, document) = (&self.view.facts, &self.view.name);
        for mention in facts.mentions.iter().filter(|mention| !mention.is_foreign) {
            for (word, span, _) in mention.words() {
                for &number in by_word.get(&word).into_iter().flatten() {
                    let found = &mut self.found[number];
                    let place = names[number].place(mention, span);
                    found.extend(
                        place
                            .filter(|_| found.len() < self.most)
                            .map(|span| PlaceIn { document: Arc::clone(document), span }),
                    );
                }
            }
        }
    }

    fn look_elsewhere(&mut self, number: usize, name: NameIn) {
        let found = &mut self.found[number];
        let free = self.most - found.len();
        if free == 0 {
            return;
        }
        let first = self.view.index.first_places(name, self.most);
        let others = first.iter().filter(|place| place.document != self.view.name);
        found.extend(others.take(free).cloned());
    }
}

/// The first places of a name in the corpus, as they were found.
#[derive(Debug)]
pub(super) struct FirstPlaces {
    /// The state of the corpus.
    state: u64,
    /// So many were looked for.
    most: usize,
    places: Arc<[PlaceIn]>,
}

impl CorpusIndex {
    /// The first places of a name, in the order of the documents, `most` or some more; looked for once in
    /// each state of the corpus, since many documents have findings on one name.
    fn first_places(&self, name: NameIn, most: usize) -> Arc<[PlaceIn]> {
        let state = self.names.state();
        let known = self.first_places.view(&name, |_, known| {
            (known.state == state && known.most >= most).then(|| Arc::clone(&known.places))
        });
        if let Some(places) = known.flatten() {
            return places;
        }
        let places: Arc<[PlaceIn]> = self.look_for(name, most).into();
        if self.first_places.len() >= MOST_REMEMBERED {
            self.first_places.clear();
        }
        let known = FirstPlaces { state, most, places: Arc::clone(&places) };
        self.first_places.insert(name, known);
        places
    }

    fn look_for(&self, name: NameIn, most: usize) -> Vec<PlaceIn> {
        let mut found = Vec::new();
        let mut looked_at = 0;
        let mut behind: Option<Arc<str>> = None;
        'documents: loop {
            let next = self.names.holders(name.word(), behind.as_deref());
            for document in &next {
                if found.len() >= most || looked_at > MOST_LOOKED_AT {
                    break 'documents;
                }
                let Some(facts) = self.facts(document) else {
                    continue;
                };
                looked_at += facts.mentions.len();
                let mentions = facts.mentions.iter().filter(|mention| !mention.is_foreign);
                let places = mentions.flat_map(|mention| name.places_in(mention));
                let free = most - found.len();
                found.extend(
                    places.take(free).map(|span| PlaceIn { document: Arc::clone(document), span }),
                );
            }
            behind = match next.into_iter().next_back() {
                Some(last) => Some(last),
                None => break,
            };
        }
        if let NameIn::Word(word) = name {
            // Of the first ones it is known where they are.
            let first = self.names.places(word).into_iter();
            let missing: Vec<PlaceIn> =
                first.filter(|place| !found.contains(place)).take(most - found.len()).collect();
            if !missing.is_empty() {
                found.extend(missing);
                found.sort();
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{CorpusIndex, DocumentFacts, Settings, WholeName, analyse};
    use crate::markup::{Format, Language};

    fn corpus(texts: &[(&str, String)]) -> CorpusIndex {
        let index = CorpusIndex::default();
        let settings = Settings { language: Some(Language::ENGLISH), ..Settings::default() };
        for (name, text) in texts {
            let analysis = analyse(Arc::from(text.as_str()), Format::Plain, &settings);
            index.insert(Arc::from(*name), DocumentFacts::of(&analysis, &index));
        }
        index
    }

    fn word(index: &CorpusIndex, text: &str) -> WordId {
        index.names().find(text, Language::ENGLISH).expect("a word of the corpus")
    }

    /// The places by document and byte.
    fn shown(found: &Whereabouts) -> Vec<(&str, usize)> {
        let places = found.places.iter();
        places.map(|place| (&*place.document, place.span.start)).collect()
    }

    #[test]
    fn places_of_the_document_come_first_and_all_are_there() {
        let text = || "They saw Kostroma.\n\nThen Kostroma again.\n".to_owned();
        let many: Vec<String> = (10..40).map(|number| format!("{number}.txt")).collect();
        let texts: Vec<(&str, String)> = many.iter().map(|name| (name.as_str(), text())).collect();
        let index = corpus(&texts);
        let view = index.view("30.txt").expect("a document");
        let name = [NameIn::Word(word(&index, "Kostroma"))];
        let all = &view.whereabouts(&name, 100)[0];
        assert_eq!((all.places.len(), all.more), (60, 0));
        assert_eq!(shown(all)[..3], [("30.txt", 9), ("30.txt", 25), ("10.txt", 9)]);
        assert_eq!(shown(all).last(), Some(&("39.txt", 25)));
        let some = &view.whereabouts(&name, 9)[0];
        assert_eq!((some.places.len(), some.more), (9, 51));
        assert_eq!(some.places, all.places[..9]);
    }

    #[test]
    fn a_whole_name_is_not_that_of_a_namesake() {
        let texts = [
            ("a.txt", "They saw Zhou Enlai and Zhou Jie. But Zhou Enlai left.\n".to_owned()),
            ("b.txt", "Here is Zhou Enlai, and Enlai alone.\n".to_owned()),
        ];
        let index = corpus(&texts);
        let view = index.view("b.txt").expect("a document");
        let (given, family) = (word(&index, "Zhou"), word(&index, "Enlai"));
        let whole = NameIn::Whole(WholeName { given, middle: None, family });
        let found = &view.whereabouts(&[whole], 100)[0];
        assert_eq!(shown(found), [("b.txt", 8), ("a.txt", 9), ("a.txt", 38)]);
    }
}
