//! Above each note, each entry and each element that is only there to be pointed at: how many
//! references lead to it, or how often a figure is spoken of.

use rustc_hash::FxHashMap;

use crate::corpus::MentionFact;
use crate::markup::{Anchor, AnchorKind};
use crate::text::Span;

use super::goal::uses_elsewhere;
use super::proto::{CodeLens, Command, Range};
use super::snapshot::Snapshot;
use super::who;

pub(super) fn code_lens(snapshot: &Snapshot) -> Vec<CodeLens> {
    let analysis = &snapshot.analysis;
    let lines = snapshot.lines();
    let elsewhere = from_elsewhere(snapshot);
    // Entries of the authority are rare among documents, and what counts them looks at all.
    let mut of_figures = None;
    let anchors = analysis.document.anchors.iter().enumerate();
    anchors
        .filter(|(_, anchor)| {
            matches!(anchor.kind, AnchorKind::Note | AnchorKind::Figure | AnchorKind::Work)
                || is_only_a_place(&analysis.source, anchor)
        })
        .filter_map(|(index, anchor)| {
            let own = analysis.references.uses(index).len();
            let figure = Some(anchor).filter(|anchor| anchor.kind == AnchorKind::Figure);
            let figure = figure
                .and_then(|anchor| who::entered(&snapshot.index, &snapshot.name, &anchor.label));
            let others = match figure {
                Some(figure) => {
                    let counts = of_figures.get_or_insert_with(|| who::counts(&snapshot.index));
                    let all = counts.get(&figure).copied().unwrap_or(0);
                    all.saturating_sub(mentions_within(snapshot, anchor.extent, figure))
                }
                None => elsewhere.get(&anchor.span).copied().unwrap_or(0),
            };
            // It is read where it stands.
            let is_in_place = anchor.kind == AnchorKind::Note && !anchor.needs_marker;
            let count = own + others;
            (count > 0 || !is_in_place).then(|| lens(lines.range(anchor.span), count))
        })
        .collect()
}

/// A lens that shows a number of references.
pub(super) fn lens(range: Range, count: usize) -> CodeLens {
    let title = match count {
        0 => "nothing points here".to_owned(),
        1 => "1 reference".to_owned(),
        count => format!("{count} references"),
    };
    let command = Command { title, command: String::new(), arguments: None };
    CodeLens { range, command: Some(command), data: None }
}

/// How often a figure is named in a part of the document, such as its own entry.
fn mentions_within(snapshot: &Snapshot, part: Span, figure: u32) -> usize {
    let facts = &snapshot.facts;
    let first = facts.mentions.partition_point(|mention| mention.span().start < part.start);
    let inside = facts.mentions[first..].iter().take_while(|one| part.covers(one.span()));
    let is_meant = |mention: &&MentionFact| {
        let candidates = snapshot.index.resolve_in(facts, mention);
        matches!(candidates.as_slice(), [one] if one.figure == figure)
    };
    inside.filter(is_meant).count()
}

/// Whether an element is there for nothing but to be pointed at: `<a name="dam">`,
/// `<anchor xml:id="dam"/>`. Other ids serve many purposes.
fn is_only_a_place(source: &str, anchor: &Anchor) -> bool {
    let element = &source[anchor.extent.start..];
    let Some(tag) = element.strip_prefix('<') else {
        return false;
    };
    let name = tag.split([' ', '\n', '\t', '\r', '>', '/']).next().unwrap_or("");
    // A marker has an id for the way back to it.
    let tag = tag.split('>').next().unwrap_or("").to_ascii_lowercase();
    anchor.kind == AnchorKind::Id
        && (name == "anchor" || name.eq_ignore_ascii_case("a") && !tag.contains("href"))
}

/// How many links of other documents lead to each place of this one.
fn from_elsewhere(snapshot: &Snapshot) -> FxHashMap<Span, usize> {
    let counts = std::cell::RefCell::new(FxHashMap::default());
    uses_elsewhere(snapshot, &snapshot.name, |_, span| {
        if let Some(span) = span {
            *counts.borrow_mut().entry(span).or_insert(0) += 1;
        }
        false
    });
    counts.into_inner()
}
