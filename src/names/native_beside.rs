//! A name in its own letters beside a romanised one, or beside itself.

use super::compare::Relation;
use super::forward::{spellings, without_diacritics};

/// What two names are to each other of which one at least is written in its own letters; `None` if
/// that tells nothing about them.
pub(super) fn relation(a: &str, b: &str) -> Option<Relation> {
    match (is_native(a), is_native(b)) {
        (true, true) => {
            let without_dots = |name: &str| name.to_lowercase().replace('ё', "е");
            (without_dots(a) == without_dots(b)).then(|| {
                Relation::Variant("one name; print mostly leaves the dots of ё out".to_owned())
            })
        }
        (true, false) => romanised(a, b),
        (false, true) => romanised(b, a),
        (false, false) => None,
    }
}

fn is_native(name: &str) -> bool {
    let is_latin = |letter: char| letter < '\u{370}' || ('\u{1e00}'..'\u{1f00}').contains(&letter);
    name.chars().filter(|letter| letter.is_alphabetic()).any(|letter| !is_latin(letter))
}

/// Whether a scheme writes each word of the second name for one of the first.
fn romanised(native: &str, latin: &str) -> Option<Relation> {
    let (natives, words) = (native.split_whitespace(), latin.split_whitespace());
    if natives.clone().count() != words.clone().count() {
        return None;
    }
    let mut schemes: Vec<&str> = Vec::new();
    for (native, word) in natives.zip(words) {
        let all = spellings(native, "");
        let one = all.iter().find(|spelling| is_spelt_so(&spelling.text, word))?;
        // Two words may be spelt alike by several schemes, of which the best known one is told.
        if !schemes.contains(&one.scheme.name()) {
            schemes.push(one.scheme.name());
        }
    }
    let schemes = schemes.join(", ");
    Some(Relation::Variant(format!("{latin} is {native} in Latin letters ({schemes})")))
}

fn is_spelt_so(spelling: &str, word: &str) -> bool {
    let (spelling, word) = (spelling.to_lowercase(), word.to_lowercase());
    spelling == word || without_diacritics(&spelling) == without_diacritics(&word)
}
