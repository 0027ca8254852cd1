//! Facts in, findings out: the only floor that judges.
//!
//! A rule is one file with a `RULE` constant that holds its name, its page of
//! explanation and its check; adding it to [`RULES`] is all that remains to be done.

mod apostrophe_direction;
mod duplicate_anchor;
mod encoding;
mod finding;
#[cfg(test)]
mod fixture;
mod link_target;
mod manner;
mod markup_error;
mod name_misprint;
mod name_places;
mod name_variant;
mod note_order;
#[cfg(test)]
mod pages;
mod quote_direction;
mod quote_faults;
mod quote_nesting;
mod quote_punctuation;
mod quote_style;
mod quote_words;
mod quotes_in_markup;
mod rarity;
mod respelling;
mod rule;
mod run;
mod silence;
mod unbalanced_quotes;
mod unknown_figure;
mod unknown_reference;
pub(crate) mod unused_acceptance;
mod unused_note;

pub use finding::{Edit, Finding, Fix, Related, Severity};
pub use respelling::times;
pub use rule::{Check, CorpusContext, DocumentContext, Rule};
pub use run::{Levels, corpus_findings, document_findings, reading_findings};
pub use silence::Silence;

/// Every rule, in the order in which they are listed.
pub static RULES: &[&Rule] = &[
    &unbalanced_quotes::RULE,
    &quote_direction::RULE,
    &quote_nesting::RULE,
    &quote_style::RULE,
    &quote_punctuation::RULE,
    &apostrophe_direction::RULE,
    &name_variant::RULE,
    &name_misprint::RULE,
    &unknown_reference::RULE,
    &unused_note::RULE,
    &duplicate_anchor::RULE,
    &note_order::RULE,
    &unknown_figure::RULE,
    &link_target::RULE,
    &encoding::RULE,
    &markup_error::RULE,
    &unused_acceptance::RULE,
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
