//! Fixes in a form that the file can hold: a character that its encoding lacks, or that its readers
//! would take for another, is written as a reference where the format has such.

use crate::markup::{Format, by_number, reads_references};
use crate::rules::Finding;
use crate::text::{Reader, Repertoire, SourceFile};

/// Rewrites the fixes of a file's findings.
pub(super) fn make_writable(file: &SourceFile, format: Format, findings: &mut [Finding]) {
    let reader = match format {
        Format::Html => Reader::Html,
        Format::Tei => Reader::Xml,
        Format::Plain | Format::Markdown => return,
    };
    let fixes = findings.iter_mut().flat_map(|finding| &mut finding.fixes);
    let mut edits =
        fixes.flat_map(|fix| &mut fix.edits).filter(|edit| !edit.text.is_ascii()).peekable();
    if edits.peek().is_none() {
        return;
    }
    let repertoire = Repertoire::of(file, reader);
    let may_stand = |character: &char| repertoire.has(*character);
    for edit in edits {
        let is_read = || reads_references(&file.text, edit.span.start, format);
        if !edit.text.chars().all(|c| may_stand(&c)) && is_read() {
            edit.text = by_number(&edit.text, may_stand);
        }
    }
}
