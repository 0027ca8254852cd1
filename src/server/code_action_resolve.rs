//! The edit of a code action, made when the action is chosen: by then a file that it writes at
//! the end of may have grown.

use serde::{Deserialize, Serialize};

use super::code_action::code_action;
use super::proto::{
    CodeAction, CodeActionContext, CodeActionOrCommand, CodeActionParams, PartialResultParams,
    Range, TextDocumentIdentifier, Uri, WorkDoneProgressParams,
};
use super::snapshot::Snapshot;

/// By what an action is found again.
#[derive(Serialize, Deserialize)]
struct Data {
    document: Uri,
    range: Range,
}

/// The actions as a client is sent them that asks for the edit later.
pub(super) fn offered(snapshot: &Snapshot, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
    let actions = code_action(snapshot, params);
    if !snapshot.corpus.client.resolves_actions {
        return actions;
    }
    let data = Data { document: params.text_document.uri.clone(), range: params.range };
    let data = serde_json::to_value(data).ok();
    let without_edit = |action| match action {
        CodeActionOrCommand::CodeAction(action) if action.data.is_none() => {
            CodeAction { edit: None, data: data.clone(), ..action }.into()
        }
        other => other,
    };
    actions.into_iter().map(without_edit).collect()
}

/// The document that an action was offered for.
pub(super) fn document_of(action: &CodeAction) -> Option<Uri> {
    Data::deserialize(action.data.as_ref()?).ok().map(|data| data.document)
}

/// The action with its edit; `None` if it is not to be offered any more.
pub(super) fn resolve(snapshot: &Snapshot, chosen: &CodeAction) -> Option<CodeAction> {
    let data = Data::deserialize(chosen.data.as_ref()?).ok()?;
    let params = CodeActionParams {
        text_document: TextDocumentIdentifier { uri: data.document },
        range: data.range,
        // Some actions are of the kind that was asked for.
        context: CodeActionContext {
            only: chosen.kind.clone().map(|kind| vec![kind]),
            ..CodeActionContext::default()
        },
        work_done_progress_params: WorkDoneProgressParams::default(),
        partial_result_params: PartialResultParams::default(),
    };
    code_action(snapshot, &params).into_iter().find_map(|action| match action {
        CodeActionOrCommand::CodeAction(action)
            if action.title == chosen.title
                && action.kind == chosen.kind
                && action.diagnostics == chosen.diagnostics =>
        {
            Some(CodeAction { edit: action.edit, ..chosen.clone() })
        }
        _ => None,
    })
}
