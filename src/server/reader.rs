//! The thread that reads files from disk: whole corpora when they are opened, single files when
//! they change. What is asked for is done in that order, so the last state of a file counts.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use crate::markup::Format;

use super::corpora::{Corpus, name_of};
use super::outbox::{Message, Outbox};
use super::proto::{
    WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};
use super::world::Event;

/// How often is told how far the reading has come.
const INTERVAL: Duration = Duration::from_millis(100);

/// What is to be read.
pub(super) enum Job {
    Corpus(Reading),
    /// Files of corpora that came, changed or went.
    Files(Vec<(Arc<Corpus>, PathBuf)>),
}

/// The reading of a corpus.
pub(super) struct Reading {
    pub(super) corpus: Arc<Corpus>,
    /// The token of the progress.
    pub(super) token: String,
    /// Set when nobody wants to wait for the rest.
    pub(super) stop: Arc<AtomicBool>,
    /// Where progress is shown, if it is.
    pub(super) outbox: Option<Outbox>,
}

/// Starts the thread; it ends when the sender is dropped. What it has done it tells `events`.
pub(super) fn spawn(events: Sender<Event>) -> Sender<Job> {
    let (sender, jobs) = channel();
    std::thread::spawn(move || {
        for job in jobs {
            let done = match job {
                Job::Corpus(reading) => reading.run(&events),
                Job::Files(files) => {
                    read_files(&files);
                    Event::FilesRead
                }
            };
            if events.send(done).is_err() {
                return;
            }
        }
    });
    sender
}

fn read_files(files: &[(Arc<Corpus>, PathBuf)]) {
    for (corpus, path) in files {
        guarded(path, || {
            if corpus.holds(path) {
                corpus.read_file(path);
            } else if Format::of_path(path).is_some() {
                corpus.forget_file(&name_of(path));
            } else if !path.exists() {
                corpus.forget_below(path);
            }
        });
    }
}

/// A panic in one file is told, and does not keep the others from being read.
fn guarded(path: &std::path::Path, work: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        tracing::error!("{} cannot be read", path.display());
    }
}

impl Reading {
    fn run(self, events: &Sender<Event>) -> Event {
        let Self { corpus, token, .. } = &self;
        if let Some(outbox) = &self.outbox {
            outbox.put(Message::CreateProgress(token.clone()));
        }
        self.tell(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: "Reading the corpus".to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        }));
        let (files, others) = corpus.walk();
        for folder in others {
            let _ = events.send(Event::Found(folder));
        }
        let read = self.read(&files);
        let message = Some(if read < files.len() {
            format!("stopped after {read} of {} files", files.len())
        } else {
            format!("{read} files")
        });
        self.tell(WorkDoneProgress::End(WorkDoneProgressEnd { message }));
        Event::Indexed(self.token)
    }

    /// Reads the files; gives how many, since it can be stopped. What is known of the corpus
    /// then is what has been read so far.
    fn read(&self, files: &[PathBuf]) -> usize {
        let mut told = Instant::now();
        for (number, file) in files.iter().enumerate() {
            if self.stop.load(Ordering::Relaxed) {
                return number;
            }
            if !self.corpus.knows(&name_of(file)) {
                guarded(file, || self.corpus.read_file(file));
            }
            if told.elapsed() >= INTERVAL {
                told = Instant::now();
                self.tell(WorkDoneProgress::Report(WorkDoneProgressReport {
                    cancellable: Some(true),
                    message: Some(format!("{} of {} files", number + 1, files.len())),
                    percentage: Some((100 * number / files.len()) as u32),
                }));
            }
        }
        files.len()
    }

    fn tell(&self, value: WorkDoneProgress) {
        if let Some(outbox) = &self.outbox {
            outbox.put(Message::Progress(self.token.clone(), value));
        }
    }
}
