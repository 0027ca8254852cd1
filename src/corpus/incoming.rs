//! Which documents link to which: the way back from a document to those that point into it.

use std::path::Path;
use std::sync::Arc;

use dashmap::DashMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use crate::markup::PointerKind;
use crate::text::Span;

use super::links::{is_folder_page, normal};
use super::pages::stem;
use super::{CorpusIndex, Destination, DocumentFacts, LinkFact};

/// A link, and the label in the document that it leads to, if it leads to one.
pub type LinkInto = (LinkFact, Option<Span>);

/// What is linked to by what links name: a path from where the corpus was read, or the name of a page.
#[derive(Debug, Default)]
pub(super) struct Incoming(DashMap<Wanted, Uses, FxBuildHasher>);

/// What a link names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Path(Box<str>),
    /// By the last part of its name; see [`stem`].
    Page(Box<str>),
}

/// The links that name something.
#[derive(Clone, Debug, Default)]
struct Uses {
    /// The documents that have any.
    documents: FxHashSet<Arc<str>>,
    /// How many of these name each place: what does not care where the links stand must not cost more
    /// the more there are.
    places: FxHashMap<Place, u32>,
}

/// The place in it that a link names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    fragment: Box<str>,
    /// Which of the pages of one name is meant depends on what is written, and on the folder that it
    /// is written in.
    page: Option<(Box<str>, Box<str>)>,
}

/// What a document has links to: a file or a page, and what places in it.
type Named = FxHashMap<Wanted, FxHashSet<Place>>;

impl Incoming {
    /// Puts the links that a document has now in the place of those that it had. Linear in them.
    pub(super) fn replace(&self, from: &Arc<str>, before: &[LinkFact], now: &[LinkFact]) {
        let is_same = |(one, other): (&LinkFact, &LinkFact)| {
            one.kind == other.kind && one.path == other.path && one.fragment == other.fragment
        };
        if before.len() == now.len() && before.iter().zip(now).all(is_same) {
            return;
        }
        let (before, now) = (named(from, before), named(from, now));
        let none = FxHashSet::default();
        for (gone, places) in &before {
            let left = now.get(gone);
            self.0.alter(gone, |_, mut uses| {
                for place in places.difference(left.unwrap_or(&none)) {
                    uses.leave(place);
                }
                if left.is_none() {
                    uses.documents.remove(from);
                }
                uses
            });
            self.0.remove_if(gone, |_, uses| uses.documents.is_empty());
        }
        for (new, places) in now {
            let known = before.get(&new);
            let mut uses = self.0.entry(new).or_default();
            if known.is_none() {
                uses.documents.insert(Arc::clone(from));
            }
            for place in places {
                if known.is_none_or(|known| !known.contains(&place)) {
                    *uses.places.entry(place).or_insert(0) += 1;
                }
            }
        }
    }

