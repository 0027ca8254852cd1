//! References: all mentions of a figure, all markers of a note.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{DocumentFacts, MentionFact, WordId};
use crate::figures::Candidate;
use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{Location, Position};
use super::snapshot::Snapshot;

/// The mentions of one document: their places and spellings.
type Spans = Vec<(Span, WordId)>;

pub(super) fn references(
    snapshot: &Snapshot,
    position: Position,
    with_declaration: bool,
) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    if let Some(citation) = Citation::at(snapshot, at) {
        let uses = citation.uses(snapshot);
        let places = uses.iter().flat_map(|(document, spans)| snapshot.locations(document, spans));
        let entry = with_declaration.then(|| citation.entry(snapshot)).flatten();
        return Some(places.chain(entry).collect());
    }
    if let Some(places) = of_anchor(snapshot, at, with_declaration) {
        return Some(places);
    }
    let mention = snapshot.facts.mention_at(at)?;
    let found = match snapshot.index.resolve_in(&snapshot.facts, mention).as_slice() {
        [one] => mentions_of(snapshot, one.figure),
        _ => same_word(snapshot, mention),
    };
    let locations = found.iter().flat_map(|(document, spans)| {
        let spans: Vec<Span> = spans.iter().map(|(span, _)| *span).collect();
        snapshot.locations(document, &spans)
    });
    Some(locations.collect())
}

/// Every mention of a figure, by document. Linear in the mentions of the corpus; each
/// name is looked up once, but for those that several figures have.
pub(super) fn mentions_of(snapshot: &Snapshot, figure: u32) -> Vec<(Arc<str>, Spans)> {
    let mut known: FxHashMap<(WordId, Option<WordId>), Option<bool>> = FxHashMap::default();
    let is_it = |candidates: &[Candidate]| matches!(candidates, [one] if one.figure == figure);
    collect(snapshot, |facts, mention| {
        let name = (mention.family, mention.given);
        let told = *known.entry(name).or_insert_with(|| {
            let candidates = snapshot.index.resolve(mention);
            (candidates.len() < 2).then(|| is_it(&candidates))
        });
        told.unwrap_or_else(|| is_it(&snapshot.index.resolve_in(facts, mention)))
    })
}

/// Every mention with the same spelling, by document.
pub(super) fn same_word(snapshot: &Snapshot, wanted: &MentionFact) -> Vec<(Arc<str>, Spans)> {
    collect(snapshot, |_, mention| mention.family == wanted.family)
}

fn collect(
    snapshot: &Snapshot,
    mut wants: impl FnMut(&DocumentFacts, &MentionFact) -> bool,
) -> Vec<(Arc<str>, Spans)> {
    let mut found = Vec::new();
    for (document, facts) in snapshot.index.documents() {
        let spans: Spans = facts
            .mentions
            .iter()
            .filter(|mention| wants(&facts, mention))
            .map(|mention| (mention.span(), mention.family))
            .collect();
        if !spans.is_empty() {
            found.push((document, spans));
        }
    }
    found
}

/// All that points to the note or the anchor at `at`, or to where the pointer there leads.
fn of_anchor(snapshot: &Snapshot, at: usize, with_declaration: bool) -> Option<Vec<Location>> {
    let goal = Goal::at(snapshot, at)?;
    let uses = goal.uses(snapshot);
    let mut places: Vec<Location> =
        uses.iter().flat_map(|(document, spans)| snapshot.locations(document, spans)).collect();
    if with_declaration {
        places.extend(snapshot.locations(&goal.document, &[goal.anchor().span]));
    }
    Some(places)
}
