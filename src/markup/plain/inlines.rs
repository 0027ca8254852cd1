//! What stands inside blocks of plain text: note markers, `[sic]`, URLs.

use crate::text::{ProseSpan, Span};

use super::super::{Block, Document, Inline, InlineKind, Pointer, PointerKind, sic};
use super::gutenberg;
use super::notes::{Notes, Style, superscript_digit};
use super::signs::signs;

/// Finds the inlines of every block but those of which it is known that they have none, and the
/// pointers among them.
pub(super) fn mark(
    source: &str,
    notes: &Notes,
    is_bare: &dyn Fn(&Block) -> bool,
    document: &mut Document,
) {
    for block in document.blocks.iter_mut().filter(|block| !is_bare(block)) {
        let span = block.span;
        let text = span.of(source);
        let mut found = brackets(text, notes);
        found.extend(sic::inlines(text).map(|Inline { span, kind }| Found {
            span,
            kind,
            label: None,
        }));
        urls(text, &mut found);
        if notes.is_of_gutenberg {
            found.extend(gutenberg::pages(text).map(|span| unseen(span, InlineKind::Marker)));
            found.extend(gutenberg::opaque(text).map(|span| unseen(span, InlineKind::Opaque)));
        }
        if notes.have(Style::Sign) {
            found.extend(signs(text).map(|sign| marker(sign, sign.of(text).to_owned())));
        }
        if notes.are_numbered() {
            superscripts(text, &mut found);
        }
        found.sort_by_key(|inline| inline.span.start);
        let mut end = 0;
        let mut is_in_insertion = false;
        for inline in found {
            let is_inside = inline.span.start < end;
            // A marker inside a URL is part of the URL; one in `[Greek: logos[1]]` is a marker.
            if is_inside && !is_in_insertion {
                continue;
            }
            if let Some(label) = inline.label {
                let at = Span::new(span.start + inline.span.start, span.start + inline.span.end);
                document.pointers.push(Pointer {
                    kind: PointerKind::Marker,
                    span: at,
                    target: label,
                    scope: notes.scope_at(at.start),
                });
            }
            if !is_inside {
                end = inline.span.end;
                is_in_insertion = inline.span.of(text).starts_with('[');
                block.inlines.push(Inline { span: inline.span, kind: inline.kind });
            }
        }
    }
}

struct Found {
    span: ProseSpan,
    kind: InlineKind,
    /// The label it points at, for a marker.
    label: Option<String>,
}

fn marker(span: ProseSpan, label: String) -> Found {
    Found { span, kind: InlineKind::Marker, label: Some(label) }
}

/// What is no prose and points nowhere.
fn unseen(span: ProseSpan, kind: InlineKind) -> Found {
    Found { span, kind, label: None }
}

/// `[1]` and `(1)`.
fn brackets(text: &str, notes: &Notes) -> Vec<Found> {
    let mut found = Vec::new();
    for open in memchr::memchr2_iter(b'[', b'(', text.as_bytes()) {
        let rest = &text[open + 1..];
        let close = if text.as_bytes()[open] == b'[' { ']' } else { ')' };
        let window = rest.bytes().take(6).position(|byte| byte == close as u8);
        let Some(len) = window else {
            continue;
        };
        let inner = &rest[..len];
        let span = ProseSpan::new(open, open + len + 2);
        if is_marker(text, span, inner, close == ')', notes) {
            found.push(marker(span, inner.to_owned()));
        }
    }
    found
}

/// Whether a bracketed number or sign is a note marker and not an insertion, a year or
/// an enumeration.
fn is_marker(
    text: &str,
    span: ProseSpan,
    inner: &str,
    in_parentheses: bool,
    notes: &Notes,
) -> bool {
    let is_number = (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    let is_sign = !inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    let is_letter = (1..=2).contains(&inner.len())
        && inner.bytes().all(|byte| byte.is_ascii_uppercase())
        && notes.is_of_gutenberg
        && notes.have_label(inner);
    if !is_number && !is_sign && !is_letter || inner.starts_with('0') {
        return false;
    }
    let before = text[..span.start].chars().next_back();
    let touches = before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–'));
    if in_parentheses {
        // `f(1)`, `§ 3(1)` and enumerations are no markers.
        return touches
            && !before.is_some_and(|c| c.is_ascii_digit())
            && notes.have(Style::Parentheses);
    }
    if touches {
        // An index: `a[1]`; a marker after one letter is rarer than that.
        return true;
    }
    before.is_some() && notes.are_numbered()
}

/// `¹` behind a word or a stop; `km²` and `10³` are units and powers.
fn superscripts(text: &str, found: &mut Vec<Found>) {
    let mut next = 0;
    while let Some(offset) = memchr::memchr2(0xC2, 0xE2, &text.as_bytes()[next..]) {
        let at = next + offset;
        let Some(first) = text[at..].chars().next() else {
            break;
        };
        next = at + first.len_utf8();
        if superscript_digit(first).is_none() {
            continue;
        }
        let digits: String = text[at..].chars().map_while(superscript_digit).collect();
        next = at + text[at..].chars().take(digits.len()).map(char::len_utf8).sum::<usize>();
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_unit = is_unit(text[..at].trim_end_matches(word), word)
            && matches!(digits.as_str(), "2" | "3");
        let is_power = word.ends_with(|c: char| c.is_ascii_digit()) && word.len() < 4;
        let touches = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
        if touches && !is_unit && !is_power && digits.len() <= 3 {
            found.push(marker(ProseSpan::new(at, next), digits));
        }
    }
}

/// Whether a word is the unit of an area or a volume; those that are words besides only behind a number
/// or another unit.
fn is_unit(before: &str, word: &str) -> bool {
    match word {
        "m" | "km" | "cm" | "mm" | "dm" | "ft" | "x" => true,
        "in" | "s" => before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '/'),
        _ => false,
    }
}

/// URLs and e-mail addresses: nothing in them is prose.
fn urls(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut end = 0;
    for colon in memchr::memchr2_iter(b':', b'@', bytes) {
        let is_url = bytes[colon] == b'@' || text[colon..].starts_with("://");
        if !is_url || colon < end {
            continue;
        }
        let is_part = |byte: &u8| byte.is_ascii_graphic() && !b"\"'<>".contains(byte);
        let start = colon - bytes[end..colon].iter().rev().take_while(|b| is_part(b)).count();
        let length = bytes[colon..].iter().take_while(|byte| is_part(byte)).count();
        let url =
            text[start..colon + length].trim_end_matches(['.', ',', ';', ':', ')', ']', '?', '!']);
        end = start + url.len();
        let is_address =
            bytes[colon] != b'@' || (colon > start && url[colon - start..].contains('.'));
        if end > colon + 1 && is_address {
            found.push(Found {
                span: ProseSpan::new(start, end),
                kind: InlineKind::Opaque,
                label: None,
            });
        }
        end = end.max(colon + 1);
    }
}
