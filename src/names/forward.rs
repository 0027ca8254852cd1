//! From a native form to its spellings under each scheme.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// A romanisation scheme for Russian, by its position in [`SCHEMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scheme(u8);

/// The schemes: the name in configuration and output, and the name for people.
pub const SCHEMES: &[(&str, &str)] = &[
    ("bgn-pcgn", "BGN/PCGN"),
    ("ala-lc", "ALA-LC"),
    ("iso-9", "ISO 9"),
    ("scholarly", "scholarly"),
    ("passport", "passport (ICAO)"),
    ("press", "newspaper"),
    ("old-english", "older English"),
    ("german", "German"),
    ("french", "French"),
    ("polish", "Polish"),
];

/// The order in which schemes are named where a spelling follows several.
const BY_FAME: [u8; 10] = [5, 1, 0, 8, 7, 9, 3, 2, 4, 6];

impl Scheme {
    /// The scheme of this name.
    pub fn of(name: &str) -> Option<Self> {
        SCHEMES.iter().position(|(id, _)| *id == name).map(|index| Self(index as u8))
    }

    /// The name in configuration and output.
    pub fn id(self) -> &'static str {
        SCHEMES[usize::from(self.0)].0
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        SCHEMES[usize::from(self.0)].1
    }

    /// The language in which the scheme is the ordinary way to write names, if one.
    pub fn language(self) -> Option<&'static str> {
        match self.id() {
            "german" => Some("de"),
            "french" => Some("fr"),
            "polish" => Some("pl"),
            _ => None,
        }
    }
}

/// A spelling and the scheme that gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The Latin spelling.
    pub text: String,
    /// The scheme.
    pub scheme: Scheme,
}

/// Where a letter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Any,
    Glide,
    Husher,
    BetweenVowels,
    End,
    BeforeVowel,
}

/// The spellings of a cell by context.
type Cell = Vec<(Context, Vec<&'static str>)>;

struct Table {
    rows: FxHashMap<&'static str, Vec<Cell>>,
}

static RUSSIAN: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = include_str!("data/russian.tsv").lines().filter(|line| !line.starts_with('#'));
    let _head = lines.next();
    let rows = lines.map(|line| {
        let mut cells = line.split('\t');
        let letter = cells.next().unwrap_or("");
        let mut cells: Vec<Cell> = cells.map(cell).collect();
        cells.resize_with(SCHEMES.len(), || cell(""));
        (letter, cells)
    });
    Table { rows: rows.collect() }
});

fn cell(text: &'static str) -> Cell {
    let mut cell: Cell = text
        .split(' ')
        .map(|part| match part.split_once(':') {
            Some(("^", spellings)) => (Context::Glide, spellings),
            Some(("h", spellings)) => (Context::Husher, spellings),
            Some(("v", spellings)) => (Context::BetweenVowels, spellings),
            Some(("$", spellings)) => (Context::End, spellings),
            Some(("b", spellings)) => (Context::BeforeVowel, spellings),
            _ => (Context::Any, part),
        })
        .map(|(context, spellings)| (context, spellings.split('/').collect()))
        .collect();
    // The special cases are asked first.
    cell.sort_by_key(|(context, _)| *context == Context::Any);
    cell
}

/// How many spellings one scheme may give a word.
const MOST_PER_SCHEME: usize = 8;

/// The spellings of one word of a Russian name, capitalised, without repetitions: of two
/// schemes that agree the better known one is named. A word with letters that are not
/// Russian has none.
pub fn spellings(word: &str) -> Vec<Spelling> {
    let letters: Vec<char> = word.to_lowercase().nfc().collect();
    let mut found: Vec<Spelling> = Vec::new();
    for &index in &BY_FAME {
        for text in under(&letters, usize::from(index)) {
            let text = capitalised(&text);
            if !found.iter().any(|known| known.text == text) {
                found.push(Spelling { text, scheme: Scheme(index) });
            }
        }
    }
    found
}

fn under(letters: &[char], scheme: usize) -> Vec<String> {
    let mut results = vec![String::new()];
    let mut at = 0;
    while at < letters.len() {
        let Some((cell, length)) = cell_at(letters, at, scheme) else {
            return Vec::new();
        };
        let choices = choices(cell, letters, at, length);
        let mut next = Vec::with_capacity(results.len() * choices.len());
        for choice in choices {
            for result in &results {
                next.push(format!("{result}{choice}"));
            }
        }
        next.truncate(MOST_PER_SCHEME);
        results = next;
        at += length;
    }
    results
}

