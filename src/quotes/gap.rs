//! Where a missing mark belongs.
//!
//! Italics that begin or end with the mark that is there set off what is quoted; else the words tell, in
//! English (`gap_english`) and in other languages (`gap_other.rs`).

use smallvec::SmallVec;

use crate::markup::{InlineKind, Language};
use crate::text::ProseSpan;

use super::context::BlockContext;
use super::gap_english::Head;
use super::leaning::leaning;
use super::{gap_english, gap_other};

/// Places where a missing mark may belong, the likeliest first.
pub(super) type Gaps = SmallVec<[usize; MOST_GAPS]>;

/// So many places are offered.
pub(super) const MOST_GAPS: usize = 2;

/// Where the mark belongs that closes a quotation opened before `start` and over before
/// `end`. Empty where no place is likely.
pub(super) fn closing(
    context: &BlockContext<'_>,
    start: usize,
    end: usize,
    opens_again: bool,
) -> Gaps {
    if let Some(place) = end_of_italics(context, start, end) {
        return Gaps::from_iter([place]);
    }
    if is_other_language(context) {
        return gap_other::closing(context, start, end, opens_again).into_iter().collect();
    }
    gap_english::closing(context.text, start, end, opens_again)
}

/// Where the mark belongs that opens the quotation which `closer` closes; what stands before
/// `start` belongs to others.
pub(super) fn opening(context: &BlockContext<'_>, start: usize, closer: ProseSpan) -> Gaps {
    if let Some(place) = start_of_italics(context, start, closer) {
        return Gaps::from_iter([place]);
    }
    if is_other_language(context) {
        return Gaps::from_iter([gap_other::opening(context, start, closer)]);
    }
    let around = context.around;
    let head = match around.leading_before > 0 || !context.behind().reopened.is_empty() {
        _ if around.is_announced => Head::Announced,
        true => Head::InDialogue,
        false => Head::Plain,
    };
    gap_english::opening(context.text, start, closer.start, head)
}

/// Where italics end that begin with the mark before `start`: they set off what is quoted.
fn end_of_italics(context: &BlockContext<'_>, start: usize, end: usize) -> Option<usize> {
    let is_bare = |from: usize| !context.text[from..start].contains(char::is_alphanumeric);
    let italics = emphases(context).find(|span| {
        span.start < start && start < span.end && span.end <= end && is_bare(span.start)
    })?;
    let words = italics.of(context.text).trim_end();
    Some(italics.start + words.len()).filter(|&place| place > start)
}

/// Where italics begin behind `start` that end with the mark `closer`.
fn start_of_italics(context: &BlockContext<'_>, start: usize, closer: ProseSpan) -> Option<usize> {
    let is_bare = |to: usize| {
        let rest = context.text.get(closer.end..to);
        rest.is_some_and(|rest| !rest.contains(char::is_alphanumeric))
    };
    let italics = emphases(context)
        .find(|span| start <= span.start && span.start < closer.start && is_bare(span.end))?;
    let words = italics.of(context.text).trim_start();
    Some(italics.end - words.len())
}

fn emphases<'a>(context: &'a BlockContext<'_>) -> impl Iterator<Item = ProseSpan> + 'a {
    let inlines = context.block.inlines.iter();
    inlines.filter(|inline| inline.kind == InlineKind::Emphasis).map(|inline| inline.span)
}

/// Whether the words of the text tell nothing to a reader of English.
fn is_other_language(context: &BlockContext<'_>) -> bool {
    !context.block.language.is_read_as_english()
}

/// Whether what stands before a speech in its paragraph is told and not said. In other languages than
/// English, whose words do not tell, it is taken to be.
pub(super) fn is_narrative(before: &str, language: Language) -> bool {
    !language.is_read_as_english() || leaning(before) < 0
}
