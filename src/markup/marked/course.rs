//! How the reading of a new version goes on from that of the one before.
//!
//! Between two blocks little is going on: some elements are open, and that is all. Such places
//! of rest are kept here and there. The next reading goes on from the last of them before what was
//! changed, and ends at the first behind it at which the same elements are open as then: from
//! there on everything is as it was, only at other places.

use crate::text::Span;

use super::super::Language;
use super::raw::{Marks, Raw};
use super::rest::State;
use super::{Assembler, Change};

/// How far places of rest that are kept are apart, in bytes.
const DISTANCE: usize = 8 * 1024;

/// A place of rest. `X` is what else a format has to know.
#[derive(Clone, Debug)]
pub(in crate::markup) struct Stop<X> {
    /// The tag before which it is; which one it is may have mattered.
    tag: Span,
    state: State,
    marks: Marks,
    pub(in crate::markup) extra: X,
}

/// What is kept of a reading.
#[derive(Debug)]
pub(in crate::markup) struct Kept<X> {
    raw: Raw,
    stops: Vec<Stop<X>>,
    /// What the format knew at the end.
    pub(in crate::markup) end: X,
    /// The language of the document.
    pub(super) language: Language,
}

/// Where a reading is on its way from the one before to the one after it.
#[derive(Debug)]
pub(in crate::markup) struct Course<'s, X> {
    before: Option<(&'s Kept<X>, Change)>,
    stops: Vec<Stop<X>>,
}

/// How many problems there are at the end if the old reading is taken over from a place at which
/// there are `now` of them and were `then`, and which had `end` in all. `None` if one of the two
/// readings leaves problems out, of which `most` are told.
pub(in crate::markup) fn problems_at_end(
    [now, then, end]: [usize; 3],
    most: usize,
) -> Option<usize> {
    let problems = now + end - then;
    (end < most && problems < most).then_some(problems)
}

impl<'s, X: Clone> Course<'s, X> {
    /// A course of a new version, if there was one before.
    pub(in crate::markup) fn new(before: Option<(&'s Kept<X>, Change)>) -> Self {
        Self { before, stops: Vec::new() }
    }

    /// Puts `out` into the state of the last place of rest before the change; gives where that
    /// is and what the format knew.
    pub(in crate::markup) fn resume(&mut self, out: &mut Assembler<'s>) -> Option<(usize, X)> {
        let (kept, change) = self.before?;
        let before = kept.stops.partition_point(|stop| stop.tag.end <= change.start);
        let stop = kept.stops[..before].last()?;
        self.stops.extend_from_slice(&kept.stops[..before]);
        out.resume(&stop.state, kept.raw.head(stop.marks), kept.language);
        Some((stop.tag.start, stop.extra.clone()))
    }

    /// The first two places of rest behind the change, in the old version.
    pub(in crate::markup) fn behind(&self) -> (Option<usize>, Option<usize>) {
        let Some((kept, change)) = self.before else {
            return (None, None);
        };
        let first = kept.stops.partition_point(|stop| stop.tag.start < change.old_end);
        let at = |number: usize| kept.stops.get(number).map(|stop| stop.tag.start);
        (at(first), at(first + 1))
    }

    /// Before a tag, where `out` is at rest: keeps the place, or takes over the rest of the old
    /// reading if it goes on from here. `end` gets what the format knew then, here and at the end,
    /// and gives what it knows at the end now, unless that cannot be said; that is given then.
    pub(in crate::markup) fn pass(
        &mut self,
        tag: Span,
        out: &mut Assembler<'s>,
        extra: &X,
        end: impl Fn(&X, &X) -> Option<X>,
    ) -> Option<X> {
        if let Some((kept, change)) = self.before
            && tag.start >= change.new_end
            && let Some(old) = tag.start.checked_sub(change.new_end).map(|at| at + change.old_end)
            && let Ok(number) = kept.stops.binary_search_by_key(&old, |stop| stop.tag.start)
            && let stop = &kept.stops[number]
            && out.agrees(&stop.state, &kept.raw, &change)
            && let Some(at_end) = end(&stop.extra, &kept.end)
        {
            let shift = change.shift();
            let moved = out.take_over(&stop.state, &kept.raw, stop.marks, &change);
            self.stops.extend(kept.stops[number..].iter().map(|stop| {
                Stop {
                    tag: shift.span(stop.tag),
                    state: stop.state.now(&change, &moved),
                    marks: moved.marks(stop.marks),
                    // What counts what came before counts what came before the change now.
                    extra: end(&kept.stops[number].extra, &stop.extra)
                        .unwrap_or_else(|| stop.extra.clone()),
                }
            }));
            return Some(at_end);
        }
        if self.stops.last().is_none_or(|last| tag.start >= last.tag.start + DISTANCE) {
            let (state, marks) = out.state();
            self.stops.push(Stop { tag, state, marks, extra: extra.clone() });
        }
        None
    }

    /// What is kept of the reading, once everything has ended.
    pub(in crate::markup) fn keep(self, out: &Assembler<'s>, end: X) -> Kept<X> {
        let (raw, language) = out.kept();
        Kept { raw, stops: self.stops, end, language }
    }
}
