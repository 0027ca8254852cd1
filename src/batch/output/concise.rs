//! One line a finding.

use std::io::{self, Write};
use std::path::Path;

use crate::rules::Severity;

use super::super::located::Located;
use super::super::terminal::{self, Look, visible};

/// `path:line:column: severity[rule] message`
pub(super) fn write(out: &mut dyn Write, finding: &Located, look: Look) -> io::Result<()> {
    let Located { path, rule, message, start, .. } = finding;
    let severity = finding.severity.name();
    let message = visible(message);
    let place = format!("{}:{}:{}", visible(path), start.line, start.column);
    if !look.has_colors {
        return writeln!(out, "{place}: {severity}[{rule}] {message}");
    }
    let place = if look.has_links { terminal::link(&place, Path::new(path)) } else { place };
    // The colours of the severities are those of `full`.
    let color = match finding.severity {
        Severity::Error => 91,
        Severity::Warning => 33,
        Severity::Info | Severity::Hint => 94,
    };
    writeln!(out, "\x1b[1m{place}\x1b[0m: \x1b[1;{color}m{severity}[{rule}]\x1b[0m {message}")
}
