//! The encoding that a page or an XML document declares about itself.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Span;

/// A declaration stands within so many bytes (HTML Living Standard, ‘prescan a byte stream’).
const REACH: usize = 1024;

/// The encoding that bytes declare, if it is one that is known and is not UTF-8 or UTF-16,
/// whose declaration the bytes themselves have to bear out.
pub(super) fn of(bytes: &[u8]) -> Option<&'static Encoding> {
    let (start, end) = label(bytes)?;
    let encoding = Encoding::for_label(&bytes[start..end])?;
    let is_unicode = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
    (!is_unicode).then_some(encoding)
}

/// The declaration of another encoding in bytes that are UTF-8.
pub(super) fn wrong(bytes: &[u8]) -> Option<Span> {
    of(bytes)?;
    label(bytes).map(|(start, end)| Span::new(start, end))
}

/// The name of an encoding that a text declares, known or not.
pub(super) fn name(text: &str) -> Option<&str> {
    label(text.as_bytes()).map(|(start, end)| &text[start..end])
}

/// Where the name of the encoding stands: `encoding="…"` of the XML declaration, or
/// `charset=…` in a `<meta>`.
fn label(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes[..bytes.len().min(REACH)].to_ascii_lowercase();
    if head.starts_with(b"<?xml") {
        let end = memchr::memmem::find(&head, b"?>")?;
        if let Some(found) = value(&head[..end], 0, b"encoding") {
            return Some(found);
        }
    }
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&head[from..], b"<meta") {
        let start = from + at;
        let end = memchr::memchr(b'>', &head[start..]).map_or(head.len(), |end| start + end);
        if let Some(found) = value(&head[..end], start, b"charset") {
            return Some(found);
        }
        from = end;
    }
    None
}

/// The value behind `name=` at or behind byte `from`, quotes left out.
fn value(head: &[u8], from: usize, name: &[u8]) -> Option<(usize, usize)> {
    let is_filler = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'');
    let behind = from + memchr::memmem::find(&head[from..], name)? + name.len();
    let equals = behind + head[behind..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if head.get(equals) != Some(&b'=') {
        return None;
    }
    let start = equals + 1 + head[equals + 1..].iter().take_while(is_filler).count();
    let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    let length = head[start..].iter().take_while(is_label).count();
    (length > 0).then_some((start, start + length))
}
