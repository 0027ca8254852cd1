//! Going places in each of the four formats, over the server's real pipes: from a marker to its note
//! and back, renaming, renumbering, counting, completing, moving files.

mod support;

use serde_json::{Value, json};
use support::session::{Session, offered, words};
use support::uri;

/// A text with two notes in a format. The cursor is put before the words that are asked for.
struct Sample {
    name: &'static str,
    text: &'static str,
    /// The second marker as it is pointed at, and the label of its note.
    marker: &'static str,
    label: &'static str,
}

const SAMPLES: [Sample; 4] = [
    Sample {
        name: "a.txt",
        text: "He denied it.[2] So did they.[1] Again.[2]\n\nNotes\n\n[1] One.\n\n[2] Two.\n",
        marker: "[2]",
        label: "[2]",
    },
    Sample {
        name: "a.md",
        text: "He denied it.[^2] So did they.[^1] Again.[^2]\n\n[^1]: One.\n\n[^2]: Two.\n",
        marker: "[^2]",
        label: "2",
    },
    Sample {
        name: "a.html",
        text: "<p>He denied it.<sup><a href=\"#n2\">2</a></sup> So did they.<sup><a \
               href=\"#n1\">1</a></sup> Again.<sup><a href=\"#n2\">2</a></sup></p>\n\
               <p class=\"note\" id=\"n1\">1. One.</p>\n<p class=\"note\" id=\"n2\">2. Two.</p>\n",
        marker: "#n2",
        label: "n2",
    },
    Sample {
        name: "a.xml",
        text: "<TEI><text><p>He denied it.<ref target=\"#n2\">2</ref> So did they.<ref \
               target=\"#n1\">1</ref> Again.<ref target=\"#n2\">2</ref></p><back>\n\
               <note xml:id=\"n1\" n=\"1\">One.</note>\n<note xml:id=\"n2\" n=\"2\">Two.</note>\n\
               </back></text></TEI>\n",
        marker: "#n2",
        label: "n2",
    },
];

impl Sample {
    /// A session with the cursor inside of the first marker of the second note.
    fn at_marker(&self) -> Session {
        let at = self.text.find(self.marker).expect("a marker") + self.marker.len() - 1;
        self.at(at)
    }

    /// A session with the cursor at the label of that note.
    fn at_note(&self) -> Session {
        self.at(self.text.rfind(self.label).expect("a label"))
    }

    fn at(&self, at: usize) -> Session {
        let marked = format!("{}|{}", &self.text[..at], &self.text[at..]);
        Session::open(self.name, &marked, &[])
    }

    fn place(&self, words: &str) -> String {
        format!("{}: {words}", self.name)
    }
}

#[test]
fn a_marker_leads_to_its_note_and_the_note_to_its_first_marker() {
    for sample in &SAMPLES {
        let mut session = sample.at_marker();
        for method in ["textDocument/definition", "textDocument/declaration"] {
            let found = session.ask(method);
            assert_eq!(session.places(&found), [sample.place(sample.label)], "{method}");
        }
        let mut session = sample.at_note();
        let found = session.ask("textDocument/definition");
        assert_eq!(session.places(&found), [sample.place(sample.marker)]);
        let at = support::session::offset(sample.text, &found[0]["range"]["start"]);
        assert_eq!(at, sample.text.find(sample.marker).expect("a marker"));
    }
}

#[test]
fn a_note_knows_its_markers() {
    for sample in &SAMPLES {
        let mut session = sample.at_note();
        let found = session.ask("textDocument/references");
        let mut expected =
            [sample.label, sample.marker, sample.marker].map(|one| sample.place(one));
        expected.sort();
        assert_eq!(session.places(&found), expected);
        let found = session.ask("textDocument/documentHighlight");
        assert_eq!(found.as_array().map(Vec::len), Some(3), "{}", sample.name);
        let lenses = session.ask("textDocument/codeLens");
        let titles: Vec<_> =
            lenses.as_array().expect("a list").iter().map(|one| &one["command"]["title"]).collect();
        assert_eq!(titles, ["1 reference", "2 references"], "{}", sample.name);
    }
}

