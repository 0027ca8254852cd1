//! Attributes that name and point: `xml:id`, `ref`, `target`, `who` and their like.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

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

/// The kind of pointer that an attribute holds, a list of them or one (TEI P5, datatype
/// `teidata.pointer`).
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
        "who" | "toWhom" | "active" | "passive" | "mutual" => PointerKind::Figure,
        "ref" if names_figure => PointerKind::Figure,
        _ if is_pointer(element, attribute) => PointerKind::Other,
        _ => return None,
    })
}

/// Whether the Guidelines say that the attribute holds pointers; some do on one element only.
fn is_pointer(element: &str, attribute: &str) -> bool {
    match attribute {
        "adj" | "adjFrom" | "adjTo" | "ana" | "baseTypes" | "calendar" | "change" | "children"
        | "copyOf" | "corresp" | "datcat" | "datingMethod" | "datingPoint" | "decls" | "edRef"
        | "exclude" | "facs" | "feats" | "fVal" | "hand" | "inst" | "lemmaRef" | "next"
        | "nymRef" | "parts" | "perf" | "period" | "prev" | "ref" | "rendition" | "resp"
        | "sameAs" | "scheme" | "scribeRef" | "select" | "source" | "spanTo" | "synch"
        | "target" | "targetDatcat" | "targetEnd" | "uri" | "url" | "valueDatcat" | "wit" => true,
        "from" | "to" => matches!(element, "app" | "arc" | "span"),
        "start" | "end" => matches!(
            element,
            "incident"
                | "kinesic"
                | "pause"
                | "shift"
                | "u"
                | "vocal"
                | "writing"
                | "annotationBlock"
        ),
        "class" => matches!(element, "msContents" | "msItem" | "msItemStruct"),
        "new" => element == "handShift",
        "origin" => element == "timeline",
        "parent" => matches!(element, "eLeaf" | "iNode" | "leaf" | "node"),
        "since" => element == "when",
        "where" => element == "event",
        _ => false,
    }
}

/// The pointers that an attribute holds, each with its own place. An attribute that the
/// Guidelines do not know, or not as a pointer, may be one by the edition's own schema: what
/// looks like `#id` in it is given too, as [`PointerKind::Other`] and `false`.
pub(super) fn pointers(element: &str, attribute: &Attribute<'_>) -> (Vec<Pointer>, bool) {
    let known = pointer_kind(element, attribute.name);
    if attribute.name == "key" && pointer_kind(element, "ref") == Some(PointerKind::Figure) {
        // A key may be one of any database, and an id without the sign.
        let kind = PointerKind::Figure;
        let target = format!("#{}", attribute.value);
        return (vec![Pointer { kind, span: attribute.span, target, scope: 0 }], false);
    }
    if known.is_none() && memchr::memchr(b'#', attribute.value.as_bytes()).is_none() {
        return (Vec::new(), false);
    }
    let has_references = attribute.value.len() != attribute.span.len();
    let base = attribute.value.as_ptr() as usize;
    let targets = attribute.value.split_ascii_whitespace();
    let pointers =
        targets.filter(|target| known.is_some() || target.starts_with('#')).map(|target| {
            let offset = target.as_ptr() as usize - base;
            // With references decoded the parts cannot be told apart in the source.
            let span = if has_references {
                attribute.span
            } else {
                let start = attribute.span.start + offset;
                Span::new(start, start + target.len())
            };
            let kind = known.unwrap_or(PointerKind::Other);
            Pointer { kind, span, target: target.to_owned(), scope: 0 }
        });
    (pointers.collect(), known.is_some())
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
