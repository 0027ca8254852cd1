//! The sample transcriptions in `seeds`.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the samples.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// All files in it, sorted, those in folders with their folders: `archive/index.htm`.
pub(crate) fn files() -> Vec<PathBuf> {
    let root = folder();
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the samples") {
            let path = entry.expect("readable").path();
            // A cache may lie beside them.
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(&root).expect("below the samples").to_owned());
            }
        }
    }
    files.sort();
    files
}

/// Copies them into a folder.
pub(crate) fn copy_into(folder: &Path) {
    for path in files() {
        let copy = folder.join(&path);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("made");
        fs::copy(self::folder().join(&path), copy).expect("copied");
    }
}
