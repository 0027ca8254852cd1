//! Which corpora there are, and which documents belong to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::{self, CONFIG_NAME};

use super::super::corpora::Corpus;
use super::super::diagnostics;
use super::super::options::DiagnosticMode;
use super::super::outbox::Message;
use super::super::proto::uri_of;
use super::super::reader::{Job, Reading};
use super::World;

/// Where documents are that were never saved.
const NOWHERE: &str = "/nonexistent";

impl World {
    /// Opens the corpus of a folder and reads its documents in the background.
    pub(super) fn add_corpus(&mut self, corpus: Corpus) -> Arc<Corpus> {
        let corpus = Arc::new(corpus);
        self.corpora.push(Arc::clone(&corpus));
        self.report_errors();
        self.read_in_background(Arc::clone(&corpus));
        corpus
    }

    /// Whether what is found in documents that are not open is of interest.
    pub(super) fn keeps_findings(&self) -> bool {
        self.client.pulls && self.options.diagnostic_mode == DiagnosticMode::Workspace
    }

    /// Shows what is wrong with the configurations, and takes back what no longer is.
    pub(super) fn report_errors(&mut self) {
        let Some(outbox) = &self.outbox else {
            return;
        };
        let mut by_path: BTreeMap<PathBuf, Vec<_>> = BTreeMap::new();
        for error in self.corpora.iter().flat_map(|corpus| &corpus.errors) {
            let diagnostic = diagnostics::of_config(error, self.encoding);
            let known = by_path.entry(error.path.clone()).or_default();
            // Two folders may have one configuration.
            if !known.contains(&diagnostic) {
                known.push(diagnostic);
            }
        }
        let faulty = by_path.keys().cloned().collect();
        for path in std::mem::replace(&mut self.faulty, faulty) {
            by_path.entry(path).or_default();
        }
        for (path, diagnostics) in by_path {
            if let Some(uri) = uri_of(&path) {
                outbox.put(Message::Diagnostics { uri, diagnostics, version: None });
            }
        }
    }

    pub(super) fn read_in_background(&mut self, corpus: Arc<Corpus>) {
        self.started += 1;
        let token = format!("rubricator/index/{}", self.started);
        let stop = Arc::new(AtomicBool::new(false));
        self.reading.insert(token.clone(), Arc::clone(&stop));
        let outbox = self.outbox.clone().filter(|_| self.client.shows_progress);
        let _ = self.reader.send(Job::Corpus(Reading { corpus, token, stop, outbox }));
    }

    pub(super) fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        for folder in added {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        let folders = &self.folders;
        self.corpora.retain(|corpus| {
            corpus.is_guest() || folders.iter().any(|folder| corpus.folder.starts_with(folder))
        });
        for folder in self.folders.clone() {
            if !self.corpora.iter().any(|corpus| corpus.folder == folder && !corpus.is_guest()) {
                self.add_corpus(Corpus::open(&folder, self.keeps_findings()));
            }
        }
        self.report_errors();
        self.rehome();
    }

    /// A folder below a corpus has a configuration of its own, so it is one.
    pub(super) fn found(&mut self, folder: &Path) {
        let is_known =
            self.corpora.iter().any(|corpus| corpus.folder == folder && !corpus.is_guest());
        // It may be gone since it was seen.
        if !is_known && folder.join(CONFIG_NAME).is_file() {
            self.add_corpus(Corpus::open(folder, self.keeps_findings()));
            self.rehome();
        }
    }

    /// Puts every open document into the corpus that it belongs to now.
    pub(super) fn rehome(&mut self) {
        for uri in self.documents.keys().cloned().collect::<Vec<_>>() {
            let path = self.documents[&uri].path.clone();
            let home = self.corpus_for(path.as_deref());
            let Some(document) = self.documents.get_mut(&uri) else {
                continue;
            };
            if !Arc::ptr_eq(&document.corpus, &home) {
                let before = Arc::clone(&document.corpus);
                before.give_back(&document.name);
                before.forget_file(&document.name);
                document.move_to(&home);
            }
        }
        self.drop_guests();
        self.publish_due();
        self.put_off_survey();
    }

