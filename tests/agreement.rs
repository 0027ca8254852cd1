//! One analysis, two faces: what `check` prints of the samples, the server shows of them, with the
//! same ranges, in every encoding of positions, and after edits too.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use rubricator::text::SourceFile;
use serde_json::{Value, json};
use support::chance::Chance;
use support::samples;
use support::{Client, PATIENCE, uri};

/// A finding as both faces tell it: range, severity, rule, message, and the related places each with
/// its file.
type Told = (Vec<u64>, u64, String, String, Vec<(String, Vec<u64>, String)>);

/// By file, sorted.
type Findings = BTreeMap<String, Vec<Told>>;

/// A copy of the samples, as an editor has them open.
struct Samples {
    folder: tempfile::TempDir,
    texts: BTreeMap<String, String>,
}

impl Samples {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut texts = BTreeMap::new();
        samples::copy_into(folder.path());
        for path in samples::files() {
            let name = path.to_string_lossy().into_owned();
            let is_of = |end: &&str| name.ends_with(*end);
            // What explains the samples is none of them.
            if name != "README.md" && [".txt", ".md", ".htm", ".html", ".xml"].iter().any(is_of) {
                let bytes = fs::read(folder.path().join(&path)).expect("read");
                let file = SourceFile::decode(&bytes).expect("a text");
                texts.insert(name, file.text.to_string());
            }
        }
        fs::remove_file(folder.path().join("README.md")).expect("removed");
        Self { folder, texts }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    /// What `check` prints.
    fn checked(&self, units: Units) -> Findings {
        let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
            .args(["check", "--format", "jsonl", "--no-progress", "--quiet", "--no-cache", "."])
            .current_dir(self.folder.path())
            .output()
            .expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut findings: Findings =
            self.texts.keys().map(|name| (name.clone(), Vec::new())).collect();
        for line in text.lines() {
            let finding: Value = serde_json::from_str(line).expect("JSON");
            let word = |key: &str| finding[key].as_str().expect("text").to_owned();
            // An editor decodes files itself.
            if word("rule") == "encoding" {
                continue;
            }
            let range = |one: &Value| {
                let text = &self.texts[one["path"].as_str().unwrap_or(&word("path"))];
                ["start", "end"].iter().flat_map(|end| units.position(text, &one[end])).collect()
            };
            let related = finding["related"].as_array().expect("a list").iter().map(|place| {
                let text = |key: &str| place[key].as_str().expect("text").to_owned();
                (text("path"), range(place), text("message"))
            });
            let severity = ["", "error", "warning", "info", "hint"];
            let severity = severity.iter().position(|name| finding["severity"] == *name);
            let told = (
                range(&finding),
                severity.expect("a severity") as u64,
                word("rule"),
                word("message"),
                related.collect(),
            );
            findings.get_mut(&word("path")).expect("a sample").push(told);
        }
        findings.values_mut().for_each(|told| told.sort());
        findings
    }

    fn told(&self, diagnostic: &Value) -> Told {
        let number = |value: &Value| value.as_u64().expect("a number");
        let range = |range: &Value| {
            let ends = [&range["start"], &range["end"]].into_iter();
            ends.flat_map(|end| [number(&end["line"]), number(&end["character"])]).collect()
        };
        let word = |value: &Value| value.as_str().expect("text").to_owned();
        let name = |uri: &Value| {
            word(uri).strip_prefix(&self.uri("")).expect("a file of the corpus").to_owned()
        };
        let related = diagnostic["relatedInformation"].as_array().into_iter().flatten();
        let related = related.map(|place| {
            let location = &place["location"];
            (name(&location["uri"]), range(&location["range"]), word(&place["message"]))
        });
        (
            range(&diagnostic["range"]),
            number(&diagnostic["severity"]),
            word(&diagnostic["code"]),
            word(&diagnostic["message"]),
            related.collect(),
        )
    }
}

