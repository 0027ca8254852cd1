//! Definition: from a mention to the figure's entry, from a marker to its note and back, from a
//! citation to the work.

use std::path::{Path, PathBuf};

use crate::corpus::Destination;
use crate::figures::{BUILTIN, Figure};
use crate::markup::PointerKind;
use crate::text::{PositionEncoding, Span};

use super::citation::Citation;
use super::goal::{Goal, pointer_of_name};
use super::proto::{Location, Position, Range, uri_of};
use super::references::{mentions_of, same_word};
use super::snapshot::{Snapshot, locations_in, read};

pub(super) fn definition(snapshot: &Snapshot, position: Position) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    if let Some(citation) = Citation::at(snapshot, at) {
        return citation.entry(snapshot).map(|entry| vec![entry]);
    }
    of_reference(snapshot, at).or_else(|| of_name(snapshot, at))
}

/// Declaration: the first mention in the corpus of whoever is named at a place.
pub(super) fn declaration(snapshot: &Snapshot, position: Position) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    let Some(mention) = snapshot.facts.mention_at(at) else {
        return of_reference(snapshot, at);
    };
    let found = match snapshot.index.resolve_in(&snapshot.facts, mention).as_slice() {
        [one] => mentions_of(snapshot, one.figure),
        _ => same_word(snapshot, mention),
    };
    // Where the name is introduced in this document, else the first of the corpus.
    let own = found.iter().find(|(document, _)| *document == snapshot.name);
    let (document, spans) = own.or_else(|| found.first())?;
    Some(snapshot.locations(document, &[spans.first()?.0]))
}

/// A pointer leads to its target, in this file or another; a note's label leads back to its
/// first marker.
fn of_reference(snapshot: &Snapshot, at: usize) -> Option<Vec<Location>> {
    let pointers = &snapshot.analysis.document.pointers;
    let direct = pointers.iter().find(|pointer| pointer.span.touches(at));
    let named = || pointer_of_name(snapshot, at).map(|index| &pointers[index]);
    let Some(pointer) = direct.or_else(named) else {
        let goal = Goal::at(snapshot, at)?;
        if !goal.anchor().span.touches(at) {
            return Some(snapshot.locations(&goal.document, &[goal.anchor().span]));
        }
        let (document, spans) = goal.uses(snapshot).into_iter().next()?;
        return Some(snapshot.locations(&document, spans.get(..1)?));
    };
    if let Some(goal) = Goal::at(snapshot, at) {
        return Some(snapshot.locations(&goal.document, &[goal.anchor().span]));
    }
    let link = snapshot.facts.links.iter().find(|link| link.span() == pointer.span)?;
    if link.kind == PointerKind::Figure {
        let id = link.fragment.as_deref().unwrap_or(&link.path);
        let authority = snapshot.index.authority();
        if let Some(figure) = authority.by_id(id) {
            let figure = authority.figure(figure);
            return entry(snapshot.encoding, figure).map(|place| vec![place]);
        }
    }
    match snapshot.index.destination(&snapshot.name, link) {
        // The cursor is in it already.
        Destination::NoSuchPlace { .. } if link.path.is_empty() => None,
        Destination::Document { name, .. } | Destination::NoSuchPlace { name } => {
            Some(snapshot.locations(&name, &[Span::gap(0)]))
        }
        Destination::File(path) => {
            let uri = uri_of(&path).filter(|_| path.is_file())?;
            Some(vec![Location { uri, range: Range::default() }])
        }
        _ => None,
    }
}

/// A mention leads to the figure's entry; without one to the place that introduces the name.
fn of_name(snapshot: &Snapshot, at: usize) -> Option<Vec<Location>> {
    let mention = snapshot.facts.mention_at(at)?;
    let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
    if candidates.is_empty() {
        let place = snapshot.index.names().places(mention.family).into_iter().next()?;
        return Some(snapshot.locations(&place.document, &[place.span]));
    }
    let authority = snapshot.index.authority();
    let entries = candidates
        .iter()
        .filter_map(|candidate| entry(snapshot.encoding, authority.figure(candidate.figure)));
    Some(entries.collect())
}

/// The entry of a figure; that of a compiled-in one stands in a file made for it.
pub(super) fn entry(encoding: PositionEncoding, figure: &Figure) -> Option<Location> {
    let (path, text) = match &figure.path {
        Some(path) => (path.to_path_buf(), read(path)?),
        None => (builtin_file()?, BUILTIN.into()),
    };
    locations_in(&path, &text, &[figure.span], encoding).pop()
}

/// The starter authority as a file that an editor can open.
fn builtin_file() -> Option<PathBuf> {
    let folder = std::env::temp_dir().join(concat!("rubricator-", env!("CARGO_PKG_VERSION")));
    let path = folder.join("figures.toml");
    if !is_current(&path) {
        std::fs::create_dir_all(&folder).ok()?;
        let mut file = tempfile::NamedTempFile::new_in(&folder).ok()?;
        std::io::Write::write_all(&mut file, BUILTIN.as_bytes()).ok()?;
        file.persist(&path).ok()?;
    }
    Some(path)
}

fn is_current(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes == BUILTIN.as_bytes())
}
