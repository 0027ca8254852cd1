//! `rubricator references list`: every reference with its target, through all files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::corpus::{Cited, FOLDER_PAGE_NAMES, Pages};
use crate::markup::{Format, Pointer, PointerKind};
use crate::references::{self, Target};
use crate::text::{SourceFile, Span};

use super::listing::{self, Range, ReadFile};
use super::located::{Opened, Place, display, normal};

/// A line of the list; field names and order are those of the output.
#[derive(Serialize)]
struct Line<'l> {
    path: &'l str,
    start: Place,
    end: Place,
    text: &'l str,
    kind: &'static str,
    target: Option<&'l Range>,
}

/// What a file points at and what it can be pointed at by.
struct FileReferences {
    /// The first byte: the target of a link to the whole file.
    head: Range,
    /// Whether it is a text whose places are known.
    is_text: bool,
    anchors: FxHashMap<String, Range>,
    pointers: Vec<Found>,
}

struct Found {
    place: Range,
    text: String,
    kind: &'static str,
    target: Goal,
}

/// Where a pointer leads, as far as its own file tells.
enum Goal {
    Here(Option<Range>),
    Elsewhere {
        file: PathBuf,
        fragment: Option<String>,
    },
    /// A page of this name.
    Page {
        name: String,
        fragment: Option<String>,
    },
    /// An entry of the authority or of a bibliography: its file and where in it.
    Entry {
        file: Arc<Path>,
        span: Span,
    },
}

