//! Two editors at full speed on one corpus: edits, requests, cancellations, files that change on
//! disk, configurations that break and are mended. In the end each server has the texts that its
//! editor has, and has said of them what `check` says.
//!
//! `RUBRICATOR_STORM=60` lets it rage for so many seconds, `RUBRICATOR_SEED` repeats one.

#![allow(clippy::print_stderr, reason = "whoever lets it rage wants to know how it went")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rubricator::text::{LineIndex, Position, PositionEncoding};
use serde_json::{Value, json};
use support::{Client, uri, usual_abilities};

/// How long a storm rages unless told otherwise.
const USUAL: Duration = Duration::from_secs(2);

/// How long the last word is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is typed.
const WORDS: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "‘",
    "’",
    "“",
    "”",
    "\"",
    "'",
    "He said ‘no’ and went. ",
    "It was Mr Trotskii who came. ",
    "It was Mr Trotsky. ",
    "Mr Ryabchikov and Mr Riabchikov met. ",
    "Of Zinovyev nothing. ",
    "𝔄𝔅 ",
    "e\u{301}",
    "\u{feff}",
    "\u{2028}",
    "\0",
    "[1]",
    "\n[1] A note.\n",
    "[^2]",
    "\n[^2]: Another.\n",
    "# Head\n\n",
    "<p>",
    "</p>",
    "<a href=\"#n1\">1</a>",
    "<p id=\"n1\">Note.</p>",
    "<q>so</q>",
    "&rsquo;",
    "&#8216;",
    "<!-- rubricator: ignore name-variant -->\n",
    " [sic]",
    "[text](b.md#head)",
    "<persName ref=\"#lenin\">Lenin</persName>",
    "x",
    "the workers’ councils of ’17 ",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
];

const CONFIGS: &[&str] = &[
    "",
    "[rules]\nname-variant = \"off\"\n",
    "[rules]\nname-varient = \"off\"\n",
    "[[override]]\nfiles = [\"*.md\"]\nrules = { quote-direction = \"error\" }\n",
    "[files]\nexclude = [\"c.html\"]\n[rules",
    "[[accept]]\nfile = \"*.txt\"\nrule = \"name-variant\"\ntext = \"Trotskii\"\nreason = \"so\"\n",
];

/// The configuration in the end, when the weather has cleared.
const LAST_CONFIG: &str = "\
[rules]\nquote-direction = \"error\"\n
[[accept]]\nfile = \"*.txt\"\nrule = \"name-variant\"\ntext = \"Trotskii\"\nreason = \"so\"\n";

const REQUESTS: &[&str] = &[
    "hover",
    "definition",
    "declaration",
    "references",
    "documentHighlight",
    "documentSymbol",
    "completion",
    "codeAction",
    "prepareRename",
    "rename",
    "foldingRange",
    "selectionRange",
    "documentLink",
    "codeLens",
    "inlayHint",
    "onTypeFormatting",
    "linkedEditingRange",
    "semanticTokens/full",
    "semanticTokens/range",
];

/// Numbers without rhyme or reason, the same for a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        // Xorshift (Marsaglia, 2003).
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

struct Open {
    text: String,
    version: i64,
}

/// An editor with its server.
struct Editor {
    client: Client,
    encoding: PositionEncoding,
    folder: PathBuf,
    /// The documents that only this editor opens.
    names: Vec<String>,
    open: BTreeMap<String, Open>,
    /// The last diagnostics of each document with their version.
    told: BTreeMap<String, (Value, Vec<Value>)>,
    asked: Vec<i64>,
}

