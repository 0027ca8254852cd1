//! Where a missing mark belongs in an English text.
//!
//! Between the mark that is there and the next one stands speech and narrative. Each place
//! behind a sign at which one may turn into the other is weighed: by the sign and the words of
//! saying next to it, and by how much what would be quoted sounds like speech and the rest does
//! not.

use smallvec::SmallVec;

use super::gap::{Gaps, MOST_GAPS};
use super::glyph::Glyph;
use super::leaning::{leaning, tells_deed};
use super::saying;

/// Where the mark belongs that closes a quotation opened before `start` and over before
/// `end`. Empty where no place is likely.
pub(super) fn closing(text: &str, start: usize, end: usize, opens_again: bool) -> Gaps {
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

/// Adds places with a word between them and those that are there, as far as so many are offered.
fn add(text: &str, gaps: &mut Gaps, places: impl IntoIterator<Item = usize>) {
    for place in places {
        let is_apart = |&other: &usize| {
            text[other.min(place)..other.max(place)].contains(char::is_alphanumeric)
        };
        if gaps.len() < MOST_GAPS && gaps.iter().all(is_apart) {
            gaps.push(place);
        }
    }
}

/// What is quoted behind so much of its paragraph is seldom all that follows.
const LONG_BEFORE: usize = 240;
const WHOLE_BEHIND_NARRATIVE: i32 = -10;

/// What surrounds a paragraph that lacks an opening mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
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

/// Whether what stands before a speech in its paragraph is told and not said.
pub(super) fn is_narrative(before: &str) -> bool {
    leaning(before) < 0
}

/// What speaks for it that a sentence which words of saying interrupt goes on behind them: where their own
/// sentence goes on, and where a full stop ends it, so that narrative may follow.
const INTERRUPTED: i32 = 280;
const INTERRUPTED_ANEW: i32 = 160;
const INTERRUPTED_PERHAPS: i32 = 100;

/// What speaks for it that speech begins anew behind words of saying, with a capital or without one.
const ANEW: i32 = 60;
const ANEW_IN_LOWER: i32 = 0;

fn first_sentence(text: &str) -> &str {
    &text[..first_end(text).unwrap_or(text.len())]
}

/// Where the first sentence ends that another one follows.
fn first_end(text: &str) -> Option<usize> {
    let mut ends = signs(text).filter(|&(at, sign)| ends_sentence(text, at, sign));
    ends.next().map(|(at, _)| at)
}

fn ends_sentence(text: &str, at: usize, sign: char) -> bool {
    matches!(sign, '.' | '!' | '?' | '…') && starts_sentence(text, at, sign)
}

/// The first sentence of a text and the last one, if it has several.
pub(super) fn sentences_at_ends(text: &str) -> Option<[&str; 2]> {
    let first = first_end(text)?;
    let mut signs = text[first..].char_indices().rev();
    let last = signs.find_map(|(offset, sign)| {
        let at = first + offset + sign.len_utf8();
        ends_sentence(text, at, sign).then_some(at)
    });
    Some([&text[..first], &text[last.unwrap_or(first)..]])
}

/// Whether a paragraph sounds as if somebody said it.
pub(super) fn is_spoken(text: &str) -> bool {
    let mut rest = text;
    let (mut sum, mut count) = (0, 0);
    while let Some(end) = first_end(rest).filter(|_| count < MOST_SENTENCES) {
        sum += leaning(&rest[..end]);
        rest = &rest[end..];
        count += 1;
    }
    sum += leaning(rest);
    sum >= SPOKEN && leaning(first_sentence(text)) > 0
}

/// So many sentences of a paragraph are listened to, and so much they sound like speech if it is spoken.
const MOST_SENTENCES: usize = 8;
const SPOKEN: i32 = 40;

/// What speaks for it that a sentence goes on behind another comma than the one that seems to end the words of
/// saying.
const LATER: i32 = -40;

/// Where the mark belongs that opens the quotation which closes at `end`; what stands before `start` belongs
/// to others.
pub(super) fn opening(text: &str, start: usize, end: usize, head: Head) -> Gaps {
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

/// Words of saying stand behind the first sentence of a speech more often than behind a later one.
const FIRST_SAID: i32 = 70;

/// Whether words of saying follow the mark at `end`.
fn is_said(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(|c| Glyph::of(c).is_some());
    rest.starts_with([' ', '—']) && saying::tag(rest.trim_start_matches('—')).is_some()
}

/// Whether a sentence begins at a byte behind another one.
fn is_sentence(stretch: &str, at: usize) -> bool {
    let before = stretch[..at].trim_end_matches([' ', '—']);
    before.ends_with(['.', '!', '?', '…', ':']) && before.len() < at
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

/// What speaks for it that a term begins where the words before it introduce it, that it begins in front of
/// their article, behind a word that names it (called |cousin), that a row of capitals is a title, and that a
/// term begins behind any small word.
const PHRASE: i32 = 120;
const WITH_ARTICLE: i32 = -40;
const NAMED: i32 = -100;
const TITLE: i32 = 120;
const TERM: i32 = -80;
const TERM_WITHIN: i32 = 90;

/// What a sign at the end of a title or a term takes away from that: so ends speech.
const SIGNED: i32 = 110;
const SIGNED_WITHIN: i32 = 20;

/// Where a term or a title may begin that the mark at `end` closes, and what speaks for that.
fn phrase_starts(text: &str, start: usize, end: usize) -> Places {
    let stretch = &text[start..end];
    let mut places = Places::new();
    if let Some(phrase) = phrase_start(stretch, 1) {
        places.push((phrase, PHRASE));
    }
    let bare = stretch.trim_end_matches([',', ';', '.', '!', '?', '…']);
    let rest = text[end..].trim_start_matches(|c| Glyph::of(c).is_some());
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
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
    let named = words.iter().rposition(|(_, word)| INTRODUCTIONS.contains(word));
    if let Some(&(at, word)) = named.and_then(|named| words.get(named + 1)) {
        places.push((at, NAMED - sign));
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

/// Whether a word stands in titles without a capital.
fn is_joint(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "in" | "a" | "to" | "for" | "on" | "de")
}

/// What speaks for it that speech begins behind a conjunction that joins it to a quotation before it, and
/// behind a verb of saying without a sign.
const JOINED: i32 = 120;
const JOINED_TERM: i32 = 100;
const WITHOUT_SIGN: i32 = 80;

/// What speaks for it that speech begins with a small word that has a capital in the midst of a clause.
const CAPITAL_WITHIN: i32 = 110;

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

/// Whether a text begins with one of the small words that have a capital in names and titles, or where God
/// is meant: the Book of |All Souls, |The Hague, Aunt |May.
fn may_be_named(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    matches!(&text[..end], "The" | "A" | "All" | "He" | "You" | "My" | "May" | "Will" | "No")
}

/// Places in a stretch and what speaks for each.
type Places = SmallVec<[(usize, i32); 16]>;

/// The places with the best readings, the best first: before them is speech and behind them narrative (`side`
/// 1), or the other way round (-1). Linear.
fn best(stretch: &str, places: &[(usize, i32)], side: i32) -> Gaps {
    let cuts = places.iter().map(|&(at, _)| at);
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.chain(std::iter::once(stretch.len()));
    let leanings: SmallVec<[i32; 16]> =
        starts.zip(ends).map(|(from, to)| leaning(&stretch[from..to])).collect();
    let mut balance: i32 = -leanings.iter().sum::<i32>();
    let mut best: SmallVec<[(i32, usize); MOST_GAPS + 1]> = SmallVec::new();
    for (&(at, bonus), leaning) in places.iter().zip(&leanings) {
        balance += 2 * leaning;
        let score = bonus + side * balance;
        let rank = best.iter().position(|&(other, _)| score > other).unwrap_or(best.len());
        if rank < MOST_GAPS {
            best.insert(rank, (score, at));
            best.truncate(MOST_GAPS);
        }
    }
    let most = best.first().map_or(0, |&(score, _)| score);
    best.iter().filter(|(score, _)| most - score <= NEXT_BEST).map(|&(_, at)| at).collect()
}

/// How much less may speak for the second place than for the first one.
const NEXT_BEST: i32 = 300;

/// The signs that end a clause: the byte behind each, and the sign.
fn signs(stretch: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    stretch
        .char_indices()
        .filter(|(_, sign)| matches!(sign, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '—'))
        .map(|(offset, sign)| (offset + sign.len_utf8(), sign))
}

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

/// Whether a text begins with the word that has a capital wherever it stands.
fn begins_with_i(text: &str) -> bool {
    let behind = text.strip_prefix('I');
    behind.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
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

/// How far before a comma a verb of saying may stand that announces the speech behind it, in bytes:
/// he said, with a significant look, |Perhaps …
const FARTHEST_VERB: usize = 120;

/// Whether a text begins with a small word that has a capital only at the head of a sentence.
fn opens_sentence(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    matches!(
        &text[..end],
        "The"
            | "A"
            | "An"
            | "This"
            | "That"
            | "There"
            | "Here"
            | "It"
            | "We"
            | "You"
            | "He"
            | "She"
            | "They"
            | "What"
            | "Who"
            | "Where"
            | "When"
            | "Why"
            | "How"
            | "Is"
            | "Are"
            | "Do"
            | "If"
            | "But"
            | "And"
            | "To"
            | "In"
            | "Let"
            | "Go"
            | "Come"
            | "Did"
            | "Does"
            | "Was"
            | "Were"
            | "Has"
            | "Have"
            | "Had"
            | "Can"
            | "Could"
            | "Will"
            | "Would"
            | "Shall"
            | "Should"
            | "May"
            | "Might"
            | "Must"
            | "Am"
            | "These"
            | "Those"
            | "Then"
            | "Never"
            | "Nothing"
            | "Pray"
            | "Please"
            | "My"
            | "Your"
            | "Yes"
            | "No"
            | "Not"
            | "Now"
            | "Oh"
            | "Well"
            | "All"
            | "As"
            | "At"
            | "For"
            | "Of"
            | "So"
    )
}

/// Whether a sentence begins behind the sign that ends at `at`.
fn starts_sentence(stretch: &str, at: usize, sign: char) -> bool {
    let rest = &stretch[at..];
    let begins = rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(|c: char| !c.is_lowercase());
    begins && !(sign == '.' && is_abbreviated(&stretch[..at - 1]))
}

/// Whether what is quoted from `start` on is a phrase and no speech: it stands in the middle
/// of a clause and begins in lower case.
fn is_phrase(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev().take(8);
    let word = before.find(|&c| Glyph::of(c).is_none() && !c.is_whitespace());
    word.is_some_and(char::is_alphabetic) && text[start..].starts_with(char::is_lowercase)
}

/// Where a title ends that stands in the middle of a clause: the sign of “The Crossed Harpoons|—but.
fn title_end(text: &str, start: usize, end: usize) -> Option<usize> {
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

/// What stands before the marks in front of `start`.
fn words_before(text: &str, start: usize) -> &str {
    text[..start].trim_end_matches(|c: char| c.is_whitespace() || Glyph::of(c).is_some())
}

/// Where a phrase may end that begins at `start`: the likeliest first.
fn phrase_ends(text: &str, start: usize, end: usize) -> Gaps {
    let stretch = &text[start..end];
    let is_word = ["word", "name"].iter().any(|word| words_before(text, start).ends_with(word));
    let sign = phrase_end(stretch);
    let word = stretch.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '’').unwrap_or(sign);
    let begins_more = leads_on(&stretch[..word]);
    let is_long = stretch[..sign].split(' ').count() > LONGEST_TERM;
    let mut gaps = Gaps::new();
    match (is_word, is_long && !begins_more) {
        (true, _) | (_, true) => add(text, &mut gaps, [start + word, start + sign]),
        _ => add(text, &mut gaps, [start + sign]),
    }
    if !begins_more {
        add(text, &mut gaps, [start + word]);
    }
    gaps
}

/// So many words a phrase has that ends before a sign; before one that stands further away it ended sooner.
const LONGEST_TERM: usize = 4;

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

/// A phrase ends before the first sign that ends a clause.
pub(super) fn phrase_end(stretch: &str) -> usize {
    let end = stretch.find([',', ';', ':', '.', '!', '?', ')', '–', '—']).unwrap_or(stretch.len());
    stretch[..end].trim_end().len()
}

/// Where a phrase begins that closes in the middle of a clause: `what is called collective
/// leadership’ and`. `None` for speech, which ends with a sign.
pub(super) fn phrase_start(stretch: &str, likely: usize) -> Option<usize> {
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
    let named = words.iter().rposition(|(_, word)| INTRODUCTIONS.contains(word));
    let first = named.map(|at| at + 1).filter(|&at| at < words.len());
    // `the miracle’ was`: an article belongs to the sentence, not to the phrase.
    let article = || {
        let last = words
            .iter()
            .rposition(|(_, word)| matches!(*word, "the" | "a" | "an" | "The" | "A" | "An"))?;
        (last + 1 < words.len() && words.len() - last <= 4).then_some(last + 1)
    };
    let first = first.or_else(article).unwrap_or(words.len().saturating_sub(likely));
    words.get(first).map(|(at, _)| *at)
}

/// The words of a text and where they stand in it.
fn words(text: &str) -> SmallVec<[(usize, &str); 16]> {
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (place(word), word)).collect()
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

/// Whether a clause is what somebody says of himself or to another: `and I could`, `as you know`, but not what
/// is told: `as we sat`.
fn speaks(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    let first = words.next().unwrap_or("");
    let second = words.next().filter(|_| first.ends_with(char::is_alphabetic)).unwrap_or("");
    let is_told = matches!(first, "as" | "when" | "while")
        && matches!(second, "I" | "we")
        && words.next().is_some_and(tells_deed);
    let is_own = matches!(
        second,
        "I" | "you" | "we" | "your" | "my" | "our" | "I’m" | "I’ll" | "I’ve" | "I’d"
    );
    is_own && !is_told
}

/// Between “…,” and …”: where the words of saying are over.
pub(super) fn behind_tag(stretch: &str) -> Option<usize> {
    // The comma may stand behind the mark: ‘So’, he said, ‘it is.’
    let lead = stretch.len() - stretch.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut first = None;
    let signs = stretch
        .char_indices()
        .skip_while(|&(offset, _)| offset < lead)
        .filter(|(_, sign)| matches!(sign, ',' | '.' | ':' | ';' | '!' | '?' | '—'));
    for (offset, sign) in signs {
        let Some(next) = next_word(stretch, offset + sign.len_utf8()) else {
            continue;
        };
        let goes_on = match sign {
            ',' => goes_on_telling(&stretch[next..]),
            '.' => is_abbreviated(&stretch[..offset]),
            _ => false,
        };
        if !goes_on {
            return Some(next);
        }
        if sign == ',' {
            first = first.or(Some(next));
        }
    }
    // ‘So do I,’ said she, ‘very much.’: there is nothing else that could be speech.
    first
}

/// Whether what stands behind the comma after words of saying tells more of who speaks.
fn goes_on_telling(rest: &str) -> bool {
    let end = rest.find([',', '.', '!', '?', ';', ':', '—']).unwrap_or(rest.len());
    let (clause, behind) = rest.split_at(end);
    // “So it is,” he said, “and yet how strange!”: nobody tells a story with such a sign. But a circumstance may
    // stand before a cry: cried he, with some haste, “this is well!”
    let is_cry = rest.find(['.', '!', '?', ';', ':', '—']).is_some_and(|end| {
        rest[end..].starts_with(['!', '?'])
            && !(behind.starts_with(',') && leaning(clause) <= 0 && !clause.starts_with("and "))
    });
    let is_deed = |rest: &str| {
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        tells_deed(word) || word != "not" && saying::goes_on(rest)
    };
    let tells = rest.strip_prefix("and ").is_none_or(is_deed);
    // “No, sir,” said Stubb, emboldened, “I will not.”
    let is_participle = clause.len() > 4 && clause.ends_with("ed") && !clause.contains(' ');
    let tells_more = saying::goes_on(rest) && tells && !speaks(rest) || is_participle;
    (tells_more || tells_reason(clause)) && !is_cry
}

/// Whether a clause gives the reason why somebody spoke so: `for he was in his element now`.
fn tells_reason(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    words.next() == Some("for")
        && words
            .next()
            .is_some_and(|word| matches!(word, "he" | "she" | "they" | "it" | "I" | "we"))
        && words.next().is_some_and(tells_deed)
}

/// The byte at which the next word begins, if white space or a dash stands before it.
pub(super) fn next_word(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let word = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '—');
    let is_dashed = text[..from].ends_with('—');
    (rest.len() > word.len() || is_dashed)
        .then(|| text.len() - word.len())
        .filter(|_| !word.is_empty())
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // “Why?” cried I. “Who is there?”
    matches!(word, "Mr" | "Mrs" | "Dr" | "St" | "Messrs" | "Prof")
        || word != "I" && word.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::{Head, closing, opening};

    /// The text with `|` for the mark that is missing.
    fn check_closing(marked: &str) {
        let text = marked.replace('|', "");
        let start = text.find('‘').map_or(0, |at| at + '‘'.len_utf8());
        let found = closing(&text, start, text.len(), false);
        assert_eq!(found.first().copied(), marked.find('|'), "{marked}");
    }

    fn check_opening(marked: &str) {
        let text = marked.replace('|', "");
        let end = text.find('’').unwrap_or(text.len());
        assert_eq!(
            opening(&text, 0, end, Head::Plain).first().copied(),
            Some(marked.find('|').unwrap_or(0)),
            "{marked}"
        );
    }

    #[test]
    fn speech_is_resumed_behind_words_of_saying() {
        let marked =
            "‘Yes, oh! yes’—he replied; |I was going to say so. A good visit:—I saw them all.’";
        let text = marked.replace('|', "");
        let start = text.find('’').expect("a mark") + '’'.len_utf8();
        let found = opening(&text, start, text.len() - '’'.len_utf8(), Head::Plain);
        assert_eq!(found.first().copied(), marked.find('|'));
    }

    #[test]
    fn speech_ends_where_narrative_begins() {
        check_closing("‘I have the keys here, sir.| He went to the door and looked out.");
        check_closing("‘Take care, boy!| as if it were he who had fallen.");
        check_closing("‘What will you do now?| She turned away and laughed.");
        check_closing("‘You shall have it, I promise you.|");
    }

    #[test]
    fn speech_begins_where_narrative_ends() {
        check_opening("The inspector laughed. |You have no doubt made up your mind already.’");
        check_opening("She held it over her heart, and continued: |You must read it.’");
        check_opening("He turned round and cried, |Forward!’ and was gone.");
        check_opening("|You are late, and I am tired.’");
        check_opening("They were startled by the cry of |There she blows!’ and away they flew.");
        check_opening("What Was Left Out: The title is his own. He said in 1956: |So it was.’");
    }

    /// The text with `|` for the mark that is missing between the first `’` and the last.
    fn check_resumed(marked: &str) {
        let text = marked.replace('|', "");
        let start = text.find('’').expect("a mark") + '’'.len_utf8();
        let end = text.rfind('’').expect("a mark");
        let found = opening(&text, start, end, Head::Plain);
        assert_eq!(found.first().copied(), marked.find('|'), "{marked}");
    }

    #[test]
    fn words_of_saying_go_on_with_a_participle_a_circumstance_or_a_reason() {
        check_resumed("‘No, sir,’ said Stubb, emboldened, |I will not be called a dog.’");
        check_resumed(
            "‘So,’ cried the Doctor, with some haste, |this is well! Somebody might hear.’",
        );
        check_resumed(
            "‘Wait,’ he said blithely, for he was in his element, |you are my assistant.’",
        );
        check_resumed(
            "‘Friend,’ said Smith to the others, as we sat at our meal, |what do you say?’",
        );
    }

    #[test]
    fn what_is_joined_to_a_term_is_a_term() {
        check_resumed("They were called ‘lollopers,’ and |marmots.’");
        let text = "He heard the words ‘Frank, and ";
        let start = text.find("Frank").expect("the name");
        let found = closing(text, start, text.len(), true);
        assert_eq!(found.first(), Some(&(start + "Frank,".len())));
    }

    #[test]
    fn titles_and_terms_begin_in_the_midst_of_a_clause() {
        check_opening("He paced the streets and passed the sign of |The Crossed Harpoons’ again.");
        check_opening("They went on in the |fusion’ of which so many had dreamed.");
    }

    #[test]
    fn a_second_place_is_another_word() {
        let text = "‘I have the keys here, sir. He went to the door and looked out.";
        let found = closing(text, '‘'.len_utf8(), text.len(), false);
        let places: Vec<&str> = found.iter().map(|&at| &text[..at]).collect();
        assert_eq!(places, ["‘I have the keys here, sir.", text]);
    }
}
