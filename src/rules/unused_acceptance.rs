//! Acceptances that no longer speak of anything.

use crate::text::Span;

use super::{Check, Finding, Rule, Severity};

/// The rule.
pub(crate) static RULE: Rule = Rule {
    name: "unused-acceptance",
    summary: "an acceptance in rubricator.toml that no finding needs any more",
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
",
    default: Some(Severity::Info),
    check: Check::Run,
};

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
