//! The protocol's handlers: each forwards and returns.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dashmap::DashMap;
use tokio::sync::{oneshot, watch};
use tower_lsp::{Client, LanguageServer};

use crate::text::Change;

use super::authority_page::AuthorityPage;
use super::capabilities::{ClientAbilities, registrations, server_capabilities};
use super::options::Options;
use super::outbox::{Message, Outbox};
use super::proto::*;
use super::snapshot::{CorpusSnapshot, Snapshot};
use super::wire::Queue;
use super::workspace_diagnostic::Waiting;
use super::world::{self, Event, Start, Subject};
use super::{
    code_action_resolve, code_lens, completion, definition, diagnostics, document_link,
    document_symbol, folding_range, highlight, hover, inlay_hint, linked_editing_range,
    on_type_formatting, references, rename, selection_range, semantic_tokens, will_rename_files,
    workspace_symbol,
};

/// How often is looked whether the editor that started the server still runs.
const PARENT_INTERVAL: Duration = Duration::from_secs(2);

/// What the end of the session needs to know.
#[derive(Clone, Debug)]
pub(super) struct Lifecycle {
    was_shut_down: Arc<AtomicBool>,
    has_ended: watch::Sender<bool>,
}

impl Lifecycle {
    fn new() -> Self {
        Self { was_shut_down: Arc::default(), has_ended: watch::Sender::new(false) }
    }

    pub(super) fn was_shut_down(&self) -> bool {
        self.was_shut_down.load(Ordering::Acquire)
    }

    /// The client will say nothing more: requests that wait for something are given up, since
    /// the library waits for them.
    pub(super) fn end(&self) {
        self.has_ended.send_replace(true);
    }

    async fn ended(&self) {
        let mut has_ended = self.has_ended.subscribe();
        // The sender lives in `self`, so there is no error.
        let _ = has_ended.wait_for(|has_ended| *has_ended).await;
    }
}

#[derive(Debug)]
pub(super) struct Backend {
    client: Client,
    to_client: Queue,
    events: Sender<Event>,
    lifecycle: Lifecycle,
    /// What to begin with once the client says it is ready: before that it must not be
    /// spoken to.
    prepared: Mutex<Option<Start>>,
    /// The tokens that each document was last given, with the number of that answer.
    tokens: DashMap<String, (u64, Vec<SemanticToken>)>,
    answers: AtomicU64,
}

impl Backend {
    pub(super) fn new(client: Client, to_client: Queue) -> Self {
        Self {
            client,
            to_client,
            events: world::spawn(),
            lifecycle: Lifecycle::new(),
            prepared: Mutex::default(),
            tokens: DashMap::new(),
            answers: AtomicU64::new(0),
        }
    }

    pub(super) fn lifecycle(&self) -> Lifecycle {
        self.lifecycle.clone()
    }

    fn put(&self, event: Event) {
        if self.events.send(event).is_err() {
            tracing::error!("the documents' thread has ended");
        }
    }

    /// Answers a request about a document from its present state.
    async fn ask<T: Send + 'static>(
        &self,
        uri: Uri,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> jsonrpc::Result<Option<T>> {
        let answer = self.ask_either(uri, |text| Some(work(text)), |_| None);
        Ok(answer.await?.flatten())
    }

    /// The same for what an open authority file can answer as well.
    async fn ask_either<T: Send + 'static>(
        &self,
        uri: Uri,
        of_text: impl FnOnce(&Snapshot) -> T + Send + 'static,
        of_authority: impl FnOnce(&AuthorityPage) -> T + Send + 'static,
    ) -> jsonrpc::Result<Option<T>> {
        let (sender, receiver) = oneshot::channel();
        let work = Box::new(move |subject: Option<Subject>| {
            // Nobody waits for what was cancelled.
            if !sender.is_closed() {
                let answer = subject.map(|subject| match subject {
                    Subject::Text(snapshot) => of_text(&snapshot),
                    Subject::Authority(page) => of_authority(&page),
                });
                let _ = sender.send(answer);
            }
        });
        self.put(Event::Request { uri, work });
        // The sender is dropped without an answer only if the work panicked.
        receiver.await.map_err(|_| jsonrpc::Error::internal_error())
    }
}

