//! The authority: the figures that a corpus knows.

/// The figures of a corpus.
#[derive(Debug, Default)]
pub struct Authority {}
