//! Korean names: a family name of one syllable, seldom two, and a given name behind it.

use unicode_normalization::UnicodeNormalization;

use super::script::Native;
use super::{Scheme, Spelling, capitalised, table};

/// Family names of two syllables.
const LONG_FAMILIES: &[&str] = &["남궁", "독고", "동방", "사공", "서문", "선우", "제갈", "황보"];

/// The whole name under each scheme, the given name with a hyphen and without.
pub(super) fn spellings(native: &str) -> Vec<Spelling> {
    let native: String = native.nfc().collect();
    let (family, given) = divide(&native);
    if given.is_empty() {
        return Vec::new();
    }
    let schemes = table(Native::Korean).schemes.iter().enumerate();
    schemes.flat_map(|(column, scheme)| under(column, *scheme, family, given)).collect()
}

fn divide(name: &str) -> (&str, &str) {
    if let Some((family, given)) = name.split_once(' ') {
        return (family, given);
    }
    let long =
        LONG_FAMILIES.iter().find(|long| name.starts_with(**long) && name.len() > long.len());
    let first = name.chars().next().map_or(0, char::len_utf8);
    name.split_at(long.map_or(first, |long| long.len()))
}

fn under(column: usize, scheme: Scheme, family: &str, given: &str) -> Vec<Spelling> {
    let table = table(Native::Korean);
    let family: String = family.nfd().collect();
    let Some(family) = table.romanise(&family, column).into_iter().next() else {
        return Vec::new();
    };
    let syllables: Vec<String> = given.chars().map(|syllable| syllable.nfd().collect()).collect();
    let changes_sound = scheme == Scheme::of("mccune-reischauer").expect("a scheme of the table");
    let given = [true, false].into_iter().filter_map(|is_hyphened| {
        if changes_sound {
            let starts = syllables.iter().scan(0, |end, syllable| {
                *end += syllable.len();
                Some(*end)
            });
            let breaks: Vec<usize> = if is_hyphened { starts.collect() } else { Vec::new() };
            table.romanise_broken(&syllables.concat(), column, &breaks).into_iter().next()
        } else {
            // The scheme of 2000 leaves the changes of sound between the syllables of a given
            // name out.
            let each: Option<Vec<String>> = syllables
                .iter()
                .map(|syllable| table.romanise(syllable, column).into_iter().next())
                .collect();
            each.map(|each| each.join(if is_hyphened { "-" } else { "" }))
        }
    });
    given
        .map(|given| Spelling {
            text: format!("{} {}", capitalised(&family), capitalised(&given)),
            scheme,
        })
        .collect()
}
