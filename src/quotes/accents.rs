//! Accents of Italian that are typed as marks behind the words: perche', piu', citta`.
//!
//! Keyboards without accented letters were common until the end of the twentieth century, and so are texts that
//! have them. There a mark behind a vowel stands for its accent, unless a single quotation is open.

use crate::markup::Language;

use super::apostrophe;
use super::cost::Cost;
use super::glyph::Glyph;
use super::tokens::{Beside, Token};

/// What it costs that a mark is an accent where the document types them so.
pub(super) const TYPED: Cost = 2;

/// So many words that are none without an accent make a habit.
const HABIT: usize = 3;

/// Words that are frequent and none without the accent on their last letter, which is left out.
const ACCENTED: [&str; 24] = [
    "anziche",
    "benche",
    "caffe",
    "cioe",
    "citta",
    "cosi",
    "felicita",
    "finche",
    "gia",
    "giu",
    "lunedi",
    "novita",
    "perche",
    "piu",
    "poiche",
    "possibilita",
    "puo",
    "purche",
    "qualita",
    "realta",
    "societa",
    "universita",
    "velocita",
    "verita",
];

/// Whether a document with so many of these words types its accents.
pub(super) fn is_habit(typed: usize) -> bool {
    typed >= HABIT
}

/// How many marks stand behind words of Italian that are none without an accent.
pub(super) fn count_typed(text: &str, language: Language, tokens: &[Token]) -> usize {
    if language.code() != "it" {
        return 0;
    }
    let is_typed = |token: &&Token| may_be_typed(text, token) && needs_accent(text, token);
    tokens.iter().filter(is_typed).count()
}

fn needs_accent(text: &str, token: &Token) -> bool {
    let mut buffer = [0_u8; 24];
    apostrophe::lower_word(apostrophe::word_before(text, token), &mut buffer)
        .is_some_and(|word| ACCENTED.contains(&word))
}

/// Whether a mark stands behind the vowel at the end of a word and may be an accent by its shape.
pub(super) fn may_be_typed(text: &str, token: &Token) -> bool {
    let is_mark = matches!(
        token.glyph,
        Glyph::StraightSingle | Glyph::RightSingle | Glyph::Grave | Glyph::Acute
    );
    let before = &text[..token.span().start];
    is_mark
        && before.ends_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'])
        && (!matches!(token.after, Beside::Lower | Beside::Upper) || token.mark_after)
}
