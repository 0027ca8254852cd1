//! What stands before the root of XML: its declaration, comments, instructions and the document type
//! declaration (XML 1.0, section 2.8).

use crate::text::Span;

/// A document type declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doctype {
    /// All of it, in the source.
    pub(super) span: Span,
    /// Whether it has declarations of its own in brackets (an internal subset).
    pub(super) has_subset: bool,
}

/// The document type declaration at the head of `source`, if it is there and ends; linear in the head.
pub(super) fn doctype(source: &str) -> Option<Doctype> {
    let start = source.len() - behind_misc(source).len();
    let head = source.get(start..start + "<!doctype".len())?;
    if !head.eq_ignore_ascii_case("<!doctype") {
        return None;
    }
    let mut is_inside = false;
    let mut at = start + head.len();
    loop {
        let rest = &source[at..];
        let byte = *rest.as_bytes().first()?;
        at += match byte {
            b'"' | b'\'' => 2 + rest[1..].find(byte as char)?,
            b'<' if rest.starts_with("<!--") => rest.find("-->")? + "-->".len(),
            b'<' if rest.starts_with("<?") => rest.find("?>")? + "?>".len(),
            b'[' if !is_inside => {
                is_inside = true;
                1
            }
            b']' if is_inside => {
                let end = rest[1..].trim_start();
                let span = Span::new(start, source.len() - end.len() + 1);
                return end.starts_with('>').then_some(Doctype { span, has_subset: true });
            }
            b'>' if !is_inside => {
                return Some(Doctype { span: Span::new(start, at + 1), has_subset: false });
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
}

/// Where the root would begin: behind all that may stand before it, in bytes.
pub(super) fn root(source: &str) -> usize {
    let behind = doctype(source).map_or(0, |doctype| doctype.span.end);
    source.len() - behind_misc(&source[behind..]).len()
}

/// What follows the XML declaration, comments, instructions and white space.
fn behind_misc(source: &str) -> &str {
    let mut rest = source.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<?") => rest.find("?>").map(|at| at + "?>".len()),
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + "-->".len()),
            _ => return rest,
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_in_brackets_are_found() {
        let doctype = "<!DOCTYPE html SYSTEM \"a>b\" [<!ENTITY a ']>'><!-- ]> --><?p ]>?>] >";
        let source = format!("<?xml version='1.0'?>\n<!-- so -->{doctype}<html/>");
        let found = super::doctype(&source).expect("a declaration");
        assert_eq!((found.span.of(&source), found.has_subset), (doctype, true));
        assert_eq!(&source[root(&source)..], "<html/>");
        for other in ["<p>[a]>", "<!DOCTYPE html [<!ENTITY a 'b'>", ""] {
            assert_eq!(super::doctype(other), None, "{other}");
        }
    }

    #[test]
    fn the_root_stands_behind_all_that_may_stand_before_it() {
        let head = "\u{feff}<?xml version='1.0'?>\n<?xml-model href='a.rng'?><!-- <p> -->\n<!DOCTYPE TEI.2 SYSTEM '>'>\n<!--x-->";
        assert_eq!(root(&format!("{head}<TEI.2>")), head.len());
        assert_eq!(root("no XML"), 0);
    }
}
