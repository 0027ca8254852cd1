//! What is said of a misprint.

use crate::corpus::{MentionFact, NameIn, WordId};
use crate::names::{self, Slip};
use crate::rules::name_places::{OnName, Spelling};
use crate::rules::respelling::{respelt, times};
use crate::rules::{CorpusContext, Finding};
use crate::text::Span;

use super::RULE;
use super::accents::is_of_accents;

pub(super) fn on_name(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, span): (WordId, Span),
    right: WordId,
    slip: Slip,
) -> OnName {
    let names = context.view.index.names();
    let (text, meant) = (names.text(word), names.text(right));
    let fix = respelt(context, mention, (span, &text), &meant);
    let finding = Finding {
        rule: RULE.name,
        severity: context.severity,
        span,
        subject: Some(meant.to_string()),
        message: message(context, word, right, slip),
        fixes: fix.into_iter().collect(),
        related: Vec::new(),
    };
    let wrong = Spelling { name: NameIn::Word(word), text };
    OnName { finding, wrong, right: Some(Spelling { name: NameIn::Word(right), text: meant }) }
}

/// Which form, what it is taken for, and why; how often the corpus has that name and in which file
/// first; whose name it is, if the authority knows.
fn message(context: &CorpusContext<'_>, word: WordId, right: WordId, slip: Slip) -> String {
    let names = context.view.index.names();
    let (text, meant) = (names.text(word), names.text(right));
    let who = whose(context, &meant);
    let times = times(names.seen(right));
    let first = first_file(context, right);
    if is_of_accents(slip) {
        let mark = names::lost_mark(&text, &meant);
        return format!(
            "“{text}” lacks the {mark} of “{meant}” ({who}{times} in this corpus{first})."
        );
    }
    let what = names::describe_slip(slip, &text, &meant);
    format!("“{text}” looks like “{meant}” ({who}{times} in this corpus{first}) {what}.")
}

/// Whose name it is, if the authority knows that of one figure alone.
fn whose(context: &CorpusContext<'_>, name: &str) -> String {
    let authority = context.view.index.authority();
    match authority.resolve(name, name, None).as_slice() {
        [one] => format!("{}, ", authority.figure(one.figure).name),
        _ => String::new(),
    }
}

/// The file in which the corpus first has a name, if it is another one: its name without folders.
fn first_file(context: &CorpusContext<'_>, name: WordId) -> String {
    let first = context.view.index.names().first_place(name);
    match first.filter(|place| *place.document != *context.view.name) {
        Some(place) => {
            let file = place.document.rsplit('/').next().unwrap_or_default();
            format!(", first in {file}")
        }
        None => String::new(),
    }
}
