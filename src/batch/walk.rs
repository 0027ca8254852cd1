//! Which files are checked.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::config::Config;
use crate::markup::Format;

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
            Err(error) => errors.push(error.to_string()),
        }
    }
    files.sort();
    files
}

/// Whether a file that was found and not named is checked under its configuration.
pub(crate) fn is_wanted(path: &Path, config: &Config) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    config.includes(config.relative(&absolute))
}
