//! What holds of every text: balanced quotations have no fault, and a lost mark is missed.

mod languages;

use proptest::prelude::*;

use crate::markup::{self, Format};

use super::{Settings, read};

/// How many faults the plain text has.
fn faults(text: &str) -> usize {
    let document = markup::read(text, Format::Plain, None);
    read(text, &document, &Settings::default()).blocks.iter().map(|block| block.faults.len()).sum()
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
    for piece in pieces {
        if !text.ends_with(['‘', '“', '„', '«', '‚']) && !text.is_empty() {
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

/// Guillemets are left out: two that open and one that closes are no mistake in Russian.
fn marks() -> impl Strategy<Value = [(char, char); 2]> {
    prop::sample::select(vec![[('‘', '’'), ('“', '”')], [('“', '”'), ('‘', '’')]])
}

proptest! {
    #[test]
    fn balanced_quotations_have_no_fault_and_a_lost_mark_is_missed(
        pieces in prop::collection::vec(piece(), 1..4),
        marks in marks(),
    ) {
        let mut body = String::new();
        write(&pieces, marks, 0, &mut body);
        // Other paragraphs tell the style.
        let (opens, closes) = marks[0];
        let manner = format!("Nobody knew of the {opens}new course{closes} at all.\n\n").repeat(12);
        let text = format!("{manner}It was known that {body}, and that was all.\n");
        prop_assert_eq!(faults(&text), 0, "{}", text);
        let all: Vec<_> = text
            .match_indices(|c| marks.iter().any(|&(a, b)| c == a || c == b))
            .filter(|(at, _)| *at >= manner.len())
            .collect();
        for (at, mark) in all {
            let broken = format!("{}{}", &text[..at], &text[at + mark.len()..]);
            prop_assert!(faults(&broken) > 0, "{}", broken);
        }
    }
}

#[test]
fn a_long_paragraph_of_marks_takes_no_more_than_its_length() {
    for pattern in ["‘’", "“x ", "’ ", "‘a “b ’c "] {
        let text = pattern.repeat(1_000_000 / pattern.len());
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
