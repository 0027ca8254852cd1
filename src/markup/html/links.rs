//! Ids, links and note markers.

use std::borrow::Cow;

use html5gum::StartTag;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;

use super::super::marked::Assembler;
use super::super::{AnchorKind, Document, InlineKind, Language, Pointer, PointerKind};
use super::{clamp, value_in};

/// The attributes of one start tag.
pub(super) struct Attributes<'s> {
    all: Vec<(Vec<u8>, Cow<'s, str>, Span)>,
}

impl<'s> Attributes<'s> {
    pub(super) fn of(source: &'s str, tag: &StartTag<usize>) -> Self {
        let all = tag
            .attributes
            .iter()
            .filter_map(|(name, value)| {
                let (decoded, span) = value_in(source, clamp(source, value.span))?;
                Some((name.0.clone(), decoded, span))
            })
            .collect();
        Self { all }
    }

    /// The decoded value of an attribute and its place.
    pub(super) fn get(&self, name: &str) -> Option<(Cow<'s, str>, Span)> {
        let (_, value, span) = self.all.iter().find(|(known, ..)| known == name.as_bytes())?;
        Some((value.clone(), *span))
    }

    fn value(&self, name: &str) -> &str {
        self.all
            .iter()
            .find(|(known, ..)| known == name.as_bytes())
            .map_or("", |(_, value, _)| value)
    }

    /// The value of `class`.
    pub(super) fn class(&self) -> &str {
        self.value("class")
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
    attributes: &Attributes<'_>,
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
    let target = target.trim().replace(['\n', '\r', '\t'], "");
    Pointer { kind, span, target, scope: 0 }
}

/// A link ends: by its text, is it a note marker or the way back from a note?
pub(super) fn close(out: &mut Assembler<'_>, pointer: usize, from: usize) {
    let in_note = out.is_in_note();
    let text = out.prose_from(from).trim().to_owned();
    let is_fragment = out.pointer_mut(pointer).target.contains('#');
    let kind = out.pointer_mut(pointer).kind;
    if kind == PointerKind::Link && is_fragment && is_label(&text) {
        let kind = if in_note { PointerKind::Backlink } else { PointerKind::Marker };
        out.pointer_mut(pointer).kind = kind;
    }
    if matches!(out.pointer_mut(pointer).kind, PointerKind::Marker | PointerKind::Backlink) {
        out.inline(from, InlineKind::Marker);
    }
}

/// `3`, `[3]`, `(3)`, `*`, `†`, `↩`.
fn is_label(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '.', '\u{fe0e}']);
    let is_number =
        (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || (!inner.is_empty()
            && inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '↩' | '↑' | '^')))
}

/// Tells notes, and the ways back from them, by where the markers lead: most pages have
/// neither roles nor classes that say so.
pub(super) fn tell_notes(document: &mut Document) {
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
            PointerKind::Marker => by_label.get(pointer.target.strip_prefix('#')?).copied(),
            _ => None,
        })
        .collect();
    let mut notes = Vec::new();
    let mut ways_back = FxHashSet::default();
    for (number, target) in targets.iter().enumerate() {
        let Some(note) = target.filter(|_| !ways_back.contains(&number)) else {
            continue;
        };
        notes.push(note);
        let (marker, extent) = (document.pointers[number].span, document.anchors[note].extent);
        let first = document.pointers.partition_point(|other| other.span.start < extent.start);
        let inside = document.pointers[first..].iter().take_while(|p| p.span.end <= extent.end);
        let leads_back = |other: usize| {
            let place = targets[other].map(|anchor| document.anchors[anchor].extent);
            other > number && place.is_some_and(|place| place.covers(marker))
        };
        ways_back.extend((first..first + inside.count()).filter(|&other| leads_back(other)));
    }
    for index in ways_back {
        document.pointers[index].kind = PointerKind::Backlink;
    }
    for index in notes {
        if document.anchors[index].kind == AnchorKind::Id {
            document.anchors[index].kind = AnchorKind::Note;
        }
    }
}

/// Pointers in the order of the source.
pub(super) fn sort(document: &mut Document) {
    document.pointers.sort_by_key(|pointer| pointer.span.start);
}
