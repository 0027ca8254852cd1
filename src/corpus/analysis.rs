//! One document's facts: computed once, used by every rule and every request.

use std::sync::Arc;

use crate::markup::{self, Document, Format};
use crate::names::{self, Mention};
use crate::quotes::{self, Reading};
use crate::references::{self, References};
use crate::text::{ProseSpan, Span};

use super::Settings;

/// A document and all that is known about it from its own text.
#[derive(Debug)]
pub struct Analysis {
    /// The text that every [`Span`] here counts in.
    pub source: Arc<str>,
    /// Blocks, anchors and pointers.
    pub document: Document,
    /// The roles of the quotation marks, by block.
    pub quotes: Reading,
    /// The mentions of each block of `document`, in the block's prose.
    pub mentions: Vec<Vec<Mention>>,
    /// Which pointer leads to which anchor of this document.
    pub references: References,
}

impl Analysis {
    /// The source bytes of a stretch of the prose of block number `block`.
    pub fn to_source(&self, block: usize, span: ProseSpan) -> Span {
        self.document.blocks[block].prose.to_source(span)
    }

    /// The prose of block number `block`.
    pub fn prose(&self, block: usize) -> &str {
        self.document.blocks[block].prose.text(&self.source)
    }
}

/// Reads a document and states its facts. Linear in the length of `source`; pure.
pub fn analyse(source: Arc<str>, format: Format, settings: &Settings) -> Analysis {
    let document = markup::read(&source, format, settings.language);
    let quotes = quotes::read(&source, &document, &settings.quotes);
    let mentions = document
        .blocks
        .iter()
        .map(|block| names::mentions(block.prose.text(&source), block, &settings.names))
        .collect();
    let references = references::link(&document);
    Analysis { source, document, quotes, mentions, references }
}
