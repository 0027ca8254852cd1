//! Findings with the place shown and underlined.

use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::rules::Severity;
use crate::text::Span;

use super::super::located::{Located, Opened, Place};
use super::super::terminal::{self, Look, visible};

/// Places closer than this, in bytes, are shown together.
const NEAR: usize = 60;

/// So many other places are shown with a finding: what is too long is not read.
const MOST_NOTES: usize = 5;

/// More of a line is not looked at on either side of the place, in bytes: no terminal is so wide.
const LONGEST: usize = 1024;

pub(super) fn write(
    out: &mut dyn Write,
    finding: &Located,
    file: &Opened,
    look: Look,
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
    let path = visible(&finding.path);
    let mut snippet = Snippet::source(shown)
        .path(&*path)
        .line_start(finding.start.line)
        .annotation(AnnotationKind::Primary.span(relative(finding.span)));
    let mut notes = Vec::new();
    for related in &finding.related {
        if related.is_here && is_near(related.span, finding.span) {
            let label = visible(&related.message);
            let context = AnnotationKind::Context.span(relative(related.span)).label(label);
            snippet = snippet.annotation(context);
        } else {
            let at = place(&visible(&related.path), related.start.line, related.start.column);
            notes.push(format!("{at}: {}", visible(&related.message)));
        }
    }
    let message = visible(&finding.message);
    let mut group = Group::with_title(level.primary_title(&*message).id(finding.rule));
    group = group.element(snippet);
    let further = notes.len().saturating_sub(MOST_NOTES);
    // A single one takes no more room than to say that there is one.
    if further > 1 {
        notes.truncate(MOST_NOTES);
        notes.push(format!("and in {further} more places, which `--format json` has"));
    }
    for note in &notes {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(fix) = finding.fixes.first() {
        group = group.element(Level::HELP.message(visible(&fix.title)));
    }
    let mut renderer = if look.has_colors { Renderer::styled() } else { Renderer::plain() };
    if let Some(width) = look.width {
        renderer = renderer.term_width(width);
    }
    // The renderer leaves the control characters of ISO 6429 beyond ASCII as they are.
    let is_control = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    let drawing = renderer.render(&[group]).replace(is_control, "\u{fffd}");
    // The renderer counts columns in what it is shown.
    let Place { line, column, .. } = finding.start;
    let shown_column = text[window.start..finding.span.start].chars().count() + 1;
    let head = |column| place(&path, line, column);
    let mut right = head(column);
    if look.has_links {
        right = terminal::link(&right, Path::new(&finding.path));
    } else if shown_column == column {
        return writeln!(out, "{drawing}\n");
    }
    writeln!(out, "{}\n", drawing.replacen(&head(shown_column), &right, 1))
}

/// Whether two places can be shown in one line.
fn is_near(a: Span, b: Span) -> bool {
    a.start.abs_diff(b.start) < NEAR
}

fn place(path: &str, line: usize, column: usize) -> String {
    format!("{path}:{line}:{column}")
}

/// The lines that are shown. The renderer cuts long lines to the width of a terminal; one
/// that is longer than any terminal is wide is cut here first.
fn window(text: &str, span: Span) -> Span {
    let before = text.floor_char_boundary(span.start.saturating_sub(LONGEST));
    let after = text.ceil_char_boundary((span.end + LONGEST).min(text.len()));
    let is_break = ['\n', '\r'];
    let start = text[before..span.start].rfind(is_break).map_or(before, |at| before + at + 1);
    let end = text[span.end..after].find(is_break).map_or(after, |at| span.end + at);
    Span::new(start, end)
}
