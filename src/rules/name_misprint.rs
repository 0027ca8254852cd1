//! A name with a slip of the scanner in it.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{MentionFact, PlaceIn, WordId};
use crate::markup::Language;
use crate::names::{self, Slip};
use crate::text::Span;

use super::rarity::is_rare_beside;
use super::{Check, CorpusContext, Edit, Finding, Fix, Related, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "name-misprint",
    summary: "a rare form that is one slip away from a name the corpus uses often",
    explanation: "\
Reports a capitalised word that occurs once or twice and is one slip away from a name that the
corpus uses often: two letters transposed, one lost, added or changed, letters that scanners
confuse (rn and m, li and h), an accent lost. How often depends on the slip: of a form that no
list of English words and names has, twice is enough, and once if dictionaries have the name.
In a text about Arabs it may have other vowels, or other consonants for the same sound.

    Perograd beside Petrograd, Soivets beside Soviets, Evremonde beside Evrémonde

Plurals, feminine forms and derivatives are no slips, and neither is another spelling by a
scheme of romanisation: that is `name-variant`. A name that only looks like another one is
accepted in `rubricator.toml`:

    [[accept]]
    rule = \"name-misprint\"
    text = \"Kurakin\"
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

/// How often a form may occur and be a misprint.
const MOST_SEEN: u32 = 2;

/// How often a name must have its accent if it is also an English name without it; a short one
/// in English once more.
const KNOWN_WITHOUT_ACCENT: u32 = 2;

/// How often in languages that leave accents off capitals, if the capital has the only one.
const OFF_CAPITALS: u32 = 4;

/// A name that occurs less often must stand in the same document as its misprint, or in its
/// folder: a book is a folder.
const WIDELY_USED: u32 = 24;

/// How often a name must have its accents if a form without them opens a sentence.
const SURE_WITH_ACCENTS: u32 = 3;

/// How often a name must occur if its misprint opens a sentence, and is no word by its letters.
const SURE_IF_ODD: u32 = 4;

/// The same if dictionaries have the name and no list has the misprint.
const SURE_IF_KNOWN: u32 = 2;

/// How often a noun of German must occur for a misprint of it, which is told by its letters.
const OFTEN_AS_NOUN: u32 = 4;

/// From how many letters on hardly two nouns of German differ by a transposition, a doubled consonant
/// or a pair of letters for one: of those in a German word list not one in five hundred does.
const LONG_NOUN: usize = 7;

/// How often such a noun must occur if it is long.
const ENOUGH_IF_LONG: u32 = 3;

/// How often a shorter word must occur that is no noun by its articles.
const SURE_AMONG_NOUNS: u32 = 8;

/// How often a word with an umlaut must occur, hardly ever with an article, to be no plural.
const NO_NOUN: u32 = 8;

/// A shorter rest of a noun of German, in letters, is not taken for its stem.
const SHORTEST_STEM: usize = 3;

/// How many names from Arabic a text has that is about Arabs or Persians, and how many of its names are
/// such: one in so many.
const SEVERAL: usize = 4;
const SHARE: usize = 24;

/// How often a name must occur if its misprint has the same given name beside it.
const ENOUGH_OF_ONE: u32 = 2;

/// From how many letters on a given name tells that.
const SHORT_NAME: usize = 5;

/// Forms of fewer letters are no misprints of common words.
const SHORT: usize = 6;

/// From how many letters on no noun with an article is like a name.
const LONG: usize = 8;

/// How many places of the right form are shown.
const MOST_RELATED: usize = 3;

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let names = context.view.index.names();
    let mut known: FxHashMap<WordId, Option<(WordId, Slip)>> = FxHashMap::default();
    let text = Text::default();
    let mentions = context.view.facts.mentions.iter();
    for mention in mentions.filter(|mention| !mention.is_foreign && !mention.is_acronym) {
        for (word, span, _) in mention.words() {
            if names.seen(word) > MOST_SEEN {
                continue;
            }
            let candidates = names.neighbours(word);
            if candidates.is_empty() {
                continue;
            }
            let judge = || judge(context, &text, word, &candidates);
            let verdict = known.entry(word).or_insert_with(judge);
            if let Some((right, slip)) = *verdict
                // Print leaves accents off capitals.
                && !(mention.is_capitals && is_of_accents(slip))
                && !is_cognate(context, mention, (word, right), slip)
                && !is_noun_by_article(context, mention, right)
                && !is_whole_spelt_otherwise(context, mention, (word, right))
            {
                findings.push(finding(context, word, right, slip, span, mention.is_contiguous));
            }
        }
    }
}

