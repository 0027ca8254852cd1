//! Symbols of the whole corpus: headings, notes, entries, and the figures of the authority.

use std::path::{Path, PathBuf};

use crate::corpus::AnchorFact;
use crate::figures::Figure;
use crate::markup::AnchorKind;

use super::definition;
use super::proto::{OneOf, SymbolKind, WorkspaceSymbol};
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
        let spans: Vec<_> = wanted.iter().map(|anchor| anchor.span()).collect();
        let places = snapshot.locations(&document, &spans);
        let file = PathBuf::from(&*document);
        let file = file.file_name().map(|name| name.to_string_lossy().into_owned());
        symbols.extend(wanted.into_iter().zip(places).map(|(anchor, place)| {
            let (name, kind) = match anchor.kind {
                AnchorKind::Note => (format!("note {}", anchor.label), SymbolKind::KEY),
                AnchorKind::Figure => (anchor.label.to_string(), SymbolKind::OBJECT),
                AnchorKind::Heading | AnchorKind::Id => {
                    (anchor.label.to_string(), SymbolKind::STRING)
                }
            };
            symbol(name, kind, file.clone(), OneOf::Left(place))
        }));
    }
    symbols
}

fn is_called(figure: &Figure, query: &str) -> bool {
    [&figure.name, &figure.id, &figure.native]
        .iter()
        .any(|name| name.to_lowercase().contains(query))
}

fn of_figure(snapshot: &CorpusSnapshot, figure: &Figure) -> Option<WorkspaceSymbol> {
    let place = definition::entry(snapshot.encoding, figure)?;
    let file = place.uri.to_file_path().map(|path| {
        let name = Path::file_name(&path).unwrap_or_default();
        name.to_string_lossy().into_owned()
    });
    Some(symbol(figure.name.clone(), SymbolKind::OBJECT, file, OneOf::Left(place)))
}

fn symbol(
    name: String,
    kind: SymbolKind,
    container_name: Option<String>,
    location: OneOf<super::proto::Location, super::proto::WorkspaceLocation>,
) -> WorkspaceSymbol {
    WorkspaceSymbol { name, kind, tags: None, container_name, location, data: None }
}
