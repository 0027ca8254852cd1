//! `figures.toml` as it is written.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::markup::Language;
use crate::text::{Span, TomlError, read_toml};

use super::{Figure, FigureKind, Problem};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiguresFile {
    #[serde(default)]
    figure: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    name: Spanned<String>,
    family: Option<Spanned<String>>,
    #[serde(default)]
    given: String,
    #[serde(default)]
    native: String,
    #[serde(default)]
    language: Option<Spanned<String>>,
    #[serde(default)]
    variants: Vec<Spanned<String>>,
    #[serde(default)]
    accepted: Vec<Spanned<String>>,
    born: Option<Spanned<String>>,
    died: Option<Spanned<String>>,
    #[serde(default)]
    role: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    kind: FigureKind,
}

/// The figures of a file, each with the place of its id, and everything that is wrong with it.
pub(super) fn parse(text: &str, path: Option<&Arc<Path>>) -> (Vec<(Figure, usize)>, Vec<Problem>) {
    let (file, errors) = read_toml::<FiguresFile>(text);
    let entries = file.map(|file| file.figure).unwrap_or_default();
    let mut problems: Vec<_> = errors.into_iter().map(Problem::of_toml).collect();
    entries.iter().for_each(|entry| entry.check(&mut problems));
    let figures = entries.into_iter().map(|entry| figure(entry, path)).collect();
    (figures, problems)
}

impl Entry {
    /// The family name.
    fn family(&self) -> &str {
        match &self.family {
            Some(family) if !family.get_ref().is_empty() => family.get_ref(),
            _ => self.kind.family_in(self.name.get_ref()),
        }
    }

    /// What no entry can mean.
    fn check(&self, problems: &mut Vec<Problem>) {
        let mut add = |place: &Spanned<String>, message: String| {
            problems.push(Problem { offset: place.span().start, message });
        };
        for (key, word) in [("id", &self.id), ("name", &self.name)] {
            if word.get_ref().trim().is_empty() {
                add(word, format!("the `{key}` of a figure cannot be empty"));
            }
        }
        if let Some(language) = &self.language
            && is_no_language(language.get_ref())
        {
            add(language, Language::no_such(language.get_ref()));
        }
        for date in [&self.born, &self.died].into_iter().flatten() {
            if is_no_day(date.get_ref()) {
                add(date, format!("`{}` is no date of the calendar", date.get_ref()));
            }
        }
        if let (Some(born), Some(died)) = (&self.born, &self.died)
            && let (Some(first), Some(last)) = (year(born.get_ref()), year(died.get_ref()))
            && last < first
        {
            add(died, format!("`{}` is before the birth, `{}`", died.get_ref(), born.get_ref()));
        }
        let accepted = |form: &Spanned<String>| {
            self.accepted.iter().any(|right| right.get_ref() == form.get_ref())
        };
        for form in &self.variants {
            let word = form.get_ref();
            if accepted(form) {
                add(form, format!("`{word}` cannot be both a variant and an accepted form"));
            } else if word == self.name.get_ref() || word == self.family() {
                add(form, format!("`{word}` is the preferred form and cannot be a variant too"));
            }
        }
    }
}

/// Whether what should be a tag of BCP 47 can be none. Of codes of three letters not all are known here.
fn is_no_language(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    let is_code = primary.len() == 3 && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let code = Language::from_tag(tag);
    !tag.is_empty() && !is_code && Language::all().all(|(known, _)| known != code.code())
}

/// Whether a date is written as ISO 8601 writes days and months, and no calendar has it. What
/// is written otherwise (`c. 1870`, `1870?`) may say anything.
fn is_no_day(date: &str) -> bool {
    let mut parts = date.split('-');
    let (Some(year), Some(month), day, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let number = |digits: &str, length: usize| {
        let is_number = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month)) = (number(year, 4), number(month, 2)) else {
        return false;
    };
    // The old calendar had a 29 February in every fourth year.
    let days = match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return true,
    };
    day.and_then(|day| number(day, 2)).is_some_and(|day| !(1..=days).contains(&day))
}

