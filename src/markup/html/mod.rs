//! HTML and XHTML, as archives write it: old tags, unclosed paragraphs, named anchors.
//!
//! The tokenizer is `html5gum`, which never fails and gives the place of every token; text
//! is taken from the source itself, since a token's text has its references decoded.

mod doctype;
mod elements;
mod faults;
mod links;
mod unhurried;

use std::borrow::Cow;
use std::sync::Arc;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{EndTag, StartTag, Token, Tokenizer};
use rustc_hash::FxHashMap;

use crate::text::Span;

use super::marked::{
    self, Assembler, Bases, Change, Course, Effect, Element, Entities, decode_attribute,
};
use super::{Document, Format, Language, Pointer, PointerKind};

use elements::End;
pub(super) use elements::is_code;
use unhurried::Unhurried;

/// Reads HTML. Linear in `source`.
pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let mut reader = Reader::new(source, Format::Html);
    reader.feed_from(0);
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
) -> (Document, Kept) {
    let mut reader = Reader::new(source, Format::Html);
    let mut course = Course::new(before);
    let mut from = 0;
    if let Some((at, extra)) = course.resume(&mut reader.out) {
        from = at;
        reader.go_on(at, extra);
    }
    reader.course = Some(course);
    reader.feed_from(from);
    reader.out.end_all(language);
    let course = reader.course.take().unwrap_or_else(|| Course::new(None));
    let kept = course.keep(&reader.out, reader.extra.clone());
    (reader.document(), kept)
}

/// What the reading of HTML has to know besides the elements that are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// What relative links are relative to, by the first `<base>`.
    base: Option<String>,
    /// How many problems were reported.
    problems: usize,
    /// What the page declares in its head, if it does.
    entities: Option<Arc<Entities>>,
    /// How long the references to them are together when they are written out, in bytes.
    written_out: u64,
}

impl Extra {
    /// What is known at the end if the old reading, which knew `then` at this place and `end` at
    /// the end, is taken over from here; `None` if it cannot be.
    pub(super) fn at_end(&self, then: &Self, end: &Self) -> Option<Self> {
        let counts = [self.problems, then.problems, end.problems];
        let problems = marked::problems_at_end(counts, MOST_PROBLEMS)?;
        // Where there is too much of them depends on all that came before.
        let has_entities = [self, then].iter().any(|one| one.entities.is_some());
        let is_same = then.base == self.base && !has_entities;
        is_same.then(|| Self { problems, ..end.clone() })
    }
}

/// More faults of one page are not reported.
const MOST_PROBLEMS: usize = 100;

/// No name of a character is longer, in bytes.
const LONGEST_NAME: usize = 40;

/// How far behind the pointer of a marker its superscript begins, in bytes.
const LONGEST_MARKER: usize = 200;

