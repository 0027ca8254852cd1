//! Where else a name stands that a finding is about: all of its places, in both spellings.

use std::sync::Arc;

use crate::corpus::{NameIn, Whereabouts};
use crate::text::Span;

use super::{CorpusContext, Finding, Related};

/// So many places are told with a finding at most.
const MOST_OF_ONE: usize = 100;

/// And with all findings of a document, so that an editor gets no megabytes at every keystroke.
const MOST_OF_ALL: usize = 400;

/// But of each finding so many.
const FEWEST_OF_ONE: usize = 8;

/// A finding on a name, and the name.
pub(super) struct OnName {
    pub(super) finding: Finding,
    /// How it is spelt there.
    pub(super) wrong: Spelling,
    /// How it should be; `None` if the corpus does not have it so.
    pub(super) right: Option<Spelling>,
}

/// A spelling of a name, and as it is shown.
#[derive(Clone)]
pub(super) struct Spelling {
    pub(super) name: NameIn,
    pub(super) text: Arc<str>,
}

/// Adds to findings all places of their names.
pub(super) fn tell_places(
    context: &CorpusContext<'_>,
    told: Vec<OnName>,
    findings: &mut Vec<Finding>,
) {
    if told.is_empty() {
        return;
    }
    let most = (MOST_OF_ALL / told.len()).clamp(FEWEST_OF_ONE, MOST_OF_ONE);
    let spellings = told.iter().flat_map(|one| one.right.iter().chain([&one.wrong]));
    let mut names: Vec<NameIn> = spellings.map(|spelling| spelling.name).collect();
    names.sort_unstable();
    names.dedup();
    // One more of the wrong ones, since the finding's own place is not told.
    let found = context.view.whereabouts(&names, most + 1);
    let of = |name: NameIn| names.binary_search(&name).ok().map(|at| &found[at]);
    for OnName { mut finding, wrong, right } in told {
        let own = (&*context.view.name, finding.span);
        let others = of(wrong.name).map(|found| without(found, own)).unwrap_or_default();
        let of_right = right.as_ref().and_then(|right| of(right.name));
        // At least half of them are for the right spelling, if it has so many.
        let most_right = most - others.places.len().min(most / 2);
        if let (Some(right), Some(found)) = (&right, of_right) {
            add(&mut finding, found, most_right, &format!("“{}” is here", right.text));
        }
        let left = most - finding.related.len();
        add(&mut finding, &others, left, &format!("“{}” is here too", wrong.text));
        findings.push(finding);
    }
}

/// Places without the finding's own.
fn without(found: &Whereabouts, own: (&str, Span)) -> Whereabouts {
    let is_other = |document: &str, span: Span| (document, span) != own;
    let places = found.places.iter();
    let others: Vec<_> =
        places.filter(|place| is_other(&place.document, place.span)).cloned().collect();
    // If it is not among these, it is one of those that are only counted.
    let is_counted = others.len() == found.places.len();
    Whereabouts { places: others, more: found.more.saturating_sub(usize::from(is_counted)) }
}

/// Adds the first places to a finding; of what is not shown it is said how much it is.
fn add(finding: &mut Finding, found: &Whereabouts, most: usize, message: &str) {
    let more = found.more + found.places.len().saturating_sub(most);
    let shown = found.places.iter().take(most);
    let said: Arc<str> = format!("{message}.").into();
    finding.related.extend(shown.map(|place| Related {
        document: Some(Arc::clone(&place.document)),
        span: place.span,
        message: Arc::clone(&said),
    }));
    if let Some(last) = finding.related.last_mut().filter(|_| more > 0 && most > 0) {
        let places = if more == 1 { "1 more place" } else { &format!("{more} more places") };
        last.message = format!("{message}, and in {places}.").into();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::markup::Format;
    use crate::rules::{fixture, name_misprint, name_variant};

    /// What is said of other places by the findings of a text, and of how many of them.
    fn told(source: &str) -> Vec<BTreeMap<String, usize>> {
        let rules = [&name_variant::RULE, &name_misprint::RULE];
        let found = rules
            .into_iter()
            .flat_map(|rule| fixture::findings(rule, Format::Plain, source).into_iter());
        let count = |finding: Finding| {
            let mut counts = BTreeMap::new();
            for related in finding.related {
                assert_ne!(related.span, finding.span, "its own place is no other one");
                *counts.entry(related.message.to_string()).or_insert(0) += 1;
            }
            counts
        };
        found.map(count).collect()
    }

    fn counts<const N: usize>(counts: [(&str, usize); N]) -> BTreeMap<String, usize> {
        counts.into_iter().map(|(message, count)| (message.to_owned(), count)).collect()
    }

    #[test]
    fn a_finding_names_all_places_in_both_spellings() {
        let many = "And there was Alyosha again.\n\n".repeat(30);
        let text = format!("{many}But where was Aliosha now?\n\nThen Aliosha was there.\n");
        let expected = counts([("“Alyosha” is here.", 30), ("“Aliosha” is here too.", 1)]);
        assert_eq!(told(&text), [expected.clone(), expected]);
        let text =
            format!("{}Then in Perograd he saw it.\n", "He came to Petrograd.\n\n".repeat(12));
        assert_eq!(told(&text), [counts([("“Petrograd” is here.", 12)])]);
    }

    #[test]
    fn of_too_many_places_it_is_said_how_many_they_are() {
        let many = "And there was Alyosha again.\n\n".repeat(300);
        let text = format!("{many}But where was Aliosha now?\n");
        let last = "“Alyosha” is here, and in 200 more places.";
        assert_eq!(told(&text), [counts([("“Alyosha” is here.", 99), (last, 1)])]);
        // Of many findings each tells fewer.
        let right = "He spoke with Trotsky.\n\n".repeat(1500);
        let text = format!("{right}{}", "He wrote to Trotskii now.\n\n".repeat(60));
        let told = told(&text);
        let expected = counts([
            ("“Trotsky” is here.", 3),
            ("“Trotsky” is here, and in 1496 more places.", 1),
            ("“Trotskii” is here too.", 3),
            ("“Trotskii” is here too, and in 55 more places.", 1),
        ]);
        assert_eq!(told.len(), 60);
        assert_eq!([&told[0], &told[59]], [&expected, &expected]);
    }
}
