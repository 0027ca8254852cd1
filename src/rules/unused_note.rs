//! A note that nothing points to.

use rustc_hash::FxHashSet;

use crate::markup::AnchorKind;

use super::{Check, DocumentContext, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
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
    let mut seen = FxHashSet::default();
    for (index, note) in notes() {
        // A label used twice is the business of `duplicate-anchor`.
        let is_first = seen.insert((note.scope, note.label.as_str()));
        if is_first && references.uses(index).is_empty() {
            findings.push(Finding {
                rule: RULE.name,
                severity: context.severity,
                span: note.span,
                message: format!("Nothing in the text points to note {}.", note.label),
                subject: None,
                fixes: Vec::new(),
                related: Vec::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_note_without_a_marker_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others, and nobody asked them twice.[3]

Notes

[1] The Courier, 4 May 1956.

[2] Ibid.
^^^ points to note 2

[3] Ibid., p 3.
",
        );
    }

    #[test]
    fn a_list_to_which_nothing_points_is_left_alone() {
        let source = "He denied it.\n\nNotes\n\n1. One thing.\n\n2. Another thing.\n";
        fixture::check(&super::RULE, Format::Plain, source);
    }
}
