//! Semantic tokens: figures, quotation marks by depth, note markers.

use crate::markup::PointerKind;
use crate::quotes::Role;
use crate::text::Span;

use super::proto::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensEdit,
    SemanticTokensLegend,
};
use super::snapshot::Snapshot;

/// The kinds of tokens, by their numbers on the wire.
const FIGURE: u32 = 0;
const QUOTATION: u32 = 1;
const NOTE_MARKER: u32 = 2;

/// The modifiers, by their bits on the wire.
const VARIANT: u32 = 1;
const INNER: u32 = 2;
const DEEP: u32 = 4;

/// Numbers that one token takes on the wire.
const WIDTH: usize = 5;

/// What the numbers mean.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::new("figure"),
            SemanticTokenType::new("quotation"),
            SemanticTokenType::new("noteMarker"),
        ],
        token_modifiers: vec![
            // A figure in a form that is not preferred.
            SemanticTokenModifier::new("variant"),
            // A quotation within one, and one within that.
            SemanticTokenModifier::new("inner"),
            SemanticTokenModifier::new("deep"),
        ],
    }
}

/// The tokens of a document, or of a range of it.
pub(super) fn semantic_tokens(snapshot: &Snapshot, range: Option<Range>) -> Vec<SemanticToken> {
    let window = range.map(|range| {
        let start = snapshot.offset(range.start);
        Span::new(start, snapshot.offset(range.end).max(start))
    });
    let mut tokens = Vec::new();
    figures(snapshot, &mut tokens);
    quotations(snapshot, &mut tokens);
    markers(snapshot, &mut tokens);
    tokens.retain(|token| {
        window.is_none_or(|window| window.start < token.span.end && token.span.start < window.end)
    });
    tokens.sort_by_key(|token| token.span);
    encode(snapshot, &tokens)
}

/// The edit from one list of tokens to the next: what they share at both ends stays.
pub(super) fn delta(before: &[SemanticToken], after: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    vec![SemanticTokensEdit {
        start: (head * WIDTH) as u32,
        delete_count: (old.len() * WIDTH) as u32,
        data: Some(new.to_vec()),
    }]
}

struct Token {
    span: Span,
    kind: u32,
    modifiers: u32,
}

/// Mentions of whom the authority knows: other capitalised words may be anything.
fn figures(snapshot: &Snapshot, tokens: &mut Vec<Token>) {
    for mention in &snapshot.facts.mentions {
        let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
        let Some(first) = candidates.first() else {
            continue;
        };
        let modifiers = if first.form.is_right() { 0 } else { VARIANT };
        tokens.push(Token { span: mention.span(), kind: FIGURE, modifiers });
    }
}

fn quotations(snapshot: &Snapshot, tokens: &mut Vec<Token>) {
    for (number, reading) in snapshot.analysis.quotes.blocks.iter().enumerate() {
        let is_quotation = |role| matches!(role, Role::Opens | Role::Reopens | Role::Closes);
        for mark in reading.marks.iter().filter(|mark| is_quotation(mark.role)) {
            let modifiers = match mark.depth {
                0 => 0,
                1 => INNER,
                _ => DEEP,
            };
            let span = snapshot.analysis.to_source(number, mark.span());
            tokens.push(Token { span, kind: QUOTATION, modifiers });
        }
    }
}

fn markers(snapshot: &Snapshot, tokens: &mut Vec<Token>) {
    let pointers = snapshot.analysis.document.pointers.iter();
    let markers = pointers.filter(|pointer| pointer.kind == PointerKind::Marker);
    tokens.extend(markers.map(|marker| Token {
        span: marker.span,
        kind: NOTE_MARKER,
        modifiers: 0,
    }));
}

/// Tokens as the protocol wants them: each relative to the one before, none over a line's
/// end, none over another.
fn encode(snapshot: &Snapshot, tokens: &[Token]) -> Vec<SemanticToken> {
    let lines = snapshot.lines();
    let source = &snapshot.analysis.source;
    let mut encoded = Vec::with_capacity(tokens.len());
    let (mut last_line, mut last_start, mut end) = (0, 0, 0);
    for token in tokens {
        if token.span.start < end {
            continue;
        }
        end = token.span.end;
        for part in by_line(source, token.span) {
            let range = lines.range(part);
            let (line, start) = (range.start.line, range.start.character);
            let delta_start = if line == last_line { start - last_start } else { start };
            encoded.push(SemanticToken {
                delta_line: line - last_line,
                delta_start,
                length: range.end.character - start,
                token_type: token.kind,
                token_modifiers_bitset: token.modifiers,
            });
            (last_line, last_start) = (line, start);
        }
    }
    encoded
}

/// The parts of a span on each of its lines.
fn by_line(source: &str, span: Span) -> impl Iterator<Item = Span> {
    let text = span.of(source);
    text.split(['\n', '\r']).filter(|part| !part.is_empty()).map(move |part| {
        let start = span.start + (part.as_ptr() as usize - text.as_ptr() as usize);
        Span::new(start, start + part.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(length: u32) -> SemanticToken {
        SemanticToken {
            delta_line: 1,
            delta_start: 0,
            length,
            token_type: FIGURE,
            token_modifiers_bitset: 0,
        }
    }

    #[test]
    fn a_delta_holds_only_what_changed() {
        let before = [token(1), token(2), token(3)];
        assert!(delta(&before, &before).is_empty());
        let after = [token(1), token(9), token(8), token(3)];
        let edits = delta(&before, &after);
        assert_eq!((edits[0].start, edits[0].delete_count), (5, 5));
        assert_eq!(edits[0].data.as_deref(), Some(&after[1..3]));
        let shorter = delta(&before, &before[..1]);
        assert_eq!((shorter[0].start, shorter[0].delete_count), (5, 10));
    }
}
