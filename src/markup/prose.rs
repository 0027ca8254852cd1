//! What a reader reads of a block, with an exact map back to the source bytes.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::text::{ProseSpan, Span};

use super::Shift;

/// The prose of one block.
///
/// Where the source has no markup inside the block, prose *is* the source and nothing
/// is copied. Otherwise it is a text of its own, made of runs, which is shared with the
/// readings of later versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Verbatim(Span),
    Mapped { mapped: Arc<Mapped>, base: usize },
}

/// The places in the source count from the first of them, so that prose which only moves with
/// the text before it is the same.
#[derive(Debug, PartialEq, Eq)]
struct Mapped {
    text: Box<str>,
    runs: Box<[Run]>,
}

/// A stretch of prose and the source that it stands for. It begins where the one before ends. There is one
/// for each piece between tags and references, so they are small: places are counted from the head of the
/// block, of which no more than [`LONGEST`] is read in one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where it ends in the prose.
    prose_end: u32,
    /// Where it begins in the source, counted from the first run.
    source: u32,
    /// How long it is in the source, or [`VERBATIM`].
    length: u32,
}

/// The prose equals the source byte for byte; else the run is one unit (an entity, a soft break) which maps
/// as a whole.
const VERBATIM: u32 = u32::MAX;

/// A block and its source must not be longer than this, in bytes.
pub(super) const LONGEST: usize = 1 << 31;

/// A place in a block as a run has it.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(VERBATIM - 1)
}

/// The runs of a block, by their numbers.
#[derive(Clone, Copy)]
struct Runs<'r>(&'r [Run]);

