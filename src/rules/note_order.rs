//! Notes whose numbers do not follow each other.

use rustc_hash::FxHashSet;

use crate::markup::{AnchorKind, Format};
use crate::references::{Numbered, Numbers};
use crate::text::Span;

use super::{Check, DocumentContext, Finding, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "note-order",
    summary: "a note marker, or a note, whose number is out of sequence",
    explanation: "\
Reports a note marker whose number does not fit between those before and behind it, and a
note that stands in the wrong place of its list.

    He denied it.[1] She did not.[2] Nobody asked.[4] It was over.[3] They left.[5]
                                                  ^^^

    Notes
    [1] The Courier, 4 May 1956.
    [2] Ibid.
    [3] Ibid., 6 May.
    [4] Ibid.
    [5] Ibid., 7 May.

Mostly two markers changed places when pages were put together, or a number was misread. A
marker that comes again, and numbers that are left out, are not reported here; nor is a text
in which more than a quarter of the numbers would be out of sequence: they follow an order
of their own.
",
    default: Some(Severity::Warning),
    check: Check::Document(check),
};

/// A number of a run at its place.
struct Member {
    number: u32,
    span: Span,
}

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let analysis = context.analysis;
    let document = &analysis.document;
    let numbers = Numbers::of(&analysis.source, document);
    let markers = document.pointers.iter().enumerate().filter_map(|(index, pointer)| {
        let target = analysis.references.target(index).map(|at| &document.anchors[at]);
        let is_marker = !pointer.is_open() && numbers.is_marker(pointer, target);
        is_marker.then(|| {
            labelled(document.format, pointer.scope, &pointer.target, pointer.span, || {
                numbers.of_marker(pointer)
            })
        })?
    });
    report(context, "marker", markers, findings);
    let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
    let notes = notes.filter_map(|note| {
        labelled(document.format, note.scope, &note.label, note.span, || numbers.of_note(note))
    });
    report(context, "note", notes, findings);
    let nameless = document.note_numbers.iter().filter_map(|&span| {
        let number = numbers.of_nameless(span)?;
        Some((0, "", number.value, span))
    });
    report(context, "note", nameless, findings);
}

/// A number in its run, by what the reader sees. Ids count only for what they name together.
fn labelled(
    format: Format,
    scope: u32,
    label: &str,
    span: Span,
    seen: impl FnOnce() -> Option<Numbered>,
) -> Option<(u32, &str, u32, Span)> {
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit());
    if matches!(format, Format::Plain | Format::Markdown) {
        return Some((scope, stem, label[stem.len()..].parse().ok()?, span));
    }
    // An id without a number says nothing; the file that it stands in does.
    let file = label.rsplit_once('#').map_or("", |(file, _)| file);
    let stem = if stem.len() == label.len() { file } else { stem };
    Some((scope, stem, seen()?.value, span))
}

/// Reports what is out of sequence in each run of labels of one kind.
fn report<'a>(
    context: &DocumentContext<'_>,
    what: &str,
    labels: impl Iterator<Item = (u32, &'a str, u32, Span)>,
    findings: &mut Vec<Finding>,
) {
    let mut run: Vec<Member> = Vec::new();
    let mut known: FxHashSet<u32> = FxHashSet::default();
    let mut current: Option<(u32, &str)> = None;
    for (scope, stem, number, span) in labels {
        // Another name for the notes, or a start from 1, begins another run.
        let starts_again = number == 1 && known.contains(&1);
        if current != Some((scope, stem)) || starts_again {
            close(context, what, &mut run, findings);
            known.clear();
            current = Some((scope, stem));
        }
        if known.insert(number) {
            run.push(Member { number, span });
        }
    }
    close(context, what, &mut run, findings);
}

