//! A document type declaration with declarations of its own (an internal subset), which XHTML may
//! have and HTML has not: the tokenizer ends it at the first `>`.

use crate::text::Span;

use super::super::prolog;

/// The declaration at the head of a page, if it has declarations in brackets; linear.
pub(super) fn with_subset(source: &str) -> Option<Span> {
    prolog::doctype(source).filter(|doctype| doctype.has_subset).map(|doctype| doctype.span)
}

/// Whether a page is read as XML by whoever reads it, as far as its head tells.
pub(super) fn is_xml(source: &str, declaration: Span) -> bool {
    source[..declaration.start].contains("<?xml") || declaration.of(source).contains("XHTML")
}

#[cfg(test)]
mod tests {
    use crate::markup::{Format, read};

    fn read_shown(source: &str) -> (Vec<(&str, String)>, Vec<&str>) {
        let document = read(source, Format::Html, None);
        let problems = document.problems.iter();
        let problems = problems.map(|one| (one.span.of(source), one.message.clone())).collect();
        let places = document.blocks.iter().map(|block| block.span.of(source));
        (problems, places.collect())
    }

    #[test]
    fn entities_of_a_page_are_known_and_those_that_explode_are_told() {
        let page = |head: &str, entities: &str, text: &str| {
            format!("{head}<!DOCTYPE html [{entities}]><p>{text}</p>")
        };
        let xml = "<?xml version='1.0'?>";
        let good = page(xml, "<!ENTITY dam 'the dam'>", "He saw &dam;, &no;.");
        assert_eq!(
            read_shown(&good),
            (
                vec![("&no;", "HTML knows no character of this name.".to_owned())],
                vec!["<p>He saw &dam;, &no;."]
            )
        );
        let levels = (1..10).map(|level| {
            format!("<!ENTITY l{level} '{}'>", format!("&l{};", level - 1).repeat(10))
        });
        let bomb = format!("<!ENTITY l0 'ha'>{}", levels.collect::<String>());
        let bomb = page(xml, &bomb, "&l9;");
        let (problems, _) = read_shown(&bomb);
        assert!(problems[0].1.starts_with("The entity &l7; would be larger"), "{problems:?}");
        let often =
            page(xml, &format!("<!ENTITY a '{}'>", "x".repeat(100_000)), &"&a;".repeat(900));
        let (problems, _) = read_shown(&often);
        assert!(problems[0].1.starts_with("With its entities written out"), "{problems:?}");
    }

    #[test]
    fn a_page_of_html_cannot_declare_anything() {
        let page = "<!DOCTYPE html [<!ENTITY dam 'the dam'>]><p>He saw it.</p>";
        let message = "HTML has no declarations of its own; a browser shows what follows the first > of this one.";
        assert_eq!(read_shown(page), (vec![("[", message.to_owned())], vec!["<p>He saw it."]));
    }
}
