//! The licence that Project Gutenberg puts around its texts, which nobody proofreads.

use crate::text::Span;

use super::{Ignore, IgnoreScope};

/// Whether the text has the line behind which a text of Project Gutenberg begins.
pub(super) fn is_there(source: &str) -> bool {
    start(source).is_some()
}

/// What is not checked of a text: all before the line `*** START OF …` and all behind
/// `*** END OF …`, or what stood in their place up to 2003. Linear, and only over the lines that
/// begin so.
pub(super) fn ignores(source: &str) -> Vec<Ignore> {
    let first = start(source);
    let start = first.map(|line| (line, Span::new(0, line.end)));
    let last = end(source, first.is_some());
    let end = last.map(|line| (line, Span::new(line.start, source.len())));
    let both = [start, end].into_iter().flatten();
    both.map(|(span, stretch)| Ignore { rule: None, scope: IgnoreScope::Stretch(stretch), span })
        .collect()
}

fn start(source: &str) -> Option<Span> {
    let old = || line_with(source, "*END*THE SMALL PRINT!", "*END*");
    line_with(source, "*** START OF TH", "GUTENBERG EBOOK").or_else(old)
}

/// The line behind which nothing is proofread; the old ones end only what has a beginning.
fn end(source: &str, has_start: bool) -> Option<Span> {
    let old =
        ["End of the Project Gutenberg ", "End of Project Gutenberg", "End of The Project Gut"];
    let old = || old.iter().filter_map(|head| line_with(source, head, "")).min();
    // The old line stands before the new one where there are both.
    let new = line_with(source, "*** END OF TH", "GUTENBERG EBOOK");
    if has_start { new.into_iter().chain(old()).min() } else { new }
}

/// The first line that begins so, if it has `word` in it.
fn line_with(source: &str, head: &str, word: &str) -> Option<Span> {
    let finder = memchr::memmem::find_iter(source.as_bytes(), head.as_bytes());
    let is_at_start = |at: &usize| *at == 0 || source[..*at].ends_with(['\n', '\r']);
    let at = finder.into_iter().find(is_at_start)?;
    let line = source[at..].lines().next().unwrap_or("");
    line.contains(word).then(|| Span::new(at, at + line.len()))
}
