//! TEI-XML. Customised documents are fine: an element that is not known is read as if its
//! tags were not there.
//!
//! The parser is `quick-xml`, which tells where each event stands. Namespace prefixes are
//! passed over: `tei:p` is `p`.

mod choice;
mod elements;
mod pointers;
mod prefixes;
mod wellformed;

pub(super) use elements::is_code;
pub(super) use wellformed::characters;

use std::sync::Arc;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashSet;

use crate::text::Span;

use super::marked::{
    self, Assembler, Bases, Change, Course, Effect, Element, Entities, MOST_WRITTEN_OUT, is_label,
    join,
};
use super::{Document, Format, InlineKind, Language, Pointer, PointerKind};

use choice::Choices;
use pointers::Attribute;
use prefixes::Prefixes;

/// After so many errors the rest is not XML. (Each may cost a look at all that follows.)
const MOST_ERRORS: usize = 100;

/// Reads TEI. Linear in `source`.
pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let mut reader = Reader::new(source);
    reader.run(0);
    reader.out.end_all(language);
    reader.document()
}

/// What is kept of a reading.
pub(super) type Kept = marked::Kept<Extra>;

/// Reads a new version of a document, of which `before` was kept, if anything was.
pub(super) fn read_on(
    source: &str,
    language: Option<Language>,
    before: Option<(&Kept, Change)>,
) -> (Document, Option<Kept>) {
    let mut reader = Reader::new(source);
    let mut course = Course::new(before);
    let mut from = 0;
    if let Some((at, extra)) = course.resume(&mut reader.out) {
        from = at;
        reader.extra = extra;
    }
    reader.course = Some(course);
    reader.run(from);
    reader.out.end_all(language);
    let course = reader.course.take().filter(|_| !reader.bases.has_any());
    let kept = course.map(|course| course.keep(&reader.out, reader.extra.clone()));
    (reader.document(), kept)
}

/// What the reading of TEI has to know besides the elements that are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    prefixes: Arc<Prefixes>,
    entities: Arc<Entities>,
    /// How long all references so far are when they are written out, in bytes.
    written_out: u64,
    /// How many problems were reported.
    problems: usize,
    /// What there was of roots.
    root: Root,
    /// Whether a tag was lost to an error: what does not match after it may do so for that.
    is_misread: bool,
}

/// A document of XML has one root, and no text outside of it (XML 1.0, section 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Root {
    /// There was none so far.
    #[default]
    Awaited,
    /// There is one.
    Begun,
    /// There was more than one, which has been reported.
    Exceeded,
}

/// Takes out what only looked like a pointer: nothing in the document has the name. `guesses`
/// are their places, in order.
fn drop_guesses(document: &mut Document, guesses: &[usize]) {
    if guesses.is_empty() {
        return;
    }
    let own: FxHashSet<&str> =
        document.anchors.iter().map(|anchor| anchor.label.as_str()).collect();
    document.pointers.retain(|pointer| {
        let is_guess = guesses.binary_search(&pointer.span.start).is_ok();
        !is_guess || pointer.target.strip_prefix('#').is_some_and(|id| own.contains(id))
    });
}

const BYTE_ORDER_MARK: char = '\u{feff}';

