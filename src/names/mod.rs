//! Names: where they stand in prose, and which spellings are one name.

mod arabic;
mod chinese;
mod compare;
mod forward;
mod key;
mod mention;
mod misprint;

pub use compare::{Relation, compare, compare_lines, is_given, other_spellings};
pub use forward::{SCHEMES, Scheme, Spelling, spellings, without_diacritics};
pub use key::{Key, keys};
pub use mention::{Mention, NameWord, mentions};
pub use misprint::{Slip, each_shortened, slip};

/// How names are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The scheme that the corpus prefers for names without an entry.
    pub scheme: Option<Scheme>,
}
