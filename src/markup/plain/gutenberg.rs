//! What the volunteers of Distributed Proofreaders put in square brackets in the plain texts of
//! Project Gutenberg: illustrations, sidenotes, their own notes, pages (their ‘Formatting
//! Guidelines’). Footnotes are read where all notes are.

use crate::text::{ProseSpan, Span};

use super::super::Language;
use super::{BlockKind, Piece};

/// What a bracket begins with, and what its text is then.
const INSERTIONS: &[(&str, BlockKind)] = &[
    ("Illustration", BlockKind::Other),
    ("Sidenote", BlockKind::Other),
    ("Music", BlockKind::Other),
    ("Decoration", BlockKind::Other),
    ("Blank Page", BlockKind::Other),
    ("Transcriber's Note", BlockKind::Credits),
    ("Transcriber’s Note", BlockKind::Credits),
    ("Transcriber's note", BlockKind::Credits),
    ("Transcriber’s note", BlockKind::Credits),
    ("Transcribers' Note", BlockKind::Credits),
    ("Transcribers’ Note", BlockKind::Credits),
];

/// Words that a bracket in a line begins with whose text is no prose: what stands there in another
/// script, written in Latin letters.
const TRANSLITERATED: &[&str] = &["Greek:", "Hebrew:", "Arabic:", "Cyrillic:", "Sanskrit:"];

/// So many paragraphs may stand in one bracket.
const MOST_PIECES: usize = 40;

/// No number of a page is longer, in bytes, its brackets included: `[Pg xxxviii]`.
const LONGEST_PAGE: usize = 16;

/// The language that the head of the text names: `Language: Finnish`.
pub(super) fn language(source: &str) -> Option<Language> {
    const NAMES: &[(&str, &str)] = &[
        ("English", "en"),
        ("French", "fr"),
        ("German", "de"),
        ("Finnish", "fi"),
        ("Dutch", "nl"),
        ("Italian", "it"),
        ("Spanish", "es"),
        ("Portuguese", "pt"),
        ("Hungarian", "hu"),
        ("Greek", "el"),
        ("Swedish", "sv"),
        ("Danish", "da"),
        ("Norwegian", "no"),
        ("Polish", "pl"),
        ("Russian", "ru"),
        ("Czech", "cs"),
        ("Catalan", "ca"),
        ("Latin", "la"),
        ("Esperanto", "eo"),
    ];
    let head = source.lines().take_while(|line| !line.starts_with("*** START OF")).take(60);
    let named = head.filter_map(|line| line.strip_prefix("Language:")).next()?.trim();
    let (_, code) = NAMES.iter().find(|(name, _)| named.eq_ignore_ascii_case(name))?;
    Some(Language::from_tag(code))
}

/// Tells the pieces that stand in brackets; what has no text of its own is taken out.
pub(super) fn mark(source: &str, pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at < pieces.len() {
        let text = pieces[at].span.of(source);
        let insertion = insertion(text);
        let last = insertion.and_then(|_| last_of_bracket(source, &pieces[at..]));
        let (Some((length, kind)), Some(last)) = (insertion, last) else {
            at += 1;
            continue;
        };
        let last = at + last;
        pieces[at].body += length;
        // The bracket that ends it is no text.
        pieces[last].span.end -= 1;
        for piece in &mut pieces[at..=last] {
            piece.kind = kind;
        }
        at = last + 1;
    }
    pieces.retain(|piece| {
        let body = piece.body.min(piece.span.end);
        !Span::new(body, piece.span.end).of(source).trim().is_empty()
    });
}

/// What a bracket is that `text` begins with: how long it is up to its own text, and of what kind
/// that is.
fn insertion(text: &str) -> Option<(usize, BlockKind)> {
    let inner = text.strip_prefix('[')?;
    let (word, kind) = INSERTIONS.iter().find(|(word, _)| inner.starts_with(word))?;
    let rest = inner[word.len()..].trim_start_matches('s');
    let rest = match rest.chars().next()? {
        ':' | '.' => rest[1..].trim_start(),
        ']' => rest,
        _ => return None,
    };
    Some((text.len() - rest.len(), *kind))
}

/// The number of the piece with which the bracket ends that the first begins with.
pub(super) fn last_of_bracket(source: &str, pieces: &[Piece]) -> Option<usize> {
    let mut depth = 0_usize;
    for (number, piece) in pieces.iter().take(MOST_PIECES).enumerate() {
        let text = piece.span.of(source);
        for at in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
            if text.as_bytes()[at] == b'[' {
                depth += 1;
                continue;
            }
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return (at + 1 == text.len()).then_some(number);
            }
        }
    }
    None
}

/// The numbers of pages in a text, `{12}`, `[Pg 12]`, `[p. 12]`: nothing that a reader of the book
/// sees there.
pub(super) fn pages(text: &str) -> impl Iterator<Item = ProseSpan> + '_ {
    memchr::memchr2_iter(b'[', b'{', text.as_bytes()).filter_map(|open| {
        let is_brace = text.as_bytes()[open] == b'{';
        let close = if is_brace { b'}' } else { b']' };
        let window = text.as_bytes()[open..].iter().take(LONGEST_PAGE);
        let length = window.clone().position(|byte| *byte == close)?;
        let inner = &text[open + 1..open + length];
        let number = if is_brace {
            inner
        } else {
            ["Pg ", "Page ", "pg ", "p. "].iter().find_map(|word| inner.strip_prefix(word))?
        };
        let is_roman = |number: &str| number.bytes().all(|byte| b"ivxlc".contains(&byte));
        let is_number = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
        let is_page = !number.is_empty() && (is_number(number) || is_roman(number));
        is_page.then(|| ProseSpan::new(open, open + length + 1))
    })
}

