//! What was changed between two versions of a source, and where what is behind it stands now.

use crate::text::Span;

/// By how much places behind a change have moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markup) struct Shift(isize);

impl Shift {
    pub(in crate::markup) fn at(self, at: usize) -> usize {
        at.saturating_add_signed(self.0)
    }

    pub(in crate::markup) fn span(self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

/// One stretch of the source that another stands for now; what is around it has stayed.
#[derive(Clone, Copy, Debug)]
pub(in crate::markup) struct Change {
    /// What the two versions have in common before it, in bytes.
    pub(in crate::markup) start: usize,
    /// Where what they have in common behind it begins, in the version before.
    pub(in crate::markup) old_end: usize,
    /// The same place in the new version.
    pub(in crate::markup) new_end: usize,
}

impl Change {
    /// The smallest change that makes `new` of `old`.
    pub(in crate::markup) fn between(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = common(old.chunks(STEP), new.chunks(STEP), old.iter(), new.iter());
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let same = common(
            old_rest.rchunks(STEP),
            new_rest.rchunks(STEP),
            old_rest.iter().rev(),
            new_rest.iter().rev(),
        );
        Self { start, old_end: old.len() - same, new_end: new.len() - same }
    }

    pub(in crate::markup) fn shift(&self) -> Shift {
        Shift(self.new_end as isize - self.old_end as isize)
    }

    /// Where a stretch of the new version stood in the old one, unless something in it has changed.
    pub(in crate::markup) fn before(&self, new: Span) -> Option<Span> {
        if new.end <= self.start {
            Some(new)
        } else if new.start >= self.new_end {
            Some(Shift(self.old_end as isize - self.new_end as isize).span(new))
        } else {
            None
        }
    }

    /// Where a byte of the old version stands now, unless it is in what was changed.
    pub(in crate::markup) fn now(&self, old: usize) -> Option<usize> {
        match old {
            _ if old < self.start => Some(old),
            _ if old >= self.old_end => Some(self.shift().at(old)),
            _ => None,
        }
    }
}

/// How much is compared at a time.
const STEP: usize = 1024;

/// How many bytes at the beginning are the same: whole chunks first, then one by one.
fn common<'a>(
    old_chunks: impl Iterator<Item = &'a [u8]>,
    new_chunks: impl Iterator<Item = &'a [u8]>,
    old: impl Iterator<Item = &'a u8>,
    new: impl Iterator<Item = &'a u8>,
) -> usize {
    let whole = |(old, new): &(&[u8], &[u8])| old.len() == STEP && old == new;
    let done = STEP * old_chunks.zip(new_chunks).take_while(whole).count();
    done + old.zip(new).skip(done).take_while(|(old, new)| old == new).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_two_versions_do_not_have_in_common() {
        for (old, new, expected) in [
            ("one two", "one or two", [4, 4, 7]),
            ("one or two", "one two", [4, 7, 4]),
            ("aa", "aaa", [2, 2, 3]),
            ("aaa", "aa", [2, 3, 2]),
            ("same", "same", [4, 4, 4]),
            ("", "x", [0, 0, 1]),
            // Half a character may be the same; markup is never cut there.
            ("один", "одна", [5, 8, 8]),
        ] {
            let Change { start, old_end, new_end } = Change::between(old, new);
            assert_eq!([start, old_end, new_end], expected, "{old} {new}");
        }
        let long = "word ".repeat(1000);
        let changed = format!("{}x{}", &long[..2500], &long[2500..]);
        let Change { start, old_end, new_end } = Change::between(&long, &changed);
        assert_eq!([start, old_end, new_end], [2500, 2500, 2501]);
    }
}