struct Reader<'s> {
    source: &'s str,
    out: Assembler<'s>,
    choices: Choices,
    extra: Extra,
    /// Bases that are declared here, with how many elements were open with the one that declares it.
    open_bases: Vec<(usize, String)>,
    bases: Bases,
    /// The reference that is open: its first pointer and where its text starts.
    link: Option<(usize, usize)>,
    /// On the way from one version to the next.
    course: Option<Course<'s, Extra>>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            out: Assembler::new(source, Format::Tei),
            choices: Choices::default(),
            extra: Extra::default(),
            open_bases: Vec::new(),
            bases: Bases::default(),
            link: None,
            course: None,
        }
    }

    /// The document, once everything has ended.
    fn document(mut self) -> Document {
        self.report_unclosed();
        let guesses = std::mem::take(self.out.guesses());
        let mut document = self.out.finish();
        self.bases.apply(&mut document);
        self.extra.prefixes.apply(&mut document.pointers);
        drop_guesses(&mut document, &guesses);
        document.pointers.sort_by_key(|pointer| pointer.span.start);
        document
    }

    fn run(&mut self, mut from: usize) {
        // After an error the reading goes on behind the `<` that caused it: as few bytes
        // as possible are lost to it.
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

    fn run_from(&mut self, mut base: usize) -> Result<(), usize> {
        // The parser passes over a mark at the beginning without counting it.
        while self.source[base..].starts_with(BYTE_ORDER_MARK) {
            let span = Span::new(base, base + BYTE_ORDER_MARK.len_utf8());
            self.out.text(span, false);
            base = span.end;
        }
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
                Ok(Event::Start(_)) if self.passes(Span::new(start, end)) => return Ok(()),
                Ok(event) => self.event(&event, Span::new(start, end.max(start))),
                Err(error) => return Err(self.recover(start, &error.to_string())),
            }
        }
    }

    /// Whether the rest of the document, from this tag on, could be taken over.
    fn passes(&mut self, tag: Span) -> bool {
        let is_at_rest = self.link.is_none()
            && self.choices.is_idle()
            && self.open_bases.is_empty()
            && !self.extra.is_misread
            && self.out.is_at_rest();
        let Some(course) = self.course.as_mut().filter(|_| is_at_rest) else {
            return false;
        };
        let extra = &self.extra;
        let end = course.pass(tag, &mut self.out, extra, |then, end| {
            let counts = [extra.problems, then.problems, end.problems];
            let problems = marked::problems_at_end(counts, MOST_ERRORS)?;
            // Where there is too much of them depends on all that came before.
            let written_out = extra.written_out + end.written_out - then.written_out;
            if written_out.max(end.written_out) > MOST_WRITTEN_OUT {
                return None;
            }
            // What was declared since is declared now if nothing was in between.
            let is_same = then.root == extra.root
                && Arc::ptr_eq(&then.prefixes, &extra.prefixes)
                && Arc::ptr_eq(&then.entities, &extra.entities);
            is_same.then(|| Extra { problems, written_out, ..end.clone() })
        });
        end.map(|end| self.extra = end).is_some()
    }

    fn problem(&mut self, span: Span, message: String) {
        if self.extra.problems < MOST_ERRORS {
            self.extra.problems += 1;
            self.out.problem(span, message);
        }
    }

    /// Elements without an end tag of their own. Where a tag was lost before, that is why.
    fn report_unclosed(&mut self) {
        if self.extra.is_misread {
            return;
        }
        let unclosed = self.out.all_unclosed().iter().take(MOST_ERRORS);
        for start in unclosed.copied().collect::<Vec<_>>() {
            let span = wellformed::tag_at(self.source, start);
            let name = local_name(self.source, Span::new(start, self.source.len()), 1);
            self.problem(span, format!("This <{name}> is not closed."));
        }
    }

    /// Reports what is wrong, reads the `<` as text and says where to go on.
    fn recover(&mut self, start: usize, error: &str) -> usize {
        let next = self.source.ceil_char_boundary(start + 1);
        let span = Span::new(start.min(next), next);
        self.extra.is_misread = true;
        self.problem(span, format!("This markup cannot be read: {error}."));
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
            Event::End(_) => {
                let name = local_name(self.source, span, 2);
                if !self.end(name, span) && !self.extra.is_misread {
                    self.problem(span, format!("There is no <{name}> open that this ends."));
                }
            }
            Event::GeneralRef(_) => {
                self.reference(span);
                match self.extra.entities.character(span.of(self.source)) {
                    Some(character) => self.out.replaced(character, span),
                    None => self.out.text(span, true),
                }
            }
            Event::Text(_) => self.text(span),
            Event::CData(_) => {
                let inner = Span::new(span.start + "<![CDATA[".len(), span.end - "]]>".len());
                self.out.text(inner, false);
            }
            Event::Comment(_) => {
                let inner = span.of(self.source);
                let inner = inner.trim_start_matches("<!--").trim_end_matches("-->");
                self.out.comment(inner, span);
            }
            Event::DocType(_) => {
                let entities = Arc::make_mut(&mut self.extra.entities);
                if let Some((place, message)) = entities.declare(span.of(self.source)) {
                    let place = Span::new(span.start + place.start, span.start + place.end);
                    self.problem(place, message);
                }
            }
            Event::Decl(_) => {
                let before = self.source[..span.start].trim_start_matches(BYTE_ORDER_MARK);
                if !before.is_empty() {
                    let message =
                        "The XML declaration must stand at the very beginning of the file.";
                    self.problem(span, message.to_owned());
                }
            }
            Event::PI(_) => {
                let inner = span.of(self.source).trim_start_matches("<?").trim_end_matches("?>");
                if let Some(message) = wellformed::instruction_problem(inner) {
                    self.problem(span, message);
                }
            }
            Event::Eof => {}
        }
    }

    /// Reports what is wrong with a reference, or that there is too much of them.
    fn reference(&mut self, span: Span) {
        let text = span.of(self.source);
        if let Some(message) = self.extra.entities.problem(text) {
            self.problem(span, message);
        }
        let extra = &mut self.extra;
        if let Some(message) = extra.entities.count(text, &mut extra.written_out) {
            self.problem(span, message);
        }
    }

    /// Text; the parser gives a `&` that begins no reference as the head of a text.
    fn text(&mut self, span: Span) {
        if span.of(self.source).starts_with('&') {
            let sign = Span::new(span.start, span.start + 1);
            self.problem(sign, "A & that begins no reference must be written &amp;.".to_owned());
        }
        let text = span.of(self.source);
        if !self.out.is_inside_any() && !text.trim().is_empty() {
            let start = span.start + (text.len() - text.trim_start().len());
            let word = text.split_whitespace().next().unwrap_or("");
            let place = Span::new(start, start + word.len());
            self.exceed_root(place, "This text stands outside of the root element.".to_owned());
        }
        if let Some(at) = memchr::memmem::find(text.as_bytes(), b"]]>") {
            let sign = Span::new(span.start + at, span.start + at + "]]>".len());
            self.problem(
                sign,
                "The signs ]]> end nothing here and must be written ]]&gt;.".to_owned(),
            );
        }
        self.out.text(span, true);
    }

    /// Reports, once, what stands beside the root.
    fn exceed_root(&mut self, span: Span, message: String) {
        if self.extra.root != Root::Exceeded && !self.extra.is_misread {
            self.extra.root = Root::Exceeded;
            self.problem(span, message);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, span: Span) {
        let name = local_name(self.source, span, 1);
        if !self.out.is_inside_any() {
            match self.extra.root {
                Root::Awaited => self.extra.root = Root::Begun,
                _ => self.exceed_root(
                    span,
                    format!("This <{name}> stands behind the root element; XML has only one."),
                ),
            }
        }
        if let Some(message) = wellformed::attribute_problem(tag) {
            self.problem(span, message);
        }
        let attributes = pointers::attributes(self.source, tag, span);
        let places = attributes.iter().map(|attribute| (attribute.name, attribute.span));
        if let Some(problem) = marked::of_tag(self.source, span, places) {
            self.problem(problem.span, problem.message);
        }
        if let Some(message) = wellformed::element_problem(name) {
            self.problem(span, message);
        }
        let entities = &self.extra.entities;
        let problem = wellformed::attributes_problem(self.source, span, &attributes, entities);
        if let Some(problem) = problem {
            self.problem(problem.span, problem.message);
        }
        let get = |wanted: &str| {
            attributes.iter().find(|attribute| attribute.name == wanted).map(|a| a.value.as_ref())
        };
        let no_break = get("break") == Some("no");
        match name {
            "lb" | "pb" | "cb" | "gb" | "milestone" if no_break => self.out.join(),
            // Pages end in the middle of a word; lines are often told from each other by the tag alone.
            "pb" | "cb" | "gb" if is_inside_word(self.source, span) => {}
            "lb" | "pb" | "cb" | "gb" => self.out.soft_break(span),
            "l" => self.out.verse_line(span),
            "gap" => self.out.gap(),
            _ => {}
        }
        if name == "prefixDef" {
            Arc::make_mut(&mut self.extra.prefixes).declare(&get);
        }
        let in_block = self.out.is_in_block();
        let mut effect = elements::effect(name, &get, in_block, self.out.is_inside("teiHeader"));
        if self.choices.hides(name) {
            effect = Effect::Hidden;
        }
        let language = get("xml:lang").map(Language::from_tag).filter(|l| l.is_known());
        let may_be_foreign = matches!(
            effect,
            Effect::Transparent | Effect::Inline(InlineKind::Emphasis | InlineKind::SmallCapitals)
        );
        if let (true, Some(language)) = (may_be_foreign, language) {
            effect = Effect::Inline(InlineKind::Foreign(language));
        }
        match &mut effect {
            Effect::Inline(InlineKind::Name { targets, .. }) => {
                targets.extend(pointers::name_targets(&attributes));
            }
            Effect::Inline(InlineKind::Quotation(in_language)) => *in_language = language,
            _ => {}
        }
        self.choices.open(name, self.out.depth());
        self.out.open(Element { name, effect, language, span });
        self.open_base(get("xml:base"));
        self.pointers(name, &attributes);
    }

    /// The base that the element declares which was opened last.
    fn open_base(&mut self, base: Option<&str>) {
        if let Some(base) = base {
            let around = self.open_bases.last().map_or("", |(_, around)| around.as_str());
            let base = join(around, base).unwrap_or_else(|| base.to_owned());
            self.open_bases.push((self.out.depth(), base));
        }
    }

    fn end(&mut self, name: &'s str, span: Span) -> bool {
        if name == "ref"
            && let Some((pointer, from)) = self.link.take()
        {
            self.end_link(pointer, from);
        }
        let was_open = self.out.close(name, span);
        let depth = self.out.depth();
        self.choices.close(depth);
        while self.open_bases.last().is_some_and(|(inside, _)| *inside > depth) {
            self.open_bases.pop();
        }
        was_open
    }

    /// A number or a sign attached to a word that points to a place is a note marker.
    fn end_link(&mut self, pointer: usize, from: usize) {
        let is_place = self.out.pointer_mut(pointer).target.contains('#');
        if is_place && is_label(self.out.prose_from(from)) && self.out.is_attached(from) {
            self.out.pointer_mut(pointer).kind = PointerKind::Marker;
            self.out.inline(from, InlineKind::Marker);
        }
    }

    /// The file into which a prefix leads: `people.xml#$1`.
    fn declared_file(&mut self, pattern: &Attribute<'s>) {
        let file = pattern.value.split_once('#').map_or("", |(file, _)| file);
        let is_as_written = self.source[pattern.span.start..].starts_with(file);
        if is_as_written && !file.is_empty() && !file.contains(['$', ':']) {
            let span = Span::new(pattern.span.start, pattern.span.start + file.len());
            let (kind, target) = (PointerKind::Other, file.to_owned());
            self.out.pointer(Pointer { kind, span, target, scope: 0 });
        }
    }

    /// Whether notes here are a list.
    fn is_collected(&self) -> bool {
        self.out.is_inside("back") || self.out.is_inside("noteGrp")
    }

    /// The number of a note of the text that stands in its place and has no id.
    fn note_number(&mut self, attributes: &[Attribute<'s>]) {
        let find = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
        let is_in_place = find("xml:id").is_none()
            && !self.is_collected()
            && !self.out.is_inside("teiHeader")
            && self.out.is_in_note();
        if let Some(number) = find("n").filter(|_| is_in_place) {
            self.out.note_number(number.span);
        }
    }

    fn pointers(&mut self, name: &str, attributes: &[Attribute<'s>]) {
        let first = self.out.pointer_count();
        if name == "note" {
            self.note_number(attributes);
        }
        for attribute in attributes {
            if attribute.name == "xml:id" {
                let kind = pointers::anchor_kind(name);
                self.out.anchor(kind, attribute.value.clone().into_owned(), attribute.span);
                // Notes of a commentary say themselves what they are about.
                let is_collected = self.is_collected();
                let says_where =
                    |one: &Attribute<'_>| matches!(one.name, "target" | "corresp" | "targetEnd");
                if !is_collected || attributes.iter().any(says_where) {
                    self.out.needs_no_marker();
                }
            }
            if name == "prefixDef" && attribute.name == "replacementPattern" {
                self.declared_file(attribute);
                continue;
            }
            let (found, is_known) = pointers::pointers(name, attribute);
            for pointer in found {
                if !is_known {
                    self.out.guesses().push(pointer.span.start);
                }
                self.out.pointer(pointer);
            }
        }
        if name == "ref" && self.out.pointer_count() > first {
            self.link = Some((first, self.out.prose_len()));
        }
        if let Some((_, base)) = self.open_bases.last() {
            self.bases.add(base, first, self.out.pointer_count());
        }
    }
}

/// Whether small letters stand directly left and right of a tag.
fn is_inside_word(source: &str, tag: Span) -> bool {
    let before = source[..tag.start].chars().next_back();
    let after = source[tag.end..].chars().next();
    before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_lowercase)
}

/// Whether what the parser took for a tag is one: a bare `<` makes it read on to the next `>`.
fn is_tag(text: &str) -> bool {
    let inner = text[1..].trim_start_matches('/');
    inner.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'))
        && memchr::memchr(b'<', inner.as_bytes()).is_none()
}

/// The name of the tag at `span` without its prefix; `lead` bytes stand before it.
fn local_name(source: &str, span: Span, lead: usize) -> &str {
    let tag = source.get(span.start + lead..span.end).unwrap_or("");
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let name = &tag[..end.unwrap_or(tag.len())];
    name.rsplit(':').next().unwrap_or(name)
}
