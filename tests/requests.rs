//! Every request of the protocol that the server answers, over its real pipes. A document is
//! written with `|` where the cursor is; answers are shown as the words they are about.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::session::{Session, apply, offered, words};
use support::{Client, ask_until, count, uri};

const FIGURES: &str = "\
[[figure]]
id = \"khrushchev\"
name = \"Nikita Khrushchev\"
family = \"Khrushchev\"
native = \"Никита Сергеевич Хрущёв\"
born = \"1894-04-15\"
died = \"1971-09-11\"
";

#[test]
fn links_lead_into_other_files_and_back() {
    let notes = "<h1>Notes</h1>\n<p id=\"n1\" role=\"doc-footnote\">The Courier.</p>\n";
    let page = "<h1>Text</h1>\n<p>He denied it.<a href=\"notes.html#n|1\">1</a> And again.\
                <a href=\"notes.html#n1\">1</a></p>\n";
    let mut session = Session::open("text.html", page, &[("notes.html", notes)]);
    let found = session.ask("textDocument/definition");
    assert_eq!(session.places(&found), ["notes.html: n1"]);
    let found = session.ask("textDocument/references");
    let markers = ["notes.html: n1", "text.html: notes.html#n1", "text.html: notes.html#n1"];
    assert_eq!(session.places(&found), markers);
    let card = session.ask("textDocument/hover");
    assert_eq!(card["contents"]["value"], "The Courier.");
    let links = session.ask("textDocument/documentLink");
    let target = links[0]["target"].as_str().expect("a target");
    assert!(target.ends_with("/notes.html#L2"), "{target}");
}

#[test]
fn an_anchor_is_renamed_with_all_that_points_at_it() {
    let notes =
        "<h1>Notes</h1>\n<p id=\"n1\" role=\"doc-footnote\">So. <a href=\"#n1\">1</a></p>\n";
    let page = "<h1>Text</h1>\n<p>He denied it.<a href=\"notes.html#n|1\">1</a></p>\n";
    let mut session = Session::open("text.html", page, &[("notes.html", notes)]);
    let prepared = session.ask("textDocument/prepareRename");
    assert_eq!(prepared["placeholder"], "n1");
    assert_eq!(words(&session.text, &prepared["range"]), "n1");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "courier" }));
    let renamed = |text: &str| text.replace('|', "").replace("n1", "courier");
    assert_eq!(
        session.edited(&edit),
        [format!("notes.html: {}", renamed(notes)), format!("text.html: {}", renamed(page))]
    );
    let params = json!({ "textDocument": { "uri": session.uri() }, "position": session.cursor,
                         "newName": "two words" });
    let refused = session.client.ask("textDocument/rename", params);
    assert_eq!(refused["error"]["code"], -32803);
}

#[test]
fn a_note_is_renumbered_with_its_markers() {
    let text = "He denied it.[1] So did they.[2|]\n\nNotes\n\n[1] One.\n[2] Two.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "3" }));
    let renamed = text.replace('|', "").replace("[2]", "[3]");
    assert_eq!(session.edited(&edit), [format!("a.txt: {renamed}")]);
}

#[test]
fn a_figure_is_renamed_in_every_form_and_in_its_entry() {
    let text = "Mr Khrush|chev spoke, and Khrushchev’s words were heard.\n";
    let other = "# Other\n\nIt was N. S. Khrushchev who came. Then Mr KHRUSHCHEV spoke.\n";
    let others = [("b.md", other), ("figures.toml", FIGURES)];
    let mut session = Session::open("a.txt", text, &others);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let renamed = |text: &str| {
        let text = text.replace('|', "").replace("Khrushchev", "Chruschtschow");
        text.replace("KHRUSHCHEV", "CHRUSCHTSCHOW")
    };
    assert_eq!(
        session.edited(&edit),
        [
            format!("a.txt: {}", renamed(text)),
            format!("b.md: {}", renamed(other)),
            format!("figures.toml: {}", renamed(FIGURES)),
        ]
    );
}

#[test]
fn a_whole_new_name_changes_given_names_and_initials_too() {
    let text = "Nikita Khrush|chev spoke, and Khrushchev’s words were heard.\n";
    let other = "# The visit\n\nIt was N. S. Khrushchev who came. Then NIKITA KHRUSHCHEV spoke of Хрущёв.\n";
    let others = [("b.md", other), ("figures.toml", FIGURES)];
    let mut session = Session::open("a.txt", text, &others);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Mykyta Khrushchov" }));
    let edited = session.edited(&edit);
    assert_eq!(edited[0], "a.txt: Mykyta Khrushchov spoke, and Khrushchov’s words were heard.\n");
    let there = "# The visit\n\nIt was M. S. Khrushchov who came. Then MYKYTA KHRUSHCHOV spoke of Хрущёв.\n";
    assert_eq!(edited[1], format!("b.md: {there}"));
    assert!(edited[2].contains("name = \"Mykyta Khrushchov\""), "{}", edited[2]);
}

#[test]
fn a_rename_changes_letters_on_both_sides_of_markup() {
    let text = "<p>Mr <b>Krush</b>chev and Mr Khrush|chev, and Kru<i>shch</i>ev.</p>\n";
    let mut session = Session::open("a.html", text, &[("figures.toml", FIGURES)]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Khrushchov" }));
    let changed = &session.edited(&edit)[0];
    assert_eq!(
        changed,
        "a.html: <p>Mr <b>Khrush</b>chov and Mr Khrushchov, and Khru<i>shch</i>ov.</p>\n"
    );
}

#[test]
fn a_given_name_is_renamed_where_the_cursor_stands_on_one() {
    let text = "They saw Pav|el Rybin, and P. Rybin saw Anna Rybin. Then Rybin left.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Lev" }));
    let renamed = "They saw Lev Rybin, and L. Rybin saw Anna Rybin. Then Rybin left.\n";
    assert_eq!(session.edited(&edit), [format!("a.txt: {renamed}")]);
}

#[test]
fn the_declaration_is_the_first_mention() {
    let text = "Mr Khrushchev spoke first. Nobody else did. Then Mr Khrush|chev left.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let found = session.ask("textDocument/declaration");
    assert_eq!(found[0]["range"]["start"]["character"], 3);
}

#[test]
fn completion_knows_notes_places_figures_and_names() {
    let labels = |answer: &Value| -> Vec<String> {
        let items = answer["items"].as_array().expect("items").iter();
        items.map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    };
    let figures = ("figures.toml", FIGURES);

    let notes = "So it was.[^s|]\n\n[^so]: Ibid.\n\n[^other]: Idem.\n";
    let mut session = Session::open("a.md", notes, &[]);
    assert_eq!(labels(&session.ask("textDocument/completion")), ["so"]);

    let other = "# Over There\n\nText.\n";
    let mut session = Session::open("a.md", "See [this](b.md#|).\n", &[("b.md", other)]);
    assert_eq!(labels(&session.ask("textDocument/completion")), ["over-there"]);
    let mut session = Session::open("a.md", "See [this](b|).\n", &[("b.md", other)]);
    assert_eq!(labels(&session.ask("textDocument/completion")), ["b.md"]);

    let tei = "<TEI><text><p><persName ref=\"#kh|\">He</persName></p></text></TEI>\n";
    let mut session = Session::open("a.xml", tei, &[figures]);
    assert_eq!(labels(&session.ask("textDocument/completion")), ["khrushchev"]);

    let mut session = Session::open("a.txt", "It was Mr Khr| who came.\n", &[figures]);
    let answer = session.ask("textDocument/completion");
    assert_eq!(labels(&answer), ["Khrushchev"]);
    let item = answer["items"][0].clone();
    assert_eq!(words(&session.text, &item["textEdit"]["range"]), "Khr");
    let resolved = session.client.request("completionItem/resolve", item);
    let card = resolved["documentation"]["value"].as_str().expect("a card");
    assert!(card.contains("Никита Сергеевич Хрущёв"), "{card}");
    // A word of the text that is no name is not meddled with.
    let mut session = Session::open("a.txt", "It was here| that he came.\n", &[figures]);
    assert!(labels(&session.ask("textDocument/completion")).is_empty());
}

