//! What the server can do, and what the client said that it can.

use serde_json::json;

use crate::text::PositionEncoding;

use super::asks::Asks;
use super::code_action::FIX_ALL;
use super::options::{DiagnosticMode, Options, SECTION};
use super::proto::*;
use super::{completion, on_type_formatting};

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
    /// What else it can be told to ask for again.
    pub(super) redraws: Views,
    /// Can make files when it applies an edit.
    pub(super) creates_files: bool,
    /// Refuses an edit of another version of a document than it has.
    pub(super) versions_edits: bool,
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
    /// Tells by the version of diagnostics whether they are of the present text.
    pub(super) versions_diagnostics: bool,
    /// Knows that one of several repairs is the first choice.
    pub(super) prefers_actions: bool,
    /// Shows a word beside a link.
    pub(super) explains_links: bool,
    /// Understands code actions, not only commands.
    pub(super) has_action_literals: bool,
    /// What it asks for if the server has it.
    asks: Asks,
    /// Understands symbols within symbols.
    pub(super) nests_symbols: bool,
    /// Asks before it renames.
    pub(super) prepares_rename: bool,
    /// Asks for the edit of a code action when that is chosen.
    pub(super) resolves_actions: bool,
    /// Asks for the range of a symbol of the corpus when that is chosen.
    pub(super) resolves_symbols: bool,
    /// Can be told that its settings are of interest.
    registers_configuration: bool,
    /// What it tells of files that it makes, renames and deletes.
    tells_files: FileEvents,
}

/// What an editor shows of a text beside its diagnostics and asks for when the text changes; of another
/// authority it must be told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Views {
    pub(super) tokens: bool,
    pub(super) hints: bool,
    pub(super) lenses: bool,
}

impl Views {
    fn of(workspace: &WorkspaceClientCapabilities) -> Self {
        let tokens = workspace.semantic_tokens.as_ref().and_then(|can| can.refresh_support);
        let hints = workspace.inlay_hint.as_ref().and_then(|can| can.refresh_support);
        let lenses = workspace.code_lens.as_ref().and_then(|can| can.refresh_support);
        let [tokens, hints, lenses] = [tokens, hints, lenses].map(|can| can == Some(true));
        Self { tokens, hints, lenses }
    }
}

/// What a client tells of files.
#[derive(Clone, Copy, Debug, Default)]
struct FileEvents {
    created: bool,
    renamed: bool,
    deleted: bool,
    /// It asks before it renames what else is to be changed.
    asks_to_rename: bool,
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
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let action = text.and_then(|text| text.code_action.as_ref());
        Self {
            encoding: choose_encoding(capabilities),
            shows_progress: window.and_then(|window| window.work_done_progress).unwrap_or(false),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes: refresh.and_then(|refresh| refresh.refresh_support).unwrap_or(false),
            redraws: workspace.map(Views::of).unwrap_or_default(),
            versions_edits: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            asks: Asks::of(capabilities),
            creates_files: edit.and_then(|edit| edit.document_changes).unwrap_or(false)
                && operations.is_some_and(|all| all.contains(&ResourceOperationKind::Create)),
            tells_configuration: workspace
                .and_then(|workspace| workspace.configuration)
                .unwrap_or(false),
            watches: watch.and_then(|watch| watch.dynamic_registration).unwrap_or(false),
            hovers_in_markdown: hover.is_some_and(|formats| formats.contains(&MARKDOWN)),
            documents_in_markdown: item.is_some_and(|formats| formats.contains(&MARKDOWN)),
            // A client says so for the diagnostics that are sent to it, and means those too that it
            // asks for.
            relates: diagnostics.and_then(|can| can.related_information).unwrap_or(false),
            describes_codes: diagnostics
                .and_then(|can| can.code_description_support)
                .unwrap_or(false),
            versions_diagnostics: diagnostics.and_then(|can| can.version_support).unwrap_or(false),
            prefers_actions: action.and_then(|can| can.is_preferred_support).unwrap_or(false),
            explains_links: text
                .and_then(|text| text.document_link.as_ref()?.tooltip_support)
                .unwrap_or(false),
            has_action_literals: action
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            nests_symbols: text
                .and_then(|text| text.document_symbol.as_ref())
                .and_then(|symbol| symbol.hierarchical_document_symbol_support)
                .unwrap_or(false),
            resolves_actions: action
                .filter(|action| action.data_support == Some(true))
                .and_then(|action| action.resolve_support.as_ref())
                .is_some_and(|can| can.properties.iter().any(|property| property == "edit")),
            resolves_symbols: workspace
                .and_then(|workspace| workspace.symbol.as_ref()?.resolve_support.as_ref())
                .is_some_and(|can| can.properties.iter().any(|one| one == "location.range")),
            registers_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration?.dynamic_registration)
                .unwrap_or(false),
            tells_files: workspace
                .and_then(|workspace| workspace.file_operations.as_ref())
                .map(|files| FileEvents {
                    created: files.did_create.unwrap_or(false),
                    renamed: files.did_rename.unwrap_or(false),
                    deleted: files.did_delete.unwrap_or(false),
                    asks_to_rename: files.will_rename.unwrap_or(false),
                })
                .unwrap_or_default(),
            prepares_rename: text
                .and_then(|text| text.rename.as_ref())
                .and_then(|rename| rename.prepare_support)
                .unwrap_or(false),
        }
    }
}

