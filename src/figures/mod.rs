//! The authority: the figures that a corpus knows.

use std::path::Path;
use std::sync::Arc;

/// The figures of a corpus.
#[derive(Debug, Default)]
pub struct Authority {}

/// Something wrong with an authority file.
pub struct Problem {
    /// The byte of the file's text.
    pub offset: usize,
    /// One sentence.
    pub message: String,
}

impl Authority {
    /// The starter authority.
    pub fn builtin() -> Arc<Self> {
        Arc::default()
    }
    /// Adds a file.
    pub fn add_file(&mut self, _path: &Path, _text: &str) -> Vec<Problem> {
        Vec::new()
    }
    /// Done.
    pub fn finish(&mut self) {}
}
