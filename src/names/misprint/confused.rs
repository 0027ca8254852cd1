//! Letters that scanners confuse.

/// Letters that look alike on a worn page, from the lists that proofreaders of scanned books
/// keep; Cyrillic ones that differ by one stroke.
pub(super) const CONFUSED: &[(&str, &str)] = &[
    ("rn", "m"),
    ("li", "h"),
    ("cl", "d"),
    ("ri", "n"),
    ("in", "m"),
    ("ni", "m"),
    ("e", "c"),
    ("c", "o"),
    ("l", "i"),
    ("l", "t"),
    ("l", "1"),
    ("i", "1"),
    ("o", "0"),
    ("s", "5"),
    ("n", "u"),
    ("u", "v"),
    ("v", "y"),
    ("f", "t"),
    ("f", "s"),
    ("b", "h"),
    ("h", "k"),
    ("vv", "w"),
    ("ti", "h"),
    ("ii", "u"),
    ("tl", "d"),
    ("и", "н"),
    ("и", "п"),
    ("н", "п"),
    ("л", "п"),
    ("л", "д"),
    ("е", "с"),
    ("о", "с"),
    ("ш", "щ"),
    ("ц", "щ"),
    ("ъ", "ь"),
];

/// The same of capitals at the head of a word.
pub(super) const CONFUSED_HEADS: &[(&str, &str)] = &[
    ("ti", "h"),
    ("t1", "h"),
    ("il", "h"),
    ("ii", "h"),
    ("li", "h"),
    ("b", "h"),
    ("k", "h"),
    ("b", "r"),
    ("c", "g"),
    ("o", "c"),
    ("e", "f"),
    ("i", "l"),
    ("l", "t"),
    ("p", "r"),
];

/// Pairs by which English writes a long vowel of another language: `Shereef` for Sherif.
pub(super) const LONG_VOWELS: &[&str] = &["oo", "ee"];

/// The confusion of the scanner behind the first letter that makes one word of the other.
pub(super) fn confused(a: &str, b: &str) -> Option<(&'static str, &'static str)> {
    CONFUSED.iter().copied().find(|&(x, y)| makes(a, b, x, y) || makes(a, b, y, x))
}

/// Whether one confusion of capitals makes one word of the other.
pub(super) fn is_confused_head(a: &str, b: &str) -> bool {
    CONFUSED_HEADS.iter().any(|&(x, y)| begins_as(a, b, x, y) || begins_as(a, b, y, x))
}

/// Whether `seen` at the head of `from` stands for `meant`, and all else is the same.
fn begins_as(from: &str, to: &str, seen: &str, meant: &str) -> bool {
    let rest = from.strip_prefix(seen).zip(to.strip_prefix(meant));
    rest.is_some_and(|(x, y)| x == y)
}

pub(super) fn makes(from: &str, to: &str, seen: &str, meant: &str) -> bool {
    from.len() + meant.len() == to.len() + seen.len()
        && from.match_indices(seen).filter(|&(at, _)| at > 0).any(|(at, _)| {
            let rest = &from[at + seen.len()..];
            to.starts_with(&from[..at])
                && to[at..].starts_with(meant)
                && &to[at + meant.len()..] == rest
        })
}

/// The letters of `wrong` that a scanner read for those of `right`, if one confusion makes one word of the
/// other.
pub(super) fn confused_letters(wrong: &str, right: &str) -> Option<(&'static str, &'static str)> {
    let inside = confused(wrong, right).map(|pair| {
        let (x, y) = pair;
        if makes(wrong, right, x, y) { pair } else { (y, x) }
    });
    let at_head = || {
        let mut both = CONFUSED_HEADS.iter().flat_map(|&(x, y)| [(x, y), (y, x)]);
        both.find(|(seen, meant)| begins_as(wrong, right, seen, meant))
    };
    inside.or_else(at_head)
}
