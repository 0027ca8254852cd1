//! Apostrophes by knowledge: what it costs to read a mark as one.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::markup::Language;

use super::cost::{Cost, IMPOSSIBLE};
use super::elided::{self, Elided};
use super::glyph::Glyph;
use super::tokens::{Beside, Token};

static ELISIONS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("data/elisions.txt")));

static CLIPPINGS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("data/clippings.txt")));

fn words(list: &'static str) -> FxHashSet<&'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}

/// How much of a text is written as people speak: there a word that loses its end or its
/// head needs no list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Not at all, as far as the block tells.
    #[default]
    None,
    /// Somewhere in the document, or once in the block.
    Some,
    /// Several times in the block.
    Broad,
    /// As its language does, which is not English.
    Other {
        /// What it leaves out.
        elided: Elided,
        /// Whether the document has no quotations in single marks.
        lacks_single: bool,
    },
}

impl Dialect {
    /// What a language other than English leaves out.
    pub(super) fn of_language(language: Language, lacks_single: bool) -> Option<Self> {
        let is_other = language.is_known() && language.code() != "en";
        is_other.then(|| Self::Other { elided: Elided::of(language), lacks_single })
    }

    /// What the number of known elisions and clippings of a block tells, in a document that
    /// has them or not.
    pub(super) fn of(known: usize, is_in_document: bool) -> Self {
        match (known, is_in_document) {
            (2.., _) => Self::Broad,
            (1, _) | (0, true) => Self::Some,
            (0, false) => Self::None,
        }
    }
}

/// Whether the mark belongs to a word that is known to lose letters there.
pub(super) fn is_known(text: &str, token: &Token) -> bool {
    let is_letter = |beside| matches!(beside, Beside::Lower | Beside::Upper);
    let (leads, trails) = (is_letter(token.after), is_letter(token.before));
    if !matches!(token.glyph, Glyph::RightSingle | Glyph::StraightSingle) || leads == trails {
        return false;
    }
    if leads { leading(text, token).1 } else { trailing(text, token, Dialect::None).1 }
}

/// Whether the mark can hardly be anything but an apostrophe: between two letters, or in a
/// word that is known to lose letters there.
pub(super) fn is_certain(text: &str, token: &Token) -> bool {
    let is_letter = |beside| matches!(beside, Beside::Lower | Beside::Upper);
    let is_medial = is_letter(token.before) && is_letter(token.after);
    token.glyph.may_be_apostrophe() && (is_medial || is_known(text, token))
}

/// What it costs to read the mark as an apostrophe.
pub(super) fn cost(text: &str, token: &Token, dialect: Dialect) -> Cost {
    if !token.glyph.may_be_apostrophe() {
        return IMPOSSIBLE;
    }
    let is_letter = |beside| matches!(beside, Beside::Lower | Beside::Upper);
    let leads = is_letter(token.after) && !token.mark_after;
    let trails = is_letter(token.before) && !token.mark_before;
    let follows_digit = token.before == Beside::Digit && !token.mark_before;
    if (trails || follows_digit) && leads {
        return medial(token.glyph);
    }
    if let Dialect::Other { elided, lacks_single } = dialect {
        let (cost, is_known) = if token.after == Beside::Digit && !token.mark_after {
            leading(text, token)
        } else if leads {
            elided::leading(elided, text, token)
        } else if trails {
            elided::trailing(elided, text, token)
        } else {
            return IMPOSSIBLE;
        };
        let cost = if lacks_single { cost.min(20) } else { cost };
        return cost + shape(token.glyph, is_known);
    }
    let (cost, is_known) = if leads || token.after == Beside::Digit && !token.mark_after {
        let (cost, is_known) = leading(text, token);
        let cost = match dialect {
            Dialect::Broad if !is_known => cost / 2,
            _ => cost,
        };
        (cost, is_known)
    } else if trails {
        trailing(text, token, dialect)
    } else {
        return IMPOSSIBLE;
    };
    cost + shape(token.glyph, is_known)
}

/// Between two letters nothing else is likely.
fn medial(glyph: Glyph) -> Cost {
    match glyph {
        Glyph::RightSingle | Glyph::StraightSingle | Glyph::Prime => 0,
        Glyph::Acute | Glyph::Grave | Glyph::ReversedSingle => 10,
        _ => 40,
    }
}

/// What it costs that the apostrophe has the shape of another mark.
fn shape(glyph: Glyph, is_known: bool) -> Cost {
    match glyph {
        Glyph::RightSingle | Glyph::StraightSingle => 0,
        Glyph::ReversedSingle => 5,
        Glyph::Acute => 20,
        Glyph::LeftSingle | Glyph::Grave if is_known => 40,
        Glyph::Prime => 40,
        // Only a word that is known to be clipped can have had its mark turned.
        _ => 150,
    }
}

/// What it costs that a single mark opens a quotation although it stands before what is a
/// word only with an apostrophe: `‘thout help`.
pub(super) fn opening(text: &str, token: &Token) -> Cost {
    let is_before_word = matches!(token.after, Beside::Lower | Beside::Upper);
    if token.glyph == Glyph::LeftSingle && is_before_word && leading(text, token).1 {
        80
    } else {
        0
    }
}

