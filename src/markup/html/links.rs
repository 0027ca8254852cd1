//! Ids, links and note markers.

use std::borrow::Cow;

use html5gum::StartTag;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::text::Span;

use super::super::marked::{Assembler, is_bare, is_label};
use super::super::{
    Anchor, AnchorKind, BlockKind, Document, InlineKind, Language, Pointer, PointerKind,
};
use super::value_in;

/// The attributes of one start tag.
pub(super) struct Attributes<'t, 's> {
    all: SmallVec<[Attribute<'t, 's>; 4]>,
}

/// The name, the decoded value and its place.
type Attribute<'t, 's> = (&'t [u8], Cow<'s, str>, Span);

impl<'t, 's> Attributes<'t, 's> {
    /// `at` gives the place of a token in the source.
    pub(super) fn of(
        source: &'s str,
        tag: &'t StartTag<usize>,
        at: impl Fn(html5gum::Span<usize>) -> Span,
    ) -> Self {
        let all = tag
            .attributes
            .iter()
            .filter_map(|(name, value)| {
                let (decoded, span) = value_in(source, at(value.span))?;
                Some((name.0.as_slice(), decoded, span))
            })
            .collect();
        Self { all }
    }

    /// The decoded value of an attribute and its place.
    pub(super) fn get(&self, name: &str) -> Option<(Cow<'s, str>, Span)> {
        let (_, value, span) = self.all.iter().find(|(known, ..)| *known == name.as_bytes())?;
        Some((value.clone(), *span))
    }

    fn value(&self, name: &str) -> &str {
        self.all
            .iter()
            .find(|(known, ..)| *known == name.as_bytes())
            .map_or("", |(_, value, _)| value)
    }

    /// The names, with the places of the values.
    pub(super) fn places(&self) -> impl Iterator<Item = (&str, Span)> + Clone {
        self.all.iter().map(|(name, _, span)| (std::str::from_utf8(name).unwrap_or(""), *span))
    }

    /// The value of `class`.
    pub(super) fn class(&self) -> &str {
        self.value("class")
    }

    /// The value of `style`.
    pub(super) fn style(&self) -> &str {
        self.value("style")
    }

    /// The language that the element declares.
    pub(super) fn foreign(&self) -> Option<Language> {
        let tag =
            [self.value("lang"), self.value("xml:lang")].into_iter().find(|t| !t.is_empty())?;
        Some(Language::from_tag(tag)).filter(|language| language.is_known())
    }

    /// EPUB's types and ARIA's roles (EPUB 3 Structural Semantics Vocabulary; DPUB-ARIA).
    fn has_role(&self, names: &[&str]) -> bool {
        ["epub:type", "role"].iter().any(|attribute| {
            self.value(attribute)
                .split_ascii_whitespace()
                .any(|word| names.contains(&word.trim_start_matches("doc-")))
        })
    }

    /// Whether the element is the body of one note.
    pub(super) fn is_note(&self) -> bool {
        self.has_role(&["footnote", "endnote", "rearnote"])
    }

    /// Whether a paragraph or an item is a note by its class.
    pub(super) fn is_note_by_class(&self) -> bool {
        let mut words = self.class().split_ascii_whitespace();
        words.any(|word| {
            ["note", "endnote", "footnote"].iter().any(|known| word.eq_ignore_ascii_case(known))
        })
    }

    /// Whether the element says that it is a note marker.
    pub(super) fn is_note_reference(&self) -> bool {
        self.has_role(&["noteref"])
    }

    /// What an id on this element names.
    pub(super) fn anchor_kind(&self) -> AnchorKind {
        if self.is_note() { AnchorKind::Note } else { AnchorKind::Id }
    }

    fn is_backlink(&self) -> bool {
        self.has_role(&["backlink"])
    }
}

/// The pointer for `href`; whether it is a marker may only be told when the link ends.
pub(super) fn pointer(
    attributes: &Attributes<'_, '_>,
    target: &str,
    span: Span,
    in_note: bool,
) -> Pointer {
    let kind = if attributes.is_backlink() {
        PointerKind::Backlink
    } else if attributes.is_note_reference() && !in_note {
        PointerKind::Marker
    } else {
        PointerKind::Link
    };
    // White space around a URL does not count, nor do line ends in it (URL Standard).
    let target = target.trim();
    let breaks = ['\n', '\r', '\t'];
    let target =
        if target.contains(breaks) { target.replace(breaks, "") } else { target.to_owned() };
    Pointer { kind, span, target, scope: 0 }
}

