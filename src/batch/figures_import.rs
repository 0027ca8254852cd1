//! `rubricator figures import`: figures from elsewhere at the end of `figures.toml`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::figures::{Authority, Exchange, Figure, entry};
use crate::text::{LineIndex, SourceFile};

use super::replace::{Replacement, file_error};

/// Adds the figures of `file` to the authority `to`, which keeps every byte that it has:
/// entries are added at its end. What it knows by id or name is left as it is, and so is what the
/// corpus knows from `others`. Gives a summary for people.
///
/// # Errors
/// One line: what cannot be read or written, with file, line and column.
pub fn import(
    file: &Path,
    format: Option<Exchange>,
    to: &Path,
    others: &Authority,
) -> Result<String, String> {
    let format = format.or_else(|| Exchange::of_path(file)).ok_or_else(|| {
        format!("{}: name the format with --format tei, csv or wikidata", file.display())
    })?;
    let source = read(file)?;
    let figures = format.read(&source).map_err(|problem| {
        let place = LineIndex::of(&source).line_column(&source, problem.offset);
        format!("{}:{}:{}: {}", file.display(), place.line, place.column, problem.message)
    })?;
    let present = match fs::metadata(to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        _ => read(to)?.to_string(),
    };
    let known = authority(to, &present)?;
    let is_known = |figure: &Figure| known.has(figure) || others.has(figure);
    let (old, new): (Vec<Figure>, Vec<Figure>) = figures.into_iter().partition(is_known);
    let (new, twice) = without_twins(new);
    if !new.is_empty() {
        let mut text = present;
        for figure in &new {
            if !text.is_empty() {
                text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
            }
            text.push_str(&entry(figure));
        }
        let written = Replacement::of(to).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.finish()
        });
        written.map_err(|error| file_error(to, &error))?;
    }
    Ok(summary(to, &new, old.iter().chain(&twice)))
}

fn read(path: &Path) -> Result<Arc<str>, String> {
    let bytes = fs::read(path).map_err(|error| file_error(path, &error))?;
    let file =
        SourceFile::decode(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(file.text)
}

fn authority(path: &Path, text: &str) -> Result<Authority, String> {
    let mut authority = Authority::default();
    match authority.add_file(path, text).first() {
        Some(problem) => {
            let place = LineIndex::of(text).line_column(text, problem.offset);
            Err(format!("{}:{}:{}: {}", path.display(), place.line, place.column, problem.message))
        }
        None => Ok(authority),
    }
}

/// Of several figures with one id the first; the others are given beside.
fn without_twins(figures: Vec<Figure>) -> (Vec<Figure>, Vec<Figure>) {
    let mut ids = rustc_hash::FxHashSet::default();
    figures.into_iter().partition(|figure| ids.insert(figure.id.clone()))
}

fn summary<'f>(to: &Path, new: &[Figure], old: impl Iterator<Item = &'f Figure>) -> String {
    let mut text = format!("Added {} to {}.\n", count(new.len()), to.display());
    for figure in old {
        text += &format!("There is an entry already: {} ({}).\n", figure.name, figure.id);
    }
    text
}

fn count(figures: usize) -> String {
    if figures == 1 { "1 figure".to_owned() } else { format!("{figures} figures") }
}
