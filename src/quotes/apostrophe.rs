//! Apostrophes by knowledge: what it costs to read a mark as one.

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use rustc_hash::{FxHashSet, FxHasher};

use crate::markup::Language;

use super::accents;
use super::cost::{Cost, IMPOSSIBLE};
use super::elided::{self, Elided};
use super::glyph::{Glyph, Kind};
use super::note_code;
use super::soft_sign;
use super::tokens::{Beside, Token};
use super::word_list::{WordList, words};

/// What the lists say of a word behind a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// It loses nothing at its head.
    Whole,
    /// A decade, which loses its century.
    Decade,
    /// It is no word without what it has lost, which may be an h.
    Clipped,
    /// It may be clipped and is a word by itself as well: a mark before it tells nothing.
    Word,
}

/// All words that are listed, found in one step; of what two lists say the later counts.
static LISTED: LazyLock<WordList<Listed>> = LazyLock::new(|| {
    let aitches: Vec<_> = words(include_str!("data/aitches.txt")).collect();
    let dropped = aitches.iter().filter_map(|word| word.strip_prefix('h'));
    let dropped = dropped.flat_map(|rest| {
        // ’owlin’
        let clipped = rest.strip_suffix('g').filter(|rest| rest.ends_with("in"));
        [Some(rest), clipped].into_iter().flatten()
    });
    let whole = words(include_str!("data/whole.txt")).map(|word| (word, Listed::Whole));
    let decades = DECADES.iter().map(|&word| (word, Listed::Decade));
    let elisions = words(include_str!("data/elisions.txt"));
    let clipped = elisions.chain(dropped).map(|word| (word, Listed::Clipped));
    let also = words(include_str!("data/elisions_words.txt")).map(|word| (word, Listed::Word));
    whole.chain(decades).chain(clipped).chain(also).collect()
});

/// Those that may be clipped and hardly begin what is quoted in the middle of a clause: he looked ’round.
static ELISIONS_LIKELY: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("data/elisions_likely.txt")).collect());

/// The words that ’n’ joins, two of each pair: `rock roll`.
static JOINED: LazyLock<Vec<[&'static str; 2]>> = LazyLock::new(|| {
    let words: Vec<_> = words(include_str!("data/joined.txt")).collect();
    words.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
});

static CLIPPINGS: LazyLock<WordList<()>> =
    LazyLock::new(|| words(include_str!("data/clippings.txt")).map(|word| (word, ())).collect());

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
        /// What single marks do in the document besides.
        singles: Singles,
        /// Whether a mark behind a word stands for the accent of its last letter.
        types_accents: bool,
    },
}

/// What single marks do in a document in a language other than English, besides being apostrophes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Singles {
    /// Nothing.
    Unused,
    /// They may quote.
    Perhaps,
    /// `’` closes quotations.
    Close,
    /// `’` opens and closes quotations.
    Alike,
}

impl Dialect {
    /// What a language other than English leaves out.
    pub(super) fn of_language(
        language: Language,
        singles: Singles,
        types_accents: bool,
    ) -> Option<Self> {
        let is_other = !language.is_read_as_english();
        is_other.then(|| Self::Other { elided: Elided::of(language), singles, types_accents })
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
    if leads {
        leading(text, token).1 == Clipped::Known
    } else {
        let mut buffer = [0_u8; 24];
        let word = lower_word(word_before(text, token), &mut buffer);
        word.and_then(|word| clipped_end(text, token, word)).is_some_and(|(_, is_known)| is_known)
    }
}

/// Whether an apostrophe stands for a century: the ’thirties, in ’49. So everybody writes, however he speaks.
pub(super) fn is_of_time(text: &str, token: &Token) -> bool {
    let mut buffer = [0_u8; 24];
    let is_word = matches!(token.after, Beside::Lower | Beside::Upper);
    let word = lower_word(&text[token.span().end..], &mut buffer).filter(|_| is_word);
    token.after == Beside::Digit || word.is_some_and(|word| DECADES.contains(&word))
}

/// Whether the mark can hardly be anything but an apostrophe: between two letters, or in a
/// word that is known to lose letters there.
pub(super) fn is_certain(token: &Token, is_known: bool) -> bool {
    let is_letter = |beside| matches!(beside, Beside::Lower | Beside::Upper);
    let is_medial = is_letter(token.before) && is_letter(token.after);
    token.glyph.may_be_apostrophe() && (is_medial || is_known)
}

/// Whether a word is written with an apostrophe at its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clipped {
    /// It is no word without it.
    Known,
    /// It is a word without it as well.
    Perhaps,
    Unknown,
    /// It is not.
    Never,
}

