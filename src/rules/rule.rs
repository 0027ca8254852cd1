//! What a rule is.

use crate::corpus::{Analysis, CorpusView, Settings};

use super::{Finding, Severity};

/// One check, with all that is known about it.
pub struct Rule {
    /// Lower-case, hyphenated; the same in configuration, output and editors.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// The page that `rubricator rule NAME` prints, in Markdown: what it reports, why
    /// that is a mistake, an example, what to do, how to accept a place.
    pub explanation: &'static str,
    /// The severity where the configuration sets none; `None`: off by default.
    pub default: Option<Severity>,
    /// What computes its findings.
    pub check: Check,
}

/// How a rule is computed.
pub enum Check {
    /// From one document alone.
    Document(fn(&DocumentContext<'_>, &mut Vec<Finding>)),
    /// Both: what can be told of a document alone, and the rest.
    Both(fn(&DocumentContext<'_>, &mut Vec<Finding>), fn(&CorpusContext<'_>, &mut Vec<Finding>)),
    /// From one document and what all documents of the corpus share.
    Corpus(fn(&CorpusContext<'_>, &mut Vec<Finding>)),
    /// Reported while the file is read, before there is anything to check.
    Reading,
}

/// What a document rule sees.
pub struct DocumentContext<'a> {
    /// The document's facts.
    pub analysis: &'a Analysis,
    /// The settings that apply to the document.
    pub settings: &'a Settings,
    /// The severity to give the findings.
    pub severity: Severity,
}

/// What a corpus rule sees. The document's text is not at hand: a batch run has
/// dropped it by the time all documents are known.
pub struct CorpusContext<'a> {
    /// What the corpus knows, and which document is asked about.
    pub view: &'a CorpusView<'a>,
    /// The settings that apply to the document.
    pub settings: &'a Settings,
    /// The severity to give the findings.
    pub severity: Severity,
}
