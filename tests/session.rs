//! What surrounds the requests: what is announced to whom, what is asked for later, settings,
//! files that come and go, and clients that do not do as they should.

mod support;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use support::session::{Session, words};
use support::{Client, ask_until, count, uri, usual_abilities};

const VARIANT: &str = "It was Mr Trotskii| who came, and Mr Trotsky who went.\n";

fn able(more: &[(&str, Value)]) -> Value {
    let mut able = usual_abilities();
    for (pointer, value) in more {
        let mut at = &mut able;
        for key in pointer.split('.') {
            at = &mut at[key];
        }
        *at = value.clone();
    }
    able
}

fn change(uri: &str, version: i64, changes: Value) -> Value {
    json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes })
}

fn range(line: usize, start: usize, end_line: usize, end: usize) -> Value {
    json!({ "start": { "line": line, "character": start },
            "end": { "line": end_line, "character": end } })
}

fn write(session: &mut Session, name: &str, text: &str) {
    let path = session.folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    let kind = if path.exists() { 2 } else { 1 };
    fs::write(&path, text).expect("written");
    tell(session, &path, kind);
}

fn tell(session: &mut Session, path: &Path, kind: u8) {
    let changes = json!({ "changes": [{ "uri": uri(path), "type": kind }] });
    session.client.notify("workspace/didChangeWatchedFiles", changes);
}

/// Waits for diagnostics of the open document that are about these words.
fn wait_for(session: &mut Session, wanted: &[&str]) {
    let (uri, text) = (session.uri(), session.text.clone());
    session.client.wait(|message| {
        let found = message["params"]["diagnostics"].as_array();
        message["params"]["uri"] == uri.as_str()
            && found.is_some_and(|found| {
                found.iter().map(|one| words(&text, &one["range"])).eq(wanted.iter().copied())
            })
    });
}

#[test]
fn an_action_gets_its_edit_when_it_is_chosen() {
    let lazy = [
        ("textDocument.codeAction.dataSupport", json!(true)),
        ("textDocument.codeAction.resolveSupport", json!({ "properties": ["edit"] })),
    ];
    let mut session = Session::with("a.txt", VARIANT, &[], able(&lazy), json!({}));
    let actions = session.ask("textDocument/codeAction");
    let offered = actions.as_array().expect("a list");
    assert!(offered.iter().all(|action| action.get("edit").is_none()), "{actions}");
    let write = offered.iter().find(|one| one["title"] == "Write “Trotsky”").expect("offered");
    let resolved = session.client.request("codeAction/resolve", write.clone());
    assert_eq!(session.edited(&resolved["edit"]), [format!("a.txt: {}", repaired())]);
    // What is no longer so cannot be chosen.
    let uri = session.uri();
    let emptied = change(&uri, 2, json!([{ "text": "Nothing.\n" }]));
    session.client.notify("textDocument/didChange", emptied);
    let late = session.client.ask("codeAction/resolve", write.clone());
    assert_eq!(late["error"]["code"], -32801, "{late}");
}

fn repaired() -> String {
    VARIANT.replace('|', "").replace("Trotskii", "Trotsky")
}

#[test]
fn a_symbol_of_the_corpus_gets_its_place_when_it_is_chosen() {
    let lazy = [("workspace.symbol.resolveSupport", json!({ "properties": ["location.range"] }))];
    let others = [("b.md", "# The Long Thaw\n\nText.[^1]\n\n[^1]: A note.\n")];
    let mut session = Session::with("a.txt", "Text.\n", &others, able(&lazy), json!({}));
    for (query, wanted) in [("thaw", "b.md: # The Long Thaw\n"), ("1", "b.md: 1")] {
        let found = session.client.request("workspace/symbol", json!({ "query": query }));
        let mut symbols = found.as_array().expect("a list").iter();
        let symbol = symbols.find(|one| one.get("data").is_some()).expect("a symbol of b.md");
        assert!(symbol["location"].get("range").is_none(), "{symbol}");
        let resolved = session.client.request("workspaceSymbol/resolve", symbol.clone());
        assert_eq!(session.places(&json!([resolved["location"]])), [wanted]);
    }
}

