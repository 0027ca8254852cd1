//! Korean names of several syllables, as Latin letters write them.
//!
//! McCune–Reischauer writes k, t, p, ch where the scheme of 2000 writes g, d, b, j, and newspapers
//! either, without apostrophes and breves. So a whole name can be compared where every syllable
//! is one of Korean; a family name alone (Jang, Chang) cannot.

use super::forward::without_diacritics;

/// Initials, longest first, with what they are under every scheme.
const INITIALS: &[(&str, &str)] = &[
    ("kk", "g"),
    ("tt", "d"),
    ("pp", "b"),
    ("ss", "s"),
    ("jj", "j"),
    ("tch", "j"),
    ("ch", "j"),
    ("sh", "s"),
    ("k", "g"),
    ("g", "g"),
    ("t", "d"),
    ("d", "d"),
    ("p", "b"),
    ("b", "b"),
    ("j", "j"),
    ("s", "s"),
    ("h", "h"),
    ("m", "m"),
    ("n", "n"),
    ("r", "r"),
    ("l", "r"),
    ("", ""),
];

/// Vowels, each as the scheme of 2000 has it and as others write it without breves.
const VOWELS: &[(&str, &[&str])] = &[
    ("yae", &["yae"]),
    ("yeo", &["yeo", "yo", "you", "yu"]),
    ("wae", &["wae"]),
    ("ae", &["ae"]),
    ("eo", &["eo", "o", "u", "ou"]),
    ("eu", &["eu", "u"]),
    ("ui", &["ui", "eui", "ee"]),
    ("ya", &["ya"]),
    ("ye", &["ye"]),
    ("wa", &["wa"]),
    ("oe", &["oe", "oi"]),
    ("yo", &["yo"]),
    ("wo", &["wo", "weo"]),
    ("we", &["we"]),
    ("wi", &["wi"]),
    ("yu", &["yu", "yoo"]),
    ("a", &["a"]),
    ("e", &["e"]),
    ("o", &["o"]),
    ("u", &["u", "oo", "woo"]),
    ("i", &["i", "ee", "yi"]),
];

/// Finals with what they are under every scheme.
const FINALS: &[(&str, &str)] = &[
    ("ng", "ng"),
    ("k", "k"),
    ("g", "k"),
    ("n", "n"),
    ("t", "t"),
    ("d", "t"),
    ("l", "l"),
    ("r", "l"),
    ("m", "m"),
    ("p", "p"),
    ("b", "p"),
    ("", ""),
];

/// Family names that people write as no scheme does, each with the syllables that stand for it.
const FAMILIES: &[&[&str]] = &[
    &["park", "pak", "bak", "bahk"],
    &["lee", "rhee", "yi", "ri", "i", "yee"],
    &["choi", "choe"],
    &["roh", "noh", "no", "ro"],
    &["kim", "gim"],
    &["moon", "mun"],
    &["shin", "sin"],
    &["woo", "u"],
    &["lim", "im", "rim", "yim"],
    &["yoo", "yu", "ryu"],
];

/// From how many syllables on chance is excluded.
const FEWEST_SYLLABLES: usize = 3;

/// Whether two names are one Korean name in two spellings.
pub(super) fn is_one(a: &str, b: &str) -> bool {
    let (a, b) = (syllables(a), syllables(b));
    // Of two names in two words each, as other languages have them, nothing says that they are Korean.
    if a.len().min(b.len()) < 2 || a.len().max(b.len()) < FEWEST_SYLLABLES {
        return false;
    }
    let (whole, others) = (divisions(&a), divisions(&b));
    whole.iter().any(|a| others.iter().any(|b| agree(a, b)))
}

fn agree(a: &[String], b: &[String]) -> bool {
    a.len() >= FEWEST_SYLLABLES
        && a.len() == b.len()
        && (is_one_family(&a[0], &b[0]) || is_one_syllable(&a[0], &b[0]))
        && a[1..].iter().zip(&b[1..]).all(|(x, y)| is_one_syllable(x, y))
}

