//! Findings with their places as people and programs read them.

use std::fmt::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::rules::{Finding, Related, Severity};
use crate::text::{LineIndex, SourceFile, Span};

/// A finding with its places; field names and order are those of `--format jsonl`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Located {
    pub(crate) path: String,
    pub(crate) rule: &'static str,
    #[serde(serialize_with = "severity_name")]
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) start: Place,
    pub(crate) end: Place,
    pub(crate) fixes: Vec<LocatedFix>,
    pub(crate) related: Vec<LocatedRelated>,
    /// The finding's span in the decoded text, for snippets.
    #[serde(skip)]
    pub(crate) span: Span,
}

/// A place: line and column from 1, the column in Unicode scalar values; the offset in
/// bytes of the file on disk.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) offset: usize,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct LocatedFix {
    pub(crate) title: String,
    pub(crate) safe: bool,
    pub(crate) edits: Vec<LocatedEdit>,
}

/// An edit; offsets are bytes of the file on disk.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LocatedEdit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    /// Where it starts and ends, for formats that do not count bytes.
    #[serde(skip)]
    pub(crate) places: (Place, Place),
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct LocatedRelated {
    pub(crate) path: String,
    pub(crate) start: Place,
    pub(crate) end: Place,
    pub(crate) message: String,
    #[serde(skip)]
    pub(crate) span: Span,
    /// Whether the place is in the finding's own file.
    #[serde(skip)]
    pub(crate) is_here: bool,
}

fn severity_name<S: serde::Serializer>(severity: &Severity, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(severity.name())
}

/// A file at hand for locating.
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) file: SourceFile,
    lines: LineIndex,
}

impl Opened {
    pub(crate) fn new(path: &Path, file: SourceFile) -> Self {
        let lines = LineIndex::of(&file.text);
        Self { name: display(path), file, lines }
    }

    pub(crate) fn place(&self, offset: usize) -> Place {
        let place = self.lines.line_column(&self.file.text, offset);
        Place {
            line: place.line,
            column: place.column,
            offset: self.file.disk_offset(&self.lines, offset),
        }
    }

    /// Locates a finding; `other` gives the files of related places elsewhere.
    pub(crate) fn locate(
        &self,
        finding: &Finding,
        other: &mut dyn FnMut(&str) -> Option<Arc<Opened>>,
    ) -> Located {
        let fixes = finding.fixes.iter().map(|fix| LocatedFix {
            title: fix.title.clone(),
            safe: fix.safe,
            edits: fix
                .edits
                .iter()
                .map(|edit| {
                    let places = (self.place(edit.span.start), self.place(edit.span.end));
                    let (start, end) = (places.0.offset, places.1.offset);
                    LocatedEdit { start, end, text: edit.text.clone(), places }
                })
                .collect(),
        });
        Located {
            path: self.name.clone(),
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            start: self.place(finding.span.start),
            end: self.place(finding.span.end),
            fixes: fixes.collect(),
            related: finding
                .related
                .iter()
                .filter_map(|place| self.related(place, other))
                .collect(),
            span: finding.span,
        }
    }

    fn related(
        &self,
        related: &Related,
        other: &mut dyn FnMut(&str) -> Option<Arc<Opened>>,
    ) -> Option<LocatedRelated> {
        let opened;
        let (file, is_here) = match &related.document {
            Some(name) if **name != *self.name => {
                opened = other(name)?;
                (&*opened, false)
            }
            _ => (self, true),
        };
        // A file that changed since may be too short by now.
        if related.span.end > file.file.text.len()
            || !file.file.text.is_char_boundary(related.span.start)
            || !file.file.text.is_char_boundary(related.span.end)
        {
            return None;
        }
        Some(LocatedRelated {
            path: file.name.clone(),
            start: file.place(related.span.start),
            end: file.place(related.span.end),
            message: related.message.clone(),
            span: related.span,
            is_here,
        })
    }
}

/// A path without `.` and `..`, from the root: two ways to one file are equal.
pub(super) fn normal(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// A path as it is printed: as given, with `/`, and without the `./` of the default folder. Documents
/// are told apart by it, so bytes that are no UTF-8 are written out: `caf\xE9.txt`.
pub(crate) fn display(path: &Path) -> String {
    let path = match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest,
        _ => path,
    };
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}
