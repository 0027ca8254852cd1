//! From a native form to its spellings under each scheme.
//!
//! That is a function of the script for Cyrillic, Greek, Georgian, Armenian, Yiddish, kana and
//! hangul, and for Hebrew and Arabic letters only where the vowels are written. It is none for
//! Chinese characters; a Chinese name in Pinyin gives its other spellings, though.

mod believable;
mod chinese;
mod korean;
mod original;
mod scheme;
mod script;
mod table;

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

pub(super) use original::original_in;
pub use original::{Original, original_of, scheme_beside};
pub use scheme::{SCHEMES, Scheme};

pub(super) use script::Native;
use table::Table;

pub(super) use chinese::{System, letters_of_syllable, pinyin_of, plain_chinese, syllable_lengths};

/// A spelling and the scheme that gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// The Latin spelling.
    pub text: String,
    /// The scheme.
    pub scheme: Scheme,
}

macro_rules! tables {
    ($($language:ident $file:literal),* $(,)?) => {
        /// The table of a language, read when it is first asked for.
        fn table(language: Native) -> &'static Table {
            match language {
                $(Native::$language => {
                    static TABLE: LazyLock<Table> = LazyLock::new(|| {
                        Table::parse(include_str!(concat!("../data/romanisation/", $file)))
                    });
                    &TABLE
                })*
            }
        }

        #[cfg(test)]
        const LANGUAGES: &[Native] = &[$(Native::$language),*];
    };
}

tables! {
    Russian "russian.tsv",
    Ukrainian "ukrainian.tsv",
    Belarusian "belarusian.tsv",
    Bulgarian "bulgarian.tsv",
    Serbian "serbian.tsv",
    Macedonian "macedonian.tsv",
    Greek "greek.tsv",
    Georgian "georgian.tsv",
    Armenian "armenian.tsv",
    Hebrew "hebrew.tsv",
    Yiddish "yiddish.tsv",
    Arabic "arabic.tsv",
    Persian "persian.tsv",
    Japanese "japanese.tsv",
    Korean "korean.tsv",
}

impl Spelling {
    /// As ordinary print has it, without diacritics and signs; `None` if that is how another name is
    /// written: the Ulʹânov of ISO 9 is no Ulanov.
    pub fn in_plain_print(&self) -> Option<String> {
        let is_other = self.scheme.id() == "iso-9" && self.text.contains(['â', 'û', 'Â', 'Û']);
        (!is_other).then(|| without_diacritics(&self.text))
    }
}

/// The spellings of one word of a name, capitalised, without repetitions: of two schemes
/// that agree the better known one is named. `language` is a code such as `uk`; an empty one
/// is guessed from the script, Cyrillic as Russian. None for a word in letters that do not
/// tell its sound.
pub fn spellings(word: &str, language: &str) -> Vec<Spelling> {
    let Some(language) = Native::of(language, word) else {
        return Vec::new();
    };
    let mut parts = word.split(['-', '־']).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else {
        return Vec::new();
    };
    let mut found = spellings_of_part(first, language);
    for part in parts {
        found = joined(&found, &spellings_of_part(part, language), "-");
    }
    without_repetitions(found)
}

/// A spelling, and how many of its parts are not what the scheme usually writes.
struct Ranked {
    spelling: Spelling,
    rank: usize,
}

fn spellings_of_part(part: &str, language: Native) -> Vec<Ranked> {
    let Some(letters) = language.letters(part) else {
        return Vec::new();
    };
    let by_scheme = table(language).romanise_all(&letters).into_iter();
    let ranked = by_scheme.flat_map(|(scheme, texts)| {
        texts.into_iter().enumerate().map(move |(place, text)| Ranked {
            spelling: Spelling { text: capitalised(&text), scheme },
            rank: usize::from(place > 0),
        })
    });
    ranked.filter(|ranked| !ranked.spelling.text.is_empty()).collect()
}

/// Each of the first with each of the second that follows the same scheme.
fn joined(first: &[Ranked], second: &[Ranked], between: &str) -> Vec<Ranked> {
    let pairs = first.iter().flat_map(|a| {
        let same = second.iter().filter(|b| b.spelling.scheme == a.spelling.scheme);
        same.map(move |b| (a, b))
    });
    pairs
        .map(|(a, b)| Ranked {
            spelling: Spelling {
                text: format!("{}{between}{}", a.spelling.text, b.spelling.text),
                scheme: a.spelling.scheme,
            },
            rank: a.rank + b.rank,
        })
        .collect()
}