/// A reader of HTML; Markdown has stretches of it.
pub(super) struct Reader<'s> {
    source: &'s str,
    pub(super) out: Assembler<'s>,
    /// Where in the source the stretch starts that is being read.
    offset: usize,
    /// The link that is open: the pointer's number and where its text starts. Links do not
    /// nest; one that begins ends the one before.
    link: Option<(usize, usize)>,
    extra: Extra,
    /// Where the last token ended.
    last_end: usize,
    /// On the way from one version to the next; Markdown has one of its own.
    course: Option<Course<'s, Extra>>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str, format: Format) -> Self {
        Self {
            source,
            out: Assembler::new(source, format),
            offset: 0,
            link: None,
            extra: Extra::default(),
            last_end: 0,
            course: None,
        }
    }

    /// What is known besides the open elements.
    pub(super) fn extra(&self) -> Extra {
        self.extra.clone()
    }

    /// Goes on at byte `at` with what is known there.
    pub(super) fn go_on(&mut self, at: usize, extra: Extra) {
        self.last_end = at;
        self.extra = extra;
    }

    /// Whether a link is open.
    pub(super) fn is_in_link(&self) -> bool {
        self.link.is_some()
    }

    /// Reads the source from byte `from` on.
    fn feed_from(&mut self, from: usize) {
        let mut start = from;
        if from == 0
            && let Some(declaration) = doctype::with_subset(self.source)
        {
            self.feed(Span::new(0, declaration.start));
            self.declare(declaration);
            start = declaration.end;
        }
        self.feed(Span::new(start, self.source.len()));
    }

    /// Reads the declarations of a page.
    fn declare(&mut self, declaration: Span) {
        let text = declaration.of(self.source);
        if !doctype::is_xml(self.source, declaration) {
            let at = declaration.start + text.find('[').unwrap_or(0);
            let message = "HTML has no declarations of its own; a browser shows what follows the first > of \
                           this one.";
            self.problem(Span::new(at, at + 1), message.to_owned());
        }
        let mut entities = Entities::default();
        if let Some((place, message)) = entities.declare(text) {
            let start = declaration.start;
            self.problem(Span::new(start + place.start, start + place.end), message);
        }
        self.extra.entities = Some(Arc::new(entities));
        self.last_end = declaration.end;
    }

    /// Whether what HTML does not know is an entity that the page declares; it is counted.
    fn is_declared(&mut self, span: Span) -> bool {
        let rest = self.source[span.start..].strip_prefix('&').unwrap_or("");
        let length = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let Some(entities) = self.extra.entities.clone() else {
            return false;
        };
        let name = length.and_then(|length| rest.get(..length));
        let Some(name) = name.filter(|name| entities.declares(name)) else {
            return false;
        };
        let reference = Span::new(span.start, span.start + name.len() + "&;".len());
        let text = reference.of(self.source);
        if let Some(message) = entities.count(text, &mut self.extra.written_out) {
            self.problem(reference, message);
        }
        true
    }

    /// Reads a stretch of the source. What is open at its end stays open.
    pub(super) fn feed(&mut self, stretch: Span) {
        self.offset = stretch.start;
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let tokens = Tokenizer::new_with_emitter(Unhurried::new(stretch.of(self.source)), emitter);
        for token in tokens {
            let Ok(token) = token else {
                continue;
            };
            match token {
                Token::StartTag(tag) => {
                    self.last_end = self.at(tag.span).end;
                    if self.start(&tag) {
                        return;
                    }
                }
                Token::EndTag(tag) => {
                    self.last_end = self.at(tag.span).end;
                    self.end(&tag);
                }
                Token::String(text) => {
                    let span = self.at(text.span);
                    self.last_end = span.end;
                    self.text(span);
                }
                Token::Comment(comment) => {
                    self.last_end = self.at(comment.span).end;
                    let text = String::from_utf8_lossy(&comment.value);
                    self.out.comment(&text, self.at(comment.span));
                }
                Token::Error(error) => {
                    if let Some(message) = faults::message(error.value) {
                        let span = self.fault_at(self.at(error.span), error.value);
                        let is_name =
                            error.value == html5gum::Error::UnknownNamedCharacterReference;
                        if !is_name || !self.is_declared(span) {
                            self.problem(span, message.to_owned());
                        }
                    }
                }
                Token::Doctype(_) => {}
            }
        }
    }

    /// Text, with the references that the page itself declares.
    fn text(&mut self, span: Span) {
        let Some(entities) = self.extra.entities.clone().filter(|one| one.has_characters()) else {
            self.out.text(span, true);
            return;
        };
        let mut from = span.start;
        for at in memchr::memchr_iter(b'&', span.of(self.source).as_bytes()) {
            let start = span.start + at;
            let rest = &self.source.as_bytes()[start..span.end];
            let length = rest.iter().take(LONGEST_NAME).position(|&byte| byte == b';');
            let reference = length.map(|length| Span::new(start, start + length + 1));
            let Some(reference) = reference.filter(|one| one.start >= from) else {
                continue;
            };
            if let Some(character) = entities.character(reference.of(self.source)) {
                self.out.text(Span::new(from, start), true);
                self.out.replaced(character, reference);
                from = reference.end;
            }
        }
        self.out.text(Span::new(from, span.end), true);
    }

    /// Where to show a fault: that of a comment or a tag without an end at its start.
    fn fault_at(&self, span: Span, error: html5gum::Error) -> Span {
        match error {
            html5gum::Error::EofInComment => self.found_behind("<!--"),
            html5gum::Error::EofInTag => self.found_behind("<"),
            html5gum::Error::UnknownNamedCharacterReference => {
                let before = &self.source[..span.start];
                let start = before.rfind('&').filter(|at| before.len() - at < LONGEST_NAME);
                start.map_or(span, |start| Span::new(start, span.end.max(start + 1)))
            }
            _ => span,
        }
    }

    /// The first of these signs behind what was read last.
    fn found_behind(&self, sign: &str) -> Span {
        let rest = &self.source[self.last_end..];
        let start = self.last_end + rest.find(sign).unwrap_or(0);
        Span::new(start, self.source.len().min(start + sign.len()))
    }

    fn problem(&mut self, span: Span, message: String) {
        if self.extra.problems < MOST_PROBLEMS {
            self.extra.problems += 1;
            self.out.problem(span, message);
        }
    }

    /// Formatting that never ends. One that ends too late, behind an element around it, is
    /// mended by every browser.
    fn report_unclosed(&mut self) {
        let source = self.source;
        let mut ended: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for &stray in self.out.strays() {
            ended.entry(self.name(stray, 2)).or_default().push(stray.start);
        }
        let tag_at = |&start: &usize| (self.name(Span::new(start, source.len()), 1), start);
        let mut unclosed: Vec<_> = self.out.all_unclosed().iter().map(tag_at).collect();
        unclosed.retain(|(name, _)| faults::shows_unclosed(name));
        // The last that was opened is the one that a stray end tag behind it is meant for.
        unclosed.sort_by_key(|(_, start)| std::cmp::Reverse(*start));
        for (name, start) in unclosed.into_iter().take(MOST_PROBLEMS) {
            let late = ended.get_mut(name).and_then(|ends| {
                let end = ends.iter().position(|&end| end > start)?;
                Some(ends.swap_remove(end))
            });
            if late.is_none() {
                let tag = &source[start..];
                let length = tag.find('>').map_or(1, |at| at + 1);
                self.problem(
                    Span::new(start, start + length),
                    format!("This <{name}> is not closed."),
                );
            }
        }
    }

    /// The name of a tag as it is known here, in small letters where it is.
    fn name(&self, tag: Span, lead: usize) -> &'s str {
        let name = name_in(self.source, tag, lead).unwrap_or("");
        elements::known_name(&name.to_ascii_lowercase()).unwrap_or(name)
    }

    /// The document, once everything has ended.
    pub(super) fn document(mut self) -> Document {
        self.report_unclosed();
        let pointers = self.out.pointer_count();
        let guesses = std::mem::take(self.out.guesses());
        let mut document = self.out.finish();
        if let Some(base) = &self.extra.base {
            let mut bases = Bases::default();
            bases.add(base, 0, pointers);
            bases.apply(&mut document);
        }
        links::sort(&mut document);
        links::tell_notes(&mut document, self.source, &guesses);
        document
    }

    /// A token's place in the source; the tokenizer counts bytes, but may look one too far at
    /// the end.
    fn at(&self, span: html5gum::Span<usize>) -> Span {
        let source = self.source;
        let end = source.floor_char_boundary((self.offset + span.end).min(source.len()));
        let start = source.floor_char_boundary((self.offset + span.start).min(end));
        Span::new(start, end)
    }

    /// A link begins whose text starts here.
    pub(super) fn open_link(&mut self, pointer: usize) {
        self.link = Some((pointer, self.out.prose_len()));
    }

    /// Reads a start tag; gives whether the rest of the document was taken over instead.
    fn start(&mut self, tag: &StartTag<usize>) -> bool {
        let span = self.at(tag.span);
        let Some(name) = name_in(self.source, span, 1) else {
            return false;
        };
        let lower = lowered(name);
        let (ended, barriers) = elements::implied_ends(&lower);
        for ended in ended {
            self.out.close_within(ended, barriers, Span::gap(span.start));
        }
        if self.passes(span) {
            return true;
        }
        match &*lower {
            "br" => self.out.line_break(span),
            "a" => self.end_link(span.start),
            _ => {}
        }
        let attributes = links::Attributes::of(self.source, tag, |span| self.at(span));
        if let Some(problem) = marked::of_tag(self.source, span, attributes.places())
            && !self.out.is_inside("svg")
        {
            self.problem(problem.span, problem.message);
        }
        let effect = elements::effect(&lower, &attributes);
        let name = spelt(name, &lower);
        let is_note =
            attributes.is_note() || matches!(name, "p" | "li") && attributes.is_note_by_class();
        self.out.open(Element {
            name,
            effect: if is_note { Effect::Note } else { effect },
            language: attributes.foreign(),
            span,
        });
        self.anchor(name, &attributes);
        match name {
            "a" | "area" => self.link(name, &attributes),
            "img" => self.picture(&attributes),
            "base" if self.extra.base.is_none() => {
                self.extra.base = attributes.get("href").map(|(base, _)| base.into_owned());
            }
            _ => {}
        }
        if tag.self_closing || elements::is_void(&lower) {
            if name == "a" {
                self.end_link(span.end);
            }
            self.out.close(name, Span::gap(span.end));
        }
        false
    }

    /// Whether the rest of the document, from this tag on, could be taken over.
    fn passes(&mut self, tag: Span) -> bool {
        // What is wrong with a tag is told before it.
        let is_at_rest = self.link.is_none()
            && self.out.is_at_rest()
            && self.out.last_problem().is_none_or(|problem| problem < tag.start);
        let Some(course) = self.course.as_mut().filter(|_| is_at_rest) else {
            return false;
        };
        let extra = &self.extra;
        let end = course.pass(tag, &mut self.out, extra, |then, end| extra.at_end(then, end));
        end.map(|end| self.extra = end).is_some()
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let span = self.at(tag.span);
        let Some(name) = name_in(self.source, span, 2) else {
            return;
        };
        let lower = lowered(name);
        let name = spelt(name, &lower);
        if name == "a" {
            self.end_link(span.start);
        }
        if !self.close(name, span) && faults::shows_unclosed(name) {
            self.out.stray(span);
        }
    }

    /// Does what an end tag does; `false` if that is nothing.
    fn close(&mut self, name: &'s str, span: Span) -> bool {
        match elements::end_tag(name) {
            End::Within(barriers) => {
                self.out.close_unless(name, |one| barriers.contains(&one), span)
            }
            End::Formatting => {
                self.out.close_alone(name, elements::bounds_formatting, elements::is_special, span)
            }
            End::Inline => self.out.close_unless(name, elements::is_special, span),
        }
    }

    /// The link that is open ends at byte `at` of the source.
    pub(super) fn end_link(&mut self, at: usize) {
        if let Some((pointer, from)) = self.link.take() {
            let span = self.out.pointer_mut(pointer).span;
            let is_raised = self.out.is_inside("sup") || self.raises_within(span.end, at);
            if links::close(&mut self.out, pointer, from, is_raised) {
                self.out.guesses().push(span.start);
            }
        }
    }

    /// Whether a superscript begins between two places of the source, which are near.
    fn raises_within(&self, from: usize, to: usize) -> bool {
        let inner = self.source.get(from..to.min(from + LONGEST_MARKER)).unwrap_or("").as_bytes();
        inner.windows(4).any(|window| window.eq_ignore_ascii_case(b"<sup"))
    }

    /// Ids, and the names of named anchors.
    fn anchor(&mut self, name: &str, attributes: &links::Attributes<'_, 's>) {
        let named = if name == "a" { attributes.get("name") } else { None };
        let id = attributes.get("id");
        let named = named.filter(|(name, _)| id.as_ref().is_none_or(|(id, _)| id != name));
        for (label, at) in id.into_iter().chain(named).filter(|(label, _)| !label.is_empty()) {
            self.out.anchor(attributes.anchor_kind(), label.into_owned(), at);
        }
    }

    /// A picture lies in a file, to which an editor wants to go; one that stands in the page itself
    /// leads nowhere.
    fn picture(&mut self, attributes: &links::Attributes<'_, 's>) {
        let source = attributes.get("src");
        if let Some((target, span)) = source.filter(|(target, _)| is_file(target)) {
            let target = target.trim().to_owned();
            self.out.pointer(Pointer { kind: PointerKind::Other, span, target, scope: 0 });
        }
    }

    fn link(&mut self, element: &str, attributes: &links::Attributes<'_, 's>) {
        if let Some((target, at)) = attributes.get("href") {
            let in_note = self.out.is_in_note();
            let pointer = links::pointer(attributes, &target, at, in_note);
            let index = self.out.pointer(pointer);
            if element == "a" {
                self.open_link(index);
            }
        }
    }
}

