//! The language server as an editor meets it: the real program over its real pipes.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{Client, ask_until, count, uri};

const ARTICLE: &str = "\
Anna Vernon 1956

The Long Thaw


Source: Written for the Rubricator tests, 1956.


At the congress Mr Khrushchev spoke first, and Mr Mikoyan after him.[1] Nobody had expected it.

The change to ‘collective leadership’ was Mr Khrushchev’s, and Trotskii had asked for it.

Notes

[1] The Courier, 3 March 1956.
";

const OTHER: &str =
    "Of Mr Khrushchev and of Trotsky much has been written, and much of it is wrong.\n";

struct Corpus {
    folder: tempfile::TempDir,
}

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), ARTICLE).expect("written");
        fs::write(folder.path().join("b.txt"), OTHER).expect("written");
        Self { folder }
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.folder.path().join(name))
    }

    /// A session in which `a.txt` is open and the rest of the corpus has been read.
    fn session(&self) -> (Client, String) {
        let mut client = Client::open(self.folder.path(), &["utf-16"]);
        let uri = self.uri("a.txt");
        client.open_document(&uri, ARTICLE);
        // The corpus has been read when the mentions of the other file are found.
        let ask = || client.at("textDocument/references", &uri, 8, 20);
        let found = ask_until(ask, |found| count(found) == Some(3));
        assert_eq!(count(&found), Some(3), "the corpus was not read");
        (client, uri)
    }
}

/// The line and character of the `nth` occurrence of `words`, in UTF-16.
fn place(text: &str, words: &str, nth: usize) -> (usize, usize) {
    let at = text.match_indices(words).nth(nth).expect("the words occur").0;
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    (line, text[start..at].encode_utf16().count())
}

#[test]
fn a_variant_is_underlined_and_can_be_mended() {
    let corpus = Corpus::new();
    let (mut client, uri) = corpus.session();
    let diagnostics = client.diagnostics(&uri, 1);
    let codes: Vec<_> = diagnostics.iter().map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, [Some("name-variant")], "{diagnostics:#?}");
    let (line, character) = place(ARTICLE, "Trotskii", 0);
    let range = &diagnostics[0]["range"];
    assert_eq!(range["start"], json!({ "line": line, "character": character }));
    assert_eq!(range["end"], json!({ "line": line, "character": character + 8 }));
    assert!(diagnostics[0]["message"].as_str().expect("text").contains("ALA-LC"));
    let actions = client.request(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions[0]["title"], "Write “Trotsky”");
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "Trotsky");
}

#[test]
fn a_figure_has_a_card_an_entry_and_all_its_mentions() {
    let corpus = Corpus::new();
    let (mut client, uri) = corpus.session();
    for nth in 0..2 {
        let (line, character) = place(ARTICLE, "Khrushchev", nth);
        let hover = client.at("textDocument/hover", &uri, line, character + 3);
        let card = hover["contents"]["value"].as_str().expect("a card").to_owned();
        assert!(card.contains("**Nikita Khrushchev** · Никита Сергеевич Хрущёв"), "{card}");
        assert!(card.contains("Khrushchev × 3"), "{card}");
    }
    let (line, character) = place(ARTICLE, "Khrushchev", 0);
    let definition = client.at("textDocument/definition", &uri, line, character);
    let target = definition[0]["uri"].as_str().expect("a target");
    assert!(target.ends_with("figures.toml"), "{target}");
    let references = client.at("textDocument/references", &uri, line, character);
    let files: Vec<_> =
        references.as_array().expect("a list").iter().map(|one| one["uri"].as_str()).collect();
    let other = corpus.uri("b.txt");
    assert_eq!(files, [Some(uri.as_str()), Some(&uri), Some(&other)]);
}

#[test]
fn a_marker_leads_to_its_note_and_back() {
    let corpus = Corpus::new();
    let (mut client, uri) = corpus.session();
    let (marker_line, marker) = place(ARTICLE, "[1]", 0);
    let (note_line, note) = place(ARTICLE, "[1]", 1);
    let definition = client.at("textDocument/definition", &uri, marker_line, marker + 1);
    assert_eq!(definition[0]["range"]["start"], json!({ "line": note_line, "character": note }));
    let back = client.at("textDocument/definition", &uri, note_line, note + 1);
    assert_eq!(back[0]["range"]["start"], json!({ "line": marker_line, "character": marker }));
    let hover = client.at("textDocument/hover", &uri, marker_line, marker + 1);
    assert!(hover["contents"]["value"].as_str().is_some_and(|text| text.contains("The Courier")));
    let symbols =
        client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let symbols = symbols.as_array().expect("a list");
    let names: Vec<_> = symbols.iter().map(|symbol| &symbol["name"]).collect();
    assert_eq!(names, ["Nikita Khrushchev", "Anastas Mikoyan", "Leon Trotsky", "Notes"]);
    assert_eq!(symbols[3]["children"][0]["name"], "note 1");
}

