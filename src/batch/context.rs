//! The words around a finding, by which it is known again when its line has changed.

use std::hash::Hasher;

use fnv::FnvHasher;

use crate::text::Span;

/// How many characters on each side tell a finding from others of its kind.
const REACH: usize = 40;

/// The hash (FNV-1a, 64 bits) of what stands on the same line before and behind `span`.
pub(super) fn around(source: &str, span: Span) -> u64 {
    let before = source[..span.start].chars().rev().take_while(|&c| !is_line_end(c));
    let after = source[span.end..].chars().take_while(|&c| !is_line_end(c));
    let mut hasher = FnvHasher::default();
    for letter in before.take(REACH).chain(['|']).chain(after.take(REACH)) {
        hasher.write(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    hasher.finish()
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r')
}