impl Runs<'_> {
    fn prose(self, number: usize) -> ProseSpan {
        let start = number.checked_sub(1).map_or(0, |before| self.0[before].prose_end);
        ProseSpan::new(start as usize, self.0[number].prose_end as usize)
    }

    fn source(self, number: usize) -> Span {
        let run = self.0[number];
        let start = run.source as usize;
        let length = if run.is_verbatim() { self.prose(number).len() } else { run.length as usize };
        Span::new(start, start + length)
    }

    /// The first run of which this does not hold; it must hold of all before it.
    fn first_not(self, holds: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low.midpoint(high);
            if holds(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn source_start(self, at: usize) -> usize {
        let number = self.0.partition_point(|run| run.prose_end as usize <= at);
        match self.0.get(number) {
            Some(run) if run.is_verbatim() => run.source as usize + (at - self.prose(number).start),
            Some(run) => run.source as usize,
            None => self.end(),
        }
    }

    fn source_end(self, at: usize) -> usize {
        let number = self.0.partition_point(|run| (run.prose_end as usize) < at);
        match self.0.get(number) {
            Some(run) if run.is_verbatim() => run.source as usize + (at - self.prose(number).start),
            Some(_) => self.source(number).end,
            None => self.end(),
        }
    }

    /// Where the last one ends in the source.
    fn end(self) -> usize {
        self.0.len().checked_sub(1).map_or(0, |last| self.source(last).end)
    }
}

impl Run {
    fn is_verbatim(self) -> bool {
        self.length == VERBATIM
    }
}

impl Prose {
    /// Prose that is the source at `span`, byte for byte.
    pub const fn verbatim(span: Span) -> Self {
        Self(Kind::Verbatim(span))
    }

    /// The text. `source` must be the document's source.
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.0 {
            Kind::Verbatim(span) => span.of(source),
            Kind::Mapped { mapped, .. } => &mapped.text,
        }
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Verbatim(span) => span.len(),
            Kind::Mapped { mapped, .. } => mapped.text.len(),
        }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The source bytes that `span` came from: from the first byte of its first
    /// character to the last byte of its last, with any markup that lies between.
    ///
    /// A gap maps to the gap behind the character before it, so that an insertion
    /// after a word lands before the markup that follows the word; at the start of the
    /// block it maps to the gap before the first character.
    /// O(log runs).
    pub fn to_source(&self, span: ProseSpan) -> Span {
        match &self.0 {
            Kind::Verbatim(base) => Span::new(base.start + span.start, base.start + span.end),
            Kind::Mapped { mapped, base } => {
                let runs = Runs(&mapped.runs);
                if span.is_empty() {
                    let is_first = span.start == 0;
                    return Span::gap(
                        base + if is_first { 0 } else { runs.source_end(span.start) },
                    );
                }
                Span::new(base + runs.source_start(span.start), base + runs.source_end(span.end))
            }
        }
    }

    /// The source that `span` is byte for byte, if it is one piece of that. O(log runs).
    pub fn piece(&self, span: ProseSpan) -> Option<Span> {
        match &self.0 {
            Kind::Verbatim(base) => Some(Span::new(base.start + span.start, base.start + span.end)),
            Kind::Mapped { mapped, base } => {
                let runs = Runs(&mapped.runs);
                let number =
                    mapped.runs.partition_point(|run| run.prose_end as usize <= span.start);
                let run = mapped.runs.get(number)?;
                let is_inside = run.is_verbatim() && span.end <= run.prose_end as usize;
                let start = base + run.source as usize + span.start - runs.prose(number).start;
                is_inside.then(|| Span::new(start, start + span.len()))
            }
        }
    }

    /// The prose offset of source byte `at`: the character that covers it, or the first
    /// one behind it. `None` before the block's first or behind its last character.
    pub fn to_prose(&self, at: usize) -> Option<usize> {
        match &self.0 {
            Kind::Verbatim(base) => base.touches(at).then(|| at - base.start),
            Kind::Mapped { mapped, base } => {
                let at = at.checked_sub(*base)?;
                let runs = Runs(&mapped.runs);
                if at > runs.end() {
                    return None;
                }
                let number = runs.first_not(|number| runs.source(number).end <= at);
                let Some(run) = mapped.runs.get(number) else {
                    return Some(mapped.text.len());
                };
                let source = run.source as usize;
                let is_inside = run.is_verbatim() && at > source;
                Some(runs.prose(number).start + if is_inside { at - source } else { 0 })
            }
        }
    }

    /// Whether the source of `span` can be replaced without destroying markup: it is a
    /// gap, or it lies in one piece with no markup between its characters.
    pub fn is_contiguous(&self, span: ProseSpan) -> bool {
        match &self.0 {
            Kind::Verbatim(_) => true,
            Kind::Mapped { mapped, .. } => {
                let runs = Runs(&mapped.runs);
                let first = mapped.runs.partition_point(|run| run.prose_end as usize <= span.start);
                let mut expected = None;
                for number in first..mapped.runs.len() {
                    if runs.prose(number).start >= span.end {
                        break;
                    }
                    let source = runs.source(number);
                    if expected.is_some_and(|end| end != source.start) {
                        return false;
                    }
                    expected = Some(source.end);
                }
                true
            }
        }
    }

    /// The prose that came from `source`, if it begins and ends with a character of that.
    pub fn span_of(&self, source: Span) -> Option<ProseSpan> {
        let span = ProseSpan::new(self.to_prose(source.start)?, self.to_prose(source.end)?);
        let is_whole = span.start < span.end && self.to_source(span) == source;
        is_whole.then_some(span)
    }

    /// The pieces of the source that `span` is, letter for letter, with markup between them. `None` if some of
    /// it is written as a reference or the like.
    pub fn pieces(&self, span: ProseSpan) -> Option<Vec<Span>> {
        let Kind::Mapped { mapped, base } = &self.0 else {
            return Some(vec![self.to_source(span)]);
        };
        let runs = Runs(&mapped.runs);
        let first = mapped.runs.partition_point(|run| run.prose_end as usize <= span.start);
        let mut pieces: Vec<Span> = Vec::new();
        for number in first..mapped.runs.len() {
            let prose = runs.prose(number);
            if prose.start >= span.end {
                break;
            }
            if !mapped.runs[number].is_verbatim() {
                return None;
            }
            let from = base + runs.source(number).start;
            let start = from + span.start.saturating_sub(prose.start);
            let end = from + span.end.min(prose.end) - prose.start;
            match pieces.last_mut().filter(|last| last.end == start) {
                Some(last) => last.end = end,
                None => pieces.push(Span::new(start, end)),
            }
        }
        Some(pieces)
    }

    /// The same prose where the text before it has another length.
    pub(super) fn shifted(&self, by: Shift) -> Self {
        Self(match &self.0 {
            Kind::Verbatim(span) => Kind::Verbatim(by.span(*span)),
            Kind::Mapped { mapped, base } => {
                Kind::Mapped { mapped: Arc::clone(mapped), base: by.at(*base) }
            }
        })
    }

    /// Whether the prose, where it has the same text as another one, maps it to the source as that
    /// does, but for the place where it begins.
    pub fn is_moved(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Verbatim(_), Kind::Verbatim(_)) => true,
            _ => self.is_shared_with(other),
        }
    }

    /// Whether two proses are known to have one text, without a look at it.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Mapped { mapped, .. }, Kind::Mapped { mapped: other, .. }) => {
                Arc::ptr_eq(mapped, other)
            }
            _ => false,
        }
    }
}

/// Builds the prose of a block from the pieces in which a parser meets it. Nothing is copied as long
/// as they are one piece of the source. `source` must be the same in every call.
#[derive(Debug, Default)]
pub struct ProseBuilder {
    /// Empty as long as the prose is one piece of the source.
    text: String,
    /// Where the first run begins in the source.
    base: usize,
    runs: SmallVec<[Run; 4]>,
}

