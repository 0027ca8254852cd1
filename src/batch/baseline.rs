//! The baseline: findings that are known and not to be shown again.
//!
//! An entry is told by the rule, the words found and the words around them, not by its
//! line, so that edits elsewhere in the file do not disturb it. Where a file was moved, its
//! entries are matched by the rest. An entry hides as many findings as it counts and no more.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::config::utf8;
use crate::rules::Finding;

use super::context;
use super::located::{display, normal};
use super::replace::{Replacement, plain};

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

/// How a baseline names files: from the folder that it lies in itself, so that neither where a run is
/// started nor how it is told its files makes a difference.
#[derive(Debug)]
struct Names {
    folder: PathBuf,
}

impl Names {
    fn beside(baseline: &Path) -> Self {
        let mut folder = normal(baseline);
        folder.pop();
        Self { folder }
    }

    fn of(&self, file: &Path) -> String {
        let file = normal(file);
        let shared = self.folder.components().zip(file.components());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let up = self.folder.components().skip(shared).map(|_| Component::ParentDir);
        display(&up.chain(file.components().skip(shared)).collect::<PathBuf>())
    }

    fn is_there(&self, name: &str) -> bool {
        self.folder.join(name).exists()
    }
}

/// What a baseline file says.
#[derive(Debug)]
pub(super) struct Baseline {
    names: Names,
    here: FxHashMap<(String, Key), u32>,
    /// Entries of files that are on disk no more, each with the name of one.
    moved: FxHashMap<Key, (u32, String)>,
}

/// A finding that is known and is there no more.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unneeded {
    path: String,
    rule: String,
    text: String,
    /// How often.
    pub(super) count: u32,
}

impl fmt::Display for Unneeded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, rule, text, count } = self;
        write!(out, "{path}: {rule} “{}”", text.escape_debug())?;
        if *count > 1 { write!(out, ", {count} times") } else { Ok(()) }
    }
}

/// The entries that findings used up, with how often each.
#[derive(Debug, Default)]
pub(super) struct Used {
    here: FxHashMap<(String, Key), u32>,
    moved: FxHashMap<Key, u32>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// A message with the file, and its line and column where there is one.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let bytes = fs::read(path).map_err(|e| format!("{shown}: {}", plain(&e)))?;
        let text = utf8(path, bytes).map_err(|error| error.to_string())?;
        let file: File = serde_json::from_str(&text).map_err(|error| {
            let (line, column) = (error.line().max(1), error.column().max(1));
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            format!("{shown}:{line}:{column}: this is no baseline: {what}")
        })?;
        if file.version != VERSION {
            let version = file.version;
            return Err(format!(
                "{shown}:1:1: this baseline has version {version}, not {VERSION}; \
                 write a new one with --write-baseline"
            ));
        }
        let names = Names::beside(path);
        let mut baseline = Self { names, here: FxHashMap::default(), moved: FxHashMap::default() };
        let mut is_there: FxHashMap<String, bool> = FxHashMap::default();
        for entry in file.entries {
            let is_there = is_there
                .entry(entry.path.clone())
                .or_insert_with(|| baseline.names.is_there(&entry.path));
            let count = if *is_there {
                baseline.here.entry((entry.path, entry.key)).or_insert(0)
            } else {
                &mut baseline.moved.entry(entry.key).or_insert((0, entry.path)).0
            };
            *count += entry.count;
        }
        Ok(baseline)
    }

    /// The findings that are not known, and which entries the others used.
    pub(super) fn sift(
        &self,
        path: &Path,
        findings: Vec<Finding>,
        source: &str,
    ) -> (Vec<Finding>, Used) {
        let mut used = Used::default();
        let name = self.names.of(path);
        let is_new = |finding: &Finding| {
            let key = Key::of(finding, source);
            let own = (name.clone(), key.clone());
            let left = self.here.get(&own).map_or(0, |&n| n - used.here.get(&own).unwrap_or(&0));
            if left > 0 {
                *used.here.entry(own).or_insert(0) += 1;
                return false;
            }
            let left =
                self.moved.get(&key).map_or(0, |(n, _)| n - used.moved.get(&key).unwrap_or(&0));
            if left > 0 {
                *used.moved.entry(key).or_insert(0) += 1;
                return false;
            }
            true
        };
        (findings.into_iter().filter(is_new).collect(), used)
    }

    /// Takes away what was used: each entry hides as many findings as it counts.
    pub(super) fn use_up(&mut self, used: Used) {
        for (key, count) in used.here {
            self.here.entry(key).and_modify(|left| *left -= count);
        }
        for (key, count) in used.moved {
            self.moved.entry(key).and_modify(|(left, _)| *left -= count);
        }
    }

    /// The known findings that were not met in the files that were `checked`, or stood in files
    /// that are gone, in the order of the files.
    pub(super) fn unused<'p>(&self, checked: impl Iterator<Item = &'p Path>) -> Vec<Unneeded> {
        let checked: FxHashSet<String> = checked.map(|path| self.names.of(path)).collect();
        let here = self.here.iter().filter(|((path, _), _)| checked.contains(path));
        let here = here.map(|((path, key), count)| (path, key, *count));
        let moved = self.moved.iter().map(|(key, (count, path))| (path, key, *count));
        let left = here.chain(moved).filter(|(_, _, count)| *count > 0);
        let unneeded = left.map(|(path, Key { rule, text, .. }, count)| Unneeded {
            path: path.clone(),
            rule: rule.clone(),
            text: text.clone(),
            count,
        });
        let mut unneeded: Vec<_> = unneeded.collect();
        unneeded.sort();
        unneeded
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
#[derive(Debug)]
pub(super) struct NewBaseline {
    names: Names,
    entries: BTreeMap<(String, Key), u32>,
}

impl NewBaseline {
    /// One that is to be written to `path`.
    pub(super) fn at(path: &Path) -> Self {
        Self { names: Names::beside(path), entries: BTreeMap::new() }
    }

    /// Takes the findings of a file in.
    pub(super) fn add(&mut self, path: &Path, findings: &[Finding], source: &str) {
        let name = self.names.of(path);
        for finding in findings {
            *self.entries.entry((name.clone(), Key::of(finding, source))).or_insert(0) += 1;
        }
    }

    /// Writes the file, in one step or not at all.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub(super) fn write(self, path: &Path) -> io::Result<()> {
        let entries =
            self.entries.into_iter().map(|((path, key), count)| Entry { path, key, count });
        let file = File { version: VERSION, entries: entries.collect() };
        let mut out = Replacement::of(path)?;
        serde_json::to_writer_pretty(&mut out, &file)?;
        out.write_all(b"\n")?;
        out.finish()
    }
}
