//! Which format a file is in.

use std::path::Path;

/// A format that Rubricator reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown (CommonMark with footnotes and tables).
    Markdown,
    /// HTML and XHTML.
    Html,
    /// TEI-XML.
    Tei,
}

/// The endings of file names, and the format that each tells.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("xml", Format::Tei),
    ("tei", Format::Tei),
];

impl Format {
    /// The format that a file's name tells, or `None` where it tells none we read.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        ENDINGS.iter().find(|(ending, _)| *ending == extension).map(|(_, format)| *format)
    }

    /// The endings of the names of all files that are read, without the dot.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().map(|(ending, _)| *ending)
    }
}
