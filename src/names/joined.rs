//! One name with a hyphen and without: Mao Tse-tung, Mao Tse-Tung and Mao Tsetung, Ben-Gurion and Ben Gurion.
//!
//! Most words that are written so and so are no slips: the North-West lies in the north west, and the
//! Anglo-Saxon chronicle is about Anglo Saxons. So only names are told of which nobody means another thing
//! by the hyphen.

use super::forward::{System, pinyin_of, plain_chinese, syllable_lengths};
use super::{is_given, is_given_name, is_in_dictionary, korean};

/// What it tells that two names have the same letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joining {
    /// They are one name.
    One,
    /// They are, if one of them is rare beside the other: two given names may be those of two people.
    OneIfRare,
}

/// First parts of families that no other word is joined to: `Ben-Gurion`, `Bonch-Bruevich`.
const HEADS: [&str; 8] =
    ["ben", "bar", "bonch", "tugan", "rimsky", "rimski", "nemirovich", "muravyov"];

/// Whether two names that differ in hyphens, spaces or the capitals behind hyphens are one; `None` if
/// nothing says so.
pub fn joining(a: &str, b: &str) -> Option<Joining> {
    let letters = |name: &str| name.to_lowercase().replace([' ', '-'], "");
    if a == b || letters(a) != letters(b) {
        return None;
    }
    let divided = if parts(a).count() >= parts(b).count() { a } else { b };
    let all: Vec<&str> = parts(divided).collect();
    // `Ca-pi-tal`: who speaks slowly.
    let is_word = [a, b].into_iter().any(is_in_dictionary);
    if all.len() >= 3 && !is_word && all.iter().all(|part| is_eastern_syllable(part)) {
        return Some(Joining::One);
    }
    let is_head = |name: &str| {
        let mut divided = name.split(' ').filter_map(|word| word.split_once('-'));
        divided.any(|(head, _)| HEADS.contains(&head.to_lowercase().as_str()))
    };
    let are_as_many = parts(a).count() == parts(b).count();
    if are_as_many && (is_head(a) || is_head(b)) {
        return Some(Joining::One);
    }
    let (last, given) = all.split_last()?;
    let is_name = |part: &&str| is_given(part) || is_given_name(part);
    let has_family = a.ends_with(&format!(" {last}")) && b.ends_with(&format!(" {last}"));
    (are_as_many && has_family && given.len() == 2 && given.iter().all(is_name))
        .then_some(Joining::OneIfRare)
}

/// How two names that have the same letters differ, in words.
pub fn how_joined(a: &str, b: &str) -> &'static str {
    let hyphens = |name: &str| name.matches('-').count();
    if parts(a).count() != parts(b).count() {
        "one is written in more words than the other"
    } else if hyphens(a) == hyphens(b) {
        "one has a capital behind the hyphen, the other a small letter"
    } else {
        "one is written with a hyphen, the other without"
    }
}

/// The words of a name, and what hyphens divide in them.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-']).filter(|part| !part.is_empty())
}

/// Whether a word is one syllable of a Chinese or Korean name, in Pinyin, Wade–Giles or a scheme of Korean.
pub(super) fn is_eastern_syllable(word: &str) -> bool {
    let letters = plain_chinese(word);
    let is_pinyin = || syllable_lengths(&letters).any(|length| length == letters.len());
    is_pinyin()
        || !pinyin_of(&letters, System::WadeGiles).is_empty()
        || !letters.is_empty() && korean::is_syllable(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_makes_no_other_name() {
        for (a, b) in [
            ("Kim Il Sung", "Kim Il-sung"),
            ("Mao Tse-tung", "Mao Tse-Tung"),
            ("Mao Tse-tung", "Mao Tsetung"),
            ("Chou-En-lai", "Chou En-lai"),
            ("Ben Gurion", "Ben-Gurion"),
            ("David Ben Gurion", "David Ben-Gurion"),
            ("Bonch Bruevich", "Bonch-Bruevich"),
        ] {
            assert_eq!(joining(a, b), Some(Joining::One), "{a} {b}");
            assert_eq!(joining(b, a), Some(Joining::One), "{b} {a}");
        }
        assert_eq!(joining("Jean Paul Sartre", "Jean-Paul Sartre"), Some(Joining::OneIfRare));
    }

    #[test]
    fn words_with_a_hyphen_are_others() {
        for (a, b) in [
            ("North West", "North-West"),
            ("New York", "New-York"),
            ("New York Tribune", "New-York Tribune"),
            ("Anglo Saxon", "Anglo-Saxon"),
            ("Saint Simon", "Saint-Simon"),
            ("Jean Paul", "Jean-Paul"),
            ("Mary Ann", "Mary-Ann"),
            ("Royal Air Force", "Royal Air-Force"),
            ("Kim Il-sung", "Kim Il-song"),
            ("Ben Gurion", "Ben Gurion"),
            ("Mao Lin", "Mao-Lin"),
            ("Capital", "Ca-pi-tal"),
        ] {
            assert_eq!(joining(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn it_is_said_how_they_differ() {
        for (a, b, expected) in [
            ("Kim Il Sung", "Kim Il-sung", "one is written with a hyphen, the other without"),
            ("Mao Tse-tung", "Mao Tsetung", "one is written in more words than the other"),
            (
                "Mao Tse-tung",
                "Mao Tse-Tung",
                "one has a capital behind the hyphen, the other a small letter",
            ),
        ] {
            assert_eq!(how_joined(a, b), expected);
        }
    }
}
