//! Are two spellings one name, romanised in two ways?

use std::io::{self, BufRead, Write};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::forward::without_diacritics;
use super::key::{Key, keys};
use super::{arabic, chinese};

/// What two spellings are to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Spelt alike, but for capitals.
    Equal,
    /// One name in two spellings, and why.
    Variant(String),
    /// Two names, and why.
    Different(&'static str),
}

/// Endings, as skeletons, that only Slavic, Armenian, Georgian and Greek names have.
const STRONG: &[&[u8]] = &[
    b"ov", b"ev", b"ova", b"eva", b"ski", b"cki", b"skoi", b"ckoi", b"skaJa", b"ckaJa", b"enko",
    b"Cuk", b"oviC", b"eviC", b"iC", b"ovna", b"evna", b"Jan", b"dze", b"Svili", b"pulos", b"idis",
    b"adis", b"akis", b"itis", b"inis", b"issis", b"iv", b"enka", b"nica", b"Cik", b"Cenko",
];

/// Endings that names of other languages have as well.
const SOFT: &[&[u8]] =
    &[b"in", b"ina", b"uk", b"ik", b"ak", b"ko", b"ai", b"oi", b"ei", b"ii", b"ia", b"eJa", b"aJa"];

/// Letters in a row that romanised names have and English, French and German ones rarely.
const DIGRAPHS: &[&str] = &[
    "kh", "zh", "tsch", "tch", "shch", "szcz", "ts", "tz", "ya", "yu", "yo", "ye", "iy", "yy", "č",
    "š", "ž", "dzh", "iu", "ou", "aia", "ij", "ja", "ju", "hr", "oy", "ei", "skii", "ey",
];

static GIVEN: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
    let lines = include_str!("data/given.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .enumerate()
        .flat_map(|(row, line)| line.split('\t').map(move |name| (name.to_lowercase(), row)))
        .collect()
});

/// Whether a word is a given name that is written in several ways.
pub fn is_given(word: &str) -> bool {
    GIVEN.contains_key(&word.to_lowercase())
}

static TERMS: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("data/terms.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .enumerate()
        .flat_map(|(row, line)| line.split('\t').map(move |form| (form, row)))
        .collect()
});

/// The other spellings of a place, a people or an office that English print has written in
/// several ways: Rumania and Romania, Presidium and Praesidium.
pub fn other_spellings(word: &str) -> impl Iterator<Item = &'static str> {
    let row = TERMS.get(word).copied();
    let same = TERMS.iter().filter(move |(_, other)| Some(**other) == row);
    same.map(|(form, _)| *form).filter(move |_| row.is_some())
}

/// Compares two names of one word or several.
///
/// `is_known` says that there is other evidence for one person behind both: an entry of
/// the authority, or the same given name beside both.
pub fn compare(a: &str, b: &str, is_known: bool) -> Relation {
    if a.to_lowercase() == b.to_lowercase() {
        return Relation::Equal;
    }
    let (first, second): (Vec<_>, Vec<_>) = (words(a), words(b));
    if first.len().max(second.len()) > 1 {
        if chinese::is_romanised_twice(a, b) {
            return Relation::Variant("Hanyu Pinyin and Wade–Giles".to_owned());
        }
        if chinese::are_pinyin(a, b) {
            return Relation::Different("both are Hanyu Pinyin, of other syllables");
        }
        if arabic::is_one(a, b) {
            return Relation::Variant("one Arabic name, romanised in two ways".to_owned());
        }
    }
    if first.len() != second.len() {
        return Relation::Different("the names have different numbers of words");
    }
    let is_full = first.len() > 1;
    let mut reasons = Vec::new();
    for (x, y) in first.iter().zip(&second) {
        match compare_words(x, y, is_known || is_full) {
            Relation::Equal => {}
            Relation::Variant(reason) => reasons.push(reason),
            different @ Relation::Different(_) => return different,
        }
    }
    if reasons.is_empty() {
        return Relation::Different("two forms of one spelling");
    }
    reasons.dedup();
    Relation::Variant(reasons.join("; "))
}

fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect()
}

fn compare_words(a: &str, b: &str, is_known: bool) -> Relation {
    let (a, b) = (stem(a), stem(b));
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    if lower_a == lower_b {
        return Relation::Equal;
    }
    if let (Some(x), Some(y)) = (GIVEN.get(&lower_a), GIVEN.get(&lower_b))
        && x == y
    {
        return Relation::Variant("two romanisations of one given name".to_owned());
    }
    if let (Some(x), Some(y)) = (TERMS.get(a), TERMS.get(b))
        && x == y
    {
        return Relation::Variant("two spellings of one word in English print".to_owned());
    }
    if arabic::is_one_house(a, b) {
        return Relation::Variant("one Arabic name, romanised in two ways".to_owned());
    }
    let (keys_a, keys_b) = (keys(a), keys(b));
    let Some((key, cost)) = common_key(&keys_a, &keys_b) else {
        return Relation::Different("no original could be written in both ways");
    };
    if key.len() < 3 {
        return Relation::Different("too short to tell");
    }
    let is_weak = weak(&lower_a) == weak(&lower_b);
    let has_digraph = DIGRAPHS.iter().any(|d| lower_a.contains(d) || lower_b.contains(d));
    let is_strong =
        STRONG.iter().any(|ending| key.ends_with(ending) && key.len() > ending.len() + 1);
    let is_soft = SOFT.iter().any(|ending| key.ends_with(ending) && key.len() > ending.len() + 1);
    let passes = is_known
        || is_strong
        || if is_weak {
            is_soft && has_digraph
                || is_other_iot(&lower_a, &lower_b)
                || is_cyrillic_ending(&lower_a)
                || is_cyrillic_ending(&lower_b)
        } else {
            cost == 0 && (has_digraph || is_soft)
                || is_soft && (has_digraph || is_german(&lower_a) || is_german(&lower_b))
                || key.len() >= 5 && (lower_a.contains("kh") || lower_b.contains("kh"))
        };
    if passes {
        Relation::Variant(reason(&lower_a, &lower_b))
    } else {
        Relation::Different("they differ as names of other languages do")
    }
}

/// `sch` for `sh`.
fn is_german(word: &str) -> bool {
    word.contains("sch")
}

/// `Yangel` and `Jangel`: no language of the West writes one name in both ways.
fn is_other_iot(a: &str, b: &str) -> bool {
    let iot = |word: &str| word.starts_with(['y', 'j']) && word.len() > 4;
    iot(a) && iot(b) && !a.starts_with(&b[..1])
}

/// Endings by which only a romanisation from Cyrillic writes `-ий` and `-ый`.
fn is_cyrillic_ending(word: &str) -> bool {
    ["iy", "ij", "yj", "yy", "yi"].iter().any(|ending| word.ends_with(ending))
}

/// The skeleton that both may stand for at the least cost together.
fn common_key<'k>(a: &'k [Key], b: &[Key]) -> Option<(&'k [u8], u8)> {
    let shared = a.iter().flat_map(|x| {
        let same = b.iter().filter(move |y| y.skeleton == x.skeleton);
        same.map(move |y| (&x.skeleton[..], x.cost + y.cost))
    });
    shared.filter(|(_, cost)| *cost <= 1).min_by_key(|(_, cost)| *cost)
}

