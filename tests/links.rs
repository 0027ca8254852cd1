//! Links between the files of a corpus, as `check` judges them.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The findings of the rules for links in the files, as `path:line:column rule words`.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    let rules = "link-target,unknown-reference,unknown-figure";
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-progress", "--select", rules, "--format", "jsonl", "-q", "."])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| shown(folder.path(), line)).collect()
}

fn shown(folder: &Path, line: &str) -> String {
    let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let path = finding["path"].as_str().expect("a path");
    let source = fs::read_to_string(folder.join(path)).expect("readable");
    let offset = |end: &str| finding[end]["offset"].as_u64().expect("an offset") as usize;
    let words = &source[offset("start")..offset("end")];
    let (line, column) = (&finding["start"]["line"], &finding["start"]["column"]);
    let rule = finding["rule"].as_str().expect("a rule");
    let fix = finding["fixes"][0]["edits"][0]["text"].as_str();
    let fix = fix.map(|text| format!(" -> {text}")).unwrap_or_default();
    format!("{path}:{line}:{column} {rule} {words}{fix}")
}

#[test]
fn links_that_lead_nowhere_are_reported() {
    let found = findings(&[
        (
            "a.html",
            "<p>See <a href='b/Notes.html#n1'>1</a>, <a href='b/notes.html'>case</a>,\n\
             <a href='b/Notes.html#n9'>9</a>, <a href='c.html'>c</a>, <a href='made.html'>made</a>,\n\
             <a href='pages/'>all</a>, <a href='https://example.org/x.html'>web</a>.</p>\n",
        ),
        ("b/Notes.html", "<p id='n1'>1 Ibid. <a href='../a.html#gone'>back</a></p>\n"),
        ("made.md", "# Made\n"),
    ]);
    assert_eq!(
        found,
        [
            "a.html:1:50 link-target b/notes.html -> b/Notes.html",
            "a.html:2:10 unknown-reference b/Notes.html#n9",
            "a.html:2:43 link-target c.html",
            "b/Notes.html:1:29 unknown-reference ../a.html#gone",
        ]
    );
}

#[test]
fn a_link_out_of_the_corpus_is_reported_where_the_corpus_has_bounds() {
    let page = ("texts/a.md", "See [this](../../outside.md) and [that](../b.md).\n");
    assert!(findings(&[page, ("b.md", "# That\n")]).iter().all(|one| !one.contains("../b.md")));
    let found = findings(&[page, ("b.md", "# That\n"), ("rubricator.toml", "")]);
    assert_eq!(found, ["texts/a.md:1:12 link-target ../../outside.md"]);
}

#[test]
fn labels_and_pages_that_are_not_there_are_reported() {
    let page = "See [it][lost] and [so][known], [[B]], [[C]] and one[^1] or two[^2].\n\n\
                [known]: b.md\n\n[^1]: One.\n";
    assert_eq!(
        findings(&[("a.md", page), ("b.md", "# B\n")]),
        [
            "a.md:1:5 unknown-reference [it][lost]",
            "a.md:1:42 link-target C",
            "a.md:1:64 unknown-reference [^2]",
        ]
    );
    // Brackets that are no references.
    let page = "He [the] [man] said [[so]] of [^a-z].\n";
    assert!(findings(&[("a.md", page)]).is_empty());
}

#[test]
fn an_archive_that_is_copied_wants_links_to_files() {
    let page = "<p><a href='/a/b.htm'>a</a> <a href='b/'>b</a> <a href='b/index.htm'>c</a> \
                <a href='..'>d</a> <a href='https://example.org/'>e</a></p>\n";
    let files = [("a/a.htm", page), ("a/b/index.htm", "<p>B</p>"), ("rubricator.toml", "")];
    assert!(findings(&files).is_empty());
    let files = [files[0], files[1], ("rubricator.toml", "profile = \"mia\"\n")];
    assert_eq!(
        findings(&files),
        [
            "a/a.htm:1:13 link-target /a/b.htm",
            "a/a.htm:1:38 link-target b/ -> b/index.htm",
            "a/a.htm:1:85 link-target ..",
        ]
    );
}

#[test]
fn a_name_that_points_to_nobody_is_reported() {
    let tei = "<TEI><teiHeader><listPerson><person xml:id='khrushchev'/><person xml:id='mikoyan'/>\
               </listPerson></teiHeader><text>\n<p><persName ref='#khrushchev'>He</persName>, \
               <persName ref='#mikoyan'>he</persName>, <persName ref='#mikoyan'>he</persName>\n\
               and <persName ref='#khruschev'>he</persName>.</p></text></TEI>\n";
    assert_eq!(
        findings(&[("a.xml", tei)]),
        ["a.xml:3:20 unknown-figure #khruschev -> #khrushchev"]
    );
    // Where nothing leads anywhere, the entries are kept elsewhere.
    let elsewhere = "<TEI><text><p><persName ref='#p1'>He</persName></p></text></TEI>\n";
    assert!(findings(&[("a.xml", elsewhere)]).is_empty());
}