#[test]
fn actions_repair_and_accept() {
    let text =
        "Mr Trotskii came. It was Mr Tr|otskii who spoke, with Trotsky, Trotsky and Trotsky.\n";
    let mut session = Session::open("a.txt", text, &[("rubricator.toml", "[files]\n")]);
    let actions = session.ask("textDocument/codeAction");
    let action = |title: &str| {
        let mut all = actions.as_array().expect("a list").iter();
        let found = all.find(|one| one["title"].as_str().is_some_and(|t| t.starts_with(title)));
        found.unwrap_or_else(|| panic!("{title} in {actions:#}")).clone()
    };
    let text = text.replace('|', "");
    let after = |title: &str| session.edited(&action(title)["edit"]).join("\n");
    let (head, tail) = text.split_at(text.rfind("Trotskii").expect("there"));
    let one = format!("a.txt: {head}{}", tail.replace("Trotskii", "Trotsky"));
    assert_eq!(after("Write “Trotsky”"), one);
    let all = format!("a.txt: {}", text.replace("Trotskii", "Trotsky"));
    assert_eq!(after("Write “Trotsky” in both places"), all);
    let sic = format!("a.txt: {head}{}", tail.replace("Trotskii", "Trotskii [sic]"));
    assert_eq!(after("Mark as [sic]"), sic);
    let accepted = after("Accept in this document (rubricator.toml)");
    assert!(
        accepted.contains("[[accept]]\nfile = \"a.txt\"\nrule = \"name-variant\"\n"),
        "{accepted}"
    );
    assert!(accepted.contains("text = \"Trotskii\""), "{accepted}");
}

/// The action whose title begins so.
fn action(actions: &Value, title: &str) -> Value {
    let mut all = actions.as_array().expect("a list").iter();
    let found = all.find(|one| one["title"].as_str().is_some_and(|t| t.starts_with(title)));
    found.unwrap_or_else(|| panic!("{title} in {actions:#}")).clone()
}

#[test]
fn what_accepts_a_place_is_offered_to_those_who_ask_for_refactorings() {
    let text = "# Head\n\nThey saw Mr Tr|otskii, with Trotsky, Trotsky and Trotsky.\n";
    let lazy = json!({ "textDocument": { "codeAction": {
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor"] } },
        "dataSupport": true, "resolveSupport": { "properties": ["edit"] } } } });
    let files = [("rubricator.toml", "[files]\n")];
    let mut session = Session::with("a.md", text, &files, lazy, json!({}));
    let mut titles = |only: &[&str]| -> Vec<Value> {
        let context = json!({ "context": { "diagnostics": [], "only": only } });
        let actions = session.ask_with("textDocument/codeAction", context);
        let actions = actions.as_array().expect("a list").clone();
        // The edit is there when one of them is chosen.
        for action in &actions {
            let resolved = session.client.request("codeAction/resolve", action.clone());
            assert!(resolved["edit"].is_object(), "{resolved}");
        }
        actions.iter().map(|one| json!([one["kind"], one["title"]])).collect()
    };
    let accepting = [
        "Accept “Trotskii” in all documents (rubricator.toml)",
        "Mark as [sic]: so in the print",
        "Accept here: no name-variant in this block",
        "Accept in this document (rubricator.toml)",
    ];
    let of_kind = |kind: &str| accepting.map(|title| json!([kind, title]));
    assert_eq!(titles(&["refactor"]), of_kind("refactor.rewrite"));
    let repairs = titles(&["quickfix"]);
    assert_eq!(repairs[1..], of_kind("quickfix"), "{repairs:?}");
    assert_eq!(titles(&["quickfix", "refactor"]), repairs, "none twice");
}

#[test]
fn a_mark_is_accepted_in_its_place_only() {
    let text = "He spoke long and often of the |’rule of law’ and of many others besides.\n\nOf the ’rule of men’ too.\n";
    let mut session = Session::open("a.txt", text, &[("rubricator.toml", "[files]\n")]);
    let actions = session.ask("textDocument/codeAction");
    let accepted =
        session.edited(&action(&actions, "Accept this place (rubricator.toml)")["edit"]).join("\n");
    let entry = "[[accept]]\nfile = \"a.txt\"\nrule = \"quote-direction\"\n\
                 text = \"spoke long and often of the ’rule of law’ and of many\"\nreason = \"so in the source\"\n";
    assert_eq!(accepted, format!("rubricator.toml: [files]\n\n{entry}"));
    let mut session = Session::open("a.txt", text, &[("rubricator.toml", entry)]);
    let found = session.ask("textDocument/diagnostic");
    let lines: Vec<_> = found["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["range"]["start"]["line"])
        .collect();
    assert_eq!(lines, [2]);
}

#[test]
fn what_cannot_be_renamed_is_refused_before_one_types_a_name() {
    let figures = "[[figure]]\nid = \"thomas\"\nname = \"Thomas Mann\"\n\n\
                   [[figure]]\nid = \"heinrich\"\nname = \"Heinrich Mann\"\n";
    let heading = "a heading is named by its own words: change those";
    for (name, text, reason) in [
        ("a.md", "# Chap|ter\n\nSee [there](#chapter).\n", heading),
        ("a.md", "# Chapter\n\nSee [there](#chap|ter).\n", heading),
        ("a.txt", "These are the words of Ma|nn.\n", "this may be Thomas Mann or Heinrich Mann"),
        (
            "a.md",
            "It was Kos**tro|ma** who came, Mr Kostroma.\n",
            "there is markup within this name",
        ),
        ("a.txt", "Nothing |here.\n", "nothing here has a name to change"),
    ] {
        let mut session = Session::open(name, text, &[("figures.toml", figures)]);
        let place = json!({ "textDocument": { "uri": session.uri() }, "position": session.cursor });
        let prepared = session.client.ask("textDocument/prepareRename", place.clone());
        let mut rename = place;
        rename["newName"] = json!("new");
        let refused = session.client.ask("textDocument/rename", rename);
        assert_eq!(refused["error"]["message"], reason, "{text}");
        if prepared["result"] != Value::Null || prepared.get("error").is_some() {
            assert_eq!(prepared["error"], refused["error"], "{text}");
        }
    }
    // A figure in a heading has a name, whatever the heading has.
    let text = "# Mr Khrush|chev\n\nKhrushchev spoke.\n";
    let mut session = Session::open("a.md", text, &[("figures.toml", FIGURES)]);
    assert_eq!(session.ask("textDocument/prepareRename")["placeholder"], "Khrushchev");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let renamed = text.replace('|', "").replace("Khrushchev", "Chruschtschow");
    assert_eq!(session.edited(&edit)[0], format!("a.md: {renamed}"));
}

#[test]
fn an_entry_takes_all_that_point_at_it_along() {
    let people = "<TEI><standOff><listPerson><person xml:id=\"k|hr\"><persName>Nikita Khrushchev</persName>\
                  </person></listPerson></standOff></TEI>\n";
    let text = "<TEI><text><body><head>Talks</head><p>Mr <persName ref=\"#khr\">Khrushchev</persName> and <rs \
                ref=\"people.xml#khr\">he</rs>.</p></body></text></TEI>\n";
    let config = "[figures]\nfiles = [\"people.xml\"]\n";
    let mut session =
        Session::open("people.xml", people, &[("a.xml", text), ("rubricator.toml", config)]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "khrushchev" }));
    let renamed = |text: &str| text.replace('|', "").replace("khr\"", "khrushchev\"");
    assert_eq!(
        session.edited(&edit),
        [format!("a.xml: {}", renamed(text)), format!("people.xml: {}", renamed(people))]
    );
}

