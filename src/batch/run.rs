//! The three phases of a run.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::{self, IsTerminal, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::config::{self, Config, ConfigError};
use crate::corpus::{CorpusIndex, DocumentFacts, analyse};
use crate::markup;
use crate::rules::{self, Finding, Levels, Severity};
use crate::text::SourceFile;

use super::baseline::{Baseline, NewBaseline};
use super::located::{Opened, display};
use super::output::Writer;
use super::{CheckOptions, Color, FailOn, fix, walk};

/// A file to check and the corpus it belongs to.
pub(super) struct Job {
    pub(super) path: PathBuf,
    pub(super) corpus: usize,
}

/// The documents of one configuration.
pub(super) struct Corpus {
    pub(super) config: Config,
    pub(super) index: CorpusIndex,
}

/// What is kept of a file between the phases.
struct Checked {
    job: usize,
    /// Of its bytes, to tell whether it changed since.
    hash: u64,
    findings: Vec<Finding>,
}

/// Runs `check` and gives the exit status.
pub fn check(options: &CheckOptions) -> ExitCode {
    let mut run = Run::new(options);
    let jobs = run.choose_files();
    let checked = run.read_all(&jobs);
    let result = run.report(&jobs, checked);
    run.conclude(result, jobs.len())
}

/// The files of one run, their corpora, and what went wrong.
pub(super) struct Run<'a> {
    options: &'a CheckOptions,
    pub(super) errors: Vec<String>,
    pub(super) corpora: Vec<Corpus>,
    /// Standard input, which can be read only once.
    stdin: Option<Vec<u8>>,
}

