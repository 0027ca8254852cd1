//! Chinese names in Wade–Giles and in Hanyu Pinyin.
//!
//! Pinyin is turned into Wade–Giles syllable by syllable, never back: without its
//! apostrophes, which newspapers leave out, Wade–Giles writes two sounds alike. Source of the
//! rules: the comparative tables of Herbert Giles, *A Chinese–English Dictionary* (1912), and
//! of ISO 7098.

use super::forward::without_diacritics;

/// Initials of Pinyin, longest first, with their Wade–Giles form.
const INITIALS: &[(&str, &str)] = &[
    ("zh", "ch"),
    ("ch", "ch'"),
    ("sh", "sh"),
    ("b", "p"),
    ("p", "p'"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "t'"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "k'"),
    ("h", "h"),
    ("j", "ch"),
    ("q", "ch'"),
    ("x", "hs"),
    ("r", "j"),
    ("z", "ts"),
    ("c", "ts'"),
    ("s", "s"),
    ("", ""),
];

const FINALS: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "i", "ia", "ian", "iang", "iao",
    "ie", "in", "ing", "iong", "iu", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui",
    "un", "uo", "ü", "üe", "üan", "ün",
];

/// Syllables without an initial, which Pinyin writes with y and w.
const BARE: &[(&str, &str)] = &[
    ("a", "a"),
    ("ai", "ai"),
    ("an", "an"),
    ("ang", "ang"),
    ("ao", "ao"),
    ("e", "o"),
    ("en", "en"),
    ("er", "erh"),
    ("ou", "ou"),
    ("ya", "ya"),
    ("yan", "yen"),
    ("yang", "yang"),
    ("yao", "yao"),
    ("ye", "yeh"),
    ("yi", "i"),
    ("yin", "yin"),
    ("ying", "ying"),
    ("yong", "yung"),
    ("you", "yu"),
    ("yu", "yü"),
    ("yuan", "yüan"),
    ("yue", "yüeh"),
    ("yun", "yün"),
    ("wa", "wa"),
    ("wai", "wai"),
    ("wan", "wan"),
    ("wang", "wang"),
    ("wei", "wei"),
    ("wen", "wen"),
    ("weng", "weng"),
    ("wo", "wo"),
    ("wu", "wu"),
];

/// How many syllables a name of a person has at most.
const MOST_SYLLABLES: usize = 5;

/// Whether one of the two names is Pinyin and the other one Wade–Giles for it.
pub(super) fn is_romanised_twice(a: &str, b: &str) -> bool {
    is_pair(a, b) || is_pair(b, a)
}

/// Whether both names can be read as Pinyin: then two spellings are two names.
pub(super) fn are_pinyin(a: &str, b: &str) -> bool {
    let is_pinyin = |name: &str| {
        let words: Vec<_> = name.split(' ').collect();
        (2..=3).contains(&words.len()) && !readings(&plain(name)).is_empty()
    };
    is_pinyin(a) && is_pinyin(b)
}

fn is_pair(pinyin: &str, giles: &str) -> bool {
    if pinyin.contains('-') || plain(pinyin) == plain(giles) {
        return false;
    }
    let lower = giles.to_lowercase();
    let is_giles = lower.contains('-')
        || lower.contains(['\'', '’', '‘', 'ü'])
        || ["hs", "ieh", "ueh", "tz", "ssu", "ts"].iter().any(|mark| lower.contains(mark))
        || giles.contains(' ');
    let target = plain(giles);
    is_giles
        && readings(&plain(pinyin))
            .iter()
            .any(|reading| reading.len() >= 2 && matches(reading, &target))
}

/// Letters only, without tones.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('ü', "u");
    without_diacritics(&lower).chars().filter(char::is_ascii_lowercase).collect()
}

/// The ways in which a run of letters divides into Pinyin syllables, as Wade–Giles.
fn readings(letters: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    divide(letters, &mut Vec::new(), &mut found);
    found
}

fn divide(rest: &str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    if rest.is_empty() {
        found.push(before.clone());
        return;
    }
    if before.len() == MOST_SYLLABLES || found.len() > 16 {
        return;
    }
    for end in 1..=rest.len().min(6) {
        for giles in syllable(&rest[..end]) {
            before.push(giles);
            divide(&rest[end..], before, found);
            before.pop();
        }
    }
}

/// What Wade–Giles writes for a Pinyin syllable, without apostrophes and dots; both vowels
/// where Pinyin without dots leaves it open.
fn syllable(pinyin: &str) -> Vec<String> {
    if let Some((_, giles)) = BARE.iter().find(|(bare, _)| *bare == pinyin) {
        return vec![plain(giles)];
    }
    let Some((initial, giles)) =
        INITIALS.iter().find(|(initial, _)| !initial.is_empty() && pinyin.starts_with(initial))
    else {
        return Vec::new();
    };
    let last = &pinyin[initial.len()..];
    if !FINALS.contains(&last) {
        return Vec::new();
    }
    match (*initial, last) {
        ("zh" | "ch" | "sh" | "r", "i") => vec![plain(giles) + "ih"],
        ("z" | "c", "i") => vec!["tzu".to_owned()],
        ("s", "i") => vec!["ssu".to_owned(), "szu".to_owned()],
        ("g" | "k" | "h", "e") => vec![plain(giles) + "o"],
        ("g" | "k", "ui") => vec![plain(giles) + "uei"],
        ("g" | "k" | "h" | "sh", "uo") => vec![plain(giles) + "uo"],
        (_, "uo") => vec![plain(giles) + "o"],
        (_, "ian") => vec![plain(giles) + "ien"],
        (_, "ie") => vec![plain(giles) + "ieh"],
        (_, "ue" | "üe") => vec![plain(giles) + "ueh"],
        (_, "ong") => vec![plain(giles) + "ung"],
        (_, "iong") => vec![plain(giles) + "iung"],
        (_, last) => vec![plain(giles) + &plain(last)],
    }
}

fn matches(syllables: &[String], target: &str) -> bool {
    syllables.concat() == target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_pinyin_and_in_wade_giles() {
        for (pinyin, giles) in [
            ("Zhou Enlai", "Chou En-lai"),
            ("Mao Zedong", "Mao Tse-tung"),
            ("Liu Shaoqi", "Liu Shao-ch’i"),
            ("Deng Xiaoping", "Teng Hsiao-p’ing"),
            ("Chen Duxiu", "Ch’en Tu-hsiu"),
            ("Peng Dehuai", "P’eng Te-huai"),
        ] {
            assert!(is_romanised_twice(pinyin, giles), "{pinyin} {giles}");
            assert!(is_romanised_twice(giles, pinyin), "{giles} {pinyin}");
        }
    }

    #[test]
    fn other_names_are_other_names() {
        for (a, b) in [
            ("Zhou Enlai", "Chu En-lai"),
            ("Wang Jue", "Wang Yue"),
            ("Lin Biao", "Liu Piao"),
            ("Mao Zedong", "Mao Zedong"),
            ("Marx", "Mark"),
        ] {
            assert!(!is_romanised_twice(a, b), "{a} {b}");
        }
        assert!(are_pinyin("Wang Jue", "Wang Yue"));
    }
}
