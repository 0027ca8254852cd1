//! Folding: sections, the header block, notes, and quotations of several lines.

use crate::markup::{AnchorKind, BlockKind};
use crate::text::Span;

use super::proto::{FoldingRange, FoldingRangeKind};
use super::running::Running;
use super::sections::sections;
use super::snapshot::Snapshot;

pub(super) fn folding_range(snapshot: &Snapshot) -> Vec<FoldingRange> {
    let mut spans: Vec<Span> =
        sections(snapshot).into_iter().map(|section| section.extent).collect();
    spans.extend(header(snapshot));
    spans.extend(notes(snapshot));
    spans.extend(quotations(snapshot));
    spans.extend(quotations_by_markup(snapshot));
    spans.extend(extracts(snapshot));
    spans.extend(Running::all(snapshot).filter_map(|running| running.extent()));
    let lines = &snapshot.lines;
    let source = &snapshot.analysis.source;
    let mut folds: Vec<(usize, usize)> = spans
        .into_iter()
        .map(|span| {
            let trimmed = span.of(source).trim_end().len();
            (lines.line_of(span.start), lines.line_of(span.start + trimmed))
        })
        .filter(|(first, last)| first < last)
        .collect();
    folds.sort_unstable();
    folds.dedup();
    let fold = |(first, last): (usize, usize)| FoldingRange {
        start_line: first as u32,
        end_line: last as u32,
        start_character: None,
        end_character: None,
        kind: Some(FoldingRangeKind::Region),
        collapsed_text: None,
    };
    folds.into_iter().map(fold).collect()
}

/// Author, title, source and credits.
fn header(snapshot: &Snapshot) -> Option<Span> {
    let blocks = snapshot.analysis.document.blocks.iter();
    let is_head = |kind| matches!(kind, BlockKind::Byline | BlockKind::Title | BlockKind::Credits);
    let mut head = blocks.take_while(|block| is_head(block.kind)).map(|block| block.span);
    let first = head.next()?;
    Some(Span::new(first.start, head.last().unwrap_or(first).end))
}

fn notes(snapshot: &Snapshot) -> Vec<Span> {
    let anchors = snapshot.analysis.document.anchors.iter();
    anchors.filter(|one| one.kind == AnchorKind::Note).map(|one| one.extent).collect()
}

fn quotations(snapshot: &Snapshot) -> Vec<Span> {
    let analysis = &snapshot.analysis;
    let blocks = analysis.quotes.blocks.iter().enumerate();
    blocks
        .flat_map(|(number, reading)| {
            let marks = &reading.marks;
            marks.iter().enumerate().filter_map(move |(at, mark)| {
                let partner = mark.partner().filter(|&partner| partner > at)?;
                let start = analysis.to_source(number, mark.span()).start;
                let end = analysis.to_source(number, marks[partner].span()).end;
                (start <= end).then(|| Span::new(start, end))
            })
        })
        .collect()
}

/// Those that an element gives: `<q>`, `<said>`.
fn quotations_by_markup(snapshot: &Snapshot) -> Vec<Span> {
    let analysis = &snapshot.analysis;
    let blocks = analysis.document.blocks.iter().enumerate();
    blocks
        .flat_map(|(number, block)| {
            let tagged = block.inlines.iter().filter(|inline| inline.is_quotation());
            tagged.map(move |inline| analysis.to_source(number, inline.span))
        })
        .collect()
}

/// Displayed quotations, with all their paragraphs.
fn extracts(snapshot: &Snapshot) -> Vec<Span> {
    let blocks = snapshot.analysis.document.blocks.as_slice();
    let runs = blocks.chunk_by(|one, next| one.kind == next.kind);
    let extracts = runs.filter(|run| run[0].kind == BlockKind::Extract);
    extracts.map(|run| Span::new(run[0].span.start, run[run.len() - 1].span.end)).collect()
}
