//! The corpora of a session: one for each configuration, or for a workspace folder without one,
//! or for the folder of a file that lies in none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use dashmap::DashMap;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::batch;
use crate::config::{self, CONFIG_NAME, Config, ConfigError, Disk};
use crate::corpus::{Analysis, CorpusIndex, DocumentFacts, analyse_once};
use crate::markup::{self, Format};
use crate::rules::{self, Finding};

use super::definition;
use super::pages::Pages;
use super::snapshot::read;

/// A configuration with the documents it applies to.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) folder: PathBuf,
    /// The file of its configuration, whether or not it can be used.
    config_path: Option<PathBuf>,
    pub(super) config: Config,
    pub(super) index: Arc<CorpusIndex>,
    disk: Arc<Disk>,
    /// What is wrong with the configuration, which then counts as absent.
    pub(super) errors: Vec<ConfigError>,
    /// Texts of other documents that findings speak of.
    pub(super) pages: Pages,
    /// The files that the configuration was read from, or would be, as they were then.
    sources: Vec<(PathBuf, Stamp)>,
    /// Documents that an editor has; what is on disk does not count for them.
    open: DashMap<Arc<str>, ()>,
    /// What was found in each document by itself; kept only if somebody wants to see the findings
    /// of documents that are not open.
    own_findings: Option<DashMap<Arc<str>, Arc<Vec<Finding>>>>,
    /// The files that belong to the corpus, as far as the disk was walked.
    files: Mutex<FxHashSet<Arc<str>>>,
    /// Whether it was made for a file that lies in no workspace folder.
    is_guest: bool,
}

/// When a file was last written, and its length; `None`: it is not there.
type Stamp = Option<(Option<SystemTime>, u64)>;

impl Corpus {
    /// The corpus of a folder, its documents not yet read.
    pub(super) fn open(folder: &Path, keeps_findings: bool) -> Self {
        let config_path = config::find(folder);
        let loaded = match &config_path {
            Some(path) => Config::load(path),
            None => Config::defaults(folder),
        };
        let (config, errors) = match loaded {
            Ok(config) => (config, Vec::new()),
            Err(errors) => (Config::fallback(folder), errors),
        };
        let mut sources = vec![folder.join(CONFIG_NAME)];
        sources.extend(config_path.clone());
        sources.extend(config.authority_files.iter().cloned());
        sources.extend(errors.iter().map(|error| error.path.clone()));
        sources.sort();
        sources.dedup();
        let sources = sources.into_iter().map(|path| (path.clone(), stamp(&path))).collect();
        let disk = Arc::new(config.surroundings());
        let authority = Arc::clone(&config.authority);
        let index = Arc::new(CorpusIndex::new(authority, Some(Arc::clone(&disk) as _)));
        Self {
            folder: folder.to_owned(),
            config_path,
            config,
            index,
            disk,
            errors,
            pages: Pages::default(),
            sources,
            open: DashMap::new(),
            own_findings: keeps_findings.then(DashMap::new),
            files: Mutex::default(),
            is_guest: false,
        }
    }

    /// The corpus of a file that lies in no workspace folder.
    pub(super) fn around(folder: &Path, keeps_findings: bool) -> Self {
        let config = config::find(folder);
        let root = config.as_deref().and_then(Path::parent).unwrap_or(folder);
        Self { is_guest: true, ..Self::open(root, keeps_findings) }
    }

    /// The same corpus, its configuration read anew.
    pub(super) fn reopened(&self, keeps_findings: bool) -> Self {
        Self::open(&self.folder, keeps_findings)
    }

    /// Whether it is needed only as long as a document of it is open.
    pub(super) fn is_guest(&self) -> bool {
        self.is_guest
    }

    /// Whether a file in `folder`, to which the configuration at `config` applies, belongs here.
    pub(super) fn is_home(&self, folder: &Path, config: Option<&Path>) -> bool {
        self.config_path.as_deref() == config
            && if self.is_lone() { folder == self.folder } else { folder.starts_with(&self.folder) }
    }

    /// Whether nothing says how far it reaches. Then what lies below its folder is not its: that
    /// may be a whole home.
    fn is_lone(&self) -> bool {
        self.is_guest && self.config_path.is_none()
    }

    /// Whether the configuration or the authority is in the file at `path`, or would be.
    pub(super) fn is_made_from(&self, path: &Path) -> bool {
        self.sources.iter().any(|(source, _)| source == path)
    }

    /// Whether the figures of the corpus are those of the file at `path`.
    pub(super) fn has_figures_of(&self, path: &Path) -> bool {
        self.config.authority_files.iter().any(|file| file == path)
            || self.config.authority.is_builtin && path == definition::builtin_path()
    }

    /// Whether one of these files has changed since. Asks the disk once for each.
    pub(super) fn is_outdated(&self) -> bool {
        self.sources.iter().any(|(path, before)| stamp(path) != *before)
    }

