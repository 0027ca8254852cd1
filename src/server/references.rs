//! References: all that speaks of a figure, all markers of a note.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{CorpusIndex, DocumentFacts, MentionFact, WordId};
use crate::figures::Candidate;
use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{Location, Position};
use super::snapshot::{CorpusSnapshot, Snapshot};
use super::{definition, who};

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
    if let Some(who) = who::marked_at(snapshot, at) {
        return Some(of_figure(&snapshot.corpus, Some(snapshot), who.figure, with_declaration));
    }
    if let Some(places) = of_anchor(snapshot, at, with_declaration) {
        return Some(places);
    }
    let mention = snapshot.facts.mention_at(at)?;
    if let [one] = snapshot.index.resolve_in(&snapshot.facts, mention).as_slice() {
        // Whoever asks from a name wants the texts; the entry is where the definition leads.
        return Some(of_figure(&snapshot.corpus, Some(snapshot), one.figure, false));
    }
    let found = same_word(&snapshot.index, mention);
    let locations = found.iter().flat_map(|(document, spans)| {
        let spans: Vec<Span> = spans.iter().map(|(span, _)| *span).collect();
        snapshot.locations(document, &spans)
    });
    Some(locations.collect())
}

/// All places that speak of a figure, and its entry. `own` is the document that is asked about.
pub(super) fn of_figure(
    corpus: &CorpusSnapshot,
    own: Option<&Snapshot>,
    figure: u32,
    with_declaration: bool,
) -> Vec<Location> {
    let uses = who::uses(corpus, own, figure);
    let places = uses.iter().flat_map(|(document, spans)| corpus.locations(document, spans));
    let figure = corpus.corpus.index.authority().figure(figure);
    // That of the starter authority is in no file of the user's.
    let has_entry = with_declaration && figure.path.is_some();
    let entry = has_entry.then(|| definition::entry(corpus, figure)).flatten();
    places.chain(entry).collect()
}

/// Every mention of a figure, by document. Linear in the mentions of the corpus; each
/// name is looked up once, but for those that several figures have.
pub(super) fn mentions_of(index: &CorpusIndex, figure: u32) -> Vec<(Arc<str>, Spans)> {
    let mut known: FxHashMap<(WordId, Option<WordId>), Option<bool>> = FxHashMap::default();
    let is_it = |candidates: &[Candidate]| matches!(candidates, [one] if one.figure == figure);
    collect(index, |facts, mention| {
        if let Some(told) = index.told_by_markup(facts, mention) {
            return told.figure == figure;
        }
        let name = (mention.family, mention.given);
        let told = *known.entry(name).or_insert_with(|| {
            let candidates = index.resolve(mention);
            (candidates.len() < 2).then(|| is_it(&candidates))
        });
        told.unwrap_or_else(|| is_it(&index.resolve_in(facts, mention)))
    })
}

/// Every mention with the same spelling, by document.
pub(super) fn same_word(index: &CorpusIndex, wanted: &MentionFact) -> Vec<(Arc<str>, Spans)> {
    collect(index, |_, mention| mention.family == wanted.family)
}

fn collect(
    index: &CorpusIndex,
    mut wants: impl FnMut(&DocumentFacts, &MentionFact) -> bool,
) -> Vec<(Arc<str>, Spans)> {
    let mut found = Vec::new();
    for (document, facts) in index.documents() {
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