#[test]
fn a_name_that_would_break_a_file_is_refused() {
    let text = "It was Mr Khrush|chev.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let place = json!({ "textDocument": { "uri": session.uri() }, "position": session.cursor });
    for (new, reason) in [
        (" ", "a name cannot be empty"),
        ("Khru\nshchev", "a name cannot go over the end of a line"),
        ("Khru\"shchev", "“Khru\"shchev” cannot be a name: \" is a sign of markup"),
        ("<i>", "“<i>” cannot be a name: < is a sign of markup"),
    ] {
        let mut rename = place.clone();
        rename["newName"] = json!(new);
        let refused = session.client.ask("textDocument/rename", rename);
        assert_eq!(refused["error"]["message"], reason);
    }
}

#[test]
fn a_variant_that_becomes_the_name_is_no_variant_any_more() {
    let figures = format!(
        "{FIGURES}variants = [\n  \"Krushchev\", # in the Times\n  \"Chruschtschow\",\n]\n"
    );
    let text = "It was Mr Khrush|chev.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", &figures)]);
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let renamed = FIGURES.replace("Khrushchev\"", "Chruschtschow\"");
    assert_eq!(
        session.edited(&edit),
        [
            "a.txt: It was Mr Chruschtschow.\n".to_owned(),
            format!("figures.toml: {renamed}variants = [\n  \"Krushchev\", # in the Times\n]\n"),
        ]
    );
}

#[test]
fn a_variant_that_is_accepted_is_no_variant_any_more() {
    let figures = format!("{FIGURES}variants = [\"Krushchev\"]\n");
    let text = "It was Mr Krush|chev.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", &figures)]);
    let actions = session.ask("textDocument/codeAction");
    let accept = action(&actions, "Accept “Krushchev” as a form of Nikita Khrushchev");
    assert_eq!(
        session.edited(&accept["edit"]),
        [format!("figures.toml: {FIGURES}variants = []\naccepted = [\"Krushchev\"]\n")]
    );
}

#[test]
fn a_document_is_repaired_of_the_spelling_that_is_asked_for() {
    let text = "Mr Khrush|chov and KHRUSHCHOV, Mr Khruschev, Mr Khrushchev.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let actions = session.ask("textDocument/codeAction");
    let repair = action(&actions, "Write “Khrushchev” in both places of this document");
    assert_eq!(
        session.edited(&repair["edit"]),
        ["a.txt: Mr Khrushchev and KHRUSHCHEV, Mr Khruschev, Mr Khrushchev.\n"]
    );
}

#[test]
fn a_spelling_with_markup_inside_is_repaired_like_the_others() {
    let text = "Mr Khrush|chov, and Mr Khrush*chov*, and Mr *Khru*shchov.\n";
    let mut session = Session::open("a.md", text, &[("figures.toml", FIGURES)]);
    let actions = session.ask("textDocument/codeAction");
    let repair = action(&actions, "Write “Khrushchev” in all 3 places of this document");
    assert_eq!(
        session.edited(&repair["edit"]),
        ["a.md: Mr Khrushchev, and Mr Khrush*chev*, and Mr *Khru*shchev.\n"]
    );
}

/// Names that are told by the whole, since a word of them tells nothing.
const CHINESE: &str = "It was Zhou En|lai. ZHOU ENLAI’s word was that of Zhou Enlai.\n";

/// Where they are spelt in the usual way, and once otherwise.
const CHINESE_ELSEWHERE: &str = "# China\n\nChou En-lai came. So did Chou En-lai, and Chou En-lai, and Chou En-lai, and Chou En-lai, and Zhou\nEnlai.\n";

fn of_chinese() -> Session {
    let figures = "[[figure]]\nid = \"lee\"\nname = \"Ann Lee\"\n";
    let config = "[figures]\nfiles = [\"figures.toml\"]\n";
    let others =
        [("b.md", CHINESE_ELSEWHERE), ("figures.toml", figures), ("rubricator.toml", config)];
    Session::open("a.txt", CHINESE, &others)
}

#[test]
fn a_whole_name_is_repaired_in_all_documents() {
    let mut session = of_chinese();
    let actions = session.ask("textDocument/codeAction");
    let here = "It was Chou En-lai. CHOU EN-LAI’s word was that of Chou En-lai.\n";
    let repair = action(&actions, "Write “Chou En-lai” in all 3 places of this document");
    assert_eq!(session.edited(&repair["edit"]), [format!("a.txt: {here}")]);
    let repair = action(&actions, "Write “Chou En-lai” in all 4 places of 2 documents");
    let there = CHINESE_ELSEWHERE.replace("Zhou\nEnlai", "Chou En-lai");
    let all = [format!("a.txt: {here}"), format!("b.md: {there}")];
    assert_eq!(session.edited(&repair["edit"]), all);
}

#[test]
fn a_whole_name_is_shown_with_its_other_spellings() {
    let card = of_chinese().ask("textDocument/hover")["contents"]["value"].to_string();
    let expected = "**Zhou Enlai** × 4 in this corpus, also written Chou En-lai × 5";
    assert!(card.contains(expected), "{card}");
}

