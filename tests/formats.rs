//! The formats for other programs, and the baseline, from the outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const TEXT: &str = "It was ‘so.\n\nIt was a ‘quite <new & so.\n";

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-progress"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a b.txt"), TEXT).expect("written");
    folder
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn sarif_points_at_the_places() {
    let folder = folder();
    let report = json(&check(folder.path(), &["--format", "sarif", "a b.txt"]));
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b.txt");
        let region = &place["region"];
        let start = region["byteOffset"].as_u64().expect("an offset") as usize;
        let length = region["byteLength"].as_u64().expect("a length") as usize;
        assert_eq!(&TEXT[start..start + length], "‘");
        let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert!(change["insertedContent"]["text"].is_string());
    }
}

#[test]
fn gitlab_tells_findings_apart_and_knows_them_again() {
    let folder = folder();
    let fingerprints = || -> Vec<String> {
        let report = json(&check(folder.path(), &["--format", "gitlab", "a b.txt"]));
        let issues = report.as_array().expect("an array").iter();
        issues.map(|issue| issue["fingerprint"].as_str().expect("text").to_owned()).collect()
    };
    let before = fingerprints();
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    fs::write(folder.path().join("a b.txt"), format!("New.\n\n{TEXT}")).expect("written");
    assert_eq!(fingerprints(), before);
}

#[test]
fn junit_is_well_formed() {
    let folder = folder();
    for arguments in
        [["--format", "junit", "a b.txt"], ["--format=junit", "--select=encoding", "."]]
    {
        let output = check(folder.path(), &arguments);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let mut failures = 0;
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) if tag.name().0 == "failure" => failures += 1,
                _ => {}
            }
        }
        assert_eq!(failures, if arguments[0] == "--format" { 2 } else { 0 });
    }
}

#[test]
fn reports_without_findings_are_whole() {
    let folder = folder();
    fs::write(folder.path().join("a b.txt"), "It was so.\n").expect("written");
    let empty = json(&check(folder.path(), &["--format", "gitlab", "."]));
    assert_eq!(empty, Value::Array(Vec::new()));
    let sarif = json(&check(folder.path(), &["--format", "sarif", "."]));
    assert_eq!(sarif["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn what_is_in_the_baseline_is_not_reported_and_new_findings_are() {
    let folder = folder();
    let folder = folder.path();
    let written = check(folder, &["--write-baseline", "known.json", "."]);
    assert_eq!(written.status.code(), Some(0));
    assert!(written.stdout.is_empty());
    let known = |arguments: &[&str]| {
        let all = [&["--baseline", "known.json", "--format", "concise"], arguments].concat();
        let output = check(folder, &all);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.code(), text.lines().count())
    };
    assert_eq!(known(&["."]), (Some(0), 0));
    // Edits elsewhere do not matter.
    fs::write(folder.join("a b.txt"), format!("A new line.\n\n{TEXT}")).expect("written");
    assert_eq!(known(&["."]), (Some(0), 0));
    // The same mistake once more is new.
    fs::write(folder.join("a b.txt"), format!("{TEXT}\nIt was ‘so.\n")).expect("written");
    assert_eq!(known(&["."]), (Some(1), 1));
    // A file that was moved is still known.
    fs::write(folder.join("moved.txt"), TEXT).expect("written");
    fs::remove_file(folder.join("a b.txt")).expect("removed");
    assert_eq!(known(&["."]), (Some(0), 0));
    // What was mended is no longer needed.
    fs::write(folder.join("a b.txt"), "It was so.\n").expect("written");
    let output = check(folder, &["--baseline", "known.json", "a b.txt"]);
    let summary = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(summary.contains("2 findings of the baseline not met"), "{summary}");
    let unneeded: Vec<_> = summary.lines().filter(|line| line.contains("no longer")).collect();
    assert_eq!(unneeded.len(), 2, "{summary}");
    let first = "known.json: no longer needed: a b.txt: ";
    assert!(unneeded.iter().all(|line| line.starts_with(first)), "{summary}");
}

#[test]
fn what_is_known_is_met_when_other_things_are_fixed() {
    let folder = folder();
    let folder = folder.path();
    check(folder, &["--write-baseline", "known.json", "."]);
    let text = format!("{TEXT}\nHe spoke of the ’rule of law’ and went.\n");
    fs::write(folder.join("a b.txt"), &text).expect("written");
    let output = check(folder, &["--baseline", "known.json", "--fix", "--unsafe-fixes", "."]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "No findings in 1 file. 1 fixed.\n");
    let fixed = fs::read_to_string(folder.join("a b.txt")).expect("read");
    assert_eq!(fixed, text.replace("’rule", "‘rule"));
}

#[test]
fn a_broken_baseline_is_an_error_with_its_place() {
    let folder = folder();
    fs::write(folder.path().join("known.json"), "{\n  \"version\": 1,\n  oops\n}")
        .expect("written");
    let output = check(folder.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("known.json:3:3"), "{message}");
}

#[test]
fn a_baseline_that_cannot_be_read_stops_the_run() {
    let folder = folder();
    let output = check(folder.path(), &["--baseline", "known.json", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(message, "rubricator: known.json: No such file or directory\n");
    fs::write(folder.path().join("known.json"), "{\"version\": 9, \"entries\": []}")
        .expect("written");
    let output = check(folder.path(), &["--baseline", "known.json", "."]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("known.json:1:1: this baseline has version 9"), "{message}");
}

#[test]
fn a_known_finding_of_another_file_hides_no_new_one() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("other.txt"), "It was ‘so.\n").expect("written");
    check(folder, &["--write-baseline", "known.json", "other.txt"]);
    // The other file is still there, though this run does not check it.
    let known = ["--baseline", "known.json", "--format", "concise", "a b.txt"];
    let output = check(folder, &known);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    // An entry of a file that is gone and was not found elsewhere is no longer needed.
    fs::remove_file(folder.join("other.txt")).expect("removed");
    fs::write(folder.join("a b.txt"), "It was so.\n").expect("written");
    let output = check(folder, &["--baseline", "known.json", "."]);
    let summary = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(summary.contains("1 finding of the baseline not met"), "{summary}");
}

#[test]
fn a_baseline_is_the_same_wherever_a_run_is_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let top = folder.path();
    for name in ["a.txt", "letters/b.txt"] {
        fs::create_dir_all(top.join(name).parent().expect("a folder")).expect("created");
        fs::write(top.join(name), "He spoke of the ’rule of law’ and went away.\n")
            .expect("written");
    }
    let whole = top.to_str().expect("UTF-8");
    for known in ["known.json", "ci/known.json"] {
        fs::create_dir_all(top.join("ci")).expect("created");
        check(top, &["--write-baseline", known, "."]);
        let absolute = format!("{whole}/{known}");
        let above = format!("../{known}");
        for (from, known, paths) in [
            (".", known, "letters"),
            ("letters", above.as_str(), "."),
            ("letters", above.as_str(), ".."),
            ("ci", absolute.as_str(), whole),
        ] {
            let output = check(&top.join(from), &["--baseline", known, paths]);
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(said.starts_with("No findings in "), "{from} {known} {paths}: {said}");
            assert!(!said.contains("no longer") && !said.contains("not met"), "{said}");
        }
    }
}

