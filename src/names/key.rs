//! From a Latin spelling to the originals that it may stand for, as keys.
//!
//! Two spellings are candidates for one name if they share a key: a skeleton of the
//! original's letters that *one coherent scheme* reads out of each. Every grapheme knows
//! the schemes in which it is legal; a reading keeps their intersection and dies when it is
//! empty. A scheme other than the English ones must have left a trace in the spelling.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// One skeleton that a spelling may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The letters of the original, one ASCII sign each.
    pub skeleton: SmallVec<[u8; 20]>,
    /// 0 for a regular reading, 1 for one that takes a grapheme in an unlikely sense.
    pub cost: u8,
}

type Mask = u32;

const SCHEME_NAMES: [&str; 19] = [
    "EN", "FR", "DE", "PL", "SC", "NL", "SV", "HU", "FI", "TR", "RO", "CA", "MIX", "BE", "AS",
    "ES", "UI", "BB", "GB",
];

const ALL: Mask = Mask::MAX;

/// English and the mixed usage of the press need no evidence.
const DEFAULT: Mask = 1 | (1 << 12);

/// The longest word that is read; no name is longer.
const LONGEST: usize = 32;

/// How many readings are followed at one place.
const MOST_READINGS: usize = 24;

struct Rule {
    latin: Vec<char>,
    /// The second letter of several: by it alone most rules of a letter do not fit.
    second: Option<char>,
    class: &'static [u8],
    schemes: Mask,
    evidence: Mask,
    context: Context,
    cost: u8,
}

enum Context {
    Any,
    Start,
    End,
    After(&'static str),
    Before(&'static str),
    AfterVowelAtEnd,
    AfterVowelBeforeConsonant,
    IntervocalicOrStart,
    BetweenSibilantAndK,
    AfterOOrEAtEnd,
    WholeEnding,
}

/// The rules by the letter that they begin with.
struct Rules {
    of_ascii: [Vec<Rule>; 128],
    of_others: FxHashMap<char, Vec<Rule>>,
}

impl Rules {
    /// Those that begin with a letter; none for a letter that no rule knows.
    fn of(&self, letter: char) -> &[Rule] {
        match self.of_ascii.get(letter as usize) {
            Some(rules) => rules,
            None => self.of_others.get(&letter).map_or(&[], Vec::as_slice),
        }
    }
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules =
        Rules { of_ascii: [const { Vec::new() }; 128], of_others: FxHashMap::default() };
    for line in include_str!("data/graphemes.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some(rule) = parse(line) {
            let first = rule.latin[0];
            match rules.of_ascii.get_mut(first as usize) {
                Some(same) => same.push(rule),
                None => rules.of_others.entry(first).or_default().push(rule),
            }
        }
    }
    rules
});

fn parse(line: &'static str) -> Option<Rule> {
    let mut cells = line.split('\t');
    let latin: Vec<char> = cells.next()?.chars().collect();
    let class = cells.next()?;
    let schemes = mask(cells.next()?);
    let context = context(cells.next()?);
    let evidence = mask(cells.next()?);
    let cost = cells.next()?.parse().ok()?;
    let class: &[u8] = if class == "-" { b"" } else { class.as_bytes() };
    let second = latin.get(1).copied();
    (!latin.is_empty()).then_some(Rule { latin, second, class, schemes, evidence, context, cost })
}

fn mask(names: &str) -> Mask {
    match names {
        "-" => 0,
        "ALL" => ALL,
        _ => names
            .split('+')
            .filter_map(|name| SCHEME_NAMES.iter().position(|known| *known == name))
            .fold(0, |mask, index| mask | (1 << index)),
    }
}

fn context(text: &'static str) -> Context {
    match text {
        "^" => Context::Start,
        "$" => Context::End,
        "<V$" => Context::AfterVowelAtEnd,
        "<V>C" => Context::AfterVowelBeforeConsonant,
        "<V>V|^" => Context::IntervocalicOrStart,
        "<st>k" => Context::BetweenSibilantAndK,
        "o$|e$" => Context::AfterOOrEAtEnd,
        "E" => Context::WholeEnding,
        _ if text.starts_with('<') => Context::After(&text[1..]),
        _ if text.starts_with('>') => Context::Before(&text[1..]),
        _ => Context::Any,
    }
}

