//! Where a phrase begins or ends that is quoted in the middle of a clause, in other languages than English: the
//! mark at its other end is lost. Small words stand between phrases; capitals set off names and titles.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::markup::Language;

use super::apostrophe::lower_word;
use super::glyph::Glyph;

type SmallWords = FxHashMap<&'static str, FxHashSet<&'static str>>;

static SMALL: LazyLock<SmallWords> = LazyLock::new(|| {
    let lines = include_str!("data/small_words.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.map(|(language, words)| (language, words.split(' ').collect())).collect()
});

/// A phrase of which nothing tells where it ends has so many words at most.
const LIKELY: usize = 4;

/// So far before the mark that closes it a phrase is looked for, in words.
const FARTHEST: usize = 6;

/// So many words in lower case behind its capital a name or title may have.
const BEHIND_CAPITAL: usize = 2;

/// How many bytes at the head of `stretch` are the phrase with which it begins.
pub(super) fn length(stretch: &str, language: Language) -> usize {
    let clause = clause_length(stretch);
    let words = words(&stretch[..clause]);
    let is_small = |at: usize| words.get(at).is_some_and(|&(_, word)| is_small(word, language));
    let is_capital = |at: usize| words.get(at).is_some_and(|&(_, word)| is_capital(word));
    let end_of = |at: usize| words.get(at).map_or(clause, |&(from, word)| from + word.len());
    // A small word joins names and titles if a capital follows it: Journal des Débats.
    let small = (1..words.len()).find(|&at| is_small(at) && !is_capital(at + 1));
    match small {
        Some(at) if !is_small(0) => end_of(at - 1),
        _ if words.len() <= LIKELY => clause,
        // What follows a name in lower case tells of it.
        _ if is_capital(0) && has_few_capitals(language) => {
            end_of((0..words.len()).take_while(|&at| is_capital(at)).count() - 1)
        }
        _ => clause,
    }
}

/// Where the phrase begins with which `stretch` ends; `None` for what ends with a sign, as speech does.
pub(super) fn start(stretch: &str, language: Language) -> Option<usize> {
    let stretch = stretch.trim_end();
    if !stretch.ends_with(char::is_alphanumeric) {
        return None;
    }
    let from = stretch.rfind(is_clause_sign).map_or(0, |at| at + 1);
    let from = stretch.ceil_char_boundary(from);
    let words = words(&stretch[from..]);
    let first = words.len().saturating_sub(FARTHEST);
    let near = words.get(first..)?;
    let is_capital = |at: usize| {
        // The first word of a sentence has one in any case.
        near.get(at).is_some_and(|&(_, word)| is_capital(word) && first + at > 0)
    };
    let last = near.len().checked_sub(1)?;
    let mut begins = last;
    if has_few_capitals(language) {
        let near = last.saturating_sub(BEHIND_CAPITAL)..=last;
        if let Some(capital) = near.rev().find(|&at| is_capital(at)) {
            begins = capital;
            while begins > 0 && is_capital(begins - 1) {
                begins -= 1;
            }
        }
    }
    near.get(begins).map(|&(at, _)| from + at)
}

/// Whether only names and the heads of sentences have capitals.
fn has_few_capitals(language: Language) -> bool {
    !matches!(language.code(), "de" | "he")
}

fn is_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

fn is_small(word: &str, language: Language) -> bool {
    let mut buffer = [0_u8; 24];
    SMALL.get(language.code()).is_some_and(|small| {
        lower_word(word, &mut buffer).is_some_and(|lower| small.contains(lower))
    })
}

/// How long the clause is with which a text begins, in bytes, without the sign that ends it. A full stop
/// within a number or a name of a file ends none.
fn clause_length(text: &str) -> usize {
    let ends = |at: usize, sign: char| {
        let rest = &text[at + sign.len_utf8()..];
        is_clause_sign(sign) && !rest.starts_with(char::is_alphanumeric)
    };
    let end = text.char_indices().find(|&(at, c)| ends(at, c)).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end().len()
}

fn is_clause_sign(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '(' | ')' | '–' | '—')
}

/// The words of a clause and where they stand in it, without marks around them.
fn words(clause: &str) -> SmallVec<[(usize, &str); 16]> {
    let place = |word: &str| word.as_ptr() as usize - clause.as_ptr() as usize;
    let bare = |word: &'_ str| word.trim_matches(|c: char| Glyph::of(c).is_some()).len() > 0;
    let words = clause.split_whitespace().filter(|word| bare(word));
    words.map(|word| (place(word), word)).collect()
}

#[cfg(test)]
mod tests {
    use super::{length, start};
    use crate::markup::Language;

    /// The phrase ends at `|`.
    #[test]
    fn a_phrase_ends_before_a_small_word() {
        let cases = [
            ("fr", "GNOME| et supprimez-la."),
            ("fr", "audio MP3| ou d’autres."),
            ("fr", "Journal des Débats|, qu’il lisait"),
            ("pl", "Faktura| w nazwie, to wpisz"),
            ("de", "verborgen| ist. Verborgene Netzwerke"),
            ("it", "onore|, e uscì."),
            ("sv", "folket| som är fritt"),
            ("es", "127.0.0.1| como dirección"),
        ];
        for (tag, marked) in cases {
            let text = marked.replace('|', "");
            let found = length(&text, Language::from_tag(tag));
            assert_eq!(Some(found), marked.find('|'), "{tag}: {marked}");
        }
    }

    /// The phrase that the text ends with begins at `|`.
    #[test]
    fn a_phrase_begins_with_its_capital_or_is_a_single_word() {
        let cases = [
            ("fr", "Cliquez sur le bouton |Enregistrer la page"),
            ("fr", "par exemple |Jean Blogues"),
            ("fr", "en ajoutant |Linux\u{a0}"),
            ("pl", "należy do kategorii |ukryte"),
            ("de", "des Wertes |wahr"),
            ("ru", "Он говорил о |чести"),
            ("es", "la lista de |seguimiento"),
        ];
        for (tag, marked) in cases {
            let text = marked.replace('|', "");
            let found = start(&text, Language::from_tag(tag));
            assert_eq!(found, marked.find('|'), "{tag}: {marked}");
        }
        assert_eq!(start("Je viens.\u{a0}", Language::FRENCH), None);
    }
}
