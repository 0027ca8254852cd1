//! From `rubricator.toml` to what applies to a file.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use globset::{Glob, GlobMatcher, GlobSet, GlobSetBuilder};
use toml::Spanned;
use xxhash_rust::xxh3::Xxh3;

use crate::corpus::Settings;
use crate::figures::{Authority, Exchange};
use crate::markup::Language;
use crate::names::{self, Scheme};
use crate::quotes::Outer;
use crate::rules::{self, Levels, Severity};
use crate::text::{LineIndex, SourceFile, Span, likest, nearest, read_toml};

use super::disk::Disk;
use super::error::{ConfigError, in_plain_words, utf8};
use super::file::{ConfigFile, Level, Profile, QuoteStyle};

/// The name of the configuration file.
pub const CONFIG_NAME: &str = "rubricator.toml";

/// The configuration of one corpus.
#[derive(Debug)]
pub struct Config {
    /// The file it was read from; `None`: the defaults.
    pub path: Option<PathBuf>,
    /// The folder that globs are relative to.
    pub root: PathBuf,
    /// Places that are right as they stand.
    pub accepts: Vec<Accept>,
    /// The authority of the corpus.
    pub authority: Arc<Authority>,
    /// The files that the authority was made from, or would be if they were there.
    pub authority_files: Vec<PathBuf>,
    /// A hash of all that was read: the configuration and the files of the authority.
    pub fingerprint: u128,
    /// What it was made from, if it was read from a file.
    pub(super) written: Option<Arc<Written>>,
    include: Option<GlobSet>,
    exclude: GlobSet,
    pub(super) settings: Settings,
    pub(super) levels: Levels,
    pub(super) overrides: Vec<(GlobSet, RuleLevels)>,
}

/// A configuration as it stands in its file.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) lines: LineIndex,
    pub(super) file: ConfigFile,
}

/// Severities by the names of rules; `None`: off.
pub(super) type RuleLevels = Vec<(String, Option<Severity>)>;

/// A place that is right as it stands.
#[derive(Clone, Debug)]
pub struct Accept {
    /// `None`: all files of the corpus.
    file: Option<GlobMatcher>,
    /// The rule.
    pub rule: String,
    /// The words, perhaps with some around them; `None`: whatever the rule finds there.
    pub text: Option<String>,
    /// Where the entry names its file, or else its rule: bytes of the configuration.
    pub place: Span,
    is_used: Arc<AtomicBool>,
}

impl Accept {
    /// Whether the acceptance speaks of a finding of `rule` at `span` of `source`, the text of the
    /// file at `path`, relative to the root.
    pub fn covers(&self, path: &Path, rule: &str, source: &str, span: Span) -> bool {
        let covers = self.rule == rule
            && self.text.as_deref().is_none_or(|words| self.are_words_of(words, source, span))
            && self.concerns(path);
        if covers {
            self.is_used.store(true, Ordering::Relaxed);
        }
        covers
    }

    /// Whether `words` are those at `span` or hold them, with what stands around them in the source. A spelling
    /// of a name is the same in capitals.
    fn are_words_of(&self, words: &str, source: &str, span: Span) -> bool {
        let found = source.get(span.range()).unwrap_or_default();
        let is_name = self.rule.starts_with("name-");
        words == found
            || is_name && words.to_lowercase() == found.to_lowercase()
            || stand_around(words, source, span)
    }

    /// Whether it has covered a finding.
    pub fn is_used(&self) -> bool {
        self.is_used.load(Ordering::Relaxed)
    }

    /// Whether it speaks of the file at `path`, relative to the root, and of no other.
    pub fn concerns_only(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| Path::new(file.glob().glob()) == path)
    }

    /// Whether it speaks of the file at `path`, relative to the root.
    pub fn concerns(&self, path: &Path) -> bool {
        self.file.as_ref().is_none_or(|file| file.is_match(path))
    }
}

/// Whether `words` hold those at `span`, with what stands around them in the source.
fn stand_around(words: &str, source: &str, span: Span) -> bool {
    let found = source.get(span.range()).unwrap_or_default();
    let stands_at = |start: usize| source.get(start..start + words.len()) == Some(words);
    let mut places = words.match_indices(found).filter(|_| !found.is_empty());
    places.any(|(at, _)| span.start.checked_sub(at).is_some_and(stands_at))
}

