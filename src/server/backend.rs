//! The protocol's handlers: each forwards and returns.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tower_lsp::{Client, LanguageServer};

use crate::text::Change;

use super::outbox::{Message, Outbox};
use super::proto::*;
use super::snapshot::Snapshot;
use super::world::{self, Event, Start};
use super::{code_action, definition, document_symbol, highlight, hover, references};

/// How often is looked whether the editor that started the server still runs.
const PARENT_INTERVAL: Duration = Duration::from_secs(2);

/// What the end of the session needs to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Lifecycle(Arc<AtomicBool>);

impl Lifecycle {
    pub(super) fn was_shut_down(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

#[derive(Debug)]
struct Prepared {
    start: Start,
    registrations: Vec<Registration>,
}

#[derive(Debug)]
pub(super) struct Backend {
    client: Client,
    events: Sender<Event>,
    lifecycle: Lifecycle,
    /// What to begin with once the client says it is ready: before that it must not be
    /// spoken to.
    prepared: Mutex<Option<Prepared>>,
}

impl Backend {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            events: world::spawn(),
            lifecycle: Lifecycle::default(),
            prepared: Mutex::default(),
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
        let (sender, receiver) = oneshot::channel();
        let work = Box::new(move |snapshot: Option<Snapshot>| {
            let _ = sender.send(snapshot.as_ref().map(work));
        });
        self.put(Event::Request { uri, work });
        // The sender is dropped without an answer only if the work panicked.
        receiver.await.map_err(|_| jsonrpc::Error::internal_error())
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        let encoding = choose_encoding(&params.capabilities);
        let window = params.capabilities.window.as_ref();
        let shows_progress = window.and_then(|window| window.work_done_progress).unwrap_or(false);
        if let Some(parent) = params.process_id {
            watch_parent(parent);
        }
        let start = Start {
            folders: folders(&params),
            encoding,
            shows_progress,
            outbox: Outbox::new(self.client.clone()),
        };
        let registrations = watchers(&params.capabilities);
        *self.prepared.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Prepared { start, registrations });
        Ok(InitializeResult {
            capabilities: capabilities(encoding_kind(encoding)),
            server_info: Some(ServerInfo {
                name: "rubricator".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let prepared = self.prepared.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Prepared { start, registrations }) = prepared {
            if !registrations.is_empty() {
                start.outbox.put(Message::Register(registrations));
            }
            self.put(Event::Start(Box::new(start)));
        }
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        self.lifecycle.0.store(true, Ordering::Release);
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
        self.put(Event::Close { uri: params.text_document.uri });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().filter_map(|change| path_of(&change.uri));
        self.put(Event::Watched(paths.collect()));
    }

    async fn hover(&self, params: HoverParams) -> jsonrpc::Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask(text_document.uri, move |s| hover::hover(s, position)).await?;
        Ok(answer.flatten())
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> jsonrpc::Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } =
            params.text_document_position_params;
        let answer = self.ask(text_document.uri, move |s| definition::definition(s, position));
        Ok(answer.await?.flatten().map(GotoDefinitionResponse::Array))
    }

    async fn references(&self, params: ReferenceParams) -> jsonrpc::Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let declared = params.context.include_declaration;
        let answer =
            self.ask(text_document.uri, move |s| references::references(s, position, declared));
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
        self.ask(params.text_document.uri, document_symbol::document_symbol).await
    }

    async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> jsonrpc::Result<Option<CodeActionResponse>> {
        let range = params.range;
        self.ask(params.text_document.uri, move |s| code_action::code_action(s, range)).await
    }
}

fn capabilities(encoding: PositionEncodingKind) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
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

/// The files whose changes on disk matter, for a client that can watch them.
fn watchers(capabilities: &ClientCapabilities) -> Vec<Registration> {
    let watched = capabilities.workspace.as_ref().and_then(|w| w.did_change_watched_files);
    if !watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false) {
        return Vec::new();
    }
    let options = serde_json::json!({
        "watchers": [{ "globPattern": "**/*.{toml,txt,text,md,markdown,html,htm,xhtml,xml,tei}" }]
    });
    vec![Registration {
        id: "rubricator/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(options),
    }]
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
