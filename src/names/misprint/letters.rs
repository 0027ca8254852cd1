//! One letter more, less, changed or moved: a slip, or a form of the name?

use crate::markup::Language;

use super::confused::{confused, is_confused_head};
use super::{LONG, Slip};

pub(super) fn difference(
    a: &[char],
    b: &[char],
    wrong: &str,
    right: &str,
    language: Language,
) -> Option<Slip> {
    let is_english = language.is_read_as_english();
    let (start, end) = common_ends(a, b);
    if let Some(pair) = confused(wrong, right) {
        let is_scan = end > 0
            || is_no_ending(pair, is_english)
            || !is_english && ends_in_no_case(a, language);
        return Some(if is_scan { Slip::Scan } else { Slip::Ending });
    }
    // Larsen and Larson: too many names differ so for a short one.
    if end > 0 && a.len() >= 5 && is_round(&a[start..a.len() - end], &b[start..b.len() - end]) {
        return Some(if a.len() >= 7 { Slip::Vowel } else { Slip::Round });
    }
    if start == 0 {
        // The capital itself: rarely enough that another name is likelier, but no name has a digit.
        let slip = if wrong.contains('1') { Slip::Scan } else { Slip::Changed };
        return is_confused_head(wrong, right).then_some(slip);
    }
    match (&a[start..a.len() - end], &b[start..b.len() - end]) {
        // German has Mauren beside Mauern.
        (&['r', 'e'] | &['e', 'r'], &['e', 'r'] | &['r', 'e'])
            if language.code() == "de" && (end == 0 || end == 1 && b.ends_with(&['n'])) =>
        {
            None
        }
        (&[p, q], &[r, s]) if p == s && q == r => Some(Slip::Transposed),
        // The movement and who belongs to it.
        (&['t' | 'm' | 'h'], &['t' | 'm' | 'h'])
            if end == 0 && b[..start].ends_with(&['i', 's']) =>
        {
            None
        }
        // Mothers, daughters and streets of one stem: Petrovna, Petrovka.
        (&['k'], &['n']) | (&['n'], &['k']) if end == 1 && b.ends_with(&['a']) => None,
        // Drivin’, as who says it is heard.
        (&[], &['g']) if end == 0 && a.ends_with(&['i', 'n']) => None,
        // Families are called MacCarthy and McCarthy.
        (&[], &['a']) | (&['a'], &[]) if start == 1 && a[0] == 'm' && is_behind_c(a, b) => None,
        // Amerika is America in another language.
        (&['k'], &['c']) | (&['c'], &['k']) => None,
        (&[], &[letter]) => one_less(b, start, end, letter, true, language),
        (&[letter], &[]) => one_less(a, start, end, letter, false, language),
        (&[p], &[q]) => another_letter(a, start, end, p, q),
        _ => None,
    }
}

/// How many letters two words share at their heads, and how many of the others at their ends.
pub(in crate::names) fn common_ends(a: &[char], b: &[char]) -> (usize, usize) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let left = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(left).take_while(|(x, y)| x == y).count();
    (start, end)
}

/// `e` for `o`, as worn type has it.
fn is_round(a: &[char], b: &[char]) -> bool {
    matches!((a, b), (['e'], ['o']) | (['o'], ['e']))
}

/// One letter for another one, neither the first nor the last of a short word.
fn another_letter(word: &[char], start: usize, end: usize, p: char, q: char) -> Option<Slip> {
    let is_inside = end > 0 && start > 1 && is_vowel(p) == is_vowel(q);
    let shortest = if is_vowel(p) { 8 } else { 7 };
    if is_inside && word.len() >= shortest && !(is_vowel(p) && end < 3) {
        return Some(Slip::Changed);
    }
    match end {
        _ if !p.is_alphabetic() => None,
        0 => (!is_vowel(p) && !matches!(p, 's' | 'n')).then_some(Slip::LastChange),
        1 => Some(Slip::LateChange),
        _ => Some(Slip::Replaced),
    }
}

