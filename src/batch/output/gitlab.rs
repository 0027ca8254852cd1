//! GitLab's Code Quality report, by the page ‘Code Quality report format’ of its handbook.

use serde_json::{Value, json};

use crate::rules::Severity;

use super::super::located::Located;

pub(super) fn issue(finding: &Located, fingerprint: String) -> Value {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info | Severity::Hint => "info",
    };
    json!({
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": finding.path,
            "lines": { "begin": finding.start.line, "end": finding.end.line },
        },
    })
}
