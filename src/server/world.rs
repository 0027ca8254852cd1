//! The one thread that owns the documents.
//!
//! It takes events in the order of arrival. A change is applied to the buffer at once; the
//! document is read anew when a request asks or when no event is waiting, so that a burst
//! of keystrokes costs one reading. What a change means for the other open documents is
//! looked at when the typing pauses.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Duration;

use crate::config;
use crate::corpus::{Analysis, DocumentFacts, analyse, analyse_after};
use crate::markup::Format;
use crate::rules::{self, Finding};
use crate::text::{Buffer, Change, LineIndex, PositionEncoding};

use super::capabilities::ClientAbilities;
use super::corpora::{Corpus, name_of};
use super::diagnostics;
use super::options::Options;
use super::outbox::{Message, Outbox};
use super::proto::{
    Uri, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
    path_of, uri_of,
};
use super::snapshot::{CorpusSnapshot, Snapshot};

/// How long after the last event the other documents are looked at.
const PAUSE: Duration = Duration::from_millis(120);

/// What the handlers forward.
pub(super) enum Event {
    Start(Box<Start>),
    Open {
        uri: Uri,
        language: String,
        version: i32,
        text: String,
    },
    Change {
        uri: Uri,
        version: i32,
        changes: Vec<Change>,
    },
    Save,
    Close {
        uri: Uri,
    },
    /// Files changed on disk.
    Watched(Vec<PathBuf>),
    /// A corpus has been read, with the token of its progress.
    Indexed(String),
    /// The user does not want to wait for the reading of a corpus.
    CancelReading(String),
    /// Workspace folders came and went.
    Folders {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    /// The user's settings changed; `None`: the client is to be asked.
    Configured(Option<Options>),
    /// A request about all corpora.
    CorpusRequest {
        work: Box<dyn FnOnce(Vec<CorpusSnapshot>) + Send>,
    },
    /// A request, which gets the state of the document or `None`.
    Request {
        uri: Uri,
        work: Box<dyn FnOnce(Option<Snapshot>) + Send>,
    },
}

/// What `initialize` told.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) folders: Vec<PathBuf>,
    pub(super) client: ClientAbilities,
    pub(super) options: Options,
    pub(super) outbox: Outbox,
}

/// Starts the thread; it ends when the sender is dropped.
pub(super) fn spawn() -> Sender<Event> {
    let (sender, receiver) = channel();
    let own = sender.clone();
    std::thread::spawn(move || {
        World::new(own).run(&receiver);
    });
    sender
}

struct OpenDocument {
    uri: Uri,
    path: Option<PathBuf>,
    name: Arc<str>,
    format: Format,
    corpus: usize,
    buffer: Buffer,
    /// The last reading; `None` after a change.
    snapshot: Option<Snapshot>,
    /// The facts of an older version, from which those of the next are made.
    before: Option<Arc<Analysis>>,
    /// What was found in it by itself, whatever the corpus says.
    own_findings: Vec<Finding>,
    /// Whether its findings are due.
    is_unpublished: bool,
}

struct World {
    events: Sender<Event>,
    documents: BTreeMap<String, OpenDocument>,
    corpora: Vec<Arc<Corpus>>,
    encoding: PositionEncoding,
    client: Option<ClientAbilities>,
    options: Options,
    outbox: Option<Outbox>,
    started: usize,
    /// The corpora that are being read, by the token of the progress; set to stop.
    reading: BTreeMap<String, Arc<AtomicBool>>,
    /// Documents that were read anew since the others were last looked at.
    changed: BTreeSet<String>,
}

impl World {
    fn new(events: Sender<Event>) -> Self {
        Self {
            events,
            documents: BTreeMap::new(),
            corpora: Vec::new(),
            encoding: PositionEncoding::Utf16,
            client: None,
            options: Options::default(),
            outbox: None,
            started: 0,
            reading: BTreeMap::new(),
            changed: BTreeSet::new(),
        }
    }

