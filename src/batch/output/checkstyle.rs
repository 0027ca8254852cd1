//! Checkstyle's report, which many review tools read: a `file` for each file with findings,
//! an `error` for each finding.

use std::io::{self, Write};

use super::super::located::Located;
use super::xml::text;

pub(super) const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n";

pub(super) const TAIL: &str = "</checkstyle>\n";

/// The element of one file; `findings` are all of it.
pub(super) fn file(out: &mut dyn Write, findings: &[Located]) -> io::Result<()> {
    let Some(first) = findings.first() else {
        return Ok(());
    };
    writeln!(out, "<file name=\"{}\">", text(&first.path))?;
    for finding in findings {
        writeln!(
            out,
            "<error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"rubricator.{}\"/>",
            finding.start.line,
            finding.start.column,
            finding.severity.name(),
            text(&finding.message),
            finding.rule,
        )?;
    }
    writeln!(out, "</file>")
}
