//! Names: where they stand in prose, and which spellings are one name.

mod arabic;
mod armenian;
mod ascii;
mod beside;
mod bucket;
mod chinese;
mod compare;
mod cyrillic;
mod differing;
mod forward;
mod given;
mod greek;
mod hebrew;
mod japanese;
mod joined;
mod key;
mod kinship;
mod korean;
mod language_marks;
mod lexicon;
mod look_alikes;
mod mention;
mod misprint;
mod native_beside;
mod odd;
#[cfg(test)]
mod pairs;
mod plausible;
mod romanised;
#[cfg(test)]
mod round_trip;
mod scheme_marks;
mod small_capitals;
mod terms;
mod well_known;

pub(crate) use ascii::number_at;

pub use arabic::{is_arabic_name, may_be_one_word};
pub use beside::{
    FOREIGN_SMALL_WORDS, ROMANCE_ARTICLES, capitalises_nouns, is_opener_somewhere, is_suffix,
};
pub use bucket::{arabic_bucket, buckets, of_skeleton};
pub use compare::{
    Relation, are_one_name, are_variants, compare, compare_lines, have_family_first, whole_reason,
};
pub use cyrillic::cases;
pub use forward::{
    Original, SCHEMES, Scheme, Spelling, family_spellings, original_of, scheme_beside, spellings,
    whole_spellings, without_diacritics,
};
pub use given::is_given;
pub use joined::{Joining, how_joined, joining};
pub use key::{Key, careless_skeletons, keys};
pub use kinship::is_alias;
pub use lexicon::{
    is_english_word, is_given_name, is_in_dictionary, is_known_name, is_rarer_name, is_unheard,
};
pub use mention::{Mention, NameWord, mentions, mentions_into};
pub use misprint::{
    Slip, are_alike_without_accents, describe_slip, differ_in_vowels, each_shortened,
    has_capital_inside, is_form_by_umlaut, is_hardly_of_two_nouns, lost_mark, same_ends, slip,
    without_accents,
};
pub use odd::{Row, RowCounts, odd_rows, other_rows, rows};
pub use plausible::{
    are_one_arabic_name, are_one_given_name, have_one_initial, is_foreign_in, is_patronymic,
    is_written_otherwise, may_be_spellings,
};
pub use scheme_marks::english_spelling;
pub use terms::other_spellings;

/// How names are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The scheme that the corpus prefers for names without an entry.
    pub scheme: Option<Scheme>,
}

/// 2⁶⁴ over the golden ratio, which is odd: a number times that is its hash, and the high bits are the
/// better ones (Knuth, The Art of Computer Programming, vol. 3, 6.4).
pub(crate) const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A word with a capital at its head.
pub fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
