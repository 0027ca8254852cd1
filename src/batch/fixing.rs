//! `--fix` and `--diff`: nothing is written before the last round of fixes is over, so what one shows is
//! what the other writes.

use std::io::{self, Write};
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::SourceFile;

use super::diff::unified;
use super::drafts::{self, Draft, Drafts};
use super::fix;
use super::known::Known;
use super::reading::Checked;
use super::replace::{folder_of, plain, sweep};
use super::run::{Job, Run};
use super::{interrupt, reopened};

/// What came of the fixing.
#[derive(Default)]
pub(super) struct Fixing {
    /// What there is to report of the files now.
    pub(super) checked: Vec<Checked>,
    /// The files that have another text now, by the number of the job.
    pub(super) files: FxHashMap<usize, SourceFile>,
    /// How many findings were fixed.
    pub(super) count: usize,
    /// What went wrong with single files.
    pub(super) errors: Vec<String>,
    /// Whether the reader of standard output has gone.
    pub(super) broken_pipe: bool,
    /// The folders in which nothing is left of killed runs.
    swept: FxHashSet<PathBuf>,
}

/// Fixes the files, or shows how they would be fixed.
///
/// # Errors
/// Where standard output cannot be written to.
pub(super) fn fix(
    run: &Run<'_>,
    known: &Known,
    jobs: &[Job],
    checked: Vec<Checked>,
) -> io::Result<Fixing> {
    let mut fixing = Fixing::default();
    let Some(drafts) = drafts::drafts(run, known, jobs, checked.clone()) else {
        return Ok(Fixing { checked, ..fixing });
    };
    let Drafts { checked: left, mut changed, errors } = drafts;
    fixing.errors = errors;
    for (before, after) in checked.into_iter().zip(left) {
        let job = &jobs[before.job];
        let draft = changed.remove(&before.job);
        if run.options.diff {
            if let Some(draft) = draft.filter(|_| !fixing.broken_pipe) {
                fixing.show(run, job, &before, &draft)?;
            }
            fixing.checked.push(before);
        } else if run.is_stdin(job) {
            fixing.echo(run, job, &after, draft)?;
            fixing.checked.push(after);
        } else if let Some(draft) = draft {
            fixing.write(job, before, after, draft);
        } else {
            fixing.checked.push(after);
        }
    }
    Ok(fixing)
}

impl Fixing {
    fn show(
        &mut self,
        run: &Run<'_>,
        job: &Job,
        document: &Checked,
        draft: &Draft,
    ) -> io::Result<()> {
        // What cannot be read any more is named where it is reported.
        if !matches!(reopened::read(run, job, document), Ok(Some(_))) {
            return Ok(());
        }
        let after = encoded(job, draft);
        let shown = after.and_then(|after| Ok(unified(&job.name, &run.bytes(&job.path)?, &after)));
        match shown {
            Ok(shown) => self.print(&shown)?,
            Err(message) => self.errors.push(message),
        }
        Ok(())
    }

    /// Prints what came over standard input, as it is now.
    fn echo(
        &mut self,
        run: &Run<'_>,
        job: &Job,
        document: &Checked,
        draft: Option<Draft>,
    ) -> io::Result<()> {
        let read = || run.bytes(&job.path);
        let bytes = draft.as_ref().map_or_else(read, |draft| encoded(job, draft));
        match bytes {
            Ok(bytes) => self.print(&bytes)?,
            Err(message) => self.errors.push(message),
        }
        if let Some(draft) = draft {
            self.keep(document.job, draft);
        }
        Ok(())
    }

    /// Writes a file, of which there was one thing to report before and is another after.
    fn write(&mut self, job: &Job, before: Checked, after: Checked, draft: Draft) {
        if interrupt::was_requested() {
            self.checked.push(before);
            return;
        }
        let folder = folder_of(&job.path);
        if self.swept.insert(folder.clone()) {
            sweep(&folder);
        }
        let written = encoded(job, &draft).and_then(|bytes| {
            let written = fix::write(&job.path, before.keys.content, &bytes);
            written.map_err(|error| format!("{}: {}", job.name, plain(&error)))
        });
        match written {
            Ok(true) => {
                self.keep(after.job, draft);
                self.checked.push(after);
            }
            Ok(false) => self.errors.push(reopened::changed(job)),
            Err(message) => {
                self.errors.push(message);
                self.checked.push(before);
            }
        }
    }

    fn keep(&mut self, job: usize, draft: Draft) {
        self.count += draft.count;
        self.files.insert(job, draft.file);
    }

    /// A reader that has seen enough (`| head`) is no failure of the run.
    fn print(&mut self, bytes: &[u8]) -> io::Result<()> {
        match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.broken_pipe = true,
            written => written?,
        }
        Ok(())
    }
}

/// A text as it is to be on disk.
///
/// # Errors
/// That its encoding lacks a character, with the file.
fn encoded(job: &Job, draft: &Draft) -> Result<Vec<u8>, String> {
    draft.file.encode(&draft.file.text).map_err(|error| format!("{}: {error}", job.name))
}
