//! All rules over one document: the one way in which both faces get their findings.

use rustc_hash::FxHashSet;

use crate::corpus::{Analysis, CorpusView, DocumentFacts, Settings};
use crate::text::{SourceFile, Span};

use super::{
    Check, CorpusContext, DocumentContext, Finding, RULES, Severity, Silence, encoding, manner,
    name_misprint, name_variant,
};

/// The severity of every rule, by its position in [`RULES`]; `None`: off.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Levels(Vec<Option<Severity>>);

impl Default for Levels {
    fn default() -> Self {
        Self(RULES.iter().map(|rule| rule.default).collect())
    }
}

impl Levels {
    /// All rules off.
    pub fn none() -> Self {
        Self(vec![None; RULES.len()])
    }

    /// The severity of a rule; `None` where it is off or unknown.
    pub fn get(&self, rule: &str) -> Option<Severity> {
        let index = RULES.iter().position(|known| known.name == rule)?;
        self.0[index]
    }

    /// Sets the severity of a rule; an unknown one is passed over.
    pub fn set(&mut self, rule: &str, severity: Option<Severity>) {
        if let Some(index) = RULES.iter().position(|known| known.name == rule) {
            self.0[index] = severity;
        }
    }
}

/// What was found while a file was read.
pub fn reading_findings(file: &SourceFile, levels: &Levels) -> Vec<Finding> {
    let severity = levels.get(encoding::RULE.name);
    severity.and_then(|severity| encoding::check(file, severity)).into_iter().collect()
}

/// What the rules find in one document by itself, in the order of the source.
pub fn document_findings(
    analysis: &Analysis,
    facts: &DocumentFacts,
    settings: &Settings,
    levels: &Levels,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (rule, severity) in RULES.iter().zip(&levels.0) {
        if let (Some(severity), Check::Document(check) | Check::Both(check, _)) =
            (*severity, &rule.check)
        {
            check(&DocumentContext { analysis, settings, severity }, &mut findings);
        }
    }
    manner::keep(analysis, &mut findings);
    finish(findings, facts)
}

/// What the rules find in one document by what it shares with the corpus.
pub fn corpus_findings(
    view: &CorpusView<'_>,
    settings: &Settings,
    levels: &Levels,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (rule, severity) in RULES.iter().zip(&levels.0) {
        if let (Some(severity), Check::Corpus(check) | Check::Both(_, check)) =
            (*severity, &rule.check)
        {
            check(&CorpusContext { view, settings, severity }, &mut findings);
        }
    }
    keep_one_of_a_name(&mut findings);
    finish(findings, &view.facts)
}

/// Where a scheme explains how a name is spelt, it is no misprint as well.
fn keep_one_of_a_name(findings: &mut Vec<Finding>) {
    let variants = findings.iter().filter(|finding| finding.rule == name_variant::RULE.name);
    let explained: FxHashSet<Span> = variants.map(|finding| finding.span).collect();
    let is_misprint = |finding: &Finding| finding.rule == name_misprint::RULE.name;
    findings.retain(|finding| !is_misprint(finding) || !explained.contains(&finding.span));
}

fn finish(mut findings: Vec<Finding>, facts: &DocumentFacts) -> Vec<Finding> {
    let silence = Silence::of(facts);
    findings.retain(|finding| !silence.covers(finding.rule, finding.span));
    findings.sort_by_key(|finding| (finding.span, finding.rule));
    findings
}
