//! Drawings and diagrams made of signs, which are no prose.

/// Fewer signs than these are no drawing: `‘. . .!’`
const FEWEST: usize = 12;

/// A drawing has so many kinds of signs: rows of dots that stand for what is left out have fewer.
const KINDS: u32 = 5;

/// A letter so many times in a row is drawn with: `MMMM`, `ooo`.
const RUN: usize = 3;

/// Whether a text is a drawing: in most of its lines signs outnumber the letters. Linear.
pub fn is_drawing(text: &str) -> bool {
    // Nearly every block is prose, which has more plain letters than this.
    if count_letters(text) * 10 > text.len() * 7 {
        return false;
    }
    let (mut signs, mut kinds, mut drawn, mut written) = (0, 0, 0, 0);
    for line in text.lines() {
        if is_surely_written(line.as_bytes()) {
            written += 1;
            continue;
        }
        let counts = count(line);
        if counts.signs > counts.letters {
            signs += counts.signs;
            kinds |= counts.kinds;
            drawn += 1;
        } else if line.contains(char::is_alphabetic) {
            // A row of figures is as well drawn as written.
            written += 1;
        }
    }
    signs >= FEWEST && kinds.count_ones() >= KINDS && drawn > written
}

/// Whether a line has letters, no fewer than it may have signs, and no row of equal ones: most lines have,
/// and that is soon counted.
fn is_surely_written(line: &[u8]) -> bool {
    let letters = count_bytes(line, |byte| byte.is_ascii_alphabetic());
    letters > 0 && letters >= count_bytes(line, may_be_sign) && !has_row(line)
}

/// How many bytes are such; counted in numbers of one byte, of which many are added at once.
fn count_bytes(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    let few = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(is_such(byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(few(bytes))).sum()
}

/// Whether one letter or figure stands [`RUN`] times in a row.
fn has_row(line: &[u8]) -> bool {
    let behind = line.get(1..).unwrap_or_default();
    let farther = line.get(RUN - 1..).unwrap_or_default();
    let rows = line.iter().zip(behind).zip(farther);
    rows.fold(false, |has, ((&first, &next), &last)| {
        has | ((first == next) & (next == last) & first.is_ascii_alphanumeric())
    })
}

/// How many letters of ASCII a text has. Eight bytes are looked at side by side in one number.
fn count_letters(text: &str) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // So many numbers may be added before what is counted in one byte is too much for it.
    const ROWS: usize = u8::MAX as usize;
    let letters = |row: &[u8; 8]| {
        let row = u64::from_ne_bytes(*row);
        let lower = (row & !HIGH) | (0x20 * EACH);
        // The highest bit of each byte that reaches `a`, and of each that is behind `z`.
        let reaches = lower + (0x80 - u64::from(b'a')) * EACH;
        let passes = lower + (0x80 - u64::from(b'z') - 1) * EACH;
        (reaches & !passes & !row & HIGH) >> 7
    };
    let (rows, rest) = text.as_bytes().as_chunks::<8>();
    let together: usize = rows
        .chunks(ROWS)
        .map(|rows| rows.iter().map(letters).sum::<u64>().to_ne_bytes())
        .map(|counts| counts.iter().map(|&count| usize::from(count)).sum::<usize>())
        .sum();
    together + rest.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
}

/// Whether a character that begins so may be a sign.
fn may_be_sign(byte: u8) -> bool {
    let is_space = matches!(byte, b' ' | b'\n');
    byte >= 0xC0 || byte.is_ascii() & !byte.is_ascii_alphanumeric() & !is_space
}

/// Dashes, quotation marks and others that a look at the tables of letters would tell as well.
fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}')
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
        if is_punctuation(character) || !character.is_alphanumeric() {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_surely_written_is_not_drawn(line in "[aaab11é’ .#/|+—-]{0,300}") {
            let counts = super::count(&line);
            let is_drawn = counts.signs > counts.letters || !line.contains(char::is_alphabetic);
            prop_assert!(!(is_drawn && super::is_surely_written(line.as_bytes())));
        }

        #[test]
        fn letters_are_counted_as_one_by_one(text in "[@AZ\\[`az{ é’\u{7f}]{0,80}", times in 1_usize..200) {
            let text = text.repeat(times);
            let one_by_one = text.bytes().filter(u8::is_ascii_alphabetic).count();
            prop_assert_eq!(super::count_letters(&text), one_by_one);
        }
    }
}
