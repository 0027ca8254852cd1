//! A note that nothing points to.

use rustc_hash::FxHashSet;

use crate::corpus::{AnchorFact, CorpusView, Destination};
use crate::markup::PointerKind;
use crate::text::Span;

use super::{Check, CorpusContext, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unused-note",
    summary: "a note to which no marker in the text points",
    explanation: "\
Reports a note whose marker does not occur in the text.

Nobody will read it in its place. Mostly the marker was lost in scanning, or its number
was misread.

    He denied it.[1]

    Notes
    [1] The Courier, 4 May 1956.
    [2] Ibid.
    ^^^

Put the marker back where the print has it. Markers in other files of the corpus count, and of notes
that lead back into another file nothing is said unless that file is checked as well. A text in which no marker leads to any note
is left alone: its notes are a list of their own.
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

/// Where markers stand in other files, some of which nobody may have asked to check, not more than
/// one note in so many can have lost its own.
const ONE_IN: usize = 4;

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let view = context.view;
    let notes = &view.facts.notes;
    if notes.iter().all(|note| note.is_used) {
        return;
    }
    let elsewhere = Elsewhere::of(context);
    let has_own_text = notes.iter().any(|note| note.is_called);
    if !has_own_text && elsewhere.called.is_empty() {
        return;
    }
    let mut seen = FxHashSet::default();
    let unused: Vec<&AnchorFact> = notes
        .iter()
        .filter_map(|note| {
            let anchor = &view.facts.anchors[note.anchor as usize];
            // A label used twice is the business of `duplicate-anchor`.
            let is_first = seen.insert((note.scope, &*anchor.label));
            let is_unused = !note.is_used && !elsewhere.called.contains(&anchor.span());
            let is_known = !note.leads_away || elsewhere.has_the_text;
            (is_first && is_unused && is_known).then_some(anchor)
        })
        .collect();
    if !has_own_text && unused.len() * ONE_IN > notes.len() {
        return;
    }
    findings.extend(unused.into_iter().map(|note| Finding {
        rule: RULE.name,
        severity: context.severity,
        span: note.span(),
        message: format!("Nothing in the text points to note {}.", note.label),
        subject: None,
        fixes: Vec::new(),
        related: Vec::new(),
    }));
}

/// What other documents say of the notes.
struct Elsewhere {
    /// The labels that they point to.
    called: FxHashSet<Span>,
    /// Whether the files to which ways back lead are all in the corpus.
    has_the_text: bool,
}

impl Elsewhere {
    fn of(context: &CorpusContext<'_>) -> Self {
        let CorpusView { index, name, facts } = context.view;
        let called = index.places_linked_to(name, facts);
        let mut ways_back = facts.links.iter().filter(|one| one.kind == PointerKind::Backlink);
        let has_the_text = ways_back.all(|link| {
            let destination = index.destination(name, link);
            matches!(destination, Destination::Document { .. } | Destination::NoSuchPlace { .. })
        });
        Self { called, has_the_text }
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_note_without_a_marker_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others, and nobody asked them twice.[3]

Notes

[1] The Courier, 4 May 1956.

[2] Ibid.
^^^ points to note 2

[3] Ibid., p 3.
",
        );
    }

    #[test]
    fn notes_of_tei_that_stand_in_place_or_say_where_they_belong_need_no_marker() {
        fixture::check(
            &super::RULE,
            Format::Tei,
            "\
<TEI><text><body><p>One<note xml:id='n1'>Here.</note> two<note xml:id='n2'>Here.</note>, see
<ref target='#n1'>there</ref>. Three<ref target='#e1'>1</ref>, <anchor xml:id='a3'/>four.</p></body>
<back><note xml:id='e1'>One.</note><note xml:id='e2'>Two.</note>
                                                 ^^ points to note e2
<note xml:id='e3' target='#a3'>Three.</note></back></text></TEI>
",
        );
    }

    #[test]
    fn a_paragraph_that_is_a_note_by_its_class_wants_a_marker() {
        fixture::check(
            &super::RULE,
            Format::Html,
            "\
<p>One.<sup><a href='#n1' name='f1'>1</a></sup> Two.</p>
<p class='note'><a href='#f1' name='n1'>1.</a> One.</p>
<p class='note'><a name='n2'>2.</a> Two; see <a href='#n1'>the first</a>.</p>
                         ^^ points to note n2
",
        );
    }

    #[test]
    fn notes_that_only_speak_of_each_other_are_left_alone() {
        let source = "<li id='a' role='doc-endnote'><p>1. See <a href='#b'>2</a></p></li>\
                      <li id='b' role='doc-endnote'><p>2. Ibid.</p></li>\
                      <li id='c' role='doc-endnote'><p>3. Ibid.</p></li>";
        fixture::check(&super::RULE, Format::Html, source);
    }

    #[test]
    fn the_bullets_of_a_list_are_no_notes() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He was a man of parts* and of few words.

* So the report of 1954.

He wanted three things:
* a seat on the council
* a house by the river
* quiet

----

* And he had them.
",
        );
    }

    #[test]
    fn a_sign_whose_marker_was_lost_is_reported_among_others() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He was there.* She was not.

* So the report.

They met. Nobody knew.

* So the other report.
^ points to note *

He left.* She stayed.

* So the third.

She left.* He knew.

* So the fourth.
",
        );
    }

    #[test]
    fn a_list_to_which_nothing_points_is_left_alone() {
        let source = "He denied it.\n\nNotes\n\n1. One thing.\n\n2. Another thing.\n";
        fixture::check(&super::RULE, Format::Plain, source);
    }
}