fn close(
    context: &DocumentContext<'_>,
    what: &str,
    run: &mut Vec<Member>,
    findings: &mut Vec<Finding>,
) {
    let run = std::mem::take(run);
    let fitting = longest_ascent(&run);
    if (run.len() - fitting.len()) * 4 > run.len() {
        return;
    }
    for (at, misfit) in run.iter().enumerate() {
        let Err(next) = fitting.binary_search(&at) else {
            continue;
        };
        let number = |fit: &usize| run[*fit].number;
        let before = fitting[..next].last().map(number);
        let place = match (before, fitting.get(next).map(number)) {
            (Some(before), Some(after)) => format!("between {before} and {after}"),
            (Some(before), None) => format!("behind {before}"),
            (None, Some(after)) => format!("before {after}"),
            (None, None) => continue,
        };
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span: misfit.span,
            subject: None,
            message: format!("This {what} has the number {}, but stands {place}.", misfit.number),
            fixes: Vec::new(),
            related: Vec::new(),
        });
    }
}

/// The places of a longest ascending sequence of numbers (patience sorting, O(n log n)).
fn longest_ascent(run: &[Member]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(run.len());
    for (at, one) in run.iter().enumerate() {
        let pile = tails.partition_point(|&tail| run[tail].number < one.number);
        before.push(pile.checked_sub(1).map(|pile| tails[pile]));
        if pile == tails.len() {
            tails.push(at);
        } else {
            tails[pile] = at;
        }
    }
    let mut fitting: Vec<usize> =
        std::iter::successors(tails.last().copied(), |&at| before[at]).collect();
    fitting.reverse();
    fitting
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_number_out_of_sequence_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
One.[1] Two.[2] Five.[5] Three.[3] Four.[4] Six.[6] Six again.[6] Eight.[8] Nine.[9]
                     ^^^ has the number 5, but stands between 2 and 3

Notes

[1] A.
[2] B.
[3] C.
[4] D.
[6] F.
^^^ has the number 6, but stands between 4 and 5
[5] E.
[8] H.
[9] I.
",
        );
    }

    #[test]
    fn what_the_reader_sees_counts_and_not_the_ids() {
        fixture::check(
            &super::RULE,
            Format::Html,
            "\
<p>A<a href='#n1'><sup>1</sup></a> b<a href='#n2'><sup>2</sup></a> c<a href='#n3'><sup>5</sup></a>
                                                                             ^^^ has the number 5
d<a href='#n4'><sup>3</sup></a> e<a href='#n5'><sup>4</sup></a> f<a href='#n6'><sup>6</sup></a></p>
",
        );
        fixture::check(
            &super::RULE,
            Format::Tei,
            "\
<TEI><text><p>A<ref target='#x'>1</ref> b<ref target='#c'>2</ref> c<ref target='#a'>3</ref></p></text>
<back><note xml:id='x'>X.</note><note xml:id='c'>C.</note><note xml:id='a'>A.</note></back></TEI>
",
        );
    }

    #[test]
    fn notes_of_tei_that_stand_in_place_are_counted_by_their_n() {
        fixture::check(
            &super::RULE,
            Format::Tei,
            "\
<TEI><text><p>A<note n='1'>A.</note> b<note n='2'>B.</note> c<note n='5'>C.</note>
                                                                      ^ has the number 5, but stands between 2 and 3
d<note n='3'>D.</note> e<note n='4'>E.</note> f<note n='6'>F.</note> g<note n='1'>G.</note></p></text></TEI>
",
        );
    }

    #[test]
    fn numbers_that_start_again_or_follow_their_own_order_are_left_alone() {
        let again = "One.[1] Two.[2]\n\n[1] A.\n\n[2] B.\n\nOne.[1] Two.[2]\n\n[1] A.\n\n[2] B.\n";
        fixture::check(&super::RULE, Format::Plain, again);
        let own = "One.[7] Two.[2] Three.[9] Four.[1]\n\nNotes\n\n[1] A.\n[2] B.\n[7] C.\n[9] D.\n";
        fixture::check(&super::RULE, Format::Plain, own);
    }
}
