//! The two kinds of range that must never be confused.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of UTF-8 bytes of a document's source text, `start` included, `end` not.
///
/// The source text is the decoded file without its byte-order mark; see
/// [`super::SourceFile::disk_offset`] for bytes on disk.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A range of UTF-8 bytes of one block's prose (what the reader sees), counted from
/// the start of that block's prose. [`crate::markup::Prose`] maps it to a [`Span`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProseSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The methods both kinds of range share.
macro_rules! range_methods {
    ($name:ident) => {
        impl $name {
            /// The range from `start` to `end`, which must not lie before `start`.
            pub const fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end);
                Self { start, end }
            }

            /// The empty range at `at`: a gap between two characters.
            pub const fn gap(at: usize) -> Self {
                Self { start: at, end: at }
            }

            /// Length in bytes.
            pub const fn len(self) -> usize {
                self.end - self.start
            }

            /// Whether the range holds no byte.
            pub const fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// Whether byte `at` lies inside.
            pub const fn contains(self, at: usize) -> bool {
                self.start <= at && at < self.end
            }

            /// Whether byte `at` lies inside or just behind: where a cursor touches it.
            pub const fn touches(self, at: usize) -> bool {
                self.start <= at && at <= self.end
            }

            /// Whether `other` lies wholly inside.
            pub const fn covers(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two ranges share a byte.
            pub const fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }

            /// The range as one that can index a `str`.
            pub const fn range(self) -> Range<usize> {
                self.start..self.end
            }

            /// The text of the range in `text`.
            pub fn of(self, text: &str) -> &str {
                &text[self.range()]
            }
        }

        impl From<Range<usize>> for $name {
            fn from(range: Range<usize>) -> Self {
                Self::new(range.start, range.end)
            }
        }
    };
}

range_methods!(Span);
range_methods!(ProseSpan);
