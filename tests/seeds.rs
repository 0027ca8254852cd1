//! The sample transcriptions: what is found in each is what its neighbour
//! `*.expected.jsonl` lists; a sample without one is clean.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn rubricator(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn findings() -> Vec<Value> {
    let output = rubricator(&["check", "--format", "jsonl", "--no-progress", "--quiet", "seeds"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    lines(&String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn samples_have_the_findings_that_their_neighbours_list() {
    let found = findings();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("readable").path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("txt" | "md" | "html" | "xml")) {
            continue;
        }
        let expected =
            fs::read_to_string(path.with_extension("expected.jsonl")).unwrap_or_default();
        let name = format!("seeds/{}", path.file_name().expect("a name").to_string_lossy());
        let here: Vec<_> =
            found.iter().filter(|one| one["path"] == name.as_str()).cloned().collect();
        assert_eq!(here, lines(&expected), "{name}");
    }
}

#[test]
fn one_text_in_four_formats_has_the_same_findings() {
    let found = findings();
    let of = |path: &str| -> Vec<(String, String, String)> {
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        let source = source.expect("readable");
        let cut = |one: &Value| {
            let offset = |end: &str| one[end]["offset"].as_u64().expect("an offset") as usize;
            source[offset("start")..offset("end")].to_owned()
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let here = found.iter().filter(|one| one["path"] == path);
        here.map(|one| (text(&one["rule"]), cut(one), text(&one["fixes"][0]["edits"][0]["text"])))
            .collect()
    };
    let plain = of("seeds/the-lamp-text.txt");
    let shown: Vec<_> =
        plain.iter().map(|(rule, words, fix)| format!("{rule} {words} -> {fix}")).collect();
    assert_eq!(
        shown,
        [
            "unbalanced-quotes ‘ -> ’",
            "name-variant Zinovyev -> Zinoviev",
            "quote-direction ’ -> ‘",
            "quote-direction ‘ -> ’",
        ]
    );
    for other in ["markdown.md", "html.html", "tei.xml"] {
        assert_eq!(of(&format!("seeds/the-lamp-{other}")), plain, "{other}");
    }
}

#[test]
fn offsets_cut_the_words_that_the_message_names() {
    for finding in findings() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(finding["path"].as_str().expect("text"));
        let bytes = fs::read(path).expect("readable");
        let offset = |end: &str| finding[end]["offset"].as_u64().expect("a number") as usize;
        let words = String::from_utf8_lossy(&bytes[offset("start")..offset("end")]).into_owned();
        let message = finding["message"].as_str().expect("text");
        // Messages about notes name the number without its brackets, those about an unclosed
        // quotation the line.
        let core = words.trim_matches(['[', ']', '.']);
        let is_named = message.contains(core) || message.contains("opened in line");
        assert!(is_named || finding["rule"] == "encoding", "{words:?} in {message:?}");
    }
}

#[test]
fn a_second_fix_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(seeds).expect("the samples") {
        let path = entry.expect("readable").path();
        // A cache may lie beside them.
        if !path.is_file() {
            continue;
        }
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("copied");
    }
    let fix = || {
        rubricator(&[
            "check",
            "--fix",
            "-q",
            "--fail-on",
            "never",
            &folder.path().display().to_string(),
        ])
    };
    let read = || -> Vec<_> {
        let mut files: Vec<_> = fs::read_dir(folder.path())
            .expect("readable")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.is_file())
            .map(|path| (path.clone(), fs::read(path).expect("readable")))
            .collect();
        files.sort();
        files
    };
    let before = read();
    assert_eq!(fix().status.code(), Some(0));
    let once = read();
    assert_ne!(before, once, "the samples have marks that can be turned");
    fix();
    assert_eq!(once, read());
    let herring = "the-price-of-herring-windows-1252.txt";
    let is_herring = |(path, _): &&(std::path::PathBuf, Vec<u8>)| path.ends_with(herring);
    assert_eq!(
        before.iter().find(is_herring),
        once.iter().find(is_herring),
        "its encoding is kept"
    );
}
