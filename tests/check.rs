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
    rubricator_given(folder, arguments, "")
}

/// The same with a text on its standard input.
fn rubricator_given(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut pipe = program.stdin.take().expect("piped");
    // One that reads nothing may have ended before.
    let _ = std::io::Write::write_all(&mut pipe, input.as_bytes());
    drop(pipe);
    let output = program.wait_with_output().expect("it ends");
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
        "a.txt:1:17: warning[quote-direction] This ’ points the wrong way: a quotation opens here; expected ‘.\n"
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
warning[quote-direction]: This ’ points the wrong way: a quotation opens here; expected ‘.
 --> a.txt:1:17
  |
1 | He spoke of the ’rule of law’ and went away, and that was all.
  |                 ^           - The other end of the quotation is here.
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
        (("rubricator.toml", "[files]\ninclude = 3\n"), "rubricator.toml:2:11: a list in brackets"),
        (
            ("figures.toml", "[[figure]]\nid = \"a\"\nname = \"A\"\nvariant = []\n"),
            "did you mean `variants`?",
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

#[test]
fn all_that_is_wrong_with_a_configuration_is_told_at_once() {
    let config = "\
profil = \"mia\"
[rules]
name-varient = \"off\"
name-variant = \"of\"
[[override]]
files = [\"letters/[\"]
rules = { unused-note = \"off\", unused-not = \"off\" }
[figures]
files = [\"figures.toml\", \"people.toml\"]
scheme = \"bgn\"
";
    let figures = "[[figure]]\nid = \"a\"\nname = \"A\"\nvariant = []\n\
                   [[figure]]\nid = \"b\"\n[[figure]]\nid = \"a\"\nname = \"B\"\n";
    let corpus =
        folder(&[("a.txt", CLEAN), ("rubricator.toml", config), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "-q", "a.txt"]);
    assert_eq!(run.status, 2);
    let root = format!("rubricator: {}/", corpus.path().display());
    let places = run.err.lines().map(|line| {
        let line = line.strip_prefix(&root).unwrap_or(line);
        line.split_once(": ").map_or(line, |(place, _)| place)
    });
    assert_eq!(
        places.collect::<Vec<_>>(),
        [
            "rubricator.toml:1:1",
            "rubricator.toml:3:1",
            "rubricator.toml:4:16",
            "rubricator.toml:6:10",
            "rubricator.toml:7:32",
            "rubricator.toml:9:26",
            "rubricator.toml:10:10",
            "figures.toml:4:1",
            "figures.toml:5:1",
            "figures.toml:8:6",
        ],
        "{}",
        run.err
    );
    assert!(run.err.contains("did you mean `profile`?"), "{}", run.err);
    let shown = rubricator(corpus.path(), &["config", "show", "a.txt"]);
    assert_eq!((shown.status, shown.err), (2, run.err));
}

/// Old archives have names in old encodings.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_told_apart() {
    use std::os::unix::ffi::OsStrExt;
    let corpus = folder(&[]);
    let write = |name: &[u8], text: &str| {
        fs::write(corpus.path().join(std::ffi::OsStr::from_bytes(name)), text).expect("written");
    };
    write(b"caf\xE8.txt", "It was Mr Riabchikov who came, and went.\n");
    write(
        b"caf\xE9.txt",
        "It was Mr Ryabchikov who came, and Mr Ryabchikov who went away again.\n",
    );
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert!(run.out.starts_with("caf\\xE8.txt:1:11: warning[name-variant]"), "{}", run.out);
}

#[test]
fn the_manual_has_every_command_with_its_flags() {
    let corpus = folder(&[]);
    let page = rubricator(corpus.path(), &["man"]).out;
    for wanted in [
        ".TH rubricator 1",
        ".SH \"RUBRICATOR CHECK\"",
        ".SH \"RUBRICATOR FIGURES MENTIONS\"",
        ".SH \"RUBRICATOR CONFIG SHOW\"",
        "\\-\\-write\\-baseline",
        "Exit status: 0",
    ] {
        assert!(page.contains(wanted), "{wanted} is not in the page:\n{page}");
    }
    assert!(!page.contains("rubricator\\-check"), "there is only this one page");
    assert!(page.lines().filter(|line| line.starts_with(".SH ")).all(|line| {
        let title = &line[4..];
        title.starts_with("\"RUBRICATOR ")
            || ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXTRA", "VERSION"].contains(&title)
    }));
}

#[test]
fn a_personography_in_tei_is_an_authority() {
    let configuration = ("rubricator.toml", "[figures]\nfiles = [\"people.xml\"]\n");
    let people = "<TEI><listPerson><person xml:id='khrushchev'>\n\
                  <persName><forename>Nikita</forename> <surname>Khrushchev</surname></persName>\n\
                  <persName xml:lang='ru'>Никита Сергеевич Хрущёв</persName>\n\
                  </person></listPerson></TEI>\n";
    let text = "Everyone had heard what Chruschtschow said to the delegates that night.\n";
    let corpus = folder(&[("a.txt", text), configuration, ("people.xml", people)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "a.txt"]);
    assert!(run.out.starts_with("a.txt:1:25: warning[name-variant]"), "{}", run.out);
    assert!(run.out.contains("“Khrushchev”"), "{}", run.out);

    let broken = people.replace("</surname>", "");
    let corpus = folder(&[("a.txt", text), configuration, ("people.xml", &broken)]);
    let run = rubricator(corpus.path(), &["check", "-q", "a.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("people.xml:2:58: this is not well-formed XML"), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
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

#[test]
fn fixes_are_applied_until_nothing_is_left_to_fix() {
    let text = "He spoke of the ’rule of law’ and of Trotskii. It is not so, said Trotsky.\n";
    let corpus = folder(&[("a.txt", text)]);
    let run = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((run.status, run.err.as_str()), (0, "No findings in 1 file. 2 fixed.\n"));
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("readable");
    assert_eq!(fixed, text.replace("’rule", "‘rule").replace("Trotskii", "Trotsky"));
    let run = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(run.err, "No findings in 1 file.\n");
}

#[test]
fn the_report_of_an_earlier_run_is_none_of_the_texts() {
    let corpus = folder(&[("a.txt", BROKEN)]);
    for _ in 0..2 {
        let run = rubricator(corpus.path(), &["check", "--output", "report.txt", "."]);
        assert_eq!(run.err, "1 finding in 1 of 1 file. 1 can be fixed with --fix.\n");
    }
    let report = fs::read_to_string(corpus.path().join("report.txt")).expect("readable");
    assert_eq!(report.matches("warning[").count(), 1, "{report}");
}

/// What is left of a mistake in one file tells of another one in a file before it.
#[test]
fn fixes_in_one_file_may_tell_of_others() {
    let rare = "He went to Petrogra and stayed there.\n";
    let common = "He left Petrograd, and Petrograd was dark; in Petrograd it rained, and all of \
                  Petrograd slept. They saw Petrograd burn, and then Petrogard was gone.\n";
    let files = [("a.txt", rare), ("b.txt", common)];
    let corpus = folder(&files);
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert!(run.out.lines().all(|line| line.starts_with("b.txt:1:")), "{}", run.out);
    let shown = rubricator(corpus.path(), &["check", "--diff", "--unsafe-fixes"]).out;
    let run = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!((run.status, run.err.as_str()), (0, "No findings in 2 files. 2 fixed.\n"));
    let mut differences = String::new();
    for (name, text) in files {
        let expected = text.replace("gra and", "grad and").replace("gard", "grad");
        let fixed = fs::read_to_string(corpus.path().join(name)).expect("readable");
        assert_eq!(fixed, expected);
        let difference = similar::TextDiff::from_lines(text, &fixed);
        differences += &difference.unified_diff().header(name, name).to_string();
    }
    assert_eq!(shown, differences);
    let again = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(again.err, "No findings in 2 files.\n");
}

/// The mark that a line of Lisp lacks as prose would not be read as one where it would be put.
#[test]
fn a_fix_that_mends_nothing_is_taken_back() {
    let lisp = "Note that LET could be\n\
                \t(LET ((LET \"`(LET ((LET \",LET))\n\t\t\t,LET)))\n\
                \t`(LET ((LET \",LET))\n\t\t,LET))\n\n\
                He spoke of the ‘rule of law” and of much else.\n";
    let corpus = folder(&[("a.txt", lisp)]);
    let run = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert!(run.err.ends_with("1 fixed.\n"), "{}", run.err);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("readable");
    assert_eq!(fixed, lisp.replace('”', "’"));
    let run = rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(run.err, "1 finding in 1 of 1 file.\n");
}

#[cfg(unix)]
#[test]
fn a_fixed_file_keeps_its_encoding_line_endings_and_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let corpus = folder(&[]);
    let path = corpus.path().join("a.txt");
    let bytes = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let broken = BROKEN.replace('\n', "\r\n");
    fs::write(&path, bytes(&broken)).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    assert_eq!(rubricator(corpus.path(), &["check", "--fix"]).status, 0);
    let fixed = broken.replace("’rule", "‘rule");
    assert_eq!(fs::read(&path).expect("readable"), bytes(&fixed));
    let mode = fs::metadata(&path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let corpus = folder(&[]);
    for (text, fixed) in [(BROKEN, BROKEN.replace("’rule", "‘rule")), (CLEAN, CLEAN.to_owned())]
    {
        let fix = ["check", "--fix", "--stdin-filename", "a.txt", "-"];
        assert_eq!(rubricator_given(corpus.path(), &fix, text).out, fixed);
    }
}

#[test]
fn a_tree_of_quotations_is_drawn_of_standard_input_in_its_format() {
    let corpus = folder(&[]);
    let page = "<p>He said: &lsquo;So it <em>is</em>.&rsquo;</p>";
    let run = rubricator_given(corpus.path(), &["quotes", "--stdin-filename", "a.html", "-"], page);
    assert_eq!((run.status, run.out.as_str()), (0, "line 1: Paragraph\n  ‘So it is.’\n"));
    let run = rubricator(corpus.path(), &["quotes", "--stdin-filename", "a.html", "b.html"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("ask for that with `-`"), "{}", run.err);
}

#[test]
fn files_are_named_by_pattern_and_by_list() {
    let corpus = folder(&[
        ("a.txt", BROKEN),
        ("b/c.txt", BROKEN),
        ("b/d.md", BROKEN),
        ("list", "a.txt\n\nb/d.md\n"),
    ]);
    let files = |arguments: &[&str]| {
        let all = [&["check", "-q", "--format", "concise"], arguments].concat();
        let run = rubricator(corpus.path(), &all);
        let names = run.out.lines().filter_map(|line| line.split(':').next().map(str::to_owned));
        names.collect::<Vec<_>>()
    };
    assert_eq!(files(&["*.txt"]), ["a.txt"]);
    assert_eq!(files(&["**/*.txt"]), ["a.txt", "b/c.txt"]);
    assert_eq!(files(&["b/*.{md,txt}"]), ["b/c.txt", "b/d.md"]);
    assert_eq!(files(&["--files-from", "list"]), ["a.txt", "b/d.md"]);
    // As `git ls-files -z` writes one; a list may name what is no text.
    fs::write(corpus.path().join("picture.png"), "").expect("written");
    fs::write(corpus.path().join("feed.xml"), "<rss/>").expect("written");
    fs::write(corpus.path().join("b/new\nline.md"), BROKEN).expect("written");
    fs::write(corpus.path().join("list"), "picture.png\0feed.xml\0b/new\nline.md\0")
        .expect("written");
    let run = rubricator(corpus.path(), &["check", "--format", "jsonl", "--files-from", "list"]);
    assert!(run.out.starts_with(r#"{"path":"b/new\nline.md","#), "{}", run.out);
    assert_eq!((run.out.lines().count(), run.status), (1, 1), "{}", run.err);
    let run = rubricator(corpus.path(), &["check", "x/*.txt"]);
    assert_eq!(run.err, "rubricator: x/*.txt: no text, Markdown, HTML or TEI file matches this\n");
}

#[test]
fn a_binary_file_in_a_folder_is_passed_over_with_a_word() {
    let corpus = folder(&[("a.txt", CLEAN), ("b.txt", "a\0b")]);
    let run = rubricator(corpus.path(), &["check"]);
    assert_eq!(run.status, 0);
    assert!(
        run.err.starts_with("rubricator: b.txt: skipped: this is a binary file"),
        "{}",
        run.err
    );
}

#[test]
fn xml_that_is_no_text_is_passed_over_with_a_word() {
    let wrong = "He spoke of the ’rule of law’ and went away.";
    let report = format!("<testsuites><testsuite><p>{wrong}</p></testsuite></testsuites>");
    let other = format!("<testsuites><testsuite><p>{wrong} Twice.</p></testsuite></testsuites>");
    let page = format!("<html xmlns='http://www.w3.org/1999/xhtml'><p>{wrong}</p></html>");
    let corpus = folder(&[
        ("junit.xml", &report),
        ("letter.xml", &format!("<text><body><p>{wrong}</p></body></text>")),
        ("page.xml", &page),
    ]);
    let skipped = "this XML is neither TEI nor XHTML: its root is <testsuites>";
    let check = ["check", "--format", "concise"];
    let run = rubricator(corpus.path(), &check);
    let places: Vec<_> = run.out.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["letter.xml:1:32", "page.xml:1:63"]);
    assert!(run.err.starts_with(&format!("rubricator: junit.xml: skipped: {skipped}\n")));
    // From the cache it is the same.
    assert_eq!(rubricator(corpus.path(), &check).err, run.err);
    // Nothing in it is fixed, and who names it is told why.
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(fs::read_to_string(corpus.path().join("junit.xml")).expect("read"), report);
    for command in [&["check"][..], &["references", "list"], &["quotes"]] {
        let run = rubricator(corpus.path(), &[command, &["junit.xml"]].concat());
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{command:?}");
        assert_eq!(run.err.lines().next(), Some(&*format!("rubricator: junit.xml: {skipped}")));
    }
    // Where every text has such a file beside it, the run is not about them.
    for number in 0..20 {
        fs::write(corpus.path().join(format!("{number}.xml")), &other).expect("written");
    }
    let run = rubricator(corpus.path(), &check);
    assert_eq!(run.err.lines().filter(|line| line.contains("skipped: this XML")).count(), 5);
    assert!(
        run.err.contains("\nrubricator: 16 more files of such XML were skipped\n"),
        "{}",
        run.err
    );
}

#[test]
fn only_what_changed_since_a_revision_is_reported() {
    let corpus = folder(&[("a.txt", BROKEN), ("b.txt", CLEAN)]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@b.c"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(corpus.path())
            .stdout(Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    let since = ["check", "--since", "HEAD", "-q", "--format", "concise"];
    // Before the first commit everything is new.
    assert!(rubricator(corpus.path(), &since).out.starts_with("a.txt:1:17: "));
    git(&["commit", "-q", "-m", "Begin"]);
    assert_eq!(rubricator(corpus.path(), &since).out, "");
    fs::write(corpus.path().join("a.txt"), format!("{BROKEN}\n{BROKEN}")).expect("written");
    fs::write(corpus.path().join("new file.txt"), BROKEN).expect("written");
    let run = rubricator(corpus.path(), &since);
    let places: Vec<_> = run.out.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(places, ["a.txt:3:17", "new file.txt:1:17"]);
    // What was only moved is as old as it was.
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "Go on"]);
    git(&["mv", "a.txt", "c.txt"]);
    assert_eq!(rubricator(corpus.path(), &since).out, "");
    let run = rubricator(corpus.path(), &["check", "--since", "nothing"]);
    assert_eq!(run.err, "rubricator: --since nothing: there is no such revision\n");
}

#[test]
fn acceptances_that_accept_nothing_are_told() {
    let config = "[[accept]]\nfile = \"a.txt\"\nrule = \"quote-direction\"\ntext = \"’\"\n\n\
                  [[accept]]\nfile = \"a.txt\"\nrule = \"name-variant\"\ntext = \"Trotskii\"\n";
    let corpus = folder(&[("a.txt", BROKEN), ("b.txt", CLEAN), ("rubricator.toml", config)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert_eq!(
        run.out,
        "rubricator.toml:7:8: info[unused-acceptance] Nothing that name-variant finds is \
         “Trotskii” there any more.\n"
    );
    assert_eq!(run.status, 0);
    assert_eq!(run.err, "1 finding in the configuration.\n");
    // What was not looked at may still be needed.
    assert_eq!(rubricator(corpus.path(), &["check", "b.txt"]).out, "");
    let run = rubricator(corpus.path(), &["check", "--ignore", "name-variant"]);
    assert_eq!(run.out, "");
}

#[test]
fn an_acceptance_without_a_file_speaks_of_all_files() {
    let config = "[[accept]]\nrule = \"quote-direction\"\ntext = \"’\"\n";
    let corpus = folder(&[
        ("a.txt", BROKEN),
        ("letters/b.txt", BROKEN),
        ("letters/c.txt", CLEAN),
        ("rubricator.toml", config),
    ]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    // It may be needed in a file that was not checked.
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "letters/c.txt"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
}

#[test]
fn the_schema_of_the_configuration_knows_every_rule() {
    let corpus = folder(&[]);
    let run = rubricator(corpus.path(), &["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let rules = &schema["properties"]["rules"]["properties"];
    let listed = rubricator(corpus.path(), &["rule"]).out;
    for rule in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(rules[rule]["description"].is_string(), "{rule}: {rules}");
    }
    assert_eq!(schema["additionalProperties"], serde_json::Value::Bool(false));
    let shipped =
        concat!(env!("CARGO_MANIFEST_DIR"), "/editors/vscode/schemas/rubricator.schema.json");
    let shipped = fs::read_to_string(shipped).expect("the extension's copy");
    assert!(shipped == run.out, "write it anew: npm run schema, in editors/vscode");
}

#[test]
fn a_long_name_that_opens_a_sentence_is_compared_too() {
    let text = "They had read the works of Dostoieffsky. Dostoyevsky goes so far as to say it.\n";
    let corpus = folder(&[("a.txt", text)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert!(run.out.starts_with("a.txt:1:42: warning[name-variant] “Dostoyevsky”"), "{}", run.out);
    let text = "They had read the works of Rikov. Rykov goes so far as to say it.\n";
    let corpus = folder(&[("a.txt", text), ("rubricator.toml", "[figures]\nbuiltin = false\n")]);
    assert_eq!(rubricator(corpus.path(), &["check", "--format", "concise"]).out, "");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_like_a_text_is_not_waited_for_twice() {
    let corpus = folder(&[]);
    let pipe = corpus.path().join("b.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let writer = std::thread::spawn(move || fs::write(pipe, BROKEN));
    let run = rubricator(corpus.path(), &["check", "-q", "b.txt"]);
    writer.join().expect("it ends").expect("written");
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("rubricator: b.txt: this is no file that can"), "{}", run.err);
}

#[test]
fn colours_and_links_are_for_terminals() {
    let corpus = folder(&[("a.txt", BROKEN)]);
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
            .args(["check", "-q", "a.txt"])
            .args(arguments)
            .current_dir(corpus.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().copied())
            .output()
            .expect("the program runs");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!out.contains("\x1b]8;"), "this is no terminal");
        out.contains("\x1b[")
    };
    for format in [["--format", "full"], ["--format", "concise"]] {
        let with = |more: &[&str], variables: &[(&str, &str)]| {
            colored(&[&format[..], more].concat(), variables)
        };
        assert!(!with(&[], &[]));
        assert!(with(&["--color", "always"], &[("NO_COLOR", "1")]));
        assert!(with(&[], &[("CLICOLOR_FORCE", "1")]));
        assert!(!with(&[], &[("CLICOLOR_FORCE", "0")]));
        assert!(!with(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(!with(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    }
    assert!(!colored(&["--format", "jsonl", "--color", "always"], &[]));
}

#[test]
fn the_scheme_of_the_corpus_decides_between_two_spellings() {
    let text =
        "We saw Kravinsky. We met Kravinsky and heard Kravinsky there, and so did Kravinskii.\n";
    let plain = folder(&[("a.txt", text)]);
    let run = rubricator(plain.path(), &["check", "--format", "concise"]);
    assert!(run.out.contains("“Kravinskii” (once) and “Kravinsky” (3 times)"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);

    let config = "[figures]\nscheme = \"ala-lc\"\n";
    let corpus = folder(&[("a.txt", text), ("rubricator.toml", config)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise"]);
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
    assert!(run.out.contains("“Kravinsky” (3 times) and “Kravinskii” (once)"), "{}", run.out);
    assert!(
        run.out.contains("“Kravinskii” follows ALA-LC, the scheme of this corpus."),
        "{}",
        run.out
    );

    // Neither spelling is German, so the more frequent one stays right.
    let german =
        folder(&[("a.txt", text), ("rubricator.toml", "[figures]\nscheme = \"german\"\n")]);
    let run = rubricator(german.path(), &["check", "--format", "concise"]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

#[test]
fn a_corpus_that_has_settled_on_another_form_than_the_starter_authority_is_held_to_it() {
    let text = "They saw Trotsky there. Later they met Trotskii at the station, and Trotskii \
                spoke, and they heard Trotskii.\n";
    let corpus = folder(&[("a.txt", text)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "a.txt:1:10: warning[name-variant] “Trotsky” is Leon Trotsky, People’s Commissar for \
                War 1918–1925, leader of the Left Opposition, whom this corpus calls “Trotskii” (3 \
                times).\n";
    assert_eq!(run.out, told);
}

#[test]
fn a_variant_whose_family_name_comes_first_is_told_as_a_whole() {
    let figures = "\
[[figure]]
id = \"chou\"
name = \"Chou En-lai\"
family = \"Chou\"
variants = [\"Zhou Enlai\"]

[[figure]]
id = \"nagy\"
name = \"Imre Nagy\"
variants = [\"Nagy Imre\"]

[[figure]]
id = \"luxemburg\"
name = \"Rosa Luxemburg\"
variants = [\"Rosa Luxembourg\"]
";
    let text = "It was Zhou Enlai, with Nagy Imre and Rosa Luxembourg. Mr. Chou left.\n";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "\
a.txt:1:8: warning[name-variant] “Zhou Enlai” is Chou En-lai; the preferred form is “Chou En-lai”: the \
                authority lists “Zhou Enlai” among the variants.
a.txt:1:25: warning[name-variant] “Nagy Imre” is Imre Nagy; the preferred form is “Imre Nagy”: the \
                authority lists “Nagy Imre” among the variants.
a.txt:1:44: warning[name-variant] “Luxembourg” is Rosa Luxemburg; the preferred form is “Luxemburg” (not in \
                this corpus): the authority lists “Luxembourg” among the variants.
";
    assert_eq!(run.out, told);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    assert_eq!(fixed, "It was Chou En-lai, with Imre Nagy and Rosa Luxemburg. Mr. Chou left.\n");
}

/// Terms have no capital; one of them has an original in other letters.
const TERMS: &str = "\
[[figure]]
id = \"kolkhoz\"
kind = \"term\"
name = \"kolkhoz\"
native = \"колхоз\"
language = \"ru\"
variants = [\"kolhoz\"]
";

#[test]
fn terms_with_small_letters_are_told_and_mended() {
    let text = "# The kolhoz\n\nIn the *kolhoz* a kolkhoz. Kolhoz by `kolhoz` and the kolchos’s men; \
                KOLHOZ, kolkhozes, a kolhoz-like farm.\n";
    let corpus = folder(&[("a.md", text), ("figures.toml", TERMS)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told: Vec<_> = run.out.lines().filter_map(|line| line.split(" warning").next()).collect();
    assert_eq!(
        told,
        ["a.md:1:7:", "a.md:3:9:", "a.md:3:28:", "a.md:3:55:", "a.md:3:70:"],
        "{}",
        run.out
    );
    let message = "“kolhoz” is another form of “kolkhoz”, which is preferred (once in this corpus): the \
                   authority lists “kolhoz” among the variants.";
    assert_eq!(run.out.matches(message).count(), 4, "{}", run.out);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    assert_eq!(
        fs::read_to_string(corpus.path().join("a.md")).expect("written"),
        "# The kolkhoz\n\nIn the *kolkhoz* a kolkhoz. Kolkhoz by `kolhoz` and the kolkhoz’s men; \
         KOLKHOZ, kolkhozes, a kolhoz-like farm.\n"
    );
    // What the cache has of a text is no more so when the terms are others.
    assert_eq!(rubricator(corpus.path(), &["check", "-q"]).out, "");
    let others =
        TERMS.replace("\"kolkhoz\"", "\"kolhoz\"").replace("[\"kolhoz\"]", "[\"kolkhoz\"]");
    fs::write(corpus.path().join("figures.toml"), others).expect("written");
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    assert!(
        run.out.contains("a.md:1:7: warning[name-variant] “kolkhoz” is another form"),
        "{}",
        run.out
    );
}

#[test]
fn of_a_name_of_three_words_no_part_is_written_twice() {
    let figures = "\
[[figure]]
id = \"kim\"
name = \"Kim Il Sung\"
family = \"Kim\"
given = \"Il Sung\"
native = \"김일성\"
language = \"ko\"

[[figure]]
id = \"mao\"
name = \"Mao Tse-tung\"
variants = [\"Mao Tse Tung\", \"Mao Zedong\"]
";
    let text = "\
There stood Kim Il-song. Behind him stood Mao Tse Tung, and no Mao Zedong.

They saw Mao Tse-tung and Kim Il Sung.
";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "\
a.txt:1:13: warning[name-variant] “Kim Il-song” (McCune–Reischauer) is Kim Il Sung; the preferred form is “Kim Il \
                Sung”.
a.txt:1:43: warning[name-variant] “Mao Tse Tung” is Mao Tse-tung; the preferred form is “Mao Tse-tung”: the \
                authority lists “Mao Tse Tung” among the variants.
a.txt:1:68: warning[name-variant] “Zedong” is Mao Tse-tung; the preferred form is “Tse-tung” (once in this \
                corpus): the authority lists “Zedong” among the variants.
";
    assert_eq!(run.out, told);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    let right = "There stood Kim Il Sung. Behind him stood Mao Tse-tung, and no Mao Tse-tung.";
    assert_eq!(fixed.lines().next(), Some(right));
}

#[test]
fn a_part_of_the_preferred_form_is_no_other_spelling_of_it() {
    let figures = "\
[[figure]]
id = \"dumas\"
name = \"Alexandre Dumas père\"
variants = [\"Dumas\", \"Alexandre Dumas\", \"Alexander Dumas\"]

[[figure]]
id = \"chou\"
name = \"Chou En-lai\"
variants = [\"Chou\", \"Zhou Enlai\"]

[[figure]]
id = \"hoxha\"
name = \"Enver Hoxha\"
variants = [\"Enver\"]

[[figure]]
id = \"ho\"
name = \"Ho Chi Minh\"
variants = [\"Chi Minh\"]

[[figure]]
id = \"rhee\"
name = \"Syngman Rhee\"
variants = [\"Syngman\"]
";
    let text = "\
It was Alexandre Dumas père, and no other Dumas. There came Mr Chou, with Hoxha Enver and Syngmann Rhee.

They saw Chou-En-lai, Ho-Chi Minh and Enver Hoxha, and Dumas fils, and Syngman Rhee.
";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures)]);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    assert_eq!(fixed.replace("Syngmann", "Syngman"), text.replace("Syngmann", "Syngman"));
}

#[test]
fn a_spelling_of_a_name_is_accepted_in_capitals_too() {
    let figures =
        "[[figure]]\nid = \"k\"\nname = \"Nikita Khrushchev\"\nvariants = [\"Krushchev\"]\n";
    let accept = "[[accept]]\nrule = \"name-variant\"\ntext = \"Krushchev\"\n";
    let text = "It was Mr Krushchev, as the paper had it: KRUSHCHEV.\n";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures), ("rubricator.toml", accept)]);
    let run = rubricator(corpus.path(), &["check", "-q"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
}

#[test]
fn a_variant_with_another_given_name_is_told_as_a_whole() {
    let figures = "[[figure]]\nid = \"ann\"\nname = \"Ann Lee\"\nfamily = \"Lee\"\n\
                   variants = [\"Annie Lee\"]\n";
    let text = "It was Ann Lee who came, and Annie Lee’s word.\n";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "a.txt:1:30: warning[name-variant] “Annie Lee” is Ann Lee; the preferred form is “Ann \
                Lee”: the authority lists “Annie Lee” among the variants.\n";
    assert_eq!(run.out, told);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    assert_eq!(fixed, "It was Ann Lee who came, and Ann Lee’s word.\n");
}

#[test]
fn a_careless_spelling_is_led_to_the_right_one() {
    let text = "Khrushchev spoke. They heard Khrushchev, and Khrushchev knew. Then Kruschev fell, \
                and they saw Kruschov go.\n";
    let corpus = folder(&[("a.txt", text)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "“Kruschov” is Nikita Khrushchev, First Secretary of the CPSU 1953–1964; the preferred form \
                is “Khrushchev” (3 times in this corpus): a careless romanisation of the same name.";
    assert!(run.out.contains(told), "{}", run.out);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    assert!(fixed.ends_with("Then Khrushchev fell, and they saw Khrushchev go.\n"), "{fixed}");
}

#[test]
fn a_spelling_that_only_a_wrong_form_explains_is_led_to_the_right_one() {
    let figures = "[[figure]]\nid = \"nk\"\nname = \"Nikita Khrushchev\"\nfamily = \"Khrushchev\"\n\
                   role = \"First Secretary\"\nvariants = [\"Kruschev\"]\n";
    let text = "Khrushchev spoke. They heard Khrushchev, and Khrushchev knew. Then Kruschev fell, \
                and they saw Kruschov go.\n";
    let corpus = folder(&[("a.txt", text), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "“Kruschov” (once) is another spelling of “Kruschev” (once): one original, Хрущёв, \
                romanised in two ways (“o” for “e”). That is Nikita Khrushchev, First Secretary; the \
                form here is “Khrushchev”.";
    assert!(run.out.contains(told), "{}", run.out);
    rubricator(corpus.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
    let fixed = fs::read_to_string(corpus.path().join("a.txt")).expect("written");
    assert!(fixed.ends_with("Then Khrushchev fell, and they saw Khrushchev go.\n"), "{fixed}");
}

#[test]
fn a_form_of_what_is_known_by_its_name_alone_is_told_without_repeating_it() {
    let figures = "[[figure]]\nid = \"a\"\nkind = \"organisation\"\nname = \"Presidium\"\n";
    let corpus = folder(&[("a.txt", "It was the Praesidium.\n"), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let told = "a.txt:1:12: warning[name-variant] “Praesidium” is another form of “Presidium”, which is \
                preferred (not in this corpus): two spellings of one word in English print.\n";
    assert_eq!(run.out, told);
}

#[test]
fn whom_the_markup_of_a_name_points_to_is_meant() {
    let figures = "[[figure]]\nid = \"ls\"\nname = \"Leon Trotsky\"\nfamily = \"Trotsky\"\n\
                   variants = [\"Trotskii\"]\n\
                   [[figure]]\nid = \"other\"\nname = \"Pavel Trotskin\"\nfamily = \"Trotskin\"\n";
    let text = "<TEI><text><body><p>He met <persName ref=\"#other\">Trotskii</persName> and \
                <persName ref=\"#ls\">Trotskii</persName>.</p></body></text></TEI>\n";
    let corpus = folder(&[("a.xml", text), ("figures.toml", figures)]);
    let run = rubricator(corpus.path(), &["check", "--format", "concise", "-q"]);
    let places: Vec<_> = run.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(places, ["a.xml:1:95:"], "{}", run.out);
}
