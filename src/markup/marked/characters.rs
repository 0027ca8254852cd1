//! The names that HTML has for characters: `rsquo`, `eacute`, `ccaron`.
//!
//! The table is our own: that of `quick-xml` 0.42.0 gives wrong characters for 444 of the names (`&caron;`
//! is another sign, `&alpha;` a semicolon) and lacks 94.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("../data/characters.tsv");

/// What a name stands for.
struct Character {
    text: Box<str>,
    /// Whether the semicolon behind the name may be missing.
    is_old: bool,
}

static CHARACTERS: LazyLock<FxHashMap<&'static str, Character>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, codes) = (columns.next()?, columns.next()?);
            let codes = codes.split(' ').map(|code| u32::from_str_radix(code, 16).ok());
            let text: Option<String> = codes.map(|code| char::from_u32(code?)).collect();
            let is_old = columns.next() == Some("old");
            Some((name, Character { text: text?.into(), is_old }))
        })
        .collect()
});

/// The characters that a name stands for, one or two.
pub(super) fn named(name: &str) -> Option<&'static str> {
    CHARACTERS.get(name).map(|character| &*character.text)
}

/// The same of the names that HTML had from the beginning, which need no semicolon.
pub(super) fn named_of_old(name: &str) -> Option<&'static str> {
    CHARACTERS.get(name).filter(|character| character.is_old).map(|character| &*character.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!((lines.count(), CHARACTERS.len()), (2125, 2125));
        assert_eq!(CHARACTERS.values().filter(|character| character.is_old).count(), 106);
    }

    #[test]
    fn names_stand_for_their_characters() {
        for (name, text) in [
            ("rsquo", "’"),
            ("ccaron", "č"),
            ("Scaron", "Š"),
            ("alpha", "α"),
            ("Acy", "А"),
            ("abreve", "ă"),
            ("caron", "ˇ"),
            ("fjlig", "fj"),
            ("Afr", "𝔄"),
            ("CounterClockwiseContourIntegral", "∳"),
        ] {
            assert_eq!(named(name), Some(text), "{name}");
        }
        assert_eq!([named("nosuch"), named(""), named_of_old("rsquo")], [None; 3]);
        assert_eq!(named_of_old("eacute"), Some("é"));
    }
}
