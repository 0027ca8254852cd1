//! Where a missing mark belongs.
//!
//! Between the mark that is there and the next one stands speech and narrative. Each place
//! behind a sign at which one may turn into the other is weighed: by the sign and the words of
//! saying next to it, and by how much what would be quoted sounds like speech and the rest does
//! not.

use smallvec::SmallVec;

use crate::markup::{InlineKind, Language};
use crate::text::ProseSpan;

use super::context::BlockContext;
use super::glyph::Glyph;
use super::{gap_other, saying};

/// Where the mark belongs that closes a quotation opened before `start` and over before
/// `end`. `None` where no place is likely.
pub(super) fn closing(
    context: &BlockContext<'_>,
    start: usize,
    end: usize,
    opens_again: bool,
) -> Option<usize> {
    if let Some(place) = end_of_italics(context, start, end) {
        return Some(place);
    }
    if is_other_language(context) {
        return gap_other::closing(context, start, end, opens_again);
    }
    closing_in_english(context.text, start, end, opens_again)
}

fn closing_in_english(text: &str, start: usize, end: usize, opens_again: bool) -> Option<usize> {
    let stretch = &text[start..end];
    if let Some(title) = title_end(text, start, end) {
        return Some(title);
    }
    if is_phrase(text, start) {
        let is_word = ["word", "name"].iter().any(|word| words_before(text, start).ends_with(word));
        let word = stretch.find(|c: char| !c.is_alphanumeric() && c != '-').filter(|_| is_word);
        return Some(start + word.unwrap_or_else(|| phrase_end(stretch)));
    }
    let whole = stretch
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–') && opens_again)
        .len();
    if whole == 0 {
        return None;
    }
    let mut places: Places = signs(stretch)
        .filter_map(|(at, sign)| Some((at, behind_speech(stretch, at, sign)?)))
        .filter(|&(at, _)| at < whole)
        .collect();
    // Between two quotations stands something that is not quoted.
    let is_late = start > LONG_BEFORE;
    let bonus = match (opens_again, is_late) {
        (true, _) => -4,
        (false, true) => WHOLE_BEHIND_NARRATIVE,
        (false, false) => 5,
    };
    places.push((whole, bonus));
    best(stretch, &places, 1).map(|at| start + at)
}

/// What is quoted behind so much of its paragraph is seldom all that follows.
const LONG_BEFORE: usize = 240;
const WHOLE_BEHIND_NARRATIVE: i32 = 2;

/// Where the mark belongs that opens the quotation which `closer` closes; what stands before
/// `start` belongs to others.
pub(super) fn opening(context: &BlockContext<'_>, start: usize, closer: ProseSpan) -> usize {
    if let Some(place) = start_of_italics(context, start, closer) {
        return place;
    }
    if is_other_language(context) {
        return gap_other::opening(context, start, closer);
    }
    let around = context.around;
    let is_dialogue = around.leading_before > 0 || !context.behind().reopened.is_empty();
    let first = first_sentence(&context.text[start..closer.start]);
    let head = match leaning(first) {
        _ if around.is_announced => HEAD_ANNOUNCED,
        0.. if is_dialogue => HEAD_IN_DIALOGUE,
        _ => HEAD,
    };
    opening_in_english(context.text, start, closer.start, head)
}

/// What speaks for it that speech begins at the head of the paragraph: in any one, where paragraphs
/// around it begin so and no narrative comes first, and where the paragraph before announces it.
const HEAD: i32 = 1;
const HEAD_IN_DIALOGUE: i32 = 8;
const HEAD_ANNOUNCED: i32 = 20;

/// What speaks for it that a sentence which words of saying interrupt goes on behind them: where their own
/// sentence goes on, and where a full stop ends it, so that narrative may follow.
const INTERRUPTED: [i32; 2] = [60, 18];

