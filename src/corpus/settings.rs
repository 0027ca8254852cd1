//! The settings that facts and rules depend on, for one document.

use crate::markup::Language;
use crate::{names, quotes};

/// What a configuration says about the reading of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The language of documents that declare none; `None`: told from the text.
    pub language: Option<Language>,
    /// How quotation marks are read.
    pub quotes: quotes::Settings,
    /// How names are read.
    pub names: names::Settings,
    /// Whether links must lead straight to a file of the archive, from the page they stand on:
    /// no folder, no `/` in front.
    pub links_name_files: bool,
}
