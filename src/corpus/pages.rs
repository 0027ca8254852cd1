//! Pages by name: what wiki links lead to.

use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHasher};
use smallvec::SmallVec;

use crate::markup::Format;

/// Documents by what a link may say of their name, the shortest first: its last part, the folder with
/// that, and all of it; see [`Key`]. (That two names share one costs a comparison, no more.)
#[derive(Debug, Default)]
pub struct Pages(DashMap<Key, SmallVec<[Arc<str>; 1]>, FxBuildHasher>);

/// A part of a document's name, without its extension and in small letters, hashed: a corpus has as
/// many pages called `index` as it has folders, and each is found by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key(u64);

impl Key {
    fn of(words: &[&str]) -> Self {
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        Self(hasher.finish())
    }

    /// Of the last part, and the folder before it if one is named. `name` is in small letters.
    fn end(name: &str) -> Self {
        match name.rsplit_once('/') {
            Some((folders, last)) => {
                let folder = folders.rsplit('/').next().unwrap_or_default();
                Self::of(&[folder, last])
            }
            None => Self::of(&[name]),
        }
    }

    /// Of a page in a folder.
    fn within(folder: &str, stem: &str) -> Self {
        Self::of(&["", &folder.to_lowercase(), stem])
    }

    /// All that a document is filed under.
    fn all(document: &str) -> [Self; 3] {
        let stem = stem(document);
        let name = without_extension(document).to_lowercase();
        [Self::of(&[&stem]), Self::end(&name), Self::within(folder(document), &stem)]
    }
}

fn folder(document: &str) -> &str {
    document.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The order in which pages of one name are thought of.
fn order(document: &str) -> (usize, &str) {
    (document.len(), document)
}

impl Pages {
    /// Adds a document; one that is known already is passed over.
    pub fn add(&self, document: &Arc<str>) {
        for key in Key::all(document) {
            let mut known = self.0.entry(key).or_default();
            if let Err(at) = known.binary_search_by_key(&order(document), |one| order(one)) {
                known.insert(at, Arc::clone(document));
            }
        }
    }

    /// Takes a document out.
    pub fn remove(&self, document: &str) {
        for key in Key::all(document) {
            self.0.alter(&key, |_, mut known| {
                if let Ok(at) = known.binary_search_by_key(&order(document), |one| order(one)) {
                    known.remove(at);
                }
                known
            });
            self.0.remove_if(&key, |_, known| known.is_empty());
        }
    }

    /// The document that the page `name` is, seen from the document `from`: of those that it may
    /// be the one in the same folder, else the one with the shortest name. The cost does not grow with
    /// the pages of this name, but for those whose last folder is called the same.
    pub fn find(&self, from: &str, name: &str) -> Option<Arc<str>> {
        let here = folder(from);
        let wanted = without_extension(name.trim_start_matches('/')).to_lowercase();
        let is_named = |document: &str| {
            let document = without_extension(document).to_lowercase();
            document
                .strip_suffix(&wanted)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let first = |key, is_wanted: &dyn Fn(&str) -> bool| {
            let known = self
                .0
                .view(&key, |_, known| known.iter().find(|document| is_wanted(document)).cloned());
            known.flatten()
        };
        let near = first(Key::within(here, &stem(name)), &|document| {
            folder(document) == here && is_named(document)
        });
        near.or_else(|| first(Key::end(&wanted), &is_named))
    }
}

pub(super) fn stem(document: &str) -> String {
    let name = document.rsplit('/').next().unwrap_or(document);
    without_extension(name).to_lowercase()
}

/// `Part 1. The Dam` has no extension, whatever follows its dot.
fn without_extension(name: &str) -> &str {
    match Format::of_path(Path::new(name)) {
        Some(_) => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_by_name_the_nearest_first() {
        let pages = Pages::default();
        for document in ["a/Notes.md", "b/notes.md", "b/c/Part 1. The Dam.md", "index.html"] {
            pages.add(&Arc::from(document));
        }
        for (from, name, expected) in [
            ("b/x.md", "Notes", Some("b/notes.md")),
            ("x.md", "Notes", Some("a/Notes.md")),
            ("x.md", "b/notes", Some("b/notes.md")),
            ("x.md", "Part 1. The Dam", Some("b/c/Part 1. The Dam.md")),
            ("b/x.md", "index", Some("index.html")),
            ("b/x.md", "index.html", Some("index.html")),
            ("b/x.md", "c/Notes", None),
            ("b/x.md", "otes", None),
        ] {
            assert_eq!(pages.find(from, name).as_deref(), expected, "{name} from {from}");
        }
        // The folder that is named need not be the last but one of a path.
        pages.add(&Arc::from("d/b/c/e/Index.md"));
        assert_eq!(pages.find("x.md", "c/e/index").as_deref(), Some("d/b/c/e/Index.md"));
        pages.remove("b/notes.md");
        assert_eq!(pages.find("b/x.md", "Notes").as_deref(), Some("a/Notes.md"));
        for document in ["a/Notes.md", "b/c/Part 1. The Dam.md", "index.html", "d/b/c/e/Index.md"] {
            pages.remove(document);
        }
        assert!(pages.0.is_empty());
    }
}
