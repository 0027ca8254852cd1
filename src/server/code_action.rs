//! What can be done about a place: repair it, repair all of its kind, say that it is right.

use std::path::Path;
use std::sync::Arc;

use crate::config::CONFIG_NAME;
use crate::figures;
use crate::markup::{AnchorKind, Format};
use crate::references;
use crate::rules::{Edit, Finding};
use crate::text::Span;

use super::diagnostics;
use super::goal::Goal;
use super::name_action;
use super::proto::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CreateFile,
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    Range, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit, uri_of,
};
use super::snapshot::Snapshot;
use super::workspace_edit::{Edits, workspace_edit};

/// Our kind of `source.fixAll`.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.rubricator");

pub(super) fn code_action(
    snapshot: &Snapshot,
    params: &CodeActionParams,
) -> Vec<CodeActionOrCommand> {
    // Commands, which such a client would understand, there are none.
    if !snapshot.corpus.client.has_action_literals {
        return Vec::new();
    }
    let (start, end) = (snapshot.offset(params.range.start), snapshot.offset(params.range.end));
    let near = |finding: &&Finding| finding.span.start <= end && start <= finding.span.end;
    let only = params.context.only.as_deref();
    let is_wanted = |kind: &CodeActionKind| {
        let mut wanted = only.into_iter().flatten();
        only.is_none() || wanted.any(|wanted| is_kind_of(kind.as_str(), wanted.as_str()))
    };
    let mut actions = Vec::new();
    for finding in snapshot.findings.iter().filter(near) {
        actions.extend(repairs(snapshot, finding));
        actions.extend(repair_alike(snapshot, finding));
        actions.extend(name_action::repair_in_corpus(snapshot, finding));
        // Beside a finding they are wanted among its repairs. Where one asks for what changes the text
        // or the corpus without repairing it, they are that.
        let mut accepting = accepting(snapshot, finding);
        if !is_wanted(&CodeActionKind::QUICKFIX) {
            for action in &mut accepting {
                action.kind = Some(CodeActionKind::REFACTOR_REWRITE);
            }
        }
        actions.extend(accepting);
    }
    actions.extend(name_action::add_to_authority(snapshot, start));
    actions.extend(renumber_notes(snapshot, start));
    actions.extend(fix_all(snapshot));
    actions.retain(|action| action.kind.as_ref().is_none_or(is_wanted));
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// The ways to say that a place is right as it stands.
fn accepting(snapshot: &Snapshot, finding: &Finding) -> Vec<CodeAction> {
    let mut all = name_action::accepting(snapshot, finding);
    all.extend(mark_sic(snapshot, finding));
    all.extend(accept_here(snapshot, finding));
    all.extend(accept_in_configuration(snapshot, finding));
    all
}

/// Kinds are nested by dots: `source.fixAll.rubricator` is a `source.fixAll`.
fn is_kind_of(kind: &str, wanted: &str) -> bool {
    kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn repairs(snapshot: &Snapshot, finding: &Finding) -> Vec<CodeAction> {
    let fixes = finding.fixes.iter().enumerate();
    fixes
        .map(|(number, fix)| CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::diagnostic(snapshot, finding)]),
            edit: Some(edit(snapshot, &fix.edits)),
            is_preferred: snapshot.corpus.client.prefers_actions.then_some(number == 0),
            ..CodeAction::default()
        })
        .collect()
}

