//! All that is found in a document, open or not, as far as the configuration does not accept it.

use std::path::Path;
use std::sync::Arc;

use crate::config::Accept;
use crate::rules::{self, Finding};

use super::corpora::Corpus;

/// What was found in a document by itself and what the corpus adds. `text` is asked for only
/// where the configuration accepts something.
pub(super) fn all_findings(
    corpus: &Corpus,
    name: &str,
    relative: &Path,
    own: &Arc<Vec<Finding>>,
    text: impl FnOnce() -> Option<Arc<str>>,
) -> Arc<Vec<Finding>> {
    let view = corpus.index.view(name);
    let shared = view.map_or_else(Vec::new, |view| {
        let settings = corpus.config.settings(relative);
        rules::corpus_findings(&view, settings, &corpus.config.levels(relative))
    });
    let accepts = corpus.config.accepts.iter();
    let accepts: Vec<_> = accepts.filter(|accept| accept.concerns(relative)).collect();
    if shared.is_empty() && accepts.is_empty() {
        return Arc::clone(own);
    }
    let mut findings = [own.as_slice(), &shared].concat();
    if !findings.is_empty()
        && !accepts.is_empty()
        && let Some(text) = text()
    {
        findings.retain(|finding| {
            let covers =
                |accept: &&Accept| accept.covers(relative, finding.rule, &text, finding.span);
            !accepts.iter().any(covers)
        });
    }
    findings.sort_by_key(|finding| (finding.span, finding.rule));
    Arc::new(findings)
}
