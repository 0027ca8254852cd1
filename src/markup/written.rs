//! Characters written as references, `&rsquo;` or `&#8217;`, where a text has that manner or its
//! encoding has no other way.

use std::fmt::Write;

use super::Format;
use super::marked::reference_at;

/// The marks of print that HTML has names for (HTML Living Standard, named character references).
const NAMES: &[(char, &str)] = &[
    ('‘', "lsquo"),
    ('’', "rsquo"),
    ('‚', "sbquo"),
    ('“', "ldquo"),
    ('”', "rdquo"),
    ('„', "bdquo"),
    ('‹', "lsaquo"),
    ('›', "rsaquo"),
    ('«', "laquo"),
    ('»', "raquo"),
    ('′', "prime"),
    ('″', "Prime"),
    ('\u{A0}', "nbsp"),
];

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Named,
    Decimal,
    Hexadecimal { in_capitals: bool },
}

/// `text` with each character beyond ASCII written as `model` writes such: if there is a reference
/// in that piece of `source`, as one of its kind. `None`: there is none, and `text` stays as it is.
pub fn in_manner_of(model: &str, text: &str, format: Format, source: &str) -> Option<String> {
    if format == Format::Plain || text.is_ascii() {
        return None;
    }
    let manner = manner_of(model)?;
    Some(rewritten(text, char::is_ascii, |character, out| {
        let name = NAMES.iter().find(|(known, _)| *known == character).map(|(_, name)| *name);
        let name = name.filter(|name| format != Format::Tei || knows_entity(source, name));
        match (manner, name) {
            (Manner::Named, Some(name)) => write!(out, "&{name};"),
            (Manner::Hexadecimal { in_capitals: true }, _) => {
                write!(out, "&#x{:X};", u32::from(character))
            }
            (Manner::Hexadecimal { .. }, _) => write!(out, "&#x{:x};", u32::from(character)),
            _ => write!(out, "&#{};", u32::from(character)),
        }
    }))
}

/// `text` with each character that may not stand in the file written as a reference by its number.
pub fn by_number(text: &str, may_stand: impl Fn(&char) -> bool) -> String {
    rewritten(text, may_stand, |character, out| write!(out, "&#{};", u32::from(character)))
}

/// Whether a reference put at byte `at` of `source` is read as one.
pub fn reads_references(source: &str, at: usize, format: Format) -> bool {
    let before = &source[..at];
    let is_verbatim =
        before.rfind("<![CDATA[").is_some_and(|start| !before[start..].contains("]]>"));
    matches!(format, Format::Html | Format::Tei) && !is_verbatim
}

fn rewritten(
    text: &str,
    may_stand: impl Fn(&char) -> bool,
    write: impl Fn(char, &mut String) -> std::fmt::Result,
) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if may_stand(&character) || write(character, &mut out).is_err() {
            out.push(character);
        }
    }
    out
}

/// How the first reference of a piece of the source is written; those of markup, `&amp;`, tell nothing.
fn manner_of(model: &str) -> Option<Manner> {
    let mut references = model.match_indices('&').filter_map(|(at, _)| {
        let (value, length) = reference_at(&model[at..])?;
        (!matches!(&*value, "&" | "<" | ">")).then(|| &model[at..at + length])
    });
    let first = references.next()?;
    Some(match first.strip_prefix("&#") {
        None => Manner::Named,
        Some(number) => match number.strip_prefix(['x', 'X']) {
            None => Manner::Decimal,
            Some(digits) => Manner::Hexadecimal {
                in_capitals: !digits.contains(|c: char| c.is_ascii_lowercase()),
            },
        },
    })
}

/// Whether an XML document that is well-formed shows that an entity is declared.
fn knows_entity(source: &str, name: &str) -> bool {
    source.contains(&format!("&{name};")) || source.contains(&format!("<!ENTITY {name} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_written_as_the_one_it_replaces() {
        let cases = [
            ("&lsquo;", "’", "&rsquo;"),
            ("&#8216;", "’", "&#8217;"),
            ("&#x201c;", "”", "&#x201d;"),
            ("&#x201C;", "”", "&#x201D;"),
            ("&rsquo;,", ",’", ",&rsquo;"),
            ("M&eacute;sz&aacute;ros", "Mészöly", "M&#233;sz&#246;ly"),
        ];
        for (model, text, written) in cases {
            let found = in_manner_of(model, text, Format::Html, "");
            assert_eq!(found.as_deref(), Some(written), "{model}");
        }
        for model in ["‘", "Marx &amp; Engels", "AT&T"] {
            assert_eq!(in_manner_of(model, "’", Format::Html, ""), None, "{model}");
        }
        assert_eq!(in_manner_of("&lsquo;", "’", Format::Plain, ""), None);
    }

    #[test]
    fn only_an_entity_that_is_declared_is_put_into_xml() {
        let write = |source: &str| in_manner_of("&lsquo;", "’", Format::Tei, source);
        assert_eq!(write("<p>&lsquo;").as_deref(), Some("&#8217;"));
        assert_eq!(write("<p>&lsquo;so&rsquo;").as_deref(), Some("&rsquo;"));
        assert_eq!(write("<!ENTITY rsquo \"&#8217;\">").as_deref(), Some("&rsquo;"));
    }

    #[test]
    fn references_are_not_read_in_cdata() {
        let source = "<p>a<![CDATA[b]]>c</p>";
        let reads = |word: &str| {
            let at = source.find(word).expect("there");
            reads_references(source, at, Format::Tei)
        };
        assert!(reads("a<") && reads("c<") && !reads("b]"));
    }
}
