//! Markdown: CommonMark with footnotes, tables, front matter and wiki links.
//!
//! The parser is `pulldown-cmark`, which tells the source range of every event.

use std::borrow::Cow;
use std::cell::RefCell;

use pulldown_cmark::{
    BrokenLink, Event, LinkType, MetadataBlockKind, Options, Parser, Tag, TagEnd,
};
use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

use super::citation;
use super::front_matter;
use super::html;
use super::marked::{self, Assembler, Change, Course, Effect, Element, Shift};
use super::{
    AnchorKind, BlockKind, Document, Format, InlineKind, Language, Pointer, PointerKind, metadata,
};

/// Reads Markdown. Linear in `source`.
pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let mut reader = Reader::new(source, None);
    reader.run("", Span::new(0, source.len()));
    reader.html.out.end_all(language);
    reader.document()
}

/// Reads a new version of a document, of which `before` was kept, if anything was.
pub(super) fn read_on(
    source: &str,
    language: Option<Language>,
    before: Option<(&Kept, Change)>,
) -> (Document, Kept) {
    let on = before.and_then(|(kept, change)| {
        let course = Course::new(Some((&kept.reading, change)));
        let mut reader = Reader::new(source, Some(course));
        reader.run_on(kept, change).then_some(reader)
    });
    let mut reader = on.unwrap_or_else(|| {
        let mut reader = Reader::new(source, Some(Course::new(None)));
        reader.run("", Span::new(0, source.len()));
        reader
    });
    reader.html.out.end_all(language);
    let course = reader.course.take().unwrap_or_else(|| Course::new(None));
    let reading = course.keep(&reader.html.out, reader.extra());
    let kept = Kept { reading, words: reader.words.clone(), metadata: reader.metadata };
    (reader.document(), kept)
}

/// Where the destination of a link is written that is given by a label: `[words][label]`.
pub(super) fn defined_at(source: &str, link: Span) -> Option<Span> {
    let written = link.of(source).strip_prefix('[')?.strip_suffix(']')?;
    if written.starts_with('^') {
        // The marker of a note.
        return None;
    }
    let written = written.strip_suffix("][").unwrap_or(written);
    let label = written.rsplit('[').next().unwrap_or(written);
    let text = &source[metadata::front_end(source)..];
    let parser = Parser::new_ext(text, options());
    let definition = parser.reference_definitions().get(label)?;
    let front = source.len() - text.len();
    let span = Span::new(front + definition.span.start, front + definition.span.end);
    let colon = span.start + span.of(source).find("]:")?;
    behind(source, Span::new(colon, span.end), "]:", &definition.dest)
}

/// An open heading.
struct Heading {
    /// The id that it gives itself.
    id: Option<String>,
    span: Span,
    /// What pictures say of themselves in its prose, from byte to byte. It is no part of the id.
    pictures: Vec<(usize, usize)>,
}

/// What is kept of a reading.
#[derive(Debug)]
pub(super) struct Kept {
    reading: marked::Kept<Extra>,
    words: Words,
    metadata: Metadata,
}

/// What the reading has to know besides the elements that are open.
#[derive(Clone, Debug)]
struct Extra {
    html: html::Extra,
    cites: bool,
}

/// Words that mean something because of others, wherever those stand. All in the order of the
/// source.
#[derive(Clone, Debug, Default)]
struct Words {
    /// What links are called, as it is defined: `[label]: url`.
    definitions: Vec<(usize, String)>,
    /// The labels of the notes.
    notes: Vec<(usize, String)>,
    /// The labels of markers without a note.
    unknown_notes: Vec<Span>,
    /// Links by labels that are not defined.
    undefined: Vec<(Span, String)>,
    /// Headings without an id of their own, of which one is made.
    headings: Vec<usize>,
}

