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

impl Format {
    /// The format that a file's name tells, or `None` where it tells none we read.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "xml" | "tei" => Some(Self::Tei),
            _ => None,
        }
    }
}