/// What it costs to read the mark as an apostrophe; `is_usual`: the document writes this word
/// with an apostrophe elsewhere.
pub(super) fn cost(text: &str, token: &Token, dialect: Dialect, is_usual: bool) -> Cost {
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
    // {stem}’{ending}: what stands in the brackets makes a word with it.
    if token.before == Beside::Closing && token.after == Beside::Opening {
        return JOINS;
    }
    if is_typed_accent(text, token, dialect) {
        return accents::TYPED;
    }
    if let Dialect::Other { elided, singles, .. } = dialect {
        let (cost, is_known) = if token.after == Beside::Digit && !token.mark_after {
            let (cost, clipped) = leading(text, token);
            (cost, clipped == Clipped::Known)
        } else if leads {
            elided::leading(elided, text, token)
        } else if trails {
            elided::trailing(elided, text, token)
        } else {
            return IMPOSSIBLE;
        };
        let cost = match singles {
            Singles::Unused => cost.min(20),
            Singles::Alike if leads && !is_known => cost.max(UNKNOWN_HEAD),
            Singles::Close | Singles::Alike if trails && cost >= UNKNOWN_END => {
                cost.max(UNKNOWN_AMONG_QUOTES)
            }
            _ => cost,
        };
        // Nouns lose their ends as well, where every word may: die Sonn‘ am Himmel.
        let is_noun = trails && singles == Singles::Unused && elided.may_trail_any();
        let clipped = if is_known || is_noun { Clipped::Known } else { Clipped::Unknown };
        return cost + shape(token.glyph, clipped);
    }
    if leads || token.after == Beside::Digit && !token.mark_after {
        let (cost, clipped) = leading(text, token);
        let clipped = if is_usual { Clipped::Known } else { clipped };
        let cost = match (dialect, clipped) {
            (Dialect::Broad, Clipped::Unknown) => cost / 2,
            // Where nobody clips words, a mark before one rather opens a quotation.
            (Dialect::None, Clipped::Unknown) if token.after == Beside::Lower => 70,
            _ => cost,
        };
        let is_within_clause = || begins_within_clause(text, token);
        let clipped = match clipped {
            Clipped::Perhaps if is_within_clause() && is_likely(text, token) => clipped,
            Clipped::Perhaps if dialect != Dialect::Broad || !is_within_clause() => {
                Clipped::Unknown
            }
            clipped => clipped,
        };
        return cost + shape(token.glyph, clipped);
    }
    if trails {
        let (cost, is_known) = trailing(text, token, dialect);
        // The Eltons‘ departure: nothing opens there, and a possessive is likely.
        let is_possessive =
            token.after == Beside::Space && text[..token.span().start].ends_with('s');
        let clipped = if is_known || is_possessive { Clipped::Known } else { Clipped::Unknown };
        return cost + shape(token.glyph, clipped);
    }
    IMPOSSIBLE
}

/// A mark between a bracket that closes and one that opens.
const JOINS: Cost = 30;

/// Whether the mark stands for the accent of the letter before it.
pub(super) fn is_typed_accent(text: &str, token: &Token, dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Other { types_accents: true, .. })
        && accents::may_be_typed(text, token)
}

