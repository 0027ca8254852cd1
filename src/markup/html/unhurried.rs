//! The source as the tokenizer reads it.
//!
//! The tokenizer goes from one attribute to the next by a call within a call, as long as their values
//! stand in double quotes; a tag with some ten thousands of them would need more stack than there
//! is. So its reading is broken off now and then, at a place where nothing is half done: behind a
//! `=`, which it has taken in, and before it asks for what comes next. It goes on there when it is
//! asked for the next token.

use std::fmt;

use html5gum::{Readable, Reader, StringReader};

/// After so many signs of equality the reading is broken off. Calls that are open take some hundred
/// bytes each, in a build without optimisation some thousands.
const MOST_OPEN: u32 = 64;

/// A source that breaks off the reading now and then.
pub(super) struct Unhurried<'s> {
    inner: StringReader<'s>,
    /// How often `=` was read since the reading was last broken off.
    open: u32,
    /// Whether `=` was read last, in search of it.
    is_behind_equals: bool,
}

/// The reading was broken off and can go on.
#[derive(Debug)]
pub(super) struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the reading was broken off")
    }
}

impl std::error::Error for Pause {}

impl<'s> Unhurried<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { inner: source.to_reader(), open: 0, is_behind_equals: false }
    }
}

impl Reader for Unhurried<'_> {
    type Error = Pause;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        if std::mem::take(&mut self.is_behind_equals) {
            self.open += 1;
            if self.open == MOST_OPEN {
                self.open = 0;
                return Err(Pause);
            }
        }
        let Ok(byte) = self.inner.read_byte();
        Ok(byte)
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        self.is_behind_equals = false;
        let Ok(is_read) = self.inner.try_read_string(text, case_sensitive);
        Ok(is_read)
    }

    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Pause> {
        let Ok(read) = self.inner.read_until(needle, buffer);
        self.is_behind_equals = read == Some(b"=");
        Ok(read)
    }
}
