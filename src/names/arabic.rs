//! Arabic names of several words, as Latin letters write them.
//!
//! Arabic leaves short vowels unwritten and has consonants that no Latin letter stands for,
//! so every newspaper has its own spelling. A name of one word cannot be told by rules:
//! Hamid and Hamad are two names. A name of several words can, if the consonants of all of
//! them agree and the vowels do not exclude each other; the looser consonants (q, k, g, gh,
//! kh; d, dh, z, th) are admitted in one word only.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::forward::without_diacritics;
use super::lexicon::{is_given_name, is_in_dictionary};
use super::misprint::has_capital_inside;

/// The article and what it becomes before other letters.
const ARTICLES: &[&str] = &["al", "el", "ul", "as", "es", "an", "ad", "ar", "ash", "at", "az"];

/// Family names that stand for one person or one house in whatever spelling, so distinct in
/// Arabic that the looser consonants do not lead to another name. In the spellings of the
/// English press, those of one name divided by a space.
const HOUSES: &[&str] = &[
    "ahmadinejad",
    "arafat",
    "barghouti barghouthi",
    "barzani",
    "boumediene",
    "bourguiba",
    "bouteflika",
    "gaddafi qadhdhafi qathafi qadthafi",
    "ghannouchi ghannushi",
    "haniyeh",
    "husseini",
    "jumblatt",
    "khamenei",
    "khashoggi",
    "khomeini",
    "makhlouf",
    "mossadegh",
    "mubarak",
    "nasrallah",
    "quwatli",
    "rafsanjani",
    "rouhani",
    "sistani",
    "talabani",
    "zarqawi",
    "zawahiri",
];

/// One form of a name.
struct Entry {
    units: Vec<Unit>,
    ends_in_h: bool,
    row: usize,
}

/// Names by their consonants, so that a word finds those it may be in one step.
struct Listed {
    by_consonants: FxHashMap<String, Vec<Entry>>,
    is_loose: bool,
}

static NAMES: LazyLock<Listed> = LazyLock::new(|| {
    let lines = include_str!("data/arabic-names.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    Listed::new(rows, false)
});

static HOUSE_NAMES: LazyLock<Listed> =
    LazyLock::new(|| Listed::new(HOUSES.iter().map(|house| house.split(' ')), true));

impl Listed {
    fn new<'n>(rows: impl Iterator<Item = impl Iterator<Item = &'n str>>, is_loose: bool) -> Self {
        let mut by_consonants: FxHashMap<String, Vec<Entry>> = FxHashMap::default();
        for (row, forms) in rows.enumerate() {
            for form in forms {
                let units = units(&plain(form));
                let key = consonants(&units, is_loose);
                let ends_in_h = form.ends_with('h');
                by_consonants.entry(key).or_default().push(Entry { units, ends_in_h, row });
            }
        }
        Self { by_consonants, is_loose }
    }

    /// The names that a word may be.
    fn rows<'l>(&'l self, word: &str) -> impl Iterator<Item = usize> + 'l {
        let units = units(word);
        let ends_in_h = word.ends_with('h');
        let known = self.by_consonants.get(&consonants(&units, self.is_loose));
        let same = move |entry: &Entry| {
            // Karim is no Karima, and of a short name no letter can be left out: Sala, Salah.
            let ends_open = |units: &[Unit]| units.last().is_some_and(|(_, vowels)| *vowels > 0);
            let is_short = units.len() <= FEWEST_CONSONANTS;
            agree(&entry.units, &units, self.is_loose)
                && ends_open(&entry.units) == ends_open(&units)
                && guesses(&entry.units, &units) <= usize::from(!is_short)
                && (!is_short || entry.ends_in_h == ends_in_h)
        };
        known.into_iter().flatten().filter(move |entry| same(entry)).map(|entry| entry.row)
    }

    /// The name that a word is; `None` if it may be several.
    fn only(&self, word: &str) -> Option<usize> {
        let mut rows = self.rows(word);
        let first = rows.next()?;
        rows.all(|row| row == first).then_some(first)
    }
}

/// The number of the Arabic, Persian or Turkish name that a word is a spelling of, if it is
/// in a list and can be no other name of it.
///
/// `Qadhdhafi` and `Gaddafi` have different consonants, so the [`HOUSES`] are read more loosely.
pub(super) fn listed(word: &str) -> Option<usize> {
    let words = words(word);
    let [word] = words.as_slice() else {
        return None;
    };
    HOUSE_NAMES.only(word).or_else(|| NAMES.only(word).map(|row| HOUSES.len() + row))
}

