//! The corpora of a session: one for each workspace folder, or for the folder of a file
//! that lies in none.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch;
use crate::config::{self, Config, ConfigError, Disk};
use crate::corpus::{CorpusIndex, DocumentFacts, analyse};
use crate::markup::Format;

use super::snapshot::read;

/// A configuration with the documents it applies to.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) folder: PathBuf,
    pub(super) config: Config,
    pub(super) index: Arc<CorpusIndex>,
    disk: Arc<Disk>,
    /// What is wrong with the configuration, which then counts as absent.
    pub(super) errors: Vec<ConfigError>,
}

impl Corpus {
    /// The corpus of a folder, its documents not yet read.
    pub(super) fn open(folder: &Path) -> Self {
        let loaded = match config::find(folder) {
            Some(path) => Config::load(&path),
            None => Config::defaults(folder),
        };
        let (config, errors) = match loaded {
            Ok(config) => (config, Vec::new()),
            Err(errors) => (Config::fallback(folder), errors),
        };
        let disk = Arc::new(config.surroundings());
        let authority = Arc::clone(&config.authority);
        let index = Arc::new(CorpusIndex::new(authority, Some(Arc::clone(&disk) as _)));
        Self { folder: folder.to_owned(), config, index, disk, errors }
    }

    /// The files of the corpus on disk.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        // A document that is not saved has no folder.
        if !self.folder.is_dir() {
            return Vec::new();
        }
        let mut errors = Vec::new();
        let mut files = batch::files_under(&self.folder, &mut errors);
        files.retain(|file| self.config.includes(self.config.relative(file)));
        for error in errors {
            tracing::warn!("{error}");
        }
        files
    }

    /// Files have come or gone.
    pub(super) fn forget_folders(&self) {
        self.disk.forget();
    }

    /// Reads a file from disk into the index.
    pub(super) fn read_file(&self, path: &Path) {
        let Some(text) = read(path) else {
            return;
        };
        let settings = self.config.settings(self.config.relative(path));
        let format = Format::of_path(path).unwrap_or_default();
        let analysis = analyse(text, format, settings);
        let facts = DocumentFacts::of(&analysis, &self.index);
        self.index.insert(name_of(path), facts);
    }
}

/// The name of a file in its corpus's index.
pub(super) fn name_of(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy())
}
