//! Renaming: a note or an anchor with all that points at it, a work with all that cite it, a name in
//! all its mentions.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::markup::AnchorKind;
use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{
    Lines, Position, PrepareRenameResponse, Range, TextEdit, WorkspaceEdit, uri_of,
};
use super::rename_name;
use super::snapshot::Snapshot;

/// What stands somewhere, and what is to stand there.
pub(super) type Replacements = Vec<(Span, String)>;

/// Replacements by document, which is told by its name in the index.
pub(super) type Edits = FxHashMap<Arc<str>, Replacements>;

/// What can be renamed at a place, and its present name.
pub(super) fn prepare(snapshot: &Snapshot, position: Position) -> Option<PrepareRenameResponse> {
    let at = snapshot.offset(position);
    let (range, placeholder) = key(snapshot, at)
        .or_else(|| label(snapshot, at))
        .or_else(|| rename_name::prepare(snapshot, at))?;
    Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// Renames what stands at a place.
///
/// # Errors
/// Why that cannot be done, for the one who asked.
pub(super) fn rename(
    snapshot: &Snapshot,
    position: Position,
    new: &str,
) -> Result<WorkspaceEdit, String> {
    let at = snapshot.offset(position);
    let new = new.trim();
    if new.is_empty() {
        return Err("a name cannot be empty".to_owned());
    }
    let edits = match (Citation::at(snapshot, at), Goal::at(snapshot, at)) {
        (Some(citation), _) => of_work(snapshot, &citation, new)?,
        (None, Some(goal)) => of_anchor(snapshot, &goal, new)?,
        (None, None) => rename_name::rename(snapshot, at, new)?,
    };
    Ok(workspace_edit(snapshot, edits))
}

/// The key of a work that is cited.
fn key(snapshot: &Snapshot, at: usize) -> Option<(Range, String)> {
    let citation = Citation::at(snapshot, at)?;
    Some((snapshot.lines().range(citation.span), citation.source.key))
}

/// The label of the anchor or pointer at a place.
fn label(snapshot: &Snapshot, at: usize) -> Option<(Range, String)> {
    let goal = Goal::at(snapshot, at)?;
    if goal.anchor().kind == AnchorKind::Heading {
        return None;
    }
    let document = &snapshot.analysis.document;
    let pointers = document.pointers.iter().map(|pointer| pointer.span);
    let span = pointers
        .chain(document.anchors.iter().map(|anchor| anchor.span))
        .find(|span| span.touches(at))?;
    let label = goal.anchor().label.clone();
    let inner = label_in(&snapshot.analysis.source, span, &label)?;
    Some((snapshot.lines().range(inner), label))
}

/// Where a label stands in a pointer or an anchor as written: `3` in `[3]`, `n3` in
/// `notes.html#n3`.
pub(super) fn label_in(source: &str, span: Span, label: &str) -> Option<Span> {
    let start = span.start + span.of(source).rfind(label)?;
    Some(Span::new(start, start + label.len()))
}

/// The key in the bibliography and wherever the work is cited.
fn of_work(snapshot: &Snapshot, citation: &Citation, new: &str) -> Result<Edits, String> {
    let is_key = |c: char| c.is_alphanumeric() || ":.#$%&-+?<>~/_".contains(c);
    let has_ends = [new.chars().next(), new.chars().next_back()];
    let is_whole = has_ends.into_iter().flatten().all(|c| c.is_alphanumeric() || c == '_');
    if !is_whole || !new.chars().all(is_key) {
        return Err(format!("“{new}” cannot be a key: it has a sign that ends one"));
    }
    if citation.bibliography.get(new).is_some() {
        return Err(format!("there is a “{new}” already"));
    }
    let mut edits: Edits = citation
        .uses(snapshot)
        .into_iter()
        .map(|(document, spans)| {
            (document, spans.into_iter().map(|span| (span, new.to_owned())).collect())
        })
        .collect();
    let entry = vec![(citation.source.span, new.to_owned())];
    edits.insert(Arc::from(citation.path.to_string_lossy()), entry);
    Ok(edits)
}

fn of_anchor(snapshot: &Snapshot, goal: &Goal, new: &str) -> Result<Edits, String> {
    let anchor = goal.anchor();
    let old = anchor.label.as_str();
    if anchor.kind == AnchorKind::Heading {
        return Err("a heading is named by its own words: change those".to_owned());
    }
    if new.contains(|c: char| {
        c.is_whitespace() || matches!(c, '#' | '"' | '\'' | '<' | '>' | '&' | '[' | ']')
    }) {
        return Err(format!("“{new}” cannot name a place: it has a space or a sign of markup"));
    }
    let is_taken = goal.analysis.document.anchors.iter().any(|other| {
        other.label == new && other.scope == anchor.scope && other.kind == anchor.kind
    });
    if is_taken {
        return Err(format!("there is a “{new}” already"));
    }
    let mut edits = Edits::default();
    let mut places = goal.uses(snapshot);
    places.push((Arc::clone(&goal.document), vec![anchor.span]));
    for (document, spans) in places {
        let Some(text) = snapshot.text_of(&document) else {
            return Err(format!("{document} cannot be read"));
        };
        for span in spans {
            let inner = label_in(&text, span, old).ok_or_else(|| {
                format!(
                    "“{}” in {document} is written in a way that cannot be renamed",
                    span.of(&text)
                )
            })?;
            edits.entry(Arc::clone(&document)).or_default().push((inner, new.to_owned()));
        }
    }
    Ok(edits)
}

pub(super) fn workspace_edit(snapshot: &Snapshot, edits: Edits) -> WorkspaceEdit {
    let mut changes = HashMap::new();
    for (document, mut replacements) in edits {
        replacements.sort();
        replacements.dedup();
        if document == snapshot.name {
            changes.insert(snapshot.uri.clone(), text_edits(&snapshot.lines(), replacements));
            continue;
        }
        let path = std::path::Path::new(&*document);
        let (Some(uri), Some(text)) = (uri_of(path), snapshot.text_of(&document)) else {
            continue;
        };
        let index = crate::text::LineIndex::of(&text);
        let lines = Lines { text: &text, index: &index, encoding: snapshot.encoding };
        changes.insert(uri, text_edits(&lines, replacements));
    }
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

fn text_edits(lines: &Lines<'_>, replacements: Replacements) -> Vec<TextEdit> {
    let edits = replacements.into_iter();
    edits.map(|(span, new_text)| TextEdit { range: lines.range(span), new_text }).collect()
}
