//! What lies beside the documents of a corpus, as the disk has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::corpus::{FolderNames, Surroundings};

type Names = Option<Arc<FolderNames>>;

/// The disk around a corpus; each folder is read once.
#[derive(Debug, Default)]
pub struct Disk {
    root: Option<PathBuf>,
    folders: DashMap<PathBuf, Names>,
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
}

impl Surroundings for Disk {
    fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    fn names_in(&self, folder: &Path) -> Names {
        if let Some(known) = self.folders.view(folder, |_, names| names.clone()) {
            return known;
        }
        let folder_or_here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let names = fs::read_dir(folder_or_here).ok().map(|entries| {
            let names = entries.flatten().map(|entry| entry.file_name());
            Arc::new(names.map(|name| name.to_string_lossy().into_owned()).collect())
        });
        self.folders.insert(folder.to_owned(), names.clone());
        names
    }
}
