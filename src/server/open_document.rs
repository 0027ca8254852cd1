//! A document that an editor has open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::{Analysis, BlockFacts, DocumentFacts, analyse, analyse_after};
use crate::markup::Format;
use crate::rules::{self, Finding};
use crate::text::Buffer;

use super::corpora::{Corpus, name_of};
use super::findings::all_findings;
use super::pages::Page;
use super::proto::Uri;
use super::snapshot::{CorpusSnapshot, OpenPage, Snapshot};

pub(super) struct OpenDocument {
    pub(super) uri: Uri,
    pub(super) path: Option<PathBuf>,
    /// The name in its corpus's index.
    pub(super) name: Arc<str>,
    pub(super) format: Format,
    pub(super) corpus: Arc<Corpus>,
    pub(super) buffer: Buffer,
    /// The last reading; `None` after a change.
    pub(super) snapshot: Option<Snapshot>,
    /// The facts of an older version, from which those of the next are made.
    pub(super) before: Option<Arc<Analysis>>,
    /// The version that was last read.
    pub(super) read_version: i32,
    /// What the index of the corpus says of its blocks.
    pub(super) known: BlockFacts,
    /// What was found in it by itself, whatever the corpus says.
    pub(super) own_findings: Arc<Vec<Finding>>,
    /// Whether its findings are due.
    pub(super) is_unpublished: bool,
    /// By what the diagnostics are known that were told last, if places in other documents are
    /// among them.
    pub(super) told: Option<String>,
}

impl OpenDocument {
    /// Its text has changed.
    pub(super) fn outdate(&mut self) {
        self.snapshot = None;
        self.is_unpublished = true;
    }

    /// It belongs to another corpus than before, or to the same with other settings.
    pub(super) fn move_to(&mut self, corpus: &Arc<Corpus>) {
        corpus.take(&self.name);
        self.corpus = Arc::clone(corpus);
        self.before = None;
        self.known = BlockFacts::default();
        self.outdate();
    }

    /// Reads it anew.
    pub(super) fn read(&mut self, state: CorpusSnapshot) {
        let corpus = Arc::clone(&self.corpus);
        let relative = corpus.config.relative(Path::new(&*self.name));
        let settings = corpus.config.settings(relative);
        let text = self.buffer.text();
        let before = self.before.take();
        let analysis = Arc::new(match &before {
            Some(before) => analyse_after(before, text, settings),
            None => analyse(text, self.format, settings),
        });
        let before = before.as_deref();
        let facts = DocumentFacts::after(&analysis, &corpus.index, before, &mut self.known);
        self.before = Some(Arc::clone(&analysis));
        self.read_version = self.buffer.version;
        corpus.insert(&self.name, &analysis, facts);
        let facts = corpus.index.facts(&self.name).unwrap_or_default();
        let levels = corpus.config.levels(relative);
        let own = rules::document_findings(&analysis, &facts, settings, &levels);
        self.own_findings = Arc::new(own);
        corpus.keep(&self.name, &self.own_findings);
        let mut snapshot = Snapshot {
            uri: self.uri.clone(),
            name: Arc::clone(&self.name),
            lines: Arc::clone(analysis.lines()),
            facts,
            analysis,
            index: Arc::clone(&corpus.index),
            findings: Arc::default(),
            encoding: state.encoding,
            corpus: state,
        };
        snapshot.findings = self.findings(&snapshot);
        self.snapshot = Some(snapshot);
    }

    /// Looks again at what the corpus says of it; whether that is something else than before.
    pub(super) fn look_again(&mut self) -> bool {
        let Some(snapshot) = &self.snapshot else {
            return false;
        };
        let findings = self.findings(snapshot);
        let snapshot = self.snapshot.as_mut().filter(|snapshot| snapshot.findings != findings);
        let Some(snapshot) = snapshot else {
            return false;
        };
        snapshot.findings = findings;
        self.is_unpublished = true;
        true
    }

    /// Whether what is found in it points to a place in one of these other documents.
    pub(super) fn points_to(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        let findings = self.snapshot.iter().flat_map(|snapshot| snapshot.findings.iter());
        let mut others = findings
            .flat_map(|finding| &finding.related)
            .filter_map(|place| place.document.as_deref())
            .filter(|document| *document != &*self.name);
        others.any(is_wanted)
    }

    fn findings(&self, snapshot: &Snapshot) -> Arc<Vec<Finding>> {
        let relative = self.corpus.config.relative(Path::new(&*self.name));
        let text = || Some(Arc::clone(&snapshot.analysis.source));
        all_findings(&self.corpus, &snapshot.name, relative, &self.own_findings, text)
    }
}

/// A file of TOML that an editor has open: configuration, authority, or none of ours.
pub(super) struct OpenTable {
    uri: Uri,
    pub(super) path: PathBuf,
    pub(super) buffer: Buffer,
}

impl OpenTable {
    /// `None` if it is no file of TOML.
    pub(super) fn of(uri: &Uri, path: Option<&Path>, version: i32, text: &str) -> Option<Self> {
        let path = path.filter(|path| path.extension().is_some_and(|end| end == "toml"))?;
        let buffer = Buffer::new(text, version);
        Some(Self { uri: uri.clone(), path: path.to_owned(), buffer })
    }

    /// Its present text.
    pub(super) fn page(&self) -> OpenPage {
        OpenPage {
            name: name_of(&self.path),
            uri: self.uri.clone(),
            version: self.buffer.version,
            page: Page::of(self.buffer.text()),
        }
    }
}

/// The format of a document that was opened, or `None` where it is no text to proofread: an
/// editor that does not know TOML opens `figures.toml` as plain text.
pub(super) fn format_of(path: Option<&Path>, language: &str) -> Option<Format> {
    if let Some(format) = path.and_then(Format::of_path) {
        return Some(format);
    }
    match language {
        "markdown" => Some(Format::Markdown),
        "html" => Some(Format::Html),
        "xml" => Some(Format::Tei),
        _ if path.and_then(Path::extension).is_none() => Some(Format::Plain),
        _ => None,
    }
}
