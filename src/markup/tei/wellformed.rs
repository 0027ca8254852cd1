//! What is not well-formed in a document that can be read all the same (XML 1.0, sections 2 to 4).

use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;

use crate::text::Span;

use super::super::marked::decode_reference;

/// What an entity may be when it is written out, in bytes.
const LONGEST_ENTITY: u64 = 10_000_000;

/// No start tag is looked at or shown further than this, in bytes.
const LONGEST_TAG: usize = 4096;

/// The entities that a document may use.
#[derive(Clone, Debug, Default)]
pub(super) struct Entities {
    /// Whether a part of the declarations lies in another file.
    are_elsewhere: bool,
    /// Each with its length when it is written out, in bytes.
    declared: FxHashMap<String, u64>,
}

impl Entities {
    /// Reads a document type declaration; gives what is wrong with it.
    pub(super) fn declare(&mut self, declaration: &str) -> Option<String> {
        let (head, internal) = declaration.split_once('[').unwrap_or((declaration, ""));
        let is_elsewhere = |text: &str| text.contains("SYSTEM") || text.contains("PUBLIC");
        self.are_elsewhere |= is_elsewhere(head) || internal.contains("<!ENTITY %");
        let mut bomb = None;
        for entity in internal.split("<!ENTITY").skip(1) {
            let Some(name) = entity.split_whitespace().next() else {
                continue;
            };
            let length = self.length(entity.split(['"', '\'']).nth(1).unwrap_or(""));
            if length > LONGEST_ENTITY {
                bomb.get_or_insert_with(|| name.to_owned());
            }
            self.declared.insert(name.to_owned(), length);
        }
        bomb.map(|name| {
            format!(
                "The entity &{name}; would be larger than 10 MB; entities are not written out here."
            )
        })
    }

    /// The length of a text in which the entities known so far are written out.
    fn length(&self, text: &str) -> u64 {
        let references = text.split('&').skip(1).filter_map(|rest| rest.split(';').next());
        let inner = references.filter_map(|name| self.declared.get(name));
        inner.fold(text.len() as u64, |sum, length| sum.saturating_add(*length))
    }

    /// What is wrong with a reference; `text` is `&name;` or whatever begins with `&`.
    pub(super) fn problem(&self, text: &str) -> Option<String> {
        let name = text.strip_prefix('&')?.strip_suffix(';');
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Some("A & that begins no reference must be written &amp;.".to_owned());
        };
        let is_known = self.are_elsewhere
            || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
            || self.declared.contains_key(name);
        match decode_reference(text) {
            _ if is_known => None,
            None if name.starts_with('#') => Some(format!("There is no character {text}.")),
            _ if name.starts_with('#') => None,
            Some(value) => Some(format!("XML does not know {text} by itself; write {value}.")),
            None => Some(format!("The entity {text} is not declared.")),
        }
    }
}

/// What is wrong with the attributes of a tag.
pub(super) fn attribute_problem(tag: &BytesStart<'_>) -> Option<String> {
    use quick_xml::events::attributes::AttrError;
    // Each attribute is looked for among those before it.
    if tag.len() > LONGEST_TAG {
        return None;
    }
    let error = tag.attributes().find_map(Result::err)?;
    Some(match error {
        AttrError::Duplicated(..) => "This tag has an attribute twice.".to_owned(),
        AttrError::UnquotedValue(_) | AttrError::ExpectedQuote(..) => {
            "A value of an attribute in this tag must stand in quotes.".to_owned()
        }
        AttrError::ExpectedValue(_) | AttrError::ExpectedEq(_) => {
            "An attribute in this tag has no value.".to_owned()
        }
    })
}

/// The start tag that begins at byte `start`.
pub(super) fn tag_at(source: &str, start: usize) -> Span {
    let end = source.ceil_char_boundary((start + LONGEST_TAG).min(source.len()));
    let length = source[start..end].find('>').map_or(1, |at| at + 1);
    Span::new(start, (start + length).min(source.len()))
}
