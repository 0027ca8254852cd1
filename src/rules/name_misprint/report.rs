//! What is said of a misprint.

use crate::corpus::{MentionFact, NameIn, WordId};
use crate::names::{self, Slip};
use crate::rules::name_places::{OnName, Spelling};
use crate::rules::{CorpusContext, Edit, Finding, Fix};
use crate::text::Span;

use super::RULE;

pub(super) fn on_name(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, span): (WordId, Span),
    right: WordId,
    slip: Slip,
) -> OnName {
    let names = context.view.index.names();
    let (text, meant) = (names.text(word), names.text(right));
    let written = mention.in_letters_of(span, &meant);
    let fix = Fix {
        title: format!("Write “{written}”"),
        safe: false,
        edits: vec![Edit { span, text: written }],
    };
    let finding = Finding {
        rule: RULE.name,
        severity: context.severity,
        span,
        subject: Some(meant.to_string()),
        message: message(context, &text, &meant, slip, names.seen(right)),
        fixes: if mention.is_contiguous { vec![fix] } else { Vec::new() },
        related: Vec::new(),
    };
    let wrong = Spelling { name: NameIn::Word(word), text };
    OnName { finding, wrong, right: Some(Spelling { name: NameIn::Word(right), text: meant }) }
}

/// Which form, what it is taken for, and why; whose name that is, if the authority knows.
fn message(context: &CorpusContext<'_>, text: &str, meant: &str, slip: Slip, count: u32) -> String {
    let times = match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    };
    let authority = context.view.index.authority();
    let who = match authority.resolve(meant, meant, None).as_slice() {
        [one] => format!(", {}", authority.figure(one.figure).name),
        _ => String::new(),
    };
    match slip {
        Slip::Accent | Slip::Umlaut => {
            let mark = names::lost_mark(text, meant);
            format!("“{text}” lacks the {mark} of “{meant}”{who} ({times} in this corpus).")
        }
        _ => format!(
            "“{text}” looks like “{meant}”{who} ({times} in this corpus) {}.",
            slip.describe()
        ),
    }
}
