//! What the program says to those who have mistyped something: one line for each cause, with the
//! word that was meant.

mod support;

use support::corpus::Corpus;

const BROKEN: &str = "He spoke of the ’rule of law’ and went away, and that was all.\n";

/// The status, and what stands on standard error without the path of the folder.
fn run(corpus: &Corpus, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = corpus.output(arguments);
    let folder = format!("{}/", corpus.path().canonicalize().expect("there").display());
    let said = String::from_utf8(output.stderr).expect("UTF-8").replace(&folder, "");
    (output.status.code(), said.lines().map(str::to_owned).collect())
}

#[test]
fn each_wrong_argument_is_one_line() {
    let corpus = Corpus::of(&[("a.txt", BROKEN)]);
    let cases: [(&[&str], &str); 8] = [
        (&["check", "--format", "jsnol"], "a similar value exists: 'json"),
        (&["check", "--bogus"], "unexpected argument '--bogus'"),
        (&["check", "--jobs", "x"], "invalid value 'x' for '--jobs"),
        (&["check", "--baseline", "b", "--write-baseline", "c"], "cannot be used with"),
        (&["check", "--stdin-filename", "a.txt"], "ask for that with `-`"),
        (&["check", "--unsafe-fixes"], "--fix or --diff"),
        (&["check", "--select", ""], "--select names no rule"),
        (&["check", "--ignore", "name-varint"], "did you mean `name-variant`?"),
    ];
    for (arguments, words) in cases {
        let (status, lines) = run(&corpus, arguments);
        assert_eq!((status, lines.len()), (Some(2), 1), "{arguments:?}: {lines:#?}");
        assert!(lines[0].starts_with("rubricator: ") && lines[0].contains(words), "{lines:?}");
    }
    let (status, lines) = run(&corpus, &["check", "--select", "quote,name-varint"]);
    assert_eq!((status, lines.len()), (Some(2), 2), "{lines:#?}");
}

#[test]
fn a_value_of_the_configuration_is_told_with_the_one_that_was_meant() {
    let cases = [
        ("profile = \"tie\"", "1:11: ", "did you mean `tei`?"),
        ("language = \"english\"", "1:12: ", "did you mean `en` (English)?"),
        ("language = \"xx\"", "1:12: ", "there is no language `xx`"),
        ("[quotes]\nstyle = \"french\"", "2:9: ", "did you mean `guillemets`?"),
        ("[rules]\nbogus = \"off\"", "2:1: ", "`rubricator rule` lists them all"),
        ("[rules]\nencoding = 3", "2:12: ", "\"error\", \"warning\", \"info\", \"hint\", \"off\""),
        ("[figures]\nfiles = \"a.toml\"", "2:9: ", "a list in brackets"),
        ("[[accept]]\nrulle = \"encoding\"", "2:1: ", "did you mean `rule`?"),
        ("[[overide]]\nfiles = []\nrules = {}", "1:3: ", "did you mean `override`?"),
    ];
    for (text, place, words) in cases {
        let corpus = Corpus::of(&[("a.txt", BROKEN), ("rubricator.toml", text)]);
        let (status, lines) = run(&corpus, &["check"]);
        assert_eq!((status, lines.len()), (Some(2), 1), "{text}: {lines:#?}");
        let head = format!("rubricator: rubricator.toml:{place}");
        assert!(lines[0].starts_with(&head) && lines[0].contains(words), "{text}: {lines:?}");
    }
    for language in ["en", "de-CH", "rus", "und", "pt_BR"] {
        let config = format!("language = \"{language}\"\n");
        let corpus = Corpus::of(&[("rubricator.toml", &config)]);
        assert_eq!(run(&corpus, &["config", "show"]).0, Some(0), "{language}");
    }
}

#[test]
fn what_init_writes_leaves_no_file_out() {
    let names = ["a.txt", "b.htm", "c.HTM", "d.xhtml", "e.tei", "f.markdown", "g.text"];
    let page = format!("<p>{BROKEN}</p>");
    let corpus = Corpus::of(&names.map(|name| (name, page.as_str())));
    assert_eq!(corpus.run(&["check", "--format", "jsonl"]).len(), names.len());
    assert_eq!(run(&corpus, &["init"]).0, Some(0));
    assert_eq!(corpus.run(&["check", "--format", "jsonl"]).len(), names.len());
}

#[test]
fn a_folder_of_which_nothing_is_checked_is_an_error() {
    let corpus = Corpus::of(&[("rubricator.toml", "[files]\ninclude = [\"texts/**\"]\n")]);
    let (status, lines) = run(&corpus, &["check"]);
    assert_eq!(status, Some(2));
    let nothing = "there is no text, Markdown, HTML or TEI file in this folder";
    assert_eq!(lines, [format!("rubricator: .: {nothing}")]);

    let config = "[files]\ninclude = [\"./texts/**\"]\nexclude = [\"drafts/**\"]\n";
    let texts = [("rubricator.toml", config), ("texts/a.txt", BROKEN), ("drafts/b.txt", BROKEN)];
    let corpus = Corpus::of(&texts);
    assert_eq!(corpus.run(&["check", "--format", "jsonl"]).len(), 1);
    let (status, lines) = run(&corpus, &["check", "drafts"]);
    assert_eq!(status, Some(2));
    let excluded = "rubricator.toml includes none of the files in this folder";
    assert_eq!(lines[0], format!("rubricator: drafts: {excluded}"));
}

#[test]
fn no_report_and_no_baseline_is_written_over_a_text() {
    let corpus = Corpus::of(&[("a.txt", BROKEN), ("b.txt", BROKEN)]);
    let run =
        |arguments: &[&str]| run(&corpus, &[&["check", "-q", "--no-cache"], arguments].concat());
    let read = |name: &str| std::fs::read_to_string(corpus.path().join(name)).expect("read");
    let report =
        "rubricator: a.txt: this is no report of an earlier run, so none is written over it";
    let baseline = "rubricator: a.txt: this is no baseline, so none is written over it";
    for (arguments, told) in [
        (&["-o", "a.txt", "."][..], report),
        (&["b.txt", "--output", "a.txt"], report),
        (&["--write-baseline", "a.txt", "b.txt"], baseline),
    ] {
        assert_eq!(run(arguments), (Some(2), vec![told.to_owned()]), "{arguments:?}");
    }
    assert_eq!(read("a.txt"), BROKEN);
    // A report of any format gives way to the next.
    for format in ["full", "concise", "json", "jsonl", "github", "junit", "checkstyle", "full"] {
        let arguments = ["--format", format, "-o", "report.txt", "a.txt", "b.txt"];
        assert_eq!(run(&arguments), (Some(1), Vec::new()), "{format}");
    }
    assert_eq!(run(&["-o", "report.txt", "."]), (Some(1), Vec::new()));
    assert!(read("report.txt").starts_with("warning[quote-direction]"), "{}", read("report.txt"));
}

#[test]
fn counts_are_json_where_json_is_asked_for() {
    let corpus = Corpus::of(&[("a.txt", BROKEN)]);
    let lines = corpus.run(&["check", "--statistics", "--format", "jsonl"]);
    assert_eq!(lines[0], serde_json::json!({ "rule": "quote-direction", "count": 1 }));
    let (status, lines) = run(&corpus, &["check", "--statistics", "--format", "sarif"]);
    assert_eq!((status, lines.len()), (Some(2), 1), "{lines:?}");
}