#[test]
fn a_baseline_is_written_whole_or_not_at_all() {
    let folder = folder();
    let folder = folder.path();
    let arguments = ["--write-baseline", "known.json", "--format", "sarif", ".", "absent.txt"];
    let output = check(folder, &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.join("known.json").exists());
    // The report that was asked for is whole all the same.
    assert_eq!(json(&output)["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn the_words_around_a_finding_end_with_its_line_whatever_ends_lines() {
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("mac.txt"), "It was ‘so.\r\rAnd then.\r").expect("written");
    check(folder, &["--write-baseline", "known.json", "mac.txt"]);
    fs::write(folder.join("mac.txt"), "It was ‘so.\r\rAnd thereafter.\r").expect("written");
    let output = check(folder, &["--baseline", "known.json", "mac.txt"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn several_reports_at_once() {
    let folder = folder();
    let folder = folder.path();
    let files =
        ["--format", "sarif", "--output", "r.sarif", "--format", "checkstyle", "-o", "r.xml"];
    let output = check(folder, &[&files[..], &["--format", "concise", "."]].concat());
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    let sarif: Value =
        serde_json::from_slice(&fs::read(folder.join("r.sarif")).expect("read")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(2));
    let checkstyle = fs::read_to_string(folder.join("r.xml")).expect("read");
    assert_eq!(checkstyle.matches("<error ").count(), 2);
    assert!(checkstyle.contains("<file name=\"a b.txt\">"), "{checkstyle}");
    let output = check(folder, &["--format", "json", "--format", "sarif", "."]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn sarif_tells_paths_from_schemes_and_fixes_by_lines() {
    let folder = folder();
    fs::write(folder.path().join("a:b.txt"), TEXT).expect("written");
    let report = json(&check(folder.path(), &["--format", "sarif", "a:b.txt"]));
    let result = &report["runs"][0]["results"][0];
    let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(artifact["uri"], "a%3Ab.txt");
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["deletedRegion"]["startLine"], 1);
    assert!(change["deletedRegion"].get("byteOffset").is_none());
}

#[test]
fn a_workflow_gets_its_summary() {
    let folder = folder();
    let summary = folder.path().join("summary.md");
    let run = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--format", "github", "."])
        .current_dir(folder.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(1));
    let text = fs::read_to_string(&summary).expect("read");
    assert!(text.contains("| `unbalanced-quotes` | 2 |"), "{text}");
    assert!(text.contains("| `a b.txt` | 2 |"), "{text}");
}
