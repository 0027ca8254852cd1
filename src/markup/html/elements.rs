//! What each element of HTML does to the reading.

use super::super::marked::Effect;
use super::super::{BlockKind, InlineKind};
use super::links::Attributes;

/// Elements whose names the reader asks for, so that `<A>` and `<a>` are one.
const KNOWN: &[&str] = &[
    "a",
    "area",
    "base",
    "p",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "sup",
    "sub",
    "u",
    "cite",
    "select",
    "div",
    "span",
    "blockquote",
    "q",
    "head",
    "body",
    "html",
    "em",
    "i",
    "b",
    "strong",
    "section",
    "ol",
    "ul",
    "dl",
    "table",
    "menu",
    "dir",
    "center",
    "font",
    "pre",
    "script",
    "style",
    "title",
    "article",
];

/// The name in the spelling used here, where it is one that is asked for.
pub(super) fn known_name(lower: &str) -> Option<&'static str> {
    KNOWN.iter().find(|known| **known == lower).copied()
}

/// Elements that have no content (HTML Living Standard, void elements; with those of old).
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "basefont"
            | "frame"
    )
}

/// Elements that a start tag ends without saying so (`<p>` before `<p>`), and those out of
/// which it does not reach (HTML Living Standard, optional tags and scopes).
pub(super) fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const LISTS: &[&str] = &["ul", "ol", "menu", "dir", "td", "th", "blockquote"];
    const TABLES: &[&str] = &["table"];
    const BLOCKS: &[&str] = &["td", "th", "table"];
    match name {
        "li" => (&["p", "li"], LISTS),
        "dt" | "dd" => (&["p", "dt", "dd"], &["dl", "td", "th", "blockquote"]),
        "tr" => (&["td", "th", "tr"], TABLES),
        "td" | "th" => (&["td", "th"], TABLES),
        "body" => (&["head"], &[]),
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "ul" | "ol" | "dl" | "table"
        | "blockquote" | "pre" | "hr" | "center" | "section" | "article" | "header" | "footer"
        | "aside" | "nav" | "figure" | "form" | "fieldset" | "address" | "main" => (&["p"], BLOCKS),
        _ => (&[], &[]),
    }
}

/// What an element does. An unknown one is read as if it were not there.
pub(super) fn effect(name: &str, attributes: &Attributes<'_>) -> Effect {
    match name {
        "p" => Effect::Block(paragraph(attributes)),
        "h1" => Effect::Block(BlockKind::Title),
        "h2" | "h3" | "h4" | "h5" | "h6" => {
            Effect::Block(BlockKind::Heading(name.as_bytes()[1] - b'1'))
        }
        "li" | "dt" | "dd" => Effect::Group(BlockKind::Item),
        "td" | "th" => Effect::Group(BlockKind::Cell),
        "caption" | "figcaption" | "legend" => Effect::Block(BlockKind::Other),
        "blockquote" => Effect::Extract,
        "body" | "div" | "section" | "article" | "main" | "center" => {
            Effect::Group(BlockKind::Paragraph)
        }
        "html" | "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "header"
        | "footer" | "aside" | "nav" | "figure" | "form" | "fieldset" | "address" | "details"
        | "hgroup" | "menu" | "dir" => Effect::Group(BlockKind::Other),
        "head" | "script" | "style" | "svg" | "math" | "template" | "noscript" | "iframe"
        | "object" | "select" | "textarea" | "applet" => Effect::Hidden,
        "pre" if is_code(attributes) => Effect::Hidden,
        "pre" => Effect::Block(BlockKind::Other),
        "code" | "kbd" | "samp" | "var" => Effect::Inline(InlineKind::Opaque),
        "q" => Effect::Inline(InlineKind::Quotation),
        "em" | "i" | "b" | "strong" | "cite" | "u" => foreign_or(attributes, InlineKind::Emphasis),
        "span" | "font" | "bdi" | "bdo" => match attributes.foreign() {
            Some(language) => Effect::Inline(InlineKind::Foreign(language)),
            None => Effect::Transparent,
        },
        _ => Effect::Transparent,
    }
}

fn foreign_or(attributes: &Attributes<'_>, kind: InlineKind) -> Effect {
    Effect::Inline(attributes.foreign().map_or(kind, InlineKind::Foreign))
}

/// Whether preformatted text is code, by the class names that DocBook, Docutils, Pandoc, Org and
/// highlighters give it.
fn is_code(attributes: &Attributes<'_>) -> bool {
    attributes.class().split_ascii_whitespace().any(|word| {
        matches!(
            word,
            "programlisting"
                | "screen"
                | "literal-block"
                | "code"
                | "sourceCode"
                | "src"
                | "highlight"
        )
    })
}

/// The kind of a paragraph by the class names that archives give them.
fn paragraph(attributes: &Attributes<'_>) -> BlockKind {
    let class = attributes.class();
    let has = |name: &str| class.split_ascii_whitespace().any(|word| word == name);
    if has("title") {
        BlockKind::Title
    } else if has("info") || has("information") || has("updat") {
        BlockKind::Credits
    } else if has("quote") || has("quoteb") || has("indentb") {
        BlockKind::Extract
    } else {
        BlockKind::Paragraph
    }
}
