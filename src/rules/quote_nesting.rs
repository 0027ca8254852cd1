//! Levels of quotation that do not alternate.

use crate::quotes::FaultKind;

use super::{Check, Rule, Severity, quote_faults};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "quote-nesting",
    summary: "a quotation directly inside one with the same marks",
    explanation: "\
Reports a quotation that opens directly inside another one with the same marks.

    ‘He said ‘no’ to me.’
             ^ opens a quotation inside one with the same marks

    ‘He said “no” to me.’

Inner quotations take the other marks, so that the reader can tell the levels apart.
",
    default: Some(Severity::Warning),
    check: Check::Document(|context, findings| {
        quote_faults::report(RULE.name, context, &[FaultKind::Nesting], findings);
    }),
};

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn the_inner_quotation_gets_the_other_marks() {
        for (wrong, right) in [
            ("‘He said ‘never’ to me, and left.’\n", "‘He said “never” to me, and left.’\n"),
            ("‘He said ‘no’ to me.’\n", "‘He said “no” to me.’\n"),
            ("„Er sagte „nie“ zu mir und ging.“\n", "„Er sagte ‚nie‘ zu mir und ging.“\n"),
        ] {
            let found = fixture::findings(&super::RULE, Format::Plain, wrong);
            let [finding] = found.as_slice() else {
                panic!("{wrong}: {found:?}");
            };
            let mut text = wrong.to_owned();
            for edit in finding.fixes[0].edits.iter().rev() {
                text.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
            assert_eq!(text, right);
        }
    }

    #[test]
    fn several_quotations_in_one_are_each_told() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
“I call it “freedom” and “peace”.”
           ^ inside one with the same marks
                         ^ inside one with the same marks
",
        );
    }

    #[test]
    fn one_that_holds_others_is_left_to_the_editor() {
        let text = "‘He said ‘it was “order” that I meant’ to me, and left.’\n";
        let found = fixture::findings(&super::RULE, Format::Plain, text);
        assert!(found.iter().all(|finding| finding.fixes.is_empty()), "{found:?}");
    }
}