#[test]
fn what_the_configuration_accepts_is_not_repaired_from_another_document() {
    let config = "\
[figures]
files = [\"figures.toml\"]
[[override]]
files = [\"letters.md\"]
rules = { name-variant = \"off\" }
[[accept]]
file = \"speech.md\"
rule = \"name-variant\"
text = \"Khrushchov\"
";
    let other =
        |heading: &str| format!("# {heading}\n\nHere Mr Khrushchov and KHRUSHCHOV spoke.\n");
    let others = ["Letters", "Speech", "Notes"].map(other);
    let mut session = Session::open(
        "a.txt",
        "It was Khrush|chov who spoke.\n",
        &[
            ("letters.md", &others[0]),
            ("speech.md", &others[1]),
            ("notes.md", &others[2]),
            ("figures.toml", FIGURES),
            ("rubricator.toml", config),
        ],
    );
    let actions = session.ask("textDocument/codeAction");
    let repair = action(&actions, "Write “Khrushchev” in all 3 places of 2 documents");
    let notes = "notes.md: # Notes\n\nHere Mr Khrushchev and KHRUSHCHEV spoke.\n";
    let expected = ["a.txt: It was Khrushchev who spoke.\n", notes];
    assert_eq!(session.edited(&repair["edit"]), expected);
}

#[test]
fn a_new_entry_has_the_name_that_the_corpus_has_in_full() {
    let others = [("b.md", "# Who\n\nIt was Boris Kostroma.\n"), ("figures.toml", FIGURES)];
    let mut session = Session::open("a.txt", "It was Mr Kostr|oma who came.\n", &others);
    let actions = session.ask("textDocument/codeAction");
    action(&actions, "Add “Boris Kostroma” to the authority");
    let others = [
        ("b.md", "# Who\n\nIt was Boris Kostroma.\n"),
        ("c.md", "# Who else\n\nIt was Anna Kostroma.\n"),
        ("figures.toml", FIGURES),
    ];
    let mut session = Session::open("a.txt", "It was Mr Kostr|oma who came.\n", &others);
    let actions = session.ask("textDocument/codeAction");
    action(&actions, "Add “Kostroma” to the authority");
}

#[test]
fn a_whole_name_is_accepted_and_entered_as_a_whole() {
    let mut session = of_chinese();
    let actions = session.ask("textDocument/codeAction");
    let accept = action(&actions, "Accept “Zhou Enlai” in all documents (rubricator.toml)");
    let entry = session.edited(&accept["edit"]).concat();
    assert!(entry.contains("text = \"Zhou Enlai\"\n"), "{entry}");
    let add = action(&actions, "Add “Chou En-lai” to the authority");
    let entry = session.edited(&add["edit"]).concat();
    let expected = "\n[[figure]]\nid = \"chou\"\nname = \"Chou En-lai\"\nfamily = \"Chou\"\n\
                    variants = [\"Zhou Enlai\"]\n";
    assert!(entry.ends_with(expected), "{entry}");
}

#[test]
fn a_new_entry_takes_nobodys_id() {
    let figures = "[[figure]]\nid = \"kostroma\"\nname = \"Anna Petrova\"\n";
    let text = "It was Boris Kostroma| who came, and Mr Kostroma who went.\n";
    let config = "[figures]\nfiles = [\"people.xml\", \"figures.toml\"]\n";
    let people =
        "<listPerson><person xml:id=\"a\"><persName>Ann Lee</persName></person></listPerson>";
    let mut session = Session::open(
        "a.txt",
        text,
        &[("figures.toml", figures), ("people.xml", people), ("rubricator.toml", config)],
    );
    let actions = session.ask("textDocument/codeAction");
    let add = action(&actions, "Add “Boris Kostroma” to the authority");
    let entry =
        "\n[[figure]]\nid = \"kostroma-2\"\nname = \"Boris Kostroma\"\nfamily = \"Kostroma\"\n";
    assert_eq!(session.edited(&add["edit"]), [format!("figures.toml: {figures}{entry}")]);
}

#[test]
fn words_that_are_marked_as_somebody_lead_to_them() {
    let text = "<TEI><text><body><p>Here <rs ref=\"#khrushchev\">the old m|an</rs> spoke, and then \
                Mr Khrushchev left.</p></body></text></TEI>\n";
    let mut session = Session::open("a.xml", text, &[("figures.toml", FIGURES)]);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.contains("Nikita Khrushchev"), "{card}");
    let context = json!({ "context": { "includeDeclaration": false } });
    let found = session.ask_with("textDocument/references", context);
    assert_eq!(session.words(&found, "/range"), ["#khrushchev", "Khrushchev"]);

    let figures = format!("{FIGURES}links = [\"https://example.org/k\"]\n");
    let text = text.replace("#khrushchev", "https://example.org/k");
    let mut session = Session::open("a.xml", &text, &[("figures.toml", &figures)]);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.contains("Nikita Khrushchev"), "{card}");
    let found = session.ask("textDocument/definition");
    assert_eq!(session.places(&found).len(), 1, "{found}");
}

#[test]
fn edits_tell_for_which_versions_they_are() {
    let mut can = support::usual_abilities();
    can["workspace"] = json!({ "workspaceEdit": { "documentChanges": true } });
    let text = "They saw Mr Khrush|chov, with Khrushchev.\n";
    let other = ("b.md", "# Mr Khrushchov\n");
    let mut session =
        Session::with("a.txt", text, &[other, ("figures.toml", FIGURES)], can, json!({}));
    let end = json!({ "line": 1, "character": 0 });
    let change = json!({ "textDocument": { "uri": session.uri(), "version": 7 },
        "contentChanges": [{ "range": { "start": end, "end": end }, "text": "Khrushchov left.\n" }] });
    session.client.notify("textDocument/didChange", change);
    session.text.push_str("Khrushchov left.\n");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let of = |name: &str| {
        let mut all = edit["documentChanges"].as_array().expect("a list").iter();
        let wanted = uri(&session.folder.path().join(name));
        all.find(|one| one["textDocument"]["uri"] == wanted.as_str()).expect("changed").clone()
    };
    assert_eq!(of("a.txt")["textDocument"]["version"], 7);
    assert_eq!(of("a.txt")["edits"].as_array().map(Vec::len), Some(3));
    for closed in ["b.md", "figures.toml"] {
        assert_eq!(of(closed)["textDocument"].get("version"), Some(&Value::Null), "{closed}");
    }
    assert_eq!(edit.get("changes"), None);
    let actions = session.ask("textDocument/codeAction");
    let repair = action(&actions, "Write “Khrushchev” in both places of this document");
    assert_eq!(repair["edit"]["documentChanges"][0]["textDocument"]["version"], 7);
}

#[test]
fn a_spelling_is_repaired_in_the_whole_corpus() {
    let figures = format!("# Ours.\n{FIGURES}");
    let other = "# Other\n\nHere N. S. Khrushchov’s words, there KHRUSHCHOV.\n\n\
                 <!-- rubricator: ignore name-variant -->\nAs printed: Khrushchov.\n";
    let text = "It was Khrush|chov who spoke, with Khrushchev.\n";
    let mut session = Session::open("a.txt", text, &[("b.md", other), ("figures.toml", &figures)]);
    let actions = session.ask("textDocument/codeAction");
    let repair = action(&actions, "Write “Khrushchev” in all 3 places of 2 documents");
    assert_eq!(
        session.edited(&repair["edit"]),
        [
            "a.txt: It was Khrushchev who spoke, with Khrushchev.\n",
            "b.md: # Other\n\nHere N. S. Khrushchev’s words, there KHRUSHCHEV.\n\n<!-- rubricator: ignore \
             name-variant -->\nAs printed: Khrushchov.\n"
        ]
    );
    let accept = action(&actions, "Accept “Khrushchov” as a form of Nikita Khrushchev");
    let accepted = figures.replacen(
        "name = \"Nikita Khrushchev\"",
        "name = \"Nikita Khrushchev\"\naccepted = [\"Khrushchov\"]",
        1,
    );
    assert_eq!(session.edited(&accept["edit"]), [format!("figures.toml: {accepted}")]);
}

#[test]
fn a_spelling_is_accepted_in_the_whole_corpus() {
    let text = "It was Mr Verkhov|ski who spoke, with Verkhovsky, Verkhovsky and Verkhovsky.\n";
    let mut session = Session::open("a.txt", text, &[("rubricator.toml", "# Ours.\n")]);
    let actions = session.ask("textDocument/codeAction");
    let accept = action(&actions, "Accept “Verkhovski” in all documents");
    let edited = session.edited(&accept["edit"]).join("\n");
    assert!(
        edited.starts_with("rubricator.toml: # Ours.\n\n[[accept]]\nrule = \"name-variant\"\n"),
        "{edited}"
    );
    let config = edited.strip_prefix("rubricator.toml: ").expect("it is the only file");
    let mut after = Session::open("a.txt", text, &[("rubricator.toml", config)]);
    assert_eq!(after.ask("textDocument/codeAction"), json!([]), "{config}");
}

#[test]
fn of_two_with_one_surname_the_one_named_in_full_is_meant() {
    let figures = "[[figure]]\nid = \"thomas\"\nname = \"Thomas Mann\"\n\n\
                   [[figure]]\nid = \"heinrich\"\nname = \"Heinrich Mann\"\n";
    let files = [("figures.toml", figures)];
    let mut session =
        Session::open("a.txt", "It was Heinrich Mann. Then the words of M|ann.\n", &files);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.contains("**Heinrich Mann**"), "{card}");
    let mut session = Session::open("a.txt", "These are the words of M|ann.\n", &files);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.contains("may be") && card.contains("Thomas Mann"), "{card}");
    assert!(card.contains("Heinrich Mann"), "{card}");
}

#[test]
fn notes_are_numbered_in_the_order_of_their_markers() {
    let text = "One.[1] Two.[|3] Three.[2]\n\nNotes\n\n[1] A.\n\n[2] B.\n\n[3] C.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let only = json!({ "context": { "diagnostics": [], "only": ["refactor.rewrite"] } });
    let actions = session.ask_with("textDocument/codeAction", only);
    assert_eq!(actions[0]["title"], "Number the notes in the order of their markers");
    let after = "One.[1] Two.[2] Three.[3]\n\nNotes\n\n[1] A.\n\n[2] C.\n\n[3] B.\n";
    assert_eq!(session.edited(&actions[0]["edit"]), [format!("a.txt: {after}")]);
}

#[test]
fn notes_that_stand_in_place_are_numbered_in_the_order_of_the_text() {
    let text = "<TEI><text><p>One<note n=\"1\">A.</note> two<note n=\"1\">N|ew.</note> three<note \
                n=\"2\">B.</note>.</p></text></TEI>\n";
    let mut session = Session::open("a.xml", text, &[]);
    let only = json!({ "context": { "diagnostics": [], "only": ["refactor.rewrite"] } });
    let actions = session.ask_with("textDocument/codeAction", only);
    assert_eq!(actions[0]["title"], "Number the notes in the order of the text");
    let after = text.replace('|', "").replace("\"2\"", "\"3\"").replace("1\">N", "2\">N");
    assert_eq!(session.edited(&actions[0]["edit"]), [format!("a.xml: {after}")]);
}

