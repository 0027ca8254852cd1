//! Where a missing mark belongs in a text of another language than English, whose words tell
//! less: behind or before words of saying, at the end of a sentence, around a phrase.

use crate::markup::Language;
use crate::text::ProseSpan;

use super::context::BlockContext;
use super::gap_english::{behind_tag, next_word};
use super::glyph::Glyph;
use super::{phrase, saying, saying_other};

/// Where the mark belongs that closes a quotation opened before `start` and over before
/// `end`. `None` where no place is clearly best.
pub(super) fn closing(
    context: &BlockContext<'_>,
    start: usize,
    end: usize,
    opens_again: bool,
) -> Option<usize> {
    let text = context.text;
    let language = context.block.language;
    let stretch = within_bracket(&text[..start], &text[start..end]);
    let stretch = before_attribution(stretch);
    if let Some(after) = behind_double_stop(stretch) {
        return Some(start + after);
    }
    // The words of saying tell where it ended.
    if let Some(after) = saying_other::speech_end(stretch, language) {
        return Some(start + after);
    }
    if is_phrase(context, start) {
        let lead = stretch.len() - stretch.trim_start().len();
        let end = lead + phrase::length(&stretch[lead..], language);
        // Between two phrases stand words of which nothing tells where the first phrase ended.
        let is_told = !opens_again || !stretch[end..].trim().is_empty();
        return is_told.then_some(start + end);
    }
    let end = saying_other::likely_speech_end(stretch, language);
    if let Some(after) = end.or_else(|| behind_cry(context, start, stretch)) {
        return Some(start + after);
    }
    let sentence_end = stretch.find(['.', '!', '?']).map(|offset| start + offset + 1);
    let trimmed = stretch.trim_end_matches(|c: char| c.is_whitespace() || c == '—' || c == '–');
    let whole = start + trimmed.len();
    match (opens_again, sentence_end) {
        // Between two quotations stands something that is not quoted.
        (true, Some(first)) if first < whole => Some(first),
        _ if trimmed.is_empty() => None,
        _ => Some(whole),
    }
}

/// What stands in the bracket that is open behind `before`; all of `stretch` where none is: („Die Härte|).
fn within_bracket<'t>(before: &str, stretch: &'t str) -> &'t str {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(BRACKET))..];
    let is_open = near.rfind('(').is_some_and(|at| !near[at..].contains(')'));
    let mut depth = 0;
    let closing = stretch.char_indices().filter(|_| is_open).find(|&(_, sign)| match sign {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth == 0 => true,
        ')' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    closing.map_or(stretch, |(at, _)| &stretch[..at])
}

/// So far before a mark the bracket that it stands in is looked for, in bytes.
const BRACKET: usize = 200;

/// What stands before the name of who wrote it: »Das ist wahr.| -- Jean Paul
fn before_attribution(stretch: &str) -> &str {
    let Some(at) = stretch.rfind("--") else {
        return stretch;
    };
    let quoted = stretch[..at].trim_end_matches('-');
    let name = stretch[at + 2..].trim_start();
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().nth(ATTRIBUTION).is_none()
        && quoted.ends_with(char::is_whitespace);
    if is_name { quoted.trim_end() } else { stretch }
}

/// Who wrote something and where is told in so many words at most.
const ATTRIBUTION: usize = 10;

/// Where what is quoted has a sign of its own and the sentence around it another: c’era scritto: «Che guardi?|.
fn behind_double_stop(stretch: &str) -> Option<usize> {
    let is_double = |&(at, _): &(usize, &str)| {
        let rest = &stretch[at + 1..];
        rest.starts_with([',', ';', ':']) || rest.starts_with('.') && !rest.starts_with("..")
    };
    let found = stretch.match_indices(['!', '?']).find(is_double);
    found.map(|(at, _)| at + 1)
}

/// Where a cry ends that a colon announces or that stands in another quotation, if the sentence around it goes
/// on, or another one tells what happened then: Da rief jemand: „Feuer!| Alle eilten zur Tür.
fn behind_cry(context: &BlockContext<'_>, start: usize, stretch: &str) -> Option<usize> {
    let before = context.text[..start].trim_end_matches(|c: char| Glyph::of(c).is_some());
    if !before.trim_end().ends_with(':') {
        return None;
    }
    let end = stretch.find(['!', '?'])?;
    let end = end + stretch[end..].find(|c| !matches!(c, '!' | '?' | '.'))?;
    let rest = &stretch[end..];
    let behind = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let goes_on = rest.starts_with(',') || behind.starts_with(char::is_lowercase);
    (goes_on || saying_other::tells(behind, context.block.language)).then_some(end)
}

/// Whether what is quoted from `start` on is a phrase and no speech: it stands in the middle
/// of a clause, where other languages than English would have a sign before speech.
fn is_phrase(context: &BlockContext<'_>, start: usize) -> bool {
    let before = context.text[..start].trim_end_matches(|c: char| Glyph::of(c).is_some());
    before.trim_end().ends_with(char::is_alphabetic)
}

/// Where the mark belongs that opens a quotation which closes at `end`.
pub(super) fn opening(context: &BlockContext<'_>, start: usize, closer: ProseSpan) -> usize {
    let text = context.text;
    let stretch = &text[start..closer.start];
    let language = context.block.language;
    let is_spoken = saying_other::follows(&text[closer.end..], language);
    let is_lead = |c: char| !c.is_alphanumeric() && !matches!(c, '¡' | '¿');
    let lead = stretch.len() - stretch.trim_start_matches(is_lead).len();
    let rest = &text[closer.end..];
    if let Some(place) = is_last(rest).then(|| whole_start(stretch, rest, language)).flatten() {
        return start + place;
    }
    let phrase = phrase::start(stretch, rest, language);
    if let Some(phrase) = phrase.filter(|_| !is_spoken) {
        return start + phrase;
    }
    let offset = if start > 0 && text[..start].ends_with(|c| Glyph::of(c).is_some()) {
        behind_tag(stretch)
    } else {
        behind_announcement(stretch, language)
    };
    start + offset.unwrap_or(lead)
}

/// Whether nothing of the clause follows a mark. A hyphen joins another word to what is quoted: „Release“-Datei.
fn is_last(rest: &str) -> bool {
    let behind = rest.trim_start();
    let is_free = behind.len() < rest.len();
    behind.is_empty()
        || behind.starts_with(['.', ')'])
        || is_free
            && (behind.starts_with(['—', '–', '-']) || behind.starts_with(char::is_uppercase))
}

/// Where that begins which is quoted to the end of its sentence or bracket, in languages whose full stop stands
/// behind the mark; `None` where nothing but the mark tells.
fn whole_start(stretch: &str, rest: &str, language: Language) -> Option<usize> {
    let stretch = stretch.trim_end();
    if let Some(bracket) = stretch.rfind('(').filter(|&at| !stretch[at..].contains(')')) {
        // A title in a bracket: (aus |Calvin and Hobbes“)
        return rest.starts_with(')').then(|| first_capital(stretch, bracket + 1)).flatten();
    }
    behind_colon(stretch, language).or_else(|| title_behind_name(stretch))
}

/// Where a word with a capital, or a number, begins first from `from` on.
fn first_capital(text: &str, from: usize) -> Option<usize> {
    let mut words = text[from..].split_whitespace();
    let word = words.find(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))?;
    Some(word.as_ptr() as usize - text.as_ptr() as usize)
}

