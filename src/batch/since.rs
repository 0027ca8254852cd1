//! `--since REV`: the lines that changed since a revision, as Git tells them.

use std::path::{Path, PathBuf};
use std::process::Command;

use rustc_hash::FxHashMap;

use crate::text::Span;

/// Lines of one file from 1, the last one excluded; `None`: the whole file is new.
type Ranges = Option<Vec<(usize, usize)>>;

/// The changed lines of all files of a repository.
#[derive(Debug)]
pub(super) struct Changes {
    /// By canonical path.
    files: FxHashMap<PathBuf, Ranges>,
}

/// The changed bytes of one text.
pub(super) struct ChangedBytes(Option<Vec<Span>>);

impl ChangedBytes {
    /// Whether something of the span was changed.
    pub(super) fn touch(&self, span: Span) -> bool {
        let touches = |changed: &Span| changed.start <= span.end && span.start < changed.end;
        self.0.as_ref().is_none_or(|changed| changed.iter().any(touches))
    }
}

impl Changes {
    /// Asks Git, in the current folder, what changed in the working tree since `revision`.
    ///
    /// # Errors
    /// What Git says, or that there is no Git.
    pub(super) fn since(revision: &str) -> Result<Self, String> {
        let top = git(&["rev-parse", "--show-toplevel"])?;
        let top = PathBuf::from(top.trim_end_matches('\n'));
        // Behind `--end-of-options` a revision cannot be taken for an option.
        let base = git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ])
        .or_else(|_| before_the_first_commit(revision))?;
        let diff = git(&[
            "-c",
            "core.quotePath=false",
            "diff",
            "--unified=0",
            "--inter-hunk-context=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            // Lines of a file that was only moved are as old as they were.
            "--find-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            base.trim_end(),
        ])?;
        let mut files = parse(&diff, &top);
        let untracked =
            git(&["ls-files", "-z", "--others", "--exclude-standard", "--full-name", ":/"])?;
        for name in untracked.split('\0').filter(|name| !name.is_empty()) {
            files.insert(top.join(name), None);
        }
        Ok(Self { files })
    }

    /// What changed in a file.
    pub(super) fn of(&self, path: &Path, text: &str) -> ChangedBytes {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let Some(ranges) = self.files.get(&canonical) else {
            return ChangedBytes(Some(Vec::new()));
        };
        let Some(ranges) = ranges else {
            return ChangedBytes(None);
        };
        let lines = GitLines::of(text);
        ChangedBytes(Some(ranges.iter().map(|&(from, to)| lines.span(from, to)).collect()))
    }
}

/// Where Git sees the lines of a text start: behind each line feed.
struct GitLines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> GitLines<'t> {
    fn of(text: &'t str) -> Self {
        let behind = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(behind).collect() }
    }

    /// The bytes of lines from 1, the last one excluded.
    fn span(&self, from: usize, to: usize) -> Span {
        let start = |line: usize| {
            let start = self.starts.get(line.saturating_sub(1));
            start.copied().unwrap_or(self.text.len())
        };
        Span::new(start(from), start(to).max(start(from)))
    }
}

/// The new side of a unified diff without context.
fn parse(diff: &str, top: &Path) -> FxHashMap<PathBuf, Ranges> {
    let mut files: FxHashMap<PathBuf, Ranges> = FxHashMap::default();
    let mut file = None;
    // Lines of the files themselves are counted off, whatever they look like.
    let mut left = 0;
    for line in diff.lines() {
        if left > 0 && line.starts_with(['+', '-']) {
            left -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            file = new_name(name).map(|name| top.join(name));
        } else if let Some(hunk) = line.strip_prefix("@@ ").and_then(hunk) {
            left = hunk.removed + hunk.added.1;
            if let Some(file) = &file {
                let ranges = files.entry(file.clone()).or_insert_with(|| Some(Vec::new()));
                let (from, count) = hunk.added;
                ranges.get_or_insert_default().push((from, from + count));
            }
        } else if let Some(names) = line.strip_prefix("Binary files ") {
            // UTF-16 is binary to Git; all of it counts as changed.
            let name = names.strip_suffix(" differ").and_then(|both| both.split(" and ").last());
            if let Some(name) = name.and_then(new_name) {
                files.insert(top.join(name), None);
            }
        }
    }
    files
}

