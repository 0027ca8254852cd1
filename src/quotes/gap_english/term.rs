//! Where a term or a title begins or ends that is quoted in the middle of a clause.

use smallvec::SmallVec;

use super::super::gap::Gaps;
use super::super::glyph::Glyph;
use super::super::saying;
use super::sentence::{begins_with_i, opens_sentence, words, words_before};
use super::{Places, add};

/// Where a term or a title may begin that the mark at `end` closes, and what speaks for that.
pub(super) fn phrase_starts(text: &str, start: usize, end: usize) -> Places {
    let stretch = &text[start..end];
    let mut places = Places::new();
    let bare = stretch.trim_end_matches([',', ';', '.', '!', '?', '…']);
    let rest = text[end..].trim_start_matches(|c| Glyph::of(c).is_some());
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    // |And what’, I asked: so speech ends where the comma stands outside.
    let is_speech = rest.strip_prefix(", ").is_some_and(|rest| saying::tag(rest).is_some());
    if let Some(phrase) = phrase_start(stretch).filter(|_| !is_speech) {
        places.push((phrase, PHRASE));
    }
    let is_within = goes_on && stretch.ends_with([',', ';']) && saying::tag(rest).is_none();
    let (sign, term) = match bare.len() < stretch.len() {
        false => (0, TERM_WITHIN),
        true if is_within => (SIGNED_WITHIN, TERM_WITHIN),
        true => (SIGNED, TERM),
    };
    places.extend(title_start(bare).map(|at| (at, TITLE - sign)));
    let sentence = bare.rfind(['.', '!', '?', ';', ':']).map_or(0, |at| at + 1);
    let words: SmallVec<[_; 16]> =
        words(&bare[sentence..]).into_iter().map(|(at, word)| (sentence + at, word)).collect();
    let named = introduction(&words);
    if let Some(&(at, word)) = named.and_then(|named| words.get(named + 1)) {
        let is_clear = named.is_some_and(|named| {
            words[..=named].iter().rev().take(2).any(|(_, word)| is_name_for_words(word))
                && words.len() - named <= LONGEST_TERM + 1
        });
        places.push((at, if is_clear { NAMED_CLEARLY } else { NAMED - sign }));
        // He called me |my dear boy.
        let is_object =
            matches!(word, "him" | "her" | "me" | "it" | "them" | "us" | "a" | "an" | "the");
        let behind = named.and_then(|named| words.get(named + 2)).filter(|_| is_object);
        places.extend(behind.map(|&(at, _)| (at, NAMED - sign)));
    }
    let late = words.len().saturating_sub(LONGEST_TERM + 1);
    let lead = words[late..].iter().rposition(|(_, word)| leads_on(&word.to_lowercase()));
    if let Some(lead) = lead.map(|lead| late + lead) {
        if matches!(words[lead].1, "the" | "a" | "an" | "The" | "A" | "An") {
            places.push((words[lead].0, WITH_ARTICLE - sign));
        }
        places.extend(words.get(lead + 1).map(|&(at, _)| (at, term)));
    }
    places
}

/// What speaks for it that a term begins where the words before it introduce it, that it begins in front of
/// their article, behind a word that names it (called |cousin; the word |clam,”), that a row of capitals is a
/// title, and that a term begins behind any small word.
const PHRASE: i32 = 120;
const WITH_ARTICLE: i32 = -40;
const NAMED: i32 = -100;
const NAMED_CLEARLY: i32 = 150;
const TITLE: i32 = 120;
const TERM: i32 = -80;
const TERM_WITHIN: i32 = 90;

/// What a sign at the end of a title or a term takes away from that: so ends speech.
const SIGNED: i32 = 110;
const SIGNED_WITHIN: i32 = 20;

/// Where a phrase begins that closes in the middle of a clause: `what is called collective
/// leadership’ and`. `None` for speech, which ends with a sign.
fn phrase_start(stretch: &str) -> Option<usize> {
    if !stretch.ends_with(char::is_alphabetic) {
        return None;
    }
    let clause = stretch.len() - saying::clause_before(stretch).len();
    // … seemed, by its first line, |To poultice chestnut mare’: the clause is all that is quoted.
    let lead = stretch[clause..].len() - stretch[clause..].trim_start().len();
    if clause > 0 && opens_sentence(&stretch[clause + lead..]) {
        return Some(clause + lead);
    }
    let words: SmallVec<[_; 16]> =
        words(&stretch[clause..]).into_iter().map(|(at, word)| (clause + at, word)).collect();
    let named = introduction(&words);
    let first = named.map(|at| at + 1).filter(|&at| at < words.len());
    // `the miracle’ was`: an article belongs to the sentence, not to the phrase.
    let article = || {
        let last = words
            .iter()
            .rposition(|(_, word)| matches!(*word, "the" | "a" | "an" | "The" | "A" | "An"))?;
        (last + 1 < words.len() && words.len() - last <= 4).then_some(last + 1)
    };
    // He was told that |mistakes were made’.
    let reported = || {
        let that = words.iter().rposition(|(_, word)| *word == "that")?;
        let told = words.len() - that - 1;
        (1..=LONGEST_TERM).contains(&told).then_some(that + 1)
    };
    let first = first.or_else(article).or_else(reported);
    let first = first.unwrap_or(words.len().saturating_sub(1));
    words.get(first).map(|(at, _)| *at)
}

/// The last word that introduces a term, with the `of` behind it: the word |so’, that expression of |in love’.
fn introduction(words: &[(usize, &str)]) -> Option<usize> {
    let named = words
        .iter()
        .rposition(|&(_, word)| INTRODUCTIONS.contains(&word) || is_name_for_words(word))?;
    let has_of = words.get(named + 1).is_some_and(|&(_, word)| word == "of");
    Some(named + usize::from(has_of && is_name_for_words(words[named].1)))
}