    /// Corpora of files outside all folders go with the last of their documents.
    pub(super) fn drop_guests(&mut self) {
        let documents = &self.documents;
        let is_used = |corpus: &Arc<Corpus>| {
            documents.values().any(|document| Arc::ptr_eq(&document.corpus, corpus))
        };
        self.corpora.retain(|corpus| !corpus.is_guest() || is_used(corpus));
        self.report_errors();
    }

    /// The corpus that a file belongs to, if there is one already.
    pub(super) fn home_of(&self, path: &Path) -> Option<Arc<Corpus>> {
        let folder = path.parent()?;
        let config = config::find(folder);
        let corpora = self.corpora.iter();
        let homes = corpora.filter(|corpus| corpus.is_home(folder, config.as_deref()));
        homes.max_by_key(|corpus| corpus.folder.as_os_str().len()).cloned()
    }

    pub(super) fn corpus_for(&mut self, path: Option<&Path>) -> Arc<Corpus> {
        let known = match path {
            Some(path) => self.home_of(path),
            // What was never saved will probably be saved there.
            None => self.corpora.iter().find(|corpus| !corpus.is_guest()).cloned(),
        };
        known.unwrap_or_else(|| {
            let folder = path.and_then(Path::parent).unwrap_or(Path::new(NOWHERE));
            let keeps_findings = self.keeps_findings();
            let nowhere = path.is_none().then(|| Path::new(NOWHERE));
            let same = |corpus: &&Arc<Corpus>| Some(&*corpus.folder) == nowhere;
            match self.corpora.iter().find(same) {
                Some(corpus) => Arc::clone(corpus),
                None => self.add_corpus(Corpus::around(folder, keeps_findings)),
            }
        })
    }

    pub(super) fn read_files(&self, files: Vec<(Arc<Corpus>, PathBuf)>) {
        let _ = self.reader.send(Job::Files(files));
    }

    pub(super) fn watched(&mut self, paths: &[PathBuf]) {
        let is_config = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name == CONFIG_NAME)
                || self.corpora.iter().any(|corpus| corpus.is_made_from(path))
        };
        if paths.iter().any(is_config) {
            self.reload();
            return;
        }
        for corpus in &self.corpora {
            corpus.forget_folders();
        }
        // Of many files that change at once most lie together.
        let mut homes: BTreeMap<Option<&Path>, Option<Arc<Corpus>>> = BTreeMap::new();
        let mut files = Vec::new();
        for path in paths {
            let home = homes.entry(path.parent()).or_insert_with(|| self.home_of(path));
            files.extend(home.clone().map(|home| (home, path.clone())));
        }
        self.read_files(files);
    }

    /// For clients that do not tell when files change.
    pub(super) fn reload_if_outdated(&mut self) {
        if !self.client.watches && self.corpora.iter().any(|corpus| corpus.is_outdated()) {
            self.reload();
        }
    }

    /// Reads configuration and authority anew.
    pub(super) fn reload(&mut self) {
        for stop in self.reading.values() {
            stop.store(true, Ordering::Relaxed);
        }
        let keeps_findings = self.keeps_findings();
        // A folder that was a corpus for its configuration is none without it. Guests come again
        // with their documents if they are still needed.
        let is_there = |corpus: &Arc<Corpus>| {
            self.folders.contains(&corpus.folder)
                || !corpus.is_guest() && corpus.folder.join(CONFIG_NAME).is_file()
        };
        let kept = self.corpora.iter().filter(|corpus| is_there(corpus));
        let corpora: Vec<Corpus> = kept.map(|corpus| corpus.reopened(keeps_findings)).collect();
        self.corpora.clear();
        for corpus in corpora {
            self.add_corpus(corpus);
        }
        self.report_errors();
        self.rehome();
        self.ask_to_pull();
        self.redraw();
    }
}
