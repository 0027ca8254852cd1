//! Where the mark belongs that opens a quotation.

use super::super::brackets;
use super::super::gap::Gaps;
use super::super::glyph::Glyph;
use super::super::leaning::leaning;
use super::super::saying;
use super::sentence::{
    begins_with_i, first_sentence, is_sentence, next_word, opens_sentence, signs, starts_sentence,
    words_before,
};
use super::tag::behind_tag;
use super::term::{LONGEST_TERM, phrase_starts};
use super::{Places, add, best};

/// What surrounds a paragraph that lacks an opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) enum Head {
    /// Nothing that tells more.
    Plain,
    /// A paragraph next to it begins with a mark.
    InDialogue,
    /// The paragraph before announces speech.
    Announced,
}

impl Head {
    /// What speaks for it that speech begins at the head of the paragraph, which begins with a sentence: in
    /// dialogue, where that is no narrative, much does.
    fn bonus(self, sentence: &str) -> i32 {
        match self {
            Self::Announced => 240,
            Self::InDialogue if leaning(sentence) >= 0 => 90,
            Self::InDialogue => 50,
            Self::Plain => 10,
        }
    }
}

/// Where the mark belongs that opens the quotation which closes at `end`; what stands before `start` belongs
/// to others.
pub(in crate::quotes) fn opening(text: &str, start: usize, end: usize, head: Head) -> Gaps {
    // What is quoted in brackets begins in them.
    let bracket = brackets::begin(&text[start..end]).map(|at| start + at);
    if let Some(at) = bracket.filter(|&at| text[at..end].contains(char::is_alphanumeric)) {
        return opening(text, at + 1, end, Head::Announced);
    }
    let stretch = &text[start..end];
    let lead = stretch.len() - stretch.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let follows_quotation = start > 0 && text[..start].ends_with(|c| Glyph::of(c).is_some());
    let tag = if follows_quotation { behind_tag(stretch) } else { None };
    // “But they,” he said, “have a claim”: what ended with a comma goes on.
    let was_interrupted = follows_quotation && words_before(text, start).ends_with(',');
    let mut places = Places::new();
    let first = if follows_quotation { 0 } else { lead };
    if !follows_quotation {
        places.push((lead, head.bonus(first_sentence(stretch))));
    }
    if follows_quotation {
        places.extend(joined_to_quotation(stretch));
        // “How came he aboard?” |Does he know anything of it?”
        let is_over = words_before(text, start).ends_with(['.', '!', '?', '…']);
        let begins_anew = is_over && stretch[lead..].starts_with(char::is_uppercase);
        places.extend(begins_anew.then_some((lead, BEHIND_SPEECH)));
    }
    for (at, sign) in signs(stretch) {
        let Some(next) = next_word(stretch, at).filter(|&next| next >= first) else {
            continue;
        };
        let bonus = if tag == Some(next) {
            Some(behind_words_of_saying(stretch, lead, next, sign, was_interrupted))
        } else {
            let later = was_interrupted && matches!(sign, ',' | ';');
            before_speech(stretch, at, next, sign).or_else(|| later.then_some(LATER))
        };
        if let Some(bonus) = bonus {
            places.push((next, bonus));
        }
    }
    places.extend(without_sign(stretch).filter(|&(at, _)| at > first));
    if is_said(text, end)
        && let Some(last) = places.iter_mut().rev().find(|place| is_sentence(stretch, place.0))
    {
        last.1 += FIRST_SAID;
    }
    places.extend(phrase_starts(text, start, end));
    places.sort_unstable_by_key(|&(at, bonus)| (at, -bonus));
    places.dedup_by_key(|&mut (at, _)| at);
    let mut gaps = Gaps::new();
    add(text, &mut gaps, best(stretch, &places, -1).into_iter().map(|at| start + at));
    if gaps.is_empty() {
        gaps.push(start + lead);
    }
    gaps
}

/// What speaks for it that speech begins directly behind speech that was over.
const BEHIND_SPEECH: i32 = 10;

/// What speaks for it that a sentence goes on behind another comma than the one that seems to end the words of
/// saying.
const LATER: i32 = -40;

/// Words of saying stand behind the first sentence of a speech more often than behind a later one.
const FIRST_SAID: i32 = 70;

/// Whether words of saying follow the mark at `end`.
fn is_said(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(|c| Glyph::of(c).is_some());
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    rest.starts_with([' ', '—']) && saying::tag(rest.trim_start_matches('—')).is_some()
}

/// What speaks for it that speech goes on at `next`, where words of saying are over behind `sign`; whether they
/// interrupt a sentence.
fn behind_words_of_saying(
    stretch: &str,
    lead: usize,
    next: usize,
    sign: char,
    was_interrupted: bool,
) -> i32 {
    let rest = &stretch[next..];
    let has_capital = rest.starts_with(char::is_uppercase);
    if !was_interrupted {
        let resumes = sign != '.' && has_capital && saying::tag(&stretch[lead..]).is_some();
        return match (resumes, has_capital) {
            (true, _) => RESUMED,
            (false, true) => ANEW,
            (false, false) => ANEW_IN_LOWER,
        };
    }
    if sign == '.' {
        return INTERRUPTED_ANEW;
    }
    // she said, racked beyond endurance. “But I could not”
    let end = rest.find([',', '.', '!', '?', ';', ':', '—']).unwrap_or(rest.len());
    let tells_more = rest[end..].starts_with(". ") && leaning(&rest[..end]) < 0;
    if tells_more && !has_capital { INTERRUPTED_PERHAPS } else { INTERRUPTED }
}

/// What speaks for it that a sentence which words of saying interrupt goes on behind them: where their own
/// sentence goes on, and where a full stop ends it, so that narrative may follow.
const INTERRUPTED: i32 = 280;
const INTERRUPTED_ANEW: i32 = 160;
const INTERRUPTED_PERHAPS: i32 = 100;

