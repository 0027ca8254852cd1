//! Where a corpus has a word: its first places, and which documents have others, so that the next
//! place is found when one of the first has gone, however large the corpus is.

use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::{self, AtomicU32};

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::text::Span;

use super::Extent;

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

/// The same as it is kept: a corpus keeps many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The document's number.
    pub(super) document: u32,
    pub(super) span: Extent,
}

/// The documents of a corpus by number: a list of them is kept for each word, so that must be
/// small. A document that is taken out keeps its number.
#[derive(Debug, Default)]
pub(super) struct Documents {
    names: boxcar::Vec<Arc<str>>,
    numbers: DashMap<Arc<str>, u32, FxBuildHasher>,
    /// So many of the first have their numbers in the order of their names.
    in_order: AtomicU32,
}

impl Documents {
    /// Numbers documents that will come, so that to find out which of two is the first no names need to
    /// be compared. They must be in order.
    pub(super) fn expect(&self, names: &[Arc<str>]) {
        let numbered = (0..).zip(names).take_while(|(next, name)| self.number(name) == *next);
        self.in_order.fetch_max(numbered.count() as u32, atomic::Ordering::Release);
    }

    /// The name of the document of a number.
    pub(super) fn name(&self, number: u32) -> &Arc<str> {
        &self.names[number as usize]
    }

    /// The number of a document, which is new or known.
    pub(super) fn number(&self, document: &Arc<str>) -> u32 {
        if let Some(number) = self.numbers.view(document, |_, number| *number) {
            return number;
        }
        let new = || self.names.push(Arc::clone(document)) as u32;
        *self.numbers.entry(Arc::clone(document)).or_insert_with(new)
    }

    fn order(&self, a: u32, b: u32) -> Ordering {
        if a == b || a.max(b) < self.in_order.load(atomic::Ordering::Acquire) {
            return a.cmp(&b);
        }
        self.name(a).cmp(self.name(b))
    }
}

/// The places of a word.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The first of the corpus, in order.
    pub(super) first: SmallVec<[Place; 1]>,
    /// The documents that have any, in the order of their names.
    holders: SmallVec<[u32; 4]>,
}

impl Places {
    /// Whether places in a document can be among the first of the corpus.
    pub(super) fn has_room(&self, document: u32, documents: &Documents) -> bool {
        let is_behind = |last: &Place| documents.order(last.document, document).is_lt();
        self.first.len() < MOST_PLACES || !self.first.last().is_some_and(is_behind)
    }

    /// Adds the places in a document of which there are none yet, which come in order, as far as they are
    /// among the first.
    pub(super) fn add(
        &mut self,
        document: u32,
        spans: impl Iterator<Item = Extent>,
        documents: &Documents,
    ) {
        if !self.has_room(document, documents) {
            return;
        }
        let order = |a: u32, b: u32| documents.order(a, b);
        let is_last = self.first.last().is_none_or(|last| order(last.document, document).is_lt());
        self.first.extend(spans.take(MOST_PLACES).map(|span| Place { document, span }));
        if !is_last {
            let by_place = |a: &Place, b: &Place| {
                order(a.document, b.document).then_with(|| a.span.cmp(&b.span))
            };
            self.first.sort_unstable_by(by_place);
        }
        self.first.truncate(MOST_PLACES);
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
        let is_before =
            |number: &u32| behind.is_some_and(|behind| **documents.name(*number) <= *behind);
        let from = self.holders.partition_point(is_before);
        let next = self.holders[from..].iter().take(MOST_PLACES);
        next.map(|&number| Arc::clone(documents.name(number))).collect()
    }
}