/// The year of a date that begins with one of our era.
fn year(date: &str) -> Option<u32> {
    let digits = date.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_whole = matches!(date.as_bytes().get(4), None | Some(b'-'));
    digits.parse().ok().filter(|_| is_whole)
}

impl Problem {
    fn of_toml(error: TomlError) -> Self {
        Self { offset: error.span.map_or(0, |span| span.start), message: error.message }
    }
}

fn figure(entry: Entry, path: Option<&Arc<Path>>) -> (Figure, usize) {
    let id_at = entry.id.span().start;
    let span = Span::from(entry.name.span());
    let family = entry.family().to_owned();
    let name = entry.name.into_inner();
    let family_span = entry.family.as_ref().map(|family| Span::from(family.span()));
    let figure = Figure {
        id: entry.id.into_inner(),
        is_id_made: false,
        name,
        family,
        given: entry.given,
        native: entry.native,
        language: entry.language.map(Spanned::into_inner).unwrap_or_default(),
        variants: entry.variants.into_iter().map(Spanned::into_inner).collect(),
        accepted: entry.accepted.into_iter().map(Spanned::into_inner).collect(),
        born: entry.born.map(Spanned::into_inner).unwrap_or_default(),
        died: entry.died.map(Spanned::into_inner).unwrap_or_default(),
        role: entry.role,
        note: entry.note,
        links: entry.links,
        source: entry.source,
        kind: entry.kind,
        path: path.cloned(),
        span,
        family_span,
    };
    (figure, id_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(lines: &str) -> Vec<String> {
        let text = format!("[[figure]]\nid = \"a\"\nname = \"Ann Lee\"\n{lines}\n");
        let (_, problems) = parse(&text, None);
        problems
            .into_iter()
            .map(|problem| {
                let line = text[problem.offset..].lines().next().unwrap_or_default();
                format!("{line}: {}", problem.message)
            })
            .collect()
    }

    #[test]
    fn what_no_entry_can_mean_is_told_at_its_place() {
        assert_eq!(
            problems("born = \"1894-14-45\""),
            ["\"1894-14-45\": `1894-14-45` is no date of the calendar"]
        );
        assert_eq!(
            problems("born = \"1894-04-15\"\ndied = \"1804\""),
            ["\"1804\": `1804` is before the birth, `1894-04-15`"]
        );
        assert_eq!(
            problems("variants = [\"Lea\"]\naccepted = [\"Lea\"]"),
            ["\"Lea\"]: `Lea` cannot be both a variant and an accepted form"]
        );
        for form in ["Lee", "Ann Lee"] {
            assert_eq!(
                problems(&format!("variants = [\"Lea\", \"{form}\"]")),
                [format!(
                    "\"{form}\"]: `{form}` is the preferred form and cannot be a variant too"
                )]
            );
        }
        assert_eq!(
            problems("language = \"russian\""),
            ["\"russian\": there is no language `russian`; did you mean `ru` (Russian)?"]
        );
        for language in ["ru", "rus", "sr-Latn", "grc", ""] {
            assert_eq!(problems(&format!("language = \"{language}\"")), [""; 0], "{language}");
        }
        let (_, empty) = parse("[[figure]]\nid = \"\"\nname = \" \"\n", None);
        let messages: Vec<_> = empty.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            messages,
            ["the `id` of a figure cannot be empty", "the `name` of a figure cannot be empty"]
        );
    }

    #[test]
    fn dates_that_are_not_known_to_the_day_are_right() {
        for date in ["1894", "1894-04", "c. 1894", "1894?", "-0043", "1894/1895", "1900-02-29"] {
            assert_eq!(problems(&format!("born = \"{date}\"")), [""; 0], "{date}");
        }
    }
}