/// Whether what [`listed`] gives is the number of one of the [`HOUSES`].
pub(super) fn is_house(row: usize) -> bool {
    row < HOUSES.len()
}

/// Consonants that a word must have for an e in it to be taken for a or i: Weil is not Wael.
const FEWEST_CONSONANTS: usize = 3;

/// How often one of two spellings has an e where the other one tells the vowel.
fn guesses(a: &[Unit], b: &[Unit]) -> usize {
    a.iter().zip(b).filter(|((_, v), (_, w))| (v ^ w) & E != 0).count()
}

fn consonants(units: &[Unit], is_loose: bool) -> String {
    units.iter().map(|(consonant, _)| if is_loose { class(consonant) } else { consonant }).collect()
}

/// A consonant, and the vowels that follow it.
type Unit = (String, u8);

const A: u8 = 1;
const I: u8 = 2;
const U: u8 = 4;
/// An e, which stands for a or i.
const E: u8 = 8;
/// An i before an a and the other way round: Ziad is not Zaid.
const I_BEFORE_A: u8 = 16;
const A_BEFORE_I: u8 = 32;

/// Whether two words may be one Arabic name: their consonants are the same, or of one class in some
/// spelling, and their vowels exclude each other in one place at most. Many names differ no more than
/// that, so it takes other evidence to say so: one spelling is rare beside the other in a text that is
/// full of such names.
pub fn may_be_one_word(a: &str, b: &str) -> bool {
    if has_capital_inside(a) || has_capital_inside(b) || !(a.is_ascii() && b.is_ascii()) {
        return false;
    }
    let (a, b) = (in_one_alphabet(a), in_one_alphabet(b));
    let rows = |word: &str| NAMES.rows(word).collect::<Vec<_>>();
    let (own, others) = (rows(&a), rows(&b));
    if !own.is_empty() && !others.is_empty() && !own.iter().any(|row| others.contains(row)) {
        return false;
    }
    let (x, y) = (units(&a), units(&b));
    let are_alike = |((x, _), (y, _)): (&Unit, &Unit)| class(x) == class(y);
    let is_long = a.len().min(b.len()) >= SHORTEST_WITH_GLIDE;
    let glides = if is_long { glides(&a).min(glides(&b)) } else { 0 };
    let fewest = FEWEST_UNITS.saturating_sub(glides);
    if x.len() != y.len() || x.len() < fewest || !x.iter().zip(&y).all(are_alike) {
        return false;
    }
    let mut others = x.iter().zip(&y).filter(|((_, v), (_, w))| !vowels_agree(*v, *w));
    let is_vowel_for_vowel = |((_, v), (_, w)): (&Unit, &Unit)| *v != 0 && *w != 0;
    others.next().is_none_or(is_vowel_for_vowel) && others.next().is_none()
}

/// Whether a word is a name of the list in a spelling that it has, or in another one that is no name of
/// another language.
pub fn is_arabic_name(word: &str) -> bool {
    static SPELT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("data/arabic-names.tsv").lines();
        lines.filter(|line| !line.starts_with('#')).flat_map(|line| line.split('\t')).collect()
    });
    let is_elsewhere = || is_given_name(word) || is_in_dictionary(word);
    SPELT.contains(word) && !is_in_dictionary(word) || listed(word).is_some() && !is_elsewhere()
}

/// The letters of the English press for those of the French one, and `u` for a `w` that ends a
/// syllable.
fn in_one_alphabet(word: &str) -> String {
    let word = plain(word).replace("dj", "j").replace("ch", "sh");
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |letter: Option<&char>| letter.is_some_and(|letter| "aeiouyw".contains(*letter));
    let letter = |(at, letter): (usize, &char)| match letter {
        'w' if at > 0 && !is_vowel(letters.get(at + 1)) && letters[at - 1] != 'w' => 'u',
        other => *other,
    };
    letters.iter().enumerate().map(letter).collect()
}

/// From how many letters on a y between vowels counts as one of the consonants.
const SHORTEST_WITH_GLIDE: usize = 5;

/// How often a y stands between two vowels, where it is a consonant: Ayubi.
fn glides(word: &str) -> usize {
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    let is_glide = |row: &&[u8]| is_vowel(row[0]) && row[1] == b'y' && is_vowel(row[2]);
    word.as_bytes().windows(3).filter(is_glide).count()
}

/// What has fewer consonants is like too many names. The first unit is the vowels before them.
const FEWEST_UNITS: usize = 3;

