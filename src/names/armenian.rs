//! Armenian family names, as Latin letters write them.
//!
//! Their ending is written -yan, -ian, -ean or -jan. The West of Armenia says b, g, d, j, dz where
//! the East says p, k, t, ch, ts and the other way round, so that names of the diaspora differ
//! in all their stops: Krikorian is Grigoryan.

use super::{is_in_dictionary, is_known_name, with_capital};

/// The ending in the spellings of the schemes, the longer ones first.
const ENDINGS: &[&str] =
    &["iants", "iantz", "yants", "yantz", "eants", "eantz", "ian", "yan", "ean", "jan", "ïan"];

/// Stops that East and West say the other way round.
const STOPS: &[(&str, &str)] = &[("dz", "ts"), ("j", "ch"), ("b", "p"), ("g", "k"), ("d", "t")];

/// Letters that are one sound and no stop.
const OTHERS: &[&str] = &["gh", "kh", "sh", "zh"];

/// Stops that must have changed places, all there are: one alone may be another name.
const FEWEST_CHANGES: usize = 2;

/// Whether two words in lower case are one Armenian name.
pub(super) fn is_one(a: &str, b: &str) -> bool {
    let (Some((stem_a, ending_a)), Some((stem_b, ending_b))) = (divide(a), divide(b)) else {
        return false;
    };
    if stem_a.len() < 4 || stem_b.len() < 4 {
        return false;
    }
    if stem_a == stem_b {
        return ending_a != ending_b && !are_adjectives(a, b);
    }
    has_changed_stops(stem_a, stem_b)
}

/// Whether two words in lower case are adjectives that English makes of a word or a name:
/// `tartarean` and `tartarian`, `chilean`.
pub(super) fn are_adjectives(a: &str, b: &str) -> bool {
    let stem = |a: &str, b: &str| {
        let stems = a.strip_suffix("ean").zip(b.strip_suffix("ian"));
        stems.filter(|(a, b)| a == b).map(|(stem, _)| stem.to_owned())
    };
    stem(a, b).or_else(|| stem(b, a)).is_some_and(|stem| is_word_with_ending(&stem))
}

fn is_word_with_ending(stem: &str) -> bool {
    let capital = with_capital(stem);
    is_in_dictionary(stem)
        || ["", "e", "a", "y"].iter().any(|ending| is_known_name(&format!("{capital}{ending}")))
}

/// What all spellings of an Armenian family name share: its stem with every stop soft.
pub(super) fn bucket(word: &str) -> Option<String> {
    let (stem, _) = divide(word)?;
    (stem.len() >= 4).then(|| sounds(stem).into_iter().map(soft).collect())
}

fn soft(sound: &str) -> &str {
    STOPS.iter().find(|(_, hard)| *hard == sound).map_or(sound, |(soft, _)| soft)
}

fn divide(word: &str) -> Option<(&str, &str)> {
    ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).map(|stem| (stem, *ending)))
}

fn has_changed_stops(a: &str, b: &str) -> bool {
    let (sounds_a, sounds_b) = (sounds(a), sounds(b));
    let mut changes = 0;
    let agrees = sounds_a.len() == sounds_b.len()
        && sounds_a.iter().zip(&sounds_b).all(|(x, y)| {
            let is_stop = STOPS.iter().any(|(soft, hard)| x == soft || x == hard);
            let is_change = STOPS.iter().any(|pair| *pair == (*x, *y) || *pair == (*y, *x));
            changes += usize::from(is_change);
            is_change || !is_stop && x == y
        });
    agrees && changes >= FEWEST_CHANGES
}

fn sounds(word: &str) -> Vec<&str> {
    let pairs = || STOPS.iter().flat_map(|(a, b)| [*a, *b]).chain(OTHERS.iter().copied());
    let mut sounds = Vec::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let pair = pairs().find(|pair| pair.len() == 2 && rest.starts_with(pair));
        let (sound, tail) = rest.split_at(pair.map_or(letter.len_utf8(), str::len));
        sounds.push(sound);
        rest = tail;
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::is_one;

    #[test]
    fn endings_and_dialects() {
        for (a, b) in [
            ("gyurjyan", "gyurjian"),
            ("grigoryan", "krikorian"),
            ("karapetyan", "garabedian"),
            ("hakobyan", "hagopian"),
            ("tigranyan", "dikranian"),
            ("gabrielean", "kaprielian"),
        ] {
            assert!(is_one(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("brian", "bryan"),
            ("russian", "russians"),
            ("petrosyan", "poghosyan"),
            ("bakunyan", "pakunyan"),
            ("tartarean", "tartarian"),
            ("chilean", "chilian"),
        ] {
            assert!(!is_one(a, b), "{a} {b}");
        }
    }
}
