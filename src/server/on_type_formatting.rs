//! Typographic marks as one types: quotation marks by the document's style, dashes and the
//! ellipsis. Off unless the client asks for it.

use crate::markup::{Format, InlineKind};
use crate::quotes::Kind;
use crate::text::Span;

use super::proto::{Position, TextEdit};
use super::snapshot::Snapshot;

/// The characters behind which something may be put right.
pub(super) const TRIGGERS: &[&str] = &["\"", "'", "-", "."];

pub(super) fn on_type_formatting(snapshot: &Snapshot, position: Position) -> Vec<TextEdit> {
    let at = snapshot.offset(position);
    let Some((span, text)) = replacement(snapshot, at) else {
        return Vec::new();
    };
    vec![TextEdit { range: snapshot.lines().range(span), new_text: text.to_owned() }]
}

/// What stands before the cursor and what it should be.
fn replacement(snapshot: &Snapshot, at: usize) -> Option<(Span, &'static str)> {
    let source = &snapshot.analysis.source;
    if !is_prose(snapshot, at) {
        return None;
    }
    let before = &source[..at];
    let back = |length: usize| Span::new(at - length, at);
    if before.ends_with("...") {
        return Some((back(3), "…"));
    }
    if before.ends_with("–-") {
        return Some((back("–-".len()), "—"));
    }
    if before.ends_with("--") {
        // Three and more are a rule, or the end of a comment.
        return (!before.ends_with("---")).then(|| (back(2), "–"));
    }
    let typed = before.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
    let left = before[..at - 1].chars().next_back();
    let opens =
        left.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '‘' | '“'));
    let mark = match (typed, opens) {
        ('\'', true) => "‘",
        ('\'', false) => "’",
        (_, opens) => double(snapshot, opens),
    };
    Some((back(1), mark))
}

/// The marks that the document has for a double one.
fn double(snapshot: &Snapshot, opens: bool) -> &'static str {
    let style = &snapshot.analysis.quotes.style;
    match (style.outer, snapshot.analysis.document.language.code(), opens) {
        (Some(Kind::Guillemet), "de", true) => "»",
        (Some(Kind::Guillemet), "de", false) => "«",
        (Some(Kind::Guillemet), _, true) => "«",
        (Some(Kind::Guillemet), _, false) => "»",
        (_, "de" | "cs" | "sk" | "bg" | "sl", true) => "„",
        (_, "de" | "cs" | "sk" | "bg" | "sl", false) => "“",
        (_, "pl" | "ro" | "hu", true) => "„",
        (_, "sv" | "fi", true) => "”",
        (_, _, true) => "“",
        (_, _, false) => "”",
    }
}

/// Whether the cursor stands in text that people read, and not in markup or code.
fn is_prose(snapshot: &Snapshot, at: usize) -> bool {
    let analysis = &snapshot.analysis;
    let blocks = &analysis.document.blocks;
    let Some(block) = blocks.iter().find(|block| block.span.touches(at)) else {
        return analysis.document.format == Format::Plain;
    };
    let typed = Span::new(at.saturating_sub(1), at);
    let is_shown = block.prose.to_prose(typed.start).is_some();
    let is_opaque = block.inlines.iter().any(|inline| {
        inline.kind == InlineKind::Opaque && block.prose.to_source(inline.span).covers(typed)
    });
    is_shown && !is_opaque
}
