//! Figures as a TEI personography (TEI P5, chapter 14).

use std::fmt::Write;

use quick_xml::escape::escape;

use super::super::{Figure, FigureKind};

/// A whole TEI file; persons, organisations and places in lists of their own.
pub(super) fn write(figures: &[Figure]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\n\
         <titleStmt><title>Figures</title></titleStmt>\n\
         <publicationStmt><p>Exported by Rubricator</p></publicationStmt>\n\
         <sourceDesc><p>An authority of names</p></sourceDesc>\n</fileDesc>\n</teiHeader>\n\
         <standOff>\n",
    );
    // A run of figures of one kind is one list, so that their order is kept.
    let mut rest = figures;
    while let Some(first) = rest.first() {
        let (list, ..) = elements(first.kind);
        let run = rest.iter().take_while(|figure| elements(figure.kind).0 == list).count();
        let _ = writeln!(text, "<{list}>");
        rest[..run].iter().for_each(|figure| entry(&mut text, figure));
        let _ = writeln!(text, "</{list}>");
        rest = &rest[run..];
    }
    text.push_str("</standOff>\n</TEI>\n");
    text
}

/// The list, the entry and the name.
pub(in crate::figures) fn elements(kind: FigureKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        FigureKind::Person => ("listPerson", "person", "persName"),
        FigureKind::Organisation | FigureKind::Term => ("listOrg", "org", "orgName"),
        FigureKind::Place => ("listPlace", "place", "placeName"),
    }
}

/// One figure, each fact in a line.
pub(in crate::figures) fn entry(text: &mut String, figure: &Figure) {
    let (_, element, name) = elements(figure.kind);
    let kind = if figure.kind == FigureKind::Term { " type=\"term\"" } else { "" };
    let _ = writeln!(text, "<{element} xml:id=\"{}\"{kind}>", escape(&figure.id));
    let _ = writeln!(text, "<{name} type=\"preferred\">{}</{name}>", preferred(figure));
    // More than the name says: a patronymic.
    if figure.kind == FigureKind::Person
        && !figure.given.is_empty()
        && given_in_name(figure) != Some(figure.given.as_str())
    {
        let _ = writeln!(text, "<{name} type=\"given\">{}</{name}>", escape(&figure.given));
    }
    if !figure.native.is_empty() {
        let language = match figure.language.as_str() {
            "" => String::new(),
            language => format!(" xml:lang=\"{}\"", escape(language)),
        };
        let _ =
            writeln!(text, "<{name} type=\"native\"{language}>{}</{name}>", escape(&figure.native));
    }
    for form in &figure.variants {
        let _ = writeln!(text, "<{name} type=\"variant\">{}</{name}>", escape(form));
    }
    for form in &figure.accepted {
        let _ = writeln!(text, "<{name}>{}</{name}>", escape(form));
    }
    for (element, date) in [("birth", &figure.born), ("death", &figure.died)] {
        if !date.is_empty() {
            let _ = writeln!(text, "<{element} when=\"{}\"/>", escape(date));
        }
    }
    let role = if figure.kind == FigureKind::Person { "occupation" } else { "desc" };
    for (element, words) in [(role, &figure.role), ("note", &figure.note)] {
        if !words.is_empty() {
            let _ = writeln!(text, "<{element}>{}</{element}>", escape(words));
        }
    }
    for link in &figure.links {
        let _ = writeln!(text, "<idno type=\"URI\">{}</idno>", escape(link));
    }
    if !figure.source.is_empty() {
        let _ = writeln!(text, "<note type=\"source\">{}</note>", escape(&figure.source));
    }
    let _ = writeln!(text, "</{element}>");
}

/// What stands before the family name.
fn given_in_name(figure: &Figure) -> Option<&str> {
    figure.name.strip_suffix(figure.family.as_str()).map(str::trim)
}

/// `<forename>Nikita</forename> <surname>Khrushchev</surname>`, where the name is made so.
fn preferred(figure: &Figure) -> String {
    match given_in_name(figure) {
        Some(given) if figure.kind == FigureKind::Person && !given.is_empty() => format!(
            "<forename>{}</forename> <surname>{}</surname>",
            escape(given),
            escape(&figure.family)
        ),
        _ if figure.kind == FigureKind::Person => {
            // The family name stands first or is the whole: marked where it is.
            let marked = format!("<surname>{}</surname>", escape(&figure.family));
            escape(&figure.name).replacen(&*escape(&figure.family), &marked, 1)
        }
        _ => escape(&figure.name).into_owned(),
    }
}