/// The same repair wherever this document has the same spelling, be it in capitals.
fn repair_alike(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let subject = finding.subject.as_ref()?;
    let title = &finding.fixes.first()?.title;
    let spelling = name_action::spelling(snapshot, finding);
    let alike = snapshot.findings.iter().filter(|other| {
        other.rule == finding.rule
            && other.subject.as_ref() == Some(subject)
            && name_action::spelling(snapshot, other) == spelling
    });
    let fixes: Vec<_> = alike.filter_map(|other| other.fixes.first()).collect();
    let edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.clone()).collect();
    (fixes.len() > 1).then(|| CodeAction {
        title: match fixes.len() {
            2 => format!("{title} in both places of this document"),
            many => format!("{title} in all {many} places of this document"),
        },
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// Every safe repair of the document.
fn fix_all(snapshot: &Snapshot) -> Option<CodeAction> {
    let fixes = snapshot.findings.iter().filter_map(|finding| finding.fixes.first());
    let mut edits: Vec<Edit> =
        fixes.filter(|fix| fix.safe).flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup_by(|later, first| later.span.start <= first.span.end);
    (!edits.is_empty()).then(|| CodeAction {
        title: "Fix all that is safe to fix".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// In plain text and Markdown: the form stands so in the print.
fn mark_sic(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let format = snapshot.analysis.document.format;
    let is_word = finding.span.of(&snapshot.analysis.source).chars().any(char::is_alphabetic);
    if !is_word || !matches!(format, Format::Plain | Format::Markdown) {
        return None;
    }
    let edits = [Edit { span: Span::gap(finding.span.end), text: " [sic]".to_owned() }];
    Some(CodeAction {
        title: "Mark as [sic]: so in the print".to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// A comment before the block, in formats that have comments.
fn accept_here(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let document = &snapshot.analysis.document;
    if document.format == Format::Plain {
        return None;
    }
    let block = document.blocks.iter().find(|block| block.span.covers(finding.span))?;
    let source = &snapshot.analysis.source;
    let line = source[..block.span.start].rfind('\n').map_or(0, |at| at + 1);
    let is_first = source[line..block.span.start].chars().all(|c| matches!(c, ' ' | '\t'));
    let at = if is_first { line } else { block.span.start };
    let end = if is_first { "\n" } else { "" };
    let text = format!("<!-- rubricator: ignore {} -->{end}", finding.rule);
    Some(CodeAction {
        title: format!("Accept here: no {} in this block", finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(edit(snapshot, &[Edit { span: Span::gap(at), text }])),
        ..CodeAction::default()
    })
}

/// An `[[accept]]` in the corpus's configuration, which is made if there is none.
fn accept_in_configuration(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let corpus = &snapshot.corpus.corpus;
    let root = &corpus.config.root;
    let file = Path::new(&*snapshot.name).strip_prefix(root).ok()?;
    let words = words_to_accept(&snapshot.analysis.source, finding.span);
    let is_mark = words != finding.span.of(&snapshot.analysis.source);
    let what = if is_mark { "this place" } else { "in this document" };
    let entry = format!(
        "\n[[accept]]\nfile = {}\nrule = \"{}\"\ntext = {}\nreason = \"so in the source\"\n",
        figures::quoted(&file.to_string_lossy().replace('\\', "/")),
        finding.rule,
        figures::quoted(words),
    );
    let path = corpus.config.path.clone().unwrap_or_else(|| root.join(CONFIG_NAME));
    Some(CodeAction {
        title: format!("Accept {what} ({CONFIG_NAME})"),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(append(snapshot, &path, &entry)?),
        ..CodeAction::default()
    })
}

/// How much of a line is named around a mark, in bytes.
const AROUND: usize = 30;

/// The words of a finding. A mark is right in one place and wrong in another of the same file: it is named
/// with what stands around it in its line.
fn words_to_accept(source: &str, span: Span) -> &str {
    let found = span.of(source);
    if found.chars().any(char::is_alphabetic) {
        return found;
    }
    let line = source[..span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_end = source[span.end..].find(['\n', '\r']).map_or(source.len(), |at| span.end + at);
    let mut start = source.ceil_char_boundary(span.start.saturating_sub(AROUND));
    let mut end = source.floor_char_boundary((span.end + AROUND).min(source.len()));
    // Whole words, where there are any.
    if start > line
        && let Some(space) = source[start..span.start].find(' ')
    {
        start += space + 1;
    }
    if end < line_end
        && let Some(space) = source[span.end..end].rfind(' ')
    {
        end = span.end + space;
    }
    start = start.max(line);
    end = end.min(line_end);
    &source[start..end]
}

/// New numbers for the run of notes that the place belongs to.
fn renumber_notes(snapshot: &Snapshot, at: usize) -> Option<CodeAction> {
    let goal = Goal::at(snapshot, at).filter(|goal| goal.document == snapshot.name);
    let note = goal.as_ref().map(Goal::anchor).filter(|anchor| anchor.kind == AnchorKind::Note);
    let analysis = &snapshot.analysis;
    let (source, references) = (&analysis.source, &analysis.references);
    let document = &analysis.document;
    let is_in_place =
        !document.note_numbers.is_empty() && note.is_none_or(|note| !note.needs_marker);
    let (title, edits) = if is_in_place {
        let at = note.map_or(at, |note| note.extent.start);
        let edits = references::renumber_in_place(source, document, references, at)?;
        ("Number the notes in the order of the text", edits)
    } else {
        let edits = references::renumber(source, document, references, note?.scope).ok()?;
        ("Number the notes in the order of their markers", edits)
    };
    let edits: Vec<Edit> = edits.into_iter().map(|(span, text)| Edit { span, text }).collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(edit(snapshot, &edits)),
        ..CodeAction::default()
    })
}

/// Text at the end of a file, which is made if it is not there and the client can make it.
pub(super) fn append(snapshot: &Snapshot, path: &Path, text: &str) -> Option<WorkspaceEdit> {
    let name: Arc<str> = Arc::from(path.to_string_lossy());
    if let Some(present) = snapshot.text_of(&name) {
        let mut edits = Edits::default();
        edits.insert(name, vec![(Span::gap(present.len()), text.to_owned())]);
        return Some(workspace_edit(&snapshot.corpus, edits));
    }
    let new_text = text.trim_start().to_owned();
    let insert = TextEdit { range: Range::default(), new_text };
    let uri = uri_of(path)?;
    snapshot.corpus.client.creates_files.then(|| created(uri, insert))
}

fn created(uri: Uri, insert: TextEdit) -> WorkspaceEdit {
    let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let edits = vec![OneOf::Left(insert)];
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }),
    ];
    let document_changes = Some(DocumentChanges::Operations(operations));
    WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
}

fn edit(snapshot: &Snapshot, edits: &[Edit]) -> WorkspaceEdit {
    let edits = edits.iter().map(|edit| (edit.span, edit.text.clone())).collect();
    let mut all = Edits::default();
    all.insert(Arc::clone(&snapshot.name), edits);
    workspace_edit(&snapshot.corpus, all)
}