/// The longest row that fits: endings, then pairs, then letters.
fn cell_at(letters: &[char], at: usize, scheme: usize) -> Option<(&'static Cell, usize)> {
    let pair: String = letters[at..].iter().take(2).collect();
    if at + 2 == letters.len()
        && let Some(cells) = RUSSIAN.rows.get(format!("{pair}$").as_str())
    {
        return Some((&cells[scheme], 2));
    }
    if let Some(cells) = RUSSIAN.rows.get(pair.as_str()).filter(|_| pair.chars().count() == 2) {
        return Some((&cells[scheme], 2));
    }
    let letter: String = letters[at..=at].iter().collect();
    RUSSIAN.rows.get(letter.as_str()).map(|cells| (&cells[scheme], 1))
}

fn choices<'c>(cell: &'c Cell, letters: &[char], at: usize, length: usize) -> &'c [&'static str] {
    let before = at.checked_sub(1).map(|index| letters[index]);
    let after = letters.get(at + length).copied();
    let fits = |context: Context| match context {
        Context::Any => true,
        Context::Glide => before.is_none_or(|c| is_vowel(c) || matches!(c, 'ъ' | 'ь' | 'й')),
        Context::Husher => before.is_some_and(|c| "жчшщц".contains(c)),
        Context::BetweenVowels => before.is_some_and(is_vowel) && after.is_some_and(is_vowel),
        Context::End => after.is_none(),
        Context::BeforeVowel => after.is_some_and(is_vowel),
    };
    cell.iter().find(|(context, _)| fits(*context)).map_or(&[], |(_, spellings)| spellings)
}

fn is_vowel(letter: char) -> bool {
    "аеёиоуыэюя".contains(letter)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The spelling without diacritics, ligature ties and signs for ь and ъ: how a scheme
/// looks in ordinary print.
pub fn without_diacritics(text: &str) -> String {
    text.nfd()
        .filter(|c| {
            !unicode_normalization::char::is_combining_mark(*c)
                && !matches!(c, 'ʹ' | 'ʺ' | '\'' | '’' | 'ʼ')
        })
        .map(|c| match c {
            'ł' => 'l',
            'Ł' => 'L',
            'đ' => 'd',
            'ø' => 'o',
            'ı' => 'i',
            other => other,
        })
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn under_scheme(word: &str, scheme: &str) -> String {
        let scheme = Scheme::of(scheme).expect("known scheme");
        let letters: Vec<char> = word.to_lowercase().chars().collect();
        capitalised(&under(&letters, usize::from(scheme.0))[0])
    }

    #[test]
    fn khrushchev_under_ten_schemes() {
        let expected = [
            ("bgn-pcgn", "Khrushchëv"),
            ("ala-lc", "Khrushchëv"),
            ("iso-9", "Hruŝëv"),
            ("scholarly", "Chruščëv"),
            ("passport", "Khrushchev"),
            ("press", "Khrushchev"),
            ("old-english", "Khrushtcheff"),
            ("german", "Chruschtschow"),
            ("french", "Khrouchtchev"),
            ("polish", "Chruszczow"),
        ];
        for (scheme, spelling) in expected {
            assert_eq!(under_scheme("Хрущёв", scheme), spelling, "{scheme}");
        }
    }

    #[test]
    fn names_of_the_fifties() {
        let cases = [
            ("Троцкий", "press", "Trotsky"),
            ("Троцкий", "ala-lc", "Trot͡skiĭ"),
            ("Троцкий", "polish", "Trockij"),
            ("Микоян", "ala-lc", "Mikoi͡an"),
            ("Микоян", "german", "Mikojan"),
            ("Каганович", "french", "Kaganovitch"),
            ("Вышинский", "old-english", "Vishinski"),
            ("Булганин", "french", "Boulganine"),
            ("Ежов", "press", "Yezhov"),
            ("Ежов", "german", "Jeschow"),
            ("Зиновьев", "polish", "Zinowjew"),
        ];
        for (native, scheme, spelling) in cases {
            assert_eq!(under_scheme(native, scheme), spelling, "{native} {scheme}");
        }
    }

    #[test]
    fn a_word_that_is_not_russian_has_no_spellings() {
        assert!(spellings("Маркс1").is_empty());
        assert!(spellings("Marx").is_empty());
    }
}
