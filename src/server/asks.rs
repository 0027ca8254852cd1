//! What a client asks for: nothing else is announced to it.

use super::proto::{
    ClientCapabilities, CodeActionClientCapabilities, SemanticTokensClientCapabilities,
    SemanticTokensFullOptions, SemanticTokensOptions, SemanticTokensServerCapabilities,
    TextDocumentClientCapabilities,
};
use super::semantic_tokens;

/// The requests and notifications that a client knows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asks {
    pub(super) code_action: bool,
    pub(super) code_lens: bool,
    pub(super) completion: bool,
    pub(super) declaration: bool,
    pub(super) definition: bool,
    pub(super) document_highlight: bool,
    pub(super) document_link: bool,
    pub(super) document_symbol: bool,
    pub(super) folding_range: bool,
    pub(super) hover: bool,
    pub(super) inlay_hint: bool,
    pub(super) linked_editing_range: bool,
    pub(super) on_type_formatting: bool,
    pub(super) references: bool,
    pub(super) rename: bool,
    pub(super) selection_range: bool,
    pub(super) tokens: TokenRequests,
    pub(super) workspace_folders: bool,
    pub(super) workspace_symbol: bool,
    /// It tells when a document was saved.
    pub(super) saves: bool,
}

/// In which ways a client asks for semantic tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TokenRequests {
    range: bool,
    full: bool,
    delta: bool,
}

impl Asks {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let (text, workspace) = (&capabilities.text_document, capabilities.workspace.as_ref());
        if text.is_none() && workspace.is_none() {
            return Self::of_old();
        }
        let none = TextDocumentClientCapabilities::default();
        let text = text.as_ref().unwrap_or(&none);
        let synchronization = text.synchronization.as_ref();
        let literals = |can: &CodeActionClientCapabilities| can.code_action_literal_support.clone();
        Self {
            // Commands, which others would understand, there are none.
            code_action: text.code_action.as_ref().and_then(literals).is_some(),
            code_lens: text.code_lens.is_some(),
            completion: text.completion.is_some(),
            declaration: text.declaration.is_some(),
            definition: text.definition.is_some(),
            document_highlight: text.document_highlight.is_some(),
            document_link: text.document_link.is_some(),
            document_symbol: text.document_symbol.is_some(),
            folding_range: text.folding_range.is_some(),
            hover: text.hover.is_some(),
            inlay_hint: text.inlay_hint.is_some(),
            linked_editing_range: text.linked_editing_range.is_some(),
            on_type_formatting: text.on_type_formatting.is_some(),
            references: text.references.is_some(),
            rename: text.rename.is_some(),
            selection_range: text.selection_range.is_some(),
            tokens: text.semantic_tokens.as_ref().map(TokenRequests::of).unwrap_or_default(),
            workspace_folders: workspace.and_then(|can| can.workspace_folders).unwrap_or(false),
            workspace_symbol: workspace.is_some_and(|can| can.symbol.is_some()),
            saves: synchronization.is_none_or(|can| can.did_save == Some(true)),
        }
    }

    /// A client of the days before clients told what they can do: it knows what there was then, of which
    /// it is given what shows nothing unasked.
    fn of_old() -> Self {
        Self {
            completion: true,
            definition: true,
            document_highlight: true,
            document_symbol: true,
            hover: true,
            references: true,
            rename: true,
            workspace_symbol: true,
            saves: true,
            ..Self::default()
        }
    }
}

impl TokenRequests {
    fn of(can: &SemanticTokensClientCapabilities) -> Self {
        let full = can.requests.full.as_ref();
        Self {
            range: can.requests.range == Some(true),
            full: full.is_some_and(|full| *full != SemanticTokensFullOptions::Bool(false)),
            delta: full == Some(&SemanticTokensFullOptions::Delta { delta: Some(true) }),
        }
    }

    /// What is announced for them, if it asks for tokens at all.
    pub(super) fn options(self) -> Option<SemanticTokensServerCapabilities> {
        let full = match self.delta {
            true => SemanticTokensFullOptions::Delta { delta: Some(true) },
            false => SemanticTokensFullOptions::Bool(true),
        };
        let options = SemanticTokensOptions {
            legend: semantic_tokens::legend(),
            range: self.range.then_some(true),
            full: self.full.then_some(full),
            ..SemanticTokensOptions::default()
        };
        (self.range || self.full).then_some(options.into())
    }
}
