//! A name that points to nobody's entry.

use crate::corpus::{Destination, LinkFact};
use crate::markup::{AnchorKind, PointerKind};

use super::{Check, CorpusContext, Edit, Finding, Fix, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-figure",
    summary: "a tagged name that points to an entry which does not exist",
    explanation: "\
Reports a pointer to a figure's entry (`ref=\"#khrushchev\"`, `who=\"#ivan\"`) where there is no
such entry: not in the document, not in the file that the pointer names, and not in the
authority.

Whoever asks the edition who is meant gets no answer. Mostly the id was misspelt.

    <persName ref=\"#khruschev\">     <- the entry is called khrushchev

In a document in which more than a quarter of these pointers lead nowhere only those are reported
that are one slip away from an entry: its personography lies elsewhere, and `[figures] files` can
name it. With `profile = \"tei\"` all are.
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let facts = &context.view.facts;
    let pointers = facts.links.iter().filter(|link| link.kind == PointerKind::Figure);
    let (found, lost): (Vec<_>, Vec<_>) = pointers.partition(|link| is_found(context, link));
    // Where many lead nowhere, the entries are kept elsewhere.
    let is_elsewhere = facts.figures_found + found.len() < 3 * lost.len();
    let must_exist = context.settings.pointers_must_lead || !is_elsewhere;
    for link in lost {
        let id = link.fragment.as_deref().unwrap_or(&link.path);
        let near = nearest(context, link, id);
        // What is one slip away from an entry is meant for that.
        if near.is_none() && !must_exist {
            continue;
        }
        let hint = near.as_ref().map(|near| format!("; did you mean “{near}”?"));
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span: link.span(),
            subject: None,
            message: format!(
                "There is no entry “{id}” for this figure{}",
                hint.unwrap_or_else(|| ".".to_owned())
            ),
            fixes: near.and_then(|near| fix(link, &near)).into_iter().collect(),
            related: Vec::new(),
        });
    }
}

/// Whether the entry exists, or may exist where nobody has looked.
fn is_found(context: &CorpusContext<'_>, link: &LinkFact) -> bool {
    let view = context.view;
    let is_listed =
        link.fragment.as_deref().is_some_and(|id| view.index.authority().by_id(id).is_some());
    is_listed
        || !link.path.is_empty()
            && !matches!(view.index.destination(&view.name, link), Destination::NoSuchPlace { .. })
}

/// The entry whose id differs by one slip, if there is exactly one.
fn nearest(context: &CorpusContext<'_>, link: &LinkFact, id: &str) -> Option<String> {
    if !link.path.is_empty() {
        return None;
    }
    let anchors = context.view.facts.anchors.iter();
    let entries = anchors.filter(|anchor| anchor.kind == AnchorKind::Figure);
    let listed = context.view.index.authority().figures().iter().map(|figure| figure.id.as_str());
    let mut near = entries
        .map(|anchor| &*anchor.label)
        .chain(listed)
        .filter(|known| known.len() > 3 && strsim::osa_distance(known, id) == 1);
    let first = near.next()?.to_owned();
    near.all(|other| other == first).then_some(first)
}

fn fix(link: &LinkFact, id: &str) -> Option<Fix> {
    let span = link.span();
    let was_plain = link.fragment.as_ref().is_some_and(|was| span.len() == was.len() + 1);
    let edits = vec![Edit { span, text: format!("#{id}") }];
    was_plain.then(|| Fix { title: format!("Point to “{id}”"), safe: false, edits })
}
