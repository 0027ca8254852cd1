//! A run: which files are checked, and the phases in which they are read.

use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::config::{self, Config, ConfigError};
use crate::corpus::{CorpusIndex, DocumentFacts, analyse};
use crate::markup;
use crate::rules::{self, Finding, Levels, Severity};
use crate::text::{DecodeError, SourceFile};

use super::baseline::Baseline;
use super::located::display;
use super::output::{self, Format};
use super::replace::plain;
use super::report::{Known, Reporter};
use super::since::Changes;
use super::tally::Tally;
use super::{CheckOptions, interrupt, progress, walk};

/// A file to check and the corpus it belongs to.
pub(super) struct Job {
    pub(super) path: PathBuf,
    pub(super) corpus: usize,
    /// Whether the file itself was asked for, and not a folder above it.
    is_named: bool,
}

/// The documents of one configuration.
pub(super) struct Corpus {
    pub(super) config: Config,
    pub(super) index: CorpusIndex,
}

/// What is kept of a file between the phases.
pub(super) struct Checked {
    pub(super) job: usize,
    /// Of its bytes, to tell whether it changed since.
    pub(super) hash: u64,
    pub(super) findings: Vec<Finding>,
}

/// What came of reading a file.
enum Outcome {
    Checked(Checked),
    /// Not a text, and nobody said that it was one.
    Skipped(String),
    Failed(String),
}

/// Runs `check` and gives the exit status.
pub fn check(options: &CheckOptions) -> ExitCode {
    let known = match known(options) {
        Ok(known) => known,
        Err(message) => {
            let _ = writeln!(io::stderr().lock(), "rubricator: {message}");
            return ExitCode::from(2);
        }
    };
    let mut run = Run::new(options);
    let jobs = run.choose_files();
    // Only now: who waits for the end of standard input is to be ended by the first Ctrl-C.
    interrupt::listen();
    let checked = run.read_all(&jobs);
    let result = Reporter::new(&run, known).report(&jobs, &checked);
    run.conclude(result, jobs.len())
}

/// What has to be known before the first file is read.
fn known(options: &CheckOptions) -> Result<Known, String> {
    let baseline = options.baseline.as_deref().map(Baseline::read).transpose()?;
    let changes = options.since.as_deref().map(Changes::since).transpose()?;
    Ok(Known { baseline, changes })
}

/// The files of one run, their corpora, and what went wrong.
pub(super) struct Run<'a> {
    pub(super) options: &'a CheckOptions,
    pub(super) errors: Vec<String>,
    /// Files that were passed over, with the reason.
    skipped: Vec<String>,
    pub(super) corpora: Vec<Corpus>,
    /// Standard input, which can be read only once, and the name it goes by.
    stdin: Option<(PathBuf, Vec<u8>)>,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a CheckOptions) -> Self {
        Self { options, errors: Vec::new(), skipped: Vec::new(), corpora: Vec::new(), stdin: None }
    }
}

