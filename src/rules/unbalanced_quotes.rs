//! Quotations without their other end.

use crate::quotes::FaultKind;

use super::{Check, Rule, Severity, quote_faults, quotes_in_markup};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unbalanced-quotes",
    summary: "a quotation that is not closed or not opened, or with marks that do not fit",
    explanation: "\
Reports a quotation that opens and does not close before the paragraph ends, one that
closes and was not opened, one that goes on in a paragraph which does not repeat its opening
mark, one whose two marks do not belong together (also “one that was typed\" and one that
was set), and a mark that stands twice; also an apostrophe without its like in a list of
possessives (Workers’, Soldiers and Peasants’ Deputies).

The reader cannot tell where the quotation ends, and who speaks.

    The change to ‘collective leadership was welcomed.
                  ^ is not closed

    The change to ‘collective leadership’ was welcomed.

Marks are not counted but read: apostrophes (workers’, ’tis), primes (5′ 10″) and
quotations that go on in the next paragraph, which repeats the opening mark, are right.
A quotation that the markup gives (<q>, <quote>) needs no marks, but marks inside of it end
inside of it.
The finding stands at the mark that has no partner, and the fix puts the other one where
it most likely belongs; where another place is likely too, a second fix has it there. Look at the
print before you accept one.
",
    default: Some(Severity::Warning),
    check: Check::Document(|context, findings| {
        quote_faults::report(
            RULE.name,
            context,
            &[
                FaultKind::Unclosed,
                FaultKind::Unopened,
                FaultKind::NotRepeated,
                FaultKind::Mismatched,
                FaultKind::Doubled,
                FaultKind::Possessive,
            ],
            findings,
        );
        quotes_in_markup::report_crossings(RULE.name, context, findings);
    }),
};

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn possessives_of_a_list_are_told() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
The Soviets of Workers’, Soldiers and Peasants’ Deputies met in the hall of the workers’ club.
                         ^^^^^^^^ lacks the ’ that other words of the list have

It was the will of the workers’, soldiers and peasants, as everybody in the town knew.
                              ^ the rest of the list has none
",
        );
    }

    #[test]
    fn addresses_are_no_prose() {
        let text =
            "See <http://example.org/a\"b> and <http://example.org/x?q=1>, where it says \"so\".\n";
        fixture::check(&super::RULE, Format::Markdown, text);
    }
}
