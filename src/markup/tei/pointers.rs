//! Attributes that name and point: `xml:id`, `ref`, `target`, `who` and their like.

use std::borrow::Cow;

use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;

use crate::text::Span;

use super::super::marked::decode_attribute;
use super::super::{AnchorKind, Pointer, PointerKind};

/// An attribute and the place of its value, quotes left out.
pub(super) struct Attribute<'s> {
    pub(super) name: &'s str,
    pub(super) value: Cow<'s, str>,
    pub(super) span: Span,
}

/// The attributes of the tag at `span`.
pub(super) fn attributes<'s>(
    source: &'s str,
    tag: &BytesStart<'_>,
    span: Span,
) -> Vec<Attribute<'s>> {
    // The parser hands out slices of the text it was given; their distance from the tag's
    // first name is their place in the source.
    let raw = tag.attributes_raw();
    let Some(raw_start) = span.of(source).find(raw).map(|at| span.start + at) else {
        return Vec::new();
    };
    let mut attributes = Vec::new();
    let mut at = raw_start;
    for attribute in tag.attributes().with_checks(false).flatten() {
        let (key, raw_value) = (attribute.key.0, attribute.value.as_ref());
        let rest = &source[at..span.end];
        let Some(key_at) = rest.find(key).map(|offset| at + offset) else {
            continue;
        };
        let after_key = key_at + key.len();
        let Some(open) = source[after_key..span.end].find(['"', '\'']) else {
            continue;
        };
        let start = after_key + open + 1;
        let value_span = Span::new(start, start + raw_value.len());
        let Some(value) = source.get(value_span.range()).filter(|value| *value == raw_value) else {
            continue;
        };
        let name = &source[key_at..after_key];
        attributes.push(Attribute { name, value: decode_attribute(value), span: value_span });
        at = value_span.end;
    }
    attributes
}

/// What an `xml:id` on this element names.
pub(super) fn anchor_kind(element: &str) -> AnchorKind {
    match element {
        "note" => AnchorKind::Note,
        "person" | "personGrp" | "org" | "place" | "persona" => AnchorKind::Figure,
        _ => AnchorKind::Id,
    }
}

/// Attributes whose values are lists of pointers (TEI P5, datatype `teidata.pointer`), with
/// the kind of pointer.
fn pointer_kind(element: &str, attribute: &str) -> Option<PointerKind> {
    let names_figure = matches!(
        element,
        "persName"
            | "orgName"
            | "placeName"
            | "name"
            | "rs"
            | "geogName"
            | "author"
            | "editor"
            | "settlement"
            | "country"
    );
    Some(match attribute {
        "target" if element == "ref" || element == "ptr" => PointerKind::Link,
        "target" => PointerKind::Other,
        "who" | "toWhom" | "active" | "passive" | "mutual" => PointerKind::Figure,
        "ref" if names_figure => PointerKind::Figure,
        "ref" | "corresp" | "ana" | "sameAs" | "copyOf" | "next" | "prev" | "wit" | "hand"
        | "resp" | "decls" | "synch" | "exclude" | "facs" | "source" | "edRef" | "change"
        | "spanTo" | "targetEnd" | "rendition" | "parts" | "nymRef" | "scheme" | "from" | "to"
            if attribute != "from" && attribute != "to" =>
        {
            PointerKind::Other
        }
        _ => return None,
    })
}

/// The pointers that an attribute holds, each with its own place.
pub(super) fn pointers(element: &str, attribute: &Attribute<'_>) -> Vec<Pointer> {
    let Some(kind) = pointer_kind(element, attribute.name) else {
        return Vec::new();
    };
    let has_references = attribute.value.len() != attribute.span.len();
    let base = attribute.value.as_ptr() as usize;
    attribute
        .value
        .split_ascii_whitespace()
        .map(|target| {
            let offset = target.as_ptr() as usize - base;
            // With references decoded the parts cannot be told apart in the source.
            let span = if has_references {
                attribute.span
            } else {
                let start = attribute.span.start + offset;
                Span::new(start, start + target.len())
            };
            Pointer { kind, span, target: target.to_owned(), scope: 0 }
        })
        .collect()
}

/// The pointers by which a name says whose it is.
pub(super) fn name_targets(attributes: &[Attribute<'_>]) -> Vec<String> {
    attributes
        .iter()
        .filter(|attribute| matches!(attribute.name, "ref" | "key" | "corresp"))
        .flat_map(|attribute| attribute.value.split_ascii_whitespace())
        .map(str::to_owned)
        .collect()
}

/// Prefixes declared in `prefixDef`: `pers:khrushchev` for `people.xml#khrushchev`.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    known: FxHashMap<String, String>,
}

impl Prefixes {
    /// Notes the declaration that an element makes, if it is one. Only patterns that take
    /// the whole name (`([a-z]+)` → `people.xml#$1`) are followed.
    pub(super) fn declare<'a>(&mut self, element: &str, get: &impl Fn(&str) -> Option<&'a str>) {
        if element != "prefixDef" {
            return;
        }
        let (Some(prefix), Some(replacement)) = (get("ident"), get("replacementPattern")) else {
            return;
        };
        if replacement.ends_with("$1") {
            let stem = replacement.trim_end_matches("$1").to_owned();
            self.known.insert(prefix.to_owned(), stem);
        }
    }

    /// Writes out the prefixes in the pointers.
    pub(super) fn apply(&self, pointers: &mut [Pointer]) {
        for pointer in pointers {
            if let Some((prefix, name)) = pointer.target.split_once(':')
                && let Some(stem) = self.known.get(prefix)
            {
                pointer.target = format!("{stem}{name}");
            }
        }
    }
}
