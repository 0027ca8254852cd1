//! What holds of every style: balanced quotations have no fault, and of those that have lost a mark
//! one is told.
//!
//! Quotations stand in each other three deep, two where marks are straight, side by side and in brackets, run over paragraphs that repeat one
//! mark or two, are interrupted by words of saying, and hold elisions and phrases in other languages, whose marks stay. A mark may
//! be lost unseen only where what is left is right print too (`print.rs`): where one mark closes two
//! quotations, where the mark behind a plural may be that of a possessive (the workers’), behind words of
//! people who clip them (the end o’ the year’), or where a straight one before a word may stand for what it
//! lost; where the next paragraph takes up what was not closed; where it need not repeat the mark in the language; and where one mark opens and closes, so that one
//! more or less only makes other pairs. Elisions do not follow a straight single mark directly: two of those
//! are a double one.

use proptest::prelude::*;

use crate::markup::{self, Format, Language};
use crate::quotes::convention::Convention;
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
    list.split_whitespace().filter(|&pair| pair != "+").map(|pair| {
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
        let mut paragraphs = text.trim_end().replace("\n\n", "</p><p>");
        // In a page in another language they would be what was left in English.
        if language != "en" {
            paragraphs = paragraphs.replace(" the ", " tha ").replace(" and ", " ond ");
        }
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
    /// Words with letters left out, as the language leaves them out.
    Elided(usize),
    /// A phrase of another language in the marks of that.
    Foreign(usize),
}

/// What languages leave out, two phrases each. `~` stands for an apostrophe.
const ELIDED: &[(&str, [&str; 2])] = &[
    ("en", ["I told ~em that ~tis nothing", "and ~twas goin~ to be the end o~ the meeting"]),
    ("fr", ["l~homme d~aujourd~hui", "qu~il n~a pas dit"]),
    ("it", ["l~anno dell~arte", "c~era un~altra"]),
    ("ca", ["l~home d~ahir", "l~any que s~acaba"]),
    ("uk", ["п~ять об~єднань", "м~яка пам~ять"]),
    ("nl", ["de foto~s van gisteren", "twee auto~s"]),
];

/// Phrases in the marks of their languages.
const FOREIGN: &[(&str, [char; 2], &str)] =
    &[("de", ['„', '“'], "der neue Weg"), ("fr", ['«', '»'], "le temps perdu")];

/// What stands in a paragraph or several.
#[derive(Clone, Debug)]
enum Passage {
    /// A sentence with quotations in it.
    Sentence(Vec<Piece>),
    /// Speech and words of saying.
    Speech(Vec<Vec<Piece>>),
    /// A speech with words of saying in its midst.
    Interrupted,
    /// A speech over so many paragraphs, each of which repeats the mark.
    Running(usize, Tale),
}

/// What else is quoted in a speech over several paragraphs.
#[derive(Clone, Copy, Debug)]
enum Tale {
    /// Nothing.
    Plain,
    /// A phrase in every paragraph.
    WithPhrase,
    /// All of it, so that each paragraph repeats two marks.
    OfAnother,
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
    let leaf = prop_oneof![
        6 => words(),
        1 => (0..2_usize).prop_map(Piece::Elided),
        1 => (0..FOREIGN.len()).prop_map(Piece::Foreign),
    ];
    leaf.prop_recursive(3, 18, 3, |inner| {
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
        Just(Passage::Interrupted),
        (2..5_usize, tale()).prop_map(|(paragraphs, tale)| Passage::Running(paragraphs, tale)),
    ]
}

fn tale() -> impl Strategy<Value = Tale> {
    prop::sample::select(vec![Tale::Plain, Tale::WithPhrase, Tale::OfAnother])
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
            Passage::Interrupted => {
                let pieces = [
                    Piece::Quotation(vec![Piece::Words("We shall go there at once,")]),
                    Piece::Words("said the old man,"),
                    Piece::Quotation(vec![Piece::Words("and you shall come with us.")]),
                ];
                self.pieces(&pieces, 0, page);
                page.write("\n\n");
            }
            Passage::Running(paragraphs, tale) => {
                page.write("Then somebody spoke of old times.\n\n");
                for number in 0..*paragraphs {
                    self.paragraph(number, number + 1 == *paragraphs, *tale, page);
                }
                page.write("Nobody answered for a while, and the fire went out.\n\n");
            }
        }
    }

    /// Whether paragraphs of one quotation repeat its mark; elsewhere one that does not is no mistake.
    fn repeats(self) -> bool {
        Convention::of(Language::from_tag(self.language)).repeats()
    }

    /// A paragraph of a speech over several.
    fn paragraph(self, number: usize, is_last: bool, tale: Tale, page: &mut Page) {
        let is_needed = number == 0 || self.repeats();
        let of_another = matches!(tale, Tale::OfAnother).then_some(self.inner[0]);
        for mark in [self.outer[0]].into_iter().chain(of_another) {
            if is_needed {
                page.mark(mark);
            } else {
                page.text.push(mark);
            }
        }
        page.write(TALE);
        if matches!(tale, Tale::WithPhrase) {
            page.write(" They called it ");
            page.mark(self.inner[0]);
            page.write("another course");
            page.mark(self.inner[1]);
            page.write(" in the village.");
        }
        if is_last && matches!(tale, Tale::OfAnother) {
            page.mark(self.inner[1]);
        }
        if is_last {
            page.mark(self.outer[1]);
        }
        page.write("\n\n");
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
                Piece::Elided(which) => {
                    let phrases = ELIDED.iter().find(|(language, _)| *language == self.language);
                    page.write(phrases.map_or("nothing at all", |(_, phrases)| phrases[*which]));
                }
                Piece::Foreign(which) => self.foreign(FOREIGN[*which], depth, page),
                // The third level of marks that do not tell what they do is not told from the first.
                Piece::Quotation(inside) if depth > 1 && self.outer[0].is_ascii() => {
                    self.pieces(inside, depth, page);
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

    /// A phrase in another language, which the markup tells.
    fn foreign(
        self,
        (language, marks, words): (&str, [char; 2], &str),
        depth: usize,
        page: &mut Page,
    ) {
        if self.language != "en" {
            return page.write("the road to the south");
        }
        page.text.push_str(&format!("<i lang={language}>"));
        // Inside a quotation the mark that closes it may close the phrase as well, „ ” being a pair of its own
        // right, and the quotation go on in the next paragraph if that begins with its mark. There none is lost.
        let takes = depth == 0;
        for (mark, words) in marks.into_iter().zip([words, ""]) {
            if takes {
                page.mark(mark)
            } else {
                page.text.push(mark)
            }
            page.write(words);
        }
        page.text.push_str("</i>");
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

/// Whether a text may be right, phrases in other languages included: those keep their own marks, both of them.
fn may_be_read(text: &str, manner: Manner) -> bool {
    let mut text = text.to_owned();
    for (language, [left, right], words) in FOREIGN {
        text = text.replace(&format!("<i lang={language}>{left}{words}{right}</i>"), words);
    }
    !text.contains("<i") && may_be_right(&text, manner)
}

proptest! {
    #[test]
    fn balanced_quotations_have_no_fault_and_a_lost_mark_is_missed(
        manner in prop::sample::select(manners()),
        passages in prop::collection::vec(passage(), 1..4),
        is_first in any::<bool>(),
    ) {
        let mut page = manner.page();
        // Before anything else has told it, paragraphs of one quotation may repeat its mark or not.
        let is_first = is_first && !passages.iter().any(|one| matches!(one, Passage::Running(..)));
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
        prop_assert!(may_be_read(&text, manner), "{}: {}", manner.language, text);
        prop_assert_eq!(Page::faults(&text, manner.language), 0, "{}: {}", manner.language, text);
        for at in marks {
            let mark = text[at..].chars().next().expect("a mark");
            let broken = format!("{}{}", &text[..at], &text[at + mark.len_utf8()..]);
            let found = Page::faults(&broken, manner.language);
            let is_missed = found > 0 || may_be_read(&broken, manner);
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
