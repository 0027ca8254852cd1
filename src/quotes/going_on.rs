//! Whether a quotation that a block leaves open goes on in the next one, which opens with the
//! same mark, or has lost its closing mark.
//!
//! Both look alike: “It is so. / “It was so yesterday.” Much tells them apart: a speech that
//! runs over paragraphs is long, its paragraphs end with full stops, and a book that has one
//! has more; a short one that ends with a question and stands among answers with words of
//! saying was over. Each sign has a cost, in tenths of a natural logarithm of odds. They were
//! weighed by a logistic regression over eleven novels and histories of the nineteenth and
//! twentieth centuries (9,700 places), each book tried with the weights of the others.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::markup::Language;

use super::context::BlockContext;
use super::cost::{self, Cost};
use super::glyph::{Glyph, KINDS};
use super::leaning::leaning;
use super::style::Style;
use super::tokens::{self, Beside, Token};
use super::{gap_english, saying, saying_other};

/// How the block that opens with the mark goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Its first quotation is not closed in it.
    #[default]
    Open,
    /// It is one quotation.
    Whole,
    /// Narrative follows the first quotation.
    Narrated,
    /// Words of saying follow the first quotation.
    Said,
    /// Words follow which say that somebody goes on speaking.
    Continued,
}

/// What the first word of a quotation tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opening {
    #[default]
    Plain,
    /// `Yes`, `Oh`, `Why`: it answers.
    Reply,
    /// `Yes,`, `Oh!`: it answers, and a sign follows.
    ReplyAlone,
    /// `I`, `You`.
    Person,
    /// `And`, `But`.
    Conjunction,
    /// A small letter or `…`: something goes on.
    Resumed,
}

/// What the block tells in which the quotation would go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Next {
    /// Its length in bytes, up to a bound beyond which it tells nothing more.
    length: u16,
    /// Who says its first quotation, hashed.
    speaker: Option<u64>,
    /// How its outermost quotation goes on, and the one directly inside that.
    shapes: [Shape; 2],
    opening: Opening,
}

/// How often the quotations of a document go on in the next block, where it can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Habit {
    None,
    Rare,
    #[default]
    Some,
    Common,
}

impl Habit {
    /// From the number of blocks that leave a quotation open before a block that opens with
    /// its mark, and of those that close it.
    pub(super) fn of(open: usize, closed: usize) -> Self {
        // A third of a case for what was not seen: a page tells less than a book.
        let share = (3 * open + 1) * 100 / (3 * (open + closed) + 6);
        match share {
            0..3 => Self::None,
            3..10 => Self::Rare,
            10..30 => Self::Some,
            _ => Self::Common,
        }
    }

    fn cost(self) -> i32 {
        match self {
            Self::None => 19,
            Self::Rare => 8,
            Self::Some => -3,
            Self::Common => -13,
        }
    }
}

/// Words with which an answer begins.
const REPLIES: &[&str] = &[
    "Yes",
    "No",
    "Oh",
    "Ah",
    "Ay",
    "Aye",
    "Indeed",
    "Nonsense",
    "Certainly",
    "Never",
    "None",
    "Nothing",
    "Not",
    "Very",
    "Quite",
    "Exactly",
    "Well",
    "Why",
    "What",
    "Who",
    "Where",
    "How",
    "When",
    "Which",
    "Whom",
    "Whose",
    "Then",
    "Good",
    "Thank",
    "Pray",
    "Perhaps",
    "Hush",
    "Pooh",
    "Of",
    "Surely",
    "Really",
    "True",
    "Right",
    "Dear",
    "My",
];

impl Next {
    /// What a block tells that opens with marks.
    pub(super) fn of(text: &str, tokens: &[Token], style: &Style, language: Language) -> Self {
        let leading = super::tokens::leading(tokens);
        let Some(last) = leading.last() else {
            return Self::default();
        };
        let shape = |level: usize| {
            let first = leading.get(level);
            first.map_or(Shape::Open, |first| Shape::of(first, text, tokens, style, language))
        };
        Self {
            length: text.len().min(1000) as u16,
            speaker: speaker(text, tokens),
            shapes: [shape(0), shape(1)],
            opening: Opening::of(&text[last.span().end..]),
        }
    }

