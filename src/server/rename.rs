//! Renaming: a note or an anchor with all that points at it, a work with all that cite it, a name in
//! all its mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::markup::{self, Anchor, AnchorKind, Format};
use crate::references;
use crate::text::Span;

use super::citation::Citation;
use super::goal::Goal;
use super::proto::{Position, PrepareRenameResponse, WorkspaceEdit};
use super::rename_name;
use super::snapshot::Snapshot;
use super::who;
use super::will_rename_files::encoded;
use super::workspace_edit::{Edits, workspace_edit};

/// What stands at a place and has a name.
enum Named {
    Work(Citation),
    Anchor(Goal),
    /// Somebody, or nothing.
    Mention,
}

impl Named {
    fn at(snapshot: &Snapshot, at: usize) -> Self {
        if let Some(citation) = Citation::at(snapshot, at) {
            return Self::Work(citation);
        }
        match Goal::at(snapshot, at) {
            // Nobody writes the name of a heading but with its words, of which one may be a figure's.
            Some(goal)
                if is_of_heading(&goal)
                    && goal.document == snapshot.name
                    && goal.anchor().span.touches(at)
                    && rename_name::is_figure(snapshot, at) =>
            {
                Self::Mention
            }
            // The name inside of an element that points to an entry is no id.
            Some(_) if !has_label(snapshot, at) => Self::Mention,
            Some(goal) => Self::Anchor(goal),
            None => Self::Mention,
        }
    }
}

/// What can be renamed at a place, and its present name; `None` if nothing there has one.
///
/// # Errors
/// Why what stands there cannot be renamed.
pub(super) fn prepare(
    snapshot: &Snapshot,
    position: Position,
) -> Result<Option<PrepareRenameResponse>, String> {
    let at = snapshot.offset(position);
    let found = match Named::at(snapshot, at) {
        Named::Work(citation) => Some((citation.span, citation.source.key)),
        Named::Anchor(goal) => {
            places(snapshot, &goal)?;
            label(snapshot, at, &goal)
        }
        Named::Mention => rename_name::prepare(snapshot, at)?,
    };
    Ok(found.map(|(span, placeholder)| {
        let range = snapshot.lines().range(span);
        PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }
    }))
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
    if new.contains(char::is_control) {
        return Err("a name cannot go over the end of a line".to_owned());
    }
    let edits = match Named::at(snapshot, at) {
        Named::Work(citation) => of_work(snapshot, &citation, new)?,
        Named::Anchor(goal) => of_anchor(snapshot, &goal, new)?,
        Named::Mention => rename_name::rename(snapshot, at, new)?,
    };
    Ok(workspace_edit(&snapshot.corpus, edits))
}

/// Whether an anchor or a pointer is written at a place, or words that name one: ‘see chapter IV’.
fn has_label(snapshot: &Snapshot, at: usize) -> bool {
    let analysis = &snapshot.analysis;
    let pointers = analysis.document.pointers.iter().map(|pointer| pointer.span);
    let anchors = analysis.document.anchors.iter().map(|anchor| anchor.span);
    let crossings = analysis.references.crossings.iter().map(|crossing| crossing.span);
    pointers.chain(anchors).chain(crossings).any(|span| span.touches(at))
}

/// The label of the anchor or pointer at a place, as it is written there.
fn label(snapshot: &Snapshot, at: usize, goal: &Goal) -> Option<(Span, String)> {
    let document = &snapshot.analysis.document;
    let pointers = document.pointers.iter().map(|pointer| pointer.span);
    let span = pointers
        .chain(document.anchors.iter().map(|anchor| anchor.span))
        .filter(|span| span.touches(at))
        .min_by_key(|span| span.len())?;
    let label = goal.anchor().label.clone();
    let source = &snapshot.analysis.source;
    let is_elsewhere = markup::written_at(source, document.format, span).is_some();
    let inner = if is_elsewhere { span } else { label_in(source, span, &label)? };
    Some((inner, label))
}

/// Whether an anchor is a heading, or the id that is made of its words.
fn is_of_heading(goal: &Goal) -> bool {
    let Anchor { span, label, .. } = goal.anchor();
    let source = &goal.analysis.source;
    // `{#label}` behind the words is a name of its own.
    let has_own =
        label_in(source, *span, label).is_some_and(|label| source[..label.start].ends_with('#'));
    let mut anchors = goal.analysis.document.anchors.iter();
    !has_own && anchors.any(|other| other.kind == AnchorKind::Heading && other.span == *span)
}

