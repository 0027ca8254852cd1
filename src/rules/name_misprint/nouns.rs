//! Misprints where nouns have capitals too, as in German.

use crate::names::{self, Slip};
use crate::rules::CorpusContext;

use super::form::{Form, Meant, SHORT, is_listed};

/// How often a noun of German must occur for a misprint of it, which is told by its letters.
pub(super) const OFTEN_AS_NOUN: u32 = 4;

/// From how many letters on hardly two nouns of German differ by a transposition, a doubled consonant
/// or a pair of letters for one: of those in a German word list not one in five hundred does.
const LONG_NOUN: usize = 7;

/// How often such a noun must occur if it is long.
const ENOUGH_IF_LONG: u32 = 3;

/// How often a shorter word must occur that is no noun by its articles.
const SURE_AMONG_NOUNS: u32 = 8;

/// From how many letters on no noun with an article is like a name.
const LONG: usize = 8;

/// Whether a slip can be told where nouns have capitals too, as in German: a noun has neighbours
/// among the other nouns, as long as it looks like one.
pub(super) fn is_told_among_nouns(context: &CorpusContext<'_>, form: &Form, meant: &Meant) -> bool {
    let names = context.view.index.names();
    let &Meant { word: other, slip, letters, is_odd, .. } = meant;
    let is_often = names.sure(other) >= OFTEN_AS_NOUN * form.seen;
    if !names::capitalises_nouns(context.view.facts.language) || is_odd && is_often {
        return true;
    }
    // Before no noun and its misprint stands one given name.
    let is_one = meant.is_one == Some(true) && form.is_strange && slip.is_of_chance();
    if is_one || is_slip_of_listed(context, form, meant) || is_told_by_slip(context, form, meant) {
        return true;
    }
    let is_listed = names.is_hardly_a_noun(other) && is_listed(&meant.right);
    if !(names.is_name(other) || is_listed) {
        return false;
    }
    if !names.may_be_name(form.word) {
        return is_listed && slip.is_of_chance() && letters >= LONG;
    }
    // `Bruch` beside Baruch, `Kisten` beside Kirsten: a short noun is one letter shorter than many names.
    let is_often = names.sure(other) >= 2 * SURE_AMONG_NOUNS * form.seen;
    let is_clear = letters >= LONG || is_often || slip != Slip::Lost;
    slip.is_of_chance() || letters >= SHORT && is_clear || names.is_named(form.word)
}

/// Whether the name that is meant is known from lists and never a noun here, so that it need not be there
/// often: `Robepierre`. `Kasten` beside Karsten is a noun that has lost no letter.
fn is_slip_of_listed(context: &CorpusContext<'_>, form: &Form, meant: &Meant) -> bool {
    let names = context.view.index.names();
    let &Meant { slip, letters, is_odd, .. } = meant;
    let is_told = is_odd || slip.is_of_chance() || letters >= LONG;
    form.is_strange
        && is_told
        && (slip.leaves_ends() || is_odd && matches!(slip, Slip::Changed | Slip::Replaced))
        && letters >= if is_odd { SHORT - 1 } else { SHORT }
        && names.may_be_name(meant.word)
        && is_listed(&meant.right)
}

/// Whether a slip tells by itself that a word of German is a misprint of another one, be that a noun
/// or a name: no two nouns differ so.
fn is_told_by_slip(context: &CorpusContext<'_>, form: &Form, meant: &Meant) -> bool {
    let names = context.view.index.names();
    let &Meant { word: other, slip, letters, .. } = meant;
    let is_hardly_a_noun = names.is_hardly_a_noun(other);
    let may_be_name = is_hardly_a_noun && names.may_be_name(form.word);
    let enough = match letters {
        _ if slip == Slip::Lost && may_be_name && letters >= SHORT => 2 * SURE_AMONG_NOUNS,
        _ if !names::is_hardly_of_two_nouns(slip, &form.text, &meant.right) => return false,
        LONG.. => ENOUGH_IF_LONG,
        LONG_NOUN => OFTEN_AS_NOUN,
        SHORT if is_hardly_a_noun => OFTEN_AS_NOUN,
        _ if may_be_name => SURE_AMONG_NOUNS,
        _ => return false,
    };
    names.sure(other) >= enough * form.seen
}
