//! Is it worth asking whether two words are spellings of one name?

use crate::markup::Language;

use super::arabic::listed;
use super::misprint::{common_ends, has_capital_inside, is_vowel};
use super::{
    are_one_name, is_english_word, is_given, is_given_name, is_known_name, other_spellings,
    well_known,
};

/// The shortest spelling, in letters, that tells anything without other evidence.
const SHORTEST: usize = 5;

/// From how many letters on a name in -in is hardly a given name.
const LONG: usize = 7;

/// Endings by which a spelling shows that its original was written in other letters.
const TELLING: &[&str] = &[
    "ov", "ev", "ova", "eva", "off", "eff", "ow", "sky", "ski", "skii", "skij", "skiy", "tzky",
    "cky", "skoi", "skoy", "skaya", "skaia", "ich", "itch", "itsch", "ovna", "evna", "enko",
    "chuk", "oi", "aya", "aia", "yan", "ian", "dze", "vili", "poulos", "idis", "iya", "iia", "iy",
    "ij", "ayev", "aiev", "kh", "yev", "iev", "oj", "oï", "oĭ",
];

/// Rows of letters by which a name in -in shows the same, which names of the West hardly have.
const TELLING_ROWS: &[&str] =
    &["kh", "zh", "sh", "shch", "szcz", "sz", "tsch", "ouch", "kou", "lts", "č", "š", "ž"];

/// Whether two words may be spellings of one name at all: words of the language are none; of
/// what dictionaries have as a name the other is no spelling unless their letters tell so.
pub fn may_be_spellings(a: &str, b: &str) -> bool {
    if other_spellings(a).any(|spelling| spelling == b) || is_given(a) && is_given(b) {
        return true;
    }
    let is_short = a.chars().count().min(b.chars().count()) < SHORTEST;
    let are_words = is_english_word(a) || is_english_word(b);
    let known = [is_known_name(a), is_known_name(b)].into_iter().filter(|known| *known).count();
    let tells = |word: &str| {
        TELLING.iter().any(|ending| word.ends_with(ending))
            || TELLING_ROWS.iter().any(|row| word.contains(row))
                && (word.ends_with("in") || word.ends_with("ine"))
    };
    // `Kropotkine` as the French have it: only Slavic names end in -kin and so.
    let is_french = |short: &str, long: &str| {
        short.len() >= LONG && short.ends_with("kin") && long.strip_prefix(short) == Some("e")
    };
    let is_arabic = || listed(a).is_some() && listed(a) == listed(b);
    let is_told = tells(a)
        || tells(b)
        || is_french(a, b)
        || is_french(b, a)
        || is_arabic()
        || well_known::are_listed(a, b);
    let are_forms = [(a, b), (b, a)].iter().any(|(long, short)| match long.strip_prefix(short) {
        // `Kaledine` as the French have it; but Celestine is Celestin’s sister.
        Some("e") => {
            let is_given = is_given_name(short) || is_given_name(long);
            short.len() < LONG || !short.ends_with("in") || is_given && !is_french(short, long)
        }
        Some("s") => true,
        _ => false,
    });
    // `Erics` and `Erich`: the plural of a name of its own.
    let is_plural = |word: &str| word.strip_suffix('s').is_some_and(is_known_name);
    let are_others = is_plural(a)
        || is_plural(b)
        || is_joined(a)
        || is_joined(b)
        || is_doubled_by_slip(a, b)
        || is_doubled_by_slip(b, a);
    // What both are dictionaries have as two names, unless it is known to be one.
    let may_be_one = known == 0 || known == 1 && is_told || well_known::are_listed(a, b);
    !is_short && !are_words && may_be_one && !are_forms && !are_others
}

/// Whether two words are one Arabic name of the list, though dictionaries may have both of them: who writes
/// `Mohammed` a hundred times and `Mohammad` once means the same name.
pub fn are_one_arabic_name(a: &str, b: &str) -> bool {
    let is_long = a.chars().count().min(b.chars().count()) >= SHORTEST;
    is_long && listed(a).is_some_and(|row| listed(b) == Some(row))
}

/// Whether `long` is `short` with a vowel doubled that schemes do not double, or with a letter three
/// times: `Pruussian` is a slip.
fn is_doubled_by_slip(long: &str, short: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (long.chars().collect(), short.chars().collect());
    let (start, end) = common_ends(&a, &b);
    if a.len() != b.len() + 1 || start + end != b.len() || start == 0 {
        return false;
    }
    let letter = a[start];
    let times = |word: &[char]| word[..=start].iter().rev().take_while(|&&c| c == letter).count();
    letter == a[start - 1] && (matches!(letter, 'a' | 'i' | 'u') || times(&a) > 2)
}

/// `LaSalle`, `PiNGWiN`: two words in one, or a play with letters. Scots are called `MacDonald`.
fn is_joined(word: &str) -> bool {
    has_capital_inside(word) && !word.starts_with("Mc") && !word.starts_with("Mac")
}

