//! What two names are to each other that are not one name in two spellings.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::given;

/// Rows of given names that answer to each other in several languages, by name in small letters. One
/// spelling stands for all that differ from it by romanisation.
static ALIASES: LazyLock<FxHashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let lines = include_str!("data/given-in-other-languages.tsv").lines();
    let mut rows: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (row, line) in lines.filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split('\t') {
            rows.entry(representative(&name.to_lowercase())).or_default().push(row);
        }
    }
    rows
});

/// Endings of derivatives: who follows somebody, what is his.
const DERIVED: [&str; 12] =
    ["ism", "isms", "ist", "ists", "ite", "ites", "ian", "ians", "an", "ans", "ovite", "ovites"];

/// Endings of the names of women beside those of men.
const FEMININE: [(&str, &str); 5] =
    [("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("sky", "skaya"), ("ski", "ska")];

/// Why two names that differ are kin and yet not one name in two spellings; `None` if they are not.
pub(super) fn kinship(a: &str, b: &str) -> Option<&'static str> {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if are_aliases(&a, &b) {
        return Some("an alias: one given name in two languages, not one spelt in two ways");
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let is_feminine = FEMININE.iter().any(|(his, hers)| {
        let (man, woman) = (short.strip_suffix(his), long.strip_suffix(hers));
        man.is_some() && man == woman
    });
    if is_feminine {
        return Some("one is the name of a woman, the other of a man");
    }
    let ending = long.strip_prefix(short.as_str())?;
    match ending {
        "s" | "es" => Some("one is the plural of the other"),
        _ if DERIVED.contains(&ending) => Some("one is derived from the other"),
        _ => None,
    }
}

/// Whether two given names are one in two languages: Peter and Pyotr, Leon and Lev.
pub fn is_alias(a: &str, b: &str) -> bool {
    are_aliases(&a.to_lowercase(), &b.to_lowercase())
}

fn are_aliases(a: &str, b: &str) -> bool {
    let (a, b) = (ALIASES.get(&representative(a)), ALIASES.get(&representative(b)));
    a.zip(b).is_some_and(|(a, b)| a.iter().any(|row| b.contains(row)))
}

/// The same for all spellings of one given name that differ by romanisation.
fn representative(name: &str) -> String {
    given::number(name).map_or(name.to_owned(), |row| format!("#{row}"))
}

#[cfg(test)]
mod tests {
    use super::kinship;

    #[test]
    fn names_that_are_kin_are_told_apart() {
        for (a, b, expected) in [
            ("Peter", "Pyotr", "an alias"),
            ("Petr", "Pierre", "an alias"),
            ("Nicholas", "Nikolay", "an alias"),
            ("Ivanov", "Ivanova", "of a woman"),
            ("Dostoevskaya", "Dostoevsky", "of a woman"),
            ("Stalin", "Stalinist", "derived"),
            ("Leninism", "Lenin", "derived"),
            ("Bolshevik", "Bolsheviks", "plural"),
        ] {
            let found = kinship(a, b).unwrap_or("nothing");
            assert!(found.contains(expected), "{a} {b}: {found}");
        }
        for (a, b) in [("Lenin", "Levin"), ("Marx", "Mark"), ("Igor", "Ivan")] {
            assert_eq!(kinship(a, b), None, "{a} {b}");
        }
    }
}
