//! Words and names of English print: what stands in a dictionary is no misprint of something
//! else.

/// Whether `word` is a common English word, written in whatever letters.
pub fn is_english_word(word: &str) -> bool {
    contains(include_str!("data/english-words.txt"), &word.to_lowercase())
}

/// Whether `word` is an English word that larger dictionaries have, a common one or a rare one:
/// `baronet`.
pub fn is_in_dictionary(word: &str) -> bool {
    is_english_word(word)
        || contains(include_str!("data/english-rarer-words.txt"), &word.to_lowercase())
}

/// Whether `word` is a given name somewhere in Europe: `Torsten`, `Pietro`.
pub fn is_given_name(word: &str) -> bool {
    is_known_name(word) || contains(include_str!("data/given-names.txt"), word)
}

/// Whether `word` is a name of a person or a place that English dictionaries have.
pub fn is_known_name(word: &str) -> bool {
    contains(include_str!("data/english-names.txt"), word)
}

/// Whether larger lists have `word` as a name of a person, a family or a place: `Barnet`.
pub fn is_rarer_name(word: &str) -> bool {
    contains(include_str!("data/rarer-names.txt"), word)
}

/// Whether no dictionary of English has `word` and no list of names.
pub fn is_unheard(word: &str) -> bool {
    !is_in_dictionary(word) && !is_given_name(word) && !is_rarer_name(word)
}

/// All words and names of the dictionaries.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    let lists = [include_str!("data/english-words.txt"), include_str!("data/english-names.txt")];
    lists.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'))
}

/// Looks a word up in lines that are sorted by bytes: some twenty comparisons, and nothing to
/// build first.
fn contains(sorted: &str, word: &str) -> bool {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let bytes = sorted.as_bytes();
        let start = bytes[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let end = bytes[middle..].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
        // Comments come first: `#` is less than any letter.
        match sorted[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_are_told() {
        assert!(is_english_word("Truth") && is_english_word("three") && is_english_word("zoom"));
        assert!(!is_english_word("Petrograd") && !is_english_word("truthh"));
        assert!(is_known_name("Johnston") && is_known_name("Marat"));
        assert!(!is_known_name("Kalvanov") && !is_known_name("johnston"));
        assert!(is_in_dictionary("Baronet") && is_in_dictionary("truth"));
        assert!(!is_english_word("perfumer") && is_in_dictionary("perfumer"));
        assert!(is_given_name("Torsten") && is_given_name("Frédéric") && is_given_name("Boris"));
        assert!(!is_given_name("Petrograd"));
        assert!(is_rarer_name("Barnet") && is_rarer_name("Kreisler") && !is_rarer_name("Hylmes"));
    }

    #[test]
    fn every_line_is_found() {
        let lists = [
            include_str!("data/english-words.txt"),
            include_str!("data/english-rarer-words.txt"),
            include_str!("data/english-names.txt"),
            include_str!("data/given-names.txt"),
            include_str!("data/rarer-names.txt"),
        ];
        for list in lists {
            let mut lines = list.lines().filter(|line| !line.starts_with('#'));
            assert!(lines.all(|line| contains(list, line)));
        }
    }
}