#[test]
fn two_hundred_changes_sent_without_waiting_are_applied_in_order() {
    let corpus = Corpus::new();
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::open(corpus.folder.path(), &[encoding]);
        let uri = corpus.uri("typed.txt");
        client.open_document(&uri, "𝄞‘");
        // Typing behind the clef and the mark, one letter a change; the clef takes four
        // bytes, two units of UTF-16 or one character.
        let start = match encoding {
            "utf-8" => 7,
            "utf-16" => 3,
            _ => 2,
        };
        for number in 0..200_usize {
            let at = json!({ "line": 0, "character": start + number });
            let letter = char::from(b'a' + (number % 26) as u8).to_string();
            client.notify(
                "textDocument/didChange",
                json!({
                    "textDocument": { "uri": uri, "version": number + 2 },
                    "contentChanges": [{ "range": { "start": at, "end": at }, "text": letter }],
                }),
            );
        }
        let diagnostics = client.diagnostics(&uri, 201);
        assert_eq!(diagnostics.len(), 1, "the quotation is not closed: {diagnostics:#?}");
        let end = start + 200;
        let actions = client.request(
            "textDocument/codeAction",
            json!({
                "textDocument": { "uri": uri },
                "range": diagnostics[0]["range"],
                "context": { "diagnostics": [] },
            }),
        );
        let edit = &actions[0]["edit"]["changes"][&uri][0];
        assert_eq!(edit["range"]["start"], json!({ "line": 0, "character": end }), "{encoding}");
    }
}

#[test]
fn the_server_ends_as_the_protocol_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut client = Client::open(folder.path(), &[]);
    // `"params": null` is what some clients send.
    client.send(&json!({ "jsonrpc": "2.0", "id": 77, "method": "shutdown", "params": null }));
    let answer = client.wait(|message| message["id"] == 77);
    assert!(answer.get("error").is_none(), "{answer}");
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    // Input stays open: the server must not wait for more.
    assert_eq!(client.status(), 0);

    let mut client = Client::open(folder.path(), &[]);
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.status(), 1, "exit without shutdown");

    let mut client = Client::open(folder.path(), &[]);
    drop(client.input.take());
    assert_eq!(client.status(), 1, "end of input");
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_ends_when_its_parent_does() {
    let mut parent = std::process::Command::new("sleep").arg("60").spawn().expect("sleep runs");
    let mut client = Client::start();
    client.request("initialize", json!({ "processId": parent.id(), "capabilities": {} }));
    parent.kill().expect("a child");
    parent.wait().expect("a child");
    assert_eq!(client.status(), 1);
}

#[test]
fn what_breaks_the_protocol_gets_its_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut client = Client::start();
    let early = client.ask(
        "textDocument/hover",
        json!({
        "textDocument": { "uri": "file:///x.txt" }, "position": { "line": 0, "character": 0 } }),
    );
    assert_eq!(early["error"]["code"], -32002, "{early}");
    client.write_raw(b"Content-Length: 5\r\n\r\n{oops");
    let answer = client.wait(|message| message.get("error").is_some());
    assert_eq!(answer["error"]["code"], -32700, "{answer}");
    let root = uri(folder.path());
    client.request("initialize", json!({ "capabilities": {}, "rootUri": root, "processId": null }));
    let unknown = client.ask("no/such/method", Value::Null);
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
}

#[test]
fn a_broken_configuration_is_shown_on_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("rubricator.toml");
    fs::write(&config, "[rules]\nname-varient = \"off\"\n").expect("written");
    let mut client = Client::open(folder.path(), &[]);
    let message = client.wait(|message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri(&config)
    });
    let diagnostic = &message["params"]["diagnostics"][0];
    assert_eq!(diagnostic["range"]["start"], json!({ "line": 1, "character": 0 }));
    assert!(diagnostic["message"].as_str().is_some_and(|text| text.contains("name-variant")));
}

#[test]
fn a_file_that_is_no_text_is_not_proofread() {
    let corpus = Corpus::new();
    let (mut client, _) = corpus.session();
    let figures = corpus.uri("figures.toml");
    // So does an editor that does not know the format.
    client.open_document(&figures, "variants = [\"Trotskii\", \"Mikoian\"] # Trotsky ‘so\n");
    let other = corpus.uri("b.txt");
    client.open_document(&other, OTHER);
    client.diagnostics(&other, 1);
    let about = |message: &Value| message["params"]["uri"] == figures.as_str();
    assert!(!client.waiting.iter().any(about), "{:#?}", client.waiting);
}
