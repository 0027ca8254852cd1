//! Quick fixes: the repairs that findings offer.

use std::collections::HashMap;

use crate::rules::Fix;

use super::diagnostics;
use super::proto::{
    CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, WorkspaceEdit,
};
use super::snapshot::Snapshot;

pub(super) fn code_action(snapshot: &Snapshot, range: Range) -> Vec<CodeActionOrCommand> {
    let (start, end) = (snapshot.offset(range.start), snapshot.offset(range.end));
    let near = snapshot
        .findings
        .iter()
        .filter(|finding| finding.span.start <= end && start <= finding.span.end);
    let mut actions = Vec::new();
    for finding in near {
        for (number, fix) in finding.fixes.iter().enumerate() {
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostics::diagnostic(snapshot, finding)]),
                edit: Some(edit(snapshot, fix)),
                is_preferred: Some(number == 0),
                ..CodeAction::default()
            }));
        }
    }
    actions
}

fn edit(snapshot: &Snapshot, fix: &Fix) -> WorkspaceEdit {
    let lines = snapshot.lines();
    let edits = fix
        .edits
        .iter()
        .map(|edit| TextEdit { range: lines.range(edit.span), new_text: edit.text.clone() })
        .collect();
    let changes = HashMap::from([(snapshot.uri.clone(), edits)]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}
