//! A selection that grows: word, quotation, the quotation around it, sentence, paragraph,
//! document.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{ProseSpan, Span};

use super::proto::{Position, SelectionRange};
use super::running::Running;
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
    let marks = &analysis.quotes.blocks[number].marks;
    let pairs = marks.iter().enumerate().filter_map(|(index, mark)| {
        let partner = mark.partner().filter(|&partner| partner > index)?;
        Some([mark.span, marks[partner].span].map(to_source))
    });
    let mut quotations: Vec<Quotation> = pairs.filter_map(Quotation::between).collect();
    quotations.retain(|quotation| quotation.whole.touches(at));
    let sentences = text.split_sentence_bound_indices().map(|(start, sentence)| {
        let length = sentence.trim_end().len();
        let sentence = to_source(ProseSpan::new(start, start + length));
        quotations.iter().fold(sentence, |sentence, quotation| quotation.cut(sentence))
    });
    spans.extend(sentences.filter(holds));
    let over_blocks = Running::through(snapshot, number).filter(|running| running.is_closed);
    let over_blocks = over_blocks
        .and_then(|running| Quotation::between([*running.marks.first()?, *running.marks.last()?]));
    let quotations = quotations.into_iter().chain(over_blocks);
    spans.extend(quotations.flat_map(|one| [one.inside, one.whole]).filter(holds));
    spans.push(blocks[number].span);
    spans
}

/// A quotation, without its marks and with them.
struct Quotation {
    inside: Span,
    whole: Span,
}

impl Quotation {
    fn between([open, close]: [Span; 2]) -> Option<Self> {
        (open.end <= close.start).then(|| Self {
            inside: Span::new(open.end, close.start),
            whole: Span::new(open.start, close.end),
        })
    }

    /// What stands inside of a sentence that ends in the quotation or begins in it: what is selected
    /// has both marks or none.
    fn cut(&self, sentence: Span) -> Span {
        let crosses = sentence.start < self.inside.end && sentence.end > self.inside.start;
        if !crosses || sentence.covers(self.whole) || self.inside.covers(sentence) {
            return sentence;
        }
        let start = sentence.start.max(self.inside.start);
        Span::new(start, sentence.end.min(self.inside.end))
    }
}
