//! Highlights: the partner of a quotation mark, the other ends of a reference, other
//! mentions of a name in the document.

use crate::quotes::Role;
use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{DocumentHighlight, DocumentHighlightKind, Position};
use super::snapshot::Snapshot;

pub(super) fn highlight(snapshot: &Snapshot, position: Position) -> Option<Vec<DocumentHighlight>> {
    let at = snapshot.offset(position);
    let marks = running(snapshot, at).or_else(|| snapshot.pair_at(at).map(|pair| pair.to_vec()));
    let spans = marks.or_else(|| reference(snapshot, at)).or_else(|| mentions(snapshot, at))?;
    let shown = spans.into_iter().map(|span| DocumentHighlight {
        range: snapshot.lines().range(span),
        kind: Some(DocumentHighlightKind::TEXT),
    });
    Some(shown.collect())
}

/// The marks of a quotation that goes on over several paragraphs, if one of them stands at byte `at`:
/// those that open it again and again, and the one that closes it.
fn running(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let analysis = &snapshot.analysis;
    let readings = &analysis.quotes.blocks;
    let number = analysis.document.blocks.iter().position(|block| block.span.touches(at))?;
    let head = |block: usize| {
        readings[block]
            .marks
            .first()
            .filter(|mark| mark.span.start == 0 && mark.role == Role::Opens)
    };
    let goes_on_into = |block: usize| readings[block - 1].goes_on > 0 && head(block).is_some();
    let first = (1..=number).rev().find(|&block| !goes_on_into(block)).unwrap_or(0);
    let begins = readings[first]
        .marks
        .iter()
        .find(|mark| mark.role == Role::Opens && mark.partner().is_none() && mark.depth == 0)?;
    let mut spans = vec![analysis.to_source(first, begins.span)];
    for (block, reading) in readings.iter().enumerate().skip(first + 1) {
        let Some(again) = head(block).filter(|_| goes_on_into(block)) else {
            break;
        };
        let close = again.partner().map(|close| reading.marks[close].span);
        let marks = [Some(again.span), close];
        spans.extend(marks.into_iter().flatten().map(|span| analysis.to_source(block, span)));
        if close.is_some() {
            break;
        }
    }
    let is_one = spans.len() > 1 && spans.iter().any(|span| span.touches(at));
    is_one.then_some(spans)
}

/// A note or an anchor of this document with its markers and links.
fn reference(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    if let Some(citation) = Citation::at(snapshot, at) {
        return Some(citation.uses_in(snapshot, &snapshot.name, &snapshot.facts));
    }
    let goal = Goal::at(snapshot, at).filter(|goal| goal.document == snapshot.name)?;
    let mut spans = goal.own_uses();
    spans.push(goal.anchor().span);
    Some(spans)
}

fn mentions(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let wanted = snapshot.facts.mention_at(at)?;
    let mentions = snapshot.facts.mentions.iter();
    Some(mentions.filter(|other| other.family == wanted.family).map(|one| one.span()).collect())
}
