//! When findings are told: at once for what was typed, after a pause for what it means elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::diagnostics;
use super::super::outbox::Message;
use super::super::workspace_diagnostic::{self, Order, Waiting};
use super::World;

/// How long after the last change all documents of the corpora are looked at.
const LONG_PAUSE: Duration = Duration::from_secs(1);

impl World {
    /// Looks again at what the corpora say of all open documents.
    pub(super) fn look_again(&mut self) {
        self.publish_unpublished();
        self.changed.clear();
        self.look_again_at(|_| true, |_| true);
        self.publish_unpublished();
        self.put_off_survey();
    }

    pub(super) fn publish_due(&mut self) {
        let published = self.publish_unpublished();
        self.changed.extend(published);
        let changed = std::mem::take(&mut self.changed);
        // What a document says of names may change what is found in others. The only one that
        // changed has been read since; of several each may have been read before another changed.
        let documents = changed.iter().filter_map(|uri| self.documents.get(uri));
        let names: BTreeSet<Arc<str>> =
            documents.map(|document| Arc::clone(&document.name)).collect();
        let has_changed = |name: &str| names.contains(name);
        match changed.len() {
            0 => return,
            1 => self.look_again_at(|uri| !changed.contains(uri), has_changed),
            _ => self.look_again_at(|_| true, has_changed),
        }
        self.publish_unpublished();
    }

    /// Looks again at the documents that are wanted, by their URIs; `has_changed` tells of which
    /// documents, by their names, the text is another one.
    fn look_again_at(
        &mut self,
        is_wanted: impl Fn(&str) -> bool,
        has_changed: impl Fn(&str) -> bool,
    ) {
        let mut is_stale = false;
        let mut pointing = Vec::new();
        for (uri, document) in &mut self.documents {
            if !is_wanted(uri) {
                continue;
            }
            if document.look_again() {
                is_stale = true;
            } else if document.points_to(&has_changed) {
                pointing.push(uri.clone());
            }
        }
        for uri in pointing {
            is_stale |= self.points_elsewhere(&uri);
        }
        if is_stale {
            self.ask_to_pull();
        }
    }

    /// Whether the places that a document's findings point to have moved, though the findings are
    /// the same: they count bytes, the client lines.
    fn points_elsewhere(&mut self, uri: &str) -> bool {
        let Some(snapshot) = self.snapshot(uri) else {
            return false;
        };
        let told = Some(diagnostics::result_id(&diagnostics::of(&snapshot)));
        let document = self.documents.get_mut(uri).filter(|document| document.told != told);
        let Some(document) = document else {
            return false;
        };
        document.told = told;
        document.is_unpublished = true;
        true
    }

    /// Tells a client that asks for diagnostics itself to ask again.
    pub(super) fn ask_to_pull(&self) {
        if let Some(outbox) = &self.outbox
            && self.client.pulls
            && self.client.refreshes
        {
            outbox.put(Message::RefreshDiagnostics);
        }
    }

    /// Tells a client to ask again for what it shows of names: who is known, or how often, is another
    /// than before.
    pub(super) fn redraw(&self) {
        if let Some(outbox) = &self.outbox {
            outbox.put(Message::Redraw(self.client.redraws));
        }
    }

    /// Publishes what is due; gives the documents.
    pub(super) fn publish_unpublished(&mut self) -> Vec<String> {
        self.due_since = None;
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
            let Some(document) = self.documents.get_mut(uri) else {
                continue;
            };
            if let Some(outbox) = self.outbox.as_ref().filter(|_| !self.client.pulls) {
                let diagnostics = diagnostics::of(&snapshot);
                let is_told = document.points_to(|_| true);
                document.told = is_told.then(|| diagnostics::result_id(&diagnostics));
                let version = document.buffer.version;
                outbox.put(Message::Diagnostics {
                    uri: document.uri.clone(),
                    diagnostics,
                    version: self.client.versions_diagnostics.then_some(version),
                });
            }
        }
        due
    }

    pub(super) fn ask_survey(&mut self, waiting: Waiting) {
        if !self.keeps_findings() {
            return;
        }
        if self.survey.is_none() {
            self.survey = Some(workspace_diagnostic::spawn(self.outbox.clone()));
            self.survey_due = Some(Instant::now());
        }
        if let Some(survey) = &self.survey {
            let _ = survey.send(Order::Ask(waiting));
        }
    }

    /// Something has changed that may change what is found anywhere.
    pub(super) fn put_off_survey(&mut self) {
        if self.survey.is_some() {
            self.survey_due = Some(Instant::now() + LONG_PAUSE);
        }
    }

    pub(super) fn survey(&mut self) {
        self.survey_due = None;
        // When a corpus has been read, it is due again.
        if let Some(survey) = self.survey.as_ref().filter(|_| self.reading.is_empty()) {
            let _ = survey.send(Order::Look(self.corpus_snapshots()));
        }
    }
}
