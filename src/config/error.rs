//! Errors in configuration, as sentences with a place.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::text::{LineIndex, TomlError, nearest};

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

    /// What the TOML parser says.
    pub(super) fn of_toml(path: &Path, text: &str, error: &TomlError) -> Self {
        let message = in_plain_words(&error.message);
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

/// The text of a file.
///
/// # Errors
/// Where it is no UTF-8.
pub fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, ConfigError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        let message = "this is no UTF-8 from here on; save the file as UTF-8";
        ConfigError::at(path, &text, valid, message)
    })
}

/// What the parser of TOML says of a value, for people who know the file and not the parser; with
/// the nearest known word where one is unknown.
pub(super) fn in_plain_words(message: &str) -> String {
    if let Some(message) = of_wrong_type(message) {
        return message;
    }
    let mut words = message.split('`').skip(1).step_by(2);
    let Some(unknown) = words.next().filter(|_| message.starts_with("unknown ")) else {
        return message.to_owned();
    };
    if unknown.is_empty() {
        let known: Vec<_> = words.map(|word| format!("\"{word}\"")).collect();
        return format!("one of these is wanted here: {}", known.join(", "));
    }
    let practice = PRACTICES.iter().find(|(name, _)| *name == unknown.to_lowercase());
    let practice = practice.and_then(|(_, style)| words.clone().find(|word| word == style));
    match practice.or_else(|| nearest(unknown, words)) {
        Some(known) => format!("{message}; did you mean `{known}`?"),
        None => message.to_owned(),
    }
}

/// Styles of quotation marks by those whose print has them.
const PRACTICES: &[(&str, &str)] = &[
    ("american", "double"),
    ("british", "single"),
    ("danish", "reversed-guillemets"),
    ("english", "double"),
    ("finnish", "swedish"),
    ("french", "guillemets"),
    ("italian", "guillemets"),
    ("russian", "guillemets"),
    ("spanish", "guillemets"),
];

/// `invalid type: integer `3`, expected a string` in other words.
fn of_wrong_type(message: &str) -> Option<String> {
    let (found, wanted) = message.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let found = match found.split([' ', ',']).next()? {
        "string" => "a text",
        "integer" | "floating" => "a number",
        "boolean" => "a yes or no",
        "sequence" => "a list",
        "map" => "a table",
        _ => return None,
    };
    let wanted = match wanted {
        "a string" => "a text in quotation marks",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list in brackets, [\"…\", \"…\"],",
        _ if wanted == "a map" || wanted.starts_with("struct") => "a table",
        _ => return None,
    };
    Some(format!("{wanted} is wanted here, and this is {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_is_put_into_plain_words() {
        let cases = [
            (
                "invalid type: string \"figures.toml\", expected a sequence",
                "a list in brackets, [\"…\", \"…\"], is wanted here, and this is a text",
            ),
            (
                "unknown variant ``, expected `error` or `off`",
                "one of these is wanted here: \"error\", \"off\"",
            ),
            (
                "unknown variant `french`, expected `single` or `guillemets`",
                "unknown variant `french`, expected `single` or `guillemets`; did you mean \
                 `guillemets`?",
            ),
        ];
        for (said, plain) in cases {
            assert_eq!(in_plain_words(said), plain);
        }
    }

    #[test]
    fn a_file_that_is_no_utf_8_is_told_with_its_line() {
        let error = utf8(Path::new("a.toml"), b"[rules]\nx = 'caf\xE9'\n".to_vec());
        let error = error.expect_err("no UTF-8");
        assert!(error.to_string().starts_with("a.toml:2:9: "), "{error}");
    }
}
