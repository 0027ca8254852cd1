//! Findings as diagnostics.

use xxhash_rust::xxh3::xxh3_64;

use crate::config::ConfigError;
use crate::rules::{Finding, Related};
use crate::text::{LineIndex, PositionEncoding, Span};

use super::proto::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, Lines, Location, NumberOrString,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, severity,
};
use super::rule_page;
use super::snapshot::{CorpusSnapshot, Snapshot, read};

/// The document that findings are in.
pub(super) struct Sheet<'a> {
    pub(super) name: &'a str,
    pub(super) uri: &'a Uri,
    pub(super) lines: Lines<'a>,
    pub(super) corpus: &'a CorpusSnapshot,
}

impl<'a> Sheet<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            name: &snapshot.name,
            uri: &snapshot.uri,
            lines: snapshot.lines(),
            corpus: &snapshot.corpus,
        }
    }

    /// Findings as diagnostics.
    pub(super) fn diagnostics(&self, findings: &[Finding]) -> Vec<Diagnostic> {
        findings.iter().map(|finding| self.diagnostic(finding)).collect()
    }

    fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let client = &self.corpus.client;
        Diagnostic {
            range: self.lines.range(finding.span),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            code_description: rule_page::of(finding.rule)
                .filter(|_| client.describes_codes)
                .map(|href| CodeDescription { href }),
            source: Some("rubricator".to_owned()),
            message: finding.message.clone(),
            related_information: Some(self.related(finding))
                .filter(|places| !places.is_empty() && client.relates),
            ..Diagnostic::default()
        }
    }

    fn related(&self, finding: &Finding) -> Vec<DiagnosticRelatedInformation> {
        if !self.corpus.client.relates {
            return Vec::new();
        }
        // Those of one document stand together: it is asked for once.
        let documents = finding.related.chunk_by(|a, b| a.document == b.document);
        documents.flat_map(|places| self.related_in(places)).collect()
    }

    /// Related places in one document; none if that cannot be read.
    fn related_in(&self, places: &[Related]) -> Vec<DiagnosticRelatedInformation> {
        let other = places[0].document.as_deref().filter(|other| *other != self.name);
        let page = other.map(|other| (self.corpus.uri_of(other), self.corpus.page_of(other)));
        let (uri, page) = match page {
            Some((Some(uri), Some(page))) => (uri, Some(page)),
            Some(_) => return Vec::new(),
            None => (self.uri.clone(), None),
        };
        let told = places.iter().filter_map(|place| {
            let range = match &page {
                Some(page) => page.range(place.span, self.corpus.encoding)?,
                None => self.lines.range(place.span),
            };
            let location = Location { uri: uri.clone(), range };
            Some(DiagnosticRelatedInformation { location, message: place.message.to_string() })
        });
        told.collect()
    }
}

/// The diagnostics of a document.
pub(super) fn of(snapshot: &Snapshot) -> Vec<Diagnostic> {
    Sheet::of(snapshot).diagnostics(&snapshot.findings)
}

/// One finding as a diagnostic.
pub(super) fn diagnostic(snapshot: &Snapshot, finding: &Finding) -> Diagnostic {
    Sheet::of(snapshot).diagnostic(finding)
}

/// What these diagnostics are known by: the same again have the same.
pub(super) fn result_id(items: &[Diagnostic]) -> String {
    // Diagnostics have no maps with keys that are no texts, so this cannot fail.
    let written = serde_json::to_vec(items).unwrap_or_default();
    format!("{:016x}", xxh3_64(&written))
}

/// The diagnostics of a document for a client that asks: nothing but the number if they are
/// what it was given before.
pub(super) fn report(snapshot: &Snapshot, previous: Option<&str>) -> DocumentDiagnosticReport {
    let items = of(snapshot);
    let result_id = result_id(&items);
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

/// What is wrong with the configuration, as a diagnostic on its file.
pub(super) fn of_config(error: &ConfigError, encoding: PositionEncoding) -> Diagnostic {
    let text = read(&error.path).unwrap_or_default();
    let index = LineIndex::of(&text);
    let lines = Lines { text: &text, index: &index, encoding };
    Diagnostic {
        range: lines.range(place_of(error, &text, &index)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some("rubricator".to_owned()),
        message: error.message.clone(),
        ..Diagnostic::default()
    }
}

/// The word that an error is about, or the first line.
fn place_of(error: &ConfigError, text: &str, lines: &LineIndex) -> Span {
    let (line, column) = error.place.unwrap_or((1, 1));
    let (start, end) = (lines.start(line - 1, text), lines.end(line - 1, text));
    let before = text[start..end].chars().take(column - 1).map(char::len_utf8).sum::<usize>();
    let at = start + before;
    let is_rest = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ']');
    let word = match error.place {
        Some(_) => text[at..end].find(is_rest).filter(|&length| length > 0),
        None => None,
    };
    Span::new(at, word.map_or(end, |length| at + length))
}
