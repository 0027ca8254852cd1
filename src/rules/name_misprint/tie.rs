//! Two long forms of one name that no list has, each of them once: which one is the misprint?

use crate::corpus::WordId;
use crate::names::{self, Slip};
use crate::rules::CorpusContext;

use super::form::{Form, Meant};

/// From how many letters on two forms are hardly two names.
const LONG: usize = 7;

/// How many letters must be the same at both ends.
const SAME_AT_HEAD: usize = 2;
const SAME_AT_END: usize = 2;

/// Whether a form is the worse one of two that are seen once each: the one with letters in a row that
/// no word has, else the later one.
pub(super) fn is_worse_of_two(context: &CorpusContext<'_>, form: &Form, meant: &Meant) -> bool {
    let names = context.view.index.names();
    let is_tie = form.seen == 1 && names.seen(meant.word) == 1 && names.sure(form.word) == 1;
    if !is_tie || !form.is_unheard || !are_one(&form.text, &meant.right, meant.slip) {
        return false;
    }
    let is_other_odd = names.has_odd_letters(meant.word, form.word, meant.slip);
    match (meant.is_odd, is_other_odd) {
        (true, false) => true,
        (false, true) => false,
        _ => is_later(context, form.word, meant.word),
    }
}

/// Whether two names are so long and so much alike inside that nobody has given two people these: another
/// vowel, a letter more or less.
fn are_one(form: &str, other: &str, slip: Slip) -> bool {
    let letters = form.chars().count().min(other.chars().count());
    let (start, end) = names::same_ends(form, other);
    let is_slip = slip.leaves_ends() || slip == Slip::Vowel || names::differ_in_vowels(form, other);
    // `State-a` is two words with a dash between them.
    let is_one_word = !form.contains('-') && !other.contains('-');
    is_one_word
        && letters >= LONG
        && start >= SAME_AT_HEAD
        && end >= SAME_AT_END
        && is_slip
        && names::is_unheard(other)
}

fn is_later(context: &CorpusContext<'_>, form: WordId, other: WordId) -> bool {
    let names = context.view.index.names();
    let first = |word| names.first_place(word).map(|place| (place.document, place.span.start));
    first(form) > first(other)
}
