//! Annotations for a GitHub workflow, and the summary on the page of its run.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::rules::Severity;

use super::super::located::Located;
use super::super::tally::Tally;

/// So many files are named in the summary.
const MOST_FILES: usize = 20;

/// GitHub shows so many annotations of one severity in a step.
const MOST_ANNOTATIONS: usize = 10;

/// A workflow command, as GitHub documents them (Workflow commands for GitHub Actions).
pub(super) fn annotation(out: &mut dyn Write, finding: &Located) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let (start, end) = (finding.start, finding.end);
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        // The runner takes columns only of a place within one line.
        String::new()
    };
    writeln!(
        out,
        "::{level} file={},line={},endLine={}{columns},title={}::{}",
        escape(&finding.path, true),
        start.line,
        end.line,
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

/// Appends the counts of a run over so many files to the summary at `path`, which GitHub
/// names in `GITHUB_STEP_SUMMARY`.
///
/// # Errors
/// Where the file cannot be written.
pub(in super::super) fn append_summary(path: &Path, tally: &Tally, files: usize) -> io::Result<()> {
    let mut out = OpenOptions::new().append(true).create(true).open(path)?;
    out.write_all(summary(tally, files).as_bytes())
}

fn summary(tally: &Tally, files: usize) -> String {
    let mut text = format!("### Rubricator\n\n{}\n", tally.summary(files));
    let paths = tally.paths();
    let sections =
        [("Rule", tally.rules()), ("File", paths.iter().take(MOST_FILES).copied().collect())];
    for (title, counts) in sections.into_iter().filter(|(_, counts)| !counts.is_empty()) {
        let _ = write!(text, "\n| {title} | Findings |\n| --- | ---: |\n");
        for (name, count) in counts {
            let _ = writeln!(text, "| `{}` | {count} |", name.replace(['`', '|', '\n'], " "));
        }
    }
    if paths.len() > MOST_FILES {
        let _ = write!(text, "\n… and {} more files.\n", paths.len() - MOST_FILES);
    }
    if tally.findings > MOST_ANNOTATIONS {
        let most = MOST_ANNOTATIONS;
        let _ =
            write!(text, "\nGitHub shows {most} annotations of a step; the log has them all.\n");
    }
    text.push('\n');
    text
}
