//! What a reference leads to, in this document or another, and all that leads there.

use std::sync::Arc;

use crate::corpus::{Analysis, Destination, LinkFact};
use crate::markup::{Anchor, InlineKind, PointerKind};
use crate::text::Span;

use super::snapshot::Snapshot;

/// So many pointers before a name may belong to elements inside of its own.
const NEAR: usize = 8;

/// A note, a heading, an id, an entry: a place that can be pointed at.
pub(super) struct Goal {
    /// The document's name in the index.
    pub(super) document: Arc<str>,
    /// The document's facts.
    pub(super) analysis: Arc<Analysis>,
    /// The number of the anchor in it.
    index: usize,
}

impl Goal {
    /// What the pointer or the anchor at byte `at` of the document stands for.
    pub(super) fn at(snapshot: &Snapshot, at: usize) -> Option<Self> {
        let document = &snapshot.analysis.document;
        let here = |index| Self {
            document: Arc::clone(&snapshot.name),
            analysis: Arc::clone(&snapshot.analysis),
            index,
        };
        let pointer = document.pointers.iter().position(|pointer| pointer.span.touches(at));
        if let Some(pointer) = pointer {
            let inner = snapshot.analysis.references.target(pointer);
            return inner
                .map(here)
                .or_else(|| elsewhere(snapshot, document.pointers[pointer].span));
        }
        if let Some(heading) = Self::of_crossing(snapshot, at) {
            return Some(heading);
        }
        // A heading may hold the place that its words are.
        let anchors = document.anchors.iter().enumerate();
        let around = anchors.filter(|(_, anchor)| anchor.span.touches(at));
        let anchor = around.min_by_key(|(_, anchor)| anchor.span.len()).map(|(index, _)| index);
        anchor.map(here).or_else(|| {
            let pointer = pointer_of_name(snapshot, at)?;
            let inner = snapshot.analysis.references.target(pointer);
            inner.map(here).or_else(|| elsewhere(snapshot, document.pointers[pointer].span))
        })
    }

    /// The heading that words at byte `at` name: ‘see chapter IV’.
    fn of_crossing(snapshot: &Snapshot, at: usize) -> Option<Self> {
        let crossings = &snapshot.analysis.references.crossings;
        let crossing = crossings.iter().find(|crossing| crossing.span.touches(at))?;
        Some(Self {
            document: Arc::clone(&snapshot.name),
            analysis: Arc::clone(&snapshot.analysis),
            index: crossing.anchor,
        })
    }

    /// The anchor itself.
    pub(super) fn anchor(&self) -> &Anchor {
        &self.analysis.document.anchors[self.index]
    }

    /// The pointers to it in its own document.
    pub(super) fn own_uses(&self) -> Vec<Span> {
        let pointers = &self.analysis.document.pointers;
        let uses = self.analysis.references.uses(self.index).iter();
        let crossings = self.analysis.references.crossings.iter();
        let words = crossings.filter(|one| one.anchor == self.index).map(|one| one.span);
        uses.map(|&pointer| pointers[pointer].span).chain(words).collect()
    }

    /// All pointers to it by document, its own first. Linear in the links of those that point into
    /// its document.
    pub(super) fn uses(&self, snapshot: &Snapshot) -> Vec<(Arc<str>, Vec<Span>)> {
        let mut all = vec![(Arc::clone(&self.document), self.own_uses())];
        let span = Some(self.anchor().span);
        all.extend(uses_elsewhere(snapshot, &self.document, |_, found| found == span));
        all.retain(|(_, spans)| !spans.is_empty());
        all
    }
}

/// The pointer that the markup gives the name at byte `at`: `ref` of the innermost `persName`
/// around it.
pub(super) fn pointer_of_name(snapshot: &Snapshot, at: usize) -> Option<usize> {
    tagged_name(snapshot, at).map(|(_, pointer)| pointer)
}

/// The same, behind the name.
pub(super) fn tagged_name(snapshot: &Snapshot, at: usize) -> Option<(Span, usize)> {
    let document = &snapshot.analysis.document;
    let block = document.blocks.iter().find(|block| block.span.touches(at))?;
    let around = block.inlines.iter().filter_map(|inline| match &inline.kind {
        InlineKind::Name { targets, .. } if !targets.is_empty() => {
            let span = block.prose.to_source(inline.span);
            span.touches(at).then_some((span, targets))
        }
        _ => None,
    });
    let (name, targets) = around.min_by_key(|(span, _)| span.len())?;
    let before = document.pointers.partition_point(|pointer| pointer.span.end <= name.start);
    // The attributes stand right before the name, or before what its element holds first.
    let near = document.pointers[..before].iter().enumerate().rev().take(NEAR);
    let mut own = near.filter(|(_, pointer)| {
        pointer.kind == PointerKind::Figure
            && targets.iter().any(|target| pointer.span.of(&snapshot.analysis.source) == target)
    });
    own.next().map(|(index, _)| (name, index))
}

/// The links of other documents into `document` that `wants` by where they lead in it.
pub(super) fn uses_elsewhere(
    snapshot: &Snapshot,
    document: &str,
    wants: impl Fn(&LinkFact, Option<Span>) -> bool,
) -> Vec<(Arc<str>, Vec<Span>)> {
    let into = snapshot.index.links_into(document).into_iter();
    let wanted = into.map(|(name, links)| {
        let wanted = links.iter().filter(|(link, span)| wants(link, *span));
        (name, wanted.map(|(link, _)| link.span()).collect::<Vec<_>>())
    });
    wanted.filter(|(_, spans)| !spans.is_empty()).collect()
}

/// What the link with this span leads to in another document.
fn elsewhere(snapshot: &Snapshot, span: Span) -> Option<Goal> {
    let link = snapshot.facts.links.iter().find(|link| link.span() == span)?;
    let Destination::Document { name, span } = snapshot.index.destination(&snapshot.name, link)
    else {
        return None;
    };
    let analysis = snapshot.analysis_of(&name)?;
    let index = analysis.document.anchors.iter().position(|anchor| Some(anchor.span) == span)?;
    Some(Goal { document: name, analysis, index })
}