fn is_one_family(a: &str, b: &str) -> bool {
    FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
}

/// The parts of a name in small letters, with what McCune and Reischauer mark as the scheme of 2000
/// writes it, where it is marked.
fn syllables(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('ŏ', "eo").replace('ŭ', "eu");
    let plain = without_diacritics(&name);
    plain.split([' ', '-']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A name of three syllables as it stands, or with its given name, written as one word, divided.
fn divisions(parts: &[String]) -> Vec<Vec<String>> {
    let [family, given] = parts else {
        return vec![parts.to_vec()];
    };
    let places = (1..given.len()).filter(|&at| given.is_char_boundary(at));
    let divided = places
        .map(|at| given.split_at(at))
        .filter(|(first, second)| !readings(first).is_empty() && !readings(second).is_empty());
    divided
        .map(|(first, second)| vec![family.clone(), first.to_owned(), second.to_owned()])
        .collect()
}

/// Whether small letters are one syllable, or a family name.
pub(super) fn is_syllable(letters: &str) -> bool {
    !readings(letters).is_empty() || FAMILIES.iter().any(|family| family.contains(&letters))
}

fn is_one_syllable(a: &str, b: &str) -> bool {
    let (a, b) = (readings(a), readings(b));
    a.iter().any(|reading| b.contains(reading))
}

/// The syllables that letters may stand for. Where two spellings say o and u without more, they are
/// two vowels: only a scheme that has `eo` tells that the other one dropped a breve.
fn readings(syllable: &str) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut readings = Vec::new();
    let initial = INITIALS.iter().find(|(initial, _)| syllable.starts_with(initial));
    let Some((initial, onset)) = initial else {
        return readings;
    };
    let rest = &syllable[initial.len()..];
    for (vowel, spellings) in VOWELS {
        for (place, spelling) in spellings.iter().enumerate() {
            let Some(tail) = rest.strip_prefix(spelling) else {
                continue;
            };
            if let Some((_, coda)) = FINALS.iter().find(|(letters, _)| *letters == tail) {
                // `u` for eo is told from `o` for eo, so that Sung and Song stay two names.
                let vowel = if *vowel == "eo" && place > 1 { "eo as u" } else { vowel };
                readings.push((*onset, vowel, *coda));
                if vowel == "eo" && place == 0 {
                    readings.push((*onset, "eo as u", *coda));
                }
            }
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn whole_names_under_two_schemes() {
        for (a, b) in [
            ("Kim Dae-jung", "Kim Tae-jung"),
            ("Pak Chong-hui", "Bak Jeong-hui"),
            ("Bom Su Jang", "Pom Su Jang"),
            ("Chun Doo-hwan", "Jeon Du-hwan"),
            ("Kim Il-sung", "Gim Il-seong"),
            ("Kim Il-sŏng", "Kim Il-sung"),
            ("Pak Chŏng-hŭi", "Bak Jeonghui"),
            ("Kim Taejung", "Kim Dae-jung"),
            ("Yi Sŭng-man", "I Seungman"),
            ("Park Chung-hee", "Pak Chŏng-hŭi"),
            ("Lee Seung-man", "Yi Sŭng-man"),
            ("Roh Tae-woo", "No Tae-u"),
        ] {
            assert!(is_one(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("Kim Jong Il", "Kim Jong Un"),
            ("Lee Sung Min", "Lee Song Min"),
            ("Park Jin-su", "Kim Jin-su"),
            ("Jang", "Chang"),
            ("Kim Il", "Gim Il"),
            ("Mao Tse-tung", "Mao Tse-dung"),
            ("Kim Jongil", "Kim Jong-un"),
            ("Dan Gibson", "Tan Kipson"),
        ] {
            assert!(!is_one(a, b), "{a} {b}");
        }
    }
}