/// The configuration file that applies to files in `folder`, which must be absolute.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(CONFIG_NAME)).find(|path| path.is_file())
}

impl Config {
    /// The defaults, for a corpus under `root` without a configuration; a `figures.toml`
    /// in the root is its authority.
    ///
    /// # Errors
    /// Everything that is wrong with that file.
    pub fn defaults(root: &Path) -> Result<Self, Vec<ConfigError>> {
        let mut builder = Builder::new(root, "");
        let mut config = builder.build(&ConfigFile::default(), root.to_owned());
        config.path = None;
        if builder.errors.is_empty() { Ok(config) } else { Err(builder.errors) }
    }

    /// The defaults for a corpus whose own configuration cannot be used.
    pub fn fallback(root: &Path) -> Self {
        Self {
            path: None,
            written: None,
            root: root.to_owned(),
            accepts: Vec::new(),
            authority: Authority::builtin(),
            authority_files: Vec::new(),
            fingerprint: 0,
            include: None,
            exclude: GlobSet::empty(),
            settings: Settings::default(),
            levels: Levels::default(),
            overrides: Vec::new(),
        }
    }

    /// Reads a configuration and the authority it names.
    ///
    /// # Errors
    /// Everything that is wrong with the files, each with its place.
    pub fn load(path: &Path) -> Result<Self, Vec<ConfigError>> {
        let bytes = fs::read(path)
            .map_err(|error| vec![ConfigError::whole(path, format!("cannot be read: {error}"))])?;
        let text = utf8(path, bytes).map_err(|error| vec![error])?;
        let (file, errors) = read_toml::<ConfigFile>(&text);
        let mut errors: Vec<_> =
            errors.iter().map(|error| ConfigError::of_toml(path, &text, error)).collect();
        let Some(file) = file else {
            return Err(errors);
        };
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut builder = Builder::new(path, &text);
        let mut config = builder.build(&file, root);
        errors.extend(builder.errors);
        if !errors.is_empty() {
            // Those of the configuration itself come first, each file's in its order.
            errors.sort_by_key(|error| (error.path != path, error.path.clone(), error.place));
            return Err(errors);
        }
        config.written = Some(Arc::new(Written { lines: LineIndex::of(&text), text, file }));
        Ok(config)
    }

    /// The disk around the corpus. Without a configuration it has no bounds of its own.
    pub fn surroundings(&self) -> Disk {
        let root = self.path.is_some().then(|| std::path::absolute(&self.root).ok());
        Disk::around(root.flatten())
    }

    /// The same with another severity for rules named on the command line.
    pub fn with_levels(mut self, change: impl FnOnce(&mut Levels)) -> Self {
        change(&mut self.levels);
        self.overrides.clear();
        self
    }

    /// Tells each mistake by itself, however many a block has: who compares findings with those of
    /// another time has to know each.
    pub fn telling_all(mut self) -> Self {
        self.settings.quotes.tells_all = true;
        self
    }

    /// The settings that apply to a file.
    pub fn settings(&self, _path: &Path) -> &Settings {
        &self.settings
    }

    /// The severities that apply to the file at `path`, relative to the root.
    pub fn levels(&self, path: &Path) -> Levels {
        let mut levels = self.levels.clone();
        for (files, rules) in &self.overrides {
            if files.is_match(path) {
                for (rule, severity) in rules {
                    levels.set(rule, *severity);
                }
            }
        }
        levels
    }

    /// Whether a file found in a folder is checked; `path` is relative to the root.
    pub fn includes(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|globs| globs.is_match(path))
            && !self.exclude.is_match(path)
    }

    /// The path relative to the root, with `/`.
    pub fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// Where the authority of a corpus stands: what the configuration names, or `figures.toml`.
fn authority_files(file: &ConfigFile, root: &Path) -> Vec<PathBuf> {
    if file.figures.files.is_empty() {
        return vec![root.join("figures.toml")];
    }
    file.figures.files.iter().map(|name| root.join(name.get_ref())).collect()
}