impl Backend {
    /// Answers a request about all corpora.
    async fn ask_corpora<T: Send + 'static>(
        &self,
        work: impl FnOnce(&[CorpusSnapshot]) -> T + Send + 'static,
    ) -> jsonrpc::Result<T> {
        let (sender, receiver) = oneshot::channel();
        let work = Box::new(move |corpora: Vec<CorpusSnapshot>| {
            if !sender.is_closed() {
                let _ = sender.send(work(&corpora));
            }
        });
        self.put(Event::CorpusRequest { work });
        receiver.await.map_err(|_| jsonrpc::Error::internal_error())
    }

    /// `window/workDoneProgress/cancel`, which the library does not know.
    pub(super) async fn work_done_progress_cancel(&self, params: WorkDoneProgressCancelParams) {
        if let NumberOrString::String(token) = params.token {
            self.put(Event::CancelReading(token));
        }
    }

    fn watched<'u>(&self, uris: impl Iterator<Item = &'u str>) {
        let paths = uris.filter_map(|uri| path_of(&uri.parse().ok()?));
        self.put(Event::Watched(paths.collect()));
    }

    async fn all_tokens(&self, uri: Uri) -> jsonrpc::Result<Option<Vec<SemanticToken>>> {
        self.ask(uri, |s| semantic_tokens::semantic_tokens(s, None)).await
    }

    /// Keeps the tokens that a document is given; a later delta starts from them.
    fn remember(&self, uri: &Uri, tokens: &[SemanticToken]) -> String {
        let id = self.answers.fetch_add(1, Ordering::Relaxed);
        self.tokens.insert(uri.as_str().to_owned(), (id, tokens.to_vec()));
        id.to_string()
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        let client = ClientAbilities::of(&params.capabilities);
        if let Some(parent) = params.process_id {
            watch_parent(parent);
        }
        let options = params.initialization_options.as_ref();
        let options = options.map(|sent| Options::default().with(sent)).unwrap_or_default();
        let start = Start {
            folders: folders(&params),
            client,
            options,
            outbox: Outbox::new(self.client.clone(), self.to_client.clone(), self.events.clone()),
        };
        *self.prepared.lock().unwrap_or_else(PoisonError::into_inner) = Some(start);
        Ok(InitializeResult {
            capabilities: server_capabilities(&client, &options),
            server_info: Some(ServerInfo {
                name: "rubricator".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(start) = prepared {
            let registrations = registrations(&start.client);
            if !registrations.is_empty() {
                start.outbox.put(Message::Register(registrations));
            }
            if start.client.tells_configuration {
                start.outbox.put(Message::AskConfiguration);
            }
            self.put(Event::Start(Box::new(start)));
        }
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        self.lifecycle.was_shut_down.store(true, Ordering::Release);
        self.lifecycle.end();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, language_id, version, text } = params.text_document;
        self.put(Event::Open { uri, language: language_id.to_string(), version, text });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let changes = params.content_changes.into_iter().map(|change| Change {
            range: change.range.map(|range| (from_position(range.start), from_position(range.end))),
            text: change.text,
        });
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.put(Event::Change { uri, version, changes: changes.collect() });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.put(Event::Save);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tokens.remove(params.text_document.uri.as_str());
        self.put(Event::Close { uri: params.text_document.uri });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.watched(params.changes.iter().map(|change| change.uri.as_str()));
    }

    async fn hover(&self, params: HoverParams) -> jsonrpc::Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask_either(
            text_document.uri,
            move |s| hover::hover(s, position),
            move |page| page.hover(position),
        );
        Ok(answer.await?.flatten())
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> jsonrpc::Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask_either(
            text_document.uri,
            move |s| definition::definition(s, position),
            move |page| page.definition(position),
        );
        Ok(answer.await?.flatten().map(GotoDefinitionResponse::Array))
    }

    async fn references(&self, params: ReferenceParams) -> jsonrpc::Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let declared = params.context.include_declaration;
        let answer = self.ask_either(
            text_document.uri,
            move |s| references::references(s, position, declared),
            move |page| page.references(position, declared),
        );
        Ok(answer.await?.flatten())
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> jsonrpc::Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask(text_document.uri, move |s| highlight::highlight(s, position));
        Ok(answer.await?.flatten())
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> jsonrpc::Result<Option<DocumentSymbolResponse>> {
        let uri = params.text_document.uri;
        self.ask_either(uri, document_symbol::document_symbol, AuthorityPage::document_symbol).await
    }

    async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> jsonrpc::Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask(uri, move |s| code_action_resolve::offered(s, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> jsonrpc::Result<CodeAction> {
        let Some(uri) = code_action_resolve::document_of(&action) else {
            return Ok(action);
        };
        let answer = self.ask(uri, move |s| code_action_resolve::resolve(s, &action)).await?;
        answer.flatten().ok_or_else(content_modified)
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> jsonrpc::Result<Option<request::GotoDeclarationResponse>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask(text_document.uri, move |s| definition::declaration(s, position));
        Ok(answer.await?.flatten().map(GotoDefinitionResponse::Array))
    }

    async fn completion(
        &self,
        params: CompletionParams,
    ) -> jsonrpc::Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let answer = self.ask(text_document.uri, move |s| completion::completion(s, position));
        Ok(answer.await?.map(CompletionResponse::List))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> jsonrpc::Result<CompletionItem> {
        let Some(uri) = completion::document_of(&item) else {
            return Ok(item);
        };
        let given = item.clone();
        let answer = self.ask(uri, move |s| completion::resolve(s, given)).await?;
        Ok(answer.unwrap_or(item))
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> jsonrpc::Result<Option<PrepareRenameResponse>> {
        let position = params.position;
        let answer = self.ask(params.text_document.uri, move |s| rename::prepare(s, position));
        let prepared = answer.await?.transpose().map_err(request_failed)?;
        Ok(prepared.flatten())
    }

    async fn rename(&self, params: RenameParams) -> jsonrpc::Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let new = params.new_name;
        let answer = self.ask(text_document.uri, move |s| rename::rename(s, position, &new));
        answer.await?.transpose().map_err(request_failed)
    }

    async fn folding_range(
        &self,
        params: FoldingRangeParams,
    ) -> jsonrpc::Result<Option<Vec<FoldingRange>>> {
        self.ask(params.text_document.uri, folding_range::folding_range).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> jsonrpc::Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(params.text_document.uri, move |s| selection_range::selection_range(s, &positions))
            .await
    }

    async fn document_link(
        &self,
        params: DocumentLinkParams,
    ) -> jsonrpc::Result<Option<Vec<DocumentLink>>> {
        self.ask(params.text_document.uri, document_link::document_link).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> jsonrpc::Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        self.ask_either(uri, code_lens::code_lens, AuthorityPage::code_lens).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> jsonrpc::Result<Option<Vec<InlayHint>>> {
        let range = params.range;
        self.ask(params.text_document.uri, move |s| {
            if s.corpus.options.inlay_hints { inlay_hint::inlay_hint(s, range) } else { Vec::new() }
        })
        .await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> jsonrpc::Result<Option<Vec<TextEdit>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let answer = self.ask(text_document.uri, move |s| {
            let is_on = s.corpus.options.format_on_type;
            is_on.then(|| on_type_formatting::on_type_formatting(s, position))
        });
        Ok(answer.await?.flatten())
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> jsonrpc::Result<Option<LinkedEditingRanges>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask(text_document.uri, move |s| {
            linked_editing_range::linked_editing_range(s, position)
        });
        Ok(answer.await?.flatten())
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> jsonrpc::Result<Option<SemanticTokensResult>> {
        let uri = params.text_document.uri;
        let Some(data) = self.all_tokens(uri.clone()).await? else {
            return Ok(None);
        };
        let result_id = Some(self.remember(&uri, &data));
        Ok(Some(SemanticTokensResult::Tokens(SemanticTokens { result_id, data })))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> jsonrpc::Result<Option<SemanticTokensFullDeltaResult>> {
        let uri = params.text_document.uri;
        let Some(data) = self.all_tokens(uri.clone()).await? else {
            return Ok(None);
        };
        let edits = self.tokens.view(uri.as_str(), |_, (id, before)| {
            let is_known = id.to_string() == params.previous_result_id;
            is_known.then(|| semantic_tokens::delta(before, &data))
        });
        let result_id = Some(self.remember(&uri, &data));
        Ok(Some(match edits.flatten() {
            Some(edits) => SemanticTokensDelta { result_id, edits }.into(),
            None => SemanticTokens { result_id, data }.into(),
        }))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> jsonrpc::Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let answer = self.ask(params.text_document.uri, move |s| {
            semantic_tokens::semantic_tokens(s, Some(range))
        });
        let tokens = |data| SemanticTokens { result_id: None, data };
        Ok(answer.await?.map(|data| SemanticTokensRangeResult::Tokens(tokens(data))))
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> jsonrpc::Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let answer = self
            .ask(params.text_document.uri, move |s| diagnostics::report(s, previous.as_deref()));
        let report = answer.await?.unwrap_or_else(diagnostics::empty_report);
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> jsonrpc::Result<WorkspaceDiagnosticReportResult> {
        let (answer, receiver) = oneshot::channel();
        let previous = params.previous_result_ids.into_iter();
        let previous = previous.map(|one| (one.uri.as_str().to_owned(), one.value)).collect();
        let token = params.partial_result_params.partial_result_token;
        self.put(Event::WorkspaceDiagnostic(Waiting { previous, token, answer }));
        let report = tokio::select! {
            // Dropped where such findings are not kept: then that was not announced either.
            report = receiver => report.map_err(|_| jsonrpc::Error::method_not_found())?,
            () = self.lifecycle.ended() => WorkspaceDiagnosticReport::default(),
        };
        Ok(report.into())
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> jsonrpc::Result<Option<WorkspaceSymbolResponse>> {
        let answer = self.ask_corpora(move |corpora| {
            let symbols = corpora.iter();
            symbols.flat_map(|one| workspace_symbol::workspace_symbol(one, &params.query)).collect()
        });
        Ok(Some(WorkspaceSymbolResponse::Nested(answer.await?)))
    }

    async fn symbol_resolve(
        &self,
        mut symbol: WorkspaceSymbol,
    ) -> jsonrpc::Result<WorkspaceSymbol> {
        let given = symbol.clone();
        let answer = self.ask_corpora(move |corpora| workspace_symbol::resolve(corpora, &given));
        if let Some(place) = answer.await? {
            symbol.location = OneOf::Left(place);
        }
        Ok(symbol)
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.watched(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let files = params.files.iter();
        self.watched(files.flat_map(|file| [file.old_uri.as_str(), file.new_uri.as_str()]));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.watched(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn will_rename_files(
        &self,
        params: RenameFilesParams,
    ) -> jsonrpc::Result<Option<WorkspaceEdit>> {
        let path = |uri: &str| uri.parse().ok().as_ref().and_then(path_of);
        let moves: Vec<_> = params
            .files
            .iter()
            .filter_map(|file| Some((path(&file.old_uri)?, path(&file.new_uri)?)))
            .collect();
        let answer =
            self.ask_corpora(move |corpora| will_rename_files::will_rename_files(corpora, &moves));
        answer.await
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| {
            folders.iter().filter_map(|folder| path_of(&folder.uri)).collect()
        };
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.put(Event::Folders { added, removed });
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        // A client that is asked for its settings sends none along.
        self.put(Event::Configured(Some(params.settings).filter(|settings| !settings.is_null())));
    }
}

/// An answer that tells the one who asked why not.
fn request_failed(message: String) -> jsonrpc::Error {
    /// `RequestFailed` of the protocol, since 3.17.
    const REQUEST_FAILED: i64 = -32803;
    jsonrpc::Error {
        code: jsonrpc::ErrorCode::ServerError(REQUEST_FAILED),
        message: message.into(),
        data: None,
    }
}

/// What was asked about is no longer so.
fn content_modified() -> jsonrpc::Error {
    jsonrpc::Error {
        code: jsonrpc::ErrorCode::ContentModified,
        message: "the text has changed since this was offered".into(),
        data: None,
    }
}

#[expect(deprecated, reason = "clients without workspace folders send the root only")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let folders: Vec<_> = folders.filter_map(|folder| path_of(&folder.uri)).collect();
    if folders.is_empty() {
        return params.root_uri.as_ref().and_then(path_of).into_iter().collect();
    }
    folders
}

/// Ends the server when the editor that started it is gone. Where processes cannot be
/// looked at, or the editor's cannot be seen from here, the end of input does it.
fn watch_parent(parent: u32) {
    let process = PathBuf::from(format!("/proc/{parent}"));
    if !process.exists() {
        return;
    }
    tokio::spawn(async move {
        while process.exists() {
            tokio::time::sleep(PARENT_INTERVAL).await;
        }
        std::process::exit(1);
    });
}
