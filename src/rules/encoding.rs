//! Files that are not UTF-8.

use crate::text::{SourceFile, Span};

use super::{Check, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "encoding",
    summary: "a file that is not in the encoding it should be in, or says it is in",
    explanation: "\
Reports a file that is not valid UTF-8, at the first byte that is not, unless it is a page or an
XML document that declares its encoding; and one that is UTF-8 but declares another.

The first is read as Windows-1252, which is what most old transcriptions are, so that it
can be checked all the same; but other programs may guess otherwise, and show ’ as Õ or é.

Save it as UTF-8. (--fix keeps a file in the encoding it has.)
",
    default: Some(Severity::Warning),
    check: Check::Reading,
};

/// The finding for a file, if its encoding had to be assumed.
pub(super) fn check(file: &SourceFile, severity: Severity) -> Option<Finding> {
    if let Some(span) = file.wrong_declaration {
        let message = format!(
            "This file is UTF-8, but says that it is {}; programs that believe it show é as Ã©.",
            span.of(&file.text)
        );
        return Some(finding(severity, span, message));
    }
    let at = file.first_assumed?;
    let end = file.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let message = "This file is not valid UTF-8 from here on; it was read as Windows-1252.";
    Some(finding(severity, Span::new(at, end), message.to_owned()))
}

fn finding(severity: Severity, span: Span, message: String) -> Finding {
    Finding {
        rule: RULE.name,
        severity,
        span,
        message,
        subject: None,
        fixes: Vec::new(),
        related: Vec::new(),
    }
}
