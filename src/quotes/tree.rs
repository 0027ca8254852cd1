//! The nesting of quotations as a tree, for explaining a finding.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::markup::{BlockKind, Document, Inline};
use crate::text::LineIndex;

use super::{BlockReading, FaultKind, Reading, Role};

/// Shows the quotations of each block, indented by depth, and what is wrong with them.
pub fn render(source: &str, document: &Document, reading: &Reading) -> String {
    let mut out = String::new();
    let lines = LineIndex::of(source);
    for (block, quotes) in document.blocks.iter().zip(&reading.blocks) {
        let tree = render_block(block.prose.text(source), &block.inlines, quotes);
        if tree.is_empty() {
            continue;
        }
        let line = lines.line_of(block.span.start) + 1;
        let kind = match block.kind {
            BlockKind::Heading(_) => "Heading".to_owned(),
            kind => format!("{kind:?}"),
        };
        let _ = writeln!(out, "line {line}: {kind}");
        out += &tree;
    }
    out
}

/// The quotations that elements give, while the marks between them are gone through.
struct Tagged<'a> {
    rest: std::iter::Peekable<std::vec::IntoIter<&'a Inline>>,
    /// Where those end that are open.
    open: Vec<usize>,
}

impl<'a> Tagged<'a> {
    fn of(inlines: &'a [Inline]) -> Self {
        let mut all: Vec<&Inline> = inlines.iter().filter(|one| one.is_quotation()).collect();
        all.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
        Self { rest: all.into_iter().peekable(), open: Vec::new() }
    }

    /// Shows those that begin before byte `at` of the prose; `depth` other quotations are open around them.
    fn render(&mut self, out: &mut String, text: &str, at: usize, depth: usize) {
        while let Some(one) = self.rest.next_if(|one| one.span.start <= at) {
            self.open.retain(|end| *end > one.span.start);
            let indent = "  ".repeat(depth + self.open.len() + 1);
            let _ = writeln!(out, "{indent}{} (by markup)", shortened(one.span.of(text)));
            self.open.push(one.span.end);
        }
        self.open.retain(|end| *end > at);
    }
}

fn render_block(text: &str, inlines: &[Inline], quotes: &BlockReading) -> String {
    let mut out = String::new();
    let mut tagged = Tagged::of(inlines);
    // How many quotations of marks are open.
    let mut depth = 0;
    let mut wrong: FxHashMap<usize, FaultKind> = FxHashMap::default();
    for fault in &quotes.faults {
        wrong.entry(fault.span.start).or_insert(fault.kind);
    }
    for mark in &quotes.marks {
        tagged.render(&mut out, text, mark.span().start, depth);
        depth = usize::from(mark.depth) + usize::from(mark.role == Role::Opens);
        let fault = wrong.remove(&mark.span().start);
        let character = mark.glyph.character().to_string();
        let (shown, what) = match (mark.role, mark.partner()) {
            (Role::Opens, Some(partner)) => {
                (shortened(&text[mark.span().start..quotes.marks[partner].span().end]), None)
            }
            (Role::Opens, None) => {
                let goes_on =
                    if quotes.goes_on > 0 { "goes on below" } else { "ends with another" };
                (shortened(&text[mark.span().start..]), Some(goes_on))
            }
            (Role::Closes, Some(_)) if fault.is_none() => continue,
            (Role::Closes, None) => (character, Some("closes what opened above")),
            (Role::Stray, _) => (character, Some("stray")),
            _ if fault.is_none() => continue,
            _ => (character, None),
        };
        let what = fault.map(words).or(what).map(|what| format!(" ({what})")).unwrap_or_default();
        let indent = "  ".repeat(usize::from(mark.depth) + tagged.open.len() + 1);
        let _ = writeln!(out, "{indent}{shown}{what}");
    }
    tagged.render(&mut out, text, text.len(), depth);
    // What is wrong with words stands behind the marks.
    let of_words = quotes.faults.iter().filter(|fault| wrong.contains_key(&fault.span.start));
    for fault in of_words {
        let _ = writeln!(out, "  {} ({})", shortened(fault.span.of(text)), words(fault.kind));
    }
    out
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
    // Whole words, where the text has any.
    let head = head.rsplit_once(' ').map_or(&*head, |(words, _)| words);
    let tail = tail.split_once(' ').map_or(&*tail, |(_, words)| words);
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

    #[test]
    fn quotations_by_markup_and_long_ones_are_shown() {
        let long =
            "a ‘long quotation whose middle is left out where it is told in the tree of a block’";
        let text = format!(
            "<TEI><text><body><p>He said <q>I go, <q>nor “you”</q></q> and <q>so</q>.</p>\
             <p>It was 5′ 10″ wide.</p><head>{long}</head></body></text></TEI>"
        );
        let document = markup::read(&text, Format::Tei, None);
        let reading = read(&text, &document, &Settings::default());
        let expected = "\
line 1: Paragraph
  I go, nor “you” (by markup)
    nor “you” (by markup)
      “you”
  so (by markup)
line 1: Heading
  ‘long quotation whose middle is left out … in the tree of a block’
";
        assert_eq!(super::render(&text, &document, &reading), expected);
    }
}
