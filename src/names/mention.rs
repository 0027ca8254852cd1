//! Where names stand in prose.
//!
//! A mention is a run of capitalised words, with initials, titles and particles, as far as
//! it names one person or thing. Whether a capitalised word at the head of a sentence is a
//! name is decided where the corpus is known.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::markup::{Block, Inline, InlineKind};
use crate::text::ProseSpan;

use super::Settings;

/// A span of prose that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole mention without its title and possessive ending: `Andrei Vyshinsky`.
    pub span: ProseSpan,
    /// Its words; initials are words. The last is the family name, or the only name.
    pub words: SmallVec<[NameWord; 2]>,
    /// Whether a title or office stands before it: `Mr`, `Marshal`.
    pub has_title: bool,
    /// Whether it stands at the head of a sentence, where every word is capitalised.
    pub starts_sentence: bool,
}

/// One word of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// Where, without a possessive ending.
    pub span: ProseSpan,
    /// Whether it is an initial.
    pub is_initial: bool,
}

impl Mention {
    /// The family name, or the only name.
    pub fn family(&self) -> ProseSpan {
        self.words.last().map_or(self.span, |word| word.span)
    }

    /// The first given name or initial, if there is one.
    pub fn given(&self) -> Option<NameWord> {
        if self.words.len() > 1 { self.words.first().copied() } else { None }
    }
}

/// Titles and offices that stand before a name and are no part of it.
static TITLES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| TITLE_WORDS.iter().copied().collect());

const TITLE_WORDS: &[&str] = &[
    "Mr",
    "Mrs",
    "Miss",
    "Ms",
    "Dr",
    "Sir",
    "Lord",
    "Lady",
    "Comrade",
    "Comrades",
    "Marshal",
    "General",
    "Colonel",
    "Major",
    "Captain",
    "Admiral",
    "Professor",
    "Prof",
    "President",
    "Premier",
    "Prime",
    "Minister",
    "Chancellor",
    "Secretary",
    "Chairman",
    "Messrs",
    "M",
    "MM",
    "Mme",
    "Monsieur",
    "Herr",
    "Frau",
    "Count",
    "Prince",
    "Princess",
    "Tsar",
    "Czar",
    "King",
    "Queen",
    "Emperor",
    "Saint",
    "St",
    "Genosse",
    "Camarade",
    "Senator",
    "Ambassador",
    "Field-Marshal",
    "Citizen",
    "Deputy",
    "Mayor",
];

/// Words that are capitalised at the head of a sentence and name nobody.
static OPENERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| OPENER_WORDS.iter().copied().collect());

const OPENER_WORDS: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "I", "You", "This",
    "That", "These", "Those", "But", "And", "Or", "Nor", "For", "Yet", "So", "If", "When", "While",
    "As", "His", "Her", "Their", "Our", "My", "Its", "Not", "No", "Of", "To", "From", "By", "With",
    "Who", "What", "Why", "How", "Where", "Which", "There", "Here", "Then", "Thus", "Even", "Only",
    "Once", "Since", "After", "Before", "Against", "Besides", "Perhaps", "Moreover", "Yes", "Is",
    "Was", "Had", "Did", "Do", "Has", "Der", "Die", "Das", "Le", "La", "Les", "Il", "Elle", "Un",
    "Une", "Ein", "Eine", "Er", "Sie", "Es",
];

/// Particles that join the words of a name.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "du", "la", "le", "al", "el", "ibn", "bin", "da", "di", "zu",
];

/// The mentions in the prose of one block, in order. Linear.
pub fn mentions(prose: &str, block: &Block, _settings: &Settings) -> Vec<Mention> {
    let is_hidden =
        |inline: &&Inline| matches!(inline.kind, InlineKind::Opaque | InlineKind::Foreign(_));
    let hidden = block.inlines.iter().filter(is_hidden).map(|inline| inline.span).collect();
    let mut scanner = Scanner { text: prose, hidden, next_hidden: 0, mentions: Vec::new() };
    scanner.run();
    scanner.mentions
}