    /// The files of the corpus on disk, and folders below it that have a configuration of their
    /// own. Linear in the files.
    pub(super) fn walk(&self) -> (Vec<PathBuf>, Vec<PathBuf>) {
        // A document that is not saved has no folder.
        if !self.folder.is_dir() {
            return (Vec::new(), Vec::new());
        }
        let mut errors = Vec::new();
        let mut files = batch::files_under(&self.folder, &mut errors);
        for error in errors {
            tracing::warn!("{error}");
        }
        let mut configs = Configs::default();
        let mut others = Vec::new();
        files.retain(|file| {
            let Some(folder) = file.parent() else {
                return false;
            };
            if self.is_lone() && folder != self.folder {
                return false;
            }
            let config = configs.of(folder);
            if config != self.config_path {
                let root = config.as_deref().and_then(Path::parent).map(Path::to_owned);
                others.extend(root.filter(|root| !others.contains(root)));
                return false;
            }
            self.config.includes(self.config.relative(file))
        });
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) =
            files.iter().map(|file| name_of(file)).collect();
        (files, others)
    }

    /// Whether a file on disk is one of the corpus; walks it again if the file is new.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let name = name_of(path);
        let is_known = || self.files.lock().unwrap_or_else(PoisonError::into_inner).contains(&name);
        if !path.is_file() {
            return false;
        }
        is_known() || {
            self.walk();
            is_known()
        }
    }

    /// Files have come or gone.
    pub(super) fn forget_folders(&self) {
        self.disk.forget();
    }

    /// An editor has opened a document: from now on its text counts.
    pub(super) fn take(&self, name: &Arc<str>) {
        self.open.insert(Arc::clone(name), ());
    }

    /// An editor has closed it.
    pub(super) fn give_back(&self, name: &str) {
        self.open.remove(name);
    }

    /// Puts the facts of a text that an editor has into the index; what is no text of ours is not in it.
    pub(super) fn insert(&self, name: &Arc<str>, analysis: &Analysis, facts: DocumentFacts) {
        match analysis.document.is_foreign {
            true => self.index.remove(name),
            false => self.index.insert(Arc::clone(name), facts),
        }
    }

    /// Keeps what was found in such a text by itself.
    pub(super) fn keep(&self, name: &Arc<str>, findings: &Arc<Vec<Finding>>) {
        if let Some(own) = &self.own_findings {
            own.insert(Arc::clone(name), Arc::clone(findings));
        }
    }

    /// What was found in a document by itself; nothing if such findings are not kept.
    pub(super) fn own_findings(&self, name: &str) -> Arc<Vec<Finding>> {
        let own = self.own_findings.as_ref();
        own.and_then(|own| own.view(name, |_, findings| Arc::clone(findings))).unwrap_or_default()
    }

    /// Whether the index has a document.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.index.facts(name).is_some()
    }

    /// Reads a file from disk into the index, unless an editor has it.
    pub(super) fn read_file(&self, path: &Path) {
        let name = name_of(path);
        let is_free = || !self.open.contains_key(&name);
        let Some(text) = read(path).filter(|_| is_free()) else {
            return;
        };
        let relative = self.config.relative(path);
        let settings = self.config.settings(relative);
        let format = Format::of_path(path).unwrap_or_default();
        if markup::foreign(&text, format).is_some() {
            self.forget_file(&name);
            return;
        }
        let analysis = analyse_once(text, format, settings);
        let facts = DocumentFacts::of(&analysis, &self.index);
        let own = self.own_findings.as_ref().map(|own| {
            let levels = self.config.levels(relative);
            (own, rules::document_findings(&analysis, &facts, settings, &levels))
        });
        if self.index.insert_if(Arc::clone(&name), facts, is_free)
            && let Some((own, findings)) = own
        {
            let entry = own.entry(Arc::clone(&name));
            if is_free() {
                entry.insert(Arc::new(findings));
            }
        }
        self.index.prepare(&name);
    }

    /// Takes all files below a folder that is gone out of the index. Linear in the documents.
    pub(super) fn forget_below(&self, folder: &Path) {
        for (name, _) in self.index.documents() {
            if Path::new(&*name).starts_with(folder) {
                self.forget_file(&name);
            }
        }
    }

    /// Takes a file out of the index, unless an editor has it.
    pub(super) fn forget_file(&self, name: &str) {
        if self.open.contains_key(name) {
            return;
        }
        self.index.remove(name);
        if let Some(own) = &self.own_findings {
            own.remove(name);
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

/// The configurations that apply in folders, each looked for once.
#[derive(Default)]
pub(super) struct Configs(FxHashMap<PathBuf, Option<PathBuf>>);

impl Configs {
    fn of(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let own = folder.join(CONFIG_NAME);
        let found =
            if own.is_file() { Some(own) } else { folder.parent().and_then(|up| self.of(up)) };
        self.0.insert(folder.to_owned(), found.clone());
        found
    }
}

/// The name of a file in its corpus's index.
pub(super) fn name_of(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy())
}
