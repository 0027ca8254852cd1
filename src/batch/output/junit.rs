//! JUnit's report, as Jenkins and GitLab read it: a suite for each file with findings, a
//! failed case for each finding.

use std::io::{self, Write};

use super::super::located::Located;
use super::xml::text;

pub(super) const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rubricator\">\n";

pub(super) const TAIL: &str = "</testsuites>\n";

/// The suite of one file; `findings` are all of it.
pub(super) fn suite(out: &mut dyn Write, findings: &[Located]) -> io::Result<()> {
    let Some(first) = findings.first() else {
        return Ok(());
    };
    let (path, count) = (text(&first.path), findings.len());
    writeln!(
        out,
        "<testsuite name=\"{path}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">"
    )?;
    for finding in findings {
        let (line, column) = (finding.start.line, finding.start.column);
        let message = text(&finding.message);
        let rule = finding.rule;
        writeln!(
            out,
            "<testcase name=\"{rule} {line}:{column}\" classname=\"{path}\">\
             <failure type=\"{rule}\" message=\"{message}\">{path}:{line}:{column}: {message}</failure>\
             </testcase>"
        )?;
    }
    writeln!(out, "</testsuite>")
}