fn leading(text: &str, token: &Token) -> (Cost, bool) {
    let rest = &text[token.span.end..];
    if token.after == Beside::Digit {
        return if is_decade(rest) { (8, true) } else { (45, false) };
    }
    let mut buffer = [0_u8; 24];
    let Some(word) = lower_word(rest, &mut buffer) else {
        return (45, false);
    };
    if ELISIONS.contains(word) {
        // A word in its own right (’as, ’is, ’and) may as well begin a quotation.
        return (5, !is_common_word(word));
    }
    match token.after {
        Beside::Lower => (30, false),
        _ => (45, false),
    }
}

/// Listed elisions that are words themselves: a mark before them tells nothing.
fn is_common_word(word: &str) -> bool {
    matches!(
        word,
        "as" | "is"
            | "and"
            | "an"
            | "ad"
            | "ill"
            | "ate"
            | "arm"
            | "ear"
            | "ell"
            | "ope"
            | "ed"
            | "low"
            | "most"
            | "member"
            | "special"
            | "long"
            | "way"
            | "cross"
            | "round"
            | "till"
            | "cause"
            | "sight"
            | "phone"
            | "plane"
            | "bus"
            | "flu"
            | "pose"
            | "puss"
            | "hard"
            | "spect"
            | "ere"
            | "am"
            | "ow"
            | "ot"
            | "s"
            | "t"
            | "d"
            | "n"
            | "y"
            | "e"
            | "er"
            | "nigh"
            | "squire"
            | "ware"
            | "stead"
            | "sides"
            | "mid"
            | "midst"
            | "fore"
            | "shun"
            | "gin"
            | "tack"
            | "ide"
            | "cello"
            | "que"
            | "ard"
            | "alf"
            | "ha"
            | "la"
            | "un"
    )
}

/// `’50s`, `’48`: two digits and no more.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 2
}

/// The word that ends at the mark, with the apostrophes inside it.
pub(super) fn word_before<'a>(text: &'a str, token: &Token) -> &'a str {
    let before = &text[..token.span.start];
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic() || matches!(c, '’' | '\''))
        .last()
        .map_or(before.len(), |(index, _)| index);
    before[start..].trim_start_matches(['’', '\''])
}

fn trailing(text: &str, token: &Token, dialect: Dialect) -> (Cost, bool) {
    let original = word_before(text, token);
    let mut buffer = [0_u8; 24];
    let Some(word) = lower_word(original, &mut buffer) else {
        return (60, false);
    };
    if CLIPPINGS.contains(word) {
        return (10, true);
    }
    if word.len() >= 4 && word.ends_with("in") {
        return if token.after == Beside::Space { (14, true) } else { (24, false) };
    }
    if is_clipped_twice(word) {
        return (14, true);
    }
    if word.ends_with(['s', 'z', 'x']) {
        return (possessive(text, token), false);
    }
    let is_name = original.starts_with(char::is_uppercase);
    // Russian soft signs: Kazan’, Rus’.
    let cost = match dialect {
        _ if is_name => 60,
        Dialect::Broad => 26,
        Dialect::Some => 60,
        Dialect::None | Dialect::Other { .. } => 125,
    };
    (cost, false)
}

/// `noth’n’`, `sumf’n’`: what has lost letters inside loses them at the end as well.
fn is_clipped_twice(word: &str) -> bool {
    let Some((_, tail)) = word.rsplit_once(['’', '\'']) else {
        return false;
    };
    !matches!(tail, "s" | "t" | "d" | "m" | "ll" | "re" | "ve")
}

/// `workers’ councils` against a quotation that closes behind a plural.
pub(super) fn possessive(text: &str, token: &Token) -> Cost {
    if token.mark_after {
        return 50;
    }
    let after = &text[token.span.end..];
    let mut chars = after.chars();
    match token.after {
        Beside::Space => {
            let next = chars.find(|c| !c.is_whitespace());
            match next {
                Some(c) if c.is_lowercase() => 12,
                Some(c) if c.is_uppercase() => 20,
                _ => 40,
            }
        }
        // Workers’, Soldiers’ and Peasants’ Deputies.
        Beside::Pause => {
            let word = before_word(text, token);
            if word.starts_with(char::is_uppercase) { 28 } else { 42 }
        }
        Beside::Dash => 40,
        _ => 45,
    }
}

fn before_word<'a>(text: &'a str, token: &Token) -> &'a str {
    let before = &text[..token.span.start];
    before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

/// The word at the start of `text` in lower case, if it is short enough to be listed.
pub(super) fn lower_word<'b>(text: &str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
    let mut length = 0;
    for character in text.chars() {
        let is_part = character.is_alphabetic() || matches!(character, '’' | '\'');
        if !is_part {
            break;
        }
        for lower in character.to_lowercase() {
            let size = lower.len_utf8();
            if length + size > buffer.len() {
                return None;
            }
            lower.encode_utf8(&mut buffer[length..]);
            length += size;
        }
    }
    let word = std::str::from_utf8(&buffer[..length]).ok()?;
    Some(word.trim_end_matches(['’', '\''])).filter(|word| !word.is_empty())
}
