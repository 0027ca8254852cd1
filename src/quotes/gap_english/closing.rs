//! Where the mark belongs that closes a quotation.

use super::super::brackets;
use super::super::gap::{Gaps, MOST_GAPS};
use super::super::saying;
use super::sentence::{begins_with_i, signs, starts_sentence, words};
use super::term::{LONGEST_TERM, is_joint, is_phrase, phrase_ends, title_end};
use super::{Places, add, best};

/// Where the mark belongs that closes a quotation opened before `start` and over before
/// `end`. Empty where no place is likely.
pub(in crate::quotes) fn closing(text: &str, start: usize, end: usize, opens_again: bool) -> Gaps {
    // What is quoted in brackets ends in them.
    let bracket = brackets::end(&text[..start], &text[start..end]).filter(|&length| length > 0);
    let (end, opens_again) = bracket.map_or((end, opens_again), |length| (start + length, false));
    let stretch = &text[start..end];
    if let Some(title) = title_end(text, start, end) {
        return Gaps::from_iter([title]);
    }
    let mut gaps = Gaps::new();
    if is_phrase(text, start) {
        gaps.extend(phrase_ends(text, start, end));
        if gaps.len() == MOST_GAPS {
            return gaps;
        }
    }
    let whole = stretch
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–') && opens_again)
        .len();
    if whole == 0 {
        return gaps;
    }
    let mut places: Places = signs(stretch)
        .filter_map(|(at, sign)| Some((at, behind_speech(stretch, at, sign)?)))
        .filter(|&(at, _)| at < whole)
        .collect();
    places.extend(interruptions(stretch, opens_again));
    places.extend(name_end(stretch).map(|at| (at, NAME)));
    places.extend(subject_end(stretch).map(|at| (at, SUBJECT)));
    places.extend(joined_terms(stretch).filter(|_| opens_again).map(|at| (at, 150)));
    places.sort_unstable_by_key(|&(at, bonus)| (at, -bonus));
    places.dedup_by_key(|&mut (at, _)| at);
    // Between two quotations stands something that is not quoted.
    let is_late = start > LONG_BEFORE;
    let bonus = match (opens_again, is_late) {
        (true, _) => -160,
        (false, true) => WHOLE_BEHIND_NARRATIVE,
        (false, false) => 50,
    };
    places.push((whole, bonus));
    add(text, &mut gaps, best(stretch, &places, 1).into_iter().map(|at| start + at));
    gaps
}

/// What is quoted behind so much of its paragraph is seldom all that follows.
const LONG_BEFORE: usize = 240;
const WHOLE_BEHIND_NARRATIVE: i32 = -10;

/// What speaks for it that speech ends at `at`, behind `sign`.
fn behind_speech(stretch: &str, at: usize, sign: char) -> Option<i32> {
    let rest = &stretch[at..];
    let is_tag = sign != '.' && saying::follows(rest, sign);
    let is_lower = rest.trim_start().starts_with(char::is_lowercase) && rest.starts_with(' ');
    match sign {
        '!' | '?' if is_tag => Some(200),
        ',' | '—' | '…' if is_tag => Some(200),
        '!' | '?' if is_lower => Some(80),
        '!' | '?' if rest.strip_prefix('—').is_some_and(begins_lower) => Some(40),
        '.' | '!' | '?' | '…' if starts_sentence(stretch, at, sign) => Some(10),
        // “So it is.”—Emma smiled.
        '.' if rest.starts_with('—') && next_is_upper(rest) => Some(20),
        // “It’s bad about here,” I told him.
        ',' if rest.starts_with(' ') && saying::tag(rest).is_some() => Some(0),
        ',' if is_lower => Some(-100),
        ',' if rest.starts_with(' ') => Some(-120),
        ';' if is_lower => Some(-60),
        '—' if rest.starts_with([';', ',']) || is_lower => Some(20),
        _ => None,
    }
}

/// Places without a sign at which what is quoted is interrupted, and what speaks for each: by a parenthesis,
/// “But” (with a smile) “let him succeed”, or between dashes, “but now”—he laughed—“let it sink”.
fn interruptions(stretch: &str, opens_again: bool) -> Places {
    let mut places = Places::new();
    if !opens_again {
        return places;
    }
    let rest = stretch.trim_end();
    if rest.ends_with(')') {
        places.extend(rest.rfind(" (").map(|at| (at, IN_PARENTHESES)));
    }
    if let Some(rest) = rest.strip_suffix('—') {
        places.extend(rest.rfind('—').map(|at| (at, BETWEEN_DASHES)));
    }
    places
}

/// What speaks for it that a parenthesis, or what stands between dashes, interrupts what is quoted if nothing
/// else stands in front of the next mark.
const IN_PARENTHESES: i32 = 200;
const BETWEEN_DASHES: i32 = 100;

/// Where a name or a title ends that is all that is quoted: “Dan Coopman,| wherefore I concluded …
fn name_end(stretch: &str) -> Option<usize> {
    let mut end = None;
    for (index, (at, word)) in words(stretch).into_iter().enumerate() {
        if word.starts_with(char::is_uppercase) && !begins_with_i(word) {
            end = Some((index, at + word.len()));
            if word.ends_with([',', ';', ':', '.', '!', '?']) {
                break;
            }
        } else if index == 0 || !is_joint(word) {
            break;
        }
    }
    let (index, end) = end?;
    let goes_on = stretch[end..].trim_start().starts_with(char::is_lowercase);
    (goes_on && (index > 0 || stretch[..end].ends_with(','))).then_some(end)
}

/// Where what is quoted ends if the sentence tells something of it: “Come in| was the answer.
fn subject_end(stretch: &str) -> Option<usize> {
    let verbs = [" was ", " were ", " did not "];
    let end = verbs.iter().filter_map(|verb| stretch.find(verb)).min()?;
    (stretch.starts_with(char::is_uppercase) && stretch[..end].split(' ').count() <= LONGEST_TERM)
        .then_some(end)
}

/// What speaks for it that what is quoted is a name, and that it is what a sentence speaks of.
const NAME: i32 = 40;
const SUBJECT: i32 = -80;

/// Terms that are quoted one by one: “Frank,| and “my son”
fn joined_terms(stretch: &str) -> Option<usize> {
    let rest = stretch.trim_end();
    let term = [" and", " or", " but"].iter().find_map(|joint| rest.strip_suffix(joint))?;
    Some(term.len())
}

fn begins_lower(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

/// Whether the next word of a text begins with a capital that only the head of a sentence has.
fn next_is_upper(text: &str) -> bool {
    let word = text.trim_start_matches(|c: char| c.is_whitespace() || c == '—');
    word.starts_with(char::is_uppercase) && !begins_with_i(word)
}
