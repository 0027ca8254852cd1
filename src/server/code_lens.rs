//! Above each note, each entry and each element that is only there to be pointed at: how many
//! references lead to it.

use rustc_hash::FxHashMap;

use crate::markup::{Anchor, AnchorKind};
use crate::text::Span;

use super::goal::uses_elsewhere;
use super::proto::{CodeLens, Command};
use super::snapshot::Snapshot;

pub(super) fn code_lens(snapshot: &Snapshot) -> Vec<CodeLens> {
    let analysis = &snapshot.analysis;
    let lines = snapshot.lines();
    let elsewhere = from_elsewhere(snapshot);
    let anchors = analysis.document.anchors.iter().enumerate();
    anchors
        .filter(|(_, anchor)| {
            matches!(anchor.kind, AnchorKind::Note | AnchorKind::Figure | AnchorKind::Work)
                || is_only_a_place(&analysis.source, anchor)
        })
        .filter_map(|(index, anchor)| {
            let others = elsewhere.get(&anchor.span).copied().unwrap_or(0);
            let title = match analysis.references.uses(index).len() + others {
                // It is read where it stands.
                0 if anchor.kind == AnchorKind::Note && !anchor.needs_marker => return None,
                0 => "nothing points here".to_owned(),
                1 => "1 reference".to_owned(),
                count => format!("{count} references"),
            };
            let command = Command { title, command: String::new(), arguments: None };
            Some(CodeLens { range: lines.range(anchor.span), command: Some(command), data: None })
        })
        .collect()
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
