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

/// Whether the umlaut that `wrong` lacks may be what makes a form of a German noun: `Väter`, `Söhne`. It is the
/// last vowel of the stem then, and an ending stands behind it. `Schrödinger` is no form of a Schrodinger, and
/// `Verhältnisse` none of Verhaltnisse.
pub fn is_form_by_umlaut(wrong: &str, right: &str) -> bool {
    let (wrong, right) = (wrong.to_lowercase(), right.to_lowercase());
    let lost = wrong.chars().zip(right.char_indices()).filter(|(a, (_, b))| a != b).last();
    let Some((_, (at, umlaut))) = lost else {
        return false;
    };
    // What makes a noun smaller always makes an umlaut too; but `Schwächen` are no small ones.
    let small = right.strip_suffix('s').unwrap_or(&right);
    let stem = small.strip_suffix("chen").or_else(|| small.strip_suffix("lein"));
    if stem.is_some_and(|stem| stem.ends_with(|last: char| last == 'ß' || is_consonant(last))) {
        return false;
    }
    let behind = &right[at + umlaut.len_utf8()..];
    let behind = if umlaut == 'ä' { behind.strip_prefix('u').unwrap_or(behind) } else { behind };
    let ending = behind.trim_start_matches(|letter| letter == 'ß' || is_consonant(letter));
    // `Väterland` too: a plural may stand before another noun.
    let is_plural = ["er", "el", "en", "es"].iter().any(|plural| ending.starts_with(plural));
    is_plural || matches!(ending, "e" | "in" | "innen")
}

fn is_consonant(letter: char) -> bool {
    letter.is_ascii_alphabetic() && !is_vowel(letter)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_umlaut_that_makes_a_form_of_a_noun() {
        for (noun, form) in [
            ("Vater", "Väter"),
            ("Baume", "Bäume"),
            ("Sohnen", "Söhnen"),
            ("Mutterheim", "Mütterheim"),
            ("Schwachen", "Schwächen"),
            ("Arztin", "Ärztin"),
        ] {
            assert!(is_form_by_umlaut(noun, form), "{noun} {form}");
        }
        for (wrong, right) in [
            ("Schrodinger", "Schrödinger"),
            ("Verhaltnisse", "Verhältnisse"),
            ("Gaßchen", "Gäßchen"),
            ("Brucklein", "Brücklein"),
            ("Konigsberg", "Königsberg"),
            ("Phonizier", "Phönizier"),
        ] {
            assert!(!is_form_by_umlaut(wrong, right), "{wrong} {right}");
        }
    }
}
