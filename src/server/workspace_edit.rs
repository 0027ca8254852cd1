//! Edits of several documents, as the client can take them: with the versions that they were made
//! for, so that an editor can refuse what has come too late, or without.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::proto::{
    DocumentChanges, Lines, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};
use super::snapshot::CorpusSnapshot;

/// What stands somewhere, and what is to stand there.
pub(super) type Replacements = Vec<(Span, String)>;

/// Replacements by document, which is told by its name in the index.
pub(super) type Edits = FxHashMap<Arc<str>, Replacements>;

/// Edits of documents of one corpus and of its configuration.
pub(super) fn workspace_edit(corpus: &CorpusSnapshot, edits: Edits) -> WorkspaceEdit {
    workspace_edit_of_all([(corpus, edits)])
}

/// Edits of documents of several corpora.
pub(super) fn workspace_edit_of_all<'c>(
    parts: impl IntoIterator<Item = (&'c CorpusSnapshot, Edits)>,
) -> WorkspaceEdit {
    let mut has_versions = false;
    let mut all = Vec::new();
    for (corpus, edits) in parts {
        has_versions |= corpus.client.versions_edits;
        let edits = edits.into_iter();
        all.extend(edits.filter_map(|(name, edits)| of_document(corpus, &name, edits)));
    }
    all.sort_by(|(a, _), (b, _)| a.uri.as_str().cmp(b.uri.as_str()));
    if !has_versions {
        let changes = all.into_iter().map(|(document, edits)| (document.uri, edits)).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let documents = all.into_iter().map(|(text_document, edits)| TextDocumentEdit {
        text_document,
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    let document_changes = Some(DocumentChanges::Edits(documents.collect()));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

/// The edits of a document; `None` if it cannot be read.
fn of_document(
    corpus: &CorpusSnapshot,
    name: &str,
    mut replacements: Replacements,
) -> Option<(OptionalVersionedTextDocumentIdentifier, Vec<TextEdit>)> {
    replacements.sort();
    replacements.dedup();
    let page = corpus.page_of(name)?;
    let lines = Lines { text: &page.text, index: &page.lines, encoding: corpus.encoding };
    let edits = replacements.into_iter();
    let edits = edits.map(|(span, new_text)| TextEdit { range: lines.range(span), new_text });
    // What no editor has open has no version.
    let version = corpus.open_page(name).map(|open| open.version);
    let document = OptionalVersionedTextDocumentIdentifier { uri: corpus.uri_of(name)?, version };
    Some((document, edits.collect()))
}
