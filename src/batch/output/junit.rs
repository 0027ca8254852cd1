//! JUnit's report, as Jenkins and GitLab read it: a suite for each file with findings, a
//! failed case for each finding.
//!
//! The two schemas in use are strict in different ways: `JUnit.xsd` of the Windy Road company wants
//! times, a host and properties of every suite, and that of Jenkins wants a property among them.
//! Times and host are given as naught, so that equal runs give equal reports.

use std::io::{self, Write};

use super::super::located::Located;
use super::xml::text;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";

/// Of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) const TAIL: &str = "</testsuites>\n";

/// The suite of a run without findings: a report without any case is taken for a run that broke off.
pub(super) fn clean(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<testsuite package=\"rubricator\" id=\"0\" name=\"rubricator\" \
         timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\" tests=\"1\" \
         failures=\"0\" errors=\"0\" time=\"0\"><properties>\
         <property name=\"version\" value=\"{VERSION}\"/></properties>\
         <testcase name=\"no findings\" classname=\"rubricator\" time=\"0\"/>\
         <system-out/><system-err/></testsuite>"
    )
}

/// The suite of one file, the `number`th from 0; `findings` are all of it.
pub(super) fn suite(out: &mut dyn Write, number: usize, findings: &[Located]) -> io::Result<()> {
    let Some(first) = findings.first() else {
        return Ok(());
    };
    let (path, count) = (text(&first.path), findings.len());
    writeln!(
        out,
        "<testsuite package=\"rubricator\" id=\"{number}\" name=\"{path}\" \
         timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\" tests=\"{count}\" \
         failures=\"{count}\" errors=\"0\" time=\"0\"><properties>\
         <property name=\"version\" value=\"{VERSION}\"/></properties>"
    )?;
    for finding in findings {
        let (line, column) = (finding.start.line, finding.start.column);
        let message = text(&finding.message);
        let rule = finding.rule;
        writeln!(
            out,
            "<testcase name=\"{rule} {line}:{column}\" classname=\"{path}\" time=\"0\">\
             <failure type=\"{rule}\" message=\"{message}\">{path}:{line}:{column}: {message}</failure>\
             </testcase>"
        )?;
    }
    writeln!(out, "<system-out/><system-err/></testsuite>")
}
