//! Whether words sound like what somebody says or like what is told of somebody.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::saying;

/// Words and how they sound, in tenths of a natural logarithm of odds; `data/leaning.txt` tells how they
/// were counted.
static WORDS: LazyLock<FxHashMap<&'static str, i32>> = LazyLock::new(|| {
    let lines = include_str!("data/leaning.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| {
        let mut words = line.split_whitespace();
        let weight = words.next().and_then(|weight| weight.parse().ok()).unwrap_or(0);
        words.map(move |word| (word, weight))
    });
    words.collect()
});

/// However many words say the same, a stretch sounds no more like speech or narrative than so; words that
/// stand together tell less than each of them alone.
const MOST: i32 = 40;

/// What a cry or a question adds.
const CRY: i32 = 30;

/// What words add that no list has: a short form, `don’t`, a verb of saying, a form in -ed.
const CONTRACTION: i32 = 20;
const SAYING: i32 = -30;
const PAST: i32 = -30;

/// How much a stretch sounds like speech (positive) or like narrative (negative), in tenths of a natural
/// logarithm of odds, bounded.
pub(super) fn leaning(text: &str) -> i32 {
    let sum: i32 = bare_words(text).map(word).sum();
    let cry = if text.trim_end().ends_with(['!', '?']) { CRY } else { 0 };
    sum.clamp(-MOST, MOST) + cry
}

fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == '—')
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
}

fn word(word: &str) -> i32 {
    match WORDS.get(word) {
        Some(&weight) => weight,
        None if has_contraction(word) => CONTRACTION,
        None if is_verb_of_saying(word) => SAYING,
        None if is_past(word) => PAST,
        None => 0,
    }
}

/// Whether a word tells what somebody did: `was`, `went`, `he`.
pub(super) fn tells_deed(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "had"
            | "did"
            | "went"
            | "came"
            | "sat"
            | "stood"
            | "took"
            | "rose"
            | "ran"
            | "fell"
            | "felt"
            | "saw"
            | "held"
            | "kept"
            | "threw"
            | "began"
            | "He"
            | "She"
            | "They"
            | "he"
            | "she"
            | "they"
            | "his"
            | "her"
            | "him"
            | "their"
    ) || !has_contraction(word) && (is_verb_of_saying(word) || is_past(word))
}

fn is_verb_of_saying(word: &str) -> bool {
    saying::is_verb(word) && !word.ends_with('s')
}

fn is_past(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && WORDS.get(word).is_none_or(|&weight| weight < 0)
}

/// Whether a short line tells nothing that somebody did: `To insects—sensual lust.`
pub(super) fn stands_apart(text: &str) -> bool {
    let words = || text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphabetic()));
    text.len() <= LONGEST_LINE && words().count() >= SHORTEST_LINE && !words().any(tells_deed)
}

/// The longest line of verse, in bytes, and how many words the shortest has.
const LONGEST_LINE: usize = 80;
const SHORTEST_LINE: usize = 3;

/// `don’t`, `I’ll`, but not `Tom’s`.
fn has_contraction(word: &str) -> bool {
    word.rsplit_once(['’', '\''])
        .is_some_and(|(_, tail)| matches!(tail, "t" | "ll" | "ve" | "re" | "d" | "m"))
}

#[cfg(test)]
mod tests {
    use super::leaning;

    #[test]
    fn speech_and_narrative_are_told_apart_by_their_words() {
        for speech in ["You will hurt yourself, Miss Bertram,", "Where is it?", "I can’t do that."]
        {
            assert!(leaning(speech) > 0, "{speech}");
        }
        for told in ["He went to the door and looked out.", "She turned away, and laughed at him."]
        {
            assert!(leaning(told) < 0, "{told}");
        }
    }
}
