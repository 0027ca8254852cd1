//! The progress bar.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A run that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(500);

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
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if let Some(bar) = late.upgrade().filter(|bar| !bar.is_finished()) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar
}