impl Words {
    /// What there is outside of `[from, to)` of the old version, where it stands now.
    fn around(&self, from: usize, to: usize, shift: Shift) -> Self {
        let at = |at: usize| match at {
            _ if at < from => Some(at),
            _ if at >= to => Some(shift.at(at)),
            _ => None,
        };
        let span = |span: Span| at(span.start).map(|start| Span::new(start, start + span.len()));
        let named = |(place, name): &(usize, String)| Some((at(*place)?, name.clone()));
        let link = |(place, label): &(Span, String)| Some((span(*place)?, label.clone()));
        Self {
            definitions: self.definitions.iter().filter_map(named).collect(),
            notes: self.notes.iter().filter_map(named).collect(),
            unknown_notes: self.unknown_notes.iter().filter_map(|&one| span(one)).collect(),
            undefined: self.undefined.iter().filter_map(link).collect(),
            headings: self.headings.iter().filter_map(|&one| at(one)).collect(),
        }
    }

    /// What is defined from byte `from` up to `to`.
    fn defined(&self, from: usize, to: usize) -> [Vec<&str>; 2] {
        [&self.definitions, &self.notes].map(|all| {
            let here = all.iter().filter(|(at, _)| from <= *at && *at < to);
            here.map(|(_, name)| name.as_str()).collect()
        })
    }

    /// A text that defines what they define.
    fn preface(&self) -> String {
        let definitions = self.definitions.iter().map(|(_, one)| format!("{one}\n\n"));
        let notes = self.notes.iter().map(|(_, label)| format!("[^{label}]: x\n\n"));
        definitions.chain(notes).collect()
    }

    fn extend(&mut self, other: Self) {
        self.definitions.extend(other.definitions);
        self.notes.extend(other.notes);
        self.unknown_notes.extend(other.unknown_notes);
        self.undefined.extend(other.undefined);
        self.headings.extend(other.headings);
        self.definitions.sort();
        self.notes.sort();
        self.unknown_notes.sort();
        self.undefined.sort();
        self.headings.sort_unstable();
    }
}

fn options() -> Options {
    Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// Where there is metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Metadata {
    /// Where the front matter ends, in bytes.
    front_end: usize,
    /// Whether there are blocks of it further on.
    are_inside: bool,
}

impl Metadata {
    /// Linear.
    fn of(source: &str) -> Self {
        let front_end = metadata::front_end(source);
        Self { front_end, are_inside: metadata::are_there(&source[front_end..]) }
    }

    /// How the part of the source that begins at byte `from` is read.
    fn options(self, from: usize) -> Options {
        let of_yaml = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let of_toml = Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        match from {
            0 if self.front_end > 0 => options() | of_yaml | of_toml,
            _ if self.are_inside => options() | of_yaml,
            _ => options(),
        }
    }
}

/// No label of a note is longer, in bytes.
const LONGEST_LABEL: usize = 100;

