//! Where a corpus has a word: its first places, and which documents have others, so that the next
//! place is found when one of the first has gone, however large the corpus is.

use std::cmp::Ordering;
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::text::Span;

/// How many places are remembered of a word: enough to show.
pub(super) const MOST_PLACES: usize = 8;

/// A place in a document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceIn {
    /// The document's name.
    pub document: Arc<str>,
    /// Bytes of its source.
    pub span: Span,
}

/// The documents of a corpus by number: a list of them is kept for each word, so that must be
/// small. A document that is taken out keeps its number.
#[derive(Debug, Default)]
pub(super) struct Documents {
    names: boxcar::Vec<Arc<str>>,
    numbers: DashMap<Arc<str>, u32, FxBuildHasher>,
}

impl Documents {
    /// The number of a document, which is new or known.
    pub(super) fn number(&self, document: &Arc<str>) -> u32 {
        if let Some(number) = self.numbers.view(document, |_, number| *number) {
            return number;
        }
        let new = || self.names.push(Arc::clone(document)) as u32;
        *self.numbers.entry(Arc::clone(document)).or_insert_with(new)
    }

    fn order(&self, a: u32, b: u32) -> Ordering {
        if a == b { Ordering::Equal } else { self.names[a as usize].cmp(&self.names[b as usize]) }
    }
}

/// The places of a word.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The first of the corpus, in order.
    pub(super) first: SmallVec<[PlaceIn; 1]>,
    /// The documents that have any, in the order of their names.
    holders: SmallVec<[u32; 4]>,
}

impl Places {
    /// Whether places in a document can be among the first of the corpus.
    pub(super) fn has_room(&self, document: &Arc<str>) -> bool {
        let last = self.first.last();
        self.first.len() < MOST_PLACES || last.is_none_or(|last| *last.document >= **document)
    }

    /// A document has the word.
    pub(super) fn hold(&mut self, document: u32, documents: &Documents) {
        if let Err(at) = self.find(document, documents) {
            self.holders.insert(at, document);
        }
    }

    /// A document has it no more.
    pub(super) fn let_go(&mut self, document: u32, documents: &Documents) {
        if let Ok(at) = self.find(document, documents) {
            self.holders.remove(at);
        }
    }

    fn find(&self, document: u32, documents: &Documents) -> Result<usize, usize> {
        // Mostly documents come in order.
        match self.holders.last() {
            Some(&last) if documents.order(last, document).is_lt() => Err(self.holders.len()),
            _ => self.holders.binary_search_by(|&one| documents.order(one, document)),
        }
    }

    /// The first documents that have the word, of those behind one: as many as the first places can
    /// be in.
    pub(super) fn holders(&self, behind: Option<&str>, documents: &Documents) -> Vec<Arc<str>> {
        let name = |number: u32| &documents.names[number as usize];
        let is_before = |number: &u32| behind.is_some_and(|behind| **name(*number) <= *behind);
        let from = self.holders.partition_point(is_before);
        let next = self.holders[from..].iter().take(MOST_PLACES);
        next.map(|&number| Arc::clone(name(number))).collect()
    }
}
