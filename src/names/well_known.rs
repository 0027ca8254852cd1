//! Names so well known in their own letters that every spelling of them tells the original.
//!
//! To write them under all schemes takes longer than to check a short text, so that is done when somebody
//! asks why two spellings are one name; else only the spellings that the list has are known.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::forward::{Scheme, spellings, without_diacritics};
use super::scheme_marks::in_two_ways;

/// A spelling of one of them.
#[derive(Clone, Copy)]
struct Known {
    row: usize,
    /// `None` for a spelling that follows from no scheme.
    scheme: Option<Scheme>,
}

/// The names and their spellings in small letters; `None` for what two of them are spelt like.
struct Names {
    originals: Vec<&'static str>,
    by_spelling: FxHashMap<String, Option<Known>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { originals: Vec::new(), by_spelling: FxHashMap::default() };
    for row in rows() {
        names.add(row);
    }
    names
});

/// The spellings that the list has, as they stand there, and the numbers of their rows; `None` for what two
/// names are spelt like.
static LISTED: LazyLock<FxHashMap<&'static str, Option<usize>>> = LazyLock::new(|| {
    let mut listed = FxHashMap::default();
    for (number, row) in rows().enumerate() {
        for spelling in row.others {
            let first = listed.entry(spelling).or_insert(Some(number));
            if *first != Some(number) {
                *first = None;
            }
        }
    }
    listed
});

/// A line of the list.
struct Row<I> {
    language: &'static str,
    original: &'static str,
    others: I,
}

fn rows() -> impl Iterator<Item = Row<std::str::Split<'static, char>>> {
    let lines = include_str!("data/well-known.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row { language: cells.next()?, original: cells.next()?, others: cells })
    })
}

impl Names {
    fn add(&mut self, row: Row<impl Iterator<Item = &'static str>>) {
        let Row { language, original, others } = row;
        let row = self.originals.len();
        self.originals.push(original);
        for spelling in spellings(original, language) {
            let known = Known { row, scheme: Some(spelling.scheme) };
            if let Some(plain) = spelling.in_plain_print() {
                self.add_spelling(plain.to_lowercase(), known);
            }
            self.add_spelling(spelling.text.to_lowercase(), known);
        }
        for other in others {
            let known = Known { row, scheme: None };
            let lower = other.to_lowercase();
            self.add_spelling(without_diacritics(&lower), known);
            self.add_spelling(lower, known);
        }
    }

    /// Of several schemes that write one spelling the best known one is kept.
    fn add_spelling(&mut self, spelling: String, known: Known) {
        let first = self.by_spelling.entry(spelling).or_insert(Some(known));
        if first.is_some_and(|first| first.row != known.row) {
            *first = None;
        }
    }

    fn of(&self, word: &str) -> Option<Known> {
        let lower = word.to_lowercase();
        let known = self.by_spelling.get(&lower);
        // Print marks the stress of some: Bagratión.
        let known = known.or_else(|| self.by_spelling.get(&unstressed(&lower)?));
        known.copied().flatten()
    }
}

/// Without acutes and graves; `None` if it has none.
fn unstressed(word: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let is_stress = |letter: &char| matches!(letter, '\u{301}' | '\u{300}');
    let mut letters = word.nfd();
    let has_stress = !word.is_ascii() && letters.any(|letter| is_stress(&letter));
    has_stress.then(|| word.nfd().filter(|letter| !is_stress(letter)).nfc().collect())
}

/// The number of the name of which the list has this spelling; `None` if it has it of none, or of
/// several.
pub(super) fn listed(word: &str) -> Option<usize> {
    LISTED.get(word).copied().flatten()
}

/// Whether the list has both spellings of one name.
pub(super) fn are_listed(a: &str, b: &str) -> bool {
    listed(a).is_some_and(|row| listed(b) == Some(row))
}

/// Why two words are spellings of one of the names; `None` if they are not.
pub(super) fn reason(a: &str, b: &str) -> Option<String> {
    let (own, their) = (NAMES.of(a)?, NAMES.of(b)?);
    let name = |known: Known| known.scheme.map(Scheme::name);
    let original = NAMES.originals.get(own.row).filter(|_| own.row == their.row)?;
    Some(in_two_ways(&format!("one original, {original},"), (a, name(own)), (b, name(their))))
}

/// An original, and the schemes by which two spellings of it are written, as far as they are known.
pub(super) struct Told {
    pub(super) original: &'static str,
    pub(super) schemes: [Option<Scheme>; 2],
}

/// The original of two spellings of one name, of which the list tells one at least, and none of another name.
pub(super) fn original_of(a: &str, b: &str) -> Option<Told> {
    let (own, their) = (NAMES.of(a), NAMES.of(b));
    let row = own.or(their)?.row;
    let is_one = [own, their].into_iter().flatten().all(|known| known.row == row);
    let scheme =
        |word: &str, known: Option<Known>| known?.scheme.filter(|one| one.is_shown_by(word));
    let schemes = [scheme(a, own), scheme(b, their)];
    is_one.then(|| Told { original: NAMES.originals[row], schemes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let names = &*NAMES;
        assert!(names.originals.len() >= 290);
        let mut spellings = vec![0; names.originals.len()];
        names.by_spelling.values().flatten().for_each(|known| spellings[known.row] += 1);
        for (original, spellings) in names.originals.iter().zip(spellings) {
            assert!(spellings >= 2, "{original}: {spellings}");
        }
    }

    #[test]
    fn the_original_and_the_schemes_are_named() {
        let told = |a: &str, b: &str| reason(a, b).unwrap_or_else(|| panic!("{a} {b}"));
        assert_eq!(
            told("Yeltsin", "Jelzin"),
            "one original, Ельцин, romanised in two ways (Yeltsin: newspaper, Jelzin: German)"
        );
        assert_eq!(
            told("Chekhov", "Tchekov"),
            "one original, Чехов, romanised in two ways (Chekhov: newspaper)"
        );
        assert!(reason("Bagration", "Bagratión").is_some());
        assert_eq!(reason("Yeltsin", "Gorki"), None);
        assert_eq!(reason("Dashkova", "Dashkov"), None);
    }

    #[test]
    fn what_the_list_has_is_known_at_once() {
        assert!(are_listed("Yeltsin", "Jelzin"));
        assert!(!are_listed("Yeltsin", "Gorki") && !are_listed("Smith", "Smyth"));
    }
}
