//! Modern Greek names, as Latin letters write them.
//!
//! A scheme follows either the sound (Bouboulis) or the letters (Mpoumpoulis), and the endings
//! are -is or -es. Two spellings are one name if they agree in sound, and the name is Greek by
//! its ending or by a way to write that only Greek asks for.

use super::forward::without_diacritics;

/// Endings, by sound, that hardly any other language has.
const ENDINGS: &[&str] =
    &["akis", "idis", "pulos", "oglu", "itis", "otis", "isis", "usis", "ulis", "atos", "ikos"];

/// Letters, and the sound that they have in Greek.
const SOUNDS: &[(&str, &str)] = &[
    ("mp", "b"),
    ("mb", "b"),
    ("nt", "d"),
    ("nd", "d"),
    ("gk", "g"),
    ("ng", "g"),
    ("ou", "u"),
    ("ai", "e"),
    ("ei", "i"),
    ("oi", "i"),
    ("ph", "f"),
    ("kh", "h"),
    ("ch", "h"),
    ("dh", "d"),
    ("gh", "g"),
    ("tz", "ts"),
    ("sz", "s"),
    ("x", "ks"),
    ("y", "i"),
    ("j", "i"),
    ("c", "k"),
];

/// Two letters that stand for one sound in no other language.
const SIGNS: &[&str] = &["mp", "nt", "gk"];

/// Whether two words in lower case are one Greek name.
pub(super) fn is_one(a: &str, b: &str) -> bool {
    let is_accented = |word: &str| word.chars().any(|c| "áéíóú".contains(c));
    let is_hungarian = is_accented(a) && is_hungarian(a, b) || is_accented(b) && is_hungarian(b, a);
    let is_eta = a.contains('ē') != b.contains('ē');
    let (a, b) = (plain(a), plain(b));
    let (sound_a, sound_b) = (sound(&a), sound(&b));
    let length = sound_a.len();
    if sound_a == sound_b {
        return length >= 4 && is_hungarian
            || length >= 5
                && (is_eta
                    || has_greek_ending(&sound_a)
                    || sound_a.ends_with("adis") && !has_own_nasal(&a, &b)
                    || WRITTEN_ENDINGS.iter().any(|end| a.ends_with(end) && b.ends_with(end))
                    || is_sign(&a, &b)
                    || is_classical(&a, &b, length));
    }
    // Only print that follows the letters of antiquity writes B for a Greek v.
    let as_written = |sound: &str| sound.replace('v', "b");
    as_written(&sound_a) == as_written(&sound_b)
        && length >= 7
        && (a.ends_with("es") || b.ends_with("es"))
        && [&sound_a, &sound_b].into_iter().all(|sound| sound.ends_with("is"))
}

/// What all spellings of a name share, where it may be Greek by its last letters.
pub(super) fn bucket(word: &str) -> Option<String> {
    let word = plain(word);
    let ends = ["s", "sz", "ou", "i", "a"].iter().any(|ending| word.ends_with(ending));
    let sound = ends.then(|| sound(&word).replace('v', "b"))?;
    (sound.len() >= 4).then_some(sound)
}

/// Endings, as written, that hardly any other language has.
const WRITTEN_ENDINGS: &[&str] = &["antis", "ontis"];

fn has_greek_ending(sound: &str) -> bool {
    ENDINGS.iter().any(|ending| sound.len() > ending.len() + 1 && sound.ends_with(ending))
}

/// `Brandes` and `Brandis`, `Landis` and `Ladis`: -adis by sound is no ending of Greek alone where a
/// nasal is in it, unless it is written in the two ways of Greek.
fn has_own_nasal(a: &str, b: &str) -> bool {
    let nasal = |word: &str| ["nt", "nd"].into_iter().find(|nasal| word.contains(nasal));
    let (a, b) = (nasal(a), nasal(b));
    a.or(b).is_some() && (a.is_none() || b.is_none() || a == b)
}

/// `Mp` in one for `B` in the other.
fn is_sign(a: &str, b: &str) -> bool {
    let ends_so = |word: &str, sign: &str| {
        ["is", "es", "os", "as", "ou"].iter().any(|ending| word.ends_with(ending))
            || sign != "nt" && word.ends_with(['i', 'a'])
    };
    SIGNS
        .iter()
        .any(|sign| a.contains(sign) != b.contains(sign) && ends_so(a, sign) && ends_so(b, sign))
}

/// `-es` in one for `-is` in the other, and a letter that only Greek words have.
fn is_classical(a: &str, b: &str, length: usize) -> bool {
    let has_sign =
        |word: &str| ["mp", "ph", "gk", "ks", "ou"].iter().any(|sign| word.contains(sign));
    length >= 6 && a.ends_with("es") != b.ends_with("es") && has_sign(a) && has_sign(b)
}

/// Hungarian writes the end of a Greek name with `sz`, and its accents.
fn is_hungarian(word: &str, other: &str) -> bool {
    let ends = |word: &str| ["osz", "isz", "asz", "esz"].iter().any(|end| word.ends_with(end));
    ends(word) && !ends(other)
}

/// Without diacritics; the ē of ALA-LC is η, which is said i.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return without_diacritics(word);
    }
    without_diacritics(&word.nfc().collect::<String>().replace('ē', "i"))
}

fn sound(word: &str) -> String {
    let mut sound = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (length, said) = SOUNDS
            .iter()
            .find(|(letters, _)| rest.starts_with(letters))
            .map_or((letter.len_utf8(), &rest[..letter.len_utf8()]), |(letters, said)| {
                (letters.len(), *said)
            });
        if !sound.ends_with(said) {
            sound.push_str(said);
        }
        rest = &rest[length..];
    }
    if sound.ends_with("es") {
        sound.truncate(sound.len() - 2);
        sound.push_str("is");
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn by_sound_and_by_letters() {
        for (a, b) in [
            ("mpoukouvalas", "boukouvalas"),
            ("kontogiannis", "kondogiannis"),
            ("papadopoulos", "papadopulos"),
            ("valaorites", "balaorites"),
            ("stylianides", "stylianidis"),
            ("gkikas", "gikas"),
            ("trikoupis", "trikoupēs"),
            ("zachariadis", "zakhariadhis"),
            ("theodorakis", "theodorákisz"),
        ] {
            assert!(is_one(a, b), "{a} {b}");
            assert!(is_one(b, a), "{b} {a}");
        }
    }

    #[test]
    fn other_names() {
        for (a, b) in [
            ("vakas", "bakas"),
            ("torres", "torris"),
            ("oros", "orosz"),
            ("brandes", "brandis"),
            ("atlantes", "atlantis"),
            ("landis", "ladis"),
            ("brown", "browne"),
            ("morales", "moralis"),
            ("papadakis", "papadatos"),
        ] {
            assert!(!is_one(a, b), "{a} {b}");
        }
    }
}
