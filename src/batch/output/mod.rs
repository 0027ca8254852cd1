//! The formats in which findings are printed, siblings behind one face.

mod checkstyle;
mod concise;
mod fingerprint;
pub(super) mod format;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod xml;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::located::{Located, Opened, display};
use super::replace::{Sink, file_error, plain};
use super::terminal::Look;
use fingerprint::Fingerprints;
pub use format::Format;
pub(super) use github::append_summary;

/// A format and the file it is written to; `None`: standard output.
#[derive(Clone, Debug)]
pub struct Destination {
    /// The format.
    pub format: Format,
    /// The file.
    pub file: Option<PathBuf>,
}

/// All reports of a run.
pub(super) struct Report {
    writers: Vec<Writer>,
    /// Whether the reader of standard output has gone.
    pub(super) broken_pipe: bool,
    /// Which of them cannot be written, and why.
    failures: Vec<String>,
}

impl Report {
    /// Opens every destination; where standard output is taken, standard error stands for it.
    ///
    /// # Errors
    /// A message with the file that cannot be written.
    pub(super) fn open(
        destinations: &[Destination],
        is_taken: bool,
        look: Look,
    ) -> Result<Self, String> {
        let open = |destination: &Destination| {
            let file = destination.file.as_deref();
            let opened =
                if is_taken && file.is_none() { Ok(Sink::stderr()) } else { Sink::open(file) };
            let out = opened.map_err(|error| {
                let name = file.map_or_else(|| "standard output".to_owned(), display);
                format!("{name}: {}", plain(&error))
            })?;
            let look = if file.is_none() && !is_taken { look } else { Look::default() };
            Ok(Writer::new(destination, out, look))
        };
        let writers = destinations.iter().map(open).collect::<Result<_, String>>()?;
        Ok(Self { writers, broken_pipe: false, failures: Vec::new() })
    }

    /// Writes one finding of `file` to all of them. One that cannot be written to is given up, and
    /// the others go on.
    pub(super) fn finding(&mut self, finding: &Located, file: &Opened) {
        let mut at = 0;
        while at < self.writers.len() {
            match self.writers[at].finding(finding, file) {
                Ok(()) => at += 1,
                Err(error) => {
                    let writer = self.writers.remove(at);
                    self.give_up(&error, writer.file.as_deref());
                }
            }
        }
    }

    /// Whether nobody reads any more.
    pub(super) fn is_closed(&self) -> bool {
        self.writers.is_empty() && self.broken_pipe
    }

    /// Ends them all; gives whether the reader of one has gone, and which could not be written.
    pub(super) fn finish(mut self) -> (bool, Vec<String>) {
        for writer in std::mem::take(&mut self.writers) {
            let file = writer.file.clone();
            if let Err(error) = writer.finish() {
                self.give_up(&error, file.as_deref());
            }
        }
        (self.broken_pipe, self.failures)
    }

    /// A reader that has seen enough (`| head`) is no failure of the run.
    fn give_up(&mut self, error: &io::Error, file: Option<&Path>) {
        if error.kind() == io::ErrorKind::BrokenPipe {
            self.broken_pipe = true;
            return;
        }
        let what = file.map_or_else(|| plain(error), |file| file_error(file, error));
        self.failures.push(format!("the report cannot be written: {what}"));
    }
}

/// Writes findings in one format, in the order in which they come.
struct Writer {
    format: Format,
    /// `None`: standard output.
    file: Option<PathBuf>,
    out: Sink,
    look: Look,
    count: usize,
    suites: usize,
    fingerprints: Fingerprints,
    /// Findings of one file that wait until all of them are known.
    waiting: Vec<Located>,
}

impl Writer {
    fn new(destination: &Destination, out: Sink, look: Look) -> Self {
        let Destination { format, file } = destination.clone();
        let (fingerprints, waiting) = (Fingerprints::default(), Vec::new());
        Self { format, file, out, look, count: 0, suites: 0, fingerprints, waiting }
    }

    /// Writes one finding of `file`.
    fn finding(&mut self, finding: &Located, file: &Opened) -> io::Result<()> {
        let is_first = self.count == 0;
        self.count += 1;
        let out = &mut self.out;
        match self.format {
            Format::Full => full::write(out, finding, file, self.look),
            Format::Concise => concise::write(out, finding, self.look),
            Format::Jsonl => json::line(out, finding),
            Format::Json => json::element(out, finding, is_first),
            Format::Github => github::annotation(out, finding),
            Format::Gitlab => {
                let issue = gitlab::issue(finding, self.fingerprints.of(finding, file));
                json::element(out, &issue, is_first)
            }
            Format::Sarif => {
                let before = if is_first { sarif::head() } else { ",\n".to_owned() };
                out.write_all(before.as_bytes())?;
                let result = sarif::result(finding, self.fingerprints.of(finding, file));
                Ok(serde_json::to_writer(out, &result)?)
            }
            Format::Junit | Format::Checkstyle => {
                if is_first {
                    self.head_of_files()?;
                }
                if self.waiting.first().is_some_and(|waiting| waiting.path != finding.path) {
                    self.whole_file()?;
                }
                self.waiting.push(finding.clone());
                Ok(())
            }
        }
    }

    fn head_of_files(&mut self) -> io::Result<()> {
        let head = if self.format == Format::Junit { junit::HEAD } else { checkstyle::HEAD };
        self.out.write_all(head.as_bytes())
    }

    /// Writes the findings that waited until all of their file were known.
    fn whole_file(&mut self) -> io::Result<()> {
        let findings = std::mem::take(&mut self.waiting);
        if self.format == Format::Junit {
            self.suites += usize::from(!findings.is_empty());
            junit::suite(&mut self.out, self.suites.saturating_sub(1), &findings)
        } else {
            checkstyle::file(&mut self.out, &findings)
        }
    }

    /// Ends the output.
    fn finish(mut self) -> io::Result<()> {
        let is_empty = self.count == 0;
        match self.format {
            Format::Json | Format::Gitlab => json::end(&mut self.out, is_empty)?,
            Format::Sarif => {
                if is_empty {
                    self.out.write_all(sarif::head().as_bytes())?;
                }
                self.out.write_all(sarif::TAIL.as_bytes())?;
            }
            Format::Junit | Format::Checkstyle => {
                if is_empty {
                    self.head_of_files()?;
                }
                self.whole_file()?;
                if self.format == Format::Junit && self.suites == 0 {
                    junit::clean(&mut self.out)?;
                }
                let tail =
                    if self.format == Format::Junit { junit::TAIL } else { checkstyle::TAIL };
                self.out.write_all(tail.as_bytes())?;
            }
            Format::Full | Format::Concise | Format::Jsonl | Format::Github => {}
        }
        self.out.finish()
    }
}
