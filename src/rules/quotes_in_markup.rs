//! Quotation marks and quotations given by markup (`<q>`, `<quote>`, `rend="quoted"`): each ends inside
//! of the other or behind it, and a mark at the head of a quotation by markup has its like at the end.

use crate::markup::Block;
use crate::quotes::{Fault, FaultKind, MOST_FAULTS, Mark, Repair};
use crate::text::ProseSpan;

use super::{DocumentContext, Finding, Related};

/// A mark touches a tag if no letter stands between them, in so many bytes at most.
const NEAR: usize = 200;

/// Reports quotations of which one end stands inside of a quotation given by markup and the other
/// outside. A mark that touches the tag may stand on either side of it. Linear: each mark is compared with the
/// innermost element around it.
pub(super) fn report_crossings(
    rule: &'static str,
    context: &DocumentContext<'_>,
    findings: &mut Vec<Finding>,
) {
    let analysis = context.analysis;
    for (number, block) in analysis.document.blocks.iter().enumerate() {
        let marks = &analysis.quotes.blocks[number].marks;
        let at = |mark: &Mark| analysis.to_source(number, mark.span());
        for (mark, partner) in crossings(analysis.prose(number), marks, quotations(block)) {
            let opens = mark.span().start < partner.span().start;
            let message = if opens {
                "This quotation opens inside of one that the markup ends before it closes."
                    .to_owned()
            } else {
                let mark = mark.glyph.character();
                format!(
                    "This {mark} closes a quotation that opened before the one that the markup begins."
                )
            };
            let does = if opens { "closes" } else { "opened" };
            let related = Related {
                document: None,
                span: at(partner),
                message: format!("The quotation {does} here.").into(),
            };
            findings.push(Finding {
                rule,
                severity: context.severity,
                span: at(mark),
                message,
                subject: None,
                fixes: Vec::new(),
                related: vec![related],
            });
        }
    }
}

/// The marks, each with the other of its pair, of which one stands inside of an element and the other
/// outside; no more than are told of any mistake. The elements come in the order of the prose, outer ones first.
fn crossings<'m>(
    prose: &str,
    marks: &'m [Mark],
    elements: impl Iterator<Item = ProseSpan>,
) -> Vec<(&'m Mark, &'m Mark)> {
    let mut elements = elements.peekable();
    let mut around: Vec<ProseSpan> = Vec::new();
    // The numbers of marks whose pairs were found, in order.
    let mut known: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    if elements.peek().is_none() {
        return found;
    }
    for (number, mark) in marks.iter().enumerate() {
        while let Some(element) = elements.next_if(|element| element.start <= mark.span().start) {
            around.push(element);
        }
        while around.last().is_some_and(|element| element.end < mark.span().end) {
            around.pop();
        }
        let (Some(&element), Some(partner)) = (around.last(), mark.partner()) else {
            continue;
        };
        let is_known = known.binary_search(&partner).is_ok();
        if !is_known && crosses(prose, mark.span(), marks[partner].span(), element) {
            known.push(number);
            found.push((mark, &marks[partner]));
        }
        if found.len() == MOST_FAULTS {
            break;
        }
    }
    found
}

/// Whether of a pair the mark `inner` stands inside of an element and `outer` outside.
fn crosses(prose: &str, inner: ProseSpan, outer: ProseSpan, element: ProseSpan) -> bool {
    let has_words = |from, to| has_words(prose, from, to);
    if outer.start >= element.end {
        has_words(inner.end, element.end) && has_words(element.end, outer.start)
    } else {
        outer.end <= element.start
            && has_words(outer.end, element.start)
            && has_words(element.start, inner.start)
            && has_words(inner.end, element.end)
    }
}

fn has_words(prose: &str, from: usize, to: usize) -> bool {
    let end = prose.floor_char_boundary(to.min(from + NEAR));
    prose[from..end.max(from)].contains(char::is_alphanumeric)
}

fn quotations(block: &Block) -> impl Iterator<Item = ProseSpan> + '_ {
    block.inlines.iter().filter(|inline| inline.is_quotation()).map(|inline| inline.span)
}

/// The repair of a mark without its like that stands at the head or the end of a quotation given by
/// markup: the like belongs at the other end of it.
pub(super) fn repair(block: &Block, prose: &str, fault: &Fault) -> Option<Repair> {
    let text = fault.repairs.first()?.text.clone();
    let is_touched = |from: usize, to: usize| to - from < NEAR && !has_words(prose, from, to);
    let mut around = quotations(block)
        .filter(|element| element.start <= fault.span.start && fault.span.end <= element.end);
    let at = match fault.kind {
        FaultKind::Unclosed => {
            around.find(|element| is_touched(element.start, fault.span.start))?.end
        }
        FaultKind::Unopened => {
            around.find(|element| is_touched(fault.span.end, element.end))?.start
        }
        _ => return None,
    };
    Some(Repair { span: ProseSpan::gap(at), text })
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::{fixture, unbalanced_quotes};

    #[test]
    fn marks_and_markup_are_nested() {
        fixture::check(
            &unbalanced_quotes::RULE,
            Format::Tei,
            "\
<TEI><text><body><p>He said <q>it ‘is so</q> for us’, and they went.</p>
                                  ^ opens inside of one that the markup ends
<p>He said ‘it is <quote>so for’ us</quote>, and they went.</p>
                               ^ closes a quotation that opened before
<p>‘<q>It is so</q>’, <q>‘it was’</q>, ‘<q>it will be’</q>, <q>‘so</q>’, and <q>she said ‘no’</q>.</p>
<p>He said that ‘it is <quote>so for us’</quote>, and ‘it <q>was</q> so’.</p>
<p>He said <q>it <q>was ‘so</q> for them</q> all’ there, and <q>it was ‘so <q>for</q> them’</q>.</p>
                        ^ opens inside of one that the markup ends
</body></text></TEI>
",
        );
    }

    #[test]
    fn a_missing_mark_belongs_at_the_other_end_of_the_element() {
        for (format, before, after) in [
            (
                Format::Tei,
                "<p>He said <q>‘it is so</q> and went home.</p>",
                "<p>He said <q>‘it is so’</q> and went home.</p>",
            ),
            (
                Format::Html,
                "<p>He said <q>it is so,”</q> and went home.</p>",
                "<p>He said <q>“it is so,”</q> and went home.</p>",
            ),
        ] {
            let findings = fixture::findings(&unbalanced_quotes::RULE, format, before);
            let edit = &findings[0].fixes[0].edits[0];
            let mut fixed = before.to_owned();
            fixed.replace_range(edit.span.range(), &edit.text);
            assert_eq!(fixed, after);
        }
    }
}
