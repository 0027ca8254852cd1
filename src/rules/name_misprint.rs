//! A name with a slip of the scanner in it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{PlaceIn, WordId};
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

/// How often a form may occur and be a misprint.
const MOST_SEEN: u32 = 2;

/// How often a name must have its accent if it is also a name without it.
const KNOWN_WITHOUT_ACCENT: u32 = 6;

/// A name that occurs less often must stand in the same document as its misprint, or in its
/// folder: a book is a folder.
const WIDELY_USED: u32 = 24;

/// Forms of fewer letters are no misprints of common words.
const SHORT: usize = 6;

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
    if seen > MOST_SEEN || !names.may_be_name(word) {
        return None;
    }
    let text = names.text(word);
    let language = context.view.facts.language;
    if index.authority().knows(&text) {
        return None;
    }
    let is_own = is_right_as_it_stands(context, &text);
    let candidates = names.neighbours(&text, language);
    let likely = candidates.into_iter().filter(|&other| other != word).filter_map(|other| {
        let right = names.text(other);
        let slip = names::slip(&text, &right, language)?;
        // Of a name that dictionaries have without its accent, more often than of others.
        let enough = match (slip, is_own) {
            (Slip::Accent, true) => KNOWN_WITHOUT_ACCENT,
            (_, true) => return None,
            (_, false) => slip.enough(text.chars().count(), language),
        };
        if names.sure(other) < enough * seen || !names.is_name(other) {
            return None;
        }
        // A capital at the head of a sentence tells no name: then a common one must be meant.
        // `Cort` in dialect for the Court: short words have many neighbours.
        if text.chars().count() < SHORT && names::is_english_word(&right) {
            return None;
        }
        let is_near = names.sure(other) >= WIDELY_USED || is_named_nearby(context, other);
        if !is_near || names.sure(word) == 0 && !is_sure_at_head(context, slip, other) {
            return None;
        }
        if slip != Slip::Accent && index.have_one_given_name(word, other) == Some(false) {
            return None;
        }
        // What a scheme of romanisation explains is no misprint.
        let is_variant = slip != Slip::Accent
            && names::may_be_spellings(&text, &right)
            && matches!(names::compare(&text, &right, false), names::Relation::Variant(_));
        (!is_variant).then_some((other, slip))
    });
    likely.max_by_key(|&(other, slip)| (slip == Slip::Accent, names.sure(other)))
}

/// Whether a form is a word or a name of its own.
fn is_right_as_it_stands(context: &CorpusContext<'_>, text: &str) -> bool {
    let is_english = matches!(context.view.facts.language.code(), "en" | "und");
    names::is_given(text)
        || names::is_known_name(text)
        || is_english && names::is_english_word(text)
}

/// Whether the document itself, or another one of its folder, names somebody so.
fn is_named_nearby(context: &CorpusContext<'_>, name: WordId) -> bool {
    let folder = |document: &str| document.rfind('/').map_or(0, |at| at);
    let own = &context.view.name;
    let places = context.view.index.names().places(name);
    let is_near = |place: &PlaceIn| {
        folder(&place.document) == folder(own)
            && place.document[..folder(own)] == own[..folder(own)]
    };
    let mentions = &context.view.facts.mentions;
    places.iter().any(is_near)
        || mentions.iter().any(|mention| mention.words().any(|(word, ..)| word == name))
}

fn is_sure_at_head(context: &CorpusContext<'_>, slip: Slip, name: WordId) -> bool {
    let is_english = matches!(context.view.facts.language.code(), "en" | "und");
    is_english && slip != Slip::Changed && context.view.index.names().sure(name) >= WIDELY_USED
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
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let authority = context.view.index.authority();
    let who = match authority.resolve(meant, meant, None).as_slice() {
        [one] => format!(", {}", authority.figure(one.figure).name),
        _ => String::new(),
    };
    match slip {
        Slip::Accent => {
            format!("“{text}” lacks the accent of “{meant}”{who} ({times} in this corpus).")
        }
        _ => format!(
            "“{text}” looks like “{meant}”{who} ({times} in this corpus) {}.",
            slip.describe()
        ),
    }
}
