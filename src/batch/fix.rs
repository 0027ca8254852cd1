//! Applying fixes: each file is written whole, through a temporary file beside it.

use std::io::{self, Write};
use std::path::Path;

use crate::rules::{Edit, Finding};
use crate::text::{DecodeError, SourceFile};

/// The text with the first safe fix of every finding applied, or `None` if there is none.
/// Of fixes that overlap the first in the text wins.
pub(super) fn fixed(text: &str, findings: &[Finding]) -> Option<String> {
    let mut edits: Vec<&Edit> = findings
        .iter()
        .filter_map(|finding| finding.fixes.first().filter(|fix| fix.safe))
        .flat_map(|fix| &fix.edits)
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut last_start = None;
    for edit in &edits {
        if edit.span.start < at || last_start == Some(edit.span.start) {
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
        last_start = Some(edit.span.start);
    }
    out.push_str(&text[at..]);
    (out != text).then_some(out)
}

/// Writes `text` in the place of `file`, with its encoding, byte-order mark and
/// permissions. The file is replaced in one step or not at all.
pub(super) fn write(path: &Path, file: &SourceFile, text: &str) -> io::Result<()> {
    let bytes = file.encode(text).map_err(|error: DecodeError| io::Error::other(error))?;
    // A link stays a link: what it leads to is replaced.
    let target = path.canonicalize()?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(".rubricator-").tempfile_in(folder)?;
    temporary.write_all(&bytes)?;
    temporary.as_file().sync_all()?;
    temporary.as_file().set_permissions(target.metadata()?.permissions())?;
    temporary.persist(&target).map_err(|error| error.error)?;
    Ok(())
}