impl Rule {
    /// Whether it reads the letters at a place of a word, of which it is known that the first one is its
    /// own.
    fn fits(&self, word: &[char], at: usize) -> bool {
        let end = at + self.latin.len();
        let mut rest = self.latin[1..].iter().zip(&word[at + 1..]);
        if word.len() < end || !rest.all(|(own, letter)| own == letter) {
            return false;
        }
        let before = at.checked_sub(1).map(|index| word[index]);
        let after = word.get(end).copied();
        let among = |set: &str, letter: Option<char>| {
            letter.is_some_and(|c| if set == "V" { is_vowel(c) } else { set.contains(c) })
        };
        match self.context {
            Context::Any => true,
            Context::Start => at == 0,
            Context::End => after.is_none(),
            Context::After(set) => among(set, before),
            Context::Before(set) => among(set, after),
            Context::AfterVowelAtEnd => among("V", before) && after.is_none(),
            Context::AfterVowelBeforeConsonant => {
                among("V", before) && after.is_some_and(|c| !is_vowel(c))
            }
            Context::IntervocalicOrStart => at == 0 || (among("V", before) && among("V", after)),
            Context::BetweenSibilantAndK => among("st", before) && after == Some('k'),
            Context::AfterOOrEAtEnd => among("oe", before) && after.is_none(),
            Context::WholeEnding => after.is_none() && before.is_some_and(|c| !is_vowel(c)),
        }
    }
}

fn is_vowel(letter: char) -> bool {
    if letter.is_ascii() {
        return matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    }
    "áàäåāăóòöōőúùûüūůéèêëěēėęíìîīįıïýâô".contains(letter)
}

#[derive(Clone)]
struct Reading {
    skeleton: SmallVec<[u8; 20]>,
    schemes: Mask,
    evidence: Mask,
    cost: u8,
}

/// The keys of a spelling, the cheapest of each skeleton. None for a word that is no
/// romanised name by its letters.
pub fn keys(word: &str) -> SmallVec<[Key; 4]> {
    let Some(word) = normalised(word) else {
        return SmallVec::new();
    };
    let mut at_place: Vec<SmallVec<[Reading; 4]>> = Vec::new();
    at_place.resize_with(word.len() + 1, SmallVec::new);
    at_place[0].push(Reading { skeleton: SmallVec::new(), schemes: ALL, evidence: 0, cost: 0 });
    for at in 0..word.len() {
        let readings = std::mem::take(&mut at_place[at]);
        if readings.is_empty() {
            continue;
        }
        // Where no rule begins, a longer grapheme may still have read the letter: the d̂ of ISO 9.
        let mut fitting: SmallVec<[&Rule; 16]> = SmallVec::new();
        let second = word.get(at + 1).copied();
        let near = RULES.of(word[at]).iter();
        let near = near.filter(|rule| rule.second.is_none() || rule.second == second);
        fitting.extend(near.filter(|rule| rule.fits(&word, at)));
        for rule in &fitting {
            // Each scheme takes the longest grapheme that it knows.
            let longer = fitting
                .iter()
                .filter(|other| other.cost == 0 && other.latin.len() > rule.latin.len())
                .fold(0, |mask, other| mask | other.schemes);
            let legal = if rule.cost == 0 { rule.schemes & !longer } else { rule.schemes };
            for reading in &readings {
                extend(reading, rule, legal, &mut at_place[at + rule.latin.len()]);
            }
        }
    }
    collect(&at_place[word.len()])
}

/// In how many places a careless spelling of a name errs at most.
const MOST_CARELESS: usize = 3;

