//! What a volunteer is told of a mistake in the quotation marks.

use crate::corpus::Analysis;
use crate::markup::BlockKind;
use crate::quotes::{Bound, BoundKind, Fault, FaultKind, Role};
use crate::text::ProseSpan;

use super::Related;

/// The message of a finding.
pub(super) fn message(analysis: &Analysis, block: usize, fault: &Fault) -> String {
    let mark = fault.glyph.character();
    let right = fault.repairs.first().map_or("", |repair| repair.text.as_str());
    let facts = Facts { analysis, block, fault };
    match fault.kind {
        FaultKind::Unclosed => {
            let line = facts.line();
            format!("This quotation opened in line {line} is not closed{}.", facts.bound())
        }
        FaultKind::Unopened if fault.partner_block.is_some() => {
            let (line, unit) = (facts.partner_line(), unit(analysis, block));
            let opener = facts.partner().unwrap_or_default();
            format!(
                "This {mark} closes the quotation opened in line {line}, whose {opener} the {unit} \
                 does not repeat at its beginning."
            )
        }
        FaultKind::Unopened => {
            format!("This {mark} closes a quotation that was not opened{}.", facts.bound())
        }
        FaultKind::Mismatched => facts.mismatch(mark, right),
        FaultKind::Direction => {
            let does = if facts.closes() { "ends" } else { "opens" };
            format!("This {mark} points the wrong way: a quotation {does} here; expected {right}.")
        }
        FaultKind::NotRepeated if fault.partner_block.is_some_and(|partner| partner > block) => {
            format!(
                "This paragraph belongs to the quotation that goes on below, but lacks its {mark}."
            )
        }
        FaultKind::NotRepeated => {
            let line = facts.partner_line();
            format!(
                "The quotation opened in line {line} goes on in this paragraph, which does not begin \
                 with its {mark}."
            )
        }
        FaultKind::Doubled => format!("This {mark} stands twice."),
        FaultKind::Nesting => {
            format!("This {mark} opens a quotation inside one with the same marks.")
        }
        FaultKind::Apostrophe => {
            format!("This {mark} is an apostrophe and points the wrong way; expected {right}.")
        }
        FaultKind::Possessive if right.is_empty() => {
            format!("This {mark} makes a possessive, but the rest of the list has none.")
        }
        FaultKind::Possessive => {
            format!("This word lacks the {mark} that other words of the list have.")
        }
    }
}

/// The places that belong to a finding.
pub(super) fn related(analysis: &Analysis, block: usize, fault: &Fault) -> Vec<Related> {
    let at = |block: usize, span, message: String| Related {
        document: None,
        span: analysis.to_source(block, span),
        message: message.into(),
    };
    let place = match (fault.partner, fault.bound) {
        (Some(partner), _) => {
            let message = match (fault.partner_block, fault.kind) {
                (Some(partner), _) if partner > block => "The quotation goes on here.",
                (Some(_), _) => "The quotation opened here.",
                (None, FaultKind::Nesting) => "The quotation around it opened here.",
                (None, FaultKind::Doubled) => "The same mark stands here.",
                (None, _) => "The other end of the quotation is here.",
            };
            Some(at(fault.partner_block.unwrap_or(block), partner, message.to_owned()))
        }
        (None, Some(bound)) => {
            let [what, does] = end(analysis, block, fault.kind, bound);
            Some(at(block, bound.span, format!("The {what} {does} here.")))
        }
        (None, None) => None,
    };
    place.into_iter().collect()
}

/// What a block is called.
pub(super) fn unit(analysis: &Analysis, block: usize) -> &'static str {
    match analysis.document.blocks[block].kind {
        BlockKind::Note => "note",
        BlockKind::Title | BlockKind::Heading(_) => "heading",
        BlockKind::Verse => "stanza",
        BlockKind::Item => "item",
        BlockKind::Cell => "cell",
        _ => "paragraph",
    }
}

/// What bounds a quotation that lacks one of its marks, and what that does there.
fn end(analysis: &Analysis, block: usize, lacks: FaultKind, bound: Bound) -> [&'static str; 2] {
    let is_unclosed = lacks == FaultKind::Unclosed;
    match bound.kind {
        BoundKind::Block => [unit(analysis, block), if is_unclosed { "ends" } else { "begins" }],
        BoundKind::Quotation if is_unclosed => ["next quotation", "opens"],
        BoundKind::Quotation => ["quotation before it", "ends"],
        BoundKind::Around => ["quotation around it", if is_unclosed { "ends" } else { "opens" }],
    }
}

/// A mistake and the document in which it was made.
struct Facts<'a> {
    analysis: &'a Analysis,
    block: usize,
    fault: &'a Fault,
}

