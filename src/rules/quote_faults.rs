//! From the faults of the quotation parse to findings: what the quotation rules share.

use crate::corpus::Analysis;
use crate::markup::{self, Block, Format, Inline, InlineKind};
use crate::quotes::{BlockReading, Fault, FaultKind, Repair, Role};
use crate::text::{ProseSpan, Span};

use super::{DocumentContext, Edit, Finding, Fix, quote_words, quotes_in_markup};

/// Reports the faults of these kinds under the name of a rule.
pub(super) fn report(
    rule: &'static str,
    context: &DocumentContext<'_>,
    kinds: &[FaultKind],
    findings: &mut Vec<Finding>,
) {
    let analysis = context.analysis;
    let blocks = analysis.quotes.blocks.iter().enumerate();
    let is_faulty =
        |reading: &BlockReading| !reading.faults.is_empty() || !reading.further.is_empty();
    for (block, reading) in blocks.filter(|(_, reading)| is_faulty(reading)) {
        for fault in reading.faults.iter().filter(|fault| kinds.contains(&fault.kind)) {
            findings.push(Finding {
                rule,
                severity: context.severity,
                span: analysis.to_source(block, fault.span),
                message: quote_words::message(analysis, block, fault),
                subject: None,
                fixes: fixes(analysis, block, fault),
                related: quote_words::related(analysis, block, fault),
            });
        }
        findings.extend(further(rule, context, block, kinds));
    }
}

/// One finding for all mistakes of these kinds that a block has besides those that are told one by
/// one.
fn further(
    rule: &'static str,
    context: &DocumentContext<'_>,
    block: usize,
    kinds: &[FaultKind],
) -> Option<Finding> {
    let reading = &context.analysis.quotes.blocks[block];
    let further = || reading.further.iter().filter(|further| kinds.contains(&further.kind));
    let first = further().map(|further| further.first).min()?;
    let count = grouped(further().map(|further| further.count).sum());
    let unit = quote_words::unit(context.analysis, block);
    Some(Finding {
        rule,
        severity: context.severity,
        span: context.analysis.to_source(block, first),
        message: format!("And {count} more like this in the {unit}, from here on."),
        subject: None,
        fixes: Vec::new(),
        related: Vec::new(),
    })
}

/// A number as people write it: `4,312`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn fixes(analysis: &Analysis, block: usize, fault: &Fault) -> Vec<Fix> {
    if fault.kind == FaultKind::Nesting {
        return other_marks(analysis, block, fault).into_iter().collect();
    }
    let prose = &analysis.document.blocks[block].prose;
    let by_markup =
        quotes_in_markup::repair(&analysis.document.blocks[block], analysis.prose(block), fault);
    let repairs = by_markup.as_ref().map_or(fault.repairs.as_slice(), std::slice::from_ref);
    let is_one_of_several = repairs.len() > 1;
    let repairs = repairs.iter().filter(|repair| prose.is_contiguous(repair.span));
    let fix = |repair: &Repair| {
        let words = if is_one_of_several { beside(analysis, block, fault, repair) } else { None };
        Some(Fix {
            title: title(fault, &repair.text) + words.as_deref().unwrap_or(""),
            safe: is_safe(fault.kind) && !stands_free(analysis.prose(block), repair.span),
            edits: vec![Edit {
                span: place(analysis, block, fault, repair.span)?,
                text: repair.text.clone(),
            }],
        })
    };
    repairs.filter_map(fix).collect()
}

