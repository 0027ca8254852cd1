//! `rubricator figures import`: figures from elsewhere at the end of `figures.toml`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::figures::{self, Authority, Exchange, Figure, entry};
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
    let (new, twice) = without_twins(new, &[&known, others]);
    if !new.is_empty() {
        let mut text = present;
        for figure in &new {
            if !text.is_empty() {
                text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
            }
            text.push_str(&entry(&without_contradiction(figure)));
        }
        let written = Replacement::of(to).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.finish()
        });
        written.map_err(|error| file_error(to, &error))?;
    }
    let mut text = format!("Added {} to {}.\n", count(new.len()), to.display());
    for figure in old.iter().chain(&twice) {
        let here = known.entry_like(figure);
        let elsewhere = here.is_none().then(|| others.entry_like(figure)).flatten();
        let id = here.or(elsewhere).map_or(&figure.id, |entry| &entry.id);
        let file = elsewhere.and_then(|entry| entry.path.as_deref()).map(|path| beside(to, path));
        let place = file.map(|file| format!(" in {}", file.display())).unwrap_or_default();
        text += &format!("There is an entry{place} already: {} ({id}).\n", figure.name);
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

/// Of several figures with one id or one name the first; the others are given beside. Ids that were made
/// are made others where somebody else has them.
fn without_twins(figures: Vec<Figure>, present: &[&Authority]) -> (Vec<Figure>, Vec<Figure>) {
    let own = figures.iter().filter(|figure| !figure.is_id_made);
    let mut taken: FxHashSet<String> = own.map(|figure| figure.id.clone()).collect();
    let (mut ids, mut names) = (FxHashSet::default(), FxHashMap::default());
    let (mut first, mut others) = (Vec::new(), Vec::new());
    for mut figure in figures {
        // Nothing tells two without ids apart who have one name.
        if figure.is_id_made
            && let Some(id) = names.get(&figure.name)
        {
            figure.id = String::clone(id);
            others.push(figure);
            continue;
        }
        if figure.is_id_made {
            let is_taken =
                |id: &str| taken.contains(id) || present.iter().any(|all| all.by_id(id).is_some());
            figure.id = figures::free_id(&figure.id, is_taken);
            taken.insert(figure.id.clone());
        }
        names.insert(figure.name.clone(), figure.id.clone());
        if ids.insert(figure.id.clone()) { first.push(figure) } else { others.push(figure) }
    }
    (first, others)
}

/// The figure without what no entry may say: that the preferred form, or an accepted one, is a variant.
fn without_contradiction(figure: &Figure) -> Figure {
    let is_right = |form: &String| {
        *form == figure.name || *form == figure.family || figure.accepted.contains(form)
    };
    let variants = figure.variants.iter().filter(|form| !is_right(form)).cloned().collect();
    Figure { variants, ..figure.clone() }
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
