//! Texts of documents that others speak of, with their lines: what was found in one document
//! may name places in another, at every keystroke.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::corpus::DocumentFacts;
use crate::text::{LineIndex, PositionEncoding, Span};

use super::proto::{Lines, Range};

/// As many are kept: more than the findings of a document that has many point to.
const MOST: usize = 1024;

/// And as many bytes of text.
const MOST_BYTES: usize = 16 << 20;

/// A text with its lines.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) text: Arc<str>,
    pub(super) lines: Arc<LineIndex>,
}

impl Page {
    pub(super) fn of(text: Arc<str>) -> Self {
        let lines = Arc::new(LineIndex::of(&text));
        Self { text, lines }
    }

    /// Where a span of the text is; `None` if the text has no such place.
    pub(super) fn range(&self, span: Span, encoding: PositionEncoding) -> Option<Range> {
        let lines = Lines { text: &self.text, index: &self.lines, encoding };
        self.text.get(span.range()).map(|_| lines.range(span))
    }
}

#[derive(Debug)]
struct Kept {
    /// When it was last asked for.
    last: u64,
    /// What was known of the document when it was read: when it is read anew, so is the page.
    facts: Option<Arc<DocumentFacts>>,
    page: Page,
}

/// The texts that were last asked for.
#[derive(Debug, Default)]
pub(super) struct Pages(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    pages: FxHashMap<Arc<str>, Kept>,
    /// How often something was asked for.
    now: u64,
    bytes: usize,
}

impl Shelf {
    fn put(&mut self, document: Arc<str>, kept: Kept) {
        self.bytes += kept.page.text.len();
        let before = self.pages.insert(document, kept);
        self.bytes -= before.map_or(0, |before| before.page.text.len());
        if self.pages.len() > MOST || self.bytes > MOST_BYTES {
            self.make_room();
        }
    }

    /// Takes out what was not asked for for longest, and somewhat more than must be, so that this is
    /// seldom done.
    fn make_room(&mut self) {
        let mut by_age: Vec<(u64, Arc<str>)> =
            self.pages.iter().map(|(document, kept)| (kept.last, Arc::clone(document))).collect();
        by_age.sort_unstable();
        for (_, document) in by_age {
            if self.pages.len() <= MOST * 7 / 8 && self.bytes <= MOST_BYTES {
                return;
            }
            let taken = self.pages.remove(&document);
            self.bytes -= taken.map_or(0, |taken| taken.page.text.len());
        }
    }
}

impl Pages {
    /// The page of a document of which the index has these facts; `read` gives its text.
    pub(super) fn get(
        &self,
        document: &str,
        facts: Option<Arc<DocumentFacts>>,
        read: impl FnOnce() -> Option<Arc<str>>,
    ) -> Option<Page> {
        let is_same = |kept: &Kept| match (&kept.facts, &facts) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            // Of a file that the index does not have nothing tells when it changes.
            _ => false,
        };
        {
            let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            shelf.now += 1;
            let now = shelf.now;
            if let Some(kept) = shelf.pages.get_mut(document).filter(|kept| is_same(kept)) {
                kept.last = now;
                return Some(kept.page.clone());
            }
        }
        let page = Page::of(read()?);
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = Kept { last: shelf.now, facts, page: page.clone() };
        shelf.put(Arc::from(document), kept);
        Some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_again_when_the_document_was() {
        let pages = Pages::default();
        let facts: Arc<DocumentFacts> = Arc::default();
        let text = |text: &str| Some(Arc::<str>::from(text));
        let get = |facts: &Arc<DocumentFacts>, new: &str| {
            let page = pages.get("a.txt", Some(Arc::clone(facts)), || text(new));
            page.expect("a page").text.to_string()
        };
        assert_eq!(get(&facts, "one"), "one");
        assert_eq!(get(&facts, "two"), "one");
        assert_eq!(get(&Arc::default(), "two"), "two");
        assert!(pages.get("b.txt", None, || None).is_none());
        for number in 0..2 * MOST {
            pages.get(&format!("{number}"), Some(Arc::clone(&facts)), || text("so"));
        }
        assert_eq!(get(&facts, "three"), "three", "not kept for ever");
        pages.get("large.txt", Some(Arc::clone(&facts)), || text(&"-".repeat(MOST_BYTES)));
        assert_eq!(get(&facts, "four"), "four", "nor beside large ones");
    }
}
