//! The stop or the comma on the other side of the mark.

use crate::quotes::{Mark, Role};
use crate::text::{ProseSpan, Span};

use super::{Check, DocumentContext, Edit, Finding, Fix, Related, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "quote-punctuation",
    summary: "a stop or comma on the other side of the closing mark than elsewhere",
    explanation: "\
Reports a full stop or a comma that stands inside the closing mark of a quotation of a few words
where the document puts it outside, or the other way round.

    He spoke of ‘peace’, ‘bread’, ‘land’, ‘order’, ‘unity’, ‘progress’,
    ‘legality’, ‘labour’, and of ‘truth,’ which he loved.
                                       ^^

    … ‘labour’, and of ‘truth’, which he loved.

American print puts both inside, British print outside unless they belong to what is quoted. Only
quotations of up to four words count, since a longer one may well bring its own stop, and at least
eight others must have it the other way. What somebody says (‘I agree,’ said the chairman) is compared with
what others say, and a phrase within a sentence with such phrases. The rule is off by default: turn it on where
the corpus has one practice.

    [rules]
    quote-punctuation = \"warning\"
",
    default: None,
    check: Check::Document(check),
};

/// So many places make a practice.
const ENOUGH: usize = 8;

/// Of so many places one at most may be otherwise.
const RARELY: usize = 8;

/// A quotation of more words may bring its own stop.
const MOST_WORDS: usize = 4;

/// A stop beside a closing mark.
struct Place {
    is_inside: bool,
    /// Whether it is that of a sentence, which brings its own: `‘I agree,’ he said`.
    is_speech: bool,
    /// Stop and mark, in bytes of the source.
    span: Span,
    /// A full stop or a comma.
    sign: &'static str,
    /// What would stand there in the other practice; `None` where markup is between.
    other: Option<String>,
}

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let (speech, phrases): (Vec<_>, Vec<_>) =
        places(context).into_iter().partition(|place| place.is_speech);
    for places in [phrases, speech] {
        compare(context, places, findings);
    }
}

fn compare(context: &DocumentContext<'_>, places: Vec<Place>, findings: &mut Vec<Finding>) {
    let inside = places.iter().filter(|place| place.is_inside).count();
    let usual_inside = inside * 2 > places.len();
    let usual = if usual_inside { inside } else { places.len() - inside };
    if usual < ENOUGH || (places.len() - usual) * RARELY > usual {
        return;
    }
    let (here, elsewhere) =
        if usual_inside { ("outside", "inside") } else { ("inside", "outside") };
    let model = places.iter().find(|place| place.is_inside == usual_inside).map(|place| place.span);
    for place in places.into_iter().filter(|place| place.is_inside != usual_inside) {
        let sign = place.sign;
        let others = if place.is_speech {
            "in other speeches of the document"
        } else {
            "in the rest of the document"
        };
        let fix = place.other.map(|text| Fix {
            title: format!("Write {text}"),
            safe: false,
            edits: vec![Edit { span: place.span, text }],
        });
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span: place.span,
            subject: None,
            message: format!(
                "The {sign} stands {here} the quotation; {others} it stands {elsewhere}."
            ),
            fixes: fix.into_iter().collect(),
            related: model.into_iter().map(|span| as_usual(span, elsewhere)).collect(),
        });
    }
}

fn as_usual(span: Span, side: &str) -> Related {
    let message = format!("Here it stands {side}, as it usually does.").into();
    Related { document: None, span, message }
}

fn places(context: &DocumentContext<'_>) -> Vec<Place> {
    let analysis = context.analysis;
    let mut places = Vec::new();
    for (number, reading) in analysis.quotes.blocks.iter().enumerate() {
        let prose = &analysis.document.blocks[number].prose;
        let text = prose.text(&analysis.source);
        for mark in reading.marks.iter().filter(|mark| mark.role == Role::Closes) {
            let Some(open) = mark.partner().map(|partner| reading.marks[partner]) else {
                continue;
            };
            let Some((is_inside, span)) = stop_beside(text, &open, mark) else {
                continue;
            };
            let written = span.of(text);
            let reversed: String = written.chars().rev().collect();
            places.push(Place {
                is_inside,
                is_speech: is_speech(text, &open),
                span: prose.to_source(span),
                sign: if written.contains(',') { "comma" } else { "full stop" },
                other: prose.is_contiguous(span).then_some(reversed),
            });
        }
    }
    places
}

/// Whether what opens there is a sentence of its own: it begins with a capital at the head of the block or
/// behind a sign.
fn is_speech(text: &str, open: &Mark) -> bool {
    let before = text[..open.span().start].trim_end();
    let begins = text[open.span().end..].starts_with(char::is_uppercase);
    begins && before.chars().next_back().is_none_or(|sign| !sign.is_alphanumeric())
}

/// The stop or comma beside the mark that closes a short quotation, and the two together.
fn stop_beside(text: &str, open: &Mark, close: &Mark) -> Option<(bool, ProseSpan)> {
    let quoted = text.get(open.span().end..close.span().start)?;
    if quoted.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let is_stop = |byte: u8| matches!(byte, b'.' | b',');
    if quoted.bytes().next_back().is_some_and(is_stop) {
        // The dots of an ellipsis belong to what is quoted.
        let is_ellipsis = quoted.ends_with("..");
        return (!is_ellipsis)
            .then(|| (true, ProseSpan::new(close.span().start - 1, close.span().end)));
    }
    let follows = text.as_bytes().get(close.span().end).copied().is_some_and(is_stop);
    follows.then(|| (false, ProseSpan::new(close.span().start, close.span().end + 1)))
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_stop_on_the_other_side_is_reported() {
        let mut text = "He spoke of ‘order’, of ‘peace’ and of ‘bread’.\n\n".repeat(6);
        text.push_str(
            "\
And then of ‘land,’ and he left. He said: ‘It was not to be that day, nor the next.’
                 ^^ comma stands inside the quotation; in the rest of the document it stands outside
",
        );
        fixture::check(&super::RULE, Format::Plain, &text);
    }

    #[test]
    fn what_somebody_says_is_compared_with_what_others_say() {
        let phrases = "He spoke of ‘order’, of ‘peace’ and of ‘bread’.\n\n".repeat(6);
        let text = format!("{phrases}‘I agree,’ said Mr. Bevan.\n\nHe rose. ‘I do not.’ He sat.\n");
        fixture::check(&super::RULE, Format::Plain, &text);
        let spoken = "‘I agree,’ he said.\n\nHe said: ‘It is.’\n\n".repeat(5);
        let text = format!(
            "{phrases}{spoken}\
‘I do’, he said, of ‘Land’, and left.
     ^^ comma stands outside the quotation; in other speeches of the document it stands inside
"
        );
        fixture::check(&super::RULE, Format::Plain, &text);
    }
}
