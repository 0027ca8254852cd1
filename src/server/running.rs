//! Quotations that go on over several paragraphs.

use crate::quotes::{Mark, Role};
use crate::text::Span;

use super::snapshot::Snapshot;

/// The marks of such a quotation: those that open it again and again, and the one that closes it.
pub(super) struct Running {
    pub(super) marks: Vec<Span>,
    /// Whether the last of them closes it.
    pub(super) is_closed: bool,
}

impl Running {
    /// The one that goes through a block.
    pub(super) fn through(snapshot: &Snapshot, block: usize) -> Option<Self> {
        let first = (1..=block).rev().find(|&block| !goes_on_into(snapshot, block)).unwrap_or(0);
        Self::from(snapshot, first)
    }

    /// All of a document.
    pub(super) fn all(snapshot: &Snapshot) -> impl Iterator<Item = Self> + '_ {
        let readings = snapshot.analysis.quotes.blocks.iter().enumerate();
        let firsts = readings.filter(|&(block, reading)| {
            reading.goes_on > 0 && (block == 0 || !goes_on_into(snapshot, block))
        });
        firsts.filter_map(|(first, _)| Self::from(snapshot, first))
    }

    /// The one that opens in a block.
    fn from(snapshot: &Snapshot, first: usize) -> Option<Self> {
        let analysis = &snapshot.analysis;
        let readings = &analysis.quotes.blocks;
        let mut opening = readings[first].marks.iter();
        let begins = opening
            .find(|mark| mark.role == Role::Opens && mark.partner().is_none() && mark.depth == 0)?;
        let mut marks = vec![analysis.to_source(first, begins.span())];
        let mut is_closed = false;
        for (block, reading) in readings.iter().enumerate().skip(first + 1) {
            let Some(again) = head(snapshot, block).filter(|_| goes_on_into(snapshot, block))
            else {
                break;
            };
            let close = again.partner().map(|close| reading.marks[close].span());
            let here = [Some(again.span()), close].into_iter().flatten();
            marks.extend(here.map(|span| analysis.to_source(block, span)));
            is_closed = close.is_some();
            if is_closed {
                break;
            }
        }
        (marks.len() > 1).then_some(Self { marks, is_closed })
    }

    /// From the first mark to the last.
    pub(super) fn extent(&self) -> Option<Span> {
        let (first, last) = (self.marks.first()?, self.marks.last()?);
        (first.start <= last.end).then(|| Span::new(first.start, last.end))
    }
}

/// The mark with which a block opens.
fn head(snapshot: &Snapshot, block: usize) -> Option<&Mark> {
    let first = snapshot.analysis.quotes.blocks[block].marks.first();
    first.filter(|mark| mark.span().start == 0 && mark.role == Role::Opens)
}

fn goes_on_into(snapshot: &Snapshot, block: usize) -> bool {
    snapshot.analysis.quotes.blocks[block - 1].goes_on > 0 && head(snapshot, block).is_some()
}
