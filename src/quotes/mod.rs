//! Quotation marks, parsed and not counted.

use crate::markup::Document;

/// How quotation marks are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings {}

/// The roles of all quotation marks of a document.
#[derive(Debug, Default)]
pub struct Reading {}

/// Reads the quotation marks of a document. Linear in the text.
pub fn read(_source: &str, _document: &Document, _settings: &Settings) -> Reading {
    Reading {}
}