/// What stands in brackets in a line and is no prose: `[Greek: logos]`, `[Illustration]`.
pub(super) fn opaque(text: &str) -> impl Iterator<Item = ProseSpan> + '_ {
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(|open| {
        let inner = &text[open + 1..];
        let is_one = TRANSLITERATED.iter().any(|word| inner.starts_with(word))
            || insertion(&text[open..]).is_some();
        let length = if is_one { inner.find(']') } else { None }?;
        Some(ProseSpan::new(open, open + length + 2))
    })
}

#[cfg(test)]
mod tests {
    use crate::markup::{AnchorKind, Format, Hints, Language, read_as};

    const HINTS: Hints = Hints { language: None, is_of_gutenberg: true };

    fn shown(source: &str) -> Vec<String> {
        let document = read_as(source, Format::Plain, HINTS);
        let blocks = document.blocks.iter();
        blocks
            .map(|block| {
                let text = block.prose.text(source);
                let inlines: String = block
                    .inlines
                    .iter()
                    .map(|inline| format!(" {{{:?}: {}}}", inline.kind, inline.span.of(text)))
                    .collect();
                format!("{:?}: {}{inlines}", block.kind, text.replace('\n', " "))
            })
            .collect()
    }

    const TEXT: &str = "\
CHAPTER I

[Transcriber's Note: Spelling has been
left as it stands.]

He walked very slowly to the house that stood upon the hill,[1] and
all the others came after him.[A] Nobody said [Greek: logos] {12} or
anything else [Pg xiv] until they came to the gate {1842-3}.

[Illustration: “The Old House”]

[Illustration]

[Sidenote: He speaks]

It was so, they said, and nobody doubted it any more than they did.[2]

[Footnote 1: The Times, [4th] May.]

[Footnote A: That is, the others.

Of whom more is said elsewhere.]

[Footnote 2: Ibid.]

And so it went on, year after year, until all had been forgotten.
";

    #[test]
    fn brackets_are_read_as_what_they_are() {
        assert_eq!(
            shown(TEXT),
            [
                "Heading(2): CHAPTER I",
                "Credits: Spelling has been left as it stands.",
                "Paragraph: He walked very slowly to the house that stood upon the hill,[1] and all \
                 the others came after him.[A] Nobody said [Greek: logos] {12} or anything else [Pg \
                 xiv] until they came to the gate {1842-3}. {Marker: [1]} {Marker: [A]} {Opaque: \
                 [Greek: logos]} {Marker: {12}} {Marker: [Pg xiv]}",
                "Other: “The Old House”",
                "Other: He speaks",
                "Paragraph: It was so, they said, and nobody doubted it any more than they did.[2] \
                 {Marker: [2]}",
                "Note: The Times, [4th] May.",
                "Note: That is, the others.",
                "Note: Of whom more is said elsewhere.",
                "Note: Ibid.",
                "Paragraph: And so it went on, year after year, until all had been forgotten.",
            ]
        );
    }

    #[test]
    fn footnotes_in_brackets_are_notes() {
        let document = read_as(TEXT, Format::Plain, HINTS);
        let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
        let notes: Vec<_> = notes
            .map(|note| (note.label.as_str(), note.span.of(TEXT), note.extent.of(TEXT)))
            .collect();
        assert_eq!(
            notes,
            [
                ("1", "1", "[Footnote 1: The Times, [4th] May.]"),
                ("A", "A", "[Footnote A: That is, the others.\n\nOf whom more is said elsewhere.]"),
                ("2", "2", "[Footnote 2: Ibid.]"),
            ]
        );
        let markers: Vec<_> = document.pointers.iter().map(|one| one.target.as_str()).collect();
        assert_eq!(markers, ["1", "A", "2"]);
    }

    #[test]
    fn a_text_that_says_whence_it_is_needs_no_profile() {
        let source =
            format!("Language: German\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n{TEXT}");
        let document = read_as(&source, Format::Plain, Hints::default());
        assert_eq!(document.language, Language::GERMAN);
        assert_eq!(document.anchors.iter().filter(|one| one.kind == AnchorKind::Note).count(), 3);
        let other = read_as("He said {12} and [Pg 3].", Format::Plain, Hints::default());
        assert!(other.blocks[0].inlines.is_empty());
    }

    #[test]
    fn pages_of_one_note_each_number_it_anew() {
        let source = "He walked to the house.[1]\n\n[Footnote 1: In May.]\n\nShe stayed where she \
                      was,[1] and said [Greek: logos.[2]]\n\n[Footnote 1: In June.]\n\n[Footnote 2: A \
                      word.]\n";
        let document = read_as(source, Format::Plain, HINTS);
        let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
        let notes: Vec<_> = notes.map(|note| (note.label.as_str(), note.scope)).collect();
        assert_eq!(notes, [("1", 0), ("1", 1), ("2", 1)]);
        let markers = document.pointers.iter().map(|one| (one.target.as_str(), one.scope));
        assert_eq!(markers.collect::<Vec<_>>(), notes);
    }
}