#[test]
fn a_client_is_asked_only_for_what_it_can_tell() {
    let folder = tempfile::tempdir().expect("a folder");
    let greet = |capabilities: Value| {
        let mut client = Client::start();
        let params = json!({ "processId": null, "rootUri": uri(folder.path()),
            "capabilities": capabilities });
        let able = client.request("initialize", params)["capabilities"].clone();
        client.notify("initialized", json!({}));
        (client, able)
    };
    let (_, announced) = greet(json!({}));
    assert_eq!(announced.get("workspace"), None);
    assert_eq!(announced["workspaceSymbolProvider"], true);
    let can = able(&[
        ("workspace.fileOperations", json!({ "didCreate": true, "willRename": true })),
        ("workspace.didChangeConfiguration", json!({ "dynamicRegistration": true })),
        ("workspace.didChangeWatchedFiles", json!({ "dynamicRegistration": true })),
    ]);
    let (mut client, announced) = greet(can);
    let files = announced["workspace"]["fileOperations"].as_object().expect("some");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["didCreate", "willRename"]);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    let registrations = asked["params"]["registrations"].as_array().expect("a list");
    let methods: Vec<_> = registrations.iter().map(|one| one["method"].as_str()).collect();
    let expected = ["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"];
    assert_eq!(methods, expected.map(Some));
}

/// What is announced to such a client, without what every client gets.
fn announced(capabilities: &Value) -> Vec<String> {
    let mut client = Client::start();
    let params = json!({ "processId": null, "capabilities": capabilities });
    let able = client.request("initialize", params)["capabilities"].clone();
    let names = able.as_object().expect("capabilities").keys();
    names
        .filter(|name| !["positionEncoding", "textDocumentSync"].contains(&&***name))
        .cloned()
        .collect()
}

#[test]
fn what_a_client_does_not_know_is_not_announced_to_it() {
    let literals = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let tokens = json!({ "requests": { "range": true }, "tokenTypes": [], "tokenModifiers": [],
                         "formats": ["relative"] });
    let known = [
        ("textDocument.codeAction", literals, "codeActionProvider"),
        ("textDocument.codeLens", json!({}), "codeLensProvider"),
        ("textDocument.completion", json!({}), "completionProvider"),
        ("textDocument.declaration", json!({}), "declarationProvider"),
        ("textDocument.definition", json!({}), "definitionProvider"),
        ("textDocument.documentHighlight", json!({}), "documentHighlightProvider"),
        ("textDocument.documentLink", json!({}), "documentLinkProvider"),
        ("textDocument.documentSymbol", json!({}), "documentSymbolProvider"),
        ("textDocument.foldingRange", json!({}), "foldingRangeProvider"),
        ("textDocument.hover", json!({}), "hoverProvider"),
        ("textDocument.inlayHint", json!({}), "inlayHintProvider"),
        ("textDocument.linkedEditingRange", json!({}), "linkedEditingRangeProvider"),
        ("textDocument.onTypeFormatting", json!({}), "documentOnTypeFormattingProvider"),
        ("textDocument.references", json!({}), "referencesProvider"),
        ("textDocument.rename", json!({}), "renameProvider"),
        ("textDocument.selectionRange", json!({}), "selectionRangeProvider"),
        ("textDocument.semanticTokens", tokens, "semanticTokensProvider"),
        ("workspace.symbol", json!({}), "workspaceSymbolProvider"),
        ("workspace.workspaceFolders", json!(true), "workspace"),
    ];
    for (ability, value, provider) in known {
        let (side, name) = ability.split_once('.').expect("two parts");
        assert_eq!(announced(&json!({ side: { name: value } })), [provider], "{ability}");
    }
    let none: [&str; 0] = [];
    assert_eq!(announced(&json!({ "textDocument": {}, "workspace": {} })), none);
    // Of the days before clients told what they can do.
    assert!(announced(&json!({})).contains(&"hoverProvider".to_owned()));
}

#[test]
fn what_a_client_does_not_understand_is_not_sent_to_it() {
    let text = "It was Mr Trotskii| who came, and Mr Trotsky who went. See [b](b.md#one).\n";
    let others = [("b.md", "# One\n")];
    let sent = |capabilities: Value| {
        let mut session = Session::with("a.md", text, &others, capabilities, json!({}));
        let uri = session.uri();
        let actions = session.ask("textDocument/codeAction");
        let links = session.ask("textDocument/documentLink");
        let insert = json!([{ "range": range(0, 0, 0, 0), "text": "So. " }]);
        session.client.notify("textDocument/didChange", change(&uri, 2, insert));
        let told = session.client.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        });
        let finding = told["params"]["diagnostics"][0].clone();
        [
            ("isPreferred", actions[0].get("isPreferred").is_some()),
            ("data", actions[0].get("data").is_some()),
            ("version", told["params"].get("version").is_some()),
            ("relatedInformation", finding.get("relatedInformation").is_some()),
            ("codeDescription", finding.get("codeDescription").is_some()),
            ("tooltip", links[0].get("tooltip").is_some()),
        ]
    };
    let lazy = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } },
        "isPreferredSupport": true, "dataSupport": true,
        "resolveSupport": { "properties": ["edit"] } });
    for (what, is_sent) in sent(able(&[("textDocument.codeAction", lazy)])) {
        assert!(is_sent, "{what}");
    }
    let literals = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let little = json!({ "textDocument": { "codeAction": literals, "documentLink": {},
        "publishDiagnostics": {} } });
    for (what, is_sent) in sent(little) {
        assert!(!is_sent, "{what}");
    }
}

