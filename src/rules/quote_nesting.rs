//! Levels of quotation that do not alternate.

use crate::quotes::FaultKind;

use super::{Check, Rule, Severity, quote_faults};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "quote-nesting",
    summary: "a quotation directly inside one with the same marks",
    explanation: "\
Reports a quotation that opens directly inside another one with the same marks.

    ‘He said ‘no’ to me.’     <- inner marks like the outer ones
    ‘He said “no” to me.’

Inner quotations take the other marks, so that the reader can tell the levels apart.
",
    default: Some(Severity::Warning),
    check: Check::Document(|context, findings| {
        quote_faults::report(RULE.name, context, &[FaultKind::Nesting], findings);
    }),
};