    fn cost(self, depth: usize) -> i32 {
        let length = match self.length {
            0..=60 => 14,
            61..=120 => 9,
            121..=240 => 3,
            241..=480 => -3,
            _ => -12,
        };
        let shape = match self.shapes[(depth - 1).min(1)] {
            Shape::Open => -28,
            Shape::Whole => 2,
            Shape::Narrated => 18,
            Shape::Said => 41,
            Shape::Continued => 15,
        };
        let opening = match self.opening {
            Opening::Plain => 0,
            Opening::Reply => 6,
            Opening::ReplyAlone => 12,
            Opening::Person => 5,
            Opening::Conjunction => 4,
            Opening::Resumed => -14,
        };
        length + shape + opening
    }
}

impl Opening {
    fn of(text: &str) -> Self {
        let end = text.find(|c: char| !c.is_alphabetic() && c != '’').unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        match word {
            _ if REPLIES.contains(&word) => {
                if rest.starts_with([',', '!', '?', '.', ';']) {
                    Self::ReplyAlone
                } else {
                    Self::Reply
                }
            }
            "I" | "You" => Self::Person,
            "And" | "But" => Self::Conjunction,
            _ if word.starts_with(char::is_lowercase) || rest.starts_with('…') => Self::Resumed,
            _ => Self::Plain,
        }
    }
}

impl Shape {
    /// Follows the marks of the kind of `first`, with which the block opens.
    fn of(first: &Token, text: &str, tokens: &[Token], style: &Style, language: Language) -> Self {
        let kind = first.glyph.kind();
        let mut depth = 0;
        let mut close = None;
        for (index, token) in tokens.iter().enumerate().filter(|(_, t)| t.glyph.kind() == kind) {
            match quotes(token, style) {
                Some(Way::In) => depth += 1,
                Some(Way::Out) => {
                    depth -= 1;
                    if depth == 0 && close.is_none() {
                        close = Some(index);
                    }
                }
                None => {}
            }
        }
        match close {
            Some(close) if depth <= 0 => {
                let rest = &text[tokens[close].span().end..];
                // «Не знаю, — ответил он, — кто это»: the words of saying may stand inside.
                let inside = text.get(first.span().end..tokens[close].span().start).unwrap_or("");
                let near = &inside[..inside.floor_char_boundary(LONGEST_TAGGED)];
                if saying_other::speech_end(near, language).is_some() {
                    return Self::Said;
                }
                // “Never!” (Cries: “Shame!”): a stenographer’s remark interrupts a speech.
                let is_remark = rest.trim_start().starts_with(['(', '[']);
                if tokens[close].after == Beside::Edge || is_remark {
                    return Self::Whole;
                }
                if saying_other::follows(rest, language) {
                    return Self::Said;
                }
                match saying::tag(rest) {
                    Some(saying::Tag::Continues) => Self::Continued,
                    Some(saying::Tag::Says) => Self::Said,
                    None => Self::Narrated,
                }
            }
            _ => Self::Open,
        }
    }
}

enum Way {
    In,
    Out,
}

/// Which way a mark leads by its place, where that is clear without reading the block.
fn quotes(token: &Token, style: &Style) -> Option<Way> {
    if token.is_certain {
        return None;
    }
    if style.opens_freely(token) {
        return Some(Way::In);
    }
    let is_apostrophe_perhaps = matches!(token.glyph, Glyph::RightSingle | Glyph::StraightSingle);
    let stands_behind = matches!(token.before, Beside::Stop | Beside::Pause | Beside::Dash)
        || matches!(token.after, Beside::Stop | Beside::Pause)
        || !is_apostrophe_perhaps;
    let closes = style.is_closing(token.glyph) && cost::closing(token, false, style.is_spaced) < 20;
    (closes && stands_behind).then_some(Way::Out)
}

