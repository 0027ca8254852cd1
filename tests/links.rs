//! Links between the files of a corpus, as `check` judges them.

mod support;

use serde_json::Value;
use support::corpus::Corpus;

/// The findings of the rules for links in the files, as `path:line:column rule words`.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let corpus = Corpus::of(files);
    let rules = "link-target,unknown-reference,unknown-figure,unused-note";
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
            "a.html:3:10 link-target pages/",
            "b/Notes.html:1:29 unknown-reference ../a.html#gone",
        ]
    );
}

#[test]
fn a_link_to_a_folder_leads_to_the_page_that_a_server_shows() {
    let found = findings(&[
        (
            "a.html",
            "<p><a href='b/'>b</a> <a href='b/#n1'>1</a> <a href='b#n9'>9</a> <a href='c/'>c</a>\n\
             <a href='d/'>d</a> <a href='./'>here</a> <a href='e/'>e</a> <a href='{f}/'>f</a>.</p>\n",
        ),
        ("a.md", "See [the folder](c/) and [another](gone/).\n"),
        ("b/index.html", "<p id='n1'>1 Ibid. <a href='../c/'>c</a> <a href='../'>up</a></p>\n"),
        ("c/notes.txt", "So.\n"),
        ("d/default.asp", "So.\n"),
    ]);
    assert_eq!(
        found,
        [
            "a.html:1:54 unknown-reference b#n9",
            "a.html:1:75 link-target c/",
            "a.html:2:51 link-target e/",
            "b/index.html:1:29 link-target ../c/",
        ]
    );
}

#[test]
fn brackets_behind_an_escape_are_no_label() {
    let page = "A list [*[number, number]\\[\\]*] of [it][lost], see [b].\n\n[b]: b.md\n";
    let found = findings(&[("a.md", page), ("b.md", "# B\n")]);
    assert_eq!(found, ["a.md:1:36 unknown-reference [it][lost]"]);
}

#[test]
fn a_query_leads_to_the_same_file() {
    let page = "<p id='n1'><a href='?page=2#n1'>1</a> <a href='b.html?page=2#n1'>b</a> <a \
                href='?page=2#n2'>lost</a> <a href='b.html?page=2#n2'>lost</a> <a href='?page=3'>so</a></p>\n";
    let text = "# Dam\n\n[so](?page=2#dam), [so](b.html?x#n1), [lost](?page=2#dams)\n";
    assert_eq!(
        findings(&[("a.html", page), ("b.html", page), ("c.md", text)]),
        [
            "a.html:1:81 unknown-reference ?page=2#n2",
            "a.html:1:111 unknown-reference b.html?page=2#n2",
            "b.html:1:81 unknown-reference ?page=2#n2",
            "b.html:1:111 unknown-reference b.html?page=2#n2",
            "c.md:3:46 unknown-reference ?page=2#dams",
        ]
    );
}

#[test]
fn every_name_with_a_ref_needs_its_entry() {
    let known = "<persName ref='#ivan'>Ivan</persName> ".repeat(18);
    let names = "<name ref='#zza'>A</name>\n<orgName ref='#zzb'>B</orgName>\n<placeName ref='#zzc'>C\
                 </placeName>\n<rs ref='#zzd #ivan  #zze'>D</rs>\n<persName ref='#zzf' \
                 key='zzf'>F</persName>";
    let text = format!(
        "<TEI><teiHeader><listPerson><person xml:id='ivan'/></listPerson></teiHeader><text><p>{known}\n\
         {names}</p></text></TEI>\n"
    );
    assert_eq!(
        findings(&[("a.xml", &text)]),
        [
            "a.xml:2:12 unknown-figure #zza",
            "a.xml:3:15 unknown-figure #zzb",
            "a.xml:4:17 unknown-figure #zzc",
            "a.xml:5:10 unknown-figure #zzd",
            "a.xml:5:22 unknown-figure #zze",
            "a.xml:6:16 unknown-figure #zzf",
        ]
    );
}

#[test]
fn a_link_from_its_own_folder_differs_only_by_its_letters() {
    let page = "See [the rules](./house.css), [all](./b/../House.css) and [it](./House.css).\n";
    let found = findings(&[("a.md", page), ("house.css", "p {}"), ("b/c.txt", "So.\n")]);
    assert_eq!(
        found,
        [
            "a.md:1:37 link-target ./b/../House.css -> ./b/../house.css",
            "a.md:1:64 link-target ./House.css -> ./house.css",
        ]
    );
}

