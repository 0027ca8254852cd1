//! Links between the files of a corpus, as `check` judges them.

mod support;

use serde_json::Value;
use support::corpus::Corpus;

/// The findings of the rules for links in the files, as `path:line:column rule words`.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let corpus = Corpus::of(files);
    let rules = "link-target,unknown-reference,unknown-figure";
    let found =
        corpus.run(&["check", "--no-progress", "--select", rules, "--format", "jsonl", "-q", "."]);
    found.iter().map(|finding| shown(&corpus, finding)).collect()
}

fn shown(corpus: &Corpus, finding: &Value) -> String {
    let (path, words) = corpus.words(&finding["path"], finding);
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

#[test]
fn a_key_that_no_bibliography_has_is_reported() {
    let text =
        "---\nbibliography: works.bib\n---\n\nSee [@marx1867; @marx1687] and @lenin, @fig:dam.\n";
    let works = "@book{marx1867, title = {Das Kapital}}\n@book{trotsky1930, title = {My Life}}\n";
    assert_eq!(
        findings(&[("a.md", text), ("works.bib", works)]),
        ["a.md:5:18 unknown-reference marx1687 -> marx1867", "a.md:5:33 unknown-reference lenin",]
    );
    // Where the bibliography is not there, that is what is wrong.
    assert_eq!(findings(&[("a.md", text)]), ["a.md:2:15 link-target works.bib"]);
    let web = text.replace("works.bib", "https://example.org/works.bib");
    assert!(findings(&[("a.md", &web)]).is_empty());
}