const MARKDOWN: MarkupKind = MarkupKind::Markdown;

/// What the server announces to such a client.
pub(super) fn server_capabilities(
    client: &ClientAbilities,
    options: &Options,
) -> ServerCapabilities {
    let asks = &client.asks;
    ServerCapabilities {
        position_encoding: Some(encoding_kind(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: asks.saves.then_some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: asks.hover.then_some(HoverProviderCapability::Simple(true)),
        definition_provider: yes(asks.definition),
        declaration_provider: asks.declaration.then_some(DeclarationCapability::Simple(true)),
        references_provider: yes(asks.references),
        document_highlight_provider: yes(asks.document_highlight),
        document_symbol_provider: yes(asks.document_symbol),
        workspace_symbol_provider: asks.workspace_symbol.then(|| workspace_symbols(client)),
        completion_provider: asks.completion.then(|| CompletionOptions {
            trigger_characters: Some(strings(completion::TRIGGERS)),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        code_action_provider: asks.code_action.then(|| code_actions(client)),
        rename_provider: asks.rename.then(|| renaming(client)),
        code_lens_provider: asks
            .code_lens
            .then_some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: yes(asks.inlay_hint),
        semantic_tokens_provider: asks.tokens.options(),
        folding_range_provider: asks
            .folding_range
            .then_some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: asks
            .selection_range
            .then_some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: asks.document_link.then(|| DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        linked_editing_range_provider: asks
            .linked_editing_range
            .then_some(LinkedEditingRangeServerCapabilities::Simple(true)),
        document_on_type_formatting_provider: asks.on_type_formatting.then(|| {
            DocumentOnTypeFormattingOptions {
                first_trigger_character: on_type_formatting::TRIGGERS[0].to_owned(),
                more_trigger_character: Some(strings(&on_type_formatting::TRIGGERS[1..])),
            }
        }),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("rubricator".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: options.diagnostic_mode == DiagnosticMode::Workspace,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        workspace: of_workspace(client),
        ..ServerCapabilities::default()
    }
}

/// Announced without options, if it is asked for.
fn yes<T>(asked: bool) -> Option<OneOf<bool, T>> {
    asked.then_some(OneOf::Left(true))
}

fn strings(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

fn workspace_symbols(client: &ClientAbilities) -> OneOf<bool, WorkspaceSymbolOptions> {
    if !client.resolves_symbols {
        return OneOf::Left(true);
    }
    OneOf::Right(WorkspaceSymbolOptions {
        resolve_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    })
}

fn code_actions(client: &ClientAbilities) -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR, FIX_ALL]),
        resolve_provider: client.resolves_actions.then_some(true),
        ..CodeActionOptions::default()
    })
}

fn renaming(client: &ClientAbilities) -> OneOf<bool, RenameOptions> {
    if !client.prepares_rename {
        return OneOf::Left(true);
    }
    OneOf::Right(RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    })
}

/// What concerns the workspace, if the client knows anything of one.
fn of_workspace(client: &ClientAbilities) -> Option<WorkspaceServerCapabilities> {
    let folders = client.asks.workspace_folders.then_some(WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    });
    let files = file_operations(&client.tells_files);
    (folders.is_some() || files.is_some()).then_some(WorkspaceServerCapabilities {
        workspace_folders: folders,
        file_operations: files,
    })
}

/// What is to be told of files, as far as the client does.
fn file_operations(client: &FileEvents) -> Option<WorkspaceFileOperationsServerCapabilities> {
    let FileEvents { created, renamed, deleted, asks_to_rename } = *client;
    let is_any = created || renamed || deleted || asks_to_rename;
    is_any.then(|| WorkspaceFileOperationsServerCapabilities {
        did_create: created.then(moves),
        did_rename: renamed.then(moves),
        did_delete: deleted.then(moves),
        will_rename: asks_to_rename.then(moves),
        ..WorkspaceFileOperationsServerCapabilities::default()
    })
}

/// Files and folders that come, go and move.
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

/// What the client is asked to tell: changes of files on disk that matter, and of its settings.
pub(super) fn registrations(client: &ClientAbilities) -> Vec<Registration> {
    let registration = |name: &str, method: &str, options| Registration {
        id: format!("rubricator/{name}"),
        method: method.to_owned(),
        register_options: Some(options),
    };
    let mut all = Vec::new();
    if client.watches {
        let patterns = [TEXTS, "**/*.toml"].map(|glob| json!({ "globPattern": glob }));
        let options = json!({ "watchers": patterns });
        all.push(registration("watch", "workspace/didChangeWatchedFiles", options));
    }
    if client.registers_configuration {
        let options = json!({ "section": SECTION });
        all.push(registration("settings", "workspace/didChangeConfiguration", options));
    }
    all
}