    fn run(&mut self, events: &Receiver<Event>) {
        loop {
            let is_due = self.documents.values().any(|document| document.is_unpublished);
            let event = match (is_due, self.changed.is_empty()) {
                (true, _) => events.try_recv().map_err(|error| match error {
                    TryRecvError::Empty => RecvTimeoutError::Timeout,
                    TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
                }),
                (false, false) => events.recv_timeout(PAUSE),
                (false, true) => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(event) => self.guarded(|world| world.handle(event)),
                Err(RecvTimeoutError::Timeout) if is_due => self.guarded(|world| {
                    let published = world.publish_unpublished();
                    world.changed.extend(published);
                }),
                Err(RecvTimeoutError::Timeout) => self.guarded(Self::publish_due),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// A panic in one event does not end the session, and does not pass silently.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            tracing::error!("an event could not be handled; please report the message above");
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Start(start) => self.start(*start),
            Event::Open { uri, language, version, text } => {
                self.open(uri, &language, version, &text);
                self.publish_due();
            }
            Event::Change { uri, version, changes } => {
                let encoding = self.encoding;
                if let Some(document) = self.documents.get_mut(uri.as_str()) {
                    document.buffer.apply(&changes, version, encoding);
                    document.snapshot = None;
                    document.is_unpublished = true;
                }
            }
            Event::Save => self.publish_due(),
            Event::Close { uri } => self.close(&uri),
            Event::Watched(paths) => self.watched(&paths),
            Event::Indexed(token) => {
                self.reading.remove(&token);
                self.publish_all();
            }
            Event::CancelReading(token) => {
                if let Some(stop) = self.reading.get(&token) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            Event::Folders { added, removed } => self.change_folders(&added, &removed),
            Event::Configured(options) => self.configure(options),
            Event::CorpusRequest { work } => {
                let corpora = self.corpora.iter().map(|corpus| self.corpus_snapshot(corpus));
                let corpora = corpora.collect();
                answer(move || work(corpora));
            }
            Event::Request { uri, work } => {
                let snapshot = self.snapshot(uri.as_str());
                answer(move || work(snapshot));
            }
        }
    }

    fn start(&mut self, start: Start) {
        self.encoding = start.client.encoding;
        self.client = Some(start.client);
        self.options = start.options;
        self.outbox = Some(start.outbox);
        for folder in start.folders {
            self.add_corpus(&folder);
        }
    }

    /// Opens the corpus of a folder and reads its documents in the background.
    fn add_corpus(&mut self, folder: &Path) -> usize {
        let corpus = Arc::new(Corpus::open(folder));
        self.report_errors(&corpus);
        self.corpora.push(Arc::clone(&corpus));
        self.read_in_background(corpus);
        self.corpora.len() - 1
    }

    fn report_errors(&self, corpus: &Corpus) {
        let Some(outbox) = &self.outbox else {
            return;
        };
        let mut by_path: BTreeMap<&Path, Vec<_>> = BTreeMap::new();
        if let Some(path) = &corpus.config.path {
            by_path.entry(path).or_default();
        }
        for error in &corpus.errors {
            by_path.entry(&error.path).or_default().push(diagnostics::of_config(error));
        }
        for (path, diagnostics) in by_path {
            if let Some(uri) = uri_of(path) {
                outbox.put(Message::Diagnostics { uri, diagnostics, version: None });
            }
        }
    }

    fn read_in_background(&mut self, corpus: Arc<Corpus>) {
        let events = self.events.clone();
        let outbox =
            self.outbox.clone().filter(|_| self.client.is_some_and(|client| client.shows_progress));
        let open: Vec<Arc<str>> = self.documents.values().map(|d| Arc::clone(&d.name)).collect();
        self.started += 1;
        let token = format!("rubricator/index/{}", self.started);
        let stop = Arc::new(AtomicBool::new(false));
        self.reading.insert(token.clone(), Arc::clone(&stop));
        std::thread::spawn(move || {
            let files = corpus.files();
            let tell = |value| {
                if let Some(outbox) = &outbox {
                    outbox.put(Message::Progress(token.clone(), value));
                }
            };
            if let Some(outbox) = &outbox {
                outbox.put(Message::CreateProgress(token.clone()));
            }
            tell(WorkDoneProgress::Begin(WorkDoneProgressBegin {
                title: "Reading the corpus".to_owned(),
                cancellable: Some(true),
                message: None,
                percentage: Some(0),
            }));
            let mut read = 0;
            for (number, file) in files.iter().enumerate() {
                // What is known of the corpus then is what has been read so far.
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                read += 1;
                // What is open is read from its buffer.
                if !open.contains(&name_of(file)) && corpus.index.facts(&name_of(file)).is_none() {
                    let result = catch_unwind(AssertUnwindSafe(|| corpus.read_file(file)));
                    if result.is_err() {
                        tracing::error!("{} cannot be read", file.display());
                    }
                }
                if number % 64 == 63 {
                    tell(WorkDoneProgress::Report(WorkDoneProgressReport {
                        cancellable: Some(true),
                        message: Some(format!("{} of {} files", number + 1, files.len())),
                        percentage: Some((100 * number / files.len()) as u32),
                    }));
                }
            }
            let message = Some(if read < files.len() {
                format!("stopped after {read} of {} files", files.len())
            } else {
                format!("{read} files")
            });
            tell(WorkDoneProgress::End(WorkDoneProgressEnd { message }));
            let _ = events.send(Event::Indexed(token));
        });
    }

    fn change_folders(&mut self, added: &[PathBuf], removed: &[PathBuf]) {
        for folder in added {
            if !self.corpora.iter().any(|corpus| corpus.folder == *folder) {
                self.add_corpus(folder);
            }
        }
        // A document that is open keeps its corpus until it is closed.
        let in_use: Vec<usize> = self.documents.values().map(|document| document.corpus).collect();
        let is_gone = |number: usize, corpus: &Corpus| {
            removed.contains(&corpus.folder) && !in_use.contains(&number)
        };
        let kept: Vec<bool> =
            self.corpora.iter().enumerate().map(|(at, one)| !is_gone(at, one)).collect();
        for document in self.documents.values_mut() {
            document.corpus = kept[..document.corpus].iter().filter(|kept| **kept).count();
        }
        let mut kept = kept.into_iter();
        self.corpora.retain(|_| kept.next().unwrap_or(true));
    }

    fn configure(&mut self, options: Option<Options>) {
        match options {
            Some(options) => self.options = options,
            None => {
                if let Some(outbox) = &self.outbox
                    && self.client.is_some_and(|client| client.tells_configuration)
                {
                    outbox.put(Message::AskConfiguration);
                }
            }
        }
    }

    fn corpus_for(&mut self, path: Option<&Path>) -> usize {
        let folder = path.and_then(Path::parent).unwrap_or(Path::new("/nonexistent")).to_owned();
        let known = self
            .corpora
            .iter()
            .enumerate()
            .filter(|(_, corpus)| folder.starts_with(&corpus.folder))
            .max_by_key(|(_, corpus)| corpus.folder.as_os_str().len());
        match known {
            Some((number, _)) => number,
            // Without a workspace the corpus is what the configuration speaks of.
            None => {
                let config = config::find(&folder);
                let root = config.as_deref().and_then(Path::parent).unwrap_or(&folder);
                self.add_corpus(root)
            }
        }
    }

    fn open(&mut self, uri: Uri, language: &str, version: i32, text: &str) {
        let path = path_of(&uri);
        let Some(format) = format_of(path.as_deref(), language) else {
            return;
        };
        let corpus = self.corpus_for(path.as_deref());
        let name = path.as_deref().map_or_else(|| Arc::from(uri.as_str()), name_of);
        let document = OpenDocument {
            uri: uri.clone(),
            path,
            name,
            format,
            corpus,
            buffer: Buffer::new(text, version),
            snapshot: None,
            before: None,
            own_findings: Vec::new(),
            is_unpublished: true,
        };
        self.documents.insert(uri.as_str().to_owned(), document);
    }

    fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(uri.as_str()) else {
            return;
        };
        if let Some(outbox) = self.outbox.as_ref().filter(|_| !self.pulls()) {
            let message =
                Message::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None };
            outbox.put(message);
        }
        // From now on the file counts as it is on disk, if it is there.
        let corpus = &self.corpora[document.corpus];
        match document.path.filter(|path| path.is_file()) {
            Some(path) => corpus.read_file(&path),
            None => corpus.index.remove(&document.name),
        }
    }

