//! What the documents of a corpus share.

use std::sync::Arc;

use dashmap::DashMap;

use crate::figures::Authority;
use crate::markup::{Ignore, InlineKind};
use crate::text::Span;

use super::Analysis;

/// What is kept of a document once its text has been dropped.
#[derive(Debug, Default)]
pub struct DocumentFacts {
    /// Comments that silence rules.
    pub ignores: Vec<Ignore>,
    /// Places that are right as they stand: `[sic]`, `<sic>`, `<orig>`.
    pub sic: Vec<Span>,
}

impl DocumentFacts {
    /// The facts of an analysed document that others may need.
    pub fn of(analysis: &Analysis, _index: &CorpusIndex) -> Self {
        let blocks = analysis.document.blocks.iter();
        let sic = blocks.flat_map(|block| {
            let sics = block.inlines.iter().filter(|inline| inline.kind == InlineKind::Sic);
            sics.map(|inline| block.prose.to_source(inline.span))
        });
        Self { ignores: analysis.document.ignores.clone(), sic: sic.collect() }
    }
}

/// The documents of one corpus by name. Many threads write at once while a corpus is
/// read; a document that changes is replaced as a whole.
#[derive(Debug, Default)]
pub struct CorpusIndex {
    documents: DashMap<Arc<str>, Arc<DocumentFacts>>,
    authority: Arc<Authority>,
}

impl CorpusIndex {
    /// An empty corpus with this authority.
    pub fn new(authority: Arc<Authority>) -> Self {
        Self { documents: DashMap::new(), authority }
    }

    /// The authority of the corpus.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Adds a document, or puts a new version in the place of the old one.
    pub fn insert(&self, name: Arc<str>, facts: DocumentFacts) {
        self.documents.insert(name, Arc::new(facts));
    }

    /// Takes a document out.
    pub fn remove(&self, name: &str) {
        self.documents.remove(name);
    }

    /// The corpus as one of its documents sees it; `None` if it holds no such document.
    pub fn view(&self, name: &str) -> Option<CorpusView<'_>> {
        let (name, facts) =
            self.documents.view(name, |name, facts| (Arc::clone(name), Arc::clone(facts)))?;
        Some(CorpusView { index: self, name, facts })
    }
}

/// The corpus as one of its documents sees it.
#[derive(Debug)]
pub struct CorpusView<'a> {
    /// The corpus.
    pub index: &'a CorpusIndex,
    /// The document's name.
    pub name: Arc<str>,
    /// The document's facts.
    pub facts: Arc<DocumentFacts>,
}
