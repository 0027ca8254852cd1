//! What holds of every style: balanced quotations have no fault, and of those that have lost a mark
//! one is told.

use proptest::prelude::*;

use crate::markup::{self, Format};
use crate::quotes::{Kind, Settings, read};

use super::print::{Manner, kind, may_be_right};

/// Every outermost pair of every language with every inner pair of another kind, and with itself where the
/// language has that. Single marks inside each other are a mistake everywhere.
fn manners() -> Vec<Manner> {
    let mut manners: Vec<_> = [
        (['‘', '’'], ['“', '”']),
        (['“', '”'], ['‘', '’']),
        (['"', '"'], ['\'', '\'']),
        (['\'', '\''], ['"', '"']),
    ]
    .into_iter()
    .map(|(outer, inner)| Manner { language: "en", outer, inner })
    .collect();
    let lines = include_str!("../data/conventions.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let (language, pairs) = line.split_once(' ').expect("a language and its marks");
        let (outer, inner) = pairs.split_once(';').expect("inner marks behind outer ones");
        for (outer, inner) in pairs_of(outer).flat_map(|o| pairs_of(inner).map(move |i| (o, i))) {
            // Marks that point inwards and outwards stand in no book side by side.
            let points_inwards = |[first, _]: [char; 2]| match first {
                '»' | '›' => Some(true),
                '«' | '‹' => Some(false),
                _ => None,
            };
            let disagree = points_inwards(outer)
                .zip(points_inwards(inner))
                .is_some_and(|(outer, inner)| outer != inner);
            let is_nested = outer == inner && kind(outer[0]) != Kind::Single;
            if is_nested || kind(outer[0]) != kind(inner[0]) && !disagree {
                manners.push(Manner { language, outer, inner });
            }
        }
    }
    manners
}

fn pairs_of(list: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    list.split_whitespace().map(|pair| {
        let mut marks = pair.chars();
        [(); 2].map(|()| marks.next().expect("two marks"))
    })
}

/// A text under construction. `~` stands for an apostrophe.
#[derive(Clone, Default)]
struct Page {
    text: String,
    /// The bytes of the quotation marks.
    marks: Vec<usize>,
    /// Whether apostrophes are straight.
    is_straight: bool,
    /// Whether plurals have an apostrophe as possessives.
    has_possessives: bool,
}

impl Page {
    fn write(&mut self, words: &str) {
        let words = if self.has_possessives { words.to_owned() } else { words.replace("s~", "s") };
        self.text.push_str(&words.replace('~', if self.is_straight { "'" } else { "’" }));
    }

    fn mark(&mut self, mark: char) {
        self.marks.push(self.text.len());
        self.text.push(mark);
    }