/// Where in the source a repair of `span` is made. A mark put into code would be read as code: it
/// stands beside the element; one that opens italics or a
/// quotation given by markup stands in them. `None` where it has no place.
fn place(analysis: &Analysis, block: usize, fault: &Fault, span: ProseSpan) -> Option<Span> {
    let Block { prose, inlines, .. } = &analysis.document.blocks[block];
    if !span.is_empty() {
        return Some(prose.to_source(span));
    }
    let is_code = |inline: &&Inline| inline.kind == InlineKind::Opaque;
    let mut code = inlines.iter().filter(is_code).map(|inline| inline.span);
    let around = code.clone().find(|code| code.start < span.start && span.start < code.end);
    let at = match around {
        Some(code) if fault.kind == FaultKind::Unclosed => code.end,
        Some(code) => code.start,
        None => span.start,
    };
    let plain = prose.to_source(ProseSpan::new(at, at)).start;
    let format = analysis.document.format;
    if !matches!(format, Format::Html | Format::Tei) {
        return Some(Span::gap(plain));
    }
    let begins_italics = |inline: &Inline| {
        (inline.kind == InlineKind::Emphasis || inline.is_quotation()) && inline.span.start == at
    };
    let source = &analysis.source;
    let next_char = || {
        let next = prose.text(source)[at..].chars().next()?;
        Some(prose.to_source(ProseSpan::new(at, at + next.len_utf8())).start)
    };
    let place = if code.clone().any(|code| code.start == at) {
        if at > 0 { plain } else { before_code(source, next_char()?, format)? }
    } else if code.any(|code| code.end == at) {
        behind_code(source, plain, format)?
    } else if fault.kind == FaultKind::Unopened && inlines.iter().any(begins_italics) {
        next_char()?
    } else {
        plain
    };
    Some(Span::gap(place))
}

/// The start of the tag of code that ends at byte `end`, or stands before other tags there.
fn before_code(source: &str, mut end: usize, format: Format) -> Option<usize> {
    loop {
        let before = source[..end].strip_suffix('>')?;
        end = before.rfind('<')?;
        let name = before[end + 1..].split(|c: char| c.is_whitespace() || c == '/').next()?;
        if markup::is_code(format, name) {
            return Some(end);
        }
    }
}

/// The end of the tag of code that ends it at byte `start`, or stands behind other tags there.
fn behind_code(source: &str, mut start: usize, format: Format) -> Option<usize> {
    loop {
        let rest = source[start..].strip_prefix("</")?;
        let length = rest.find('>')?;
        start += "</".len() + length + 1;
        if markup::is_code(format, rest[..length].trim_end()) {
            return Some(start);
        }
    }
}

/// Pairs of marks, and those that quotations inside them have.
const INSIDE: &[([char; 2], [char; 2])] = &[
    (['‘', '’'], ['“', '”']),
    (['“', '”'], ['‘', '’']),
    (['„', '“'], ['‚', '‘']),
    (['\'', '\''], ['"', '"']),
    (['"', '"'], ['\'', '\'']),
];

/// Gives a quotation inside one with the same marks the others, if it holds none itself.
fn other_marks(analysis: &Analysis, block: usize, fault: &Fault) -> Option<Fix> {
    let marks = &analysis.quotes.blocks[block].marks;
    let open = marks.partition_point(|mark| mark.span().start < fault.span.start);
    let close = marks.get(open)?.partner().filter(|&close| close > open)?;
    let holds_others = marks[open + 1..close].iter().any(|mark| mark.role == Role::Opens);
    let ends = [&marks[open], &marks[close]];
    let now = ends.map(|mark| mark.glyph.character());
    let (_, [left, right]) = INSIDE.iter().find(|(marks, _)| *marks == now)?;
    let places = ends.map(|mark| analysis.to_source(block, mark.span()));
    (!holds_others).then(|| with_marks(places, [*left, *right]))
}

/// Writes other marks at both ends of a quotation.
pub(super) fn with_marks(ends: [Span; 2], [left, right]: [char; 2]) -> Fix {
    let edit = |(span, mark): (Span, char)| Edit { span, text: mark.to_string() };
    Fix {
        title: format!("Write {left} and {right}"),
        safe: false,
        edits: ends.into_iter().zip([left, right]).map(edit).collect(),
    }
}

fn title(fault: &Fault, text: &str) -> String {
    // The space of French print is put in as well, but need not be told.
    let text = text.trim();
    match fault.kind {
        FaultKind::Unclosed => format!("Close the quotation with {text}"),
        FaultKind::Unopened => format!("Open the quotation with {text}"),
        FaultKind::NotRepeated => format!("Begin the paragraph with {text}"),
        FaultKind::Doubled => format!("Take out this {}", fault.glyph.character()),
        FaultKind::Possessive if text.is_empty() => {
            format!("Take out this {}", fault.glyph.character())
        }
        FaultKind::Possessive => format!("Write {text} behind this word"),
        _ => format!("Write {text} for {}", fault.glyph.character()),
    }
}

