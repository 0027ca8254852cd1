//! Links between documents: what each can be pointed at by, what it points at elsewhere, and
//! where a link leads.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::markup::{Anchor, AnchorKind, Document, Pointer, PointerKind};
use crate::references::{self, Bibliography, Target};
use crate::text::Span;

use super::{Analysis, CorpusIndex, DocumentFacts};

/// A place that other documents can point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnchorFact {
    /// What it is.
    pub kind: AnchorKind,
    /// What pointers name it by.
    pub label: Box<str>,
    span: (u32, u32),
}

impl AnchorFact {
    /// The label in the source, in bytes.
    pub fn span(&self) -> Span {
        Span::new(self.span.0 as usize, self.span.1 as usize)
    }
}

/// A pointer into another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFact {
    /// What kind of pointer.
    pub kind: PointerKind,
    /// The file, decoded, relative to the document; empty: the document itself.
    pub path: Box<str>,
    /// The anchor in it, if one is named.
    pub fragment: Option<Box<str>>,
    span: (u32, u32),
    /// How long the file's part is in the source, in bytes; `None` where it does not stand there, as
    /// in `pers:khrushchev`.
    written: Option<u32>,
}

impl LinkFact {
    /// The pointer as written, in bytes of the source.
    pub fn span(&self) -> Span {
        Span::new(self.span.0 as usize, self.span.1 as usize)
    }

    /// The same link to another file.
    pub fn to_file(&self, path: &str) -> Self {
        Self { path: path.into(), ..self.clone() }
    }

    /// A wiki link that stands nowhere.
    pub(super) fn to_page(path: &str, fragment: &str) -> Self {
        Self {
            kind: PointerKind::Page,
            path: path.into(),
            fragment: Some(fragment.into()),
            span: (0, 0),
            written: None,
        }
    }

    /// The file's part of the pointer, in bytes of the source, where it may be encoded; `None` where
    /// another name stands for it.
    pub fn path_span(&self) -> Option<Span> {
        let start = self.span.0 as usize;
        self.written.map(|length| Span::new(start, start + length as usize))
    }
}

/// The places of a document that can be pointed at.
pub(super) fn anchors(analysis: &Analysis) -> Vec<AnchorFact> {
    let anchors = analysis.document.anchors.iter();
    anchors
        .map(|anchor| AnchorFact {
            kind: anchor.kind,
            label: anchor.label.as_str().into(),
            span: compact(anchor.span),
        })
        .collect()
}

/// A note that a reader finds by its marker only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteFact {
    /// Its number in [`super::DocumentFacts::anchors`].
    pub anchor: u32,
    /// Which run of notes it belongs to.
    pub scope: u32,
    /// Whether anything in its own document points to it.
    pub is_used: bool,
    /// Whether something does that is no note itself.
    pub is_called: bool,
    /// Whether it has a way back into another file, where its marker is then.
    pub leads_away: bool,
}

/// The notes of a document that need a marker, in the order of the source.
pub(super) fn notes(analysis: &Analysis) -> Vec<NoteFact> {
    let Document { anchors, pointers, .. } = &analysis.document;
    let needs_marker =
        |anchor: &&(usize, &Anchor)| anchor.1.kind == AnchorKind::Note && anchor.1.needs_marker;
    let notes: Vec<(usize, &Anchor)> =
        anchors.iter().enumerate().filter(|one| needs_marker(&one)).collect();
    let is_in_note = |span: Span| {
        let behind = notes.partition_point(|(_, note)| note.extent.start <= span.start);
        notes[..behind].last().is_some_and(|(_, note)| note.extent.covers(span))
    };
    let leads_away = |note: &Anchor| {
        let first = pointers.partition_point(|one| one.span.start < note.extent.start);
        let inside = pointers[first..].iter().take_while(|one| one.span.end <= note.extent.end);
        let mut ways_back = inside.filter(|one| one.kind == PointerKind::Backlink);
        ways_back
            .any(|one| matches!(references::target(&one.target, one.kind), Target::File { .. }))
    };
    let fact = |&(number, note): &(usize, &Anchor)| {
        let uses = analysis.references.uses(number);
        NoteFact {
            anchor: number as u32,
            scope: note.scope,
            is_used: !uses.is_empty(),
            is_called: uses.iter().any(|&pointer| !is_in_note(pointers[pointer].span)),
            leads_away: leads_away(note),
        }
    };
    notes.iter().map(fact).collect()
}

