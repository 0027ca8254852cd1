//! Places, peoples and offices whose spellings print has listed, since no rule tells them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::forward::{spellings, without_diacritics};

/// Spellings by the word that they are of.
#[derive(Default)]
struct Terms {
    rows: Vec<(Kind, Vec<String>)>,
    /// `None` for what is spelt so in two rows.
    by_spelling: FxHashMap<String, Option<usize>>,
}

/// Which list has a word.
#[derive(Clone, Copy)]
enum Kind {
    EnglishPrint,
    ChinesePlace,
    KoreanPlace,
}

impl Kind {
    /// Why two spellings of a row are one name.
    fn reason(self) -> &'static str {
        match self {
            Self::EnglishPrint => "two spellings of one word in English print",
            Self::ChinesePlace => {
                "one place of China, spelt by the post office or by newspapers and in Hanyu Pinyin"
            }
            Self::KoreanPlace => {
                "one name of Korea under two schemes, McCune–Reischauer and the Revised Romanization"
            }
        }
    }
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let mut terms = Terms::default();
    for line in lines(include_str!("data/terms.tsv")) {
        terms.add(Kind::EnglishPrint, line.split('\t').map(str::to_owned));
    }
    for line in lines(include_str!("data/chinese-places.tsv")) {
        terms.add(Kind::ChinesePlace, line.split('\t').map(str::to_owned));
    }
    for line in lines(include_str!("data/korean-places.tsv")) {
        let mut cells = line.split('\t');
        let romanised = cells.next().map(|native| spellings(native, "ko")).unwrap_or_default();
        let plain = romanised.iter().map(|one| without_diacritics(&one.text));
        let marked = romanised.iter().map(|one| one.text.clone());
        terms.add(Kind::KoreanPlace, marked.chain(plain).chain(cells.map(str::to_owned)));
    }
    terms
});

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#'))
}

impl Terms {
    fn add(&mut self, kind: Kind, spellings: impl Iterator<Item = String>) {
        let row = self.rows.len();
        let mut new: Vec<String> = Vec::new();
        for spelling in spellings {
            let known = self.by_spelling.entry(spelling.clone()).or_insert(Some(row));
            if *known != Some(row) {
                *known = None;
            } else if !new.contains(&spelling) {
                new.push(spelling);
            }
        }
        self.rows.push((kind, new));
    }

    fn row(&self, word: &str) -> Option<usize> {
        // Printers have the apostrophe in two forms.
        let known = self.by_spelling.get(word);
        let known = known.or_else(|| {
            word.contains('\'').then(|| self.by_spelling.get(&word.replace('\'', "’"))).flatten()
        });
        known.copied().flatten()
    }
}

/// The other spellings of a place, a people or an office that print has written in several
/// ways: Rumania and Romania, Presidium and Praesidium, Peking and Beijing.
pub fn other_spellings(word: &str) -> impl Iterator<Item = &'static str> {
    let row = TERMS.row(word).and_then(|row| TERMS.rows.get(row));
    row.into_iter().flat_map(|(_, spellings)| spellings.iter().map(String::as_str))
}

/// Why two words are one by the lists; `None` if they are not.
pub(super) fn are_one(a: &str, b: &str) -> Option<&'static str> {
    let row = TERMS.row(a)?;
    (TERMS.row(b) == Some(row)).then(|| TERMS.rows[row].0.reason())
}

#[cfg(test)]
mod tests {
    use super::{are_one, other_spellings};

    #[test]
    fn spellings_of_one_place() {
        for (a, b) in [
            ("Rumania", "Roumania"),
            ("Peking", "Beijing"),
            ("Szechwan", "Sichuan"),
            ("Xi'an", "Sian"),
            ("Pusan", "Busan"),
            ("P’yŏngyang", "Pyeongyang"),
            ("P'yŏngyang", "Pyongyang"),
            ("Koguryo", "Goguryeo"),
            ("Inchon", "Incheon"),
        ] {
            assert!(are_one(a, b).is_some(), "{a} {b}");
            assert!(other_spellings(a).any(|other| other != a), "{a}");
        }
        for (a, b) in [("Honan", "Hunan"), ("Shansi", "Shaanxi"), ("Kwangtung", "Kwangju")] {
            assert_eq!(are_one(a, b), None, "{a} {b}");
        }
    }
}
