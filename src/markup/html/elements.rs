//! What each element of HTML does to the reading.

use super::super::marked::{Effect, names_small_capitals};
use super::super::{BlockKind, InlineKind};
use super::links::Attributes;

/// Elements that are written in capitals on old pages and asked for by name here, so that `<A>`
/// and `<a>` are one: those of [`is_special`], of [`is_formatting`] and the other inline ones.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "b",
    "base",
    "big",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "i",
    "iframe",
    "img",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "noframes",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "select",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
];

/// The name in small letters, where it is one that is asked for.
pub(super) fn known_name(lower: &str) -> Option<&'static str> {
    KNOWN.binary_search(&lower).ok().map(|at| KNOWN[at])
}

/// What an end tag does to the elements that are open (HTML Living Standard, ‘The rules for
/// parsing tokens in HTML content’).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It ends its element and all that is open inside, unless one of these stands between.
    Within(&'static [&'static str]),
    /// It ends its element alone: blocks that began inside go on.
    Formatting,
    /// It ends its element, unless a block began inside.
    Inline,
}

/// Out of these an end tag does not reach (‘has an element in scope’).
const SCOPE: &[&str] =
    &["applet", "caption", "html", "table", "td", "th", "marquee", "object", "template"];

/// What an end tag of this name does.
pub(super) fn end_tag(name: &str) -> End {
    const LIST: &[&str] = &[
        "applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "ol",
        "ul",
    ];
    match name {
        "table" | "html" => End::Within(&["html", "template"]),
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => {
            End::Within(&["html", "table", "template"])
        }
        "applet" | "marquee" | "object" | "template" => End::Within(&[]),
        "li" => End::Within(LIST),
        _ if is_formatting(name) => End::Formatting,
        _ if is_special(name) => End::Within(SCOPE),
        _ => End::Inline,
    }
}

/// Whether an end tag of formatting reaches out of an element of this name.
pub(super) fn bounds_formatting(name: &str) -> bool {
    SCOPE.contains(&name)
}

/// The category ‘formatting’ (HTML Living Standard, ‘The stack of open elements’).
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// The category ‘special’ (the same section), without the elements that have no content.
pub(super) fn is_special(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "applet"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "colgroup"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "html"
            | "iframe"
            | "li"
            | "listing"
            | "main"
            | "marquee"
            | "menu"
            | "nav"
            | "noembed"
            | "noframes"
            | "noscript"
            | "object"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "script"
            | "search"
            | "section"
            | "select"
            | "style"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "template"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
            | "xmp"
    )
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
pub(super) fn effect(name: &str, attributes: &Attributes<'_, '_>) -> Effect {
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
        "pre" if holds_code(attributes) => Effect::Hidden,
        "pre" => Effect::Block(BlockKind::Other),
        _ if is_code(name) => Effect::Inline(InlineKind::Opaque),
        "q" => Effect::Inline(InlineKind::Quotation(attributes.foreign())),
        _ if is_in_small_capitals(attributes) => foreign_or(attributes, InlineKind::SmallCapitals),
        "em" | "i" | "b" | "strong" | "cite" | "u" => foreign_or(attributes, InlineKind::Emphasis),
        _ => match attributes.foreign() {
            Some(language) => Effect::Inline(InlineKind::Foreign(language)),
            None => Effect::Transparent,
        },
    }
}

fn foreign_or(attributes: &Attributes<'_, '_>, kind: InlineKind) -> Effect {
    Effect::Inline(attributes.foreign().map_or(kind, InlineKind::Foreign))
}

/// Whether a class or `style` says that small capitals are shown.
fn is_in_small_capitals(attributes: &Attributes<'_, '_>) -> bool {
    let mut classes = attributes.class().split_ascii_whitespace();
    classes.any(names_small_capitals) || names_small_capitals(attributes.style())
}

/// Whether marks in an element are not those of the text around it.
pub(in crate::markup) fn is_code(name: &str) -> bool {
    matches!(name, "code" | "kbd" | "samp" | "var")
}

/// Whether preformatted text is code, by the class names that DocBook, Docutils, Pandoc, Org and
/// highlighters give it.
fn holds_code(attributes: &Attributes<'_, '_>) -> bool {
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
fn paragraph(attributes: &Attributes<'_, '_>) -> BlockKind {
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
