//! Plain text.

use crate::text::Span;

use super::{Block, BlockKind, Document, Format, Language, Prose};

pub(super) fn read(source: &str, language: Option<Language>) -> Document {
    let language = language.unwrap_or_default();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            let span = Span::new(at, end);
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span,
                prose: Prose::verbatim(span),
                language,
                quotation_depth: 0,
                inlines: Vec::new(),
            });
        }
        at += line.len();
    }
    Document { format: Format::Plain, language, blocks, ..Document::default() }
}
