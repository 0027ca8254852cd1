//! Works that are cited by a key: the entry in its bibliography, and all that cite it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::corpus::{Cited, DocumentFacts};
use crate::markup::{Anchor, AnchorKind, PointerKind, Work};
use crate::references::{Bibliography, Source};
use crate::text::Span;

use super::goal::Goal;
use super::proto::Location;
use super::snapshot::{Snapshot, locations_in, read};

/// A citation at the cursor, of a work that stands in another file.
pub(super) struct Citation {
    /// The key as it stands in the text.
    pub(super) span: Span,
    pub(super) source: Source,
    /// The file of the bibliography.
    pub(super) path: PathBuf,
    pub(super) bibliography: Arc<Bibliography>,
}

impl Citation {
    /// The citation at byte `at`, if the work is found.
    pub(super) fn at(snapshot: &Snapshot, at: usize) -> Option<Self> {
        let link = snapshot
            .facts
            .links
            .iter()
            .find(|link| link.kind == PointerKind::Citation && link.span().touches(at))?;
        let key = link.fragment.as_deref()?;
        let cited = snapshot.index.cited(&snapshot.name, &snapshot.facts, key);
        let Cited::Source { path, bibliography, .. } = cited else {
            return None;
        };
        let source = bibliography.get(key)?.clone();
        Some(Self { span: link.span(), source, path, bibliography })
    }

    /// The entry in the bibliography.
    pub(super) fn entry(&self, snapshot: &Snapshot) -> Option<Location> {
        let text = read(&self.path)?;
        locations_in(&self.path, &text, &[self.source.span], snapshot.encoding).pop()
    }

    /// The citations of the work in all documents, by document.
    pub(super) fn uses(&self, snapshot: &Snapshot) -> Vec<(Arc<str>, Vec<Span>)> {
        let documents = snapshot.index.documents();
        let uses = documents.into_iter().map(|(name, facts)| {
            let spans = self.uses_in(snapshot, &name, &facts);
            (name, spans)
        });
        uses.filter(|(_, spans)| !spans.is_empty()).collect()
    }

    /// The citations of the work in one document.
    pub(super) fn uses_in(
        &self,
        snapshot: &Snapshot,
        name: &str,
        facts: &DocumentFacts,
    ) -> Vec<Span> {
        let key = self.source.key.as_str();
        let links = facts.links.iter().filter(|link| {
            link.kind == PointerKind::Citation && link.fragment.as_deref() == Some(key)
        });
        let spans: Vec<Span> = links.map(|link| link.span()).collect();
        let is_it = !spans.is_empty()
            && matches!(snapshot.index.cited(name, facts, key), Cited::Source { path, span, .. }
                if path == self.path && span == self.source.span);
        if is_it { spans } else { Vec::new() }
    }
}

/// What the work cited at byte `at` is, in one line, and the key in the text.
pub(super) fn described(snapshot: &Snapshot, at: usize) -> Option<(String, Span)> {
    if let Some(citation) = Citation::at(snapshot, at) {
        return Some((citation.source.line(), citation.span));
    }
    let document = &snapshot.analysis.document;
    let pointer = document
        .pointers
        .iter()
        .find(|one| one.kind == PointerKind::Citation && one.span.touches(at))?;
    let goal = Goal::at(snapshot, at)?;
    Some((own_work(&goal.analysis.source, goal.anchor()).line(), pointer.span))
}

/// A work that a document lists in its own head.
fn own_work(source: &str, anchor: &Anchor) -> Source {
    Source::of_work(source, &Work::new(&anchor.label, anchor.span, anchor.extent))
}

/// The works that can be cited where this document stands, each with its line.
pub(super) fn works_of(snapshot: &Snapshot) -> Vec<(String, String)> {
    let files = snapshot.index.bibliographies(&snapshot.name, &snapshot.facts);
    let listed = files.iter().filter_map(|(_, file)| file.as_deref());
    let listed = listed
        .flat_map(|file| file.sources.iter().map(|source| (source.key.clone(), source.line())));
    let analysis = &snapshot.analysis;
    let anchors = analysis.document.anchors.iter();
    let own = anchors
        .filter(|anchor| anchor.kind == AnchorKind::Work)
        .map(|anchor| (anchor.label.clone(), own_work(&analysis.source, anchor).line()));
    own.chain(listed).collect()
}

/// Whether the document declares works to cite.
pub(super) fn cites(snapshot: &Snapshot) -> bool {
    let document = &snapshot.analysis.document;
    document.pointers.iter().any(|one| one.kind == PointerKind::Bibliography)
        || document.anchors.iter().any(|anchor| anchor.kind == AnchorKind::Work)
}
