//! Numbers as headings and cross-references write them.

/// No roman number of a division is longer.
const LONGEST: usize = 9;

/// The number from 1 to 999 that a text begins with, roman in capitals or arabic, and its length in
/// bytes.
pub fn number_at(text: &str) -> Option<(usize, u32)> {
    let length = text.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric).count();
    let word = text.get(..length).filter(|word| !word.is_empty() && word.len() <= LONGEST)?;
    let is_whole = !text[length..].starts_with(|c: char| c.is_alphanumeric());
    let number = if word.bytes().all(|byte| byte.is_ascii_digit()) {
        word.parse().ok().filter(|&number| number > 0 && number < 1000)
    } else {
        roman(word)
    };
    number.filter(|_| is_whole).map(|number| (length, number))
}

/// A roman number as print writes it: `IV`, and not `IIII` or `VX`.
fn roman(word: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 9] = [
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let write = |mut number: u32| {
        let mut written = String::new();
        for (sign, value) in SIGNS {
            while number >= value {
                written.push_str(sign);
                number -= value;
            }
        }
        written
    };
    let mut rest = word;
    let mut number = 0;
    for (sign, value) in SIGNS {
        while let Some(behind) = rest.strip_prefix(sign) {
            rest = behind;
            number += value;
        }
    }
    (rest.is_empty() && write(number) == word).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_read_as_print_writes_them() {
        let numbers = ["I", "IV", "XIX", "XCVIII", "IIII", "VX", "IC", "MIX"].map(roman);
        let expected = [Some(1), Some(4), Some(19), Some(98), None, None, None, None];
        assert_eq!(numbers, expected);
    }

    #[test]
    fn a_number_is_a_whole_word() {
        assert_eq!(number_at("IV. Water"), Some((2, 4)));
        assert_eq!(number_at("12"), Some((2, 12)));
        for none in ["In", "1st", "0", "1905", "", "iv"] {
            assert_eq!(number_at(none), None, "{none}");
        }
    }
}
