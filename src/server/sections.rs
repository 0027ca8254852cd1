//! The sections of a document: each heading with what stands under it.

use crate::markup::{BlockKind, Format};
use crate::text::Span;

use super::snapshot::Snapshot;

/// A heading and its extent.
#[derive(Debug)]
pub(super) struct Section {
    /// The heading itself.
    pub(super) heading: Span,
    /// What a reader reads of it.
    pub(super) title: String,
    /// From the heading to the next of its level or a higher one.
    pub(super) extent: Span,
}

/// All sections in the order of the source; an inner one lies within the outer.
pub(super) fn sections(snapshot: &Snapshot) -> Vec<Section> {
    let analysis = &snapshot.analysis;
    let end = analysis.source.len();
    // In plain text the title is part of the header block.
    let has_title = analysis.document.format != Format::Plain;
    let mut sections: Vec<Section> = Vec::new();
    // Levels and numbers of the sections that are open, the innermost last.
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (number, block) in analysis.document.blocks.iter().enumerate() {
        let level = match block.kind {
            BlockKind::Heading(level) => level,
            BlockKind::Title if has_title => 0,
            _ => continue,
        };
        let start = block.span.start;
        while let Some((_, section)) = open.pop_if(|(upper, _)| *upper >= level) {
            sections[section].extent.end = start;
        }
        open.push((level, sections.len()));
        let title = analysis.prose(number).trim().replace(['\n', '\r'], " ");
        sections.push(Section { heading: block.span, title, extent: Span::new(start, end) });
    }
    sections
}
