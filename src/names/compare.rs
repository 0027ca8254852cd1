//! Are two spellings one name, romanised in two ways?

use std::io::{self, BufRead, Write};

use super::forward::without_diacritics;
use super::key::{Key, keys};
use super::kinship::kinship;
use super::language_marks::reason as language_reason;
use super::lexicon::{is_given_name, is_rarer_name};
use super::look_alikes::are_two_families;
use super::romanised::Spellings;
use super::{
    arabic, armenian, chinese, given, greek, hebrew, japanese, korean, native_beside, scheme_marks,
    terms, well_known,
};

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

/// Compares two names of one word or several.
///
/// `is_known` says that there is other evidence for one person behind both: an entry of
/// the authority, or the same given name beside both.
pub fn compare(a: &str, b: &str, is_known: bool) -> Relation {
    relation(a, b, is_known, Reasons::Told)
}

/// Whether [`compare`] takes two spellings for one name in two ways. To find the reason costs far
/// more than to know that there is one; of well-known names only the spellings that a list has are known
/// here.
pub fn are_variants(a: &str, b: &str, is_known: bool) -> bool {
    matches!(relation(a, b, is_known, Reasons::Untold), Relation::Variant(_))
}

/// Whether [`compare`] takes two spellings for one name, in two ways or in one.
pub fn are_one_name(a: &str, b: &str, is_known: bool) -> bool {
    !matches!(relation(a, b, is_known, Reasons::Untold), Relation::Different(_))
}

/// Whether anybody wants to know why two spellings are one name.
#[derive(Clone, Copy)]
enum Reasons {
    Told,
    Untold,
}

impl Reasons {
    fn variant(self, reason: impl FnOnce() -> String) -> Relation {
        Relation::Variant(match self {
            Self::Told => reason(),
            Self::Untold => String::new(),
        })
    }
}

fn relation(a: &str, b: &str, is_known: bool, reasons: Reasons) -> Relation {
    if a.to_lowercase() == b.to_lowercase() {
        return Relation::Equal;
    }
    let (first, second): (Vec<_>, Vec<_>) = (words(a), words(b));
    let is_joined = |name: &str| name.to_lowercase().replace('-', "");
    if first == second || is_joined(a) == is_joined(b) {
        return reasons.variant(|| "the same words, with a hyphen and without".to_owned());
    }
    if chinese::differ_in_signs(a, b) {
        return reasons
            .variant(|| "one Chinese name, with the signs of Wade–Giles and without".to_owned());
    }
    if first.len().max(second.len()) > 1
        && let Some(relation) = relation_of_wholes(a, b, reasons)
    {
        return relation;
    }
    if first.len() != second.len() {
        return Relation::Different("the names have different numbers of words");
    }
    let is_full = first.len() > 1;
    let mut told = Vec::new();
    for (x, y) in first.iter().zip(&second) {
        match compare_words(x, y, is_known || is_full, reasons) {
            Relation::Equal => {}
            Relation::Variant(reason) => told.push(reason),
            Relation::Different(why) => return Relation::Different(kinship(x, y).unwrap_or(why)),
        }
    }
    if told.is_empty() {
        return Relation::Different("two forms of one spelling");
    }
    told.dedup();
    Relation::Variant(told.join("; "))
}

/// Why two names of several words are one as wholes, though their words may tell nothing: a
/// syllable of Chinese or Korean, an Arabic name without its vowels. `None` if they are not.
pub fn whole_reason(a: &str, b: &str) -> Option<String> {
    match relation_of_wholes(a, b, Reasons::Told) {
        Some(Relation::Variant(reason)) => Some(reason),
        _ => None,
    }
}

/// Whether two names of several words are one of China or Korea, where the family name comes first.
pub fn have_family_first(a: &str, b: &str) -> bool {
    chinese::is_romanised_twice(a, b).is_some() || korean::is_one(a, b)
}

fn relation_of_wholes(a: &str, b: &str, reasons: Reasons) -> Option<Relation> {
    if let Some((one, other)) = chinese::is_romanised_twice(a, b) {
        return Some(reasons.variant(|| format!("one Chinese name ({a}: {one}, {b}: {other})")));
    }
    if chinese::are_pinyin(a, b) {
        return Some(Relation::Different("both are Hanyu Pinyin, of other syllables"));
    }
    if korean::is_one(a, b) {
        return Some(reasons.variant(|| language_reason("Korean", a, b)));
    }
    arabic::is_one(a, b).then(|| reasons.variant(|| language_reason("Arabic", a, b)))
}

fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect()
}

fn compare_words(a: &str, b: &str, is_known: bool, reasons: Reasons) -> Relation {
    let (a, b) = (stem(a), stem(b));
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    if lower_a == lower_b {
        return Relation::Equal;
    }
    let given = given::number(&lower_a);
    if given.is_some() && given == given::number(&lower_b) {
        return reasons
            .variant(|| format!("one given name; {}", scheme_marks::reason(a, b, true, true)));
    }
    if let Some(why) = terms::are_one(a, b) {
        return reasons.variant(|| why.to_owned());
    }
    if let Some(language) = language_of_both(a, b, &lower_a, &lower_b) {
        return reasons.variant(|| language_reason(language, a, b));
    }
    if japanese::is_one(&lower_a, &lower_b, is_known) {
        return reasons.variant(|| language_reason("Japanese", a, b));
    }
    if lacks_breath(&lower_a, &lower_b) || lacks_breath(&lower_b, &lower_a) {
        return reasons.variant(|| {
            "one original; one has the apostrophes of a scheme, the other leaves them out"
                .to_owned()
        });
    }
    if lacks_break(&lower_a, &lower_b) || lacks_break(&lower_b, &lower_a) {
        return reasons.variant(|| {
            "one original; one has the sign between two vowels, the other leaves it out".to_owned()
        });
    }
    let is_long = is_known || lower_a.chars().count().min(lower_b.chars().count()) > 2;
    if is_long && (lacks_signs(&lower_a, &lower_b) || lacks_signs(&lower_b, &lower_a)) {
        return reasons.variant(|| {
            "one original; one has the signs of a scheme for its letters, the other leaves them out"
                .to_owned()
        });
    }
    if armenian::are_adjectives(&lower_a, &lower_b) {
        return Relation::Different("adjectives of English end in -ean and -ian");
    }
    match by_keys(a, b, is_known, reasons) {
        Relation::Different(why) => {
            let is_known = match reasons {
                Reasons::Told => well_known::reason(a, b),
                Reasons::Untold => well_known::are_listed(a, b).then(String::new),
            };
            is_known.map_or(Relation::Different(why), Relation::Variant)
        }
        relation => relation,
    }
}

/// The same by the originals for which both may stand.
fn by_keys(a: &str, b: &str, is_known: bool, reasons: Reasons) -> Relation {
    let (keys_a, keys_b) = (keys(a), keys(b));
    let Some((key, cost)) = common_key(&keys_a, &keys_b) else {
        return Relation::Different("no original could be written in both ways");
    };
    if key.len() < 3 {
        return Relation::Different("too short to tell");
    }
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    if chinese::are_pinyin_words(&lower_a, &lower_b) {
        return Relation::Different("both are Hanyu Pinyin, of other syllables");
    }
    if !is_known && are_two_families(&lower_a, &lower_b) {
        return Relation::Different("two families whose names look alike");
    }
    let spelling = Spellings { a: &lower_a, b: &lower_b, key, cost };
    let is_shown = spelling.show_a_romanised_name();
    if is_shown && !is_known && !spelling.has_telling_end() && is_listed(a) && is_listed(b) {
        return Relation::Different("dictionaries have both as names of their own");
    }
    if is_known || is_shown {
        reasons.variant(|| scheme_marks::reason(a, b, is_shown, spelling.are_slavic()))
    } else {
        Relation::Different("they differ as names of other languages do")
    }
}

/// Whether dictionaries, lists of given names or larger lists have a word as a name.
fn is_listed(word: &str) -> bool {
    is_given_name(word) || is_rarer_name(word)
}

/// The language whose own rules make two words one name.
fn language_of_both(a: &str, b: &str, lower_a: &str, lower_b: &str) -> Option<&'static str> {
    let same = |one: Option<usize>, other: Option<usize>| one.is_some() && one == other;
    if same(arabic::listed(a), arabic::listed(b)) {
        Some("Arabic or Persian")
    } else if same(hebrew::listed(a), hebrew::listed(b)) {
        Some("Hebrew")
    } else if armenian::is_one(lower_a, lower_b) {
        Some("Armenian")
    } else if greek::is_one(lower_a, lower_b) {
        Some("Greek")
    } else {
        None
    }
}

