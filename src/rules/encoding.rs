//! Files that are not UTF-8.

use crate::text::{SourceFile, Span};

use super::{Check, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "encoding",
    summary: "a file that is not valid UTF-8 and was read as Windows-1252",
    explanation: "\
Reports a file that is not valid UTF-8, at the first byte that is not.

Such a file is read as Windows-1252, which is what most old transcriptions are, so that it
can be checked all the same; but other programs may guess otherwise, and show ’ as Õ or é.

Save it as UTF-8. (--fix keeps a file in the encoding it has.)
",
    default: Some(Severity::Warning),
    check: Check::Reading,
};

/// The finding for a file, if its encoding had to be assumed.
pub(super) fn check(file: &SourceFile, severity: Severity) -> Option<Finding> {
    let at = file.first_assumed?;
    let end = file.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    Some(Finding {
        rule: RULE.name,
        severity,
        span: Span::new(at, end),
        message: "This file is not valid UTF-8 from here on; it was read as Windows-1252."
            .to_owned(),
        subject: None,
        fixes: Vec::new(),
        related: Vec::new(),
    })
}
