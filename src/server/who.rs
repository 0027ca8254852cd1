//! Who is meant: by the markup, or by the name; and all that speaks of a figure.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{Analysis, CorpusIndex, Destination, DocumentFacts, LinkFact, MentionFact};
use crate::markup::{Anchor, AnchorKind, InlineKind, PointerKind};
use crate::references;
use crate::text::Span;

use super::corpora::name_of;
use super::goal::tagged_name;
use super::references::mentions_of;
use super::snapshot::{CorpusSnapshot, Snapshot};

/// How far before the words of a name its tag may begin, in bytes.
const LONGEST_TAG: usize = 400;

/// A figure of the authority, and what stands for it in a text.
pub(super) struct Who {
    /// The figure's number.
    pub(super) figure: u32,
    pub(super) span: Span,
    /// Whether that is its entry, in a personography that is open as a text.
    pub(super) is_entry: bool,
}

/// Whom the markup at byte `at` means: `ref`, `key`, the name that has one, or the id of an entry.
pub(super) fn marked_at(snapshot: &Snapshot, at: usize) -> Option<Who> {
    let document = &snapshot.analysis.document;
    let is_at = |span: Span| span.touches(at);
    let mut pointers = document.pointers.iter();
    if let Some(pointer) = pointers.position(|pointer| is_at(pointer.span)) {
        let span = document.pointers[pointer].span;
        let figure = pointed_at(snapshot, pointer)?;
        return Some(Who { figure, span, is_entry: false });
    }
    let mut anchors = document.anchors.iter();
    let entry = anchors.find(|one| one.kind == AnchorKind::Figure && is_at(one.span));
    if let Some(entry) = entry {
        let figure = entered(&snapshot.index, &snapshot.name, &entry.label)?;
        return Some(Who { figure, span: entry.span, is_entry: true });
    }
    let tagged = tagged_name(snapshot, at).and_then(|(span, pointer)| {
        Some(Who { figure: pointed_at(snapshot, pointer)?, span, is_entry: false })
    });
    tagged.or_else(|| keyed_at(snapshot, at)).or_else(|| worded_at(snapshot, at))
}

/// Whom words mean that are no name, by a pointer that leads to no place: the web address of an entry.
fn worded_at(snapshot: &Snapshot, at: usize) -> Option<Who> {
    let (span, figure) = snapshot.index.marked_at(&snapshot.facts, at)?;
    Some(Who { figure, span, is_entry: false })
}

/// Whom `key` means at a name, or at the key itself in the tag before that. It is no pointer: it may be
/// one of any database.
fn keyed_at(snapshot: &Snapshot, at: usize) -> Option<Who> {
    let analysis = &snapshot.analysis;
    let blocks = analysis.document.blocks.iter();
    let near = blocks.filter(|block| block.span.start.saturating_sub(LONGEST_TAG) <= at);
    let inlines = near.take_while(|block| block.span.start <= at + LONGEST_TAG).flat_map(|block| {
        block.inlines.iter().map(|inline| (block.prose.to_source(inline.span), &inline.kind))
    });
    let mut found = inlines.filter_map(|(name, kind)| {
        let InlineKind::Name { targets, .. } = kind else {
            return None;
        };
        let authority = snapshot.index.authority();
        let (key, figure) =
            targets.iter().find_map(|target| Some((target, authority.by_id(target)?)))?;
        let tag = analysis.source[..name.start].rfind('<')?;
        let written = tag + analysis.source[tag..name.start].find(key.as_str())?;
        let spans = [Span::new(written, written + key.len()), name];
        let span = spans.into_iter().find(|span| span.touches(at))?;
        Some(Who { figure, span, is_entry: false })
    });
    found.next()
}

/// The figure that a pointer of the document leads to.
fn pointed_at(snapshot: &Snapshot, pointer: usize) -> Option<u32> {
    let document = &snapshot.analysis.document;
    if let Some(target) = snapshot.analysis.references.target(pointer) {
        let label = &document.anchors[target].label;
        return entered(&snapshot.index, &snapshot.name, label);
    }
    let span = document.pointers[pointer].span;
    let link = snapshot.facts.links.iter().find(|link| link.span() == span)?;
    of_link(&snapshot.index, &snapshot.name, link)
}

/// The figure whose entry with this id stands in a document.
pub(super) fn entered(index: &CorpusIndex, document: &str, id: &str) -> Option<u32> {
    let authority = index.authority();
    let figure = authority.by_id(id)?;
    let path = authority.figure(figure).path.as_deref()?;
    (path == Path::new(document)).then_some(figure)
}

/// The figure that a link of a document leads to.
fn of_link(index: &CorpusIndex, document: &str, link: &LinkFact) -> Option<u32> {
    if link.kind != PointerKind::Figure {
        return None;
    }
    let Some(fragment) = link.fragment.as_deref().filter(|_| !link.path.is_empty()) else {
        let id = link.fragment.as_deref().unwrap_or(&link.path);
        return references::ids(id).find_map(|id| index.authority().by_id(&id));
    };
    let file = match index.destination(document, link) {
        Destination::Document { name, .. } | Destination::NoSuchPlace { name } => name,
        Destination::File(path) => name_of(&path),
        _ => return None,
    };
    references::ids(fragment).find_map(|id| entered(index, &file, &id))
}

/// The entry of a figure in a personography that is a document of the corpus.
struct Entry {
    document: Arc<str>,
    analysis: Arc<Analysis>,
    /// The number of the anchor.
    anchor: usize,
}

