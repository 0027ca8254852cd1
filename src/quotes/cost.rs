//! What it costs to read a mark in one role, by what stands around it.
//!
//! Costs are tenths of a natural logarithm of odds, rounded and set by reading: a role that
//! stands where it belongs costs nothing, one that hardly ever occurs there much. What is
//! an error has its price, so that an error is reported only where every other reading of
//! the block would be stranger still.

use super::tokens::{Beside, Token};

/// A cost in tenths.
pub(super) type Cost = u32;

/// No reading at all.
pub(super) const IMPOSSIBLE: Cost = 1_000_000;

/// The mark points the wrong way.
pub(super) const TURNED: Cost = 60;
/// A pair of marks of another convention than the document's.
pub(super) const FOREIGN: Cost = 30;
/// A pair of different kinds.
pub(super) const MISMATCH: Cost = 70;
/// The same at the end of a speech that goes on in the next block.
pub(super) const ENDS_TALE_OTHERWISE: Cost = 35;
/// A typographic and a straight mark form a pair, where that is usual.
pub(super) const MIXED: Cost = 30;
/// The same where it is not.
pub(super) const MIXED_BY_MISTAKE: Cost = 61;
/// A quotation that is not closed, or was not opened.
pub(super) const NO_PARTNER: Cost = 85;
/// A mark closes nothing although a quotation is open that it fits.
pub(super) const PASSED_OVER: Cost = 20;
/// A mark without any role.
pub(super) const STRAY: Cost = 110;
/// One of two equal marks in a row.
pub(super) const DOUBLED: Cost = 62;
/// A quotation directly inside another with the same marks.
pub(super) const SAME_NESTED: Cost = 110;
/// The same in the middle of a speech that runs over many paragraphs, in which much is quoted.
pub(super) const NESTED_IN_TALE: Cost = 50;
/// The same where all marks of the block balance so.
pub(super) const WELL_NESTED: Cost = 30;
/// One mark closes two quotations, where that is usual.
pub(super) const SHARED: Cost = 5;
/// A quotation inside another with the same marks, where that is usual.
pub(super) const USUALLY_NESTED: Cost = 15;
/// The same behind a sign, where the marks of both ends are alike.
pub(super) const ONCE_NESTED: Cost = 40;
/// The same where it is not usual and yet no mistake.
pub(super) const RARELY_NESTED: Cost = 80;
/// A line inside a quotation repeats its mark.
pub(super) const REOPENED: Cost = 20;
/// The outermost quotation has the marks of the inner.
pub(super) const INNER_AT_TOP: Cost = 8;
/// A quotation goes on in the next block, which repeats its mark.
pub(super) const GOES_ON: Cost = 4;
/// A quotation goes on into or out of verse or an extract.
pub(super) const GOES_ON_INSET: Cost = 25;
/// A quotation goes on over a line that may be narrative.
pub(super) const LINE_APART: Cost = 20;
/// A quotation that begins at the head of an item of a list goes on in the next item.
pub(super) const ITEM_APART: Cost = 40;
/// A quotation goes on although words of saying tell that it was over.
pub(super) const WAS_OVER: Cost = 105;
/// The lines of a letter's close, each of which repeats the mark.
pub(super) const SIGNED: Cost = 8;
/// What it costs at least that a mark repeats one that is open.
pub(super) const LEAST_REPEATED: Cost = if SIGNED < REOPENED { SIGNED } else { REOPENED };
/// A quotation of several sentences ends between two words.
pub(super) const CUT_SHORT: Cost = 40;
/// A paragraph that takes up a speech ends it between two words.
pub(super) const TAKEN_UP_FOR_NOTHING: Cost = 50;
/// The same behind whole sentences of it: no less than a quotation without its end.
pub(super) const TAKEN_UP_AND_CUT: Cost = 115;
/// A quotation that begins in brackets ends behind them, in the middle of a clause.
pub(super) const LEAVES_BRACKET: Cost = 110;
/// A quotation has nothing in it, and a word stands directly behind it: ‘’Tis nothing.
pub(super) const EMPTY: Cost = 60;
/// A quotation that begins within a clause holds whole sentences.
pub(super) const OUTGROWN: Cost = 30;
/// An apostrophe has the shape of what closes quotations in the document.
pub(super) const CLOSER_AS_APOSTROPHE: Cost = 60;
/// An apostrophe at the head of a block in which a quotation goes on that repeats its mark, even before a word
/// that may have lost its head: no less than a quotation without its end.
pub(super) const TAKEN_UP: Cost = 95;
/// An apostrophe at the head of a block before a word that is not known to lose it, where the next block opens
/// with that mark.
pub(super) const REPEATED_BELOW: Cost = 40;
/// A mark that is an apostrophe if nothing is open closes a quotation with marks of another kind.
pub(super) const LIKELY_APOSTROPHE: Cost = 40;
/// A speech that may go on in the next block, whose mark repeats it, ends at what is likely a possessive.
pub(super) const ENDS_TALE: Cost = 90;
/// An apostrophe that costs less is a likely one.
pub(super) const LIKELY: Cost = 30;
/// A quotation ends behind a word that is written with an apostrophe at its end.
pub(super) const CLIPPED: Cost = 15;
/// The same behind a small word that leads on to the next one: `a man o’ peace`.
pub(super) const LEADS_ON: Cost = 110;
/// A reading with an error is taken only if it is better than any other by this much.
pub(super) const MARGIN: Cost = 12;

