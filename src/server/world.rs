//! The one thread that owns the documents.
//!
//! It takes events in the order of arrival. A change is applied to the buffer at once; the
//! document is read anew when a request asks or when no event is waiting, so that a burst
//! of keystrokes costs one reading. What a change means for the other open documents is
//! looked at when the typing pauses, what it means for the rest of the corpora later still and
//! on another thread. Files are read by a [`reader`].

mod homes;
mod publishing;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::corpus::BlockFacts;
use crate::text::{Buffer, Change, PositionEncoding};

use super::authority_page::AuthorityPage;
use super::capabilities::ClientAbilities;
use super::corpora::{Corpus, name_of};
use super::log;
use super::open_document::{OpenDocument, OpenTable, format_of};
use super::options::Options;
use super::outbox::{Message, Outbox};
use super::pages::Page;
use super::proto::{Uri, path_of};
use super::reader::{self, Job};
use super::snapshot::{CorpusSnapshot, OpenPage, Snapshot};
use super::workspace_diagnostic::{Order, Waiting};

/// How long after the last event the other open documents are looked at.
const PAUSE: Duration = Duration::from_millis(120);

/// How long findings are kept back while events keep coming.
const LONGEST_DELAY: Duration = Duration::from_millis(250);

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
    /// A folder below a corpus has a configuration of its own.
    Found(PathBuf),
    /// Files that changed have been read.
    FilesRead,
    /// The user does not want to wait for the reading of a corpus.
    CancelReading(String),
    /// Workspace folders came and went.
    Folders {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    /// The user's settings are these, or have changed; `None`: the client is to be asked.
    Configured(Option<serde_json::Value>),
    /// A request about all corpora.
    CorpusRequest {
        work: Box<dyn FnOnce(Vec<CorpusSnapshot>) + Send>,
    },
    /// A request for all that is found in them, which may wait.
    WorkspaceDiagnostic(Waiting),
    /// A request, which gets the state of the document or `None`.
    Request {
        uri: Uri,
        work: Box<dyn FnOnce(Option<Subject>) + Send>,
    },
}

/// What a request is about.
pub(super) enum Subject {
    Text(Box<Snapshot>),
    Authority(Box<AuthorityPage>),
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
        World::new(&own).run(&receiver);
    });
    sender
}

struct World {
    /// Open documents by the spelling of their URIs.
    documents: BTreeMap<String, OpenDocument>,
    /// Files of TOML that are open, configuration and authority among them.
    tables: BTreeMap<String, OpenTable>,
    /// The workspace folders.
    folders: Vec<PathBuf>,
    corpora: Vec<Arc<Corpus>>,
    encoding: PositionEncoding,
    client: ClientAbilities,
    options: Options,
    /// What `initialize` told, which counts wherever the user has set nothing.
    initial: Options,
    outbox: Option<Outbox>,
    reader: Sender<Job>,
    started: usize,
    /// The corpora that are being read, by the token of the progress; set to stop.
    reading: BTreeMap<String, Arc<AtomicBool>>,
    /// Files of configuration or authority whose errors are shown.
    faulty: BTreeSet<PathBuf>,
    /// Documents that were read anew since the others were last looked at.
    changed: BTreeSet<String>,
    /// Since when findings are due.
    due_since: Option<Instant>,
    /// Who looks at all documents of the corpora, once somebody asks for that.
    survey: Option<Sender<Order>>,
    /// When that is to be done next.
    survey_due: Option<Instant>,
}

impl World {
    fn new(events: &Sender<Event>) -> Self {
        Self {
            documents: BTreeMap::new(),
            tables: BTreeMap::new(),
            folders: Vec::new(),
            corpora: Vec::new(),
            encoding: PositionEncoding::Utf16,
            client: ClientAbilities::default(),
            options: Options::default(),
            initial: Options::default(),
            outbox: None,
            reader: reader::spawn(events.clone()),
            started: 0,
            reading: BTreeMap::new(),
            faulty: BTreeSet::new(),
            changed: BTreeSet::new(),
            due_since: None,
            survey: None,
            survey_due: None,
        }
    }

