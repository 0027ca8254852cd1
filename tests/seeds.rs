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
        if path.extension().is_none_or(|extension| extension != "txt") {
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
