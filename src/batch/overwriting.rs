//! Nothing is written over a text: `--output` may name the report of an earlier run, and nothing else
//! that is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::markup::{self, Format};
use crate::rules::Severity;

use super::CheckOptions;
use super::located::display;

/// The head of a file tells what it is, in bytes.
const HEAD: u64 = 4096;

/// Whether all that a run is to write may be written.
///
/// # Errors
/// One line for each file that is something else than what would take its place.
pub(super) fn check(options: &CheckOptions) -> Result<(), String> {
    let reports = options.outputs.iter().filter_map(|output| output.file.as_deref());
    let texts = reports.filter(|path| Format::of_path(path).is_some() && !is(path, is_report));
    let told = "this is no report of an earlier run, so none is written over it";
    let mut messages: Vec<String> =
        texts.map(|path| format!("{}: {told}", display(path))).collect();
    let baseline = options.write_baseline.as_deref();
    if let Some(path) = baseline.filter(|path| !is(path, is_json)) {
        messages
            .push(format!("{}: this is no baseline, so none is written over it", display(path)));
    }
    if messages.is_empty() { Ok(()) } else { Err(messages.join("\n")) }
}

/// Whether a file is of a kind, as far as its head tells; one that is empty or is not there may become
/// anything, and of one that cannot be read more is told where it is written.
fn is(path: &Path, kind: impl Fn(&str) -> bool) -> bool {
    let head = |path: &Path| -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        if path.is_file() {
            File::open(path)?.take(HEAD).read_to_end(&mut head)?;
        }
        Ok(head)
    };
    let head = head(path).unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    head.trim().is_empty() || kind(&head)
}

/// Whether a report begins so, in any of the formats and of any version.
fn is_report(head: &str) -> bool {
    let line = head.lines().next().unwrap_or_default();
    let begins = |severity: Severity, line: &str| {
        line.strip_prefix(severity.name()).is_some_and(|rest| rest.starts_with('['))
    };
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    // `a.txt:1:17: warning[…`; a path may have colons of its own.
    let is_place = |place: &str| {
        place.contains(':') && place.rsplit(':').take(2).all(|one| one.parse::<u32>().is_ok())
    };
    let is_concise = |severity: Severity| {
        let mut ends = line.match_indices(": ");
        ends.any(|(end, _)| is_place(&line[..end]) && begins(severity, &line[end + 2..]))
    };
    severities.iter().any(|severity| begins(*severity, line) || is_concise(*severity))
        || line == "by rule"
        || line.starts_with("::")
        || is_json(head)
        || head.starts_with("<?xml") && markup::foreign(head, Format::Tei).is_some()
}

fn is_json(head: &str) -> bool {
    let mut signs = head.chars().filter(|c| !c.is_whitespace());
    match signs.next() {
        Some('{') => matches!(signs.next(), Some('"' | '}')),
        Some('[') => matches!(signs.next(), Some('{' | ']')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_from_a_text() {
        for report in [
            "warning[name-variant]: “Trotskii” is\n",
            "letters/a: b.txt:1:17: error[quote-style] The\n",
            "by rule\n14\tquote-style\n",
            "::warning file=a.txt,line=1::The",
            "[\n]\n",
            "[\n{\"path\":\"a.txt\"",
            "{\"rule\":\"a\"}",
            "<?xml version=\"1.0\"?>\n<testsuites>\n",
        ] {
            assert!(is_report(report), "{report}");
        }
        for text in [
            "He spoke of the rule of law.\n",
            "Note 1:2: warning\n",
            "[Transcriber’s note: so in the source]\n",
            "{12} The dam\n",
            "warning: the dam\n",
            "<?xml version=\"1.0\"?>\n<TEI>\n",
            "<p>He went.</p>\n",
        ] {
            assert!(!is_report(text), "{text}");
        }
    }
}