/// What is found out about a text when it is first asked for.
#[derive(Default)]
struct Text {
    is_arabic: OnceCell<bool>,
}

impl Text {
    /// Whether the text is about people with names from Arabic: several of them are named, and often.
    /// A list of many people from everywhere has some such names too.
    fn is_arabic(&self, context: &CorpusContext<'_>) -> bool {
        *self.is_arabic.get_or_init(|| {
            let names = context.view.index.names();
            let mut known: FxHashMap<WordId, bool> = FxHashMap::default();
            let mut is_arabic = |word| {
                *known.entry(word).or_insert_with(|| names::is_arabic_name(&names.text(word)))
            };
            let words = context.view.facts.mentions.iter().flat_map(MentionFact::words);
            let (mut all, mut arabic) = (0, 0);
            for (word, ..) in words {
                all += 1;
                arabic += usize::from(is_arabic(word));
            }
            let different = known.values().filter(|is_arabic| **is_arabic).count();
            different >= SEVERAL && arabic * SHARE >= all
        })
    }
}

/// The one of several names that a rare word is a misprint of.
fn judge(
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
    let is_own = is_right_as_it_stands(context, &spelling);
    // What is read as English for want of anything better may be in a language that no list knows.
    let is_english = context.view.facts.language.is_english();
    // `Cap’ain` is how somebody speaks, and `Elvish` has an ending of English.
    let is_derived = spelling.contains(['\'', '’']) || is_english_adjective(&spelling);
    let is_unheard = is_english && !is_own && !is_derived && !names::is_rarer_name(&spelling);
    let form = Form { word, seen, is_own, is_unheard, text: spelling };
    let others = candidates.iter();
    let likely = others.filter_map(|&other| Some((other, slip_for(context, text, &form, other)?)));
    likely.max_by_key(|&(other, slip)| {
        (is_of_accents(slip), names.sure(other).saturating_mul(slip.weight()))
    })
}

/// A rare form that may be a misprint.
struct Form {
    word: WordId,
    text: Arc<str>,
    seen: u32,
    /// Whether it is a word or a name of its own.
    is_own: bool,
    /// Whether no list of English words and names has it.
    is_unheard: bool,
}

impl Form {
    /// How often a name must occur for this form to be believed a slip of it; `None` if it never is.
    fn enough(&self, slip: Slip, right: &str, language: Language, is_odd: bool) -> Option<u32> {
        let letters = self.text.chars().count().min(right.chars().count());
        let usual = slip.enough(letters, language, is_odd);
        let is_known = names::is_known_name(right);
        let if_unheard = self.is_unheard.then(|| slip.enough_if_unheard(letters, is_odd, is_known));
        // Who is named twice may be somebody else: Nesib is a man, and Nisib a place.
        let is_somebody = slip == Slip::Respelt && self.seen > 1;
        let if_unheard = if_unheard.map(|enough| if is_somebody { enough * 6 } else { enough });
        usual.into_iter().chain(if_unheard).min()
    }
}

