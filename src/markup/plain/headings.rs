//! Headings on a line of their own, and subheads run into a paragraph.

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::{BlockKind, Piece};

/// The level given to subheads that are run into a paragraph.
pub(super) const RUN_IN_LEVEL: u8 = 4;

/// A heading line is shorter than this, in bytes.
const LONGEST_HEADING: usize = 90;

/// A run-in subhead is shorter than this, in bytes, and has at most this many words.
const LONGEST_RUN_IN: usize = 70;
const MOST_RUN_IN_WORDS: usize = 9;

/// Words that stay lower-case in English titles, and their like.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "and", "or", "nor", "but", "of", "in", "on", "at", "to", "for", "from", "by",
    "with", "as", "into", "over", "upon", "versus", "v", "vs", "de", "la", "le", "les", "et", "du",
    "des", "und", "der", "die", "das", "von", "zu", "im", "e", "y", "il", "i", "в", "и", "на", "о",
];

/// Marks paragraphs that are headings.
pub(super) fn mark(source: &str, pieces: &mut [Piece]) {
    for index in 0..pieces.len() {
        let piece = &pieces[index];
        let follows_break = index == 0 || piece.blanks_before > 0;
        let leads = pieces.get(index + 1).is_some_and(|next| next.blanks_before > 0);
        if piece.kind == BlockKind::Paragraph
            && piece.lines <= 2
            && follows_break
            && leads
            && is_heading(piece.span.of(source))
        {
            let level = if is_major(piece.span.of(source)) { 2 } else { 3 };
            pieces[index].kind = BlockKind::Heading(level);
        }
    }
}

/// `IV`, `4`, `CHAPTER FOUR`, `The Old Guard`.
fn is_heading(text: &str) -> bool {
    if text.len() > LONGEST_HEADING || text.ends_with([',', ';', '–', '—', ':', '!', '?']) {
        return false;
    }
    if is_numeral(text) {
        return true;
    }
    // A sentence ends in a stop and a speech opens with a mark; a heading does neither.
    !text.ends_with(['.', '’', '”', '"', '»'])
        && !text.starts_with(['‘', '“', '"', '—', '–', '-', '«', '„', '(', '[', '*'])
        && is_title_case(text)
}

/// Numerals and capitals head larger parts than words in title case.
fn is_major(text: &str) -> bool {
    is_numeral(text) || !text.chars().any(char::is_lowercase)
}

/// A Roman or Arabic numeral, perhaps with a stop.
fn is_numeral(text: &str) -> bool {
    let number = text.trim_end_matches(['.', ')']);
    (!number.is_empty() && number.len() <= 8)
        && (number.bytes().all(|byte| b"IVXLC".contains(&byte))
            || (number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())))
}

/// Whether every word that is not a small one starts with a capital letter.
fn is_title_case(text: &str) -> bool {
    let mut words = 0;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = word.chars().next() else {
            continue;
        };
        words += 1;
        if first.is_lowercase() && (words == 1 || !SMALL_WORDS.contains(&word)) {
            return false;
        }
    }
    words > 0
}

/// The subheads that paragraphs start with, by piece, colon included: `The Old Guard: Mr …`.
///
/// A subhead is told from a speaker's name (`The Chairman: …`) by occurring only once.
pub(super) fn run_ins(source: &str, pieces: &[Piece]) -> FxHashMap<usize, Span> {
    let candidates: Vec<(usize, Span)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.kind == BlockKind::Paragraph)
        .filter_map(|(index, piece)| Some((index, run_in(source, piece.span)?)))
        .collect();
    let mut counts = FxHashMap::default();
    for (_, span) in &candidates {
        *counts.entry(span.of(source)).or_insert(0_u32) += 1;
    }
    candidates.into_iter().filter(|(_, span)| counts[span.of(source)] == 1).collect()
}

fn run_in(source: &str, body: Span) -> Option<Span> {
    let text = body.of(source);
    let window = &text.as_bytes()[..text.len().min(LONGEST_RUN_IN)];
    let colon = memchr::memchr(b':', window)?;
    let (head, after) = (&text[..colon], &text[colon + 1..]);
    let words = head.split_whitespace().count();
    let next = after.chars().find(|c| !matches!(c, '‘' | '“' | '«' | '„' | ' '))?;
    let is_subhead = after.starts_with(' ')
        && (2..=MOST_RUN_IN_WORDS).contains(&words)
        && after.len() > LONGEST_RUN_IN
        && next.is_uppercase()
        && !head.contains(['.', '‘', '“', '"', '(', '[', '«', '\n', '\r'])
        && !super::header::is_label(head)
        && is_title_case(head);
    is_subhead.then(|| Span::new(body.start, body.start + colon + 1))
}
