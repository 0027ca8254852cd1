//! Is a spelling a slip of the pen, of the press or of the scanner for a name?

mod accents;
mod confused;
mod described;
mod enough;
mod german;
mod letters;
mod shortened;
mod slip;

use crate::markup::Language;

use super::cyrillic;

pub use accents::lost_mark;
pub use described::describe_slip;
pub use german::{is_form_by_umlaut, is_hardly_of_two_nouns};
pub use shortened::{are_alike_without_accents, each_shortened, without_accents};
pub use slip::Slip;

use accents::lost_accents;
use german::{are_german_spellings, are_umlauts_in_two_letters};
use letters::difference;
use shortened::folded;

pub(super) use letters::{common_ends, is_vowel};

/// How many letters two words share at their heads, and how many of the others at their ends, but for
/// capitals and accents.
pub fn same_ends(a: &str, b: &str) -> (usize, usize) {
    let letters = |word: &str| folded(word).chars().collect::<Vec<char>>();
    common_ends(&letters(a), &letters(b))
}

/// Whether two words differ in one vowel for another one. `Indiaman` and `Indiamen` do not, nor
/// `Tartarean` and `Tartarian`: these are endings.
pub fn differ_in_vowels(a: &str, b: &str) -> bool {
    let (start, end) = same_ends(a, b);
    let letter = |word: &str| {
        let inside = folded(word).chars().nth(start);
        inside.filter(|letter| is_vowel(*letter) && word.chars().count() == start + end + 1)
    };
    let is_ending = folded(a).ends_with('n') && end == 1 || folded(a).ends_with("an") && end == 2;
    letter(a).is_some() && letter(b).is_some() && !is_ending
}

/// The shortest name of which a misprint can be told, and the shortest misprint, in letters.
const SHORTEST: usize = 4;

/// From how many letters on what no ending makes tells a slip in any language.
const LONG: usize = 8;

/// How `wrong` may have come from `right` in a text of this language; `None` where they are
/// two words.
///
/// Forms of one name (plurals, feminines, cases, derivatives) are no slips, and neither are
/// names that differ in their first letter, unless a scanner may have confused it. A slip in the
/// last letters is told in every language: whether it is an ending [`Slip::enough`] weighs.
pub fn slip(wrong: &str, right: &str, language: Language) -> Option<Slip> {
    let (plain_wrong, plain_right) = (folded(wrong), folded(right));
    if plain_wrong == plain_right && has_capital_inside(wrong) && !has_capital_inside(right) {
        return None;
    }
    if plain_wrong == plain_right {
        return lost_accents(&wrong.to_lowercase(), &right.to_lowercase(), language);
    }
    if has_capital_inside(wrong) && !has_capital_inside(right)
        || has_accents_of_its_own(wrong, right)
        || are_numerals(wrong, right)
        || are_umlauts_in_two_letters(wrong, right)
        || is_elided(wrong, right)
        || differ_at_seam(wrong, right)
        || language.code() == "de" && are_german_spellings(wrong, right)
    {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) =
        (plain_wrong.chars().collect(), plain_right.chars().collect());
    if a.len() < SHORTEST || b.len() < SHORTEST || cyrillic::are_forms(&a, &b) {
        return None;
    }
    difference(&a, &b, &plain_wrong, &plain_right, language)
}

/// `SystemV`, `RussiaA`, `NEPmen`: two words, a word and the mark of a note, or letters that are
/// spelt out.
pub fn has_capital_inside(word: &str) -> bool {
    let mut before = None;
    let is_inside = word.chars().any(|letter| {
        let is_inside = letter.is_uppercase() && before.is_some_and(char::is_alphabetic);
        before = Some(letter);
        is_inside
    });
    is_inside && word.chars().any(char::is_lowercase)
}

/// `ColorsSection` beside `ColorSection`, `RGBA-mode` beside `RGB-mode`: two words in one, of which the first
/// has another ending, or letters that are spelt out.
fn differ_at_seam(wrong: &str, right: &str) -> bool {
    if !has_capital_inside(wrong) || !has_capital_inside(right) {
        return false;
    }
    let (start, end) = same_ends(wrong, right);
    let (wrong, right): (Vec<char>, Vec<char>) = (wrong.chars().collect(), right.chars().collect());
    let longer = if wrong.len() > right.len() { &wrong } else { &right };
    let is_one_more = wrong.len().abs_diff(right.len()) == 1 && start + end + 1 == longer.len();
    let is_capital = |at: usize| longer.get(at).is_some_and(|letter| letter.is_uppercase());
    is_one_more && start > 0 && (is_capital(start) || is_capital(start + 1))
}

/// `Libertäre` beside `Libertaire`: no slip adds an accent. It is a word of another language.
fn has_accents_of_its_own(wrong: &str, right: &str) -> bool {
    let has_accents = |word: &str| without_accents(word).is_some();
    !cyrillic::is_cyrillic(&wrong.to_lowercase()) && has_accents(wrong) && !has_accents(right)
}

/// `Gläub’ge` for `Gläubige`, as verse has it, and `Mem’ry` and `out-Churchill’d`: an apostrophe is put there
/// on purpose.
fn is_elided(wrong: &str, right: &str) -> bool {
    wrong.contains(['\'', '’']) && !right.contains(['\'', '’'])
}

