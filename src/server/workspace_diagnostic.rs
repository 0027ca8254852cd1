//! What is found in all documents of the corpora, whether they are open or not.
//!
//! A client that shows it asks again as soon as it has an answer. So a request that brings nothing
//! new is held until something changes: no request is answered in vain, and none costs more
//! because the corpus is large. What changes is looked for by a thread of its own, when the
//! typing has paused; it starts with the first request.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tokio::sync::oneshot;

use crate::corpus::DocumentFacts;
use crate::rules::Finding;

use super::diagnostics::{self, Sheet};
use super::findings::all_findings;
use super::outbox::Outbox;
use super::pages::Page;
use super::proto::{
    Diagnostic, FullDocumentDiagnosticReport, Lines, ProgressToken, Uri, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
};
use super::snapshot::CorpusSnapshot;

/// So many documents are reported in one part of an answer.
const PART: usize = 50;

/// A request that waits for something new.
#[derive(Debug)]
pub(super) struct Waiting {
    /// What the client has, by the spelling of its URIs.
    pub(super) previous: HashMap<String, String>,
    /// Where parts of the answer are wanted, if anywhere.
    pub(super) token: Option<ProgressToken>,
    /// Closed when the client has cancelled.
    pub(super) answer: oneshot::Sender<WorkspaceDiagnosticReport>,
}

/// What the thread is told.
#[derive(Debug)]
pub(super) enum Order {
    /// A client wants to know. It has one such request at a time; an older one is answered.
    Ask(Waiting),
    /// Something changed: this is the present state.
    Look(Vec<CorpusSnapshot>),
}

/// Starts the thread; it ends when the sender is dropped.
pub(super) fn spawn(outbox: Option<Outbox>) -> Sender<Order> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || Survey::new(outbox).run(&receiver));
    sender
}

/// What is known of a document since it was last looked at.
struct Known {
    /// The number of its corpus.
    corpus: usize,
    uri: Uri,
    facts: Arc<DocumentFacts>,
    /// What was found, in short.
    print: u64,
    /// What its diagnostics are known by; `None`: there are none.
    result_id: Option<String>,
}

struct Survey {
    outbox: Option<Outbox>,
    corpora: Vec<CorpusSnapshot>,
    known: FxHashMap<Arc<str>, Known>,
    /// The URIs of all documents, as they are spelt.
    uris: FxHashSet<String>,
    waiting: Option<Waiting>,
    has_looked: bool,
}

impl Survey {
    fn new(outbox: Option<Outbox>) -> Self {
        Self {
            outbox,
            corpora: Vec::new(),
            known: FxHashMap::default(),
            uris: FxHashSet::default(),
            waiting: None,
            has_looked: false,
        }
    }

    fn run(&mut self, orders: &Receiver<Order>) {
        while let Ok(first) = orders.recv() {
            let mut look = None;
            for order in std::iter::once(first).chain(orders.try_iter()) {
                match order {
                    Order::Ask(waiting) => {
                        if let Some(older) = self.waiting.replace(waiting) {
                            let _ = older.answer.send(WorkspaceDiagnosticReport::default());
                        }
                    }
                    // Of several states the last one counts.
                    Order::Look(corpora) => look = Some(corpora),
                }
            }
            if let Some(corpora) = look {
                self.look(corpora);
            }
            self.answer();
        }
    }

    /// Finds out what is found now. Linear in the documents, but only those are read in which
    /// something else is found than before.
    fn look(&mut self, corpora: Vec<CorpusSnapshot>) {
        self.corpora = corpora;
        self.has_looked = true;
        // Of a folder within a folder the documents belong to the inner one.
        let mut order: Vec<usize> = (0..self.corpora.len()).collect();
        order.sort_by_key(|&at| Reverse(self.corpora[at].corpus.folder.as_os_str().len()));
        let mut before = std::mem::take(&mut self.known);
        for corpus in order {
            for (name, facts) in self.corpora[corpus].corpus.index.documents() {
                if self.known.contains_key(&name) {
                    continue;
                }
                let known = before.remove(&name);
                if let Some(known) = self.look_at(corpus, &name, facts, known) {
                    self.known.insert(name, known);
                }
            }
        }
        let uris = self.known.values().map(|known| known.uri.as_str().to_owned());
        self.uris = uris.collect();
    }

