//! Words of saying behind a quotation: ` said he.`, ` Ivan cried almost fiercely.`
//!
//! Where a closing mark is missing they tell that the speech was over.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::word_list::words;

static SAYING: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("data/saying.txt")).collect());

/// How far behind a sign the words of saying are looked for.
const MOST_WORDS: usize = 6;

/// Whether a lower-case word is a verb of saying.
pub(super) fn is_verb(word: &str) -> bool {
    SAYING.contains(word)
}

/// Whether a word is a form of a verb of saying: `cried`, `exclaiming`.
pub(super) fn says(word: &str) -> bool {
    is_verb(word)
        || word.strip_suffix("ing").is_some_and(|stem| {
            is_verb(stem) || is_verb(&format!("{stem}s")) || is_verb(&format!("{stem}ed"))
        })
}

/// Where the first words of saying in `text` are preceded by the sign that ended the
/// speech: the byte behind that sign.
pub(super) fn speech_end(text: &str) -> Option<usize> {
    text.char_indices()
        .filter(|(_, sign)| matches!(sign, ',' | '.' | '!' | '?' | '—' | '…'))
        .map(|(offset, sign)| (offset + sign.len_utf8(), sign))
        .find(|&(end, sign)| sign != '.' && follows(&text[end..], sign))
        .map(|(end, _)| end)
}

/// What the words behind a closing mark tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Somebody says what stood before.
    Says,
    /// Somebody goes on speaking.
    Continues,
}

/// Words of saying at the start of `text`, which stands behind a closing mark.
pub(super) fn tag(text: &str) -> Option<Tag> {
    let words = clause(text).split_whitespace().map(bare).take(MOST_WORDS);
    let goes_on = |word: &str| {
        matches!(
            word,
            "continued"
                | "went"
                | "added"
                | "resumed"
                | "proceeded"
                | "pursued"
                | "concluded"
                | "repeated"
        )
    };
    let mut says = None;
    for word in words {
        if goes_on(word) {
            return Some(Tag::Continues);
        }
        if is_verb(word) {
            says = Some(Tag::Says);
        }
    }
    says
}

/// The name of who speaks in the words of saying at the start of `text`: ` said Mr. Hawk, `.
pub(super) fn speaker(text: &str) -> Option<&str> {
    let words = clause(text).split_whitespace().map(bare).take(MOST_WORDS);
    words.filter(|word| word.starts_with(char::is_uppercase) && *word != "I").last()
}

/// Whether `text`, which starts behind `sign`, begins with words of saying and who speaks.
pub(super) fn follows(text: &str, sign: char) -> bool {
    // A dash may stand before the words: ‘How do you do?’—said she.
    let text = match text.strip_prefix('—') {
        Some(behind) if matches!(sign, '!' | '?' | ',') => behind,
        _ if text.starts_with(' ') => text,
        _ => return false,
    };
    let clause = clause(text);
    let words: smallvec::SmallVec<[&str; MOST_WORDS]> =
        clause.split_whitespace().map(bare).take(MOST_WORDS).collect();
    let Some(&first) = words.first() else {
        return false;
    };
    if matches!(first, "was" | "were" | "came") {
        // “It was out of the question” is speech.
        return words.get(1).is_some_and(|word| is_speaker(word)) && tells_what_was_said(text);
    }
    if matches!(sign, '!' | '?') && tells_manner_alone(text, &words) {
        return true;
    }
    if is_verb(first) {
        return words.get(1).is_some_and(|word| is_speaker(word));
    }
    let Some(verb) = words.iter().position(|word| is_verb(word)) else {
        return false;
    };
    let (before, after) = (&words[..verb], &words[verb + 1..]);
    // “Well, Rakitin said he would” is speech; “Well, Rakitin said.” is not.
    let ends = after.first().is_none_or(|word| word.ends_with("ly")) || !is_plain(words[verb]);
    let is_certain = matches!(sign, '!' | '?') || ends;
    match first {
        "he" | "she" | "they" => skip_adverb(&before[1..]).is_empty(),
        "I" | "we" => is_certain && skip_adverb(&before[1..]).is_empty(),
        "the" | "my" | "his" | "her" | "our" => is_certain && before.len() > 1,
        _ => {
            is_certain
                && first.starts_with(char::is_uppercase)
                && skip_adverb(before).iter().all(|word| word.starts_with(char::is_uppercase))
        }
    }
}

