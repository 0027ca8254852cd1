//! What is not well-formed in a document that can be read all the same (XML 1.0, sections 2 to 4).

use quick_xml::events::BytesStart;

use crate::text::Span;

/// No start tag is looked at or shown further than this, in bytes.
const LONGEST_TAG: usize = 4096;

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
