//! Where a misprint stands, and where the name that is meant.

use crate::corpus::{PlaceIn, WordId};
use crate::names::{self, Slip};
use crate::rules::CorpusContext;

use super::form::{Form, SHORT, SHORT_NAME, is_listed};

/// A name that occurs less often must stand in the same document as its misprint, or in its
/// folder: a book is a folder.
pub(super) const WIDELY_USED: u32 = 24;

/// How often a name of the lists must occur if what opens a sentence in another language than English is
/// hardly a word of that.
const SURE_ELSEWHERE: u32 = 8;

/// How often a name must occur if its misprint opens a sentence, and is no word by its letters.
const SURE_IF_ODD: u32 = 4;

/// The same of a long form with another letter.
const SURE_IF_CHANGED: u32 = 6;

/// From how many letters on hardly another word is one letter away from a name.
const CLEAR: usize = 7;

/// The same if dictionaries have the name and no list has the misprint.
const SURE_IF_KNOWN: u32 = 2;

/// Whether the name that is meant stands in the same book, or is used everywhere, and the form where
/// other words have no capital, or where it is a name all the same.
pub(super) fn is_placed_well(
    context: &CorpusContext<'_>,
    form: &Form,
    slip: Slip,
    other: WordId,
) -> bool {
    let names = context.view.index.names();
    let is_near = names.sure(other) >= WIDELY_USED || is_named_nearby(context, other);
    is_near && (names.sure(form.word) > 0 || is_sure_at_head(context, form, slip, other))
}

/// Whether the document itself, or another one of its folder, names somebody so.
pub(super) fn is_named_nearby(context: &CorpusContext<'_>, name: WordId) -> bool {
    let folder = |document: &str| document.rfind('/').map_or(0, |at| at);
    let own = &context.view.name;
    let places = context.view.index.names().places(name);
    let is_near = |place: &PlaceIn| {
        folder(&place.document) == folder(own)
            && place.document[..folder(own)] == own[..folder(own)]
    };
    let mentions = &context.view.facts.mentions;
    places.iter().any(is_near)
        || mentions.iter().any(|mention| mention.words().any(|(word, ..)| word == name))
}

/// Whether a form that only opens sentences is a name all the same: then a common one must be
/// meant, and the form must hardly be a word.
fn is_sure_at_head(context: &CorpusContext<'_>, form: &Form, slip: Slip, name: WordId) -> bool {
    let names = context.view.index.names();
    let letters = form.text.chars().count();
    let is_odd = names.has_odd_letters(form.word, name, slip);
    let is_english = context.view.facts.language.is_read_as_english();
    let is_known = names::is_known_name(&names.text(name));
    let enough = match slip {
        Slip::Respelt => SURE_IF_ODD,
        slip if slip.is_another_letter() && (letters < SHORT || !form.is_unheard) => return false,
        slip if slip.is_another_letter() && letters >= CLEAR => SURE_IF_CHANGED,
        slip if slip.is_another_letter() => WIDELY_USED,
        _ if letters >= CLEAR && form.is_unheard && is_known => 1,
        _ if letters >= SHORT && form.is_unheard && is_known => SURE_IF_KNOWN,
        _ if letters >= CLEAR && form.is_unheard && slip.leaves_ends() => SURE_IF_KNOWN,
        _ if letters >= SHORT_NAME && form.is_unheard && slip.is_of_chance() => SURE_IF_ODD,
        _ if letters >= SHORT && (is_odd || form.is_unheard) => SURE_IF_ODD,
        _ if letters >= SHORT && is_english && slip.is_of_chance() => SURE_IF_ODD,
        _ if !is_english && is_clear_elsewhere(context, form, slip, &names.text(name), is_odd) => {
            SURE_ELSEWHERE
        }
        _ if is_english && is_odd => SURE_IF_ODD,
        _ if is_english => WIDELY_USED,
        _ => return false,
    };
    names.sure(name) >= enough
}

/// Whether a form in another language than English is hardly a word: no list has it, it is a slip of a name
/// that lists have, and its letters tell, or it is German (`Beckker`), where no two words easily differ so. In
/// Italian they do: Cesare, `cessare`.
fn is_clear_elsewhere(
    context: &CorpusContext<'_>,
    form: &Form,
    slip: Slip,
    right: &str,
    is_odd: bool,
) -> bool {
    let letters = form.letters_beside(right);
    let is_german = names::capitalises_nouns(context.view.facts.language);
    let is_told = if is_odd { letters >= SHORT_NAME } else { is_german && letters >= SHORT };
    is_told && slip.is_of_chance() && names::is_unheard(&form.text) && is_listed(right)
}
