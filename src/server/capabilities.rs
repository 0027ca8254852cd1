//! What the server can do, and what the client said that it can.

use crate::text::PositionEncoding;

use super::code_action::FIX_ALL;
use super::options::{DiagnosticMode, Options};
use super::proto::*;
use super::{completion, on_type_formatting, semantic_tokens};

/// The extensions of the files that the server reads, as a pattern.
const TEXTS: &str = "**/*.{txt,text,md,markdown,html,htm,xhtml,xml,tei}";

/// What the client can do, as far as the server acts by it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClientAbilities {
    pub(super) encoding: PositionEncoding,
    pub(super) shows_progress: bool,
    /// Asks for diagnostics itself; they are not sent then.
    pub(super) pulls: bool,
    /// Can be told to ask for diagnostics again.
    pub(super) refreshes: bool,
    /// Can make files when it applies an edit.
    pub(super) creates_files: bool,
    /// Can be asked for its configuration.
    pub(super) tells_configuration: bool,
    /// Watches files on request.
    pub(super) watches: bool,
    /// Understands Markdown on hover, and beside a completion.
    pub(super) hovers_in_markdown: bool,
    pub(super) documents_in_markdown: bool,
    /// Shows other places beside a diagnostic.
    pub(super) relates: bool,
    /// Opens the page of a diagnostic's code.
    pub(super) describes_codes: bool,
    /// Understands code actions, not only commands.
    pub(super) has_action_literals: bool,
    /// Understands symbols within symbols.
    pub(super) nests_symbols: bool,
    /// Asks before it renames.
    pub(super) prepares_rename: bool,
}

impl ClientAbilities {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let window = capabilities.window.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let text = capabilities.text_document.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_deref());
        let refresh = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
        let watch = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()?.content_format.as_deref());
        let item = text
            .and_then(|text| text.completion.as_ref()?.completion_item.as_ref())
            .and_then(|item| item.documentation_format.as_deref());
        let diagnostics = text.and_then(diagnostic_abilities);
        Self {
            encoding: choose_encoding(capabilities),
            shows_progress: window.and_then(|window| window.work_done_progress).unwrap_or(false),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes: refresh.and_then(|refresh| refresh.refresh_support).unwrap_or(false),
            creates_files: edit.and_then(|edit| edit.document_changes).unwrap_or(false)
                && operations.is_some_and(|all| all.contains(&ResourceOperationKind::Create)),
            tells_configuration: workspace
                .and_then(|workspace| workspace.configuration)
                .unwrap_or(false),
            watches: watch.and_then(|watch| watch.dynamic_registration).unwrap_or(false),
            hovers_in_markdown: hover.is_some_and(|formats| formats.contains(&MARKDOWN)),
            documents_in_markdown: item.is_some_and(|formats| formats.contains(&MARKDOWN)),
            relates: diagnostics.is_some_and(|can| can.0.unwrap_or(false)),
            describes_codes: diagnostics.is_some_and(|can| can.1.unwrap_or(false)),
            has_action_literals: text
                .and_then(|text| text.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            nests_symbols: text
                .and_then(|text| text.document_symbol.as_ref())
                .and_then(|symbol| symbol.hierarchical_document_symbol_support)
                .unwrap_or(false),
            prepares_rename: text
                .and_then(|text| text.rename.as_ref())
                .and_then(|rename| rename.prepare_support)
                .unwrap_or(false),
        }
    }
}

const MARKDOWN: MarkupKind = MarkupKind::Markdown;

/// Whether related places and descriptions of codes are understood: a client says so for
/// diagnostics that are sent or for those that it asks for.
fn diagnostic_abilities(
    text: &TextDocumentClientCapabilities,
) -> Option<(Option<bool>, Option<bool>)> {
    let sent = text.publish_diagnostics.as_ref();
    sent.map(|can| (can.related_information, can.code_description_support))
}

/// What the server announces to such a client.
pub(super) fn server_capabilities(
    client: &ClientAbilities,
    options: &Options,
) -> ServerCapabilities {
    let strings = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    ServerCapabilities {
        position_encoding: Some(encoding_kind(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(strings(completion::TRIGGERS)),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        code_action_provider: Some(if client.has_action_literals {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR,
                    FIX_ALL,
                ]),
                ..CodeActionOptions::default()
            })
        } else {
            CodeActionProviderCapability::Simple(true)
        }),
        rename_provider: Some(if client.prepares_rename {
            OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        } else {
            OneOf::Left(true)
        }),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            },
        )),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: on_type_formatting::TRIGGERS[0].to_owned(),
            more_trigger_character: Some(strings(&on_type_formatting::TRIGGERS[1..])),
        }),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("rubricator".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: options.diagnostic_mode == DiagnosticMode::Workspace,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                will_rename: Some(moves()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

/// Files and folders whose moves concern links.
fn moves() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            filter(TEXTS, FileOperationPatternKind::File),
            filter("**", FileOperationPatternKind::Folder),
        ],
    }
}

/// The files whose changes on disk matter, for a client that can watch them.
pub(super) fn watchers(client: &ClientAbilities) -> Vec<Registration> {
    if !client.watches {
        return Vec::new();
    }
    let patterns = [TEXTS, "**/*.toml"].map(|glob| serde_json::json!({ "globPattern": glob }));
    vec![Registration {
        id: "rubricator/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({ "watchers": patterns })),
    }]
}
