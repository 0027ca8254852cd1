//! TEI personographies as they are: `listPerson`, `listOrg`, `listPlace` (TEI P5, chapter 14).

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::Span;

use super::{Figure, FigureKind, Problem};

/// An entry while it is read.
#[derive(Default)]
struct Entry {
    id: String,
    id_at: usize,
    kind: FigureKind,
    names: Vec<Name>,
    born: String,
    died: String,
    role: String,
    note: String,
    source: String,
    links: Vec<String>,
}

/// One of the names of an entry.
#[derive(Default)]
struct Name {
    /// All its words.
    text: String,
    forenames: Vec<String>,
    surname: String,
    /// `von`, `de`: belongs to the surname.
    link: String,
    kind: String,
    language: String,
    span: (usize, usize),
}

/// What the text that is being read belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Forename,
    Surname,
    Link,
    Born,
    Died,
    Role,
    Note,
    Source,
    Address,
    Nothing,
}

/// The figures of a TEI file, or what is wrong with it.
pub(super) fn parse(text: &str, path: Option<&Arc<Path>>) -> Result<Vec<(Figure, usize)>, Problem> {
    let mut reader = Reader::from_str(text);
    let mut figures = Vec::new();
    let mut entry: Option<Entry> = None;
    // Elements that are open inside the entry, with what their text is.
    let mut open: Vec<Field> = Vec::new();
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| Problem {
            offset: reader.error_position() as usize,
            message: format!("this is not well-formed XML: {error}"),
        })?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Eof => return Ok(figures),
            Event::Start(tag) => match &mut entry {
                Some(entry) => open.push(entry.open(&tag, end)),
                None => entry = Entry::begin(&tag, start),
            },
            Event::Empty(tag) => {
                if let Some(entry) = &mut entry {
                    let field = entry.open(&tag, end);
                    entry.close(field, end);
                }
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                if let Some(entry) = &mut entry {
                    entry.text(&open, &decoded(&text[start..end]));
                }
            }
            Event::End(_) => match (open.pop(), &mut entry) {
                (Some(field), Some(entry)) => entry.close(field, start),
                (None, _) => figures.extend(entry.take().and_then(|entry| entry.finish(path))),
                _ => {}
            },
            _ => {}
        }
    }
}

impl Entry {
    /// The entry that an element begins, if it is one with an id.
    fn begin(tag: &BytesStart<'_>, start: usize) -> Option<Self> {
        let kind = match tag.local_name().as_ref() {
            "person" | "personGrp" | "persona" => FigureKind::Person,
            "org" if attribute(tag, "type").as_deref() == Some("term") => FigureKind::Term,
            "org" => FigureKind::Organisation,
            "place" => FigureKind::Place,
            _ => return None,
        };
        let id = attribute(tag, "xml:id")?;
        Some(Self { id, id_at: start, kind, ..Self::default() })
    }

    fn open(&mut self, tag: &BytesStart<'_>, at: usize) -> Field {
        let date = || ["when", "notBefore", "from"].iter().find_map(|name| attribute(tag, name));
        match tag.local_name().as_ref() {
            "persName" | "orgName" | "placeName" | "geogName" => {
                self.names.push(Name {
                    kind: attribute(tag, "type").unwrap_or_default(),
                    language: attribute(tag, "xml:lang").unwrap_or_default(),
                    span: (at, at),
                    ..Name::default()
                });
                Field::Name
            }
            "forename" => {
                if let Some(name) = self.names.last_mut() {
                    name.forenames.push(String::new());
                }
                Field::Forename
            }
            "surname" => Field::Surname,
            "nameLink" => Field::Link,
            "birth" => {
                self.born = date().unwrap_or_default();
                if self.born.is_empty() { Field::Born } else { Field::Nothing }
            }
            "death" => {
                self.died = date().unwrap_or_default();
                if self.died.is_empty() { Field::Died } else { Field::Nothing }
            }
            "occupation" | "desc" if self.role.is_empty() => Field::Role,
            "note" if attribute(tag, "type").as_deref() == Some("source") => Field::Source,
            "note" => Field::Note,
            "idno" | "ptr" | "ref" => {
                self.links.extend(attribute(tag, "target").filter(|link| is_web(link)));
                Field::Address
            }
            _ => Field::Nothing,
        }
    }

    fn text(&mut self, open: &[Field], words: &str) {
        let Some(field) = open.iter().rev().copied().find(|field| *field != Field::Nothing) else {
            return;
        };
        // The parts of a name are parts of its text as well.
        if let (Field::Name | Field::Forename | Field::Surname | Field::Link, Some(name)) =
            (field, self.names.last_mut())
        {
            name.text.push_str(words);
            match field {
                Field::Forename => {
                    if let Some(forename) = name.forenames.last_mut() {
                        forename.push_str(words);
                    }
                }
                Field::Surname => name.surname.push_str(words),
                Field::Link => name.link.push_str(words),
                _ => {}
            }
        }
        match field {
            Field::Born => self.born.push_str(words),
            Field::Died => self.died.push_str(words),
            Field::Role => self.role.push_str(words),
            Field::Note => self.note.push_str(words),
            Field::Source => self.source.push_str(words),
            Field::Address if is_web(words.trim()) => self.links.push(words.trim().to_owned()),
            _ => {}
        }
    }

    /// An element ends; its end tag starts at `at`.
    fn close(&mut self, field: Field, at: usize) {
        if let (Field::Name, Some(name)) = (field, self.names.last_mut()) {
            name.span.1 = at.max(name.span.0);
        }
    }

