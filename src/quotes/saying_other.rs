//! Words of saying in languages other than English: `, sagte er`, `, dit-il`.
//!
//! There the verb comes first, so one word tells.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::markup::Language;

type Verbs = FxHashMap<&'static str, FxHashSet<&'static str>>;

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let lines = include_str!("data/saying_other.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    lines.map(|(language, verbs)| (language, verbs.split(' ').collect())).collect()
});

/// Where the first words of saying in `text` are preceded by the sign that ended the speech:
/// the byte behind that sign, or where the speech has none of its own in front of a comma or a
/// dash, the byte in front of that.
pub(super) fn speech_end(text: &str, language: Language) -> Option<usize> {
    let verbs = VERBS.get(language.code())?;
    let signs = text.char_indices().filter(|&(_, c)| is_sign(c));
    let (at, sign) =
        signs.into_iter().find(|&(at, sign)| begins(&text[at + sign.len_utf8()..], verbs))?;
    Some(match sign {
        '!' | '?' | '…' => at + sign.len_utf8(),
        // French, Italian and Nordic print differ in whether the comma is quoted.
        _ => at,
    })
}

/// Whether words of saying follow a closing mark.
pub(super) fn follows(text: &str, language: Language) -> bool {
    let verbs = VERBS.get(language.code());
    verbs.is_some_and(|verbs| begins(text.strip_prefix(',').unwrap_or(text), verbs))
}

/// Whether the verbs of a language are known.
pub(super) fn is_known(language: Language) -> bool {
    VERBS.contains_key(language.code())
}

/// Whether one of the verbs stands at the head of `rest`, behind a space or a dash.
fn begins(rest: &str, verbs: &FxHashSet<&'static str>) -> bool {
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || is_dash(c));
    let end =
        words.find(|c: char| !c.is_alphabetic() && !matches!(c, '’' | '\'')).unwrap_or(words.len());
    words.len() < rest.len() && verbs.contains(&words[..end])
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
        let text = "Das ist wahr, und er sagte nichts.";
        assert_eq!(speech_end(text, Language::GERMAN), None);
    }
}