/// Lists the references in all files under `paths`; gives the exit status.
pub fn list(paths: Vec<PathBuf>, config: Option<PathBuf>) -> ExitCode {
    let (files, errors) = listing::read_all(paths, config, references_of);
    let files: FxHashMap<PathBuf, FileReferences> =
        files.into_iter().map(|(path, references)| (normal(&path), references)).collect();
    let mut others = Others::default();
    for file in files.values() {
        for found in &file.pointers {
            if let Goal::Elsewhere { file, .. } = &found.target
                && !files.contains_key(file)
            {
                others.read(file);
            }
        }
    }
    let mut entries = Entries::default();
    let pages = Pages::default();
    let mut by_name = FxHashMap::default();
    for file in files.values() {
        let name: Arc<str> = file.head.path.as_str().into();
        pages.add(&name);
        by_name.insert(name, file);
    }
    let mut order: Vec<_> = files.values().collect();
    order.sort_by(|a, b| a.head.path.cmp(&b.head.path));
    listing::finish(
        |out| {
            for found in order.iter().flat_map(|file| &file.pointers) {
                let entry;
                let target = match &found.target {
                    Goal::Here(target) => target.as_ref(),
                    Goal::Entry { file, span } => {
                        entry = entries.place(file, *span);
                        entry.as_ref()
                    }
                    Goal::Page { name, fragment } => pages
                        .find(&found.place.path, name)
                        .and_then(|page| by_name.get(&page))
                        .and_then(|file| file.target(fragment.as_deref())),
                    Goal::Elsewhere { file, fragment } => files
                        .get(file)
                        .or_else(|| others.files.get(file).and_then(Option::as_ref))
                        .and_then(|file| file.target(fragment.as_deref())),
                };
                let line = Line {
                    path: &found.place.path,
                    start: found.place.start,
                    end: found.place.end,
                    text: &found.text,
                    kind: found.kind,
                    target,
                };
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        },
        &errors,
    )
}

impl FileReferences {
    /// A file that can only be pointed at as a whole: a picture.
    fn of_no_text(path: &Path) -> Self {
        let start = Place { line: 1, column: 1, offset: 0 };
        let path = display(&shown(path));
        let head = Range { path, start, end: start };
        Self { head, is_text: false, anchors: FxHashMap::default(), pointers: Vec::new() }
    }

    fn target(&self, fragment: Option<&str>) -> Option<&Range> {
        match fragment {
            None => Some(&self.head),
            // What the places in it are called is not known: `main.rs#L12`.
            Some(_) if !self.is_text => Some(&self.head),
            Some(fragment) => {
                let place = references::ids(fragment).find_map(|id| self.anchors.get(&*id));
                place.or_else(|| references::is_top(fragment).then_some(&self.head))
            }
        }
    }
}

/// The files of the authority, opened when they are needed.
#[derive(Default)]
struct Entries {
    files: FxHashMap<Arc<Path>, Option<Opened>>,
}

impl Entries {
    fn place(&mut self, path: &Arc<Path>, span: Span) -> Option<Range> {
        let opened = self.files.entry(Arc::clone(path)).or_insert_with(|| {
            let file = SourceFile::decode(&std::fs::read(path).ok()?).ok()?;
            Some(Opened::new(&shown(path), file))
        });
        opened.as_ref().map(|opened| range(opened, span))
    }
}

/// A path as it would be given: from the current folder where it lies below it.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// Files that are pointed at and were not named: read when they are needed.
#[derive(Default)]
struct Others {
    files: FxHashMap<PathBuf, Option<FileReferences>>,
}

impl Others {
    fn read(&mut self, path: &Path) {
        if self.files.contains_key(path) {
            return;
        }
        let read = path.is_file().then(|| match Format::of_path(path) {
            Some(_) => {
                let (mut files, _) = listing::read_all(vec![shown(path)], None, references_of);
                files.pop().map(|(_, references)| references)
            }
            None => Some(FileReferences::of_no_text(path)),
        });
        self.files.insert(path.to_owned(), read.flatten());
    }
}

fn references_of(file: &ReadFile<'_>) -> FileReferences {
    let document = &file.analysis.document;
    let mut anchors = FxHashMap::default();
    for anchor in document.anchors.iter().filter(|anchor| anchor.kind.has_id()) {
        anchors.entry(anchor.label.clone()).or_insert_with(|| range(&file.opened, anchor.span));
    }
    let own = PathBuf::from(&file.opened.name);
    let pointers = document.pointers.iter().enumerate().filter_map(|(index, pointer)| {
        let here = file.analysis.references.target(index);
        let goal = match here {
            Some(anchor) => Goal::Here(Some(range(&file.opened, document.anchors[anchor].span))),
            None if pointer.kind == PointerKind::Citation => work(file, pointer),
            None => match references::target(&pointer.target, pointer.kind) {
                Target::Outside => return None,
                Target::Here if references::is_whole(&pointer.target, pointer.kind) => {
                    Goal::Here(Some(range(&file.opened, Span::gap(0))))
                }
                Target::Here => listed(file, pointer).unwrap_or(Goal::Here(None)),
                Target::File { path: name, fragment } if pointer.kind == PointerKind::Page => {
                    Goal::Page { name, fragment }
                }
                Target::File { path, fragment } => {
                    let folder = own.parent().unwrap_or(Path::new(""));
                    let file = shown_for(normal(&folder.join(path)));
                    if pointer.kind == PointerKind::Bibliography {
                        Goal::Entry { file: file.into(), span: Span::gap(0) }
                    } else {
                        Goal::Elsewhere { file, fragment }
                    }
                }
            },
        };
        Some(Found {
            place: range(&file.opened, pointer.span),
            text: pointer.span.of(&file.analysis.source).to_owned(),
            kind: kind_name(pointer.kind),
            target: goal,
        })
    });
    let crossings = file.analysis.references.crossings.iter().map(|crossing| Found {
        place: range(&file.opened, crossing.span),
        text: crossing.span.of(&file.analysis.source).to_owned(),
        kind: "division",
        target: Goal::Here(Some(range(&file.opened, document.anchors[crossing.anchor].span))),
    });
    let mut pointers: Vec<Found> = pointers.chain(crossings).collect();
    pointers.sort_by_key(|found| found.place.start.offset);
    FileReferences { head: range(&file.opened, Span::gap(0)), is_text: true, pointers, anchors }
}

/// The page that a server shows for a folder; a file itself.
fn shown_for(path: PathBuf) -> PathBuf {
    if !path.is_dir() {
        return path;
    }
    let pages = FOLDER_PAGE_NAMES.iter().map(|page| path.join(page));
    pages.into_iter().find(|page| page.is_file()).unwrap_or(path)
}

/// The work in a bibliography that a citation names.
fn work(file: &ReadFile<'_>, pointer: &Pointer) -> Goal {
    let index = &file.corpus.index;
    match index.cited(&file.opened.name, &file.facts, &pointer.target) {
        Cited::Source { path, span, .. } => Goal::Entry { file: normal(&path).into(), span },
        Cited::Nothing | Cited::Open => Goal::Here(None),
    }
}

/// The entry of the authority that a pointer to a figure names.
fn listed(file: &ReadFile<'_>, pointer: &Pointer) -> Option<Goal> {
    let id = pointer.target.strip_prefix('#').filter(|_| pointer.kind == PointerKind::Figure)?;
    let authority = file.corpus.index.authority();
    let figure = authority.figure(authority.by_id(id)?);
    let path = figure.path.as_ref()?;
    Some(match Format::of_path(path) {
        // A personography is a document, which has the id itself.
        Some(_) => Goal::Elsewhere { file: normal(path), fragment: Some(id.to_owned()) },
        None => Goal::Entry { file: Arc::clone(path), span: figure.span },
    })
}

fn range(opened: &Opened, span: Span) -> Range {
    Range {
        path: display(Path::new(&opened.name)),
        start: opened.place(span.start),
        end: opened.place(span.end),
    }
}

fn kind_name(kind: PointerKind) -> &'static str {
    match kind {
        PointerKind::Marker => "marker",
        PointerKind::Backlink => "backlink",
        PointerKind::Link | PointerKind::Page => "link",
        PointerKind::Figure => "figure",
        PointerKind::Other => "pointer",
        PointerKind::Citation => "citation",
        PointerKind::Bibliography => "bibliography",
    }
}
