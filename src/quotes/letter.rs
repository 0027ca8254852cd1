//! The close of a quoted letter: “Believe me, “Yours faithfully, “Patrick Hennessey.”
//!
//! Each of its lines repeats the opening mark. Where the lines are run together, only the
//! formulas tell that no mark is missing between them.

/// Words of the formulas that close an English letter.
const FORMULAS: &[&str] = &[
    "affectionate",
    "affectionately",
    "believe",
    "cordially",
    "devoted",
    "ever",
    "faithful",
    "faithfully",
    "friend",
    "fraternally",
    "grateful",
    "gratefully",
    "humble",
    "loving",
    "obedient",
    "obediently",
    "regards",
    "remain",
    "respectfully",
    "servant",
    "servants",
    "sincerely",
    "truly",
    "your",
    "yours",
];

/// Formulas of two words.
const PAIRS: &[[&str; 2]] = &[["we", "are"], ["i", "am"]];

/// The longest line of a letter's head or close, in bytes.
const LONGEST_LINE: usize = 70;

/// The longest head or close of a letter.
pub(super) const LONGEST_CLOSE: usize = 240;

/// Whether `between`, which stands between two opening marks in a block of `length` bytes,
/// is a line of the close of a letter, or of its date.
pub(super) fn is_line(between: &str, length: usize) -> bool {
    if length > LONGEST_CLOSE || between.len() > LONGEST_LINE || !between.ends_with(' ') {
        return false;
    }
    let line = between.trim();
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mut before = "";
    line.split(|c: char| !c.is_alphabetic()).any(|word| {
        let is_pair =
            PAIRS.iter().any(|[first, second]| is_word(before, first) && is_word(word, second));
        before = word;
        is_pair || FORMULAS.iter().any(|formula| is_word(word, formula))
    })
}

/// Whether a word is the one in lower case.
fn is_word(word: &str, lower: &str) -> bool {
    word.eq_ignore_ascii_case(lower)
}

/// Whether the last word of a line is one of the formulas: `Your Lordship’s humble servants, `.
pub(super) fn ends_in_formula(line: &str) -> bool {
    let words = line.trim_end().trim_end_matches([',', '.']);
    words.rsplit(' ').next().is_some_and(|word| FORMULAS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_line;

    #[test]
    fn the_close_of_a_letter_repeats_its_marks() {
        for line in ["Yours ever, ", "Believe me, dear Sir, ", "Your friend, ", "17, High Street, "]
        {
            assert!(is_line(line, 60), "{line}");
        }
        for line in ["Come here, ", "Yours ever,", "He never said so. "] {
            assert!(!is_line(line, 60), "{line}");
        }
        assert!(!is_line("Yours ever, ", 2000));
    }
}
