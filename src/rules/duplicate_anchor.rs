//! Two places of one name.

use rustc_hash::FxHashMap;

use crate::markup::{Anchor, AnchorKind, Format};

use super::{Check, DocumentContext, Finding, Related, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-anchor",
    summary: "two notes with one number, or two places with one id",
    explanation: "\
Reports the second of two notes that have the same number, and the second of two places
with the same id.

A marker can lead to one of them only. Mostly a number was misread.

    Notes
    [1] The Courier, 4 May 1956.
    [1] Ibid.
    ^^^

Notes that start again at 1 behind each chapter are not reported, nor are signs such as
`*` that come again on every page.
",
    default: Some(Severity::Warning),
    check: Check::Document(check),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let mut first: FxHashMap<(bool, u32, &str), &Anchor> = FxHashMap::default();
    let analysis = context.analysis;
    let is_markdown = analysis.document.format == Format::Markdown;
    for anchor in &analysis.document.anchors {
        let is_note = anchor.kind == AnchorKind::Note;
        // Two headings may well have the same words, and one an id beside it that says them too.
        let is_made = is_markdown && is_made_of_words(&analysis.source, anchor);
        if anchor.kind == AnchorKind::Heading || is_made {
            continue;
        }
        let key = (is_note, anchor.scope, anchor.label.as_str());
        let Some(before) = first.get(&key) else {
            first.insert(key, anchor);
            continue;
        };
        let what = if is_note { "note" } else { "id" };
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span: anchor.span,
            message: format!("There is another {what} {} before this one.", anchor.label),
            subject: None,
            fixes: Vec::new(),
            related: vec![Related {
                document: None,
                span: before.span,
                message: format!("The first {what} {} is here.", anchor.label).into(),
            }],
        });
    }
}

/// Whether the id of a heading of Markdown is made of its words; else the heading says it behind them,
/// `{#id}`, or it is that of an element of HTML.
fn is_made_of_words(source: &str, anchor: &Anchor) -> bool {
    let written = anchor.span.of(source);
    anchor.kind == AnchorKind::Id
        && written != anchor.label
        && !written.contains(&format!("#{}", anchor.label))
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn the_second_note_of_one_number_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others.[2]

Notes

[1] The Courier, 4 May 1956.
[2] Ibid.
[2] The Herald, 5 May 1956.
^^^ another note 2
",
        );
    }

    #[test]
    fn an_id_beside_a_heading_of_its_words_is_no_other_place() {
        fixture::check(
            &super::RULE,
            Format::Markdown,
            "\
## <a name=\"the-dam\"></a>The Dam

## The Sea
<a id='the-sea'></a>

## Men {#men}

<p id='men'>So.</p>
       ^^^ another id men
",
        );
    }

    #[test]
    fn a_misread_number_among_counted_notes_begins_no_other_run() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others.[2] They left.[3] He came.[4]

Notes

[1] The Courier, 4 May 1956.
[2] Ibid.
[1] The Herald, 5 May 1956.
^^^ another note 1
[4] Ibid.
",
        );
    }
}