struct Scanner<'a> {
    text: &'a str,
    /// Code and foreign words, in order: no names are looked for in them.
    hidden: Vec<ProseSpan>,
    /// The first of them that does not end before the mentions so far.
    next_hidden: usize,
    mentions: Vec<Mention>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(start) = self.next_capital(at) {
            at = self.mention(start);
        }
    }

    /// The next capital letter at the head of a word.
    fn next_capital(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += bytes[at..].iter().position(|&byte| MAY_BE_CAPITAL[byte as usize])?;
            let is_head = at == 0 || !is_inside_word(self.text, at);
            let length = match bytes[at] {
                b'A'..=b'Z' if is_head => return Some(at),
                b'A'..=b'Z' => 1,
                _ => {
                    let character = self.text[at..].chars().next()?;
                    if is_head && character.is_uppercase() {
                        return Some(at);
                    }
                    character.len_utf8()
                }
            };
            at += length;
        }
    }

    /// Reads the mention whose first word starts at `start`; gives where to go on.
    fn mention(&mut self, start: usize) -> usize {
        let mut words: SmallVec<[NameWord; 2]> = SmallVec::new();
        let mut has_title = false;
        let mut at = start;
        let mut first = start;
        let mut end;
        loop {
            let word = word_at(self.text, at);
            end = word.raw_end;
            let text = &self.text[at..word.stem_end];
            let is_abbreviated = self.text[end..].starts_with('.');
            if words.is_empty() && TITLES.contains(text) {
                has_title = true;
                end += usize::from(is_abbreviated);
            } else if words.is_empty() && OPENERS.contains(text) {
                return end;
            } else {
                let is_initial = is_abbreviated && text.chars().count() <= 2;
                if words.is_empty() {
                    first = at;
                }
                words.push(NameWord { span: ProseSpan::new(at, word.stem_end), is_initial });
                end += usize::from(is_initial);
                if word.is_possessive || words.len() >= 5 {
                    break;
                }
            }
            match self.next_word(end) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.push(first, words, has_title);
        end
    }

    /// Where the next word of the same name starts: behind one space, or behind a particle.
    fn next_word(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let space = rest.len()
            - rest.trim_start_matches([' ', '\u{a0}', '\u{2009}', '\u{202f}', '\n']).len();
        if space == 0 {
            // J.V.Stalin
            let touches = self.text[..end].ends_with('.') && rest.starts_with(char::is_uppercase);
            return touches.then_some(end);
        }
        if space > 2 {
            return None;
        }
        let at = end + space;
        let next = &self.text[at..];
        if next.starts_with(char::is_uppercase) {
            return Some(at);
        }
        let particle = next.split(' ').next().filter(|word| PARTICLES.contains(word))?;
        let behind = at + particle.len() + 1;
        self.text.get(behind..).filter(|rest| rest.starts_with(char::is_uppercase)).map(|_| behind)
    }

    fn push(&mut self, first: usize, mut words: SmallVec<[NameWord; 2]>, has_title: bool) {
        // `Mr Khrushchev But`: an opener ends the name, and so does an initial at its end.
        while words
            .last()
            .is_some_and(|word| word.is_initial || OPENERS.contains(word.span.of(self.text)))
        {
            words.pop();
        }
        let Some(last) = words.last() else {
            return;
        };
        let span = ProseSpan::new(first, last.span.end);
        while self.hidden.get(self.next_hidden).is_some_and(|hidden| hidden.end <= span.start) {
            self.next_hidden += 1;
        }
        let near = self.hidden[self.next_hidden..].iter();
        let is_hidden =
            near.take_while(|hidden| hidden.start < span.end).any(|hidden| hidden.overlaps(span));
        if !is_hidden {
            let starts_sentence = !has_title && starts_sentence(self.text, first);
            self.mentions.push(Mention { span, words, has_title, starts_sentence });
        }
    }
}

struct Word {
    /// Behind the word without a possessive ending.
    stem_end: usize,
    /// Behind the whole word.
    raw_end: usize,
    is_possessive: bool,
}

/// The word at `start`: letters with apostrophes and soft signs between them.
fn word_at(text: &str, start: usize) -> Word {
    let mut end = start;
    let mut characters = text[start..].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let joins = matches!(character, '’' | '\'' | 'ʹ' | 'ʺ' | '\u{361}')
            && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !character.is_alphabetic() && !joins && !is_combining(character) {
            break;
        }
        end = start + offset + character.len_utf8();
    }
    let word = &text[start..end];
    let stem = ["’s", "'s", "’S", "'S"].iter().find_map(|ending| word.strip_suffix(ending));
    let trails = text[end..].starts_with(['’', '\'']) && word.ends_with('s');
    let stem_end = stem.map_or(end, |stem| start + stem.len());
    Word { stem_end, raw_end: end, is_possessive: stem.is_some() || trails }
}

fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn is_inside_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || is_combining(c))
}

/// Whether a capital is due at `at` whatever the word.
fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '‘' | '“' | '"' | '\'' | '«' | '„' | '(' | '[' | '_' | '*' | '»' | '—' | '–'
            )
    });
    match before.chars().next_back() {
        None => true,
        Some('.') => !ends_in_abbreviation(before),
        Some(character) => matches!(character, '!' | '?' | ':' | '…' | '’' | '”'),
    }
}

/// `Mr. Khrushchev` and `J. V. Stalin` stand in the middle of a sentence.
fn ends_in_abbreviation(before: &str) -> bool {
    let word = before[..before.len() - 1].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.chars().count() == 1 || TITLES.contains(word)
}

const MAY_BE_CAPITAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b'A';
    while byte <= b'Z' {
        table[byte as usize] = true;
        byte += 1;
    }
    // Lead bytes of Latin letters with diacritics, Greek, Cyrillic, Armenian and Georgian.
    let mut lead = 0xC3;
    while lead <= 0xD5 {
        table[lead] = true;
        lead += 1;
    }
    table[0xE1] = true;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, read};

    fn found(text: &str) -> Vec<String> {
        let document = read(text, Format::Plain, None);
        let block = &document.blocks[0];
        let prose = block.prose.text(text);
        mentions(prose, block, &Settings::default())
            .iter()
            .map(|mention| {
                let words: Vec<_> = mention.words.iter().map(|word| word.span.of(prose)).collect();
                words.join("|")
            })
            .collect()
    }

    #[test]
    fn names_with_titles_initials_and_possessives() {
        assert_eq!(
            found(
                "it was Mr Khrushchev’s and N. S. Khrushchev’s, not Marshal Voroshilov or J.V. Stalin."
            ),
            ["Khrushchev", "N|S|Khrushchev", "Voroshilov", "J|V|Stalin"]
        );
    }

    #[test]
    fn pairs_are_two_mentions() {
        assert_eq!(
            found("the Khrushchev–Mikoyan duet, the Khrushchev – Mikoyan duet"),
            ["Khrushchev", "Mikoyan", "Khrushchev", "Mikoyan"]
        );
    }

    #[test]
    fn particles_and_native_letters() {
        assert_eq!(
            found("with Otto von Bismarck, Рой Медведев and Ka’ba."),
            ["Otto|Bismarck", "Рой|Медведев", "Ka’ba"]
        );
    }

    #[test]
    fn openers_are_no_names() {
        assert_eq!(found("The Party knew. But Lenin did not. It was so."), ["Party", "Lenin"]);
    }
}
