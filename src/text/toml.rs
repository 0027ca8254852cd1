//! TOML read to its end: all that is wrong with a file, and not the first mistake alone.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use super::Span;

/// So many mistakes of one file are told.
const MOST: usize = 50;

/// Something wrong with a text in TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlError {
    /// Where, in bytes of the text; `None`: nowhere in particular.
    pub span: Option<Span>,
    /// What the parser says.
    pub message: String,
}

impl TomlError {
    fn of(error: &Error) -> Self {
        Self { span: error.span().map(Span::from), message: error.message().to_owned() }
    }
}

/// What a text says, and everything that is wrong with it, in its order. An entry that cannot be
/// understood is told and taken out, and the rest is read; `None`: nothing is left that could be.
pub fn read_toml<T: DeserializeOwned>(text: &str) -> (Option<T>, Vec<TomlError>) {
    let mut table = match DeTable::parse(text) {
        Ok(table) => table,
        // What stands behind a mistake of syntax may mean anything.
        Err(error) => return (None, vec![TomlError::of(&error)]),
    };
    let mut errors = Vec::new();
    let value = loop {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => break Some(value),
            Err(error) => {
                errors.push(TomlError::of(&error));
                let span = error.span().map(Span::from);
                let is_out = span.is_some_and(|span| take_out_of(table.get_mut(), span));
                if !is_out || errors.len() == MOST {
                    break None;
                }
            }
        }
    };
    errors.sort_by_key(|error| error.span);
    (value, errors)
}

/// Takes the innermost entry out that a mistake stands in.
fn take_out_of(table: &mut DeTable<'_>, at: Span) -> bool {
    // The head of a table does not span what stands below it.
    if table.iter_mut().any(|(_, value)| take_out(value, at)) {
        return true;
    }
    let mut entries = table.iter();
    let found = entries.find(|(key, value)| covers(key, at) || covers(value, at));
    let Some(key) = found.map(|(key, _)| key.clone()) else {
        return false;
    };
    table.remove(&key).is_some()
}

fn take_out(value: &mut Spanned<DeValue<'_>>, at: Span) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => take_out_of(table, at),
        DeValue::Array(array) => {
            if array.iter_mut().any(|element| take_out(element, at)) {
                return true;
            }
            let Some(number) = array.iter().position(|element| covers(element, at)) else {
                return false;
            };
            let left = array.iter().enumerate().filter(|(other, _)| *other != number);
            *array = left.map(|(_, one)| one.clone()).collect();
            true
        }
        _ => false,
    }
}

fn covers<T>(part: &Spanned<T>, at: Span) -> bool {
    let part = part.span();
    part.start <= at.start && at.end <= part.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct House {
        name: String,
        rooms: Vec<Room>,
        doors: Vec<u8>,
        colours: std::collections::BTreeMap<String, u8>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Room {
        size: u8,
        #[serde(default, rename = "height")]
        _height: u8,
    }

    /// The mistakes of a text as `line: message`, and what could be read.
    fn read(text: &str) -> (Option<House>, Vec<String>) {
        let (house, errors) = read_toml(text);
        let shown = errors.into_iter().map(|TomlError { span, message }| {
            let line = span.map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            format!("{line}: {}", message.split(',').next().unwrap_or_default())
        });
        (house, shown.collect())
    }

    #[test]
    fn all_mistakes_are_told_and_the_rest_is_read() {
        let text = "\
nam = 'House'
name = 'House'
doors = [1, 'two', 3, 4000]
colours.red = 1
colours.blue = 'deep'
floor = 1
[[rooms]]
size = 1
[[rooms]]
height = 2
[[rooms]]
size = 3
widht = 4
height = 'tall'
[cellar]
size = 1
";
        let (house, errors) = read(text);
        assert_eq!(
            errors,
            [
                "1: unknown field `nam`",
                "3: invalid type: string \"two\"",
                "3: invalid value: integer `4000`",
                "5: invalid type: string \"deep\"",
                "6: unknown field `floor`",
                "9: missing field `size`",
                "13: unknown field `widht`",
                "14: invalid type: string \"tall\"",
                "15: unknown field `cellar`",
            ]
        );
        let house = house.expect("the rest");
        assert_eq!((house.name.as_str(), house.doors), ("House", vec![1, 3]));
        assert_eq!(house.rooms.iter().map(|room| room.size).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(house.colours.into_iter().collect::<Vec<_>>(), [("red".to_owned(), 1)]);
    }

    #[test]
    fn a_mistake_of_syntax_is_told_alone() {
        let (house, errors) = read("nam = 1\nname = \n");
        assert!(house.is_none());
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}
