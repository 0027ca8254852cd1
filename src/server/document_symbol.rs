//! Document symbols: headings and notes.

use crate::markup::AnchorKind;

use super::proto::{DocumentSymbol, DocumentSymbolResponse, SymbolKind};
use super::snapshot::Snapshot;

/// Shown of a note beside its label, in characters.
const LONGEST_DETAIL: usize = 60;

#[expect(deprecated, reason = "the protocol's type still has the field")]
pub(super) fn document_symbol(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let lines = snapshot.lines();
    let anchors = snapshot.analysis.document.anchors.iter();
    let symbols = anchors.filter_map(|anchor| {
        let (name, kind, detail) = match anchor.kind {
            AnchorKind::Heading => (anchor.label.clone(), SymbolKind::STRING, None),
            AnchorKind::Note => {
                let text = anchor.extent.of(&snapshot.analysis.source);
                let detail = text.chars().take(LONGEST_DETAIL).collect();
                (format!("note {}", anchor.label), SymbolKind::KEY, Some(detail))
            }
            AnchorKind::Id | AnchorKind::Figure => return None,
        };
        // The protocol forbids symbols without a name.
        (!name.trim().is_empty()).then(|| DocumentSymbol {
            name,
            detail,
            kind,
            tags: None,
            deprecated: None,
            range: lines.range(anchor.extent),
            selection_range: lines.range(anchor.span),
            children: None,
        })
    });
    DocumentSymbolResponse::Nested(symbols.collect())
}