/// So many words such a sentence has: ` was the sound hailing down in reply.`
const LONGEST_TOLD: usize = 8;

/// Whether a sentence that begins with a verb names what was said: ` was his short, full answer.`
fn tells_what_was_said(text: &str) -> bool {
    let sentence = text.split(['.', '!', '?', ';', ':', '—']).next().unwrap_or(text);
    sentence.split_whitespace().map(bare).take(LONGEST_TOLD).skip(2).any(is_utterance)
}

/// Whether a few words that end a paragraph tell with any verb how something was said, which no list of
/// verbs has: `What might that be?| marvelled Thrackles.`, `You saw that, eh?| he trebled.`
fn tells_manner_alone(text: &str, words: &[&str]) -> bool {
    let is_past = |word: &str| word.len() > 4 && word.ends_with("ed");
    let is_pronoun = |word: &str| matches!(word, "he" | "she");
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word != "I";
    let tells = match words {
        [pronoun, verb] if is_pronoun(pronoun) => is_past(verb),
        [verb, name] => is_past(verb) && (is_name(name) || is_pronoun(name)),
        [verb, "the", noun] => is_past(verb) && noun.starts_with(char::is_lowercase),
        [verb, title, name] => is_past(verb) && is_name(title) && is_name(name),
        _ => false,
    };
    let is_all = || text.split_whitespace().count() == words.len();
    tells && text.trim_end().ends_with('.') && is_all()
}

/// What was said, in `…, was Catherine’s answer. `
const UTTERANCES: &[&str] = &[
    "answer",
    "command",
    "comment",
    "cry",
    "exclamation",
    "greeting",
    "injunction",
    "inquiry",
    "observation",
    "order",
    "question",
    "rejoinder",
    "remark",
    "reply",
    "response",
    "result",
    "summons",
    "words",
];

/// Whether a word, or that of which it is the plural, names what was said.
fn is_utterance(word: &str) -> bool {
    UTTERANCES.contains(&word)
        || word.strip_suffix('s').is_some_and(|word| UTTERANCES.contains(&word))
}

/// Whether one of the words of a clause names what was said.
pub(super) fn tells_utterance(clause: &str) -> bool {
    clause.split(|c: char| !c.is_alphabetic()).any(|word| UTTERANCES.contains(&word))
}

/// Verbs that report as often as they accompany what is said.
fn is_plain(verb: &str) -> bool {
    matches!(
        verb,
        "said"
            | "says"
            | "say"
            | "told"
            | "tells"
            | "thought"
            | "thinks"
            | "wrote"
            | "writes"
            | "asked"
            | "asks"
            | "answered"
            | "explained"
            | "agreed"
            | "declared"
            | "admitted"
            | "informed"
            | "insisted"
            | "continued"
            | "began"
            | "begins"
            | "went"
            | "called"
            | "observed"
            | "returned"
            | "added"
            | "demanded"
            | "suggested"
            | "announced"
            | "concluded"
            | "complained"
            | "wondered"
    )
}

/// Whether the words of saying go on behind a comma: `…, smiling. `, `…, in a low voice: `.
pub(super) fn goes_on(text: &str) -> bool {
    let first = text.split(|c: char| c.is_whitespace() || c == '—').next().map_or("", bare);
    let is_circumstance = matches!(
        first,
        "and"
            | "when"
            | "on"
            | "having"
            | "in"
            | "with"
            | "without"
            | "at"
            | "after"
            | "as"
            | "not"
            | "who"
            | "from"
            | "while"
            | "half"
            | "quite"
            | "very"
            | "his"
            | "her"
            | "soon"
            | "presently"
            | "afterwards"
    );
    let is_doing = first.ends_with("ing")
        && first.len() > 4
        && !first.ends_with("thing")
        && !matches!(first, "bring" | "being");
    is_circumstance || is_doing || first.ends_with("ly") && tells_manner(text, first)
}

/// Whether an adverb at the head of `text` tells how somebody speaks: `gravely, `, `sharply to him`, `sadly
/// correcting herself`. Before other words it belongs to what is said: “undoubtedly understands”.
fn tells_manner(text: &str, adverb: &str) -> bool {
    let rest = &text[adverb.len()..];
    let next = rest.split_whitespace().next().map_or("", bare);
    let is_doing = next.ends_with("ing") && !next.ends_with("thing");
    !rest.starts_with(' ')
        || is_doing
        || matches!(
            next,
            "and"
                | "to"
                | "at"
                | "with"
                | "as"
                | "in"
                | "on"
                | "from"
                | "but"
                | "for"
                | "after"
                | "when"
        )
}

