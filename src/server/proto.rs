//! The protocol's types, and how ours become theirs: the one place that changes with them.

pub(super) use tower_lsp::jsonrpc;
pub(super) use tower_lsp::ls_types::*;

use std::path::{Path, PathBuf};

use crate::rules::Severity;
use crate::text::{self, LineIndex, PositionEncoding, Span};

/// A text with its lines, in the units of the client.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    pub(super) index: &'a LineIndex,
    pub(super) encoding: PositionEncoding,
}

impl Lines<'_> {
    /// A span as a range.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    fn position(&self, offset: usize) -> Position {
        let text::Position { line, character } =
            self.index.position(self.text, offset, self.encoding);
        Position { line, character }
    }

    /// A position as a byte.
    pub(super) fn offset(&self, position: Position) -> usize {
        self.index.offset(self.text, from_position(position), self.encoding)
    }
}

/// A position of the protocol as ours.
pub(super) fn from_position(position: Position) -> text::Position {
    text::Position { line: position.line, character: position.character }
}

/// The encoding to use with a client: UTF-8 if it can, which costs nothing to convert.
pub(super) fn choose_encoding(capabilities: &ClientCapabilities) -> PositionEncoding {
    let offered = capabilities
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or(&[]);
    if offered.contains(&PositionEncodingKind::UTF8) {
        PositionEncoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32)
        && !offered.contains(&PositionEncodingKind::UTF16)
    {
        PositionEncoding::Utf32
    } else {
        PositionEncoding::Utf16
    }
}

/// Our name of an encoding as the protocol's.
pub(super) fn encoding_kind(encoding: PositionEncoding) -> PositionEncodingKind {
    match encoding {
        PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
        PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
        PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// A severity as the protocol's.
pub(super) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Hint => DiagnosticSeverity::HINT,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Error => DiagnosticSeverity::ERROR,
    }
}

/// The file that a URI names; what was never saved is none.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
}

/// The URI of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}