    fn watched(&mut self, paths: &[PathBuf]) {
        let is_config =
            |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
        if paths.iter().any(is_config) {
            self.reload();
            return;
        }
        for corpus in &self.corpora {
            corpus.forget_folders();
        }
        for path in paths {
            let name = name_of(path);
            if self.documents.values().any(|document| document.name == name) {
                continue;
            }
            let number = self.corpus_for(Some(path));
            let corpus = &self.corpora[number];
            if path.is_file() && Format::of_path(path).is_some() {
                corpus.read_file(path);
            } else {
                corpus.index.remove(&name);
            }
        }
        self.publish_all();
    }

    /// Reads configuration and authority anew.
    fn reload(&mut self) {
        let folders: Vec<_> = self.corpora.iter().map(|corpus| corpus.folder.clone()).collect();
        self.corpora.clear();
        for folder in folders {
            self.add_corpus(&folder);
        }
        self.publish_all();
    }

    fn publish_all(&mut self) {
        for document in self.documents.values_mut() {
            document.snapshot = None;
            document.before = None;
            document.is_unpublished = true;
        }
        self.publish_due();
        self.ask_to_pull();
    }

    /// Whether the client asks for diagnostics itself.
    fn pulls(&self) -> bool {
        self.client.is_some_and(|client| client.pulls)
    }

