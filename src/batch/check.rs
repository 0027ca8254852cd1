//! `rubricator check`, from the options to the exit status.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::baseline::Baseline;
use super::known::Known;
use super::output::{self, Format};
use super::replace::plain;
use super::report::{Reported, Reporter};
use super::run::Run;
use super::since::Changes;
use super::tally::{Interrupted, Tally};
use super::{CheckOptions, interrupt, overwriting, reading};

/// So many files of XML that is none of ours are named: every text may have one beside it.
const MOST_FOREIGN: usize = 5;

/// Runs `check` and gives the exit status.
pub fn check(options: &CheckOptions) -> ExitCode {
    let known = match known(options) {
        Ok(known) => known,
        Err(message) => {
            for line in message.lines() {
                let _ = writeln!(io::stderr().lock(), "rubricator: {line}");
            }
            return ExitCode::from(2);
        }
    };
    let mut run = Run::new(options);
    let jobs = run.choose_files();
    // Only now: who waits for the end of standard input is to be ended by the first Ctrl-C.
    interrupt::listen();
    let checked = reading::read_all(&mut run, &jobs);
    let read = checked.len();
    let reported = Reporter::new(&run, known).report(&jobs, checked);
    let files = if run.is_broken_off { read } else { jobs.len() };
    conclude(&run, reported, files)
}

/// What has to be known before the first file is read.
fn known(options: &CheckOptions) -> Result<Known, String> {
    overwriting::check(options)?;
    let baseline = options.baseline.as_deref().map(Baseline::read).transpose()?;
    let changes = options.since.as_deref().map(Changes::since).transpose()?;
    Ok(Known { baseline, changes })
}

/// Says what is left to say, and gives the exit status.
fn conclude(run: &Run<'_>, reported: Reported, files: usize) -> ExitCode {
    let mut stderr = io::stderr().lock();
    let Reported { tally, errors, is_whole } = reported;
    for message in run.errors.iter().chain(&errors) {
        let _ = writeln!(stderr, "rubricator: {message}");
    }
    let has_failed = !run.errors.is_empty() || !errors.is_empty();
    if !run.options.quiet && !tally.broken_pipe {
        for message in run.skipped.iter().chain(run.foreign.iter().take(MOST_FOREIGN)) {
            let _ = writeln!(stderr, "rubricator: {message}");
        }
        let further = run.foreign.len().saturating_sub(MOST_FOREIGN);
        if further > 0 {
            let _ = writeln!(stderr, "rubricator: {further} more files of such XML were skipped");
        }
        if let Some(baseline) = &run.options.baseline {
            for line in tally.unneeded_lines() {
                let _ = writeln!(stderr, "{}: {line}", baseline.display());
            }
        }
        if is_whole && (files > 0 || !has_failed) {
            let _ = writeln!(stderr, "{}", tally.summary(files));
        }
    }
    if is_whole && let Err(message) = write_summary(run, &tally, files) {
        let _ = writeln!(stderr, "rubricator: {message}");
    }
    ExitCode::from(match () {
        () if tally.interrupted != Interrupted::Never => interrupt::STATUS,
        () if has_failed => 2,
        () => u8::from(tally.failing),
    })
}

/// The summary on the page of a GitHub workflow, if this is one.
fn write_summary(run: &Run<'_>, tally: &Tally, files: usize) -> Result<(), String> {
    let is_github = run.options.outputs.iter().any(|output| output.format == Format::Github);
    let path = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty());
    match path.filter(|_| is_github) {
        Some(path) => output::append_summary(Path::new(&path), tally, files)
            .map_err(|error| format!("{}: {}", Path::new(&path).display(), plain(&error))),
        None => Ok(()),
    }
}
