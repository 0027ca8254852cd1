//! What the user can switch on in the editor. What concerns the corpus is in
//! `rubricator.toml`, which editor and CI share.

use serde::Deserialize;

/// The section of the editor's settings.
pub(super) const SECTION: &str = "rubricator";

/// The settings that the server knows; others are the extension's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// Dates or the preferred form behind mentions.
    pub(super) inlay_hints: bool,
    /// Typographic marks as one types.
    pub(super) format_on_type: bool,
    /// Whose findings are told to a client that asks for them.
    pub(super) diagnostic_mode: DiagnosticMode,
}

/// Whose findings are told to a client that asks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum DiagnosticMode {
    /// Those of all documents of the workspace folders.
    #[default]
    Workspace,
    /// Those of documents that are open.
    OpenFilesOnly,
}

/// What a client sends of them: null is what nobody has set.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Sent {
    inlay_hints: Option<bool>,
    format_on_type: Option<bool>,
    diagnostic_mode: Option<DiagnosticMode>,
}

impl Options {
    /// These options with what settings say otherwise, as clients send them: with the section
    /// around them or without. A client without such a section answers null.
    pub(super) fn with(self, settings: &serde_json::Value) -> Self {
        let section = settings.get(SECTION).unwrap_or(settings);
        let sent = Option::<Sent>::deserialize(section).unwrap_or_else(|error| {
            tracing::warn!("the editor's settings cannot be read: {error}");
            None
        });
        let sent = sent.unwrap_or_default();
        Self {
            inlay_hints: sent.inlay_hints.unwrap_or(self.inlay_hints),
            format_on_type: sent.format_on_type.unwrap_or(self.format_on_type),
            diagnostic_mode: sent.diagnostic_mode.unwrap_or(self.diagnostic_mode),
        }
    }
}
