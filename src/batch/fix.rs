//! Applying the fixes of one text, and writing it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::rules::{Edit, Finding, Fix};
use crate::text::Span;

use super::cache::Key;
use super::replace::Replacement;

/// How often fixes are chosen anew because some of them have mended nothing.
const MOST_CHOICES: usize = 4;

/// The fix of a finding that is applied unseen, if it has one.
pub(super) fn wanted(finding: &Finding, with_unsafe: bool) -> Option<&Fix> {
    finding.fixes.first().filter(|fix| fix.safe || with_unsafe)
}

/// A text after some of its fixes.
pub(super) struct Fixed<T> {
    pub(super) text: Arc<str>,
    /// How many findings were fixed.
    pub(super) count: usize,
    /// What was found out about it.
    pub(super) found: T,
}

/// Applies the first fix of every finding; `check` says what is found in the new text by itself, and
/// what else is to be known of it. `None`: there is nothing to fix.
pub(super) fn once<T>(
    text: &str,
    findings: &[Finding],
    with_unsafe: bool,
    mut check: impl FnMut(&Arc<str>) -> (Vec<Finding>, T),
) -> Option<Fixed<(Vec<Finding>, T)>> {
    // Of what puts a mark where it is not read as one, there would be more and more.
    let mut vain: FxHashSet<Span> = FxHashSet::default();
    for _ in 0..MOST_CHOICES {
        let wanted =
            findings.iter().filter_map(|finding| Some((finding, wanted(finding, with_unsafe)?)));
        let choice = Choice::of(wanted.filter(|(finding, _)| !vain.contains(&finding.span)));
        if choice.fixes.is_empty() {
            return None;
        }
        let text = choice.applied_to(text);
        let found = check(&text);
        let before = vain.len();
        vain.extend(choice.vain(&found.0));
        if vain.len() == before {
            return Some(Fixed { text, count: choice.fixes.len(), found });
        }
    }
    None
}

/// Fixes that can be applied together, and their edits.
struct Choice<'f> {
    fixes: Vec<(&'f Finding, &'f Fix)>,
    edits: BTreeMap<Span, &'f str>,
}

impl<'f> Choice<'f> {
    /// A fix is applied whole or not at all; of those that touch each other the first in the text
    /// wins.
    fn of(wanted: impl Iterator<Item = (&'f Finding, &'f Fix)>) -> Self {
        let mut wanted: Vec<_> = wanted.collect();
        wanted.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| edit.span).min());
        let mut choice = Self { fixes: Vec::new(), edits: BTreeMap::new() };
        for (finding, fix) in wanted {
            let is_free = |edit: &Edit| {
                let behind = Span::gap(edit.span.end + 1);
                let before = choice.edits.range(..behind).rev().map(|(span, _)| *span);
                !before
                    .take_while(|one| one.end >= edit.span.start)
                    .any(|one| clash(one, edit.span))
            };
            if fix.edits.iter().all(is_free) {
                choice.edits.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
                choice.fixes.push((finding, fix));
            }
        }
        choice
    }

    fn applied_to(&self, text: &str) -> Arc<str> {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, new) in &self.edits {
            out.push_str(&text[at..span.start]);
            out.push_str(new);
            at = span.end;
        }
        out.push_str(&text[at..]);
        Arc::from(out)
    }

    /// The places of the findings that are there still, though their fixes have put in something.
    /// `left` is what is found now.
    fn vain(&self, left: &[Finding]) -> Vec<Span> {
        let told = |finding: &Finding, span| (finding.rule, span, finding.message.clone());
        let left: FxHashSet<_> = left.iter().map(|other| told(other, other.span)).collect();
        let shifts = self.shifts();
        let puts_in =
            |(_, fix): &&(&Finding, &Fix)| fix.edits.iter().all(|one| one.span.is_empty());
        let is_left = |(finding, _): &&(&Finding, &Fix)| {
            let start = moved(&shifts, finding.span.start);
            let place = Span::new(start, start + finding.span.end - finding.span.start);
            left.contains(&told(finding, place))
        };
        let vain = self.fixes.iter().filter(puts_in).filter(is_left);
        vain.map(|(finding, _)| finding.span).collect()
    }

    /// Behind each edit, by its end in the text, how many bytes were put in and taken out so far.
    fn shifts(&self) -> Vec<(usize, usize, usize)> {
        let edits = self.edits.iter();
        let sums = edits.scan((0, 0), |(put_in, taken_out), (span, new)| {
            *put_in += new.len();
            *taken_out += span.end - span.start;
            Some((span.end, *put_in, *taken_out))
        });
        sums.collect()
    }
}

/// Where byte `at` of the text is after the edits with these shifts.
fn moved(shifts: &[(usize, usize, usize)], at: usize) -> usize {
    let before = shifts.partition_point(|(end, ..)| *end <= at);
    match before.checked_sub(1) {
        Some(last) => at + shifts[last].1 - shifts[last].2,
        None => at,
    }
}

/// Whether two edits cannot both be made: they overlap, or one inserts where the other ends.
fn clash(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}

/// Puts `bytes` in the place of a file, with its permissions, in one step or not at all. Gives
/// whether that was done: not if the file is no longer the one of which `content` is the key,
/// since then somebody else has written to it.
///
/// # Errors
/// Where the file cannot be written.
pub(super) fn write(path: &Path, content: Key, bytes: &[u8]) -> io::Result<bool> {
    let mut replacement = Replacement::of(path)?;
    replacement.write_all(bytes)?;
    replacement.finish_if(|now| Key::of_bytes(now) == content)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_somebody_else_has_written_to_is_left_to_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        let content = Key::of_bytes(b"as it was read");
        fs::write(&path, "as somebody has saved it since").expect("written");
        assert!(!write(&path, content, b"as it was fixed").expect("no error"));
        let now = fs::read_to_string(&path).expect("read");
        assert_eq!(now, "as somebody has saved it since");
        fs::write(&path, "as it was read").expect("written");
        assert!(write(&path, content, b"as it was fixed").expect("no error"));
        assert_eq!(fs::read_to_string(&path).expect("read"), "as it was fixed");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
