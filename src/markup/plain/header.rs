//! The header block: author and year, title, subtitle, `Source:`, credits.

use super::{BlockKind, Piece};

/// How many pieces at the start of a document can be its header.
const LONGEST_HEADER: usize = 12;

/// A title, author or subtitle is shorter than this many bytes; a paragraph is not.
const SHORT: usize = 160;

/// What a line of credits starts with, in the archives' own words.
const CREDITS: &[&str] = &[
    "Source:",
    "Source :",
    "Sources:",
    "First Published:",
    "First published",
    "Published:",
    "Originally published",
    "Written:",
    "Delivered:",
    "Transcribed",
    "Transcription",
    "Transcriber",
    "Scanned",
    "Prepared",
    "Proofread",
    "Proofed",
    "Translated",
    "Translation:",
    "Translator:",
    "Marked up",
    "Markup",
    "Mark-up",
    "HTML Markup",
    "Online Version:",
    "Copyleft:",
    "Copyright",
    "Public Domain:",
    "Editor’s note",
    "Editor's note",
    "Editorial note",
    "Note by",
    "Quelle:",
    "Erstveröffentlichung",
    "Источник:",
];

/// Gives the pieces of a header block their kinds. A text whose first lines are no
/// header is left as it is, but for a title line.
pub(super) fn mark(source: &str, pieces: &mut [Piece]) {
    let body = pieces
        .iter()
        .take(LONGEST_HEADER)
        .position(|piece| !is_header_like(piece.span.of(source), piece))
        .unwrap_or(pieces.len().min(LONGEST_HEADER));
    let (header, rest) = pieces.split_at_mut(body);
    let has_credits = header.iter().any(|piece| is_credits(piece.span.of(source)));
    let has_byline = header.first().is_some_and(|piece| ends_in_year(piece.span.of(source)));
    // A text without any sign of a header may start with short paragraphs: only a line
    // that stands off from a body is its title.
    let lines = if has_credits {
        let last = header.iter().rposition(|piece| is_credits(piece.span.of(source)));
        last.map_or(0, |index| index + 1)
    } else if has_byline || (header.len() == 1 && !rest.is_empty()) {
        header.len()
    } else {
        0
    };
    let mut in_credits = false;
    for (index, piece) in header[..lines].iter_mut().enumerate() {
        let text = piece.span.of(source);
        in_credits |= is_credits(text);
        piece.kind = if in_credits {
            BlockKind::Credits
        } else if index == 0 && (ends_in_year(text) || text.starts_with("By ")) {
            BlockKind::Byline
        } else {
            BlockKind::Title
        };
    }
}

fn is_header_like(text: &str, piece: &Piece) -> bool {
    if is_credits(text) {
        return true;
    }
    piece.kind == BlockKind::Paragraph
        && text.len() < SHORT
        && piece.lines <= 3
        && !text.ends_with(['.', ',', ';', '!', '?', '’', '”', '"'])
        && !text.starts_with(['‘', '“', '"', '—', '«', '„'])
}

fn is_credits(text: &str) -> bool {
    CREDITS.iter().any(|start| text.starts_with(start))
}

/// `Isaac Deutscher 1956`, `Rosa Luxemburg, 1913`: a year closes the line.
fn ends_in_year(text: &str) -> bool {
    let Some((before, last)) = text.trim_end_matches([')', ']']).rsplit_once([' ', '(', '['])
    else {
        return false;
    };
    let is_year = last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    is_year && ("1400".."2100").contains(&last) && before.chars().any(char::is_alphabetic)
}

/// Whether `head`, with a colon behind it, is a label of the credits.
pub(super) fn is_label(head: &str) -> bool {
    CREDITS.iter().any(|label| label.trim_end_matches(':') == head)
}
