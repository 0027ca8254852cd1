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
    pub(super) open: Arc<Vec<(Arc<str>, Arc<str>)>>,
}

impl CorpusSnapshot {
    /// The text of a document of the corpus.
    pub(super) fn text_of(&self, document: &str) -> Option<Arc<str>> {
        let open = self.open.iter().find(|(name, _)| **name == *document);
        open.map_or_else(|| read(&PathBuf::from(document)), |(_, text)| Some(Arc::clone(text)))
    }

    /// Places in a document; what cannot be read is left out. The spans are converted together.
    pub(super) fn locations(&self, document: &str, spans: &[Span]) -> Vec<Location> {
        match self.text_of(document) {
            Some(text) if !spans.is_empty() => {
                locations_in(Path::new(document), &text, spans, self.encoding)
            }
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
        let path = Path::new(document);
        let config = &self.corpus.corpus.config;
        let settings = config.settings(config.relative(path));
        let format = Format::of_path(path).unwrap_or_default();
        Some(Arc::new(analyse(self.text_of(document)?, format, settings)))
    }

    /// The quotation mark at byte `at` and its partner, in the order of the source.
    pub(super) fn pair_at(&self, at: usize) -> Option<[Span; 2]> {
        let analysis = &self.analysis;
        let number = analysis.document.blocks.iter().position(|block| block.span.touches(at))?;
        let marks = &analysis.quotes.blocks[number].marks;
        let mark = marks.iter().find(|mark| analysis.to_source(number, mark.span).touches(at))?;
        let partner = marks[mark.partner?].span;
        let mut pair = [mark.span, partner].map(|span| analysis.to_source(number, span));
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
    let Some(uri) = uri_of(path) else {
        return Vec::new();
    };
    let index = LineIndex::of(text);
    let lines = Lines { text, index: &index, encoding };
    let valid = spans.iter().filter(|span| text.get(span.range()).is_some());
    valid.map(|span| Location { uri: uri.clone(), range: lines.range(*span) }).collect()
}
