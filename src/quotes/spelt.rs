//! Turned commas that spell a letter: the ʿayn of Arabic and Hebrew (Sa‘di, ‘Abd al-Malik, Shi‘ite), the
//! ʻokina of Hawaiian (O‘ahu), the turned comma of M‘Culloch.
//!
//! Between two letters they are told from contractions (don‘t) by what English leaves out. At the
//! head of a word only a list tells them from quotations, or the italics of a foreign word.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::markup::{Inline, InlineKind};

use super::apostrophe;
use super::context::BlockContext;
use super::cost::Cost;
use super::elided::Elided;
use super::glyph::{Glyph, Kind};
use super::tokens::{Beside, Token};
use super::word_list::words;

/// Names and words that begin with an ʿayn.
static WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("data/ayn.txt")).collect());

/// What is left of words and names behind an apostrophe inside them, besides what has no vowel.
const RESTS: &[&str] = &[
    "all", "am", "ave", "clock", "e", "ead", "ee", "em", "en", "er", "ere", "im", "is", "ow",
    "out", "re", "ud", "ve",
];

/// What it costs that the mark is a letter.
const LETTER: Cost = 12;

/// The same at the head of a word in italics that is not listed.
const IN_ITALICS: Cost = 40;

/// How many words in italics may have a letter at the head of the first one.
const MOST_WORDS: usize = 3;

/// What it costs that a mark that looks like one that opens is a letter, if it may be one.
pub(super) fn cost(token: &Token, context: &BlockContext<'_>) -> Option<Cost> {
    if token.glyph != Glyph::LeftSingle || token.mark_before || token.mark_after {
        return None;
    }
    let is_letter = |beside| matches!(beside, Beside::Lower | Beside::Upper);
    if !is_letter(token.after) {
        return None;
    }
    let text = context.text;
    if is_letter(token.before) {
        return stands_within(text, token, context).then_some(0);
    }
    let stands_before =
        matches!(token.before, Beside::Space | Beside::Edge | Beside::Opening | Beside::Dash);
    if stands_before && (is_listed(text, token) || follows_article(text, token)) {
        return Some(LETTER);
    }
    (stands_before && heads_italics(token, context)).then_some(IN_ITALICS)
}

/// Whether a mark that looks like one that opens may be a letter.
pub(super) fn is_letter(token: &Token, context: &BlockContext<'_>) -> bool {
    cost(token, context).is_some()
}

/// Whether the mark stands between two letters of a word that is no contraction.
fn stands_within(text: &str, token: &Token, context: &BlockContext<'_>) -> bool {
    let mut buffers = [[0_u8; 24]; 2];
    let [first, second] = &mut buffers;
    let original = apostrophe::word_before(text, token);
    let Some(before) = apostrophe::lower_word(original, first) else {
        return false;
    };
    let Some(after) = apostrophe::lower_word(&text[token.span().end..], second) else {
        return false;
    };
    // M‘Culloch: the turned comma is older than the apostrophe.
    if matches!(original, "M" | "Mc" | "Mac") && token.after == Beside::Upper {
        return true;
    }
    let elided = Elided::of(context.block.language);
    if token.after == Beside::Upper || elided.trails(before, true) || elided.leads(after, true) {
        return false;
    }
    // O‘Brien, d‘un: what stands before it is no more than an article.
    let is_long = original.chars().nth(1).is_some() || token.before == Beside::Upper;
    let has_vowel = before.ends_with(is_vowel) || after.starts_with(is_vowel);
    is_long && has_vowel && after.contains(is_vowel) && !RESTS.contains(&after)
        || has_vowel && before.ends_with(is_vowel) && is_name(original, after)
}

/// Whether a name goes on with a letter that is no contraction: Sa‘d, Ja‘far, Hawai‘i.
fn is_name(original: &str, after: &str) -> bool {
    original.starts_with(char::is_uppercase)
        && !matches!(after, "s" | "ll" | "d" | "m" | "t")
        && !RESTS.contains(&after)
}

fn is_vowel(letter: char) -> bool {
    matches!(
        letter,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ā' | 'ī' | 'ū' | 'ē' | 'ō' | 'â' | 'î' | 'û'
    )
}

fn is_listed(text: &str, token: &Token) -> bool {
    let mut buffer = [0_u8; 24];
    apostrophe::lower_word(&text[token.span().end..], &mut buffer)
        .is_some_and(|word| WORDS.contains(word))
}

/// Whether the Arabic article stands before the mark: al-‘Abbas.
fn follows_article(text: &str, token: &Token) -> bool {
    let before = text[..token.span().start].strip_suffix(['-', '‐', '‑']).unwrap_or("");
    let article = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    matches!(article, "al" | "Al" | "el" | "El" | "ul" | "ad" | "ed")
}

/// Whether the mark stands at the head of a few words in italics of which none ends with another.
fn heads_italics(token: &Token, context: &BlockContext<'_>) -> bool {
    let inlines = &context.block.inlines;
    let from = inlines.partition_point(|inline| inline.span.start < token.span().start);
    let mut here = inlines[from..].iter().take_while(|it| it.span.start == token.span().start);
    let is_word = |inline: &Inline| {
        let inside = &context.text[token.span().end..inline.span.end];
        let behind = context.text[inline.span.end..].chars().next();
        let is_closed = inside.ends_with(closes) || behind.is_some_and(closes);
        inline.kind == InlineKind::Emphasis
            && !is_closed
            && inside.split_whitespace().count() <= MOST_WORDS
    };
    here.any(is_word)
}

fn closes(character: char) -> bool {
    Glyph::of(character).is_some_and(|glyph| glyph.kind() == Kind::Single)
}
