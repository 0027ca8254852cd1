//! `rubricator figures import`: figures from elsewhere at the end of `figures.toml`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
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
    let is_known =
        |figure: &Figure| [&known, others].iter().any(|all| all.entry_like(figure).is_some());
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
    let mut text = format!("Added {} to {}.\n", count(new.len()), to.display());
    for figure in old.iter().chain(&twice) {
        let is_elsewhere = known.entry_like(figure).is_none();
        let elsewhere = is_elsewhere.then(|| others.entry_like(figure)).flatten();
        let file = elsewhere.and_then(|entry| entry.path.as_deref()).map(|path| beside(to, path));
        let place = file.map(|file| format!(" in {}", file.display())).unwrap_or_default();
        text += &format!("There is an entry{place} already: {} ({}).\n", figure.name, figure.id);
    }
    Ok(text)
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

/// A file as it is called from the folder of another one.
fn beside(file: &Path, other: &Path) -> PathBuf {
    let folder = std::path::absolute(file).ok();
    let folder = folder.as_deref().and_then(Path::parent);
    let inside = folder.and_then(|folder| other.strip_prefix(folder).ok());
    inside.unwrap_or(other).to_owned()
}

fn count(figures: usize) -> String {
    if figures == 1 { "1 figure".to_owned() } else { format!("{figures} figures") }
}