/// A word that is not known to lose letters has an apostrophe at its end where `’` quotes.
const UNKNOWN_AMONG_QUOTES: Cost = 112;

/// A word that is not known to lose letters has an apostrophe at its head where `’` opens quotations: that is
/// no likelier than two mistakes, as one lost mark may look like inside other quotations.
const UNKNOWN_HEAD: Cost = 220;

/// What it costs at least that a word has an apostrophe at its end which is not known to lose letters
/// there and is no genitive.
const UNKNOWN_END: Cost = 60;

/// Whether a small letter follows the mark and a word without a sign precedes it: speech does
/// not begin so.
pub(super) fn begins_within_clause(text: &str, token: &Token) -> bool {
    let mut before = text[..token.span().start].chars().rev();
    token.after == Beside::Lower
        && before.next() == Some(' ')
        && before.next().is_some_and(char::is_alphabetic)
}

/// Whether a word that is known to lose its end stands before the mark: `an’`, `goin’`.
pub(super) fn ends_clipped(token: &Token) -> bool {
    token.is_known && matches!(token.before, Beside::Lower | Beside::Upper) && !token.mark_before
}

/// Whether a small word that has lost letters stands before the mark, and the next word, to which it belongs,
/// behind it: `a man o’ peace`, `th’ eggs`. It may be all that is quoted: the letters ‘th’ are two.
pub(super) fn leads_on(text: &str, token: &Token) -> bool {
    let leads = || {
        let word = word_before(text, token);
        let before = text[..token.span().start - word.len()].chars().next_back();
        matches!(word, "o" | "th" | "wi" | "O" | "Th" | "Wi")
            && before.is_some_and(char::is_whitespace)
    };
    let is_next = || {
        let rest = text[token.span().end..].strip_prefix([' ', '\n']);
        rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    token.after == Beside::Space && ends_clipped(token) && leads() && is_next()
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
fn shape(glyph: Glyph, clipped: Clipped) -> Cost {
    match (glyph, clipped) {
        (Glyph::RightSingle | Glyph::StraightSingle, _) => 0,
        (Glyph::ReversedSingle, _) => 5,
        (Glyph::Acute, _) => 20,
        (Glyph::Prime, _) | (Glyph::LeftSingle | Glyph::Grave, Clipped::Known) => 40,
        (Glyph::LeftSingle | Glyph::Grave, Clipped::Perhaps) => 60,
        // Only a word that may be clipped can have had its mark turned.
        _ => 150,
    }
}

/// What it costs that a single mark opens a quotation although it stands before what is a
/// word only with an apostrophe: `‘thout help`; and the more so one that looks like an apostrophe and
/// would have been turned: `’em`.
pub(super) fn opening(text: &str, token: &Token, is_usual: bool, is_turned: bool) -> Cost {
    let is_before_word = matches!(token.after, Beside::Lower | Beside::Upper);
    let may_be_turned = token.glyph == Glyph::LeftSingle || is_turned;
    if token.glyph.kind() != Kind::Single || !may_be_turned || !is_before_word {
        return 0;
    }
    match leading(text, token).1 {
        _ if is_usual && !is_turned => 80,
        Clipped::Known => 80,
        // I know ’at he was there.
        Clipped::Perhaps if is_turned && begins_within_clause(text, token) => 40,
        _ => 0,
    }
}

/// What it costs that a mark opens before what is nothing without an apostrophe, in a language other
/// than English.
pub(super) fn needed(text: &str, token: &Token, dialect: Dialect) -> Cost {
    match dialect {
        Dialect::Other { elided, .. } if elided::needs_mark(elided, text, token) => NEEDED,
        _ => 0,
    }
}

const NEEDED: Cost = 80;

/// The word behind a mark that may be an apostrophe at its head, hashed.
pub(super) fn word_behind(text: &str, token: &Token) -> Option<u64> {
    let stands_before = matches!(token.after, Beside::Lower | Beside::Upper) && !token.mark_after;
    let stands_behind = matches!(token.before, Beside::Space | Beside::Edge | Beside::Dash);
    let may_be = matches!(token.glyph, Glyph::RightSingle | Glyph::LeftSingle);
    if !(stands_before && stands_behind && may_be) {
        return None;
    }
    let mut buffer = [0_u8; 24];
    let word = lower_word(&text[token.span().end..], &mut buffer)?;
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    Some(hasher.finish())
}

fn leading(text: &str, token: &Token) -> (Cost, Clipped) {
    let rest = &text[token.span().end..];
    if token.after == Beside::Digit {
        return if is_decade(rest) { (8, Clipped::Known) } else { (45, Clipped::Unknown) };
    }
    let mut buffer = [0_u8; 24];
    let Some(word) = lower_word(rest, &mut buffer) else {
        return (45, Clipped::Unknown);
    };
    match LISTED.get(word).or_else(|| clipped_with_ending(word)) {
        Some(Listed::Word) if word == "n" && joins(text, token) => (5, Clipped::Known),
        Some(Listed::Word) => (5, Clipped::Perhaps),
        Some(Listed::Clipped) if is_spoken_of(token, word, &rest[word.len()..]) => {
            (5, Clipped::Perhaps)
        }
        Some(Listed::Clipped) => (5, Clipped::Known),
        Some(Listed::Decade) if follows_article(text, token) => {
            let is_quoted = rest[word.len()..].starts_with(['’', '\'']);
            (5, if is_quoted { Clipped::Perhaps } else { Clipped::Known })
        }
        Some(Listed::Whole) => (150, Clipped::Never),
        _ if token.after == Beside::Lower => (30, Clipped::Unknown),
        _ => (45, Clipped::Unknown),
    }
}

/// What the lists say of a word without what was drawn into it, if it is clipped: ’em’s, ’im’ll.
fn clipped_with_ending(word: &str) -> Option<&'static Listed> {
    let (stem, ending) = word.rsplit_once(['’', '\''])?;
    let is_ending = matches!(ending, "s" | "d" | "m" | "ll" | "re" | "ve");
    let listed = LISTED.get(stem).filter(|_| is_ending)?;
    (*listed == Listed::Clipped).then_some(listed)
}

/// Whether a verb that has lost its subject is quoted alone: ‘Tis’ is no word. In a clause something would
/// follow it; so it would follow an article, the ‘th’ of some spelling.
fn is_spoken_of(token: &Token, word: &str, behind: &str) -> bool {
    let mut behind = behind.chars();
    token.glyph == Glyph::LeftSingle
        && matches!(word, "tis" | "twas" | "twere" | "twill" | "twould" | "th")
        && behind.next() == Some('’')
        && !behind.next().is_some_and(char::is_alphanumeric)
}

/// Whether the mark stands before the ‘n’ of ‘rock ‘n’ roll’: nobody quotes that letter there.
fn joins(text: &str, token: &Token) -> bool {
    let before = text[..token.span().start].strip_suffix([' ', '-']);
    let behind = text[token.span().end..].strip_prefix(['n', 'N']);
    let behind =
        behind.and_then(|rest| rest.strip_prefix(['’', '\'', '‘'])?.strip_prefix([' ', '-']));
    let (Some(before), Some(behind)) = (before, behind) else {
        return false;
    };
    let is_outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    JOINED.iter().any(|[first, second]| {
        let start =
            before.len().checked_sub(first.len()).and_then(|at| before.split_at_checked(at));
        let end = behind.split_at_checked(second.len());
        let (Some((left, word)), Some((next, right))) = (start, end) else {
            return false;
        };
        word.eq_ignore_ascii_case(first)
            && next.eq_ignore_ascii_case(second)
            && is_outside(left.chars().next_back())
            && is_outside(right.chars().next())
    })
}

fn is_likely(text: &str, token: &Token) -> bool {
    let mut buffer = [0_u8; 24];
    lower_word(&text[token.span().end..], &mut buffer)
        .is_some_and(|word| ELISIONS_LIKELY.contains(word))
}

/// The ’thirties: decades that have lost their century.
const DECADES: [&str; 8] =
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

/// Whether the words before a mark are those before a decade: `the `, `the late `.
fn follows_article(text: &str, token: &Token) -> bool {
    let before = text[..token.span().start].strip_suffix(' ').unwrap_or("");
    let word = before.rsplit(' ').next().unwrap_or("");
    matches!(word, "the" | "The" | "early" | "late" | "mid" | "middle")
}

/// `’50s`, `’48`: two digits and no more. `25 September` is a day.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_day = rest[digits..]
        .strip_prefix(' ')
        .is_some_and(|word| MONTHS.iter().any(|month| word.starts_with(month)));
    digits == 2 && !is_day
}