impl Facts<'_> {
    /// The line, counted from 1, in which something stands in a block.
    fn line_in(&self, block: usize, span: ProseSpan) -> usize {
        let at = self.analysis.to_source(block, span).start;
        self.analysis.lines().line_of(at) + 1
    }

    /// The line of the mark.
    fn line(&self) -> usize {
        self.line_in(self.block, self.fault.span)
    }

    /// The line of the other end, or of the mark if there is none.
    fn partner_line(&self) -> usize {
        let block = self.fault.partner_block.unwrap_or(self.block);
        self.fault.partner.map_or_else(|| self.line(), |partner| self.line_in(block, partner))
    }

    /// The character at the other end.
    fn partner(&self) -> Option<char> {
        let block = self.fault.partner_block.unwrap_or(self.block);
        self.fault.partner?.of(self.analysis.prose(block)).chars().next()
    }

    /// Up to where the other end was looked for: `; the paragraph ends here`.
    fn bound(&self) -> String {
        let Some(bound) = self.fault.bound else {
            return String::new();
        };
        let [what, does] = end(self.analysis, self.block, self.fault.kind, bound);
        let line = self.line_in(self.block, bound.span);
        let place = match bound.kind {
            _ if line != self.line() => format!("in line {line}"),
            BoundKind::Block => "here".to_owned(),
            BoundKind::Quotation | BoundKind::Around => "in the same line".to_owned(),
        };
        format!("; the {what} {does} {place}")
    }

    /// Whether the mark closes what it belongs to.
    fn closes(&self) -> bool {
        let marks = &self.analysis.quotes.blocks[self.block].marks;
        let at = marks.partition_point(|mark| mark.span().start < self.fault.span.start);
        marks.get(at).is_some_and(|mark| mark.role == Role::Closes)
    }

    fn mismatch(&self, mark: char, right: &str) -> String {
        let line = self.partner_line();
        let place = if line == self.line() { String::new() } else { format!(" in line {line}") };
        match self.partner() {
            Some(other) if self.closes() => format!(
                "This {mark} closes a quotation that opened{place} with {other}; expected {right}."
            ),
            Some(other) => format!(
                "This {mark} opens a quotation that is closed{place} with {other}; expected {right}."
            ),
            None => format!(
                "This {mark} does not fit the quotation opened in an earlier paragraph; expected \
                 {right}."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;
    use crate::rules::{quote_direction, quote_nesting, unbalanced_quotes};

    /// What is told of the only mistake of a text: the message, and what stands at the place that belongs
    /// to it with what is told of that.
    fn told(text: &str) -> (String, String, String) {
        let rules = [&unbalanced_quotes::RULE, &quote_direction::RULE, &quote_nesting::RULE];
        let found = rules.into_iter().flat_map(|rule| fixture::findings(rule, Format::Plain, text));
        let found: Vec<_> = found.collect();
        let [finding] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        let [place] = finding.related.as_slice() else {
            panic!("{text}: {finding:?}");
        };
        (finding.message.clone(), place.span.of(text).to_owned(), place.message.to_string())
    }

    #[track_caller]
    fn check(text: &str, message: &str, place: [&str; 2]) {
        let (told, at, words) = told(text);
        assert_eq!(told, message, "{text}");
        assert_eq!([at.as_str(), words.as_str()], place, "{text}");
    }

    #[test]
    fn a_quotation_without_its_end_is_told_with_what_ends_before_it() {
        check(
            "They spoke of a ‘new course in the party.\n",
            "This quotation opened in line 1 is not closed; the paragraph ends here.",
            [".", "The paragraph ends here."],
        );
        check(
            "They spoke of a ‘new course in the party,\nand nobody believed them then.\n",
            "This quotation opened in line 1 is not closed; the paragraph ends in line 2.",
            [".", "The paragraph ends here."],
        );
        check(
            "‘It is so, said he, and rose. ‘Go home.’\n",
            "This quotation opened in line 1 is not closed; the next quotation opens in the same line.",
            ["‘", "The next quotation opens here."],
        );
        check(
            "‘They call it the “new course in the village,’ he said.\n",
            "This quotation opened in line 1 is not closed; the quotation around it ends in the same line.",
            ["’", "The quotation around it ends here."],
        );
    }

    #[test]
    fn a_quotation_without_its_beginning_is_told_with_what_begins_after_it() {
        check(
            "‘Who?’ he asked.\n\nHe turned and cried: Forward!’ and was gone.\n",
            "This ’ closes a quotation that was not opened; the paragraph begins here.",
            ["H", "The paragraph begins here."],
        );
        check(
            "‘Who?’ he asked,\nand turned and cried: Forward!’ and was gone.\n",
            "This ’ closes a quotation that was not opened; the quotation before it ends in line 1.",
            ["’", "The quotation before it ends here."],
        );
    }

    #[test]
    fn marks_that_disagree_are_told_with_the_other_end() {
        check(
            "He spoke of ‘order’ and of ‘the law” and left.\n",
            "This ” closes a quotation that opened with ‘; expected ’.",
            ["‘", "The other end of the quotation is here."],
        );
        check(
            "He spoke of ‘order’ and of ’the law’ and left.\n",
            "This ’ points the wrong way: a quotation opens here; expected ‘.",
            ["’", "The other end of the quotation is here."],
        );
        check(
            "He spoke of ‘order’ and of ‘the law‘ and left.\n",
            "This ‘ points the wrong way: a quotation ends here; expected ’.",
            ["‘", "The other end of the quotation is here."],
        );
        check(
            "‘He said ‘never’ to me, and left.’\n",
            "This ‘ opens a quotation inside one with the same marks.",
            ["‘", "The quotation around it opened here."],
        );
        check(
            "He spoke of ““order” and left.\n",
            "This “ stands twice.",
            ["“", "The same mark stands here."],
        );
    }

    #[test]
    fn a_speech_that_lacks_its_mark_in_one_paragraph_is_told_with_where_it_opened() {
        let speech = "It was in the spring of that year that the first of them came back to us.";
        check(
            &format!("“{speech}\n\n{speech}\n\n“{speech}\n\n“{speech}”\n"),
            "The quotation opened in line 1 goes on in this paragraph, which does not begin with its “.",
            ["“", "The quotation opened here."],
        );
    }
}