    /// The figure; an entry without a name is none.
    fn finish(self, path: Option<&Arc<Path>>) -> Option<(Figure, usize)> {
        let names: Vec<&Name> =
            self.names.iter().filter(|name| !name.text.trim().is_empty()).collect();
        let is_chosen = |name: &&&Name| matches!(name.kind.as_str(), "pref" | "preferred" | "main");
        let in_latin = |name: &&&Name| name.text.chars().all(|c| !c.is_alphabetic() || is_latin(c));
        let preferred = names
            .iter()
            .find(is_chosen)
            .or_else(|| names.iter().find(in_latin))
            .or_else(|| names.first())?;
        let native = names
            .iter()
            .find(|name| name.kind == "native")
            .or_else(|| names.iter().find(|name| !in_latin(name)));
        let (name, family, given) = preferred.parts(self.kind);
        let others = || {
            names
                .iter()
                .filter(|other| !std::ptr::eq(**other, *preferred) && other.kind != "native")
                .filter(in_latin)
        };
        let is_wrong =
            |name: &&&Name| matches!(name.kind.as_str(), "variant" | "misspelling" | "wrong");
        let form = |other: &&Name| other.parts(self.kind).0;
        let figure = Figure {
            id: self.id,
            variants: others().filter(is_wrong).map(form).collect(),
            accepted: others().filter(|other| !is_wrong(other)).map(form).collect(),
            native: native.map_or_else(String::new, |native| native.parts(self.kind).0),
            language: native.map_or_else(String::new, |native| native.language.clone()),
            span: Span::new(preferred.span.0, preferred.span.1),
            family_span: None,
            name,
            family,
            given,
            born: plain(&self.born),
            died: plain(&self.died),
            role: plain(&self.role),
            note: plain(&self.note),
            links: self.links,
            source: plain(&self.source),
            kind: self.kind,
            path: path.cloned(),
        };
        Some((figure, self.id_at))
    }
}

impl Name {
    /// The whole name as people say it, the family name, the given names.
    fn parts(&self, kind: FigureKind) -> (String, String, String) {
        let text = plain(&self.text);
        if kind != FigureKind::Person {
            return (text.clone(), text, String::new());
        }
        let forenames: Vec<String> = self.forenames.iter().map(|name| plain(name)).collect();
        let (surname, given) = (plain(&self.surname), forenames.join(" "));
        if !surname.is_empty() && given.is_empty() && text != surname && !text.contains(',') {
            // `<surname>Mao</surname> Tse-tung`: the rest is not marked.
            let given = text.replacen(&surname, "", 1).trim().to_owned();
            return (text, surname, given);
        }
        if !surname.is_empty() {
            let link = plain(&self.link);
            let parts = [given.as_str(), link.as_str(), surname.as_str()];
            let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            return (said.join(" "), surname, given);
        }
        // ‘Khrushchev, Nikita’, as catalogues have it.
        if let Some((family, rest)) = text.split_once(',') {
            let (family, rest) = (family.trim(), rest.trim());
            return (
                format!("{rest} {family}").trim().to_owned(),
                family.to_owned(),
                rest.to_owned(),
            );
        }
        let family = text.rsplit(' ').next().unwrap_or(&text).to_owned();
        let given = text[..text.len() - family.len()].trim().to_owned();
        (text, family, given)
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    Some(decoded(&attribute.value).into_owned())
}

/// Text with its references resolved; one that is not known stays as it is written.
fn decoded(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
}

/// White space as one space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><listPerson>
  <person xml:id='khrushchev'>
    <persName><forename>Nikita</forename> <surname>Khrushchev</surname></persName>
    <persName type='variant'>Krushchev</persName>
    <persName xml:lang='ru'>Никита Сергеевич Хрущёв</persName>
    <birth when='1894-04-15'/><death when='1971-09-11'>in Moscow</death>
    <occupation>First Secretary
      of the CPSU</occupation>
    <idno type='URI'>https://example.org/khrushchev</idno>
  </person>
  <person xml:id='hindenburg'><persName><surname>Hindenburg</surname>, <forename>Paul</forename>
    <nameLink>von</nameLink></persName></person>
  <person xml:id='luxemburg'><persName>Luxemburg, Rosa</persName></person>
  <person xml:id='nobody'/>
  </listPerson><listOrg><org xml:id='tuc'><orgName>Trades Union Congress &amp; Co.</orgName></org></listOrg>
</teiHeader></TEI>
";

    #[test]
    fn entries_are_read_as_editions_write_them() {
        let figures = parse(FILE, None).expect("well-formed");
        let shown: Vec<_> = figures
            .iter()
            .map(|(figure, _)| (figure.id.as_str(), figure.name.as_str(), figure.family.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("khrushchev", "Nikita Khrushchev", "Khrushchev"),
                ("hindenburg", "Paul von Hindenburg", "Hindenburg"),
                ("luxemburg", "Rosa Luxemburg", "Luxemburg"),
                ("tuc", "Trades Union Congress & Co.", "Trades Union Congress & Co."),
            ]
        );
        let (first, at) = &figures[0];
        assert_eq!(&FILE[*at..*at + 7], "<person");
        assert_eq!(first.native, "Никита Сергеевич Хрущёв");
        assert_eq!(first.language, "ru");
        assert_eq!(first.variants, ["Krushchev"]);
        assert_eq!((first.born.as_str(), first.died.as_str()), ("1894-04-15", "1971-09-11"));
        assert_eq!(first.role, "First Secretary of the CPSU");
        assert_eq!(first.links, ["https://example.org/khrushchev"]);
        assert!(first.span.of(FILE).starts_with("<forename>Nikita"));
    }

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        let problem = parse("<TEI><listPerson></TEI>", None).expect_err("not well-formed");
        assert!(problem.message.starts_with("this is not well-formed XML"), "{}", problem.message);
        assert_eq!(problem.offset, 17);
    }
}