/// Whether a paragraph ends with words that announce a new speech, behind a sentence that may be the last
/// one of the speech before it: `… It is so. Mr Morris spoke:—`. Where no sentence ended before, whoever
/// speaks announces what he will say himself.
pub(super) fn announces(text: &str) -> bool {
    let text = text.trim_end();
    let Some(lead) = text.strip_suffix([':', '—']).map(|lead| lead.trim_end_matches(':')) else {
        return false;
    };
    let is_colon = text.ends_with(':') || text.ends_with(":—");
    let clause = clause_before(lead);
    let before = &lead[..lead.len() - clause.len()];
    is_colon
        && (before.contains(['.', '!', '?', '…']) || before.contains("—;"))
        && clause.split_whitespace().rev().take(4).any(|word| is_verb(bare(word)))
}

/// The words since the last sign.
pub(super) fn clause_before(text: &str) -> &str {
    text.rsplit(['.', ',', ':', ';', '!', '?']).next().unwrap_or(text)
}

/// The clause at the start of `text`, as far as its words are looked at.
fn clause(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut words = 0;
    let mut start = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b',' | b';' | b':' | b'!' | b'?' => return &text[..at],
            // — and …
            0xE2 if text[at..].starts_with(['—', '…']) => return &text[..at],
            // A full stop ends it too, but not the one of `Mr.`
            b' ' | b'\n' => {
                let word = &text[start..at];
                if let Some(word) = word.strip_suffix('.')
                    && !matches!(word, "Mr" | "Mrs" | "Dr" | "St")
                {
                    return &text[..at - 1];
                }
                words += usize::from(at > start);
                if words > MOST_WORDS {
                    return &text[..at];
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    text
}

fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphabetic())
}

fn is_speaker(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "I"
            | "they"
            | "we"
            | "it"
            | "the"
            | "a"
            | "an"
            | "my"
            | "his"
            | "her"
            | "our"
            | "their"
            | "one"
            | "another"
            | "both"
            | "somebody"
            | "someone"
            | "everybody"
            | "everyone"
            | "nobody"
    ) || word.starts_with(char::is_uppercase)
}

fn skip_adverb<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    match words {
        [rest @ .., last]
            if last.ends_with("ly") || matches!(*last, "then" | "again" | "almost") =>
        {
            rest
        }
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::speech_end;

    #[test]
    fn words_of_saying_tell_where_the_speech_was_over() {
        for marked in [
            "What’s in the bottle, boy?| said he.",
            "I knows what I thinks,| observed the Jack.",
            "And what if I meet anyone?| she said suddenly, in a low voice.",
            "Who? Who?| Ivan cried almost fiercely.",
            "What’s the matter with him?| he promptly asked Smerdyakov.",
            "A nice place to come to!| the girl said aloud.",
            "You are hungry,| I remarked.",
            "Her mother is a very good sort of woman,| was Catherine’s answer.",
            "So you were thinking of it?| she almost whispered.",
            "How do you do, my dear?|—said she in a low voice.",
            "A man cannot be more so,| was his short, full answer.",
            "No, sir,| came the answer.",
            "Nothing, nothing, sir!| was the sound hailing down in reply.",
            "Now I wonder what that might be!| marvelled Thrackles.",
            "You saw that, eh?| he trebled.",
        ] {
            let expected = marked.find('|');
            assert_eq!(speech_end(&marked.replace('|', "")), expected, "{marked}");
        }
    }

    #[test]
    fn what_is_reported_inside_a_speech_does_not_end_it() {
        for text in [
            "Well, Rakitin said that he would come.",
            "Yes, I told them so at the time.",
            "So it was. He came and went, and nobody saw him.",
            "The man, who came late, was no friend of his.",
            "That, however, was out of the question.",
            "So it was, came what might, and the answer is no.",
            "What! he trembled. I saw it with my own eyes.",
            "Alas! loved Anna, but she knew it not.",
        ] {
            assert_eq!(speech_end(text), None, "{text}");
        }
    }
}