/// Whether a word is another one without the apostrophes of consonants spoken with breath or without, as
/// the schemes of Armenian, Georgian, Korean and Chinese have them: `P’yongyang`, `Ch’arents’`,
/// `Ts’ereteli`. A syllable of Chinese is another one without.
fn lacks_breath(plain: &str, word: &str) -> bool {
    const SHORTEST: usize = 6;
    let is_sign = |letter: char| matches!(letter, '’' | '\'' | 'ʻ' | 'ʼ' | 'ʿ');
    if plain.chars().count() < SHORTEST || plain.contains(is_sign) {
        return false;
    }
    let parts: Vec<&str> = word.split(is_sign).collect();
    // Who writes as people speak leaves out a vowel (C’lumbus), and `T’other` has an article.
    let breathes = |part: &str, next: &str| {
        let is_mute = ["ch", "ts", "k", "p", "t", "q", "č"].iter().any(|end| part.ends_with(end));
        // `Quant’è`: who speaks Italian drops a vowel before a word.
        let is_syllable = next.chars().nth(1).is_some();
        let is_open =
            next.is_empty() || is_syllable && next.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'w']);
        is_mute && is_open && part != "t"
    };
    parts.len() > 1
        && parts.windows(2).all(|pair| breathes(pair[0], pair[1]))
        && parts.concat() == plain
}

/// Whether a word is another one without the sign that keeps two vowels apart, as for hamza and ayin
/// (`Shari’ati`, `Khamene’i`). What stands before the sign of `O’Arran`, `D’Angelo` or `De’Ath` is shorter.
fn lacks_break(plain: &str, word: &str) -> bool {
    const SHORTEST: usize = 5;
    const SHORTEST_BEFORE: usize = 3;
    let is_sign = |letter: char| matches!(letter, '’' | '\'' | '‘' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ');
    let is_vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiou".contains(letter));
    if plain.len() >= word.len() || plain.chars().count() < SHORTEST || plain.contains(is_sign) {
        return false;
    }
    let parts: Vec<&str> = word.split(is_sign).collect();
    let keeps_apart =
        |pair: &[&str]| is_vowel(pair[0].chars().next_back()) && is_vowel(pair[1].chars().next());
    parts.len() > 1
        && parts[0].chars().count() >= SHORTEST_BEFORE
        && parts.windows(2).all(keeps_apart)
        && parts.concat() == plain
}

/// Whether a word is another one without the signs that only schemes of romanisation have: lines
/// over long vowels (`Tōjō`), dots under letters (`Ḥusayn`), signs for hamza and ayin, and the breves
/// of McCune and Reischauer. A word may have an accent beside them, and then both must have it.
fn lacks_signs(plain: &str, word: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return false;
    }
    let is_sign = |letter: char, after: Option<char>| match letter {
        'ʿ' | 'ʾ' => true,
        '\u{304}' | '\u{323}' | '\u{32e}' => true,
        // The ŭ of Esperanto and Belarusian is a letter of its own behind another vowel.
        '\u{306}' => matches!(after, Some('o')),
        _ => false,
    };
    let mut before = None;
    let without: String =
        word.nfd().filter(|&letter| !is_sign(letter, before.replace(letter))).nfc().collect();
    without != word && without == plain
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

/// The body of `rubricator names compare`: pairs divided by a TAB, one a line; an answer
/// for each line, in order, an empty one included. Gives the numbers of the lines that are no
/// pair, from 1. Bytes that are no UTF-8 are part of no name and are read as U+FFFD.
///
/// # Errors
/// Whatever reading and writing give.
pub fn compare_lines(input: impl BufRead, mut output: impl Write) -> io::Result<Vec<usize>> {
    let mut no_pairs = Vec::new();
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let (verdict, why) = match pair(&line) {
            Some((a, b)) => match compare_in_any_script(a, b) {
                Relation::Equal => ("variant", "spelt alike".to_owned()),
                Relation::Variant(reason) => ("variant", reason),
                Relation::Different(reason) => ("different", reason.to_owned()),
            },
            None if line.trim().is_empty() => ("different", "the line is empty".to_owned()),
            None => {
                no_pairs.push(number);
                ("different", "the line is no two names divided by a TAB".to_owned())
            }
        };
        writeln!(output, "{verdict}\t{why}")?;
    }
    output.flush()?;
    Ok(no_pairs)
}

/// The same of names of which one or both may stand in their own letters: these name one person to a
/// reader, though nobody corrects the one into the other.
fn compare_in_any_script(a: &str, b: &str) -> Relation {
    let relation = native_beside::relation(a, b).unwrap_or_else(|| compare(a, b, false));
    match relation {
        Relation::Different(_) if lacks_slavic_marks(a, b) => Relation::Variant(
            "one has the marks on its letters, the other leaves them out".to_owned(),
        ),
        relation => relation,
    }
}

