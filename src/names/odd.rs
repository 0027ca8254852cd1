//! Letters in a row that no other word has: what slips of the press leave behind.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::forward::without_diacritics;
use super::lexicon;

/// Three letters in a row in small letters without diacritics; the edge of a word is [`EDGE`].
pub type Row = [char; 3];

const EDGE: char = '\0';

/// Rows that English words have, one bit each.
struct Rows(Vec<u64>);

/// Letters that are told apart in English, the edge of a word among them.
const LETTERS: usize = 32;

static KNOWN: LazyLock<Rows> = LazyLock::new(|| {
    let mut rows = Rows(vec![0; LETTERS * LETTERS * LETTERS / 64]);
    for word in lexicon::all() {
        rows.add(word);
    }
    rows
});

impl Rows {
    fn add(&mut self, word: &str) {
        let mut put = |number: usize| self.0[number / 64] |= 1 << (number % 64);
        // Nearly all words of the dictionaries are small letters already.
        let letters = word.as_bytes();
        if !letters.iter().all(u8::is_ascii_lowercase) {
            return rows_of(&plain(word)).for_each(|row| put(number(row)));
        }
        let behind = letters.iter().skip(1).map(|letter| char::from(*letter)).chain([EDGE]);
        let mut last = letters.first().map_or(0, |first| of_letter(char::from(*first)));
        for letter in behind {
            last = (last * LETTERS + of_letter(letter)) % (LETTERS * LETTERS * LETTERS);
            put(last);
        }
    }

    fn have(&self, row: Row) -> bool {
        let number = number(row);
        self.0[number / 64] >> (number % 64) & 1 == 1
    }
}

/// In how many words of a corpus three letters stand in a row; letters that English has not count as
/// one.
#[derive(Debug)]
pub struct RowCounts(Box<[AtomicU32]>);

impl Default for RowCounts {
    fn default() -> Self {
        Self((0..LETTERS * LETTERS * LETTERS).map(|_| AtomicU32::new(0)).collect())
    }
}

impl RowCounts {
    /// A word has come into the corpus, or has left it.
    pub fn count(&self, word: &str, is_there: bool) {
        for row in rows_of(&plain(word)) {
            let count = &self.0[number(row)];
            match is_there {
                true => count.fetch_add(1, Ordering::Relaxed),
                false => count.fetch_sub(1, Ordering::Relaxed),
            };
        }
    }

    /// How many words have what `word` has in a row and `other` has not: of its rows on the average.
    pub fn have_like(&self, word: &str, other: &str) -> u32 {
        let rows = other_rows(word, other);
        let sum: u32 = rows.iter().map(|row| self.0[number(*row)].load(Ordering::Relaxed)).sum();
        sum / rows.len().max(1) as u32
    }

    #[cfg(test)]
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let counts = self.0.iter().map(|count| count.load(Ordering::Relaxed)).enumerate();
        counts.filter(|(_, count)| *count > 0)
    }
}

fn of_letter(letter: char) -> usize {
    match letter {
        EDGE => 0,
        'a'..='z' => letter as usize - 'a' as usize + 1,
        _ => LETTERS - 1,
    }
}

fn number(row: Row) -> usize {
    row.into_iter().fold(0, |number, letter| number * LETTERS + of_letter(letter))
}

/// The rows of a word, as a corpus counts them.
pub fn rows(word: &str) -> Vec<Row> {
    rows_of(&plain(word)).collect()
}

/// The rows of `wrong` that neither `right` nor English dictionaries have: the `^Rk` of `Rkov`
/// beside `Rykov`.
pub fn odd_rows(wrong: &str, right: &str) -> Vec<Row> {
    let mut rows = other_rows(wrong, right);
    rows.retain(|row| !KNOWN.have(*row));
    rows
}

/// The rows of `wrong` that `right` does not have.
pub fn other_rows(wrong: &str, right: &str) -> Vec<Row> {
    let (wrong, right) = (plain(wrong), plain(right));
    let known: Vec<Row> = rows_of(&right).collect();
    rows_of(&wrong).filter(|row| !known.contains(row)).collect()
}

fn plain(word: &str) -> String {
    without_diacritics(&word.to_lowercase()).replace('ß', "ss")
}

/// The rows of three of a word with its edges.
fn rows_of(word: &str) -> impl Iterator<Item = Row> {
    let letters = word.chars().chain(std::iter::once(EDGE));
    let rows = letters.scan((EDGE, EDGE), |(first, second), third| {
        let row = [*first, *second, third];
        (*first, *second) = (*second, third);
        Some(row)
    });
    // The edge with the first letter alone is no row yet.
    rows.skip(1)
}

#[cfg(test)]
mod tests {
    use super::odd_rows;

    #[test]
    fn the_dictionaries_have_the_rows_of_each_of_their_words() {
        for word in ["a", "ox", "wine", "Stalin", "déjà"] {
            let mut rows = super::Rows(vec![0; super::LETTERS.pow(3) / 64]);
            rows.add(word);
            let mut expected: Vec<_> = super::rows(word).into_iter().map(super::number).collect();
            expected.sort_unstable();
            expected.dedup();
            let is_there = |number: &usize| rows.0[number / 64] >> (number % 64) & 1 == 1;
            let found: Vec<_> = (0..super::LETTERS.pow(3)).filter(is_there).collect();
            assert_eq!(found, expected, "{word}");
        }
    }

    #[test]
    fn rows_that_no_word_has_are_odd() {
        let is_odd = |wrong, right| !odd_rows(wrong, right).is_empty();
        assert!(is_odd("Rkov", "Rykov"));
        assert!(is_odd("Pruthh", "Pruth"));
        assert!(is_odd("Mvra", "Mavra"));
        assert!(is_odd("T1enry", "Henry"));
        assert!(!is_odd("Kollentai", "Kollontai"));
        assert!(!is_odd("Larson", "Larsen"));
        assert_eq!(odd_rows("Бубноов", "Бубнов"), [['н', 'о', 'о'], ['о', 'о', 'в']]);
    }
}
