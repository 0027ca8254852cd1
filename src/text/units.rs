//! How many characters stand before a place, without counting from the start of a long line.

/// How many bytes stand between two places at which the counts are kept.
const STEP: usize = 4096;

/// Scalar values and units of UTF-16 before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) scalars: usize,
    pub(super) utf16: usize,
}

impl Units {
    fn of(bytes: &[u8]) -> Self {
        let mut units = Self::default();
        // Runs that a byte can count: many of their bytes are then looked at together.
        for run in bytes.chunks(usize::from(u8::MAX)) {
            // Every character has one first byte; those of four bytes take two units of UTF-16.
            let (mut scalars, mut longest) = (0_u8, 0_u8);
            for byte in run {
                scalars += u8::from(byte & 0xC0 != 0x80);
                longest += u8::from(*byte >= 0xF0);
            }
            units.scalars += usize::from(scalars);
            units.utf16 += usize::from(longest);
        }
        units.utf16 += units.scalars;
        units
    }

    fn and(self, other: Self) -> Self {
        Self { scalars: self.scalars + other.scalars, utf16: self.utf16 + other.utf16 }
    }

    fn without(self, other: Self) -> Self {
        Self { scalars: self.scalars - other.scalars, utf16: self.utf16 - other.utf16 }
    }
}

/// The units before every [`STEP`]th byte of a text. Built in linear time; a look-up is O(1), and
/// the way back O(log text).
#[derive(Clone, Debug, Default)]
pub(super) struct UnitIndex {
    kept: Vec<Units>,
}

impl UnitIndex {
    pub(super) fn of(text: &str) -> Self {
        let mut before = Units::default();
        let kept = text.as_bytes().chunks(STEP).map(|chunk| {
            let here = before;
            before = before.and(Units::of(chunk));
            here
        });
        Self { kept: kept.collect() }
    }

    /// The units before byte `offset` of the text that this is the index of.
    pub(super) fn before(&self, text: &str, offset: usize) -> Units {
        let step = (offset / STEP).min(self.kept.len().saturating_sub(1));
        let kept = self.kept.get(step).copied().unwrap_or_default();
        kept.and(Units::of(&text.as_bytes()[step * STEP..offset]))
    }

    /// The units between two bytes.
    pub(super) fn between(&self, text: &str, start: usize, end: usize) -> Units {
        if end - start <= STEP {
            return Units::of(&text.as_bytes()[start..end]);
        }
        self.before(text, end).without(self.before(text, start))
    }

    /// The last of the places with kept counts, from byte `start` on, that has at most so many units
    /// between `start` and itself; `start` if there is none.
    pub(super) fn skip(
        &self,
        text: &str,
        start: usize,
        units: usize,
        count: impl Fn(Units) -> usize,
    ) -> usize {
        if units <= STEP {
            return start;
        }
        let most = count(self.before(text, start)) + units;
        let step = self.kept.partition_point(|&kept| count(kept) <= most).saturating_sub(1);
        text.floor_char_boundary(step * STEP).max(start)
    }
}
