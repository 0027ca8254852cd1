//! Phase three: files with findings are read again, fixed if that was asked for, and their
//! findings located and written, in the order of the paths.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::rules::{Finding, Severity};
use crate::text::SourceFile;

use super::acceptance;
use super::baseline::{Baseline, NewBaseline};
use super::cache::Key;
use super::located::Opened;
use super::output::{Destination, Report};
use super::reading::{self, Checked};
use super::replace::{Sink, file_error, plain};
use super::run::{Job, Run};
use super::since::Changes;
use super::tally::Tally;
use super::terminal::Look;
use super::{CheckOptions, fix, interrupt};

/// What decides which findings are shown, beside the configuration.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Findings that are known and not shown again.
    pub(super) baseline: Option<Baseline>,
    /// The lines that matter; `None`: all.
    pub(super) changes: Option<Changes>,
}

/// A file after its fixes, and what is found in it still.
type Rest = (SourceFile, Vec<Finding>);

/// The reporting of one run.
pub(super) struct Reporter<'r, 'o> {
    run: &'r Run<'o>,
    known: Known,
    new_baseline: Option<NewBaseline>,
    tally: Tally,
    errors: Vec<String>,
    opened: RefCell<OpenedFiles>,
    /// Whether the reading was broken off: what was found is shown, and nothing is written.
    is_partial: bool,
}

impl<'r, 'o> Reporter<'r, 'o> {
    pub(super) fn new(run: &'r Run<'o>, known: Known) -> Self {
        let new_baseline = run.options.write_baseline.as_ref().map(|_| NewBaseline::default());
        Self {
            run,
            known,
            new_baseline,
            tally: Tally::default(),
            errors: Vec::new(),
            opened: RefCell::default(),
            is_partial: interrupt::was_requested(),
        }
    }

    /// Reports all files. Gives the counts and what went wrong with single files.
    ///
    /// # Errors
    /// A message where the reports cannot be written.
    pub(super) fn report(
        mut self,
        jobs: &[Job],
        checked: &[Checked],
    ) -> Result<(Tally, Vec<String>), String> {
        let cannot = |error: io::Error| format!("the report cannot be written: {}", plain(&error));
        let options = self.run.options;
        let mut report =
            Report::open(&self.destinations(), self.echoes_text(), Look::of(options.color))?;
        for document in checked {
            let job = &jobs[document.job];
            let is_echoed = options.fix && self.run.is_stdin(job);
            if document.findings.is_empty() && !is_echoed {
                continue;
            }
            if !self.is_partial && interrupt::was_requested() {
                break;
            }
            if let Err(message) = self.file(job, document, &mut report).map_err(cannot)? {
                self.errors.push(format!("{}: {message}", job.name));
            }
            if report.is_closed() {
                break;
            }
        }
        if !interrupt::was_requested() && self.known.changes.is_none() {
            self.acceptances(jobs, &mut report).map_err(cannot)?;
        }
        self.tally.broken_pipe = report.finish().map_err(cannot)?;
        if let Some(baseline) = self.known.baseline.as_ref().filter(|_| !interrupt::was_requested())
        {
            let paths: FxHashSet<&str> = jobs.iter().map(|job| &*job.name).collect();
            self.tally.unneeded = baseline.unused(|path| paths.contains(path));
        }
        if options.statistics {
            let file = options.outputs.first().and_then(|output| output.file.as_deref());
            let mut out = Sink::open(file).map_err(cannot)?;
            let written = self.tally.write_counts(&mut out).and_then(|()| out.finish());
            written.or_else(|error| self.tally.stopped(error)).map_err(cannot)?;
        }
        self.write_baseline()?;
        Ok((self.tally, self.errors))
    }

    /// Where findings are written: nowhere if they are only counted or shown as changes.
    fn destinations(&self) -> Vec<Destination> {
        let options = self.run.options;
        let is_silent = options.statistics || options.diff;
        if is_silent { Vec::new() } else { options.outputs.clone() }
    }

    /// Whether standard output is the text itself.
    fn echoes_text(&self) -> bool {
        self.run.options.fix && self.run.has_stdin()
    }

    /// Reports one file; the inner result says what went wrong with the file, the outer one
    /// with the report.
    fn file(
        &mut self,
        job: &Job,
        document: &Checked,
        report: &mut Report,
    ) -> io::Result<Result<(), String>> {
        // A pipe that was named would be waited for without end.
        let is_pipe = fs::metadata(&job.path).is_ok_and(|metadata| !metadata.is_file());
        if is_pipe && !self.run.is_stdin(job) {
            let message = "this is no file that can be read twice; give its text on standard input";
            return Ok(Err(message.to_owned()));
        }
        let bytes = match self.run.bytes(&job.path) {
            Ok(bytes) => bytes,
            Err(message) => return Ok(Err(message)),
        };
        if Key::of_bytes(&bytes) != document.keys.content {
            return Ok(Err("the file changed while it was checked; check it again".to_owned()));
        }
        let Ok(file) = SourceFile::decode(&bytes) else {
            return Ok(Ok(()));
        };
        let mut findings = self.shown(job, &file.text, document.findings.clone());
        let name = &*job.name;
        if let Some(baseline) = &mut self.known.baseline {
            let (new, used) = baseline.sift(name, findings.clone(), &file.text);
            // What a fix leaves is sifted anew, so the entries are used up once.
            if !self.run.options.fix {
                baseline.use_up(used);
            }
            findings = new;
        }
        if let Some(new) = &mut self.new_baseline {
            findings.iter().for_each(|finding| new.add(name, finding, &file.text));
            self.tally.known += findings.len();
            return Ok(Ok(()));
        }
        match self.fixed(job, &file, &findings)? {
            Ok(None) => self.findings(&job.path, file, &findings, report).map(Ok),
            Ok(Some((file, left))) => self.findings(&job.path, file, &left, report).map(Ok),
            Err(message) => {
                // What was to be fixed is there still.
                self.findings(&job.path, file, &findings, report)?;
                Ok(Err(message))
            }
        }
    }

