//! Phase three: fixes are written if that was asked for; files with findings are read again, and their
//! findings located and written, in the order of the paths.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::rules::Finding;
use crate::text::SourceFile;

use super::acceptance;
use super::baseline::NewBaseline;
use super::known::Known;
use super::located::{Located, Opened};
use super::output::{Destination, Format, Report};
use super::reading::Checked;
use super::reopened::{self, Others};
use super::replace::{Sink, file_error, plain};
use super::run::{Job, Run};
use super::tally::{Interrupted, Tally};
use super::terminal::Look;
use super::{CheckOptions, fixing, interrupt};

/// So many files for each thread are read before their findings are written.
const AHEAD: usize = 8;

/// A file, by the path that it is printed with, and what is to be reported of it.
struct Found {
    path: PathBuf,
    file: SourceFile,
    findings: Vec<Finding>,
    /// Whether it is the configuration, and none of the files that were checked.
    is_config: bool,
}

/// What came of the reporting.
#[derive(Debug)]
pub(super) struct Reported {
    pub(super) tally: Tally,
    /// What went wrong with single files, and with the reports.
    pub(super) errors: Vec<String>,
    /// Whether the reports could be written.
    pub(super) is_whole: bool,
}

/// The reporting of one run.
pub(super) struct Reporter<'r, 'o> {
    run: &'r Run<'o>,
    known: Known,
    new_baseline: Option<NewBaseline>,
    tally: Tally,
    errors: Vec<String>,
    others: Others,
    /// Files as they are after their fixes, by the number of the job.
    fixed: FxHashMap<usize, SourceFile>,
    /// Whether the reading or the fixing was broken off: what was found is shown, and nothing more is
    /// fixed. An interruption that comes later ends nothing: what is left is to show what was found.
    is_partial: bool,
}

impl<'r, 'o> Reporter<'r, 'o> {
    pub(super) fn new(run: &'r Run<'o>, known: Known) -> Self {
        let new_baseline = run.options.write_baseline.as_deref().map(NewBaseline::at);
        Self {
            run,
            known,
            new_baseline,
            tally: Tally::default(),
            errors: Vec::new(),
            others: Others::default(),
            fixed: FxHashMap::default(),
            is_partial: run.is_broken_off,
        }
    }

    /// Reports all files.
    pub(super) fn report(mut self, jobs: &[Job], checked: Vec<Checked>) -> Reported {
        let result = self.try_to_report(jobs, checked);
        let failures = result.unwrap_or_else(|message| vec![message]);
        let is_whole = failures.is_empty();
        self.errors.extend(failures);
        self.tally.interrupted = match () {
            () if self.is_partial => Interrupted::Before,
            () if interrupt::was_requested() => Interrupted::Behind,
            () => Interrupted::Never,
        };
        Reported { tally: self.tally, errors: self.errors, is_whole }
    }

