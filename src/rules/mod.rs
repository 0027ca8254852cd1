//! Facts in, findings out: the only floor that judges.
//!
//! A rule is one file with a `RULE` constant that holds its name, its page of
//! explanation and its check; adding it to [`RULES`] is all that remains to be done.

mod duplicate_anchor;
mod finding;
#[cfg(test)]
mod fixture;
mod rule;
mod unknown_reference;
mod unused_note;

pub use finding::{Edit, Finding, Fix, Related, Severity};
pub use rule::{Check, CorpusContext, DocumentContext, Rule};

/// Every rule, in the order in which they are listed.
pub static RULES: &[&Rule] =
    &[&unknown_reference::RULE, &unused_note::RULE, &duplicate_anchor::RULE];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