struct Reader<'s> {
    source: &'s str,
    metadata: Metadata,
    /// What reads the HTML in the text, and gathers all that is read.
    html: html::Reader<'s>,
    heading: Option<Heading>,
    /// How many block quotations, lists and notes are open.
    containers: usize,
    /// Whether the HTML of a block has been read as a whole.
    in_html: bool,
    /// Whether the text is an address in angle brackets.
    in_address: bool,
    words: Words,
    /// Whether the front matter declares works to cite.
    cites: bool,
    /// Where the citation key ends that was read last.
    key_end: usize,
    /// On the way from one version to the next.
    course: Option<Course<'s, Extra>>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, course: Option<Course<'s, Extra>>) -> Self {
        Self {
            source,
            metadata: Metadata::of(source),
            html: html::Reader::new(source, Format::Markdown),
            heading: None,
            containers: 0,
            in_html: false,
            in_address: false,
            words: Words::default(),
            cites: false,
            key_end: 0,
            course,
        }
    }

    /// Reads a part of the source behind `preface`, which defines what the rest of the source
    /// does. Gives where the rest of the old reading was taken over.
    fn run(&mut self, preface: &str, part: Span) -> Option<usize> {
        let front_end = self.metadata.front_end.min(part.end);
        if part.start < front_end {
            self.run_part(preface, Span::new(part.start, front_end));
        }
        self.run_part(preface, Span::new(part.start.max(front_end), part.end))
    }

    fn run_part(&mut self, preface: &str, part: Span) -> Option<usize> {
        let whole = match preface {
            "" => Cow::Borrowed(part.of(self.source)),
            _ => Cow::Owned(format!("{preface}{}", part.of(self.source))),
        };
        let place = |range: std::ops::Range<usize>| {
            let start = range.start.checked_sub(preface.len())?;
            Some(Span::new(part.start + start, part.start + range.end - preface.len()))
        };
        let source = self.source;
        let undefined = RefCell::new(Vec::new());
        let note_undefined = |link: BrokenLink<'_>| {
            if link.link_type == LinkType::Reference
                && !link.reference.starts_with(['^', '@'])
                && let Some(span) = place(link.span)
                // The parser also gives `[a]\[b]`, which is none.
                && span.of(source).contains("][")
            {
                undefined.borrow_mut().push((span, link.reference.into_string()));
            }
            None
        };
        let parser = {
            let options = self.metadata.options(part.start);
            Parser::new_with_broken_link_callback(&whole, options, Some(note_undefined))
        };
        let definitions = parser.reference_definitions().iter();
        let definitions = definitions.filter_map(|(_, one)| place(one.span.clone()));
        let mut definitions: Vec<_> =
            definitions.map(|one| (one.start, one.of(self.source).to_owned())).collect();
        definitions.sort();
        let mut end = None;
        for (event, range) in parser.into_offset_iter() {
            let Some(span) = place(range) else {
                continue;
            };
            if self.passes(&event, span) {
                end = Some(span.start);
                break;
            }
            self.event(event, span);
        }
        let mut undefined = undefined.into_inner();
        if let Some(end) = end {
            definitions.retain(|(at, _)| *at < end);
            undefined.retain(|(one, _)| one.start < end);
        }
        self.words.definitions = definitions;
        self.words.undefined = undefined;
        end
    }

    /// Reads what has changed and takes over the rest; `false` if that is not possible.
    fn run_on(&mut self, kept: &'s Kept, change: Change) -> bool {
        let Some(course) = &mut self.course else {
            return false;
        };
        let (next, after) = course.behind();
        let part_end = after.map_or(self.source.len(), |after| change.shift().at(after));
        let mut from = 0;
        if let Some((at, extra)) = course.resume(&mut self.html.out) {
            from = at;
            self.cites = extra.cites;
            self.html.go_on(at, extra.html);
        }
        // Without a place behind the change everything up to the end is read.
        let to = next.unwrap_or(usize::MAX);
        let around = kept.words.around(from, to, change.shift());
        let preface = around.preface();
        // Metadata stand only at the very beginning; what is defined within something else
        // cannot be defined anew.
        let is_plain = kept.words.definitions.iter().all(|(_, one)| is_by_itself(one));
        // The front matter may have got another end behind the place from which this goes on.
        let is_same = if from == 0 {
            kept.metadata.are_inside == self.metadata.are_inside
        } else {
            kept.metadata == self.metadata
        };
        // Nor may it end behind what is read.
        let reach = next.map_or(part_end, |next| change.shift().at(next));
        let is_same = is_same && self.metadata.front_end <= reach;
        if !is_same || !is_plain || from == 0 && !preface.is_empty() {
            return false;
        }
        let end = self.run(&preface, Span::new(from, part_end));
        let is_read = end == next.map(|next| change.shift().at(next));
        // Anything defined anew or no longer may change what is read anywhere.
        if !is_read || self.words.defined(0, usize::MAX) != kept.words.defined(from, to) {
            return false;
        }
        self.words.extend(around);
        true
    }

    /// Whether the rest of the document, from this block on, could be taken over.
    fn passes(&mut self, event: &Event<'_>, span: Span) -> bool {
        let is_block = matches!(event, Event::Start(Tag::Paragraph | Tag::Heading { .. }));
        let is_at_rest = is_block
            && self.containers == 0
            && !self.in_html
            && !self.html.is_in_link()
            && begins_afresh(self.source, span.start)
            && self.html.out.is_at_rest();
        let extra = self.extra();
        let Some(course) = self.course.as_mut().filter(|_| is_at_rest) else {
            return false;
        };
        // Its first line tells that whatever stood before it has ended.
        let rest = &self.source.as_bytes()[span.start..];
        let line = memchr::memchr2(b'\n', b'\r', rest).map_or(rest.len(), |at| at + 1);
        let line = Span::new(span.start, span.start + line);
        let end = course.pass(line, &mut self.html.out, &extra, |then, end| {
            let html = extra.html.at_end(&then.html, &end.html)?;
            (then.cites == extra.cites).then_some(Extra { html, cites: end.cites })
        });
        let Some(end) = end else {
            return false;
        };
        self.cites = end.cites;
        self.html.go_on(span.start, end.html);
        true
    }

    fn extra(&self) -> Extra {
        Extra { html: self.html.extra(), cites: self.cites }
    }

    /// The document, once everything has ended.
    fn document(mut self) -> Document {
        self.number_headings();
        let words = std::mem::take(&mut self.words);
        if !words.definitions.is_empty() {
            for (span, label) in words.undefined {
                let target = format!("#{}", self.id_of(label));
                self.out().pointer(Pointer { kind: PointerKind::Link, span, target, scope: 0 });
            }
        }
        // Square brackets are much else; only in a text that has notes they are surely markers.
        for label in words.unknown_notes.into_iter().filter(|_| !words.notes.is_empty()) {
            let span = Span::new(label.start - 2, label.end + 1);
            let target = label.of(self.source).to_owned();
            self.out().pointer(Pointer { kind: PointerKind::Marker, span, target, scope: 0 });
        }
        self.html.document()
    }

    /// What a label that is not defined names: a heading of these words, as Pandoc has it.
    fn id_of(&mut self, label: String) -> String {
        let id = slug(label.trim());
        let has_heading = self.out().anchors_mut().iter().any(|anchor| anchor.label == id);
        if has_heading { id } else { label }
    }

    /// Adds a number to the id that is made of a heading's words where another heading had them.
    fn number_headings(&mut self) {
        let headings = std::mem::take(&mut self.words.headings);
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for anchor in self.out().anchors_mut() {
            if anchor.kind == AnchorKind::Id && headings.binary_search(&anchor.span.start).is_ok() {
                let count = counts.entry(anchor.label.clone()).or_insert(0);
                *count += 1;
                if *count > 1 {
                    anchor.label = format!("{}-{}", anchor.label, *count - 1);
                }
            }
        }
    }

    fn out(&mut self) -> &mut Assembler<'s> {
        &mut self.html.out
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.in_html && !matches!(event, Event::End(TagEnd::HtmlBlock)) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            // The library gives indentation before HTML as a space that comes from nowhere.
            Event::Text(_) if span.is_empty() => {}
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.opaque(span),
            Event::SoftBreak => {
                let span = self.break_at(span);
                self.out().soft_break(span);
            }
            Event::HardBreak => {
                let span = self.break_at(span);
                self.out().line_break(span);
            }
            Event::FootnoteReference(label) => self.marker(&label, span),
            Event::InlineHtml(_) => self.html.feed(span),
            Event::Html(_) => self.html.feed(span),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let effect = match &tag {
            Tag::Paragraph => Effect::Block(BlockKind::Paragraph),
            Tag::Heading { level, id, .. } => {
                let id = id.as_ref().map(ToString::to_string);
                self.heading = Some(Heading { id, span, pictures: Vec::new() });
                let level = *level as u8;
                Effect::Block(if level == 1 {
                    BlockKind::Title
                } else {
                    BlockKind::Heading(level - 1)
                })
            }
            Tag::BlockQuote(_) => Effect::Extract,
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => Effect::Hidden,
            Tag::HtmlBlock => return self.html_block(span),
            Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow => {
                Effect::Group(BlockKind::Other)
            }
            Tag::Item => Effect::Group(BlockKind::Item),
            Tag::TableCell => Effect::Group(BlockKind::Cell),
            Tag::FootnoteDefinition(_) => Effect::Note,
            Tag::Emphasis | Tag::Strong => Effect::Inline(InlineKind::Emphasis),
            _ => Effect::Transparent,
        };
        if let Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } = &tag
            && let Some(problem) = marked::of_link(self.source, span.start, dest_url)
        {
            self.out().problem(problem.span, problem.message);
        }
        self.out().open(Element { name: name_of(&tag.to_end()), effect, language: None, span });
        if let (Tag::Image { .. }, Some(heading)) = (&tag, &mut self.heading) {
            let from = self.html.out.prose_len();
            heading.pictures.push((from, from));
        }
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) => self.containers += 1,
            Tag::FootnoteDefinition(label) => {
                self.containers += 1;
                self.words.notes.push((span.start, label.to_string()));
                let inner = behind(self.source, span, "[^", &label).unwrap_or(span);
                self.out().anchor(AnchorKind::Note, label.to_string(), inner);
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, span),
            Tag::Image { link_type, dest_url, .. } if html::is_file(&dest_url) => {
                let span = destination(self.source, span, link_type, &dest_url).unwrap_or(span);
                let (kind, target) = (PointerKind::Other, dest_url.into_string());
                self.out().pointer(Pointer { kind, span, target, scope: 0 });
            }
            Tag::MetadataBlock(kind) => self.front_matter(kind, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) => self.heading_ends(),
            TagEnd::Image => {
                let to = self.html.out.prose_len();
                let heading = self.heading.as_mut();
                if let Some((_, end)) = heading.and_then(|heading| heading.pictures.last_mut()) {
                    *end = to;
                }
            }
            TagEnd::Link => {
                self.in_address = false;
                self.html.end_link(span.end);
            }
            TagEnd::HtmlBlock => {
                self.in_html = false;
                return;
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition => {
                self.containers -= 1;
            }
            _ => {}
        }
        self.out().close(name_of(&tag), Span::gap(span.end));
    }

    /// A block of HTML is read as one, since its tags may go over several lines; inside of a
    /// list or a quotation its lines have marks before them and come one by one.
    fn html_block(&mut self, span: Span) {
        if self.containers == 0 {
            self.in_html = true;
            self.html.feed(span);
        }
    }

    /// A heading can be linked to by its id, or by its words as GitHub writes them.
    fn heading_ends(&mut self) {
        let Some(Heading { id, span, pictures }) = self.heading.take() else {
            return;
        };
        let label = id.unwrap_or_else(|| {
            self.words.headings.push(span.start);
            let mut words = self.html.out.prose_from(0).trim().to_owned();
            for (from, to) in pictures.into_iter().rev() {
                // The space before it is written only once something follows.
                let picture = words[from..to].trim_start().len();
                words.replace_range(to - picture..to, "");
            }
            slug(&words)
        });
        self.out().anchor(AnchorKind::Id, label, span);
    }

    /// Text equals the source but for entities, each of which is an event of its own.
    fn text(&mut self, text: &str, span: Span) {
        if text.starts_with('[')
            && let Some(label) = self.note_label(span.start)
        {
            self.words.unknown_notes.push(label);
        }
        let written = span.of(self.source);
        if self.in_address {
            self.opaque_as(text, span);
        // Behind a comment in a heading the parser may give an entity of the comment as the text
        // of a later place.
        } else if text != written && written.contains(['&', '\\', '\0']) {
            self.out().replaced(text, span);
        } else if self.cites {
            self.text_with_citations(span);
        } else {
            self.out().text(span, false);
        }
    }

    /// What the front matter declares to be cited.
    fn front_matter(&mut self, kind: MetadataBlockKind, span: Span) {
        let declared = match kind {
            MetadataBlockKind::YamlStyle => front_matter::declared(self.source, span),
            MetadataBlockKind::PlusesStyle => front_matter::declared_in_toml(self.source, span),
        };
        self.cites |= declared.is_any;
        for file in declared.files {
            let kind = PointerKind::Bibliography;
            let pointer = Pointer { kind, span: file.span, target: file.text, scope: 0 };
            self.out().pointer(pointer);
        }
        for work in declared.works {
            self.out().anchor_at(AnchorKind::Work, work.id.text, work.id.span, work.extent);
        }
    }

    /// The keys of works are no prose. Signs of markup in one may have cut it into several events.
    fn text_with_citations(&mut self, span: Span) {
        let mut at = span.start;
        while at < span.end {
            if at < self.key_end {
                let end = self.key_end.min(span.end);
                self.opaque(Span::new(at, end));
                at = end;
                continue;
            }
            let Some((whole, key)) = citation::next_key(self.source, Span::new(at, span.end))
            else {
                break;
            };
            if at < whole.start {
                self.out().text(Span::new(at, whole.start), false);
            }
            let label = key.of(self.source);
            let (kind, target) = if citation::is_cross_reference(label) {
                (PointerKind::Other, format!("#{label}"))
            } else {
                (PointerKind::Citation, label.to_owned())
            };
            self.out().pointer(Pointer { kind, span: key, target, scope: 0 });
            (at, self.key_end) = (whole.start, whole.end);
        }
        if at < span.end {
            self.out().text(Span::new(at, span.end), false);
        }
    }

    /// The label of a note marker at byte `at`, which the parser has not taken for one.
    fn note_label(&self, at: usize) -> Option<Span> {
        let inner = self.source[at..].strip_prefix("[^")?;
        let length = inner.bytes().take(LONGEST_LABEL).position(|byte| byte == b']')?;
        let is_label = |byte: u8| !byte.is_ascii_whitespace() && !matches!(byte, b'[' | b'\\');
        let is_escaped = self.source[..at].ends_with('\\');
        let is_whole = length > 0 && inner.bytes().take(length).all(is_label);
        (is_whole && !is_escaped).then(|| Span::new(at + 2, at + 2 + length))
    }

    fn opaque(&mut self, span: Span) {
        self.opaque_as(span.of(self.source), span);
    }

    /// What is no prose, and may be written otherwise in the source.
    fn opaque_as(&mut self, text: &str, span: Span) {
        let from = self.out().prose_len();
        if text == span.of(self.source) {
            self.out().text(span, false);
        } else {
            self.out().replaced(text, span);
        }
        self.out().inline(from, InlineKind::Opaque);
    }

    /// The parser says where a break is, or only that it comes next. What stands before the text of
    /// the next line belongs to it: put in behind the break, a word would else stand before the
    /// `>` of a quotation.
    fn break_at(&self, span: Span) -> Span {
        let least = if span.is_empty() { span.start + 1 } else { span.end };
        let least = self.source.floor_char_boundary(least.min(self.source.len()));
        let rest = self.source[least..].bytes();
        let lead = rest.take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'\n')).count();
        Span::new(span.start, least + lead)
    }

    fn marker(&mut self, label: &str, span: Span) {
        let from = self.out().prose_len();
        self.out().text(span, false);
        self.out().inline(from, InlineKind::Marker);
        let pointer =
            Pointer { kind: PointerKind::Marker, span, target: label.to_owned(), scope: 0 };
        self.out().pointer(pointer);
    }

    fn link(&mut self, link_type: LinkType, url: &str, span: Span) {
        let inner = destination(self.source, span, link_type, url).unwrap_or(span);
        self.in_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let (kind, target) = match link_type {
            LinkType::WikiLink { .. } => wiki_target(url),
            LinkType::Email => (PointerKind::Link, format!("mailto:{url}")),
            _ => (PointerKind::Link, url.to_owned()),
        };
        let pointer = self.out().pointer(Pointer { kind, span: inner, target, scope: 0 });
        if kind == PointerKind::Link {
            self.html.open_link(pointer);
        }
    }
}

