//! The `rubricator` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    rubricator::cli::run()
}