#[test]
fn a_note_is_renamed_with_its_markers_from_either_end() {
    for sample in &SAMPLES {
        let inner = |text: &str, new: &str| {
            let name = sample.label.trim_matches(['[', ']']);
            let new = if sample.name.ends_with(".txt") { new.trim_start_matches('n') } else { new };
            ["#", "[", "[^", "id=\""].iter().fold(text.to_owned(), |text, before| {
                text.replace(&format!("{before}{name}"), &format!("{before}{new}"))
            })
        };
        let new = if sample.name.ends_with(".txt") { "9" } else { "n9" };
        for mut session in [sample.at_marker(), sample.at_note()] {
            let edit = session.ask_with("textDocument/rename", json!({ "newName": new }));
            assert_eq!(session.edited(&edit), [sample.place(&inner(sample.text, "n9"))]);
        }
    }
}

#[test]
fn notes_are_numbered_anew() {
    let numbered = [
        "He denied it.[1] So did they.[2] Again.[1]\n\nNotes\n\n[1] Two.\n\n[2] One.\n",
        "He denied it.[^1] So did they.[^2] Again.[^1]\n\n[^1]: Two.\n\n[^2]: One.\n",
        "<p>He denied it.<sup><a href=\"#n2\">1</a></sup> So did they.<sup><a \
         href=\"#n1\">2</a></sup> Again.<sup><a href=\"#n2\">1</a></sup></p>\n\
         <p class=\"note\" id=\"n1\">2. One.</p>\n<p class=\"note\" id=\"n2\">1. Two.</p>\n",
        "<TEI><text><p>He denied it.<ref target=\"#n2\">1</ref> So did they.<ref \
         target=\"#n1\">2</ref> Again.<ref target=\"#n2\">1</ref></p><back>\n\
         <note xml:id=\"n1\" n=\"2\">One.</note>\n<note xml:id=\"n2\" n=\"1\">Two.</note>\n\
         </back></text></TEI>\n",
    ];
    for (sample, numbered) in SAMPLES.iter().zip(numbered) {
        let mut session = sample.at_marker();
        let only = json!({ "context": { "diagnostics": [], "only": ["refactor.rewrite"] } });
        let actions = session.ask_with("textDocument/codeAction", only);
        assert_eq!(actions[0]["title"], "Number the notes in the order of their markers");
        assert_eq!(session.edited(&actions[0]["edit"]), [sample.place(numbered)]);
    }
}

#[test]
fn what_can_be_pointed_at_is_offered() {
    let figures = "[[figure]]\nid = \"khrushchev\"\nname = \"Nikita Khrushchev\"\n\
                   family = \"Khrushchev\"\n";
    let others = [("figures.toml", figures)];
    for (name, text, expected) in [
        ("a.md", "So.[^|]\n\n[^one]: One.\n\n[^two]: Two.\n", &["one", "two"][..]),
        ("a.md", "# Dam\n\n[there](#|)\n", &["dam"]),
        ("a.html", "<h2 id='dam'>Dam</h2><p><a href=\"#|\">there</a></p>", &["dam"]),
        ("a.xml", "<TEI><p xml:id='dam'/><p><ref target=\"#|\"/></p></TEI>", &["dam"]),
        ("a.xml", "<TEI><p xml:id='dam'/><p corresp=\"|\"/></TEI>", &["#dam"]),
        ("a.xml", "<TEI><p xml:id='dam'/><p ana=\"#dam #|\"/></TEI>", &["dam"]),
        ("a.xml", "<TEI><p xml:id='dam'/><p><name ref=\"|\">K</name></p></TEI>", &["#khrushchev"]),
        ("a.xml", "<TEI><p xml:id='dam'/><p><move own=\"#|\"/></p></TEI>", &["dam"]),
        ("a.txt", "It was Khr|\n", &["Khrushchev"]),
        ("a.md", "It was Khr|\n", &["Khrushchev"]),
        ("a.html", "<p>It was Khr|</p>", &["Khrushchev"]),
        ("a.xml", "<TEI><p>It was Khr|</p></TEI>", &["Khrushchev"]),
    ] {
        assert_eq!(offered(name, text, &others), expected, "{text}");
    }
}

#[test]
fn what_lies_in_folders_above_and_behind_a_prefix_is_offered() {
    let people = "<TEI><text><p/></text><standOff><listPerson><person xml:id=\"khr\"><persName>Nikita \
                  Khrushchev</persName></person></listPerson></standOff></TEI>";
    let others = [("b.md", "# B\n"), ("sub/c.md", "# C\n"), ("people.xml", people)];
    assert_eq!(offered("sub/a.md", "[there](../|)\n", &others), ["../b.md", "../people.xml"]);
    let edition = "<TEI><teiHeader><prefixDef ident=\"psn\" matchPattern=\"(.+)\" \
                   replacementPattern=\"../people.xml#$1\"/></teiHeader><text><p><name \
                   ref=\"psn:|\">K</name></p></text></TEI>";
    assert_eq!(offered("sub/a.xml", edition, &others), ["khr"]);
}

