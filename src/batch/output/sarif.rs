//! SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code scanning services read.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use crate::rules::{RULES, Severity};

use super::super::located::{Located, LocatedFix, Place};

/// What a path may not have in it where a URI is expected (RFC 3986, section 3.3).
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All that stands before the results.
pub(super) fn head() -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": first_paragraph(rule.explanation) },
                "help": { "text": rule.explanation, "markdown": rule.explanation },
                "defaultConfiguration": {
                    "enabled": rule.default.is_some(),
                    "level": level(rule.default.unwrap_or(Severity::Warning)),
                },
            })
        })
        .collect();
    let driver = json!({
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "name": "Rubricator",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":\
         [{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
    )
}

fn first_paragraph(page: &str) -> &str {
    page.split("\n\n").next().unwrap_or(page).trim()
}

/// All that stands behind them.
pub(super) const TAIL: &str = "\n]}]}\n";

pub(super) fn result(finding: &Located, fingerprint: String) -> Value {
    let index = RULES.iter().position(|rule| rule.name == finding.rule);
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|place| {
            let mut location = location(&place.path, place.start, place.end);
            location["message"] = json!({ "text": *place.message });
            location
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(&finding.path, finding.start, finding.end)],
        "partialFingerprints": { "rubricatorFinding/v1": fingerprint },
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    let fixes: Vec<Value> = finding.fixes.iter().map(|change| fix(&finding.path, change)).collect();
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn location(path: &str, start: Place, end: Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": artifact(path),
            "region": region(start, end),
        },
    })
}

fn region(start: Place, end: Place) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    })
}

/// A region of a text may not be told by bytes where text is put in (section 3.57.3).
fn text_region(start: Place, end: Place) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn artifact(path: &str) -> Value {
    let encoded = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
    json!({ "uri": if path.starts_with('/') { format!("file://{encoded}") } else { encoded } })
}

fn fix(path: &str, fix: &LocatedFix) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": text_region(edit.places.0, edit.places.1),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(path), "replacements": replacements }],
    })
}
