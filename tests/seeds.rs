//! The sample transcriptions: what is found in each is what its neighbour
//! `*.expected.jsonl` lists; a sample without one is clean.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::samples;

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
    for path in samples::files() {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("txt" | "md" | "htm" | "html" | "xml")) {
            continue;
        }
        let expected = samples::folder().join(path.with_extension("expected.jsonl"));
        let expected = fs::read_to_string(expected).unwrap_or_default();
        let name = format!("seeds/{}", path.display());
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
        let core = words.trim_matches(['[', ']', '^', '.']);
        // Those about links name the place or the file, those about elements their names.
        let core = core.rsplit(['#', ':']).next().unwrap_or(core).trim_start_matches('@');
        let core = core.trim_matches(['<', '>', '/']);
        let lower = message.to_lowercase();
        let is_named = lower.contains(&core.to_lowercase())
            || ["opened in line", "leads to a folder", "begins with “/”"]
                .iter()
                .any(|words| message.contains(words));
        assert!(is_named || finding["rule"] == "encoding", "{words:?} in {message:?}");
    }
}

#[test]
fn a_second_fix_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    samples::copy_into(folder.path());
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
        let bytes = |path: &PathBuf| fs::read(folder.path().join(path)).expect("readable");
        samples::files().into_iter().map(|path| (path.clone(), bytes(&path))).collect()
    };
    let before = read();
    assert_eq!(fix().status.code(), Some(0));
    let once = read();
    assert_ne!(before, once, "the samples have marks that can be turned");
    fix();
    assert_eq!(once, read());
    let herring = "the-price-of-herring-windows-1252.txt";
    let is_herring = |(path, _): &&(PathBuf, Vec<u8>)| path.ends_with(herring);
    assert_eq!(
        before.iter().find(is_herring),
        once.iter().find(is_herring),
        "its encoding is kept"
    );
}
