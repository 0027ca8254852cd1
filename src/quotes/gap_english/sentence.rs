//! Words, clauses and sentences of a text.

use smallvec::SmallVec;

use super::super::glyph::Glyph;
use super::super::leaning::leaning;

/// The signs that end a clause: the byte behind each, and the sign.
pub(super) fn signs(stretch: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    stretch
        .char_indices()
        .filter(|(_, sign)| matches!(sign, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '—'))
        .map(|(offset, sign)| (offset + sign.len_utf8(), sign))
}

/// The words of a text and where they stand in it.
pub(super) fn words(text: &str) -> SmallVec<[(usize, &str); 16]> {
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (place(word), word)).collect()
}

/// What stands before the marks in front of `start`.
pub(super) fn words_before(text: &str, start: usize) -> &str {
    text[..start].trim_end_matches(|c: char| c.is_whitespace() || Glyph::of(c).is_some())
}

/// The byte at which the next word begins, if white space or a dash stands before it.
pub(in crate::quotes) fn next_word(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let word = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '—');
    let is_dashed = text[..from].ends_with('—');
    (rest.len() > word.len() || is_dashed)
        .then(|| text.len() - word.len())
        .filter(|_| !word.is_empty())
}

pub(super) fn first_sentence(text: &str) -> &str {
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

/// Whether a sentence begins at a byte behind another one.
pub(super) fn is_sentence(stretch: &str, at: usize) -> bool {
    let before = stretch[..at].trim_end_matches([' ', '—']);
    before.ends_with(['.', '!', '?', '…', ':']) && before.len() < at
}

/// Whether a sentence begins behind the sign that ends at `at`.
pub(super) fn starts_sentence(stretch: &str, at: usize, sign: char) -> bool {
    let rest = &stretch[at..];
    let begins = rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(|c: char| !c.is_lowercase());
    begins && !(sign == '.' && is_abbreviated(&stretch[..at - 1]))
}

/// Whether a text begins with a small word that has a capital only at the head of a sentence.
pub(super) fn opens_sentence(text: &str) -> bool {
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

/// Whether a text begins with the word that has a capital wherever it stands.
pub(super) fn begins_with_i(text: &str) -> bool {
    let behind = text.strip_prefix('I');
    behind.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
}

pub(super) fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    // “Why?” cried I. “Who is there?”
    matches!(word, "Mr" | "Mrs" | "Dr" | "St" | "Messrs" | "Prof")
        || word != "I" && word.chars().count() == 1
}

/// The first sentence of a text and the last one, if it has several.
pub(in crate::quotes) fn sentences_at_ends(text: &str) -> Option<[&str; 2]> {
    let first = first_end(text)?;
    let mut signs = text[first..].char_indices().rev();
    let last = signs.find_map(|(offset, sign)| {
        let at = first + offset + sign.len_utf8();
        ends_sentence(text, at, sign).then_some(at)
    });
    Some([&text[..first], &text[last.unwrap_or(first)..]])
}

/// Whether a paragraph sounds as if somebody said it.
pub(in crate::quotes) fn is_spoken(text: &str) -> bool {
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