/// Whether a word says that words are what follows.
fn is_name_for_words(word: &str) -> bool {
    matches!(word, "word" | "words" | "phrase" | "term" | "expression")
}

/// Words that introduce a term.
const INTRODUCTIONS: &[&str] = &[
    "called",
    "calls",
    "calling",
    "call",
    "named",
    "termed",
    "styled",
    "dubbed",
    "entitled",
    "so-called",
    "slogan",
    "phrase",
    "word",
    "words",
    "term",
    "title",
    "formula",
    "as",
];

/// Where a row of words with capitals begins that ends a stretch and does not begin its sentence: the sign of
/// |The Crossed Harpoons.
fn title_start(stretch: &str) -> Option<usize> {
    let words = words(stretch);
    let mut first = None;
    for (index, &(at, word)) in words.iter().enumerate().rev() {
        let is_last = index + 1 == words.len();
        if !is_last && word.ends_with(['.', '!', '?', ':', ';', ',']) && word.len() > 3 {
            break;
        }
        if word.starts_with(char::is_uppercase) {
            first = Some((index, at));
        } else if is_last || !is_joint(word) {
            break;
        }
    }
    let (index, at) = first?;
    let before = words.get(index.checked_sub(1)?)?.1;
    (before.starts_with(char::is_lowercase) && before.ends_with(char::is_alphabetic)).then_some(at)
}

/// Where a title ends that stands in the middle of a clause: the sign of “The Crossed Harpoons|—but.
pub(super) fn title_end(text: &str, start: usize, end: usize) -> Option<usize> {
    const LEADS: &[&str] =
        &["the", "of", "a", "an", "called", "named", "entitled", "titled", "styled"];
    let before = text[..start].trim_end_matches(|c: char| Glyph::of(c).is_some());
    let word = before.strip_suffix(' ')?.rsplit(' ').next()?;
    if !LEADS.contains(&word) || begins_with_i(&text[start..]) {
        return None;
    }
    let (mut title, mut count) = (None, 0);
    for (at, word) in words(&text[start..end]) {
        if word.starts_with(char::is_uppercase) {
            let length = word.find([',', ';', ':', '.', '!', '?', '—', '–']).unwrap_or(word.len());
            title = Some(start + at + length);
            count += 1;
            if length < word.len() {
                break;
            }
        } else if !is_joint(word) {
            break;
        }
    }
    title.filter(|_| count > 1)
}

/// Whether a word stands in titles without a capital.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "in" | "a" | "to" | "for" | "on" | "de")
}

/// Whether what is quoted from `start` on is a phrase and no speech: it stands in the middle
/// of a clause and begins in lower case.
pub(super) fn is_phrase(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev().take(8);
    let word = before.find(|&c| Glyph::of(c).is_none() && !c.is_whitespace());
    word.is_some_and(char::is_alphabetic) && text[start..].starts_with(char::is_lowercase)
}

/// Where a phrase may end that begins at `start`: the likeliest first.
pub(super) fn phrase_ends(text: &str, start: usize, end: usize) -> Gaps {
    let stretch = &text[start..end];
    let before = words_before(text, start);
    let last = before.rsplit(' ').next().unwrap_or("");
    let is_word = ["word", "name"].iter().any(|word| before.ends_with(word));
    let sign = phrase_end(stretch);
    if is_name_for_words(last) {
        // The words “my aunt Norris| were heard.
        let subject = [" was ", " were ", " is ", " are "].iter();
        if let Some(verb) = subject.filter_map(|verb| stretch[..sign].find(verb)).min() {
            return Gaps::from_iter([start + verb]);
        }
    }
    let word = stretch.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '’').unwrap_or(sign);
    let begins_more = leads_on(&stretch[..word]);
    let is_long = stretch[..sign].split(' ').count() > LONGEST_TERM;
    let mut gaps = Gaps::new();
    // He said he “took it that Congress agreed|.
    let is_clause = begins_more || has_clause_behind(last);
    match (is_word, is_long && !is_clause) {
        (true, _) | (_, true) => add(text, &mut gaps, [start + word, start + sign]),
        _ => add(text, &mut gaps, [start + sign]),
    }
    if !begins_more {
        add(text, &mut gaps, [start + word]);
    }
    gaps
}

/// Whether a word is the subject of a clause, or a verb of which what follows is the rest.
fn has_clause_behind(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "they" | "we" | "I" | "who" | "would" | "could" | "should" | "must" | "will"
    ) || word.ends_with("’d")
        || word.ends_with("’ll")
}

/// A phrase ends before the first sign that ends a clause.
fn phrase_end(stretch: &str) -> usize {
    let end = stretch.find([',', ';', ':', '.', '!', '?', ')', '–', '—']).unwrap_or(stretch.len());
    stretch[..end].trim_end().len()
}

/// So many words a phrase has that ends before a sign; before one that stands further away it ended sooner.
pub(super) const LONGEST_TERM: usize = 4;

/// Whether a word is never all that is quoted: `the`, `to`, `she`.
fn leads_on(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "to"
            | "of"
            | "in"
            | "for"
            | "from"
            | "with"
            | "as"
            | "that"
            | "this"
            | "my"
            | "your"
            | "his"
            | "her"
            | "its"
            | "our"
            | "their"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "was"
            | "is"
            | "be"
            | "and"
            | "or"
            | "no"
            | "not"
            | "very"
            | "so"
            | "too"
            | "if"
            | "on"
            | "by"
            | "at"
    )
}