/// Whether a block leaves a quotation open that its last mark of the kind of `next` opened,
/// `next` being the mark with which the next block opens. `None` where it cannot be told.
pub(super) fn is_left_open(tokens: &[Token], next: &Token, style: &Style) -> Option<bool> {
    let kind = next.glyph.kind();
    tokens
        .iter()
        .rev()
        .filter(|token| token.glyph.kind() == kind)
        .find_map(|token| quotes(token, style))
        .map(|way| matches!(way, Way::In))
}

/// Whether more quotations close in a block than open, as far as its marks tell by their places.
pub(super) fn closes_more(tokens: &[Token], style: &Style) -> bool {
    let mut depths = [0_u32; KINDS];
    tokens.iter().any(|token| {
        let depth = &mut depths[token.glyph.kind() as usize];
        match quotes(token, style) {
            Some(Way::In) => *depth += 1,
            Some(Way::Out) if *depth == 0 => return true,
            Some(Way::Out) => *depth -= 1,
            None => {}
        }
        false
    })
}

/// Who says the first quotation of a block that words of saying follow, hashed.
fn speaker(text: &str, tokens: &[Token]) -> Option<u64> {
    let tagged = tokens.iter().map(|token| &text[token.span().end..]);
    let mut tagged = tagged.filter(|rest| rest.starts_with(' ') && saying::tag(rest).is_some());
    let name = tagged.next().and_then(saying::speaker)?;
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    Some(hasher.finish())
}

/// What it costs that the innermost of `depth` quotations, opened by `last`, goes on in the next
/// block, which opens with the same marks.
pub(super) fn cost(last: &Token, tokens: &[Token], depth: usize, context: &BlockContext) -> Cost {
    let (around, behind) = (context.around, context.behind());
    let inside = left_open(last, context);
    let is_at_head = last.before == Beside::Edge;
    let is_continued = usize::from(around.continued) >= depth;
    let follows_speech = !is_continued && usize::from(around.leading_before) >= depth;
    let signs = length(inside)
        + ending(inside)
        + place(is_at_head, is_continued)
        + behind.next.cost(depth)
        + around.habits[(depth - 1).min(1)].cost()
        + if follows_speech { 16 } else { -13 }
        + if behind.next.speaker.is_some() && behind.next.speaker == speaker(context.text, tokens) {
            SAME_SPEAKER
        } else {
            0
        }
        + if behind.reopened.len() > depth { -16 } else { 0 }
        + if context.block.language.is_read_as_english() { turn(inside) } else { 0 }
        + begins_in_clause(context, last);
    let base = if depth > 1 { BASE_INSIDE } else { BASE };
    let rare = if holds_rare_level(last, tokens, context) { 43 } else { 0 };
    let total = (base + rare + signs).clamp(cost::GOES_ON as i32, DEAREST) as Cost;
    let announces = !is_continued && depth == behind.reopened.len() && saying::announces(inside);
    let is_over =
        announces && !has_marks_inside(last, tokens) || was_over(last, tokens, depth, context);
    if is_over { total + cost::WAS_OVER } else { total }
}

/// Whether words of saying tell that the innermost of `depth` quotations, opened by `last`, was
/// over before the block ends.
pub(super) fn was_over(
    last: &Token,
    tokens: &[Token],
    depth: usize,
    context: &BlockContext,
) -> bool {
    usize::from(context.around.continued) < depth
        && is_said(left_open(last, context), context.block.language)
        && !has_marks_inside(last, tokens)
}

/// Whether words of saying follow a speech that is no longer than most with such words; `inside` is what
/// stands behind its opening mark.
pub(super) fn is_said(inside: &str, language: Language) -> bool {
    let is_near = |end: usize| end < LONGEST_TAGGED;
    saying::speech_end(inside).is_some_and(is_near)
        || saying_other::speech_end(inside, language).is_some_and(is_near)
}