/// Skeletons that careless spellings of a name have: `Tchekov` for `Chekhov`, `Vosnesensky` and
/// `Kutusov` with the s of German and otherwise in English, `Krushev` for `Khrushchev`. Other names
/// may have them too, so they tell something only of somebody who is known.
pub fn careless_skeletons(word: &str) -> Vec<SmallVec<[u8; 20]>> {
    let mut found: Vec<SmallVec<[u8; 20]>> = Vec::new();
    for key in keys(word).into_iter().filter(|key| key.cost == 0) {
        let first = found.len();
        found.push(key.skeleton.clone());
        let places = (0..key.skeleton.len()).filter_map(|at| {
            let careless = match key.skeleton[at] {
                b'x' => b'k',
                b'Q' => b'S',
                // At the head of a name it is another one: Zakharov, Sakharov.
                b'z' if at > 0 => b's',
                _ => return None,
            };
            Some((at, careless))
        });
        for (at, careless) in places.take(MOST_CARELESS) {
            for known in first..found.len() {
                let mut skeleton = found[known].clone();
                skeleton[at] = careless;
                found.push(skeleton);
            }
        }
        found.remove(first);
    }
    found
}

/// Lower-case letters with everything that is no letter taken out; `None` if too long.
fn normalised(word: &str) -> Option<SmallVec<[char; LONGEST]>> {
    use unicode_normalization::UnicodeNormalization;
    // Most names have no diacritics, and composing letters is dear.
    let composed = match word.is_ascii() {
        true => Cow::Borrowed(word),
        // Small letters first: J̌ has no composed form, but ǰ has.
        false => Cow::Owned(word.to_lowercase().nfc().collect()),
    };
    let word: SmallVec<[char; LONGEST]> = composed
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '’' | 'ʹ' | 'ʼ' | 'ʻ' | 'ʺ' | '‘' | '`' | '′' | '”' | 'ʿ' | 'ʾ' => {
                Some('\'')
            }
            // The tie of t͡s, stress marks, and the comma above of Georgian and Armenian.
            '\u{361}' | '\u{301}' | '\u{300}' | '\u{315}' | '\u{313}' => None,
            other => Some(other),
        })
        .map(known_letter)
        .collect();
    (!word.is_empty() && word.len() <= LONGEST).then_some(word)
}

/// A letter that no rule knows counts without its diacritic: the ĭ of ALA-LC.
fn known_letter(letter: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    if letter.is_ascii() || !RULES.of(letter).is_empty() {
        return letter;
    }
    letter.nfd().next().unwrap_or(letter)
}

fn extend(reading: &Reading, rule: &Rule, legal: Mask, next: &mut SmallVec<[Reading; 4]>) {
    let schemes = reading.schemes & legal;
    let cost = reading.cost + rule.cost;
    if schemes == 0 || cost > 1 || next.len() >= MOST_READINGS {
        return;
    }
    let mut skeleton = SmallVec::from_slice(&reading.skeleton);
    for &sign in rule.class {
        push_sign(&mut skeleton, sign);
    }
    let evidence = reading.evidence | (rule.evidence & ALL);
    let twin = next.iter_mut().find(|other| {
        other.cost == cost && other.evidence == evidence && other.skeleton == skeleton
    });
    match twin {
        Some(twin) => twin.schemes |= schemes,
        None => next.push(Reading { skeleton, schemes, evidence, cost }),
    }
}

/// Doubled consonants count once, and so do и and й together; a `t` before ч is part of it.
/// Two е stay two: Корнеев is not Корнев.
fn push_sign(skeleton: &mut SmallVec<[u8; 20]>, sign: u8) {
    match (skeleton.last().copied(), sign) {
        (Some(last), sign) if last == sign && sign != b'e' => {}
        (Some(b't'), b'C') => *skeleton.last_mut().expect("not empty") = b'C',
        _ => skeleton.push(sign),
    }
}

fn collect(readings: &[Reading]) -> SmallVec<[Key; 4]> {
    let mut keys: SmallVec<[Key; 4]> = SmallVec::new();
    for reading in readings {
        if reading.schemes & (DEFAULT | reading.evidence) == 0 {
            continue;
        }
        let mut skeleton = reading.skeleton.clone();
        soften_ending(&mut skeleton);
        match keys.iter_mut().find(|key| key.skeleton == skeleton) {
            Some(key) => key.cost = key.cost.min(reading.cost),
            None => keys.push(Key { skeleton, cost: reading.cost }),
        }
    }
    keys
}

