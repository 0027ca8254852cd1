//! Which files are checked.

use std::error::Error as _;
use std::io;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use ignore::WalkBuilder;

use crate::markup::Format;

use super::located::display;
use super::replace::plain;

/// The files under a folder whose format is known, sorted, or what went wrong.
///
/// Hidden files and what `.gitignore` and `.ignore` name are passed over, also outside a
/// Git repository; symbolic links are not followed.
pub(crate) fn files_under(folder: &Path, errors: &mut Vec<String>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && Format::of_path(entry.path()).is_some() {
                    files.push(entry.into_path());
                }
            }
            Err(error) => errors.push(describe(&error)),
        }
    }
    files.sort();
    files
}

/// What went wrong, with the path first.
fn describe(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithDepth { err, .. } => describe(err),
        ignore::Error::WithPath { path, err } => match err.io_error() {
            Some(error) => format!("{}: {}", display(path), plain(cause(error))),
            None => format!("{}: {err}", display(path)),
        },
        other => other.to_string(),
    }
}

/// What is behind an error that names the path in its own message too.
fn cause(error: &io::Error) -> &io::Error {
    let mut last = error;
    let mut next = error.source();
    while let Some(source) = next {
        last = source.downcast_ref().unwrap_or(last);
        next = source.source();
    }
    last
}

/// Whether a path that does not exist is meant as a pattern: `texts/*.txt` from a shell that
/// leaves it to the program.
pub(super) fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The files that match a pattern, sorted; `*` stays within a folder, `**` does not.
///
/// # Errors
/// What is wrong with the pattern.
pub(super) fn files_matching(
    pattern: &Path,
    errors: &mut Vec<String>,
) -> Result<Vec<PathBuf>, String> {
    let text = pattern.to_string_lossy();
    let glob = GlobBuilder::new(&text).literal_separator(true).build();
    let matcher = glob.map_err(|error| error.to_string())?.compile_matcher();
    let fixed: PathBuf =
        pattern.components().take_while(|part| !is_pattern(Path::new(part))).collect();
    let folder = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
    let mut files = if folder.is_dir() { files_under(folder, errors) } else { Vec::new() };
    files.retain(|file| matcher.is_match(file.strip_prefix(".").unwrap_or(file)));
    Ok(files)
}
