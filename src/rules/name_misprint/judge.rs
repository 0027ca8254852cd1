//! Which name a rare form is a slip of, if that is believed.

use crate::corpus::WordId;
use crate::names::{self, Slip};
use crate::rules::CorpusContext;

use super::arabic::{Text, is_respelt};

use super::accents::{has_lost_accents, is_of_accents};
use super::form::{Form, Meant};
use super::nouns::is_told_among_nouns;
use super::own::{is_english_adjective, is_right_as_it_stands};
use super::place::is_placed_well;
use super::tie::is_worse_of_two;

/// The one of several names that a rare word is a misprint of.
pub(super) fn judge(
    context: &CorpusContext<'_>,
    text: &Text,
    word: WordId,
    candidates: &[WordId],
) -> Option<(WordId, Slip)> {
    let index = context.view.index;
    let names = index.names();
    let (seen, spelling) = (names.seen(word), names.text(word));
    // The starter authority is written in English: there Vasily Blücher is called Blucher.
    let is_of_language =
        !index.authority().is_builtin || context.view.facts.language.is_read_as_english();
    if is_of_language && index.authority().knows(&spelling) {
        return None;
    }
    let is_own = is_right_as_it_stands(context, &spelling, seen);
    // What is read as English for want of anything better may be in a language that no list knows.
    let is_english = context.view.facts.language.is_english();
    // `Cap’ain` is how somebody speaks, and `Elvish` has an ending of English.
    let is_derived = spelling.contains(['\'', '’']) || is_english_adjective(&spelling);
    let is_unheard = is_english && !is_own && !is_derived && !names::is_rarer_name(&spelling);
    let is_strange = is_strange(context, word, &spelling) && !is_own && !is_derived;
    let form = Form { word, seen, is_own, is_unheard, is_strange, text: spelling };
    let others = candidates.iter();
    let likely = others.filter_map(|&other| Some((other, slip_for(context, text, &form, other)?)));
    likely.max_by_key(|&(other, slip)| {
        (is_of_accents(slip), names.sure(other).saturating_mul(slip.weight()))
    })
}

/// Whether a form in another language than English has the capital of a name, and no list has it as one.
fn is_strange(context: &CorpusContext<'_>, word: WordId, text: &str) -> bool {
    let names = context.view.index.names();
    let language = context.view.facts.language;
    !language.is_read_as_english()
        && names.sure(word) > 0
        && names.may_be_name(word)
        && names::is_unheard(text)
}

/// The slip by which a form stands for another name, if that is believed.
fn slip_for(context: &CorpusContext<'_>, text: &Text, form: &Form, other: WordId) -> Option<Slip> {
    let names = context.view.index.names();
    let right = names.text(other);
    let slip = likely_slip(context, text, form, &right)?;
    if is_of_accents(slip) {
        return has_lost_accents(context, form, other, slip).then_some(slip);
    }
    // Most rare forms are words, or names of their own: nothing else is asked of these.
    if form.is_word() || names.sure(other) == 0 {
        return None;
    }
    let tells_odd = form.is_unheard || form.is_strange || !slip.is_another_letter();
    let is_odd = tells_odd && names.has_odd_letters(form.word, other, slip);
    let letters = form.letters_beside(&right);
    let is_one = context.view.index.have_one_given_name(form.word, other);
    let meant = Meant { word: other, right, slip, letters, is_odd, is_one };
    let is_often = names.sure(other) >= meant.enough_for(context, form)? * form.seen;
    let is_believed = (is_often || is_worse_of_two(context, form, &meant))
        && is_told_among_nouns(context, form, &meant)
        && !meant.is_short_word()
        && is_placed_well(context, form, slip, other)
        && !meant.is_somebody_else(context, form)
        && !meant.is_another_spelling(context, form);
    is_believed.then_some(slip)
}

/// How a form may have come from a name. Of a name from Arabic other vowels are likelier than other
/// letters.
fn likely_slip(context: &CorpusContext<'_>, text: &Text, form: &Form, right: &str) -> Option<Slip> {
    let slip = names::slip(&form.text, right, context.view.facts.language);
    // `Gemtext` is no slip of GetText: two words in one are like others.
    if names::has_capital_inside(right) && slip.is_some_and(Slip::is_another_letter) {
        return None;
    }
    let is_likelier = |slip: Slip| {
        is_of_accents(slip) || slip.is_of_chance() || matches!(slip, Slip::Lost | Slip::Added)
    };
    match slip {
        Some(slip) if is_likelier(slip) => Some(slip),
        _ if is_respelt(context, text, form, right) => Some(Slip::Respelt),
        slip => slip,
    }
}