#[test]
fn where_the_user_has_set_nothing_the_options_of_the_start_count() {
    let can = able(&[("workspace.configuration", json!(true))]);
    let text = "It was Mr Khrushchev.\n";
    let options = json!({ "inlayHints": true });
    let mut session = Session::at_once("a.txt", text, &[], can, options);
    let whole = json!({ "range": range(0, 0, 1, 0) });
    for (settings, shown) in [
        (json!(null), 1),
        (json!({ "inlayHints": false }), 0),
        (json!({ "inlayHints": null, "formatOnType": true }), 1),
    ] {
        let asked = session.client.wait(|message| message["method"] == "workspace/configuration");
        let answer = json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [settings] });
        session.client.send(&answer);
        // The next question comes after the answer has been taken in.
        session.client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        let ask = || session.ask_with("textDocument/inlayHint", whole.clone());
        let hints = ask_until(ask, |hints| count(hints) == Some(shown));
        assert_eq!(count(&hints), Some(shown), "{settings}");
    }
}

#[test]
fn settings_are_asked_for_and_asked_for_again() {
    let can = able(&[("workspace.configuration", json!(true))]);
    let text = "It was Mr Khrushchev.\n";
    let mut session = Session::at_once("a.txt", text, &[], can, json!({}));
    let whole = json!({ "range": range(0, 0, 1, 0) });
    for (inlay_hints, shown) in [(true, 1), (false, 0)] {
        let asked = session.client.wait(|message| message["method"] == "workspace/configuration");
        assert_eq!(asked["params"]["items"], json!([{ "section": "rubricator" }]));
        let answer = json!({ "jsonrpc": "2.0", "id": asked["id"],
            "result": [{ "inlayHints": inlay_hints }] });
        session.client.send(&answer);
        // The answer is not waited for, so neither are its effects.
        let ask = || session.ask_with("textDocument/inlayHint", whole.clone());
        let hints = ask_until(ask, |hints| count(hints) == Some(shown));
        assert_eq!(count(&hints), Some(shown));
        session.client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }
}

#[test]
fn an_error_in_the_configuration_is_shown_at_its_place_until_it_is_mended() {
    let mut session = Session::open("a.txt", VARIANT, &[]);
    wait_for(&mut session, &["Trotskii"]);
    let broken = "[rules]\nname-variant = \"off\"\n\n[[accept]]\nfile = \"a.txt\"\nrule = \"so\"\n";
    write(&mut session, "rubricator.toml", broken);
    let config = uri(&session.folder.path().join("rubricator.toml"));
    let shown = session.client.wait(|message| {
        message["params"]["uri"] == config.as_str() && message["params"]["diagnostics"] != json!([])
    });
    let found = shown["params"]["diagnostics"].as_array().expect("a list");
    let places: Vec<_> = found.iter().map(|one| words(broken, &one["range"])).collect();
    assert_eq!(places, ["\"so\""], "{found:#?}");
    write(&mut session, "rubricator.toml", "[rules]\nname-variant = \"off\"\n");
    session.client.wait(|message| {
        message["params"]["uri"] == config.as_str() && message["params"]["diagnostics"] == json!([])
    });
    wait_for(&mut session, &[]);
}

#[test]
fn a_file_is_made_changed_and_deleted_while_another_is_open() {
    let link = "# Head\n\nSee [there](b.md#place).\n";
    let mut session = Session::open("a.md", link, &[]);
    wait_for(&mut session, &["b.md#place"]);
    write(&mut session, "b.md", "# Place\n");
    wait_for(&mut session, &[]);
    write(&mut session, "b.md", "# Another Place\n");
    wait_for(&mut session, &["b.md#place"]);
    // A client that tells of the folder names no file in it.
    write(&mut session, "b.md", "# Place\n");
    wait_for(&mut session, &[]);
    let path = session.folder.path().join("b.md");
    fs::remove_file(&path).expect("removed");
    let files = json!({ "files": [{ "uri": uri(&path) }] });
    session.client.notify("workspace/didDeleteFiles", files);
    wait_for(&mut session, &["b.md#place"]);
}