/// What a scheme usually writes comes before what another one writes sometimes.
fn without_repetitions(mut ranked: Vec<Ranked>) -> Vec<Spelling> {
    ranked.sort_by_key(|one| one.rank);
    let mut kept: Vec<Spelling> = Vec::with_capacity(ranked.len());
    for Ranked { spelling, .. } in ranked {
        if !kept.iter().any(|known| known.text == spelling.text) {
            kept.push(spelling);
        }
    }
    kept
}

/// The spellings of the family name in a whole native name.
pub fn family_spellings(native: &str, language: &str) -> Vec<Spelling> {
    let family = match (native.split_once(','), Native::of(language, native)) {
        (Some((family, _)), _) => family.trim(),
        // A family name of one syllable, Kim or Li, tells nobody apart.
        (None, Some(known)) if known.has_family_first() => return Vec::new(),
        (None, _) => native.rsplit(' ').next().unwrap_or(native),
    };
    spellings(family, language)
}

/// The spellings of a whole name where the family name comes first: Japanese in kana, Korean
/// in hangul; and Chinese, where `name` is in Pinyin.
pub fn whole_spellings(native: &str, language: &str, name: &str) -> Vec<Spelling> {
    if language.split('-').next() == Some("zh") {
        return chinese::spellings(name);
    }
    match Native::of(language, native) {
        Some(Native::Korean) => korean::spellings(native),
        Some(Native::Japanese) => japanese(native),
        _ => Vec::new(),
    }
}

/// Family and given name in both orders.
fn japanese(native: &str) -> Vec<Spelling> {
    let Some((family, given)) = native.split_once([' ', '　', '・']) else {
        return Vec::new();
    };
    let family = spellings_of_part(family, Native::Japanese);
    let given = spellings_of_part(given, Native::Japanese);
    let mut orders = joined(&given, &family, " ");
    orders.extend(joined(&family, &given, " "));
    without_repetitions(orders)
}

/// The tie of ALA-LC, between two letters that stand for one.
const TIE: char = '\u{361}';

/// Capitalised, but for an article: al-Sādāt.
fn capitalised(text: &str) -> String {
    let text: String = text.nfc().collect();
    let article = ["al-", "el-"].into_iter().find(|article| text.starts_with(article));
    let (article, rest) = text.split_at(article.map_or(0, str::len));
    // A sign for hamza or ayin before it has no capital.
    let first = rest.find(char::is_alphabetic).unwrap_or(0);
    let (signs, rest) = rest.split_at(first);
    // What a tie joins to a capital is one too: I͡Akovlev, T͡Svetaeva.
    let mut letters = rest.chars();
    let mut head: Vec<char> = letters.by_ref().take(1).collect();
    if letters.as_str().starts_with(TIE) {
        head.extend(letters.by_ref().take(2));
    }
    let capitals = head.into_iter().flat_map(char::to_uppercase);
    article.chars().chain(signs.chars()).chain(capitals).chain(letters).collect()
}

/// The spelling without diacritics, ligature ties and signs for ь and ъ, hamza and ayin: how a
/// scheme looks in ordinary print.
pub fn without_diacritics(text: &str) -> String {
    let is_sign =
        |c: char| matches!(c, 'ʹ' | 'ʺ' | '\'' | '’' | 'ʼ' | 'ʻ' | '‘' | 'ʿ' | 'ʾ' | '”' | '`');
    // Most names have no diacritics, and taking letters apart is dear.
    if text.is_ascii() {
        let has_sign = text.bytes().any(|byte| is_sign(byte.into()));
        return if has_sign { text.replace(is_sign, "") } else { text.to_owned() };
    }
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c) && !is_sign(*c))
        .map(|c| match c {
            'ł' => 'l',
            'Ł' => 'L',
            'đ' => 'd',
            'Đ' => 'D',
            'ø' => 'o',
            'ı' => 'i',
            other => other,
        })
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests;
