//! Bases of relative pointers: `<base href>` and `xml:base`.

use rustc_hash::FxHashSet;

use super::super::{Document, Pointer};

/// Pointers that a base speaks of, by their numbers in [`Document::pointers`].
#[derive(Debug, Default)]
pub(in crate::markup) struct Bases {
    /// The bases, in the order of their first pointer.
    bases: Vec<String>,
    /// A pointer and its base.
    pointers: Vec<(usize, usize)>,
}

impl Bases {
    /// Whether a base speaks of any pointer.
    pub(in crate::markup) fn has_any(&self) -> bool {
        !self.pointers.is_empty()
    }

    /// Pointers from number `from` up to `to` are relative to `base`.
    pub(in crate::markup) fn add(&mut self, base: &str, from: usize, to: usize) {
        if from == to {
            return;
        }
        if self.bases.last().is_none_or(|last| last != base) {
            self.bases.push(base.to_owned());
        }
        let number = self.bases.len() - 1;
        self.pointers.extend((from..to).map(|pointer| (pointer, number)));
    }

    /// Makes the pointers relative to the document. A pointer to a place that the document
    /// itself has stays: so do browsers' users and editions read it, whatever the base.
    pub(in crate::markup) fn apply(&self, document: &mut Document) {
        if self.pointers.is_empty() {
            return;
        }
        let own: FxHashSet<&str> =
            document.anchors.iter().map(|anchor| anchor.label.as_str()).collect();
        for &(index, base) in &self.pointers {
            let base = &self.bases[base];
            let Pointer { target, .. } = &mut document.pointers[index];
            let is_own = target.strip_prefix('#').is_some_and(|id| own.contains(id));
            if !is_own && let Some(joined) = join(base, target) {
                *target = joined;
            }
        }
    }
}

/// A relative reference behind its base (RFC 3986, section 5.2, without taking out `..`);
/// `None` where the base says nothing of it.
pub(in crate::markup) fn join(base: &str, target: &str) -> Option<String> {
    let base = base.trim().split(['#', '?']).next().unwrap_or("");
    if base.is_empty() || target.is_empty() || target.starts_with('/') || has_scheme(target) {
        return None;
    }
    if target.starts_with(['#', '?']) {
        // A page on the web is not at hand; that it has the place is all that can be meant.
        return (!has_scheme(base) && !base.ends_with('/')).then(|| format!("{base}{target}"));
    }
    let folder = base.rfind('/').map_or("", |slash| &base[..=slash]);
    Some(format!("{folder}{target}"))
}

fn has_scheme(text: &str) -> bool {
    let scheme = text.split(':').next().filter(|scheme| scheme.len() < text.len());
    scheme.is_some_and(|scheme| scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_joined_to_their_base() {
        for (base, target, expected) in [
            ("texts/", "a.html#x", Some("texts/a.html#x")),
            ("texts/a.html", "b.html", Some("texts/b.html")),
            ("a.html", "b.html", Some("b.html")),
            ("texts/a.xml", "#x", Some("texts/a.xml#x")),
            ("texts/", "#x", None),
            ("https://example.org/a/", "b.html", Some("https://example.org/a/b.html")),
            ("https://example.org/a/", "#x", None),
            ("texts/", "https://example.org/", None),
            ("texts/", "/b.html", None),
        ] {
            assert_eq!(join(base, target).as_deref(), expected, "{base} {target}");
        }
    }
}
