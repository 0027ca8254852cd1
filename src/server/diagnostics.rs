//! Findings as diagnostics.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::config::ConfigError;
use crate::rules::Finding;

use super::proto::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, NumberOrString, Position, Range,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, severity,
};
use super::rule_page;
use super::snapshot::Snapshot;

/// The diagnostics of a document.
pub(super) fn of(snapshot: &Snapshot) -> Vec<Diagnostic> {
    snapshot.findings.iter().map(|finding| diagnostic(snapshot, finding)).collect()
}

/// The diagnostics of a document for a client that asks: nothing but the number if they are
/// what it was given before.
pub(super) fn report(snapshot: &Snapshot, previous: Option<&str>) -> DocumentDiagnosticReport {
    let items = of(snapshot);
    let mut hasher = FxHasher::default();
    serde_json::to_string(&items).unwrap_or_default().hash(&mut hasher);
    let result_id = format!("{:016x}", hasher.finish());
    if previous == Some(&result_id) {
        return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    full_report(Some(result_id), items)
}

/// The report on a document that is not proofread.
pub(super) fn empty_report() -> DocumentDiagnosticReport {
    full_report(None, Vec::new())
}

fn full_report(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// One finding as a diagnostic.
pub(super) fn diagnostic(snapshot: &Snapshot, finding: &Finding) -> Diagnostic {
    let client = &snapshot.corpus.client;
    Diagnostic {
        range: snapshot.lines().range(finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: rule_page::of(finding.rule)
            .filter(|_| client.describes_codes)
            .map(|href| CodeDescription { href }),
        source: Some("rubricator".to_owned()),
        message: finding.message.clone(),
        related_information: Some(related(snapshot, finding))
            .filter(|places| !places.is_empty() && client.relates),
        ..Diagnostic::default()
    }
}

fn related(snapshot: &Snapshot, finding: &Finding) -> Vec<DiagnosticRelatedInformation> {
    finding
        .related
        .iter()
        .flat_map(|place| {
            let document = place.document.as_ref().unwrap_or(&snapshot.name);
            let locations = snapshot.locations(document, &[place.span]);
            locations.into_iter().map(|location| DiagnosticRelatedInformation {
                location,
                message: place.message.clone(),
            })
        })
        .collect()
}

/// What is wrong with the configuration, as a diagnostic on its file.
pub(super) fn of_config(error: &ConfigError) -> Diagnostic {
    let (line, column) = error.place.unwrap_or((1, 1));
    let at = Position { line: line as u32 - 1, character: column as u32 - 1 };
    Diagnostic {
        range: Range { start: at, end: at },
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("rubricator".to_owned()),
        message: error.message.clone(),
        ..Diagnostic::default()
    }
}
