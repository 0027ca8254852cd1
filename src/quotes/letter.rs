//! The close of a quoted letter: “Believe me, “Yours faithfully, “Patrick Hennessey.”
//!
//! Each of its lines repeats the opening mark. Where the lines are run together, only the
//! formulas tell that no mark is missing between them.

use super::glyph::Glyph;
use super::saying;

/// Words that hardly stand anywhere but in the formulas that close an English letter.
const CLEAR: &[&str] = &[
    "affectionately",
    "cordially",
    "faithfully",
    "fraternally",
    "gratefully",
    "obedient",
    "obediently",
    "remain",
    "respectfully",
    "sincerely",
    "yours",
];

/// Words with which such a formula begins or ends.
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
    // The next line may be indented far.
    let line = between.trim();
    if length > LONGEST_CLOSE || line.len() > LONGEST_LINE || !between.ends_with([' ', '\n']) {
        return false;
    }
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let words = || line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    // “I am here on your business, said he; “I am waiting.
    if words().any(saying::says) {
        return false;
    }
    let is_formula = |word| is_one(word, FORMULAS);
    words().any(|word| is_one(word, CLEAR))
        || words().next().is_some_and(is_formula)
        || words().next_back().is_some_and(is_formula)
        || ends_in_pair(line)
}

/// Whether a line is `I am, ` or `We are, ` to the first comma, or ends so.
fn ends_in_pair(line: &str) -> bool {
    let clause = line.split(',').next().unwrap_or(line);
    let mut words = clause.split_whitespace().rev();
    let (second, first) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    PAIRS.iter().any(|pair| is_word(first, pair[0]) && is_word(second, pair[1]))
}

/// Whether a word is one of these.
fn is_one(word: &str, listed: &[&str]) -> bool {
    listed.iter().any(|lower| is_word(word, lower))
}

/// Whether a word is the one in lower case.
fn is_word(word: &str, lower: &str) -> bool {
    word.eq_ignore_ascii_case(lower)
}

/// Whether a block is the line with which a letter begins: `My dear Lizzy,`.
pub(super) fn greets(block: &str) -> bool {
    let line = block.trim_end();
    let mut words = line.split_whitespace().take(2);
    line.len() <= LONGEST_LINE
        && line.trim_end_matches('—').ends_with([',', '!', ':'])
        && line.starts_with(char::is_uppercase)
        && words.any(|word| is_word(word, "dear") || is_word(word, "dearest"))
}

/// Whether a block is such a line behind the mark that opens the letter: `“My dear Lizzy,`.
pub(super) fn greets_in_marks(block: &str) -> bool {
    let line = block.trim_start_matches(|c| Glyph::of(c).is_some());
    line.len() < block.len() && greets(line)
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
        for line in ["I am, my dear sir, ", "Your Lordship’s humble servants, ", "I remain, "] {
            assert!(is_line(line, 60), "{line}");
        }
        for line in [
            "Come here, ",
            "Yours ever,",
            "He never said so. ",
            "I am here on no business of my own, said Emma; ",
            "Did you speak from your own observation, said she, ",
            "We are all of one mind in that, I suppose. ",
        ] {
            assert!(!is_line(line, 60), "{line}");
        }
        assert!(!is_line("Yours ever, ", 2000));
    }
}