impl Entry {
    fn of(corpus: &CorpusSnapshot, own: Option<&Snapshot>, figure: u32) -> Option<Self> {
        let index = &corpus.corpus.index;
        let figure = index.authority().figure(figure);
        let document = name_of(figure.path.as_deref()?);
        index.facts(&document)?;
        let analysis = match own {
            Some(own) => own.analysis_of(&document),
            None => corpus.analysis_of(&document),
        }?;
        let mut anchors = analysis.document.anchors.iter();
        let is_entry = |one: &Anchor| one.kind == AnchorKind::Figure && one.label == figure.id;
        let anchor = anchors.position(is_entry)?;
        Some(Self { document, analysis, anchor })
    }

    fn anchor(&self) -> &Anchor {
        &self.analysis.document.anchors[self.anchor]
    }

    /// The pointers to it in its own document.
    fn uses(&self) -> impl Iterator<Item = Span> {
        let pointers = &self.analysis.document.pointers;
        let uses = self.analysis.references.uses(self.anchor).iter();
        uses.map(|&pointer| pointers[pointer].span)
    }
}

/// All that speaks of a figure, by document: its mentions, and what else the markup points at it with.
/// What its own entry says is left out. `own` is a document that has been read anyhow. Linear in the
/// mentions and the links of the corpus.
pub(super) fn uses(
    corpus: &CorpusSnapshot,
    own: Option<&Snapshot>,
    figure: u32,
) -> Vec<(Arc<str>, Vec<Span>)> {
    let index = &corpus.corpus.index;
    let mut all: BTreeMap<Arc<str>, Vec<Span>> = BTreeMap::new();
    for (document, mentions) in mentions_of(index, figure) {
        all.entry(document).or_default().extend(mentions.iter().map(|(span, _)| *span));
    }
    let entry = Entry::of(corpus, own, figure);
    for (document, facts) in index.documents() {
        let mut pointers = links_to(index, &document, &facts, figure);
        if let Some(entry) = entry.as_ref().filter(|entry| entry.document == document) {
            let extent = entry.anchor().extent;
            pointers.retain(|span| !extent.covers(*span));
            if let Some(mentions) = all.get_mut(&document) {
                mentions.retain(|span| !extent.covers(*span));
            }
            pointers.extend(entry.uses());
            pointers.sort();
        }
        let speaking = index.speaking(&facts, figure, &pointers);
        if !speaking.is_empty() {
            all.entry(document).or_default().extend(speaking);
        }
    }
    for spans in all.values_mut() {
        spans.sort();
        spans.dedup();
    }
    all.retain(|_, spans| !spans.is_empty());
    all.into_iter().collect()
}

/// All that speaks of a figure in one document, with the id of its entry.
pub(super) fn uses_in(snapshot: &Snapshot, figure: u32) -> Vec<Span> {
    let (index, facts) = (&snapshot.index, &snapshot.facts);
    let is_meant = |mention: &&MentionFact| matches!(index.resolve_in(facts, mention).as_slice(), [one] if one.figure == figure);
    let mentions = facts.mentions.iter().filter(is_meant);
    let mut spans: Vec<Span> = mentions.map(MentionFact::span).collect();
    spans.extend(links_to(index, &snapshot.name, facts, figure));
    let path = index.authority().figure(figure).path.as_deref();
    let is_here = path == Some(Path::new(&*snapshot.name));
    let entry = is_here.then(|| Entry::of(&snapshot.corpus, Some(snapshot), figure)).flatten();
    if let Some(entry) = entry {
        spans.extend(entry.uses());
        spans.push(entry.anchor().span);
    }
    spans.sort();
    spans.dedup();
    spans
}

/// What points in all documents at the entry with this id in `document`, by document; nothing if it is no
/// entry of the authority. Linear in the links of the corpus.
pub(super) fn pointers_to_entry(
    index: &CorpusIndex,
    document: &str,
    id: &str,
) -> Vec<(Arc<str>, Vec<Span>)> {
    let Some(figure) = entered(index, document, id) else {
        return Vec::new();
    };
    let documents = index.documents().into_iter();
    let links = documents.map(|(name, facts)| {
        let spans = links_to(index, &name, &facts, figure);
        (name, spans)
    });
    links.filter(|(_, spans)| !spans.is_empty()).collect()
}

fn links_to(index: &CorpusIndex, document: &str, facts: &DocumentFacts, figure: u32) -> Vec<Span> {
    let links = facts.links.iter();
    let own = links.filter(|link| of_link(index, document, link) == Some(figure));
    own.map(LinkFact::span).collect()
}

/// How much speaks of each figure, by figure, what stands in entries with it. Linear in the
/// documents of the corpus and their links.
pub(super) fn counts(index: &CorpusIndex) -> FxHashMap<u32, usize> {
    let named = index.named().into_iter();
    let mut counts: FxHashMap<u32, usize> =
        named.map(|(figure, count)| (figure, count as usize)).collect();
    for (document, facts) in index.documents() {
        let links = facts.links.iter();
        let mut pointers: Vec<(u32, Span)> = links
            .filter_map(|link| Some((of_link(index, &document, link)?, link.span())))
            .collect();
        pointers.sort();
        for of_one in pointers.chunk_by(|a, b| a.0 == b.0) {
            let figure = of_one[0].0;
            let spans: Vec<Span> = of_one.iter().map(|(_, span)| *span).collect();
            let speaking = index.speaking(&facts, figure, &spans);
            *counts.entry(figure).or_insert(0) += speaking.len();
        }
    }
    counts
}
