//! The state of a run: its files, their corpora, its threads, and what went wrong.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::config::{Config, Disk};
use crate::corpus::CorpusIndex;
use crate::markup::Format;

use super::CheckOptions;
use super::cache::Cache;
use super::located::display;
use super::replace::plain;

/// More threads than any machine has cores for would only take its memory.
const MOST_THREADS: usize = 1024;

/// A file to check and the corpus it belongs to.
pub(super) struct Job {
    pub(super) path: PathBuf,
    /// The path as it is printed; the document's name in the corpus.
    pub(super) name: Arc<str>,
    /// The path that patterns of the configuration are held against.
    pub(super) relative: PathBuf,
    pub(super) corpus: usize,
    /// Its number in the corpus.
    pub(super) number: usize,
    /// Whether the file itself was asked for, and not a folder above it.
    pub(super) is_named: bool,
    /// Whether a list names it, which may name what is no text.
    pub(super) is_listed: bool,
}

impl Job {
    /// Whether it is wrong that the file is none of ours.
    pub(super) fn must_be_text(&self) -> bool {
        self.is_named && !self.is_listed
    }

    /// The format of the file.
    pub(super) fn format(&self) -> Format {
        Format::of_path(&self.path).unwrap_or_default()
    }
}

/// The documents of one configuration.
pub(super) struct Corpus {
    pub(super) config: Config,
    pub(super) index: CorpusIndex,
    /// What lies beside the documents.
    pub(super) disk: Arc<Disk>,
    /// `None`: none is kept.
    pub(super) cache: Option<Cache>,
}

/// The files of one run, their corpora, and what went wrong.
pub(super) struct Run<'a> {
    pub(super) options: &'a CheckOptions,
    pub(super) errors: Vec<String>,
    /// Files that were passed over, with the reason.
    pub(super) skipped: Vec<String>,
    /// Files of XML that is neither TEI nor XHTML, with the reason.
    pub(super) foreign: Vec<String>,
    pub(super) corpora: Vec<Corpus>,
    /// Standard input, which can be read only once, and the name it goes by.
    pub(super) stdin: Option<(PathBuf, Vec<u8>)>,
    /// `None`: the threads that the library makes by itself.
    pool: Option<ThreadPool>,
    /// Whether the reading was interrupted, so that files or what they share are missing.
    pub(super) is_broken_off: bool,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a CheckOptions) -> Self {
        let threads = options.jobs.unwrap_or(0).min(MOST_THREADS);
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().ok();
        Self {
            options,
            errors: Vec::new(),
            skipped: Vec::new(),
            foreign: Vec::new(),
            corpora: Vec::new(),
            stdin: None,
            pool,
            is_broken_off: false,
        }
    }
}

impl Run<'_> {
    /// Does work on the threads of the run.
    pub(super) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// How many threads there are.
    pub(super) fn threads(&self) -> usize {
        self.install(rayon::current_num_threads)
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

    /// Whether a file is standard input.
    pub(super) fn is_stdin(&self, job: &Job) -> bool {
        self.stdin.as_ref().is_some_and(|(name, _)| *name == job.path)
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

    /// Whether all documents under a folder were asked for.
    pub(super) fn covers(&self, folder: &Path) -> bool {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute(folder);
        self.options.paths.iter().any(|path| folder.starts_with(normal(&absolute(path))))
    }
}

/// A path without its `.` parts.
fn normal(path: &Path) -> PathBuf {
    path.components().collect()
}
