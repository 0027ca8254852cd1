//! A note marker that leads nowhere.

use crate::markup::{AnchorKind, Pointer, PointerKind};

use super::{Check, DocumentContext, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    summary: "a note marker or link without the note or place that it points to",
    explanation: "\
Reports a note marker in the text (`[3]`, `³`, `*`) to which there is no note.

The reader who follows it finds nothing. Mostly a note was lost between two pages when
they were scanned, or its number was misread.

    He denied it.[3]            <- there is no note 3

    Notes
    [1] The Courier, 4 May 1956.
    [2] Ibid.

Supply the note, or put the number right. A bracketed number that is no marker can be
accepted in `rubricator.toml`:

    [[accept]]
    file = \"1956/thaw.txt\"
    rule = \"unknown-reference\"
    text = \"[3]\"
",
    default: Some(Severity::Warning),
    check: Check::Document(check),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let analysis = context.analysis;
    let document = &analysis.document;
    let has_notes = document.anchors.iter().any(|anchor| anchor.kind == AnchorKind::Note);
    for (index, pointer) in document.pointers.iter().enumerate() {
        let is_dangling = pointer.kind == PointerKind::Marker
            && !leads_elsewhere(&pointer.target)
            && analysis.references.target(index).is_none();
        if is_dangling {
            findings.push(Finding {
                rule: RULE.name,
                severity: context.severity,
                span: pointer.span,
                message: message(pointer, has_notes),
                subject: None,
                fixes: Vec::new(),
                related: Vec::new(),
            });
        }
    }
}

/// Whether the target is in another file, of which this document knows nothing.
fn leads_elsewhere(target: &str) -> bool {
    target.find('#').is_some_and(|hash| hash > 0)
}

fn message(pointer: &Pointer, has_notes: bool) -> String {
    let label = pointer.target.trim_start_matches('#');
    if has_notes {
        format!("This marker points to note {label}, but there is no note {label} in this text.")
    } else {
        format!("This marker points to note {label}, but this text has no notes.")
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_marker_without_a_note_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others.[3] Nobody asked twice in 1956 [May] or ever [sic].
                                   ^^^ there is no note 3

Notes

[1] The Courier, 4 May 1956.
",
        );
    }

    #[test]
    fn a_note_in_another_file_is_not_missed_here() {
        let source =
            "<p>So it was.<a href=\"notes.xhtml#n1\">1</a> And was it?<a href=\"#n2\">2</a></p>";
        let found = fixture::findings(&super::RULE, Format::Html, source);
        let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["This marker points to note n2, but this text has no notes."]);
    }

    #[test]
    fn signs_come_again_on_every_page() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He was there.* She was not.

* So the report.

They met.* Nobody knew.† It was *very* late.
                       ^ there is no note †

* So the other report.
",
        );
    }

    #[test]
    fn notes_that_start_again_by_chapter_are_found() {
        let source = "\
I

He denied it.[1] He said so.[2]

[1] The Courier.

[2] Ibid.

II

She denied it.[1]

[1] The Herald.
";
        fixture::check(&super::RULE, Format::Plain, source);
    }
}
