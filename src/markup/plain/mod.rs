//! Plain text, which has no markup but a layout: a header block, headings, paragraphs
//! on one line or hard-wrapped, extracts and verse set in, notes at the end.
//!
//! Nothing here can be wrong in a way that loses text: every line that is not blank
//! ends up in exactly one block, and every block's prose is the source itself.

mod before;
mod division;
mod gutenberg;
mod header;
mod headings;
mod inlines;
mod layout;
mod lines;
mod notes;
mod runs;
mod shape;
mod signs;

use crate::text::Span;

use super::boilerplate;
use super::language_guess;
use super::{Anchor, AnchorKind, Block, BlockKind, Document, Format, Hints, Prose};

pub(super) use before::{Before, Kept};

/// Reads plain text, after what is known from the version `before` it. Linear in `source`.
pub(super) fn read_on(source: &str, hints: Hints, before: Option<Before<'_>>) -> (Document, Kept) {
    let lines = lines::split(source);
    let is_of_gutenberg = hints.is_of_gutenberg || boilerplate::is_there(source);
    let named = || if is_of_gutenberg { gutenberg::language(source) } else { None };
    let language = hints.language.or_else(named).unwrap_or_else(|| language_guess::of_text(source));
    let layout = layout::Layout::of(&lines);
    let mut pieces = shape::pieces(source, &lines, layout);
    header::mark(source, &mut pieces);
    headings::mark(source, &mut pieces);
    if is_of_gutenberg {
        gutenberg::mark(source, &mut pieces);
    }
    let notes = notes::mark(source, &mut pieces, is_of_gutenberg);

    let mut document = Document { format: Format::Plain, language, ..Document::default() };
    document.blocks.reserve(pieces.len());
    let run_ins = headings::run_ins(source, &pieces);
    for (index, piece) in pieces.iter().enumerate() {
        push_blocks(source, piece, run_ins.get(&index).copied(), before.as_ref(), &mut document);
    }
    document.anchors.extend(notes.anchors());
    document.anchors.sort_by_key(|anchor| anchor.span.start);
    let kept = Kept::of(&notes);
    let is_bare =
        |block: &Block| before.as_ref().is_some_and(|before| before.is_bare(block, &kept));
    inlines::mark(source, &notes, &is_bare, &mut document);
    runs::pair(source, &notes, &mut document);
    (document, kept)
}

/// A stretch of lines on its way to becoming a block.
#[derive(Clone, Debug)]
struct Piece {
    kind: BlockKind,
    /// Without the indent of its first line.
    span: Span,
    /// Number of lines.
    lines: usize,
    /// Blank lines before it.
    blanks_before: usize,
    /// Where the prose starts, if a note's label stands before it.
    body: usize,
}

fn push_blocks(
    source: &str,
    piece: &Piece,
    run_in: Option<Span>,
    before: Option<&Before<'_>>,
    document: &mut Document,
) {
    let mut body = Span::new(piece.body, piece.span.end);
    let known = before.and_then(|before| before.language(body, document.language));
    let language =
        known.unwrap_or_else(|| language_guess::of_block(body.of(source), document.language));
    let mut push = |kind, span: Span| {
        if !span.is_empty() {
            document.blocks.push(Block {
                kind,
                span,
                prose: Prose::verbatim(span),
                language,
                quotation_depth: u8::from(piece.kind == BlockKind::Extract),
                inlines: Vec::new(),
            });
        }
    };
    if let Some(head) = run_in {
        push(BlockKind::Heading(headings::RUN_IN_LEVEL), head);
        let gap = Span::new(head.end, body.end).of(source);
        body.start = head.end + (gap.len() - gap.trim_start().len());
        document.anchors.push(heading_anchor(source, head));
    }
    push(piece.kind, body);
    if matches!(piece.kind, BlockKind::Heading(_)) {
        document.anchors.push(heading_anchor(source, piece.span));
    }
}

