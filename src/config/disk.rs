//! What lies beside the documents of a corpus, as the disk has it.

use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;
use fnv::FnvHasher;

use crate::corpus::{FolderNames, Surroundings};

/// The folder in the root of a corpus in which runs keep what they remember. It comes and goes,
/// so no link can lead there.
pub const CACHE_FOLDER: &str = ".rubricator_cache";

/// The names in a folder, with a mark that tells whether they have changed; `None`: there is no
/// such folder.
type Seen = Option<(Arc<FolderNames>, u64)>;

/// The disk around a corpus; each folder is read once.
#[derive(Debug, Default)]
pub struct Disk {
    root: Option<PathBuf>,
    folders: DashMap<PathBuf, Seen>,
}

impl Disk {
    /// The disk around a corpus whose links should not lead out of `root`.
    pub fn around(root: Option<PathBuf>) -> Self {
        Self { root, folders: DashMap::new() }
    }

    /// Forgets what was read: files have come or gone.
    pub fn forget(&self) {
        self.folders.clear();
    }

    /// Every folder that was looked into so far, with a mark of the names in it.
    pub fn looked_into(&self) -> Vec<(PathBuf, u64)> {
        let marks = self.folders.iter().map(|entry| (entry.key().clone(), mark(entry.value())));
        marks.collect()
    }

    /// A mark of the names that are in a folder; it is another one when they change.
    pub fn mark_of(&self, folder: &Path) -> u64 {
        mark(&self.seen(folder))
    }

    fn seen(&self, folder: &Path) -> Seen {
        if let Some(known) = self.folders.view(folder, |_, seen| seen.clone()) {
            return known;
        }
        let folder_or_here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let seen = fs::read_dir(folder_or_here).ok().map(|entries| {
            let names = entries.flatten().map(|entry| entry.file_name());
            let names = names.filter(|name| name != CACHE_FOLDER);
            let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
            names.sort_unstable();
            let mut hasher = FnvHasher::default();
            for name in &names {
                hasher.write(name.as_bytes());
                hasher.write_u8(b'/');
            }
            (Arc::new(names.into_iter().collect()), hasher.finish())
        });
        self.folders.insert(folder.to_owned(), seen.clone());
        seen
    }
}

/// No folder is told from an empty one.
fn mark(seen: &Seen) -> u64 {
    seen.as_ref().map_or(0, |(_, mark)| *mark)
}

impl Surroundings for Disk {
    fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    fn names_in(&self, folder: &Path) -> Option<Arc<FolderNames>> {
        self.seen(folder).map(|(names, _)| names)
    }
}