/// Whether two names of several words are one Arabic name.
pub(super) fn is_one(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.len() < 2 || a.len() != b.len() || !(has_marker(&a) && has_marker(&b)) {
        return false;
    }
    let differ = |x: &str, y: &str| {
        let (x, y) = (NAMES.only(x), NAMES.only(y));
        x.is_some() && y.is_some() && x != y
    };
    let is_listed_twice = |x: &str, y: &str| {
        let row = NAMES.only(x);
        row.is_some() && row == NAMES.only(y)
    };
    if a.iter().zip(&b).any(|(x, y)| differ(x, y)) {
        return false;
    }
    let mut loose = 0;
    a.iter().zip(&b).all(|(x, y)| {
        if is_listed_twice(x, y) {
            return true;
        }
        let (x, y) = (units(x), units(y));
        if agree(&x, &y, false) {
            return true;
        }
        loose += 1;
        loose == 1 && agree(&x, &y, true)
    })
}

/// The words of a name without articles: `Abdel Nasser`, `Abd al-Nasir` and `Abdunnasir` have
/// two each.
fn words(name: &str) -> Vec<String> {
    let words = name.split([' ', '-']).map(plain).flat_map(|word| match servant_of(&word) {
        Some(rest) => ["abd".to_owned(), rest.to_owned()],
        None => [word, String::new()],
    });
    words.filter(|word| !word.is_empty() && !ARTICLES.contains(&word.as_str())).collect()
}

/// What stands behind `Abd` and the article in one word; nothing in `Abdel`.
fn servant_of(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("abd")?;
    let article =
        ["el", "al", "ul", "ol"].into_iter().find_map(|article| rest.strip_prefix(article));
    let rest = article.or_else(|| {
        // The article takes the sound of the letter behind it: Abdurrahman.
        let behind = rest.strip_prefix(['u', 'e', 'a', 'o'])?;
        let mut letters = behind.chars();
        let is_doubled = letters.next() == letters.next() && !behind.is_empty();
        (is_doubled && behind.is_ascii()).then(|| &behind[1..])
    })?;
    // `Abdullah`, `Abdallah` are names of their own.
    (!matches!(rest, "lah" | "la") && (rest.is_empty() || rest.len() >= 4)).then_some(rest)
}

fn plain(word: &str) -> String {
    let mut word = without_diacritics(&word.to_lowercase());
    // What German writes for the j of English.
    if word.contains("dsch") {
        word = word.replace("dsch", "j");
    }
    word.chars().filter(char::is_ascii_lowercase).collect()
}

fn has_marker(words: &[String]) -> bool {
    let mut listed = words.iter().filter(|word| NAMES.rows(word).next().is_some());
    listed.next().is_some() || words.iter().any(|word| HOUSE_NAMES.rows(word).next().is_some())
}

/// Consonants with the classes of the vowels behind them; the first unit may be vowels only.
fn units(word: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = vec![(String::new(), 0)];
    let mut rest = word.strip_suffix('h').filter(|w| w.ends_with(['a', 'e'])).unwrap_or(word);
    while let Some(letter) = rest.chars().next() {
        let length = match rest.get(..2) {
            Some("kh" | "gh" | "dh" | "th" | "sh" | "ch" | "ou") => 2,
            _ => 1,
        };
        let (head, tail) = rest.split_at(length);
        rest = tail;
        let class = match head {
            "a" => A,
            "e" => E,
            "i" | "y" => I,
            "o" | "u" | "ou" => U,
            _ => 0,
        };
        // A doubled letter is one, and so is a doubled digraph: Qadhdhafi.
        let is_doubled = units.last().is_some_and(|(last, vowels)| last == head && *vowels == 0);
        // `oo` and `ee` are long u and i.
        let long = if letter == 'e' && rest.starts_with('e') {
            I
        } else if letter == 'o' && rest.starts_with('o') {
            U
        } else {
            0
        };
        if long > 0 {
            rest = &rest[1..];
        }
        let class = if long > 0 { long } else { class };
        match units.last_mut() {
            Some((_, vowels)) if class > 0 => {
                *vowels |= match (*vowels & (A | I | U | E), class) {
                    (I, A) => A | I_BEFORE_A,
                    (A | E, I) => I | A_BEFORE_I,
                    _ => class,
                };
            }
            _ if is_doubled => {}
            _ if head == "v" => units.push(("w".to_owned(), 0)),
            _ => units.push((head.to_owned(), 0)),
        }
    }
    units
}

