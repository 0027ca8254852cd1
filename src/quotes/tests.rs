//! What holds of every text: balanced quotations have no fault, and a lost mark is missed.

mod english;
mod languages;
mod over_blocks;

use proptest::prelude::*;

use crate::markup::{self, Format, Language};

use super::{Settings, read};

/// How many faults the plain text has.
fn faults(text: &str) -> usize {
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

/// A piece of a sentence.
#[derive(Clone, Debug)]
enum Piece {
    Words(&'static str),
    Quotation(Vec<Piece>),
}

fn words() -> impl Strategy<Value = Piece> {
    prop::sample::select(vec![
        "the leader of the party",
        "a new course",
        "they did not agree",
        "it was the workers who decided",
        "nobody in the hall believed him",
    ])
    .prop_map(Piece::Words)
}

fn piece() -> impl Strategy<Value = Piece> {
    words().prop_recursive(2, 12, 3, |inner| {
        prop::collection::vec(inner, 1..3).prop_map(|pieces| {
            // A quotation does not begin with another: nothing would stand between the marks.
            let lead = Piece::Words("he said that");
            Piece::Quotation(std::iter::once(lead).chain(pieces).collect())
        })
    })
}

/// Writes the pieces with `outer` and `inner` marks by turns.
fn write(pieces: &[Piece], marks: [(char, char); 2], depth: usize, text: &mut String) {
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Quotation(inside) => {
                let (opens, closes) = marks[depth % 2];
                text.push(opens);
                write(inside, marks, depth + 1, text);
                text.push(closes);
            }
        }
    }
}

/// Marks of the outer and the inner level. Guillemets are left out: two that open and one that
/// closes are no mistake in Russian.
fn marks() -> impl Strategy<Value = [(char, char); 2]> {
    prop::sample::select(vec![
        [('‘', '’'), ('“', '”')],
        [('“', '”'), ('‘', '’')],
        [('"', '"'), ('\'', '\'')],
        [('\'', '\''), ('"', '"')],
        [('„', '“'), ('‚', '‘')],
    ])
}

/// A text in which other paragraphs tell the style, and where the one with `body` begins.
fn in_style(body: &str, [(opens, closes), _]: [(char, char); 2]) -> (String, usize) {
    let manner = format!("Nobody knew of the {opens}new course{closes} at all.\n\n").repeat(12);
    (format!("{manner}It was known that {body}, and that was all.\n"), manner.len())
}

/// A sentence of speech or narrative, with a quoted speech or phrase inside it or not.
fn speech() -> impl Strategy<Value = Vec<Piece>> {
    let said = prop::sample::select(vec!["We have won!", "Who told you so?", "I do not know."]);
    let tag = prop::sample::select(vec!["said the old man.", "he cried.", "she asked him."]);
    let inner = prop::option::of(prop::sample::select(vec!["Never again!", "the new course"]));
    (said, inner, tag).prop_map(|(said, inner, tag)| {
        let mut quoted = vec![Piece::Words(said)];
        if let Some(inner) = inner {
            quoted.push(Piece::Words("They call it"));
            quoted.push(Piece::Quotation(vec![Piece::Words(inner)]));
            quoted.push(Piece::Words("in the village."));
        }
        vec![Piece::Quotation(quoted), Piece::Words(tag)]
    })
}

fn missing_marks_are_missed(body: &str, marks: [(char, char); 2]) -> Result<(), TestCaseError> {
    let (text, start) = in_style(body, marks);
    prop_assert_eq!(faults(&text), 0, "{}", text);
    // A straight mark in front of a word is an apostrophe as easily.
    let is_mark = |c: char| c != '\'' && marks.iter().any(|&(a, b)| c == a || c == b);
    for (at, mark) in text.match_indices(is_mark).filter(|(at, _)| *at >= start) {
        let broken = format!("{}{}", &text[..at], &text[at + mark.len()..]);
        prop_assert!(faults(&broken) > 0, "{}", broken);
    }
    Ok(())
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

    #[test]
    fn balanced_quotations_have_no_fault_and_a_lost_mark_is_missed(
        pieces in prop::collection::vec(piece(), 1..4),
        marks in marks(),
    ) {
        let mut body = String::new();
        write(&pieces, marks, 0, &mut body);
        missing_marks_are_missed(&body, marks)?;
    }

    #[test]
    fn balanced_speech_has_no_fault_and_a_lost_mark_is_missed(
        sentences in prop::collection::vec(speech(), 1..4),
        marks in marks(),
    ) {
        let mut body = String::new();
        write(&sentences.concat(), marks, 0, &mut body);
        missing_marks_are_missed(&body, marks)?;
    }
}

#[test]
fn a_long_paragraph_of_marks_takes_no_more_than_its_length() {
    for pattern in ["‘’", "“‘", "“x ", "’ ", "‘a “b ’c ", "“A. B! c, he said “ "]
    {
        let text = pattern.repeat(200_000 / pattern.len());
        // The findings do not matter; that the reading ends does.
        faults(&text);
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