    /// The documents that may have a link into `document`, in order.
    fn of(&self, document: &str) -> Vec<Arc<str>> {
        let mut found: Vec<Arc<str>> = wanted_of(document)
            .iter()
            .filter_map(|wanted| self.0.view(wanted, |_, uses| uses.documents.clone()))
            .flatten()
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The places that links name which may lead into `document`, each once.
    fn places(&self, document: &str) -> Vec<Place> {
        let all = wanted_of(document);
        let places = all.iter().filter_map(|wanted| {
            self.0.view(wanted, |_, uses| uses.places.keys().cloned().collect::<Vec<_>>())
        });
        places.flatten().collect()
    }
}

impl Uses {
    /// One document less names the place.
    fn leave(&mut self, place: &Place) {
        if let Some(count) = self.places.get_mut(place) {
            *count -= 1;
            if *count == 0 {
                self.places.remove(place);
            }
        }
    }
}

/// What links into a document name.
fn wanted_of(document: &str) -> SmallVec<[Wanted; 3]> {
    let path = normal(Path::new(document));
    let of_path = |path: &Path| Wanted::Path(path.to_string_lossy().into());
    let by_folder = path.parent().filter(|_| is_folder_page(&path)).map(of_path);
    let mut wanted = smallvec![of_path(&path), Wanted::Page(stem(document).into())];
    wanted.extend(by_folder);
    wanted
}

fn named(from: &str, links: &[LinkFact]) -> Named {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let mut named = Named::default();
    for link in links.iter().filter(|link| !link.path.is_empty()) {
        let (wanted, page) = match link.kind {
            PointerKind::Page => {
                let page = (folder.to_string_lossy().into(), link.path.clone());
                (Wanted::Page(stem(&link.path).into()), Some(page))
            }
            _ => {
                let path = normal(&folder.join(&*link.path)).to_string_lossy().into();
                (Wanted::Path(path), None)
            }
        };
        let places = named.entry(wanted).or_default();
        places.extend(link.fragment.clone().map(|fragment| Place { fragment, page }));
    }
    named
}

impl CorpusIndex {
    /// The places of `document` that links of other documents, or of its own by its name, lead to.
    /// Linear in the different places that they name, however many links there are.
    pub fn places_linked_to(&self, document: &str, facts: &DocumentFacts) -> FxHashSet<Span> {
        let leads_here = |place: &Place| {
            let Some((folder, path)) = &place.page else {
                return true;
            };
            let page = LinkFact::to_page(path, &place.fragment);
            // Which page is meant the folder tells, whatever document of it the link stands in.
            let from = Path::new(&**folder).join("_");
            let destination = self.destination(&from.to_string_lossy(), &page);
            matches!(destination, Destination::Document { name, .. } if *name == *document)
        };
        let places = self.incoming.places(document).into_iter();
        let here = places.filter_map(|place| {
            let anchor = facts.anchor(&place.fragment)?;
            leads_here(&place).then(|| anchor.span())
        });
        here.collect()
    }

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
        let is_of_folder = is_folder_page(Path::new(document));
        // Most of a document's links lead to others, and where they lead need not be looked for.
        let is_near = |link: &&LinkFact| {
            link.kind == PointerKind::Page
                || is_of_folder
                || Path::new(&*link.path).file_name() == name
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
    use proptest::prelude::*;

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

    /// Pages that come, change and go, with links to each other by path and by name.
    fn versions() -> impl Strategy<Value = Vec<(&'static str, Option<Vec<&'static str>>)>> {
        let name = prop::sample::select(vec!["a/x.md", "b/x.md", "b/c/x.md", "x.md", "b/y.md"]);
        let line = prop::sample::select(vec![
            "# One\n",
            "# Two\n",
            "See [[x#one]].\n",
            "See [[X#Two]] and [[x]].\n",
            "See [[c/x#one]].\n",
            "See [[b/y#one]] and [[b/x#two]].\n",
            "See [there](../b/x.md#one).\n",
            "See [there](x.md#two) and [there](x.md#nowhere).\n",
            "See [there](../a/./x.md) and [there](../b/y.md#two).\n",
        ]);
        let version = prop::option::weighted(0.85, prop::collection::vec(line, 0..5));
        prop::collection::vec((name, version), 1..20)
    }

    proptest! {
        #[test]
        fn the_places_that_links_name_are_those_to_which_they_lead(versions in versions()) {
            let index = CorpusIndex::default();
            for (name, version) in versions {
                let Some(lines) = version else {
                    index.remove(name);
                    continue;
                };
                let source = Arc::from(lines.join("\n"));
                let analysis = analyse(source, Format::Markdown, &Settings::default());
                index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
            }
            for (name, facts) in index.documents() {
                let into = index.links_into(&name);
                let links = into.iter().flat_map(|(_, links)| links);
                let labels: FxHashSet<Span> = links.filter_map(|(_, label)| *label).collect();
                prop_assert_eq!(index.places_linked_to(&name, &facts), labels, "{}", name);
                index.remove(&name);
            }
            prop_assert!(index.incoming.0.is_empty());
        }
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
        let linked = |document: &str| {
            let facts = index.facts(document).expect("a document");
            index.places_linked_to(document, &facts).len()
        };
        assert_eq!(linked("book/notes.html"), 2);
        add("c.md", "See [[Notes#n1]] and [all](book/notes.html#nowhere).\n");
        add("book/a.html", "<p><a href='notes.html'>1</a></p>");
        assert_eq!(linked("book/notes.html"), 2, "one by a page, one by a path");
        add("notes.md", "A page of this name that is nearer.\n");
        assert_eq!(linked("book/notes.html"), 1);
        index.remove("notes.md");
        add("c.md", "See [[Notes]] and [all](book/notes.html).\n");
        assert_eq!(linked("book/notes.html"), 1);
        add("book/a.html", "<p>No more.</p>");
        index.remove("book/deep/b.html");
        assert_eq!(linked("book/notes.html"), 0);
        assert_eq!(shown(&index, "book/notes.html"), ["c.md:  "]);
        add("c.md", "Nor here.\n");
        assert_eq!(shown(&index, "book/notes.html"), [""; 0]);
        assert_eq!(index.incoming.0.len(), 1, "only that of other/a.html is left");
    }
}
