//! What two words of German differ in that are no slips of each other.

use super::shortened::folded;
use super::{Slip, common_ends, is_vowel};

/// Whether two nouns of German hardly differ by such a slip: `Leiber` and `Lieber` do, and so do
/// `Waare` and `Ware` as print had them, but no two differ as `Spiegelberg` and `Spigeelberg`.
pub fn is_hardly_of_two_nouns(slip: Slip, wrong: &str, right: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) =
        (folded(wrong).chars().collect(), folded(right).chars().collect());
    let (start, end) = common_ends(&a, &b);
    let rest = |word: &[char]| word[start..word.len() - end].iter().copied().collect::<String>();
    let (a, b) = (rest(&a), rest(&b));
    match slip {
        Slip::Transposed => {
            // `Krönung` and `Körnung`, `Gequengel` and `Gequengle`.
            let has_liquid = a.contains(['r', 'l']) && a.contains(is_vowel);
            !has_liquid && !matches!(a.as_str(), "ei" | "ie")
        }
        Slip::Doubled => !matches!(format!("{a}{b}").as_str(), "a" | "e" | "o" | "s"),
        Slip::Scan => a.len() != b.len(),
        _ => false,
    }
}

/// Whether an umlaut may be what makes a form of a German noun, by its ending: `Väter`, `Söhne`.
pub fn is_form_by_umlaut(word: &str) -> bool {
    let stem = word.strip_suffix(['n', 's']).unwrap_or(word);
    // What makes a noun smaller always makes an umlaut too; but `Schwächen` are no small ones.
    let small = word.strip_suffix('s').unwrap_or(word);
    let rest = small.strip_suffix("chen").or_else(|| small.strip_suffix("lein"));
    if rest
        .is_some_and(|rest| rest.ends_with(|letter: char| letter.is_ascii() && !is_vowel(letter)))
    {
        return false;
    }
    ["e", "er", "el"].iter().any(|ending| stem.ends_with(ending)) || word.ends_with("in")
}

/// `Schroedinger` for `Schrödinger`, in a text of whatever language.
pub(super) fn are_umlauts_in_two_letters(wrong: &str, right: &str) -> bool {
    let right = right.to_lowercase();
    let plain = right.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    plain != right && plain == wrong.to_lowercase()
}

/// `Wueste` for `Wüste`, as who has no umlauts writes it; `Zuthaten`, as it was written before 1901, and
/// `Anblik`, as it was before 1800.
pub(super) fn are_german_spellings(wrong: &str, right: &str) -> bool {
    let plain = |word: &str| {
        let word = word.to_lowercase().replace("th", "t").replace("ck", "k");
        word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
    };
    plain(wrong) == plain(right)
}
