//! What a reader reads of a block, with an exact map back to the source bytes.

use std::sync::Arc;

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

/// A stretch of prose and the source that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    prose: ProseSpan,
    source: Span,
    /// Whether the prose equals the source byte for byte; else the run is one unit
    /// (an entity, a soft break) which maps as a whole.
    verbatim: bool,
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
                let runs = &mapped.runs;
                if span.is_empty() {
                    let is_first = span.start == 0;
                    return Span::gap(
                        base + if is_first { 0 } else { source_end(runs, span.start) },
                    );
                }
                let start = source_start(runs, span.start);
                Span::new(base + start, base + source_end(runs, span.end))
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
                let runs = &mapped.runs;
                let last = runs.last()?;
                if at > last.source.end {
                    return None;
                }
                let index = runs.partition_point(|run| run.source.end <= at);
                let Some(run) = runs.get(index) else {
                    return Some(last.prose.end);
                };
                Some(if run.verbatim && at > run.source.start {
                    run.prose.start + (at - run.source.start)
                } else {
                    run.prose.start
                })
            }
        }
    }

    /// Whether the source of `span` can be replaced without destroying markup: it is a
    /// gap, or it lies in one piece with no markup between its characters.
    pub fn is_contiguous(&self, span: ProseSpan) -> bool {
        match &self.0 {
            Kind::Verbatim(_) => true,
            Kind::Mapped { mapped, .. } => {
                let runs = &mapped.runs;
                let first = runs.partition_point(|run| run.prose.end <= span.start);
                let mut expected = None;
                for run in &runs[first.min(runs.len())..] {
                    if run.prose.start >= span.end {
                        break;
                    }
                    if expected.is_some_and(|end| end != run.source.start) {
                        return false;
                    }
                    expected = Some(run.source.end);
                }
                true
            }
        }
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

fn source_start(runs: &[Run], at: usize) -> usize {
    let index = runs.partition_point(|run| run.prose.end <= at);
    match runs.get(index) {
        Some(run) if run.verbatim => run.source.start + (at - run.prose.start),
        Some(run) => run.source.start,
        None => runs.last().map_or(0, |run| run.source.end),
    }
}

fn source_end(runs: &[Run], at: usize) -> usize {
    let index = runs.partition_point(|run| run.prose.end < at);
    match runs.get(index) {
        Some(run) if run.verbatim => run.source.start + (at - run.prose.start),
        Some(run) => run.source.end,
        None => runs.last().map_or(0, |run| run.source.end),
    }
}

/// Builds the prose of a block from the pieces in which a parser meets it. Nothing is copied as long
/// as they are one piece of the source. `source` must be the same in every call.
#[derive(Debug, Default)]
pub struct ProseBuilder {
    /// Empty as long as the prose is one piece of the source.
    text: String,
    runs: Vec<Run>,
}

impl ProseBuilder {
    /// Length of the prose so far, in bytes.
    pub fn len(&self) -> usize {
        self.runs.last().map_or(0, |last| last.prose.end)
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
        self.runs.first().filter(|_| !is_copied).map(|run| run.source)
    }

    /// Adds a piece of the source as it stands.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        let prose = ProseSpan::new(self.len(), self.len() + span.len());
        let before = self.runs.last().filter(|last| last.verbatim);
        if before.is_some_and(|last| last.source.end == span.start) {
            if self.only_piece().is_none() {
                self.text.push_str(span.of(source));
            }
            if let Some(last) = self.runs.last_mut() {
                last.source.end = span.end;
                last.prose.end = prose.end;
            }
            return;
        }
        if !self.is_empty() {
            self.copy(source);
            self.text.push_str(span.of(source));
        }
        self.runs.push(Run { prose, source: span, verbatim: true });
    }

    /// Adds `text` that stands for the source at `span` as one unit: a decoded entity,
    /// a space for a line break.
    pub fn push_replaced(&mut self, source: &str, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.copy(source);
        let start = self.text.len();
        self.text.push_str(text);
        let prose = ProseSpan::new(start, self.text.len());
        self.runs.push(Run { prose, source: span, verbatim: false });
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
        let Some(last) = self.runs.last_mut() else {
            return;
        };
        if last.verbatim && last.prose.len() > hyphen.len_utf8() {
            last.prose.end -= hyphen.len_utf8();
            last.source.end -= hyphen.len_utf8();
        } else {
            self.runs.pop();
        }
    }

    /// The finished prose; without a copy where it turned out to be the source itself.
    pub fn finish(mut self) -> Prose {
        match self.runs.as_slice() {
            [run] if run.verbatim => Prose::verbatim(run.source),
            [] => Prose::verbatim(Span::gap(0)),
            [first, ..] => {
                let base = first.source.start;
                for run in &mut self.runs {
                    run.source = Span::new(run.source.start - base, run.source.end - base);
                }
                let text = self.text.into_boxed_str();
                let runs = self.runs.into_boxed_slice();
                Prose(Kind::Mapped { mapped: Arc::new(Mapped { text, runs }), base })
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
