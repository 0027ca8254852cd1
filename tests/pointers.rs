//! Where pointers lead, in every format, as `references list` tells.

mod support;

use serde_json::Value;
use support::corpus::Corpus;

/// Each pointer of the first of the files, or of all if that is `.`, as `text -> path: words of
/// the target`.
fn pointers(files: &[(&str, &str)]) -> Vec<String> {
    let written = files.iter().copied().filter(|(name, _)| *name != ".").collect::<Vec<_>>();
    let corpus = Corpus::of(&written);
    let found = corpus.run(&["references", "list", "--format", "jsonl", files[0].0]);
    found.iter().map(|pointer| shown(&corpus, pointer)).collect()
}

fn shown(corpus: &Corpus, pointer: &Value) -> String {
    let target = match &pointer["target"] {
        Value::Null => "nothing".to_owned(),
        target => {
            let (path, words) = corpus.words(&target["path"], target);
            format!("{path}: {}", words.trim_end())
        }
    };
    format!("{} -> {target}", pointer["text"].as_str().expect("a text"))
}

#[test]
fn tei_points_by_ids_prefixes_bases_and_schemes() {
    let edition = "<TEI><teiHeader><listPrefixDef>
<prefixDef ident='p' matchPattern='([a-z]+)' replacementPattern='people.xml#$1'/>
<prefixDef ident='n' matchPattern='([a-z]+)/([0-9]+)' replacementPattern='$1.xml#n$2'/>
</listPrefixDef></teiHeader><text><body>
<p xml:id='p1' ana='#café #gone'><persName ref='p:ivan'>He</persName> <ref target='n:people/3'/>
<ptr target='#caf%C3%A9'/> <ptr target='people.xml#ivan'/> <ptr target='unknown:ivan'/>
<ptr target='#range(p1,café)'/> <ptr target='#xpath1(//p)'/> <anchor xml:id='café'/></p>
<div xml:base='people.xml'><p><ptr target='#ivan'/> <ptr target='#p1'/></p></div>
<p own='#p1' color='#ffffff'><handShift new='#p1'/></p></body></text></TEI>";
    let people = "<TEI><listPerson><person xml:id='ivan'/><person xml:id='n3'/></listPerson></TEI>";
    assert_eq!(
        pointers(&[("edition.xml", edition), ("people.xml", people)]),
        [
            // Where the prefixes lead; `$1.xml` is a file for each name.
            "people.xml -> people.xml: ",
            "#café -> edition.xml: café",
            "#gone -> nothing",
            "p:ivan -> people.xml: ivan",
            "n:people/3 -> people.xml: n3",
            "#caf%C3%A9 -> edition.xml: café",
            "people.xml#ivan -> people.xml: ivan",
            "#range(p1,café) -> edition.xml: p1",
            "#xpath1(//p) -> nothing",
            "#ivan -> people.xml: ivan",
            "#p1 -> edition.xml: p1",
            // By the edition's own schema; the colour is no pointer.
            "#p1 -> edition.xml: p1",
            "#p1 -> edition.xml: p1",
        ]
    );
}

#[test]
fn a_name_points_into_the_authority() {
    let text = "<TEI><p><persName ref='#ivan'>I</persName> <name ref='#lenin'>L</name></p></TEI>";
    let people = "<TEI><listPerson><person xml:id='ivan'><persName>Ivan</persName></person>\
                  </listPerson></TEI>";
    let figures = "[[figure]]\nid = \"lenin\"\nname = \"Vladimir Lenin\"\nfamily = \"Lenin\"\n";
    let config = "[figures]\nfiles = [\"people.xml\", \"figures.toml\"]\n";
    assert_eq!(
        pointers(&[
            ("texts/a.xml", text),
            ("people.xml", people),
            ("figures.toml", figures),
            ("rubricator.toml", config),
        ]),
        ["#ivan -> people.xml: ivan", "#lenin -> figures.toml: \"Vladimir Lenin\""]
    );
}

#[test]
fn a_key_of_tei_leads_to_the_entry_of_this_name() {
    let text = "<TEI><standOff><listPerson><person xml:id='ivan'/></listPerson></standOff><text><p>\
                <persName key='ivan'>I</persName> <name key='Q1394'>L</name></p></text></TEI>";
    assert_eq!(pointers(&[("a.xml", text)]), ["ivan -> a.xml: ivan"]);
}

#[test]
fn html_points_by_ids_names_and_the_base() {
    let page = "<HEAD><BASE HREF='texts/'></HEAD><P><A HREF='b.html#x'>b</A> <A HREF=#one>1</A>
<a href=' #two
'>2</a> <a href='#caf%C3%A9'>c</a> <a id=one name=two>both</a> <i id='café'></i>
<map><area href='#one'></map> <a href='b%2Ehtml?a=1#x'>d</a> <a href='#x'>e</a>";
    assert_eq!(
        pointers(&[("a.html", page), ("texts/b.html", "<p id='x'>X</p>")]),
        [
            "b.html#x -> texts/b.html: x",
            "#one -> a.html: one",
            " #two\n -> a.html: two",
            "#caf%C3%A9 -> a.html: café",
            "#one -> a.html: one",
            "b%2Ehtml?a=1#x -> texts/b.html: x",
            "#x -> nothing",
        ]
    );
}

