//! UTF-8 in which some bytes are no character: a file that was cut off in the middle of one, or
//! that a program without UTF-8 has written to.
//!
//! Such a byte stands in the text as a character of private use, U+F780 to U+F7FF for the bytes 80
//! to FF, which is no letter and no mark, and can be written back as the byte that it was.

use std::str::Utf8Chunk;

/// The stand-in of the byte 0 would be this.
const BASE: u32 = 0xF700;

/// The text of bytes that are UTF-8 but for some, and where in it the first of these stands;
/// `None` if no more of it is UTF-8 than is not: so much can be chance in another encoding.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, usize)> {
    let (mut characters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
        if chunk.valid().contains(is_stand_in) {
            return None;
        }
    }
    if characters <= faults {
        return None;
    }
    let text = bytes.utf8_chunks().flat_map(characters_of).collect();
    Some((text, bytes.utf8_chunks().next()?.valid().len()))
}

fn characters_of(chunk: Utf8Chunk<'_>) -> impl Iterator<Item = char> {
    let faults = chunk.invalid().iter();
    chunk.valid().chars().chain(faults.filter_map(|&byte| char::from_u32(BASE + u32::from(byte))))
}

/// A text as the bytes that it was read from.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_stand_in) {
        let (before, after) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        let mut characters = after.chars();
        bytes.extend(characters.next().and_then(byte_of));
        rest = characters.as_str();
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// How many bytes a text was read from. Linear.
pub(super) fn length(text: &str) -> usize {
    text.len() - text.matches(is_stand_in).map(|stand_in| stand_in.len() - 1).sum::<usize>()
}

/// Whether a character stands for a byte that is none.
pub fn is_stand_in(character: char) -> bool {
    byte_of(character).is_some()
}

fn byte_of(character: char) -> Option<u8> {
    let byte = u32::from(character).checked_sub(BASE)?;
    u8::try_from(byte).ok().filter(|byte| !byte.is_ascii())
}
