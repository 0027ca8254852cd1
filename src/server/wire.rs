//! The pipes of the server, between standard input and output and the protocol's library.
//!
//! The library ends the session at the first message that is no JSON; here such a message
//! is answered with the protocol's error and passed over. And what the server says is kept
//! in a queue until the client reads it, so that a client that is busy writing never
//! stops the server from reading.

use serde::de::IgnoredAny;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader,
    DuplexStream, duplex,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// Bytes that wait between two ends of an inner pipe.
const PIPE: usize = 64 * 1024;

/// A message longer than this is not read: its length was garbled.
const LONGEST: usize = 1 << 30;

const PARSE_ERROR: &str =
    r#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}"#;

/// The inner ends, for the library, and the task that writes out.
pub(super) struct Wire {
    pub(super) input: DuplexStream,
    pub(super) output: DuplexStream,
    pub(super) writer: JoinHandle<()>,
}

/// Lays the pipes. Must be called within the runtime.
pub(super) fn lay(
    outer_input: impl AsyncRead + Send + Unpin + 'static,
    outer_output: impl AsyncWrite + Send + Unpin + 'static,
) -> Wire {
    let (inner_input, into_server) = duplex(PIPE);
    let (inner_output, from_server) = duplex(PIPE);
    let (queue, queued) = unbounded_channel();
    tokio::spawn(read_in(BufReader::new(outer_input), into_server, queue.clone()));
    tokio::spawn(take_out(BufReader::new(from_server), queue));
    let writer = tokio::spawn(write_out(queued, outer_output));
    Wire { input: inner_input, output: inner_output, writer }
}

/// Messages of the client, as far as they are JSON.
async fn read_in(
    mut input: impl AsyncBufRead + Unpin,
    mut server: DuplexStream,
    queue: UnboundedSender<Vec<u8>>,
) {
    while let Some(body) = message(&mut input).await {
        if serde_json::from_slice::<IgnoredAny>(&body).is_err() {
            let _ = queue.send(PARSE_ERROR.as_bytes().to_vec());
            continue;
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
        if queue.send(body).is_err() {
            return;
        }
    }
    let _ = queue.send(Vec::new());
}

/// Writes until the server has said its last, which is an empty message.
async fn write_out(mut queue: UnboundedReceiver<Vec<u8>>, mut output: impl AsyncWrite + Unpin) {
    while let Some(body) = queue.recv().await {
        if body.is_empty() {
            return;
        }
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        let sent = output.write_all(head.as_bytes()).await;
        if sent.is_err() || output.write_all(&body).await.is_err() || output.flush().await.is_err()
        {
            return;
        }
    }
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
