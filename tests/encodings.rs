//! `--fix` and `--diff` in files that declare an encoding: what is written is what the readers of the
//! file will see.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn rubricator(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-cache"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// The bytes of a file after `--fix`; there must be nothing left to say of it then.
fn fixed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    let output = rubricator(folder.path(), &["--fix", name]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    fs::read(&path).expect("read")
}

/// A TEI file with this declaration and paragraph.
fn tei(declaration: &str, paragraph: &[u8]) -> Vec<u8> {
    let head = format!("<?xml version=\"1.0\" {declaration}?>\n<TEI><text><body><p>");
    [head.as_bytes(), paragraph, b"</p></body></text></TEI>\n"].concat()
}

#[test]
fn what_is_put_into_a_file_is_in_the_encoding_that_it_declares() {
    let cases: [(&str, &[u8], &[u8]); 5] = [
        ("encoding='US-ASCII'", b"&#8216;Tis so.", b"&#8217;Tis so."),
        ("encoding='ISO-8859-1'", b"&#x2018;Tis so.", b"&#x2019;Tis so."),
        // To a parser of XML the byte 92 is a control character in ISO 8859-1.
        ("encoding='ISO-8859-1'", b"\xE9 \x91Tis so.", b"\xE9 &#8217;Tis so."),
        ("encoding='Windows-1252'", b"\xE9 \x91Tis so.", b"\xE9 \x92Tis so."),
        ("encoding='UTF-8'", b"\xE2\x80\x98Tis so.", b"\xE2\x80\x99Tis so."),
    ];
    for (declaration, before, after) in cases {
        let found = fixed("a.xml", &tei(declaration, before));
        let expected = tei(declaration, after);
        let (shown, wanted) = (String::from_utf8_lossy(&found), String::from_utf8_lossy(&expected));
        assert!(found == expected, "{shown}\nand not\n{wanted}");
    }
}

#[test]
fn a_page_whose_encoding_has_no_such_mark_gets_a_reference() {
    // ‘Mir’ in Cyrillic, and marks that are references.
    let before =
        b"<meta charset=koi8-r><p>\xED\xC9\xD2</p><p>Of the &rsquo;rule of law&rsquo; so.</p>";
    let after =
        b"<meta charset=koi8-r><p>\xED\xC9\xD2</p><p>Of the &lsquo;rule of law&rsquo; so.</p>";
    assert_eq!(fixed("a.html", before), after);
    // A page of browsers may have the bytes of Windows-1252 under the name of ISO 8859-1.
    let before = b"<meta charset=iso-8859-1><p>Of the \x92rule of law\x92 so.</p>";
    let after = b"<meta charset=iso-8859-1><p>Of the \x91rule of law\x92 so.</p>";
    assert_eq!(fixed("a.html", before), after);
}

#[test]
fn an_edit_that_is_printed_fits_into_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = tei("encoding='ISO-8859-1'", b"\xE9 \x91Tis so.");
    fs::write(folder.path().join("a.xml"), text).expect("written");
    let output = rubricator(folder.path(), &["--format", "jsonl", "a.xml"]);
    let finding: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(finding["fixes"][0]["edits"][0]["text"], "&#8217;");
    assert_eq!(finding["fixes"][0]["title"], "Write ’ for ‘");
}

#[test]
fn a_difference_is_in_the_bytes_of_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&[u8], &[u8], &[u8]); 2] = [
        (
            b"\xEF\xBB\xBF",
            b"\xE2\x80\x99rule of law\xE2\x80\x99",
            b"\xE2\x80\x98rule of law\xE2\x80\x99",
        ),
        (b"\xE9 ", b"\x92rule of law\x92", b"\x91rule of law\x92"),
    ];
    for (head, before, after) in cases {
        let line = |words: &[u8]| [head, b"He spoke of the ", words, b" so.\r\n"].concat();
        fs::write(folder.path().join("a.txt"), line(before)).expect("written");
        let output = rubricator(folder.path(), &["--diff", "--select", "quote-direction", "a.txt"]);
        let head = b"--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n".as_slice();
        let expected = [head, b"-", &line(before), b"+", &line(after)].concat();
        assert_eq!(output.stdout, expected, "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// What the encoding of a text has no character for is left; the rest of it is fixed.
#[test]
fn a_fix_that_the_encoding_cannot_hold_keeps_no_other_from_being_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let figures = "[[figure]]\nid = \"a\"\nname = \"Karel Čapek\"\nvariants = [\"Karel Capek\"]\n";
    fs::write(folder.path().join("figures.toml"), figures).expect("written");
    let config = "[figures]\nfiles = [\"figures.toml\"]\n";
    fs::write(folder.path().join("rubricator.toml"), config).expect("written");
    let path = folder.path().join("a.txt");
    let line = |mark: &[u8]| [b"Caf\xE9 of ", mark, b"rule\x92 for Karel Capek.\n"].concat();
    fs::write(&path, line(b"\x92")).expect("written");
    let quiet = ["--format", "concise", "--quiet", "--ignore", "encoding"];
    let fix = [&["--fix", "--unsafe-fixes"][..], &quiet].concat();
    let output = rubricator(folder.path(), &fix);
    assert_eq!(fs::read(&path).expect("read"), line(b"\x91"));
    let said = "rubricator: a.txt: not all is fixed: the encoding of the file has no Č; save it as UTF-8\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), said);
    let left = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(left.starts_with("a.txt:1:") && left.contains("[name-variant]"), "{left}");
    assert_eq!((left.lines().count(), output.status.code()), (1, Some(2)));
}