/// Links in each format that has any, to a place in another file and to one in their own.
const LINKS: [(&str, &str); 3] = [
    ("a.md", "# Text {#own}\n\n[there](sub/b.html#dam) and [here](#own).\n"),
    (
        "a.html",
        "<h1 id='own'>Text</h1><p><a href='sub/b.html#dam'>there</a> <a href='#own'>here</a></p>\n",
    ),
    (
        "a.xml",
        "<TEI><teiHeader><prefixDef ident='b' matchPattern='(.+)' replacementPattern='sub/b.html#$1'/>\
         </teiHeader><text><body><div xml:id='own'><head>Text</head><p><ref target='sub/b.html#dam'>there\
         </ref> <ref target='#own'>here</ref> <ref target='b:dam'>again</ref></p></div></body></text></TEI>\n",
    ),
];

const OTHER: (&str, &str) = ("sub/b.html", "<h1>B</h1>\n<p id='dam'>The dam.</p>\n");

#[test]
fn links_can_be_followed_with_a_click() {
    for (name, text) in LINKS {
        let mut session = Session::open(name, text, &[OTHER]);
        let links = session.ask("textDocument/documentLink");
        let shown: Vec<(String, String)> = session
            .words(&links, "/range")
            .into_iter()
            .zip(links.as_array().expect("a list"))
            .map(|(words, link)| {
                let target = link["target"].as_str().expect("a target");
                (words, target.rsplit('/').next().expect("a file").to_owned())
            })
            .collect();
        let shown: Vec<_> = shown.iter().map(|(words, target)| (&**words, &**target)).collect();
        let own = format!("{name}#L1");
        let mut expected = vec![("sub/b.html#dam", "b.html#L2"), ("#own", &*own)];
        if name == "a.xml" {
            expected.insert(0, ("sub/b.html", "b.html"));
            expected.push(("b:dam", "b.html#L2"));
        }
        assert_eq!(shown, expected, "{name}");
    }
}

#[test]
fn links_are_repaired_when_their_file_moves_and_when_they_move_themselves() {
    for (name, text) in LINKS {
        let mut session = Session::open(name, text, &[OTHER]);
        let mut moved = |old: &str, new: &str| -> Vec<String> {
            let at = |name: &str| uri(&session.folder.path().join(name));
            let files = json!({ "files": [{ "oldUri": at(old), "newUri": at(new) }] });
            let edit = session.client.request("workspace/willRenameFiles", files);
            session.edited(&edit)
        };
        let expected = |path: &str| vec![format!("{name}: {}", text.replace("sub/b.html", path))];
        assert_eq!(moved("sub/b.html", "other/c.html"), expected("other/c.html"));
        assert_eq!(moved("sub", "deep/sub"), expected("deep/sub/b.html"));
        assert_eq!(moved(name, &format!("texts/{name}")), expected("../sub/b.html"));
    }
}

#[test]
fn links_whose_signs_are_encoded_follow_their_files_and_go_along_with_their_own() {
    let other = ("sub dir/b c.html", "<h1>B</h1>\n<p id='dam'>The dam.</p>\n");
    let links = [
        ("a b.md", "[there](sub%20dir/b%20c.html#dam) [or](<sub dir/b c.html>)\n"),
        ("a b.html", "<h1>A</h1><p><a href='sub%20dir/b&#32;c.html#dam'>there</a></p>\n"),
        (
            "a b.xml",
            "<TEI><text><p><ref target='sub%20dir/b%20c.html'>there</ref></p></text></TEI>\n",
        ),
    ];
    for (name, text) in links {
        let mut session = Session::open(name, text, &[other]);
        let mut moved = |old: &str, new: &str| -> Vec<String> {
            let at = |name: &str| uri(&session.folder.path().join(name));
            let files = json!({ "files": [{ "oldUri": at(old), "newUri": at(new) }] });
            let edit = session.client.request("workspace/willRenameFiles", files);
            session.edited(&edit)
        };
        let expected = |path: &str| {
            let ways = ["sub%20dir/b%20c.html", "sub dir/b c.html", "sub%20dir/b&#32;c.html"];
            let text = ways.iter().fold(text.to_owned(), |text, way| text.replace(way, path));
            vec![format!("{name}: {text}")]
        };
        assert_eq!(moved("sub dir/b c.html", "d e.html"), expected("d%20e.html"));
        assert_eq!(moved("sub dir", "other"), expected("other/b%20c.html"));
        assert_eq!(moved(name, &format!("texts/{name}")), expected("../sub%20dir/b%20c.html"));
    }
}