/// How the names of the months begin.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The word that ends at the mark, with the apostrophes inside it.
pub(super) fn word_before<'a>(text: &'a str, token: &Token) -> &'a str {
    let before = &text[..token.span().start];
    // Most words have letters of ASCII only.
    let plain = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let plain_start = before.len() - plain;
    let last = before.as_bytes()[..plain_start].last();
    if last.is_none_or(|&byte| byte.is_ascii() && byte != b'\'') {
        return &before[plain_start..];
    }
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_of_word(c))
        .last()
        .map_or(before.len(), |(index, _)| index);
    before[start..].trim_start_matches(['’', '\''])
}

/// What it costs that a word which looks clipped has an apostrophe at its end, and whether it is known to.
fn clipped_end(text: &str, token: &Token, word: &str) -> Option<(Cost, bool)> {
    // l’« unité », in a passage that is too short to tell its language.
    if CLIPPINGS.contains(word) || word.len() == 1 && text[token.span().end..].starts_with('«') {
        return Some((10, true));
    }
    if goes_on_behind_hyphen(&text[token.span().end..]) {
        return Some((12, false));
    }
    if word.len() >= 4 && word.ends_with("in") {
        return Some(if token.after == Beside::Space { (14, true) } else { (24, false) });
    }
    is_clipped_twice(word).then_some((14, true))
}