#[test]
fn the_head_of_a_page_is_there_without_being_declared() {
    let page = "<p>See <a href='b.html#top'>b</a>, <a href='#top'>up</a>, <a href='b.html#tip'>tip</a>.</p>\n";
    assert_eq!(
        findings(&[("a.html", page), ("b.html", "<p>So.</p>\n")]),
        ["a.html:1:68 unknown-reference b.html#tip"]
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

/// A chapter with markers that lead to these notes of another file.
fn chapter(number: u32, notes: std::ops::Range<u32>) -> String {
    let marker = |note: u32| {
        format!(
            "<p>So it was.<a id='r{note}' epub:type='noteref' href='notes.html#n{note}'>{note}</a></p>\n"
        )
    };
    format!("<h2>Chapter {number}</h2>\n{}", notes.map(marker).collect::<String>())
}

/// A file of notes, with ways back to a file where one is named.
fn endnotes(notes: std::ops::Range<u32>, back: impl Fn(u32) -> Option<&'static str>) -> String {
    let note = |note: u32| {
        let back = back(note)
            .map(|file| format!(" <a epub:type='backlink' href='{file}#r{note}'>\u{21a9}</a>"));
        let back = back.unwrap_or_default();
        format!("<li id='n{note}' epub:type='endnote'><p>Ibid.{back}</p></li>\n")
    };
    format!("<ol>\n{}</ol>\n", notes.map(note).collect::<String>())
}

#[test]
fn markers_in_other_files_are_uses_of_a_note() {
    let one = chapter(1, 1..5);
    let two = chapter(2, 5..9);
    // In a preface there is a marker of its own.
    let notes = "<p>See the note.<sup><a href='#n1'>1</a></sup></p>\n".to_owned();
    let notes = notes + &endnotes(1..10, |_| None);
    let files = [("one.html", &*one), ("two.html", &*two), ("notes.html", &*notes)];
    assert_eq!(findings(&files), ["notes.html:11:9 unused-note n9"]);
}

#[test]
fn notes_whose_text_nobody_checks_are_left_alone() {
    let one = chapter(1, 1..5);
    let bare = endnotes(1..9, |_| None);
    // Most of them are for another file, which is not there.
    assert!(findings(&[("one.html", &one), ("notes.html", &bare)]).is_empty());
    let back = |note| Some(if note < 5 { "one.html" } else { "two.html" });
    let notes = endnotes(1..6, back);
    let found = findings(&[("one.html", &one), ("notes.html", &notes)]);
    assert_eq!(found, ["notes.html:6:72 link-target two.html#r5"]);
    // Its text is there, and has no marker for it.
    let two = chapter(2, 6..9);
    let notes = endnotes(1..9, back);
    let found = findings(&[("one.html", &one), ("two.html", &two), ("notes.html", &notes)]);
    assert_eq!(
        found,
        ["notes.html:6:9 unused-note n5", "notes.html:6:72 unknown-reference two.html#r5"]
    );
}

#[test]
fn an_edition_may_want_every_pointer_to_lead_somewhere() {
    let tei = "<TEI><teiHeader><listPerson><person xml:id='khrushchev'/></listPerson></teiHeader><text>\n\
               <p ana='#thaw' corresp='#p2'><persName ref='#khruschov'>He</persName>, <ref\n\
               target='#n1'>he</ref>, <name resp='#ed' ref='other.xml#mikoyan'>he</name></p>\n\
               <p xml:id='p2' corresp='other.xml#none' rendition='simple:bold'>So.</p></text></TEI>\n";
    let other = "<TEI><text><p xml:id='mikoyan'>Mikoyan</p></text></TEI>\n";
    let files = [("a.xml", tei), ("other.xml", other)];
    // A link that is the only one is meant for a place in the text.
    assert_eq!(findings(&files), ["a.xml:3:9 unknown-reference #n1"]);
    let profile = ("rubricator.toml", "profile = \"tei\"\n");
    assert_eq!(
        findings(&[files[0], files[1], profile]),
        [
            "a.xml:2:9 unknown-reference #thaw",
            "a.xml:2:45 unknown-figure #khruschov",
            "a.xml:3:9 unknown-reference #n1",
            "a.xml:3:36 unknown-reference #ed",
            "a.xml:4:25 unknown-reference other.xml#none",
        ]
    );
}

#[test]
fn a_text_for_gutenberg_is_read_with_its_notation_where_the_profile_says_so() {
    let text = "CHAPTER I\n\nHe went on, slowly as ever, to the house that stood there.[A] {12} It was so\n\
                very long ago[1] that none of those who had seen it was alive [Pg 13] then.\n\n\
                [Illustration]\n\n[Footnote A: The other.]\n\n[Footnote B: Nobody's.]\n";
    let profile = ("rubricator.toml", "profile = \"gutenberg\"\n");
    assert_eq!(
        findings(&[("a.txt", text), profile]),
        ["a.txt:4:14 unknown-reference [1]", "a.txt:10:11 unused-note B"]
    );
}

#[test]
fn an_id_that_is_one_slip_away_from_an_entry_is_told_however_few_lead_anywhere() {
    let tei = "<TEI><teiHeader><listPerson><person xml:id='khrushchev'/></listPerson></teiHeader><text>\n\
               <p><persName ref='#khruschev'>He</persName> and <persName ref='#pnd-118'>he</persName></p>\n\
               </text></TEI>\n";
    assert_eq!(
        findings(&[("a.xml", tei)]),
        ["a.xml:2:19 unknown-figure #khruschev -> #khrushchev"]
    );
}
