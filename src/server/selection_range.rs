//! A selection that grows: word, quotation, the quotation around it, sentence, paragraph,
//! document.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{ProseSpan, Span};

use super::proto::{Position, SelectionRange};
use super::snapshot::Snapshot;

pub(super) fn selection_range(snapshot: &Snapshot, positions: &[Position]) -> Vec<SelectionRange> {
    positions.iter().map(|position| around(snapshot, snapshot.offset(*position))).collect()
}

fn around(snapshot: &Snapshot, at: usize) -> SelectionRange {
    let mut spans = in_block(snapshot, at);
    spans.push(Span::new(0, snapshot.analysis.source.len()));
    spans.sort_by_key(|span| span.len());
    let lines = snapshot.lines();
    let mut chain: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        // A sentence that ends inside a quotation does not hold it: each holds the last.
        if chain.last().is_none_or(|inner| span.covers(*inner) && span != *inner) {
            chain.push(span);
        }
    }
    let outermost = SelectionRange { range: lines.range(Span::gap(at)), parent: None };
    let grow = |parent: Option<Box<SelectionRange>>, span: &Span| {
        Some(Box::new(SelectionRange { range: lines.range(*span), parent }))
    };
    chain.iter().rev().fold(None, grow).map_or(outermost, |innermost| *innermost)
}

/// All that holds byte `at` in its block, the block included.
fn in_block(snapshot: &Snapshot, at: usize) -> Vec<Span> {
    let analysis = &snapshot.analysis;
    let blocks = &analysis.document.blocks;
    let Some(number) = blocks.iter().position(|block| block.span.touches(at)) else {
        return Vec::new();
    };
    let text = analysis.prose(number);
    let holds = |span: &Span| span.touches(at);
    let to_source = |span: ProseSpan| analysis.to_source(number, span);
    let words = text
        .unicode_word_indices()
        .map(|(start, word)| to_source(ProseSpan::new(start, start + word.len())));
    let mut spans: Vec<Span> = words.filter(holds).collect();
    let sentences = text.split_sentence_bound_indices().map(|(start, sentence)| {
        let length = sentence.trim_end().len();
        to_source(ProseSpan::new(start, start + length))
    });
    spans.extend(sentences.filter(holds));
    let marks = &analysis.quotes.blocks[number].marks;
    for (index, mark) in marks.iter().enumerate() {
        let Some(partner) = mark.partner().filter(|&partner| partner > index) else {
            continue;
        };
        let (open, close) = (to_source(mark.span), to_source(marks[partner].span));
        if open.end <= close.start {
            let quotation = [Span::new(open.end, close.start), Span::new(open.start, close.end)];
            spans.extend(quotation.into_iter().filter(holds));
        }
    }
    spans.push(blocks[number].span);
    spans
}
