//! Definition: from a mention to the figure's entry, from a marker to its note and back.

use std::path::{Path, PathBuf};

use crate::figures::{BUILTIN, Figure};

use super::proto::{Location, Position};
use super::snapshot::{Snapshot, locations_in, read};

pub(super) fn definition(snapshot: &Snapshot, position: Position) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    of_reference(snapshot, at).or_else(|| of_name(snapshot, at))
}

/// A marker leads to its note; a note's label leads back to its first marker.
fn of_reference(snapshot: &Snapshot, at: usize) -> Option<Vec<Location>> {
    let analysis = &snapshot.analysis;
    let document = &analysis.document;
    if let Some(pointer) = document.pointers.iter().position(|pointer| pointer.span.touches(at)) {
        let anchor = analysis.references.target(pointer)?;
        return Some(vec![snapshot.here(document.anchors[anchor].span)]);
    }
    let anchor = document.anchors.iter().position(|anchor| anchor.span.touches(at))?;
    let marker = *analysis.references.uses(anchor).first()?;
    Some(vec![snapshot.here(document.pointers[marker].span)])
}

/// A mention leads to the figure's entry; without one to the place that introduces the name.
fn of_name(snapshot: &Snapshot, at: usize) -> Option<Vec<Location>> {
    let mention = snapshot.facts.mention_at(at)?;
    let candidates = snapshot.index.resolve(mention);
    if candidates.is_empty() {
        let place = snapshot.index.names().places(mention.family).into_iter().next()?;
        return Some(snapshot.locations(&place.document, &[place.span]));
    }
    let authority = snapshot.index.authority();
    let entries = candidates
        .iter()
        .filter_map(|candidate| entry(snapshot, authority.figure(candidate.figure)));
    Some(entries.collect())
}

fn entry(snapshot: &Snapshot, figure: &Figure) -> Option<Location> {
    let (path, text) = match &figure.path {
        Some(path) => (path.to_path_buf(), read(path)?),
        None => (builtin_file()?, BUILTIN.into()),
    };
    locations_in(&path, &text, &[figure.span], snapshot.encoding).pop()
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
