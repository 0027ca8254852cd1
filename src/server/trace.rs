//! `$/logTrace`: what comes and goes, for a client that wants to see it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde::Deserialize;
use serde_json::{Value, json};

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    #[default]
    Off,
    Messages,
    Verbose,
}

/// What is traced, and the requests that are not yet answered.
#[derive(Debug, Default)]
pub(super) struct Trace(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    level: Level,
    asked: HashMap<String, (String, Instant)>,
}

/// A message as far as it is traced.
#[derive(Deserialize)]
struct Message {
    id: Option<Value>,
    method: Option<String>,
    params: Option<Value>,
    result: Option<Value>,
    error: Option<Value>,
}

impl Trace {
    /// Takes note of a message of the client; gives what is told of it. Reads no more of it than
    /// `method` unless something is to be told.
    pub(super) fn of_client(&self, method: Option<&str>, body: &[u8]) -> Option<Vec<u8>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some("initialize" | "$/setTrace") = method {
            let message: Message = serde_json::from_slice(body).ok()?;
            let params = message.params.unwrap_or_default();
            let key = if method == Some("initialize") { "trace" } else { "value" };
            if let Some(level) = params.get(key).and_then(|level| Level::deserialize(level).ok()) {
                state.level = level;
            }
            // The client cannot be spoken to before it is greeted.
            return None;
        }
        if state.level == Level::Off {
            return None;
        }
        let message: Message = serde_json::from_slice(body).ok()?;
        let id = message.id.map(|id| id.to_string());
        let said = match (message.method, id) {
            (Some(method), Some(id)) => {
                let said = format!("Received request '{method} - ({id})'.");
                state.asked.insert(id, (method, Instant::now()));
                said
            }
            (Some(method), None) => format!("Received notification '{method}'."),
            (None, id) => format!("Received response '({})'.", id.unwrap_or_default()),
        };
        Some(told(&said, "Params", message.params.or(message.result), state.level))
    }

    /// Gives what is told of a message to the client.
    pub(super) fn of_server(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.level == Level::Off {
            return None;
        }
        let message: Message = serde_json::from_slice(body).ok()?;
        if message.method.as_deref() == Some("$/logTrace") {
            return None;
        }
        let id = message.id.map(|id| id.to_string());
        let said = match (&message.method, id) {
            (Some(method), Some(id)) => format!("Sending request '{method} - ({id})'."),
            (Some(method), None) => format!("Sending notification '{method}'."),
            (None, id) => {
                let id = id.unwrap_or_default();
                match state.asked.remove(&id) {
                    Some((method, asked)) => {
                        let took = asked.elapsed().as_millis();
                        format!("Sending response '{method} - ({id})'. It took {took} ms.")
                    }
                    None => format!("Sending response '({id})'."),
                }
            }
        };
        let content = message.params.or(message.result).or(message.error);
        Some(told(&said, "Content", content, state.level))
    }
}

fn told(said: &str, what: &str, content: Option<Value>, level: Level) -> Vec<u8> {
    let mut params = json!({ "message": said });
    if level == Level::Verbose
        && let Some(content) = content
    {
        params["verbose"] = Value::String(format!("{what}: {content:#}"));
    }
    let message = json!({ "jsonrpc": "2.0", "method": "$/logTrace", "params": params });
    message.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(told: Option<Vec<u8>>) -> Option<String> {
        let message: Value = serde_json::from_slice(&told?).expect("JSON");
        assert_eq!(message["method"], "$/logTrace");
        Some(message["params"]["message"].as_str().expect("a text").to_owned())
    }

    #[test]
    fn only_what_is_wanted_is_told() {
        let trace = Trace::default();
        let ask = br#"{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"a":1}}"#;
        let answer = br#"{"jsonrpc":"2.0","id":7,"result":null}"#;
        assert_eq!(said(trace.of_client(Some("textDocument/hover"), ask)), None);
        let on = br#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"messages"}}"#;
        assert_eq!(said(trace.of_client(Some("$/setTrace"), on)), None);
        let heard = said(trace.of_client(Some("textDocument/hover"), ask));
        assert_eq!(heard.as_deref(), Some("Received request 'textDocument/hover - (7)'."));
        let gone = said(trace.of_server(answer)).expect("told");
        assert!(gone.starts_with("Sending response 'textDocument/hover - (7)'. It took "));
        let off = br#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}"#;
        trace.of_client(Some("$/setTrace"), off);
        assert_eq!(said(trace.of_server(answer)), None);
    }
}
