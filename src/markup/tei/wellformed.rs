//! What is not well-formed in a document that can be read all the same (XML 1.0, sections 2 to 4).

use quick_xml::events::BytesStart;

use crate::text::Span;

use super::super::Problem;
use super::super::marked::Entities;
use super::pointers::Attribute;

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

/// More characters that XML does not allow are not told one by one.
const MOST_CHARACTERS: usize = 100;

/// No reference is longer, in bytes.
const LONGEST_REFERENCE: usize = 64;

/// Characters that no document of XML may have (XML 1.0, section 2.2). Linear; most text is looked at in
/// one go.
pub(in crate::markup) fn characters(source: &str) -> Vec<Problem> {
    let bytes = source.as_bytes();
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let stretches = bytes.chunks(LONGEST_TAG).enumerate();
    let bad = stretches
        .filter(|(_, stretch)| stretch.iter().fold(false, |has, &byte| has | is_control(byte)))
        .flat_map(|(number, stretch)| {
            let places = stretch.iter().enumerate().filter(|(_, byte)| is_control(**byte));
            places.map(move |(at, &byte)| (number * LONGEST_TAG + at, byte))
        });
    let problem = |(at, byte): (usize, u8)| Problem {
        span: Span::new(at, at + 1),
        message: format!("XML does not allow this control character (U+{byte:04X})."),
    };
    bad.take(MOST_CHARACTERS).map(problem).collect()
}

/// What is wrong with the name of an element.
pub(super) fn element_problem(name: &str) -> Option<String> {
    (!is_name(name)).then(|| format!("“{name}” is no name that an element of XML can have."))
}

/// What is wrong with a processing instruction; `inner` stands between its `<?` and `?>`.
pub(super) fn instruction_problem(inner: &str) -> Option<String> {
    let name = inner.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
    (!is_name(name)).then(|| "A processing instruction must begin with its name.".to_owned())
}

/// What is wrong with the names and the values of attributes; the first of it.
pub(super) fn attributes_problem(
    source: &str,
    tag: Span,
    attributes: &[Attribute<'_>],
    entities: &Entities,
) -> Option<Problem> {
    if tag.len() > LONGEST_TAG {
        return None;
    }
    attributes.iter().find_map(|attribute| {
        let start = attribute.name.as_ptr() as usize - source.as_ptr() as usize;
        let span = Span::new(start, start + attribute.name.len());
        let is_apart = source[..start].ends_with(|c: char| c.is_ascii_whitespace());
        if !is_name(attribute.name) {
            let name = attribute.name;
            let message = format!("“{name}” is no name that an attribute of XML can have.");
            return Some(Problem { span, message });
        }
        if !is_apart {
            let message = "There must be a space before this attribute.".to_owned();
            return Some(Problem { span, message });
        }
        reference_problem(attribute.span.of(source), entities).map(|(at, message)| {
            let at = attribute.span.start + at;
            Problem { span: Span::new(at, at + 1), message }
        })
    })
}

/// The first reference in a value that is none, and where it begins.
fn reference_problem(value: &str, entities: &Entities) -> Option<(usize, String)> {
    memchr::memchr_iter(b'&', value.as_bytes()).find_map(|at| {
        let rest = &value[at..];
        let end = rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        let reference = end.map_or("&", |end| &rest[..=end]);
        let inner = &reference[1..reference.len().max(2) - 1];
        let is_one = is_name(inner.strip_prefix('#').map_or(inner, |_| "number"));
        let problem = entities.problem(if is_one { reference } else { "&" });
        problem.map(|message| (at, message))
    })
}

/// Whether XML takes it for a name (XML 1.0, section 2.3); letters outside of ASCII are all let pass.
fn is_name(text: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii();
    let goes_on = |c: char| begins(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    text.starts_with(begins) && text.chars().all(goes_on)
}