/// Whether the address of a picture is one, and not the picture itself.
pub(super) fn is_file(address: &str) -> bool {
    let address = address.trim_start();
    !address.is_empty()
        && address.get(..5).is_none_or(|scheme| !scheme.eq_ignore_ascii_case("data:"))
}

/// A name in small letters, as most pages write it.
fn lowered(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// A name in small letters, where it matters.
fn spelt<'s>(name: &'s str, lower: &str) -> &'s str {
    if name == lower { name } else { elements::known_name(lower).unwrap_or(name) }
}

/// The tag's name as the source writes it; `lead` bytes (`<`, `</`) stand before it.
fn name_in(source: &str, span: Span, lead: usize) -> Option<&str> {
    let tag = source.get(span.start + lead..span.end)?;
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    Some(&tag[..end.unwrap_or(tag.len())]).filter(|name| !name.is_empty())
}

/// The decoded value of an attribute and its place, quotes left out.
fn value_in(source: &str, span: Span) -> Option<(Cow<'_, str>, Span)> {
    let text = span.of(source);
    let Some(equals) = text.find('=') else {
        return Some((Cow::Borrowed(""), empty_value(source, span.end)));
    };
    let raw = text[equals + 1..].trim_start();
    let start = span.start + (text.len() - raw.len());
    let (inner, start) = match raw.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let inner = &raw[1..];
            (inner.split(quote as char).next().unwrap_or(inner), start + 1)
        }
        _ => {
            let end = raw.find(|c: char| c.is_ascii_whitespace() || c == '>');
            (&raw[..end.unwrap_or(raw.len())], start)
        }
    };
    Some((decode_attribute(inner), Span::new(start, start + inner.len())))
}

/// Where the value of an attribute stands whose name ends at byte `at`, and which is empty: the tokenizer
/// gives no place for one, be it written `href=""` or not at all.
fn empty_value(source: &str, at: usize) -> Span {
    let rest = source[at..].trim_start().strip_prefix('=').map(str::trim_start);
    let inner = rest.and_then(|value| value.strip_prefix(['"', '\'']));
    Span::gap(inner.map_or(at, |inner| source.len() - inner.len()))
}