#[test]
fn a_chapter_that_is_named_leads_to_its_heading() {
    let text = "## Chapter I\n\nSee chap|ter II.\n\n## Chapter II. The Dam\n\nAs chapter I says.\n";
    let mut session = Session::open("a.md", text, &[]);
    let found = session.ask("textDocument/definition");
    assert_eq!(session.places(&found), ["a.md: ## Chapter II. The Dam\n"]);
    let found = session.ask("textDocument/references");
    assert_eq!(session.places(&found), ["a.md: ## Chapter II. The Dam\n", "a.md: chapter II"]);
}

#[test]
fn a_tagged_name_leads_to_the_personography() {
    let text = "<TEI><text><p>So said <persName ref='people.xml#ivan'>the <hi>great</hi> le|ader\
                </persName> to <persName ref='#local'>him</persName>.</p></text></TEI>\n";
    let people = "<TEI><text><p>x</p><listPerson><person xml:id='ivan'/></listPerson></text></TEI>";
    let mut session = Session::open("a.xml", text, &[("people.xml", people)]);
    let found = session.ask("textDocument/definition");
    assert_eq!(session.places(&found), ["people.xml: ivan"]);
    let found = session.ask("textDocument/references");
    assert_eq!(session.places(&found), ["a.xml: people.xml#ivan", "people.xml: ivan"]);
}

#[test]
fn a_comment_accepts_a_block() {
    let text = "# Head\n\nHe spoke of the |’rule of law’ and went.\n";
    let mut session = Session::open("a.md", text, &[]);
    let actions = session.ask("textDocument/codeAction");
    let mut all = actions.as_array().expect("a list").iter();
    let accept =
        all.find(|one| one["title"].as_str().is_some_and(|t| t.starts_with("Accept here")));
    let edited = session.edited(&accept.expect("offered")["edit"]).join("\n");
    let comment = "<!-- rubricator: ignore quote-direction -->\n";
    assert_eq!(edited, format!("a.md: # Head\n\n{comment}{}", &text.replace('|', "")[8..]));
    let only = json!({ "context": { "diagnostics": [], "only": ["source.fixAll"] } });
    let fixes = session.ask_with("textDocument/codeAction", only);
    assert_eq!(fixes.as_array().map(Vec::len), Some(1));
    let edited = session.edited(&fixes[0]["edit"]).join("\n");
    assert_eq!(edited, format!("a.md: {}", text.replace('|', "").replace("’rule", "‘rule")));
}

#[test]
fn a_name_that_nobody_knows_can_be_added_to_the_authority() {
    let text = "It was Boris Kostroma| who came, and Mr Kostroma who went.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let actions = session.ask("textDocument/codeAction");
    assert_eq!(actions[0]["title"], "Add “Boris Kostroma” to the authority");
    let edited = session.edited(&actions[0]["edit"]).join("\n");
    let entry =
        "\n[[figure]]\nid = \"kostroma\"\nname = \"Boris Kostroma\"\nfamily = \"Kostroma\"\n";
    assert_eq!(edited, format!("figures.toml: {FIGURES}{entry}"));
}

#[test]
fn a_name_that_nobody_knows_can_be_added_to_a_personography() {
    let text = "It was Boris Kostroma| who came, and Mr Kostroma who went.\n";
    let config = "[figures]\nfiles = [\"places.xml\", \"people.xml\"]\n";
    let places = "<listPlace><place><placeName>Kiev</placeName></place></listPlace>\n";
    let people = "<listPerson>\n  <!-- Ours. -->\n  <person xml:id=\"lee\"><persName>Ann Lee</persName>\
                  </person>\n</listPerson>\n";
    let files = [("people.xml", people), ("places.xml", places), ("rubricator.toml", config)];
    let mut session = Session::open("a.txt", text, &files);
    let actions = session.ask("textDocument/codeAction");
    let add = action(&actions, "Add “Boris Kostroma” to the authority");
    let entry = "\n  <person xml:id=\"kostroma\">\n    <persName type=\"preferred\"><forename>Boris\
                 </forename> <surname>Kostroma</surname></persName>\n  </person>\n</listPerson>";
    let after = people.replace("\n</listPerson>", entry);
    assert_eq!(session.edited(&add["edit"]), [format!("people.xml: {after}")]);
}

#[test]
fn a_spelling_is_accepted_in_a_personography() {
    let text = "It was Mr Mikoian| who came, and Mr Mikoyan who went.\n";
    let config = "[figures]\nfiles = [\"people.xml\"]\n";
    let people = "<listPerson>\n  <person xml:id=\"mikoyan\">\n    <persName>Anastas Mikoyan</persName>\n  \
                  </person>\n</listPerson>\n";
    let files = [("people.xml", people), ("rubricator.toml", config)];
    let mut session = Session::open("a.txt", text, &files);
    let actions = session.ask("textDocument/codeAction");
    let accept = action(&actions, "Accept “Mikoian” as a form of Anastas Mikoyan");
    let name = "<persName>Anastas Mikoyan</persName>";
    let after = people.replace(name, &format!("{name}\n    <persName>Mikoian</persName>"));
    assert_eq!(session.edited(&accept["edit"]), [format!("people.xml: {after}")]);
}

#[test]
fn a_new_authority_is_said_to_take_the_place_of_the_figures_that_come_along() {
    let text = "It was Boris Kostroma| who came, and Mr Kostroma who went.\n";
    let mut able = support::usual_abilities();
    able["workspace"] = json!({ "workspaceEdit": {
        "documentChanges": true, "resourceOperations": ["create"] } });
    let mut session = Session::with("a.txt", text, &[], able, json!({}));
    let actions = session.ask("textDocument/codeAction");
    let title = "Add “Boris Kostroma” to a new figures.toml, instead of the figures that come with \
                 Rubricator";
    let add = action(&actions, title);
    assert_eq!(add["edit"]["documentChanges"][0]["kind"], "create", "{add}");
}

#[test]
fn a_spelling_that_is_told_is_added_as_a_variant_of_the_right_one() {
    let text = "It was Mikoyan who came. Then Mikoyan spoke.\n\nMr Mikoian| was silent.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let actions = session.ask("textDocument/codeAction");
    let mut all = actions.as_array().expect("a list").iter();
    let add = all.find(|one| one["title"] == "Add “Mikoyan” to the authority").expect("offered");
    let edited = session.edited(&add["edit"]).join("\n");
    let entry = "\n[[figure]]\nid = \"mikoyan\"\nname = \"Mikoyan\"\nfamily = \"Mikoyan\"\nvariants = [\"Mikoian\"]\n";
    assert_eq!(edited, format!("figures.toml: {FIGURES}{entry}"));
}

#[test]
fn the_marks_of_a_quotation_over_paragraphs_are_shown_together() {
    let text = "‘A long speech.\n\n‘It goes on.\n\n‘And ends here,|’ she said.\n\nHe said: ‘So.’\n";
    let mut session = Session::open("a.txt", text, &[]);
    let shown = session.ask("textDocument/documentHighlight");
    let shown = shown.as_array().expect("highlights");
    let marks: Vec<_> = shown.iter().map(|one| words(&session.text, &one["range"])).collect();
    assert_eq!(marks, ["‘", "‘", "‘", "’"]);
}

