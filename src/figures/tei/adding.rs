//! A new entry in a personography, which keeps every byte that it has.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashSet;

use crate::text::Span;

use super::super::exchange::{tei_elements, tei_entry};
use super::super::{Figure, free_id};
use super::{attribute, next_event};

/// What to write where so that a TEI file has an entry for a figure, behind the last one of its list and
/// indented like it. An id that the file has already is given a number. `None` if the file has no list for such
/// figures or cannot be read.
pub fn adding_to_tei(text: &str, figure: &Figure) -> Option<(Span, String)> {
    let (list, element, _) = tei_elements(figure.kind);
    let place = Place::find(text, list, element)?;
    let id = free_id(&figure.id, |id| place.ids.contains(id));
    let mut written = String::new();
    tei_entry(&mut written, &Figure { id, ..figure.clone() });
    if !place.prefix.is_empty() {
        // What the names contain is escaped: each `<` begins a tag.
        let tag = format!("<{}", place.prefix);
        written =
            written.replace('<', &tag).replace(&format!("{tag}/"), &format!("</{}", place.prefix));
    }
    Some(match place.last {
        Last::Entry { start, end } => (Span::gap(end), behind(&text[..start], &written)),
        Last::EmptyList { end } => (Span::gap(end), format!("\n{written}")),
        Last::EmptyTag { start, end } => {
            let tag = text[start..end].trim_end_matches("/>").trim_end();
            let name = format!("{}{list}", place.prefix);
            (Span::new(start + tag.len(), end), format!(">\n{written}</{name}>"))
        }
    })
}

/// The lines of an element as they stand behind another one, given what stands before that.
pub(super) fn behind(before: &str, written: &str) -> String {
    let space = &before[before.trim_end().len()..];
    let Some(line) = space.rfind('\n') else {
        // All entries in one line.
        return written.lines().collect();
    };
    let newline = if space[..line].ends_with('\r') { "\r\n" } else { "\n" };
    let indent = &space[line + 1..];
    let step = match indent {
        "" => "",
        _ if indent.contains('\t') => "\t",
        _ => "  ",
    };
    let last = written.lines().count() - 1;
    let lines = written.lines().enumerate().map(|(number, line)| {
        let step = if number == 0 || number == last { "" } else { step };
        format!("{newline}{indent}{step}{line}")
    });
    lines.collect()
}

/// Where an entry goes.
enum Last {
    /// Behind an entry.
    Entry { start: usize, end: usize },
    /// Behind the start tag of a list that has none.
    EmptyList { end: usize },
    /// Into a list that is one tag.
    EmptyTag { start: usize, end: usize },
}

/// Where an entry goes, and what it must heed.
struct Place {
    last: Last,
    /// Of the names of elements: `tei:`.
    prefix: String,
    /// All ids of the file.
    ids: FxHashSet<String>,
}

impl Place {
    /// The end of the list that has the last entry, else of the last list.
    fn find(text: &str, list: &str, element: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut search = Search { list, element, ..Search::default() };
        loop {
            let (event, span) = next_event(&mut reader).ok()?;
            match event {
                Event::Start(tag) => search.open(&tag, span),
                Event::Empty(tag) => search.pass(&tag, span),
                Event::End(_) => search.close(span.end),
                Event::Eof => break,
                _ => {}
            }
        }
        let is_whole = search.open.is_empty();
        let last = search.entry.or(search.without_entry).filter(|_| is_whole)?;
        Some(Self { last, prefix: search.prefix, ids: search.ids })
    }
}

/// A file while the place is looked for.
#[derive(Default)]
struct Search<'n> {
    /// The names of the list and of its entries.
    list: &'n str,
    element: &'n str,
    /// Of each open element where it begins and what it is.
    open: Vec<(usize, Kind)>,
    /// The last entry and the last list.
    entry: Option<Last>,
    without_entry: Option<Last>,
    prefix: String,
    ids: FxHashSet<String>,
}

/// What an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    Entry,
    Other,
}

