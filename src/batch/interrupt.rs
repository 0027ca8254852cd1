//! Ctrl-C: the run reads no more files and ends with what it has found; a second one ends it
//! at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// What a shell reports of a program that SIGINT ended: 128 and the signal's number.
pub(super) const STATUS: u8 = 130;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Begins to listen. Where that is not possible the system's own handling stays.
pub(super) fn listen() {
    let listening = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(STATUS));
        }
    });
    if let Err(error) = listening {
        tracing::debug!("interruptions are not listened for: {error}");
    }
}

/// Whether the run is to end.
pub(super) fn was_requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}
