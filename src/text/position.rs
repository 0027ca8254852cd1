//! Positions as the Language Server Protocol counts them.

use super::LineIndex;
use super::units::Units;

/// In what units a client counts along a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl PositionEncoding {
    /// How many units a character takes.
    pub fn units(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A place in a text: a line and the units before it on that line, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// Units of the [`PositionEncoding`] from the start of the line.
    pub character: u32,
}

impl LineIndex {
    /// Byte `offset` as a position.
    pub fn position(&self, text: &str, offset: usize, encoding: PositionEncoding) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.line_of(offset);
        let start = self.start(line, text);
        let units = || self.units.between(text, start, offset);
        let character = match encoding {
            PositionEncoding::Utf8 => offset - start,
            PositionEncoding::Utf16 => units().utf16,
            PositionEncoding::Utf32 => units().scalars,
        };
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte that a position names. As the protocol asks, a position behind the end of a
    /// line is its end; one inside a character is that character's start.
    pub fn offset(&self, text: &str, position: Position, encoding: PositionEncoding) -> usize {
        let line = position.line as usize;
        if line >= self.count() {
            return text.len();
        }
        let (start, end) = (self.start(line, text), self.end(line, text));
        let units = position.character as usize;
        let count: fn(Units) -> usize = match encoding {
            PositionEncoding::Utf8 => return text.floor_char_boundary(end.min(start + units)),
            PositionEncoding::Utf16 => |units| units.utf16,
            PositionEncoding::Utf32 => |units| units.scalars,
        };
        let near = self.units.skip(text, start, units, count).min(end);
        let mut left = units - count(self.units.between(text, start, near));
        for (at, character) in text[near..end].char_indices() {
            let units = encoding.units(character);
            if left < units {
                return near + at;
            }
            left -= units;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ENCODINGS: [PositionEncoding; 3] =
        [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    #[test]
    fn only_three_line_endings_count() {
        let text = "a\nb\r\nc\rd\u{c}e\u{2028}f\u{85}g\n";
        assert_eq!(LineIndex::of(text).count(), 5);
    }

    #[test]
    fn positions_behind_a_line_are_its_end() {
        let text = "ab\r\nc";
        let lines = LineIndex::of(text);
        let at = |line, character| {
            lines.offset(text, Position { line, character }, PositionEncoding::Utf16)
        };
        assert_eq!((at(0, 9), at(1, 9), at(9, 0)), (2, 5, 5));
    }

    #[test]
    fn long_lines_are_counted_as_short_ones() {
        let text = format!("{}\n{}\nend", "‘é𝄞a".repeat(2_000), "b𝄞".repeat(5_000));
        let lines = LineIndex::of(&text);
        let mut counts = [0; 3];
        let mut line = 0;
        for (offset, character) in text.char_indices() {
            for (encoding, count) in ENCODINGS.into_iter().zip(&mut counts) {
                let position = lines.position(&text, offset, encoding);
                assert_eq!((position.line, position.character), (line, *count as u32));
                assert_eq!(lines.offset(&text, position, encoding), offset);
                *count += encoding.units(character);
            }
            assert_eq!(lines.line_column(&text, offset).column, counts[2]);
            if character == '\n' {
                (line, counts) = (line + 1, [0; 3]);
            }
        }
    }

    proptest! {
        #[test]
        fn every_offset_comes_back(text in "[ab‘é𝄞\u{301}\n\r\u{c}\u{2028}]{0,40}") {
            let lines = LineIndex::of(&text);
            for (offset, character) in text.char_indices() {
                // Between CR and LF there is no position of its own.
                let inside_ending = character == '\n' && text[..offset].ends_with('\r');
                for encoding in ENCODINGS {
                    let position = lines.position(&text, offset, encoding);
                    let back = lines.offset(&text, position, encoding);
                    prop_assert_eq!(back, if inside_ending { offset - 1 } else { offset });
                }
            }
        }
    }
}