/// A link ends: by its text, is it a note marker or the way back from a note? Gives whether
/// that is only a guess: a number that stands by itself, as pages of an index do.
pub(super) fn close(out: &mut Assembler<'_>, pointer: usize, from: usize, is_raised: bool) -> bool {
    let in_note = out.is_in_note();
    let text = out.prose_from(from).trim().to_owned();
    let is_attached = out.is_attached(from);
    let Pointer { kind, target, .. } = out.pointer_mut(pointer);
    let is_found = *kind == PointerKind::Link && target.contains('#') && is_label(&text);
    if is_found {
        *kind = if in_note { PointerKind::Backlink } else { PointerKind::Marker };
    }
    if matches!(kind, PointerKind::Marker | PointerKind::Backlink) {
        out.inline(from, InlineKind::Marker);
    }
    is_found && !is_attached && !is_raised && is_bare(&text)
}

/// Tells notes, and the ways back from them, by where the markers lead: most pages have
/// neither roles nor classes that say so. `guesses` are the places of markers that may be
/// other links, in order; those that no way back confirms are taken for links.
pub(super) fn tell_notes(document: &mut Document, source: &str, guesses: &[usize]) {
    let by_label: FxHashMap<&str, usize> = document
        .anchors
        .iter()
        .enumerate()
        .rev()
        .map(|(index, anchor)| (anchor.label.as_str(), index))
        .collect();
    let targets: Vec<Option<usize>> = document
        .pointers
        .iter()
        .map(|pointer| match pointer.kind {
            PointerKind::Marker => by_label.get(pointer.own_id()?).copied(),
            _ => None,
        })
        .collect();
    let is_guess =
        |number: usize| guesses.binary_search(&document.pointers[number].span.start).is_ok();
    let mut notes = FxHashSet::default();
    let mut ways_back = FxHashSet::default();
    let mut unconfirmed = Vec::new();
    for (number, pointer) in document.pointers.iter().enumerate() {
        if pointer.kind != PointerKind::Marker || ways_back.contains(&number) {
            continue;
        }
        let inside = targets[number].map_or(0..0, |note| pointers_in(document, note));
        let leads_back = |other: &usize| {
            let extent = targets[*other].map(|anchor| document.anchors[anchor].extent);
            *other > number && extent.is_some_and(|extent| extent.covers(pointer.span))
        };
        let before = ways_back.len();
        ways_back.extend(inside.filter(leads_back));
        if is_guess(number) && ways_back.len() == before {
            unconfirmed.push((number, targets[number]));
        } else {
            notes.extend(targets[number]);
        }
    }
    // Another marker of the same note may have been more certain.
    let links =
        unconfirmed.into_iter().filter(|(_, note)| note.is_none_or(|n| !notes.contains(&n)));
    for (index, _) in links {
        document.pointers[index].kind = PointerKind::Link;
    }
    for index in ways_back {
        document.pointers[index].kind = PointerKind::Backlink;
    }
    for index in notes {
        make_note(&mut document.anchors[index]);
    }
    tell_orphans(document, source);
}

/// The numbers of the pointers that lie in what an anchor stands for.
fn pointers_in(document: &Document, anchor: usize) -> std::ops::Range<usize> {
    let extent = document.anchors[anchor].extent;
    let first = document.pointers.partition_point(|other| other.span.start < extent.start);
    let inside = document.pointers[first..].iter().take_while(|p| p.span.end <= extent.end);
    first..first + inside.count()
}

/// A paragraph that is a note by its class, begins with a label and has places of which none
/// is known as a note: the first of them is the note's, though no marker leads to it.
fn tell_orphans(document: &mut Document, source: &str) {
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Note) {
        let from = document.anchors.partition_point(|anchor| anchor.span.start < block.span.start);
        let inside = document.anchors[from..].partition_point(|a| a.span.start < block.span.end);
        let anchors = &mut document.anchors[from..from + inside];
        let begins = block.prose.text(source).split_whitespace().next().is_some_and(is_label);
        if begins && anchors.iter().all(|anchor| anchor.kind != AnchorKind::Note) {
            let first = anchors.iter_mut().find(|anchor| anchor.kind == AnchorKind::Id);
            if let Some(anchor) = first {
                make_note(anchor);
            }
        }
    }
}

fn make_note(anchor: &mut Anchor) {
    if anchor.kind == AnchorKind::Id {
        anchor.kind = AnchorKind::Note;
        anchor.needs_marker = true;
    }
}

/// Pointers in the order of the source.
pub(super) fn sort(document: &mut Document) {
    document.pointers.sort_by_key(|pointer| pointer.span.start);
}
