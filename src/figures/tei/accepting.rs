//! A spelling that becomes a right one in a personography, which keeps every other byte that it has.

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::markup::decoded;
use crate::text::Span;

use super::adding::behind;
use super::name::plain;
use super::{Entry, attribute, is_makeshift, is_wrong, next_event};

/// What to write where so that the entry with this id accepts `form`: one more name behind those that it has, or,
/// where it has the form as a wrong one, that name without its `type`. `None` if the file cannot be read, has no
/// such entry, or the entry has no names or accepts the form.
pub fn accepting_in_tei(text: &str, id: &str, form: &str) -> Option<(Span, String)> {
    let names = names_of(text, id)?;
    if let Some(name) = names.iter().find(|name| plain(&name.words) == form) {
        let of_type = type_in(name.tag.of(text)).filter(|_| name.is_wrong)?;
        let start = name.tag.start;
        return Some((Span::new(start + of_type.start, start + of_type.end), String::new()));
    }
    let last = names.last()?;
    let written = format!("<{0}>{1}</{0}>", last.element, escape(form));
    Some((Span::gap(last.end), behind(&text[..last.tag.start], &written)))
}

/// A name of an entry.
struct Known {
    /// Its start tag, bytes of the file.
    tag: Span,
    /// Behind its end tag.
    end: usize,
    /// The name of the element: `tei:persName`.
    element: String,
    words: String,
    is_wrong: bool,
}

/// The names directly in the entry with this id. `None` if there is no such entry, or the file cannot be read.
fn names_of(text: &str, id: &str) -> Option<Vec<Known>> {
    let mut reader = Reader::from_str(text);
    let mut names: Vec<Known> = Vec::new();
    // The entry when it has come, and how many elements are open in it, itself among them.
    let (mut entry, mut depth) = (None, 0_usize);
    loop {
        let (event, span) = next_event(&mut reader).ok()?;
        match event {
            Event::Start(tag) if depth == 0 => {
                entry = Entry::begin(&tag, span.start, true).filter(|entry| entry.id == id);
                depth = usize::from(entry.is_some());
            }
            Event::Start(tag) => {
                let is_name = |entry: &Entry| {
                    let name = tag.local_name();
                    entry.is_name(name.as_ref()) && !is_makeshift(name.as_ref())
                };
                if depth == NAMES && entry.as_ref().is_some_and(is_name) {
                    names.push(Known::begin(&tag, span));
                }
                depth += 1;
            }
            Event::Text(_) | Event::GeneralRef(_) if depth > NAMES => {
                if let Some(name) = names.last_mut().filter(|name| name.end == 0) {
                    name.words.push_str(&decoded(span.of(text)));
                }
            }
            Event::End(_) if depth > 0 => {
                depth -= 1;
                match names.last_mut() {
                    _ if depth == 0 => return Some(names),
                    Some(name) if depth == NAMES && name.end == 0 => name.end = span.end,
                    _ => {}
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// So many elements are open around a name: the entry.
const NAMES: usize = 1;

impl Known {
    fn begin(tag: &BytesStart<'_>, span: Span) -> Self {
        Self {
            tag: span,
            end: 0,
            element: tag.name().as_ref().to_owned(),
            words: String::new(),
            is_wrong: attribute(tag, "type").is_some_and(|kind| is_wrong(&kind)),
        }
    }
}

/// The attribute `type` of a start tag with the space before it, bytes of the tag.
fn type_in(tag: &str) -> Option<Span> {
    let start = tag.find(" type=")?;
    let value = start + " type=".len();
    let quote = tag[value..].chars().next()?;
    let length = tag[value + 1..].find(quote)?;
    Some(Span::new(start, value + 1 + length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str, form: &str) -> Option<String> {
        let (span, written) = accepting_in_tei(text, "mikoyan", form)?;
        let text = format!("{}{written}{}", &text[..span.start], &text[span.end..]);
        let figures = super::super::parse(&text, None).expect("well-formed");
        let figure = figures.into_iter().find(|(figure, _)| figure.id == "mikoyan");
        let (figure, _) = figure.expect("kept");
        assert!(figure.accepted.iter().any(|known| known == form), "{text}");
        assert!(!figure.variants.iter().any(|known| known == form), "{text}");
        Some(text)
    }

    const LIST: &str = "<listPerson>\n  <person xml:id=\"lee\"><persName>Ann Lee</persName></person>\n  \
                        <person xml:id=\"mikoyan\">\n    \
                        <persName><forename>Anastas</forename> <surname>Mikoyan</surname></persName>\n    \
                        <persName type=\"variant\">Mikojan</persName> <!-- so in Pravda -->\n    \
                        <note>He met <persName>Mikoian</persName>.</note>\n  </person>\n</listPerson>\n";

    #[test]
    fn a_new_form_stands_behind_the_names() {
        let variant = "<persName type=\"variant\">Mikojan</persName>";
        let more = format!("{variant}\n    <persName>Mikoian &amp; Co.</persName>");
        assert_eq!(accepted(LIST, "Mikoian & Co."), Some(LIST.replace(variant, &more)));
        let prefixed = "<t:person xml:id='mikoyan'><t:persName>A. Mikoyan</t:persName></t:person>";
        let after = "<t:persName>A. Mikoyan</t:persName><t:persName>Mikoian</t:persName>";
        assert!(accepted(prefixed, "Mikoian").expect("a name").contains(after));
    }

    #[test]
    fn a_form_that_was_wrong_loses_its_type() {
        let after = LIST.replace("<persName type=\"variant\">", "<persName>");
        assert_eq!(accepted(LIST, "Mikojan"), Some(after));
    }

    #[test]
    fn what_is_accepted_or_not_there_is_not_changed() {
        assert_eq!(accepting_in_tei(LIST, "mikoyan", "Anastas Mikoyan"), None);
        assert_eq!(accepting_in_tei(LIST, "stalin", "Mikoian"), None);
        for text in ["<person xml:id='mikoyan'>", "<person xml:id='mikoyan'/>", "[[figure]]\n"] {
            assert_eq!(accepting_in_tei(text, "mikoyan", "Mikoian"), None, "{text}");
        }
    }
}
