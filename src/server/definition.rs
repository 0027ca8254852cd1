//! Definition: from a mention to the figure's entry and back, from a marker to its note and back,
//! from a citation to the work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::Destination;
use crate::figures::{self, BUILTIN, Figure};
use crate::markup::PointerKind;
use crate::text::Span;

use super::citation::Citation;
use super::corpora::name_of;
use super::goal::{Goal, pointer_of_name};
use super::proto::{Location, Position, Range, uri_of};
use super::references::{mentions_of, same_word};
use super::snapshot::{CorpusSnapshot, Snapshot, locations_in, read};
use super::who;

pub(super) fn definition(snapshot: &Snapshot, position: Position) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    if let Some(citation) = Citation::at(snapshot, at) {
        return citation.entry(snapshot).map(|entry| vec![entry]);
    }
    let marked = who::marked_at(snapshot, at);
    if let Some(who) = marked.as_ref().filter(|who| who.is_entry) {
        return first_use(&snapshot.corpus, Some(snapshot), who.figure).map(|place| vec![place]);
    }
    let of_mark = || {
        let figure = snapshot.index.authority().figure(marked?.figure);
        Some(vec![entry(&snapshot.corpus, figure)?])
    };
    of_reference(snapshot, at).or_else(of_mark).or_else(|| of_name(snapshot, at))
}

/// From an entry to the first place that speaks of the figure, in another file if there is one.
pub(super) fn first_use(
    corpus: &CorpusSnapshot,
    own: Option<&Snapshot>,
    figure: u32,
) -> Option<Location> {
    let uses = who::uses(corpus, own, figure);
    let is_other =
        |(document, _): &&(Arc<str>, Vec<Span>)| own.is_none_or(|own| *document != own.name);
    let (document, spans) = uses.iter().find(is_other).or_else(|| uses.first())?;
    corpus.locations(document, &[*spans.first()?]).pop()
}

/// Declaration: the first mention in the corpus of whoever is named at a place.
pub(super) fn declaration(snapshot: &Snapshot, position: Position) -> Option<Vec<Location>> {
    let at = snapshot.offset(position);
    let Some(mention) = snapshot.facts.mention_at(at) else {
        return of_reference(snapshot, at);
    };
    let found = match snapshot.index.resolve_in(&snapshot.facts, mention).as_slice() {
        [one] => mentions_of(&snapshot.index, one.figure),
        _ => same_word(&snapshot.index, mention),
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
            return entry(&snapshot.corpus, figure).map(|place| vec![place]);
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
        .filter_map(|candidate| entry(&snapshot.corpus, authority.figure(candidate.figure)));
    Some(entries.collect())
}

/// The entry of a figure; that of a compiled-in one stands in a file made for it.
pub(super) fn entry(corpus: &CorpusSnapshot, figure: &Figure) -> Option<Location> {
    let path = match &figure.path {
        Some(path) => path.to_path_buf(),
        None => builtin_file()?,
    };
    let name = name_of(&path);
    if let Some(open) = corpus.open_page(&name) {
        // An editor may have changed the file since it was read.
        let entries = figures::entries(&path, &open.page.text);
        let (entry, _) = entries.iter().find(|(entry, _)| entry.id == figure.id)?;
        return corpus.locations(&name, &[entry.span]).pop();
    }
    locations_in(&path, &read(&path)?, &[figure.span], corpus.encoding).pop()
}

/// Where the starter authority is put as a file that an editor can open.
pub(super) fn builtin_path() -> PathBuf {
    let folder = std::env::temp_dir().join(concat!("rubricator-", env!("CARGO_PKG_VERSION")));
    folder.join("figures.toml")
}

fn builtin_file() -> Option<PathBuf> {
    let path = builtin_path();
    if !is_current(&path) {
        let folder = path.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
        std::io::Write::write_all(&mut file, BUILTIN.as_bytes()).ok()?;
        file.persist(&path).ok()?;
    }
    Some(path)
}

fn is_current(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes == BUILTIN.as_bytes())
}
