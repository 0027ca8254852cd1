//! The progress bar.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use console::Term;
use indicatif::{
    ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle, TermLike, WeakProgressBar,
};

use super::interrupt;

/// A run that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How soon it tells that it has heard of Ctrl-C.
const PERIOD: Duration = Duration::from_millis(100);

/// What it shows then; a line of a terminal holds it.
const ENDING: &str = "{bar:30} {pos}/{len} files, ending: Ctrl-C ends at once";

/// So often in a second the bar is drawn at most.
const HZ: u8 = 20;

/// A terminal on which a line ends behind its last sign, and not at the edge where the library would
/// leave the cursor: what the terminal shows for Ctrl-C would go on in the next line, and the bar stay.
#[derive(Debug)]
struct Unpadded(Term);

impl TermLike for Unpadded {
    fn width(&self) -> u16 {
        TermLike::width(&self.0)
    }

    fn height(&self) -> u16 {
        TermLike::height(&self.0)
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_up(n)
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_down(n)
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_right(n)
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.0.move_cursor_left(n)
    }

    fn write_line(&self, line: &str) -> io::Result<()> {
        self.0.write_line(line)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        match text.trim_matches([' ', '\r']) {
            "" => self.0.write_str(text.trim_matches(' ')),
            bar => self.0.clear_line().and_then(|()| self.0.write_str(bar)),
        }
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A bar that appears only where somebody looks, and only after half a second.
pub(super) fn bar(is_wanted: bool, files: usize) -> ProgressBar {
    if !is_wanted || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
    let template = "{bar:30} {pos}/{len} files, {rate}, {eta} left";
    let rate = |state: &ProgressState, out: &mut dyn Write| {
        // What cannot be shown is not.
        let _ = write!(out, "{:.0} a second", state.per_sec());
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", rate));
    }
    let late = bar.downgrade();
    std::thread::spawn(move || show(&late));
    bar
}

/// Shows a bar when its time has come, and that it has heard of Ctrl-C: the files at hand are read to
/// their end, which may take a while.
fn show(late: &WeakProgressBar) {
    std::thread::sleep(PATIENCE);
    let unfinished = || late.upgrade().filter(|bar| !bar.is_finished());
    let Some(bar) = unfinished() else {
        return;
    };
    let target = Box::new(Unpadded(Term::stderr()));
    bar.set_draw_target(ProgressDrawTarget::term_like_with_hz(target, HZ));
    bar.tick();
    drop(bar);
    while let Some(bar) = unfinished() {
        if interrupt::was_requested()
            && let Ok(style) = ProgressStyle::with_template(ENDING)
        {
            bar.set_style(style);
            bar.tick();
        }
        drop(bar);
        std::thread::sleep(PERIOD);
    }
}
