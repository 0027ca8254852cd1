//! One line a finding.

use std::io::{self, Write};

use crate::rules::Severity;

use super::super::located::Located;

/// `path:line:column: severity[rule] message`
pub(super) fn write(out: &mut dyn Write, finding: &Located) -> io::Result<()> {
    let Located { path, rule, severity, message, start, .. } = finding;
    writeln!(out, "{path}:{}:{}: {}[{rule}] {message}", start.line, start.column, severity.name())
}

/// A workflow command, as GitHub documents them (Workflow commands for GitHub Actions).
pub(super) fn github(out: &mut dyn Write, finding: &Located) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    writeln!(
        out,
        "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}",
        escape(&finding.path, true),
        finding.start.line,
        finding.end.line,
        finding.start.column,
        finding.end.column,
        finding.rule,
        escape(&finding.message, false),
    )
}

fn escape(text: &str, is_property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if is_property => out.push_str("%3A"),
            ',' if is_property => out.push_str("%2C"),
            _ => out.push(character),
        }
    }
    out
}
