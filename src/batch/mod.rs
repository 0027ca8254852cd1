//! The batch face: `rubricator check`.
//!
//! A run has three phases. First every file is read, analysed and dropped again, in
//! parallel; what stays of it are its own findings and its facts in the corpus's index.
//! Then the rules that need the whole corpus are asked about each file. Last, files with
//! findings are read again, in order, to say where the findings stand and to show them;
//! a file that changed in between is named and not shown. What is to be fixed is fixed between the
//! second phase and the last, in all files together.

mod acceptance;
mod baseline;
mod cache;
mod check;
mod choose;
mod context;
mod diff;
mod drafts;
mod figures_import;
mod figures_report;
mod fix;
mod fixing;
mod interrupt;
mod known;
mod listing;
mod located;
mod mentions;
mod output;
mod overwriting;
mod progress;
mod reading;
mod references;
mod reopened;
mod replace;
mod report;
mod run;
mod since;
mod spellings;
mod suggest;
mod tally;
mod terminal;
mod walk;
mod writable;

use std::path::PathBuf;

pub use check::check;
pub use figures_import::import as import_figures;
pub use figures_report::report as report_figures;
pub use listing::ListFormat;
pub use mentions::list as list_mentions;
pub use output::{Destination, Format};
pub use references::list as list_references;
pub(crate) use replace::file_error;
pub use suggest::suggest as suggest_figures;
pub(crate) use walk::files_under;

/// What `check` was asked to do.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// The same from a list, which may name what is no text.
    pub listed: Vec<PathBuf>,
    /// How findings are written, and where.
    pub outputs: Vec<Destination>,
    /// The only rules to check, if any are named.
    pub select: Vec<String>,
    /// Rules to leave out.
    pub ignore: Vec<String>,
    /// The least severity that makes the run fail.
    pub fail_on: FailOn,
    /// Whether fixes are applied.
    pub fix: bool,
    /// Whether those are applied, or shown, that may change what the text says.
    pub unsafe_fixes: bool,
    /// Whether to show what the fixes would change.
    pub diff: bool,
    /// The name for text from standard input.
    pub stdin_filename: Option<PathBuf>,
    /// One configuration for all files.
    pub config: Option<PathBuf>,
    /// Only lines that changed since this revision are reported on.
    pub since: Option<String>,
    /// Known findings, which are not reported.
    pub baseline: Option<PathBuf>,
    /// Where the findings are written as known ones, instead of being reported.
    pub write_baseline: Option<PathBuf>,
    /// How many files are checked at once; `None`: as many as there are cores.
    pub jobs: Option<usize>,
    /// Whether a cache may be read and written.
    pub cache: bool,
    /// Whether findings are only counted.
    pub statistics: bool,
    /// Whether the summary is left out.
    pub quiet: bool,
    /// Whether a progress bar may be shown.
    pub progress: bool,
    /// When colours are used.
    pub color: Color,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            listed: Vec::new(),
            outputs: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            fail_on: FailOn::Never,
            fix: false,
            unsafe_fixes: false,
            diff: false,
            stdin_filename: None,
            config: None,
            since: None,
            baseline: None,
            write_baseline: None,
            jobs: None,
            cache: false,
            statistics: false,
            quiet: true,
            progress: false,
            color: Color::Never,
        }
    }
}

/// The least severity that makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Everything that is printed
    Info,
    /// Findings never fail the run
    Never,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
