//! What the text of a pointer says about where it leads.

use crate::markup::{self, PointerKind};

/// Where a pointer leads that has no anchor in its own document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the document itself.
    Here,
    /// Into a file, by a path relative to the document.
    File {
        /// The path as written, decoded.
        path: String,
        /// The anchor in it, if one is named, as written; see [`super::ids`].
        fragment: Option<String>,
    },
    /// Out of the corpus: a web or a mail address.
    Outside,
}

/// Reads a pointer's target: a URL reference by RFC 3986 or the label of a note.
pub fn target(text: &str, kind: PointerKind) -> Target {
    let text = text.trim();
    if kind == PointerKind::Citation {
        return Target::Here;
    }
    if has_scheme(text) || text.starts_with("//") {
        return Target::Outside;
    }
    let (path, fragment) = match text.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        // The label of a note, or a key.
        None if matches!(kind, PointerKind::Marker | PointerKind::Backlink) => return Target::Here,
        None => (text, None),
    };
    if kind == PointerKind::Page {
        let fragment = fragment.map(str::to_owned);
        return Target::File { path: path.to_owned(), fragment };
    }
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return Target::Here;
    }
    let fragment = fragment.filter(|fragment| !fragment.is_empty()).map(str::to_owned);
    Target::File { path: decoded(path), fragment }
}

/// Whether a link leads to its own document as such: `""`, `#`, `#top`, `?page=2`.
pub fn is_whole(text: &str, kind: PointerKind) -> bool {
    let text = text.trim();
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let is_link = matches!(kind, PointerKind::Link | PointerKind::Backlink);
    (is_link || text.starts_with('#'))
        && super::is_top(fragment)
        && (path.is_empty() || path.starts_with('?'))
}

/// Whether a URL begins with a scheme; a single letter is a drive.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The file's part of a pointer as the source has it; `None` where that does not read as `path`.
/// Signs may be written as references of XML there, behind a backslash, and as what URLs have for
/// them.
pub fn written_path<'s>(pointer: &'s str, path: &str) -> Option<&'s str> {
    if pointer.starts_with(path) {
        return Some(&pointer[..path.len()]);
    }
    // The sign in `&#32;` ends no path.
    let is_end = |(at, _): &(usize, &str)| !pointer[..*at].ends_with('&');
    let end = pointer.match_indices('#').find(is_end).map_or(pointer.len(), |(at, _)| at);
    let written = &pointer[..end];
    let written = &written[..written.find('?').unwrap_or(end)];
    let read = markup::decoded(written);
    let is_it = decoded(&read) == path || decoded(&without_escapes(written)) == path;
    is_it.then_some(written)
}

/// `foo\_bar.md` as Markdown reads it (CommonMark, ‘Backslash escapes’).
fn without_escapes(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let escaped = (sign == '\\').then(|| signs.next_if(char::is_ascii_punctuation)).flatten();
        read.push(escaped.unwrap_or(sign));
    }
    read
}

/// `%20` as the character it stands for.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_in_a_pointer_as_it_is_written() {
        for (pointer, path, expected) in [
            ("b.html#n1", "b.html", Some("b.html")),
            ("a%20b.html#n1", "a b.html", Some("a%20b.html")),
            ("a&#32;b.html?x=1#n1", "a b.html", Some("a&#32;b.html")),
            ("a&amp;b.html", "a&b.html", Some("a&amp;b.html")),
            (r"foo\_bar.md#n", "foo_bar.md", Some(r"foo\_bar.md")),
            (r"a\b.md", r"a\b.md", Some(r"a\b.md")),
            ("pers:khrushchev", "people.xml", None),
        ] {
            assert_eq!(written_path(pointer, path), expected, "{pointer}");
        }
    }

    #[test]
    fn targets_as_they_are_written() {
        let file = |path: &str, fragment: Option<&str>| Target::File {
            path: path.to_owned(),
            fragment: fragment.map(str::to_owned),
        };
        for (text, kind, expected) in [
            ("#n1", PointerKind::Link, Target::Here),
            ("3", PointerKind::Marker, Target::Here),
            ("notes.xhtml#n3", PointerKind::Marker, file("notes.xhtml", Some("n3"))),
            ("../a%20b.html", PointerKind::Link, file("../a b.html", None)),
            ("people.xml#lenin", PointerKind::Figure, file("people.xml", Some("lenin"))),
            ("https://example.org/#a", PointerKind::Link, Target::Outside),
            ("mailto:a@example.org", PointerKind::Link, Target::Outside),
        ] {
            assert_eq!(target(text, kind), expected, "{text}");
        }
    }
}