    fn publish_due(&mut self) {
        let published = self.publish_unpublished();
        self.changed.extend(published);
        let changed = std::mem::take(&mut self.changed);
        if !changed.is_empty() {
            self.look_again_beside(&changed);
            self.publish_unpublished();
        }
    }

    /// What a document says of names may change what is found in others that are open.
    fn look_again_beside(&mut self, changed: &BTreeSet<String>) {
        let mut is_stale = false;
        for (uri, document) in &mut self.documents {
            // The only one that changed has been read since; of several each may have been read
            // before another changed.
            let is_fresh = changed.len() == 1 && changed.contains(uri);
            let Some(snapshot) = document.snapshot.as_mut().filter(|_| !is_fresh) else {
                continue;
            };
            let corpus = &self.corpora[document.corpus];
            let findings =
                all_findings(document.path.as_deref(), corpus, snapshot, &document.own_findings);
            if *snapshot.findings != findings {
                snapshot.findings = Arc::new(findings);
                document.is_unpublished = true;
                is_stale = true;
            }
        }
        if is_stale {
            self.ask_to_pull();
        }
    }

    /// Tells a client that asks for diagnostics itself to ask again.
    fn ask_to_pull(&self) {
        if let Some(outbox) = &self.outbox
            && self.client.is_some_and(|client| client.pulls && client.refreshes)
        {
            outbox.put(Message::RefreshDiagnostics);
        }
    }

    /// Publishes what is due; gives the documents.
    fn publish_unpublished(&mut self) -> Vec<String> {
        let mut due = Vec::new();
        for (uri, document) in &mut self.documents {
            // Taken back at once: a reading that fails is not tried again and again.
            if std::mem::take(&mut document.is_unpublished) {
                due.push(uri.clone());
            }
        }
        for uri in &due {
            let Some(snapshot) = self.snapshot(uri) else {
                continue;
            };
            let pulls = self.pulls();
            let Some(document) = self.documents.get(uri) else {
                continue;
            };
            if let Some(outbox) = self.outbox.as_ref().filter(|_| !pulls) {
                outbox.put(Message::Diagnostics {
                    uri: document.uri.clone(),
                    diagnostics: diagnostics::of(&snapshot),
                    version: Some(document.buffer.version),
                });
            }
        }
        due
    }

