//! The settings that facts and rules depend on, for one document.

use crate::markup::{Hints, Language};
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
    /// Whether plain text has the notation of Project Gutenberg, though it does not say so.
    pub is_of_gutenberg: bool,
    /// Whether every pointer of TEI must lead to a place that is known: the edition keeps nothing
    /// elsewhere that it points to by a bare `#id`.
    pub pointers_must_lead: bool,
}

impl Settings {
    /// What the readers of the formats are told.
    pub(super) const fn hints(&self) -> Hints {
        Hints { language: self.language, is_of_gutenberg: self.is_of_gutenberg }
    }
}
