//! Phases one and two: the files are read and analysed, then the rules are asked that need the
//! whole corpus. What an earlier run has found out already is taken from the cache.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::corpus::{DocumentFacts, StoredFacts, analyse_once};
use crate::markup;
use crate::rules::{self, Finding};
use crate::text::{DecodeError, SourceFile};

use super::cache::{Cache, Key, LastRun, StoredDocument};
use super::run::{Corpus, Job, Run};
use super::{CheckOptions, interrupt, progress};

/// What is kept of a file between the phases.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) job: usize,
    pub(super) keys: Keys,
    /// What is found in it by itself.
    pub(super) own: Vec<Finding>,
    /// What the corpus adds.
    pub(super) shared: Vec<Finding>,
}

impl Checked {
    fn new(job: usize, keys: Keys, own: Vec<Finding>) -> Self {
        Self { job, keys, own, shared: Vec::new() }
    }

    /// Whether nothing is found in it.
    pub(super) fn is_clean(&self) -> bool {
        self.own.is_empty() && self.shared.is_empty()
    }

    /// All that is found in it, in its order.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = [self.own.as_slice(), &self.shared].concat();
        findings.sort_by_key(|finding| (finding.span, finding.rule));
        findings
    }
}

/// What a file is known by.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    /// Of its bytes, to tell whether it changed since.
    pub(super) content: Key,
    /// Of all that its findings by itself are made from.
    document: Key,
}

/// What came of reading a file.
enum Outcome {
    Checked(Checked),
    /// The same document as in the last run, of which nothing is known yet.
    AsBefore(usize, Keys),
    /// None of ours, and nobody said that it was one.
    Skipped(String),
    /// The same of XML that is no text, of which there may be as many as there are texts.
    Foreign(String),
    Failed(String),
}

/// Every file's findings, in the order of `jobs`.
pub(super) fn read_all(run: &mut Run<'_>, jobs: &[Job]) -> Vec<Checked> {
    let reading = Reading { run, jobs, memories: memories(run, jobs) };
    let Done { checked, errors, skipped, foreign, is_broken_off } = run.install(|| reading.read());
    run.is_broken_off = is_broken_off;
    run.errors.extend(errors);
    run.skipped.extend(skipped);
    run.foreign.extend(foreign);
    checked
}

/// What is known of an earlier run over the files of a corpus.
struct Memory {
    /// What tells the run from those over other files.
    key: Key,
    last: Option<LastRun>,
}

/// What has become of all files.
#[derive(Default)]
struct Done {
    checked: Vec<Checked>,
    errors: Vec<String>,
    skipped: Vec<String>,
    foreign: Vec<String>,
    /// Whether that is not all.
    is_broken_off: bool,
}

struct Reading<'r, 'o> {
    run: &'r Run<'o>,
    jobs: &'r [Job],
    /// By corpus.
    memories: Vec<Memory>,
}

impl Reading<'_, '_> {
    fn read(&self) -> Done {
        let outcomes = self.read_files();
        let documents = self.documents(&outcomes);
        let is_as_before: Vec<bool> = documents
            .iter()
            .enumerate()
            .map(|(corpus, now)| self.is_as_before(corpus, now))
            .collect();
        let completed = outcomes.into_par_iter().map(|outcome| match outcome {
            Outcome::AsBefore(job, keys) if is_as_before[self.jobs[job].corpus] => {
                Outcome::Checked(Checked::new(job, keys, self.known_findings(job)))
            }
            Outcome::AsBefore(job, keys) if !interrupt::was_requested() => {
                self.completed(job, keys)
            }
            outcome => outcome,
        });
        let mut done = sorted(completed.collect());
        if interrupt::was_requested() {
            // What part of a corpus shares says nothing about it.
            done.is_broken_off = true;
            return done;
        }
        let wanted = |document: &&mut Checked| !is_as_before[self.jobs[document.job].corpus];
        let failed: Vec<String> = done
            .checked
            .par_iter_mut()
            .filter(wanted)
            .filter_map(|document| self.add_corpus_findings(document).err())
            .collect();
        if failed.is_empty() {
            self.save(documents, &is_as_before, &done.checked);
        }
        done.errors.extend(failed);
        done
    }

    /// Tells each corpus which documents it will have.
    fn announce_documents(&self) {
        for (number, corpus) in self.run.corpora.iter().enumerate() {
            let jobs = self.jobs.iter().filter(|job| job.corpus == number);
            let mut names: Vec<Arc<str>> = jobs.map(|job| Arc::clone(&job.name)).collect();
            names.sort_unstable();
            names.dedup();
            corpus.index.expect(&names);
        }
    }

