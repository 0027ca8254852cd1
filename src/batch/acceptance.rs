//! Which acceptances of the configuration a run has not needed.

use std::fs;
use std::path::Path;

use crate::rules::{Finding, unused_acceptance};
use crate::text::SourceFile;

use super::run::{Corpus, Job, Run};

/// The findings about the configuration of a corpus, with its text; `None` where there is
/// nothing to say.
pub(super) fn unused(
    run: &Run<'_>,
    number: usize,
    jobs: &[Job],
) -> Option<(SourceFile, Vec<Finding>)> {
    let Corpus { config, .. } = &run.corpora[number];
    let path = config.path.as_deref()?;
    let severity = config.levels(Path::new("")).get(unused_acceptance::RULE.name)?;
    let files: Vec<_> = jobs.iter().filter(|job| job.corpus == number).collect();
    let is_whole = run.covers(&config.root);
    let findings: Vec<_> = config
        .accepts
        .iter()
        .filter(|accept| !accept.is_used())
        .filter(|accept| {
            // Only what was looked at with the rule can have been missed.
            let mut concerned = files.iter().filter(|job| accept.concerns(&job.relative));
            match concerned.next() {
                Some(job) if is_whole || accept.concerns_only(&job.relative) => {
                    config.levels(&job.relative).get(&accept.rule).is_some()
                }
                Some(_) => false,
                None => is_whole,
            }
        })
        .map(|accept| {
            let text = accept.text.as_deref();
            unused_acceptance::finding(severity, accept.place, &accept.rule, text)
        })
        .collect();
    if findings.is_empty() {
        return None;
    }
    let file = SourceFile::decode(&fs::read(path).ok()?).ok()?;
    Some((file, findings))
}
