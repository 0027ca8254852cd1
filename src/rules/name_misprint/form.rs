//! A rare form, a name that it may be a slip of, and how often that name must occur.

use std::sync::Arc;

use crate::corpus::WordId;
use crate::markup::Language;
use crate::names::{self, Slip};
use crate::rules::CorpusContext;
use crate::rules::rarity::is_rare_beside;

/// How often a name must occur if its misprint has the same given name beside it.
const ENOUGH_OF_ONE: u32 = 2;

/// How often a name of four letters must occur for a slip that leaves letters as other words have them;
/// twice as often if a letter is lost or added.
const ENOUGH_OF_SHORTEST: u32 = 24;

/// From how many letters on a given name tells that.
pub(super) const SHORT_NAME: usize = 5;

/// From how many letters on hardly another family has a name like it that no list has.
const LONG: usize = 8;

/// How often such a name must occur in a language other than English for a slip inside of it.
const ENOUGH_IF_LONG: u32 = 2;

/// How many letters must be the same at the end where names have cases.
const KEPT_BY_CASES: usize = 3;

/// Forms of fewer letters are no misprints of common words.
pub(super) const SHORT: usize = 6;

/// A rare form that may be a misprint.
pub(super) struct Form {
    pub(super) word: WordId,
    pub(super) text: Arc<str>,
    pub(super) seen: u32,
    /// Whether it is a word or a name of its own.
    pub(super) is_own: bool,
    /// Whether no list of English words and names has it.
    pub(super) is_unheard: bool,
    /// Whether it is a name in another language, and no list of names has it.
    pub(super) is_strange: bool,
}

impl Form {
    /// Whether it is right as it stands or a word of English, which are words in other languages too: Finale,
    /// Commando, and Amusement beside Amüsement.
    pub(super) fn is_word(&self) -> bool {
        self.is_own || names::is_in_dictionary(&self.text)
    }

    /// How many letters the shorter one has of the form and a name.
    pub(super) fn letters_beside(&self, right: &str) -> usize {
        self.text.chars().count().min(right.chars().count())
    }

    /// How often a name must occur for this form to be believed a slip of it; `None` if it never is.
    pub(super) fn enough(
        &self,
        slip: Slip,
        right: &str,
        language: Language,
        is_odd: bool,
    ) -> Option<u32> {
        let letters = self.letters_beside(right);
        let is_short = right.chars().count() < SHORT_NAME;
        let usual = slip.enough(letters, language, is_odd).filter(|_| !is_short);
        let if_unheard = self.is_unheard.then(|| self.enough_if_unheard(slip, right, is_odd));
        let if_strange =
            self.is_strange.then(|| self.enough_if_strange(slip, right, language, is_odd));
        usual.into_iter().chain(if_unheard.flatten()).chain(if_strange.flatten()).min()
    }

    /// The same of a name in another language than English. Another letter makes another name or word of
    /// it easily, as in Mattino and Martino.
    fn enough_if_strange(
        &self,
        slip: Slip,
        right: &str,
        language: Language,
        is_odd: bool,
    ) -> Option<u32> {
        let letters = self.letters_beside(right);
        let (_, kept) = names::same_ends(&self.text, right);
        let needed = if !slip.is_of_chance() && have_cases(language) { KEPT_BY_CASES } else { 1 };
        let is_known = is_listed(right);
        let may_be_noun = names::capitalises_nouns(language) && !is_known;
        if kept < needed || may_be_noun {
            return None;
        }
        if letters < SHORT_NAME {
            let is_clear = is_known && is_odd && slip.is_of_chance();
            return is_clear.then_some(ENOUGH_OF_SHORTEST / 2);
        }
        if matches!(slip, Slip::Changed | Slip::Replaced) {
            return enough_if_odd(letters, is_known).filter(|_| is_odd);
        }
        if !slip.leaves_ends() {
            return None;
        }
        match letters {
            LONG.. => Some(ENOUGH_IF_LONG),
            SHORT.. if are_hardly_two(slip, &self.text, right) => Some(ENOUGH_IF_LONG),
            // Romagna is no Romana, and Gorgia no Giorgia.
            _ if !is_odd && !slip.is_of_chance() => None,
            _ => Some(slip.enough_if_unheard(letters, is_odd, is_known)? * 2),
        }
    }

    /// The same if no list has the form.
    fn enough_if_unheard(&self, slip: Slip, right: &str, is_odd: bool) -> Option<u32> {
        let letters = self.letters_beside(right);
        let enough = slip.enough_if_unheard(letters, is_odd, names::is_known_name(right))?;
        let is_short = right.chars().count() < SHORT_NAME;
        Some(match slip {
            // Who is named twice may be somebody else: Nesib is a man, and Nisib a place.
            Slip::Respelt if self.seen > 1 => enough * 6,
            _ if is_short && slip.is_of_chance() && names::is_known_name(right) => enough,
            Slip::Added | Slip::Lost if is_short && !is_odd => enough.max(ENOUGH_OF_SHORTEST * 2),
            _ if is_short && !is_odd => enough.max(ENOUGH_OF_SHORTEST),
            _ => enough,
        })
    }
}

