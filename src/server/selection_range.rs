//! A selection that grows: word, quotation, the quotation around it, sentence, paragraph,
//! document.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{ProseSpan, Span};

use super::proto::{Position, SelectionRange};
use super::quotation::{Quotation, quotations};
use super::running::Running;
use super::sentences::sentences;
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
        // Each holds the last.
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
    let sentences = sentences(text, &analysis.mentions_of(number));
    let sentences: Vec<Span> = sentences.into_iter().map(to_source).collect();
    let quotations = quotations(snapshot, number);
    spans.extend(sentences_around(&sentences, &quotations, at).into_iter().filter(holds));
    let over_blocks = Running::through(snapshot, number).filter(|running| running.is_closed);
    let over_blocks = over_blocks
        .and_then(|running| Quotation::between([*running.marks.first()?, *running.marks.last()?]));
    let quotations = quotations.into_iter().chain(over_blocks);
    spans.extend(quotations.flat_map(|one| [one.inside, one.whole]).filter(holds));
    spans.push(whole_block(&analysis.source, blocks[number].span));
    spans
}

/// A block with the end tag of its element, and without the end of its last line.
fn whole_block(source: &str, block: Span) -> Span {
    let text = block.of(source).trim_end();
    let end = block.start + text.len();
    let element = text
        .strip_prefix('<')
        .and_then(|tag| tag.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next());
    let rest = source[end..].trim_start();
    let behind = element.and_then(|name| {
        rest.strip_prefix("</")?.strip_prefix(name)?.trim_start().strip_prefix('>')
    });
    Span::new(block.start, behind.map_or(end, |behind| source.len() - behind.len()))
}

/// The sentence that byte `at` stands in, and those around each of the quotations that it stands in. What
/// is selected has both marks of a quotation or none.
fn sentences_around(sentences: &[Span], quotations: &[Quotation], at: usize) -> Vec<Span> {
    let mut around: Vec<&Quotation> =
        quotations.iter().filter(|one| one.inside.touches(at)).collect();
    around.sort_by_key(|one| one.whole.len());
    let here = Quotation { inside: Span::gap(at), whole: Span::gap(at) };
    let inner = [&here].into_iter().chain(around.iter().copied());
    let outer = around.iter().map(|one| Some(one.inside)).chain([None]);
    let levels = inner.zip(outer);
    levels.filter_map(|(inner, outer)| sentence(sentences, quotations, inner, outer)).collect()
}

/// The sentence or sentences around a quotation, with what they quote in full and without what stands
/// outside of the quotation around, `outer`.
fn sentence(
    sentences: &[Span],
    quotations: &[Quotation],
    inner: &Quotation,
    outer: Option<Span>,
) -> Option<Span> {
    // Tags stand before the sentence that they are of.
    let start_of = |one: &Quotation| {
        let next = sentences.partition_point(|sentence| sentence.start <= one.inside.start);
        sentences.get(next.saturating_sub(1)).map(|first| first.start.min(one.whole.start))
    };
    let end_of = |one: &Quotation| {
        let here = sentences.partition_point(|sentence| sentence.end < one.inside.end);
        sentences.get(here).or(sentences.last()).map(|last| last.end.max(one.whole.end))
    };
    let (mut start, mut end) = (start_of(inner)?, end_of(inner)?);
    let is_beside = |one: &&Quotation| outer.is_none_or(|outer| outer.covers(one.whole));
    for one in quotations.iter().rev().filter(is_beside) {
        if one.whole.start < start && start < one.whole.end {
            start = start_of(one)?;
        }
    }
    for one in quotations.iter().filter(is_beside) {
        if one.whole.start < end && end < one.whole.end {
            end = end_of(one)?;
        }
    }
    let outer = outer.unwrap_or(Span::new(start, end));
    let (start, end) = (start.max(outer.start), end.min(outer.end));
    (start < end).then(|| Span::new(start, end))
}
