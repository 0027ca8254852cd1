//! A note that nothing points to.

use crate::markup::AnchorKind;

use super::{Check, DocumentContext, Finding, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unused-note",
    summary: "a note to which no marker in the text points",
    explanation: "\
Reports a note whose marker does not occur in the text.

Nobody will read it in its place. Mostly the marker was lost in scanning, or its number
was misread.

    He denied it.[1]

    Notes
    [1] The Courier, 4 May 1956.
    [2] Ibid.                   <- no [2] in the text

Put the marker back where the print has it. A text in which no marker leads to any note
is left alone: its notes are a list of their own.
",
    default: Some(Severity::Warning),
    check: Check::Document(check),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let analysis = context.analysis;
    let references = &analysis.references;
    let notes = || {
        let anchors = analysis.document.anchors.iter().enumerate();
        anchors.filter(|(_, anchor)| anchor.kind == AnchorKind::Note)
    };
    if notes().all(|(index, _)| references.uses(index).is_empty()) {
        return;
    }
    let is_repeated = |index: usize, label: &str, scope: u32| {
        notes()
            .take_while(|&(other, _)| other < index)
            .any(|(_, other)| other.label == label && other.scope == scope)
    };
    for (index, note) in notes() {
        // A label used twice is the business of `duplicate-anchor`.
        if references.uses(index).is_empty() && !is_repeated(index, &note.label, note.scope) {
            findings.push(Finding {
                rule: RULE.name,
                severity: context.severity,
                span: note.span,
                message: format!("Nothing in the text points to note {}.", note.label),
                fixes: Vec::new(),
                related: Vec::new(),
            });
        }
    }
}