/// A grave accent that cannot open anything is part of code or of a name.
pub(super) const NO_QUOTE: Cost = 30;
/// The text may speak of the key that has the mark.
pub(super) const KEY: Cost = 40;
/// The text speaks of the mark.
pub(super) const SHOWN: Cost = 5;

/// What it costs that a mark opens where it stands.
pub(super) fn opening(token: &Token, is_spaced: bool) -> Cost {
    let after = match token.after {
        Beside::Lower | Beside::Upper | Beside::Digit | Beside::Opening => 0,
        Beside::Dash | Beside::Other => 6,
        Beside::Stop => 14,
        Beside::Pause => 60,
        // « Non », in French.
        Beside::Space if is_guillemet(token) && is_spaced => 3,
        // One that stands close behind something and has a space behind it closes.
        Beside::Space if is_guillemet(token) && is_free_before(token) => 50,
        // One whose shape tells nothing closes behind a dash: "I don't know—" He stopped.
        Beside::Space if token.glyph.is_straight() && token.before == Beside::Dash => 110,
        // „ Mit Pfaden “, set or scanned with spaces.
        Beside::Space if is_typographic(token) && is_free_before(token) => 40,
        Beside::Closing | Beside::Space | Beside::Edge => 80,
    };
    let before = match token.before {
        Beside::Edge | Beside::Space | Beside::Opening => 0,
        Beside::Dash => 2,
        Beside::Other => 10,
        Beside::Stop | Beside::Pause => 40,
        Beside::Closing => 60,
        // Between two letters it belongs to the word.
        _ if matches!(token.after, Beside::Lower | Beside::Upper) && !token.mark_after => 150,
        // Between a word and a sign it closes: ‘We won’—he said.
        _ if matches!(token.after, Beside::Dash | Beside::Stop) && !token.mark_after => 150,
        Beside::Lower | Beside::Upper | Beside::Digit => 90,
    };
    after + before
}

