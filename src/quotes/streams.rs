//! Which blocks a reader reads on in: the text is one stream, and each note one of its own.

use crate::markup::{AnchorKind, BlockKind, Document};

/// How far the next block of a stream is looked for: notes may stand between.
const FARTHEST: usize = 8;

/// The streams of a document, by the numbers of its blocks.
#[derive(Debug)]
pub(super) struct Streams {
    /// Which note each block is a paragraph of; 0: none.
    notes: Vec<u32>,
}

impl Streams {
    /// Linear in the blocks and anchors.
    pub(super) fn of(document: &Document) -> Self {
        let is_note = |anchor: &&crate::markup::Anchor| anchor.kind == AnchorKind::Note;
        let mut heads = document.anchors.iter().filter(is_note).peekable();
        let mut note = 1;
        let notes = document.blocks.iter().map(|block| {
            if block.kind != BlockKind::Note {
                return 0;
            }
            // A note that begins before or in the block begins with it: its label may stand there.
            let mut begins = false;
            while heads.next_if(|head| head.span.start < block.span.end).is_some() {
                begins = true;
            }
            note += u32::from(begins);
            note
        });
        Self { notes: notes.collect() }
    }

    /// Whether a reader reads on from one block in the other.
    pub(super) fn are_one(&self, block: usize, other: usize) -> bool {
        self.notes[block] == self.notes[other]
    }

    /// The block in which a reader reads on.
    pub(super) fn next(&self, block: usize) -> Option<usize> {
        let mut near = (block + 1..self.notes.len()).take(FARTHEST);
        near.find(|&next| self.are_one(block, next))
    }
}
