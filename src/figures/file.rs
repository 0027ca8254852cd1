//! `figures.toml` as it is written.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

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
    language: String,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    accepted: Vec<String>,
    #[serde(default)]
    born: String,
    #[serde(default)]
    died: String,
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
    let entries = file.into_iter().flat_map(|file| file.figure);
    let figures = entries.map(|entry| figure(entry, path)).collect();
    (figures, errors.into_iter().map(Problem::of_toml).collect())
}

impl Problem {
    fn of_toml(error: TomlError) -> Self {
        Self { offset: error.span.map_or(0, |span| span.start), message: error.message }
    }
}

fn figure(entry: Entry, path: Option<&Arc<Path>>) -> (Figure, usize) {
    let id_at = entry.id.span().start;
    let span = Span::from(entry.name.span());
    let name = entry.name.into_inner();
    let family_span = entry.family.as_ref().map(|family| Span::from(family.span()));
    let family = match (entry.family.map(Spanned::into_inner), entry.kind) {
        (Some(family), _) if !family.is_empty() => family,
        // A person without a family name is called by the last word of the name.
        (_, FigureKind::Person) => name.rsplit(' ').next().unwrap_or(&name).to_owned(),
        _ => name.clone(),
    };
    let figure = Figure {
        id: entry.id.into_inner(),
        name,
        family,
        given: entry.given,
        native: entry.native,
        language: entry.language,
        variants: entry.variants,
        accepted: entry.accepted,
        born: entry.born,
        died: entry.died,
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
