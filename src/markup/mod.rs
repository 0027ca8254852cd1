//! File formats, read into blocks of prose.
//!
//! Every format yields the same [`Document`], so that nothing above this floor knows
//! whether it reads plain text or TEI. Reading never fails: it yields what could be
//! read and, in [`Document::problems`], what was wrong.

mod boilerplate;
mod citation;
mod document;
mod format;
mod front_matter;
mod html;
mod ignore;
mod language;
mod language_guess;
mod markdown;
mod marked;
mod plain;
mod prose;
mod sic;
mod tei;
#[cfg(test)]
mod tests;
mod written;

pub use document::{
    Anchor, AnchorKind, Block, BlockKind, Document, Ignore, IgnoreScope, Inline, InlineKind,
    Pointer, PointerKind, Problem,
};
pub use format::Format;
pub use front_matter::{Work, value_in as value_of_work, works};
pub use ignore::VERBS;
pub use language::Language;
pub use prose::{Prose, ProseBuilder};
pub use written::{by_number, in_manner_of, reads_references};

use marked::{Change, Shift};

use crate::text::Span;

/// Text with the character references of HTML in it decoded.
pub fn decoded(text: &str) -> std::borrow::Cow<'_, str> {
    marked::decode_attribute(text)
}

/// Whether marks in the element are not read as those of the text around it.
pub fn is_code(format: Format, element: &str) -> bool {
    match format {
        Format::Html => html::is_code(&element.to_ascii_lowercase()),
        Format::Tei => tei::is_code(element),
        Format::Plain | Format::Markdown => false,
    }
}

/// Where the destination of a pointer is written, if that is elsewhere in the source: for a link of
/// Markdown by a label, where the label is defined. Linear in `source`.
pub fn written_at(source: &str, format: Format, pointer: Span) -> Option<Span> {
    (format == Format::Markdown).then(|| markdown::defined_at(source, pointer))?
}

/// What a configuration says of texts that do not say it themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The language where the document does not declare one.
    pub language: Option<Language>,
    /// Whether plain text has the notation of Project Gutenberg.
    pub is_of_gutenberg: bool,
}

/// Reads `source` in the given format, of which nothing else is known but perhaps the language.
///
/// Linear in the length of `source`.
pub fn read(source: &str, format: Format, language: Option<Language>) -> Document {
    read_as(source, format, Hints { language, ..Hints::default() })
}

/// Reads `source` in the given format. Linear in its length.
pub fn read_as(source: &str, format: Format, hints: Hints) -> Document {
    let language = hints.language;
    let mut document = match format {
        Format::Plain => plain::read_on(source, hints, None).0,
        Format::Html => html::read(source, language),
        Format::Tei => tei::read(source, language),
        Format::Markdown => markdown::read(source, language),
    };
    add_what_is_of_the_whole(source, &mut document);
    document
}

/// What is told of a source whatever its format.
fn add_what_is_of_the_whole(source: &str, document: &mut Document) {
    document.ignores.extend(boilerplate::ignores(source));
    let long = marked::long_lines(source);
    if !long.is_empty() {
        document.problems.extend(long);
        document.problems.sort_by_key(|problem| problem.span);
    }
}

/// What is kept of a reading, so that the next one can go on from it.
#[derive(Debug)]
enum Trail {
    Plain(plain::Kept),
    Html(html::Kept),
    Tei(tei::Kept),
    Markdown(markdown::Kept),
}

/// Reads a new version of a document: the same as [`read`] gives, but what stands before and
/// behind the change is taken over from `before`, whose source was `old`. `hints` must be what they
/// were then.
pub fn read_after(before: &Document, old: &str, source: &str, hints: Hints) -> Document {
    let language = hints.language;
    let change = || Change::between(old, source);
    let (mut document, trail) = match (before.format, before.trail.as_ref()) {
        (Format::Plain, trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Plain(kept) => {
                    Some(plain::Before { kept, document: before, change: change() })
                }
                _ => None,
            });
            let (document, kept) = plain::read_on(source, hints, kept);
            (document, Some(Trail::Plain(kept)))
        }
        (Format::Html, trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Html(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = html::read_on(source, language, kept);
            (document, Some(Trail::Html(kept)))
        }
        (Format::Tei, trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Tei(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = tei::read_on(source, language, kept);
            (document, kept.map(Trail::Tei))
        }
        (Format::Markdown, trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Markdown(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = markdown::read_on(source, language, kept);
            (document, Some(Trail::Markdown(kept)))
        }
    };
    document.trail = trail;
    add_what_is_of_the_whole(source, &mut document);
    document
}