    /// What is said of the configurations.
    fn acceptances(&mut self, jobs: &[Job], report: &mut Report) -> io::Result<()> {
        for number in 0..self.run.corpora.len() {
            let path = self.run.corpora[number].config.path.clone().unwrap_or_default();
            if let Some((file, findings)) = acceptance::unused(self.run, number, jobs) {
                self.findings(&shortened(&path), file, &findings, report)?;
            }
        }
        Ok(())
    }

    fn findings(
        &mut self,
        path: &Path,
        file: SourceFile,
        findings: &[Finding],
        report: &mut Report,
    ) -> io::Result<()> {
        let this = Opened::new(path, file);
        self.tally.files += usize::from(!findings.is_empty());
        for finding in findings {
            self.tally.add(&this.name, finding, self.run.options.fail_on);
            let mut other = |name: &str| self.opened.borrow_mut().get(name);
            report.finding(&this.locate(finding, &mut other), &this)?;
        }
        Ok(())
    }

    /// Applies the fixes if that was asked for; gives the file as it is then and what is left to
    /// report, if it has changed. The inner result says what went wrong with the file, the outer
    /// one with standard output.
    fn fixed(
        &mut self,
        job: &Job,
        file: &SourceFile,
        findings: &[Finding],
    ) -> io::Result<Result<Option<Rest>, String>> {
        let CheckOptions { fix, diff, unsafe_fixes, .. } = *self.run.options;
        if !fix && !diff || self.is_partial {
            return Ok(Ok(None));
        }
        let name = &*job.name;
        let check = |text: &Arc<str>| {
            let changed = file.with_text(Arc::clone(text));
            let findings = reading::findings_of(self.run, job, &changed);
            let findings = self.shown(job, text, findings);
            match &self.known.baseline {
                Some(baseline) => baseline.sift(name, findings, text).0,
                None => findings,
            }
        };
        let before = Arc::clone(&file.text);
        let fixed = fix::to_fixed_point(before, findings.to_vec(), unsafe_fixes, check);
        if diff {
            let changes = similar::TextDiff::from_lines(&*file.text, &*fixed.text);
            let shown = changes.unified_diff().header(name, name).to_string();
            self.print(shown.as_bytes())?;
            return Ok(Ok(None));
        }
        let is_echoed = self.run.is_stdin(job);
        let bytes = match file.encode(&fixed.text) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error.to_string())),
        };
        if is_echoed {
            self.print(&bytes)?;
        } else if fixed.count > 0
            && let Err(error) = fix::write(&job.path, &bytes)
        {
            return Ok(Err(plain(&error)));
        }
        self.tally.fixed += fixed.count;
        Ok(Ok(Some((file.with_text(fixed.text), fixed.left))))
    }

    fn print(&mut self, bytes: &[u8]) -> io::Result<()> {
        let written = io::stdout().lock().write_all(bytes);
        written.or_else(|error| self.tally.stopped(error))
    }

    /// The findings that are shown: no hints, none that the configuration accepts, none in
    /// lines that do not matter.
    fn shown(&self, job: &Job, text: &str, findings: Vec<Finding>) -> Vec<Finding> {
        let config = &self.run.corpora[job.corpus].config;
        let lines = self.known.changes.as_ref().map(|changes| changes.of(&job.path, text));
        let is_shown = |finding: &Finding| {
            let words = finding.span.of(text);
            let accepts = &config.accepts;
            finding.severity > Severity::Hint
                && !accepts.iter().any(|accept| accept.covers(&job.relative, finding.rule, words))
                && lines.as_ref().is_none_or(|lines| lines.touch(finding.span))
        };
        findings.into_iter().filter(is_shown).collect()
    }

    /// Writes the new baseline, unless a file is missing from it.
    fn write_baseline(&mut self) -> Result<(), String> {
        let (Some(new), Some(path)) = (self.new_baseline.take(), &self.run.options.write_baseline)
        else {
            return Ok(());
        };
        if self.run.errors.is_empty() && self.errors.is_empty() && !interrupt::was_requested() {
            return new.write(path).map_err(|error| file_error(path, &error));
        }
        self.tally.known = 0;
        self.errors.push(format!(
            "{}: the baseline was not written, since not all files could be read",
            path.display()
        ));
        Ok(())
    }
}

impl Tally {
    /// A reader that has seen enough (`| head`) is no failure of the run.
    fn stopped(&mut self, error: io::Error) -> io::Result<()> {
        if error.kind() != io::ErrorKind::BrokenPipe {
            return Err(error);
        }
        self.broken_pipe = true;
        Ok(())
    }
}

/// A path as seen from here, where it lies below.
fn shortened(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
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
            let bytes = std::fs::read(name).ok()?;
            let file = SourceFile::decode(&bytes).ok()?;
            Some(Rc::new(Opened::new(Path::new(name), file)))
        };
        self.files.entry(name.to_owned()).or_insert_with(open).clone()
    }
}
