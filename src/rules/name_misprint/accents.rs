//! Names that have lost their accents.

use crate::corpus::WordId;
use crate::markup::Language;
use crate::names::{self, Slip};
use crate::rules::CorpusContext;

use super::form::{Form, SHORT};
use super::nouns::OFTEN_AS_NOUN;
use super::own::is_english_adjective;
use super::place::{WIDELY_USED, is_named_nearby};

/// How often a name must have its accent if it is also an English name without it; a short one
/// in English once more.
const KNOWN_WITHOUT_ACCENT: u32 = 2;

/// How often in languages that leave accents off capitals, if the capital has the only one.
const OFF_CAPITALS: u32 = 4;

/// How often a name must have its accents if a form without them opens a sentence.
const SURE_WITH_ACCENTS: u32 = 3;

/// How often a word with an umlaut must occur, hardly ever with an article, to be no plural.
const NO_NOUN: u32 = 8;

/// A shorter rest of a noun of German, in letters, is not taken for its stem.
const SHORTEST_STEM: usize = 3;

/// Whether a slip leaves all letters as they are.
pub(super) fn is_of_accents(slip: Slip) -> bool {
    matches!(slip, Slip::Accent | Slip::Umlaut)
}

/// Whether a form lacks the accents of another name.
pub(super) fn has_lost_accents(
    context: &CorpusContext<'_>,
    form: &Form,
    other: WordId,
    slip: Slip,
) -> bool {
    let names = context.view.index.names();
    let right = names.text(other);
    let language = context.view.facts.language;
    let letters = form.text.chars().count();
    if language.is_read_as_english() && is_english_adjective(&right) {
        return false;
    }
    let enough = if form.is_unheard {
        1
    } else if form.is_word() {
        enough_accents(&form.text, &right, language)
    } else if is_capital_alone(&form.text, &right, language) {
        OFF_CAPITALS
    } else {
        slip.enough(letters, language, false).unwrap_or(u32::MAX)
    };
    if times_with_accents(context, form, other) < enough.saturating_mul(form.seen)
        || is_form_of_another(form, &right, language)
    {
        return false;
    }
    // `Väter` is no name, if `Vater` is none; but no noun loses the umlaut of `Südbucht`.
    let is_noun = names.sure(other) < NO_NOUN || !names.is_hardly_a_noun(other);
    let is_name =
        names.is_name(other) && (slip != Slip::Umlaut || names.is_named(other) || !is_noun);
    let is_told = match slip {
        Slip::Umlaut if !names::is_form_by_umlaut(&form.text, &right) => {
            letters >= SHORT || !is_noun || is_alone_with_umlaut(context, form, other)
        }
        Slip::Umlaut => {
            is_alone_with_umlaut(context, form, other) || are_both_named(context, form, other)
        }
        // What has the accents of another language is a name or a word of that, and has no form without.
        _ => names::capitalises_nouns(language) && !form.is_own,
    };
    if !is_told && !((is_name || names.is_hardly_a_noun(other)) && names.may_be_name(form.word)) {
        return false;
    }
    let is_near = names.sure(other) >= WIDELY_USED || is_named_nearby(context, other);
    let is_sure =
        names.sure(form.word) > 0 || slip == Slip::Accent && names.sure(other) >= SURE_WITH_ACCENTS;
    let is_other =
        form.is_own && context.view.index.have_one_given_name(form.word, other) == Some(false);
    is_near && is_sure && !is_other
}

/// How often a name is there with its accents. What opens a sentence may be a word; but where capitals keep
/// their accents no long word is a name without its own.
fn times_with_accents(context: &CorpusContext<'_>, form: &Form, other: WordId) -> u32 {
    let names = context.view.index.names();
    let language = context.view.facts.language;
    let is_long = form.text.chars().count() >= SHORT;
    let keeps_accents = !language.is_read_as_english() && !is_capital_bare(language);
    if is_long && keeps_accents && !form.is_own { names.seen(other) } else { names.sure(other) }
}

/// `Anne` beside Annę in Polish: a name of its own, and not a form of Anna.
fn is_form_of_another(form: &Form, right: &str, language: Language) -> bool {
    form.is_own && language.code() == "pl" && right.ends_with('ę') && form.text.ends_with('e')
}

/// Whether titles or given names say of both that they name somebody, though an adjective with an
/// article stands before some: `der alte Blücher`.
fn are_both_named(context: &CorpusContext<'_>, form: &Form, other: WordId) -> bool {
    let names = context.view.index.names();
    names.is_named(form.word) && names.is_named(other)
}

/// Whether the corpus has a word of German with its umlaut again and again and never the stem without:
/// `Tränen`, where nobody writes of a Tran, but not `Väter`.
fn is_alone_with_umlaut(context: &CorpusContext<'_>, form: &Form, other: WordId) -> bool {
    const ENDINGS: [&str; 8] = ["", "e", "en", "er", "ern", "n", "s", "es"];
    let names = context.view.index.names();
    let language = context.view.facts.language;
    if names.sure(other) < OFTEN_AS_NOUN * form.seen || names.is_named(form.word) {
        return false;
    }
    let is_there = |word: &str| {
        let known = names.find(word, language).filter(|known| *known != form.word);
        known.is_some_and(|known| names.seen(known) > 0)
    };
    let stems = ENDINGS.iter().filter_map(|ending| form.text.strip_suffix(ending));
    let mut stems = stems.filter(|stem| stem.chars().count() >= SHORTEST_STEM);
    !stems.any(|stem| ENDINGS.iter().any(|ending| is_there(&format!("{stem}{ending}"))))
}

/// For what English dictionaries have without accents.
fn enough_accents(text: &str, right: &str, language: Language) -> u32 {
    let is_short = text.chars().count() < SHORT;
    if is_capital_alone(text, right, language) {
        OFF_CAPITALS
    } else if language.is_read_as_english() && is_short {
        KNOWN_WITHOUT_ACCENT + 1
    } else {
        KNOWN_WITHOUT_ACCENT
    }
}

/// `Etienne` for `Étienne`, in a language that often prints capitals without accents.
fn is_capital_alone(text: &str, right: &str, language: Language) -> bool {
    let behind = |word: &str| word.chars().skip(1).collect::<String>();
    is_capital_bare(language) && behind(text) == behind(right)
}

fn is_capital_bare(language: Language) -> bool {
    matches!(language.code(), "fr" | "it" | "es" | "pt")
}
