//! What a text says itself about being right: a comment, `[sic]`, `<sic>`.

use crate::corpus::DocumentFacts;
use crate::markup::IgnoreScope;
use crate::text::Span;

/// The places where rules are silent. Made once for all findings of a document; a look-up costs
/// little however many places there are.
#[derive(Debug)]
pub struct Silence<'a> {
    /// Rules that are silent in the whole file; `None`: all.
    everywhere: Vec<Option<&'a str>>,
    stretches: Stretches<Option<&'a str>>,
    sic: Stretches<()>,
}

impl<'a> Silence<'a> {
    /// The places that a document has.
    pub fn of(facts: &'a DocumentFacts) -> Self {
        let mut everywhere = Vec::new();
        let mut stretches = Vec::new();
        for ignore in &facts.ignores {
            match ignore.scope {
                IgnoreScope::File => everywhere.push(ignore.rule.as_deref()),
                IgnoreScope::Unknown => {}
                IgnoreScope::Stretch(span) => stretches.push((span, ignore.rule.as_deref())),
            }
        }
        let sic = facts.sic.iter().map(|&span| (span, ())).collect();
        Self { everywhere, stretches: Stretches::of(stretches), sic: Stretches::of(sic) }
    }

    /// Whether a finding of a rule at `span` is not wanted.
    pub fn covers(&self, rule: &str, span: Span) -> bool {
        let is_about = |silent: &Option<&str>| silent.is_none_or(|silent| silent == rule);
        self.everywhere.iter().any(is_about)
            || self.stretches.around(span).any(|(_, silent)| is_about(silent))
            || self.sic.around(span).next().is_some()
            || self.sic.within(span).any(|sic| !sic.is_empty())
    }
}

/// Spans by their start.
#[derive(Debug)]
struct Stretches<T> {
    all: Vec<(Span, T)>,
    /// How far the spans up to each of them reach.
    reach: Vec<usize>,
}

impl<T> Stretches<T> {
    fn of(mut all: Vec<(Span, T)>) -> Self {
        all.sort_by_key(|(span, _)| *span);
        let reach = all.iter().scan(0, |reach, (span, _)| {
            *reach = span.end.max(*reach);
            Some(*reach)
        });
        Self { reach: reach.collect(), all }
    }

    /// Those that cover `span`.
    fn around(&self, span: Span) -> impl Iterator<Item = &(Span, T)> {
        let before = self.all.partition_point(|(one, _)| one.start <= span.start);
        let far = (0..before).rev().take_while(move |&one| self.reach[one] >= span.end);
        far.map(|one| &self.all[one]).filter(move |(one, _)| one.covers(span))
    }

    /// Those that `span` covers.
    fn within(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.all.partition_point(|(one, _)| one.start < span.start);
        let near = self.all[first..].iter().map(|(one, _)| *one);
        near.take_while(move |one| one.start <= span.end).filter(move |one| span.covers(*one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Ignore;

    #[test]
    fn a_rule_is_silent_in_its_stretches_and_where_the_text_says_sic() {
        let stretch = |rule: Option<&str>, start, end| Ignore {
            rule: rule.map(str::to_owned),
            scope: IgnoreScope::Stretch(Span::new(start, end)),
            span: Span::gap(start),
        };
        let mut facts = DocumentFacts::default();
        facts.ignores = vec![
            stretch(None, 0, 10),
            stretch(Some("name-variant"), 20, 100),
            stretch(Some("quote-style"), 30, 40),
        ];
        facts.sic = vec![Span::new(200, 210), Span::gap(300)];
        let silence = Silence::of(&facts);
        for (rule, start, end, expected) in [
            ("quote-style", 2, 4, true),
            ("quote-style", 8, 12, false),
            ("name-variant", 50, 60, true),
            ("name-variant", 32, 36, true),
            ("quote-style", 32, 36, true),
            ("quote-style", 50, 60, false),
            ("name-variant", 90, 101, false),
            ("name-variant", 202, 206, true),
            ("name-variant", 190, 220, true),
            ("name-variant", 205, 220, false),
            ("name-variant", 295, 305, false),
        ] {
            assert_eq!(silence.covers(rule, Span::new(start, end)), expected, "{rule} {start}");
        }
    }
}
