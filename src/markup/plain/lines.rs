//! Lines as the protocol and editors count them: ended by LF, CRLF or CR.

use crate::text::Span;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its text without indent and trailing white space.
    pub(super) span: Span,
    /// Columns of indent, a tab counting to the next multiple of eight.
    pub(super) indent: usize,
    /// Blank lines directly before it; a form feed counts as one.
    pub(super) blanks_before: usize,
}

/// The lines of `source` that are not blank.
pub(super) fn split(source: &str) -> Vec<Line> {
    let bytes = source.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 80);
    let mut blanks_before = 0;
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        let raw = &source[start..end];
        let text = raw.trim();
        if text.is_empty() {
            blanks_before += 1;
        } else {
            let lead = raw.len() - raw.trim_start().len();
            let text_start = start + lead;
            let (indent, feeds) = measure_indent(&raw[..lead]);
            let span = Span::new(text_start, text_start + text.len());
            lines.push(Line { span, indent, blanks_before: blanks_before + feeds });
            blanks_before = 0;
        }
        let is_crlf = bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        start = end + if is_crlf { 2 } else { 1 };
    }
    lines
}

/// Columns of indent and number of form feeds in leading white space.
fn measure_indent(lead: &str) -> (usize, usize) {
    let mut columns = 0;
    let mut feeds = 0;
    for character in lead.chars() {
        match character {
            '\t' => columns = (columns / 8 + 1) * 8,
            '\u{c}' => feeds += 1,
            _ => columns += 1,
        }
    }
    (columns, feeds)
}