    /// The state of a corpus for a request.
    fn corpus_snapshot(&self, corpus: &Arc<Corpus>) -> CorpusSnapshot {
        CorpusSnapshot {
            corpus: Arc::clone(corpus),
            encoding: self.encoding,
            client: self.client.unwrap_or_default(),
            options: self.options,
            open: self.open_texts(),
        }
    }

    fn open_texts(&self) -> Arc<Vec<(Arc<str>, Arc<str>)>> {
        Arc::new(
            self.documents
                .values()
                .filter_map(|document| {
                    let snapshot = document.snapshot.as_ref()?;
                    Some((Arc::clone(&document.name), Arc::clone(&snapshot.analysis.source)))
                })
                .collect(),
        )
    }

    /// The present state of a document, read anew if it changed.
    fn snapshot(&mut self, uri: &str) -> Option<Snapshot> {
        let corpus = Arc::clone(&self.corpora[self.documents.get(uri)?.corpus]);
        let state = self.corpus_snapshot(&corpus);
        let document = self.documents.get_mut(uri)?;
        if document.snapshot.is_none() {
            read_document(document, &corpus, state.clone());
        }
        let mut snapshot = document.snapshot.clone()?;
        snapshot.corpus = state;
        Some(snapshot)
    }
}

/// Answers a request on another thread; a panic does not end the session.
fn answer(work: impl FnOnce() + Send + 'static) {
    rayon::spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            tracing::error!("a request failed; please report the message above");
        }
    });
}

/// The format of a document that was opened, or `None` where it is no text to proofread: an
/// editor that does not know TOML opens `figures.toml` as plain text.
fn format_of(path: Option<&Path>, language: &str) -> Option<Format> {
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

/// Reads a document anew.
fn read_document(document: &mut OpenDocument, corpus: &Corpus, state: CorpusSnapshot) {
    let path = document.path.as_deref();
    let relative = corpus.config.relative(path.unwrap_or(Path::new("")));
    let settings = corpus.config.settings(relative);
    let text = document.buffer.text();
    let analysis = Arc::new(match document.before.take() {
        Some(before) => analyse_after(&before, text, settings),
        None => analyse(text, document.format, settings),
    });
    document.before = Some(Arc::clone(&analysis));
    let facts = DocumentFacts::of(&analysis, &corpus.index);
    corpus.index.insert(Arc::clone(&document.name), facts);
    let facts = corpus.index.facts(&document.name).unwrap_or_default();
    let levels = corpus.config.levels(relative);
    document.own_findings = rules::document_findings(&analysis, &facts, settings, &levels);
    let mut snapshot = Snapshot {
        uri: document.uri.clone(),
        name: Arc::clone(&document.name),
        lines: Arc::new(LineIndex::of(&analysis.source)),
        facts,
        analysis,
        index: Arc::clone(&corpus.index),
        findings: Arc::default(),
        encoding: state.encoding,
        corpus: state,
    };
    let findings = all_findings(path, corpus, &snapshot, &document.own_findings);
    snapshot.findings = Arc::new(findings);
    document.snapshot = Some(snapshot);
}

/// All that is found in a document, as far as the configuration does not accept it.
fn all_findings(
    path: Option<&Path>,
    corpus: &Corpus,
    snapshot: &Snapshot,
    own: &[Finding],
) -> Vec<Finding> {
    let relative = corpus.config.relative(path.unwrap_or(Path::new("")));
    let mut findings = own.to_vec();
    if let Some(view) = corpus.index.view(&snapshot.name) {
        let settings = corpus.config.settings(relative);
        let levels = corpus.config.levels(relative);
        findings.extend(rules::corpus_findings(&view, settings, &levels));
    }
    findings.retain(|finding| {
        let words = finding.span.of(&snapshot.analysis.source);
        !corpus.config.accepts.iter().any(|a| a.covers(relative, finding.rule, words))
    });
    findings.sort_by_key(|finding| (finding.span, finding.rule));
    findings
}
