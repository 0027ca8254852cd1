//! Low quotation marks that are typed as two commas: ,,Jiskra``, ,,Zürich''.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::markup::BlockKind;
use crate::text::ProseSpan;

use super::glyph::{Glyph, Kind};
use super::tokens::{self, Beside, Token};

/// Adds those of a block to its marks. Linear.
///
/// Two commas in front of a word are a mark only if the next double mark closes behind a word: otherwise
/// a comma was typed twice.
pub(super) fn add(text: &str, kind: BlockKind, tokens: &mut Vec<Token>) {
    if !tokens.iter().any(may_close) {
        return;
    }
    let scanned = tokens.len();
    let mut places = COMMAS.find_iter(text.as_bytes()).peekable();
    let mut at = 0;
    while let Some(place) = places.next() {
        let span = ProseSpan::new(place, place + COMMAS.needle().len());
        let is_behind =
            |token: &Token| token.span.start >= place && token.glyph.kind() == Kind::Double;
        at += tokens[at..scanned].iter().position(is_behind).unwrap_or(scanned - at);
        let double = tokens[at..scanned].first();
        let is_before = |token: &&Token| places.peek().is_none_or(|&next| token.span.start < next);
        let (before, after) = tokens::around(text, span, kind);
        if stands_before_word(before, after) && double.filter(is_before).is_some_and(may_close) {
            let glyph = Glyph::LowDouble;
            let token = Token {
                span,
                glyph,
                before,
                after,
                mark_before: false,
                mark_after: false,
                is_known: false,
                is_certain: false,
            };
            tokens.push(token);
        }
    }
    if tokens.len() > scanned {
        tokens.sort_by_key(|token| token.span.start);
    }
}

static COMMAS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(",,"));

fn stands_before_word(before: Beside, after: Beside) -> bool {
    matches!(before, Beside::Edge | Beside::Space | Beside::Opening)
        && matches!(after, Beside::Lower | Beside::Upper | Beside::Digit)
}

/// Whether a mark closes what a low one opened, by its place.
fn may_close(token: &Token) -> bool {
    matches!(token.glyph, Glyph::StraightDouble | Glyph::RightDouble | Glyph::LeftDouble)
        && !matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening)
        && !matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit)
}
