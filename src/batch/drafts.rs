//! The texts of all files after their fixes. These are applied in rounds: what was fixed in one file
//! may tell what is to be fixed in another.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::DocumentFacts;
use crate::rules::{Finding, Severity};
use crate::text::{DecodeError, SourceFile};

use super::cache::Key;
use super::fix::{self, Fixed};
use super::known::Known;
use super::reading::{self, Checked};
use super::run::{Job, Run};
use super::{interrupt, reopened};

/// How often all files are looked at again after something was fixed.
const MOST_ROUNDS: usize = 10;

/// A file with the text that it is to have.
pub(super) struct Draft {
    pub(super) file: SourceFile,
    /// How many findings were fixed.
    pub(super) count: usize,
    /// The texts that it had.
    seen: FxHashSet<Key>,
}

/// All files after their fixes.
pub(super) struct Drafts {
    /// What is found in each of them then.
    pub(super) checked: Vec<Checked>,
    /// Those that have another text than before, by the number of the job.
    pub(super) changed: FxHashMap<usize, Draft>,
    /// Why some could not be fixed.
    pub(super) errors: Vec<String>,
}

/// Applies the fixes to all files, until there is nothing left to fix. `None`: the run is to end.
pub(super) fn drafts(
    run: &Run<'_>,
    known: &Known,
    jobs: &[Job],
    checked: Vec<Checked>,
) -> Option<Drafts> {
    let is_settled = vec![false; checked.len()];
    let drafts = Drafts { checked, changed: FxHashMap::default(), errors: Vec::new() };
    let mut fixing = Fixing { run, known, jobs, drafts, is_settled };
    for _ in 0..MOST_ROUNDS {
        let has_changed = run.install(|| fixing.round());
        if interrupt::was_requested() {
            return None;
        }
        if !has_changed {
            break;
        }
    }
    Some(fixing.drafts)
}

/// A file that has another text since this round.
struct Step {
    /// The text, what is found in it by itself, and its facts.
    fixed: Fixed<(Vec<Finding>, DocumentFacts)>,
    before: SourceFile,
    /// Why some of the fixes were left out.
    lacking: Option<String>,
}

struct Fixing<'r, 'o> {
    run: &'r Run<'o>,
    known: &'r Known,
    jobs: &'r [Job],
    drafts: Drafts,
    /// In which files nothing can be fixed as long as the same is found in them.
    is_settled: Vec<bool>,
}

impl Fixing<'_, '_> {
    /// Applies the fixes that do not touch each other; whether there were any. All files are fixed
    /// by what was found in the same state of the corpus, so their order does not matter.
    fn round(&mut self) -> bool {
        let numbers = 0..self.drafts.checked.len();
        let steps: Vec<_> = numbers.into_par_iter().map(|number| self.step(number)).collect();
        let mut has_changed = false;
        for (number, step) in steps.into_iter().enumerate() {
            self.is_settled[number] = true;
            match step {
                Ok(Some(mut step)) => {
                    self.fail(step.lacking.take());
                    self.take(number, step);
                    has_changed = true;
                }
                Ok(None) => {}
                Err(message) => self.fail(Some(message)),
            }
        }
        if has_changed {
            self.look_again();
        }
        has_changed
    }

    /// What failed once may fail again in another round.
    fn fail(&mut self, message: Option<String>) {
        let message = message.filter(|message| !self.drafts.errors.contains(message));
        self.drafts.errors.extend(message);
    }

    fn step(&self, number: usize) -> Result<Option<Step>, String> {
        let document = &self.drafts.checked[number];
        let job = &self.jobs[document.job];
        let options = self.run.options;
        let may_be_fixed = |finding: &Finding| {
            finding.severity > Severity::Hint
                && fix::wanted(finding, options.unsafe_fixes).is_some()
        };
        let mut found = document.own.iter().chain(&document.shared);
        if self.is_settled[number] || interrupt::was_requested() || !found.any(may_be_fixed) {
            return Ok(None);
        }
        self.run.guarded(&job.path, || {
            let draft = self.drafts.changed.get(&document.job);
            let file = match draft {
                Some(draft) => draft.file.clone(),
                // What cannot be read again is named where it is reported.
                None => match reopened::read(self.run, job, document) {
                    Ok(Some(file)) => file,
                    _ => return Ok(None),
                },
            };
            let mut findings = self.wanted(job, document, &file);
            let lacking = leave_out_unwritable(&file, &mut findings);
            let lacking = lacking.map(|error| format!("{}: not all is fixed: {error}", job.name));
            let fixed = fix::once(&file.text, &findings, options.unsafe_fixes, |text| {
                reading::document_findings(self.run, job, &file.with_text(text.clone()))
            });
            let is_new = |fixed: &Fixed<_>| {
                let key = Key::of_bytes(fixed.text.as_bytes());
                draft.is_none_or(|draft| !draft.seen.contains(&key))
            };
            match fixed.filter(is_new) {
                Some(fixed) => Ok(Some(Step { fixed, before: file, lacking })),
                None => lacking.map_or(Ok(None), Err),
            }
        })
    }

    /// The findings of a file that are shown, and so may be fixed.
    fn wanted(&self, job: &Job, document: &Checked, file: &SourceFile) -> Vec<Finding> {
        let changes = self.known.changes.as_ref();
        let findings = reopened::shown(self.run, changes, job, file, document.findings());
        match &self.known.baseline {
            Some(baseline) => baseline.sift(&job.path, findings, &file.text).0,
            None => findings,
        }
    }

    fn take(&mut self, number: usize, Step { fixed, before, .. }: Step) {
        let document = &mut self.drafts.checked[number];
        let job = &self.jobs[document.job];
        let Fixed { text, count, found: (own, facts) } = fixed;
        self.run.corpora[job.corpus].index.insert(job.name.clone(), facts);
        document.own = own;
        self.is_settled[number] = false;
        let draft = self.drafts.changed.entry(document.job).or_insert_with(|| {
            let seen = FxHashSet::from_iter([Key::of_bytes(before.text.as_bytes())]);
            Draft { file: before.clone(), count: 0, seen }
        });
        draft.seen.insert(Key::of_bytes(text.as_bytes()));
        draft.file = before.with_text(text);
        draft.count += count;
    }

    /// What was fixed may change what the corpus says of any file.
    fn look_again(&mut self) {
        let (run, jobs) = (self.run, self.jobs);
        let documents = self.drafts.checked.par_iter_mut().zip(&mut self.is_settled);
        let failed = documents.filter_map(|(document, is_settled)| {
            let job = &jobs[document.job];
            let shared = run.guarded(&job.path, || Ok(reading::corpus_findings(run, job)));
            match shared {
                Ok(shared) if shared != document.shared => {
                    document.shared = shared;
                    *is_settled = false;
                    None
                }
                Ok(_) => None,
                Err(message) => Some(message),
            }
        });
        let failed: Vec<String> = failed.collect();
        self.drafts.errors.extend(failed);
    }
}

/// Takes the fixes away that need a character that the encoding of the file lacks, so that the others
/// can be made; gives the first such character.
fn leave_out_unwritable(file: &SourceFile, findings: &mut [Finding]) -> Option<DecodeError> {
    let mut lacking = None;
    for finding in findings {
        let edits = finding.fixes.first().into_iter().flat_map(|fix| &fix.edits);
        if let Some(error) = edits.filter_map(|edit| file.encode(&edit.text).err()).next() {
            finding.fixes.clear();
            lacking.get_or_insert(error);
        }
    }
    lacking
}