/// What servers show for a folder, in the order in which they look.
pub const FOLDER_PAGE_NAMES: &[&str] = &["index.html", "index.htm", "index.xhtml"];

/// What the pages are called that servers may show for a folder, without their endings.
const FOLDER_PAGES: &[&str] = &["index", "default", "home", "welcome", "readme"];

/// Whether a document is the page that a server shows for its folder.
pub fn is_folder_page(document: &Path) -> bool {
    let name = document.file_name().unwrap_or_default();
    FOLDER_PAGE_NAMES.iter().any(|page| name == *page)
}

/// Whether the last part of a link's path is that of a file, by its dot.
fn names_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.contains('.') && !matches!(name, "." | "..")
}

/// The pointers of a document into other files, and those to figures that lead nowhere in it.
pub(super) fn links(analysis: &Analysis) -> Vec<LinkFact> {
    let pointers = analysis.document.pointers.iter().enumerate();
    let unresolved = pointers.filter(|(index, _)| analysis.references.target(*index).is_none());
    let link = |pointer: &Pointer, path: String, fragment: Option<String>| LinkFact {
        kind: pointer.kind,
        written: references::written_path(pointer.span.of(&analysis.source), &path)
            .map(|written| written.len() as u32),
        path: path.into(),
        fragment: fragment.map(Into::into),
        span: compact(pointer.span),
    };
    unresolved
        .filter_map(|(_, pointer)| match references::target(&pointer.target, pointer.kind) {
            Target::File { path, fragment } => Some(link(pointer, path, fragment)),
            _ if pointer.kind == PointerKind::Citation => {
                Some(link(pointer, String::new(), Some(pointer.target.clone())))
            }
            // One on the web is declared all the same.
            Target::Outside if pointer.kind == PointerKind::Bibliography => {
                Some(link(pointer, pointer.target.clone(), None))
            }
            Target::Here if pointer.kind == PointerKind::Figure => {
                let id = pointer.target.strip_prefix('#')?;
                Some(link(pointer, String::new(), Some(id.to_owned())))
            }
            Target::Here | Target::Outside => None,
        })
        .collect()
}

/// How many pointers to figures lead to entries of the document itself.
pub(super) fn figures_found(analysis: &Analysis) -> usize {
    let pointers = analysis.document.pointers.iter().enumerate();
    let figures = pointers.filter(|(_, pointer)| pointer.kind == PointerKind::Figure);
    figures.filter(|(index, _)| analysis.references.target(*index).is_some()).count()
}

fn compact(span: Span) -> (u32, u32) {
    (span.start as u32, span.end as u32)
}

/// What lies beside the documents of a corpus; this floor reads no disk itself.
pub trait Surroundings: Send + Sync + std::fmt::Debug {
    /// The folder that no link should lead out of, if the corpus has one of its own.
    fn root(&self) -> Option<&Path>;

    /// The names in a folder; `None` if there is no such folder.
    fn names_in(&self, folder: &Path) -> Option<Arc<FolderNames>>;

    /// The works in a file; `None` if it cannot be read.
    fn bibliography(&self, path: &Path) -> Option<Arc<Bibliography>>;
}

/// The names in a folder.
#[derive(Debug, Default)]
pub struct FolderNames {
    exact: FxHashSet<String>,
    /// The names by what they are in small letters.
    by_lower: FxHashMap<String, String>,
}

impl FromIterator<String> for FolderNames {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let exact: FxHashSet<String> = names.into_iter().collect();
        let by_lower = exact.iter().map(|name| (name.to_lowercase(), name.clone())).collect();
        Self { exact, by_lower }
    }
}