struct Hunk {
    /// How many lines were taken out.
    removed: usize,
    /// The first line put in, from 1, and how many.
    added: (usize, usize),
}

/// The head of a hunk behind its `@@ `: `-5,2 +6,3 @@ …`.
fn hunk(head: &str) -> Option<Hunk> {
    let range = |text: &str| -> Option<(usize, usize)> {
        let (first, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((first.parse().ok()?, count.parse().ok()?))
    };
    let mut parts = head.split(' ');
    let (_, removed) = range(parts.next()?.strip_prefix('-')?)?;
    let added = range(parts.next()?.strip_prefix('+')?)?;
    Some(Hunk { removed, added })
}

/// The name behind `b/`; Git ends one that holds a space with a tab, and quotes one that holds a
/// quotation mark, a backslash or a control character as C does.
fn new_name(written: &str) -> Option<String> {
    let written = written.strip_suffix('\t').unwrap_or(written);
    let name = match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => unquoted(quoted),
        None => written.to_owned(),
    };
    name.strip_prefix("b/").map(str::to_owned)
}

/// What stands between the quotation marks of a string of C.
fn unquoted(quoted: &str) -> String {
    let mut out = String::with_capacity(quoted.len());
    let mut rest = quoted.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('a') => out.push('\x07'),
            Some('b') => out.push('\x08'),
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('v') => out.push('\x0b'),
            Some('f') => out.push('\x0c'),
            Some('r') => out.push('\r'),
            // Three octal digits; other characters than those of ASCII are not quoted.
            Some(first @ '0'..='3') => {
                let digits = [Some(first), rest.next(), rest.next()];
                let value = digits.iter().flatten().filter_map(|digit| digit.to_digit(8));
                out.push(char::from(value.fold(0, |sum, digit| sum * 8 + digit as u8)));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// The empty tree, which all files are new to, if `revision` is a HEAD without a commit.
fn before_the_first_commit(revision: &str) -> Result<String, String> {
    if revision == "HEAD" && git(&["symbolic-ref", "--quiet", "HEAD"]).is_ok() {
        // Standard input is empty.
        return git(&["hash-object", "-t", "tree", "--stdin"]);
    }
    Err(format!("--since {revision}: there is no such revision"))
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| format!("--since needs git, which cannot be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().next().unwrap_or("git failed");
        return Err(format!("--since: {}", line.trim_start_matches("fatal: ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_side_of_a_diff_is_read() {
        let diff = "\
diff --git a/a b.txt b/a b.txt
--- a/a b.txt\t
+++ b/a b.txt\t
@@ -1,0 +2,2 @@ head
+++ b/no name
+two
@@ -9 +11 @@
-old
+new
diff --git a/gone.txt b/gone.txt
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-gone
--- \"a/a\\tb\\033\\\"\\\\.txt\"
+++ \"b/a\\tb\\033\\\"\\\\.txt\"
@@ -0,0 +1 @@
+one
Binary files a/wide.txt and b/wide.txt differ
";
        let files = parse(diff, Path::new("/top"));
        let of = |name: &str| files.get(&Path::new("/top").join(name));
        assert_eq!(of("a b.txt"), Some(&Some(vec![(2, 4), (11, 12)])));
        assert_eq!(of("wide.txt"), Some(&None));
        assert_eq!(of("a\tb\x1b\"\\.txt"), Some(&Some(vec![(1, 2)])));
        assert_eq!(files.len(), 3);
    }

    #[test]
    fn changed_lines_are_bytes_of_the_text() {
        let text = "one\r\ntwo\nthree";
        let lines = GitLines::of(text);
        assert_eq!(lines.span(2, 3).of(text), "two\n");
        assert_eq!(lines.span(3, 9).of(text), "three");
    }
}
