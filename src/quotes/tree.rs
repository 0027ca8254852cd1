//! The nesting of quotations as a tree, for explaining a finding.

use std::fmt::Write as _;

use crate::markup::Document;
use crate::text::LineIndex;

use super::{BlockReading, Reading, Role};

/// Shows the quotations of each block, indented by depth, and what is wrong with them.
pub fn render(source: &str, document: &Document, reading: &Reading) -> String {
    let mut out = String::new();
    let lines = LineIndex::of(source);
    for (block, quotes) in document.blocks.iter().zip(&reading.blocks) {
        if quotes.marks.iter().all(|mark| mark.role == Role::Apostrophe) && quotes.faults.is_empty()
        {
            continue;
        }
        let line = lines.line_of(block.span.start) + 1;
        let _ = writeln!(out, "line {line}: {:?}", block.kind);
        render_block(&mut out, block.prose.text(source), quotes);
    }
    out
}

fn render_block(out: &mut String, text: &str, quotes: &BlockReading) {
    for mark in &quotes.marks {
        let indent = "  ".repeat(usize::from(mark.depth) + 1);
        match (mark.role, mark.partner()) {
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

/// What is shown of a quotation, in characters; of a longer one the beginning and the end.
const WIDTH: usize = 72;
const HEAD: usize = 44;
const TAIL: usize = 24;

/// What is looked at from either end, in bytes: ample for what is shown.
const REACH: usize = 1024;

/// The beginning and the end of a long quotation.
fn shortened(text: &str) -> String {
    let flat = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let (start, end) = if text.len() <= 2 * REACH {
        let whole = flat(text);
        if whole.chars().count() <= WIDTH {
            return whole;
        }
        (whole.clone(), whole)
    } else {
        let (head, tail) = (text.floor_char_boundary(REACH), text.len() - REACH);
        (flat(&text[..head]), flat(&text[text.ceil_char_boundary(tail)..]))
    };
    let head: String = start.chars().take(HEAD).collect();
    let tail: String = end.chars().skip(end.chars().count().saturating_sub(TAIL)).collect();
    format!("{head} … {tail}")
}