    fn faults(text: &str, language: &str) -> usize {
        // A page declares its language; the words of a plain text would tell it.
        let paragraphs = text.trim_end().replace("\n\n", "</p><p>");
        let page = format!("<html lang=\"{language}\"><body><p>{paragraphs}</p></body></html>");
        let document = markup::read(&page, Format::Html, None);
        let reading = read(&page, &document, &Settings::default());
        reading.blocks.iter().map(|block| block.faults.len()).sum()
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
enum Piece {
    Words(&'static str),
    Quotation(Vec<Piece>),
    /// What stands in brackets.
    Aside(Vec<Piece>),
}

/// What stands in a paragraph or several.
#[derive(Clone, Debug)]
enum Passage {
    /// A sentence with quotations in it.
    Sentence(Vec<Piece>),
    /// Speech and words of saying.
    Speech(Vec<Vec<Piece>>),
    /// A speech over so many paragraphs, each of which repeats the mark.
    Running(usize),
}

fn words() -> impl Strategy<Value = Piece> {
    prop::sample::select(vec![
        "the leader of the party",
        "another course",
        "they did not agree",
        "it was the workers who decided",
        "nobody in the hall believed him",
        "the workers~ party had its own councils",
        // A name may end with an apostrophe as well: Kazan’.
        "they don~t know O~Brien nor Zinov~ev by name",
    ])
    .prop_map(Piece::Words)
}

fn piece() -> impl Strategy<Value = Piece> {
    words().prop_recursive(2, 14, 3, |inner| {
        let lead = prop::option::of(Just(Piece::Words("he said that")));
        let quotation = (lead, prop::collection::vec(inner.clone(), 1..3))
            .prop_map(|(lead, pieces)| Piece::Quotation(lead.into_iter().chain(pieces).collect()));
        let aside = prop::collection::vec(inner, 1..3).prop_map(Piece::Aside);
        prop_oneof![4 => quotation, 1 => aside]
    })
}

/// A sentence of speech or narrative, with a quoted speech or phrase inside it or not.
fn speech() -> impl Strategy<Value = Vec<Piece>> {
    let said = prop::sample::select(vec!["We have won!", "Who told you so?", "I don~t know."]);
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

fn passage() -> impl Strategy<Value = Passage> {
    prop_oneof![
        prop::collection::vec(piece(), 1..4).prop_map(Passage::Sentence),
        prop::collection::vec(speech(), 1..4).prop_map(Passage::Speech),
        (2..4_usize).prop_map(Passage::Running),
    ]
}

impl Manner {
    fn write(self, passage: &Passage, page: &mut Page) {
        match passage {
            Passage::Sentence(pieces) => {
                page.write("It was known that ");
                self.pieces(pieces, 0, page);
                page.write(", and that was all.\n\n");
            }
            Passage::Speech(sentences) => {
                page.write("They came home late. ");
                self.pieces(&sentences.concat(), 0, page);
                page.write("\n\n");
            }
            Passage::Running(paragraphs) => {
                page.write("Then somebody spoke of old times.\n\n");
                for number in 0..*paragraphs {
                    page.mark(self.outer[0]);
                    page.write(TALE);
                    if number + 1 == *paragraphs {
                        page.mark(self.outer[1]);
                    }
                    page.write("\n\n");
                }
                page.write("Nobody answered for a while, and the fire went out.\n\n");
            }
        }
    }

    fn pieces(self, pieces: &[Piece], depth: usize, page: &mut Page) {
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                page.write(" ");
            }
            match piece {
                Piece::Words(words) => page.write(words),
                Piece::Aside(inside) => {
                    page.write("(");
                    self.pieces(inside, depth, page);
                    page.write(")");
                }
                Piece::Quotation(inside) => {
                    let marks = if depth.is_multiple_of(2) { self.outer } else { self.inner };
                    page.mark(marks[0]);
                    self.pieces(inside, depth + 1, page);
                    page.mark(marks[1]);
                }
            }
        }
    }

    /// A page without text.
    fn page(self) -> Page {
        let is_straight = [self.outer[0], self.inner[0]].contains(&'\'');
        let has_possessives = self.language == "en";
        Page { text: String::new(), marks: Vec::new(), is_straight, has_possessives }
    }

    /// Paragraphs that tell the style.
    fn tell(self, page: &mut Page) {
        let ([opens, closes], [left, right]) = (self.outer, self.inner);
        let manner = format!(
            "Nobody knew of the {opens}new course{closes} at all.\n\nShe said: {opens}They speak of a \
             {left}new course{right} there.{closes}\n\n"
        );
        page.text.push_str(&manner.repeat(8));
    }
}

const TALE: &str = "In those days there was a mill at the end of the village, and the miller had three \
                    sons of whom the youngest went out into the world.";

proptest! {
    #[test]
    fn balanced_quotations_have_no_fault_and_a_lost_mark_is_missed(
        manner in prop::sample::select(manners()),
        passages in prop::collection::vec(passage(), 1..4),
        is_first in any::<bool>(),
    ) {
        let mut page = manner.page();
        // Before anything else has told it, paragraphs of one quotation may repeat its mark or not.
        let is_first = is_first && !passages.iter().any(|one| matches!(one, Passage::Running(_)));
        if !is_first {
            manner.tell(&mut page);
        }
        for passage in &passages {
            manner.write(passage, &mut page);
        }
        if is_first {
            manner.tell(&mut page);
        }
        let Page { text, marks, .. } = page;
        prop_assert!(may_be_right(&text, manner), "{}: {}", manner.language, text);
        prop_assert_eq!(Page::faults(&text, manner.language), 0, "{}: {}", manner.language, text);
        for at in marks {
            let mark = text[at..].chars().next().expect("a mark");
            let broken = format!("{}{}", &text[..at], &text[at + mark.len_utf8()..]);
            let found = Page::faults(&broken, manner.language);
            let is_missed = found > 0 || may_be_right(&broken, manner);
            prop_assert!(is_missed, "{}: without {} at {}: {}", manner.language, mark, at, broken);
        }
    }
}

#[test]
fn guillemets_that_point_inwards_are_followed_by_spaces() {
    let manner = Manner { language: "da", outer: ['»', '«'], inner: ['’', '’'] };
    let mut page = manner.page();
    manner.tell(&mut page);
    page.write(
        "It was »’another course’« of the party, »he said that ’they’ had not agreed ’to it’«.\n\n",
    );
    page.write("It was »’another course’« as he said »of ’the party’«, and that was all.\n\n");
    assert_eq!(Page::faults(&page.text, manner.language), 0, "{}", page.text);
}

#[test]
fn a_guillemet_between_a_bracket_and_a_space_opens_nothing() {
    let manner = Manner { language: "sv", outer: ['»', '»'], inner: ['’', '’'] };
    let mut page = manner.page();
    manner.tell(&mut page);
    page.write("It was »(the leader)» ’the party’ ’another course’», and that was all.\n\n");
    assert_eq!(Page::faults(&page.text, manner.language), 1, "{}", page.text);
}