/// What an encoding of positions counts.
#[derive(Clone, Copy)]
struct Units(&'static str);

impl Units {
    /// The place that `check` gives, as line and character from 0.
    fn position(self, text: &str, place: &Value) -> [u64; 2] {
        let number = |key: &str| place[key].as_u64().expect("a number") as usize - 1;
        let (line, column) = (number("line"), number("column"));
        let before: String = lines(text).get(line).unwrap_or(&"").chars().take(column).collect();
        [line as u64, self.length(&before)]
    }

    fn length(self, text: &str) -> u64 {
        let length = match self.0 {
            "utf-8" => text.len(),
            "utf-16" => text.encode_utf16().count(),
            _ => text.chars().count(),
        };
        length as u64
    }
}

/// The lines as the protocol counts them: ended by a line feed, a carriage return or both.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + width..];
    }
    lines.push(rest);
    lines
}

fn language(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("md") => "markdown",
        Some("htm" | "html") => "html",
        Some("xml") => "xml",
        _ => "plaintext",
    }
}

/// Waits until the server shows what is expected of every file; findings that need the corpus come
/// when it has been read, or read again.
fn wait_for(client: &mut Client, samples: &Samples, shown: &mut Findings, expected: &Findings) {
    let end = Instant::now() + PATIENCE;
    while shown != expected {
        assert!(Instant::now() < end, "{}", difference(shown, expected));
        std::thread::sleep(Duration::from_millis(20));
        client.take_in();
        for message in client.waiting.drain(..) {
            if message["method"] != "textDocument/publishDiagnostics" {
                continue;
            }
            let uri = message["params"]["uri"].as_str().expect("a URI");
            let name = uri.strip_prefix(&samples.uri("")).expect("a file of the corpus");
            let all = message["params"]["diagnostics"].as_array().expect("a list");
            let mut told: Vec<Told> = all.iter().map(|one| samples.told(one)).collect();
            told.sort();
            shown.insert(name.to_owned(), told);
        }
    }
}

/// What only one of the faces tells.
fn difference(shown: &Findings, expected: &Findings) -> String {
    let none = Vec::new();
    let mut out = String::new();
    for (name, told) in expected {
        let server = shown.get(name).unwrap_or(&none);
        let only = |these: &[Told], those: &[Told]| -> Vec<String> {
            these.iter().filter(|one| !those.contains(one)).map(|one| format!("{one:?}")).collect()
        };
        for (face, told) in [("check", only(told, server)), ("server", only(server, told))] {
            out +=
                &told.iter().map(|one| format!("{name}: only {face}: {one}\n")).collect::<String>();
        }
    }
    out
}

/// What is typed, or put in the place of a few characters.
const TYPED: &[&str] = &[
    "‘",
    "’",
    "“",
    "”",
    " ",
    "",
    "\n\n",
    "Zinovyev ",
    " Trotskii",
    "[3]",
    "[^n]",
    "<",
    "&amp;",
    "</p>",
    "’’",
    "[x](no.md)",
    "😀 ",
    "\r",
    "a",
];

/// One edit of a text, in the server and in the file.
fn edit(
    client: &mut Client,
    samples: &mut Samples,
    name: &str,
    version: usize,
    units: Units,
    chance: &mut Chance,
) {
    let uri = samples.uri(name);
    let text = samples.texts.get_mut(name).expect("a sample");
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    // Between the halves of a line's end there is no position.
    let is_place = |at: usize| !text[..at].ends_with('\r') || !text[at..].starts_with('\n');
    let number = chance.below(places.len());
    let (from, to) = (places[number], places[(number + chance.below(4)).min(places.len() - 1)]);
    let typed = TYPED[chance.below(TYPED.len())];
    if !is_place(from) || !is_place(to) {
        return;
    }
    let position = |at: usize| {
        let before = lines(&text[..at]);
        let last = before.last().copied().unwrap_or("");
        json!({ "line": before.len() - 1, "character": units.length(last) })
    };
    let range = json!({ "start": position(from), "end": position(to) });
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "range": range, "text": typed }],
        }),
    );
    text.replace_range(from..to, typed);
    fs::write(samples.folder.path().join(name), &*text).expect("written");
}

