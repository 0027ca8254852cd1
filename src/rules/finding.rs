//! What a rule reports.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::Span;

/// How grave a finding is, from the least to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Merely possible; shown by editors in a faint way and never by `check`.
    Hint,
    /// Worth knowing; does not fail a run by default.
    Info,
    /// A mistake, as far as the text tells.
    Warning,
    /// A mistake that the corpus does not tolerate.
    Error,
}

impl Severity {
    /// The name in configuration and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The name of a rule. (A reference by another name, since `serde` would borrow it.)
type RuleName = &'static str;

/// One finding in one document. Spans are bytes of that document's source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's name.
    #[serde(deserialize_with = "known_rule")]
    pub rule: RuleName,
    /// How grave it is, after the configuration was applied.
    pub severity: Severity,
    /// The place.
    pub span: Span,
    /// Whom it is about, as the corpus writes the name, where it is about a name.
    pub subject: Option<String>,
    /// One or two sentences for a volunteer.
    pub message: String,
    /// Ways to repair it, the best first.
    pub fixes: Vec<Fix>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

/// One way to repair a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as a menu entry: ‘Write “Trotsky”’.
    pub title: String,
    /// Whether `--fix` may apply it unseen: it cannot change what the text says.
    pub safe: bool,
    /// Edits of the same document that do not overlap.
    pub edits: Vec<Edit>,
}

/// The replacement of a span by a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A place that belongs to a finding: the partner mark, another spelling.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Related {
    /// The document, as named by [`crate::corpus::DocumentName`]; `None`: the same one.
    pub document: Option<Arc<str>>,
    /// The place in it.
    pub span: Span,
    /// What stands there; many places share it.
    pub message: Arc<str>,
}

fn known_rule<'de, D: Deserializer<'de>>(input: D) -> Result<RuleName, D::Error> {
    let name = String::deserialize(input)?;
    let rule = super::find(&name);
    rule.map(|rule| rule.name).ok_or_else(|| serde::de::Error::custom("no such rule"))
}
