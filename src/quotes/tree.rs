//! The nesting of quotations as a tree, for explaining a finding.

use std::fmt::Write as _;

use crate::markup::Document;

use super::{BlockReading, Reading, Role};

/// Shows the quotations of each block, indented by depth, and what is wrong with them.
pub fn render(source: &str, document: &Document, reading: &Reading) -> String {
    let mut out = String::new();
    for (block, quotes) in document.blocks.iter().zip(&reading.blocks) {
        if quotes.marks.iter().all(|mark| mark.role == Role::Apostrophe) && quotes.faults.is_empty()
        {
            continue;
        }
        let line = source[..block.span.start].matches('\n').count() + 1;
        let _ = writeln!(out, "line {line}: {:?}", block.kind);
        render_block(&mut out, block.prose.text(source), quotes);
    }
    out
}

fn render_block(out: &mut String, text: &str, quotes: &BlockReading) {
    for mark in &quotes.marks {
        let indent = "  ".repeat(usize::from(mark.depth) + 1);
        match (mark.role, mark.partner) {
            (Role::Opens, Some(partner)) => {
                let inside = &text[mark.span.start..quotes.marks[partner].span.end];
                let _ = writeln!(out, "{indent}{}", shortened(inside));
            }
            (Role::Opens, None) => {
                let inside = shortened(&text[mark.span.start..]);
                let _ = writeln!(out, "{indent}{inside} (not closed here)");
            }
            (Role::Stray, _) => {
                let _ = writeln!(out, "{indent}{} (stray)", mark.glyph.character());
            }
            (Role::Closes, None) => {
                let _ = writeln!(out, "{indent}{} (closes nothing here)", mark.glyph.character());
            }
            _ => {}
        }
    }
}

/// The beginning and the end of a long quotation.
fn shortened(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 72 {
        return flat;
    }
    let head: String = flat.chars().take(44).collect();
    let tail: String = flat.chars().skip(flat.chars().count() - 24).collect();
    format!("{head} … {tail}")
}
