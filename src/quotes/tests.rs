//! What holds of every text: balanced quotations have no fault, and a lost mark is missed.

mod balanced;
mod english;
mod languages;
mod over_blocks;
mod print;
mod prose;
mod slips;

use proptest::prelude::*;

use crate::markup::{self, Format, Language};

use super::{Settings, read};

/// How many faults the plain text has.
pub(super) fn faults(text: &str) -> usize {
    let document = markup::read(text, Format::Plain, None);
    read(text, &document, &Settings::default()).blocks.iter().map(|block| block.faults.len()).sum()
}

/// The plain text with the first repair of each fault.
fn mended(text: &str) -> String {
    let document = markup::read(text, Format::Plain, None);
    let reading = read(text, &document, &Settings::default());
    let mut edits = Vec::new();
    for (block, found) in document.blocks.iter().zip(&reading.blocks) {
        for repair in found.faults.iter().filter_map(|fault| fault.repairs.first()) {
            edits.push((block.prose.to_source(repair.span), repair.text.clone()));
        }
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut mended = text.to_owned();
    for (span, text) in edits {
        mended.replace_range(span.start..span.end, &text);
    }
    mended
}

proptest! {
    #[test]
    fn anything_is_parsed(
        text in "[‘’“”„«»'\"(\\[aAs1 .,:;!?—<\\-\n]{0,60}",
        language in prop::sample::select(vec![None, Some("en"), Some("de"), Some("fr"), Some("sv")]),
    ) {
        let document = markup::read(&text, Format::Plain, language.map(Language::from_tag));
        let reading = read(&text, &document, &Settings::default());
        for (block, reading) in document.blocks.iter().zip(&reading.blocks) {
            let prose = block.prose.text(&text);
            for repair in reading.faults.iter().flat_map(|fault| &fault.repairs) {
                prop_assert!(prose.get(repair.span.range()).is_some());
            }
        }
    }
}

#[test]
fn a_long_paragraph_of_marks_takes_no_more_than_its_length() {
    for pattern in ["‘’", "“‘", "“x ", "’ ", "‘a “b ’c ", "x.“b ", "b”x ", "“A. B! c, he said “ "]
    {
        let text = pattern.repeat(200_000 / pattern.len());
        // The findings do not matter; that the reading ends does.
        for tells_all in [false, true] {
            let document = markup::read(&text, Format::Plain, None);
            read(&text, &document, &Settings { tells_all, ..Settings::default() });
        }
    }
}

#[test]
fn a_quotation_that_words_of_saying_follow_was_over() {
    assert_eq!(faults("‘You are hungry, I remarked.\n\n‘Starving,’ said he.\n"), 1);
    assert_eq!(faults("‘You are hungry,’ I remarked.\n\n‘Starving,’ said he.\n"), 0);
}

#[test]
fn letters_repeat_their_marks_at_the_close() {
    assert_eq!(faults("“I shall come on Monday.\n\n“Believe me, “Yours ever, “John.”\n"), 0);
}

#[test]
fn a_mark_that_is_not_repeated_is_one_mistake() {
    let speech = "It was in the spring of that year that the first of them came back to us.";
    let repeated = format!("“{speech}\n\n“{speech}\n\n“{speech}\n\n“{speech}”\n");
    assert_eq!(faults(&repeated), 0);
    let broken = format!("“{speech}\n\n“{speech}\n\n“{speech}\n\n{speech}”\n");
    assert_eq!(faults(&broken), 1);
}

#[test]
fn a_paragraph_that_goes_on_without_its_mark_is_told_at_its_head() {
    let speech = "It was in the spring of that year that the first of them came back to us.";
    let text = format!("“{speech}\n\n{speech}\n\n“{speech}\n\n“{speech}”\n");
    let document = markup::read(&text, Format::Plain, None);
    let reading = read(&text, &document, &Settings::default());
    let found: Vec<_> = reading
        .blocks
        .iter()
        .map(|block| block.faults.iter().map(|f| f.kind).collect::<Vec<_>>())
        .collect();
    assert_eq!(found, [vec![], vec![super::FaultKind::NotRepeated], vec![], vec![]]);
}

#[test]
fn a_text_may_begin_in_the_middle_of_a_speech() {
    let rest = "\n\n‘I do not,’ said he, ‘agree.’\n";
    assert_eq!(faults(&format!("I agree with Ulysses. That is what he says.’{rest}")), 0);
    assert_eq!(faults(&format!("‘So.’\n\nI agree with Ulysses. That is what he says.’{rest}")), 1);
}

#[test]
fn a_speech_that_another_speaker_answers_was_over() {
    let speech = "‘No,’ replied Khlobuev. ‘I shall remove to the town, where there is music.";
    assert_eq!(faults(&format!("{speech}\n\n‘Nothing to eat!’ reflected Chichikov.\n")), 1);
    assert_eq!(faults(&format!("{speech}\n\n‘And so,’ he continued, ‘I am happy.’\n")), 0);
}

#[test]
fn german_and_french_drop_letters_as_a_rule() {
    let german = "Der Wechsel ist nicht im Sinne der Partei. Wer konnt’ es denn wissen, sagt’ ich, \
                  und das hab’ ich von den Führern nicht gewollt.\n";
    assert_eq!(faults(german), 0);
    let quoted = "Der Wechsel ist nicht im Sinne der Partei und von den Führern gewollt. ";
    assert_eq!(
        faults(&format!("{quoted}Er sprach von der „neuen Partei, das hab’ ich gehört.\n")),
        1
    );
    let french = "Le changement est dans les faits, et il ne trompe pas ceux qui savent; l’ abbé \
                  le dit, et qu’ on le sache dans les villes.\n";
    assert_eq!(faults(french), 0);
}
