//! What is said of a misprint.

use std::sync::Arc;

use crate::corpus::WordId;
use crate::names::{self, Slip};
use crate::rules::{CorpusContext, Edit, Finding, Fix, Related};
use crate::text::Span;

use super::RULE;

/// How many places of the right form are shown.
const MOST_RELATED: usize = 3;

pub(super) fn finding(
    context: &CorpusContext<'_>,
    word: WordId,
    right: WordId,
    slip: Slip,
    span: Span,
    is_contiguous: bool,
) -> Finding {
    let names = context.view.index.names();
    let (text, meant) = (names.text(word), names.text(right));
    let fix = Fix {
        title: format!("Write “{meant}”"),
        safe: false,
        edits: vec![Edit { span, text: meant.to_string() }],
    };
    let places = names.places(right);
    Finding {
        rule: RULE.name,
        severity: context.severity,
        span,
        subject: Some(meant.to_string()),
        message: message(context, &text, &meant, slip, names.seen(right)),
        fixes: if is_contiguous { vec![fix] } else { Vec::new() },
        related: places
            .iter()
            .take(MOST_RELATED)
            .map(|place| Related {
                document: Some(Arc::clone(&place.document)),
                span: place.span,
                message: format!("“{meant}” is here."),
            })
            .collect(),
    }
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
