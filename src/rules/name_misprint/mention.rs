//! What the words beside a form say against a misprint.

use crate::corpus::{MentionFact, WordId};
use crate::names::{self, Slip};
use crate::rules::CorpusContext;

/// `Il Tonno` beside Torino: in languages whose names have no articles a word behind one is none; but
/// la France has one.
pub(super) fn is_noun_by_article(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    right: WordId,
) -> bool {
    matches!(context.view.facts.language.code(), "fr" | "it" | "es")
        && mention.is_behind_article()
        && !context.view.index.is_behind_article(right)
}

/// `Journal du Mouvement` beside an English movement: what stands behind a small word of another
/// language, or behind a particle as in a name, is no misprint of an English word.
pub(super) fn is_cognate(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, right): (WordId, WordId),
    slip: Slip,
) -> bool {
    let names = context.view.index.names();
    let (form, right) = (names.text(word), names.text(right));
    // `Chambre`, `Lettres` have the ending of French.
    let is_french = slip == Slip::Transposed && (form.ends_with("re") || form.ends_with("res"));
    let is_inside_of_name =
        matches!(slip, Slip::Changed | Slip::Replaced) && names::is_known_name(&right);
    context.view.facts.language.is_read_as_english()
        && names::is_in_dictionary(&right)
        && (slip.is_another_letter() && !is_inside_of_name
            || is_french
            || mention.is_behind_foreign_word()
            || mention.has_particle())
}

/// Whether the name of several words in which a slip stands is somebody's in another spelling as a whole:
/// `Nuri Shalan`. That is told by `name-variant`.
pub(super) fn is_whole_spelt_otherwise(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, right): (WordId, WordId),
) -> bool {
    let index = context.view.index;
    let Some(whole) = mention.whole() else {
        return false;
    };
    let is_same = index.have_one_given_name(word, right) == Some(true)
        || index.share_a_family(word, right) == Some(true);
    let text = |word: WordId| index.names().text(word).to_string();
    let meant: Vec<String> =
        whole.words().map(|one| text(if one == word { right } else { one })).collect();
    is_same && names::whole_reason(&whole.text(index.names()), &meant.join(" ")).is_some()
}