fn agree(units: Units, seed: u64) {
    let mut samples = Samples::new();
    let expected = samples.checked(units);
    assert!(expected.values().map(Vec::len).sum::<usize>() > 10);
    let mut client = Client::open(samples.folder.path(), &[units.0]);
    for (name, text) in &samples.texts {
        client.notify(
            "textDocument/didOpen",
            json!({ "textDocument": {
                "uri": samples.uri(name), "languageId": language(name), "version": 1, "text": text,
            } }),
        );
    }
    let mut shown = Findings::new();
    wait_for(&mut client, &samples, &mut shown, &expected);
    // A file that is kept in another encoding would be written anew in this one.
    let names: Vec<String> = samples.texts.keys().cloned().collect();
    let is_utf8 = |name: &&String| {
        fs::read(samples.path(name)).expect("read") == samples.texts[*name].as_bytes()
    };
    // A mistake in a personography is one of the configuration.
    let is_text = |name: &&String| !name.ends_with("people.xml");
    let names: Vec<String> = names.iter().filter(is_utf8).filter(is_text).cloned().collect();
    let mut chance = Chance(seed);
    for round in 0..6 {
        for name in &names {
            for step in 0..3 {
                edit(&mut client, &mut samples, name, 2 + round * 3 + step, units, &mut chance);
            }
        }
        let expected = samples.checked(units);
        wait_for(&mut client, &samples, &mut shown, &expected);
    }
}

#[test]
fn the_server_and_check_agree_on_every_sample_in_bytes() {
    agree(Units("utf-8"), 1);
}

#[test]
fn the_server_and_check_agree_on_every_sample_in_utf16_units() {
    agree(Units("utf-16"), 2);
}

#[test]
fn the_server_and_check_agree_on_every_sample_in_characters() {
    agree(Units("utf-32"), 3);
}

/// What `check` passes over, an editor leaves alone too, until it becomes a text.
#[test]
fn xml_that_is_no_text_is_left_alone_while_it_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = "<p>He spoke of the ’rule of law’ and went away.</p>";
    let versions =
        [("rss", 0), ("text", 1), ("rss", 0), ("html", 1), ("text", 1), ("html", 1), ("rss", 0)];
    let mut client = Client::open(folder.path(), &["utf-8"]);
    let document = uri(&folder.path().join("a.xml"));
    for (version, (root, count)) in versions.into_iter().enumerate() {
        let text = format!("<{root}><x>{body}</x></{root}>");
        fs::write(folder.path().join("a.xml"), &text).expect("written");
        let checked = Command::new(env!("CARGO_BIN_EXE_rubricator"))
            .args(["check", "--format", "jsonl", "--no-cache", "--quiet"])
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        assert_eq!(checked.stdout.split(|byte| *byte == b'\n').count() - 1, count, "{root}");
        if version == 0 {
            client.open_document(&document, &text);
        } else {
            client.notify(
                "textDocument/didChange",
                json!({
                    "textDocument": { "uri": document, "version": version + 1 },
                    "contentChanges": [{ "text": text }],
                }),
            );
        }
        let told = client.wait(|message| {
            let params = &message["params"];
            params["uri"] == document.as_str() && params["version"] == version + 1
        });
        let told = told["params"]["diagnostics"].as_array().expect("a list");
        assert_eq!(told.len(), count, "{root}");
    }
}

/// The same bytes are another line.
#[test]
fn a_place_in_another_document_is_followed_when_its_line_is_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = "It was Mr Ryabchikov who came, and Mr Ryabchikov who went away again.\n";
    let mut client = Client::open(folder.path(), &["utf-8"]);
    let [a, b] = ["a.txt", "b.txt"].map(|name| uri(&folder.path().join(name)));
    client.open_document(&a, "It was Mr Riabchikov who came.\n");
    client.open_document(&b, known);
    let at = |line: u64, character: u64| json!({ "line": line, "character": character });
    let shows = |message: &Value, place: Value| {
        let related = &message["params"]["diagnostics"][0]["relatedInformation"];
        message["params"]["uri"] == a.as_str() && related[0]["location"]["range"]["start"] == place
    };
    client.wait(|message| shows(message, at(0, 10)));
    let range = json!({ "start": at(0, 6), "end": at(0, 7) });
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": b, "version": 2 },
            "contentChanges": [{ "range": range, "text": "\n" }],
        }),
    );
    client.wait(|message| shows(message, at(1, 3)));
}
