//! `rubricator check` from the outside: what it prints, and with which status it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

struct Run {
    status: i32,
    out: String,
    err: String,
}

fn rubricator(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    Run {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    folder
}

const CLEAN: &str = "He said ‘no’ and went away, and that was all that was heard of it.\n";
const BROKEN: &str = "He spoke of the ’rule of law’ and went away, and that was all.\n";

#[test]
fn the_status_tells_what_was_found() {
    let corpus = folder(&[("a.txt", CLEAN)]);
    let run = rubricator(corpus.path(), &["check"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "No findings in 1 file.\n");

    let corpus = folder(&[("a.txt", BROKEN)]);
    assert_eq!(rubricator(corpus.path(), &["check"]).status, 1);
    assert_eq!(rubricator(corpus.path(), &["check", "--fail-on", "error"]).status, 0);
    assert_eq!(rubricator(corpus.path(), &["check", "--ignore", "quote-direction"]).status, 0);
}

#[test]
fn formats() {
    let corpus = folder(&[("a.txt", BROKEN)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "a.txt"]);
    assert_eq!(
        run.out,
        "a.txt:1:17: warning[quote-direction] This ’ points the wrong way; expected ‘.\n"
    );
    let run = rubricator(corpus.path(), &["check", "--format", "jsonl", "a.txt"]);
    let finding: serde_json::Value = serde_json::from_str(&run.out).expect("one JSON object");
    assert_eq!(finding["start"], serde_json::json!({ "line": 1, "column": 17, "offset": 16 }));
    assert_eq!(finding["end"], serde_json::json!({ "line": 1, "column": 18, "offset": 19 }));
    assert_eq!(
        finding["fixes"][0]["edits"][0],
        serde_json::json!({ "start": 16, "end": 19, "text": "‘" })
    );
    let run = rubricator(corpus.path(), &["check", "--format", "json", "a.txt"]);
    let all: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("a JSON array");
    assert_eq!(all, [finding]);
    let run = rubricator(corpus.path(), &["check", "--format", "github", "a.txt"]);
    assert!(run.out.starts_with("::warning file=a.txt,line=1,"), "{}", run.out);
    let run = rubricator(corpus.path(), &["check", "a.txt"]);
    let expected = "\
warning[quote-direction]: This ’ points the wrong way; expected ‘.
 --> a.txt:1:17
  |
1 | He spoke of the ’rule of law’ and went away, and that was all.
  |                 ^
  |
  = help: Write ‘ for ’

";
    assert_eq!(run.out, expected);
}

#[test]
fn fixes_are_shown_and_applied() {
    let corpus = folder(&[("a.txt", BROKEN)]);
    let run = rubricator(corpus.path(), &["check", "--diff", "-q"]);
    assert!(run.out.contains("\n+He spoke of the ‘rule of law’"), "{}", run.out);
    assert_eq!(fs::read_to_string(corpus.path().join("a.txt")).expect("readable"), BROKEN);
    let run = rubricator(corpus.path(), &["check", "--fix"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("readable");
    assert_eq!(fixed, BROKEN.replace("’rule", "‘rule"));
}

#[test]
fn names_are_compared_over_the_whole_corpus() {
    let corpus = folder(&[
        ("a.txt", "It was Mr Ryabchikov who came, and Mr Ryabchikov who went away again.\n"),
        ("b.txt", "It was Mr Riabchikov who came, and went, and Riabchikov [sic] again.\n"),
    ]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let places: Vec<_> = run.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(places, ["b.txt:1:11:"], "{}", run.out);
}

#[test]
fn an_accepted_place_is_left_alone() {
    let config = "[[accept]]\nfile = \"*.txt\"\nrule = \"quote-direction\"\ntext = \"’\"\n";
    let corpus = folder(&[("a.txt", BROKEN), ("rubricator.toml", config)]);
    assert_eq!(rubricator(corpus.path(), &["check"]).status, 0);
}

#[test]
fn ignored_files_are_not_checked_unless_named() {
    let corpus = folder(&[("a.txt", CLEAN), ("drafts/b.txt", BROKEN), (".gitignore", "drafts\n")]);
    assert_eq!(rubricator(corpus.path(), &["check"]).status, 0);
    assert_eq!(rubricator(corpus.path(), &["check", "drafts/b.txt"]).status, 1);
}

#[test]
fn bad_input_is_named_once_and_the_rest_is_checked() {
    let corpus = folder(&[("a.txt", BROKEN), ("empty/x.bin", "")]);
    fs::write(corpus.path().join("binary.txt"), b"a\0b").expect("written");
    let cases = [
        ("missing.txt", "missing.txt: No such file or directory"),
        ("empty", "empty: there is no text, Markdown, HTML or TEI file in this folder"),
        ("empty/x.bin", "empty/x.bin: this is no .txt, .md, .html or .xml file"),
        ("binary.txt", "binary.txt: this is a binary file, not a text"),
    ];
    for (path, message) in cases {
        let run = rubricator(corpus.path(), &["check", "-q", "--format", "concise", path, "a.txt"]);
        assert_eq!(run.status, 2, "{path}");
        assert_eq!(run.err, format!("rubricator: {message}\n"));
        assert_eq!(run.out.lines().count(), 1, "the other file is checked");
    }
}

#[test]
fn broken_configuration_is_named_with_its_place() {
    let figures = "[figures]\nfiles = [\"figures.toml\"]\n";
    let cases = [
        (("rubricator.toml", "[rulez]\n"), "rubricator.toml:1:2: unknown field `rulez`"),
        (
            ("rubricator.toml", "[rules]\nname-varient = \"off\"\n"),
            "rubricator.toml:2:1: there is no rule `name-varient`; did you mean `name-variant`?",
        ),
        (
            ("rubricator.toml", "[rules]\nname-variant = \"of\"\n"),
            "rubricator.toml:2:16: unknown variant `of`",
        ),
        (("rubricator.toml", "[files]\ninclude = 3\n"), "rubricator.toml:2:11: invalid type"),
        (
            ("figures.toml", "[[figure]]\nid = \"a\"\nname = \"A\"\nvariant = []\n"),
            "figures.toml:4:1: unknown field `variant`",
        ),
        (
            (
                "figures.toml",
                "[[figure]]\nid = \"a\"\nname = \"A\"\n[[figure]]\nid = \"a\"\nname = \"B\"\n",
            ),
            "figures.toml:5:6: there are two figures with the id `a`",
        ),
    ];
    for ((name, text), message) in cases {
        let corpus = folder(&[("a.txt", CLEAN), ("rubricator.toml", figures), (name, text)]);
        let run = rubricator(corpus.path(), &["check", "-q"]);
        assert_eq!(run.status, 2, "{message}");
        assert!(run.err.contains(message), "{} lacks {message}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    let corpus = folder(&[("a.txt", CLEAN)]);
    let run = rubricator(corpus.path(), &["check", "--select", "name-varient"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("did you mean `name-variant`?"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let corpus = folder(&[("a.txt", &BROKEN.repeat(20_000))]);
    let program = env!("CARGO_BIN_EXE_rubricator");
    let script =
        format!("'{program}' check -q --no-progress . | head -n 1; echo ${{PIPESTATUS[0]}}");
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(corpus.path())
        .output()
        .expect("bash runs");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(out.lines().last(), Some("1"), "{out} {}", String::from_utf8_lossy(&output.stderr));
}