fn heading_anchor(source: &str, span: Span) -> Anchor {
    let label = span.of(source).trim_end_matches(':').split_whitespace().collect::<Vec<_>>();
    Anchor {
        kind: AnchorKind::Heading,
        label: label.join(" "),
        span,
        extent: span,
        scope: 0,
        needs_marker: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block as `kind: text`, with inlines in braces.
    fn blocks(source: &str) -> Vec<String> {
        let document = read_on(source, Hints::default(), None).0;
        document
            .blocks
            .iter()
            .map(|block| {
                let text = block.prose.text(source);
                let kind = format!("{:?}", block.kind);
                format!("{kind}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    fn notes(source: &str) -> (Vec<String>, Vec<String>) {
        let document = read_on(source, Hints::default(), None).0;
        let anchors = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
        (
            document.pointers.iter().map(|pointer| pointer.span.of(source).to_owned()).collect(),
            anchors.map(|anchor| anchor.span.of(source).to_owned()).collect(),
        )
    }

    const LONG: &str = "The congress of the party met in the capital for nine days, and what it \
        decided was printed in full on the tenth, to the surprise of all who had thought the \
        matter closed long before the delegates arrived.";

    #[test]
    fn a_header_block_is_told_from_the_text() {
        let source = format!(
            "Anna Vernon 1956\n\nThe Long Thaw: I:\nA Year After\n\n\nSource: The Courier, 3 March \
             1956. Transcribed by N.N.\n\n\n{LONG}\n\n{LONG}\n"
        );
        let read = blocks(&source);
        assert_eq!(read[0], "Byline: Anna Vernon 1956");
        assert_eq!(read[1], "Title: The Long Thaw: I: A Year After");
        assert!(read[2].starts_with("Credits: Source:"), "{read:#?}");
        assert!(read[3].starts_with("Paragraph: The congress"), "{read:#?}");
        assert_eq!(read.len(), 5);
    }

    #[test]
    fn hard_wrapped_and_one_line_paragraphs_give_the_same_blocks() {
        let wrapped = "Of the two men the elder had said least, and what he\n\
            said was remembered for being so very plainly put, as\n\
            though he spoke to children.\n\n\
            Of the younger nothing was recorded but his vote, for he\n\
            had come late.\n";
        let one_line = wrapped.replace("he\nsaid", "he said").replace("as\nthough", "as though");
        let one_line = one_line.replace("he\nhad", "he had");
        assert_eq!(blocks(wrapped), blocks(&one_line));
        assert_eq!(blocks(wrapped).len(), 2);
    }

    #[test]
    fn paragraphs_marked_only_by_an_indented_first_line_are_separate() {
        let source = "   Of the two men the elder had said least, and what he\n\
            said was remembered for being so very plainly put, as\n\
            though he spoke to children.\n   \
            Of the younger nothing was recorded but his vote, for he\n\
            had come late to the hall and left before the end of it.\n";
        assert_eq!(blocks(source).len(), 2);
    }

    #[test]
    fn extracts_and_verse_are_told_by_indentation() {
        let source = format!(
            "{LONG}\n\n    It has been resolved that the accounts of the district shall be laid\n    \
             before the committee every quarter, and printed.\n\n{LONG}\n\n    Slow the river, slow \
             the barge,\n    Slow the man upon the quay;\n    Quick the order, quick the \
             charge,\n    Quick the word that set him free.\n\n{LONG}\n"
        );
        let kinds: Vec<_> = read_on(&source, Hints::default(), None)
            .0
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect();
        use BlockKind::{Extract, Paragraph, Verse};
        assert_eq!(kinds, [Paragraph, Extract, Paragraph, Verse, Paragraph]);
    }

    #[test]
    fn a_run_in_subhead_is_a_heading_but_a_speaker_is_not() {
        let source = format!(
            "{LONG}\n\nHalf a Loaf, Half a Stone: Yet nothing was settled. {LONG}\n\n\
             The Chairman: I do not know. {LONG}\n\nThe Chairman: I said so. {LONG}\n"
        );
        let headings: Vec<_> =
            blocks(&source).into_iter().filter(|block| block.starts_with("Heading")).collect();
        assert_eq!(headings, ["Heading(4): Half a Loaf, Half a Stone:"]);
    }

    #[test]
    fn headings_stand_alone() {
        let source = format!(
            "{LONG}\n\nIV\n\n{LONG}\n\nThe Old Guard\n\n{LONG}\n\nHe was silent\n\n{LONG}\n"
        );
        let headings: Vec<_> =
            blocks(&source).into_iter().filter(|block| block.starts_with("Heading")).collect();
        assert_eq!(headings, ["Heading(2): IV", "Heading(3): The Old Guard"]);
    }

    #[test]
    fn notes_under_a_heading_and_their_markers() {
        let source = format!(
            "{LONG}[1] He had said so before.[2]\n\n{LONG}\n\nNotes\n\n1. The Courier, 4 May.\n\
             2. Ibid.\n"
        );
        assert_eq!(
            notes(&source),
            (vec!["[1]".into(), "[2]".into()], vec!["1.".into(), "2.".into()])
        );
    }

    #[test]
    fn notes_after_a_rule_with_signs() {
        let source = format!(
            "He was a man of parts* and of whole numbers.† {LONG} *Never* was it so.\n\n\
             --------\n\n* So the report.\n\n† Not in the report.\n"
        );
        assert_eq!(notes(&source), (vec!["*".into(), "†".into()], vec!["*".into(), "†".into()]));
    }

    #[test]
    fn superscripts_are_markers_only_where_notes_are_numbered() {
        let source = format!("{LONG}¹ A field of 3 km² and more.²\n\n_____\n\n¹ One.\n² Two.\n");
        let (markers, anchors) = notes(&source);
        assert_eq!(markers, ["¹", "²"]);
        assert_eq!(anchors, ["¹", "²"]);
        let (markers, _) = notes("A field of 3 km² and more.");
        assert!(markers.is_empty());
    }

    #[test]
    fn a_superscript_behind_a_small_word_is_no_power() {
        let notes_of = "\n\n_____\n\n¹ One.\n\n² Two.\n\n³ Three.\n";
        let source =
            format!("{LONG} Then he came in¹ by the door of 3 in² and g = 9.8 m/s².{notes_of}");
        assert_eq!(notes(&source).0, ["¹"]);
        assert_eq!(notes(&format!("{LONG} They looked in² at the ft² of it.{notes_of}")).0, ["²"]);
    }

    #[test]
    fn numbers_in_parentheses_are_markers_only_where_they_touch_a_word_or_have_notes() {
        let source = format!(
            "He gave reasons: (1) the cost, (2) the delay. {LONG}(1)\n\nNotes\n\n(1) Of 4 May.\n"
        );
        let (markers, anchors) = notes(&source);
        assert_eq!((markers.len(), anchors.len()), (1, 1));
        assert!(notes("He gave two: (1) the cost, (2) the delay.").0.is_empty());
    }

    #[test]
    fn every_byte_that_is_not_white_space_stands_in_one_block_or_label() {
        let source =
            format!("Title\n\n{LONG}[1]\n\n  - one\n  - two\n\n----\n\n[1] Note.\r\rEnd\u{c}x");
        let document = read_on(&source, Hints::default(), None).0;
        let mut at = 0;
        for block in &document.blocks {
            assert!(block.span.start >= at, "blocks in order");
            at = block.span.end;
        }
        let covered: usize = document
            .blocks
            .iter()
            .map(|block| block.span.of(&source).chars().filter(|c| !c.is_whitespace()).count())
            .sum();
        let all = source.chars().filter(|c| !c.is_whitespace()).count();
        // The label `[1]` and the rule are not prose.
        assert_eq!(all - covered, "[1]".len() + "----".len());
    }
}
