//! From the faults of the quotation parse to findings: what the quotation rules share.

use crate::corpus::Analysis;
use crate::quotes::{Fault, FaultKind};
use crate::text::Span;

use super::{DocumentContext, Edit, Finding, Fix, Related};

/// Reports the faults of these kinds under the name of a rule.
pub(super) fn report(
    rule: &'static str,
    context: &DocumentContext<'_>,
    kinds: &[FaultKind],
    findings: &mut Vec<Finding>,
) {
    let analysis = context.analysis;
    for (block, reading) in analysis.quotes.blocks.iter().enumerate() {
        for fault in reading.faults.iter().filter(|fault| kinds.contains(&fault.kind)) {
            findings.push(Finding {
                rule,
                severity: context.severity,
                span: analysis.to_source(block, fault.span),
                message: message(analysis, block, fault),
                subject: None,
                fixes: fixes(analysis, block, fault),
                related: related(analysis, block, fault),
            });
        }
    }
}

fn message(analysis: &Analysis, block: usize, fault: &Fault) -> String {
    let mark = fault.glyph.character();
    let right = fault.repairs.first().map_or("", |repair| repair.text.as_str());
    match fault.kind {
        FaultKind::Unclosed => {
            let line = line_of(&analysis.source, analysis.to_source(block, fault.span));
            let unit = if is_note(analysis, block) { "note" } else { "paragraph" };
            format!("This quotation opened in line {line} is not closed; the {unit} ends first.")
        }
        FaultKind::Unopened => format!("This {mark} closes a quotation that was not opened."),
        FaultKind::Mismatched if fault.partner.is_some() => {
            format!("This {mark} does not fit the other end of the quotation; expected {right}.")
        }
        FaultKind::Mismatched => format!("This {mark} does not fit here; expected {right}."),
        FaultKind::Direction => {
            format!("This {mark} points the wrong way; expected {right}.")
        }
        FaultKind::NotRepeated => {
            format!("A quotation goes on in this paragraph, which does not begin with its {mark}.")
        }
        FaultKind::Doubled => format!("This {mark} stands twice."),
        FaultKind::Nesting => {
            format!("This {mark} opens a quotation inside one with the same marks.")
        }
        FaultKind::Apostrophe => {
            format!("This {mark} is an apostrophe and points the wrong way; expected {right}.")
        }
    }
}

fn is_note(analysis: &Analysis, block: usize) -> bool {
    analysis.document.blocks[block].kind == crate::markup::BlockKind::Note
}

/// The line of a place, counted from 1. Only findings pay for it.
fn line_of(source: &str, span: Span) -> usize {
    1 + memchr::memchr_iter(b'\n', &source.as_bytes()[..span.start]).count()
}

fn fixes(analysis: &Analysis, block: usize, fault: &Fault) -> Vec<Fix> {
    let prose = &analysis.document.blocks[block].prose;
    fault
        .repairs
        .iter()
        .filter(|repair| prose.is_contiguous(repair.span))
        .map(|repair| Fix {
            title: title(fault, &repair.text),
            safe: is_safe(fault.kind),
            edits: vec![Edit { span: prose.to_source(repair.span), text: repair.text.clone() }],
        })
        .collect()
}

fn title(fault: &Fault, text: &str) -> String {
    match fault.kind {
        FaultKind::Unclosed => format!("Close the quotation with {text}"),
        FaultKind::Unopened => format!("Open the quotation with {text}"),
        FaultKind::NotRepeated => format!("Begin the paragraph with {text}"),
        FaultKind::Doubled => format!("Take out this {}", fault.glyph.character()),
        _ => format!("Write {text} for {}", fault.glyph.character()),
    }
}

/// A mark that is only turned changes nothing that the text says; where a missing mark
/// belongs is a guess.
fn is_safe(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Direction | FaultKind::Apostrophe)
}

fn related(analysis: &Analysis, block: usize, fault: &Fault) -> Vec<Related> {
    let message = match fault.partner_block {
        Some(partner) if partner > block => "The quotation goes on here.",
        Some(_) => "The quotation opened here.",
        None => "The other end of the quotation is here.",
    };
    let block = fault.partner_block.unwrap_or(block);
    let partner = fault.partner.map(|partner| Related {
        document: None,
        span: analysis.to_source(block, partner),
        message: message.to_owned(),
    });
    partner.into_iter().collect()
}
