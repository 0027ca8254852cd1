//! What is said of a name that is to be spelt otherwise, and its fix.

use crate::corpus::MentionFact;
use crate::text::Span;

use super::{CorpusContext, Edit, Fix};

/// The fix that spells what stands at `span`, a word of a mention or all of it, otherwise, in the letters in which
/// it is written. `None` where markup inside of it does not let it.
pub(super) fn respelt(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (span, wrong): (Span, &str),
    right: &str,
) -> Option<Fix> {
    let [wrong, right] = [wrong, right].map(|text| mention.in_letters_of(span, text));
    let edits = context.view.facts.rewrite(span, &wrong, &right)?;
    let title = format!("Write “{right}”");
    let edits = edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
    Some(Fix { title, safe: false, edits })
}

/// How often a corpus has a spelling, in words that stand before `in this corpus`.
pub fn times(count: u32) -> String {
    match count {
        0 => "not".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}
