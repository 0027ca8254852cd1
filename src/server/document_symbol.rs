//! Document symbols: headings and notes, each under the section that it stands in.

use crate::markup::AnchorKind;
use crate::text::Span;

use super::proto::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};
use super::sections::sections;
use super::snapshot::Snapshot;

/// Shown of a note beside its label, in characters.
const LONGEST_DETAIL: usize = 60;

pub(super) fn document_symbol(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let mut flat = headings(snapshot);
    flat.extend(notes(snapshot));
    // The protocol forbids symbols without a name.
    flat.retain(|(_, symbol)| !symbol.name.trim().is_empty());
    flat.sort_by_key(|(extent, _)| (extent.start, std::cmp::Reverse(extent.end)));
    if !snapshot.corpus.client.nests_symbols {
        let symbols = flat.into_iter().map(|(_, symbol)| information(snapshot, symbol));
        return DocumentSymbolResponse::Flat(symbols.collect());
    }
    DocumentSymbolResponse::Nested(nested(flat))
}

fn headings(snapshot: &Snapshot) -> Vec<(Span, DocumentSymbol)> {
    let sections = sections(snapshot).into_iter();
    sections
        .map(|section| {
            let place = (section.extent, section.heading);
            (section.extent, symbol(snapshot, section.title, SymbolKind::STRING, None, place))
        })
        .collect()
}

fn notes(snapshot: &Snapshot) -> Vec<(Span, DocumentSymbol)> {
    let anchors = snapshot.analysis.document.anchors.iter();
    anchors
        .filter(|anchor| anchor.kind == AnchorKind::Note)
        .map(|anchor| {
            let text = anchor.extent.of(&snapshot.analysis.source);
            let detail = text.chars().take(LONGEST_DETAIL).collect();
            let name = format!("note {}", anchor.label);
            let place = (anchor.extent, anchor.span);
            (anchor.extent, symbol(snapshot, name, SymbolKind::KEY, Some(detail), place))
        })
        .collect()
}

#[expect(deprecated, reason = "the protocol's type still has the field")]
fn symbol(
    snapshot: &Snapshot,
    name: String,
    kind: SymbolKind,
    detail: Option<String>,
    (extent, label): (Span, Span),
) -> DocumentSymbol {
    let lines = snapshot.lines();
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: lines.range(extent),
        selection_range: lines.range(label),
        children: None,
    }
}

/// A symbol for a client that knows only lists of them.
#[expect(deprecated, reason = "the protocol's type still has the field")]
fn information(snapshot: &Snapshot, symbol: DocumentSymbol) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name,
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location { uri: snapshot.uri.clone(), range: symbol.range },
        container_name: None,
    }
}

/// Puts each symbol under the last one whose extent holds it.
fn nested(flat: Vec<(Span, DocumentSymbol)>) -> Vec<DocumentSymbol> {
    let mut top = Vec::new();
    let mut open: Vec<(Span, DocumentSymbol)> = Vec::new();
    let close = |open: &mut Vec<(Span, DocumentSymbol)>, top: &mut Vec<DocumentSymbol>| {
        if let Some((_, symbol)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.children.get_or_insert_default().push(symbol),
                None => top.push(symbol),
            }
        }
    };
    for (extent, symbol) in flat {
        while open.last().is_some_and(|(outer, _)| !outer.covers(extent)) {
            close(&mut open, &mut top);
        }
        open.push((extent, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}
