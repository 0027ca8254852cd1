//! Words and names of their own, which are right as they stand.

use crate::names;
use crate::rules::CorpusContext;

/// Whether a form that the corpus has so often is a word or a name of its own.
pub(super) fn is_right_as_it_stands(context: &CorpusContext<'_>, text: &str, seen: u32) -> bool {
    names::is_given(text)
        || names::is_given_name(text)
        || names::is_opener_somewhere(text)
        || is_plural_of_name(context, text, seen)
        || context.view.facts.language.is_read_as_english() && names::is_in_dictionary(text)
}

/// `Russias`: the plural of a name, in languages that make one so.
fn is_plural_of_name(context: &CorpusContext<'_>, text: &str, seen: u32) -> bool {
    let names = context.view.index.names();
    let language = context.view.facts.language;
    // `The Mnsgroves` are read as people of that name, who are named nowhere else.
    let is_there =
        |stem: &str| names.find(stem, language).is_some_and(|word| names.sure(word) > seen);
    let is_name = |stem: &str| names::is_known_name(stem) || is_there(stem);
    // `Joness` is no plural of Jones.
    text.strip_suffix('s').is_some_and(|stem| !stem.ends_with('s') && is_name(stem))
}

/// `Aragónese` beside Aragonese: what English derives from a place has no accent, whatever the place
/// has. Thérèse has one in the ending.
pub(super) fn is_english_adjective(text: &str) -> bool {
    text.ends_with("ese") || text.ends_with("ish")
}
