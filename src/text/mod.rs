//! Bytes and positions: the ground floor, which knows nothing of formats or rules.

mod span;

pub use span::{ProseSpan, Span};