#[test]
fn what_is_shown_of_names_is_asked_for_again_when_the_authority_is_another() {
    let views = ["semanticTokens", "inlayHint", "codeLens"];
    let support = json!({ "refreshSupport": true });
    let [tokens, hints, lenses] = views.map(|view| format!("workspace.{view}"));
    let can = [tokens, hints, lenses].map(|view| (view, support.clone()));
    let can: Vec<_> = can.iter().map(|(view, can)| (view.as_str(), can.clone())).collect();
    let text = "It was Mr Kostroma who came.\n";
    let mut session = Session::at_once("a.txt", text, &[], able(&can), json!({}));
    let ask_again = |session: &mut Session| {
        for view in views {
            let method = format!("workspace/{view}/refresh");
            let asked = session.client.wait(|message| message["method"] == method);
            session.client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
        }
    };
    // The corpus has been read.
    ask_again(&mut session);
    let whole = json!({ "textDocument": { "uri": session.uri() } });
    let tokens = |session: &mut Session| {
        session.client.request("textDocument/semanticTokens/full", whole.clone())["data"].clone()
    };
    assert_eq!(tokens(&mut session), json!([]));
    let figure = "[[figure]]\nid = \"k\"\nname = \"Boris Kostroma\"\nfamily = \"Kostroma\"\n";
    write(&mut session, "figures.toml", figure);
    ask_again(&mut session);
    assert_eq!(tokens(&mut session), json!([0, 10, 8, 0, 0]));
}

#[test]
fn what_was_never_saved_is_proofread_with_the_figures_of_the_folder() {
    let figures = "[[figure]]\nid = \"b\"\nname = \"Ivan Bolotov\"\nfamily = \"Bolotov\"\n\
                   variants = [\"Bolotoff\"]\n";
    let mut session = Session::open("a.txt", "Text.\n", &[("figures.toml", figures)]);
    let untitled = "untitled:Untitled-1";
    let text = "It was Mr Bolotoff.\n";
    session.client.open_document(untitled, text);
    let found = session.client.diagnostics(untitled, 1);
    assert_eq!(words(text, &found[0]["range"]), "Bolotoff");
}

#[test]
fn a_file_outside_the_folders_is_its_own_folder_s() {
    let mut session = Session::open("a.txt", "Text.\n", &[]);
    let other = tempfile::tempdir().expect("a folder");
    fs::create_dir(other.path().join("below")).expect("created");
    fs::write(other.path().join("below/c.md"), "# Below\n").expect("written");
    fs::write(other.path().join("b.md"), "# Beside\n").expect("written");
    let lone = uri(&other.path().join("lone.txt"));
    session.client.open_document(&lone, "He said ‘no and went.\n");
    assert_eq!(session.client.diagnostics(&lone, 1).len(), 1);
    let names = |session: &mut Session, wanted: &[&str]| {
        let ask = || {
            let answer = session.client.request("workspace/symbol", json!({ "query": "be" }));
            let mut found = answer.as_array().expect("a list").clone();
            found.retain(|one| {
                one["location"]["uri"].as_str().is_some_and(|uri| uri.ends_with(".md"))
            });
            found
        };
        let found = ask_until(ask, |found| found.len() == wanted.len());
        let names: Vec<_> = found.iter().map(|one| one["name"].as_str().expect("a name")).collect();
        assert_eq!(names, wanted);
    };
    names(&mut session, &["Beside"]);
    // Then its folder is opened, too: now what is below belongs to it.
    let folder = json!({ "uri": uri(other.path()), "name": "other" });
    let event = json!({ "event": { "added": [folder], "removed": [] } });
    session.client.notify("workspace/didChangeWorkspaceFolders", event);
    names(&mut session, &["Beside", "Below"]);
    let event = json!({ "event": { "added": [], "removed": [folder] } });
    session.client.notify("workspace/didChangeWorkspaceFolders", event);
    names(&mut session, &["Beside"]);
    session.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": lone } }));
    names(&mut session, &[]);
}