/// Without the possessive ending.
fn stem(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, 'ʹ' | '’' | '\''));
    ["’s", "'s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// What Smith and Smyth, Wolf and Wolff have in common.
fn weak(word: &str) -> String {
    let plain = without_diacritics(word).replace(['y', 'j'], "i");
    let mut folded = String::with_capacity(plain.len());
    for letter in plain.chars() {
        if !folded.ends_with(letter) {
            folded.push(letter);
        }
    }
    folded.trim_end_matches('e').to_owned()
}

/// Graphemes by which a scheme is told, from the most telling.
const MARKS: &[(&str, &str)] = &[
    ("schtsch", "German"),
    ("tsch", "German"),
    ("szcz", "Polish"),
    ("cz", "Polish"),
    ("š", "scholarly"),
    ("č", "scholarly"),
    ("ž", "scholarly"),
    ("chtch", "French"),
    ("tch", "French"),
    ("ou", "French"),
    ("tzki", "German"),
    ("tz", "older English or German"),
    ("skii", "ALA-LC"),
    ("skiy", "BGN/PCGN"),
    ("iia", "ALA-LC"),
    ("off", "older English"),
    ("eff", "older English"),
    ("w", "German or Polish"),
    ("ia", "ALA-LC"),
    ("iu", "ALA-LC"),
    ("ja", "scholarly or German"),
    ("ju", "scholarly or German"),
];

fn reason(a: &str, b: &str) -> String {
    let scheme = |word: &str, other: &str| {
        let marked = MARKS.iter().find(|(mark, _)| word.contains(mark) && !other.contains(mark));
        marked.map(|(_, scheme)| format!("{word}: {scheme}"))
    };
    let schemes: Vec<_> = [scheme(a, b), scheme(b, a)].into_iter().flatten().collect();
    if schemes.is_empty() {
        "one original, romanised in two ways".to_owned()
    } else {
        format!("one original, romanised in two ways ({})", schemes.join(", "))
    }
}

/// The body of `rubricator names compare`: pairs divided by a TAB, one a line; an answer
/// for each, in order.
///
/// # Errors
/// A line without a TAB, with its number; and whatever reading and writing give.
pub fn compare_lines(input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        let Some((a, b)) = line.split_once('\t') else {
            let message = format!("line {}: two names divided by a TAB are expected", number + 1);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        };
        let (verdict, why) = match compare(a, b, false) {
            Relation::Equal => ("variant", "spelt alike".to_owned()),
            Relation::Variant(reason) => ("variant", reason),
            Relation::Different(reason) => ("different", reason.to_owned()),
        };
        writeln!(output, "{verdict}\t{why}")?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_variant(a: &str, b: &str) -> bool {
        matches!(compare(a, b, false), Relation::Variant(_))
    }

    #[test]
    fn one_name_in_two_spellings() {
        for (a, b) in [
            ("Khrushchev", "Khruschev"),
            ("Khrushchev", "Khrushchov"),
            ("Khrushchev", "Chruschtschow"),
            ("Mikoyan", "Mikoian"),
            ("Kaganovich", "Kaganovitch"),
            ("Vyshinsky", "Vishinsky"),
            ("Trotsky", "Trotskii"),
            ("Trotsky", "Trotzky"),
            ("Ryabchikov", "Riabchikov"),
            ("Alexei Kosygin", "Aleksei Kosygin"),
        ] {
            assert!(is_variant(a, b), "{a} {b}: {:?}", compare(a, b, false));
            assert!(is_variant(b, a), "{b} {a}");
        }
    }

    #[test]
    fn two_names_that_look_alike() {
        for (a, b) in [
            ("Marx", "Mark"),
            ("Lenin", "Levin"),
            ("Ivanov", "Ivanova"),
            ("Stalin", "Stalinist"),
            ("Stalin", "Stalinism"),
            ("Sakharov", "Zakharov"),
            ("Smith", "Smyth"),
            ("Wolf", "Wolff"),
            ("Clark", "Clarke"),
            ("Peter", "Pyotr"),
            ("Igor Naumov", "Ivan Naumov"),
        ] {
            assert!(!is_variant(a, b), "{a} {b}: {:?}", compare(a, b, false));
        }
    }

    #[test]
    fn lines_are_answered_in_order() {
        let mut out = Vec::new();
        compare_lines("Trotsky\tTrotskii\nMarx\tMark\n".as_bytes(), &mut out).expect("two pairs");
        let out = String::from_utf8(out).expect("UTF-8");
        let verdicts: Vec<_> = out.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(verdicts, ["variant", "different"]);
        assert!(out.contains("ALA-LC"));
        let error = compare_lines("Trotsky".as_bytes(), Vec::new()).expect_err("no TAB");
        assert!(error.to_string().contains("line 1"));
    }
}
