//! What runs remember: `.rubricator_cache` in the root of the corpus.
//!
//! Two things are kept. The findings and facts of each document are told by its bytes and by all
//! else they are made from ([`Key::of_document`]), so they hold wherever the file is moved. What
//! the last run over the same files found is told by the documents in it, the configuration and
//! the folders that links were looked for in; if none of these has changed, nothing is computed
//! at all. Each build of the program keeps its own.
//!
//! Nothing depends on the cache being there. What cannot be read, or is not what was written,
//! counts as absent; what cannot be written is left. Files are replaced in one step, so any
//! number of runs may go on at once, and the folder may be deleted at any time.

mod key;
mod last_run;
mod shard;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::config::CACHE_FOLDER;
use crate::corpus::StoredFacts;
use crate::rules::Finding;

use super::replace::Replacement;
pub(super) use key::Key;
pub(super) use last_run::LastRun;
use shard::Shard;

/// The version and the build of the program.
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("RUBRICATOR_BUILD"));

/// In so many files the documents lie, by the last bits of their keys.
const SHARDS: usize = 64;

/// So many other builds of the program may keep their caches.
const MOST_OTHER_BUILDS: usize = 2;

/// Over so many different sets of files it is known what the last run found.
const MOST_RUNS: usize = 8;

/// The signature that programs for backups look for (‘Cache Directory Tagging Specification’,
/// bford.info/cachedir).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # What runs of rubricator remember. It can be deleted at any time.\n";

/// What is known of one document by itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredDocument {
    pub(super) findings: Vec<Finding>,
    pub(super) facts: StoredFacts,
}

/// The cache of one corpus.
#[derive(Debug)]
pub(super) struct Cache {
    /// [`CACHE_FOLDER`].
    top: PathBuf,
    /// The part of this build of the program.
    folder: PathBuf,
    shards: Vec<Shard>,
}

impl Cache {
    /// The cache of the corpus at `root`; nothing is read or written yet.
    pub(super) fn of(root: &Path) -> Self {
        let top = root.join(CACHE_FOLDER);
        let folder = top.join(BUILD);
        let shards = (0..SHARDS).map(|number| Shard::at(folder.join(format!("{number:02}"))));
        Self { shards: shards.collect(), top, folder }
    }

    /// What is known of a document.
    pub(super) fn document(&self, key: Key) -> Option<StoredDocument> {
        self.shard(key).get(key)
    }

    /// Remembers a document, when the cache is saved.
    pub(super) fn add(&self, key: Key, document: &StoredDocument) {
        if let Ok(bytes) = postcard::to_allocvec(document) {
            // What was written piece by piece has room for more, and is kept until the end.
            self.shard(key).add(key, bytes.as_slice().into());
        }
    }

    fn shard(&self, key: Key) -> &Shard {
        &self.shards[key.low() as usize % SHARDS]
    }

    /// What the last run found over the files that `run` tells.
    pub(super) fn last_run(&self, run: Key) -> Option<LastRun> {
        LastRun::read(&self.run_file(run))
    }

    fn run_file(&self, run: Key) -> PathBuf {
        self.folder.join(format!("run-{run}"))
    }

    /// Writes what is new, and what the run that `key` tells found. A cache that cannot be written is none.
    pub(super) fn save(&self, key: Key, run: &LastRun) {
        if let Err(error) = self.try_to_save(key, run) {
            tracing::debug!("{}: the cache is not written: {error}", self.top.display());
            if error.kind() == io::ErrorKind::StorageFull {
                // The last bytes of a disk are for the texts.
                let _ = fs::remove_dir_all(&self.folder);
            }
        }
    }

    fn try_to_save(&self, key: Key, run: &LastRun) -> io::Result<()> {
        let today = today();
        fs::create_dir_all(&self.folder)?;
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)] {
            let path = self.top.join(name);
            if !path.exists() {
                replace(&path, text.as_bytes())?;
            }
        }
        for shard in self.shards.iter().filter(|shard| shard.has_changed(today)) {
            shard.write(today)?;
        }
        run.write(&self.run_file(key))?;
        self.tidy_up();
        Ok(())
    }

    /// Removes what is left of other builds, of runs over other files and of killed ones.
    fn tidy_up(&self) {
        let builds = by_age(&self.top, |path| path.is_dir() && path != self.folder);
        for (_, folder) in builds.into_iter().skip(MOST_OTHER_BUILDS) {
            let _ = fs::remove_dir_all(folder);
        }
        let begins = |path: &Path, with: &str| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(with))
        };
        let runs = by_age(&self.folder, |path| begins(path, "run-"));
        let begun = by_age(&self.folder, |path| begins(path, Replacement::PREFIX));
        let abandoned = begun.into_iter().filter(|(age, _)| *age > Replacement::ABANDONED);
        for (_, file) in runs.into_iter().skip(MOST_RUNS).chain(abandoned) {
            let _ = fs::remove_file(file);
        }
    }
}

/// What lies in a folder, the youngest first, with its age.
fn by_age(folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Vec<(Duration, PathBuf)> {
    let now = SystemTime::now();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter(|entry| is_wanted(&entry.path()))
        .filter_map(|entry| {
            let modified = entry.metadata().and_then(|metadata| metadata.modified()).ok()?;
            Some((now.duration_since(modified).unwrap_or_default(), entry.path()))
        })
        .collect();
    found.sort();
    found
}

/// Puts a file in the place of another in one step.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Replacement::of(path)?;
    file.write_all(bytes)?;
    file.finish_lightly()
}

/// Days since 1 January 1970.
fn today() -> u32 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs() / (24 * 60 * 60)).unwrap_or(u32::MAX)
}
