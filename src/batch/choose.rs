//! Which files a run checks, and the corpus that each belongs to.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::{self, Config, ConfigError};
use crate::corpus::CorpusIndex;
use crate::markup;
use crate::rules::{self, Levels, Severity};

use super::cache::Cache;
use super::located::display;
use super::replace::plain;
use super::run::{Corpus, Job, Run};
use super::{CheckOptions, walk};

impl Run<'_> {
    /// Walks the paths and sorts their files by configuration. The files come in the order of
    /// their paths, each once.
    pub(super) fn choose_files(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        let mut known: FxHashMap<PathBuf, Option<usize>> = FxHashMap::default();
        let mut by_config: FxHashMap<Option<PathBuf>, Option<usize>> = FxHashMap::default();
        let here = std::env::current_dir().unwrap_or_default();
        let absolute = |file: &Path| -> PathBuf { here.join(file).components().collect() };
        // What an earlier run has reported is none of the texts.
        let outputs = self.options.outputs.iter().filter_map(|output| output.file.as_deref());
        let reports: FxHashSet<PathBuf> = outputs.map(absolute).collect();
        let given = self.options.paths.iter().map(|path| (path, false));
        for (path, is_listed) in given.chain(self.options.listed.iter().map(|path| (path, true))) {
            if is_listed && path.is_file() && markup::Format::of_path(path).is_none() {
                continue;
            }
            let (files, is_named) = self.expand(path);
            let mut is_passed_over = !files.is_empty();
            for file in files {
                let absolute = absolute(&file);
                if reports.contains(&absolute) {
                    continue;
                }
                let corpus = self.corpus_of(&absolute, path, is_named, &mut known, &mut by_config);
                let Some(corpus) = corpus else {
                    is_passed_over = false;
                    continue;
                };
                let config = &self.corpora[corpus].config;
                let relative = config.relative(&absolute).to_owned();
                if is_named || config.includes(&relative) {
                    is_passed_over = false;
                    let name = Arc::from(display(&file));
                    let job =
                        Job { path: file, name, relative, corpus, number: 0, is_named, is_listed };
                    jobs.push((absolute, job));
                }
            }
            if is_passed_over {
                let message = "rubricator.toml includes none of the files in this folder";
                self.errors.push(format!("{}: {message}", display(path)));
            }
        }
        // A file that was asked for in two ways is checked once, as the one that was named.
        let rank = |job: &Job| (job.must_be_text(), job.is_named);
        jobs.sort_by(|(a, x), (b, y)| a.cmp(b).then(rank(y).cmp(&rank(x))));
        jobs.dedup_by(|(a, _), (b, _)| a == b);
        let mut jobs: Vec<Job> = jobs.into_iter().map(|(_, job)| job).collect();
        jobs.sort_by(|a, b| a.path.cmp(&b.path));
        let mut counts = vec![0; self.corpora.len()];
        for job in &mut jobs {
            job.number = counts[job.corpus];
            counts[job.corpus] += 1;
        }
        jobs
    }

    /// The files that a path stands for, and whether the path itself is one.
    fn expand(&mut self, path: &Path) -> (Vec<PathBuf>, bool) {
        if path == Path::new("-") {
            let name = self.options.stdin_filename.clone();
            let mut bytes = Vec::new();
            if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
                self.errors.push(format!("standard input: {error}"));
                return (Vec::new(), true);
            }
            let name = name.unwrap_or_else(|| PathBuf::from("-"));
            self.stdin = Some((name.clone(), bytes));
            return (vec![name], true);
        }
        match fs::metadata(path) {
            Err(_) if walk::is_pattern(path) => (self.matching(path), true),
            Err(error) => {
                self.errors.push(format!("{}: {}", display(path), plain(&error)));
                (Vec::new(), true)
            }
            Ok(metadata) if metadata.is_dir() => {
                let files = walk::files_under(path, &mut self.errors);
                if files.is_empty() {
                    let message = "there is no text, Markdown, HTML or TEI file in this folder";
                    self.errors.push(format!("{}: {message}", display(path)));
                }
                (files, false)
            }
            Ok(_) if markup::Format::of_path(path).is_none() => {
                let message = "this is no .txt, .md, .html or .xml file";
                self.errors.push(format!("{}: {message}", display(path)));
                (Vec::new(), true)
            }
            Ok(_) => (vec![path.to_owned()], true),
        }
    }

    fn matching(&mut self, pattern: &Path) -> Vec<PathBuf> {
        let files = walk::files_matching(pattern, &mut self.errors);
        let files = files.and_then(|files| match files.is_empty() {
            true => Err("no text, Markdown, HTML or TEI file matches this".to_owned()),
            false => Ok(files),
        });
        files.unwrap_or_else(|message| {
            self.errors.push(format!("{}: {message}", display(pattern)));
            Vec::new()
        })
    }

    /// The corpus of a file, whose path is absolute: that of the nearest configuration, which is
    /// read once.
    fn corpus_of(
        &mut self,
        file: &Path,
        given: &Path,
        is_named: bool,
        by_folder: &mut FxHashMap<PathBuf, Option<usize>>,
        by_config: &mut FxHashMap<Option<PathBuf>, Option<usize>>,
    ) -> Option<usize> {
        let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
        if let Some(corpus) = by_folder.get(&folder) {
            return *corpus;
        }
        let found = self.options.config.clone().or_else(|| config::find(&folder));
        // Without a configuration the corpus is what was given.
        let root = if is_named {
            folder.clone()
        } else {
            std::path::absolute(given).unwrap_or_else(|_| given.to_owned())
        };
        let corpus = match by_config.get(&found) {
            Some(corpus) => *corpus,
            None => {
                // No cache is put beside a single file that nothing else speaks of.
                let is_kept = self.options.cache && (found.is_some() || !is_named);
                let corpus = self.load(found.as_deref(), &root, is_kept);
                by_config.insert(found, corpus);
                corpus
            }
        };
        by_folder.insert(folder, corpus);
        corpus
    }

    fn load(&mut self, path: Option<&Path>, root: &Path, is_kept: bool) -> Option<usize> {
        let config = match path {
            Some(path) => Config::load(path),
            None => Config::defaults(root),
        };
        match config {
            Ok(config) => {
                let config = self.with_chosen_rules(config);
                let has_baseline =
                    self.options.baseline.is_some() || self.options.write_baseline.is_some();
                let config = if has_baseline { config.telling_all() } else { config };
                let disk = Arc::new(config.surroundings());
                let index =
                    CorpusIndex::new(Arc::clone(&config.authority), Some(Arc::clone(&disk) as _));
                let cache = is_kept.then(|| Cache::of(&config.root));
                self.corpora.push(Corpus { config, index, disk, cache });
                Some(self.corpora.len() - 1)
            }
            Err(errors) => {
                self.errors.extend(errors.iter().map(ConfigError::to_string));
                None
            }
        }
    }

    /// Applies `--select` and `--ignore`.
    fn with_chosen_rules(&self, config: Config) -> Config {
        let CheckOptions { select, ignore, .. } = self.options;
        if select.is_empty() && ignore.is_empty() {
            return config;
        }
        config.with_levels(|levels| {
            if !select.is_empty() {
                let before = std::mem::replace(levels, Levels::none());
                for name in select {
                    let default = rules::find(name).and_then(|rule| rule.default);
                    // A rule that is off by default is on when it is asked for.
                    let level = before.get(name).or(default).unwrap_or(Severity::Warning);
                    levels.set(name, Some(level));
                }
            }
            for name in ignore {
                levels.set(name, None);
            }
        })
    }
}
