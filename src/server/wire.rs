//! The pipes of the server, between standard input and output and the protocol's library.
//!
//! The library ends the session at the first message that is no JSON or no message, and
//! answers no request whose method begins with `$/`; here such messages are answered with the
//! protocol's error and passed over. And what the server says is kept
//! in a queue until the client reads it, so that a client that is busy writing never
//! stops the server from reading.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader,
    DuplexStream, duplex,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::trace::Trace;

/// Bytes that wait between two ends of an inner pipe.
const PIPE: usize = 64 * 1024;

/// A message longer than this is not read: its length was garbled.
const LONGEST: usize = 1 << 30;

/// A message as far as it must be understood here.
#[derive(Deserialize)]
struct Envelope<'m> {
    #[serde(borrow)]
    jsonrpc: Cow<'m, str>,
    id: Option<Id>,
    #[serde(borrow)]
    method: Option<Cow<'m, str>>,
    #[serde(default)]
    result: Present,
    #[serde(default)]
    error: Present,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

/// Whether a member is there, whatever it holds.
#[derive(Default)]
struct Present(bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

/// The method of a message that the library can be given, if it has one; else what is answered
/// (JSON-RPC 2.0, section 5.1).
fn checked(body: &[u8]) -> Result<Option<Cow<'_, str>>, serde_json::Value> {
    let error = |code: i32, message: &str, id: Option<Id>| json!({ "jsonrpc": "2.0", "error": { "code": code, "message": message }, "id": id });
    if serde_json::from_slice::<IgnoredAny>(body).is_err() {
        return Err(error(-32700, "Parse error", None));
    }
    let Ok(message) = serde_json::from_slice::<Envelope<'_>>(body) else {
        return Err(error(-32600, "Invalid request", None));
    };
    let is_answer = message.id.is_some() && (message.result.0 || message.error.0);
    if message.jsonrpc != "2.0" || message.method.is_none() && !is_answer {
        return Err(error(-32600, "Invalid request", None));
    }
    let is_private = message.method.as_ref().is_some_and(|method| method.starts_with("$/"));
    match message.id {
        Some(id) if is_private => Err(error(-32601, "Method not found", Some(id))),
        _ => Ok(message.method),
    }
}

/// What the library writes for a request without parameters; JSON-RPC wants them left out.
fn without_null_params(body: Vec<u8>) -> Vec<u8> {
    const NULL: &[u8] = br#","params":null"#;
    // Longer messages have parameters.
    let found = body.windows(NULL.len()).take(SHORT).position(|part| part == NULL);
    match found {
        Some(at) if body.len() < SHORT => [&body[..at], &body[at + NULL.len()..]].concat(),
        _ => body,
    }
}

/// No message with parameters of null is as long, in bytes.
const SHORT: usize = 256;

/// The inner ends, for the library, and the task that writes out.
pub(super) struct Wire {
    pub(super) input: DuplexStream,
    pub(super) output: DuplexStream,
    pub(super) writer: JoinHandle<()>,
}

/// What the client is to be sent.
#[derive(Clone, Debug)]
pub(super) struct Queue(UnboundedSender<Vec<u8>>);

impl Queue {
    /// Sends a notification as it is: what is long would be copied several times on its way through
    /// the library.
    pub(super) fn notify(&self, method: &str, params: &impl Serialize) {
        #[derive(Serialize)]
        struct Notification<'n, P> {
            jsonrpc: &'static str,
            method: &'n str,
            params: &'n P,
        }
        match serde_json::to_vec(&Notification { jsonrpc: "2.0", method, params }) {
            // The writer is gone when the client is.
            Ok(body) => drop(self.0.send(body)),
            Err(error) => tracing::error!("{method} cannot be sent: {error}"),
        }
    }
}

/// A queue, and where what is put into it comes out.
pub(super) fn queue() -> (Queue, UnboundedReceiver<Vec<u8>>) {
    let (sender, receiver) = unbounded_channel();
    (Queue(sender), receiver)
}

/// Lays the pipes; `at_end` is called when the client says nothing more. Must be called within
/// the runtime.
pub(super) fn lay(
    outer_input: impl AsyncRead + Send + Unpin + 'static,
    outer_output: impl AsyncWrite + Send + Unpin + 'static,
    (Queue(queue), queued): (Queue, UnboundedReceiver<Vec<u8>>),
    at_end: impl FnOnce() + Send + 'static,
) -> Wire {
    let (inner_input, into_server) = duplex(PIPE);
    let (inner_output, from_server) = duplex(PIPE);
    let from_client = queue.clone();
    let trace = Arc::new(Trace::default());
    let of_client = Arc::clone(&trace);
    tokio::spawn(async move {
        read_in(BufReader::new(outer_input), into_server, from_client, &of_client).await;
        at_end();
    });
    tokio::spawn(take_out(BufReader::new(from_server), queue));
    let writer = tokio::spawn(write_out(queued, outer_output, trace));
    Wire { input: inner_input, output: inner_output, writer }
}

/// Messages of the client, as far as they are JSON.
async fn read_in(
    mut input: impl AsyncBufRead + Unpin,
    mut server: DuplexStream,
    queue: UnboundedSender<Vec<u8>>,
    trace: &Trace,
) {
    while let Some(body) = message(&mut input).await {
        let method = match checked(&body) {
            Ok(method) => method,
            Err(error) => {
                tracing::warn!("a message was refused: {}", error["error"]["message"]);
                let _ = queue.send(error.to_string().into_bytes());
                continue;
            }
        };
        if let Some(told) = trace.of_client(method.as_deref(), &body) {
            let _ = queue.send(told);
        }
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        let sent = server.write_all(head.as_bytes()).await;
        if sent.is_err() || server.write_all(&body).await.is_err() {
            return;
        }
    }
}

async fn take_out(mut server: impl AsyncBufRead + Unpin, queue: UnboundedSender<Vec<u8>>) {
    while let Some(body) = message(&mut server).await {
        // The writer is gone when the client is.
        if queue.send(without_null_params(body)).is_err() {
            return;
        }
    }
    let _ = queue.send(Vec::new());
}

/// Writes until the server has said its last, which is an empty message.
async fn write_out(
    mut queue: UnboundedReceiver<Vec<u8>>,
    mut output: impl AsyncWrite + Unpin,
    trace: Arc<Trace>,
) {
    while let Some(body) = queue.recv().await {
        if body.is_empty() {
            return;
        }
        if let Some(told) = trace.of_server(&body)
            && write(&mut output, &told).await.is_err()
        {
            return;
        }
        if write(&mut output, &body).await.is_err() {
            return;
        }
    }
}

async fn write(output: &mut (impl AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    let head = format!("Content-Length: {}\r\n\r\n", body.len());
    output.write_all(head.as_bytes()).await?;
    output.write_all(body).await?;
    output.flush().await
}

/// The body of the next message; `None` at the end of the stream.
async fn message(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Vec<u8>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let header = String::from_utf8_lossy(&line);
        let header = header.trim();
        if header.is_empty() {
            match length {
                Some(length) if length <= LONGEST => return body(input, length).await,
                // Lines between messages that are none.
                _ => continue,
            }
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

async fn body(input: &mut (impl AsyncBufRead + Unpin), length: usize) -> Option<Vec<u8>> {
    let mut body = vec![0; length];
    input.read_exact(&mut body).await.ok()?;
    Some(body)
}