/// `XLVIII` and `XVIII`, as a heading's number is written among its words: `Xlviii`.
fn are_numerals(a: &str, b: &str) -> bool {
    let is_numeral = |word: &str| {
        word.chars()
            .all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c' | 'd' | 'm'))
    };
    is_numeral(a) && is_numeral(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(wrong: &str, right: &str) -> Option<Slip> {
        slip(wrong, right, Language::ENGLISH)
    }

    #[test]
    fn slips_of_names() {
        for (wrong, right, expected) in [
            ("Evremonde", "Evrémonde", Slip::Accent),
            ("Khmshchev", "Khrnshchev", Slip::Scan),
            ("Voroshiiov", "Voroshilov", Slip::Scan),
            ("Or1ick", "Orlick", Slip::Scan),
            ("Charlottc", "Charlotte", Slip::Ending),
            ("T1ampton", "Hampton", Slip::Scan),
            ("Bampton", "Hampton", Slip::Changed),
            ("Londori", "London", Slip::Scan),
            ("Abraharn", "Abraham", Slip::Scan),
            ("Soivets", "Soviets", Slip::Transposed),
            ("Perograd", "Petrograd", Slip::Lost),
            ("Londn", "London", Slip::Vowel),
            ("Lizy", "Lizzy", Slip::Doubled),
            ("Kornillov", "Kornilov", Slip::Doubled),
            ("Londonn", "London", Slip::Ending),
            ("Englan", "England", Slip::Ending),
            ("Russiav", "Russia", Slip::Added),
            ("Kalvanov", "Kalganov", Slip::Changed),
            ("McDonad", "McDonald", Slip::Lost),
            ("Nguyen", "Nguyễn", Slip::Accent),
        ] {
            assert_eq!(english(wrong, right), Some(expected), "{wrong} {right}");
        }
    }

    #[test]
    fn names_and_forms_of_names_that_look_alike() {
        for (a, b) in [
            ("Ivanova", "Ivanov"),
            ("Stalins", "Stalin"),
            ("Russian", "Russia"),
            ("Rumelia", "Rumelian"),
            ("Evrémonde", "Evremonde"),
            ("Prussia", "Russia"),
            ("Bolsheviki", "Bolshevik"),
            ("Xlviii", "Xviii"),
            ("Libertäre", "Libertaire"),
            ("ColorsSection", "ColorSection"),
            ("GroupSection", "GroupsSection"),
            ("RGBA-mode", "RGB-mode"),
            ("Dạng", "Đăng"),
            ("Charlestown", "Charleston"),
            ("Châteaux", "Château"),
            ("Amerika", "America"),
        ] {
            assert_eq!(english(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn a_language_with_endings_changes_the_last_letters_itself() {
        for (form, other) in [("Pakte", "Paktes"), ("Batorym", "Batory"), ("Müllern", "Müller")] {
            let found = slip(form, other, Language::GERMAN);
            let enough = found.and_then(|slip| slip.enough(form.len(), Language::GERMAN, false));
            assert!(found != Some(Slip::Ending) || enough.is_none(), "{form} {other}: {found:?}");
        }
    }

    #[test]
    fn russian_cases_are_no_slips() {
        for (form, other) in [
            ("Хрущёва", "Хрущёву"),
            ("Россией", "России"),
            ("Евгенией", "Евгений"),
            ("Гении", "Гений"),
            ("Хрущев", "Хрущёв"),
            ("Краткими", "Краткий"),
        ] {
            assert_eq!(slip(form, other, Language::RUSSIAN), None, "{form} {other}");
        }
        assert_eq!(slip("Маяковкий", "Маяковский", Language::RUSSIAN), Some(Slip::Lost));
    }

    #[test]
    fn letters_that_end_no_case_are_slips() {
        for (wrong, right, language, expected) in [
            ("Dantc", "Dante", Language::GERMAN, Some(Slip::Scan)),
            ("Zietheu", "Ziethen", Language::GERMAN, Some(Slip::Scan)),
            ("Konradd", "Konrad", Language::GERMAN, Some(Slip::Doubled)),
            ("Mauren", "Mauern", Language::GERMAN, None),
            ("Wueste", "Wüste", Language::GERMAN, None),
            ("Wueste", "Weste", Language::GERMAN, None),
            ("Gooethe", "Goethe", Language::GERMAN, Some(Slip::Vowel)),
            ("Zuthaten", "Zutaten", Language::GERMAN, None),
            ("Mieleckim", "Mielecki", Language::from_tag("pl"), None),
            ("Пищнку", "Пищику", Language::RUSSIAN, Some(Slip::Scan)),
            ("Натащи", "Наташи", Language::RUSSIAN, Some(Slip::Scan)),
        ] {
            assert_eq!(slip(wrong, right, language), expected, "{wrong} {right}");
        }
    }

    #[test]
    fn one_slip_leaves_a_common_hash() {
        for (wrong, right) in [
            ("Soivets", "Soviets"),
            ("Perograd", "Petrograd"),
            ("Kalvanov", "Kalganov"),
            ("Lerninov", "Leminov"),
            ("Lizy", "Lizzy"),
            ("T1ampton", "Hampton"),
        ] {
            let hashes = |word| {
                let mut all = Vec::new();
                each_shortened(word, |hash| all.push(hash));
                all
            };
            let known = hashes(right);
            assert!(hashes(wrong).iter().any(|hash| known.contains(hash)), "{wrong} {right}");
        }
    }
}
