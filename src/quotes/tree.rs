//! The nesting of quotations as a tree, for explaining a finding.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::markup::Document;
use crate::text::LineIndex;

use super::{BlockReading, FaultKind, Reading, Role};

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
    let mut wrong: FxHashMap<usize, FaultKind> = FxHashMap::default();
    for fault in &quotes.faults {
        wrong.entry(fault.span.start).or_insert(fault.kind);
    }
    for mark in &quotes.marks {
        let fault = wrong.remove(&mark.span.start);
        let character = mark.glyph.character().to_string();
        let (shown, what) = match (mark.role, mark.partner()) {
            (Role::Opens, Some(partner)) => {
                (shortened(&text[mark.span.start..quotes.marks[partner].span.end]), None)
            }
            (Role::Opens, None) => {
                let goes_on =
                    if quotes.goes_on > 0 { "goes on below" } else { "ends with another" };
                (shortened(&text[mark.span.start..]), Some(goes_on))
            }
            (Role::Closes, Some(_)) if fault.is_none() => continue,
            (Role::Closes, None) => (character, Some("closes what opened above")),
            (Role::Stray, _) => (character, Some("stray")),
            _ if fault.is_none() => continue,
            _ => (character, None),
        };
        let what = fault.map(words).or(what).map(|what| format!(" ({what})")).unwrap_or_default();
        let indent = "  ".repeat(usize::from(mark.depth) + 1);
        let _ = writeln!(out, "{indent}{shown}{what}");
    }
    // What is wrong with words stands behind the marks.
    let of_words = quotes.faults.iter().filter(|fault| wrong.contains_key(&fault.span.start));
    for fault in of_words {
        let _ = writeln!(out, "  {} ({})", shortened(fault.span.of(text)), words(fault.kind));
    }
}

/// What is wrong with a mark or a word.
fn words(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Unclosed => "not closed",
        FaultKind::Unopened => "closes what was not opened",
        FaultKind::Mismatched => "does not fit the other end",
        FaultKind::Direction => "points the wrong way",
        FaultKind::Doubled => "stands twice",
        FaultKind::Nesting => "has the marks of the quotation around it",
        FaultKind::Apostrophe => "an apostrophe that points the wrong way",
        FaultKind::Possessive => "a possessive unlike the others of its list",
        FaultKind::NotRepeated => "a quotation goes on here without its mark",
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

#[cfg(test)]
mod tests {
    use crate::markup::{self, Format};
    use crate::quotes::{Settings, read};

    #[test]
    fn each_mark_is_shown_with_what_is_wrong_with_it() {
        let text = "‘It was so,’ he said, ‘as they say.\n\n‘They spoke of “order”.’\n\nHe spoke of a ‘new \
                    course.\n\nHe spoke of ‘old times‘ too.\n\nAnd ‘tis over.\n";
        let document = markup::read(text, Format::Plain, None);
        let reading = read(text, &document, &Settings::default());
        let expected = "\
line 1: Paragraph
  ‘It was so,’
  ‘as they say. (goes on below)
line 3: Paragraph
  ‘They spoke of “order”.’
    “order”
line 5: Paragraph
  ‘new course. (not closed)
line 7: Paragraph
  ‘old times‘
  ‘ (points the wrong way)
line 9: Paragraph
  ‘ (an apostrophe that points the wrong way)
";
        assert_eq!(super::render(text, &document, &reading), expected);
    }
}
