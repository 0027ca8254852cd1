//! Where words of saying are over that stand between two parts of a speech.

use super::super::leaning::{leaning, tells_deed};
use super::super::saying;
use super::sentence::{is_abbreviated, next_word};

/// Between “…,” and …”: where the words of saying are over.
pub(in crate::quotes) fn behind_tag(stretch: &str) -> Option<usize> {
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
