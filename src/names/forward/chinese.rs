//! Chinese syllables in Pinyin and in the systems before it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Scheme, Spelling, capitalised, without_diacritics};

/// The systems other than Pinyin, as columns of `chinese.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::names) enum System {
    WadeGiles,
    Postal,
    Efeo,
}

impl System {
    pub(in crate::names) const ALL: [Self; 3] = [Self::WadeGiles, Self::Postal, Self::Efeo];

    pub(in crate::names) fn scheme(self) -> Scheme {
        let id = match self {
            Self::WadeGiles => "wade-giles",
            Self::Postal => "postal",
            Self::Efeo => "efeo",
        };
        Scheme::of(id).expect("a known scheme")
    }
}

/// A syllable under each of the systems, the usual spelling first.
type Row = [Vec<&'static str>; 3];

static SYLLABLES: LazyLock<FxHashMap<String, Row>> = LazyLock::new(|| {
    let lines = include_str!("../data/romanisation/chinese.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).skip(1);
    let mut syllables: FxHashMap<String, Row> = FxHashMap::default();
    for row in rows {
        let mut cells = row.split('\t');
        let pinyin = cells.next().expect("a syllable");
        let mut cell = || cells.next().expect("a cell for each system").split('/').collect();
        let row: Row = [cell(), cell(), cell()];
        // Names in print leave the dots of ü out, so that `lu` may be either.
        for (merged, more) in
            syllables.entry(plain_chinese(pinyin)).or_default().iter_mut().zip(row)
        {
            merged.extend(more);
        }
    }
    syllables
});

static PINYIN: LazyLock<[FxHashMap<String, Vec<&'static str>>; 3]> = LazyLock::new(|| {
    System::ALL.map(|system| {
        let mut pinyin: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
        for syllable in SYLLABLES.keys() {
            for letters in letters_of_syllable(syllable, system) {
                pinyin.entry(letters).or_default().push(syllable);
            }
        }
        pinyin
    })
});

/// The Pinyin syllables for which a system writes these plain letters.
pub(in crate::names) fn pinyin_of(letters: &str, system: System) -> Vec<String> {
    let known = PINYIN[system as usize].get(letters);
    known.into_iter().flatten().map(|&syllable| syllable.to_owned()).collect()
}

/// Letters only, without tones, dots and apostrophes.
pub(in crate::names) fn plain_chinese(text: &str) -> String {
    let lower = without_diacritics(&text.to_lowercase());
    lower.chars().filter(char::is_ascii_lowercase).collect()
}

/// What a system writes for a Pinyin syllable, in plain letters.
pub(in crate::names) fn letters_of_syllable(pinyin: &str, system: System) -> Vec<String> {
    let row = SYLLABLES.get(pinyin).map(|row| &row[system as usize]);
    row.into_iter().flatten().map(|text| plain_chinese(text)).collect()
}

/// The lengths in bytes of the Pinyin syllables with which plain letters begin.
pub(in crate::names) fn syllable_lengths(letters: &str) -> impl Iterator<Item = usize> {
    (1..=letters.len().min(6)).filter(|&end| SYLLABLES.contains_key(&letters[..end]))
}

/// The spellings of a whole name in Pinyin, family name first, under the other systems; none
/// if it is no Pinyin, or if it can be divided in two ways.
pub(super) fn spellings(name: &str) -> Vec<Spelling> {
    let Some((family, given)) = name.split_once(' ') else {
        return Vec::new();
    };
    let (Some(family), Some(given)) = (only_division(family), only_division(given)) else {
        return Vec::new();
    };
    if family.len() > 2 || given.len() > 2 {
        return Vec::new();
    }
    System::ALL.into_iter().flat_map(|system| under(system, &family, &given)).collect()
}

fn under(system: System, family: &[String], given: &[String]) -> Option<Spelling> {
    let write = |syllables: &[String]| {
        let each: Option<Vec<&str>> = syllables
            .iter()
            .map(|syllable| SYLLABLES.get(syllable)?[system as usize].first().copied())
            .collect();
        each.map(|each| capitalised(&each.join("-")))
    };
    let text = format!("{} {}", write(family)?, write(given)?).replace('\'', "’");
    Some(Spelling { text, scheme: system.scheme() })
}

/// The syllables of a Pinyin word. A syllable that begins with a vowel has an apostrophe
/// before it unless it is the first: Xi’an is two syllables, xian is one.
fn only_division(word: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let parts: Vec<String> = word.split(['\'', '’']).map(plain_chinese).collect();
    divide(&parts, 0, &mut Vec::new(), &mut found);
    let [only] = found.as_slice() else {
        return None;
    };
    Some(only.clone())
}

fn divide(parts: &[String], at: usize, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let Some((part, others)) = parts.split_first() else {
        found.push(before.clone());
        return;
    };
    let rest = &part[at..];
    if rest.is_empty() {
        if at > 0 {
            divide(others, 0, before, found);
        }
        return;
    }
    if at > 0 && rest.starts_with(['a', 'e', 'o']) || found.len() > 1 || before.len() > 4 {
        return;
    }
    for length in syllable_lengths(rest) {
        before.push(rest[..length].to_owned());
        divide(parts, at + length, before, found);
        before.pop();
    }
}