/// Whether a line begins here behind a blank one.
fn begins_afresh(source: &str, at: usize) -> bool {
    let before = &source[..at];
    let Some(before) = before.strip_suffix('\n') else {
        return at == 0;
    };
    let before = before.strip_suffix('\r').unwrap_or(before).trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

/// Whether a definition stands in no list and no quotation, the marks of which would be in it.
fn is_by_itself(definition: &str) -> bool {
    definition.starts_with('[') && !definition.contains(['\n', '\r'])
}

/// `[[Notes#Sources]]` leads to a page of that name, `[[#Sources]]` to a heading of this one.
fn wiki_target(url: &str) -> (PointerKind, String) {
    match url.split_once('#') {
        Some(("", fragment)) => (PointerKind::Link, format!("#{}", slug(fragment.trim()))),
        Some((page, fragment)) => (PointerKind::Page, format!("{page}#{}", slug(fragment.trim()))),
        None => (PointerKind::Page, url.to_owned()),
    }
}

/// The id that GitHub and most static-site programs give a heading: lower-case, spaces as
/// hyphens, punctuation left out.
fn slug(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            // Signs of vowels and accents belong to their letters.
            _ if c.is_alphanumeric() || is_combining_mark(c) => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Where the destination of a link is written in it; that of `[words][label]` stands elsewhere.
fn destination(source: &str, link: Span, kind: LinkType, url: &str) -> Option<Span> {
    match kind {
        LinkType::Inline => {
            // The words may hold a link of their own, that of a picture.
            let open = memchr::memmem::rfind_iter(link.of(source).as_bytes(), "](");
            let ends = open.map(|at| Span::new(link.start + at, link.end));
            ends.filter_map(|end| behind(source, end, "](", url)).next()
        }
        LinkType::WikiLink { .. } => behind(source, link, "[[", url),
        LinkType::Autolink | LinkType::Email => behind(source, link, "<", url),
        _ => None,
    }
}

/// Where what reads as `words` stands within `span` directly behind `sign`, with which that begins;
/// white space and `<` may come between.
fn behind(source: &str, span: Span, sign: &str, words: &str) -> Option<Span> {
    let rest = span.of(source).trim_start().strip_prefix(sign)?.trim_start();
    let rest = rest.strip_prefix('<').filter(|_| !words.starts_with('<')).unwrap_or(rest);
    let start = span.end - rest.len();
    let length = marked::written_length(rest, words)?;
    Some(Span::new(start, start + length))
}

/// A name for the assembler's account of what is open, which no tag of HTML has.
fn name_of(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "md:paragraph",
        TagEnd::Heading(_) => "md:heading",
        TagEnd::BlockQuote(_) => "md:quote",
        TagEnd::CodeBlock => "md:code",
        TagEnd::List(_) => "md:list",
        TagEnd::Item => "md:item",
        TagEnd::FootnoteDefinition => "md:note",
        TagEnd::Table => "md:table",
        TagEnd::TableHead => "md:head",
        TagEnd::TableRow => "md:row",
        TagEnd::TableCell => "md:cell",
        TagEnd::Emphasis => "md:emphasis",
        TagEnd::Strong => "md:strong",
        TagEnd::Link => "md:link",
        TagEnd::Image => "md:image",
        TagEnd::MetadataBlock(_) => "md:metadata",
        _ => "md:other",
    }
}
