//! Diagnostics for clients that ask for them: of a document, of all documents.

mod support;

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use support::session::{Session, words};
use support::{Client, uri};

const PULLS: &str = r#"{ "textDocument": { "diagnostic": {} },
                         "workspace": { "diagnostics": { "refreshSupport": true } } }"#;

fn pulls() -> Value {
    serde_json::from_str(PULLS).expect("JSON")
}

/// Sends a request for the findings of the workspace; gives its number.
fn ask(session: &mut Session, previous: &[(String, String)], token: Option<&str>) -> i64 {
    let previous: Vec<_> =
        previous.iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect();
    let mut params = json!({ "previousResultIds": previous });
    if let Some(token) = token {
        params["partialResultToken"] = json!(token);
    }
    session.client.question("workspace/diagnostic", params)
}

/// What reports say: the file, its words that are underlined, and what the report is known by.
fn told(session: &Session, items: &Value) -> Vec<(String, Vec<String>, Option<String>)> {
    let mut all: Vec<_> = items
        .as_array()
        .expect("items")
        .iter()
        .map(|report| {
            assert_eq!(report["kind"], "full");
            let name = report["uri"].as_str().expect("a URI").rsplit('/').next();
            let name = name.expect("a name").to_owned();
            let text = match name == session.name {
                true => session.text.clone(),
                false => fs::read_to_string(session.folder.path().join(&name)).unwrap_or_default(),
            };
            let found = report["items"].as_array().expect("items").iter();
            let found = found.map(|one| words(&text, &one["range"])).collect();
            (name, found, report["resultId"].as_str().map(ToOwned::to_owned))
        })
        .collect();
    all.sort();
    all
}

/// The same without what it is known by.
fn shown(told: &[(String, Vec<String>, Option<String>)]) -> Vec<String> {
    told.iter().map(|(name, words, _)| format!("{name}: {}", words.join(" "))).collect()
}

fn known(
    session: &Session,
    told: &[(String, Vec<String>, Option<String>)],
) -> Vec<(String, String)> {
    let known = told
        .iter()
        .filter_map(|(name, _, id)| Some((uri(&session.folder.path().join(name)), id.clone()?)));
    known.collect()
}

const OTHERS: &[(&str, &str)] = &[
    ("b.txt", "It was Mr Ryabchikov, Mr Ryabchikov and again Mr Ryabchikov who came.\n"),
    ("c.md", "# Head\n\nHe spoke of the ’rule of law’ and went.\n"),
    ("d.html", "<p>Nothing is wrong here.</p>\n"),
    ("sub/rubricator.toml", "[rules]\nquote-direction = \"off\"\n"),
    ("sub/e.txt", "He spoke of the ’rule of law’ and went.\n"),
];

/// A corpus with a document that is open and others that are not.
fn corpus() -> Session {
    Session::at_once("a.txt", "It was Mr Riabchikov who came.\n", OTHERS, pulls(), json!({}))
}

#[test]
fn what_is_found_in_documents_that_are_not_open_is_told_once() {
    let mut session = corpus();
    let first = ask(&mut session, &[], None);
    let answer = session.client.answer(first);
    let told = told(&session, &answer["items"]);
    // The folder with a configuration of its own is another corpus: there the rule is off.
    assert_eq!(shown(&told), ["a.txt: Riabchikov", "c.md: ’"]);
    // Who knows that already is not answered until there is something new.
    let known = known(&session, &told);
    let held = ask(&mut session, &known, None);
    assert!(session.client.silent_about(held, Duration::from_millis(1500)));
    let path = session.folder.path().join("d.html");
    fs::write(&path, "<p>He spoke of the ’rule of law’ and went.</p>\n").expect("written");
    let change = json!({ "changes": [{ "uri": uri(&path), "type": 2 }] });
    session.client.notify("workspace/didChangeWatchedFiles", change);
    let answer = session.client.answer(held);
    assert_eq!(shown(&self::told(&session, &answer["items"])), ["d.html: ’"]);
}

#[test]
fn what_is_typed_in_one_document_is_told_of_the_others() {
    let mut session = corpus();
    let first = ask(&mut session, &[], None);
    let answer = session.client.answer(first);
    let before = told(&session, &answer["items"]);
    let known = known(&session, &before);
    let held = ask(&mut session, &known, Some("parts"));
    // Now the spelling of the open document is the usual one.
    session.text = "It was Mr Riabchikov. ".repeat(9);
    let uri = session.uri();
    let change = json!({
        "textDocument": { "uri": uri, "version": 2 },
        "contentChanges": [{ "text": session.text }],
    });
    session.client.notify("textDocument/didChange", change);
    let part = session.client.wait(|message| message["params"]["token"] == "parts");
    let told = told(&session, &part["params"]["value"]["items"]);
    let all = ["a.txt: ", "b.txt: Ryabchikov Ryabchikov Ryabchikov"];
    assert_eq!(shown(&told), all);
    assert_eq!(told[0].2, None, "a document without findings need not be remembered");
    // All was told in parts.
    assert_eq!(session.client.answer(held)["items"], json!([]));
}

#[test]
fn a_document_that_is_gone_has_no_findings() {
    let mut session = corpus();
    let first = ask(&mut session, &[], None);
    let answer = session.client.answer(first);
    let known = known(&session, &told(&session, &answer["items"]));
    let held = ask(&mut session, &known, None);
    let path = session.folder.path().join("c.md");
    fs::remove_file(&path).expect("removed");
    let change = json!({ "changes": [{ "uri": uri(&path), "type": 3 }] });
    session.client.notify("workspace/didChangeWatchedFiles", change);
    let answer = session.client.answer(held);
    assert_eq!(shown(&told(&session, &answer["items"])), ["c.md: "]);
}

#[test]
fn a_held_request_ends_with_the_next_with_a_cancellation_and_with_the_session() {
    let mut session = corpus();
    let first = ask(&mut session, &[], None);
    let answer = session.client.answer(first);
    let known = known(&session, &told(&session, &answer["items"]));
    let held = ask(&mut session, &known, None);
    let next = ask(&mut session, &known, None);
    assert_eq!(session.client.answer(held)["items"], json!([]));
    session.client.notify("$/cancelRequest", json!({ "id": next }));
    let cancelled = session.client.wait(|message| message["id"] == next);
    assert_eq!(cancelled["error"]["code"], -32800);
    let last = ask(&mut session, &known, None);
    let shutdown = session.client.question("shutdown", Value::Null);
    assert_eq!(session.client.answer(last)["items"], json!([]));
    session.client.answer(shutdown);
    session.client.notify("exit", Value::Null);
    assert_eq!(session.client.status(), 0);
    // Neither does the end of input wait for it.
    let mut session = corpus();
    let first = ask(&mut session, &[], None);
    session.client.answer(first);
    ask(&mut session, &known, None);
    drop(session.client.input.take());
    assert_eq!(session.client.status(), 1);
}

#[test]
fn all_documents_are_looked_at_only_for_those_who_want_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let announced = |capabilities: Value, options: Value| {
        let mut client = Client::start();
        let params = json!({ "processId": null, "rootUri": uri(folder.path()),
            "capabilities": capabilities, "initializationOptions": options });
        let able = client.request("initialize", params);
        able["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"].clone()
    };
    assert_eq!(announced(pulls(), json!({})), true);
    assert_eq!(announced(pulls(), json!({ "diagnosticMode": "openFilesOnly" })), false);
    assert_eq!(announced(json!({}), json!({})), Value::Null);
}
