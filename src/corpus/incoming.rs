//! Which documents link to which: the way back from a document to those that point into it.

use std::path::Path;
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::markup::PointerKind;
use crate::text::Span;

use super::links::normal;
use super::pages::stem;
use super::{CorpusIndex, Destination, DocumentFacts, LinkFact};

/// A link, and the label in the document that it leads to, if it leads to one.
pub type LinkInto = (LinkFact, Option<Span>);

/// Documents by what their links name: a path from where the corpus was read, or the name of a page.
#[derive(Debug, Default)]
pub(super) struct Incoming(DashMap<Wanted, FxHashSet<Arc<str>>, FxBuildHasher>);

/// What a link names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Path(Box<str>),
    /// By the last part of its name; see [`stem`].
    Page(Box<str>),
}

impl Incoming {
    /// Puts the links that a document has now in the place of those that it had. Linear in them.
    pub(super) fn replace(&self, from: &Arc<str>, before: &[LinkFact], now: &[LinkFact]) {
        let is_same =
            |(one, other): (&LinkFact, &LinkFact)| one.kind == other.kind && one.path == other.path;
        if before.len() == now.len() && before.iter().zip(now).all(is_same) {
            return;
        }
        let (before, now) = (wanted(from, before), wanted(from, now));
        for gone in before.difference(&now) {
            self.0.alter(gone, |_, mut documents| {
                documents.remove(from);
                documents
            });
            self.0.remove_if(gone, |_, documents| documents.is_empty());
        }
        for new in now.difference(&before) {
            self.0.entry(new.clone()).or_default().insert(Arc::clone(from));
        }
    }

    /// The documents that may have a link into `document`, in order.
    fn of(&self, document: &str) -> Vec<Arc<str>> {
        let by_path = Wanted::Path(normal(Path::new(document)).to_string_lossy().into());
        let by_name = Wanted::Page(stem(document).into());
        let mut found: Vec<Arc<str>> = [by_path, by_name]
            .iter()
            .filter_map(|wanted| self.0.view(wanted, |_, documents| documents.clone()))
            .flatten()
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

fn wanted(from: &str, links: &[LinkFact]) -> FxHashSet<Wanted> {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let into_files = links.iter().filter(|link| !link.path.is_empty());
    into_files
        .map(|link| match link.kind {
            PointerKind::Page => Wanted::Page(stem(&link.path).into()),
            _ => Wanted::Path(normal(&folder.join(&*link.path)).to_string_lossy().into()),
        })
        .collect()
}

impl CorpusIndex {
    /// The documents that link into `document`, with these links. Linear in the links of these
    /// documents, whatever the size of the corpus.
    pub fn links_into(&self, document: &str) -> Vec<(Arc<str>, Vec<LinkInto>)> {
        let near = self.incoming.of(document).into_iter();
        let links = near.filter_map(|name| {
            let facts = self.facts(&name)?;
            let links = self.leading_to(document, &name, &facts);
            (!links.is_empty()).then_some((name, links))
        });
        links.collect()
    }

    fn leading_to(&self, document: &str, from: &str, facts: &DocumentFacts) -> Vec<LinkInto> {
        let name = Path::new(document).file_name();
        // Most of a document's links lead to others, and where they lead need not be looked for.
        let is_near = |link: &&LinkFact| {
            link.kind == PointerKind::Page || Path::new(&*link.path).file_name() == name
        };
        let links = facts.links.iter().filter(is_near);
        links
            .filter_map(|link| match self.destination(from, link) {
                Destination::Document { name, span } if *name == *document => {
                    Some((link.clone(), span))
                }
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Settings, analyse};
    use crate::markup::Format;

    /// The documents that link into one, with the places that they lead to.
    fn shown(index: &CorpusIndex, document: &str) -> Vec<String> {
        let into = index.links_into(document);
        let show = |(name, links): &(Arc<str>, Vec<LinkInto>)| {
            let labels = links.iter().map(|(link, span)| {
                let label = link.fragment.as_deref().unwrap_or("");
                format!("{label}{}", if span.is_some() { "!" } else { "" })
            });
            format!("{name}: {}", labels.collect::<Vec<_>>().join(" "))
        };
        into.iter().map(show).collect()
    }

    #[test]
    fn links_are_found_from_where_they_lead_and_go_with_their_text() {
        let index = CorpusIndex::default();
        let add = |name: &str, source: &str| {
            let format = Format::of_path(Path::new(name)).expect("a format");
            let analysis = analyse(Arc::from(source), format, &Settings::default());
            index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
        };
        add("book/notes.html", "<p id='n1'>One</p><p id='n2'>Two</p>");
        add("book/a.html", "<p><a href='notes.html#n1'>1</a> <a href='b.html'>b</a></p>");
        add(
            "book/deep/b.html",
            "<p><a href='../notes.html#n2'>2</a> <a href='../notes.html'>x</a></p>",
        );
        add("c.md", "See [[Notes]] and [all](book/notes.html).\n");
        add("other/a.html", "<p><a href='notes.html#n1'>another</a></p>");
        assert_eq!(
            shown(&index, "book/notes.html"),
            ["book/a.html: n1!", "book/deep/b.html: n2! ", "c.md:  "]
        );
        add("book/a.html", "<p>No more.</p>");
        index.remove("book/deep/b.html");
        assert_eq!(shown(&index, "book/notes.html"), ["c.md:  "]);
        add("c.md", "Nor here.\n");
        assert_eq!(shown(&index, "book/notes.html"), [""; 0]);
        assert_eq!(index.incoming.0.len(), 1, "only that of other/a.html is left");
    }
}