/// Whether the consonants agree and the vowels do not exclude each other.
fn agree(a: &[Unit], b: &[Unit], is_loose: bool) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).enumerate().all(|(at, ((x, v), (y, w)))| {
            let is_last = at + 1 == a.len();
            let consonants = x == y || is_loose && class(x) == class(y);
            consonants && (vowels_agree(*v, *w) || is_last && (v | w) & (A | I | U) == (v | w) & A)
        })
}

/// Whether what two spellings write for the vowels behind one consonant may be the same.
fn vowels_agree(v: u8, w: u8) -> bool {
    let plain = |vowels: u8| vowels & (A | I | U);
    let may_be = |vowels: u8| {
        let plain = plain(vowels);
        match (vowels & E, plain) {
            (0, _) => [plain; 3],
            (_, 0) => [A, I, A],
            // `ie` and `ei` are two vowels.
            (_, I) => [A | I; 3],
            _ => [plain | A, plain | I, plain],
        }
    };
    let orders = (v | w) & (I_BEFORE_A | A_BEFORE_I);
    orders != I_BEFORE_A | A_BEFORE_I && may_be(v).iter().any(|one| may_be(w).contains(one))
}

/// Consonants that stand for one letter of Arabic in some spelling or other.
fn class(consonant: &str) -> &str {
    match consonant {
        "q" | "k" | "g" | "gh" | "kh" | "c" => "k",
        "d" | "dh" | "z" | "th" | "s" => "d",
        "w" | "v" => "w",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_arabic_name, is_one, listed, may_be_one_word};

    #[test]
    fn one_name_in_the_spelling_of_many_newspapers() {
        for (a, b) in [
            ("Muammar al-Gaddafi", "Moammar Qadhafi"),
            ("Ahmad Muhammed Harun", "Ahmed Mohamed Haroun"),
            ("Hafiz Makhluf", "Hafez Makhlouf"),
            ("Gamal Abdel Nasser", "Jamal Abd al-Nasir"),
            ("Abdul Karim Qasim", "Abd al-Karim Qassem"),
            ("Abdurrahman Aziz", "Abd ar-Rahman Aziz"),
        ] {
            assert!(is_one(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_name_of_the_list_in_several_spellings() {
        for (a, b) in [
            ("Mihran", "Mehran"),
            ("Zayd", "Zaid"),
            ("Suhayla", "Soheilah"),
            ("Gaddafi", "Qadhdhafi"),
            ("Faysal", "Feisal"),
        ] {
            assert!(listed(a).is_some(), "{a}");
            assert_eq!(listed(a), listed(b), "{a} {b}");
        }
        // Hamid or Hamad; Kamal or Kamil; a word that is in no list.
        for word in ["Hamed", "Kamel", "Smith"] {
            assert_eq!(listed(word), None, "{word}");
        }
        for (a, b) in [("Hamid", "Hamad"), ("Anas", "Anis"), ("Saad", "Said"), ("Aman", "Iman")] {
            assert!(listed(a).is_none() || listed(a) != listed(b), "{a} {b}");
        }
    }

    #[test]
    fn arabic_names_that_no_other_language_has() {
        assert!(["Mustafa", "Feisal", "Abdulla"].into_iter().all(is_arabic_name));
        assert!(!["Said", "Darcy", "Ahab"].into_iter().any(is_arabic_name));
    }

    #[test]
    fn a_word_by_its_consonants_and_vowels() {
        for (a, b) in [
            ("Feisal", "Feisul"),
            ("Howeitat", "Huweitat"),
            ("Mudowwara", "Mudawwara"),
            ("Wejh", "Wedjh"),
            ("Akaba", "Aqaba"),
            ("Sherif", "Shereef"),
            ("Dauwara", "Dawwara"),
            ("Ayubi", "Ayobi"),
        ] {
            assert!(may_be_one_word(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Hamid", "Hamad"),
            ("Nasir", "Nasr"),
            ("Akaba", "Akba"),
            ("Auda", "Ada"),
            ("Maya", "Mayo"),
            ("Müller", "Muller"),
            ("GetText", "Gettext"),
        ] {
            assert!(!may_be_one_word(a, b), "{a} {b}");
        }
    }

    #[test]
    fn names_of_one_word_and_other_names_are_not_told() {
        for (a, b) in [
            ("Hamid", "Hamad"),
            ("Ahmad Hilal", "Ahmad Halil"),
            ("Ali Hassan", "Ali Hussein"),
            ("Farid Omar", "Fariz Omar"),
            ("Peter Mali", "Peter Mela"),
        ] {
            assert!(!is_one(a, b), "{a} {b}");
        }
    }
}
