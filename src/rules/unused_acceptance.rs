//! Acceptances that speak of nothing: in the configuration, which a run looks at when it has checked
//! all documents, and in comments.

use crate::markup::{Ignore, IgnoreScope, VERBS};
use crate::text::{Span, nearest};

use super::{Check, DocumentContext, Edit, Finding, Fix, RULES, Rule, Severity};

/// The rule.
pub(crate) static RULE: Rule = Rule {
    name: "unused-acceptance",
    summary: "an acceptance that no finding needs any more, or that names no rule",
    explanation: "\
Reports an `[[accept]]` in `rubricator.toml` that speaks of no finding.

A place that was accepted and has since been changed, or whose words were misspelt in the
configuration, leaves an entry that accepts nothing; and one day it may hide a new mistake.

    [[accept]]
    file = \"1956/break.txt\"       <- the file no longer says “Trotskii”
    rule = \"name-variant\"
    text = \"Trotskii\"

Take the entry out. `rubricator check` reports this only of entries whose files it has checked
with the rule that they name; editors do not report it.

A comment that is to accept a place and has a word in it that is none of ours accepts nothing either:

    <!-- rubricator: ignore name-varint -->
                            ^^^^^^^^^^^
    <p>Trotskii is what the print has.</p>
",
    default: Some(Severity::Info),
    check: Check::Document(check),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let analysis = context.analysis;
    let ignores = &analysis.document.ignores;
    for (at, ignore) in ignores.iter().enumerate() {
        let Some((word, what, meant)) = misspelt(ignore) else {
            continue;
        };
        // Beside a rule that there is, what is like none is a remark: ‘because so in the print’.
        let names_others =
            || ignores.iter().any(|other| other.span == ignore.span && is_right(other));
        let is_told = ignores[..at]
            .iter()
            .any(|other| other.span == ignore.span && misspelt(other).is_some());
        if is_told || meant.is_none() && names_others() {
            continue;
        }
        let span = place(&analysis.source, ignore.span, word);
        let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let fix = meant.map(|meant| Fix {
            title: format!("Write “{meant}”"),
            safe: false,
            edits: vec![Edit { span, text: meant.to_owned() }],
        });
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span,
            subject: None,
            message: format!("This comment accepts nothing: there is no {what} `{word}`{hint}"),
            fixes: fix.into_iter().collect(),
            related: Vec::new(),
        });
    }
}

/// The word of a comment that is none of ours, what it should be, and the one that was meant.
fn misspelt(ignore: &Ignore) -> Option<(&str, &'static str, Option<&'static str>)> {
    let word = ignore.rule.as_deref()?;
    match ignore.scope {
        IgnoreScope::Unknown => Some((word, "order", nearest(word, VERBS))),
        _ if is_right(ignore) => None,
        _ => Some((word, "rule", nearest(word, RULES.iter().map(|rule| rule.name)))),
    }
}

fn is_right(ignore: &Ignore) -> bool {
    ignore.rule.as_deref().is_some_and(|rule| super::find(rule).is_some())
}

/// Where a word stands in a comment, behind the name of the program.
fn place(source: &str, comment: Span, word: &str) -> Span {
    let text = comment.of(source);
    let head = text.find(':').map_or(0, |colon| colon + 1);
    match text[head..].find(word) {
        Some(at) => {
            let start = comment.start + head + at;
            Span::new(start, start + word.len())
        }
        None => comment,
    }
}

/// What is said of an entry whose `file`, or else `rule`, stands at `span` of the configuration.
pub(crate) fn finding(severity: Severity, span: Span, rule: &str, text: Option<&str>) -> Finding {
    let message = match text {
        Some(text) => format!("Nothing that {rule} finds is “{text}” there any more."),
        None => format!("There is nothing left there for {rule} to find."),
    };
    Finding {
        rule: RULE.name,
        severity,
        span,
        subject: None,
        message,
        fixes: Vec::new(),
        related: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_comment_with_a_word_that_is_none_of_ours_is_told() {
        fixture::check(
            &super::RULE,
            Format::Html,
            "\
<!-- rubricator: ignore name-varint --><p>One.</p>
                        ^^^^^^^^^^^ there is no rule `name-varint`; did you mean `name-variant`?
<!-- rubricator: frobnicate --><p>Two.</p>
                 ^^^^^^^^^^ there is no order `frobnicate`
<!-- rubricator: of quote-style --><p>Three.</p><!-- rubricator: on quote-stile -->
                 ^^ did you mean `off`?
                                                                    ^^^^^^^^^^^ `quote-style`?
<!-- rubricator: ignore everything --><p>Four.</p>
                        ^^^^^^^^^^ there is no rule `everything`
",
        );
    }

    #[test]
    fn comments_for_people_are_none_of_its_business() {
        fixture::check(
            &super::RULE,
            Format::Html,
            "\
<!-- rubricator: ignore name-variant, quote-style -- so in the print --><p>One.</p>
<!-- rubricator: ignore name-variant because the print has it --><p>Two.</p>
<!-- rubricator: the scan of this page is bad --><p>Three.</p>
<!-- rubricator: off --><p>Four.</p><!-- rubricator: on -->
<!-- checked with rubricator: ignored --><p>Five.</p>
",
        );
    }
}
