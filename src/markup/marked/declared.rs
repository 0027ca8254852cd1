//! The entities that a document declares. Those for one character, quotation marks mostly, are read as
//! that; no other is written out here: a reference is one thing that stands for itself. What they would
//! be is counted, since programs that do write them out may not survive it.

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::{decode_reference, reference_at};

/// What an entity, or all references of a document together, may be when they are written out, in
/// bytes: what libxml2 takes for the text of one node (`XML_MAX_TEXT_LENGTH`).
pub(in crate::markup) const MOST_WRITTEN_OUT: u64 = 10_000_000;

/// The entities that a document may use.
#[derive(Clone, Debug, Default)]
pub(in crate::markup) struct Entities {
    /// Whether a part of the declarations lies in another file.
    are_elsewhere: bool,
    declared: FxHashMap<String, Declared>,
    /// Whether any of them stands for a character.
    has_characters: bool,
}

/// What is known of a declared entity.
#[derive(Clone, Debug)]
struct Declared {
    /// How long it is when it is written out, in bytes.
    length: u64,
    /// What it stands for, if that is a character.
    character: Option<Box<str>>,
}

/// A declaration: the name, its place, and what it stands for; nothing if that is another file.
struct Declaration<'d> {
    name: &'d str,
    value: &'d str,
}

/// A value that is longer, in bytes, is not looked at for the character that it stands for.
const LONGEST_CHARACTER: usize = 40;

/// So many entities may stand for each other until one stands for a character.
const LONGEST_CHAIN: usize = 8;

impl Entities {
    /// Reads a document type declaration; gives what is wrong with it, and where in it.
    pub(in crate::markup) fn declare(&mut self, declaration: &str) -> Option<(Span, String)> {
        let (head, internal) = declaration.split_once('[').unwrap_or((declaration, ""));
        let is_elsewhere = |text: &str| text.contains("SYSTEM") || text.contains("PUBLIC");
        self.are_elsewhere |= is_elsewhere(head) || internal.contains("<!ENTITY %");
        let all = declarations(internal);
        let Lengths { lengths, circular } = Lengths::of(&all);
        let place = |name: &str| {
            let start = name.as_ptr() as usize - declaration.as_ptr() as usize;
            Span::new(start, start + name.len())
        };
        let problem = circular.map(|number| {
            let name = all[number].name;
            (place(name), format!("The entity &{name}; contains itself."))
        });
        let is_bomb = |(_, length): &(&Declaration<'_>, &u64)| **length > MOST_WRITTEN_OUT;
        let bomb = all.iter().zip(&lengths).find(is_bomb).map(|(Declaration { name, .. }, _)| {
            let message = format!(
                "The entity &{name}; would be larger than 10 MB; entities are not written out here."
            );
            (place(name), message)
        });
        let numbers = numbers(&all);
        for (declaration, length) in all.iter().zip(lengths) {
            // The first declaration of a name counts (XML 1.0, section 4.2).
            self.declared.entry(declaration.name.to_owned()).or_insert_with(|| Declared {
                length,
                character: character(declaration, &all, &numbers),
            });
        }
        self.has_characters = self.declared.values().any(|one| one.character.is_some());
        let malformed = malformed(internal).map(|at| {
            let at = declaration.len() - internal.len() + at;
            let message = "No declaration can be read from here; XML ends a document at that.";
            (Span::new(at, declaration.ceil_char_boundary(at + 1)), message.to_owned())
        });
        problem.or(bomb).or(malformed)
    }

    /// What a reference, `&ldq;`, stands for, if the document declares it and it is a character.
    pub(in crate::markup) fn character(&self, reference: &str) -> Option<&str> {
        if !self.has_characters {
            return None;
        }
        let name = reference.strip_prefix('&')?.strip_suffix(';')?;
        self.declared.get(name)?.character.as_deref()
    }

    /// Whether any entity stands for a character.
    pub(in crate::markup) fn has_characters(&self) -> bool {
        self.has_characters
    }

    /// Whether the document itself declares the entity of this name.
    pub(in crate::markup) fn declares(&self, name: &str) -> bool {
        self.declared.contains_key(name)
    }

    /// What is to be said of a reference to a declared entity; `written_out` is how long all before it
    /// are together, in bytes, and grows by it.
    pub(in crate::markup) fn count(
        &self,
        reference: &str,
        written_out: &mut u64,
    ) -> Option<String> {
        let before = *written_out;
        *written_out = before.saturating_add(self.length(reference));
        (before <= MOST_WRITTEN_OUT && *written_out > MOST_WRITTEN_OUT).then(|| {
            "With its entities written out this document is larger than 10 MB from here on; they are \
             not written out here."
                .to_owned()
        })
    }

    /// How long a reference is when it is written out, in bytes; nothing if its entity alone is too
    /// large, which was said where it is declared.
    fn length(&self, reference: &str) -> u64 {
        let name = reference.strip_prefix('&').and_then(|rest| rest.strip_suffix(';'));
        let length = name.and_then(|name| self.declared.get(name));
        let length = length.map(|declared| declared.length);
        length.filter(|length| *length <= MOST_WRITTEN_OUT).unwrap_or(0)
    }

    /// What is wrong with a reference; `text` is `&name;` or whatever begins with `&`.
    pub(in crate::markup) fn problem(&self, text: &str) -> Option<String> {
        let name = text.strip_prefix('&')?.strip_suffix(';');
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Some("A & that begins no reference must be written &amp;.".to_owned());
        };
        let is_known = self.are_elsewhere
            || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
            || self.declared.contains_key(name);
        match decode_reference(text) {
            _ if is_known => None,
            None if name.starts_with('#') => Some(format!("There is no character {text}.")),
            _ if name.starts_with('#') => None,
            Some(value) => Some(format!("XML does not know {text} by itself; write {value}.")),
            None => Some(format!("The entity {text} is not declared.")),
        }
    }
}

