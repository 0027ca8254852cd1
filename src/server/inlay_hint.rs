//! Behind the first mention of a figure in each paragraph: dates, or the preferred form.

use rustc_hash::FxHashSet;

use crate::figures::Figure;

use super::proto::{InlayHint, InlayHintLabel, Range};
use super::snapshot::Snapshot;

pub(super) fn inlay_hint(snapshot: &Snapshot, range: Range) -> Vec<InlayHint> {
    let (start, end) = (snapshot.offset(range.start), snapshot.offset(range.end));
    let blocks = &snapshot.analysis.document.blocks;
    let mut shown = FxHashSet::default();
    let mut hints = Vec::new();
    let mentions = snapshot.facts.mentions.iter();
    for mention in mentions.filter(|one| start <= one.span().end && one.span().start <= end) {
        let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
        let [one] = candidates.as_slice() else {
            continue;
        };
        let block = blocks.partition_point(|block| block.span.start <= mention.span().start);
        if !shown.insert((block, one.figure)) {
            continue;
        }
        let figure = snapshot.index.authority().figure(one.figure);
        let label = if one.form.is_right() { dates(figure) } else { figure.family.clone() };
        if !label.is_empty() {
            hints.push(InlayHint {
                position: snapshot.lines().range(mention.span()).end,
                label: InlayHintLabel::String(label),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    hints
}

/// The years of a life, as far as they are known.
fn dates(figure: &Figure) -> String {
    let year = |date: &str| date.split('-').next().unwrap_or_default().to_owned();
    match (year(&figure.born), year(&figure.died)) {
        (born, died) if born.is_empty() && died.is_empty() => String::new(),
        (born, died) => format!("{born}–{died}"),
    }
}
