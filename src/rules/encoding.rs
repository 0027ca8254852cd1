//! Files that are not UTF-8.

use crate::text::{Encoding, SourceFile, Span, is_stand_in};

use super::{Check, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "encoding",
    summary: "a file that is not in the encoding it should be in, or says it is in",
    explanation: "\
Reports a file that is not valid UTF-8, at the first byte that is not, unless it is a page or an
XML document that declares its encoding; and one that is UTF-8 but declares another.

If most of it is UTF-8, what is not was broken, perhaps because the file was cut off there: look at the
print, and write what is missing. Else the file is read as Windows-1252, which is what most old
transcriptions are, so that it can be checked all the same; but other programs may guess otherwise,
and show ’ as Õ or é. Save it as UTF-8.

(--fix keeps a file in the encoding it has.)
",
    default: Some(Severity::Warning),
    check: Check::Reading,
};

/// The finding for a file whose bytes are not what they should be.
pub(super) fn check(file: &SourceFile, severity: Severity) -> Option<Finding> {
    if let Some(span) = file.wrong_declaration {
        let message = format!(
            "This file is UTF-8, but says that it is {}; programs that believe it show é as Ã©.",
            span.of(&file.text)
        );
        return Some(finding(severity, span, message));
    }
    let at = file.first_invalid?;
    let rest = &file.text[at..];
    let (length, message) = if matches!(file.encoding, Encoding::FaultyUtf8 { .. }) {
        let length = rest.find(|c| !is_stand_in(c)).unwrap_or(rest.len());
        (length, "This file is UTF-8, but here it is broken: these bytes are no character.")
    } else {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        (length, "This file is not valid UTF-8 from here on; it was read as Windows-1252.")
    };
    Some(finding(severity, Span::new(at, at + length), message.to_owned()))
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