    /// What is known of a document now; `before` is what was known of it.
    fn look_at(
        &self,
        corpus: usize,
        name: &Arc<str>,
        facts: Arc<DocumentFacts>,
        before: Option<Known>,
    ) -> Option<Known> {
        let state = &self.corpora[corpus];
        let findings = findings_of(state, name);
        let print = FxBuildHasher.hash_one(&findings);
        let uri = state.uri_of(name)?;
        if let Some(before) = before
            && Arc::ptr_eq(&before.facts, &facts)
            && before.print == print
            && before.uri == uri
        {
            return Some(Known { corpus, ..before });
        }
        let result_id = if findings.is_empty() {
            None
        } else {
            // A file that changed a moment ago will be looked at again.
            Some(diagnostics::result_id(&items_of(state, name, &uri, &findings)?))
        };
        Some(Known { corpus, uri, facts, print, result_id })
    }

    /// Answers the request that waits if there is something new.
    fn answer(&mut self) {
        let Some(waiting) = self.waiting.take_if(|_| self.has_looked) else {
            return;
        };
        if waiting.answer.is_closed() {
            return;
        }
        let mut parts =
            Parts { outbox: self.outbox.as_ref(), waiting: &waiting, items: Vec::new() };
        let mut is_new = false;
        for (name, known) in &self.known {
            let previous = waiting.previous.get(known.uri.as_str());
            if previous == known.result_id.as_ref() {
                continue;
            }
            let state = &self.corpora[known.corpus];
            let items = match known.result_id {
                Some(_) => items_of(state, name, &known.uri, &findings_of(state, name)),
                None => Some(Vec::new()),
            };
            let Some(items) = items else {
                continue;
            };
            is_new = true;
            let version = state.open_page(name).map(|open| i64::from(open.version));
            // What is found may have changed since it was looked at.
            let result_id = (!items.is_empty()).then(|| diagnostics::result_id(&items));
            parts.put(report(known.uri.clone(), version, result_id, items));
        }
        for uri in waiting.previous.keys().filter(|uri| !self.uris.contains(*uri)) {
            if let Ok(uri) = uri.parse() {
                is_new = true;
                parts.put(report(uri, None, None, Vec::new()));
            }
        }
        let items = parts.rest();
        if is_new {
            let _ = waiting.answer.send(WorkspaceDiagnosticReport { items });
        } else {
            self.waiting = Some(waiting);
        }
    }
}

/// An answer, in parts where they are wanted.
struct Parts<'a> {
    outbox: Option<&'a Outbox>,
    waiting: &'a Waiting,
    items: Vec<WorkspaceDocumentDiagnosticReport>,
}

impl Parts<'_> {
    fn put(&mut self, item: WorkspaceDocumentDiagnosticReport) {
        self.items.push(item);
        if self.items.len() == PART {
            self.send();
        }
    }

    fn send(&mut self) {
        if let (Some(outbox), Some(token)) = (self.outbox, &self.waiting.token)
            && !self.items.is_empty()
        {
            let items = std::mem::take(&mut self.items);
            outbox.send_part(token.clone(), items);
        }
    }

    /// What the answer itself has to say: nothing, if all went in parts.
    fn rest(mut self) -> Vec<WorkspaceDocumentDiagnosticReport> {
        self.send();
        self.items
    }
}

fn findings_of(state: &CorpusSnapshot, name: &str) -> Arc<Vec<Finding>> {
    let relative = state.corpus.config.relative(Path::new(name));
    let own = state.corpus.own_findings(name);
    all_findings(&state.corpus, name, relative, &own, || state.text_of(name))
}

fn items_of(
    state: &CorpusSnapshot,
    name: &str,
    uri: &Uri,
    findings: &[Finding],
) -> Option<Vec<Diagnostic>> {
    if findings.is_empty() {
        return Some(Vec::new());
    }
    let page = match state.open_page(name) {
        Some(open) => open.page.clone(),
        None => Page::of(state.text_of(name)?),
    };
    // The file may have changed since it was looked at.
    if findings.iter().any(|finding| page.text.get(finding.span.range()).is_none()) {
        return None;
    }
    let lines = Lines { text: &page.text, index: &page.lines, encoding: state.encoding };
    Some(Sheet { name, uri, lines, corpus: state }.diagnostics(findings))
}

fn report(
    uri: Uri,
    version: Option<i64>,
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}