    /// Phase one: what can be told of each file by itself.
    fn read_files(&self) -> Vec<Outcome> {
        self.announce_documents();
        let progress = progress::bar(self.run.options.progress, self.jobs.len());
        let one = |job: usize| {
            if interrupt::was_requested() {
                return None;
            }
            let outcome = self.read_file(job, self.known_document(job));
            progress.inc(1);
            Some(outcome)
        };
        let outcomes = (0..self.jobs.len()).into_par_iter().filter_map(one).collect();
        progress.finish_and_clear();
        outcomes
    }

    /// Reads a file, and analyses it unless it is the document `known`.
    fn read_file(&self, number: usize, known: Option<Key>) -> Outcome {
        let job = &self.jobs[number];
        let read = || {
            let bytes = self.run.bytes(&job.path)?;
            let corpus = &self.run.corpora[job.corpus];
            let content = Key::of_bytes(&bytes);
            let levels = corpus.config.levels(&job.relative);
            let settings = corpus.config.settings(&job.relative);
            let document = Key::of_document(
                content,
                job.format(),
                settings,
                (&levels, corpus.index.names().terms()),
            );
            let keys = Keys { content, document };
            if known == Some(document) {
                return Ok(Outcome::AsBefore(number, keys));
            }
            if let Some(findings) = self.remembered_findings(job, document) {
                return Ok(Outcome::Checked(Checked::new(number, keys, findings)));
            }
            let file = match SourceFile::decode(&bytes) {
                Ok(file) => file,
                Err(error @ DecodeError::Binary) if !job.must_be_text() => {
                    return Ok(Outcome::Skipped(format!("{}: skipped: {error}", job.name)));
                }
                Err(error) => return Err(format!("{}: {error}", job.name)),
            };
            drop(bytes);
            match markup::foreign(&file.text, job.format()) {
                Some(message) if job.must_be_text() => {
                    return Err(format!("{}: {message}", job.name));
                }
                Some(message) => {
                    return Ok(Outcome::Foreign(format!("{}: skipped: {message}", job.name)));
                }
                None => {}
            }
            Ok(Outcome::Checked(Checked::new(number, keys, self.analysed(job, keys, &file))))
        };
        self.run.guarded(&job.path, read).unwrap_or_else(Outcome::Failed)
    }

    /// What is found in a file by itself; its facts go into the index, and all of it into the
    /// cache.
    fn analysed(&self, job: &Job, keys: Keys, file: &SourceFile) -> Vec<Finding> {
        let (findings, facts) = document_findings(self.run, job, file);
        let index = &self.run.corpora[job.corpus].index;
        let Some(cache) = cache(self.run, job.corpus) else {
            index.insert(Arc::clone(&job.name), facts);
            return findings;
        };
        let stored = StoredDocument { findings, facts: StoredFacts::of(facts.clone(), index) };
        cache.add(keys.document, &stored);
        index.insert(Arc::clone(&job.name), facts);
        stored.findings
    }

    /// What the cache knows of a document by itself; its facts go into the index.
    fn remembered_findings(&self, job: &Job, document: Key) -> Option<Vec<Finding>> {
        let StoredDocument { findings, facts } = cache(self.run, job.corpus)?.document(document)?;
        let index = &self.run.corpora[job.corpus].index;
        index.insert(Arc::clone(&job.name), facts.into_facts(index)?);
        Some(findings)
    }

    /// Makes up for what was put off in the hope that nothing has changed.
    fn completed(&self, number: usize, keys: Keys) -> Outcome {
        let job = &self.jobs[number];
        let remembered = || Ok(self.remembered_findings(job, keys.document));
        match self.run.guarded(&job.path, remembered) {
            Ok(Some(findings)) => Outcome::Checked(Checked::new(number, keys, findings)),
            Ok(None) => self.read_file(number, None),
            Err(message) => Outcome::Failed(message),
        }
    }

    /// Phase two: what a file shares with the corpus.
    fn add_corpus_findings(&self, document: &mut Checked) -> Result<(), String> {
        let job = &self.jobs[document.job];
        document.shared = self.run.guarded(&job.path, || Ok(corpus_findings(self.run, job)))?;
        Ok(())
    }

    /// The document that the last run found in a file.
    fn known_document(&self, job: usize) -> Option<Key> {
        let last = self.memories[self.jobs[job].corpus].last.as_ref()?;
        last.documents.get(self.jobs[job].number).copied().flatten()
    }

    /// All that the last run found in a file.
    fn known_findings(&self, job: usize) -> Vec<Finding> {
        let Job { corpus, number, .. } = self.jobs[job];
        let last = self.memories[corpus].last.as_ref();
        last.and_then(|last| last.findings_of(number)).unwrap_or_default().to_vec()
    }

