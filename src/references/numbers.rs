//! The numbers of notes and of their markers as a reader sees them, which are not their ids.

use crate::markup::{
    Anchor, AnchorKind, Block, BlockKind, Document, Format, InlineKind, Pointer, PointerKind,
};
use crate::text::{ProseSpan, Span};

/// How far behind its pointer the words of a link may begin, in bytes.
const REACH: usize = 200;

/// No start tag is looked at further than this, in bytes.
const LONGEST_TAG: usize = 4096;

/// A number, and every place where the source has it: in TEI `n` and the text may both show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number.
    pub value: u32,
    /// Where its digits stand, one place at least.
    pub places: Vec<Span>,
}

/// Tells the numbers of one document.
pub struct Numbers<'a> {
    source: &'a str,
    document: &'a Document,
    /// Where the stretches stand that are shown as markers, in order.
    shown: Vec<Span>,
}

impl<'a> Numbers<'a> {
    /// For a document. Linear in its blocks.
    pub fn of(source: &'a str, document: &'a Document) -> Self {
        let blocks = document.blocks.iter();
        let mut shown: Vec<Span> = blocks
            .flat_map(|block| {
                let markers = block.inlines.iter().filter(|one| one.kind == InlineKind::Marker);
                markers.map(|one| block.prose.to_source(one.span))
            })
            .collect();
        shown.sort();
        Self { source, document, shown }
    }

    /// The number of a note.
    pub fn of_note(&self, note: &Anchor) -> Option<Numbered> {
        match self.document.format {
            Format::Plain | Format::Markdown => one_place(digits(self.source, note.span)?),
            Format::Html => one_place(self.at_head(note)?),
            Format::Tei => {
                let declared = self.declared(note.span);
                let head = self.at_head(note);
                // A note may well begin with the number of a year.
                let head = head.filter(|(_, value)| {
                    declared.as_ref().is_none_or(|(_, declared)| declared == value)
                });
                together(declared, head)
            }
        }
    }

    /// The number of a note of TEI that has no id, by its `n`, which stands at `number`.
    pub fn of_nameless(&self, number: Span) -> Option<Numbered> {
        let declared = digits(self.source, number)?;
        let tag = self.tag_around(number)?;
        let blocks = &self.document.blocks;
        let next = blocks.get(blocks.partition_point(|block| block.span.start < tag));
        let own = next.filter(|block| {
            block.kind == BlockKind::Note && block.span.start <= number.end + REACH
        });
        let head = own.and_then(|block| self.head_of(block));
        together(Some(declared), head.filter(|(_, value)| *value == declared.1))
    }

    /// The number of a marker.
    pub fn of_marker(&self, marker: &Pointer) -> Option<Numbered> {
        match self.document.format {
            Format::Plain | Format::Markdown => one_place(digits(self.source, marker.span)?),
            Format::Html => one_place(self.in_link(marker)?),
            Format::Tei => together(self.declared(marker.span), self.in_link(marker)),
        }
    }

    /// Whether a pointer is a marker, or one of TEI that leads to a note and has a number of its
    /// own: `<ptr target="#n3" n="3"/>`.
    pub fn is_marker(&self, pointer: &Pointer, target: Option<&Anchor>) -> bool {
        pointer.kind == PointerKind::Marker
            || self.document.format == Format::Tei
                && pointer.kind == PointerKind::Link
                && target.is_some_and(|target| target.kind == AnchorKind::Note)
                && self.declared(pointer.span).is_some()
    }

    /// The number at the head of a note's text.
    fn at_head(&self, note: &Anchor) -> Option<(Span, u32)> {
        let blocks = &self.document.blocks;
        let behind = blocks.partition_point(|block| block.span.start <= note.extent.start);
        let near = &blocks[behind.saturating_sub(1)..blocks.len().min(behind + 1)];
        // The paragraph in which a note of TEI stands may begin with a number of its own.
        let is_own =
            |block: &Block| self.document.format != Format::Tei || block.kind == BlockKind::Note;
        let block = near
            .iter()
            .filter(|block| is_own(block))
            .find(|block| block.span.touches(note.span.start) || note.extent.covers(block.span))?;
        self.head_of(block)
    }

