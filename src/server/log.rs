//! The log: on standard error, since standard output belongs to the protocol; warnings and
//! errors also where the client shows its log.

use std::io::{self, Write};
use std::sync::{OnceLock, PoisonError, RwLock};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::outbox::{Message, Outbox};
use super::proto::MessageType;

static CLIENT: OnceLock<RwLock<Option<Outbox>>> = OnceLock::new();

/// Starts the log; a panic is told in it.
pub(super) fn start() {
    let level = match std::env::var("RUBRICATOR_LOG").as_deref() {
        Ok("debug") => Level::DEBUG,
        Ok("info") => Level::INFO,
        _ => Level::WARN,
    };
    let _ = tracing_subscriber::fmt()
        .with_writer(Log)
        .with_max_level(level)
        .with_ansi(false)
        .try_init();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        before(panic);
        tell(MessageType::ERROR, panic.to_string());
    }));
}

/// From now on the client hears of warnings and errors.
pub(super) fn tell_client(outbox: Outbox) {
    let client = CLIENT.get_or_init(RwLock::default);
    *client.write().unwrap_or_else(PoisonError::into_inner) = Some(outbox);
}

fn tell(kind: MessageType, text: String) {
    let Some(client) = CLIENT.get() else {
        return;
    };
    if let Some(outbox) = &*client.read().unwrap_or_else(PoisonError::into_inner) {
        outbox.put(Message::Log(kind, text));
    }
}

/// Where the lines of the log go.
struct Log;

impl<'w> MakeWriter<'w> for Log {
    type Writer = Line;

    fn make_writer(&'w self) -> Line {
        Line(None)
    }

    fn make_writer_for(&'w self, event: &Metadata<'_>) -> Line {
        Line(match *event.level() {
            Level::ERROR => Some(MessageType::ERROR),
            Level::WARN => Some(MessageType::WARNING),
            _ => None,
        })
    }
}

/// A line of the log, written in one piece, and how the client is to show it.
struct Line(Option<MessageType>);

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Some(kind) = self.0 {
            let text = String::from_utf8_lossy(line);
            // Before that stand the time, the level and the module.
            let text = text.split_once(": ").map_or(&*text, |(_, text)| text);
            tell(kind, text.trim_end().to_owned());
        }
        io::stderr().lock().write_all(line).map(|()| line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().lock().flush()
    }
}