/// What it costs that a mark closes where it stands.
pub(super) fn closing(token: &Token, next_is_lower: bool, is_spaced: bool) -> Cost {
    let before = match token.before {
        Beside::Stop | Beside::Pause => 0,
        Beside::Closing | Beside::Dash => 3,
        Beside::Other => 6,
        Beside::Lower | Beside::Upper | Beside::Digit => 8 + if next_is_lower { 3 } else { 0 },
        Beside::Space if is_guillemet(token) => {
            if is_spaced {
                3
            } else {
                50
            }
        }
        Beside::Space
            if is_typographic(token)
                && matches!(token.after, Beside::Stop | Beside::Pause | Beside::Closing) =>
        {
            40
        }
        Beside::Space => 80,
        Beside::Edge | Beside::Opening => 100,
    };
    let after = match token.after {
        Beside::Space | Beside::Edge | Beside::Stop | Beside::Pause | Beside::Closing => 0,
        Beside::Dash => 1,
        Beside::Other => 6,
        Beside::Opening => 10,
        Beside::Digit => 50,
        // »a«s, ”Tärkeä”lle: what is quoted is declined.
        Beside::Lower if has_shape(token) && !token.mark_after => 45,
        // Between two letters it belongs to the word.
        Beside::Lower | Beside::Upper
            if matches!(token.before, Beside::Lower | Beside::Upper) && !token.mark_before =>
        {
            150
        }
        Beside::Lower | Beside::Upper => 90,
    };
    before + after
}

fn is_free_before(token: &Token) -> bool {
    matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening)
}

/// Whether a double mark behind a word is none that was typed, so that its shape tells what it does.
fn has_shape(token: &Token) -> bool {
    is_double_by_shape(token) && matches!(token.before, Beside::Lower | Beside::Upper)
}

/// Whether a mark is a double one that was set and not typed, and no guillemet.
fn is_typographic(token: &Token) -> bool {
    is_double_by_shape(token) && !is_guillemet(token)
}

/// Whether a mark is none of a typewriter and not single.
fn is_double_by_shape(token: &Token) -> bool {
    use super::glyph::Kind;
    token.glyph.kind() != Kind::Single && !token.glyph.is_straight()
}

/// Guillemets may have a space on the inside; their shape tells the direction.
fn is_guillemet(token: &Token) -> bool {
    use super::glyph::Kind;
    matches!(token.glyph.kind(), Kind::Guillemet | Kind::Angle)
}

/// What it costs that a mark is a prime: `5′ 10″`.
pub(super) fn prime(token: &Token) -> Cost {
    use super::glyph::Glyph;
    let shape = match token.glyph {
        Glyph::Prime | Glyph::DoublePrime => 0,
        Glyph::StraightSingle | Glyph::StraightDouble => 22,
        Glyph::RightSingle | Glyph::RightDouble => 30,
        _ => return IMPOSSIBLE,
    };
    match token.before {
        Beside::Digit if !token.mark_before => shape,
        _ if shape == 0 => 60,
        _ => IMPOSSIBLE,
    }
}

/// What it costs that a mark repeats what stands above it.
pub(super) fn ditto(token: &Token, in_table: bool, is_spaced: bool) -> Cost {
    use super::glyph::Glyph;
    let is_ditto = matches!(
        token.glyph,
        Glyph::StraightDouble
            | Glyph::RightDouble
            | Glyph::LowDouble
            | Glyph::DoublePrime
            | Glyph::LeftDouble
            | Glyph::RightGuillemet
            | Glyph::LeftGuillemet
    );
    let stands_alone = matches!(token.before, Beside::Space | Beside::Edge)
        && matches!(token.after, Beside::Space | Beside::Edge)
        && !token.mark_before
        && !token.mark_after;
    let is_ditto = is_ditto && !(is_spaced && is_guillemet(token));
    // The mark itself is spoken of: the apostrophe (’).
    let is_shown = token.before == Beside::Opening && token.after == Beside::Closing;
    if is_shown && !token.mark_before && !token.mark_after {
        return SHOWN;
    }
    // A mark that is all there is in a block stands below something.
    let is_all = token.before == Beside::Edge && token.after == Beside::Edge;
    if is_all && stands_alone && token.glyph == Glyph::RightSingle {
        return 10;
    }
    match (is_ditto && stands_alone, in_table || is_all) {
        (true, true) => 0,
        (true, false) => 40,
        (false, _) => IMPOSSIBLE,
    }
}
