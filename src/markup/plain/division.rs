//! Headings of chapters as notes name them that are collected elsewhere: `Notes to Chapter IV`.

use rustc_hash::FxHashMap;

use crate::text::number_at;

/// No heading is longer that names a division, in bytes.
pub(super) const LONGEST: usize = 90;

/// What a heading is called: its number with the word for its kind, and its other words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Division {
    /// In small letters; empty where the number stands alone.
    kind: String,
    number: Option<u32>,
    /// The words behind the number, or all of them; in small letters.
    title: String,
}

impl Division {
    /// Reads a heading: `CHAPTER IV. Water`, `IV`, `Introduction`.
    pub(super) fn of(heading: &str) -> Self {
        // A marker may stand in it.
        let heading = heading.split('[').next().unwrap_or("");
        let words: Vec<&str> = heading.split(is_gap).filter(|word| !word.is_empty()).collect();
        let numbered = words.iter().take(2).position(|word| number_of(word).is_some());
        let Some(at) = numbered else {
            return Self { title: plain(&words), ..Self::default() };
        };
        Self {
            kind: plain(&words[..at]),
            number: number_of(words[at]),
            title: plain(&words[at + 1..]),
        }
    }

    /// Whether it has a number.
    pub(super) fn is_numbered(&self) -> bool {
        self.number.is_some()
    }
}

fn number_of(word: &str) -> Option<u32> {
    number_at(word).filter(|(length, _)| *length == word.len()).map(|(_, number)| number)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ':' | ',' | ';' | '—' | '–' | '-' | '(' | ')' | '_')
}

fn plain(words: &[&str]) -> String {
    words.join(" ").to_lowercase()
}

/// Divisions by what they can be called, each with a value of its own.
#[derive(Debug)]
pub(super) struct Divisions<T> {
    /// By number and kind; without the kind if the heading has none.
    by_kind: FxHashMap<(u32, String), Option<T>>,
    /// By number, whatever the kind.
    by_number: FxHashMap<u32, Option<T>>,
    by_title: FxHashMap<String, Option<T>>,
}

impl<T> Default for Divisions<T> {
    fn default() -> Self {
        Self {
            by_kind: FxHashMap::default(),
            by_number: FxHashMap::default(),
            by_title: FxHashMap::default(),
        }
    }
}

impl<T: Copy + PartialEq> Divisions<T> {
    /// Files a division; a name that two of different values have names neither.
    pub(super) fn insert(&mut self, division: Division, value: T) {
        let file = |known: &mut Option<T>| *known = known.filter(|one| *one == value);
        if let Some(number) = division.number {
            self.by_number.entry(number).and_modify(file).or_insert(Some(value));
            let key = (number, division.kind);
            self.by_kind.entry(key).and_modify(file).or_insert(Some(value));
        }
        if !division.title.is_empty() {
            self.by_title.entry(division.title).and_modify(file).or_insert(Some(value));
        }
    }

    /// The value of the division that another heading names: by its number, of whose kinds one
    /// may be left unsaid, else by its words.
    pub(super) fn find(&self, heading: &Division) -> Option<T> {
        let Some(number) = heading.number else {
            return self.by_title.get(&heading.title).copied().flatten();
        };
        if heading.kind.is_empty() {
            return self.by_number.get(&number).copied().flatten();
        }
        let named = self.by_kind.get(&(number, heading.kind.clone()));
        named.or_else(|| self.by_kind.get(&(number, String::new()))).copied().flatten()
    }

    /// Whether a heading is of a kind of which some are filed.
    pub(super) fn have_kind_of(&self, heading: &Division) -> bool {
        heading.number.is_some() && !self.by_number.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_each_other() {
        for (heading, other, expected) in [
            ("CHAPTER I. Water", "Chapter I", true),
            ("CHAPTER I. Water", "I", true),
            ("I", "Chapter 1", true),
            ("I. Water", "Water", true),
            ("Introduction", "INTRODUCTION.", true),
            ("Chapter I", "Chapter II", false),
            ("Part I", "Chapter I", false),
            ("Chapter I: Water", "Chapter II: Water", false),
            ("The Dam", "The Dams", false),
        ] {
            let mut divisions = Divisions::default();
            divisions.insert(Division::of(heading), ());
            let found = divisions.find(&Division::of(other)).is_some();
            assert_eq!(found, expected, "{heading} {other}");
        }
    }

    #[test]
    fn a_name_of_two_divisions_names_neither() {
        let mut divisions = Divisions::default();
        divisions.insert(Division::of("Chapter I"), 1);
        divisions.insert(Division::of("Part I"), 2);
        assert_eq!(divisions.find(&Division::of("I")), None);
        assert_eq!(divisions.find(&Division::of("Part I")), Some(2));
    }
}