/// A letter more or less: a slip, or an ending (`Stalins`, `Ivanova`, `Russian`)?
fn one_less(
    longer: &[char],
    start: usize,
    end: usize,
    letter: char,
    is_lost: bool,
    language: Language,
) -> Option<Slip> {
    let has_cases = matches!(language.code(), "pl" | "cs" | "sk" | "hr" | "sl");
    if !letter.is_alphanumeric() {
        return None;
    }
    // `Wueste` is Wüste, and not Weste.
    let is_umlaut = match (longer[start - 1], letter, longer.get(start + 1)) {
        ('a' | 'o' | 'u', 'e', _) | (_, 'a' | 'o' | 'u', Some('e')) => language.code() == "de",
        _ => false,
    };
    let is_doubled = longer[start - 1] == letter;
    if is_umlaut && !is_lost && !is_doubled {
        return None;
    }
    // Наташу, Наташку: little ones.
    let is_diminutive = letter == 'к' && end <= 2;
    // `Aayush`, `Lloyd`: some names begin so.
    if is_doubled && start == 1 && !is_lost {
        return None;
    }
    let other = if is_lost { Slip::Lost } else { Slip::Added };
    match end {
        // French plurals: `Châteaux`.
        0 if letter == 'x' && longer[start - 1] == 'u' => None,
        // The last letter: what makes no plural, no feminine and no people of a country.
        // No case doubles a letter; but families are called Hoffman and Hoffmann.
        0 if is_doubled && !is_lost && !language.is_read_as_english() && is_no_case(letter) => {
            Some(Slip::Doubled)
        }
        0 if is_doubled && matches!(letter, 'e' | 'i' | 's') => {
            (!is_lost && letter != 'i').then_some(Slip::LongEnding)
        }
        0 if is_doubled => Some(Slip::Ending),
        0 if is_lost && letter != 'y' && is_vowel(letter) => Some(Slip::LostVowel),
        0 if is_lost => {
            let is_people = letter == 'n' && matches!(longer[start - 1], 'a' | 'e');
            (letter != 's' && !is_people).then_some(Slip::Ending)
        }
        0 if language.is_read_as_english() && is_no_english_ending(longer[start - 1], letter) => {
            Some(Slip::Ending)
        }
        0 => (NO_ENDING.contains(&letter) && !(letter == 'm' && has_cases)).then_some(other),
        // Keegan and Kegan, Goodwin and Godwin: families differ in the length of a vowel.
        _ if is_doubled
            && matches!(letter, 'e' | 'o')
            && longer.len() < LONG
            && !has_single_vowels(language) =>
        {
            Some(Slip::Vowel)
        }
        _ if is_doubled => Some(Slip::Doubled),
        // Charleston and Charlestown are two places.
        1 if letter == 'w' && longer.ends_with(&['t', 'o', 'w', 'n']) => None,
        _ if is_diminutive => None,
        1 if is_vowel(letter) && longer.len() < 6 => None,
        1 if is_vowel(letter) => Some(if is_lost { Slip::Vowel } else { Slip::Replaced }),
        1 => (longer.len() >= 6).then_some(other),
        _ => Some(other),
    }
}

/// Whether a language doubles no vowel to make it long, so that its names do not differ so.
fn has_single_vowels(language: Language) -> bool {
    matches!(language.code(), "it" | "es" | "pt" | "fr" | "pl" | "cs" | "sk" | "sv")
}

/// Whether a letter behind another one makes no form of an English name, nor one of the languages that
/// English print quotes: `Salemt`, but not `Swissy`, `Germaned`, `Londoner`, `Lenine` or `Baghdadi`.
fn is_no_english_ending(before: char, letter: char) -> bool {
    matches!(letter, 'd' | 'l' | 'n' | 'r' | 't') && before.is_alphabetic() && !is_vowel(before)
}

/// Whether a `c` stands behind the first letter of one of them alone, as in Mc beside Mac.
fn is_behind_c(a: &[char], b: &[char]) -> bool {
    a[1..].starts_with(&['c']) != b[1..].starts_with(&['c'])
}

/// Letters that, at the end of a name, make no other form of it.
const NO_ENDING: [char; 14] =
    ['b', 'c', 'f', 'g', 'h', 'j', 'k', 'm', 'p', 'q', 'v', 'w', 'x', 'z'];

pub(in crate::names) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether two letters for one at the end of a word are no other case of it: `Londori`. Polish and
/// Latin have -im beside -ini, and -u beside -ii.
fn is_no_ending((two, one): (&str, &str), is_english: bool) -> bool {
    two.len() > one.len() && (is_english || !two.ends_with('i') || matches!(two, "li" | "ri"))
}

/// Whether the last letter of a word ends no case and no plural in languages of Latin letters:
/// `Dantc`, and in German `Zietheu`.
fn ends_in_no_case(word: &[char], language: Language) -> bool {
    let last = word.last().copied().unwrap_or_default();
    matches!(last, 'b' | 'c' | 'f' | 'k' | 'v' | '0' | '1' | '5')
        || last == 'u' && language.code() == "de"
}

/// Whether a letter that is doubled at the end of a word makes no other form of it, and hardly another
/// family's name.
fn is_no_case(letter: char) -> bool {
    matches!(letter, 'b' | 'c' | 'd' | 'f' | 'g' | 'k' | 'm' | 'p' | 'r' | 't' | 'z')
}
