//! What lists of facts have in common: the files are read in parallel, the lines come in
//! the order of the paths.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::{Analysis, DocumentFacts, analyse};
use crate::markup;
use crate::names::Scheme;
use crate::text::SourceFile;

use super::CheckOptions;
use super::located::{Opened, Place, display};
use super::run::{Corpus, Job, Run};

/// A format of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a head line (RFC 4180)
    Csv,
}

/// A place in a file: where it starts and where it ends.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Range {
    pub(super) path: String,
    pub(super) start: Place,
    pub(super) end: Place,
}

/// A file that was read for a list.
pub(super) struct ReadFile<'r> {
    pub(super) corpus: &'r Corpus,
    pub(super) opened: Opened,
    pub(super) analysis: Analysis,
    pub(super) facts: Arc<DocumentFacts>,
    /// The scheme of romanisation that the corpus prefers.
    pub(super) scheme: Option<Scheme>,
}

/// Reads all files under `paths` and gives for each what `of` makes of it, in order; what
/// went wrong stands in the second list.
pub(super) fn read_all<T: Send>(
    paths: Vec<PathBuf>,
    config: Option<PathBuf>,
    of: impl Fn(&ReadFile<'_>) -> T + Sync,
) -> (Vec<(PathBuf, T)>, Vec<String>) {
    let options = CheckOptions { paths, config, ..CheckOptions::default() };
    let mut run = Run::new(&options);
    let jobs = run.choose_files();
    let results: Vec<_> = jobs
        .par_iter()
        .map(|job| {
            run.guarded(&job.path, || read(&run, job).map(|file| file.map(|file| of(&file))))
        })
        .collect();
    let mut errors = std::mem::take(&mut run.errors);
    let mut read = Vec::with_capacity(results.len());
    for (job, result) in jobs.into_iter().zip(results) {
        match result {
            Ok(Some(value)) => read.push((job.path, value)),
            Ok(None) => {}
            Err(message) => errors.push(message),
        }
    }
    (read, errors)
}

/// `None`: XML that stands beside the texts and says nothing that would be listed.
fn read<'r>(run: &'r Run<'_>, job: &Job) -> Result<Option<ReadFile<'r>>, String> {
    let bytes = run.bytes(&job.path)?;
    let file =
        SourceFile::decode(&bytes).map_err(|error| format!("{}: {error}", display(&job.path)))?;
    let corpus = &run.corpora[job.corpus];
    let format = job.format();
    match markup::foreign(&file.text, format) {
        Some(message) if job.is_named => return Err(format!("{}: {message}", display(&job.path))),
        Some(_) => return Ok(None),
        None => {}
    }
    let analysis = analyse(Arc::clone(&file.text), format, corpus.config.settings(&job.relative));
    let facts = Arc::new(DocumentFacts::of(&analysis, &corpus.index));
    let scheme = corpus.config.settings(&job.relative).names.scheme;
    Ok(Some(ReadFile { corpus, opened: Opened::new(&job.path, file), analysis, facts, scheme }))
}

/// Writes `lines` and says what went wrong; gives the exit status.
pub(super) fn finish(
    lines: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    errors: &[String],
) -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = lines(&mut out).and_then(|()| out.flush());
    let mut status = u8::from(!errors.is_empty()) * 2;
    let mut stderr = io::stderr().lock();
    for message in errors {
        let _ = writeln!(stderr, "rubricator: {message}");
    }
    match written {
        // A reader that has seen enough is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(stderr, "rubricator: the list cannot be written: {error}");
            status = 2;
        }
        _ => {}
    }
    ExitCode::from(status)
}
