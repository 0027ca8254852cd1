//! TEI personographies as they are: `listPerson`, `listOrg`, `listPlace` (TEI P5, chapter 14).

mod accepting;
mod adding;
mod name;
mod register;

use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashSet;

use crate::markup::decoded;
use crate::text::Span;

use super::{Figure, FigureKind, Problem, free_id, id_of};
use name::{Name, plain};

pub use accepting::accepting_in_tei;
pub use adding::adding_to_tei;

/// An entry while it is read.
#[derive(Default)]
struct Entry {
    /// Empty: it has none.
    id: String,
    at: usize,
    kind: FigureKind,
    names: Vec<Name>,
    born: Life,
    died: Life,
    role: String,
    note: String,
    source: String,
    links: Vec<String>,
}

/// What is said of a birth or a death.
#[derive(Default)]
struct Life {
    /// The date for machines.
    when: String,
    /// The words of a `date` in it.
    date: String,
    /// Its own words.
    text: String,
}

/// What the text that is being read belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// The element is an entry.
    Entry,
    Name,
    Forename,
    Surname,
    Link,
    Born,
    BornOn,
    Died,
    DiedOn,
    Role,
    Note,
    Source,
    /// A link, or a number of a register with the address that it stands behind.
    Address(Option<&'static str>),
    /// What is said of an entry and kept nowhere: what is named in it is not the entry.
    Aside,
    /// The element says nothing: its text is that of the element around it.
    Nothing,
}

/// A file while it is read.
#[derive(Default)]
struct Reading {
    /// Elements that are open, with where they begin.
    open: Vec<(Field, usize)>,
    /// Entries that are open: a place may hold places.
    entries: Vec<Entry>,
    figures: Vec<(Figure, usize)>,
    has_list: bool,
}

/// The figures of a TEI file, or what is wrong with it.
pub(super) fn parse(text: &str, path: Option<&Arc<Path>>) -> Result<Vec<(Figure, usize)>, Problem> {
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        let (event, span) = next_event(&mut reader)?;
        match event {
            Event::Eof => return reading.finish(),
            Event::Start(tag) => reading.open(&tag, span),
            Event::Empty(tag) => {
                reading.open(&tag, span);
                reading.close(span.end, path);
            }
            Event::Text(_) | Event::GeneralRef(_) => reading.text(&decoded(span.of(text))),
            Event::End(_) => reading.close(span.start, path),
            _ => {}
        }
    }
}