/// What the block has of the quotation that `last` opens; a note on its last word is none of it.
fn left_open<'t>(last: &Token, context: &BlockContext<'t>) -> &'t str {
    let end = tokens::before_markers(context.text, context.block);
    context.text.get(last.span().end..end).unwrap_or("")
}

/// Whether more than apostrophes follows in the block: in a speech of many paragraphs there is
/// much that others said.
fn has_marks_inside(last: &Token, tokens: &[Token]) -> bool {
    tokens
        .iter()
        .rev()
        .take_while(|token| token.span().start > last.span().start)
        .any(|token| !token.is_certain)
}

/// Whether a quotation inside the one that `last` opens has its marks and stands where the
/// next part of a speech would: the mark between them may be missing.
fn holds_rare_level(last: &Token, tokens: &[Token], context: &BlockContext) -> bool {
    let inside = tokens.iter().rev().take_while(|token| token.span().start > last.span().start);
    inside
        .filter(|token| token.glyph == last.glyph)
        .any(|token| context.nests(token).is_some_and(|cost| cost >= cost::RARELY_NESTED))
}

/// What speaks against it that a quotation goes on which begins behind a word, without a sign: so do phrases
/// and titles.
fn begins_in_clause(context: &BlockContext, opener: &Token) -> i32 {
    let before = context.text[..opener.span().start].trim_end();
    if opener.before != Beside::Space || !before.ends_with(char::is_alphanumeric) {
        return 0;
    }
    // Other languages than English have a sign before speech.
    let is_phrase = opener.after == Beside::Lower && !context.block.language.is_read_as_english();
    if is_phrase { PHRASE } else { IN_CLAUSE }
}

/// A quotation that begins in the middle of a clause is no speech of several paragraphs.
const IN_CLAUSE: i32 = 30;
const PHRASE: i32 = 60;

/// A quotation of which nothing tells whether it goes on.
const BASE: i32 = 40;

/// The same of one inside another: such go on less often.
const BASE_INSIDE: i32 = 55;

/// The words of saying of both blocks name the same speaker.
const SAME_SPEAKER: i32 = -35;

/// However much tells that a quotation was over, it may go on.
const DEAREST: i32 = 150;

/// How long a speech can be, in bytes, whose words of saying follow it in the same paragraph.
pub(super) const LONGEST_TAGGED: usize = 160;

fn length(inside: &str) -> i32 {
    match inside.len() {
        0..=80 => 10,
        81..=160 => 4,
        161..=320 => 0,
        _ => -10,
    }
}

/// Whether what was said at first is told in the end: “I know my man. / He walked to the rail.
fn turn(inside: &str) -> i32 {
    let Some(ends) = gap_english::sentences_at_ends(inside) else {
        return 0;
    };
    let [first, last] = ends.map(leaning);
    match first.min(-last) {
        30.. => 10,
        10..30 => 6,
        _ => 0,
    }
}

fn ending(inside: &str) -> i32 {
    if inside.ends_with(":—") || inside.ends_with(",—") {
        return -40;
    }
    // Something is left out: `….`, `...`, `. . .`
    if ["….", "..", ". ."].iter().any(|cut| inside.ends_with(cut)) {
        return -16;
    }
    match inside.chars().next_back() {
        Some('?') => 26,
        Some('—') => 28,
        Some('!') => 13,
        Some('.') => 8,
        Some(',') => -35,
        Some(':') => -40,
        Some('’' | '”') => -12,
        Some('…') => -16,
        _ => -15,
    }
}

fn place(is_at_head: bool, is_continued: bool) -> i32 {
    match (is_at_head, is_continued) {
        (true, true) => -14,
        (true, false) => 3,
        (false, _) => 11,
    }
}
