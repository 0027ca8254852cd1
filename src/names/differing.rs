//! In which letters do two spellings differ? Told where no scheme is.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// More places than these tell nothing.
const MOST_PLACES: usize = 2;

/// Neither do more letters in one place.
const MOST_LETTERS: usize = 4;

/// ` (“tt” for “t”)`: the letters of the first spelling for those of the second one, with the letter
/// before where one has none. Empty where they differ in too much.
pub(super) fn in_words(a: &str, b: &str) -> String {
    let letters = |word: &str| word.to_lowercase().chars().collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let mut places = Vec::new();
    for place in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (own, their) = (place.old_range(), place.new_range());
        if place.tag() == DiffTag::Equal {
            continue;
        }
        let (mut from, mut to) = ((own.start, own.end), (their.start, their.end));
        if own.is_empty() || their.is_empty() {
            let (longer, end) = if own.is_empty() { (&b, their.end) } else { (&a, own.end) };
            // All of a letter that is written several times.
            let goes_on = |end: usize| longer.get(end) == longer.get(end - 1);
            if goes_on(end) || from.0.min(to.0) == 0 {
                let more = 1 + (end + 1..longer.len()).take_while(|&end| goes_on(end)).count();
                (from.1, to.1) = (from.1 + more, to.1 + more);
            } else {
                (from.0, to.0) = (from.0 - 1, to.0 - 1);
                while from.0 > 0 && to.0 > 0 && a[from.0 - 1] == a[from.0] {
                    (from.0, to.0) = (from.0 - 1, to.0 - 1);
                }
            }
        }
        let text = |word: &[char], (start, end): (usize, usize)| {
            word[start..end.min(word.len())].iter().collect::<String>()
        };
        if (from.1 - from.0).max(to.1 - to.0) > MOST_LETTERS {
            return String::new();
        }
        places.push(format!("“{}” for “{}”", text(&a, from), text(&b, to)));
    }
    if places.is_empty() || places.len() > MOST_PLACES {
        return String::new();
    }
    format!(" ({})", places.join(", "))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn the_letters_are_told() {
        for (a, b, expected) in [
            ("Vassenka", "Vasenka", " (“ss” for “s”)"),
            ("Cathrina", "Kathrina", " (“c” for “k”)"),
            ("Grigor’ev", "Grigoriev", " (“’” for “i”)"),
            ("Seleccionar", "Selecccionar", " (“cc” for “ccc”)"),
            ("Ivanoff", "Ivanov", " (“ff” for “v”)"),
            ("Ekaterina", "Yekaterina", " (“e” for “ye”)"),
            ("Durutti", "Durruti", " (“r” for “rr”, “tt” for “t”)"),
            ("Chruschtschow", "Khrushchev", ""),
        ] {
            assert_eq!(in_words(a, b), expected, "{a} {b}");
        }
    }
}
