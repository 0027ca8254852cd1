//! The formats in which findings are printed, siblings behind one face.

mod concise;
mod full;
mod json;

use std::io::{self, Write};

use super::located::{Located, Opened};

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
}

impl Format {
    /// All of them.
    pub(crate) const ALL: &'static [Self] =
        &[Self::Full, Self::Concise, Self::Json, Self::Jsonl, Self::Github];

    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Github => "github",
        }
    }
}

/// Writes findings in one format, in the order in which they come.
pub(super) struct Writer<'w> {
    format: Format,
    out: &'w mut dyn Write,
    colored: bool,
    count: usize,
}

impl<'w> Writer<'w> {
    pub(super) fn new(format: Format, out: &'w mut dyn Write, colored: bool) -> Self {
        Self { format, out, colored, count: 0 }
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
        }
    }

    /// Ends the output.
    pub(super) fn finish(self) -> io::Result<()> {
        if self.format == Format::Json {
            json::end(self.out, self.count == 0)?;
        }
        self.out.flush()
    }
}
