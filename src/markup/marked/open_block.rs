//! A block of prose while it is being read.

use crate::text::{ProseSpan, Span};

use super::super::{BlockKind, Inline, InlineKind, Language, ProseBuilder};
use super::entity;

/// Which references a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum References {
    /// A `&` is one: CDATA, and what Markdown has decoded.
    None,
    /// Those that end with a semicolon.
    Xml,
    /// Also those of old pages, without one.
    Html,
}

/// A block that has begun and not ended.
#[derive(Debug)]
pub(super) struct OpenBlock {
    pub(super) kind: BlockKind,
    /// The language declared for it, if one is.
    pub(super) language: Option<Language>,
    pub(super) start: usize,
    /// Whether no element of its own makes it a block.
    pub(super) is_implicit: bool,
    pub(super) quotation_depth: u8,
    pub(super) prose: ProseBuilder,
    pub(super) inlines: Vec<Inline>,
    /// Where in the prose something is lost.
    pub(super) gaps: Vec<usize>,
    /// White space that becomes one space if more text follows.
    space: Option<Span>,
    /// Whether white space is dropped, after a line break inside a word or of verse.
    joins: bool,
}

impl OpenBlock {
    pub(super) fn new(kind: BlockKind, start: usize) -> Self {
        Self {
            kind,
            language: None,
            start,
            is_implicit: false,
            quotation_depth: 0,
            prose: ProseBuilder::default(),
            inlines: Vec::new(),
            gaps: Vec::new(),
            space: None,
            joins: false,
        }
    }

    /// Adds the text at `span`.
    pub(super) fn text(&mut self, source: &str, span: Span, references: References) {
        let bytes = source.as_bytes();
        let mut at = span.start;
        while at < span.end {
            let stop = plain_end(bytes, Span::new(at, span.end));
            if stop > at {
                self.push(source, Span::new(at, stop));
                at = stop;
                continue;
            }
            at = match bytes[at] {
                b'&' if references == References::None => self.push(source, Span::new(at, at + 1)),
                b'&' => self.reference(source, Span::new(at, span.end), references),
                0xC2 if bytes.get(at + 1) == Some(&0xAD) => at + 2,
                0xC2 => self.push(source, Span::new(at, at + 2)),
                _ => self.white_space(bytes, Span::new(at, span.end)),
            };
        }
    }

    fn push(&mut self, source: &str, span: Span) -> usize {
        self.flush_space(source);
        self.joins = false;
        self.prose.push_verbatim(source, span);
        span.end
    }

    fn reference(&mut self, source: &str, rest: Span, references: References) -> usize {
        let found = match references {
            References::Html => entity::decode_in_html(rest.of(source)),
            References::Xml | References::None => entity::decode(rest.of(source)),
        };
        let Some((text, length)) = found else {
            return self.unknown_reference(source, rest);
        };
        self.replaced(source, &text, Span::new(rest.start, rest.start + length));
        rest.start + length
    }

    /// An entity that the document may have declared is one opaque thing to us.
    fn unknown_reference(&mut self, source: &str, rest: Span) -> usize {
        let text = rest.of(source);
        let name = text[1..].bytes().take_while(|b| b.is_ascii_alphanumeric()).count();
        let is_entity = name > 0 && text.as_bytes().get(name + 1) == Some(&b';');
        let span = Span::new(rest.start, rest.start + if is_entity { name + 2 } else { 1 });
        self.flush_space(source);
        let start = self.prose.len();
        self.push(source, span);
        if is_entity {
            let span = ProseSpan::new(start, self.prose.len());
            self.inlines.push(Inline { span, kind: InlineKind::Opaque });
        }
        span.end
    }

    fn white_space(&mut self, bytes: &[u8], rest: Span) -> usize {
        let run = bytes[rest.start..rest.end].iter().take_while(|b| b.is_ascii_whitespace());
        let end = rest.start + run.count();
        if !self.joins {
            self.soft_break(Span::new(rest.start, end));
        }
        end
    }

    /// Adds `text` in the place of the source at `span`.
    pub(super) fn replaced(&mut self, source: &str, text: &str, span: Span) {
        // A reference for the soft hyphen shows no more than the character does.
        if text == "\u{ad}" {
            return;
        }
        self.flush_space(source);
        self.joins = false;
        self.prose.push_replaced(source, text, span);
    }

    /// White space, or a tag that reads as white space.
    pub(super) fn soft_break(&mut self, span: Span) {
        // A gap between two spaces is in no word.
        if self.space.is_some() && self.gaps.last() == Some(&(self.prose.len() + 1)) {
            self.gaps.pop();
        }
        // The first of several in a row stands for all.
        if !self.joins {
            self.space.get_or_insert(span);
        }
    }

    /// A line break that a reader sees: of verse, of an address.
    pub(super) fn line_break(&mut self, source: &str, span: Span) {
        self.space = None;
        if !self.prose.is_empty() {
            self.prose.push_replaced(source, "\n", span);
        }
        self.joins = true;
    }

    /// A line break inside a word: what is left and right of it belongs together.
    pub(super) fn join(&mut self, source: &str) {
        self.space = None;
        self.prose.pop_hyphen(source);
        self.joins = true;
        // What was said about the hyphen is said no longer.
        let end = self.prose.len();
        let kept = self.inlines.iter().rposition(|inline| inline.span.end <= end);
        for inline in self.inlines.split_off(kept.map_or(0, |last| last + 1)) {
            let span = ProseSpan::new(inline.span.start.min(end), end);
            if !span.is_empty() {
                self.inlines.push(Inline { span, ..inline });
            }
        }
    }

    /// Something is lost here, perhaps behind the white space that waits.
    pub(super) fn gap(&mut self) {
        let at = self.prose.len();
        let is_behind_space = self.space.is_some() && at > 0;
        let at = if is_behind_space { at + 1 } else { at };
        if self.gaps.last() != Some(&at) {
            self.gaps.push(at);
        }
    }

    pub(super) fn flush_space(&mut self, source: &str) {
        let Some(span) = self.space.take() else {
            return;
        };
        if self.prose.is_empty() {
            return;
        }
        if span.of(source) == " " {
            self.prose.push_verbatim(source, span);
        } else {
            self.prose.push_replaced(source, " ", span);
        }
    }
}

/// Where the text that `rest` begins with is no longer itself. One space between two words is.
fn plain_end(bytes: &[u8], rest: Span) -> usize {
    let is_special = |at: usize| SPECIAL[bytes[at] as usize];
    let mut at = rest.start;
    while at < rest.end {
        if is_special(at) {
            let is_one_space = bytes[at] == b' ' && at > rest.start && at + 1 < rest.end;
            if !is_one_space || is_special(at + 1) {
                return at;
            }
        }
        at += 1;
    }
    at
}

/// Bytes at which text is more than itself: references, white space, and the lead byte
/// of the soft hyphen.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    table[b'&' as usize] = true;
    table[b' ' as usize] = true;
    table[b'\n' as usize] = true;
    table[b'\r' as usize] = true;
    table[b'\t' as usize] = true;
    table[0x0C] = true;
    table[0xC2] = true;
    table
};
