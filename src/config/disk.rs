//! What lies beside the documents of a corpus, as the disk has it.

use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use dashmap::DashMap;
use fnv::FnvHasher;

use crate::corpus::{FolderNames, Surroundings};
use crate::references::{Bibliography, Form};
use crate::text::SourceFile;

/// The folder in the root of a corpus in which runs keep what they remember. It comes and goes,
/// so no link can lead there.
pub const CACHE_FOLDER: &str = ".rubricator_cache";

/// The names in a folder, with a mark that tells whether they have changed; `None`: there is no
/// such folder.
type Seen = Option<(Arc<FolderNames>, u64)>;

/// The works in a file, with when and how long it was when it was read; `None`: it cannot be read.
type Works = Option<(Arc<Bibliography>, Stamp)>;

/// By this a file is told to have changed.
type Stamp = (Option<SystemTime>, u64);

/// The disk around a corpus; each folder is read once, a bibliography when it has changed.
#[derive(Debug, Default)]
pub struct Disk {
    root: Option<PathBuf>,
    folders: DashMap<PathBuf, Seen>,
    bibliographies: DashMap<PathBuf, Works>,
}

impl Disk {
    /// The disk around a corpus whose links should not lead out of `root`.
    pub fn around(root: Option<PathBuf>) -> Self {
        Self { root, ..Self::default() }
    }

    /// Forgets what was read: files have come or gone.
    pub fn forget(&self) {
        self.folders.clear();
    }

    /// Every folder that was looked into so far, with a mark of the names in it, and every
    /// bibliography with a mark of its content.
    pub fn looked_into(&self) -> Vec<(PathBuf, u64)> {
        let folders = self.folders.iter().map(|entry| (entry.key().clone(), mark(entry.value())));
        let files = self.bibliographies.iter().map(|entry| entry.key().clone());
        folders.chain(files.map(|path| (path.clone(), content_mark(&path)))).collect()
    }

    /// A mark of the names that are in a folder, or of what is in a file; it is another one when
    /// they change.
    pub fn mark_of(&self, path: &Path) -> u64 {
        if path.is_file() { content_mark(path) } else { mark(&self.seen(path)) }
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

/// No file is told from an empty one.
fn content_mark(path: &Path) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(&fs::read(path).unwrap_or_default());
    hasher.finish()
}

fn read_bibliography(path: &Path) -> Option<Bibliography> {
    let form = Form::of_path(path)?;
    let file = SourceFile::decode(&fs::read(path).ok()?).ok()?;
    Some(Bibliography::read(&file.text, form))
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

    fn bibliography(&self, path: &Path) -> Option<Arc<Bibliography>> {
        let data = fs::metadata(path).ok()?;
        let stamp = (data.modified().ok(), data.len());
        let known = self.bibliographies.view(path, |_, works| works.clone()).flatten();
        if let Some((known, _)) = known.filter(|(_, before)| *before == stamp) {
            return Some(known);
        }
        let works = read_bibliography(path).map(|read| (Arc::new(read), stamp));
        self.bibliographies.insert(path.to_owned(), works.clone());
        works.map(|(read, _)| read)
    }
}
