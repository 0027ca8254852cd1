//! TEI-XML. Customised documents are fine: an element that is not known is read as if its
//! tags were not there.
//!
//! The parser is `quick-xml`, which tells where each event stands. Namespace prefixes are
//! passed over: `tei:p` is `p`.

mod choice;
mod elements;
mod pointers;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use crate::text::Span;

use super::marked::{Assembler, Effect, Element};
use super::{Document, Format, InlineKind, Language};

use choice::Choices;
use pointers::Attribute;

/// After so many errors the rest is not XML. (Each may cost a look at all that follows.)
const MOST_ERRORS: usize = 100;

/// Reads TEI. Linear in `source`.
pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let mut reader = Reader {
        source,
        out: Assembler::new(source, Format::Tei),
        choices: Choices::default(),
        prefixes: pointers::Prefixes::default(),
    };
    reader.run();
    let mut document = reader.out.finish(language);
    document.pointers.sort_by_key(|pointer| pointer.span.start);
    reader.prefixes.apply(&mut document.pointers);
    document
}

struct Reader<'s> {
    source: &'s str,
    out: Assembler<'s>,
    choices: Choices,
    prefixes: pointers::Prefixes,
}

impl<'s> Reader<'s> {
    fn run(&mut self) {
        // After an error the reading goes on behind the `<` that caused it: as few bytes
        // as possible are lost to it.
        let mut from = 0;
        for _ in 0..MOST_ERRORS {
            match self.run_from(from) {
                Ok(()) => return,
                Err(next) => from = next,
            }
        }
        let rest = Span::new(from, self.source.len());
        self.out.problem(rest, "There are too many errors; the rest is read as plain text.");
        self.out.text(rest, false);
    }

    fn run_from(&mut self, base: usize) -> Result<(), usize> {
        let mut xml = XmlReader::from_str(&self.source[base..]);
        let config = xml.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = base + xml.buffer_position() as usize;
            let event = xml.read_event();
            let end = base + xml.buffer_position() as usize;
            match event {
                Ok(Event::Eof) => return Ok(()),
                Ok(Event::Start(_) | Event::Empty(_) | Event::End(_))
                    if !is_tag(&self.source[start..end]) =>
                {
                    return Err(self.recover(start, "a `<` that starts no tag must be `&lt;`"));
                }
                Ok(event) => self.event(&event, Span::new(start, end.max(start))),
                Err(error) => return Err(self.recover(start, &error.to_string())),
            }
        }
    }

    /// Reports what is wrong, reads the `<` as text and says where to go on.
    fn recover(&mut self, start: usize, error: &str) -> usize {
        let next = self.source.ceil_char_boundary(start + 1);
        let span = Span::new(start.min(next), next);
        self.out.problem(span, format!("This markup cannot be read: {error}."));
        self.out.text(span, false);
        next
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::Empty(tag) => {
                self.start(tag, span);
                let name = local_name(self.source, span, 1);
                self.end(name, Span::gap(span.end));
            }
            Event::End(_) => self.end(local_name(self.source, span, 2), span),
            Event::Text(_) | Event::GeneralRef(_) => self.out.text(span, true),
            Event::CData(_) => {
                let inner = Span::new(span.start + "<![CDATA[".len(), span.end - "]]>".len());
                self.out.text(inner, false);
            }
            Event::Comment(_) => {
                let inner = span.of(self.source);
                let inner = inner.trim_start_matches("<!--").trim_end_matches("-->");
                self.out.comment(inner, span);
            }
            Event::PI(_) | Event::Decl(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, span: Span) {
        let name = local_name(self.source, span, 1);
        let attributes = pointers::attributes(self.source, tag, span);
        let get = |wanted: &str| {
            attributes.iter().find(|attribute| attribute.name == wanted).map(|a| a.value.as_ref())
        };
        let no_break = get("break") == Some("no");
        match name {
            "lb" | "pb" | "cb" | "gb" | "milestone" if no_break => self.out.join(),
            "lb" | "pb" | "cb" | "gb" => self.out.soft_break(span),
            "l" => self.out.verse_line(span),
            _ => {}
        }
        self.prefixes.declare(name, &get);
        let in_block = self.out.is_in_block();
        let mut effect = elements::effect(name, &get, in_block, self.out.is_inside("teiHeader"));
        if self.choices.hides(name) {
            effect = Effect::Hidden;
        }
        let language = get("xml:lang").map(Language::from_tag).filter(|l| l.is_known());
        if let (Effect::Transparent | Effect::Inline(InlineKind::Emphasis), Some(language)) =
            (&effect, language)
        {
            effect = Effect::Inline(InlineKind::Foreign(language));
        }
        if let Effect::Inline(InlineKind::Name { targets }) = &mut effect {
            targets.extend(pointers::name_targets(&attributes));
        }
        self.choices.open(name);
        self.out.open(Element { name, effect, language, span });
        self.pointers(name, &attributes);
    }

    fn end(&mut self, name: &'s str, span: Span) {
        self.choices.close(name);
        self.out.close(name, span);
    }

    fn pointers(&mut self, name: &str, attributes: &[Attribute<'s>]) {
        for attribute in attributes {
            if attribute.name == "xml:id" {
                let kind = pointers::anchor_kind(name);
                self.out.anchor(kind, attribute.value.clone().into_owned(), attribute.span);
            }
            for pointer in pointers::pointers(name, attribute) {
                self.out.pointer(pointer);
            }
        }
    }
}

/// Whether what the parser took for a tag is one: a bare `<` makes it read on to the next `>`.
fn is_tag(text: &str) -> bool {
    let inner = text[1..].trim_start_matches('/');
    inner.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && memchr::memchr(b'<', inner.as_bytes()).is_none()
}

/// The name of the tag at `span` without its prefix; `lead` bytes stand before it.
fn local_name(source: &str, span: Span, lead: usize) -> &str {
    let tag = source.get(span.start + lead..span.end).unwrap_or("");
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let name = &tag[..end.unwrap_or(tag.len())];
    name.rsplit(':').next().unwrap_or(name)
}