#[test]
fn the_tags_of_a_quotation_are_shown_together() {
    for text in
        ["<p>So <|q>it <q>is</q></q>, he said.</p>\n", "<p>So <q>it <q>is</q></q|>, he said.</p>\n"]
    {
        let mut session = Session::open("a.html", text, &[]);
        let shown = session.ask("textDocument/documentHighlight");
        let start = |one: &Value| one["range"]["start"]["character"].as_u64().expect("a place");
        let places: Vec<_> = shown.as_array().expect("highlights").iter().map(start).collect();
        assert_eq!(places, [6, 21], "{text}");
    }
    let mut session = Session::open("a.html", "<p>So <q>it i|s</q>, he said.</p>\n", &[]);
    assert_eq!(session.ask("textDocument/documentHighlight"), Value::Null);
}

/// What is selected when the selection grows again and again.
fn grown(session: &mut Session) -> Vec<String> {
    let cursor = session.cursor.clone();
    let answer = session.ask_with("textDocument/selectionRange", json!({ "positions": [cursor] }));
    let mut grown = Vec::new();
    let mut at = &answer[0];
    while at.is_object() {
        grown.push(words(&session.text, &at["range"]));
        at = &at["parent"];
    }
    grown
}

#[test]
fn a_selection_has_both_marks_of_a_quotation_or_none() {
    let text = "He said: ‘They c|ame. “So it was.” They went.’ Nobody knew.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let quotation = "They came. “So it was.” They went.";
    let expected = ["came", "They came.", quotation, &format!("‘{quotation}’")];
    assert_eq!(grown(&mut session)[..4], expected);
}

#[test]
fn a_selection_grows_over_the_paragraphs_of_a_quotation() {
    let text = "He rose.\n\n‘They came.\n\n‘They w|ent.\n\n‘It is over.’\n";
    let mut session = Session::open("a.txt", text, &[]);
    let grown = grown(&mut session);
    let quotation = "They came.\n\n‘They went.\n\n‘It is over.";
    assert!(grown.contains(&quotation.to_owned()), "{grown:?}");
    assert!(grown.contains(&format!("‘{quotation}’")), "{grown:?}");
}

#[test]
fn a_selection_grows_by_what_a_reader_sees() {
    let text = "He went. She said: ‘It was “a sh|ort thaw” only.’ Nobody knew.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let grown = grown(&mut session);
    assert_eq!(
        grown[..5],
        [
            "short",
            "a short thaw",
            "“a short thaw”",
            "It was “a short thaw” only.",
            "‘It was “a short thaw” only.’",
        ]
    );
    assert_eq!(grown.last().map(String::as_str), Some(session.text.as_str()));
}

#[test]
fn a_selection_grows_by_the_sentence_around_a_quotation() {
    let text = "He went. “I told him,” she said, “that he c|ame. I saw it.” They left.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let quotation = "that he came. I saw it.";
    assert_eq!(
        grown(&mut session)[..6],
        [
            "came",
            "that he came.",
            quotation,
            &format!("“{quotation}”"),
            &format!("“I told him,” she said, “{quotation}”"),
            session.text.trim_end(),
        ]
    );
    let text = "He went. “It is so. You know,” he s|aid, “all of it. So go.” They left.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let sentence = "“It is so. You know,” he said, “all of it. So go.”";
    assert_eq!(grown(&mut session)[..3], ["said", sentence, session.text.trim_end()]);
}

#[test]
fn a_selection_goes_on_behind_a_title() {
    let text = "He sat. Mr. J. V. Bevan had told Mr. Gaitskell s|o. Nobody knew.\n";
    let mut session = Session::open("a.txt", text, &[]);
    assert_eq!(grown(&mut session)[..2], ["so", "Mr. J. V. Bevan had told Mr. Gaitskell so."]);
}

#[test]
fn a_selection_grows_by_elements_that_quote() {
    let text = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body>\n\
                <p>He said: <q><hi>I</hi> go. <said>N|or</said> you.</q> So.</p>\n</body></text></TEI>\n";
    let mut session = Session::open("a.xml", text, &[]);
    let quotation = "<hi>I</hi> go. <said>Nor</said> you.";
    assert_eq!(
        grown(&mut session)[..7],
        [
            "Nor",
            "<said>Nor</said>",
            "<said>Nor</said> you.",
            quotation,
            &format!("<q>{quotation}</q>"),
            &format!("He said: <q>{quotation}</q>"),
            &format!("<p>He said: <q>{quotation}</q> So.</p>"),
        ]
    );
    let text = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body>\n\
                <p><q><q>You</q> or <q>n|ot</q></q></p>\n</body></text></TEI>\n";
    let mut session = Session::open("a.xml", text, &[]);
    let quotation = "<q>You</q> or <q>not</q>";
    assert_eq!(
        grown(&mut session)[..4],
        ["not", "<q>not</q>", quotation, &format!("<q>{quotation}</q>")]
    );
}

#[test]
fn sections_notes_and_long_quotations_fold() {
    let text =
        "# One\n\nHe said: “It was\nso, and so\nit was.”\n\n## Two\n\nText.\n\n# Three\n\nEnd.\n";
    assert_eq!(folds("a.md", text), [(0, 8), (2, 4), (6, 8), (10, 12)]);
}

/// The first and the last line of each fold, from 0 on.
fn folds(name: &str, text: &str) -> Vec<(u64, u64)> {
    let mut session = Session::open(name, text, &[]);
    let folds = session.ask("textDocument/foldingRange");
    let line = |fold: &Value, end: &str| fold[end].as_u64().expect("a line");
    let folds = folds.as_array().expect("a list").iter();
    folds.map(|fold| (line(fold, "startLine"), line(fold, "endLine"))).collect()
}

#[test]
fn long_quotations_by_markup_fold() {
    let text = "<p>He said: <q>It was\nso.</q></p>\n<blockquote>\n<p>One.</p>\n<p>Two.</p>\n</blockquote>\n\
                <p>He said <q>no</q>.</p>\n";
    assert_eq!(folds("a.html", text), [(0, 1), (3, 4)]);
    assert_eq!(folds("a.md", "He said:\n\n> One.\n>\n> Two.\n\nHe went.\n"), [(2, 4)]);
}

#[test]
fn a_quotation_over_paragraphs_folds_as_one() {
    let text = "He rose.\n\n‘They came.\n\n‘They went.\n\n‘It is over.’\n";
    let mut session = Session::open("a.txt", text, &[]);
    let folds = session.ask("textDocument/foldingRange");
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(2), &json!(6)), "{folds}");
}

#[test]
fn tokens_show_figures_quotations_and_markers() {
    let text = "He, Mr Khrushchev, said: ‘It was “so”.’[1]\n\nNotes\n\n[1] Ibid.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", FIGURES)]);
    let answer = session.ask("textDocument/semanticTokens/full");
    let shown = |answer: &Value, text: &str| {
        let data: Vec<u64> = answer["data"]
            .as_array()
            .expect("data")
            .iter()
            .map(|number| number.as_u64().expect("a number"))
            .collect();
        let (mut line, mut start) = (0, 0);
        let mut shown = Vec::new();
        for token in data.chunks(5) {
            start = if token[0] == 0 { start + token[1] } else { token[1] };
            line += token[0];
            let range = json!({ "start": { "line": line, "character": start },
                                "end": { "line": line, "character": start + token[2] } });
            let kind = ["figure", "quotation", "marker"][token[3] as usize];
            shown.push(format!("{kind} {} {}", words(text, &range), token[4]));
        }
        shown
    };
    let expected = [
        "figure Khrushchev 0",
        "quotation ‘ 0",
        "quotation “ 2",
        "quotation ” 2",
        "quotation ’ 0",
        "marker [1] 0",
    ];
    assert_eq!(shown(&answer, &session.text), expected);
    let previous = answer["resultId"].clone();
    let delta = json!({ "previousResultId": previous });
    let delta = session.ask_with("textDocument/semanticTokens/full/delta", delta);
    assert_eq!(delta["edits"], json!([]));
    let range = json!({ "start": { "line": 0, "character": 0 },
                        "end": { "line": 0, "character": 18 } });
    let part = session.ask_with("textDocument/semanticTokens/range", json!({ "range": range }));
    assert_eq!(shown(&part, &session.text), expected[..1]);
}