/// Whether a spelling has letters that a language of Latin letters does not write itself: only these
/// show there that somebody romanised a name. Of languages whose words do not look like romanised
/// names all letters count.
pub fn is_foreign_in(word: &str, language: Language) -> bool {
    let foreign: &[&str] = match language.code() {
        "pl" => &[
            "v", "x", "q", "kh", "zh", "sh", "tch", "tz", "ii", "ij", "iy", "ya", "yu", "ye", "yo",
            "oo", "ou", "ff", "š", "č", "ž", "ë",
        ],
        "cs" | "sk" => &[
            "w", "x", "q", "kh", "zh", "sh", "sch", "tz", "ii", "ij", "iy", "ya", "yu", "ye", "oo",
            "ff",
        ],
        "hr" | "sl" | "bs" | "sr" => {
            &["w", "x", "q", "y", "kh", "zh", "sh", "ch", "sch", "tz", "ii", "oo", "ff"]
        }
        _ => return true,
    };
    let word = word.to_lowercase();
    let is_polish_end = language.code() == "pl" && word.ends_with("ky");
    is_polish_end || foreign.iter().any(|letters| word.contains(letters))
}

/// Whether a name says whose daughter somebody is: `Ivanovna`. Sons' patronymics are
/// family names elsewhere.
pub fn is_patronymic(name: &str) -> bool {
    ["ovna", "evna", "ichna", "inichna"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a spelling that is rare beside another one may be that name, written otherwise once: in one
/// place, or with the consonants of another language. Who writes a name otherwise does not change
/// all its vowels.
pub fn is_written_otherwise(rare: &str, usual: &str) -> bool {
    differ_in_one_sound(rare, usual) || have_same_vowels(rare, usual)
}

/// Whether two spellings differ in one place, by a letter or by a pair of consonants for another one
/// (`ck` and `k`). A consonant is as good as a double one.
fn differ_in_one_sound(a: &str, b: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        letters.dedup_by(|next, letter| next == letter && !is_vowel(*letter));
        letters
    };
    let (a, b) = (letters(a), letters(b));
    let (start, end) = common_ends(&a, &b);
    let (a, b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    match a.len() + b.len() {
        0..=2 => a.len() < 2 && b.len() < 2,
        3 => a.len() < 3 && b.len() < 3 && !a.iter().chain(b).any(|&letter| is_vowel(letter)),
        _ => false,
    }
}

/// Whether two spellings have the same vowels, though schemes write them in their own ways: the `ou`
/// of French, `y` and `j` for `i`. What their consonants may stand for has been asked before.
fn have_same_vowels(a: &str, b: &str) -> bool {
    let vowels = |word: &str| {
        let word = word.to_lowercase().replace("ou", "u").replace(['y', 'j'], "i");
        word.chars().filter(|&letter| is_vowel(letter)).collect::<String>()
    };
    vowels(a) == vowels(b)
}

/// Whether two given names or initials may be one person's.
pub fn are_one_given_name(a: &str, b: &str) -> bool {
    have_one_initial(a, b).unwrap_or_else(|| are_one_name(a, b, true))
}

/// Whether an initial and a given name, or two initials, may be one person's; `None` if neither is an
/// initial.
pub fn have_one_initial(a: &str, b: &str) -> Option<bool> {
    let is_initial = |name: &str| name.chars().count() <= 2;
    if !is_initial(a) && !is_initial(b) {
        return None;
    }
    let first = |name: &str| match name.chars().next() {
        // Joseph is Iosif, Yuri is Iurii, Constantine is Konstantin.
        Some('J' | 'Y') => Some('I'),
        Some('C') => Some('K'),
        other => other,
    };
    Some(first(a) == first(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_of_one_person() {
        assert!(are_one_given_name("Nikita", "N"));
        assert!(are_one_given_name("Joseph", "I"));
        assert!(are_one_given_name("Alexei", "Aleksei"));
        assert!(!are_one_given_name("Igor", "Ivan"));
        assert!(is_patronymic("Ivanovna") && !is_patronymic("Kaganovich"));
    }

    #[test]
    fn letters_that_a_language_does_not_write() {
        for (word, language, expected) in [
            ("Trotsky", "pl", true),
            ("Rostova", "pl", true),
            ("Wyjdzie", "pl", false),
            ("Duśki", "pl", false),
            ("Turgenew", "cs", true),
            ("Bucková", "cs", false),
            ("Widzę", "en", true),
        ] {
            assert_eq!(is_foreign_in(word, Language::from_tag(language)), expected, "{word}");
        }
    }

    #[test]
    fn romanised_names_and_what_only_sounds_alike() {
        for (a, b, expected) in [
            ("Tolstoy", "Tolstoi", true),
            ("Verkhovsky", "Verkhovski", true),
            ("Rumania", "Romania", true),
            ("Vassenka", "Vasenka", true),
            ("Trout", "Truth", false),
            ("Edouard", "Edward", false),
            ("Roussel", "Russell", false),
            ("Sydney", "Sidney", false),
            ("Heine", "Hein", false),
            ("Letz", "Lec", false),
            ("Erich", "Erics", false),
            ("Dukhonine", "Dukhonin", true),
            ("Martine", "Martin", false),
            ("Pushkin", "Puszkin", true),
            ("Pushkin", "Pouchkine", true),
            ("Kropotkin", "Kropotkine", true),
            ("Yeltsin", "Eltsine", true),
            ("Richard", "Ritschard", false),
            ("Tolstoy", "Tolstoj", true),
            ("Faisal", "Feisal", true),
            ("Rachmaninoff", "Rachmaninov", true),
            ("Pruussian", "Prussian", false),
            ("Vasssenka", "Vassenka", false),
            ("LaSalle", "Lassalle", false),
        ] {
            assert_eq!(may_be_spellings(a, b), expected, "{a} {b}");
            assert_eq!(may_be_spellings(b, a), expected, "{b} {a}");
        }
    }
}