fn trailing(text: &str, token: &Token, dialect: Dialect) -> (Cost, bool) {
    let original = word_before(text, token);
    let mut buffer = [0_u8; 24];
    let Some(word) = lower_word(original, &mut buffer) else {
        return (60, false);
    };
    if let Some(clipped) = clipped_end(text, token, word) {
        return clipped;
    }
    if word.ends_with(['s', 'z', 'x']) {
        if NEVER_OWN.contains(&word) {
            return (NO_WORD, false);
        }
        let cost = possessive(text, token);
        return (if dialect == Dialect::Broad { cost.min(26) } else { cost }, false);
    }
    // For conscience’ sake: no s stands behind a sibilant.
    if word.ends_with("ce") && may_own(&text[token.span().end..]) {
        return (SIBILANT, false);
    }
    let is_name = original.starts_with(char::is_uppercase);
    // ‘dear Catherine’’: of two marks behind a word that needs none, one is too many.
    let is_doubled = text[token.span().end..].starts_with(token.glyph.character());
    let doubled = if is_doubled { SOFT_BEFORE_CLOSE } else { 0 };
    // Russian soft signs: Kazan’, Rus’.
    let before = &text[..token.span().start - original.len()];
    let cost = match dialect {
        _ if is_name && keeps_its_vowel(before, original) => VOWEL_AT_END + doubled,
        _ if soft_sign::ends(word, before) => SOFT_SIGN,
        // Lebed’ is a name.
        _ if ends_in_full(word) && !(is_name && word.ends_with("ed")) => NO_WORD,
        _ if is_name && stands_before_note(&text[token.span().end..]) => NAME_BEFORE_NOTE,
        _ if is_name => 60 + doubled,
        // What ends in -ing has lost nothing: it would be -in’. Yet some print has ‘a-going’ to’.
        Dialect::Broad | Dialect::Some if ends_whole(word) && !is_before_space(text, token) => {
            NO_WORD
        }
        Dialect::Broad => 26,
        Dialect::Some if keeps_its_end(word) => KEPT_END,
        Dialect::Some => 60 + doubled,
        Dialect::None | Dialect::Other { .. } => NO_WORD,
    };
    (cost, false)
}

