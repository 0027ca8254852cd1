//! By which scheme is a spelling written? Told by letters that only that scheme has.

use std::sync::LazyLock;

use super::differing;
use super::forward::original_of;
use super::well_known;

/// Letters that tell a scheme.
struct Mark {
    letters: &'static str,
    at_end: bool,
    scheme: &'static str,
}

static MARKS: LazyLock<Vec<Mark>> = LazyLock::new(|| {
    let lines = include_str!("data/marks.tsv").lines().filter(|line| !line.starts_with('#'));
    let mark = |line: &'static str| {
        let mut cells = line.split('\t');
        let letters = cells.next()?;
        Some(Mark { letters, at_end: cells.next()? == "$", scheme: cells.next()? })
    };
    lines.filter_map(mark).collect()
});

impl Mark {
    fn is_in(&self, word: &str) -> bool {
        if self.at_end { word.ends_with(self.letters) } else { word.contains(self.letters) }
    }
}

/// Why two words are one name: the schemes as far as they can be told, and the original if only
/// one is likely. `is_shown` says that the spellings show that they are romanised, `are_slavic` that
/// they do so as names of the Slavs do: what Haitian and Haytian may stand for in Cyrillic letters is
/// no original of theirs.
pub(super) fn reason(a: &str, b: &str, is_shown: bool, are_slavic: bool) -> String {
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    let scheme = |own: &str, other: &str| {
        MARKS.iter().find(|mark| mark.is_in(own) && !mark.is_in(other)).map(|mark| mark.scheme)
    };
    let marked = (scheme(&lower_a, &lower_b), scheme(&lower_b, &lower_a));
    if !is_shown && marked.0 == marked.1 {
        return format!("the same sounds, written in two ways{}", differing::in_words(a, b));
    }
    let original = is_shown.then(|| Behind::of(a, b)).flatten();
    let name = match &original {
        Some(original) if original.is_certain && (original.is_listed || are_slavic) => {
            format!("one original, {},", original.text)
        }
        _ => "one original,".to_owned(),
    };
    // Of what everybody knows French may be as near as any scheme: that tells nothing beside a mark.
    let is_marked = marked.0.is_some() || marked.1.is_some();
    let is_told =
        |original: &Behind, scheme: &str| !(original.is_listed && is_marked && scheme == "French");
    let known = |number: usize| {
        let original = original.as_ref()?;
        original.schemes[number].filter(|scheme| is_told(original, scheme))
    };
    let (own, their) = (marked.0.or(known(0)), marked.1.or(known(1)));
    in_two_ways(&name, (a, own), (b, their))
}