/// The slip by which a form stands for another name, if that is believed.
fn slip_for(context: &CorpusContext<'_>, text: &Text, form: &Form, other: WordId) -> Option<Slip> {
    let names = context.view.index.names();
    let right = names.text(other);
    let slip = likely_slip(context, text, form, &right)?;
    if is_of_accents(slip) {
        return has_lost_accents(context, form, other, slip).then_some(slip);
    }
    let is_odd = !slip.is_another_letter() && names.has_odd_letters(form.word, other, slip);
    let letters = form.text.chars().count().min(right.chars().count());
    let is_one = context.view.index.have_one_given_name(form.word, other);
    let meant = Meant { word: other, right, slip, letters, is_odd, is_one };
    let is_believed = !form.is_own
        && names.sure(other) >= meant.enough_for(context, form)? * form.seen
        && is_told_among_nouns(context, form, slip, other, is_odd)
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

/// A name that a form may be a slip of, and what that would be.
struct Meant {
    word: WordId,
    right: Arc<str>,
    slip: Slip,
    /// Of the shorter one of the two.
    letters: usize,
    /// Whether the slip leaves letters in a row that no other word has.
    is_odd: bool,
    /// Whether the same given name stands before both; `None` if none stands before one of them.
    is_one: Option<bool>,
}

impl Meant {
    /// How often the name must occur; `None` if it is never believed.
    fn enough_for(&self, context: &CorpusContext<'_>, form: &Form) -> Option<u32> {
        let language = context.view.facts.language;
        let enough = form.enough(self.slip, &self.right, language, self.is_odd);
        if form.is_unheard && self.letters >= SHORT_NAME && self.is_one == Some(true) {
            return Some(enough.map_or(ENOUGH_OF_ONE, |enough| enough.min(ENOUGH_OF_ONE)));
        }
        enough
    }

    /// `Cort` in dialect for the Court: short words have many neighbours.
    fn is_short_word(&self) -> bool {
        let is_word = || names::is_english_word(&self.right) && !names::is_known_name(&self.right);
        self.letters < SHORT && !self.is_odd && is_word()
    }

    /// Whether another given name stands before the form, or one of its own: then another family is meant,
    /// if these may differ so.
    fn is_somebody_else(&self, context: &CorpusContext<'_>, form: &Form) -> bool {
        let index = context.view.index;
        let tells = self.is_odd || self.slip == Slip::Transposed && self.letters >= SHORT;
        let has_own_given = || {
            self.is_one.is_none()
                && index.has_given_name(form.word)
                && !index.follow_one_word(form.word, self.word)
        };
        // `Victor Keegan` where nobody stands before Kegan; and nobody has Wesley as a second name.
        let is_somebody =
            || (self.letters <= SHORT || names::is_given_name(&self.right)) && has_own_given();
        !tells && (self.is_one == Some(false) || is_somebody())
    }

    /// Whether a scheme of romanisation explains the form, so that it is no misprint.
    fn is_another_spelling(&self, context: &CorpusContext<'_>, form: &Form) -> bool {
        let index = context.view.index;
        let is_other = self.is_one == Some(false)
            || self.is_odd && index.share_a_family(form.word, self.word) == Some(false);
        let is_rare = || is_rare_beside(context, form.word, self.word);
        !is_other
            && names::may_be_spellings(&form.text, &self.right)
            && index.names().are_variants(form.word, self.word, is_rare())
    }
}

/// Whether the name that is meant stands in the same book, or is used everywhere, and the form where
/// other words have no capital, or where it is a name all the same.
fn is_placed_well(context: &CorpusContext<'_>, form: &Form, slip: Slip, other: WordId) -> bool {
    let names = context.view.index.names();
    let is_near = names.sure(other) >= WIDELY_USED || is_named_nearby(context, other);
    is_near && (names.sure(form.word) > 0 || is_sure_at_head(context, form, slip, other))
}

/// Whether a form may be another spelling of an Arabic name, in a text that is full of such names.
fn is_respelt(context: &CorpusContext<'_>, text: &Text, form: &Form, right: &str) -> bool {
    form.is_unheard
        && names::may_be_one_word(&form.text, right)
        && !names::is_in_dictionary(right)
        && text.is_arabic(context)
}

/// Whether a slip can be told where nouns have capitals too, as in German: a noun has neighbours
/// among the other nouns, as long as it looks like one.
fn is_told_among_nouns(
    context: &CorpusContext<'_>,
    form: &Form,
    slip: Slip,
    other: WordId,
    is_odd: bool,
) -> bool {
    let names = context.view.index.names();
    let is_often = names.sure(other) >= OFTEN_AS_NOUN * form.seen;
    if !names::capitalises_nouns(context.view.facts.language) || is_odd && is_often {
        return true;
    }
    let right = names.text(other);
    let letters = form.text.chars().count().min(right.chars().count());
    if is_told_by_slip(context, form, slip, other, letters) {
        return true;
    }
    let is_listed = names.is_hardly_a_noun(other)
        && names::is_given_name(&right)
        && !names::is_english_word(&right);
    if !(names.is_name(other) || is_listed) {
        return false;
    }
    if !names.may_be_name(form.word) {
        return is_listed && slip.is_of_chance() && letters >= LONG;
    }
    // `Bruch` beside Baruch: a short noun is one letter shorter than many names.
    slip.is_of_chance() || letters >= SHORT || names.is_named(form.word)
}

/// Whether a slip tells by itself that a word of German is a misprint of another one, be that a noun
/// or a name: no two nouns differ so.
fn is_told_by_slip(
    context: &CorpusContext<'_>,
    form: &Form,
    slip: Slip,
    other: WordId,
    letters: usize,
) -> bool {
    let names = context.view.index.names();
    let is_hardly_a_noun = names.is_hardly_a_noun(other);
    let may_be_name = is_hardly_a_noun && names.may_be_name(form.word);
    let enough = match letters {
        _ if slip == Slip::Lost && may_be_name && letters >= SHORT => 2 * SURE_AMONG_NOUNS,
        _ if !names::is_hardly_of_two_nouns(slip, &form.text, &names.text(other)) => return false,
        LONG.. => ENOUGH_IF_LONG,
        LONG_NOUN => OFTEN_AS_NOUN,
        SHORT if is_hardly_a_noun => OFTEN_AS_NOUN,
        _ if may_be_name => SURE_AMONG_NOUNS,
        _ => return false,
    };
    names.sure(other) >= enough * form.seen
}

/// Whether a form lacks the accents of another name.
fn has_lost_accents(context: &CorpusContext<'_>, form: &Form, other: WordId, slip: Slip) -> bool {
    let names = context.view.index.names();
    let right = names.text(other);
    let language = context.view.facts.language;
    let letters = form.text.chars().count();
    if language.is_read_as_english() && is_english_adjective(&right) {
        return false;
    }
    let enough = if form.is_unheard {
        1
    } else if form.is_own {
        enough_accents(&form.text, &right, language)
    } else if is_capital_alone(&form.text, &right, language) {
        OFF_CAPITALS
    } else {
        slip.enough(letters, language, false).unwrap_or(u32::MAX)
    };
    if names.sure(other) < enough.saturating_mul(form.seen) {
        return false;
    }
    // `Väter` is no name, if `Vater` is none; but no noun loses the umlaut of `Südbucht`.
    let is_noun = names.sure(other) < NO_NOUN || !names.is_hardly_a_noun(other);
    let is_name =
        names.is_name(other) && (slip != Slip::Umlaut || names.is_named(other) || !is_noun);
    let is_told = match slip {
        Slip::Umlaut if !names::is_form_by_umlaut(&right) => {
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

/// `Aragónese` beside Aragonese: what English derives from a place has no accent, whatever the place
/// has. Thérèse has one in the ending.
fn is_english_adjective(text: &str) -> bool {
    text.ends_with("ese") || text.ends_with("ish")
}

/// Whether a form is a word or a name of its own.
fn is_right_as_it_stands(context: &CorpusContext<'_>, text: &str) -> bool {
    names::is_given(text)
        || names::is_given_name(text)
        || names::is_opener_somewhere(text)
        || is_plural_of_name(context, text)
        || context.view.facts.language.is_read_as_english() && names::is_in_dictionary(text)
}

/// `Russias`: the plural of a name, in languages that make one so.
fn is_plural_of_name(context: &CorpusContext<'_>, text: &str) -> bool {
    let names = context.view.index.names();
    let language = context.view.facts.language;
    let is_there = |stem: &str| names.find(stem, language).is_some_and(|word| names.sure(word) > 0);
    let is_name = |stem: &str| names::is_known_name(stem) || is_there(stem);
    // `Joness` is no plural of Jones.
    text.strip_suffix('s').is_some_and(|stem| !stem.ends_with('s') && is_name(stem))
}

/// `Il Tonno` beside Torino: in languages whose names have no articles a word behind one is none; but
/// la France has one.
fn is_noun_by_article(context: &CorpusContext<'_>, mention: &MentionFact, right: WordId) -> bool {
    matches!(context.view.facts.language.code(), "fr" | "it" | "es")
        && mention.is_behind_article()
        && !context.view.index.is_behind_article(right)
}

/// `Journal du Mouvement` beside an English movement: what stands behind a small word of another
/// language, or behind a particle as in a name, is no misprint of an English word.
fn is_cognate(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, right): (WordId, WordId),
    slip: Slip,
) -> bool {
    let names = context.view.index.names();
    let (form, right) = (names.text(word), names.text(right));
    // `Chambre`, `Lettres` have the ending of French.
    let is_french = slip == Slip::Transposed && (form.ends_with("re") || form.ends_with("res"));
    context.view.facts.language.is_read_as_english()
        && names::is_in_dictionary(&right)
        && (slip.is_another_letter()
            || is_french
            || mention.is_behind_foreign_word()
            || mention.has_particle())
}

/// Whether the name of several words in which a slip stands is somebody's in another spelling as a whole:
/// `Nuri Shalan`. That is told by `name-variant`.
fn is_whole_spelt_otherwise(
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

/// Whether the document itself, or another one of its folder, names somebody so.
fn is_named_nearby(context: &CorpusContext<'_>, name: WordId) -> bool {
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
        slip if slip.is_another_letter() => WIDELY_USED,
        _ if letters >= SHORT && form.is_unheard && is_known => SURE_IF_KNOWN,
        _ if letters >= SHORT && (is_odd || form.is_unheard) => SURE_IF_ODD,
        _ if letters >= SHORT && is_english && slip.is_of_chance() => SURE_IF_ODD,
        _ if is_english && is_odd => SURE_IF_ODD,
        _ if is_english => WIDELY_USED,
        _ => return false,
    };
    names.sure(name) >= enough
}

/// Whether a slip leaves all letters as they are.
fn is_of_accents(slip: Slip) -> bool {
    matches!(slip, Slip::Accent | Slip::Umlaut)
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
    matches!(language.code(), "fr" | "it" | "es" | "pt") && behind(text) == behind(right)
}

fn finding(
    context: &CorpusContext<'_>,
    word: WordId,
    right: WordId,
    slip: Slip,
    span: Span,
    is_contiguous: bool,
) -> Finding {
    let names = context.view.index.names();
    let (text, meant) = (names.text(word), names.text(right));
    let fix = Fix {
        title: format!("Write “{meant}”"),
        safe: false,
        edits: vec![Edit { span, text: meant.to_string() }],
    };
    let places = names.places(right);
    Finding {
        rule: RULE.name,
        severity: context.severity,
        span,
        subject: Some(meant.to_string()),
        message: message(context, &text, &meant, slip, names.seen(right)),
        fixes: if is_contiguous { vec![fix] } else { Vec::new() },
        related: places
            .iter()
            .take(MOST_RELATED)
            .map(|place| Related {
                document: Some(Arc::clone(&place.document)),
                span: place.span,
                message: format!("“{meant}” is here."),
            })
            .collect(),
    }
}

/// Which form, what it is taken for, and why; whose name that is, if the authority knows.
fn message(context: &CorpusContext<'_>, text: &str, meant: &str, slip: Slip, count: u32) -> String {
    let times = match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    };
    let authority = context.view.index.authority();
    let who = match authority.resolve(meant, meant, None).as_slice() {
        [one] => format!(", {}", authority.figure(one.figure).name),
        _ => String::new(),
    };
    match slip {
        Slip::Accent | Slip::Umlaut => {
            let mark = names::lost_mark(text, meant);
            format!("“{text}” lacks the {mark} of “{meant}”{who} ({times} in this corpus).")
        }
        _ => format!(
            "“{text}” looks like “{meant}”{who} ({times} in this corpus) {}.",
            slip.describe()
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Language;
    use crate::rules::fixture;

    fn check_in(language: &str, snippet: &str) {
        fixture::check_in(Language::from_tag(language), &super::RULE, snippet);
    }

    #[test]
    fn a_name_without_its_accent() {
        check_in(
            "en",
            "\
It was for Charles Evrémonde that he came, and for young Evrémonde alone.
And then for Evremonde he wept.
             ^^^^^^^^^ lacks the accent of “Evrémonde” (twice in this corpus).
",
        );
        check_in(
            "en",
            "\
We left Göttingen for Łódź in May, and Göttingen was cold; in Łódź and again in Łódź it rained.
They found Gottingen and then Lodz in snow.
           ^^^^^^^^^ lacks the umlaut of “Göttingen”
                              ^^^^ lacks the diacritics of “Łódź”
",
        );
        check_in(
            "fr",
            "\
Il parle à Frédéric de Mérimée; et Frédéric lit Mérimée.
Puis Frederic sort.
     ^^^^^^^^ lacks the accent of “Frédéric”
",
        );
        check_in(
            "es",
            "\
Vino con Núñez a Córdoba, y con Núñez salió de Córdoba.
Allí estaba Nunez solo, lejos de Cordoba y del mar.
            ^^^^^ lacks the diacritics of “Núñez”
                                 ^^^^^^^ lacks the accent of “Córdoba”
",
        );
    }

    #[test]
    fn an_accent_lost_in_the_ending_of_an_adjective() {
        check_in(
            "en",
            "\
He saw Thérèse, and Thérèse saw him; with Thérèse he went.
Then he wrote to Therese.
                 ^^^^^^^ lacks the accent of “Thérèse”
",
        );
    }

    #[test]
    fn an_english_adjective_has_no_accent() {
        check_in(
            "en",
            "\
The Aragónese front; on the Aragónese front, in the Aragónese hills, by Aragónese roads.
He saw the Aragonese hills.
",
        );
    }

    #[test]
    fn a_slip_at_the_head_of_a_sentence_or_behind_another_given_name() {
        check_in(
            "en",
            "\
He saw Terestchenko and Terestchenko, with Terestchenko and near Terestchenko he sat.
It was so. Tersetchenko had gone.
           ^^^^^^^^^^^^ with two letters transposed
",
        );
        check_in(
            "en",
            "\
I knew Maria Kiselnikova, and Anna Kiselnikova, and Lydia Kiselnikova.
There Boris Kisselnnikova laughed, and Vera Kiselinkova wept.
                                            ^^^^^^^^^^^ with two letters transposed
",
        );
    }

    #[test]
    fn what_no_list_of_names_has_is_a_slip_of_what_is_like_it() {
        check_in(
            "en",
            "\
They rode from Mirsholt to Mirsholt Abbey, past Danbreck and Danbreck Hall to Danbreck Hill.
They left Misholt for Danbreek that day.
          ^^^^^^^ looks like “Mirsholt” (twice in this corpus) with a letter lost
                      ^^^^^^^^ looks like “Danbreck”
",
        );
        check_in(
            "en",
            "\
With Vandermeer came Vandermeer, and Vandermeer and Vandermeer, with Vandermeer, of Vandermeer.
They met Vandermoer and Vandirmeer, but Jude Vandermeers was there.
         ^^^^^^^^^^ looks like “Vandermeer”
                        ^^^^^^^^^^ looks like “Vandermeer”
",
        );
        check_in(
            "en",
            "\
They came to Budapest by night, and to Wenzlow by day.
From Budapset they rode on, and from Wenzolw.
     ^^^^^^^^ looks like “Budapest” (once in this corpus) with two letters transposed
",
        );
        // Some families are called Barnet; and one time is not enough.
        check_in("en", "They met Barnett and Barnett, with Barnett and of Barnett, then Barnet.\n");
        check_in("en", "They rode from Mirsholt alone, and to Misholt together.\n");
    }

    #[test]
    fn a_letter_doubled_as_no_language_doubles_it() {
        check_in(
            "en",
            "\
The Prussian men, the Prussian king, the Prussian flag, and the Joneses; Mr. Jones, Jones, Jones.
There was a Pruussian song, and Mr. Joness sang.
            ^^^^^^^^^ with a letter doubled
                                    ^^^^^^ with its last letter gone wrong
",
        );
    }

    #[test]
    fn the_same_given_name_beside_a_slip() {
        check_in(
            "en",
            "\
They met Irene Vandok, and Irene Vandok sang. Then Vandok spoke to Godfrey Vandok.
They heard of Irene Vendok there, and met Godfrey Hardok, and Godfrey Wardok.
                    ^^^^^^ looks like “Vandok”
",
        );
    }

    #[test]
    fn a_name_from_arabic_in_other_vowels() {
        check_in(
            "en",
            "\
Feisal and Mustafa rode with Abdulla and Hussein to Mudowwara; from Mudowwara to Guweira, to Guweira.
So to Mudawwara and to Guwaira they came.
      ^^^^^^^^^ romanised from Arabic in another way
                       ^^^^^^^ romanised from Arabic in another way
",
        );
        // What the name as a whole tells is told once, of the whole.
        check_in(
            "en",
            "\
Feisal and Mustafa rode with Abdulla and Hussein; then Nuri Shaalan met Nuri Shaalan, Nuri Shaalan.
So Nuri Shalan came.
",
        );
        // Nobody else in this text has a name from Arabic.
        check_in("en", "They rode to Guweira, and to Guweira, and from Guweira to Guwaira.\n");
    }

    #[test]
    fn a_digit_for_the_head_of_a_capital() {
        check_in(
            "en",
            "\
They left Hampstead for Hampstead Heath; in Hampstead it rained.
They came to T1ampstead late.
             ^^^^^^^^^^ with letters that scanners confuse
",
        );
    }

    #[test]
    fn of_two_names_the_likelier_slip_is_meant() {
        check_in(
            "en",
            "\
In the States, the States and the States, they knew of a State, and of a State and the State.
He came to the Statse by ship.
               ^^^^^^ looks like “States”
",
        );
    }

    #[test]
    fn capitals_and_words_that_an_accent_divides_are_right_without() {
        check_in("fr", "Il voit Évrémonde et Mérimée; là Évrémonde lit Mérimée.\n\nPAR MERIMEE\n");
        check_in("fr", "Il va au Marché avec Paul, du Marché au Marché, puis vers la Marche.\n");
        check_in("fr", "Il parle avec Étienne et Étienne écoute Étienne; puis Etienne sort.\n");
        check_in(
            "pl",
            "Widział Marysię i znów Marysię, a potem Marysie poszły. To Marysię bolało.\n",
        );
    }

    #[test]
    fn an_umlaut_lost_in_a_name_and_in_a_noun() {
        check_in(
            "de",
            "\
Da kam Herr Blücher, und General Blücher sprach mit Herrn Blücher.
Und neben Blucher saß die Mutter.
          ^^^^^^^ lacks the umlaut of “Blücher”
",
        );
        check_in("de", "Er sah Väter, er sah Väter und Väter, und Vater kam.\n");
        check_in("de", "Er sah die Söhne und die Söhne, auch Söhne. Mit dem Sohne kam er.\n");
        check_in(
            "de",
            "\
Er kam zur Südbucht, und in der Südbucht schlief er; die Südbucht lag still.
Dann verliess er die Sudbucht wieder.
                     ^^^^^^^^ lacks the umlaut of “Südbucht”
",
        );
    }

    #[test]
    fn the_plural_of_a_name_a_word_of_another_language_and_somebody_else() {
        check_in(
            "en",
            "In the Chamber, the Chamber and the Chamber he sat, not the old Chambre.\n\nTo the Russians and the Russians, the Russians of all the Russias; in Russia.
",
        );
        check_in(
            "en",
            "\
A movement is the Movement, the Movement, the Movement. He read Le Journal du Mouvement Social there.
Yet the Movemnet grew.
        ^^^^^^^^ looks like “Movement”
",
        );
        check_in(
            "en",
            "With Kegan and Kegan, by Kegan and Kegan again, with Kegan; then came Victor Keegan.\n",
        );
        check_in(
            "en",
            "From the States of Asian lands to Asian lands, Asian and Asian, to those of ASIAEN.\n",
        );
    }

    #[test]
    fn a_name_in_german_and_a_noun_like_it() {
        check_in(
            "de",
            "\
Da kam Herr Wellington, und Wellington sprach mit Wellington von Wellington.
Und dann ging Welilngton fort.
              ^^^^^^^^^^ looks like “Wellington”
",
        );
        check_in(
            "de",
            "Da kam Herr Baruch, und Baruch sprach mit Baruch, mit Baruch und Baruch.\nAlles ging zu Bruch dabei.\n",
        );
        check_in(
            "it",
            "Da Torino a Torino, e da Torino a Torino, ma il Tonno resta, e Torino con Torino, e Torino, e Torino.\n",
        );
        check_in("de", "Er hatte Scheiben, und Scheiben und Scheiben sah er. Und Schieben half.\n");
    }

    #[test]
    fn an_umlaut_lost_in_a_word_whose_stem_has_none() {
        check_in(
            "de",
            "\
Sie sah Tränen, viele Tränen und wieder Tränen; ihre Tränen fielen.
Er trocknete ihre Tranen und ging.
                  ^^^^^^ lacks the umlaut of “Tränen”
",
        );
        check_in(
            "de",
            "Die Söhne, seine Söhne und die Söhne, alle Söhne; dem Sohn und dem Sohne gab er es.\n",
        );
        check_in(
            "de",
            "\
So kam der alte Blücher, der tolle Blücher; Herr Blücher schrieb, und Blücher schwieg.
Da sprach Herr Blucher.
               ^^^^^^^ lacks the umlaut of “Blücher”
",
        );
        check_in(
            "de",
            "\
Er sah Fouché, und Fouché ging mit Fouché zu Linné, und Linné sprach.
Carnot rief Fouche und dann Linne.
            ^^^^^^ lacks the accent of “Fouché”
                            ^^^^^ lacks the accent of “Linné”
",
        );
    }

    #[test]
    fn a_noun_that_no_other_noun_is_like() {
        check_in(
            "de",
            "\
Er gab den Feuerrubin her. Wo liegt der Feuerrubin, und wem gehört dieser Feuerrubin nun?
Sie nahm den Feuerubin und lief.
             ^^^^^^^^^ looks like “Feuerrubin”
",
        );
        for two_words in [
            "Er trug die Krönungen ein, alle Krönungen, die Krönungen und Krönungen, und sah die Körnungen.\n",
            "Der Schwager sah die Reederei, die Reederei und die Reederei, doch eine Rederei war es.\n",
            "Er kam mit Fürchten, mit Fürchten und Fürchten, doch zu den Früchten kam er.\n",
        ] {
            check_in("de", two_words);
        }
    }

    #[test]
    fn what_another_scheme_explains_is_no_misprint() {
        check_in(
            "en",
            "The party of the Trudoviki met. With Trudoviki and Trudoviki he spoke, not Troudoviki.\n",
        );
    }
}
