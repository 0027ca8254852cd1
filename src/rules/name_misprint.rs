//! A name with a slip of the scanner in it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{FREQUENT, WordId};
use crate::names::{self, Slip};
use crate::text::Span;

use super::{Check, CorpusContext, Edit, Finding, Fix, Related, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "name-misprint",
    summary: "a rare form that is one slip away from a name the corpus uses often",
    explanation: "\
Reports a capitalised word that occurs once and is one slip away from a name that the corpus
uses often: two letters transposed, one lost, added or changed, letters that scanners
confuse (rn and m, li and h), an accent lost.

    Perograd beside Petrograd, Soivets beside Soviets, Evremonde beside Evrémonde

Plurals, feminine forms and derivatives are no slips, and neither is another spelling by a
scheme of romanisation: that is `name-variant`. A name that only looks like another one is
accepted in `rubricator.toml`:

    [[accept]]
    rule = \"name-misprint\"
    text = \"Kurakin\"
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

/// How often a name must occur for each time that the misprint does.
const RATIO: u32 = 8;

/// How many places of the right form are shown.
const MOST_RELATED: usize = 3;

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let mut known: FxHashMap<WordId, Option<(WordId, Slip)>> = FxHashMap::default();
    for mention in context.view.facts.mentions.iter().filter(|mention| !mention.is_foreign) {
        for (word, span, _) in mention.words() {
            let verdict = known.entry(word).or_insert_with(|| judge(context, word));
            if let Some((right, slip)) = *verdict {
                findings.push(finding(context, word, right, slip, span, mention.is_contiguous));
            }
        }
    }
}

/// The name that a word is a misprint of.
fn judge(context: &CorpusContext<'_>, word: WordId) -> Option<(WordId, Slip)> {
    let index = context.view.index;
    let names = index.names();
    let seen = names.seen(word);
    if seen > 2 || names.sure(word) == 0 {
        return None;
    }
    let text = names.text(word);
    if names::is_given(&text) || index.authority().knows(&text) {
        return None;
    }
    let candidates = names.neighbours(&text, context.view.facts.language);
    let likely = candidates.into_iter().filter(|&other| other != word).filter_map(|other| {
        let right = names.text(other);
        let slip = names::slip(&text, &right)?;
        let enough = match slip {
            Slip::Accent => FREQUENT,
            Slip::Changed => RATIO * 3 * seen,
            _ => RATIO * seen,
        };
        let is_enough = names.sure(other) >= enough.max(FREQUENT);
        // What a scheme of romanisation explains is no misprint.
        let is_variant = slip != Slip::Accent
            && matches!(names::compare(&text, &right, false), names::Relation::Variant(_));
        (is_enough && !is_variant).then_some((other, slip))
    });
    likely.max_by_key(|&(other, _)| names.sure(other))
}

fn finding(
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
        message: format!(
            "“{text}” looks like “{meant}” ({} times in this corpus) {}.",
            names.seen(right),
            slip.describe(),
        ),
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
