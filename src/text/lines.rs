//! Lines of a text, as editors count them: ended by LF, CRLF or CR and by nothing else.

use super::units::UnitIndex;

/// A place as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Where the lines of a text start. Built in linear time; a look-up is O(log lines), however
/// long the line is.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    pub(super) units: UnitIndex,
}

impl LineIndex {
    /// The lines of `text`.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for end in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_two = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            if !is_first_of_two {
                starts.push(end + 1);
            }
        }
        Self { starts, units: UnitIndex::of(text) }
    }

    /// How many lines there are; a text that ends in a line break has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds byte `offset`, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The first byte of a line, from 0; the end of the text behind the last.
    pub fn start(&self, line: usize, text: &str) -> usize {
        self.starts.get(line).copied().unwrap_or(text.len())
    }

    /// One past the last byte of a line's own text, its line ending not counted.
    pub fn end(&self, line: usize, text: &str) -> usize {
        let start = self.start(line, text);
        let next = self.start(line + 1, text);
        start + text[start..next].trim_end_matches(['\n', '\r']).len()
    }

    /// Byte `offset` as people read it.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line_of(offset);
        let column = self.units.between(text, self.start(line, text), offset).scalars;
        LineColumn { line: line + 1, column: column + 1 }
    }
}
