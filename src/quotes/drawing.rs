//! Drawings and diagrams made of signs, which are no prose.

use super::tokens::Token;

/// Fewer signs than these are no drawing: `‘. . .!’`
const FEWEST: usize = 12;

/// A drawing has so many kinds of signs: rows of dots that stand for what is left out have fewer.
const KINDS: u32 = 5;

/// A letter so many times in a row is drawn with: `MMMM`, `ooo`.
const RUN: usize = 3;

/// Whether a block is a drawing: in most of its lines signs outnumber the letters. Linear.
pub(super) fn is_one(text: &str, tokens: &[Token]) -> bool {
    // Nearly every block is prose, which has more plain letters than this, or so few signs.
    if tokens.is_empty()
        || count_bytes(text, |byte| byte.is_ascii_alphabetic()) * 10 > text.len() * 7
        || count_bytes(text, may_be_sign) < KINDS as usize
    {
        return false;
    }
    let (mut signs, mut kinds, mut drawn, mut written) = (0, 0, 0, 0);
    for line in text.lines() {
        let counts = count(line);
        if counts.signs > counts.letters {
            signs += counts.signs;
            kinds |= counts.kinds;
            drawn += 1;
        } else if counts.letters > 0 {
            written += 1;
        }
    }
    signs >= FEWEST && kinds.count_ones() >= KINDS && drawn > written
}

/// How many bytes of a text are such; those of a run, which is short enough for a byte to count them,
/// are counted together.
fn count_bytes(text: &str, is_such: impl Fn(u8) -> bool) -> usize {
    let count = |run: &[u8]| run.iter().map(|byte| u8::from(is_such(*byte))).sum::<u8>();
    text.as_bytes().chunks(128).map(|run| usize::from(count(run))).sum()
}

/// Whether a character that begins so may be a sign.
fn may_be_sign(byte: u8) -> bool {
    let is_space = matches!(byte, b' ' | b'\n');
    byte >= 0xC0 || byte.is_ascii() & !byte.is_ascii_alphanumeric() & !is_space
}

struct Counts {
    signs: usize,
    letters: usize,
    /// Which signs, one bit each; those outside ASCII share bits.
    kinds: u128,
}

/// The letters and figures of a line that may be words, and its signs.
fn count(line: &str) -> Counts {
    let mut counts = Counts { signs: 0, letters: 0, kinds: 0 };
    let (mut before, mut run) = (' ', 0);
    for character in line.chars() {
        run = if character == before { run + 1 } else { 1 };
        before = character;
        if !character.is_alphanumeric() {
            if !character.is_whitespace() {
                counts.signs += 1;
                counts.kinds |= 1 << (u32::from(character) % u128::BITS);
            }
        } else if run < RUN {
            counts.letters += 1;
        } else if run == RUN {
            counts.letters -= RUN - 1;
            counts.signs += RUN;
        } else {
            counts.signs += 1;
        }
    }
    counts
}
