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
    // The tables that a misspelt key was taken out of: what they lack then is that.
    let mut misspelt = Vec::new();
    let value = loop {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => break Some(value),
            Err(error) => {
                let told = TomlError::of(&error);
                let span = told.span;
                // With a word, though none, the parser tells which words there are.
                if told.message.starts_with("wanted string")
                    && span.is_some_and(|span| empty_word(table.get_mut(), span))
                {
                    continue;
                }
                let is_unknown = told.message.starts_with("unknown field");
                let is_consequence = told.message.starts_with("missing field")
                    && span.is_some_and(|span| misspelt.contains(&span));
                if !is_consequence && !errors.contains(&told) {
                    errors.push(told);
                }
                let taken = span.and_then(|span| take_out_of(table.get_mut(), span, span));
                let Some(holder) = taken.filter(|_| errors.len() < MOST) else {
                    break None;
                };
                if is_unknown {
                    misspelt.push(holder);
                }
            }
        }
    };
    errors.sort_by_key(|error| error.span);
    (value, errors)
}

/// Takes the innermost entry out that a mistake stands in; gives the place of the table that held
/// it, where `table` itself stands at `place`.
fn take_out_of(table: &mut DeTable<'_>, place: Span, at: Span) -> Option<Span> {
    // The head of a table does not span what stands below it.
    if let Some(holder) = table.iter_mut().find_map(|(_, value)| take_out(value, at)) {
        return Some(holder);
    }
    let mut entries = table.iter();
    let found = entries.find(|(key, value)| covers(key, at) || covers(value, at));
    let key = found.map(|(key, _)| key.clone())?;
    table.remove(&key).map(|_| place)
}

fn take_out(value: &mut Spanned<DeValue<'_>>, at: Span) -> Option<Span> {
    let place = Span::from(value.span());
    match value.get_mut() {
        DeValue::Table(table) => take_out_of(table, place, at),
        DeValue::Array(array) => {
            if let Some(holder) = array.iter_mut().find_map(|element| take_out(element, at)) {
                return Some(holder);
            }
            let number = array.iter().position(|element| covers(element, at))?;
            let left = array.iter().enumerate().filter(|(other, _)| *other != number);
            *array = left.map(|(_, one)| one.clone()).collect();
            Some(place)
        }
        _ => None,
    }
}

/// Puts an empty text in the place of the value that stands at `at`; `false`: there is none.
fn empty_word(table: &mut DeTable<'_>, at: Span) -> bool {
    table.iter_mut().any(|(_, value)| {
        if Span::from(value.span()) == at {
            *value.get_mut() = DeValue::String("".into());
            return true;
        }
        match value.get_mut() {
            DeValue::Table(table) => empty_word(table, at),
            DeValue::Array(array) => array.iter_mut().any(|element| match element.get_mut() {
                DeValue::Table(table) => empty_word(table, at),
                _ => false,
            }),
            _ => false,
        }
    })
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
    fn one_cause_is_told_once() {
        let (house, errors) = read("[[rooms]]\nsiez = 1\n[[rooms]]\nsize = 2\n");
        assert_eq!(errors, ["2: unknown field `siez`"]);
        assert_eq!(house.expect("the rest").rooms.len(), 1);
        let (_, errors) = read("[[romos]]\nsize = 1\nheight = 2\n[[romos]]\nsize = 2\n");
        assert_eq!(errors, ["1: unknown field `romos`"]);
    }

    #[test]
    fn a_value_that_is_no_word_is_told_with_the_words_there_are() {
        #[derive(Debug, Deserialize, PartialEq)]
        #[serde(rename_all = "lowercase")]
        enum Colour {
            Red,
            Blue,
        }
        type Colours = std::collections::BTreeMap<String, Colour>;
        let (_, errors) = read_toml::<Colours>("door = 3\nwall = 'red'\n");
        let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, ["unknown variant ``, expected `red` or `blue`"]);
    }

    #[test]
    fn a_mistake_of_syntax_is_told_alone() {
        let (house, errors) = read("nam = 1\nname = \n");
        assert!(house.is_none());
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}
