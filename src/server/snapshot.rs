//! What a request is answered from: one state of a document and of the corpus.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::{Analysis, CorpusIndex, DocumentFacts, analyse};
use crate::markup::Format;
use crate::rules::Finding;
use crate::text::{LineIndex, PositionEncoding, SourceFile, Span};

use super::capabilities::ClientAbilities;
use super::corpora::Corpus;
use super::options::Options;
use super::pages::Page;
use super::proto::{Lines, Location, Position, Uri, uri_of};

/// A corpus as it was when a request arrived.
#[derive(Clone, Debug)]
pub(super) struct CorpusSnapshot {
    /// Its configuration and its index, which many threads may read.
    pub(super) corpus: Arc<Corpus>,
    pub(super) encoding: PositionEncoding,
    /// What the client can do.
    pub(super) client: ClientAbilities,
    /// What the user switched on.
    pub(super) options: Options,
    /// The texts of all open documents by name, which count before what is on disk.
    pub(super) open: Arc<Vec<OpenPage>>,
}

/// A document that the editor has.
#[derive(Clone, Debug)]
pub(super) struct OpenPage {
    pub(super) name: Arc<str>,
    /// As the editor spells it.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) page: Page,
}

impl CorpusSnapshot {
    /// The text of a document of the corpus.
    pub(super) fn text_of(&self, document: &str) -> Option<Arc<str>> {
        match self.open_page(document) {
            Some(open) => Some(Arc::clone(&open.page.text)),
            None => read(&PathBuf::from(document)),
        }
    }

    /// A document as the editor has it.
    pub(super) fn open_page(&self, document: &str) -> Option<&OpenPage> {
        self.open.iter().find(|open| *open.name == *document)
    }

    /// The URI of a document of the corpus.
    pub(super) fn uri_of(&self, document: &str) -> Option<Uri> {
        match self.open_page(document) {
            Some(open) => Some(open.uri.clone()),
            None => uri_of(Path::new(document)),
        }
    }

    /// The text of a document of the corpus with its lines, which is kept for a while.
    pub(super) fn page_of(&self, document: &str) -> Option<Page> {
        match self.open_page(document) {
            Some(open) => Some(open.page.clone()),
            None => {
                let facts = self.corpus.index.facts(document);
                self.corpus.pages.get(document, facts, || read(&PathBuf::from(document)))
            }
        }
    }

    /// The facts of a document of the corpus, read anew.
    pub(super) fn analysis_of(&self, document: &str) -> Option<Arc<Analysis>> {
        let path = Path::new(document);
        let config = &self.corpus.config;
        let settings = config.settings(config.relative(path));
        let format = Format::of_path(path).unwrap_or_default();
        Some(Arc::new(analyse(self.text_of(document)?, format, settings)))
    }

    /// Places in a document; what cannot be read is left out. The spans are converted together.
    pub(super) fn locations(&self, document: &str, spans: &[Span]) -> Vec<Location> {
        if spans.is_empty() {
            return Vec::new();
        }
        match (self.uri_of(document), self.page_of(document)) {
            (Some(uri), Some(page)) => locations_on(&uri, &page, spans, self.encoding),
            _ => Vec::new(),
        }
    }
}

/// A document as it was when a request arrived.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub(super) uri: Uri,
    /// The name in the corpus's index.
    pub(super) name: Arc<str>,
    pub(super) analysis: Arc<Analysis>,
    pub(super) lines: Arc<LineIndex>,
    pub(super) facts: Arc<DocumentFacts>,
    pub(super) index: Arc<CorpusIndex>,
    pub(super) findings: Arc<Vec<Finding>>,
    pub(super) encoding: PositionEncoding,
    /// The corpus that it belongs to.
    pub(super) corpus: CorpusSnapshot,
}

impl Snapshot {
    /// The document's lines in the client's units.
    pub(super) fn lines(&self) -> Lines<'_> {
        Lines { text: &self.analysis.source, index: &self.lines, encoding: self.encoding }
    }

    /// The byte that a position names.
    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines().offset(position)
    }

    /// A place in this document.
    pub(super) fn here(&self, span: Span) -> Location {
        Location { uri: self.uri.clone(), range: self.lines().range(span) }
    }

    /// Places in any document of the corpus; what cannot be read is left out. The spans of
    /// one document are converted together.
    pub(super) fn locations(&self, document: &str, spans: &[Span]) -> Vec<Location> {
        if *document == *self.name {
            return spans.iter().map(|span| self.here(*span)).collect();
        }
        self.corpus.locations(document, spans)
    }

    /// The text of a document of the corpus.
    pub(super) fn text_of(&self, document: &str) -> Option<Arc<str>> {
        if *document == *self.name {
            return Some(Arc::clone(&self.analysis.source));
        }
        self.corpus.text_of(document)
    }

    /// The facts of a document of the corpus, read anew unless it is this one.
    pub(super) fn analysis_of(&self, document: &str) -> Option<Arc<Analysis>> {
        if *document == *self.name {
            return Some(Arc::clone(&self.analysis));
        }
        self.corpus.analysis_of(document)
    }

    /// The quotation mark at byte `at` and its partner, in the order of the source.
    pub(super) fn pair_at(&self, at: usize) -> Option<[Span; 2]> {
        let analysis = &self.analysis;
        let number = analysis.document.blocks.iter().position(|block| block.span.touches(at))?;
        let marks = &analysis.quotes.blocks[number].marks;
        let mark = marks.iter().find(|mark| analysis.to_source(number, mark.span()).touches(at))?;
        let partner = marks[mark.partner()?].span();
        let mut pair = [mark.span(), partner].map(|span| analysis.to_source(number, span));
        pair.sort();
        Some(pair)
    }
}

/// The text of a file on disk.
pub(super) fn read(path: &Path) -> Option<Arc<str>> {
    let bytes = std::fs::read(path).ok()?;
    SourceFile::decode(&bytes).ok().map(|file| file.text)
}

/// Spans of a text as places in its file.
pub(super) fn locations_in(
    path: &Path,
    text: &str,
    spans: &[Span],
    encoding: PositionEncoding,
) -> Vec<Location> {
    match uri_of(path) {
        Some(uri) => locations_on(&uri, &Page::of(Arc::from(text)), spans, encoding),
        None => Vec::new(),
    }
}

fn locations_on(
    uri: &Uri,
    page: &Page,
    spans: &[Span],
    encoding: PositionEncoding,
) -> Vec<Location> {
    let ranges = spans.iter().filter_map(|span| page.range(*span, encoding));
    ranges.map(|range| Location { uri: uri.clone(), range }).collect()
}
