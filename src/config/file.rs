//! `rubricator.toml` as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ConfigFile {
    pub(super) profile: Option<Profile>,
    pub(super) language: Option<String>,
    pub(super) files: Files,
    pub(super) figures: Figures,
    pub(super) quotes: Quotes,
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
    #[serde(rename = "override")]
    pub(super) overrides: Vec<Override>,
    pub(super) accept: Vec<AcceptEntry>,
}

/// A named set of defaults.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Profile {
    #[default]
    Plain,
    Mia,
    Tei,
    Gutenberg,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Files {
    pub(super) include: Vec<Spanned<String>>,
    pub(super) exclude: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Figures {
    pub(super) files: Vec<Spanned<String>>,
    pub(super) builtin: Option<bool>,
    pub(super) scheme: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Quotes {
    pub(super) style: QuoteStyle,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QuoteStyle {
    #[default]
    Auto,
    Single,
    Double,
    Guillemets,
    German,
    ReversedGuillemets,
    Swedish,
}

/// The severity of a rule.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    Hint,
    Off,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Override {
    pub(super) files: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptEntry {
    pub(super) file: Spanned<String>,
    pub(super) rule: Spanned<String>,
    pub(super) text: Option<String>,
    #[serde(rename = "reason")]
    pub(super) _reason: Option<String>,
}
