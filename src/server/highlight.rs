//! Highlights: the partner of a quotation mark or of the tag of a quotation, the other ends of a reference, all that speaks of
//! a figure in the document, in whatever spelling.

use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{DocumentHighlight, DocumentHighlightKind, Position};
use super::quotation::quotations;
use super::running::Running;
use super::snapshot::Snapshot;
use super::who;

pub(super) fn highlight(snapshot: &Snapshot, position: Position) -> Option<Vec<DocumentHighlight>> {
    let at = snapshot.offset(position);
    let marks = running(snapshot, at).or_else(|| snapshot.pair_at(at).map(|pair| pair.to_vec()));
    let marked = || {
        let who = who::marked_at(snapshot, at)?;
        Some(who::uses_in(snapshot, who.figure))
    };
    let spans = marks
        .or_else(marked)
        .or_else(|| reference(snapshot, at))
        .or_else(|| mentions(snapshot, at))
        .or_else(|| tags(snapshot, at))?;
    let shown = spans.into_iter().map(|span| DocumentHighlight {
        range: snapshot.lines().range(span),
        kind: Some(DocumentHighlightKind::TEXT),
    });
    Some(shown.collect())
}

/// The marks of a quotation that goes on over several paragraphs, if one of them stands at byte `at`.
fn running(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let blocks = &snapshot.analysis.document.blocks;
    let number = blocks.iter().position(|block| block.span.touches(at))?;
    let marks = Running::through(snapshot, number)?.marks;
    marks.iter().any(|mark| mark.touches(at)).then_some(marks)
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
    if let [one] = snapshot.index.resolve_in(&snapshot.facts, wanted).as_slice() {
        return Some(who::uses_in(snapshot, one.figure));
    }
    let mentions = snapshot.facts.mentions.iter();
    Some(mentions.filter(|other| other.family == wanted.family).map(|one| one.span()).collect())
}

/// The two tags of an element that quotes, at one of which the place is.
fn tags(snapshot: &Snapshot, at: usize) -> Option<Vec<Span>> {
    let blocks = &snapshot.analysis.document.blocks;
    let number = blocks.iter().position(|block| block.span.touches(at))?;
    let ends = quotations(snapshot, number).into_iter().map(|one| one.ends().to_vec());
    let mut at_tag = ends.filter(|ends| ends.iter().any(|end| end.touches(at)));
    at_tag.next_back()
}