/// What was printed.
#[derive(Default)]
struct Tally {
    findings: usize,
    files: usize,
    fixable: usize,
    fixed: usize,
    failing: bool,
    by_rule: BTreeMap<&'static str, usize>,
    broken_pipe: bool,
    /// Findings that were written to a new baseline.
    known: usize,
    /// Findings of the baseline that are there no more.
    unneeded: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a CheckOptions) -> Self {
        Self { options, errors: Vec::new(), corpora: Vec::new(), stdin: None }
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
                    jobs.push(Job { path: file, corpus });
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
            self.stdin = Some(bytes);
            return (vec![name.unwrap_or_else(|| PathBuf::from("-"))], true);
        }
        match fs::metadata(path) {
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
                let index = CorpusIndex::new(Arc::clone(&config.authority));
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
        let progress = self.progress(jobs.len());
        let work = || -> Vec<Result<Checked, String>> {
            jobs.par_iter()
                .enumerate()
                .map(|(number, job)| {
                    let result = self.guarded(&job.path, || self.read_one(number, job));
                    progress.inc(1);
                    result
                })
                .collect()
        };
        let results = match &pool {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        };
        progress.finish_and_clear();
        let mut checked = Vec::with_capacity(results.len());
        let mut errors = Vec::new();
        for result in results {
            match result {
                Ok(document) => checked.push(document),
                Err(message) => errors.push(message),
            }
        }
        for document in &mut checked {
            let job = &jobs[document.job];
            match self.guarded(&job.path, || Ok(self.corpus_findings(job))) {
                Ok(findings) => document.findings.extend(findings),
                Err(message) => errors.push(message),
            }
            document.findings.sort_by_key(|finding| (finding.span, finding.rule));
        }
        self.errors.extend(errors);
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

    pub(super) fn bytes(&self, path: &Path) -> Result<Vec<u8>, String> {
        match &self.stdin {
            Some(bytes) => Ok(bytes.clone()),
            None => fs::read(path).map_err(|e| format!("{}: {}", display(path), plain(&e))),
        }
    }

    fn read_one(&self, number: usize, job: &Job) -> Result<Checked, String> {
        let bytes = self.bytes(&job.path)?;
        let file = SourceFile::decode(&bytes)
            .map_err(|error| format!("{}: {error}", display(&job.path)))?;
        let hash = hash_of(&bytes);
        drop(bytes);
        let corpus = &self.corpora[job.corpus];
        let relative = self.relative(job);
        let levels = corpus.config.levels(&relative);
        let mut findings = rules::reading_findings(&file, &levels);
        let settings = corpus.config.settings(&relative);
        let format = markup::Format::of_path(&job.path).unwrap_or_default();
        let analysis = analyse(file.text, format, settings);
        let facts = DocumentFacts::of(&analysis, &corpus.index);
        findings.extend(rules::document_findings(&analysis, &facts, settings, &levels));
        corpus.index.insert(Arc::from(display(&job.path)), facts);
        Ok(Checked { job: number, hash, findings })
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

    pub(super) fn relative(&self, job: &Job) -> PathBuf {
        let absolute = std::path::absolute(&job.path).unwrap_or_else(|_| job.path.clone());
        self.corpora[job.corpus].config.relative(&absolute).to_owned()
    }

    /// Phase three: locates and prints, in the order of the paths.
    fn report(&mut self, jobs: &[Job], checked: Vec<Checked>) -> io::Result<Tally> {
        let mut tally = Tally::default();
        let mut errors = Vec::new();
        let colored = self.is_colored();
        let mut output: Box<dyn Write> = match &self.options.output {
            Some(path) => Box::new(io::BufWriter::new(fs::File::create(path)?)),
            None => Box::new(io::BufWriter::new(io::stdout().lock())),
        };
        let mut writer = Writer::new(self.options.format, &mut *output, colored);
        let opened = RefCell::new(OpenedFiles::default());
        let mut baseline = self.baseline(jobs);
        let mut new_baseline = self.options.write_baseline.as_ref().map(|_| NewBaseline::default());
        for document in checked.iter().filter(|document| !document.findings.is_empty()) {
            let job = &jobs[document.job];
            let bytes = match self.bytes(&job.path) {
                Ok(bytes) => bytes,
                Err(message) => {
                    errors.push(message);
                    continue;
                }
            };
            if hash_of(&bytes) != document.hash {
                let path = display(&job.path);
                errors
                    .push(format!("{path}: the file changed while it was checked; check it again"));
                continue;
            }
            let Ok(file) = SourceFile::decode(&bytes) else {
                continue;
            };
            let mut findings = self.accepted(job, &file, &document.findings);
            let name = display(&job.path);
            if let Some(baseline) = &mut baseline {
                findings.retain(|finding| !baseline.hides(&name, finding, &file.text));
            }
            if let Some(new) = &mut new_baseline {
                findings.iter().for_each(|finding| new.add(&name, finding, &file.text));
                tally.known += findings.len();
                continue;
            }
            if findings.is_empty() {
                continue;
            }
            tally.files += 1;
            if self.options.fix || self.options.diff {
                match self.fix(job, &file, &findings, &mut tally) {
                    Ok(()) => {}
                    Err(error) => errors.push(format!("{}: {error}", display(&job.path))),
                }
            }
            let this = Opened::new(&job.path, file);
            for finding in &findings {
                let was_fixed =
                    self.options.fix && finding.fixes.first().is_some_and(|fix| fix.safe);
                if was_fixed {
                    continue;
                }
                tally.add(finding, self.options.fail_on);
                if self.options.statistics || self.options.diff {
                    continue;
                }
                let mut other = |name: &str| opened.borrow_mut().get(name);
                let located = this.locate(finding, &mut other);
                if let Err(error) = writer.finding(&located, &this) {
                    return tally.stopped(error);
                }
            }
        }
        self.errors.extend(errors);
        tally.unneeded = baseline.as_ref().map_or(0, Baseline::unused);
        if let (Some(new), Some(path)) = (new_baseline, &self.options.write_baseline) {
            new.write(path)?;
            return Ok(tally);
        }
        if self.options.statistics {
            return write_counts(&mut *output, tally);
        }
        if self.options.diff {
            return Ok(tally);
        }
        match writer.finish() {
            Ok(()) => Ok(tally),
            Err(error) => tally.stopped(error),
        }
    }

    /// The baseline that the run was given.
    fn baseline(&mut self, jobs: &[Job]) -> Option<Baseline> {
        let path = self.options.baseline.as_ref()?;
        let paths = jobs.iter().map(|job| display(&job.path)).collect();
        match Baseline::read(path, &paths) {
            Ok(baseline) => Some(baseline),
            Err(message) => {
                self.errors.push(message);
                None
            }
        }
    }

    /// The findings that are shown: no hints, none that the configuration accepts.
    fn accepted(&self, job: &Job, file: &SourceFile, findings: &[Finding]) -> Vec<Finding> {
        let config = &self.corpora[job.corpus].config;
        let relative = self.relative(job);
        let is_accepted = |finding: &Finding| {
            let text = finding.span.of(&file.text);
            config.accepts.iter().any(|accept| accept.covers(&relative, finding.rule, text))
        };
        findings
            .iter()
            .filter(|finding| finding.severity > Severity::Hint && !is_accepted(finding))
            .cloned()
            .collect()
    }

    fn fix(
        &self,
        job: &Job,
        file: &SourceFile,
        findings: &[Finding],
        tally: &mut Tally,
    ) -> io::Result<()> {
        let Some(text) = fix::fixed(&file.text, findings) else {
            return Ok(());
        };
        if self.options.diff {
            let name = display(&job.path);
            let diff = similar::TextDiff::from_lines(&*file.text, text.as_str());
            let shown = diff.unified_diff().header(&name, &name).to_string();
            return io::stdout().lock().write_all(shown.as_bytes());
        }
        if self.stdin.is_some() {
            return io::stdout().lock().write_all(text.as_bytes());
        }
        fix::write(&job.path, file, &text)?;
        tally.fixed +=
            findings.iter().filter(|f| f.fixes.first().is_some_and(|fix| fix.safe)).count();
        Ok(())
    }

    fn is_colored(&self) -> bool {
        match self.options.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                self.options.output.is_none()
                    && io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none()
            }
        }
    }

    /// A bar that appears only where somebody looks, and only after half a second.
    fn progress(&self, files: usize) -> ProgressBar {
        if !self.options.progress || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        let template = "{bar:30} {pos}/{len} files, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let late = bar.downgrade();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(500));
            if let Some(bar) = late.upgrade().filter(|bar| !bar.is_finished()) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        bar
    }

    fn conclude(&self, result: io::Result<Tally>, files: usize) -> ExitCode {
        let mut stderr = io::stderr().lock();
        for message in &self.errors {
            let _ = writeln!(stderr, "rubricator: {message}");
        }
        let tally = match result {
            Ok(tally) => tally,
            Err(error) => {
                let _ = writeln!(stderr, "rubricator: the findings cannot be written: {error}");
                return ExitCode::from(2);
            }
        };
        if !self.options.quiet && !tally.broken_pipe {
            let _ = writeln!(stderr, "{}", tally.summary(files));
        }
        if !self.errors.is_empty() {
            return ExitCode::from(2);
        }
        ExitCode::from(u8::from(tally.failing))
    }
}