/// What comes next in a file and where it stands, or what is wrong there.
fn next_event<'t>(reader: &mut Reader<&'t [u8]>) -> Result<(Event<'t>, Span), Problem> {
    let start = reader.buffer_position() as usize;
    let event = reader.read_event().map_err(|error| Problem {
        offset: reader.error_position() as usize,
        message: format!("this is not well-formed XML: {error}"),
    })?;
    Ok((event, Span::new(start, reader.buffer_position() as usize)))
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>, span: Span) {
        let name = tag.local_name();
        self.has_list |= matches!(name.as_ref(), "listPerson" | "listOrg" | "listPlace");
        let entry = Entry::begin(tag, span.start, self.entries.is_empty());
        let field = match (entry, self.entries.last_mut()) {
            (Some(entry), _) => {
                self.entries.push(entry);
                Field::Entry
            }
            (None, Some(entry)) => entry.open(tag, fields_of_entry(&self.open), span.end),
            (None, None) => Field::Nothing,
        };
        self.open.push((field, span.start));
    }

    fn text(&mut self, words: &str) {
        let field = fields_of_entry(&self.open).iter().rev().map(|(field, _)| *field);
        let field = field.into_iter().find(|field| *field != Field::Nothing);
        if let (Some(field), Some(entry)) = (field, self.entries.last_mut()) {
            entry.text(field, words);
        }
    }

    /// The innermost element ends; its end tag starts at `at`.
    fn close(&mut self, at: usize, path: Option<&Arc<Path>>) {
        match self.open.pop() {
            Some((Field::Entry, _)) => {
                let Some(entry) = self.entries.pop() else {
                    return;
                };
                self.has_list = true;
                self.figures.extend(entry.finish(path));
            }
            Some((Field::Name, _)) => {
                if let Some(name) = self.entries.last_mut().and_then(|entry| entry.names.last_mut())
                {
                    name.span.1 = at.max(name.span.0);
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Vec<(Figure, usize)>, Problem> {
        let problem = |offset, message: &str| Err(Problem { offset, message: message.to_owned() });
        if let Some((_, start)) = self.open.pop() {
            let message = "this is not well-formed XML: the element that begins here has no end";
            return problem(start, message);
        }
        if !self.has_list {
            return problem(0, "there is no listPerson, listOrg or listPlace in this file");
        }
        // Entries inside another end before it.
        self.figures.sort_by_key(|(_, at)| *at);
        self.make_ids();
        Ok(self.figures)
    }

    /// Gives those an id that have none: no pointer leads to them, but their names are known.
    fn make_ids(&mut self) {
        let own = self.figures.iter().map(|(figure, _)| figure.id.clone());
        let mut taken: FxHashSet<String> = own.collect();
        for (figure, _) in self.figures.iter_mut().filter(|(figure, _)| figure.id.is_empty()) {
            let words = Some(id_of(&figure.family)).filter(|id| !id.is_empty());
            figure.id = free_id(words.as_deref().unwrap_or("figure"), |id| taken.contains(id));
            figure.is_id_made = true;
            taken.insert(figure.id.clone());
        }
    }
}

/// What is open in the innermost entry.
fn fields_of_entry(open: &[(Field, usize)]) -> &[(Field, usize)] {
    let entry = open.iter().rposition(|(field, _)| *field == Field::Entry);
    &open[entry.map_or(open.len(), |entry| entry + 1)..]
}

impl Entry {
    /// The entry that an element begins, if it begins one.
    fn begin(tag: &BytesStart<'_>, start: usize, is_outermost: bool) -> Option<Self> {
        let id = attribute(tag, "xml:id");
        let kind = match tag.local_name().as_ref() {
            "person" => FigureKind::Person,
            // One of the persons that somebody was taken for, if it can be referred to.
            "persona" if is_outermost || id.is_some() => FigureKind::Person,
            "org" if attribute(tag, "type").as_deref() == Some("term") => FigureKind::Term,
            "org" | "personGrp" => FigureKind::Organisation,
            "place" => FigureKind::Place,
            _ => return None,
        };
        Some(Self { id: id.unwrap_or_default(), at: start, kind, ..Self::default() })
    }

    /// What an element in the entry is, whose start tag ends at `at`.
    fn open(&mut self, tag: &BytesStart<'_>, inside: &[(Field, usize)], at: usize) -> Field {
        let around = inside.iter().rev().map(|(field, _)| *field);
        let around = around.into_iter().find(|field| *field != Field::Nothing);
        match around {
            None => self.open_own(tag, !inside.is_empty(), at),
            Some(Field::Name) => self.open_part(tag),
            Some(field @ (Field::Born | Field::Died)) => self.open_life(tag, field),
            Some(Field::Aside) => self.open_link(tag).unwrap_or(Field::Aside),
            Some(field) => {
                if field == Field::Note {
                    self.open_link(tag);
                }
                Field::Nothing
            }
        }
    }

    /// An element that says something of the entry itself.
    fn open_own(&mut self, tag: &BytesStart<'_>, is_wrapped: bool, at: usize) -> Field {
        let name = tag.local_name();
        match name.as_ref() {
            // In prose what is named first is the entry; then it may be anybody.
            name if self.is_name(name) && (!is_wrapped || self.names.is_empty()) => {
                self.names.push(Name {
                    kind: attribute(tag, "type").unwrap_or_default(),
                    language: attribute(tag, "xml:lang").unwrap_or_default(),
                    span: (at, at),
                    is_makeshift: is_makeshift(name),
                    ..Name::default()
                });
                Field::Name
            }
            "birth" => {
                self.born.when = date(tag);
                Field::Born
            }
            "death" => {
                self.died.when = date(tag);
                Field::Died
            }
            "occupation" | "desc" if self.role.is_empty() => Field::Role,
            "note" if attribute(tag, "type").as_deref() == Some("source") => Field::Source,
            "note" => Field::Note,
            "p" | "ab" | "choice" | "seg" | "persona" => Field::Nothing,
            _ => self.open_link(tag).unwrap_or(Field::Aside),
        }
    }

    /// Whether an element of this name names what the entry is about.
    fn is_name(&self, element: &str) -> bool {
        match (self.kind, element) {
            (_, "name") | (FigureKind::Person, "persName") | (FigureKind::Term, "term") => true,
            (FigureKind::Organisation | FigureKind::Term, "orgName") => true,
            (FigureKind::Place, "placeName" | "geogName") => true,
            (FigureKind::Place, element) => is_makeshift(element),
            _ => false,
        }
    }

    /// A part of a name.
    fn open_part(&mut self, tag: &BytesStart<'_>) -> Field {
        match tag.local_name().as_ref() {
            "forename" => {
                if let Some(name) = self.names.last_mut() {
                    name.forenames.push(String::new());
                }
                Field::Forename
            }
            "surname" => Field::Surname,
            "nameLink" => Field::Link,
            _ => Field::Nothing,
        }
    }

    /// Something in a birth or a death: its date, or where it was.
    fn open_life(&mut self, tag: &BytesStart<'_>, field: Field) -> Field {
        if tag.local_name().as_ref() != "date" {
            return Field::Aside;
        }
        let (life, date_field) = match field {
            Field::Born => (&mut self.born, Field::BornOn),
            _ => (&mut self.died, Field::DiedOn),
        };
        if life.when.is_empty() {
            life.when = date(tag);
        }
        date_field
    }

    fn open_link(&mut self, tag: &BytesStart<'_>) -> Option<Field> {
        if !matches!(tag.local_name().as_ref(), "idno" | "ptr" | "ref") {
            return None;
        }
        self.links.extend(attribute(tag, "target").filter(|link| is_web(link)));
        let register = attribute(tag, "type").and_then(|name| register::address(&name));
        Some(Field::Address(register))
    }

    fn text(&mut self, field: Field, words: &str) {
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
        let address = words.trim();
        match field {
            Field::Born => self.born.text.push_str(words),
            Field::BornOn => self.born.date.push_str(words),
            Field::Died => self.died.text.push_str(words),
            Field::DiedOn => self.died.date.push_str(words),
            Field::Role => self.role.push_str(words),
            Field::Note => self.note.push_str(words),
            Field::Source => self.source.push_str(words),
            Field::Address(_) if is_web(address) => self.links.push(address.to_owned()),
            Field::Address(Some(register)) if !address.is_empty() => {
                self.links.push(format!("{register}{address}"));
            }
            _ => {}
        }
    }

    /// The figure; an entry without a name is none.
    fn finish(self, path: Option<&Arc<Path>>) -> Option<(Figure, usize)> {
        let mut names: Vec<&Name> =
            self.names.iter().filter(|name| !name.text.trim().is_empty()).collect();
        if names.iter().any(|name| !name.is_makeshift) {
            names.retain(|name| !name.is_makeshift);
        }
        // As `figures export` writes what the name does not say: a patronymic.
        let in_full = names.iter().position(|name| name.kind == "given");
        let in_full = in_full.map(|at| plain(&names.remove(at).text));
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
        let given = in_full.unwrap_or(given);
        let others = || {
            names
                .iter()
                .filter(|other| !std::ptr::eq(**other, *preferred) && other.kind != "native")
                .filter(in_latin)
        };
        let is_wrong = |name: &&&Name| is_wrong(&name.kind);
        let form = |other: &&Name| other.parts(self.kind).0;
        let figure = Figure {
            id: self.id,
            is_id_made: false,
            variants: others().filter(is_wrong).map(form).collect(),
            accepted: others().filter(|other| !is_wrong(other)).map(form).collect(),
            native: native.map_or_else(String::new, |native| native.parts(self.kind).0),
            language: native.map_or_else(String::new, |native| native.language.clone()),
            span: Span::new(preferred.span.0, preferred.span.1),
            family_span: None,
            name,
            family,
            given,
            born: self.born.told(),
            died: self.died.told(),
            role: plain(&self.role),
            note: plain(&self.note),
            links: self.links,
            source: plain(&self.source),
            kind: self.kind,
            path: path.cloned(),
        };
        Some((figure, self.at))
    }
}

impl Life {
    /// The date: as machines read it, else in words.
    fn told(&self) -> String {
        let told = [&self.when, &self.date, &self.text];
        told.into_iter()
            .map(|words| plain(words))
            .find(|words| !words.is_empty())
            .unwrap_or_default()
    }
}

/// Elements that name a place where nothing else does.
fn is_makeshift(element: &str) -> bool {
    matches!(element, "settlement" | "region" | "country" | "district" | "bloc")
}

/// Whether a name with this `type` is how the entry is not to be written.
fn is_wrong(kind: &str) -> bool {
    matches!(kind, "variant" | "misspelling" | "wrong")
}

/// The date in the attributes of an element; empty: none.
fn date(tag: &BytesStart<'_>) -> String {
    let names = ["when", "when-iso", "notBefore", "from", "notAfter", "to"];
    names.iter().find_map(|name| attribute(tag, name)).unwrap_or_default()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    Some(decoded(&attribute.value).into_owned())
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
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
    fn what_is_named_in_an_entry_is_not_the_entry() {
        let file = "<standOff><listPerson>
            <person xml:id='tolstoy'>
              <persName>Leo Tolstoy</persName>
              <birth><date when='1828-09-09'>9 Sept 1828</date>
                <placeName>Yasnaya Polyana</placeName></birth>
              <death>in November 1910 at <placeName>Astapovo</placeName></death>
              <residence><placeName>Moscow</placeName></residence>
              <event when='1869'><p>Wrote of <persName>Pierre</persName>.</p></event>
              <note>A friend of <persName>Chekhov</persName>.</note>
              <idno type='wikidata'>Q7243</idno>
              <idno type='archive'>RG 12</idno>
            </person>
            <person xml:id='pierre'><name>Pierre Bezukhov</name></person>
            <person xml:id='prose'><p><persName>Anna Scherer</persName> received
              <persName>Prince Vasili</persName>.</p></person>
            <person><persName>Nobody Knows</persName></person>
            <personGrp xml:id='decembrists'><name>Decembrists</name></personGrp>
            </listPerson>
            <listPlace><place xml:id='moscow'><placeName>Moscow</placeName><country>Russia</country>
              <place xml:id='arbat'><placeName>Arbat</placeName></place>
              <location><placeName>Europe</placeName></location></place>
              <place xml:id='lithuania'><country>Lithuania</country></place>
            </listPlace></standOff>";
        let figures = parse(file, None).expect("well-formed");
        let shown: Vec<_> =
            figures.iter().map(|(figure, _)| (figure.id.as_str(), figure.name.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("tolstoy", "Leo Tolstoy"),
                ("pierre", "Pierre Bezukhov"),
                ("prose", "Anna Scherer"),
                ("knows", "Nobody Knows"),
                ("decembrists", "Decembrists"),
                ("moscow", "Moscow"),
                ("arbat", "Arbat"),
                ("lithuania", "Lithuania"),
            ]
        );
        for (figure, _) in &figures {
            assert!(figure.accepted.is_empty() && figure.variants.is_empty(), "{figure:?}");
        }
        let (tolstoy, _) = &figures[0];
        assert_eq!(
            (tolstoy.born.as_str(), tolstoy.died.as_str()),
            ("1828-09-09", "in November 1910 at")
        );
        assert_eq!(tolstoy.note, "A friend of Chekhov.");
        assert_eq!(tolstoy.links, ["https://www.wikidata.org/entity/Q7243"]);
        assert_eq!(figures[4].0.kind, FigureKind::Organisation);
    }

    #[test]
    fn a_file_that_is_no_personography_is_told() {
        let problem = |text: &str| parse(text, None).expect_err(text);
        let none = "there is no listPerson, listOrg or listPlace in this file";
        for text in ["", "not xml", "<TEI><text><p>Prose.</p></text></TEI>"] {
            assert_eq!(problem(text).message, none);
        }
        let cut = problem("<TEI><listPerson><person xml:id='a'><persName>A B");
        assert_eq!(cut.offset, "<TEI><listPerson><person xml:id='a'>".len());
        assert!(cut.message.starts_with("this is not well-formed XML"), "{}", cut.message);
        assert_eq!(parse("<listPerson/>", None), Ok(Vec::new()));
    }

    #[test]
    fn entries_without_an_id_are_kept() {
        let file = "<listPerson>
            <person><persName>Anna Kern</persName></person>
            <person xml:id='kern'><persName>Ivan Kern</persName></person>
            <person><persName>Пётр</persName></person>
            <person/></listPerson>";
        let figures = parse(file, None).expect("well-formed");
        let shown: Vec<_> = figures
            .iter()
            .map(|(figure, _)| (figure.id.as_str(), figure.name.as_str(), figure.is_id_made))
            .collect();
        assert_eq!(
            shown,
            [("kern-2", "Anna Kern", true), ("kern", "Ivan Kern", false), ("петр", "Пётр", true)]
        );
    }

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        let problem = parse("<TEI><listPerson></TEI>", None).expect_err("not well-formed");
        assert!(problem.message.starts_with("this is not well-formed XML"), "{}", problem.message);
        assert_eq!(problem.offset, 17);
    }
}
