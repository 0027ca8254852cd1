//! Which texts are right by the rules of print alone, whatever a reader makes of them: every way is tried in
//! which the marks may belong together. A lost mark that leaves such a text behind cannot be missed.

use std::collections::BTreeSet;

use crate::quotes::{Glyph, Kind};

/// The marks of outer and inner quotations in the print of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) language: &'static str,
    pub(super) outer: [char; 2],
    pub(super) inner: [char; 2],
}

/// The kind of a mark.
pub(super) fn kind(mark: char) -> Kind {
    Glyph::of(mark).expect("a mark").kind()
}

/// An open quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    marks: [char; 2],
    /// Whether it may end with the mark that closes the one around it: it is no speech, which a sign
    /// announces, and something stands between the marks that open both.
    shares: bool,
}

/// What is open, the outermost first.
type Stack = Vec<Open>;

/// So deep the quotations of the tests are nested at most.
const DEEPEST: usize = 6;

/// Words of the tests that have lost their head.
const CLIPPED: [&str; 4] = ["em", "tis", "twas", "nineties"];

/// Whether a text may be right.
pub(super) fn may_be_right(text: &str, manner: Manner) -> bool {
    let mut readings = BTreeSet::from([Stack::new()]);
    let lower = text.to_lowercase();
    let is_clipped =
        |word: &&str| ["’", "'"].iter().any(|mark| lower.contains(&format!("{mark}{word}")));
    let drops_g = ["in’ ", "in' "].iter().any(|end| text.contains(end));
    let is_speech = manner.language == "en" && (drops_g || CLIPPED.iter().any(is_clipped));
    for paragraph in text.trim_end().split("\n\n") {
        readings = readings
            .iter()
            .filter_map(|open| repeated(paragraph, open).map(|at| (open.clone(), at)))
            .flat_map(|(open, at)| read((paragraph, is_speech), at, open, manner))
            .collect();
    }
    readings.contains(&Stack::new())
}

/// Where a paragraph goes on behind the marks that it must repeat.
fn repeated(paragraph: &str, open: &Stack) -> Option<usize> {
    let marks: String = open.iter().map(|open| open.marks[0]).collect();
    paragraph.starts_with(&marks).then_some(marks.len())
}

/// What may be open behind a paragraph, of a text that is written as people speak or not, that is read from
/// byte `from` on.
fn read(
    (paragraph, is_speech): (&str, bool),
    from: usize,
    open: Stack,
    manner: Manner,
) -> BTreeSet<Stack> {
    let mut readings = BTreeSet::from([open]);
    let marks = paragraph[from..].char_indices().filter(|&(_, c)| Glyph::of(c).is_some());
    for (at, mark) in marks {
        let (before, after) = paragraph.split_at(from + at);
        let place = Place { before, mark, after: &after[mark.len_utf8()..], is_speech };
        readings = readings.into_iter().flat_map(|open| place.roles(&open, manner)).collect();
    }
    readings
}

/// A mark and what stands around it.
struct Place<'a> {
    before: &'a str,
    mark: char,
    after: &'a str,
    /// Whether the text has words that are clipped as people clip them when they speak.
    is_speech: bool,
}

impl Place<'_> {
    /// What may be open behind the mark.
    fn roles(&self, open: &Stack, manner: Manner) -> Vec<Stack> {
        let mut roles = Vec::new();
        if self.may_be_apostrophe(manner) {
            roles.push(open.clone());
        }
        for marks in [manner.outer, manner.inner] {
            if marks[0] == self.mark
                && self.stands_before_word()
                && self.may_nest(open, marks, manner)
            {
                let mut open = open.clone();
                open.push(Open { marks, shares: self.shares() });
                roles.push(open);
            }
        }
        let mut rest = open.clone();
        while let Some(closed) = rest.pop_if(|open| open.marks[1] == self.mark) {
            if !self.stands_behind_word() {
                break;
            }
            roles.push(rest.clone());
            if !closed.shares {
                break;
            }
        }
        roles
    }

    fn may_nest(&self, open: &Stack, marks: [char; 2], manner: Manner) -> bool {
        let is_inside_kind = |top: &Open| kind(top.marks[0]) == kind(marks[0]);
        // Where one mark opens and closes, nothing tells that one inside another was not meant.
        let is_alike = marks[0] == marks[1] && kind(marks[0]) == Kind::Double;
        let nests = kind(marks[0]) == Kind::Guillemet || manner.outer == manner.inner || is_alike;
        open.len() < DEEPEST && (nests || !open.last().is_some_and(is_inside_kind))
    }

    fn shares(&self) -> bool {
        let before = self.before.trim_end();
        let is_announced = before.ends_with([',', '.', '!', '?', '…', ';', '»', '”']);
        !is_announced && !self.before.ends_with(|c| Glyph::of(c).is_some())
    }

    fn stands_before_word(&self) -> bool {
        let is_free =
            |c: char| c.is_whitespace() || matches!(c, '(' | '—') || Glyph::of(c).is_some();
        self.before.chars().next_back().is_none_or(is_free)
            && self
                .after
                .starts_with(|c: char| c.is_alphanumeric() || c == '(' || Glyph::of(c).is_some())
    }

    fn stands_behind_word(&self) -> bool {
        !self.before.ends_with(char::is_whitespace)
            && !self.before.is_empty()
            && !self.after.starts_with(char::is_alphanumeric)
    }

    /// Between two letters a single mark is an apostrophe, behind a plural it may be that of a possessive,
    /// and a straight one before a word may stand for letters left out, as every one may before and behind
    /// words that are known to lose some. Who writes as people speak may clip any word: of ‘year’ neither
    /// marks nor lists tell whether it is one; only those in -ing before a sign would lose their g. In Greek
    /// all words may lose letters.
    fn may_be_apostrophe(&self, manner: Manner) -> bool {
        let is_straight = self.mark == '\'';
        let leads = self.after.starts_with(char::is_alphanumeric);
        let trails = self.before.ends_with(char::is_alphanumeric);
        // For conscience’ sake.
        let is_plural = self.before.ends_with(['s', 'x', 'z']) || self.before.ends_with("ce");
        let word = self.after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_year = word.len() == 2 && word.starts_with(|c: char| c.is_ascii_digit());
        let is_clipped = is_year || CLIPPED.contains(&word.to_lowercase().as_str());
        let lost_head = manner.language == "en" && is_clipped;
        let is_whole = self.before.ends_with("ing") && !self.after.starts_with(' ');
        let lost_g = manner.language == "en" && self.before.ends_with("in");
        let lost_end = lost_g || self.is_speech && trails && !is_whole;
        (is_straight || self.mark == '’')
            && match (trails, leads) {
                (true, true) => true,
                (true, false) => is_plural || lost_end || manner.language == "el",
                (false, true) => is_straight || lost_head || manner.language == "el",
                (false, false) => false,
            }
    }
}
