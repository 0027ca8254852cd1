//! Hebrew names, as Latin letters write them.
//!
//! The press writes one letter as tz, ts or z, another as ch, kh or h, and leaves out what is hardly
//! heard. That is too much for a rule, so only names of a list are told.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::forward::without_diacritics;

/// Names by how they are folded; `None` for a fold that two of them share.
static NAMES: LazyLock<FxHashMap<String, Option<usize>>> = LazyLock::new(|| {
    let lines = include_str!("data/hebrew-names.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).enumerate();
    let mut names: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (row, line) in rows {
        for form in line.split('\t') {
            let known = names.entry(folded(form)).or_insert(Some(row));
            if *known != Some(row) {
                *known = None;
            }
        }
    }
    names
});

/// Short names by each of their spellings.
static SHORT: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
    let lines = include_str!("data/hebrew-short-names.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).enumerate();
    rows.flat_map(|(row, line)| line.split('\t').map(move |form| (form.to_lowercase(), row)))
        .collect()
});

/// The number of the Hebrew name that a word is a spelling of, if it is in one of the lists.
pub(super) fn listed(word: &str) -> Option<usize> {
    if let Some(row) = SHORT.get(&word.to_lowercase()) {
        // Counted from the other end than those of the longer list.
        return Some(usize::MAX - row);
    }
    let folded = folded(word);
    // A short word is a name of other languages as well.
    let is_telling = folded.len() >= 4;
    NAMES.get(&folded).copied().flatten().filter(|_| is_telling)
}

/// Letters that one Hebrew letter is written with, and a sign for them.
const LETTERS: &[(&str, &str)] = &[
    ("tch", "T"),
    ("sch", "S"),
    ("sh", "S"),
    ("tz", "Z"),
    ("ts", "Z"),
    ("ch", "h"),
    ("kh", "h"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ai", "A"),
    ("ay", "A"),
    ("ei", ""),
    ("ey", ""),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
    ("e", ""),
];

fn folded(word: &str) -> String {
    let lower = word.to_lowercase().replace(['ẕ', 'ṣ'], "tz");
    let plain: String =
        without_diacritics(&lower).chars().filter(|c| c.is_ascii_lowercase()).collect();
    let mut rest =
        plain.strip_suffix('h').filter(|stem| stem.ends_with(['a', 'e', 'o'])).unwrap_or(&plain);
    let mut folded = String::with_capacity(rest.len());
    while let Some(letter) = rest.chars().next() {
        let known = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (length, sign) = known
            .map_or((letter.len_utf8(), &rest[..letter.len_utf8()]), |known| {
                (known.0.len(), known.1)
            });
        if sign.is_empty() || !folded.ends_with(sign) {
            folded.push_str(sign);
        }
        rest = &rest[length..];
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_name_of_the_list_in_several_spellings() {
        for (a, b) in [
            ("Yitzchak", "Itzchak"),
            ("Kinneret", "Kinereth"),
            ("Shlomo", "Shelomoh"),
            ("Mordechai", "Mordekhay"),
            ("Tzadok", "Ṣādōq"),
            ("Chaim", "Haim"),
            ("Zvi", "Tsvi"),
            ("Ḥayim", "Hayyim"),
        ] {
            assert!(listed(a).is_some(), "{a}");
            assert_eq!(listed(a), listed(b), "{a} {b}");
        }
        assert_ne!(listed("Avner"), listed("Avraham"));
        assert_eq!(listed("Smith"), None);
        assert_ne!(listed("Chaya"), listed("Chaim"));
        assert_eq!(listed("Hana"), None, "a name of other languages");
    }
}
