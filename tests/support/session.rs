//! A session in a corpus of its own. A document is written with `|` where the cursor is; answers
//! are shown as the words they are about.

#![allow(dead_code, reason = "each file of tests uses its part")]

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Client, ask_until, uri, usual_abilities};

/// A corpus in a folder of its own, a session in it, and one open document.
pub(crate) struct Session {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) client: Client,
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) cursor: Value,
}

impl Session {
    /// Opens `name`, whose text has a `|` at the cursor, beside other files.
    pub(crate) fn open(name: &str, marked: &str, others: &[(&str, &str)]) -> Self {
        Self::with(name, marked, others, usual_abilities(), json!({}))
    }

    pub(crate) fn with(
        name: &str,
        marked: &str,
        others: &[(&str, &str)],
        capabilities: Value,
        options: Value,
    ) -> Self {
        let mut session = Self::at_once(name, marked, others, capabilities, options);
        session.wait_for_corpus(others);
        session
    }

    /// The same, but the other files need not have been read.
    pub(crate) fn at_once(
        name: &str,
        marked: &str,
        others: &[(&str, &str)],
        capabilities: Value,
        options: Value,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let at = marked.find('|').unwrap_or(0);
        let text = marked.replacen('|', "", 1);
        let cursor = position(&text, at);
        for (file, text) in others.iter().copied().chain([(name, text.as_str())]) {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, text).expect("written");
        }
        let mut client = Client::start();
        let root = uri(folder.path());
        client.request(
            "initialize",
            json!({
                "processId": null,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{ "uri": root, "name": "corpus" }],
            }),
        );
        client.notify("initialized", json!({}));
        let mut session = Self { folder, client, name: name.to_owned(), text, cursor };
        let (uri, text) = (session.uri(), session.text.clone());
        session.client.open_document(&uri, &text);
        session
    }

    /// The other files are read in the background: until a symbol of each is found.
    pub(crate) fn wait_for_corpus(&mut self, others: &[(&str, &str)]) {
        let is_text =
            |name: &str| [".txt", ".md", ".html", ".xml"].iter().any(|end| name.ends_with(end));
        if !others.iter().any(|(name, _)| is_text(name)) {
            return;
        }
        let is_whole = |found: &Value| {
            let uris = found.as_array().into_iter().flatten().map(|one| &one["location"]["uri"]);
            let mut seen: Vec<String> = uris.map(ToString::to_string).collect();
            seen.sort();
            seen.dedup();
            let is_read =
                |name: &str| seen.iter().any(|uri| uri.replace("%20", " ").contains(name));
            others.iter().all(|(name, _)| !is_text(name) || is_read(name))
        };
        let query = json!({ "query": "" });
        let ask = || self.client.request("workspace/symbol", query.clone());
        let found = ask_until(ask, is_whole);
        assert!(
            is_whole(&found),
            "the corpus was not read; every other file needs a heading, a note or an entry"
        );
    }

    pub(crate) fn uri(&self) -> String {
        uri(&self.folder.path().join(&self.name))
    }

    /// Asks about the cursor.
    pub(crate) fn ask(&mut self, method: &str) -> Value {
        self.ask_with(method, json!({}))
    }

    pub(crate) fn ask_with(&mut self, method: &str, more: Value) -> Value {
        let mut params = json!({
            "textDocument": { "uri": self.uri() },
            "position": self.cursor,
            "range": { "start": self.cursor, "end": self.cursor },
            "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1 },
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.client.request(method, params)
    }

    pub(crate) fn file(&self, uri: &str) -> (String, String) {
        let uri = uri.replace("%20", " ");
        let path = PathBuf::from(uri.strip_prefix("file://").expect("a file"));
        let text = fs::read_to_string(&path).expect("readable");
        let name = path.strip_prefix(self.folder.path()).unwrap_or(&path).display().to_string();
        (name, text)
    }

    /// Locations as `file: words`.
    pub(crate) fn places(&self, answer: &Value) -> Vec<String> {
        let all = answer.as_array().expect("a list").iter();
        let mut shown: Vec<String> = all
            .map(|place| {
                let (name, text) = self.file(place["uri"].as_str().expect("a URI"));
                format!("{name}: {}", words(&text, &place["range"]))
            })
            .collect();
        shown.sort();
        shown
    }

    /// The texts that an edit makes, as `file: text`.
    pub(crate) fn edited(&self, edit: &Value) -> Vec<String> {
        let changes = edit["changes"].as_object().into_iter().flatten();
        let changes = changes.map(|(uri, edits)| (uri.as_str(), edits));
        let documents = edit["documentChanges"].as_array().into_iter().flatten();
        let versioned = documents
            .map(|one| (one["textDocument"]["uri"].as_str().expect("a document"), &one["edits"]));
        let mut shown: Vec<String> = changes
            .chain(versioned)
            .map(|(uri, edits)| {
                let (name, text) = self.file(uri);
                format!("{name}: {}", apply(&text, edits.as_array().expect("edits")))
            })
            .collect();
        shown.sort();
        shown
    }

    pub(crate) fn words<'v>(&self, answers: &'v Value, range: &str) -> Vec<String> {
        let all = answers.as_array().expect("a list").iter();
        all.map(|one: &'v Value| words(&self.text, one.pointer(range).expect("a range"))).collect()
    }
}

/// Byte `at` in UTF-16 units.
pub(crate) fn position(text: &str, at: usize) -> Value {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

pub(crate) fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().expect("a line") as usize;
    let character = position["character"].as_u64().expect("a character") as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = 0;
    let rest = text[start..].char_indices();
    let before = rest.take_while(|(_, c)| {
        let is_before = units < character;
        units += c.len_utf16();
        is_before
    });
    start + before.map(|(_, c)| c.len_utf8()).sum::<usize>()
}

pub(crate) fn words(text: &str, range: &Value) -> String {
    text[offset(text, &range["start"])..offset(text, &range["end"])].to_owned()
}

pub(crate) fn apply(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().expect("a text");
            (offset(text, &edit["range"]["start"]), offset(text, &edit["range"]["end"]), new)
        })
        .collect();
    edits.sort_by(|a, b| b.cmp(a));
    let mut edited = text.to_owned();
    for (start, end, new) in edits {
        edited.replace_range(start..end, new);
    }
    edited
}

/// What is offered at the cursor.
pub(crate) fn offered(name: &str, marked: &str, others: &[(&str, &str)]) -> Vec<String> {
    let mut session = Session::open(name, marked, others);
    let offered = session.ask("textDocument/completion");
    let items = offered["items"].as_array().expect("a list").iter();
    items.map(|item| item["textEdit"]["newText"].as_str().expect("a text").to_owned()).collect()
}
