//! `rubricator.toml` as it is written.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;

use crate::names::SCHEMES;
use crate::rules::RULES;

/// The whole file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "rubricator.toml", description = "What Rubricator does with the texts below")]
pub(super) struct ConfigFile {
    /// A named set of defaults
    #[schemars(with = "Option<Profile>")]
    pub(super) profile: Option<Spanned<Profile>>,
    /// The language of texts that do not declare one, as a BCP 47 tag
    #[schemars(with = "Option<String>")]
    pub(super) language: Option<Spanned<String>>,
    /// Which files are checked
    pub(super) files: Files,
    /// The authority
    pub(super) figures: Figures,
    /// Quotation marks
    pub(super) quotes: Quotes,
    /// The severity of each rule
    #[schemars(schema_with = "rules_schema")]
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
    /// Severities for some of the files
    #[serde(rename = "override")]
    pub(super) overrides: Vec<Override>,
    /// Places that are right as they stand
    pub(super) accept: Vec<AcceptEntry>,
}

/// A named set of defaults.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Profile {
    #[default]
    Plain,
    Mia,
    Tei,
    Gutenberg,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Files {
    /// Patterns of files to check, relative to this file
    #[schemars(with = "Vec<String>")]
    pub(super) include: Vec<Spanned<String>>,
    /// Patterns of files to pass over
    #[schemars(with = "Vec<String>")]
    pub(super) exclude: Vec<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Figures {
    /// Files of the authority: `figures.toml`, or TEI with `listPerson`
    #[schemars(with = "Vec<String>")]
    pub(super) files: Vec<Spanned<String>>,
    /// Whether the starter authority serves where there are no files
    pub(super) builtin: Option<bool>,
    /// The scheme of romanisation for names without an entry: of two spellings of one name, the
    /// one that follows it is right, however rare
    #[schemars(schema_with = "scheme_schema")]
    pub(super) scheme: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Quotes {
    /// The outer marks
    #[schemars(with = "QuoteStyle")]
    pub(super) style: Option<Spanned<QuoteStyle>>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    Hint,
    Off,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Override {
    /// Patterns of the files
    #[schemars(with = "Vec<String>")]
    pub(super) files: Vec<Spanned<String>>,
    /// Their severities
    #[serde(default)]
    #[schemars(schema_with = "rules_schema")]
    pub(super) rules: BTreeMap<Spanned<String>, Level>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptEntry {
    /// A pattern of files; without it, all files
    #[schemars(with = "Option<String>")]
    pub(super) file: Option<Spanned<String>>,
    /// The rule
    #[schemars(schema_with = "rule_schema")]
    pub(super) rule: Spanned<String>,
    /// The words, or a mark with the words around it; without them, whatever the rule finds
    pub(super) text: Option<String>,
    /// Why it is right
    #[serde(rename = "reason")]
    pub(super) _reason: Option<String>,
}

/// The rules by name.
fn rules_schema(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Level>();
    let properties: serde_json::Map<String, serde_json::Value> = RULES
        .iter()
        .map(|rule| {
            let mut schema = level.clone();
            schema.insert("description".to_owned(), rule.summary.into());
            (rule.name.to_owned(), schema.into())
        })
        .collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The schemes by their names.
fn scheme_schema(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = SCHEMES.iter().map(|(name, _)| *name).collect();
    json_schema!({ "type": "string", "enum": names })
}

/// The name of a rule.
fn rule_schema(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    json_schema!({ "type": "string", "enum": names })
}

/// The JSON schema of `rubricator.toml`, for editors.
pub fn schema() -> String {
    let schema = schemars::schema_for!(ConfigFile);
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}