struct Builder<'a> {
    path: &'a Path,
    text: &'a str,
    errors: Vec<ConfigError>,
    /// Of what has been read so far.
    fingerprint: Xxh3,
}

impl<'a> Builder<'a> {
    fn new(path: &'a Path, text: &'a str) -> Self {
        let mut fingerprint = Xxh3::new();
        text.hash(&mut fingerprint);
        Self { path, text, errors: Vec::new(), fingerprint }
    }
}

impl Builder<'_> {
    fn build(&mut self, file: &ConfigFile, root: PathBuf) -> Config {
        let language = file.language.as_ref().and_then(|tag| self.language(tag));
        let mut settings = Settings { language, ..Settings::default() };
        settings.quotes.outer =
            file.quotes.style.as_ref().and_then(|style| outer(*style.get_ref()));
        let mut levels = Levels::default();
        for (rule, severity) in self.rules(&file.rules) {
            levels.set(&rule, severity);
        }
        let overrides = file
            .overrides
            .iter()
            .map(|part| (self.globs(&part.files), self.rules(&part.rules)))
            .collect();
        let include = if file.files.include.is_empty() {
            None
        } else {
            Some(self.globs(&file.files.include))
        };
        if let Some(scheme) = &file.figures.scheme {
            settings.names.scheme = self.scheme(scheme);
        }
        match file.profile.as_ref().map(|profile| *profile.get_ref()).unwrap_or_default() {
            Profile::Plain => {}
            Profile::Mia => {
                // Its pages are copied to other servers and to disks, where only such links work.
                settings.links_name_files = true;
                settings.language = settings.language.or(Some(Language::ENGLISH));
            }
            Profile::Tei => settings.pointers_must_lead = true,
            Profile::Gutenberg => settings.is_of_gutenberg = true,
        }
        Config {
            path: Some(self.path.to_owned()),
            written: None,
            accepts: self.accepts(file),
            authority: self.authority(file, &root),
            authority_files: authority_files(file, &root),
            fingerprint: self.fingerprint.digest128(),
            root,
            include,
            exclude: self.globs(&file.files.exclude),
            settings,
            levels,
            overrides,
        }
    }

    fn error(&mut self, offset: usize, message: String) {
        self.errors.push(ConfigError::at(self.path, self.text, offset, message));
    }

    fn rules(&mut self, rules: &BTreeMap<Spanned<String>, Level>) -> RuleLevels {
        let mut known = Vec::new();
        for (name, level) in rules {
            if self.knows_rule(name) {
                known.push((name.get_ref().clone(), severity(*level)));
            }
        }
        known
    }

    fn knows_rule(&mut self, name: &Spanned<String>) -> bool {
        let is_known = rules::find(name.get_ref()).is_some();
        if !is_known {
            self.error(name.span().start, unknown_rule(name.get_ref()));
        }
        is_known
    }

    fn language(&mut self, tag: &Spanned<String>) -> Option<Language> {
        let name = tag.get_ref();
        let language = Language::from_tag(name);
        if Language::all().any(|(code, _)| code == language.code()) {
            return Some(language);
        }
        if name != Language::UNKNOWN.code() {
            self.error(tag.span().start, Language::no_such(name));
        }
        None
    }

    fn scheme(&mut self, name: &Spanned<String>) -> Option<Scheme> {
        let scheme = Scheme::of(name.get_ref());
        if scheme.is_none() {
            let known = names::SCHEMES.iter().map(|(id, _)| *id);
            let hint = nearest(name.get_ref(), known.clone())
                .map_or_else(|| known.collect::<Vec<_>>().join(", "), str::to_owned);
            let message = format!("there is no scheme `{}`; did you mean {hint}?", name.get_ref());
            self.error(name.span().start, message);
        }
        scheme
    }

    fn glob(&mut self, pattern: &Spanned<String>) -> Option<Glob> {
        let relative = pattern.get_ref();
        match Glob::new(relative.strip_prefix("./").unwrap_or(relative)) {
            Ok(glob) => Some(glob),
            Err(error) => {
                self.error(pattern.span().start, format!("this is no file pattern: {error}"));
                None
            }
        }
    }

    fn globs(&mut self, patterns: &[Spanned<String>]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            if let Some(glob) = self.glob(pattern) {
                set.add(glob);
            }
        }
        set.build().unwrap_or_else(|_| GlobSet::empty())
    }

    fn accepts(&mut self, file: &ConfigFile) -> Vec<Accept> {
        let mut accepts = Vec::new();
        for entry in &file.accept {
            let file = match &entry.file {
                // A pattern that is none has been told; it must not become ‘all files’.
                Some(pattern) => match self.glob(pattern) {
                    Some(glob) => Some(glob.compile_matcher()),
                    None => continue,
                },
                None => None,
            };
            if self.knows_rule(&entry.rule) {
                accepts.push(Accept {
                    file,
                    rule: entry.rule.get_ref().clone(),
                    text: entry.text.clone(),
                    place: Span::from(entry.file.as_ref().unwrap_or(&entry.rule).span()),
                    is_used: Arc::default(),
                });
            }
        }
        accepts
    }

    /// The text of an authority file: XML says its encoding, TOML is UTF-8.
    fn authority_text(&mut self, path: PathBuf, bytes: &[u8]) -> Option<(PathBuf, Arc<str>)> {
        let text = match Exchange::of_path(&path) {
            Some(_) => SourceFile::decode(bytes)
                .map(|file| file.text)
                .map_err(|error| ConfigError::at(&path, "", 0, error.to_string())),
            None => utf8(&path, bytes.to_vec()).map(Arc::from),
        };
        match text {
            Ok(text) => Some((path, text)),
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    fn authority(&mut self, file: &ConfigFile, root: &Path) -> Arc<Authority> {
        let mut sources = Vec::new();
        for name in &file.figures.files {
            let path = root.join(name.get_ref());
            match fs::read(&path) {
                Ok(bytes) => sources.extend(self.authority_text(path, &bytes)),
                Err(error) => {
                    let message = format!("{} cannot be read: {error}", path.display());
                    self.error(name.span().start, message);
                }
            }
        }
        let default = root.join("figures.toml");
        if file.figures.files.is_empty() && default.exists() {
            match fs::read(&default) {
                Ok(bytes) => sources.extend(self.authority_text(default, &bytes)),
                Err(error) => {
                    let message = format!("it cannot be read: {error}");
                    self.errors.push(ConfigError::at(&default, "", 0, message));
                }
            }
        }
        sources.hash(&mut self.fingerprint);
        if sources.is_empty() {
            return match file.figures.builtin {
                Some(false) => Arc::default(),
                _ => Authority::builtin(),
            };
        }
        let mut authority = Authority::default();
        for (path, text) in sources {
            for problem in authority.add_file(&path, &text) {
                let message = in_plain_words(&problem.message);
                let at = ConfigError::at(&path, &text, problem.offset, message);
                self.errors.push(at);
            }
        }
        authority.finish();
        Arc::new(authority)
    }
}

/// What to say of a rule that does not exist.
pub(crate) fn unknown_rule(name: &str) -> String {
    let known = rules::RULES.iter().map(|rule| rule.name);
    let all = "`rubricator rule` lists them all";
    match (nearest(name, known.clone()), likest(name, known)) {
        (Some(nearest), _) => format!("there is no rule `{name}`; did you mean `{nearest}`?"),
        (None, Some(likest)) => {
            format!("there is no rule `{name}`; the nearest is `{likest}`, and {all}")
        }
        (None, None) => format!("there is no rule `{name}`; {all}"),
    }
}

fn severity(level: Level) -> Option<Severity> {
    Some(match level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info => Severity::Info,
        Level::Hint => Severity::Hint,
        Level::Off => return None,
    })
}

fn outer(style: QuoteStyle) -> Option<Outer> {
    Some(match style {
        QuoteStyle::Auto => return None,
        QuoteStyle::Single => Outer::Single,
        QuoteStyle::Double => Outer::Double,
        QuoteStyle::Guillemets => Outer::Guillemets,
        QuoteStyle::German => Outer::German,
        QuoteStyle::ReversedGuillemets => Outer::ReversedGuillemets,
        QuoteStyle::Swedish => Outer::Swedish,
    })
}
