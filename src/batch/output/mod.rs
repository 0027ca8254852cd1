//! The formats in which findings are printed, siblings behind one face.

mod concise;
mod fingerprint;
mod full;
mod gitlab;
mod json;
mod junit;
mod sarif;

use std::io::{self, Write};

use super::located::{Located, Opened};
use fingerprint::Fingerprints;

/// A format of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the place shown and underlined, for people.
    Full,
    /// One line a finding, for editors and eyes.
    Concise,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Annotations for a GitHub workflow.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit's report.
    Junit,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: &'static [Self] = &[
        Self::Full,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Github,
        Self::Gitlab,
        Self::Sarif,
        Self::Junit,
    ];

    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }
}

/// Writes findings in one format, in the order in which they come.
pub(super) struct Writer<'w> {
    format: Format,
    out: &'w mut dyn Write,
    colored: bool,
    count: usize,
    fingerprints: Fingerprints,
    /// Findings of one file that wait until all of them are known.
    waiting: Vec<Located>,
}

impl<'w> Writer<'w> {
    pub(super) fn new(format: Format, out: &'w mut dyn Write, colored: bool) -> Self {
        let (fingerprints, waiting) = (Fingerprints::default(), Vec::new());
        Self { format, out, colored, count: 0, fingerprints, waiting }
    }

    /// Writes one finding of `file`.
    pub(super) fn finding(&mut self, finding: &Located, file: &Opened) -> io::Result<()> {
        let is_first = self.count == 0;
        self.count += 1;
        match self.format {
            Format::Full => full::write(self.out, finding, file, self.colored),
            Format::Concise => concise::write(self.out, finding),
            Format::Jsonl => json::line(self.out, finding),
            Format::Json => json::element(self.out, finding, is_first),
            Format::Github => concise::github(self.out, finding),
            Format::Gitlab => {
                let issue = gitlab::issue(finding, self.fingerprints.of(finding, file));
                json::element(self.out, &issue, is_first)
            }
            Format::Sarif => {
                let before = if is_first { sarif::head() } else { ",\n".to_owned() };
                self.out.write_all(before.as_bytes())?;
                let result = sarif::result(finding, self.fingerprints.of(finding, file));
                Ok(serde_json::to_writer(&mut *self.out, &result)?)
            }
            Format::Junit => {
                if is_first {
                    self.out.write_all(junit::HEAD.as_bytes())?;
                }
                if self.waiting.first().is_some_and(|waiting| waiting.path != finding.path) {
                    junit::suite(self.out, &self.waiting)?;
                    self.waiting.clear();
                }
                self.waiting.push(finding.clone());
                Ok(())
            }
        }
    }

    /// Ends the output.
    pub(super) fn finish(self) -> io::Result<()> {
        let is_empty = self.count == 0;
        match self.format {
            Format::Json | Format::Gitlab => json::end(self.out, is_empty)?,
            Format::Sarif => {
                if is_empty {
                    self.out.write_all(sarif::head().as_bytes())?;
                }
                self.out.write_all(sarif::TAIL.as_bytes())?;
            }
            Format::Junit => {
                if is_empty {
                    self.out.write_all(junit::HEAD.as_bytes())?;
                }
                junit::suite(self.out, &self.waiting)?;
                self.out.write_all(junit::TAIL.as_bytes())?;
            }
            Format::Full | Format::Concise | Format::Jsonl | Format::Github => {}
        }
        self.out.flush()
    }
}