fn first_sentence(text: &str) -> &str {
    let end = signs(text).find(|&(at, sign)| {
        matches!(sign, '.' | '!' | '?' | '…') && starts_sentence(text, at, sign)
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Where italics end that begin with the mark before `start`: they set off what is quoted.
fn end_of_italics(context: &BlockContext<'_>, start: usize, end: usize) -> Option<usize> {
    let is_bare = |from: usize| !context.text[from..start].contains(char::is_alphanumeric);
    let italics = emphases(context).find(|span| {
        span.start < start && start < span.end && span.end <= end && is_bare(span.start)
    })?;
    let words = italics.of(context.text).trim_end();
    Some(italics.start + words.len()).filter(|&place| place > start)
}

/// Where italics begin behind `start` that end with the mark `closer`.
fn start_of_italics(context: &BlockContext<'_>, start: usize, closer: ProseSpan) -> Option<usize> {
    let is_bare = |to: usize| {
        let rest = context.text.get(closer.end..to);
        rest.is_some_and(|rest| !rest.contains(char::is_alphanumeric))
    };
    let italics = emphases(context)
        .find(|span| start <= span.start && span.start < closer.start && is_bare(span.end))?;
    let words = italics.of(context.text).trim_start();
    Some(italics.end - words.len())
}

fn emphases<'a>(context: &'a BlockContext<'_>) -> impl Iterator<Item = ProseSpan> + 'a {
    let inlines = context.block.inlines.iter();
    inlines.filter(|inline| inline.kind == InlineKind::Emphasis).map(|inline| inline.span)
}

/// Whether the words of the text tell nothing to a reader of English.
fn is_other_language(context: &BlockContext<'_>) -> bool {
    !context.block.language.is_read_as_english()
}

/// Whether what stands before a speech in its paragraph is told and not said. In other languages than
/// English, whose words do not tell, it is taken to be.
pub(super) fn is_narrative(before: &str, language: Language) -> bool {
    !language.is_read_as_english() || leaning(before) < 0
}

fn opening_in_english(text: &str, start: usize, end: usize, head: i32) -> usize {
    let stretch = &text[start..end];
    if let Some(phrase) = phrase_start(stretch, 2).or_else(|| noun_start(text, stretch, end)) {
        return start + phrase;
    }
    let lead = stretch.len() - stretch.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let follows_quotation = start > 0 && text[..start].ends_with(|c| Glyph::of(c).is_some());
    let tag = if follows_quotation { behind_tag(stretch) } else { None };
    // “But they,” he said, “have a claim”: what ended with a comma goes on.
    let was_interrupted = follows_quotation && words_before(text, start).ends_with(',');
    let mut places = Places::new();
    let first = if follows_quotation { 0 } else { lead };
    if !follows_quotation {
        places.push((lead, head));
    }
    if let Some(place) = joined_to_quotation(stretch).filter(|_| follows_quotation) {
        places.push((place, JOINED));
    }
    for (at, sign) in signs(stretch) {
        let Some(next) = next_word(stretch, at).filter(|&next| next >= first) else {
            continue;
        };
        let bonus = if tag == Some(next) {
            let resumes = sign != '.'
                && stretch[next..].starts_with(char::is_uppercase)
                && saying::tag(&stretch[lead..]).is_some();
            Some(match was_interrupted {
                true => INTERRUPTED[usize::from(sign == '.')],
                false if resumes => RESUMED,
                false => 6,
            })
        } else {
            before_speech(stretch, at, next, sign)
        };
        if let Some(bonus) = bonus {
            places.push((next, bonus));
        }
    }
    places.extend(without_sign(stretch).filter(|&(at, _)| at > first));
    places.sort_unstable_by_key(|&(at, _)| at);
    start + best(stretch, &places, -1).unwrap_or(lead)
}

/// What speaks for it that speech begins behind a conjunction that joins it to a quotation before it, and
/// behind a verb of saying without a sign.
const JOINED: i32 = 12;
const WITHOUT_SIGN: i32 = 8;

/// What speaks for it that speech begins with a small word that has a capital in the midst of a clause.
const CAPITAL_WITHIN: i32 = 7;

/// What speaks for it that speech is resumed with a capital where the sentence of the words of saying goes on:
/// “Yes,” he replied; |I was going to say so.”
const RESUMED: i32 = 20;

/// Between two quotations that a conjunction joins: “Don’t sit so;” and |Don’t gap.”
fn joined_to_quotation(stretch: &str) -> Option<usize> {
    let rest = stretch.trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind = ["and ", "or ", "but "].iter().find_map(|joint| rest.strip_prefix(joint))?;
    let is_speech = behind.starts_with(char::is_uppercase) && !begins_with_i(behind);
    is_speech.then_some(stretch.len() - behind.len())
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

/// The place with the best reading: before it is speech and behind it narrative (`side` 1), or
/// the other way round (-1). Linear.
fn best(stretch: &str, places: &[(usize, i32)], side: i32) -> Option<usize> {
    let cuts = places.iter().map(|&(at, _)| at);
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.chain(std::iter::once(stretch.len()));
    let leanings: SmallVec<[i32; 16]> =
        starts.zip(ends).map(|(from, to)| leaning(&stretch[from..to])).collect();
    let mut balance: i32 = -leanings.iter().sum::<i32>();
    let mut best: Option<(i32, usize)> = None;
    for (&(at, bonus), leaning) in places.iter().zip(&leanings) {
        balance += 2 * leaning;
        let score = bonus + side * balance;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

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
        '!' | '?' if is_tag => Some(16),
        ',' | '—' | '…' if is_tag => Some(11),
        '!' | '?' if is_lower => Some(8),
        '!' | '?' if rest.strip_prefix('—').is_some_and(begins_lower) => Some(4),
        '.' | '!' | '?' | '…' if starts_sentence(stretch, at, sign) => Some(0),
        // “So it is.”—Emma smiled.
        '.' if rest.starts_with('—') && next_is_upper(rest) => Some(0),
        ',' if is_lower => Some(-8),
        '—' if rest.starts_with([';', ',']) || is_lower => Some(-2),
        _ => None,
    }
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
    match sign {
        ':' if has_capital && !is_heading(before) && (is_upper || said()) => Some(14),
        ':' if said() || ends_in_copula(before) => Some(10),
        ':' => Some(2),
        '—' if before.ends_with([':', ',']) => Some(9),
        ',' if has_capital && says() => Some(8),
        ',' if is_upper && opens_sentence(&stretch[next..]) => Some(8),
        ',' | ';' if has_capital && said() => Some(6),
        ',' if says() => Some(0),
        '.' | '!' | '?' | '…' if starts_sentence(stretch, at, sign) => Some(0),
        '—' if is_upper => Some(4),
        _ => None,
    }
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

/// How much a stretch sounds like speech (positive) or like narrative (negative).
fn leaning(text: &str) -> i32 {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphabetic()));
    let sum: i32 = words.map(word_leaning).sum();
    let cry = if text.trim_end().ends_with(['!', '?']) { 3 } else { 0 };
    sum.clamp(-8, 8) + cry
}

fn word_leaning(word: &str) -> i32 {
    match word {
        "you" | "You" | "your" | "Your" | "yours" | "yourself" | "sir" | "madam" | "ma’am"
        | "thou" | "thee" | "thy" => 4,
        "I" | "my" | "My" | "me" | "we" | "We" | "our" | "Our" | "us" => 1,
        "Oh" | "oh" | "Ah" | "ah" | "Yes" | "yes" | "No" | "Well" | "well" | "Why" | "Come"
        | "Indeed" | "indeed" | "please" | "shall" | "will" | "must" | "Let" | "let" => 2,
        "is" | "are" | "am" | "can" | "has" | "have" | "do" | "does" | "this" | "here" | "now"
        | "What" | "Who" | "How" | "Is" | "Are" | "Do" => 1,
        "was" | "were" | "had" | "did" | "went" | "came" | "sat" | "stood" | "took" | "rose"
        | "ran" | "fell" | "felt" | "saw" | "held" | "kept" | "threw" | "began" => -2,
        "He" | "She" | "They" | "he" | "she" | "they" | "his" | "her" | "him" | "their" => -1,
        _ if has_contraction(word) => 2,
        _ if saying::is_verb(word) && !word.ends_with('s') => -1,
        _ if word.len() > 4 && word.ends_with("ed") => -1,
        _ => 0,
    }
}

/// Whether a short line tells nothing that somebody did: `To insects—sensual lust.`
pub(super) fn stands_apart(text: &str) -> bool {
    let words = || text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    text.len() <= LONGEST_LINE
        && words().count() >= SHORTEST_LINE
        && words().all(|word| word_leaning(word) >= 0)
}

/// The longest line of verse, in bytes, and how many words the shortest has.
const LONGEST_LINE: usize = 80;
const SHORTEST_LINE: usize = 3;

/// `don’t`, `I’ll`, but not `Tom’s`.
fn has_contraction(word: &str) -> bool {
    word.rsplit_once(['’', '\''])
        .is_some_and(|(_, tail)| matches!(tail, "t" | "ll" | "ve" | "re" | "d" | "m"))
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
    let is_joint =
        |word: &str| matches!(word, "of" | "the" | "and" | "in" | "a" | "to" | "for" | "on" | "de");
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
        let last = words.iter().rposition(|(_, word)| matches!(*word, "the" | "a" | "an"))?;
        (last + 1 < words.len() && words.len() - last <= 4).then_some(last + 1)
    };
    let first = first.or_else(article).unwrap_or(words.len().saturating_sub(likely));
    words.get(first).map(|(at, _)| *at)
}

/// Where a term begins that is closed behind the comma after it and that no words of saying follow: as it
/// were, a |bodyguard,” and no doubt. It stands directly behind an article.
fn noun_start(text: &str, stretch: &str, end: usize) -> Option<usize> {
    let term = stretch.strip_suffix([',', ';'])?;
    let rest = text[end..].trim_start_matches(|c| Glyph::of(c).is_some());
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let clause = saying::clause_before(term);
    let words = words(clause);
    let leads =
        |word: &str| INTRODUCTIONS.contains(&word) || matches!(word, "the" | "a" | "an" | "of");
    let first = words.iter().rposition(|(_, word)| leads(word))? + 1;
    let &(at, word) = words.get(first)?;
    let is_speech = leaning(clause) > 0 || saying::tag(rest).is_some() || word.ends_with("ing");
    let is_short = words.len() - first <= 2;
    (goes_on && !is_speech && is_short).then(|| term.len() - clause.len() + at)
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

/// Whether a clause is what somebody says of himself or to another: `and I could`, `as you know`.
fn speaks(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    let first = words.next().unwrap_or("");
    let second = words.next().filter(|_| first.ends_with(char::is_alphabetic)).unwrap_or("");
    matches!(second, "I" | "you" | "we" | "your" | "my" | "our" | "I’m" | "I’ll" | "I’ve" | "I’d")
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
    // “So it is,” he said, “and yet how strange!”: nobody tells a story with such a sign.
    let end = rest.find(['.', '!', '?', ';', ':', '—']);
    let is_cry = end.is_some_and(|end| rest[end..].starts_with(['!', '?']));
    let is_deed = |rest: &str| {
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word_leaning(word) < 0 || saying::goes_on(rest)
    };
    let tells = rest.strip_prefix("and ").is_none_or(is_deed);
    saying::goes_on(rest) && tells && !speaks(rest) && !is_cry
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
    use super::{HEAD, closing_in_english, opening_in_english};

    /// The text with `|` for the mark that is missing.
    fn check_closing(marked: &str) {
        let text = marked.replace('|', "");
        let start = text.find('‘').map_or(0, |at| at + '‘'.len_utf8());
        let found = closing_in_english(&text, start, text.len(), false);
        assert_eq!(found, marked.find('|'), "{marked}");
    }

    fn check_opening(marked: &str) {
        let text = marked.replace('|', "");
        let end = text.find('’').unwrap_or(text.len());
        assert_eq!(
            opening_in_english(&text, 0, end, HEAD),
            marked.find('|').unwrap_or(0),
            "{marked}"
        );
    }

    #[test]
    fn speech_is_resumed_behind_words_of_saying() {
        let marked =
            "‘Yes, oh! yes’—he replied; |I was going to say so. A good visit:—I saw them all.’";
        let text = marked.replace('|', "");
        let start = text.find('’').expect("a mark") + '’'.len_utf8();
        let found = opening_in_english(&text, start, text.len() - '’'.len_utf8(), HEAD);
        assert_eq!(Some(found), marked.find('|'));
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
}
