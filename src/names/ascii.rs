//! What most of a text is made of, words in letters of ASCII, told by the byte. Nothing is decided here
//! that the way by characters would not decide too; where that may be, it is left to that.

/// Each byte of a word set to one value.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The first byte from `from` on that is a capital of ASCII or none of ASCII at all. `from` must not be
/// behind the end. By itself it has the registers that its loop needs.
#[inline(never)]
pub(super) fn next_capital_or_other(bytes: &[u8], from: usize) -> Option<usize> {
    let (eights, rest) = bytes[from..].as_chunks();
    for (number, eight) in eights.iter().enumerate() {
        let found = capitals_and_others(u64::from_le_bytes(*eight));
        if found != 0 {
            return Some(from + 8 * number + found.trailing_zeros() as usize / 8);
        }
    }
    let is_found = |byte: &u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    let found = rest.iter().position(is_found)?;
    Some(bytes.len() - rest.len() + found)
}

/// The highest bit of each of eight bytes that is a capital of ASCII or none of ASCII at all.
fn capitals_and_others(eight: u64) -> u64 {
    let low = eight & each(0x7f);
    // Seven bits with what is missing to the eighth: it is set from the letter on, and no byte
    // reaches into the next.
    let from_a = low + each(0x80 - b'A');
    let behind_z = low + each(0x80 - b'Z' - 1);
    (from_a & !behind_z | eight) & each(0x80)
}

/// How many letters of ASCII stand at the head.
fn letters(bytes: &[u8]) -> usize {
    let mut at = 0;
    // Sixteen at a time: whether a name has more than eight is hard to foresee.
    while let Some(sixteen) = bytes[at..].first_chunk() {
        let sixteen = u128::from_le_bytes(*sixteen);
        let [low, high] =
            [sixteen as u64, (sixteen >> 64) as u64].map(|eight| u128::from(others(eight)));
        match low | high << 64 {
            0 => at += 16,
            found => return at + found.trailing_zeros() as usize / 8,
        }
    }
    let rest = &bytes[at..];
    at + rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len())
}

/// The highest bit of each of eight bytes that is no letter of ASCII.
fn others(eight: u64) -> u64 {
    // One bit makes a capital a small letter, and nothing else becomes a letter by it.
    (!small_letters(eight | each(0x20)) | eight) & each(0x80)
}

/// The highest bit of each of eight bytes that is neither a letter of ASCII nor a hyphen.
fn others_but_hyphens(eight: u64) -> u64 {
    let difference = eight ^ each(b'-');
    let others_than_hyphens = ((difference & each(0x7f)) + each(0x7f)) | difference;
    others(eight) & others_than_hyphens
}

/// A word of at most so many bytes is one number.
const NUMBER_BYTES: usize = 8;

/// The bytes of a word as one number, the first one lowest, if they are no more than that holds. No word has a
/// zero byte, so it is the number of no other one.
pub(super) fn as_number(word: &[u8]) -> Option<u64> {
    let mut bytes = [0; NUMBER_BYTES];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    Some(u64::from_le_bytes(bytes))
}

/// The same of the word that stands somewhere in a text, which takes fewer steps where that goes on.
pub(crate) fn number_at(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let length = end - start;
    match text[start..].first_chunk() {
        Some(eight) if (1..=NUMBER_BYTES).contains(&length) => {
            let behind = u64::BITS - 8 * length as u32;
            Some(u64::from_le_bytes(*eight) << behind >> behind)
        }
        _ => as_number(&text[start..end]),
    }
}

/// The highest bit of each of eight bytes that is a small letter of ASCII, or would be one with its highest
/// bit taken away.
fn small_letters(eight: u64) -> u64 {
    let low = eight & each(0x7f);
    let from_a = low + each(0x80 - b'a');
    let behind_z = low + each(0x80 - b'z' - 1);
    from_a & !behind_z
}

/// The length in UTF-8 of a character by its first byte.
pub(super) const fn length_by_lead(lead: u8) -> usize {
    match lead {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
    }
}

/// Where the word at `start` ends, if it is letters of ASCII alone and nothing follows that can belong to
/// it: a hyphen, an apostrophe, a digit, a letter of another script.
pub(super) fn plain_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    let length = letters(rest);
    let may_go_on = match rest[length..] {
        // A dash or a quotation mark, but no apostrophe.
        [0xE2, 0x80, last, ..] => last == 0x99,
        [byte, ..] => !byte.is_ascii() || matches!(byte, b'\'' | b'-' | b'0'..=b'9'),
        [] => false,
    };
    (length > 0 && !may_go_on).then_some(start + length)
}