impl FolderNames {
    /// A name as the folder has it, which may differ in the case of its letters.
    fn find(&self, wanted: &str) -> Option<String> {
        if self.exact.contains(wanted) {
            return Some(wanted.to_owned());
        }
        self.by_lower.get(&wanted.to_lowercase()).cloned()
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a document of the corpus, or a place in it.
    Document {
        /// The document's name.
        name: Arc<str>,
        /// The anchor's label in it, bytes of its source; `None`: the document as such.
        span: Option<Span>,
    },
    /// To a place that a document of the corpus does not have.
    NoSuchPlace {
        /// The document's name.
        name: Arc<str>,
    },
    /// To a file that is there and is no document that was read.
    File(PathBuf),
    /// To a file whose name differs in the case of letters.
    OtherCase {
        /// The path as it would have to be written.
        path: String,
    },
    /// To a file that is not there.
    Missing,
    /// Out of the corpus.
    Outside,
}

impl CorpusIndex {
    /// Where a link of the document `from` leads.
    pub fn destination(&self, from: &str, link: &LinkFact) -> Destination {
        if link.kind == PointerKind::Bibliography && link.path.contains("://") {
            return Destination::File(PathBuf::from(&*link.path));
        }
        if link.path.is_empty() {
            return Destination::NoSuchPlace { name: Arc::from(from) };
        }
        if link.kind == PointerKind::Page
            && let Some(name) = self.pages().find(from, &link.path)
            && let Some(destination) = self.place(&name, link)
        {
            return destination;
        }
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let path = normal(&folder.join(&*link.path));
        if self.leads_out(&path) {
            return Destination::Outside;
        }
        let own = self.place(&path.to_string_lossy(), link);
        let own = own.or_else(|| self.place_in_folder(&path, link));
        own.unwrap_or_else(|| self.on_disk(folder, link, path))
    }

    /// What the link leads to in the page that a server shows for the folder at a path.
    fn place_in_folder(&self, path: &Path, link: &LinkFact) -> Option<Destination> {
        // The names of most files have a dot, and they are not folders.
        let may_be_folder = link.kind != PointerKind::Page && !names_file(&link.path);
        let pages = FOLDER_PAGE_NAMES.iter().filter(|_| may_be_folder);
        pages.into_iter().find_map(|page| self.place(&path.join(page).to_string_lossy(), link))
    }

    /// The document at a path that is relative to the document `from`.
    pub fn document_at(&self, from: &str, path: &str) -> Option<Arc<DocumentFacts>> {
        let folder = Path::new(from).parent()?;
        self.facts(&normal(&folder.join(path)).to_string_lossy())
    }

    /// The document that a wiki link in `from` means by the name of a page.
    pub fn page(&self, from: &str, page: &str) -> Option<Arc<str>> {
        self.pages().find(from, page)
    }

    /// What the link leads to in a document of the corpus; `None`: there is no such document.
    fn place(&self, name: &str, link: &LinkFact) -> Option<Destination> {
        let (name, facts) = self.document(name)?;
        let Some(fragment) = &link.fragment else {
            return Some(Destination::Document { name, span: None });
        };
        Some(match facts.anchor(fragment) {
            Some(anchor) => Destination::Document { name, span: Some(anchor.span()) },
            None if references::is_top(fragment) => Destination::Document { name, span: None },
            None => Destination::NoSuchPlace { name },
        })
    }

    /// The page that a server shows for the folder that a link leads to: its path from the
    /// document. `Some(None)` if the folder has none, `None` if the link leads to no folder.
    pub fn folder_page(&self, from: &str, link: &LinkFact) -> Option<Option<String>> {
        let folder = Path::new(from).parent().unwrap_or(Path::new("")).join(&*link.path);
        let names = self.surroundings.as_deref()?.names_in(&folder)?;
        let page = FOLDER_PAGE_NAMES.iter().find(|page| names.exact.contains(**page));
        Some(page.map(|page| format!("{}/{page}", link.path.trim_end_matches('/'))))
    }

