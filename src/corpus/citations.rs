//! Works that documents cite: which entry of which bibliography a key names.

use std::path::PathBuf;
use std::sync::Arc;

use crate::markup::PointerKind;
use crate::references::{Bibliography, Form};
use crate::text::Span;

use super::{CorpusIndex, Destination, DocumentFacts, LinkFact};

/// What a citation's key names.
#[derive(Clone, Debug)]
pub enum Cited {
    /// A work in a file that the document declares.
    Source {
        /// The file.
        path: PathBuf,
        /// All its works.
        bibliography: Arc<Bibliography>,
        /// Where the key stands in it.
        span: Span,
    },
    /// No work in all the bibliographies that the document declares.
    Nothing,
    /// A bibliography could not be read, or lies on the web: nobody can tell.
    Open,
}

impl CorpusIndex {
    /// What a key names that `document` cites and does not list itself.
    pub fn cited(&self, document: &str, facts: &DocumentFacts, key: &str) -> Cited {
        let mut is_open = false;
        for (path, bibliography) in self.bibliographies(document, facts) {
            let Some(bibliography) = bibliography else {
                is_open = true;
                continue;
            };
            if let Some(source) = bibliography.get(key) {
                let span = source.span;
                return Cited::Source { path, bibliography, span };
            }
        }
        if is_open { Cited::Open } else { Cited::Nothing }
    }

    /// The bibliographies that a document declares, in its order; `None` for one that cannot be
    /// read.
    pub fn bibliographies(
        &self,
        document: &str,
        facts: &DocumentFacts,
    ) -> Vec<(PathBuf, Option<Arc<Bibliography>>)> {
        let declared = facts.links.iter().filter(|link| link.kind == PointerKind::Bibliography);
        declared.map(|link| self.bibliography(document, link)).collect()
    }

    fn bibliography(
        &self,
        document: &str,
        link: &LinkFact,
    ) -> (PathBuf, Option<Arc<Bibliography>>) {
        let path = match self.destination(document, link) {
            Destination::File(path) => path,
            Destination::Document { name, .. } => PathBuf::from(&*name),
            _ => return (PathBuf::from(&*link.path), None),
        };
        let is_known = Form::of_path(&path).is_some();
        let around = self.surroundings.as_deref().filter(|_| is_known);
        let read = around.and_then(|around| around.bibliography(&path));
        (path, read)
    }
}
