//! Pages by name: what wiki links lead to.

use std::path::Path;
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use crate::markup::Format;

/// Documents by the last part of their name, without its extension and in small letters.
#[derive(Debug, Default)]
pub struct Pages(DashMap<String, SmallVec<[Arc<str>; 1]>, FxBuildHasher>);

impl Pages {
    /// Adds a document; one that is known already is passed over.
    pub fn add(&self, document: &Arc<str>) {
        let mut known = self.0.entry(stem(document)).or_default();
        if !known.contains(document) {
            known.push(Arc::clone(document));
        }
    }

    /// Takes a document out.
    pub fn remove(&self, document: &str) {
        self.0.alter(&stem(document), |_, mut known| {
            known.retain(|one| **one != *document);
            known
        });
    }

    /// The document that the page `name` is, seen from the document `from`: of those that it may
    /// be the one in the same folder, else the one with the shortest name.
    pub fn find(&self, from: &str, name: &str) -> Option<Arc<str>> {
        let folder = Path::new(from).parent();
        let wanted = without_extension(name.trim_start_matches('/')).to_lowercase();
        let is_named = |document: &str| {
            let document = without_extension(document).to_lowercase();
            document
                .strip_suffix(&wanted)
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        self.0.view(&stem(name), |_, known| {
            let named = known.iter().filter(|document| is_named(document));
            let nearest = named.min_by_key(|document| {
                let is_near = Path::new(&***document).parent() == folder;
                (!is_near, document.len(), Arc::clone(document))
            });
            nearest.cloned()
        })?
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
        pages.remove("b/notes.md");
        assert_eq!(pages.find("b/x.md", "Notes").as_deref(), Some("a/Notes.md"));
    }
}
