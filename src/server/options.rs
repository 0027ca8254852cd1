//! What the user can switch on in the editor. What concerns the corpus is in
//! `rubricator.toml`, which editor and CI share.

use serde::Deserialize;

/// The section of the editor's settings.
pub(super) const SECTION: &str = "rubricator";

/// The settings that the server knows; others are the extension's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
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

impl Options {
    /// Reads settings as clients send them, with the section around them or without.
    pub(super) fn read(settings: &serde_json::Value) -> Self {
        let section = settings.get(SECTION).unwrap_or(settings);
        // A client without such a section answers null.
        if section.is_null() {
            return Self::default();
        }
        Self::deserialize(section).unwrap_or_else(|error| {
            tracing::warn!("the editor's settings cannot be read: {error}");
            Self::default()
        })
    }
}
