//! Letters in a row that no English word or name has: what slips of the press leave behind.

use std::sync::LazyLock;

use super::forward::without_diacritics;
use super::lexicon;

/// Rows of three letters that words have, one bit each.
struct Rows(Vec<u64>);

/// Letters that are told apart, the edge of a word among them.
const LETTERS: usize = 32;

static KNOWN: LazyLock<Rows> = LazyLock::new(|| {
    let mut rows = Rows(vec![0; LETTERS * LETTERS * LETTERS / 64]);
    for word in lexicon::all() {
        for row in rows_of(word) {
            rows.0[row / 64] |= 1 << (row % 64);
        }
    }
    rows
});

impl Rows {
    fn have(&self, row: usize) -> bool {
        self.0[row / 64] >> (row % 64) & 1 == 1
    }
}

/// Whether `wrong` has three letters in a row that neither dictionaries nor `right` have: the
/// `^Rk` of `Rkov` beside `Rykov`.
pub fn has_odd_letters(wrong: &str, right: &str) -> bool {
    let (wrong, right) = (plain(wrong), plain(right));
    let known: Vec<usize> = rows_of(&right).collect();
    rows_of(&wrong).any(|row| !KNOWN.have(row) && !known.contains(&row))
}

fn plain(word: &str) -> String {
    without_diacritics(&word.to_lowercase())
}

/// The rows of three of a word with its edges, as numbers.
fn rows_of(word: &str) -> impl Iterator<Item = usize> {
    let number = |byte: u8| match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => usize::from(letter - b'a') + 1,
        _ => LETTERS - 1,
    };
    let letters = word.bytes().map(number).chain(std::iter::once(0));
    let rows = letters.scan((0, 0), |(first, second), third| {
        let row = (*first * LETTERS + *second) * LETTERS + third;
        (*first, *second) = (*second, third);
        Some(row)
    });
    // The edge with the first letter alone is no row yet.
    rows.skip(1)
}

#[cfg(test)]
mod tests {
    use super::has_odd_letters;

    #[test]
    fn rows_that_no_word_has_are_odd() {
        assert!(has_odd_letters("Rkov", "Rykov"));
        assert!(has_odd_letters("Pruthh", "Pruth"));
        assert!(has_odd_letters("Mvra", "Mavra"));
        assert!(!has_odd_letters("Kollentai", "Kollontai"));
        assert!(!has_odd_letters("Larson", "Larsen"));
    }
}
