//! The baseline: findings that are known and not to be shown again.
//!
//! An entry is told by the rule, the words found and the words around them, not by its
//! line, so that edits elsewhere in the file do not disturb it. Where a file was moved, its
//! entries are matched by the rest. An entry hides as many findings as it counts and no more.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::rules::Finding;

use super::context;

/// The version of the file's form.
const VERSION: u32 = 1;

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    #[serde(flatten)]
    key: Key,
    count: u32,
}

/// What tells a finding, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
struct Key {
    rule: String,
    text: String,
    /// The hash of the words around it.
    context: String,
}

/// What a baseline file says, and how much of it was met in this run.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    here: FxHashMap<(String, Key), u32>,
    /// Entries of files that are not there any more.
    moved: FxHashMap<Key, u32>,
}

impl Baseline {
    /// Reads a baseline; `paths` are the files of this run as they are printed.
    ///
    /// # Errors
    /// A message with the file, and its line and column where there is one.
    pub(super) fn read(path: &Path, paths: &FxHashSet<String>) -> Result<Self, String> {
        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        let file: File = serde_json::from_str(&text).map_err(|error| {
            format!("{shown}:{}:{}: this is no baseline: {error}", error.line(), error.column())
        })?;
        if file.version != VERSION {
            return Err(format!(
                "{shown}: this baseline has version {}; write a new one with --write-baseline",
                file.version
            ));
        }
        let mut baseline = Self::default();
        for entry in file.entries {
            let count = if paths.contains(&entry.path) {
                baseline.here.entry((entry.path, entry.key)).or_insert(0)
            } else {
                baseline.moved.entry(entry.key).or_insert(0)
            };
            *count += entry.count;
        }
        Ok(baseline)
    }

    /// Whether the finding is known; each entry is used up by what it hides.
    pub(super) fn hides(&mut self, path: &str, finding: &Finding, source: &str) -> bool {
        let key = Key::of(finding, source);
        let count = match self.here.get_mut(&(path.to_owned(), key.clone())) {
            Some(count) if *count > 0 => Some(count),
            _ => self.moved.get_mut(&key).filter(|count| **count > 0),
        };
        count.map(|count| *count -= 1).is_some()
    }

    /// How many findings of the baseline's files were not met.
    pub(super) fn unused(&self) -> u32 {
        self.here.values().sum()
    }
}

impl Key {
    fn of(finding: &Finding, source: &str) -> Self {
        Self {
            rule: finding.rule.to_owned(),
            text: finding.span.of(source).to_owned(),
            context: format!("{:016x}", context::around(source, finding.span)),
        }
    }
}

/// A new baseline, as it is gathered.
#[derive(Debug, Default)]
pub(super) struct NewBaseline {
    entries: BTreeMap<(String, Key), u32>,
}

impl NewBaseline {
    /// Takes a finding in.
    pub(super) fn add(&mut self, path: &str, finding: &Finding, source: &str) {
        *self.entries.entry((path.to_owned(), Key::of(finding, source))).or_insert(0) += 1;
    }

    /// Writes the file, in one step or not at all.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub(super) fn write(self, path: &Path) -> io::Result<()> {
        let entries =
            self.entries.into_iter().map(|((path, key), count)| Entry { path, key, count });
        let file = File { version: VERSION, entries: entries.collect() };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut out = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        serde_json::to_writer_pretty(&mut out, &file)?;
        out.write_all(b"\n")?;
        out.as_file().sync_all()?;
        out.persist(path)?;
        Ok(())
    }
}
