//! Apostrophes that look like opening marks.

use crate::quotes::FaultKind;

use super::{Check, Rule, Severity, quote_faults};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "apostrophe-direction",
    summary: "an apostrophe that points the wrong way",
    explanation: "\
Reports an apostrophe that has the shape of an opening quotation mark.

    ‘Tis so, as it was in the ‘fifties.
    ^
                              ^

    ’Tis so, as it was in the ’fifties.

The fix turns the mark; it is safe.
",
    default: Some(Severity::Warning),
    check: Check::Document(|context, findings| {
        quote_faults::report(RULE.name, context, &[FaultKind::Apostrophe], findings);
    }),
};
