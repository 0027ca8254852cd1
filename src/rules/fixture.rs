//! Tests of rules as marked-up snippets: under a line of the document stands a line with
//! carets where a finding must be, and words that its message must contain.
//!
//! ```text
//! He denied it.[3]
//!              ^^^ no note 3
//! ```

use std::sync::Arc;

use crate::corpus::{Analysis, CorpusIndex, DocumentFacts, Settings, analyse};
use crate::markup::{Format, Language};

use super::{Check, CorpusContext, DocumentContext, Finding, Rule, Severity};

/// The findings of a rule in a text; for a rule of the corpus the text is all of it.
pub(super) fn findings(rule: &Rule, format: Format, source: &str) -> Vec<Finding> {
    findings_with(rule, format, source, &Settings::default())
}

fn findings_with(rule: &Rule, format: Format, source: &str, settings: &Settings) -> Vec<Finding> {
    let analysis = analyse(Arc::from(source), format, settings);
    let severity = Severity::Warning;
    let mut findings = Vec::new();
    match rule.check {
        Check::Document(check) | Check::Both(check, _) => {
            check(&DocumentContext { analysis: &analysis, settings, severity }, &mut findings);
        }
        Check::Corpus(check) => of_corpus(check, &analysis, settings, &mut findings),
        Check::Reading => panic!("{} needs more than a document", rule.name),
    }
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

fn of_corpus(
    check: fn(&CorpusContext<'_>, &mut Vec<Finding>),
    analysis: &Analysis,
    settings: &Settings,
    findings: &mut Vec<Finding>,
) {
    let index = CorpusIndex::new(Arc::default(), None);
    index.insert(Arc::from("book"), DocumentFacts::of(analysis, &index));
    let view = index.view("book").expect("just inserted");
    check(&CorpusContext { view: &view, settings, severity: Severity::Warning }, findings);
}

/// Checks that the rule's findings are the marked ones and no others.
pub(super) fn check(rule: &Rule, format: Format, snippet: &str) {
    check_with(rule, format, snippet, &Settings::default());
}

/// The same of a plain text in this language.
pub(super) fn check_in(language: Language, rule: &Rule, snippet: &str) {
    let settings = Settings { language: Some(language), ..Settings::default() };
    check_with(rule, Format::Plain, snippet, &settings);
}

fn check_with(rule: &Rule, format: Format, snippet: &str, settings: &Settings) {
    let (source, expected) = parse(snippet);
    let found = findings_with(rule, format, &source, settings);
    let shown: Vec<_> = found
        .iter()
        .map(|finding| (finding.span.start, finding.span.of(&source), finding.message.as_str()))
        .collect();
    assert_eq!(shown.len(), expected.len(), "in\n{source}\nfound {shown:#?}");
    for ((start, words, message), mark) in shown.into_iter().zip(expected) {
        assert_eq!((start, words), (mark.start, mark.words.as_str()), "in\n{source}");
        assert!(message.contains(&mark.message), "‘{message}’ lacks ‘{}’", mark.message);
    }
}

struct Mark {
    start: usize,
    words: String,
    message: String,
}

fn parse(snippet: &str) -> (String, Vec<Mark>) {
    let mut source = String::new();
    let mut marks = Vec::new();
    let mut line_start = 0;
    for line in snippet.split_inclusive('\n') {
        let marker = line.trim_start();
        if !marker.starts_with('^') {
            line_start = source.len();
            source.push_str(line);
            continue;
        }
        let column = line.chars().take_while(|c| *c == ' ').count();
        let width = marker.chars().take_while(|c| *c == '^').count();
        let marked = &source[line_start..];
        let lead: usize = marked.chars().take(column).map(char::len_utf8).sum();
        marks.push(Mark {
            start: line_start + lead,
            words: marked.chars().skip(column).take(width).collect(),
            message: marker.trim_start_matches('^').trim().to_owned(),
        });
    }
    marks.sort_by_key(|mark| mark.start);
    (source, marks)
}