impl Run<'_> {
    /// Walks the paths and sorts their files by configuration.
    pub(super) fn choose_files(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        let mut known: FxHashMap<PathBuf, Option<usize>> = FxHashMap::default();
        let mut by_config: FxHashMap<Option<PathBuf>, Option<usize>> = FxHashMap::default();
        for path in &self.options.paths {
            let (files, is_named) = self.expand(path);
            for file in files {
                let corpus = self.corpus_of(&file, path, is_named, &mut known, &mut by_config);
                let Some(corpus) = corpus else {
                    continue;
                };
                if is_named || walk::is_wanted(&file, &self.corpora[corpus].config) {
                    jobs.push(Job { path: file, corpus, is_named });
                }
            }
        }
        jobs.sort_by(|a, b| a.path.cmp(&b.path));
        jobs.dedup_by(|a, b| a.path == b.path);
        jobs
    }

    /// The files that a path stands for, and whether the path itself is one.
    fn expand(&mut self, path: &Path) -> (Vec<PathBuf>, bool) {
        if path == Path::new("-") {
            let name = self.options.stdin_filename.clone();
            let mut bytes = Vec::new();
            if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
                self.errors.push(format!("standard input: {error}"));
                return (Vec::new(), true);
            }
            let name = name.unwrap_or_else(|| PathBuf::from("-"));
            self.stdin = Some((name.clone(), bytes));
            return (vec![name], true);
        }
        match fs::metadata(path) {
            Err(_) if walk::is_pattern(path) => (self.matching(path), true),
            Err(error) => {
                self.errors.push(format!("{}: {}", display(path), plain(&error)));
                (Vec::new(), true)
            }
            Ok(metadata) if metadata.is_dir() => {
                let files = walk::files_under(path, &mut self.errors);
                if files.is_empty() {
                    let message = "there is no text, Markdown, HTML or TEI file in this folder";
                    self.errors.push(format!("{}: {message}", display(path)));
                }
                (files, false)
            }
            Ok(_) if markup::Format::of_path(path).is_none() => {
                let message = "this is no .txt, .md, .html or .xml file";
                self.errors.push(format!("{}: {message}", display(path)));
                (Vec::new(), true)
            }
            Ok(_) => (vec![path.to_owned()], true),
        }
    }

    fn matching(&mut self, pattern: &Path) -> Vec<PathBuf> {
        let files = walk::files_matching(pattern, &mut self.errors);
        let files = files.and_then(|files| match files.is_empty() {
            true => Err("no text, Markdown, HTML or TEI file matches this".to_owned()),
            false => Ok(files),
        });
        files.unwrap_or_else(|message| {
            self.errors.push(format!("{}: {message}", display(pattern)));
            Vec::new()
        })
    }

    /// The corpus of a file: that of the nearest configuration, which is read once.
    fn corpus_of(
        &mut self,
        file: &Path,
        given: &Path,
        is_named: bool,
        by_folder: &mut FxHashMap<PathBuf, Option<usize>>,
        by_config: &mut FxHashMap<Option<PathBuf>, Option<usize>>,
    ) -> Option<usize> {
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let folder = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        if let Some(corpus) = by_folder.get(&folder) {
            return *corpus;
        }
        let found = self.options.config.clone().or_else(|| config::find(&folder));
        // Without a configuration the corpus is what was given.
        let root = if is_named {
            folder.clone()
        } else {
            std::path::absolute(given).unwrap_or_else(|_| given.to_owned())
        };
        let corpus = match by_config.get(&found) {
            Some(corpus) => *corpus,
            None => {
                let corpus = self.load(found.as_deref(), &root);
                by_config.insert(found, corpus);
                corpus
            }
        };
        by_folder.insert(folder, corpus);
        corpus
    }

    fn load(&mut self, path: Option<&Path>, root: &Path) -> Option<usize> {
        let config = match path {
            Some(path) => Config::load(path),
            None => Config::defaults(root),
        };
        match config {
            Ok(config) => {
                let config = self.with_chosen_rules(config);
                let index = CorpusIndex::new(
                    Arc::clone(&config.authority),
                    Some(Arc::new(config.surroundings())),
                );
                self.corpora.push(Corpus { config, index });
                Some(self.corpora.len() - 1)
            }
            Err(errors) => {
                self.errors.extend(errors.iter().map(ConfigError::to_string));
                None
            }
        }
    }

    /// Applies `--select` and `--ignore`.
    fn with_chosen_rules(&self, config: Config) -> Config {
        let CheckOptions { select, ignore, .. } = self.options;
        if select.is_empty() && ignore.is_empty() {
            return config;
        }
        config.with_levels(|levels| {
            if !select.is_empty() {
                let before = std::mem::replace(levels, Levels::none());
                for name in select {
                    let default = rules::find(name).and_then(|rule| rule.default);
                    // A rule that is off by default is on when it is asked for.
                    let level = before.get(name).or(default).unwrap_or(Severity::Warning);
                    levels.set(name, Some(level));
                }
            }
            for name in ignore {
                levels.set(name, None);
            }
        })
    }

    /// Phases one and two: every file's findings.
    fn read_all(&mut self, jobs: &[Job]) -> Vec<Checked> {
        let threads = self.options.jobs.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let progress = progress::bar(self.options.progress, jobs.len());
        let one = |(number, job): (usize, &Job)| {
            if interrupt::was_requested() {
                return None;
            }
            let result = self.guarded(&job.path, || self.read_one(number, job));
            progress.inc(1);
            Some(result.unwrap_or_else(Outcome::Failed))
        };
        let corpus = |document: &mut Checked| {
            let job = &jobs[document.job];
            let findings = self.guarded(&job.path, || Ok(self.corpus_findings(job)));
            findings.map(|findings| {
                document.findings.extend(findings);
                document.findings.sort_by_key(|finding| (finding.span, finding.rule));
            })
        };
        let work = || {
            let results: Vec<_> = jobs.par_iter().enumerate().filter_map(one).collect();
            let mut checked = Vec::with_capacity(results.len());
            let (mut errors, mut skipped) = (Vec::new(), Vec::new());
            for result in results {
                match result {
                    Outcome::Checked(document) => checked.push(document),
                    Outcome::Skipped(message) => skipped.push(message),
                    Outcome::Failed(message) => errors.push(message),
                }
            }
            errors.par_extend(checked.par_iter_mut().map(corpus).filter_map(Result::err));
            (checked, errors, skipped)
        };
        let (checked, errors, skipped) = match &pool {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        };
        progress.finish_and_clear();
        self.errors.extend(errors);
        self.skipped.extend(skipped);
        checked
    }

    /// A panic in one document does not take the run down, and does not pass silently.
    pub(super) fn guarded<T>(
        &self,
        path: &Path,
        work: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
            let what = panic.downcast_ref::<String>().map(String::as_str);
            let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
            Err(format!("{}: rubricator failed on this file: {what}", display(path)))
        })
    }

    /// Whether standard input is among the files.
    pub(super) fn has_stdin(&self) -> bool {
        self.stdin.is_some()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Why they cannot be read, with the file.
    pub(super) fn bytes(&self, path: &Path) -> Result<Vec<u8>, String> {
        match &self.stdin {
            Some((name, bytes)) if name == path => Ok(bytes.clone()),
            _ => fs::read(path).map_err(|e| format!("{}: {}", display(path), plain(&e))),
        }
    }

    fn read_one(&self, number: usize, job: &Job) -> Result<Outcome, String> {
        let bytes = self.bytes(&job.path)?;
        let file = match SourceFile::decode(&bytes) {
            Ok(file) => file,
            Err(error @ DecodeError::Binary) if !job.is_named => {
                return Ok(Outcome::Skipped(format!("{}: skipped: {error}", display(&job.path))));
            }
            Err(error) => return Err(format!("{}: {error}", display(&job.path))),
        };
        let hash = hash_of(&bytes);
        drop(bytes);
        let levels = self.corpora[job.corpus].config.levels(&self.relative(job));
        let mut findings = rules::reading_findings(&file, &levels);
        findings.extend(self.document_findings(job, file.text));
        Ok(Outcome::Checked(Checked { job: number, hash, findings }))
    }

    /// What is found in a text by itself; its facts go into the index.
    fn document_findings(&self, job: &Job, text: Arc<str>) -> Vec<Finding> {
        let corpus = &self.corpora[job.corpus];
        let relative = self.relative(job);
        let settings = corpus.config.settings(&relative);
        let format = markup::Format::of_path(&job.path).unwrap_or_default();
        let analysis = analyse(text, format, settings);
        let facts = DocumentFacts::of(&analysis, &corpus.index);
        let levels = corpus.config.levels(&relative);
        let findings = rules::document_findings(&analysis, &facts, settings, &levels);
        corpus.index.insert(Arc::from(display(&job.path)), facts);
        findings
    }

    /// All that is found in a new text of a file, in its order.
    pub(super) fn findings_of(&self, job: &Job, text: &Arc<str>) -> Vec<Finding> {
        let mut findings = self.document_findings(job, Arc::clone(text));
        findings.extend(self.corpus_findings(job));
        findings.sort_by_key(|finding| (finding.span, finding.rule));
        findings
    }

    fn corpus_findings(&self, job: &Job) -> Vec<Finding> {
        let corpus = &self.corpora[job.corpus];
        let relative = self.relative(job);
        let levels = corpus.config.levels(&relative);
        let Some(view) = corpus.index.view(&display(&job.path)) else {
            return Vec::new();
        };
        rules::corpus_findings(&view, corpus.config.settings(&relative), &levels)
    }

    /// Whether all documents under a folder were asked for.
    pub(super) fn covers(&self, folder: &Path) -> bool {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute(folder);
        self.options.paths.iter().any(|path| folder.starts_with(normal(&absolute(path))))
    }

    pub(super) fn relative(&self, job: &Job) -> PathBuf {
        let absolute = std::path::absolute(&job.path).unwrap_or_else(|_| job.path.clone());
        self.corpora[job.corpus].config.relative(&absolute).to_owned()
    }

    fn conclude(&self, result: Result<(Tally, Vec<String>), String>, files: usize) -> ExitCode {
        let mut stderr = io::stderr().lock();
        let (mut tally, errors) = match result {
            Ok(done) => done,
            Err(message) => (Tally::default(), vec![message]),
        };
        tally.interrupted = interrupt::was_requested();
        for message in self.errors.iter().chain(&errors) {
            let _ = writeln!(stderr, "rubricator: {message}");
        }
        let has_failed = !self.errors.is_empty() || !errors.is_empty();
        if !self.options.quiet && !tally.broken_pipe {
            for message in &self.skipped {
                let _ = writeln!(stderr, "rubricator: {message}");
            }
            if files > 0 || !has_failed {
                let _ = writeln!(stderr, "{}", tally.summary(files));
            }
        }
        if let Err(message) = self.write_summary(&tally, files) {
            let _ = writeln!(stderr, "rubricator: {message}");
        }
        ExitCode::from(match () {
            () if tally.interrupted => interrupt::STATUS,
            () if has_failed => 2,
            () => u8::from(tally.failing),
        })
    }

    /// The summary on the page of a GitHub workflow, if this is one.
    fn write_summary(&self, tally: &Tally, files: usize) -> Result<(), String> {
        let is_github = self.options.outputs.iter().any(|output| output.format == Format::Github);
        let path = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
        match path.filter(|_| is_github) {
            Some(path) => output::append_summary(Path::new(&path), tally, files)
                .map_err(|error| format!("{}: {}", Path::new(&path).display(), plain(&error))),
            None => Ok(()),
        }
    }
}

/// A path without its `.` parts.
fn normal(path: &Path) -> PathBuf {
    path.components().collect()
}

pub(super) fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    bytes.hash(&mut hasher);
    hasher.finish()
}