/// The entities that an internal subset declares, in its order.
fn declarations(internal: &str) -> Vec<Declaration<'_>> {
    const ENTITY: &str = "<!ENTITY";
    let mut declarations = Vec::new();
    let mut rest = internal;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<!") {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if let Some(entity) = rest.strip_prefix(ENTITY) {
            let Some((declaration, behind)) = declaration(entity) else {
                rest = entity;
                continue;
            };
            declarations.extend(declaration);
            rest = behind;
        } else {
            rest = &rest["<!".len()..];
        }
    }
    declarations
}

/// The declaration that begins with its name, and what follows it; nothing in place of one that is for
/// declarations only.
fn declaration(text: &str) -> Option<(Option<Declaration<'_>>, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace)?;
    let (name, rest) = (&text[..end], text[end..].trim_start());
    if name == "%" {
        return Some((None, rest));
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        // The value is a file.
        return Some((Some(Declaration { name, value: "" }), rest));
    };
    let (value, rest) = rest[1..].split_once(quote)?;
    Some((Some(Declaration { name, value }), rest))
}

/// Where an internal subset goes on with what is no declaration, comment, instruction or reference to a
/// parameter, or a declaration does not end (XML 1.0, section 2.8). Linear.
fn malformed(internal: &str) -> Option<usize> {
    let mut rest = internal.trim_start();
    let at = |rest: &str| internal.len() - rest.len();
    while !rest.is_empty() {
        let behind = if let Some(end) = rest.strip_prefix(']') {
            return (end.trim() != ">").then(|| at(rest));
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->").map(|(_, behind)| behind)
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>").map(|(_, behind)| behind)
        } else if let Some(declaration) = rest.strip_prefix("<!") {
            behind_declaration(declaration)
        } else if let Some(parameter) = rest.strip_prefix('%') {
            let (name, behind) = parameter.split_once(';').unwrap_or(("", ""));
            (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(behind)
        } else {
            None
        };
        let Some(behind) = behind else {
            return Some(at(rest));
        };
        rest = behind.trim_start();
    }
    None
}

/// What follows the `>` of a declaration; signs in quotes are none of it.
fn behind_declaration(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let sign = rest.find(['"', '\'', '<', '>'])?;
        let behind = &rest[sign + 1..];
        rest = match rest.as_bytes()[sign] {
            b'>' => return Some(behind),
            b'<' => return None,
            quote => behind.split_once(quote as char)?.1,
        };
    }
}

/// The number of the first declaration of each name.
fn numbers<'d>(all: &[Declaration<'d>]) -> FxHashMap<&'d str, usize> {
    let mut numbers = FxHashMap::default();
    for (number, declaration) in all.iter().enumerate() {
        numbers.entry(declaration.name).or_insert(number);
    }
    numbers
}

