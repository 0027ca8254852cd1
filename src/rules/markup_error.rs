//! Markup that cannot be read.

use super::{Check, DocumentContext, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "markup-error",
    summary: "markup that is broken and was read as text",
    explanation: "\
Reports markup that is broken. What can be read is read and checked all the same.

    <p>Less is < more</p>       <- write &lt;
",
    default: Some(Severity::Error),
    check: Check::Document(check),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.analysis.document.problems.iter().map(|problem| Finding {
        rule: RULE.name,
        severity: context.severity,
        span: problem.span,
        message: problem.message.clone(),
        subject: None,
        fixes: Vec::new(),
        related: Vec::new(),
    }));
}
