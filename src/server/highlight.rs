//! Highlights: the partner of a quotation mark, other mentions of a name in the document.

use crate::text::Span;

use super::proto::{DocumentHighlight, DocumentHighlightKind, Position};
use super::snapshot::Snapshot;

pub(super) fn highlight(snapshot: &Snapshot, position: Position) -> Option<Vec<DocumentHighlight>> {
    let at = snapshot.offset(position);
    let spans = marks(snapshot, at).or_else(|| mentions(snapshot, at))?;
    let shown = spans.into_iter().map(|span| DocumentHighlight {
        range: snapshot.lines().range(span),
        kind: Some(DocumentHighlightKind::TEXT),
    });
    Some(shown.collect())
}

fn marks(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let analysis = &snapshot.analysis;
    let number = analysis.document.blocks.iter().position(|block| block.span.touches(at))?;
    let marks = &analysis.quotes.blocks[number].marks;
    let mark = marks.iter().find(|mark| analysis.to_source(number, mark.span).touches(at))?;
    let partner = marks[mark.partner?].span;
    Some(vec![analysis.to_source(number, mark.span), analysis.to_source(number, partner)])
}

fn mentions(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let wanted = snapshot.facts.mention_at(at)?;
    let mentions = snapshot.facts.mentions.iter();
    Some(mentions.filter(|other| other.family == wanted.family).map(|one| one.span()).collect())
}
