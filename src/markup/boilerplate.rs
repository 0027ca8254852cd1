//! The licence that Project Gutenberg puts around its texts, which nobody proofreads.

use crate::text::Span;

use super::{Ignore, IgnoreScope};

/// What is not checked of a text: all before the line `*** START OF …` and all behind
/// `*** END OF …`. Linear, and only over the lines that begin so.
pub(super) fn ignores(source: &str) -> Vec<Ignore> {
    let find = |what: &str| {
        let at = memchr::memmem::find(source.as_bytes(), what.as_bytes())?;
        let line = source[at..].lines().next().unwrap_or("");
        line.contains("GUTENBERG EBOOK").then(|| Span::new(at, at + line.len()))
    };
    let start = find("*** START OF TH").map(|line| (line, Span::new(0, line.end)));
    let end = find("*** END OF TH").map(|line| (line, Span::new(line.start, source.len())));
    let both = [start, end].into_iter().flatten();
    both.map(|(span, stretch)| Ignore { rule: None, scope: IgnoreScope::Stretch(stretch), span })
        .collect()
}
