//! What a request is answered from: one state of a document and of the corpus.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::{Analysis, CorpusIndex, DocumentFacts};
use crate::rules::Finding;
use crate::text::{LineIndex, PositionEncoding, SourceFile, Span};

use super::proto::{Lines, Location, Position, Uri, uri_of};

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
    /// The texts of all open documents by name, which count before what is on disk.
    pub(super) open: Arc<Vec<(Arc<str>, Arc<str>)>>,
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
        let Some(text) = self.text_of(document) else {
            return Vec::new();
        };
        locations_in(Path::new(document), &text, spans, self.encoding)
    }

    fn text_of(&self, document: &str) -> Option<Arc<str>> {
        let open = self.open.iter().find(|(name, _)| **name == *document);
        open.map_or_else(|| read(&PathBuf::from(document)), |(_, text)| Some(Arc::clone(text)))
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