/// Where a sentence begins that a colon announces: in the sentence that ends the text, or farther before if
/// somebody says something there: Увидев стражу, он сказал: |Видно, много зла. Если бы не творил он зла, …
fn behind_colon(text: &str, language: Language) -> Option<usize> {
    let last = text.rfind(['.', '!', '?']).unwrap_or(0);
    let mut colons = text.match_indices(':').filter_map(|(at, _)| {
        let next = next_word(text, at + 1)?;
        let is_said =
            at > last || saying_other::is_said(saying::clause_before(&text[..at]), language);
        (is_said && begins_sentence(&text[next..])).then_some(next)
    });
    colons.next_back()
}

/// Where a title begins behind the name of its author: Ambrose Bierce, |The Devil’s Dictionary»
fn title_behind_name(text: &str) -> Option<usize> {
    let (author, title) = text.rsplit_once(", ")?;
    let name = author.rsplit(['—', '–', '-', '.', '!', '?', '(', '\n']).next()?;
    let has_capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let mut words = name.split_whitespace();
    let is_name =
        words.clone().count() <= NAME && !name.trim().is_empty() && words.all(has_capital);
    (is_name && has_capital(title)).then(|| text.len() - title.len())
}

/// The name of an author has so many words at most.
const NAME: usize = 4;

/// In what stands before …” without a quotation before it: where it was announced.
fn behind_announcement(stretch: &str, language: Language) -> Option<usize> {
    let mut best = None;
    for (offset, sign) in stretch.char_indices() {
        let announces = match sign {
            ':' => true,
            ',' => {
                saying::clause_before(&stretch[..offset]).split_whitespace().any(saying::is_verb)
            }
            _ => false,
        };
        let next = next_word(stretch, offset + sign.len_utf8()).filter(|_| announces);
        let is_start = next.is_some_and(|next| begins_sentence(&stretch[next..]));
        if is_start {
            best = next;
        }
    }
    best.or_else(|| behind_narrative(stretch, language))
}

/// Where the second sentence begins if the first one tells what happened and that one does not: Han skrattade.
/// |Ja, så är det.
fn behind_narrative(stretch: &str, language: Language) -> Option<usize> {
    let end = stretch.find(". ")?;
    let (first, rest) = stretch.split_at(end + 2);
    let second = &rest[..rest.find(['.', '!', '?']).unwrap_or(rest.len())];
    let is_told = |sentence| saying_other::tells(sentence, language);
    (begins_sentence(rest) && is_told(first) && !is_told(second)).then_some(end + 2)
}

/// Whether a text begins as a sentence does, in Spanish with the sign that says of which kind it is.
fn begins_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || matches!(c, '¡' | '¿'))
}
