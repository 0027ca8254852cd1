//! An entry as `figures.toml` has it.

use std::fmt::Write;

use super::{Figure, FigureKind};

/// The text of an entry, without an empty line before it; facts that are not known are left
/// out.
pub fn entry(figure: &Figure) -> String {
    let mut text = String::from("[[figure]]\n");
    let kind = if figure.kind == FigureKind::Person { "" } else { figure.kind.name() };
    let before = [
        ("id", figure.id.as_str()),
        ("kind", kind),
        ("name", &figure.name),
        ("family", &figure.family),
        ("given", &figure.given),
        ("native", &figure.native),
        ("language", &figure.language),
    ];
    let after = [
        ("born", figure.born.as_str()),
        ("died", &figure.died),
        ("role", &figure.role),
        ("note", &figure.note),
    ];
    strings(&mut text, &before);
    lists(&mut text, &[("variants", &figure.variants), ("accepted", &figure.accepted)]);
    strings(&mut text, &after);
    lists(&mut text, &[("links", &figure.links)]);
    strings(&mut text, &[("source", &figure.source)]);
    text
}

fn strings(text: &mut String, facts: &[(&str, &str)]) {
    for (key, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
}

fn lists(text: &mut String, facts: &[(&str, &[String])]) {
    for (key, values) in facts.iter().filter(|(_, values)| !values.is_empty()) {
        let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
        let _ = writeln!(text, "{key} = [{}]", values.join(", "));
    }
}

/// A string of TOML.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// An id that is not taken: this one, or the first with a number behind it.
pub fn free_id(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut all = std::iter::once(id.to_owned()).chain(numbered);
    all.find(|id| !is_taken(id)).unwrap_or_default()
}

/// An id made from a family name: small letters and hyphens.
pub fn id_of(family: &str) -> String {
    let plain = crate::names::without_diacritics(&family.to_lowercase());
    let words = plain.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    let words: Vec<String> = words
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join("-")
}