impl Tally {
    fn add(&mut self, finding: &Finding, fail_on: FailOn) {
        self.findings += 1;
        self.fixable += usize::from(finding.fixes.first().is_some_and(|fix| fix.safe));
        *self.by_rule.entry(finding.rule).or_insert(0) += 1;
        self.failing |= match fail_on {
            FailOn::Never => false,
            FailOn::Info => true,
            FailOn::Warning => finding.severity >= Severity::Warning,
            FailOn::Error => finding.severity >= Severity::Error,
        };
    }

    /// A reader that has seen enough (`| head`) is no failure of the run.
    fn stopped(mut self, error: io::Error) -> io::Result<Self> {
        if error.kind() == io::ErrorKind::BrokenPipe {
            self.broken_pipe = true;
            return Ok(self);
        }
        Err(error)
    }

    fn summary(&self, files: usize) -> String {
        let count = |number: usize, one: &str, many: &str| {
            format!("{number} {}", if number == 1 { one } else { many })
        };
        let files_read = count(files, "file", "files");
        let mut summary = match self.findings {
            0 => format!("No findings in {files_read}."),
            findings => format!(
                "{} in {} of {files_read}.",
                count(findings, "finding", "findings"),
                self.files
            ),
        };
        if self.known > 0 {
            let known = count(self.known, "finding is", "findings are");
            return format!("{known} now in the baseline; {files_read} were read.");
        }
        if self.unneeded > 0 {
            let entries = count(self.unneeded as usize, "finding", "findings");
            summary.push_str(&format!(" {entries} of the baseline not met: write it anew."));
        }
        if self.fixed > 0 {
            summary.push_str(&format!(" {} fixed.", self.fixed));
        } else if self.fixable > 0 {
            summary.push_str(&format!(" {} can be fixed with --fix.", self.fixable));
        }
        summary
    }
}

/// How often each rule found something, the most frequent first.
fn write_counts(output: &mut dyn Write, tally: Tally) -> io::Result<Tally> {
    let mut counts: Vec<_> = tally.by_rule.iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
    let text: String = counts.iter().map(|(rule, count)| format!("{count}\t{rule}\n")).collect();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => Ok(tally),
        Err(error) => tally.stopped(error),
    }
}

/// Files of related places, a few at a time.
#[derive(Default)]
struct OpenedFiles {
    files: FxHashMap<String, Option<Rc<Opened>>>,
}

impl OpenedFiles {
    fn get(&mut self, name: &str) -> Option<Rc<Opened>> {
        if self.files.len() > 16 {
            self.files.clear();
        }
        let open = || {
            let bytes = fs::read(name).ok()?;
            let file = SourceFile::decode(&bytes).ok()?;
            Some(Rc::new(Opened::new(Path::new(name), file)))
        };
        self.files.entry(name.to_owned()).or_insert_with(open).clone()
    }
}

fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The message of an I/O error without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}
