//! What may be written beside plain text: colours, and links that a terminal lets one follow.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal};
use std::path::Path;

use console::Term;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Color;

/// All but what RFC 3986 leaves as it is in the path of a URL.
const NOT_IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What is narrower has no room for a line of text, in columns.
const NARROWEST: usize = 40;

/// How a report on standard output looks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) has_colors: bool,
    pub(super) has_links: bool,
    /// How wide the terminal is, in columns, if it is one.
    pub(super) width: Option<usize>,
}

impl Look {
    /// What was asked for, or else what standard output can show. `NO_COLOR` (no-color.org) and
    /// `CLICOLOR_FORCE` (bixense.com/clicolors) count if there is something in them.
    pub(super) fn of(color: Color) -> Self {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name: &str, wanted: &str| env::var_os(name).is_some_and(|value| value == wanted);
        let is_terminal = io::stdout().is_terminal() && !is("TERM", "dumb");
        let has_colors = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if is_set("NO_COLOR") => false,
            Color::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
            Color::Auto => is_terminal && !is("CLICOLOR", "0"),
        };
        let width = || Some(usize::from(Term::stdout().size_checked()?.1).max(NARROWEST));
        let width = if is_terminal { width() } else { None };
        Self { has_colors, has_links: is_terminal && has_colors, width }
    }
}

/// `text` with a picture for every character that would speak to the terminal instead of being shown
/// (Unicode's control pictures), so that no text or file name can do so and each stays in its line.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let is_unseen =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        c if is_unseen(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(picture).collect())
}

/// `text` as a link to a file, in the way that terminals have agreed on (OSC 8).
pub(super) fn link(text: &str, path: &Path) -> String {
    let Ok(absolute) = std::path::absolute(path) else {
        return text.to_owned();
    };
    let absolute = absolute.to_string_lossy().replace('\\', "/");
    let encoded = utf8_percent_encode(&absolute, NOT_IN_PATHS);
    let slash = if absolute.starts_with('/') { "" } else { "/" };
    format!("\x1b]8;;file://{slash}{encoded}\x1b\\{text}\x1b]8;;\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_speaks_to_the_terminal() {
        assert_eq!(visible("the “Übergröße”, in 1956"), "the “Übergröße”, in 1956");
        assert_eq!(visible("a\nb\x1b[31m\x7f\u{9b}2J\u{202e}c"), "a␊b␛[31m␡\u{fffd}2J\u{fffd}c");
    }

    #[cfg(unix)]
    #[test]
    fn links_name_the_whole_path() {
        let shown = link("a b.txt:1:2", Path::new("/texts/a b.txt"));
        assert_eq!(shown, "\x1b]8;;file:///texts/a%20b.txt\x1b\\a b.txt:1:2\x1b]8;;\x1b\\");
    }
}
