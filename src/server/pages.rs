//! Texts of documents that others speak of, with their lines: what was found in one document
//! may name places in another, at every keystroke.

use std::sync::{Arc, Mutex, PoisonError};

use crate::corpus::DocumentFacts;
use crate::text::LineIndex;

/// As many are kept: more than the findings of a document that has many point to.
const MOST: usize = 256;

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
}

#[derive(Debug)]
struct Kept {
    document: Arc<str>,
    /// What was known of the document when it was read: when it is read anew, so is the page.
    facts: Option<Arc<DocumentFacts>>,
    page: Page,
}

/// The texts that were last asked for.
#[derive(Debug, Default)]
pub(super) struct Pages(Mutex<Vec<Kept>>);

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
            let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = pages.iter().position(|kept| *kept.document == *document) {
                let kept = pages.remove(at);
                if is_same(&kept) {
                    let page = kept.page.clone();
                    pages.push(kept);
                    return Some(page);
                }
            }
        }
        let page = Page::of(read()?);
        let kept = Kept { document: Arc::from(document), facts, page: page.clone() };
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.push(kept);
        let mut bytes = 0;
        let newest = pages.iter().rev().take(MOST).take_while(|kept| {
            bytes += kept.page.text.len();
            bytes <= MOST_BYTES
        });
        let old = pages.len() - newest.count();
        pages.drain(..old);
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
