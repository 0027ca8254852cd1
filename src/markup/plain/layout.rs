//! How a text is laid out: wrapped by hand or one paragraph a line, and how far set in.

use super::lines::Line;

/// What holds for the whole document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Lines are broken by hand, so a paragraph has many.
    pub(super) wrapped: bool,
    /// The indent of ordinary lines.
    pub(super) base_indent: usize,
}

/// A line longer than this (in bytes) was not broken by hand: typed and printed lines
/// end before 100 characters, which may take two bytes each.
pub(super) const LONG_LINE: usize = 160;

impl Layout {
    /// Tells the layout from the lengths and indents of the lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let long = lines.iter().filter(|line| line.span.len() > LONG_LINE).count();
        let inner = lines.windows(2).filter(|pair| pair[1].blanks_before == 0);
        let broken = inner.filter(|pair| (40..=LONG_LINE).contains(&pair[0].span.len())).count();
        Self { wrapped: broken > 0 && broken >= 2 * long, base_indent: base_indent(lines) }
    }
}

/// The indent at which most of the text stands, of the first thousand lines.
fn base_indent(lines: &[Line]) -> usize {
    let mut counts = [0_usize; 41];
    for line in lines.iter().take(1000) {
        counts[line.indent.min(40)] += line.span.len();
    }
    // The smallest of equals: text that is half set in has its margin at the left.
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|&count| count == most).unwrap_or(0)
}