    /// Whether the link leads to a folder for which a server has no page to show.
    pub fn is_bare_folder(&self, from: &str, link: &LinkFact) -> bool {
        let folder = Path::new(from).parent().unwrap_or(Path::new("")).join(&*link.path);
        let surroundings = self.surroundings.as_deref();
        surroundings.and_then(|it| it.names_in(&folder)).is_some_and(|names| {
            let is_page = |name: &String| {
                let stem = name.split('.').next().unwrap_or(name).to_lowercase();
                FOLDER_PAGES.contains(&stem.as_str())
            };
            !names.exact.iter().any(is_page)
        })
    }

    fn leads_out(&self, path: &Path) -> bool {
        let root = self.surroundings.as_deref().and_then(Surroundings::root);
        root.is_some_and(|root| {
            std::path::absolute(path).is_ok_and(|absolute| !normal(&absolute).starts_with(root))
        })
    }

    /// Looks for a file that is no document.
    fn on_disk(&self, folder: &Path, link: &LinkFact, path: PathBuf) -> Destination {
        let Some(surroundings) = self.surroundings.as_deref() else {
            return Destination::File(path);
        };
        let mut at = folder.to_owned();
        let mut right_case: Vec<String> = Vec::new();
        let mut differs = false;
        for part in Path::new(&*link.path).components() {
            let Component::Normal(part) = part else {
                at.push(part);
                right_case.push(part.as_os_str().to_string_lossy().into_owned());
                continue;
            };
            let wanted = part.to_string_lossy();
            let Some(names) = surroundings.names_in(&at) else {
                return Destination::Missing;
            };
            let Some(found) = names.find(&wanted) else {
                return Destination::Missing;
            };
            at.push(&found);
            differs |= found != wanted;
            right_case.push(found);
        }
        if differs {
            Destination::OtherCase { path: right_case.join("/") }
        } else {
            Destination::File(path)
        }
    }
}

/// A path without `.` and, as far as that can be told, without `..`.
pub fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DocumentFacts, Settings, analyse};
    use crate::markup::Format;

    /// A disk with one folder, `texts`, and a picture in it.
    #[derive(Debug)]
    struct Disk;

    impl Surroundings for Disk {
        fn root(&self) -> Option<&Path> {
            None
        }

        fn names_in(&self, folder: &Path) -> Option<Arc<FolderNames>> {
            let names: &[&str] = match normal(folder).to_str()? {
                "" => &["texts"],
                "texts" => &["a.html", "b.html", "Map.png"],
                _ => return None,
            };
            Some(Arc::new(names.iter().map(ToString::to_string).collect()))
        }

        fn bibliography(&self, _: &Path) -> Option<Arc<Bibliography>> {
            None
        }
    }

    #[test]
    fn links_lead_to_documents_places_and_files() {
        let index = CorpusIndex::new(Arc::default(), Some(Arc::new(Disk)));
        let add = |name: &str, source: &str| {
            let analysis = analyse(Arc::from(source), Format::Html, &Settings::default());
            index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
        };
        add("texts/b.html", "<p id='here'>There.</p>");
        let cases = [
            ("b.html", "texts/b.html"),
            ("../texts/./b.html#here", "texts/b.html 7..11"),
            ("b.html#gone", "no place in texts/b.html"),
            ("Map.png", "file texts/Map.png"),
            ("map.png", "Map.png"),
            ("../texts/map.png", "../texts/Map.png"),
            ("none.html", "missing"),
            ("none/b.html", "missing"),
        ];
        for (href, expected) in cases {
            add("texts/a.html", &format!("<p><a href='{href}'>there</a></p>"));
            let facts = index.facts("texts/a.html").expect("added");
            let shown = match index.destination("texts/a.html", &facts.links[0]) {
                Destination::Document { name, span: None } => name.to_string(),
                Destination::Document { name, span: Some(span) } => {
                    format!("{name} {}..{}", span.start, span.end)
                }
                Destination::NoSuchPlace { name } => format!("no place in {name}"),
                Destination::File(path) => format!("file {}", path.display()),
                Destination::OtherCase { path } => path,
                Destination::Missing => "missing".to_owned(),
                Destination::Outside => "outside".to_owned(),
            };
            assert_eq!(shown, expected, "{href}");
        }
    }
}
