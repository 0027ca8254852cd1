//! By which schemes are two spellings of a name written, where the language has rules of its own?

use std::sync::LazyLock;

use super::forward::{Native, original_in};
use super::scheme_marks::in_two_ways;

/// Letters that tell a scheme in one language, the most telling first.
struct Mark {
    language: &'static str,
    letters: &'static str,
    scheme: &'static str,
}

static MARKS: LazyLock<Vec<Mark>> = LazyLock::new(|| {
    let lines = include_str!("data/language-marks.tsv").lines();
    let mark = |line: &'static str| {
        let mut cells = line.split('\t');
        Some(Mark { language: cells.next()?, letters: cells.next()?, scheme: cells.next()? })
    };
    lines.filter(|line| !line.starts_with('#')).filter_map(mark).collect()
});

/// Why two names of a language, which is named in English, are one.
pub(super) fn reason(language: &str, a: &str, b: &str) -> String {
    let name = format!("one {language} name,");
    let table = match language {
        "Greek" => Some(Native::Greek),
        "Armenian" => Some(Native::Armenian),
        _ => None,
    };
    if let Some(original) = table.and_then(|table| original_in(table, a, b)) {
        let (own, their) = original.schemes;
        return in_two_ways(&name, (a, Some(own.name())), (b, Some(their.name())));
    }
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    let (own, their) = (scheme(language, &lower_a, &lower_b), scheme(language, &lower_b, &lower_a));
    in_two_ways(&name, (a, Some(own)), (b, Some(their)))
}

/// What has no mark is written as newspapers have it.
fn scheme(language: &str, word: &str, other: &str) -> &'static str {
    let of_language = MARKS.iter().filter(|mark| mark.language == language);
    let mut told = of_language.filter(|mark| is_in(mark, word) && !is_in(mark, other));
    told.next().map_or("newspaper", |mark| mark.scheme)
}

fn is_in(mark: &Mark, word: &str) -> bool {
    match mark.letters.strip_prefix('^') {
        Some(start) => word.split([' ', '-']).any(|part| part.starts_with(start)),
        None => word.contains(mark.letters),
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn both_schemes_are_named() {
        for (language, a, b, schemes) in [
            (
                "Greek",
                "Valaoritis",
                "Balaorites",
                "Valaoritis: ELOT 743, Balaorites: classical Greek",
            ),
            (
                "Korean",
                "Chŏng Mong-ju",
                "Jeong Mong-ju",
                "McCune–Reischauer, Jeong Mong-ju: Revised",
            ),
            (
                "Arabic or Persian",
                "Gaddafi",
                "Qadhdhafi",
                "Gaddafi: newspaper, Qadhdhafi: letter by",
            ),
            ("Arabic or Persian", "Mahmoud", "Mahmud", "Mahmoud: French"),
            ("Hebrew", "Yitzhak", "Jitzchak", "Jitzchak: German or older English"),
        ] {
            let reason = reason(language, a, b);
            assert!(reason.contains(schemes), "{reason}");
        }
    }
}
