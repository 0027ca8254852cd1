//! What a run found, in numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;

use crate::rules::{Finding, Severity};

use super::baseline::Unneeded;
use super::output::format::Format;
use super::{FailOn, fix};

/// So many findings of a baseline that are there no more are named.
const MOST_UNNEEDED: usize = 50;

/// Whether Ctrl-C came, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Interrupted {
    #[default]
    Never,
    /// Before all files were read, or fixed.
    Before,
    /// While what was found was shown: that is shown to its end.
    Behind,
}

/// Counts of one run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) findings: usize,
    /// Files with findings, of those that were checked.
    pub(super) files: usize,
    /// Configurations with findings.
    pub(super) configs: usize,
    /// Findings that `--fix` would mend.
    fixable: usize,
    /// Findings that were mended.
    pub(super) fixed: usize,
    /// Whether there is a finding that fails the run.
    pub(super) failing: bool,
    by_rule: BTreeMap<String, usize>,
    by_file: BTreeMap<String, usize>,
    by_figure: BTreeMap<String, usize>,
    /// Whether the reader of standard output has gone.
    pub(super) broken_pipe: bool,
    /// Findings that were written to a new baseline.
    pub(super) known: usize,
    /// Findings of the baseline that are there no more.
    pub(super) unneeded: Vec<Unneeded>,
    pub(super) interrupted: Interrupted,
}

impl Tally {
    /// Counts a finding of the file that is printed as `path`.
    pub(super) fn add(&mut self, path: &str, finding: &Finding, fail_on: FailOn) {
        self.findings += 1;
        self.fixable += usize::from(fix::wanted(finding, false).is_some());
        count_one(&mut self.by_rule, finding.rule);
        count_one(&mut self.by_file, path);
        if let Some(subject) = &finding.subject {
            count_one(&mut self.by_figure, subject);
        }
        self.failing |= match fail_on {
            FailOn::Never => false,
            FailOn::Info => true,
            FailOn::Warning => finding.severity >= Severity::Warning,
            FailOn::Error => finding.severity >= Severity::Error,
        };
    }

    /// The line at the end, for a run over so many files.
    pub(super) fn summary(&self, files: usize) -> String {
        let read = count(files, "file", "files");
        if self.known > 0 {
            let known = count(self.known, "finding is", "findings are");
            let were = if files == 1 { "was" } else { "were" };
            return format!("{known} now in the baseline; {read} {were} read.");
        }
        let mut summary = match self.findings {
            0 => format!("No findings in {read}."),
            findings => {
                let findings = count(findings, "finding", "findings");
                format!("{findings} in {}.", self.places(&read))
            }
        };
        let unneeded: u32 = self.unneeded.iter().map(|one| one.count).sum();
        if unneeded > 0 {
            let entries = count(unneeded as usize, "finding", "findings");
            summary.push_str(&format!(" {entries} of the baseline not met: write it anew."));
        }
        if self.fixed > 0 {
            summary.push_str(&format!(" {} fixed.", self.fixed));
        } else if self.fixable > 0 {
            summary.push_str(&format!(" {} can be fixed with --fix.", self.fixable));
        }
        summary.push_str(match self.interrupted {
            Interrupted::Never => "",
            Interrupted::Before => " The run was interrupted: this is not all.",
            Interrupted::Behind => " The run was interrupted when all files had been read.",
        });
        summary
    }

    /// A line for each finding of the baseline that is no longer needed, the first of them.
    pub(super) fn unneeded_lines(&self) -> Vec<String> {
        let shown = self.unneeded.iter().take(MOST_UNNEEDED);
        let mut lines: Vec<_> = shown.map(|one| format!("no longer needed: {one}")).collect();
        let further = self.unneeded.len() - lines.len();
        if further > 0 {
            lines.push(format!("no longer needed: {further} more"));
        }
        lines
    }

    /// In how many of the files that were read, and in how many configurations, something is found.
    fn places(&self, read: &str) -> String {
        let configs = match self.configs {
            1 => "the configuration".to_owned(),
            configs => format!("{configs} configurations"),
        };
        match (self.files, self.configs) {
            (files, 0) => format!("{files} of {read}"),
            (0, _) => configs,
            (files, _) => format!("{files} of {read}, and in {configs}"),
        }
    }

    /// Writes how often each rule, file and figure is concerned, the most frequent first.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub(super) fn write_counts(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        let sections =
            [("rule", &self.by_rule), ("file", &self.by_file), ("figure", &self.by_figure)];
        match format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, &BTreeMap::from(sections))?;
                return writeln!(out);
            }
            Format::Jsonl => {
                for (title, counts) in sections {
                    for (name, count) in by_frequency(counts) {
                        writeln!(out, "{}", json!({ title: name, "count": count }))?;
                    }
                }
                return Ok(());
            }
            _ => {}
        }
        let mut is_first = true;
        for (title, counts) in sections.into_iter().filter(|(_, counts)| !counts.is_empty()) {
            let gap = if is_first { "" } else { "\n" };
            is_first = false;
            writeln!(out, "{gap}by {title}")?;
            for (name, count) in by_frequency(counts) {
                writeln!(out, "{count}\t{name}")?;
            }
        }
        Ok(())
    }

    /// How often each rule found something, the most frequent first.
    pub(super) fn rules(&self) -> Vec<(&str, usize)> {
        by_frequency(&self.by_rule)
    }

    /// How often something was found in each file, the most frequent first.
    pub(super) fn paths(&self) -> Vec<(&str, usize)> {
        by_frequency(&self.by_file)
    }
}

fn count_one(counts: &mut BTreeMap<String, usize>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

fn by_frequency(counts: &BTreeMap<String, usize>) -> Vec<(&str, usize)> {
    let mut counts: Vec<_> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    counts
}

/// A number of things in words: `1 file`, `2 files`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
