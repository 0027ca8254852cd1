//! The authority: the figures that a corpus knows.

mod accepting;
mod entry;
mod exchange;
mod file;
mod lookup;
mod show;
mod tei;

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::names;
use crate::text::Span;

pub use accepting::{accepting, without_variant};
pub use entry::{entry, free_id, id_of, quoted};
pub use exchange::Exchange;
pub use lookup::{Authority, Candidate, Form, entries};
pub use show::{list, list_jsonl, show, years};
pub use tei::{accepting_in_tei, adding_to_tei};

/// A person, an organisation, a place or a term that the corpus knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figure {
    /// The entry's id.
    pub id: String,
    /// Whether the entry has no id of its own, so that this one was made from its name.
    #[serde(skip)]
    pub is_id_made: bool,
    /// The preferred form: `Nikita Khrushchev`.
    pub name: String,
    /// The family name, or the whole name of what has none.
    pub family: String,
    /// Given names and patronymic.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given: String,
    /// The name in its own script.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub native: String,
    /// ISO 639-1 code of the native form.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Spellings that are known and not preferred.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// Other right forms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<String>,
    /// Date of birth as the file writes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub born: String,
    /// Date of death as the file writes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub died: String,
    /// Office or what the figure is known for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// A note for readers.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Web addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// What the facts were checked against.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Person, organisation, place or term.
    pub kind: FigureKind,
    /// The file of the entry; `None`: compiled in.
    #[serde(skip)]
    pub path: Option<Arc<Path>>,
    /// Where in the file's text the entry's name stands.
    #[serde(skip)]
    pub span: Span,
    /// Where the family name stands, if the entry gives one.
    #[serde(skip)]
    pub family_span: Option<Span>,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// A human being.
    #[default]
    Person,
    /// A party, an office, a state.
    Organisation,
    /// A place.
    Place,
    /// A word that has one right form.
    Term,
}

impl Figure {
    /// Whether the name is a word that is written with a small letter within a sentence: `kolkhoz`.
    pub fn has_small_letters(&self) -> bool {
        self.family.chars().all(char::is_lowercase)
    }

    /// The family name with the capital that it has at the head of a sentence at least. (That of others is as
    /// it is: `de Gaulle`.)
    pub fn family_in_text(&self) -> Cow<'_, str> {
        if self.has_small_letters() {
            names::with_capital(&self.family).into()
        } else {
            Cow::Borrowed(&self.family)
        }
    }
}

impl FigureKind {
    /// The word that entries use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Term => "term",
        }
    }

    /// The kind that a word means; what is unknown is a person.
    fn of(word: &str) -> Self {
        let all = [Self::Organisation, Self::Place, Self::Term];
        all.into_iter().find(|kind| kind.name() == word).unwrap_or_default()
    }

    /// The family name in the name of somebody of whom nothing else tells it: a person is called by the
    /// last word that is not `Jr.`, `père` or the like, all else by the whole name.
    fn family_in(self, name: &str) -> &str {
        if self != Self::Person {
            return name;
        }
        let has_capitals = name.contains(char::is_uppercase);
        let is_behind = |word: &str| {
            let is_small = has_capitals && word.chars().all(char::is_lowercase);
            is_small || names::is_suffix(word.trim_matches(['.', ',']))
        };
        let family = name.rsplit(' ').find(|word| !is_behind(word));
        family.map_or(name, |family| family.trim_end_matches(','))
    }
}

/// A name that is turned as in a catalogue, `Khrushchev, Nikita`: as people say it, the family name and the
/// given names.
fn turned(name: &str) -> Option<(String, &str, &str)> {
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    Some((format!("{given} {family}").trim().to_owned(), family, given))
}

/// The last word of a name.
fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Something wrong with an authority file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The byte of the file's text.
    pub offset: usize,
    /// One sentence.
    pub message: String,
}

/// The text of the starter authority.
pub const BUILTIN: &str = include_str!("../../seeds/figures.toml");

static BUILTIN_AUTHORITY: LazyLock<Arc<Authority>> = LazyLock::new(|| {
    let mut authority = Authority::default();
    authority.add(BUILTIN, None);
    authority.finish();
    authority.is_builtin = true;
    Arc::new(authority)
});

impl Authority {
    /// The starter authority, for a corpus that has none of its own.
    pub fn builtin() -> Arc<Self> {
        Arc::clone(&BUILTIN_AUTHORITY)
    }
}