/// The word of letters of ASCII and hyphens that ends a text, behind which spaces and line ends may stand;
/// empty if something else ends it. `None` where that is a full stop, or a letter of another script ends
/// or touches it.
pub(super) fn last_plain_word(text: &str) -> Option<&str> {
    let mut end = text.len();
    while let [.., b' ' | b'\n'] = text.as_bytes()[..end] {
        end -= 1;
    }
    let bytes = &text.as_bytes()[..end];
    let length = last_letters(bytes);
    let start = bytes.len() - length;
    let is_told = match bytes[..start] {
        [.., b'.'] => length > 0,
        // Dashes and quotation marks are no letters.
        [.., 0xE2, 0x80, _] => true,
        [.., before] => before.is_ascii(),
        [] => true,
    };
    is_told.then(|| &text[start..end])
}

/// How many letters of ASCII and hyphens stand at the end.
fn last_letters(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((before, eight)) = rest.split_last_chunk() {
        match others_but_hyphens(u64::from_le_bytes(*eight)) {
            0 => rest = before,
            found => return bytes.len() - rest.len() + found.leading_zeros() as usize / 8,
        }
    }
    let is_of_word = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'-';
    let length = rest.iter().rev().position(|byte| !is_of_word(byte));
    bytes.len() - rest.len() + length.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_next_capital_is_the_first(text in "[a-zA-Z @\\[`{é’Ж\u{7f}]{0,40}", from in 0_usize..40) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let mut found = (from..bytes.len())
                .filter(|&at| bytes[at].is_ascii_uppercase() || !bytes[at].is_ascii());
            prop_assert_eq!(next_capital_or_other(bytes, from), found.next());
        }

        #[test]
        fn letters_are_told_by_the_byte(bytes in prop::collection::vec(any::<u8>(), 0..20), word in "[a-zA-Z]{0,20}") {
            let all = [word.as_bytes(), &bytes].concat();
            let first = all.iter().position(|byte| !byte.is_ascii_alphabetic());
            prop_assert_eq!(letters(&all), first.unwrap_or(all.len()));
        }

        #[test]
        fn the_last_letters_are_told_by_the_byte(bytes in prop::collection::vec(any::<u8>(), 0..20), word in "[a-zA-Z-]{0,20}") {
            let all = [&bytes, word.as_bytes()].concat();
            let is_other = |byte: &u8| !byte.is_ascii_alphabetic() && *byte != b'-';
            let last = all.iter().rev().position(is_other);
            prop_assert_eq!(last_letters(&all), last.unwrap_or(all.len()));
        }

        #[test]
        fn a_word_is_the_same_number_wherever_it_stands(before in ".{0,9}", word in "[a-zé]{0,9}", behind in ".{0,9}") {
            let text = format!("{before}{word}{behind}");
            let (start, end) = (before.len(), before.len() + word.len());
            prop_assert_eq!(number_at(text.as_bytes(), start, end), as_number(word.as_bytes()));
        }

        #[test]
        fn the_lead_tells_the_length(letter in any::<char>()) {
            let mut bytes = [0; 4];
            let length = letter.encode_utf8(&mut bytes).len();
            prop_assert_eq!(length_by_lead(bytes[0]), length);
        }
    }

    #[test]
    fn a_plain_word_has_nothing_that_may_belong_to_it() {
        for (text, end) in [
            ("Lenin said", Some(5)),
            ("Lenin", Some(5)),
            ("Lenin.", Some(5)),
            ("Lenin” he", Some(5)),
            ("Lenin—and", Some(5)),
            ("Lenin’s", None),
            ("Lenin’", None),
            ("O'Brien", None),
            ("Tse-tung", None),
            ("Or1ick", None),
            ("Müller", None),
        ] {
            assert_eq!(plain_word_end(text.as_bytes(), 0), end, "{text}");
        }
    }

    #[test]
    fn the_last_word_is_told_where_letters_of_ascii_end_the_text() {
        for (text, word) in [
            ("said comrade ", Some("comrade")),
            ("the so-called\n", Some("so-called")),
            ("(the", Some("the")),
            ("“the", Some("the")),
            ("said—", Some("")),
            ("naïve", None),
            ("said, ", Some("")),
            ("said Mr. ", None),
            ("in 1917.the ", Some("the")),
            ("der müde ", None),
            ("сказал ", None),
            ("", Some("")),
        ] {
            assert_eq!(last_plain_word(text), word, "{text}");
        }
    }
}