#[test]
fn links_with_escapes_follow_their_files() {
    let text =
        "[a](b\\_c.md#d), ![e](<b\\_c.md>), [f](b&#95;c.md \"b_c.md\") and [g].\n\n[g]: b\\_c.md\n";
    let mut session = Session::open("a.md", text, &[("b_c.md", "# D\n")]);
    let at = |name: &str| uri(&session.folder.path().join(name));
    let files = json!({ "files": [{ "oldUri": at("b_c.md"), "newUri": at("x/y.md") }] });
    let edit = session.client.request("workspace/willRenameFiles", files);
    let moved = "[a](x/y.md#d), ![e](<x/y.md>), [f](x/y.md \"b_c.md\") and [g].\n\n[g]: x/y.md\n";
    assert_eq!(session.edited(&edit), [format!("a.md: {moved}")]);
}

#[test]
fn a_link_to_a_folder_stands_for_the_page_in_it() {
    let text = "<p><a href='b/#dam'>there</a> <a href='b'>all</a> <a href='./'>here</a></p>\n";
    let other = ("b/index.html", "<h1>B</h1><p id='dam'>The dam. <a href='../b/'>here</a></p>\n");
    let mut session = Session::open("a.html", text, &[other]);
    let mut moved = |old: &str, new: &str| -> Vec<String> {
        let at = |name: &str| uri(&session.folder.path().join(name));
        let files = json!({ "files": [{ "oldUri": at(old), "newUri": at(new) }] });
        let edit = session.client.request("workspace/willRenameFiles", files);
        session.edited(&edit)
    };
    let links = |folder: &str, page: &str| {
        let text = text.replace("'b/#", &format!("'{folder}#"));
        format!("a.html: {}", text.replace("'b'", &format!("'{page}'")))
    };
    let own = format!("b/index.html: {}", other.1.replace("../b/", "./"));
    assert_eq!(moved("b", "c"), [links("c/", "c"), own]);
    assert_eq!(moved("b/index.html", "b/dam.html")[0], links("b/dam.html", "b/dam.html"));
}

#[test]
fn what_lies_behind_an_encoded_path_is_offered() {
    let others = [("sub dir/b c.md", "# The Dam\n")];
    let offered = |link: &str| offered("a.md", &format!("[there]({link}|)\n"), &others);
    assert_eq!(offered("sub%20dir/b%20c.md#"), ["the-dam"]);
    assert_eq!(offered("./sub%20dir/../sub%20dir/b%20c.md#"), ["the-dam"]);
    assert_eq!(offered("sub%20d"), ["sub%20dir/b%20c.md"]);
    assert_eq!(offered("su"), ["sub%20dir/b%20c.md"]);
}

#[test]
fn the_path_of_a_link_may_be_encoded_or_stand_in_a_definition() {
    let other = ("sub-one/b.md", "# B\n\n## The dam {#dam}\n\n[Up](../a.md#own)\n");
    let text = "# Text {#own}\n\n[there](sub%2Done/b.md#dam), [again][d] and [once more][d].\n\n\
                As [@lowe1951] says.\n\n[d]: sub%2Done/b.md#dam \"sub%2Done/b.md\"\n";
    let text = format!("---\nreferences:\n- id: lowe1951\n  title: The Hall\n---\n\n{text}");
    let mut session = Session::open("a.md", &text, &[other]);
    let mut moved = |old: &str, new: &str| -> Vec<String> {
        let at = |name: &str| uri(&session.folder.path().join(name));
        let files = json!({ "files": [{ "oldUri": at(old), "newUri": at(new) }] });
        let edit = session.client.request("workspace/willRenameFiles", files);
        session.edited(&edit)
    };
    let links = |path: &str| {
        let linked = text.replace("(sub%2Done/b.md", &format!("({path}"));
        format!("a.md: {}", linked.replace("[d]: sub%2Done/b.md", &format!("[d]: {path}")))
    };
    let up = |path: &str| format!("{}: {}", other.0, other.1.replace("../a.md", path));
    let mut all = [links("two/b.md"), up("../a.md")];
    assert_eq!(moved(other.0, "two/b.md"), all[..1]);
    all = [links("../sub-one/b.md"), up("../texts/a.md")];
    assert_eq!(moved("a.md", "texts/a.md"), all);
    for marked in [text.replacen("b.md#dam)", "b.md#d|am)", 1), text.replace("[again]", "[ag|ain]")]
    {
        let mut session = Session::open("a.md", &marked, &[other]);
        let edit = session.ask_with("textDocument/rename", json!({ "newName": "sea" }));
        let renamed = format!("a.md: {}", text.replace("#dam", "#sea"));
        let goal = format!("{}: {}", other.0, other.1.replace("#dam", "#sea"));
        assert_eq!(session.edited(&edit), [renamed, goal]);
    }
    let marked = other.1.replace("a.md#own", "a.md#|");
    assert_eq!(offered(other.0, &marked, &[("a.md", &text)]), ["own"]);
}