/// Spans by the document that they stand in.
type Places = Vec<(Arc<str>, Vec<Span>)>;

/// Where the label of an anchor is written, by document.
///
/// # Errors
/// Why it cannot be written otherwise.
fn places(snapshot: &Snapshot, goal: &Goal) -> Result<Places, String> {
    let anchor = goal.anchor();
    if is_of_heading(goal) {
        return Err("a heading is named by its own words: change those".to_owned());
    }
    let own = (Arc::clone(&goal.document), vec![anchor.span]);
    // An entry is pointed at from everywhere without naming its file.
    let entry = (anchor.kind == AnchorKind::Figure)
        .then(|| who::pointers_to_entry(&snapshot.index, &goal.document, &anchor.label));
    let mut uses: BTreeMap<Arc<str>, BTreeSet<Span>> = BTreeMap::new();
    for (document, spans) in
        goal.uses(snapshot).into_iter().chain([own]).chain(entry.into_iter().flatten())
    {
        uses.entry(document).or_default().extend(spans);
    }
    let mut found = Vec::new();
    for (document, spans) in uses {
        let Some(text) = snapshot.text_of(&document) else {
            return Err(format!("{document} cannot be read"));
        };
        let format = Format::of_path(Path::new(&*document)).unwrap_or_default();
        let inner = |span: Span| {
            let written = markup::written_at(&text, format, span).unwrap_or(span);
            label_in(&text, written, &anchor.label).ok_or_else(|| {
                format!(
                    "“{}” in {document} is written in a way that cannot be renamed",
                    span.of(&text)
                )
            })
        };
        let spans: Result<Vec<Span>, String> = spans.into_iter().map(inner).collect();
        found.push((document, spans?));
    }
    Ok(found)
}

/// Where a label stands in a pointer or an anchor as written: `3` in `[3]`, `n3` in
/// `notes.html#n3`, `%D1%8F` for `я`.
pub(super) fn label_in(source: &str, span: Span, label: &str) -> Option<Span> {
    let written = span.of(source);
    if let Some(at) = written.rfind(label) {
        let start = span.start + at;
        return Some(Span::new(start, start + label.len()));
    }
    let fragment = written.rfind('#')? + 1;
    let mut ids = references::ids(&written[fragment..]);
    ids.any(|id| id == label).then(|| Span::new(span.start + fragment, span.end))
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
    let places = places(snapshot, goal)?;
    let anchor = goal.anchor();
    if new.contains(|c: char| {
        c.is_whitespace() || matches!(c, '#' | '"' | '\'' | '<' | '>' | '&' | '[' | ']')
    }) {
        return Err(format!("“{new}” cannot name a place: it has a space or a sign of markup"));
    }
    let old = anchor.label.as_str();
    if goal.analysis.document.format == Format::Plain && Label::of(new) != Label::of(old) {
        return Err(format!("“{new}” is no such label of a note as “{old}”"));
    }
    let is_taken = goal.analysis.document.anchors.iter().any(|other| {
        other.label == new && other.scope == anchor.scope && other.kind == anchor.kind
    });
    if is_taken {
        return Err(format!("there is a “{new}” already"));
    }
    let mut edits = Edits::default();
    for (document, spans) in places {
        let text = snapshot.text_of(&document).unwrap_or_default();
        let written = spans.into_iter().map(|span| {
            let before = span.of(&text);
            let is_encoded = before != old;
            (span, if is_encoded { encoded(new, before) } else { new.to_owned() })
        });
        edits.entry(document).or_default().extend(written);
    }
    Ok(edits)
}

/// What labels of notes in plain text are made of; others would be read as no labels.
#[derive(PartialEq, Eq)]
enum Label {
    Number,
    Signs,
    Letters,
    None,
}

impl Label {
    fn of(text: &str) -> Self {
        let is_short = text.chars().count() <= 3;
        match text {
            _ if !is_short || text.starts_with('0') => Self::None,
            _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Self::Number,
            _ if text.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§')) => Self::Signs,
            _ if text.bytes().all(|byte| byte.is_ascii_uppercase()) => Self::Letters,
            _ => Self::None,
        }
    }
}
