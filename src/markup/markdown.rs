//! Markdown: CommonMark with footnotes, tables, front matter and wiki links.
//!
//! The parser is `pulldown-cmark`, which tells the source range of every event.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::Span;

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
    let mut reader =
        Reader { source, out: Assembler::new(source, Format::Markdown), slugs: Vec::new() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, Span::new(range.start, range.end));
    }
    reader.out.finish(language)
}

struct Reader<'s> {
    source: &'s str,
    out: Assembler<'s>,
    /// The open heading: its explicit id, if it has one, and its place.
    slugs: Vec<(Option<String>, Span)>,
}

impl<'s> Reader<'s> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.opaque(span),
            Event::SoftBreak => self.out.soft_break(self.break_at(span)),
            Event::HardBreak => self.out.line_break(self.break_at(span)),
            Event::FootnoteReference(label) => self.marker(&label, span),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let effect = match &tag {
            Tag::Paragraph => Effect::Block(BlockKind::Paragraph),
            Tag::Heading { level, id, .. } => {
                self.slugs.push((id.as_ref().map(ToString::to_string), span));
                let level = *level as u8;
                Effect::Block(if level == 1 {
                    BlockKind::Title
                } else {
                    BlockKind::Heading(level - 1)
                })
            }
            Tag::BlockQuote(_) => Effect::Extract,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => Effect::Hidden,
            Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow => {
                Effect::Group(BlockKind::Other)
            }
            Tag::Item => Effect::Group(BlockKind::Item),
            Tag::TableCell => Effect::Group(BlockKind::Cell),
            Tag::FootnoteDefinition(_) => Effect::Note,
            Tag::Emphasis | Tag::Strong => Effect::Inline(InlineKind::Emphasis),
            _ => Effect::Transparent,
        };
        self.out.open(Element { name: name_of(&tag.to_end()), effect, language: None, span });
        match tag {
            Tag::FootnoteDefinition(label) => {
                let inner = find_in(self.source, span, &label).unwrap_or(span);
                self.out.anchor(AnchorKind::Note, label.to_string(), inner);
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        if matches!(tag, TagEnd::Heading(_)) {
            self.heading_ends();
        }
        self.out.close(name_of(&tag), Span::gap(span.end));
    }

    /// A heading can be linked to by its id, or by its words as GitHub writes them.
    fn heading_ends(&mut self) {
        let Some((id, span)) = self.slugs.pop() else {
            return;
        };
        let label = id.unwrap_or_else(|| slug(self.out.prose_from(0)));
        self.out.anchor(AnchorKind::Id, label, span);
    }

    /// Text equals the source but for entities, each of which is an event of its own.
    fn text(&mut self, text: &str, span: Span) {
        if text == span.of(self.source) {
            self.out.text(span, false);
        } else {
            self.out.replaced(text, span);
        }
    }

    fn opaque(&mut self, span: Span) {
        let from = self.out.prose_len();
        self.out.text(span, false);
        self.out.inline(from, InlineKind::Opaque);
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
        let from = self.out.prose_len();
        self.out.text(span, false);
        self.out.inline(from, InlineKind::Marker);
        let pointer =
            Pointer { kind: PointerKind::Marker, span, target: label.to_owned(), scope: 0 };
        self.out.pointer(pointer);
    }

    fn link(&mut self, link_type: LinkType, url: &str, span: Span) {
        let inner = find_in(self.source, span, url).unwrap_or(span);
        let target = match link_type {
            LinkType::WikiLink { .. } => wiki_target(url),
            LinkType::Email => format!("mailto:{url}"),
            _ => url.to_owned(),
        };
        self.out.pointer(Pointer { kind: PointerKind::Link, span: inner, target, scope: 0 });
    }

    fn html(&mut self, html: &str, span: Span) {
        if let Some(comment) = html.trim().strip_prefix("<!--") {
            self.out.comment(comment.trim_end_matches("-->"), span);
        } else if html.starts_with("<br") {
            self.out.line_break(span);
        }
    }
}

/// `[[Notes#Sources]]` leads to a file of that name.
fn wiki_target(url: &str) -> String {
    match url.split_once('#') {
        Some(("", fragment)) => format!("#{}", slug(fragment)),
        Some((page, fragment)) => format!("{page}.md#{}", slug(fragment)),
        None => format!("{url}.md"),
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

/// A name for the assembler's account of what is open.
fn name_of(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "paragraph",
        TagEnd::Heading(_) => "heading",
        TagEnd::BlockQuote(_) => "quote",
        TagEnd::CodeBlock => "code",
        TagEnd::HtmlBlock => "html",
        TagEnd::List(_) => "list",
        TagEnd::Item => "item",
        TagEnd::FootnoteDefinition => "note",
        TagEnd::Table => "table",
        TagEnd::TableHead => "head",
        TagEnd::TableRow => "row",
        TagEnd::TableCell => "cell",
        TagEnd::Emphasis => "emphasis",
        TagEnd::Strong => "strong",
        TagEnd::Link => "link",
        TagEnd::Image => "image",
        TagEnd::MetadataBlock(_) => "metadata",
        _ => "other",
    }
}