/// Where a mark is put in, by the words before or behind it: ` behind …a few moments`.
fn beside(analysis: &Analysis, block: usize, fault: &Fault, repair: &Repair) -> Option<String> {
    let (before, behind) = analysis.prose(block).split_at_checked(repair.span.start)?;
    match fault.kind {
        FaultKind::Unclosed => {
            let start = before.rmatch_indices(char::is_whitespace).nth(MOST_WORDS - 1);
            let words = &before[start.map_or(0, |(at, _)| at)..];
            Some(format!(" behind …{}", in_one_line(words)))
        }
        FaultKind::Unopened => {
            let end = behind.match_indices(char::is_whitespace).nth(MOST_WORDS - 1);
            let words = &behind[..end.map_or(behind.len(), |(at, _)| at)];
            Some(format!(" before {}…", in_one_line(words)))
        }
        _ => None,
    }
}

/// Words as a menu shows them, whatever lines they stand in.
fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many words tell where a mark is put in.
const MOST_WORDS: usize = 3;

/// A mark that is only turned changes nothing that the text says; where a missing mark
/// belongs is a guess.
fn is_safe(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Direction | FaultKind::Apostrophe)
}

/// Whether a mark has a space on both sides, as in French print: then nothing beside it says where it points, and
/// another one may be missing instead.
fn stands_free(prose: &str, mark: ProseSpan) -> bool {
    let is_space_before = prose[..mark.start].ends_with(char::is_whitespace);
    is_space_before && prose[mark.end..].starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::grouped;
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn of_two_likely_places_for_a_mark_the_fixes_tell_which_is_which() {
        let text = "“I will go. He came in and sat down by the fire.\n\nNobody spoke.\n";
        let rule = &super::super::unbalanced_quotes::RULE;
        let findings = fixture::findings(rule, Format::Plain, text);
        let titles: Vec<&str> = findings[0].fixes.iter().map(|fix| fix.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Close the quotation with ” behind …“I will go.",
                "Close the quotation with ” behind …by the fire.",
            ]
        );
    }

    /// The titles of the fixes of the only finding in a text.
    fn titles(text: &str) -> Vec<String> {
        let rule = &super::super::unbalanced_quotes::RULE;
        let findings = fixture::findings(rule, Format::Plain, text);
        let [finding] = findings.as_slice() else {
            panic!("{text}: {findings:?}");
        };
        finding.fixes.iter().map(|fix| fix.title.clone()).collect()
    }

    #[test]
    fn a_fix_is_told_in_one_line_whatever_lines_its_words_stand_in() {
        assert_eq!(
            titles("“I will go. He came in and sat down\nby the\nfire.\n\nNobody spoke.\n"),
            [
                "Close the quotation with ” behind …“I will go.",
                "Close the quotation with ” behind …by the fire.",
            ]
        );
    }

    #[test]
    fn the_space_of_french_print_is_put_in_but_not_told() {
        let text = "« Nous avons gagné, dit le président. « C’est la fin du parti », dit-il aussi.\n\n\
                    Il a dit : « Non ! »\n\nL’« affaire » est close. Nous avons « perdu » la grève.\n";
        assert_eq!(titles(text), ["Close the quotation with »"]);
    }

    #[test]
    fn a_mark_between_spaces_is_not_turned_without_being_looked_at() {
        let rule = &super::super::quote_direction::RULE;
        let text = "Il a dit : « Non ! » et puis « Oui ».\n\nLe président a parlé de « justice « et sortit.\n";
        let is_safe = |text: &str| {
            let findings = fixture::findings(rule, Format::Plain, text);
            findings.iter().map(|finding| finding.fixes[0].safe).collect::<Vec<_>>()
        };
        assert_eq!(is_safe(text), [false]);
        assert_eq!(is_safe("He spoke of the ’rule of law’ again, and of ‘the law’.\n"), [true]);
    }

    #[test]
    fn numbers_are_written_in_groups() {
        for (number, written) in [(7, "7"), (312, "312"), (4312, "4,312"), (1_004_312, "1,004,312")]
        {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn a_paragraph_in_which_every_mark_is_wrong_is_told_in_bounded_space() {
        let text = format!("{}left.\n", "He spoke of ‘so” and ".repeat(5_000));
        let findings =
            fixture::findings(&super::super::unbalanced_quotes::RULE, Format::Plain, &text);
        assert_eq!(findings.len(), crate::quotes::MOST_FAULTS + 1);
        let last = findings.last().expect("the summary");
        assert_eq!(last.message, "And 4,900 more like this in the paragraph, from here on.");
    }
}