impl Search<'_> {
    fn open(&mut self, tag: &BytesStart<'_>, span: Span) {
        let kind = self.kind(tag);
        if kind == Kind::List {
            self.without_entry = Some(Last::EmptyList { end: span.end });
        }
        self.open.push((span.start, kind));
    }

    /// An element that is one tag.
    fn pass(&mut self, tag: &BytesStart<'_>, Span { start, end }: Span) {
        match self.kind(tag) {
            Kind::List => self.without_entry = Some(Last::EmptyTag { start, end }),
            Kind::Entry => self.entry = Some(Last::Entry { start, end }),
            Kind::Other => {}
        }
    }

    fn close(&mut self, end: usize) {
        if let Some((start, Kind::Entry)) = self.open.pop() {
            self.entry = Some(Last::Entry { start, end });
        }
    }

    fn kind(&mut self, tag: &BytesStart<'_>) -> Kind {
        self.ids.extend(attribute(tag, "xml:id"));
        let name = tag.local_name();
        let is_in_list = matches!(self.open.last(), Some((_, Kind::List)));
        if name.as_ref() == self.list {
            self.prefix = prefix_of(tag);
            Kind::List
        } else if name.as_ref() == self.element && is_in_list {
            Kind::Entry
        } else {
            Kind::Other
        }
    }
}

/// `tei:` of `tei:listPerson`.
fn prefix_of(tag: &BytesStart<'_>) -> String {
    let name = tag.name();
    let name = name.as_ref();
    name[..name.len() - tag.local_name().as_ref().len()].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kostroma() -> Figure {
        Figure {
            id: "kostroma".to_owned(),
            name: "Boris Kostroma".to_owned(),
            family: "Kostroma".to_owned(),
            variants: vec!["Costroma & Co.".to_owned()],
            ..Figure::default()
        }
    }

    fn added(text: &str) -> Option<String> {
        let (span, written) = adding_to_tei(text, &kostroma())?;
        let text = format!("{}{written}{}", &text[..span.start], &text[span.end..]);
        let figures = super::super::parse(&text, None).expect("well-formed");
        assert!(figures.iter().any(|(figure, _)| figure.name == "Boris Kostroma"), "{text}");
        Some(text)
    }

    const NAMES: [&str; 2] = [
        "<persName type=\"preferred\"><forename>Boris</forename> <surname>Kostroma</surname></persName>",
        "<persName type=\"variant\">Costroma &amp; Co.</persName>",
    ];

    #[test]
    fn an_entry_stands_behind_the_last_one_and_comments_stay() {
        let [name, variant] = NAMES;
        let head =
            "<standOff>\r\n  <!-- Ours. -->\r\n  <listPerson>\r\n    <person xml:id=\"kern\"/>";
        let tail = " <!-- not Anna -->\r\n    <listRelation/>\r\n  </listPerson>\r\n  \
                    <listPlace><place/></listPlace></standOff>";
        let new = format!(
            "\r\n    <person xml:id=\"kostroma\">\r\n      {name}\r\n      {variant}\r\n    </person>"
        );
        assert_eq!(added(&format!("{head}{tail}")), Some(format!("{head}{new}{tail}")));
    }

    #[test]
    fn an_entry_is_written_as_the_list_is() {
        let [name, variant] = NAMES;
        let entry = format!("<person xml:id=\"kostroma\">{name}{variant}</person>");
        let line = "<listPerson><person/></listPerson>";
        let expected = line.replace("<person/>", &format!("<person/>{entry}"));
        assert_eq!(added(line), Some(expected));
        let lines = format!("\n<person xml:id=\"kostroma\">\n{name}\n{variant}\n</person>\n");
        let empty = "<listPerson type=\"a\"></listPerson>";
        assert_eq!(added(empty), Some(empty.replace("><", &format!(">{lines}<"))));
        assert_eq!(
            added("<listPerson type=\"a\"/>"),
            Some(format!("<listPerson type=\"a\">{lines}</listPerson>"))
        );
        let prefixed = added("<t:listPerson><t:person/></t:listPerson>").expect("a list");
        assert!(prefixed.contains("<t:surname>Kostroma</t:surname></t:persName>"), "{prefixed}");
    }

    #[test]
    fn an_entry_takes_no_id_of_the_file() {
        let text = "<TEI xml:id=\"kostroma\"><listPerson><person/></listPerson></TEI>";
        assert!(added(text).expect("a list").contains("<person xml:id=\"kostroma-2\">"));
    }

    #[test]
    fn a_file_without_a_list_of_persons_gets_none() {
        for text in ["<listPlace/>", "<listPerson>", "<person/>", "[[figure]]\n"] {
            assert_eq!(adding_to_tei(text, &kostroma()), None, "{text}");
        }
    }
}
