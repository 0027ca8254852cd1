//! The language server: `rubricator server`.
//!
//! The protocol's handlers only forward. One thread, the [`world`], owns the documents and
//! applies changes in the order in which they arrive, before anything waits; requests are
//! answered from a [`snapshot`] on other threads; messages to the client leave through one
//! [`outbox`], in order. Each request is a file named after it.

mod asks;
mod authority_page;
mod backend;
mod capabilities;
mod citation;
mod code_action;
mod code_action_resolve;
mod code_lens;
mod completion;
mod corpora;
mod definition;
mod diagnostics;
mod document_link;
mod document_symbol;
mod findings;
mod folding_range;
mod goal;
mod highlight;
mod hover;
mod inlay_hint;
mod linked_editing_range;
mod log;
mod name_action;
mod on_type_formatting;
mod open_document;
mod options;
mod outbox;
mod pages;
mod prose_content;
mod proto;
mod quotation;
mod reader;
mod references;
mod rename;
mod rename_name;
mod rule_page;
mod running;
mod sections;
mod selection_range;
mod semantic_tokens;
mod sentences;
mod snapshot;
mod trace;
mod who;
mod will_rename_files;
mod wire;
mod workspace_diagnostic;
mod workspace_edit;
mod workspace_symbol;
mod world;

use std::process::ExitCode;
use std::time::Duration;

use tower_lsp::{LspService, Server};

use backend::Backend;

/// How many messages are handled at once. Handlers never wait for the client, so this
/// bounds only requests that are being computed.
const CONCURRENCY: usize = 64;

/// How long the client is given to read the last messages.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Runs the server on standard input and output until `exit` or the end of input.
///
/// Ends the process itself: the thread that reads standard input cannot be stopped, and
/// would keep a runtime that is dropped waiting for one more byte.
pub fn run() -> ExitCode {
    log::start();
    take_small_pages();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server cannot start: {error}");
            return ExitCode::from(2);
        }
    };
    let was_shut_down = runtime.block_on(async {
        let cancel = Backend::work_done_progress_cancel;
        let queue = wire::queue();
        let to_client = queue.0.clone();
        let service = LspService::build(move |client| Backend::new(client, to_client));
        let (service, socket) =
            service.custom_method("window/workDoneProgress/cancel", cancel).finish();
        let state = service.inner().lifecycle();
        let ended = state.clone();
        let wire = wire::lay(tokio::io::stdin(), tokio::io::stdout(), queue, move || ended.end());
        let server = Server::new(wire.input, wire.output, socket);
        server.concurrency_level(CONCURRENCY).serve(service).await;
        // What was said last still has to reach the client, if it listens.
        let _ = tokio::time::timeout(LAST_WORDS, wire.writer).await;
        state.was_shut_down()
    });
    // The protocol asks for 1 when `exit` or the end came without `shutdown`.
    std::process::exit(i32::from(!was_shut_down));
}

/// Asks the system for no huge pages, which it clears when they are first written to: 2 MB for the one
/// list that a keystroke makes there. After a large text was opened, when nothing has been written to
/// twice, that took longer than the keystroke, and on a busy machine longer than one waits gladly.
#[cfg(target_os = "linux")]
fn take_small_pages() {
    if let Err(error) = nix::sys::prctl::set_thp_disable(true) {
        tracing::debug!("huge pages stay on: {error}");
    }
}

#[cfg(not(target_os = "linux"))]
fn take_small_pages() {}
