//! A pair of marks that is edited as one. The protocol wants both ranges to hold the same
//! text, so it serves straight marks and those that look alike at both ends.

use super::proto::{LinkedEditingRanges, Position};
use super::snapshot::Snapshot;

pub(super) fn linked_editing_range(
    snapshot: &Snapshot,
    position: Position,
) -> Option<LinkedEditingRanges> {
    let pair = snapshot.pair_at(snapshot.offset(position))?;
    let source = &snapshot.analysis.source;
    if pair[0].of(source) != pair[1].of(source) {
        return None;
    }
    let lines = snapshot.lines();
    Some(LinkedEditingRanges {
        ranges: pair.iter().map(|span| lines.range(*span)).collect(),
        word_pattern: Some("[\"'“”‘’„‚«»‹›]".to_owned()),
    })
}
