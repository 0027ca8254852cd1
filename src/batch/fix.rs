//! Applying fixes until there is nothing left to fix.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::rules::{Edit, Finding, Fix};
use crate::text::Span;

use super::cache::Key;
use super::replace::Replacement;

/// How often a text is checked again after its fixes were applied.
const MOST_ROUNDS: usize = 10;

/// A text after its fixes.
pub(super) struct Fixed {
    pub(super) text: Arc<str>,
    /// How many findings were fixed.
    pub(super) count: usize,
    /// What is found in it still.
    pub(super) left: Vec<Finding>,
}

/// The fix of a finding that is applied unseen, if it has one.
pub(super) fn wanted(finding: &Finding, with_unsafe: bool) -> Option<&Fix> {
    finding.fixes.first().filter(|fix| fix.safe || with_unsafe)
}

/// Applies the first fix of every finding and checks the text again, until nothing can be
/// fixed or a text comes back that was there before.
pub(super) fn to_fixed_point(
    text: Arc<str>,
    findings: Vec<Finding>,
    with_unsafe: bool,
    mut check: impl FnMut(&Arc<str>) -> Vec<Finding>,
) -> Fixed {
    let mut fixed = Fixed { text, count: 0, left: findings };
    let mut seen = FxHashSet::from_iter([Arc::clone(&fixed.text)]);
    for _ in 0..MOST_ROUNDS {
        let (text, count) = apply(&fixed.text, &fixed.left, with_unsafe);
        if count == 0 || !seen.insert(Arc::clone(&text)) {
            break;
        }
        let left = check(&text);
        fixed = Fixed { text, count: fixed.count + count, left };
    }
    fixed
}

/// One round: a fix is applied whole or not at all; of those that touch each other the first
/// in the text wins. Gives the text and how many findings were fixed.
fn apply(text: &str, findings: &[Finding], with_unsafe: bool) -> (Arc<str>, usize) {
    let mut fixes: Vec<&Fix> =
        findings.iter().filter_map(|finding| wanted(finding, with_unsafe)).collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.span).min());
    let mut chosen: BTreeMap<Span, &str> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes {
        let is_free = |edit: &Edit| {
            let behind = Span::gap(edit.span.end + 1);
            let mut before = chosen.range(..behind).rev().map(|(span, _)| *span);
            !before
                .by_ref()
                .take_while(|one| one.end >= edit.span.start)
                .any(|one| clash(one, edit.span))
        };
        if fix.edits.iter().all(is_free) {
            chosen.extend(fix.edits.iter().map(|edit| (edit.span, edit.text.as_str())));
            count += 1;
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in chosen {
        out.push_str(&text[at..span.start]);
        out.push_str(new);
        at = span.end;
    }
    out.push_str(&text[at..]);
    (Arc::from(out), count)
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
    // Nothing that takes time stands between the look at the file and its replacement.
    replacement.settle()?;
    let is_as_read = Key::of_bytes(&fs::read(path)?) == content;
    if is_as_read {
        replacement.finish()?;
    }
    Ok(is_as_read)
}

#[cfg(test)]
mod tests {
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
