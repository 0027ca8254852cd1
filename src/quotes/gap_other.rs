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
    let stretch = &text[start..end];
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
    let phrase = phrase::start(stretch, &text[closer.end..], language);
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
