//! Messages to the client, sent one after the other by a task of their own: whoever has
//! something to say never waits for the client to listen.

use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

use super::capabilities::Views;
use super::options;
use super::proto::{
    ConfigurationItem, Diagnostic, MessageType, NumberOrString, ProgressParams,
    ProgressParamsValue, ProgressToken, PublishDiagnosticsParams, Registration, Uri,
    WorkDoneProgress, WorkspaceDiagnosticReportPartialResult, WorkspaceDocumentDiagnosticReport,
    notification,
};
use super::wire::Queue;
use super::world::Event;

/// How long an answer of the client is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something to tell the client.
#[derive(Debug)]
pub(super) enum Message {
    Diagnostics {
        uri: Uri,
        diagnostics: Vec<Diagnostic>,
        version: Option<i32>,
    },
    CreateProgress(String),
    Progress(String, WorkDoneProgress),
    Register(Vec<Registration>),
    /// The client is to ask for diagnostics again.
    RefreshDiagnostics,
    /// It is to ask for these again.
    Redraw(Views),
    /// The client is asked what the user switched on.
    AskConfiguration,
    /// A line of the log.
    Log(MessageType, String),
}

/// Where messages are put.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    messages: UnboundedSender<Message>,
    wire: Queue,
}

impl Outbox {
    /// An outbox whose messages go to `client`; its answers become events. What is long goes
    /// straight to the `wire`. Must be called within the runtime.
    pub(super) fn new(client: Client, wire: Queue, events: Sender<Event>) -> Self {
        let (messages, receiver) = unbounded_channel();
        tokio::spawn(send_all(client, wire.clone(), receiver, events));
        Self { messages, wire }
    }

    /// Puts a message in; after the end of the session it is dropped.
    pub(super) fn put(&self, message: Message) {
        let _ = self.messages.send(message);
    }

    /// Sends a part of what is found in the corpora, under the token of the request. It is on
    /// its way before this returns: the answer must not overtake it.
    pub(super) fn send_part(
        &self,
        token: ProgressToken,
        items: Vec<WorkspaceDocumentDiagnosticReport>,
    ) {
        let value = WorkspaceDiagnosticReportPartialResult { items };
        self.wire.notify("$/progress", &PartOfResult { token, value });
    }
}

async fn send_all(
    client: Client,
    wire: Queue,
    mut messages: UnboundedReceiver<Message>,
    events: Sender<Event>,
) {
    let mut progress: HashMap<String, UnboundedSender<WorkDoneProgress>> = HashMap::new();
    while let Some(message) = messages.recv().await {
        match message {
            Message::Diagnostics { uri, diagnostics, version } => {
                wire.notify(
                    "textDocument/publishDiagnostics",
                    &PublishDiagnosticsParams { uri, diagnostics, version },
                );
            }
            Message::Progress(token, value) => {
                if matches!(value, WorkDoneProgress::End(_)) {
                    if let Some(sender) = progress.remove(&token) {
                        let _ = sender.send(value);
                    }
                } else if let Some(sender) = progress.get(&token) {
                    let _ = sender.send(value);
                }
            }
            // Questions to the client do not hold up what comes after them.
            Message::CreateProgress(token) => {
                let (sender, values) = unbounded_channel();
                tokio::spawn(report_progress(client.clone(), token.clone(), values));
                progress.insert(token, sender);
            }
            Message::Register(registrations) => {
                let client = client.clone();
                ask(async move { client.register_capability(registrations).await });
            }
            Message::RefreshDiagnostics => {
                let client = client.clone();
                ask(async move { client.workspace_diagnostic_refresh().await });
            }
            Message::Redraw(Views { tokens, hints, lenses }) => {
                let client = client.clone();
                ask(async move {
                    if tokens {
                        let _ = client.semantic_tokens_refresh().await;
                    }
                    if hints {
                        let _ = client.inlay_hint_refresh().await;
                    }
                    if lenses {
                        let _ = client.code_lens_refresh().await;
                    }
                });
            }
            Message::Log(kind, text) => client.log_message(kind, text).await,
            Message::AskConfiguration => {
                let (client, events) = (client.clone(), events.clone());
                let section = Some(options::SECTION.to_owned());
                let item = ConfigurationItem { scope_uri: None, section };
                ask(async move {
                    let answer = client.configuration(vec![item]).await;
                    if let Some(settings) = answer.ok().and_then(|mut all| all.pop()) {
                        let _ = events.send(Event::Configured(Some(settings)));
                    }
                });
            }
        }
    }
}

/// Of what `$/progress` may carry the library knows only the work done.
#[derive(Serialize)]
struct PartOfResult {
    token: ProgressToken,
    value: WorkspaceDiagnosticReportPartialResult,
}

/// Sends how far a work has come, if the client takes the token.
async fn report_progress(
    client: Client,
    token: String,
    mut values: UnboundedReceiver<WorkDoneProgress>,
) {
    let token = NumberOrString::String(token);
    let asked = client.create_work_done_progress(token.clone());
    if !matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(()))) {
        return;
    }
    while let Some(value) = values.recv().await {
        let params =
            ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(value) };
        client.send_notification::<notification::Progress>(params).await;
    }
}

/// Asks the client something; what it does not answer in time is given up.
fn ask<T>(question: impl Future<Output = T> + Send + 'static) {
    tokio::spawn(async move {
        let _ = tokio::time::timeout(PATIENCE, question).await;
    });
}