#[test]
fn lenses_count_what_leads_to_a_note() {
    let text = "He denied it.[1] So did they.[1]\n\nNotes\n\n[1] One.\n[2] Two.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let lenses = session.ask("textDocument/codeLens");
    let titles: Vec<_> = lenses
        .as_array()
        .expect("a list")
        .iter()
        .map(|lens| lens["command"]["title"].as_str().expect("a title"))
        .collect();
    assert_eq!(titles, ["2 references", "nothing points here"]);
}

#[test]
fn hints_are_shown_to_those_who_want_them() {
    let text = "It was Mr Khrushchev, and again Khrushchev.\n";
    let range = json!({ "range": { "start": { "line": 0, "character": 0 },
                                   "end": { "line": 1, "character": 0 } } });
    let figures = [("figures.toml", FIGURES)];
    let mut session = Session::open("a.txt", text, &figures);
    assert_eq!(session.ask_with("textDocument/inlayHint", range.clone()), json!([]));
    let settings = json!({ "settings": { "rubricator": { "inlayHints": true } } });
    session.client.notify("workspace/didChangeConfiguration", settings);
    let hints = session.ask_with("textDocument/inlayHint", range);
    assert_eq!(hints.as_array().map(Vec::len), Some(1));
    assert_eq!(hints[0]["label"], "1894–1971");
    let whole = json!({ "range": { "start": { "line": 0, "character": 0 },
                                   "end": { "line": 9, "character": 0 } } });
    let text = "Then Khrushchov left.\n\nKhrushchev and Khrushchov stayed.\n";
    let on = json!({ "inlayHints": true });
    let mut session = Session::with("a.txt", text, &figures, support::usual_abilities(), on);
    let hints = session.ask_with("textDocument/inlayHint", whole);
    let labels: Vec<_> = hints.as_array().expect("hints").iter().map(|one| &one["label"]).collect();
    assert_eq!(labels, ["Khrushchev", "1894–1971"], "a variant has its right form behind it");
}

#[test]
fn typing_makes_typographic_marks_for_those_who_want_them() {
    let on = json!({ "formatOnType": true });
    let typed = |marked: &str, options: Value| {
        let mut session = Session::with("a.txt", marked, &[], json!({}), options);
        let more = json!({ "ch": "'", "options": { "tabSize": 4, "insertSpaces": true } });
        let edits = session.ask_with("textDocument/onTypeFormatting", more);
        apply(&session.text, edits.as_array().map_or(&[], Vec::as_slice))
    };
    assert_eq!(typed("He said '|so", on.clone()), "He said ‘so");
    assert_eq!(typed("the workers'| councils", on.clone()), "the workers’ councils");
    assert_eq!(typed("He said \"|so", on.clone()), "He said “so");
    assert_eq!(typed("so--| it was", on.clone()), "so–| it was".replace('|', ""));
    assert_eq!(typed("and so...|", on), "and so…");
    assert_eq!(typed("He said '|so", json!({})), "He said 'so");
}

#[test]
fn straight_marks_are_edited_in_pairs() {
    let mut session = Session::open("a.txt", "He said |\"so\" and went.\n", &[]);
    let answer = session.ask("textDocument/linkedEditingRange");
    let ranges = answer["ranges"].as_array().expect("ranges");
    let marks: Vec<_> = ranges.iter().map(|range| words(&session.text, range)).collect();
    assert_eq!(marks, ["\"", "\""]);
    let mut session = Session::open("a.txt", "He said |“so” and went.\n", &[]);
    assert_eq!(session.ask("textDocument/linkedEditingRange"), Value::Null);
}

#[test]
fn symbols_of_the_corpus_are_found() {
    let other = "# The Long Thaw\n\nText.\n";
    let others = [("b.md", other), ("figures.toml", FIGURES)];
    let mut session = Session::open("a.txt", "Text.\n", &others);
    let mut names = |query: &str| -> Vec<String> {
        let found = session.client.request("workspace/symbol", json!({ "query": query }));
        let all = found.as_array().expect("a list").iter();
        all.map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("khru"), ["Nikita Khrushchev"]);
    assert_eq!(names("thaw"), ["The Long Thaw"]);
}

#[test]
fn a_client_that_pulls_is_not_pushed_to() {
    let pulls = json!({ "textDocument": { "diagnostic": {} } });
    let text = "He spoke of the ’rule of law’ and went.\n";
    let mut session = Session::with("a.txt", text, &[], pulls, json!({}));
    let report = session.ask("textDocument/diagnostic");
    assert_eq!(report["kind"], "full");
    assert_eq!(session.words(&report["items"], "/range"), ["’"]);
    let again = json!({ "previousResultId": report["resultId"] });
    let unchanged = session.ask_with("textDocument/diagnostic", again);
    assert_eq!(unchanged["kind"], "unchanged");
    let pushed = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
    assert!(!session.client.waiting.iter().any(pushed));
}

#[test]
fn what_one_document_says_is_heard_in_the_others() {
    let text = "It was Mr Ryabchikov who came.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let uri = session.uri();
    assert!(session.client.diagnostics(&uri, 1).is_empty());
    let other = support::uri(&session.folder.path().join("b.txt"));
    let text = "Mr Riabchikov came, Mr Riabchikov went, and Mr Riabchikov came again.\n";
    session.client.open_document(&other, text);
    let heard = session.client.wait(|message| {
        message["params"]["uri"] == uri
            && message["params"]["diagnostics"][0]["code"] == "name-variant"
    });
    assert_eq!(heard["params"]["version"], 1);
}

#[test]
fn links_are_repaired_when_files_move() {
    let page = "# Text\n\nSee [this](b.md#here) and [that](c/d.md).\n";
    let others = [("b.md", "# Here\n\nBack to [text](a.md).\n"), ("c/d.md", "# There\n")];
    let mut session = Session::open("a.md", page, &others);
    let at = |name: &str| support::uri(&session.folder.path().join(name));
    let files = json!({ "files": [{ "oldUri": at("b.md"), "newUri": at("c/e.md") }] });
    let edit = session.client.request("workspace/willRenameFiles", files);
    assert_eq!(
        session.edited(&edit),
        [
            "a.md: # Text\n\nSee [this](c/e.md#here) and [that](c/d.md).\n",
            "b.md: # Here\n\nBack to [text](../a.md).\n",
        ]
    );
}

#[test]
fn folders_come_and_go() {
    let mut session = Session::open("a.txt", "Text.\n", &[]);
    let more = tempfile::tempdir().expect("a folder");
    fs::write(more.path().join("b.md"), "# Another Place\n").expect("written");
    let folder = json!({ "uri": support::uri(more.path()), "name": "more" });
    let event = json!({ "event": { "added": [folder], "removed": [] } });
    session.client.notify("workspace/didChangeWorkspaceFolders", event);
    let ask = || session.client.request("workspace/symbol", json!({ "query": "another" }));
    let found = ask_until(ask, |found| count(found) == Some(1));
    assert_eq!(found[0]["name"], "Another Place");
    let event = json!({ "event": { "added": [], "removed": [folder] } });
    session.client.notify("workspace/didChangeWorkspaceFolders", event);
    let found = session.client.request("workspace/symbol", json!({ "query": "another" }));
    assert_eq!(found, json!([]));
}

#[test]
fn a_client_that_can_little_is_given_what_it_understands() {
    let text = "1. One\n\nIt was Mr Khr|ushchev[1] who came.\n\nNotes\n\n1. A note.\n";
    let mut session = Session::with("a.txt", text, &[], json!({}), json!({}));
    let card = session.ask("textDocument/hover");
    assert_eq!(card["contents"]["kind"], "plaintext");
    let card = card["contents"]["value"].as_str().expect("text");
    assert!(card.starts_with("Nikita Khrushchev · ") && !card.contains("**"), "{card}");
    let document = json!({ "textDocument": { "uri": session.uri() } });
    let symbols = session.client.request("textDocument/documentSymbol", document);
    assert!(symbols[0]["location"]["range"].is_object(), "{symbols}");
}