    /// The documents of each corpus by the number of the file, where it could be read.
    fn documents(&self, outcomes: &[Outcome]) -> Vec<Vec<Option<Key>>> {
        let mut documents = vec![Vec::new(); self.run.corpora.len()];
        for job in self.jobs {
            documents[job.corpus].push(None);
        }
        for outcome in outcomes {
            if let Outcome::AsBefore(job, keys) | Outcome::Checked(Checked { job, keys, .. }) =
                outcome
            {
                let Job { corpus, number, .. } = self.jobs[*job];
                documents[corpus][number] = Some(keys.document);
            }
        }
        documents
    }

    /// Whether a corpus is what it was in the last run, with all around it that links lead to.
    fn is_as_before(&self, corpus: usize, documents: &[Option<Key>]) -> bool {
        let disk = &self.run.corpora[corpus].disk;
        let is_as_before = |last: &LastRun| {
            let mut folders = last.folders.iter();
            last.documents == documents
                && folders.all(|(folder, mark)| disk.mark_of(Path::new(folder)) == *mark)
        };
        self.memories[corpus].last.as_ref().is_some_and(is_as_before)
    }

    /// Keeps what is new.
    fn save(&self, documents: Vec<Vec<Option<Key>>>, is_as_before: &[bool], checked: &[Checked]) {
        for (corpus, documents) in documents.into_iter().enumerate() {
            let Some(cache) = cache(self.run, corpus).filter(|_| !is_as_before[corpus]) else {
                continue;
            };
            let folders = self.run.corpora[corpus].disk.looked_into().into_iter();
            let mut folders: Vec<_> = folders
                .map(|(folder, mark)| (folder.to_string_lossy().into_owned(), mark))
                .collect();
            folders.sort_unstable();
            let found = checked.iter().filter(|document| !document.is_clean());
            let findings = found
                .filter(|document| self.jobs[document.job].corpus == corpus)
                .map(|document| (self.jobs[document.job].number, document.findings()));
            let run = LastRun { documents, folders, findings: findings.collect() };
            cache.save(self.memories[corpus].key, &run);
        }
    }
}

/// What the caches know of earlier runs over the same files, by corpus.
fn memories(run: &Run<'_>, jobs: &[Job]) -> Vec<Memory> {
    let here = std::env::current_dir().ok();
    let CheckOptions { select, ignore, fix, diff, .. } = run.options;
    let memory = |(number, corpus): (usize, &Corpus)| {
        let Config { fingerprint, path, root, .. } = &corpus.config;
        let jobs = jobs.iter().filter(|job| job.corpus == number);
        let names: Vec<_> = jobs.map(|job| (&job.name, &job.relative)).collect();
        let key = Key::of(&(fingerprint, path, root, &here, select, ignore, names));
        // What is fixed is checked again by the facts of all documents, so they are needed.
        let cache = cache(run, number).filter(|_| !fix && !diff);
        Memory { key, last: cache.and_then(|cache| cache.last_run(key)) }
    };
    run.corpora.iter().enumerate().map(memory).collect()
}

/// The cache of a corpus. What comes over standard input is no part of one.
fn cache<'r>(run: &'r Run<'_>, corpus: usize) -> Option<&'r Cache> {
    run.corpora[corpus].cache.as_ref().filter(|_| !run.has_stdin())
}

fn sorted(outcomes: Vec<Outcome>) -> Done {
    let mut done = Done::default();
    for outcome in outcomes {
        match outcome {
            Outcome::Checked(document) => done.checked.push(document),
            Outcome::Skipped(message) => done.skipped.push(message),
            Outcome::Foreign(message) => done.foreign.push(message),
            Outcome::Failed(message) => done.errors.push(message),
            Outcome::AsBefore(..) => {}
        }
    }
    done
}

/// What is found in a text by itself, and its facts.
pub(super) fn document_findings(
    run: &Run<'_>,
    job: &Job,
    file: &SourceFile,
) -> (Vec<Finding>, DocumentFacts) {
    let Corpus { config, index, .. } = &run.corpora[job.corpus];
    let settings = config.settings(&job.relative);
    let levels = config.levels(&job.relative);
    let analysis = analyse_once(Arc::clone(&file.text), job.format(), settings);
    let facts = DocumentFacts::of(&analysis, index);
    let mut findings = rules::reading_findings(file, &levels);
    findings.extend(rules::document_findings(&analysis, &facts, settings, &levels));
    (findings, facts)
}

/// What the corpus adds to it.
pub(super) fn corpus_findings(run: &Run<'_>, job: &Job) -> Vec<Finding> {
    let Corpus { config, index, .. } = &run.corpora[job.corpus];
    let view = index.view(&job.name);
    let found = view.map(|view| {
        let levels = config.levels(&job.relative);
        rules::corpus_findings(&view, config.settings(&job.relative), &levels)
    });
    found.unwrap_or_default()
}