/// What is behind two spellings.
struct Behind {
    text: String,
    /// What the schemes are called that write them.
    schemes: [Option<&'static str>; 2],
    is_certain: bool,
    /// Whether it is a name that everybody knows, and not found by its letters.
    is_listed: bool,
}

impl Behind {
    /// A name that everybody knows, else one that the letters tell. What another language than Russian may be
    /// behind is told only where nothing else is likely.
    fn of(a: &str, b: &str) -> Option<Self> {
        if let Some(told) = well_known::original_of(a, b) {
            let schemes = told.schemes.map(|scheme| scheme.map(|scheme| scheme.name()));
            let text = told.original.to_owned();
            return Some(Self { text, schemes, is_certain: true, is_listed: true });
        }
        let found = original_of(a, b)?;
        let schemes = [Some(found.schemes.0.name()), Some(found.schemes.1.name())];
        let (text, is_certain) = (found.text, found.is_certain);
        (is_certain || found.language == "ru").then_some(Self {
            text,
            schemes,
            is_certain,
            is_listed: false,
        })
    }
}

/// Which of two spellings of one name is written as English print of today writes names, if the other
/// one has letters of another scheme: `Menshov` beside `Menschov`. `None` if neither or both may be, and
/// of names of Poles, who write them so themselves.
pub fn english_spelling<'w>(a: &'w str, b: &'w str) -> Option<&'w str> {
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    let has_foreign = |own: &str, other: &str| {
        let marks = MARKS.iter().filter(|mark| mark.is_in(own) && !mark.is_in(other));
        marks.into_iter().any(|mark| !matches!(mark.scheme, "newspaper" | "BGN/PCGN"))
    };
    let is_polish = |word: &str| {
        let rows = ["rz", "cz", "sz", "ł", "ń", "ś", "ż"];
        rows.iter().any(|row| word.contains(row))
    };
    if is_polish(&lower_a) && is_polish(&lower_b) {
        return None;
    }
    match (has_foreign(&lower_a, &lower_b), has_foreign(&lower_b, &lower_a)) {
        (false, true) => Some(a),
        (true, false) => Some(b),
        _ => None,
    }
}

/// `one Greek name, romanised in two ways (A: ELOT 743, B: classical Greek)`, with the schemes that
/// are known and differ; with the letters that differ if none is.
pub(super) fn in_two_ways(
    name: &str,
    (a, own): (&str, Option<&str>),
    (b, their): (&str, Option<&str>),
) -> String {
    let told: Vec<String> = [(a, own), (b, their)]
        .into_iter()
        .filter(|_| own != their)
        .filter_map(|(word, scheme)| scheme.map(|scheme| format!("{word}: {scheme}")))
        .collect();
    match told.is_empty() {
        true => format!("{name} romanised in two ways{}", differing::in_words(a, b)),
        false => format!("{name} romanised in two ways ({})", told.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{english_spelling, reason};

    #[test]
    fn the_schemes_are_named() {
        for (a, b, schemes) in [
            ("Trotskii", "Trotzki", "(Trotskii: ALA-LC, Trotzki: German)"),
            ("Trotsky", "Trockij", "(Trotsky: newspaper, Trockij: scholarly)"),
            ("Kaganovitch", "Kaganovich", "(Kaganovitch: French, Kaganovich: newspaper)"),
            ("Zinov’ev", "Zinoviev", "(Zinov’ev: ALA-LC)"),
            ("Chruschtschow", "Khrushchev", "(Chruschtschow: German, Khrushchev: newspaper)"),
        ] {
            assert!(reason(a, b, true, true).ends_with(schemes), "{}", reason(a, b, true, true));
        }
    }

    #[test]
    fn the_spelling_of_english_print() {
        for (a, b, expected) in [
            ("Menschov", "Menshov", Some("Menshov")),
            ("Dostoyevsky", "Dostoyevski", Some("Dostoyevsky")),
            ("Nazarieff", "Nazariev", Some("Nazariev")),
            ("Vronskii", "Vronsky", Some("Vronsky")),
            ("Mizhouev", "Mizhuev", Some("Mizhuev")),
            ("Shatow", "Shatov", Some("Shatov")),
            ("Fyodorovna", "Fiodorovna", None),
            ("Sergei", "Sergey", None),
            ("Krzeminski", "Krzeminsky", None),
        ] {
            assert_eq!(english_spelling(a, b), expected, "{a} {b}");
            assert_eq!(english_spelling(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn the_original_is_named_if_only_one_is_likely() {
        let reason = reason("Trotskii", "Trotsky", true, true);
        assert!(reason.starts_with("one original, Троцкий, romanised in two ways"), "{reason}");
        let reason = super::reason("Haitian", "Haytian", true, false);
        assert!(reason.starts_with("one original, romanised in two ways"), "{reason}");
    }

    #[test]
    fn the_letters_are_named_if_no_scheme_is() {
        let reason = super::reason("Seleccionar", "Selecccionar", false, false);
        assert_eq!(reason, "the same sounds, written in two ways (“cc” for “ccc”)");
        let reason = super::reason("Cathrina", "Kathrina", true, false);
        assert_eq!(reason, "one original, romanised in two ways (“c” for “k”)");
    }
}