#[test]
fn the_words_of_a_heading_are_no_id_of_it() {
    let page = "<p><a href='#S'>S</a> <a href='#T'>T</a></p><h2 id='S'>S</h2><h2>T</h2>";
    assert_eq!(pointers(&[("a.html", page)]), ["#S -> a.html: S", "#T -> nothing"]);
    let other = "<p><a href='a.html#S'>S</a> <a href='a.html#T'>T</a></p>";
    assert_eq!(
        pointers(&[("b.html", other), ("a.html", page)]),
        ["a.html#S -> a.html: S", "a.html#T -> nothing"]
    );
}

#[test]
fn a_link_without_a_target_leads_to_its_own_page() {
    let page =
        "<p>A <a href=\"\">b</a> <a href = ''>c</a> <a href>d</a> <a href='?page=2'>e</a></p>";
    assert_eq!(
        pointers(&[("a.html", page)]),
        [" -> a.html: ", " -> a.html: ", " -> a.html: ", "?page=2 -> a.html: "]
    );
}

#[test]
fn pictures_lie_in_files() {
    let page =
        "<p>A <img src='map.png'> <img src='gone.png'> <img src='data:image/png;base64,AA'></p>";
    assert_eq!(
        pointers(&[("a.html", page), ("map.png", "x")]),
        ["map.png -> map.png: ", "gone.png -> nothing"]
    );
    let text = "A ![map](map.png \"The map\") and [![so][pic]](b.md).\n\n[pic]: map.png\n";
    assert_eq!(
        pointers(&[("a.md", text), ("b.md", "B.\n"), ("map.png", "x")]),
        ["map.png -> map.png: ", "![so][pic] -> map.png: ", "b.md -> b.md: "]
    );
    let facsimile = "<TEI><facsimile><graphic url='map.png'/></facsimile><text><pb facs='gone.png'/></text></TEI>";
    assert_eq!(
        pointers(&[("a.xml", facsimile), ("map.png", "x")]),
        ["map.png -> map.png: ", "gone.png -> nothing"]
    );
}

#[test]
fn markdown_points_by_headings_pages_labels_and_the_html_in_it() {
    let text = "# The Dam\n\n## Same\n\n## Same\n\n## Otherwise {#explicit}\n
[a](#the-dam) [b](#same-1) [c](#explicit) [d][label] [e][lost] [i][Same] [[Notes]] [[notes#Sources|f]]
[[#Same]] [[Lost]] [g](#anchor) [h](#division) word[^1] word[^9] `[^8]` \\[^7] <a id='anchor'></a>\n
<div id='division'>\n\nText.\n\n</div>\n\n[label]: pages/notes.md#sources\n\n[^1]: One.\n";
    assert_eq!(
        pointers(&[(".", ""), ("a.md", text), ("pages/notes.md", "# Sources\n")]),
        [
            "#the-dam -> a.md: # The Dam",
            "#same-1 -> a.md: ## Same",
            "#explicit -> a.md: ## Otherwise {#explicit}",
            "[d][label] -> pages/notes.md: # Sources",
            "[e][lost] -> nothing",
            // As Pandoc has it, the words of a heading are a label.
            "[i][Same] -> a.md: ## Same",
            "Notes -> pages/notes.md: ",
            "notes#Sources -> pages/notes.md: # Sources",
            "#Same -> a.md: ## Same",
            "Lost -> nothing",
            "#anchor -> a.md: anchor",
            "#division -> a.md: division",
            "[^1] -> a.md: 1",
            "[^9] -> nothing",
        ]
    );
}

#[test]
fn an_empty_fragment_is_the_head_of_the_page() {
    let text = "Text.\n\n## —\n\n[a](#) [b](a.md#) [c](b.rs#L12)\n";
    assert_eq!(
        pointers(&[("a.md", text), ("b.rs", "fn main() {}\n")]),
        ["# -> a.md: ", "a.md# -> a.md: ", "b.rs#L12 -> b.rs: "]
    );
}

#[test]
fn keys_of_works_lead_into_bibliographies() {
    let text =
        "---\nbibliography: [lit/works.bib, more.json]\nreferences:\n- id: own\n  title: Own\n---\n
[see @marx1867, pp. 3–5; -@own] and @lost say; @12, a@b.org, `@marx1867` \\@marx1867.\n";
    let bibtex = "@book{marx1867,\n  title = {Das Kapital}\n}\n";
    let json = "[{\"id\": \"12\", \"title\": \"Twelve\"}]";
    assert_eq!(
        pointers(&[("a.md", text), ("lit/works.bib", bibtex), ("more.json", json)]),
        [
            "lit/works.bib -> lit/works.bib: ",
            "more.json -> more.json: ",
            "marx1867 -> lit/works.bib: marx1867",
            "own -> a.md: own",
            "lost -> nothing",
            "12 -> more.json: 12",
        ]
    );
    // Without a bibliography an @ is whatever it is.
    assert!(pointers(&[("a.md", "---\ntitle: x\n---\n\n@marx1867 wrote [@it].\n")]).is_empty());
}

#[test]
fn the_head_of_a_page_is_its_first_byte() {
    let page = "<p>A</p><a href='#'>up</a> <a href='#top'>up</a> <a href='b.html#TOP'>b</a> <a href='#x'>x</a>";
    assert_eq!(
        pointers(&[("a.html", page), ("b.html", "<p>B</p>")]),
        ["# -> a.html: ", "#top -> a.html: ", "b.html#TOP -> b.html: ", "#x -> nothing"]
    );
}
