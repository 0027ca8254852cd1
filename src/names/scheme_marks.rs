//! By which scheme is a spelling written? Told by letters that only that scheme has.

use std::sync::LazyLock;

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

/// Why two words are one name, with the schemes as far as they can be told.
pub(super) fn reason(a: &str, b: &str) -> String {
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    let scheme = |own: &str, other: &str| {
        MARKS.iter().find(|mark| mark.is_in(own) && !mark.is_in(other)).map(|mark| mark.scheme)
    };
    let told = [(a, scheme(&lower_a, &lower_b)), (b, scheme(&lower_b, &lower_a))];
    let told: Vec<String> = told
        .into_iter()
        .filter_map(|(word, scheme)| scheme.map(|scheme| format!("{word}: {scheme}")))
        .collect();
    if told.is_empty() {
        "one original, romanised in two ways".to_owned()
    } else {
        format!("one original, romanised in two ways ({})", told.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_schemes_are_named() {
        for (a, b, schemes) in [
            ("Trotskii", "Trotzki", "(Trotskii: ALA-LC, Trotzki: German)"),
            ("Trotsky", "Trockij", "(Trotsky: newspaper, Trockij: scholarly)"),
            ("Kaganovitch", "Kaganovich", "(Kaganovitch: French)"),
            ("Chruschtschow", "Khrushchev", "(Chruschtschow: German, Khrushchev: newspaper)"),
        ] {
            assert!(reason(a, b).ends_with(schemes), "{}", reason(a, b));
        }
    }
}