impl ProseBuilder {
    /// Length of the prose so far, in bytes.
    pub fn len(&self) -> usize {
        self.runs.last().map_or(0, |last| last.prose_end as usize)
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The prose so far.
    pub fn text<'t>(&'t self, source: &'t str) -> &'t str {
        self.only_piece().map_or(&self.text, |piece| piece.of(source))
    }

    /// The piece of the source that the prose is, if it was not copied.
    fn only_piece(&self) -> Option<Span> {
        let is_copied = !self.text.is_empty();
        let is_piece = !is_copied && !self.is_empty();
        is_piece.then(|| Span::new(self.base, self.base + self.len()))
    }

    /// Adds a piece of the source as it stands.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        let prose_end = place(self.len() + span.len());
        let is_next = self.base + Runs(&self.runs).end() == span.start;
        let last = self.runs.last().is_some_and(|last| last.is_verbatim() && is_next);
        if last {
            if self.only_piece().is_none() {
                self.text.push_str(span.of(source));
            }
            if let Some(last) = self.runs.last_mut() {
                last.prose_end = prose_end;
            }
            return;
        }
        if !self.is_empty() {
            self.copy(source);
            self.text.push_str(span.of(source));
        }
        self.push(prose_end, span.start, VERBATIM);
    }

    /// Adds `text` that stands for the source at `span` as one unit: a decoded entity,
    /// a space for a line break.
    pub fn push_replaced(&mut self, source: &str, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.copy(source);
        self.text.push_str(text);
        self.push(place(self.text.len()), span.start, place(span.len()));
    }

    fn push(&mut self, prose_end: u32, start: usize, length: u32) {
        if self.runs.is_empty() {
            self.base = start;
        }
        let source = place(start - self.base);
        self.runs.push(Run { prose_end, source, length });
    }

    /// Copies the only piece, since there will be more.
    fn copy(&mut self, source: &str) {
        if let Some(piece) = self.only_piece() {
            self.text.push_str(piece.of(source));
        }
    }

    /// Takes a hyphen off the end: one that only a line break called for.
    pub fn pop_hyphen(&mut self, source: &str) {
        let last = self.text(source).chars().next_back();
        let Some(hyphen) = last.filter(|c| matches!(c, '-' | '‐')) else {
            return;
        };
        // Where nothing was copied this does nothing.
        self.text.pop();
        let Some(number) = self.runs.len().checked_sub(1) else {
            return;
        };
        let is_longer = Runs(&self.runs).prose(number).len() > hyphen.len_utf8();
        let last = &mut self.runs[number];
        if last.is_verbatim() && is_longer {
            last.prose_end -= hyphen.len_utf8() as u32;
        } else {
            self.runs.pop();
        }
    }

    /// The finished prose; without a copy where it turned out to be the source itself.
    pub fn finish(self) -> Prose {
        match self.runs.as_slice() {
            [run] if run.is_verbatim() => {
                Prose::verbatim(Span::new(self.base, self.base + self.len()))
            }
            [] => Prose::verbatim(Span::gap(0)),
            _ => {
                let text = self.text.into_boxed_str();
                let runs = self.runs.into_boxed_slice();
                let mapped = Arc::new(Mapped { text, runs });
                Prose(Kind::Mapped { mapped, base: self.base })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_tags_map_to_their_source() {
        let source = "wo<hi>rd</hi>s&rsquo; end";
        let mut builder = ProseBuilder::default();
        builder.push_verbatim(source, Span::new(0, 2));
        builder.push_verbatim(source, Span::new(6, 8));
        builder.push_verbatim(source, Span::new(13, 14));
        builder.push_replaced(source, "’", Span::new(14, 21));
        builder.push_verbatim(source, Span::new(21, 25));
        let prose = builder.finish();
        assert_eq!(prose.text(source), "words’ end");

        let mark = ProseSpan::new(5, 8);
        assert_eq!(prose.to_source(mark).of(source), "&rsquo;");
        assert!(prose.is_contiguous(mark));
        let word = ProseSpan::new(0, 5);
        assert_eq!(prose.to_source(word).of(source), "wo<hi>rd</hi>s");
        assert!(!prose.is_contiguous(word));
        let pieces = [(0, 2), (0, 5), (4, 8), (5, 8), (8, 12), (9, 11)];
        assert_eq!(
            pieces.map(|(start, end)| prose.piece(ProseSpan::new(start, end))),
            [Some((0, 2)), None, None, None, Some((21, 25)), Some((22, 24))]
                .map(|piece| piece.map(|(start, end)| Span::new(start, end)))
        );
        // Behind “rd”, inside the element: an insertion there stays with the word.
        assert_eq!(prose.to_source(ProseSpan::gap(4)), Span::gap(8));
        assert_eq!(prose.to_prose(16), Some(5));
        assert_eq!(prose.to_prose(3), Some(2));
    }

    #[test]
    fn one_piece_of_the_source_is_not_copied() {
        let source = "over-\nthrown<hi>!</hi>";
        let mut builder = ProseBuilder::default();
        builder.push_verbatim(source, Span::new(0, 2));
        builder.push_verbatim(source, Span::new(2, 5));
        assert_eq!((builder.text(source), builder.text.as_str()), ("over-", ""));
        builder.pop_hyphen(source);
        assert_eq!((builder.text(source), builder.len()), ("over", 4));
        builder.push_verbatim(source, Span::new(6, 12));
        assert_eq!(builder.text(source), "overthrown");
        builder.push_verbatim(source, Span::new(16, 17));
        let prose = builder.finish();
        assert_eq!(prose.text(source), "overthrown!");
        assert_eq!(prose.to_source(ProseSpan::new(0, 10)).of(source), "over-\nthrown");
    }
}
