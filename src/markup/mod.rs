//! File formats, read into blocks of prose.
//!
//! Every format yields the same [`Document`], so that nothing above this floor knows
//! whether it reads plain text or TEI. Reading never fails: it yields what could be
//! read and, in [`Document::problems`], what was wrong.

mod boilerplate;
mod citation;
mod document;
mod drawing;
mod format;
mod front_matter;
mod html;
mod ignore;
mod language;
mod language_guess;
mod markdown;
mod marked;
mod metadata;
mod plain;
mod prolog;
mod prose;
mod sic;
mod tei;
#[cfg(test)]
mod tests;
mod vocabulary;
mod written;

pub use document::{
    Anchor, AnchorKind, Block, BlockKind, Document, Ignore, IgnoreScope, Inline, InlineKind,
    Pointer, PointerKind, Problem,
};
pub use drawing::is_drawing;
pub use format::Format;
pub use front_matter::{Work, value_in as value_of_work, works};
pub use ignore::VERBS;
pub use language::Language;
pub use prose::{Prose, ProseBuilder};
pub use vocabulary::foreign;
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

/// Whether an element is a quotation, which may then have no marks.
pub fn is_quotation(format: Format, element: &str) -> bool {
    match format {
        Format::Html => element.eq_ignore_ascii_case("q"),
        Format::Tei => matches!(element, "q" | "quote" | "said" | "soCalled"),
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

/// Reads `source` in the format that the name of its file tells: of XML, which counts as TEI by its
/// name, the root decides whether it is that. Linear in its length.
pub fn read_as(source: &str, format: Format, hints: Hints) -> Document {
    let language = hints.language;
    let mut document = match told_by(source, format) {
        None => Document::foreign(),
        Some(Format::Plain) => plain::read_on(source, hints, None).0,
        Some(Format::Html) => html::read(source, language),
        Some(Format::Tei) => tei::read(source, language),
        Some(Format::Markdown) => markdown::read(source, language),
    };
    document.named = format;
    add_what_is_of_the_whole(source, &mut document);
    document
}

/// The format that a source is in, if this is the one that the name of its file tells; `None`: it is
/// XML that is none of ours.
fn told_by(source: &str, named: Format) -> Option<Format> {
    match named {
        Format::Tei => vocabulary::format_in(source),
        format => Some(format),
    }
}

/// What is told of a source whatever its format.
fn add_what_is_of_the_whole(source: &str, document: &mut Document) {
    if document.is_foreign {
        return;
    }
    document.ignores.extend(boilerplate::ignores(source));
    let mut found = marked::long_lines(source);
    if document.format == Format::Tei {
        found.extend(tei::characters(source));
    }
    if !found.is_empty() {
        document.problems.extend(found);
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
    let format = told_by(source, before.named);
    // Of what was another format nothing can be taken over.
    let is_as_before = !before.is_foreign && format == Some(before.format);
    let trail = before.trail.as_ref().filter(|_| is_as_before);
    let (mut document, trail) = match (format, trail) {
        (Some(Format::Plain), trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Plain(kept) => {
                    Some(plain::Before { kept, document: before, change: change() })
                }
                _ => None,
            });
            let (document, kept) = plain::read_on(source, hints, kept);
            (document, Some(Trail::Plain(kept)))
        }
        (Some(Format::Html), trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Html(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = html::read_on(source, language, kept);
            (document, Some(Trail::Html(kept)))
        }
        (Some(Format::Tei), trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Tei(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = tei::read_on(source, language, kept);
            (document, kept.map(Trail::Tei))
        }
        (Some(Format::Markdown), trail) => {
            let kept = trail.and_then(|trail| match trail {
                Trail::Markdown(kept) => Some((kept, change())),
                _ => None,
            });
            let (document, kept) = markdown::read_on(source, language, kept);
            (document, Some(Trail::Markdown(kept)))
        }
        (None, _) => (Document::foreign(), None),
    };
    document.named = before.named;
    document.trail = trail;
    add_what_is_of_the_whole(source, &mut document);
    document
}
