//! The sentences of a paragraph.

use unicode_segmentation::UnicodeSegmentation;

use crate::names::Mention;
use crate::text::ProseSpan;

/// What is shortened before a figure: `Vol. 9 No. 17, Sept. 14, pp. 3–4`.
const BEFORE_FIGURES: [&str; 28] = [
    "No", "Nos", "no", "nos", "Vol", "Vols", "vol", "vols", "Ch", "ch", "Art", "art", "Sect",
    "sect", "p", "pp", "fig", "Fig", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct",
    "Nov", "Dec",
];

/// The sentences of a block in order, without the space behind them. Those of Unicode, which knows no
/// language, but a full stop behind a title, an initial or a word that is shortened before a figure ends
/// none. `mentions` are those of the block.
pub(super) fn sentences(prose: &str, mentions: &[Mention]) -> Vec<ProseSpan> {
    let mut found: Vec<ProseSpan> = Vec::new();
    let mut mentions = mentions.iter().peekable();
    for (start, sentence) in prose.split_sentence_bound_indices() {
        let end = start + sentence.trim_end().len();
        while mentions.next_if(|mention| mention.span.end <= start).is_some() {}
        let goes_on = mentions.peek().is_some_and(|mention| {
            mention.span.start < start || mention.has_title && mention.span.start == start
        });
        match found.last_mut() {
            Some(last) if is_shortened(last.of(prose), sentence, goes_on) => last.end = end,
            _ => found.push(ProseSpan::new(start, end)),
        }
    }
    found
}

/// Whether the full stop at the end of `before` is that of a word. `is_named`: a name goes on behind it, or
/// begins and has a title.
fn is_shortened(before: &str, behind: &str, is_named: bool) -> bool {
    let Some(before) = before.strip_suffix('.') else {
        return false;
    };
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    is_named || behind.starts_with(|c: char| c.is_ascii_digit()) && BEFORE_FIGURES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, read};
    use crate::names;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = read(text, Format::Plain, None);
        let block = &document.blocks[0];
        let prose = block.prose.text(text);
        let found = sentences(prose, &names::mentions(prose, block));
        let found: Vec<&str> = found.iter().map(|sentence| sentence.of(prose)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_title_and_an_initial_end_no_sentence() {
        check(
            "He was heard by Mr. Bevan and Dr. E. Summerskill. Mr. J. V. Griffiths was not there. It was late.",
            &[
                "He was heard by Mr. Bevan and Dr. E. Summerskill.",
                "Mr. J. V. Griffiths was not there.",
                "It was late.",
            ],
        );
        check(
            "It was said of G.D.H. Cole at the T.U.C. The motion fell.",
            &["It was said of G.D.H. Cole at the T.U.C.", "The motion fell."],
        );
    }

    #[test]
    fn a_word_that_is_shortened_before_a_figure_ends_none() {
        check(
            "It stood in Vol. 9 No. 17, Sept. 14, p. 3. He read No. 4 and went.",
            &["It stood in Vol. 9 No. 17, Sept. 14, p. 3.", "He read No. 4 and went."],
        );
    }

    #[test]
    fn an_office_ends_one() {
        check("They spoke of the King. Eden rose.", &["They spoke of the King.", "Eden rose."]);
    }
}