#[test]
fn what_is_no_message_does_not_end_the_session() {
    let mut session = Session::open("a.txt", "It was Mr Khr|ushchev.\n", &[]);
    for body in ["[]", "7", r#"{"greeting":"good day"}"#, "not JSON"] {
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        session.client.write_raw(message.as_bytes());
    }
    let unknown = session.client.ask("$/illuminate", json!({}));
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    assert!(session.ask("textDocument/hover")["contents"].is_object());
}

#[test]
fn the_reading_of_a_corpus_can_be_stopped() {
    let long = "It was Mr Kostroma who spoke of the ‘rule of law’ to the men.\n\n".repeat(1500);
    let names: Vec<String> = (0..200).map(|number| format!("b{number}.txt")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for name in &names {
        fs::write(folder.path().join(name), &long).expect("written");
    }
    let mut client = Client::start();
    let folders = json!([{ "uri": uri(folder.path()), "name": "corpus" }]);
    let abilities = json!({ "window": { "workDoneProgress": true } });
    client.request(
        "initialize",
        json!({ "processId": null, "capabilities": abilities, "workspaceFolders": folders }),
    );
    client.notify("initialized", json!({}));
    let create = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    client.send(&json!({ "jsonrpc": "2.0", "id": create["id"], "result": null }));
    let end = client.wait(|message| message["params"]["value"]["kind"] == "end");
    let said = end["params"]["value"]["message"].as_str().expect("a message");
    assert!(said.starts_with("stopped after ") && said.ends_with(" of 200 files"), "{said}");
}

#[test]
fn documents_that_change_together_know_of_each_other() {
    let other = "It was Mr Ryabchikov and Mr Ryabchikov.\n";
    let text = "It was Mr Riabchikov|.\n";
    let mut session = Session::open("a.txt", text, &[]);
    let (a, b) = (session.uri(), uri(&session.folder.path().join("b.txt")));
    session.client.open_document(&b, other);
    let insert = |uri: &str, version: usize, text: &str| {
        let start = json!({ "line": 0, "character": 0 });
        json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "range": { "start": start, "end": start }, "text": text }],
        })
    };
    for version in 2..40 {
        session.client.notify("textDocument/didChange", insert(&a, version, "Yes. "));
        let more = "They saw Mr Ryabchikov. ";
        session.client.notify("textDocument/didChange", insert(&b, version, more));
    }
    // 38 were added to the two: the last word on the first document knows of them all.
    session.client.wait(|message| {
        let found = message["params"]["diagnostics"].as_array();
        message["params"]["uri"] == a.as_str()
            && found
                .into_iter()
                .flatten()
                .any(|one| one["message"].as_str().is_some_and(|said| said.contains("(40 times")))
    });
}

#[test]
fn works_that_are_cited_are_gone_to_shown_completed_and_renamed() {
    let works = "@book{marx1867,\n  author = {Karl Marx}, title = {Das Kapital}, year = 1867}\n\
                 @book{lenin1902, title = {What Is to Be Done?}}\n";
    let other = "---\nbibliography: works.bib\n---\n\n# Other\n\nSee @marx1867.\n";
    let text =
        "---\nbibliography: works.bib\n---\n\n# Text\n\nSo [@ma|rx1867, p. 3; @marx1867] and [@]\n";
    let mut session = Session::open("a.md", text, &[("b.md", other), ("works.bib", works)]);
    let found = session.ask("textDocument/definition");
    assert_eq!(session.places(&found), ["works.bib: marx1867"]);
    let found = session.ask("textDocument/references");
    let uses = ["a.md: marx1867", "a.md: marx1867", "b.md: marx1867", "works.bib: marx1867"];
    assert_eq!(session.places(&found), uses);
    let card = session.ask("textDocument/hover");
    assert_eq!(card["contents"]["value"], "Karl Marx, 1867, Das Kapital");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "kapital" }));
    let renamed = |text: &str| text.replace('|', "").replace("marx1867", "kapital");
    assert_eq!(
        session.edited(&edit),
        [
            format!("a.md: {}", renamed(text)),
            format!("b.md: {}", renamed(other)),
            format!("works.bib: {}", renamed(works)),
        ]
    );
    let end = session.text.rfind(']').expect("a bracket");
    session.cursor = support::session::position(&session.text, end);
    let offered = session.ask("textDocument/completion");
    let labels: Vec<_> =
        offered["items"].as_array().expect("a list").iter().map(|item| &item["label"]).collect();
    assert_eq!(labels, ["marx1867", "lenin1902"]);
}

#[test]
fn an_element_that_is_only_a_place_says_if_nobody_points_there() {
    let page = "<h1>Text</h1>\n<p id=\"p1\"><A NAME=\"dam\">The</A> dam, <a name=\"sea\">the sea</a>, \
                <a href=\"#sea\" id=\"back\">there</a>.</p>\n";
    let mut session = Session::open("text.html", page, &[]);
    let lenses = session.ask("textDocument/codeLens");
    let titles: Vec<_> =
        lenses.as_array().expect("a list").iter().map(|one| &one["command"]["title"]).collect();
    assert_eq!(titles, ["nothing points here", "1 reference"]);
    assert_eq!(session.words(&lenses, "/range"), ["dam", "sea"]);
}

#[test]
fn places_are_offered_wherever_a_format_points_at_them() {
    let others = [("notes.md", "# Sources\n"), ("figures.toml", FIGURES)];
    for (name, text, expected) in [
        ("a.html", "<p id=one>He.</p><A HREF=\"#|\">", "one"),
        ("a.html", "<p id=one>He.</p><a href=#o|>", "one"),
        ("a.html", "<p id=one>He.</p><a\n class=\"x\"\n href='#|'>", "one"),
        ("a.md", "# The Dam\n\n<a href=\"#|\">there</a>\n", "the-dam"),
        ("a.md", "# The Dam\n\n[[#|]]\n", "The Dam"),
        ("a.md", "# The Dam\n\n[[No|]]\n", "notes"),
        ("a.md", "# The Dam\n\n[[Notes#|]]\n", "Sources"),
        ("a.xml", "<TEI><p><persName\n type='x' ref='|'>K</persName></p></TEI>", "#khrushchev"),
        ("a.xml", "<TEI><p><persName key='khr|'>K</persName></p></TEI>", "khrushchev"),
        ("a.xml", "<TEI><p xml:id='p1'/><p corresp='#|'/></TEI>", "p1"),
        // A space of three bytes.
        ("a.xml", "<TEI><p xml:id='p1'/><p corresp='#x\u{2028}#|'/></TEI>", "p1"),
    ] {
        assert_eq!(offered(name, text, &others), [expected], "{text}");
    }
    // Behind the end of a tag, or in another attribute, there is nothing to point at.
    for text in ["<p id=one>He.</p><a href=\"#one\">#|", "<p id=one class=\"#|\">He.</p>"] {
        assert!(offered("a.html", text, &others).is_empty(), "{text}");
    }
}

#[test]
fn a_wiki_link_follows_the_name_of_its_page_and_not_its_folder() {
    let notes = "# Notes\n\nSee [[text]] and [it](text.md).\n";
    let mut session = Session::open("text.md", "# Text|\n", &[("notes.md", notes)]);
    let mut moved = |new: &str| {
        let new = uri(&session.folder.path().join(new));
        let files = json!({ "files": [{ "oldUri": session.uri(), "newUri": new }] });
        let edit = session.client.request("workspace/willRenameFiles", files);
        session.edited(&edit)
    };
    let expected = |text: &str| vec![format!("notes.md: # Notes\n\n{text}\n")];
    assert_eq!(moved("sub/text.md"), expected("See [[text]] and [it](sub/text.md)."));
    assert_eq!(moved("dam.md"), expected("See [[dam]] and [it](dam.md)."));
}
