//! Low quotation marks that are typed as commas: ,,Jiskra``, ,,Zürich'', and single ones as one: ,tak‘.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::markup::BlockKind;
use crate::text::ProseSpan;

use super::glyph::{Glyph, Kind};
use super::tokens::{self, Beside, Token};

/// Adds those of a block to its marks. Linear.
pub(super) fn add(text: &str, kind: BlockKind, tokens: &mut Vec<Token>) {
    let scanned = tokens.len();
    add_double(text, kind, tokens);
    add_single(text, kind, tokens, scanned);
    if tokens.len() > scanned {
        tokens.sort_by_key(|token| token.span().start);
    }
}

/// Two commas in front of a word are a mark only if the next double mark closes behind a word: otherwise
/// a comma was typed twice.
fn add_double(text: &str, kind: BlockKind, tokens: &mut Vec<Token>) {
    if !tokens.iter().any(may_close) {
        return;
    }
    let scanned = tokens.len();
    let mut places = COMMAS.find_iter(text.as_bytes()).peekable();
    let mut at = 0;
    while let Some(place) = places.next() {
        let span = ProseSpan::new(place, place + COMMAS.needle().len());
        let is_behind =
            |token: &Token| token.span().start >= place && token.glyph.kind() == Kind::Double;
        at += tokens[at..scanned].iter().position(is_behind).unwrap_or(scanned - at);
        let double = tokens[at..scanned].first();
        let is_before =
            |token: &&Token| places.peek().is_none_or(|&next| token.span().start < next);
        let (before, after) = tokens::around(text, span, kind);
        if stands_before_word(before, after) && double.filter(is_before).is_some_and(may_close) {
            tokens.push(opener(span, Glyph::LowDouble, before, after, false));
        }
    }
}

/// One comma that touches the word behind it and not the one before is a mark only if the next `‘` closes
/// behind a word: otherwise the space was typed on its wrong side. `scanned` marks are not of this file.
fn add_single(text: &str, kind: BlockKind, tokens: &mut Vec<Token>, scanned: usize) {
    if !tokens[..scanned].iter().any(may_close_single) {
        return;
    }
    let mut at = 0;
    let mut places = memchr::memchr_iter(b',', text.as_bytes())
        .map(|place| ProseSpan::new(place, place + 1))
        .filter_map(|span| Some((span, opening(text, span, kind)?)))
        .peekable();
    while let Some((span, (before, after))) = places.next() {
        let is_behind = |token: &Token| token.span().start > span.start && may_quote(token);
        at += tokens[at..scanned].iter().position(is_behind).unwrap_or(scanned - at);
        let single = tokens[at..scanned].first();
        let next = places.peek().map_or(text.len(), |(next, _)| next.start);
        if single.is_some_and(|single| single.span().start < next && may_close_single(single)) {
            let mark_before = text[..span.start].ends_with('„');
            tokens.push(opener(span, Glyph::LowSingle, before, after, mark_before));
        }
    }
}

/// What stands around a comma that touches only the word behind it.
fn opening(text: &str, comma: ProseSpan, kind: BlockKind) -> Option<(Beside, Beside)> {
    let (before, after) = tokens::around(text, comma, kind);
    // `„,Kommt her!‘ rief er“`
    let before = if text[..comma.start].ends_with('„') { Beside::Opening } else { before };
    stands_before_word(before, after).then_some((before, after))
}

/// A mark that opens a quotation by its place.
fn opener(
    span: ProseSpan,
    glyph: Glyph,
    before: Beside,
    after: Beside,
    mark_before: bool,
) -> Token {
    let mut token = Token::new(span, glyph, [before, after]);
    token.mark_before = mark_before;
    token
}

static COMMAS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(",,"));

fn stands_before_word(before: Beside, after: Beside) -> bool {
    matches!(before, Beside::Edge | Beside::Space | Beside::Opening)
        && matches!(after, Beside::Lower | Beside::Upper | Beside::Digit)
}

/// Whether a mark closes what a low one opened, by its place.
fn may_close(token: &Token) -> bool {
    matches!(token.glyph, Glyph::StraightDouble | Glyph::RightDouble | Glyph::LeftDouble)
        && stands_behind(token)
}

/// The same of a single one; straight ones, and those of English, may be apostrophes.
fn may_close_single(token: &Token) -> bool {
    token.glyph == Glyph::LeftSingle && stands_behind(token)
}

fn may_quote(token: &Token) -> bool {
    token.glyph.kind() == Kind::Single && !token.is_certain
}

fn stands_behind(token: &Token) -> bool {
    !matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening)
        && !matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit)
}
