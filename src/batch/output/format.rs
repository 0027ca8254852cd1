//! The formats by name.

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
    /// Checkstyle's report.
    Checkstyle,
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
        Self::Checkstyle,
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
            Self::Checkstyle => "checkstyle",
        }
    }

    /// Whether it has a form for counts, and not for findings alone.
    pub(crate) fn has_counts(self) -> bool {
        matches!(self, Self::Full | Self::Concise | Self::Json | Self::Jsonl)
    }
}
