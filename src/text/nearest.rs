//! The known word that a misspelt one was meant for.

/// The word that `unknown` is a slip for, if it is like any.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = unknown.to_lowercase();
    let found = known.into_iter().map(|word| (likeness(&lower, word), word));
    let found = found.filter(|((is_slip, likeness), _)| *is_slip || *likeness > 0.85);
    best(found)
}

/// The word that is most like `unknown`, however little that is.
pub fn likest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = unknown.to_lowercase();
    best(known.into_iter().map(|word| (likeness(&lower, word), word)))
}

/// Whether one word is a slip of the other, a letter in three at most, and how like they are, from
/// 0 to 1. In words of three letters the second measure sees nothing but what stands in its place.
fn likeness(unknown: &str, word: &str) -> (bool, f64) {
    let lower = word.to_lowercase();
    let shorter = unknown.chars().count().min(lower.chars().count());
    let is_slip = strsim::osa_distance(unknown, &lower) <= shorter / 3;
    (is_slip, strsim::jaro_winkler(unknown, &lower))
}

fn best<'a>(found: impl Iterator<Item = ((bool, f64), &'a str)>) -> Option<&'a str> {
    let best =
        found.max_by(|((a_slip, a), _), ((b_slip, b), _)| a_slip.cmp(b_slip).then(a.total_cmp(b)));
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let known = ["plain", "mia", "tei", "gutenberg", "name-variant", "name-misprint"];
        let cases = [
            ("mai", Some("mia")),
            ("tie", Some("tei")),
            ("TEI", Some("tei")),
            ("gutenburg", Some("gutenberg")),
            ("name-varint", Some("name-variant")),
            ("a", None),
            ("bogus", None),
        ];
        for (unknown, meant) in cases {
            assert_eq!(nearest(unknown, known), meant, "{unknown}");
        }
        assert_eq!(likest("misprint", known), Some("name-misprint"));
    }
}
