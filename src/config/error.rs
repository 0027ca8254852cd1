//! Errors in configuration, as sentences with a place.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::{LineIndex, TomlError};

/// Something wrong with `rubricator.toml` or an authority file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// Line and column from 1, where there is a place.
    pub place: Option<(usize, usize)>,
    /// One sentence.
    pub message: String,
}

impl ConfigError {
    /// An error about a file as a whole.
    pub fn whole(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), place: None, message: message.into() }
    }

    /// An error at byte `offset` of the file's `text`.
    pub fn at(path: &Path, text: &str, offset: usize, message: impl Into<String>) -> Self {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let place = LineIndex::of(text).line_column(text, offset);
        let place = Some((place.line, place.column));
        Self { path: path.to_owned(), place, message: message.into() }
    }

    /// What the TOML parser says, with the nearest known word where a key is unknown.
    pub(super) fn of_toml(path: &Path, text: &str, error: &TomlError) -> Self {
        let message = with_suggestion(&error.message);
        match error.span {
            Some(span) => Self::at(path, text, span.start, message),
            None => Self::whole(path, message),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.path.display())?;
        if let Some((line, column)) = self.place {
            write!(out, ":{line}:{column}")?;
        }
        write!(out, ": {}", self.message)
    }
}

impl std::error::Error for ConfigError {}

/// Adds ‘did you mean’ to ``unknown field `x`, expected one of `a`, `b` ``.
pub(super) fn with_suggestion(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let Some(unknown) = words.next().filter(|_| message.starts_with("unknown ")) else {
        return message.to_owned();
    };
    match nearest(unknown, words) {
        Some(known) => format!("{message}; did you mean `{known}`?"),
        None => message.to_owned(),
    }
}

/// The word most like `unknown`, if any is like it at all.
pub(crate) fn nearest<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(unknown, word), word))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}
