//! One line a finding.

use std::io::{self, Write};

use super::super::located::Located;

/// `path:line:column: severity[rule] message`
pub(super) fn write(out: &mut dyn Write, finding: &Located) -> io::Result<()> {
    let Located { path, rule, severity, message, start, .. } = finding;
    writeln!(out, "{path}:{}:{}: {}[{rule}] {message}", start.line, start.column, severity.name())
}