fn is_before_space(text: &str, token: &Token) -> bool {
    text[token.span().end..].starts_with(char::is_whitespace)
}

/// What it costs that a word has an apostrophe at its end which has none in any kind of English.
const NO_WORD: Cost = 125;

/// Words in -s that are no nouns.
const NEVER_OWN: &[&str] = &[
    "afterwards",
    "always",
    "besides",
    "nowadays",
    "perhaps",
    "says",
    "sometimes",
    "this",
    "thus",
    "towards",
    "unless",
    "yes",
];

/// What it costs that a word which looks whole has lost its end, in a text that clips others.
const KEPT_END: Cost = 112;

/// Whether a word ends with a letter with which hardly any word ends that has lost more behind it, as far as
/// no list has it: `what is mine’`, `a shot’`, but `fear’` and `fin’`.
fn keeps_its_end(word: &str) -> bool {
    word.len() > 3 && word.ends_with(['b', 'd', 'e', 'm', 't', 'y'])
}

/// Whether a word has an ending that nobody clips: `Generation`, `Society`, `shanghaied`.
fn ends_in_full(word: &str) -> bool {
    const ENDINGS: &[&str] = &["tion", "sion", "ment", "ship", "ity", "ism", "ed"];
    word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word is a participle or a noun in -ing, of which people drop the last letter at most.
fn ends_whole(word: &str) -> bool {
    word.strip_suffix("ing").is_some_and(|stem| stem.len() > 1)
}

/// What it costs that a name has an apostrophe behind its last vowel, where no soft sign stands; that of
/// Sana’ or Karbala’ is rare.
const VOWEL_AT_END: Cost = 112;

/// Whether a name behind `before` ends in a vowel: within a clause, where its capital is not that of a word of speech
/// that has lost its end (Goo’ dog!).
fn keeps_its_vowel(before: &str, name: &str) -> bool {
    let is_within = before.strip_suffix(' ').is_some_and(|rest| rest.ends_with(char::is_lowercase));
    is_within && name.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// What it costs that a word which ends with a soft sign in Russian has it.
const SOFT_SIGN: Cost = 45;

/// What it costs that a name ends with an apostrophe where a note is: ‘Daily Worker’[2] is a quotation.
const NAME_BEFORE_NOTE: Cost = 112;

/// Whether the marker of a note begins `rest`: `[2]`
fn stands_before_note(rest: &str) -> bool {
    note_code::at(rest, false).is_some()
}

/// How much more it costs that a name ends with an apostrophe if a quotation closes right behind it.
const SOFT_BEFORE_CLOSE: Cost = 30;

/// What it costs that a word in -ce has lost the s of its possessive.
const SIBILANT: Cost = 40;

/// Whether the word before `rest` goes on behind a hyphen: `sou’-wester`, `will-o’-the-wisp`.
fn goes_on_behind_hyphen(rest: &str) -> bool {
    rest.strip_prefix(['-', '‐', '‑']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Whether a possessive may stand before `rest`, which begins with a small word that may be a noun.
fn may_own(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_lowercase))
    else {
        return false;
    };
    !begins_with_function_word(rest)
}

/// `noth’n’`, `sumf’n’`: what has lost letters inside loses them at the end as well. What is left behind the
/// first mark is short, unlike in Italian or Ukrainian: un’altra, пам’ять.
fn is_clipped_twice(word: &str) -> bool {
    let Some((_, tail)) = word.rsplit_once(['’', '\'']) else {
        return false;
    };
    tail.len() <= 2 && !matches!(tail, "s" | "t" | "d" | "m" | "ll" | "re" | "ve")
}

/// `workers’ councils` against a quotation that closes behind a plural.
pub(super) fn possessive(text: &str, token: &Token) -> Cost {
    let after = &text[token.span().end..];
    if token.mark_after {
        return if owns_nothing(after, token) { DOUBLED_POSSESSIVE } else { 50 };
    }
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

/// A possessive that owns nothing, before the mark that closes: one of the two is too many.
const DOUBLED_POSSESSIVE: Cost = 90;

/// Whether the same mark stands again behind one of a plural, and no noun follows: the ‘shorts’’ as a disguise,
/// but the ‘kids’’ discussion.
fn owns_nothing(after: &str, token: &Token) -> bool {
    let Some(rest) = after.strip_prefix(token.glyph.character()) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix(' ') else {
        return true;
    };
    begins_with_function_word(rest)
}

fn begins_with_function_word(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    FUNCTION_WORDS.contains(&word)
}

/// Words that no noun is, nor what stands before one behind a possessive.
const FUNCTION_WORDS: &[&str] = &[
    "a", "above", "after", "an", "and", "are", "as", "at", "because", "before", "below", "but",
    "by", "did", "do", "does", "for", "from", "had", "has", "have", "he", "his", "if", "in",
    "into", "is", "it", "may", "nor", "of", "on", "or", "over", "she", "than", "that", "the",
    "then", "these", "they", "this", "those", "to", "under", "until", "upon", "was", "we", "were",
    "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "without", "would",
    "you",
];

fn before_word<'a>(text: &'a str, token: &Token) -> &'a str {
    let before = &text[..token.span().start];
    before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

/// The word at the start of `text` in lower case, if it is short enough to be listed.
pub(super) fn lower_word<'b>(text: &'b str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
    if let Some(end) = end_of_plain(text, buffer.len()) {
        return Some(&text[..end]);
    }
    let mut length = 0;
    for character in text.chars() {
        if !is_of_word(character) {
            break;
        }
        if character.is_ascii() {
            *buffer.get_mut(length)? = character.to_ascii_lowercase() as u8;
            length += 1;
            continue;
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

/// Where the word at the start of `text` ends, if it has small letters of ASCII only, as most words have; a mark
/// behind it is not counted. With that it has no more than `most` bytes.
fn end_of_plain(text: &str, most: usize) -> Option<usize> {
    let end = text.bytes().take(most).take_while(u8::is_ascii_lowercase).count();
    let mut behind = text[end..].chars();
    let mut next = behind.next();
    let mut whole = end;
    if let Some(mark @ ('’' | '\'')) = next {
        whole += mark.len_utf8();
        next = behind.next();
    }
    let is_over = next.is_none_or(|c| !is_of_word(c));
    (end > 0 && whole <= most && is_over).then_some(end)
}

/// Whether a character is part of a word, as an apostrophe is.
fn is_of_word(character: char) -> bool {
    match character {
        '’' | '\'' => true,
        // Dashes and the other quotation marks, which stand beside words so often that no table is asked.
        '\u{2010}'..='\u{2027}' => false,
        _ => character.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_what_its_letters_are(text in "[a-z]{0,26}[a-zA-Zé’' .—]{0,4}") {
            let is_part = |&c: &char| c.is_alphabetic() || matches!(c, '’' | '\'');
            let whole: String = text.chars().take_while(is_part).flat_map(char::to_lowercase).collect();
            let word = whole.trim_end_matches(['’', '\'']);
            let mut buffer = [0_u8; 24];
            let is_short = whole.len() <= buffer.len() && !word.is_empty();
            prop_assert_eq!(super::lower_word(&text, &mut buffer), is_short.then_some(word));
        }
    }
}