#[test]
fn a_client_that_does_not_do_as_it_should_is_told_so_and_served() {
    let mut session = Session::open("a.txt", "He said ‘no and went.|\n", &[]);
    let uri = session.uri();
    let nowhere = support::uri(&session.folder.path().join("nowhere.txt"));
    session.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": nowhere } }));
    let nothing = json!([{ "text": "x" }]);
    session.client.notify("textDocument/didChange", change(&nowhere, 2, nothing));
    let said = |session: &mut Session, what: &str| {
        session.client.wait(|message| {
            message["method"] == "window/logMessage"
                && message["params"]["message"].as_str().is_some_and(|said| said.contains(what))
        });
    };
    // Opened twice: the second text counts.
    session.client.open_document(&uri, "He said ‘no’.\n");
    said(&mut session, "opened twice");
    // A range far behind the end, one that ends before it begins, a version of the past.
    let far = json!([{ "range": range(700, 3, 900, 4), "text": "He said ‘yes.\n" }]);
    session.client.notify("textDocument/didChange", change(&uri, 2, far));
    said(&mut session, "went beyond its end");
    let backward = json!([{ "range": range(0, 8, 0, 3), "text": "" }]);
    session.client.notify("textDocument/didChange", change(&uri, 1, backward));
    said(&mut session, "from version 2 to 1");
    session.text = "He said ‘no’.\nHe said ‘yes.\n".to_owned();
    let answer = session.ask_with(
        "textDocument/codeAction",
        json!({ "range": range(0, 0, 9, 0), "context": { "diagnostics": [] } }),
    );
    let edit = &answer[0]["edit"]["changes"][&uri][0];
    assert_eq!(edit["range"]["start"]["line"], 1, "{answer}");
}

#[test]
fn a_hundred_changes_with_questions_between_them_end_in_the_right_text() {
    let pulls = able(&[("textDocument.diagnostic", json!({}))]);
    let endings = ["\n", "\r\n", "\r"];
    let text: String = endings.iter().map(|end| format!("One ‘𝔄’.{end}")).collect();
    let mut session = Session::with("a.txt", &text, &[], pulls, json!({}));
    let uri = session.uri();
    let document = json!({ "textDocument": { "uri": uri } });
    let mut asked = Vec::new();
    for version in 2..102 {
        let end = json!([{ "range": range(3, 0, 3, 0), "text": "‘a " }]);
        session.client.notify("textDocument/didChange", change(&uri, version, end));
        asked.push(session.client.question("textDocument/diagnostic", document.clone()));
        if version % 3 == 0 {
            let id = asked[asked.len() / 2];
            session.client.notify("$/cancelRequest", json!({ "id": id }));
        }
    }
    let report = session.client.request("textDocument/diagnostic", document);
    let last = report["items"].as_array().expect("items").iter().map(|one| &one["range"]["end"]);
    let last = last.map(|end| (end["line"].as_u64(), end["character"].as_u64())).max();
    assert_eq!(last, Some((Some(3), Some(298))));
    for id in asked {
        let answer = session.client.wait(|message| message["id"] == id);
        let code = answer["error"]["code"].as_i64();
        assert!(code.is_none() || code == Some(-32800), "{answer}");
    }
}

#[test]
fn what_comes_and_goes_is_traced_for_those_who_want_it() {
    let mut session = Session::open("a.txt", "It was Mr Khr|ushchev.\n", &[]);
    session.client.notify("$/setTrace", json!({ "value": "verbose" }));
    session.ask("textDocument/hover");
    let said = |session: &mut Session, start: &str| {
        let told = session.client.wait(|message| {
            message["method"] == "$/logTrace"
                && message["params"]["message"].as_str().is_some_and(|said| said.starts_with(start))
        });
        told["params"]["verbose"].as_str().expect("the whole of it").to_owned()
    };
    assert!(said(&mut session, "Received request 'textDocument/hover").contains("a.txt"));
    assert!(said(&mut session, "Sending response 'textDocument/hover").contains("Khrushchev"));
    session.client.notify("$/setTrace", json!({ "value": "off" }));
    session.client.waiting.clear();
    session.ask("textDocument/hover");
    let traced = session.client.waiting.iter().any(|message| message["method"] == "$/logTrace");
    assert!(!traced, "{:#?}", session.client.waiting);
}

#[test]
fn lines_without_end_and_bytes_that_are_no_text_are_survived() {
    let long = "He said ‘no’ to Mr Trotskii, to Mr Trotsky and to Mr Trotsky. ".repeat(10_000);
    let mut session = Session::open("a.txt", "Te|xt.\n", &[]);
    let path = uri(&session.folder.path().join("long.html"));
    session.client.open_document(&path, &format!("<p>{long}\0\u{feff}\u{2028}"));
    let found = session.client.diagnostics(&path, 1).len();
    assert!(found >= 10_000, "{found}");
    fs::write(session.folder.path().join("bytes.txt"), [0, 255, 254, 0, 0, 65]).expect("written");
    let bytes = session.folder.path().join("bytes.txt");
    tell(&mut session, &bytes, 1);
    assert!(session.ask("textDocument/foldingRange").is_array());
}