/// A name that a form may be a slip of, and what that would be.
pub(super) struct Meant {
    pub(super) word: WordId,
    pub(super) right: Arc<str>,
    pub(super) slip: Slip,
    /// Of the shorter one of the two.
    pub(super) letters: usize,
    /// Whether the slip leaves letters in a row that no other word has.
    pub(super) is_odd: bool,
    /// Whether the same given name stands before both; `None` if none stands before one of them.
    pub(super) is_one: Option<bool>,
}

impl Meant {
    /// How often the name must occur; `None` if it is never believed.
    pub(super) fn enough_for(&self, context: &CorpusContext<'_>, form: &Form) -> Option<u32> {
        let language = context.view.facts.language;
        let enough = form.enough(self.slip, &self.right, language, self.is_odd);
        let is_told =
            form.is_unheard || form.is_strange && (self.slip.is_of_chance() || self.is_odd);
        if is_told && self.letters >= SHORT_NAME && self.is_one == Some(true) {
            return Some(enough.map_or(ENOUGH_OF_ONE, |enough| enough.min(ENOUGH_OF_ONE)));
        }
        enough
    }

    /// `Cort` in dialect for the Court: short words have many neighbours.
    pub(super) fn is_short_word(&self) -> bool {
        let is_word = || names::is_english_word(&self.right) && !names::is_known_name(&self.right);
        let is_shortest = self.right.chars().count() < SHORT_NAME;
        self.letters < SHORT && (is_shortest || !self.is_odd) && is_word()
    }

    /// Whether another given name stands before the form, or one of its own: then another family is meant,
    /// if these may differ so.
    pub(super) fn is_somebody_else(&self, context: &CorpusContext<'_>, form: &Form) -> bool {
        let index = context.view.index;
        let is_long_and_unheard =
            form.is_unheard && self.letters >= LONG && self.slip.leaves_ends();
        let is_transposed = self.slip == Slip::Transposed && self.letters >= SHORT;
        let tells = self.is_odd || is_transposed || is_long_and_unheard;
        let has_own_given = || {
            self.is_one.is_none()
                && index.has_given_name(form.word)
                && !index.follow_one_word(form.word, self.word)
        };
        // `Victor Keegan` where nobody stands before Kegan, and Alexander Kurakin beside the Kuragins; and
        // nobody has Wesley as a second name.
        let is_easily_another = self.letters <= SHORT || self.slip.is_another_letter();
        let is_somebody =
            || (is_easily_another || names::is_given_name(&self.right)) && has_own_given();
        !tells && (self.is_one == Some(false) || is_somebody())
    }

    /// Whether a scheme of romanisation explains the form, so that it is no misprint.
    pub(super) fn is_another_spelling(&self, context: &CorpusContext<'_>, form: &Form) -> bool {
        let index = context.view.index;
        let is_other = self.is_one == Some(false)
            || self.is_odd && index.share_a_family(form.word, self.word) == Some(false);
        let is_rare = || is_rare_beside(context, form.word, self.word);
        !is_other
            && names::may_be_spellings(&form.text, &self.right)
            && index.names().are_variants(form.word, self.word, is_rare())
    }
}

/// Whether lists have a name, and it is no word of English.
pub(super) fn is_listed(right: &str) -> bool {
    names::is_given_name(right) && !names::is_english_word(right)
}

/// How often a name must occur for another letter in it, which leaves letters in a row that no other word
/// has: `Friedpich`.
fn enough_if_odd(letters: usize, is_known: bool) -> Option<u32> {
    match letters {
        LONG.. if is_known => Some(ENOUGH_IF_LONG * 2),
        LONG.. => Some(ENOUGH_IF_LONG * 4),
        SHORT.. => Some(ENOUGH_IF_LONG * 6),
        _ => None,
    }
}

/// Whether hardly two names differ by such a slip: two letters changed places or stand for one, or a consonant
/// stands for a vowel. Families differ in a double letter and in one consonant: Capello, Cappello.
fn are_hardly_two(slip: Slip, wrong: &str, right: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let vowels = |word: &str| {
        let plain = names::without_diacritics(&word.to_lowercase());
        plain.chars().filter(|letter| "aeiouy".contains(*letter)).count()
    };
    match slip {
        // `Blesky` is no Bělský: that would be two slips.
        Slip::Transposed => letters(wrong) == letters(right),
        Slip::Scan => {
            wrong.chars().count() != right.chars().count() || vowels(wrong) != vowels(right)
        }
        _ => false,
    }
}

/// Whether names in a language may have cases, which change the letters before the last one too.
fn have_cases(language: Language) -> bool {
    const NONE: [&str; 11] = ["fr", "it", "es", "pt", "ca", "nl", "sv", "da", "nb", "nn", "no"];
    !NONE.contains(&language.code())
}
