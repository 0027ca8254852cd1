//! Names: where they stand in prose, and which spellings are one name.

use crate::markup::Block;
use crate::text::ProseSpan;

/// How names are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {}

/// A span of prose that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole mention.
    pub span: ProseSpan,
}

/// The mentions in the prose of one block, in order.
pub fn mentions(_prose: &str, _block: &Block, _settings: &Settings) -> Vec<Mention> {
    Vec::new()
}

/// Compares.
pub fn compare_lines(
    _input: impl std::io::BufRead,
    _output: impl std::io::Write,
) -> std::io::Result<()> {
    Ok(())
}