/// What speaks for it that speech begins anew behind words of saying, with a capital or without one.
const ANEW: i32 = 60;
const ANEW_IN_LOWER: i32 = 0;

/// What speaks for it that speech is resumed with a capital where the sentence of the words of saying goes on:
/// “Yes,” he replied; |I was going to say so.”
const RESUMED: i32 = 200;

/// Where speech or a term begins that a conjunction joins to the quotation before, and what speaks for it:
/// “Don’t sit so;” and |Don’t gap.”, “lollopers” and |marmots.”
fn joined_to_quotation(stretch: &str) -> Option<(usize, i32)> {
    let rest = stretch.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind = ["and ", "or ", "but "].iter().find_map(|joint| rest.strip_prefix(joint))?;
    let is_speech = behind.starts_with(char::is_uppercase) && !begins_with_i(behind);
    let is_term = behind.split(' ').count() <= LONGEST_TERM;
    let bonus = if is_speech { JOINED } else { JOINED_TERM };
    (is_speech || is_term).then_some((stretch.len() - behind.len(), bonus))
}

/// What speaks for it that speech begins behind a conjunction that joins it to a quotation before it, and
/// behind a verb of saying without a sign.
const JOINED: i32 = 120;
const JOINED_TERM: i32 = 100;
const WITHOUT_SIGN: i32 = 80;

/// The words that begin what is said without a sign, and what speaks for that: I said |No, thank you.”, and the
/// cry of |There she blows!”
fn without_sign(stretch: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    let spaces = memchr::memchr_iter(b' ', stretch.as_bytes()).map(|space| space + 1);
    spaces.filter_map(|at| {
        let begins = stretch[at..].starts_with(|c: char| c.is_ascii_uppercase());
        if !begins || !opens_sentence(&stretch[at..]) {
            return None;
        }
        let before = stretch[..at - 1].rsplit(' ').next().unwrap_or("");
        if saying::says(before) {
            return Some((at, WITHOUT_SIGN));
        }
        let is_within = !before.is_empty() && before.chars().all(char::is_lowercase);
        (is_within && !may_be_named(&stretch[at..])).then_some((at, CAPITAL_WITHIN))
    })
}

/// What speaks for it that speech begins with a small word that has a capital in the midst of a clause.
const CAPITAL_WITHIN: i32 = 110;

/// Whether a text begins with one of the small words that have a capital in names and titles, or where God
/// is meant: the Book of |All Souls, |The Hague, Aunt |May.
fn may_be_named(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    matches!(&text[..end], "The" | "A" | "All" | "He" | "You" | "My" | "May" | "Will" | "No")
}

/// What speaks for it that speech begins at `next`, which follows `sign`.
fn before_speech(stretch: &str, at: usize, next: usize, sign: char) -> Option<i32> {
    let has_capital = stretch[next..].starts_with(char::is_uppercase);
    let is_upper = has_capital && !begins_with_i(&stretch[next..]);
    let before = &stretch[..at - sign.len_utf8()];
    let says = || saying::clause_before(before).split_whitespace().any(saying::says);
    let said = || {
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(FARTHEST_VERB))..];
        let sentence = near.rsplit(['.', '!', '?']).next().unwrap_or(near);
        saying::tells_utterance(sentence)
            || sentence.split(|c: char| !c.is_alphabetic()).any(saying::says)
    };
    let ends_with_verb = || saying::says(before.rsplit(' ').next().unwrap_or(""));
    match sign {
        ':' if has_capital && !is_heading(before) && (is_upper || said()) => Some(300),
        ':' => Some(0),
        '—' if before.ends_with([':', ',']) => Some(-40),
        '—' if has_capital && ends_with_verb() => Some(160),
        // His answer was, “Beg her to come up.”
        ',' if has_capital && ends_in_copula(before) => Some(200),
        ',' if has_capital && says() => Some(110),
        ',' if is_upper && opens_sentence(&stretch[next..]) => Some(200),
        ',' | ';' if has_capital && said() => Some(60),
        // He had intended, he says, “to add a chapter”.
        ',' if says() && interrupts(before) => Some(80),
        ',' if says() => Some(-30),
        '.' | '!' | '?' | '…' if starts_sentence(stretch, at, sign) => Some(-20),
        // The carriage returned.—Somebody talked of rain.—“I will see to it.”
        '.' | '!' | '?' if has_capital && stretch[at..].starts_with('—') => Some(20),
        '—' if is_upper => Some(40),
        _ => None,
    }
}

/// How far before a comma a verb of saying may stand that announces the speech behind it, in bytes:
/// he said, with a significant look, |Perhaps …
const FARTHEST_VERB: usize = 120;

/// Whether the last clause is a pronoun and a verb between two commas: `, he says`
fn interrupts(before: &str) -> bool {
    let clause = saying::clause_before(before);
    let mut words = clause.split_whitespace();
    let is_pronoun =
        words.next().is_some_and(|word| matches!(word, "he" | "she" | "they" | "I" | "we"));
    is_pronoun && words.nth(1).is_none() && before[..before.len() - clause.len()].ends_with(',')
}

/// Whether a clause ends with a word that only what it speaks of can follow: `all I could say was`.
fn ends_in_copula(clause: &str) -> bool {
    let last = clause.rsplit(' ').next().unwrap_or("");
    matches!(last, "is" | "was" | "are" | "were" | "be" | "been")
}

/// Whether a text is a heading that was printed in the line of the paragraph: `What Was Left Out`
fn is_heading(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST_HEADING
        && text.split(' ').count() > 2
        && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// The longest heading in the line of its paragraph, in bytes.
const LONGEST_HEADING: usize = 80;
