//! Messages to the client, sent one after the other by a task of their own: whoever has
//! something to say never waits for the client to listen.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

use super::proto::{
    Diagnostic, NumberOrString, ProgressParams, ProgressParamsValue, Registration, Uri,
    WorkDoneProgress, notification,
};

/// How long an answer of the client is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Something to tell the client.
#[derive(Debug)]
pub(super) enum Message {
    Diagnostics { uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32> },
    CreateProgress(String),
    Progress(String, WorkDoneProgress),
    Register(Vec<Registration>),
}

/// Where messages are put.
#[derive(Clone, Debug)]
pub(super) struct Outbox(UnboundedSender<Message>);

impl Outbox {
    /// An outbox whose messages go to `client`. Must be called within the runtime.
    pub(super) fn new(client: Client) -> Self {
        let (sender, receiver) = unbounded_channel();
        tokio::spawn(send_all(client, receiver));
        Self(sender)
    }

    /// Puts a message in; after the end of the session it is dropped.
    pub(super) fn put(&self, message: Message) {
        let _ = self.0.send(message);
    }
}

async fn send_all(client: Client, mut messages: UnboundedReceiver<Message>) {
    while let Some(message) = messages.recv().await {
        match message {
            Message::Diagnostics { uri, diagnostics, version } => {
                client.publish_diagnostics(uri, diagnostics, version).await;
            }
            Message::Progress(token, value) => {
                let value = ProgressParamsValue::WorkDone(value);
                let params = ProgressParams { token: NumberOrString::String(token), value };
                client.send_notification::<notification::Progress>(params).await;
            }
            // Questions to the client do not hold up what comes after them.
            Message::CreateProgress(token) => {
                let client = client.clone();
                tokio::spawn(async move {
                    let token = NumberOrString::String(token);
                    let created = client.create_work_done_progress(token);
                    let _ = tokio::time::timeout(PATIENCE, created).await;
                });
            }
            Message::Register(registrations) => {
                let client = client.clone();
                tokio::spawn(async move {
                    let done = client.register_capability(registrations);
                    let _ = tokio::time::timeout(PATIENCE, done).await;
                });
            }
        }
    }
}
