//! What is larger in one piece than any text needs: mostly a quote or a `>` was lost before it, and
//! other programs give up on it. It is read all the same.

use crate::text::Span;

use super::super::Problem;

/// A start tag that is longer, in bytes, was hardly meant so.
const LONGEST_TAG: usize = 500_000;

/// A line that is longer, in bytes, is more than most editors open and what the parsers of XML
/// that most programs use take in one piece (`XML_MAX_TEXT_LENGTH` of libxml2).
const LONGEST_LINE: usize = 10_000_000;

/// How much of what is too long is shown, in bytes.
const SHOWN: usize = 40;

/// What is to be said of a start tag by its length. `values` are its attributes with the places of
/// their values.
pub(in crate::markup) fn of_tag<'a>(
    source: &str,
    tag: Span,
    values: impl Iterator<Item = (&'a str, Span)> + Clone,
) -> Option<Problem> {
    if tag.len() <= LONGEST_TAG {
        return None;
    }
    // Pictures are written so on purpose.
    let is_data = |span: Span| span.of(source).trim_start().starts_with("data:");
    let data = values.clone().filter(|&(_, span)| is_data(span)).map(|(_, span)| span.len());
    let length = tag.len() - data.sum::<usize>();
    if length <= LONGEST_TAG {
        return None;
    }
    let longest = values.filter(|&(_, span)| !is_data(span)).max_by_key(|(_, span)| span.len());
    Some(match longest.filter(|(_, span)| span.len() > length / 2) {
        Some((name, span)) => Problem {
            span: head(source, span),
            message: format!(
                "The value of “{name}” is {} bytes long; mostly the quote that ends it is missing.",
                grouped(span.len())
            ),
        },
        None => Problem {
            span: head(source, tag),
            message: format!(
                "This tag is {} bytes long; mostly the > that ends it is missing.",
                grouped(length)
            ),
        },
    })
}

/// What is to be said of a link of Markdown by the length of its `target`; it begins with the words that
/// it underlines, at byte `start`.
pub(in crate::markup) fn of_link(source: &str, start: usize, target: &str) -> Option<Problem> {
    let is_long = target.len() > LONGEST_TAG && !target.trim_start().starts_with("data:");
    is_long.then(|| Problem {
        span: head(source, Span::new(start, source.len())),
        message: format!(
            "The target of this link is {} bytes long; mostly the bracket that ends it is missing.",
            grouped(target.len())
        ),
    })
}

/// Lines that are too long for other programs. Nothing is looked at in a source that cannot have one.
pub(in crate::markup) fn long_lines(source: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut start = 0;
    while source.len() - start > LONGEST_LINE {
        let rest = &source.as_bytes()[start..];
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        if length > LONGEST_LINE {
            found.push(Problem {
                span: head(source, Span::new(start, start + length)),
                message: format!(
                    "This line is {} bytes long; many editors and other programs cannot read it.",
                    grouped(length)
                ),
            });
        }
        start = source.len().min(start + length + 1);
    }
    found
}

fn head(source: &str, span: Span) -> Span {
    Span::new(span.start, source.floor_char_boundary(span.end.min(span.start + SHOWN)))
}

/// A number as people write it: `1,048,576`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, read};

    fn problems(source: &str, format: Format) -> Vec<(usize, String)> {
        let document = read(source, format, None);
        let shown = |problem: &Problem| (problem.span.start, problem.message.clone());
        document.problems.iter().map(shown).collect()
    }

    #[test]
    fn a_value_without_an_end_is_told_by_its_length() {
        let long = "It was so. ".repeat(100_000);
        let page = format!("<p title=\"{long}\" class='x'>Text.</p>");
        let expected = "The value of “title” is 1,100,000 bytes long; mostly the quote that ends it is \
                        missing.";
        assert_eq!(problems(&page, Format::Html), [(10, expected.to_owned())]);
        assert_eq!(problems(&page, Format::Tei), [(10, expected.to_owned())]);
        let markdown = format!("So <span title=\"{long}\">it</span> was.\n");
        assert_eq!(problems(&markdown, Format::Markdown), [(16, expected.to_owned())]);
        for format in [Format::Html, Format::Tei] {
            let document = read(&page, format, None);
            assert_eq!(document.blocks[0].prose.text(&page), "Text.", "{format:?}");
        }
    }

    #[test]
    fn a_target_of_markdown_without_an_end_is_told_by_its_length() {
        let long = "so/".repeat(350_000);
        let message = "The target of this link is 1,050,000 bytes long; mostly the bracket that ends it is \
                       missing.";
        for link in [format!("See [it]({long}).\n"), format!("See ![it](<{long}> 'A map').\n")] {
            assert_eq!(problems(&link, Format::Markdown), [(4, message.to_owned())]);
        }
        let picture = format!("See ![it](data:image/png;base64,{long}).\n");
        assert_eq!(problems(&picture, Format::Markdown), []);
    }

    #[test]
    fn a_tag_of_a_hundred_thousand_attributes_is_survived() {
        let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"1\"")).collect();
        for format in [Format::Html, Format::Tei] {
            let page = format!("<p{attributes}>Text.</p>");
            let found = problems(&page, format);
            assert_eq!(found.len(), 1, "{format:?}");
            assert!(found[0].1.starts_with("This tag is 1,088,893 bytes long"), "{found:?}");
            assert_eq!(read(&page, format, None).blocks[0].prose.text(&page), "Text.");
        }
    }

    #[test]
    fn a_picture_in_the_page_is_meant_so() {
        let data = "iVBORw0KGgo".repeat(100_000);
        let page =
            format!("<p>One <img src=\"data:image/png;base64,{data}\" alt='A map'> two.</p>");
        assert_eq!(problems(&page, Format::Html), []);
    }

    #[test]
    fn a_line_is_told_in_every_format() {
        let line = "It was so. ".repeat(1_000_000);
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Tei] {
            let text = match format {
                Format::Html | Format::Tei => format!("<div>\n<p>{line}</p>\n</div>"),
                Format::Plain | Format::Markdown => format!("A line.\n\n{line}\n"),
            };
            let found = problems(&text, format);
            assert_eq!(found.len(), 1, "{format:?}");
            assert!(found[0].1.starts_with("This line is 11,000,0"), "{found:?}");
        }
    }
}
