//! Quotation marks that point the wrong way.

use crate::quotes::FaultKind;

use super::{Check, Rule, Severity, quote_faults};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "quote-direction",
    summary: "a quotation mark that points the wrong way",
    explanation: "\
Reports a quotation mark that points the wrong way for what it does.

    He spoke of the ’rule of law’ again.
                    ^ points the wrong way

    He spoke of the ‘rule of law’ again.

Word processors turn marks by the character before them and err after dashes and
brackets. The fix turns the mark; it is safe, unless the mark has a space on both sides
as in French, where another one may be missing instead.
",
    default: Some(Severity::Warning),
    check: Check::Document(|context, findings| {
        quote_faults::report(RULE.name, context, &[FaultKind::Direction], findings);
    }),
};
