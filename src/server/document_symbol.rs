//! Document symbols: headings, notes, entries of figures, and in each section the figures that it
//! speaks of.

use rustc_hash::FxHashMap;

use crate::markup::{Anchor, AnchorKind};
use crate::text::Span;

use super::capabilities::ClientAbilities;
use super::proto::{
    DocumentSymbol, DocumentSymbolResponse, Lines, Location, SymbolInformation, SymbolKind, Uri,
};
use super::sections::sections;
use super::snapshot::Snapshot;
use super::who;

/// Shown of a note beside its label, in characters.
const LONGEST_DETAIL: usize = 60;

pub(super) fn document_symbol(snapshot: &Snapshot) -> DocumentSymbolResponse {
    let mut flat = headings(snapshot);
    flat.extend(notes(snapshot));
    flat.extend(entries(snapshot));
    flat.extend(figures(snapshot));
    // The protocol forbids symbols without a name.
    flat.retain(|(_, symbol)| !symbol.name.trim().is_empty());
    flat.sort_by_key(|(extent, _)| (extent.start, std::cmp::Reverse(extent.end)));
    response(flat, &snapshot.uri, &snapshot.corpus.client)
}

/// Symbols in the order of the source as a client understands them.
pub(super) fn response(
    flat: Vec<(Span, DocumentSymbol)>,
    uri: &Uri,
    client: &ClientAbilities,
) -> DocumentSymbolResponse {
    if client.nests_symbols {
        return DocumentSymbolResponse::Nested(nested(flat));
    }
    let symbols = flat.into_iter().map(|(_, symbol)| information(uri, symbol));
    DocumentSymbolResponse::Flat(symbols.collect())
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
            let detail = text.trim_end().chars().take(LONGEST_DETAIL).collect();
            let name = format!("note {}", anchor.label);
            let place = (anchor.extent, anchor.span);
            (anchor.extent, symbol(snapshot, name, SymbolKind::KEY, Some(detail), place))
        })
        .collect()
}

/// The entries of a personography.
fn entries(snapshot: &Snapshot) -> Vec<(Span, DocumentSymbol)> {
    let anchors = snapshot.analysis.document.anchors.iter();
    let entries = anchors.filter(|anchor| anchor.kind == AnchorKind::Figure);
    let entry = |anchor: &Anchor| {
        let figure = who::entered(&snapshot.index, &snapshot.name, &anchor.label);
        let name = match figure {
            Some(figure) => snapshot.index.authority().figure(figure).name.clone(),
            None => anchor.label.clone(),
        };
        let place = (anchor.extent, anchor.span);
        (anchor.extent, symbol(snapshot, name, SymbolKind::OBJECT, None, place))
    };
    entries.map(entry).collect()
}

/// The figures that are named, each once in a section, where it names them first.
fn figures(snapshot: &Snapshot) -> Vec<(Span, DocumentSymbol)> {
    let facts = &snapshot.facts;
    let anchors = snapshot.analysis.document.anchors.iter();
    let entries: Vec<Span> = anchors
        .filter(|anchor| anchor.kind == AnchorKind::Figure)
        .map(|anchor| anchor.extent)
        .collect();
    let sections: Vec<Span> = sections(snapshot).iter().map(|section| section.extent).collect();
    let mut numbers: FxHashMap<(Option<usize>, u32), usize> = FxHashMap::default();
    let mut found: Vec<(Span, u32, usize)> = Vec::new();
    for mention in &facts.mentions {
        let candidates = snapshot.index.resolve_in(facts, mention);
        let [one] = candidates.as_slice() else {
            continue;
        };
        let span = mention.span();
        if innermost(&entries, span).is_some() {
            continue;
        }
        let key = (innermost(&sections, span), one.figure);
        match numbers.get(&key) {
            Some(&number) => found[number].2 += 1,
            None => {
                numbers.insert(key, found.len());
                found.push((span, one.figure, 1));
            }
        }
    }
    let shown = found.into_iter().map(|(span, figure, count)| {
        let name = snapshot.index.authority().figure(figure).name.clone();
        let detail = (count > 1).then(|| format!("{count} mentions"));
        (span, symbol(snapshot, name, SymbolKind::OBJECT, detail, (span, span)))
    });
    shown.collect()
}

/// The last of some extents, in the order of the source, that holds a span.
fn innermost(extents: &[Span], span: Span) -> Option<usize> {
    let before = extents.partition_point(|extent| extent.start <= span.start);
    extents[..before].iter().rposition(|extent| extent.covers(span))
}

fn symbol(
    snapshot: &Snapshot,
    name: String,
    kind: SymbolKind,
    detail: Option<String>,
    (extent, label): (Span, Span),
) -> DocumentSymbol {
    symbol_on(&snapshot.lines(), name, kind, detail, (extent, label))
}

/// A symbol of a text with these lines, from its extent and what names it.
#[expect(deprecated, reason = "the protocol's type still has the field")]
pub(super) fn symbol_on(
    lines: &Lines<'_>,
    name: String,
    kind: SymbolKind,
    detail: Option<String>,
    (extent, label): (Span, Span),
) -> DocumentSymbol {
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
fn information(uri: &Uri, symbol: DocumentSymbol) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name,
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location { uri: uri.clone(), range: symbol.range },
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