    fn run(&mut self, events: &Receiver<Event>) {
        loop {
            match self.next(events) {
                Ok(event) => self.guarded(|world| world.handle(event)),
                Err(RecvTimeoutError::Timeout) => self.guarded(Self::catch_up),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Waits for the next event, or until something is due.
    fn next(&mut self, events: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        if self.documents.values().any(|document| document.is_unpublished) {
            let since = *self.due_since.get_or_insert_with(Instant::now);
            if since.elapsed() > LONGEST_DELAY {
                return Err(RecvTimeoutError::Timeout);
            }
            return events.try_recv().map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            });
        }
        let pause = (!self.changed.is_empty()).then_some(PAUSE);
        let survey = self.survey_due.map(|due| due.saturating_duration_since(Instant::now()));
        match pause.into_iter().chain(survey).min() {
            Some(timeout) => events.recv_timeout(timeout),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Does what is due, the most urgent first.
    fn catch_up(&mut self) {
        if self.documents.values().any(|document| document.is_unpublished) {
            let published = self.publish_unpublished();
            self.changed.extend(published);
        } else if self.changed.is_empty() {
            self.survey();
        } else {
            self.publish_due();
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
            Event::Change { uri, version, changes } => self.change(&uri, version, &changes),
            Event::Save => {
                self.reload_if_outdated();
                self.publish_due();
            }
            Event::Close { uri } => self.close(&uri),
            Event::Watched(paths) => self.watched(&paths),
            Event::Indexed(token) => {
                self.reading.remove(&token);
                self.look_again();
                self.redraw();
            }
            Event::Found(folder) => self.found(&folder),
            Event::FilesRead => self.look_again(),
            Event::CancelReading(token) => {
                if let Some(stop) = self.reading.get(&token) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            Event::Folders { added, removed } => self.change_folders(added, &removed),
            Event::Configured(settings) => self.configure(settings.as_ref()),
            Event::CorpusRequest { work } => {
                let corpora = self.corpus_snapshots();
                answer(move || work(corpora));
            }
            Event::WorkspaceDiagnostic(waiting) => self.ask_survey(waiting),
            Event::Request { uri, work } => {
                let subject = self.subject(uri.as_str());
                answer(move || work(subject));
            }
        }
    }

    fn start(&mut self, start: Start) {
        self.encoding = start.client.encoding;
        self.client = start.client;
        self.options = start.options;
        self.initial = start.options;
        log::tell_client(start.outbox.clone());
        self.outbox = Some(start.outbox);
        self.change_folders(start.folders, &[]);
    }

    fn configure(&mut self, settings: Option<&serde_json::Value>) {
        match settings {
            Some(settings) => {
                let kept_findings = self.keeps_findings();
                self.options = self.initial.with(settings);
                if self.keeps_findings() != kept_findings {
                    self.reload();
                } else {
                    self.redraw();
                }
            }
            None => {
                if let Some(outbox) =
                    self.outbox.as_ref().filter(|_| self.client.tells_configuration)
                {
                    outbox.put(Message::AskConfiguration);
                }
            }
        }
    }

    fn open(&mut self, uri: Uri, language: &str, version: i32, text: &str) {
        let path = path_of(&uri);
        let Some(format) = format_of(path.as_deref(), language) else {
            if let Some(table) = OpenTable::of(&uri, path.as_deref(), version, text) {
                self.tables.insert(uri.as_str().to_owned(), table);
            }
            return;
        };
        if self.documents.contains_key(uri.as_str()) {
            tracing::warn!("{} was opened twice; the second text counts", uri.as_str());
        }
        let corpus = self.corpus_for(path.as_deref());
        let name = path.as_deref().map_or_else(|| Arc::from(uri.as_str()), name_of);
        corpus.take(&name);
        let document = OpenDocument {
            uri: uri.clone(),
            path,
            name,
            format,
            corpus,
            buffer: Buffer::new(text, version),
            snapshot: None,
            before: None,
            read_version: version,
            known: BlockFacts::default(),
            own_findings: Arc::default(),
            is_unpublished: true,
            told: None,
        };
        self.documents.insert(uri.as_str().to_owned(), document);
        self.put_off_survey();
    }

    fn change(&mut self, uri: &Uri, version: i32, changes: &[Change]) {
        if let Some(table) = self.tables.get_mut(uri.as_str()) {
            table.buffer.apply(changes, version, self.encoding);
            return;
        }
        let Some(document) = self.documents.get_mut(uri.as_str()) else {
            tracing::debug!("a change of {}, which is not open, was ignored", uri.as_str());
            return;
        };
        if version <= document.buffer.version {
            let before = document.buffer.version;
            tracing::warn!("{} went from version {before} to {version}", uri.as_str());
        }
        if !document.buffer.apply(changes, version, self.encoding) {
            tracing::warn!("a change of {} went beyond its end", uri.as_str());
        }
        document.outdate();
        self.put_off_survey();
    }

    fn close(&mut self, uri: &Uri) {
        if self.tables.remove(uri.as_str()).is_some() {
            return;
        }
        let Some(document) = self.documents.remove(uri.as_str()) else {
            tracing::debug!("{}, which is not open, was closed", uri.as_str());
            return;
        };
        if let Some(outbox) = self.outbox.as_ref().filter(|_| !self.client.pulls) {
            let message =
                Message::Diagnostics { uri: uri.clone(), diagnostics: Vec::new(), version: None };
            outbox.put(message);
        }
        // From now on the file counts as it is on disk, if it is there.
        document.corpus.give_back(&document.name);
        match document.path {
            Some(path) => self.read_files(vec![(document.corpus, path)]),
            None => document.corpus.forget_file(&document.name),
        }
        self.drop_guests();
    }

    fn corpus_snapshots(&self) -> Vec<CorpusSnapshot> {
        self.corpora.iter().map(|corpus| self.corpus_snapshot(corpus)).collect()
    }

    /// The state of a corpus for a request.
    fn corpus_snapshot(&self, corpus: &Arc<Corpus>) -> CorpusSnapshot {
        CorpusSnapshot {
            corpus: Arc::clone(corpus),
            encoding: self.encoding,
            client: self.client,
            options: self.options,
            open: self.open_pages(),
        }
    }

    /// The open documents as they were last read: what the corpora know of each is of that version.
    fn open_pages(&self) -> Arc<Vec<OpenPage>> {
        let read = |document: &OpenDocument| {
            let analysis = document.before.as_ref()?;
            let (text, lines) = (Arc::clone(&analysis.source), Arc::clone(analysis.lines()));
            Some(OpenPage {
                name: Arc::clone(&document.name),
                uri: document.uri.clone(),
                version: document.read_version,
                page: Page { text, lines },
            })
        };
        let texts = self.documents.values().filter_map(read);
        Arc::new(texts.chain(self.tables.values().map(OpenTable::page)).collect())
    }

    /// What a request about a URI is about.
    fn subject(&mut self, uri: &str) -> Option<Subject> {
        if let Some(snapshot) = self.snapshot(uri) {
            return Some(Subject::Text(Box::new(snapshot)));
        }
        let table = self.tables.get(uri)?;
        let mut corpora = self.corpora.iter();
        let corpus = corpora.find(|corpus| corpus.has_figures_of(&table.path))?;
        let page = AuthorityPage { open: table.page(), corpus: self.corpus_snapshot(corpus) };
        Some(Subject::Authority(Box::new(page)))
    }

    /// The present state of a document, read anew if it changed.
    fn snapshot(&mut self, uri: &str) -> Option<Snapshot> {
        let corpus = Arc::clone(&self.documents.get(uri)?.corpus);
        if self.documents.get(uri)?.snapshot.is_none() {
            let state = self.corpus_snapshot(&corpus);
            self.documents.get_mut(uri)?.read(state);
        }
        let mut snapshot = self.documents.get(uri)?.snapshot.clone()?;
        snapshot.corpus = self.corpus_snapshot(&corpus);
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