    /// Reports all files; gives which of the reports could not be written.
    ///
    /// # Errors
    /// A message where it cannot go on.
    fn try_to_report(
        &mut self,
        jobs: &[Job],
        checked: Vec<Checked>,
    ) -> Result<Vec<String>, String> {
        let cannot = |error: io::Error| format!("the report cannot be written: {}", plain(&error));
        let options = self.run.options;
        let mut report =
            Report::open(&self.destinations(), self.echoes_text(), Look::of(options.color))?;
        let checked = self.fixed(jobs, checked).map_err(cannot)?;
        let wanted: Vec<&Checked> =
            checked.iter().filter(|document| !document.is_clean()).collect();
        for documents in wanted.chunks(AHEAD * self.run.threads()) {
            if report.is_closed() {
                break;
            }
            self.files(jobs, documents, &mut report);
        }
        if !self.is_partial && self.known.changes.is_none() {
            self.acceptances(jobs, &mut report);
        }
        let (broken_pipe, failures) = report.finish();
        self.tally.broken_pipe |= broken_pipe;
        if let Some(baseline) = self.known.baseline.as_ref().filter(|_| !self.is_partial) {
            self.tally.unneeded = baseline.unused(jobs.iter().map(|job| &*job.path));
        }
        if options.statistics {
            let output = options.outputs.first();
            let format = output.map_or(Format::Full, |output| output.format);
            let file = output.and_then(|output| output.file.as_deref());
            let mut out = Sink::open(file).map_err(cannot)?;
            let written = self.tally.write_counts(format, &mut out).and_then(|()| out.finish());
            written.or_else(|error| self.tally.stopped(error)).map_err(cannot)?;
        }
        self.write_baseline()?;
        Ok(failures)
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

    /// Reports some files, which are read at once.
    fn files(&mut self, jobs: &[Job], documents: &[&Checked], report: &mut Report) {
        let (run, changes, fixed) = (self.run, self.known.changes.as_ref(), &self.fixed);
        let reopen = |document: &&Checked| {
            let job = &jobs[document.job];
            let open = || match fixed.get(&document.job) {
                Some(file) => Ok(Some(file.clone())),
                None => reopened::read(run, job, document),
            };
            let shown = |file: SourceFile| {
                let findings = document.findings();
                let findings = reopened::shown(run, changes, job, &file, findings);
                (file, findings)
            };
            run.guarded(&job.path, || Ok(open()?.map(shown)))
        };
        let opened: Vec<_> = run.install(|| documents.par_iter().map(reopen).collect());
        let mut found = Vec::new();
        for (document, opened) in documents.iter().zip(opened) {
            match opened {
                Ok(Some((file, findings))) => {
                    found.extend(self.sifted(&jobs[document.job], file, findings));
                }
                Ok(None) => {}
                Err(message) => self.errors.push(message),
            }
        }
        self.write(found, report);
    }

    /// What is left to report of a file when known findings are taken out.
    fn sifted(&mut self, job: &Job, file: SourceFile, mut findings: Vec<Finding>) -> Option<Found> {
        if let Some(baseline) = &mut self.known.baseline {
            let (new, used) = baseline.sift(&job.path, findings, &file.text);
            baseline.use_up(used);
            findings = new;
        }
        if let Some(new) = &mut self.new_baseline {
            new.add(&job.path, &findings, &file.text);
            self.tally.known += findings.len();
            return None;
        }
        Some(Found { path: job.path.clone(), file, findings, is_config: false })
    }

    /// What is said of the configurations.
    fn acceptances(&mut self, jobs: &[Job], report: &mut Report) {
        let corpora = self.run.corpora.iter().enumerate();
        let found = corpora.filter_map(|(number, corpus)| {
            let (file, findings) = acceptance::unused(self.run, number, jobs)?;
            let path = shortened(corpus.config.path.as_deref()?);
            Some(Found { path, file, findings, is_config: true })
        });
        self.write(found.collect(), report);
    }

    /// Locates findings and writes them.
    fn write(&mut self, found: Vec<Found>, report: &mut Report) {
        let others = &self.others;
        let locate = |Found { path, file, findings, is_config }: Found| {
            let opened = Opened::new(&path, file);
            let located = others.locate(&opened, &findings);
            (opened, findings, located, is_config)
        };
        let located: Vec<(Opened, Vec<Finding>, Vec<Located>, bool)> =
            self.run.install(|| found.into_par_iter().map(locate).collect());
        for (file, findings, located, is_config) in located {
            if report.is_closed() {
                return;
            }
            self.tally.files += usize::from(!findings.is_empty() && !is_config);
            self.tally.configs += usize::from(!findings.is_empty() && is_config);
            for (finding, located) in findings.iter().zip(&located) {
                self.tally.add(&file.name, finding, self.run.options.fail_on);
                report.finding(located, &file);
            }
        }
    }

    /// Applies the fixes if that was asked for, or shows them; gives what there is to report then.
    fn fixed(&mut self, jobs: &[Job], checked: Vec<Checked>) -> io::Result<Vec<Checked>> {
        let CheckOptions { fix, diff, .. } = *self.run.options;
        if !fix && !diff {
            return Ok(checked);
        }
        self.is_partial |= interrupt::was_requested();
        if self.is_partial {
            return Ok(checked);
        }
        let done = fixing::fix(self.run, &self.known, jobs, checked)?;
        self.errors.extend(done.errors);
        self.fixed = done.files;
        self.tally.fixed = done.count;
        self.tally.broken_pipe |= done.broken_pipe;
        self.is_partial = interrupt::was_requested();
        Ok(done.checked)
    }

    /// Writes the new baseline, unless a file is missing from it.
    fn write_baseline(&mut self) -> Result<(), String> {
        let (Some(new), Some(path)) = (self.new_baseline.take(), &self.run.options.write_baseline)
        else {
            return Ok(());
        };
        let why = match () {
            () if interrupt::was_requested() => "the run was interrupted",
            () if !self.run.errors.is_empty() || !self.errors.is_empty() => {
                "not all files could be read"
            }
            () => return new.write(path).map_err(|error| file_error(path, &error)),
        };
        self.tally.known = 0;
        let path = path.display();
        self.errors.push(format!("{path}: the baseline was not written, since {why}"));
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
