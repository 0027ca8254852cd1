//! Findings with their places as people and programs read them.

use std::fmt::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
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
    pub(crate) message: Arc<str>,
    #[serde(skip)]
    pub(crate) span: Span,
    /// Whether the place is in the finding's own file.
    #[serde(skip)]
    pub(crate) is_here: bool,
}

fn severity_name<S: serde::Serializer>(severity: &Severity, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(severity.name())
}

/// Where a place is that a finding speaks of.
#[derive(Clone, Debug)]
pub(crate) struct There {
    path: String,
    start: Place,
    end: Place,
}

/// The places in other files of which findings speak, by the name of the file and the span.
pub(crate) type Elsewhere<'f> = FxHashMap<(&'f str, Span), There>;

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

    /// Where a span of the text is. `None`: the text is shorter, or other text than it was.
    pub(crate) fn there(&self, span: Span) -> Option<There> {
        let text = &*self.file.text;
        let is_in = span.end <= text.len()
            && text.is_char_boundary(span.start)
            && text.is_char_boundary(span.end);
        is_in.then(|| There {
            path: self.name.clone(),
            start: self.place(span.start),
            end: self.place(span.end),
        })
    }

    /// Locates a finding; related places that are not in `elsewhere` are in this file or left out.
    pub(crate) fn locate(&self, finding: &Finding, elsewhere: &Elsewhere<'_>) -> Located {
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
                .filter_map(|place| self.related(place, elsewhere))
                .collect(),
            span: finding.span,
        }
    }

    fn related(&self, related: &Related, elsewhere: &Elsewhere<'_>) -> Option<LocatedRelated> {
        let other = related.document.as_deref().filter(|name| **name != *self.name);
        let there = match other {
            Some(name) => elsewhere.get(&(name, related.span)).cloned(),
            None => self.there(related.span),
        };
        let There { path, start, end } = there?;
        let message = Arc::clone(&related.message);
        Some(LocatedRelated {
            path,
            start,
            end,
            message,
            span: related.span,
            is_here: other.is_none(),
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
