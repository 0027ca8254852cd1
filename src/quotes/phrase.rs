//! Where a phrase begins or ends that is quoted in the middle of a clause, in other languages than English: the
//! mark at its other end is lost. Small words stand between phrases; capitals set off names and titles.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::markup::Language;

use super::apostrophe::lower_word;
use super::glyph::Glyph;

/// The small words of a language; of each, whether it is said to be what follows.
type SmallWords = FxHashMap<&'static str, bool>;

static SMALL: LazyLock<FxHashMap<&'static str, SmallWords>> = LazyLock::new(|| {
    let lines = include_str!("data/small_words.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    let small = |word: &'static str| match word.strip_prefix('=') {
        Some(copula) => (copula, true),
        None => (word, false),
    };
    lines.map(|(language, words)| (language, words.split(' ').map(small).collect())).collect()
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
    let words = words(&stretch[..clause], language);
    let is_small = |at: usize| words.get(at).is_some_and(|word| word.is_small);
    let is_capital = |at: usize| words.get(at).is_some_and(|word| word.is_capital);
    let end_of = |at: usize| words.get(at).map_or(clause, |word| word.end);
    let capitals = (0..words.len()).take_while(|&at| is_capital(at)).count();
    // `Der Tag| stand`
    if is_small(0) && capitals > 1 {
        return end_of(capitals - 1);
    }
    // A small word joins names and titles if a capital follows it: Journal des Débats.
    let small = (1..words.len()).find(|&at| is_small(at) && !is_capital(at + 1));
    match small {
        Some(at) if !is_small(0) => end_of(at - 1),
        _ if words.len() <= LIKELY => clause,
        // What follows a name in lower case tells of it.
        _ if capitals > 0 && has_few_capitals(language) => end_of(capitals - 1),
        _ => clause,
    }
}

/// Where the phrase begins with which `stretch` ends; `None` for what ends with a sign, as speech does. `rest` is
/// what stands behind the mark.
pub(super) fn start(stretch: &str, rest: &str, language: Language) -> Option<usize> {
    let stretch = stretch.trim_end();
    if !stretch.ends_with(char::is_alphanumeric) {
        return None;
    }
    let sign = stretch.rfind(is_clause_sign);
    let from = sign.map_or(0, |at| stretch.ceil_char_boundary(at + 1));
    let words = words(&stretch[from..], language);
    let first = words.len().saturating_sub(FARTHEST);
    // What a colon announces is quoted as a whole, if its clause ends there.
    let is_over = !rest.trim_start().starts_with(char::is_alphabetic);
    if first == 0 && is_over && stretch[..from].ends_with(':') {
        return words.first().map(|word| from + word.start);
    }
    // The first word of a sentence has a capital in any case.
    let near = words.get(first.max(1)..).filter(|near| !near.is_empty()).unwrap_or(&words);
    let begins = title_start(near).or_else(|| predicate_start(near)).unwrap_or_else(|| {
        if has_few_capitals(language) { name_start(near) } else { near.len().saturating_sub(1) }
    });
    near.get(begins).map(|word| from + word.start)
}

/// A small word with a capital begins a title: La Gaceta de la tarde.
fn title_start(words: &[Word]) -> Option<usize> {
    words.iter().position(|word| word.is_small && word.is_capital)
}

/// What something is said to be begins behind the verb: dijo que era |completamente imposible.
fn predicate_start(words: &[Word]) -> Option<usize> {
    let verb = words.iter().rposition(|word| word.is_copula)?;
    let behind = &words[verb + 1..];
    let is_phrase = (1..=PREDICATE).contains(&behind.len()) && !behind.iter().any(|w| w.is_small);
    is_phrase.then_some(verb + 1)
}

/// What something is said to be has so many words at most.
const PREDICATE: usize = 2;

/// A name begins with its capital; what has none near its end is one word.
fn name_start(words: &[Word]) -> usize {
    let last = words.len().saturating_sub(1);
    let near = last.saturating_sub(BEHIND_CAPITAL)..words.len();
    let Some(mut begins) = near.rev().find(|&at| words[at].is_capital) else {
        return last;
    };
    while begins > 0 && words[begins - 1].is_capital {
        begins -= 1;
    }
    begins
}

/// Whether only names and the heads of sentences have capitals.
fn has_few_capitals(language: Language) -> bool {
    !matches!(language.code(), "de" | "he")
}

/// How long the clause is with which a text begins, in bytes, without the sign that ends it. A full stop
/// within a number or a name of a file ends none.
fn clause_length(text: &str) -> usize {
    let ends = |at: usize, sign: char| {
        let rest = &text[at + sign.len_utf8()..];
        sign == '(' || is_clause_sign(sign) && !rest.starts_with(char::is_alphanumeric)
    };
    let end = text.char_indices().find(|&(at, c)| ends(at, c)).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end().len()
}

fn is_clause_sign(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '…' | '(' | ')' | '–' | '—')
}

/// A word of a clause and where it stands in it, in bytes.
struct Word {
    start: usize,
    end: usize,
    is_small: bool,
    is_copula: bool,
    is_capital: bool,
}

/// The words of a clause, without those that are nothing but marks.
fn words(clause: &str, language: Language) -> SmallVec<[Word; 16]> {
    let place = |word: &str| word.as_ptr() as usize - clause.as_ptr() as usize;
    let is_bare = |word: &&str| word.chars().all(|c| Glyph::of(c).is_some());
    let small = SMALL.get(language.code());
    let words = clause.split_whitespace().filter(|word| !is_bare(word)).map(|word| {
        let word = behind_elision(word);
        let mut buffer = [0_u8; 24];
        let lower = lower_word(word, &mut buffer);
        let known = small.zip(lower).and_then(|(small, lower)| small.get(lower).copied());
        Word {
            start: place(word),
            end: place(word) + word.len(),
            is_small: known.is_some(),
            is_copula: known == Some(true),
            is_capital: word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
        }
    });
    words.collect()
}

/// The name behind an article that has lost its vowel: dell’|Olandese.
fn behind_elision(word: &str) -> &str {
    let name = word.split_once(['’', '\'']).map(|(_, name)| name);
    name.filter(|name| name.starts_with(char::is_uppercase)).unwrap_or(word)
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
            ("de", "Der Tag| stand nichts davon; erst"),
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
            ("es", "En voz baja murmuró: |Vete ya"),
            ("es", "Dijo que era |completamente imposible"),
            ("es", "solo |La Gaceta de la tarde"),
            ("de", "In der Zeitung |Der Tag"),
            ("it", "Mi ha parlato dell’|Olandese volante"),
        ];
        for (tag, marked) in cases {
            let text = marked.replace('|', "");
            let found = start(&text, ".", Language::from_tag(tag));
            assert_eq!(found, marked.find('|'), "{tag}: {marked}");
        }
        assert_eq!(start("Je viens.\u{a0}", "", Language::FRENCH), None);
        let name = start("Ungültig: Der Parameter name", " ist zu lang", Language::GERMAN);
        assert_eq!(name, Some("Ungültig: Der Parameter ".len()));
    }
}
