//! Documents that are being edited: ropes to which a client's changes are applied.

use std::sync::Arc;

use ropey::Rope;

use super::{Position, PositionEncoding};

/// An open document.
#[derive(Clone, Debug)]
pub struct Buffer {
    rope: Rope,
    /// The client's version number.
    pub version: i32,
}

/// One change of a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced; `None`: the whole text.
    pub range: Option<(Position, Position)>,
    /// What stands there afterwards.
    pub text: String,
}

impl Buffer {
    /// A document as it was opened.
    pub fn new(text: &str, version: i32) -> Self {
        Self { rope: Rope::from_str(text), version }
    }

    /// Applies the changes of one notification in order, each to the result of the one
    /// before; gives whether every range lay within the text. One that does not is cut to it.
    /// O(log length + change) for each.
    pub fn apply(&mut self, changes: &[Change], version: i32, encoding: PositionEncoding) -> bool {
        let mut is_within = true;
        for change in changes {
            let Some((start, end)) = change.range else {
                self.rope = Rope::from_str(&change.text);
                continue;
            };
            // The client may count a line behind the last line break, and it names ends in order.
            is_within &= start <= end && (end.line as usize) <= self.rope.len_lines();
            let start = self.char_at(start, encoding);
            let end = self.char_at(end, encoding).max(start);
            self.rope.remove(start..end);
            self.rope.insert(start, &change.text);
        }
        self.version = version;
        is_within
    }

    /// The whole text in one piece. Linear.
    pub fn text(&self) -> Arc<str> {
        let mut text = String::with_capacity(self.rope.len_bytes());
        for chunk in self.rope.chunks() {
            text.push_str(chunk);
        }
        Arc::from(text)
    }

    /// The character that a position names; out-of-range positions are clamped as in
    /// [`super::LineIndex::offset`]. O(log length).
    fn char_at(&self, position: Position, encoding: PositionEncoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let rope = &self.rope;
        let start = rope.line_to_char(line);
        let text = rope.line(line);
        let ending = text.chars_at(text.len_chars()).reversed().take(2);
        let ending = ending.take_while(|character| matches!(character, '\n' | '\r')).count();
        let end = start + text.len_chars() - ending;
        let units = position.character as usize;
        let at = match encoding {
            PositionEncoding::Utf8 => {
                rope.byte_to_char((rope.char_to_byte(start) + units).min(rope.len_bytes()))
            }
            PositionEncoding::Utf16 => {
                let before = rope.char_to_utf16_cu(start);
                rope.utf16_cu_to_char((before + units).min(rope.len_utf16_cu()))
            }
            PositionEncoding::Utf32 => start + units,
        };
        at.min(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use proptest::prelude::*;

    /// A thousand edits against a plain `String`.
    fn replay(edits: &[(u32, u32, u32, u32, String)], encoding: PositionEncoding) {
        let mut model = String::from("He said ‘no’ 𝄞\r\nand e\u{301}\rleft.\n");
        let mut buffer = Buffer::new(&model, 0);
        for (version, chunk) in edits.chunks(3).enumerate() {
            let mut changes = Vec::new();
            for (line, character, more_lines, more, text) in chunk {
                let start = Position { line: *line, character: *character };
                let end = Position { line: line + more_lines, character: *more };
                let lines = LineIndex::of(&model);
                let from = lines.offset(&model, start, encoding);
                let to = lines.offset(&model, end, encoding).max(from);
                model.replace_range(from..to, text);
                changes.push(Change { range: Some((start, end)), text: text.clone() });
            }
            buffer.apply(&changes, version as i32, encoding);
            assert_eq!(&*buffer.text(), model);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn random_edits_leave_the_same_text(
            edits in prop::collection::vec(
                (0..8_u32, 0..30_u32, 0..2_u32, 0..30_u32, "[a ‘’𝄞\u{301}é\n\r]{0,6}"), 1000
            )
        ) {
            for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
                replay(&edits, encoding);
            }
        }
    }

    #[test]
    fn a_change_without_a_range_replaces_everything() {
        let mut buffer = Buffer::new("one", 1);
        let change = Change { range: None, text: "two".to_owned() };
        buffer.apply(&[change], 2, PositionEncoding::Utf16);
        assert_eq!((&*buffer.text(), buffer.version), ("two", 2));
    }
}
