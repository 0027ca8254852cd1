//! Markdown: CommonMark with footnotes, tables, front matter and wiki links.
//!
//! The parser is `pulldown-cmark`, which tells the source range of every event.

use std::cell::RefCell;

use pulldown_cmark::{
    BrokenLink, Event, LinkType, MetadataBlockKind, Options, Parser, Tag, TagEnd,
};
use rustc_hash::FxHashMap;

use crate::text::Span;

use super::citation;
use super::front_matter;
use super::html;
use super::marked::{Assembler, Effect, Element};
use super::{AnchorKind, BlockKind, Document, Format, InlineKind, Language, Pointer, PointerKind};

/// Reads Markdown. Linear in `source`.
pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    let undefined = RefCell::new(Vec::new());
    let note_undefined = |link: BrokenLink<'_>| {
        if link.link_type == LinkType::Reference && !link.reference.starts_with(['^', '@']) {
            undefined.borrow_mut().push((Span::from(link.span), link.reference.into_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(source, options, Some(note_undefined));
    let has_definitions = parser.reference_definitions().iter().next().is_some();
    let mut reader = Reader {
        source,
        html: html::Reader::new(source, Format::Markdown),
        heading: None,
        slugs: FxHashMap::default(),
        containers: 0,
        in_html: false,
        has_notes: false,
        unknown_notes: Vec::new(),
        cites: false,
        key_end: 0,
    };
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, Span::new(range.start, range.end));
    }
    if !reader.has_notes {
        reader.unknown_notes.clear();
    }
    reader.add_undefined(if has_definitions { undefined.into_inner() } else { Vec::new() });
    reader.html.finish(language)
}

/// No label of a note is longer, in bytes.
const LONGEST_LABEL: usize = 100;

struct Reader<'s> {
    source: &'s str,
    /// What reads the HTML in the text, and gathers all that is read.
    html: html::Reader<'s>,
    /// The open heading: its explicit id, if it has one, and its place.
    heading: Option<(Option<String>, Span)>,
    /// How often each id was made of a heading's words.
    slugs: FxHashMap<String, usize>,
    /// How many block quotations, lists and notes are open.
    containers: usize,
    /// Whether the HTML of a block has been read as a whole.
    in_html: bool,
    has_notes: bool,
    /// The labels of markers without a note.
    unknown_notes: Vec<Span>,
    /// Whether the front matter declares works to cite.
    cites: bool,
    /// Where the citation key ends that was read last.
    key_end: usize,
}

impl<'s> Reader<'s> {
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
                self.heading = Some((id.as_ref().map(ToString::to_string), span));
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
        self.out().open(Element { name: name_of(&tag.to_end()), effect, language: None, span });
        match tag {
            Tag::BlockQuote(_) | Tag::List(_) => self.containers += 1,
            Tag::FootnoteDefinition(label) => {
                self.containers += 1;
                self.has_notes = true;
                let inner = find_in(self.source, span, &label).unwrap_or(span);
                self.out().anchor(AnchorKind::Note, label.to_string(), inner);
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, span),
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.front_matter(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(_) => self.heading_ends(),
            TagEnd::Link => self.html.end_link(span.end),
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

    /// A heading can be linked to by its id, or by its words as GitHub writes them, with a
    /// number where another heading had them.
    fn heading_ends(&mut self) {
        let Some((id, span)) = self.heading.take() else {
            return;
        };
        let label = id.unwrap_or_else(|| {
            let slug = slug(self.out().prose_from(0));
            let count = self.slugs.entry(slug.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
        });
        self.out().anchor(AnchorKind::Id, label, span);
    }

    /// Labels without a definition: `[^3]` in a text that has notes, `[words][label]` in one that
    /// has definitions. Square brackets are much else; only these are surely meant so.
    fn add_undefined(&mut self, links: Vec<(Span, String)>) {
        for (span, label) in links {
            let target = format!("#{label}");
            self.out().pointer(Pointer { kind: PointerKind::Link, span, target, scope: 0 });
        }
        for label in std::mem::take(&mut self.unknown_notes) {
            let span = Span::new(label.start - 2, label.end + 1);
            let target = label.of(self.source).to_owned();
            self.out().pointer(Pointer { kind: PointerKind::Marker, span, target, scope: 0 });
        }
    }

    /// Text equals the source but for entities, each of which is an event of its own.
    fn text(&mut self, text: &str, span: Span) {
        if text.starts_with('[')
            && let Some(label) = self.note_label(span.start)
        {
            self.unknown_notes.push(label);
        }
        if text != span.of(self.source) {
            self.out().replaced(text, span);
        } else if self.cites {
            self.text_with_citations(span);
        } else {
            self.out().text(span, false);
        }
    }

    /// What the front matter declares to be cited.
    fn front_matter(&mut self, span: Span) {
        let declared = front_matter::declared(self.source, span);
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
        let from = self.out().prose_len();
        self.out().text(span, false);
        self.out().inline(from, InlineKind::Opaque);
    }

    /// The parser says where a break is, or only that it comes next.
    fn break_at(&self, span: Span) -> Span {
        if span.is_empty() {
            Span::new(span.start, self.source.len().min(span.start + 1))
        } else {
            span
        }
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
        let inner = find_in(self.source, span, url).unwrap_or(span);
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

/// `[[Notes#Sources]]` leads to a page of that name, `[[#Sources]]` to a heading of this one.
fn wiki_target(url: &str) -> (PointerKind, String) {
    match url.split_once('#') {
        Some(("", fragment)) => (PointerKind::Link, format!("#{}", slug(fragment))),
        Some((page, fragment)) => (PointerKind::Page, format!("{page}#{}", slug(fragment))),
        None => (PointerKind::Page, url.to_owned()),
    }
}

/// The id that GitHub and most static-site programs give a heading: lower-case, spaces as
/// hyphens, punctuation left out.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Where `words` stands within `span`, if it does.
fn find_in(source: &str, span: Span, words: &str) -> Option<Span> {
    let at = span.start + memchr::memmem::rfind(span.of(source).as_bytes(), words.as_bytes())?;
    Some(Span::new(at, at + words.len()))
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