#[test]
fn an_encoded_label_is_renamed_and_stays_encoded() {
    let encoded = "%D0%B4%D0%B0%D0%BC%D0%B1%D0%B0";
    let text = format!("[there](b.html#{encoded}) and [there](b.html#дамба).\n");
    let other = ("b.html", "<h1>B</h1><p id='дамба'>The dam.</p>");
    let marked = text.replacen("%D0%B0)", "%D0|%B0)", 1);
    let mut session = Session::open("a.md", &marked, &[other]);
    let present = session.ask("textDocument/prepareRename");
    assert_eq!(present["placeholder"], "дамба");
    assert_eq!(words(&session.text, &present["range"]), encoded);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "вода" }));
    let renamed = [
        "a.md: [there](b.html#%D0%B2%D0%BE%D0%B4%D0%B0) and [there](b.html#вода).\n",
        "b.html: <h1>B</h1><p id='вода'>The dam.</p>",
    ];
    assert_eq!(session.edited(&edit), renamed);
}

#[test]
fn a_label_is_renamed_where_it_stands_and_to_what_can_be_one() {
    let text = "He denied it.[^1]\n\n[^1]: In 1901, on page 1.\n";
    let mut session = Session::open("a.md", &text.replacen("[^1]", "[^|1]", 1), &[]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "9" }));
    assert_eq!(session.edited(&edit), [format!("a.md: {}", text.replace("[^1]", "[^9]"))]);
    let text = "He denied it.|[1] Often.\n\nNotes\n\n[1] One.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let place = json!({ "uri": session.uri() });
    let params = json!({ "textDocument": place, "position": session.cursor, "newName": "one" });
    let refused = session.client.ask("textDocument/rename", params);
    assert_eq!(refused["error"]["message"], "“one” is no such label of a note as “1”");
}

#[test]
fn a_heading_that_holds_an_anchor_is_not_the_anchor() {
    let text = "<p><a href='#notes'>Notes</a></p><h3><a name='no|tes'>Notes</a></h3><p>So.</p>";
    let mut session = Session::open("a.html", text, &[]);
    let found = session.ask("textDocument/references");
    assert_eq!(session.places(&found), ["a.html: #notes", "a.html: notes"]);
}

#[test]
fn a_place_in_another_file_is_renamed_from_the_link_and_from_itself() {
    for (name, text) in LINKS {
        let renamed = |text: &str| {
            text.replace("#dam", "#sea").replace("'dam'", "'sea'").replace("b:dam", "b:sea")
        };
        let expected = vec![
            format!("{name}: {}", renamed(text)),
            format!("{}: {}", OTHER.0, renamed(OTHER.1)),
        ];
        let cursor = text.find("#dam").expect("a link") + 2;
        let marked = format!("{}|{}", &text[..cursor], &text[cursor..]);
        let mut session = Session::open(name, &marked, &[OTHER]);
        let edit = session.ask_with("textDocument/rename", json!({ "newName": "sea" }));
        assert_eq!(session.edited(&edit), expected);
        let marked = OTHER.1.replace("'dam", "'d|am");
        let mut session = Session::open(OTHER.0, &marked, &[(name, text)]);
        let edit = session.ask_with("textDocument/rename", json!({ "newName": "sea" }));
        assert_eq!(session.edited(&edit), expected);
        let uses = if name == "a.xml" { "2 references" } else { "1 reference" };
        let found: Value = session.ask("textDocument/references");
        assert_eq!(
            found
                .as_array()
                .map(|all| all.len() - 1)
                .map(|n| format!("{n} reference{}", if n == 1 { "" } else { "s" })),
            Some(uses.to_owned())
        );
    }
}