/// The character that an entity stands for, by itself, by its number or name, or by another entity that
/// does; nothing if it is more, or markup.
fn character(
    declaration: &Declaration<'_>,
    all: &[Declaration<'_>],
    numbers: &FxHashMap<&str, usize>,
) -> Option<Box<str>> {
    let mut value = declaration.value;
    for _ in 0..LONGEST_CHAIN {
        if value.len() > LONGEST_CHARACTER || matches!(value, "<" | "&" | "%") {
            return None;
        }
        if let Some(name) = value.strip_prefix('&').and_then(|rest| rest.strip_suffix(';'))
            && let Some(&number) = numbers.get(name)
        {
            value = all[number].value;
            continue;
        }
        // Numbers are decoded where an entity is declared and once more where it is used, so that one may
        // stand for a sign of markup: `&#38;#60;` (XML 1.0, section 4.6).
        let once = match reference_at(value) {
            Some((sign, length)) if sign == "&" => format!("&{}", &value[length..]),
            _ => value.to_owned(),
        };
        let text = decode_reference(&once).map_or(once.clone(), |text| text.into_owned());
        return (text.chars().count() == 1 && text != "&").then(|| text.into());
    }
    None
}

/// How long entities are when they are written out.
struct Lengths {
    lengths: Vec<u64>,
    /// One that contains itself, if there is one.
    circular: Option<usize>,
}

impl Lengths {
    /// Linear in the declarations; they may stand in any order.
    fn of(all: &[Declaration<'_>]) -> Self {
        let numbers = numbers(all);
        let inner: Vec<Vec<usize>> = all
            .iter()
            .map(|declaration| {
                let names = declaration.value.split('&').skip(1);
                let names = names.filter_map(|rest| rest.split(';').next());
                names.filter_map(|name| numbers.get(name).copied()).collect()
            })
            .collect();
        let mut lengths: Vec<Option<u64>> = vec![None; all.len()];
        let mut is_open = vec![false; all.len()];
        let mut circular = None;
        for first in 0..all.len() {
            // Those that wait for the length of one inside of them, with how far each has come.
            let mut waiting = vec![(first, 0, all[first].value.len() as u64)];
            while let Some((number, next, length)) = waiting.pop() {
                if lengths[number].is_some() {
                    continue;
                }
                is_open[number] = true;
                match inner[number].get(next) {
                    None => {
                        lengths[number] = Some(length);
                        is_open[number] = false;
                    }
                    Some(&one) if is_open[one] => {
                        circular = circular.or(Some(one));
                        waiting.push((number, next + 1, length));
                    }
                    Some(&one) => match lengths[one] {
                        Some(known) => {
                            waiting.push((number, next + 1, length.saturating_add(known)));
                        }
                        None => {
                            waiting.push((number, next, length));
                            waiting.push((one, 0, all[one].value.len() as u64));
                        }
                    },
                }
            }
        }
        Self { lengths: lengths.into_iter().map(Option::unwrap_or_default).collect(), circular }
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::{Format, read};

    /// Where the problems of a document stand, and what they say.
    fn problems(source: &str) -> Vec<(&str, String)> {
        let document = read(source, Format::Tei, None);
        let problems = document.problems.iter();
        problems.map(|one| (one.span.of(source), one.message.clone())).collect()
    }

    fn bomb(levels: impl Iterator<Item = usize>) -> String {
        let declared: String = levels
            .map(|level| match level {
                0 => "<!ENTITY l0 'ha'>".to_owned(),
                _ => format!("<!ENTITY l{level} '{}'>", format!("&l{};", level - 1).repeat(10)),
            })
            .collect();
        format!("<!DOCTYPE TEI [{declared}]><TEI><text><p>It is &l9; so.</p></text></TEI>")
    }

    #[test]
    fn entities_that_explode_are_told_in_whatever_order_they_are_declared() {
        let message = |name: &str| {
            format!(
                "The entity &{name}; would be larger than 10 MB; entities are not written out here."
            )
        };
        assert_eq!(problems(&bomb(0..10)), [("l7", message("l7"))]);
        assert_eq!(problems(&bomb((0..10).rev())), [("l9", message("l9"))]);
        assert_eq!(problems(&bomb(0..5).replace("&l9;", "&l4;")), []);
    }

    fn all_together() -> String {
        "With its entities written out this document is larger than 10 MB from here on; they are \
         not written out here."
            .to_owned()
    }

    #[test]
    fn a_long_entity_that_comes_often_is_told() {
        let source = format!(
            "<!DOCTYPE TEI [<!ENTITY a '{}'>]><TEI><text><p>{}</p></text></TEI>",
            "x".repeat(100_000),
            "&a;".repeat(1000)
        );
        assert_eq!(problems(&source), [("&a;", all_together())]);
    }

    /// What is read of a paragraph behind these declarations.
    fn prose(declarations: &str, paragraph: &str, format: Format) -> String {
        let source = match format {
            Format::Html => format!(
                "<?xml version='1.0'?><!DOCTYPE html [{declarations}]><html><p>{paragraph}</p></html>"
            ),
            _ => {
                format!("<!DOCTYPE TEI [{declarations}]><TEI><text><p>{paragraph}</p></text></TEI>")
            }
        };
        let document = read(&source, format, None);
        document.blocks[0].prose.text(&source).to_owned()
    }

    #[test]
    fn an_entity_for_a_character_is_read_as_that() {
        let declared = "<!ENTITY ldq \"&#8220;\"> <!ENTITY rdq '”'> <!ENTITY outer '&ldq;'>\
                        <!ENTITY apos2 \"'\"> <!ENTITY dash '&mdash;'> <!ENTITY less '&#38;#60;'>\
                        <!ENTITY lsquo '“'>";
        for format in [Format::Tei, Format::Html] {
            let read = |paragraph: &str| prose(declared, paragraph, format);
            assert_eq!(read("&ldq;So,&rdq; he said"), "“So,” he said");
            assert_eq!(read("&outer;So&dash;it&apos2;s &less; 3."), "“So—it's < 3.");
            // The document's own meaning of a name goes before that of HTML.
            assert_eq!(read("&lsquo;So it is."), "“So it is.");
        }
    }

    #[test]
    fn an_entity_for_more_than_a_character_stands_for_itself() {
        let declared = "<!ENTITY mei 'the Institute'> <!ENTITY mark '<hi>x</hi>'> <!ENTITY a '&b;'>\
                        <!ENTITY b '&a;'> <!ENTITY file SYSTEM 'x'> <!-- <!ENTITY no '“'> -->";
        for format in [Format::Tei, Format::Html] {
            let text = "At &mei; &mark; &a; &file; &no;.";
            assert_eq!(prose(declared, text, format), text);
        }
        let source = format!("<!DOCTYPE TEI [{declared}]><TEI><p>&mei; &no;</p></TEI>");
        let found = problems(&source);
        assert_eq!(found.last(), Some(&("&no;", "The entity &no; is not declared.".to_owned())));
    }

    #[test]
    fn what_is_no_declaration_is_told_where_it_stands() {
        let message = "No declaration can be read from here; XML ends a document at that.";
        let told = |declarations: &str| {
            let source =
                format!("<!DOCTYPE TEI SYSTEM 'tei.dtd' [{declarations}]><TEI><p>So.</p></TEI>");
            let found = problems(&source);
            found.into_iter().map(|(words, told)| (words.to_owned(), told)).collect::<Vec<_>>()
        };
        for (declarations, place) in [
            ("<!ENTITY a 'b'> so <!ENTITY c 'd'>", "s"),
            ("<!ENTITY a 'b' <!ENTITY c 'd'>", "<"),
            ("<!ENTITY a 'b'>&", "&"),
            ("% a;", "%"),
        ] {
            assert_eq!(told(declarations), [(place.to_owned(), message.to_owned())]);
        }
        let all = "\n<!-- <so> --><?so > ?> %more; <!ENTITY % a 'x>y'>\n<!ELEMENT b (c | d)*> <!ATTLIST b \
                   e CDATA \"<\"> <!ENTITY f SYSTEM \"g\"> ";
        assert_eq!(told(all), []);
    }

    #[test]
    fn an_entity_that_contains_itself_is_told() {
        let source = "<!DOCTYPE TEI [<!ENTITY a 'x&b;'><!ENTITY b '&c;'><!ENTITY c '&b;'>]>\
                      <TEI><text><p>It is &a; so.</p></text></TEI>";
        assert_eq!(problems(source), [("b", "The entity &b; contains itself.".to_owned())]);
    }
}