impl Editor {
    fn start(folder: &Path, names: &[&str], encoding: PositionEncoding) -> Self {
        let mut client = Client::start();
        let kind = match encoding {
            PositionEncoding::Utf8 => "utf-8",
            PositionEncoding::Utf16 => "utf-16",
            PositionEncoding::Utf32 => "utf-32",
        };
        let mut capabilities = usual_abilities();
        capabilities["general"] = json!({ "positionEncodings": [kind] });
        capabilities["workspace"] =
            json!({ "didChangeWatchedFiles": { "dynamicRegistration": true } });
        // Nobody answers what the server asks.
        capabilities["window"] = json!({ "workDoneProgress": true });
        let params =
            json!({ "processId": null, "rootUri": uri(folder), "capabilities": capabilities });
        client.request("initialize", params);
        client.notify("initialized", json!({}));
        Self {
            client,
            encoding,
            folder: folder.to_owned(),
            names: names.iter().map(ToString::to_string).collect(),
            open: BTreeMap::new(),
            told: BTreeMap::new(),
            asked: Vec::new(),
        }
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.folder.join(name))
    }

    fn open(&mut self, name: &str) {
        let text =
            String::from_utf8(fs::read(self.folder.join(name)).expect("there")).expect("text");
        let item =
            json!({ "uri": self.uri(name), "languageId": "plaintext", "version": 1, "text": text });
        self.client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.open.insert(name.to_owned(), Open { text, version: 1 });
    }

    /// Writes the text to disk.
    fn save(&mut self, name: &str) {
        fs::write(self.folder.join(name), &self.open[name].text).expect("written");
        let document = json!({ "textDocument": { "uri": self.uri(name) } });
        self.client.notify("textDocument/didSave", document);
    }

    fn close(&mut self, name: &str) {
        self.open.remove(name);
        let document = json!({ "textDocument": { "uri": self.uri(name) } });
        self.client.notify("textDocument/didClose", document);
    }

    /// Any place, perhaps behind the end of its line.
    fn place(&self, name: &str, dice: &mut Dice) -> (usize, Value) {
        let text = &self.open[name].text;
        let lines = LineIndex::of(text);
        let at = text.floor_char_boundary(dice.below(text.len() + 1));
        let Position { line, mut character } = lines.position(text, at, self.encoding);
        if dice.below(20) == 0 {
            character += 1000;
        }
        let at = lines.offset(text, Position { line, character }, self.encoding);
        (at, json!({ "line": line, "character": character }))
    }

    fn edit(&mut self, name: &str, dice: &mut Dice) {
        let mut changes = Vec::new();
        for _ in 0..1 + dice.below(3) {
            let mut ends = [self.place(name, dice), self.place(name, dice)];
            ends.sort_by_key(|end| end.0);
            let [(mut start, first), (mut end, mut last)] = ends;
            // Most edits are small, and a text does not grow for ever.
            let is_large = self.open[name].text.len() > 6_000;
            if !is_large && dice.below(30) != 0 || end - start > 4_000 {
                (end, last) = (start, first.clone());
            }
            let new: String = (0..dice.below(4)).map(|_| dice.one_of(WORDS)).collect();
            let document = self.open.get_mut(name).expect("open");
            if dice.below(100) == 0 {
                (start, end) = (0, document.text.len());
                changes.push(json!({ "text": new }));
            } else {
                changes.push(json!({ "range": { "start": first, "end": last }, "text": new }));
            }
            document.text.replace_range(start..end, &new);
        }
        let uri = self.uri(name);
        let document = self.open.get_mut(name).expect("open");
        document.version += 1;
        let params = json!({
            "textDocument": { "uri": uri, "version": document.version },
            "contentChanges": changes,
        });
        self.client.notify("textDocument/didChange", params);
    }

    fn ask(&mut self, name: &str, dice: &mut Dice) {
        let (_, position) = self.place(name, dice);
        let params = json!({
            "textDocument": { "uri": self.uri(name) },
            "position": position,
            "positions": [position],
            "range": { "start": position, "end": { "line": 100_000, "character": 0 } },
            "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1 },
            "newName": "Novy",
            "ch": "'",
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        let id = match dice.below(20) {
            0 => self.client.question("workspace/symbol", json!({ "query": "he" })),
            _ => self.client.question(&format!("textDocument/{}", dice.one_of(REQUESTS)), params),
        };
        self.asked.push(id);
        if dice.below(3) == 0 {
            let id = dice.one_of(&self.asked);
            self.client.notify("$/cancelRequest", json!({ "id": id }));
        }
    }

    fn hear_of(&mut self, name: &str) {
        let change = json!({ "changes": [{ "uri": self.uri(name), "type": 2 }] });
        self.client.notify("workspace/didChangeWatchedFiles", change);
    }

    fn step(&mut self, dice: &mut Dice) {
        let names = self.names.clone();
        let name = names[dice.below(names.len())].as_str();
        if !self.open.contains_key(name) {
            self.open(name);
        }
        match dice.below(100) {
            0 => self.save(name),
            1 => self.close(name),
            2 => self.hear_of(name),
            3..50 => self.ask(name, dice),
            _ => self.edit(name, dice),
        }
        self.listen();
    }

    /// Takes in what has come, without waiting.
    fn listen(&mut self) {
        self.client.take_in();
        for message in std::mem::take(&mut self.client.waiting) {
            if message["method"] == "textDocument/publishDiagnostics" {
                let params = &message["params"];
                let uri = params["uri"].as_str().expect("a URI").to_owned();
                let found = params["diagnostics"].as_array().expect("a list").clone();
                self.told.insert(uri, (params["version"].clone(), found));
            } else if message["method"] == "window/logMessage" {
                let said = message["params"]["message"].as_str().expect("a text");
                assert!(!said.contains("panicked"), "{said}");
            }
        }
    }

    /// What was said of a document last, as `check` would say it.
    fn findings(&self, name: &str) -> Option<Vec<(String, usize, usize)>> {
        let Open { text, version } = &self.open[name];
        let (told, found) = self.told.get(&self.uri(name))?;
        if told != version {
            return None;
        }
        let lines = LineIndex::of(text);
        let offset = |end: &Value| {
            let number = |key: &str| end[key].as_u64().expect("a number") as u32;
            let position = Position { line: number("line"), character: number("character") };
            lines.offset(text, position, self.encoding)
        };
        let found = found.iter().map(|one| {
            let code = one["code"].as_str().expect("a rule");
            let message = one["message"].as_str().expect("a text");
            let range = &one["range"];
            (format!("{code}: {message}"), offset(&range["start"]), offset(&range["end"]))
        });
        Some(sorted(found.collect()))
    }

    /// What a server makes of its text.
    fn view(&mut self, name: &str) -> Vec<Value> {
        let document = json!({ "uri": self.uri(name) });
        let text = &self.open[name].text;
        let lines = LineIndex::of(text);
        let places: Vec<Value> = (0..=20)
            .map(|part| {
                let at = text.floor_char_boundary(text.len() * part / 20);
                let Position { line, character } = lines.position(text, at, self.encoding);
                json!({ "line": line, "character": character })
            })
            .collect();
        let params = json!({ "textDocument": document, "positions": places });
        ["documentSymbol", "foldingRange", "selectionRange", "documentLink", "codeLens"]
            .iter()
            .map(|method| self.client.request(&format!("textDocument/{method}"), params.clone()))
            .collect()
    }
}

fn sorted(mut found: Vec<(String, usize, usize)>) -> Vec<(String, usize, usize)> {
    found.sort();
    found
}

/// What `check` finds, by file; places are bytes of the file.
fn checked(folder: &Path) -> BTreeMap<String, Vec<(String, usize, usize)>> {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--format", "jsonl", "--no-progress", "--quiet", "."])
        .current_dir(folder)
        .output()
        .expect("the program runs");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in text.lines() {
        let one: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| one[key].as_str().expect("a text");
        let offset = |end: &str| one[end]["offset"].as_u64().expect("a number") as usize;
        // An editor decodes files itself.
        if text("rule") != "encoding" {
            let name = text("path").trim_start_matches("./").to_owned();
            let said = format!("{}: {}", text("rule"), text("message"));
            found.entry(name).or_default().push((said, offset("start"), offset("end")));
        }
    }
    found.into_iter().map(|(name, found)| (name, sorted(found))).collect()
}

#[test]
fn two_editors_in_a_storm() {
    let seconds = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let time = seconds("RUBRICATOR_STORM").map_or(USUAL, Duration::from_secs);
    let seed = seconds("RUBRICATOR_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.expect("after 1970").as_nanos() as u64 | 1
    });
    eprintln!("RUBRICATOR_SEED={seed}");
    let mut dice = Dice(seed);
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let mine = ["a.txt", "b.md", "c.html", "d.xml", "sub/e.txt"];
    let yours = ["f.txt", "g.md", "h.xhtml", "i.tei", "sub/j.md"];
    fs::create_dir(root.join("sub")).expect("created");
    for name in mine.iter().chain(&yours).chain(&["k.txt"]) {
        let text: String =
            (0..30).map(|_| dice.one_of(WORDS)).filter(|word| *word != "\0").collect();
        fs::write(root.join(name), text).expect("written");
    }
    let mut editors = [
        Editor::start(root, &mine, PositionEncoding::Utf16),
        Editor::start(root, &yours, PositionEncoding::Utf8),
    ];
    let (start, mut steps) = (Instant::now(), 0);
    while start.elapsed() < time {
        for editor in &mut editors {
            editor.step(&mut dice);
        }
        steps += 1;
        let changed = match dice.below(200) {
            0 => {
                let config =
                    if dice.below(4) == 0 { "sub/rubricator.toml" } else { "rubricator.toml" };
                fs::write(root.join(config), dice.one_of(CONFIGS)).expect("written");
                config
            }
            1 if root.join("sub/rubricator.toml").exists() => {
                fs::remove_file(root.join("sub/rubricator.toml")).expect("removed");
                "sub/rubricator.toml"
            }
            2 => {
                let text: String = (0..10).map(|_| dice.one_of(WORDS)).collect();
                fs::write(root.join("k.txt"), text).expect("written");
                "k.txt"
            }
            3 if root.join("k.txt").exists() => {
                fs::remove_file(root.join("k.txt")).expect("removed");
                "k.txt"
            }
            _ => continue,
        };
        for editor in &mut editors {
            editor.hear_of(changed);
        }
    }
    let _ = fs::remove_file(root.join("sub/rubricator.toml"));
    fs::write(root.join("rubricator.toml"), LAST_CONFIG).expect("written");
    for editor in &mut editors {
        for name in editor.names.clone() {
            if !editor.open.contains_key(&name) {
                editor.open(&name);
            }
            // A text with a NUL is none for `check`: it skips the file.
            let all = json!({ "line": 1_000_000, "character": 0 });
            let text = editor.open[&name].text.replace('\0', "");
            let version = editor.open[&name].version + 1;
            let change = json!({
                "textDocument": { "uri": editor.uri(&name), "version": version },
                "contentChanges": [
                    { "range": { "start": { "line": 0, "character": 0 }, "end": all }, "text": text }
                ],
            });
            if text != editor.open[&name].text {
                editor.client.notify("textDocument/didChange", change);
                editor.open.insert(name.clone(), Open { text, version });
            }
            editor.save(&name);
        }
    }
    for editor in &mut editors {
        for name in
            mine.iter().chain(&yours).chain(&["k.txt", "rubricator.toml", "sub/rubricator.toml"])
        {
            editor.hear_of(name);
        }
    }
    let expected = checked(root);
    eprintln!("{steps} steps, {} findings", expected.values().map(Vec::len).sum::<usize>());
    for editor in &mut editors {
        let end = Instant::now() + PATIENCE;
        for name in editor.names.clone() {
            let wanted = expected.get(&name).cloned().unwrap_or_default();
            while editor.findings(&name).as_ref() != Some(&wanted) {
                assert!(
                    Instant::now() < end,
                    "RUBRICATOR_SEED={seed} {name}: {:#?} instead of {wanted:#?}\n{:?}",
                    editor.findings(&name),
                    editor.open[&name].text,
                );
                std::thread::sleep(Duration::from_millis(20));
                editor.listen();
            }
        }
        // A server that has just been given the texts makes the same of them.
        let names: Vec<&str> = editor.names.iter().map(String::as_str).collect();
        let mut fresh = Editor::start(root, &names, editor.encoding);
        for name in editor.names.clone() {
            fresh.open(&name);
            assert_eq!(fresh.open[&name].text, editor.open[&name].text);
            assert_eq!(fresh.view(&name), editor.view(&name), "RUBRICATOR_SEED={seed} {name}");
        }
        let shutdown = editor.client.question("shutdown", Value::Null);
        editor.client.answer(shutdown);
        editor.client.notify("exit", Value::Null);
        assert_eq!(editor.client.status(), 0);
    }
}
