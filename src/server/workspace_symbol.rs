//! Symbols of the whole corpus: headings, notes, entries, and the figures of the authority.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::corpus::AnchorFact;
use crate::figures::Figure;
use crate::markup::AnchorKind;

use super::definition;
use super::proto::{Location, OneOf, SymbolKind, WorkspaceLocation, WorkspaceSymbol, uri_of};
use super::snapshot::CorpusSnapshot;

/// More are not sent: whoever sees so many types on.
const MOST: usize = 200;

pub(super) fn workspace_symbol(snapshot: &CorpusSnapshot, query: &str) -> Vec<WorkspaceSymbol> {
    let query = query.to_lowercase();
    let figures = snapshot.corpus.index.authority().figures().iter();
    let figures = figures.filter(|figure| is_called(figure, &query));
    let mut symbols: Vec<_> =
        figures.take(MOST).filter_map(|figure| of_figure(snapshot, figure)).collect();
    for (document, facts) in snapshot.corpus.index.documents() {
        let left = MOST.saturating_sub(symbols.len());
        if left == 0 {
            break;
        }
        let wanted: Vec<&AnchorFact> = facts
            .anchors
            .iter()
            .filter(|anchor| anchor.kind != AnchorKind::Id && !anchor.label.trim().is_empty())
            .filter(|anchor| anchor.label.to_lowercase().contains(&query))
            .take(left)
            .collect();
        symbols.extend(of_anchors(snapshot, &document, &wanted));
    }
    symbols
}

/// The range of a symbol that was sent without it.
pub(super) fn resolve(corpora: &[CorpusSnapshot], symbol: &WorkspaceSymbol) -> Option<Location> {
    let data: Data = serde_json::from_value(symbol.data.clone()?).ok()?;
    corpora.iter().find_map(|snapshot| match &data {
        Data::Figure { id } => {
            let authority = snapshot.corpus.index.authority();
            let figure = authority.figure(authority.by_id(id)?);
            definition::entry(snapshot, figure)
        }
        Data::Anchor { document, label } => {
            let facts = snapshot.corpus.index.facts(document)?;
            let is_meant =
                |anchor: &&AnchorFact| *anchor.label == **label && named(anchor).0 == symbol.name;
            let anchor = facts.anchors.iter().find(is_meant)?;
            snapshot.locations(document, &[anchor.span()]).pop()
        }
    })
}

/// By what a symbol is found again.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Data {
    Figure { id: String },
    Anchor { document: String, label: String },
}

fn of_anchors(
    snapshot: &CorpusSnapshot,
    document: &str,
    anchors: &[&AnchorFact],
) -> Vec<WorkspaceSymbol> {
    let file = Path::new(document).file_name();
    let file = file.map(|name| name.to_string_lossy().into_owned());
    // Where places are in a file is known only by reading it.
    if snapshot.client.resolves_symbols {
        let Some(uri) = snapshot.uri_of(document) else {
            return Vec::new();
        };
        let location = || OneOf::Right(WorkspaceLocation { uri: uri.clone() });
        let symbols = anchors.iter().map(|anchor| {
            let (name, kind) = named(anchor);
            let label = anchor.label.to_string();
            let data = Data::Anchor { document: document.to_owned(), label };
            let data = serde_json::to_value(data).ok();
            WorkspaceSymbol { data, ..symbol(name, kind, file.clone(), location()) }
        });
        return symbols.collect();
    }
    let spans: Vec<_> = anchors.iter().map(|anchor| anchor.span()).collect();
    let places = snapshot.locations(document, &spans);
    let symbols = anchors.iter().zip(places).map(|(anchor, place)| {
        let (name, kind) = named(anchor);
        symbol(name, kind, file.clone(), OneOf::Left(place))
    });
    symbols.collect()
}

/// What an anchor is called, and as what it is shown.
fn named(anchor: &AnchorFact) -> (String, SymbolKind) {
    match anchor.kind {
        AnchorKind::Note => (format!("note {}", anchor.label), SymbolKind::KEY),
        AnchorKind::Figure => (anchor.label.to_string(), SymbolKind::OBJECT),
        AnchorKind::Heading | AnchorKind::Id | AnchorKind::Work => {
            (anchor.label.to_string(), SymbolKind::STRING)
        }
    }
}

fn is_called(figure: &Figure, query: &str) -> bool {
    [&figure.name, &figure.id, &figure.native]
        .iter()
        .any(|name| name.to_lowercase().contains(query))
}

fn of_figure(snapshot: &CorpusSnapshot, figure: &Figure) -> Option<WorkspaceSymbol> {
    let uri = figure.path.as_deref().filter(|_| snapshot.client.resolves_symbols).and_then(uri_of);
    let (location, data) = match uri {
        Some(uri) => {
            let data = serde_json::to_value(Data::Figure { id: figure.id.clone() }).ok();
            (OneOf::Right(WorkspaceLocation { uri }), data)
        }
        None => (OneOf::Left(definition::entry(snapshot, figure)?), None),
    };
    let uri = match &location {
        OneOf::Left(place) => &place.uri,
        OneOf::Right(place) => &place.uri,
    };
    let file = uri.to_file_path().map(|path| {
        let name = Path::file_name(&path).unwrap_or_default();
        name.to_string_lossy().into_owned()
    });
    Some(WorkspaceSymbol {
        data,
        ..symbol(figure.name.clone(), SymbolKind::OBJECT, file, location)
    })
}

fn symbol(
    name: String,
    kind: SymbolKind,
    container_name: Option<String>,
    location: OneOf<Location, WorkspaceLocation>,
) -> WorkspaceSymbol {
    WorkspaceSymbol { name, kind, tags: None, container_name, location, data: None }
}