    /// The number that is the first word of a block.
    fn head_of(&self, block: &Block) -> Option<(Span, u32)> {
        let word = block.prose.text(self.source).split_whitespace().next()?;
        let start = word.find(is_digit)?;
        let length = word[start..].find(|c| !is_digit(c)).unwrap_or(word.len() - start);
        // The number may stand in a link, and the dot behind it outside.
        let span = ProseSpan::new(start, start + length);
        let is_whole =
            block.prose.is_contiguous(span) && !word[..start].contains(char::is_alphanumeric);
        is_whole.then(|| digits(self.source, block.prose.to_source(span)))?
    }

    /// The number in the words of a marker's link.
    fn in_link(&self, marker: &Pointer) -> Option<(Span, u32)> {
        let next = self.shown.partition_point(|span| span.start < marker.span.end);
        let text = self.shown.get(next).filter(|span| span.start - marker.span.end < REACH)?;
        digits(self.source, *text)
    }

    /// Where the tag starts in which `inside`, a value of it, stands.
    pub(super) fn tag_around(&self, inside: Span) -> Option<usize> {
        let from = self.source.ceil_char_boundary(inside.start.saturating_sub(LONGEST_TAG));
        self.source[from..inside.start].rfind('<').map(|at| from + at)
    }

    /// The number that the tag gives in `n` in which `inside`, a value of it, stands.
    fn declared(&self, inside: Span) -> Option<(Span, u32)> {
        let start = self.tag_around(inside)?;
        let to = self.source.floor_char_boundary((inside.end + LONGEST_TAG).min(self.source.len()));
        let mut at = start;
        // Values stand in quotes: every second piece between quotes is one.
        while at < to {
            let open = at + self.source[at..to].find(['"', '\'', '>'])?;
            let quote = self.source.as_bytes()[open] as char;
            if quote == '>' {
                return None;
            }
            let close = open + 1 + self.source[open + 1..to].find(quote)?;
            let name = self.source[at..open].trim_end().strip_suffix('=')?.trim_end();
            if name.ends_with('n') && name[..name.len() - 1].ends_with(char::is_whitespace) {
                return digits(self.source, Span::new(open + 1, close));
            }
            at = close + 1;
        }
        None
    }
}

fn one_place((span, value): (Span, u32)) -> Option<Numbered> {
    Some(Numbered { value, places: vec![span] })
}

/// What two places say; nothing if they contradict each other.
fn together(a: Option<(Span, u32)>, b: Option<(Span, u32)>) -> Option<Numbered> {
    let value = a.or(b)?.1;
    let all: Vec<_> = a.into_iter().chain(b).collect();
    let agree = all.iter().all(|(_, other)| *other == value);
    agree.then(|| Numbered { value, places: all.into_iter().map(|(span, _)| span).collect() })
}

/// The digits of a label, plain or raised, and the number that they are.
fn digits(source: &str, span: Span) -> Option<(Span, u32)> {
    let text = span.of(source);
    let start = text.find(is_digit)?;
    let length = text[start..].find(|c| !is_digit(c)).unwrap_or(text.len() - start);
    let digits = &text[start..start + length];
    // A label such as `A11.7` or `smith2004` is a name, and no number.
    let is_number = text.chars().all(|c| is_digit(c) || !c.is_alphanumeric())
        && text.chars().filter(|&c| is_digit(c)).count() == digits.chars().count();
    let value = digits.chars().map(|c| plain(c).to_string()).collect::<String>().parse().ok()?;
    let start = span.start + start;
    is_number.then_some((Span::new(start, start + length), value))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || RAISED.contains(&c)
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

fn plain(digit: char) -> usize {
    let raised = RAISED.iter().position(|&raised| raised == digit);
    raised.unwrap_or_else(|| digit.to_digit(10).unwrap_or(0) as usize)
}

/// A number written with the digits that the old one has.
pub(super) fn rewritten(old: &str, number: u32) -> String {
    let is_raised = old.chars().any(|c| RAISED.contains(&c));
    let digits = number.to_string();
    let raise = |c: char| RAISED[plain(c)];
    if is_raised { digits.chars().map(raise).collect() } else { digits }
}
