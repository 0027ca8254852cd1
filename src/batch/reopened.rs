//! Files with findings are read a second time, to say where these stand. Many are read at once:
//! nothing here depends on what was reported before.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::config::Accept;
use crate::rules::{Finding, Severity};
use crate::text::SourceFile;

use super::cache::Key;
use super::located::{Elsewhere, Located, Opened};
use super::reading::Checked;
use super::run::{Job, Run};
use super::since::Changes;
use super::writable::make_writable;

/// A file as it was checked, by its text; `None`: there is no text in it.
///
/// # Errors
/// Why it cannot be read, or that it has changed since it was checked.
pub(super) fn read(
    run: &Run<'_>,
    job: &Job,
    document: &Checked,
) -> Result<Option<SourceFile>, String> {
    // A pipe that was named would be waited for without end.
    let is_pipe = fs::metadata(&job.path).is_ok_and(|metadata| !metadata.is_file());
    if is_pipe && !run.is_stdin(job) {
        let message = "this is no file that can be read twice; give its text on standard input";
        return Err(format!("{}: {message}", job.name));
    }
    let bytes = run.bytes(&job.path)?;
    if Key::of_bytes(&bytes) != document.keys.content {
        return Err(changed(job));
    }
    Ok(SourceFile::decode(&bytes).ok())
}

/// What to say of a file that somebody else writes to.
pub(super) fn changed(job: &Job) -> String {
    format!("{}: the file changed while it was checked; check it again", job.name)
}

/// The findings that are shown: no hints, none that the configuration accepts, none in lines
/// that do not matter; with fixes that the file can hold.
pub(super) fn shown(
    run: &Run<'_>,
    changes: Option<&Changes>,
    job: &Job,
    file: &SourceFile,
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let config = &run.corpora[job.corpus].config;
    let text = &*file.text;
    let lines = changes.map(|changes| changes.of(&job.path, text));
    let is_shown = |finding: &Finding| {
        let covers =
            |accept: &Accept| accept.covers(&job.relative, finding.rule, text, finding.span);
        finding.severity > Severity::Hint
            && !config.accepts.iter().any(covers)
            && lines.as_ref().is_none_or(|lines| lines.touch(finding.span))
    };
    let mut shown: Vec<_> = findings.into_iter().filter(is_shown).collect();
    make_writable(file, job.format(), &mut shown);
    shown
}

/// So many bytes of files of related places are kept.
const MOST_BYTES: usize = 16 << 20;

/// Files of related places: many findings point to the same ones.
#[derive(Default)]
pub(super) struct Others {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    files: FxHashMap<String, Option<Arc<Opened>>>,
    bytes: usize,
}

impl Others {
    /// The findings of a file with their places.
    pub(super) fn locate(&self, file: &Opened, findings: &[Finding]) -> Vec<Located> {
        let elsewhere = self.elsewhere(file, findings);
        findings.iter().map(|finding| file.locate(finding, &elsewhere)).collect()
    }

    /// The places in other files of which the findings of a file speak. Each of these is opened once: more
    /// large files may be named than are kept.
    fn elsewhere<'f>(&self, file: &Opened, findings: &'f [Finding]) -> Elsewhere<'f> {
        let related = findings.iter().flat_map(|finding| &finding.related);
        let named = related.filter_map(|place| Some((place.document.as_deref()?, place.span)));
        let mut places: Vec<_> = named.filter(|(name, _)| *name != file.name).collect();
        places.sort_unstable();
        places.dedup();
        let mut elsewhere = Elsewhere::default();
        for same in places.chunk_by(|one, next| one.0 == next.0) {
            if let Some(opened) = self.get(same[0].0) {
                let there = same.iter().filter_map(|&at| Some((at, opened.there(at.1)?)));
                elsewhere.extend(there);
            }
        }
        elsewhere
    }

    /// A file by its name; `None`: it cannot be read.
    fn get(&self, name: &str) -> Option<Arc<Opened>> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().files.get(name) {
            return known.clone();
        }
        let open = || {
            let file = SourceFile::decode(&fs::read(name).ok()?).ok()?;
            Some(Arc::new(Opened::new(Path::new(name), file)))
        };
        let opened = open();
        let length = opened.as_ref().map_or(0, |opened| opened.file.text.len());
        let mut kept = kept();
        if kept.bytes + length > MOST_BYTES {
            *kept = Kept::default();
        }
        kept.bytes += length;
        kept.files.insert(name.to_owned(), opened.clone());
        opened
    }
}
