//! Findings with the place shown and underlined.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::rules::Severity;
use crate::text::Span;

use super::super::located::{Located, Opened};

/// How much of a line is shown left and right of the place, in bytes: a paragraph may be one line.
const AROUND: usize = 60;

pub(super) fn write(
    out: &mut dyn Write,
    finding: &Located,
    file: &Opened,
    colored: bool,
) -> io::Result<()> {
    let text = &file.file.text;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE,
    };
    let window = window(text, finding.span);
    let shown = window.of(text);
    let relative = |span: Span| {
        let start = span.start.clamp(window.start, window.end) - window.start;
        let end = span.end.clamp(window.start, window.end) - window.start;
        start..end
    };
    let mut snippet = Snippet::source(shown)
        .path(place(&finding.path, finding.start.line, finding.start.column))
        .line_start(finding.start.line)
        .annotation(AnnotationKind::Primary.span(relative(finding.span)));
    let mut notes = Vec::new();
    for related in &finding.related {
        if related.is_here && window.covers(related.span) {
            let label = related.message.as_str();
            let context = AnnotationKind::Context.span(relative(related.span)).label(label);
            snippet = snippet.annotation(context);
        } else {
            let at = place(&related.path, related.start.line, related.start.column);
            notes.push(format!("{at}: {}", related.message));
        }
    }
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.rule));
    group = group.element(snippet);
    for note in &notes {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(fix) = finding.fixes.first() {
        group = group.element(Level::HELP.message(&fix.title));
    }
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
    writeln!(out, "{}\n", renderer.render(&[group]))
}

fn place(path: &str, line: usize, column: usize) -> String {
    format!("{path}:{line}:{column}")
}

/// The part of the line that is shown, cut at spaces.
fn window(text: &str, span: Span) -> Span {
    let line_start = text[..span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_end = text[span.end..].find(['\n', '\r']).map_or(text.len(), |at| span.end + at);
    let from = text.floor_char_boundary(span.start.saturating_sub(AROUND).max(line_start));
    let to = text.ceil_char_boundary((span.end + AROUND).min(line_end));
    let start = if from == line_start {
        from
    } else {
        text[from..span.start].find(' ').map_or(from, |at| from + at + 1)
    };
    let end = if to == line_end {
        to
    } else {
        text[span.end..to].rfind(' ').map_or(to, |at| span.end + at)
    };
    Span::new(start, end)
}