/// Whether two names are one but for marks on letters of which some are Slavic: `Žižek`, `Zizek`. No
/// language of the West has two names that differ so, as it has Muller and Müller.
fn lacks_slavic_marks(a: &str, b: &str) -> bool {
    let is_slavic = |letter: char| "čšžćđřěśźżńłůďťňľ".contains(letter);
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a.contains(is_slavic) != b.contains(is_slavic)
        && without_diacritics(&a) == without_diacritics(&b)
}

/// The two names of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (a, b) = line.split_once('\t')?;
    let (a, b) = (a.trim(), b.trim());
    (!a.is_empty() && !b.is_empty()).then_some((a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_variant(a: &str, b: &str) -> bool {
        matches!(compare_in_any_script(a, b), Relation::Variant(_))
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
            ("Hukusima", "Fukushima"),
            ("Kisi Nobusuke", "Kishi Nobusuke"),
            ("Tōjō", "Tojo"),
            ("Bāzargān", "Bazargan"),
            ("Kaesŏng", "Kaesong"),
            ("Ch’arents’", "Charents"),
            ("Ts’ereteli", "Tsereteli"),
            ("Ben-Zvi", "Ben Zvi"),
            ("Хрущёв", "Хрущев"),
            ("Хрущёв", "Khrushchev"),
            ("Никита Хрущёв", "Nikita Chruschtschow"),
            ("Βενιζέλος", "Venizelos"),
            ("Inouye", "Inoue"),
            ("Kunsan", "Gunsan"),
            ("Zhenya", "Zhenia"),
            ("Paoting", "Baoding"),
            ("Ali Shari’ati", "Ali Shariati"),
            ("Khamene'i", "Khamenei"),
            ("Basrah", "Basra"),
            ("Barghouthi", "Barghouti"),
            ("Wu P’ei-fu", "Wu Peifu"),
            ("Ivanovo", "Iwanowo"),
            ("Yekaterinburg", "Ekaterinburg"),
            ("Žižek", "Zizek"),
            ("Dvořák", "Dvorak"),
            ("Šešelj", "Seselj"),
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
            ("Marx", "Marx's"),
            ("T’ang", "Tang"),
            ("O’Arran", "Oarran"),
            ("D’Angelo", "Dangelo"),
            ("De’Ath", "Death"),
            ("Quant’e", "Quante"),
            ("Zhoushan", "Zhushan"),
            ("Cangzhou", "Changzhou"),
            ("Liuji", "Liuzhi"),
            ("Juexi", "Yuexi"),
            ("Kelheim", "Kelkheim"),
            ("Jager", "Yager"),
            ("Janet", "Yanet"),
            ("O’Brien", "Obrien"),
            ("C’lumbus", "Clumbus"),
            ("D’Souza", "Dsouza"),
            ("Muller", "Müller"),
            ("Baldwin", "Baldvin"),
            ("Savoye", "Savoie"),
            ("Iacono", "Jacono"),
            ("Wu P’ei-fu", "Wu P’ei-hu"),
            ("Хрущёв", "Khrushchova"),
            ("Захаров", "Sakharov"),
            ("Лукин", "Люкин"),
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
        let Relation::Different(why) = compare("Peter Kropotkin", "Pyotr Kropotkin", false) else {
            panic!("an alias is no variant");
        };
        assert!(why.starts_with("an alias"), "{why}");
    }

    #[test]
    fn a_line_that_is_no_pair_has_an_answer_too() {
        let input = b"Trotsky\tTrotskii\r\n\nLenin\nMarx\t\n\xff\tMark\nMikoyan\tMikoian";
        let mut out = Vec::new();
        let no_pairs = compare_lines(&input[..], &mut out).expect("bytes in memory");
        let out = String::from_utf8(out).expect("UTF-8");
        let answers: Vec<_> = out.lines().collect();
        assert!(answers[0].starts_with("variant\t"), "{out}");
        assert_eq!(answers[1], "different\tthe line is empty");
        assert_eq!(answers[2], "different\tthe line is no two names divided by a TAB");
        assert_eq!(answers[3], answers[2]);
        assert!(answers[4].starts_with("different\t"), "{out}");
        assert!(answers[5].starts_with("variant\t"), "{out}");
        assert_eq!((answers.len(), no_pairs), (6, vec![3, 4]));
    }
}
