//! `[sic]`, with which an editor says that the word before it stands so in the source.

use crate::text::ProseSpan;

use super::{Inline, InlineKind};

/// What the marks in a prose say: of the word before each that it is right as it stands, and
/// of the mark itself that it is no prose. In order.
pub(super) fn inlines(prose: &str) -> impl Iterator<Item = Inline> + '_ {
    memchr::memchr_iter(b'[', prose.as_bytes()).flat_map(move |open| {
        let mark = length_of(&prose[open..]).map(|length| ProseSpan::new(open, open + length));
        let word = mark.map(|_| Inline { span: word_before(prose, open), kind: InlineKind::Sic });
        word.into_iter().chain(mark.map(|span| Inline { span, kind: InlineKind::Opaque }))
    })
}

/// Nobody looks farther, in bytes, for the ends of a word of which a part is lost.
const LONGEST_WORD: usize = 100;

/// The word that a gap at byte `at` of a prose has cut into or off; nothing where it stands between words.
pub(super) fn word_at_gap(prose: &str, at: usize) -> Option<Inline> {
    let at = prose.floor_char_boundary(at.min(prose.len()));
    let first = prose.ceil_char_boundary(at.saturating_sub(LONGEST_WORD));
    let last = prose.floor_char_boundary((at + LONGEST_WORD).min(prose.len()));
    let before = prose[first..at].chars().rev().take_while(|c| !c.is_whitespace());
    let after = prose[at..last].chars().take_while(|c| !c.is_whitespace());
    let start = at - before.map(char::len_utf8).sum::<usize>();
    let end = at + after.map(char::len_utf8).sum::<usize>();
    let span = ProseSpan::new(start, end);
    (!span.is_empty()).then_some(Inline { span, kind: InlineKind::Sic })
}

/// The length of the mark with which `text` begins.
fn length_of(text: &str) -> Option<usize> {
    const MARKS: [&str; 2] = ["[sic]", "[sic!]"];
    let is_mark =
        |mark: &&&str| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    MARKS.iter().find(is_mark).map(|mark| mark.len())
}

/// The last word before a place, with the punctuation at it.
fn word_before(prose: &str, at: usize) -> ProseSpan {
    let before = prose[..at].trim_end();
    let gap = before.char_indices().rev().find(|(_, character)| character.is_whitespace());
    let start = gap.map_or(0, |(index, character)| index + character.len_utf8());
    ProseSpan::new(start, before.len())
}
