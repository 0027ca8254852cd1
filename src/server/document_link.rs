//! Links that can be followed with a click, note markers among them.

use std::path::Path;

use crate::corpus::Destination;
use crate::markup::PointerKind;
use crate::references::{self, Target};

use super::proto::{DocumentLink, Uri, uri_of};
use super::snapshot::Snapshot;

pub(super) fn document_link(snapshot: &Snapshot) -> Vec<DocumentLink> {
    let lines = snapshot.lines();
    let link = |span, target: Uri, tooltip: Option<String>| DocumentLink {
        range: lines.range(span),
        target: Some(target),
        tooltip: tooltip.filter(|_| snapshot.corpus.client.explains_links),
        data: None,
    };
    let pointers = snapshot.analysis.document.pointers.iter();
    let outside = pointers.filter_map(|pointer| {
        let is_web = matches!(pointer.kind, PointerKind::Link | PointerKind::Figure)
            && references::target(&pointer.target, pointer.kind) == Target::Outside;
        let target = is_web.then(|| pointer.target.trim().parse().ok())??;
        Some(link(pointer.span, target, None))
    });
    let inside = snapshot.facts.links.iter().filter_map(|one| {
        match snapshot.index.destination(&snapshot.name, one) {
            Destination::Document { name, span } => {
                let target = uri_of(Path::new(&*name))?;
                let place = span.and_then(|span| snapshot.locations(&name, &[span]).pop());
                // Editors take a line's number for the fragment of a file.
                let target = match place {
                    Some(place) => {
                        let line = place.range.start.line + 1;
                        format!("{}#L{line}", target.as_str()).parse().ok()?
                    }
                    None => target,
                };
                Some(link(one.span(), target, one.fragment.as_deref().map(str::to_owned)))
            }
            Destination::File(path) => Some(link(one.span(), uri_of(&path)?, None)),
            _ => None,
        }
    });
    let pointers = snapshot.analysis.document.pointers.iter().enumerate();
    let own = pointers.filter_map(|(number, pointer)| {
        let target = snapshot.analysis.references.target(number)?;
        let place = snapshot.analysis.document.anchors[target].span;
        let line = lines.range(place).start.line + 1;
        let target = format!("{}#L{line}", snapshot.uri.as_str()).parse().ok()?;
        Some(link(pointer.span, target, None))
    });
    let mut links: Vec<_> = outside.chain(inside).chain(own).collect();
    links.sort_by_key(|link| (link.range.start.line, link.range.start.character));
    links
}
