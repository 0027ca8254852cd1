//! Words of saying in languages other than English: `, sagte er`, `, dit-il`.
//!
//! There the verb comes first, so one word tells.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::Language;

/// The words of saying of a language.
#[derive(Default)]
struct Words {
    verbs: FxHashSet<&'static str>,
    /// How any verb ends in the past.
    endings: Vec<&'static str>,
    /// With what the speaker behind a verb begins, if that is no name.
    subjects: FxHashSet<&'static str>,
}

impl Words {
    fn of(list: &'static str) -> Self {
        let mut words = Self::default();
        for word in list.split(' ') {
            if let Some(ending) = word.strip_prefix('-') {
                words.endings.push(ending);
            } else if let Some(subject) = word.strip_prefix('+') {
                words.subjects.insert(subject);
            } else {
                words.verbs.insert(word);
            }
        }
        words
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, Words>> = LazyLock::new(|| {
    let lines = include_str!("data/saying_other.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.map(|(language, list)| (language, Words::of(list))).collect()
});

/// Where the first words of saying in `text` are preceded by the sign that ended the speech:
/// the byte behind that sign, or where the speech has none of its own in front of a comma or a
/// dash, the byte in front of that.
pub(super) fn speech_end(text: &str, language: Language) -> Option<usize> {
    let words = WORDS.get(language.code())?;
    end_before(text, |rest| begins(rest, &words.verbs))
}

/// The same by the form of any verb in the past and of who spoke: `»Pfui!« wehrte er`, which tells less.
pub(super) fn likely_speech_end(text: &str, language: Language) -> Option<usize> {
    let words = WORDS.get(language.code())?;
    end_before(text, |rest| begins_by_form(rest, words))
}

/// Whether a sentence tells what somebody did, by the form of a verb in the past.
pub(super) fn tells(text: &str, language: Language) -> bool {
    let Some(known) = WORDS.get(language.code()) else {
        return false;
    };
    let sentence = &text[..text.find(['.', '!', '?']).unwrap_or(text.len())];
    let mut words = sentence.split(|c: char| !c.is_alphabetic());
    words.any(|word| is_past(word, known) || known.verbs.contains(word))
}

/// Whether a clause has a word of saying.
pub(super) fn is_said(clause: &str, language: Language) -> bool {
    let Some(known) = WORDS.get(language.code()) else {
        return false;
    };
    clause.split(|c: char| !c.is_alphabetic()).any(|word| known.verbs.contains(word))
}

/// Where speech ends before the first sign behind which something begins.
fn end_before(text: &str, begins: impl Fn(&str) -> bool) -> Option<usize> {
    let mut signs = text.char_indices().filter(|&(_, c)| is_sign(c));
    let (at, sign) = signs.find(|&(at, sign)| begins(&text[at + sign.len_utf8()..]))?;
    Some(match sign {
        '!' | '?' | '…' => at + sign.len_utf8(),
        // French, Italian and Nordic print differ in whether the comma is quoted.
        _ => at,
    })
}

/// Whether words of saying follow a closing mark.
pub(super) fn follows(text: &str, language: Language) -> bool {
    let words = WORDS.get(language.code());
    words.is_some_and(|words| begins(text.strip_prefix(',').unwrap_or(text), &words.verbs))
}

/// Whether one of the verbs stands at the head of `rest`, behind a space or a dash.
fn begins(rest: &str, verbs: &FxHashSet<&'static str>) -> bool {
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    words.len() < rest.len() && verbs.contains(first_word(words))
}

/// Whether a verb in the past stands there, and behind it a name or another subject.
fn begins_by_form(rest: &str, words: &Words) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    let verb = first_word(behind);
    if behind.len() == rest.len() || !is_past(verb, words) {
        return false;
    }
    // `dit-il`, `sagte er`, `wehrte Conrad`
    let subject = first_word(behind[verb.len()..].trim_start_matches([' ', '-', '\u{a0}']));
    subject.starts_with(char::is_uppercase) || words.subjects.contains(subject)
}

/// Whether a word has the form of a verb in the past.
fn is_past(word: &str, words: &Words) -> bool {
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    word.starts_with(char::is_lowercase) && words.endings.iter().any(|&ending| ends(ending))
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic() && !matches!(c, '’' | '\''));
    &text[..end.unwrap_or(text.len())]
}

fn is_sign(c: char) -> bool {
    matches!(c, ',' | '!' | '?' | '…') || is_dash(c)
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_saying_tell_where_a_speech_was_over() {
        let cases = [
            ("de", "Das ist wahr|, sagte er."),
            ("fr", "Je viens|, dit-il en riant."),
            ("fr", "Qui est là\u{a0}?| demanda Paul."),
            ("ru", "Иду|, — сказал он."),
            ("sv", "Jag kommer|, sade han."),
            ("pl", "Idę |— powiedział."),
        ];
        for (tag, marked) in cases {
            let found = speech_end(&marked.replace('|', ""), Language::from_tag(tag));
            assert_eq!(found, marked.find('|'), "{tag}: {marked}");
        }
        let unlisted = [
            ("de", "Pfui!| wehrte Conrad."),
            ("ru", "Иду|, — буркнул он."),
            ("sv", "Nej|, stammade han."),
            ("pl", "Idę |— burknął Jan."),
        ];
        for (tag, marked) in unlisted {
            let found = likely_speech_end(&marked.replace('|', ""), Language::from_tag(tag));
            assert_eq!(found, marked.find('|'), "{tag}: {marked}");
        }
        let clause = "Ach, wie schön das war!";
        assert_eq!(likely_speech_end(clause, Language::GERMAN), None);
        let text = "Das ist wahr, und er sagte nichts.";
        assert_eq!(speech_end(text, Language::GERMAN), None);
    }
}
