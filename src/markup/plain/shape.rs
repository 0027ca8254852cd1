//! From lines to pieces: which lines belong together, and are they set in?

use crate::markup::is_drawing;
use crate::text::Span;

use super::layout::{LONG_LINE, Layout};
use super::lines::Line;
use super::{BlockKind, Piece};

/// Further right than the text by this many columns is set in.
const INSET: usize = 2;

/// Joins lines to pieces by blank lines, indents and lengths.
pub(super) fn pieces(source: &str, lines: &[Line], layout: Layout) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(lines.len() / 2 + 1);
    let mut rest = lines;
    while !rest.is_empty() {
        let more = rest[1..].iter().position(|line| line.blanks_before > 0);
        let (chunk, after) = rest.split_at(more.map_or(rest.len(), |index| index + 1));
        split_chunk(source, chunk, layout, &mut pieces);
        rest = after;
    }
    pieces
}

/// Splits the lines between two blank lines.
fn split_chunk(source: &str, chunk: &[Line], layout: Layout, pieces: &mut Vec<Piece>) {
    let is_inset = |line: &Line| line.indent >= layout.base_indent + INSET;
    let is_table = chunk.len() > 1 && is_table(source, chunk);
    let mixed_indents = layout.wrapped && is_inset(&chunk[0]);
    // The lines of a drawing tell nothing one by one, and its gaps and indents are no columns and no paragraphs.
    if chunk.len() > 1 && (is_table || mixed_indents) && is_drawn(source, chunk) {
        pieces.push(piece(BlockKind::Extract, chunk));
        return;
    }
    if is_table {
        for line in chunk {
            pieces.push(piece(BlockKind::Cell, std::slice::from_ref(line)));
        }
        return;
    }
    if chunk.iter().all(is_inset) {
        let kind = if is_verse(chunk) { BlockKind::Verse } else { BlockKind::Extract };
        let first_indent_only = layout.wrapped && chunk.len() == 1;
        // A single indented line of a wrapped text is as likely a short paragraph.
        let kind = if first_indent_only { BlockKind::Paragraph } else { kind };
        split_at(chunk, pieces, kind, |line, _| opens_item(source, line));
        return;
    }
    split_at(chunk, pieces, BlockKind::Paragraph, |line, before| {
        opens_item(source, line)
            || (mixed_indents && is_inset(line))
            || (!layout.wrapped && (line.span.len() > LONG_LINE || before.span.len() > LONG_LINE))
    });
}

/// Makes a piece of every run of lines that starts where `starts` says so.
fn split_at(
    chunk: &[Line],
    pieces: &mut Vec<Piece>,
    kind: BlockKind,
    starts: impl Fn(&Line, &Line) -> bool,
) {
    let mut from = 0;
    for at in 1..=chunk.len() {
        if at == chunk.len() || starts(&chunk[at], &chunk[at - 1]) {
            pieces.push(piece(kind, &chunk[from..at]));
            from = at;
        }
    }
}

fn piece(kind: BlockKind, lines: &[Line]) -> Piece {
    let span = Span::new(lines[0].span.start, lines[lines.len() - 1].span.end);
    Piece {
        kind,
        span,
        lines: lines.len(),
        blanks_before: lines[0].blanks_before,
        body: span.start,
    }
}

/// Short lines of which most start with a capital letter cannot be told here from a
/// wrapped extract but by their raggedness: verse lines end where the verse ends.
fn is_verse(chunk: &[Line]) -> bool {
    let longest = chunk.iter().map(|line| line.span.len()).max().unwrap_or(0);
    if chunk.len() < 2 || longest > 70 {
        return false;
    }
    // In a wrapped extract every line but the last is nearly as long as the longest.
    let inner = &chunk[..chunk.len() - 1];
    let full = inner.iter().filter(|line| line.span.len() + 12 >= longest).count();
    longest < 52 || full * 3 < inner.len() * 2
}

/// Rows whose columns are separated by tabs, bars or wide gaps.
fn is_table(source: &str, chunk: &[Line]) -> bool {
    let has_columns = |line: &Line| {
        let text = line.span.of(source);
        text.contains('\t') || text.contains("   ") || text.matches('|').count() > 1
    };
    chunk.iter().filter(|line| has_columns(line)).count() * 3 >= chunk.len() * 2
}

/// Whether the lines together are a drawing made of signs.
fn is_drawn(source: &str, chunk: &[Line]) -> bool {
    is_drawing(Span::new(chunk[0].span.start, chunk[chunk.len() - 1].span.end).of(source))
}

/// Whether a line starts a list item or a note of its own: `- `, `• `, `1. `, `[1] `.
fn opens_item(source: &str, line: &Line) -> bool {
    let text = line.span.of(source);
    let bullet = ["- ", "• ", "– ", "* ", "† ", "‡ "].iter().any(|bullet| text.starts_with(bullet));
    bullet || super::notes::label(text).is_some_and(|label| label.is_certain(text))
}