/// -чов and -чев are two spellings of one ending.
fn soften_ending(skeleton: &mut SmallVec<[u8; 20]>) {
    for ending in [&b"ov"[..], b"ova"] {
        let stem = skeleton.len().saturating_sub(ending.len());
        if skeleton.ends_with(ending) && stem > 0 && b"CSZQ".contains(&skeleton[stem - 1]) {
            skeleton[stem] = b'e';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeletons(word: &str) -> Vec<String> {
        let keys = keys(word);
        keys.iter().map(|key| String::from_utf8_lossy(&key.skeleton).into_owned()).collect()
    }

    fn share(a: &str, b: &str) -> bool {
        skeletons(a).iter().any(|key| skeletons(b).contains(key))
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        let groups: [&[&str]; 6] = [
            &["Khrushchev", "Khruschev", "Khrushchov", "Khrushchyov", "Chruschtschow", "Hruščov"],
            &["Trotsky", "Trotskii", "Trotzky", "Trotski", "Trotskiy"],
            &["Mikoyan", "Mikoian", "Mikojan"],
            &["Kutuzov", "Kutusoff", "Kutuzoff", "Kutusow"],
            &["Kaganovich", "Kaganovitch", "Kaganowitsch", "Kaganovič"],
            &["Vyshinsky", "Vishinsky", "Vyshinskii", "Vyshinskiy"],
        ];
        for group in groups {
            for other in &group[1..] {
                assert!(
                    share(group[0], other),
                    "{} {other}: {:?} {:?}",
                    group[0],
                    skeletons(group[0]),
                    skeletons(other)
                );
            }
        }
    }

    #[test]
    fn the_systems_of_one_language_share_a_key() {
        for (a, b) in [
            // Ukrainian, Belarusian: ISO 9 writes г as g, BGN/PCGN ў as w.
            ("Grìnčenko", "Hrinchenko"),
            ("Kropywnyćkyj", "Kropyvnytskyi"),
            ("Charvyakow", "Čarviakoŭ"),
            // Russian: the GOST standards.
            ("Ostrovskijj", "Ostrovsky"),
            ("Vy`shinskij", "Vyshinsky"),
            // Bulgarian ъ, Serbian, Macedonian and Georgian letters.
            ("Vŭlchev", "Valchev"),
            ("J̌ovanović", "Jovanovich"),
            ("D̂ambazov", "Dzhambazov"),
            ("Nastasiǰević", "Nastasijević"),
            ("Ǵuzelev", "Gjuzelev"),
            ("Beriże", "Beridze"),
        ] {
            assert!(share(a, b), "{a} {b}: {:?} {:?}", skeletons(a), skeletons(b));
        }
    }

    #[test]
    fn careless_spellings_of_a_name_that_is_known() {
        for (name, careless, expected) in [
            ("Chekhov", "Tchekov", true),
            ("Kutuzov", "Kutusov", true),
            ("Khrushchev", "Krushev", true),
            ("Voznesensky", "Vosnesensky", true),
            ("Chekhov", "Chekhov", false),
            ("Zakharov", "Sakharov", false),
        ] {
            let known = careless_skeletons(name);
            let is_one = keys(careless).iter().any(|key| known.contains(&key.skeleton));
            assert_eq!(is_one, expected, "{name} {careless}");
        }
    }

    #[test]
    fn look_alikes_do_not() {
        for (a, b) in [
            ("Ivanov", "Ivanova"),
            ("Lenin", "Levin"),
            ("Stalin", "Stalinist"),
            ("Sakharov", "Zakharov"),
            ("Marx", "Mark"),
            ("Lukin", "Lyukin"),
            ("Grujić", "Gruić"),
            ("Chmielewski", "Chmielowski"),
        ] {
            assert!(!share(a, b), "{a} {b}");
        }
    }
}
