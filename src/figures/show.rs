//! The authority in words: `rubricator figures list` and `rubricator figures show`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Authority, Figure, last_word};

/// All figures, one a line: id, preferred form, dates and role.
pub fn list(authority: &Authority) -> String {
    let figures = authority.figures();
    let width = |of: fn(&Figure) -> usize| figures.iter().map(of).max().unwrap_or(0);
    let id_width = width(|figure| figure.id.chars().count());
    let name_width = width(|figure| figure.name.chars().count());
    let lines = figures.iter().map(|figure| {
        let line = format!(
            "{:id_width$}  {:name_width$}  {:11}  {}",
            figure.id,
            figure.name,
            years(figure),
            figure.role
        );
        line.trim_end().to_owned() + "\n"
    });
    lines.collect()
}

/// All figures as JSON, one object a line; facts that are not known are left out.
pub fn list_jsonl(authority: &Authority) -> String {
    let line = |figure: &Figure| serde_json::to_string(figure).expect("strings are JSON") + "\n";
    authority.figures().iter().map(line).collect()
}

/// `1894–1971`; empty where neither year is known.
pub fn years(figure: &Figure) -> String {
    let year = |date: &str| date.split('-').next().unwrap_or("").to_owned();
    match (year(&figure.born), year(&figure.died)) {
        (born, died) if born.is_empty() && died.is_empty() => String::new(),
        (born, died) => format!("{born}–{died}"),
    }
}

/// The card of the figure with this id, or the cards of all that may be meant by a name or another
/// form; `None`: nobody is known by it.
pub fn show(authority: &Authority, wanted: &str) -> Option<String> {
    let family = last_word(wanted);
    let meant: Vec<u32> = match authority.by_id(wanted) {
        Some(number) => vec![number],
        None => {
            let candidates = authority.resolve(wanted, family, None);
            candidates.iter().map(|known| known.figure).collect()
        }
    };
    let cards: Vec<_> = meant.into_iter().map(|number| card(authority, number)).collect();
    (!cards.is_empty()).then(|| cards.join("\n"))
}

fn card(authority: &Authority, number: u32) -> String {
    let figure = authority.figure(number);
    let mut card = format!("{} ({})\n", figure.name, figure.id);
    let facts = [
        ("native", figure.native.as_str()),
        ("given", &figure.given),
        ("born", &figure.born),
        ("died", &figure.died),
        ("role", &figure.role),
        ("note", &figure.note),
        ("source", &figure.source),
    ];
    for (label, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
        let _ = writeln!(card, "  {label:8} {fact}");
    }
    for link in &figure.links {
        let _ = writeln!(card, "  {:8} {link}", "link");
    }
    if !figure.accepted.is_empty() {
        let _ = writeln!(card, "  {:8} {}", "accepted", figure.accepted.join(", "));
    }
    if !figure.variants.is_empty() {
        let _ = writeln!(card, "  {:8} {}", "variants", figure.variants.join(", "));
    }
    let mut schemes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (form, scheme) in authority.romanised_forms(number) {
        let form = if figure.has_small_letters() { form.to_lowercase() } else { form };
        schemes.entry(scheme.name()).or_default().push(form);
    }
    for (scheme, mut forms) in schemes {
        forms.sort_unstable();
        forms.dedup();
        let _ = writeln!(card, "  by {scheme}: {}", forms.join(", "));
    }
    card
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_shown_by_its_id_and_by_any_of_its_forms() {
        let authority = Authority::builtin();
        let card = show(&authority, "khrushchev").expect("a figure of the starter authority");
        assert!(card.starts_with("Nikita Khrushchev (khrushchev)\n"), "{card}");
        assert!(card.contains("by German: Chruschtschow"), "{card}");
        assert_eq!(show(&authority, "Khrushchov"), Some(card));
        assert_eq!(show(&authority, "Nobody"), None);
    }

    #[test]
    fn a_term_is_shown_in_small_letters() {
        let entry = "[[figure]]\nid = \"k\"\nkind = \"term\"\nname = \"kolkhoz\"\nnative = \"колхоз\"\n\
                     language = \"ru\"\n";
        let mut authority = Authority::default();
        assert_eq!(authority.add(entry, None), []);
        authority.finish();
        let card = show(&authority, "kolkhoz").expect("a term");
        assert!(card.contains("by German: kolchos\n"), "{card}");
    }

    #[test]
    fn the_list_has_a_line_for_each_figure() {
        let authority = Authority::builtin();
        let list = list(&authority);
        assert_eq!(list.lines().count(), authority.figures().len());
        assert!(list.contains("1894–1971"), "{list}");
    }
}
