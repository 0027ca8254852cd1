//! Who is spoken of, over the server's real pipes: from the entry of a figure to all that speaks of
//! it, in whichever file the entry stands, and back.

mod support;

use serde_json::{Value, json};
use support::session::Session;

const FIGURES: &str = "\
[[figure]]
id = \"khrushchev\"
name = \"Nikita Khrushchev\"
family = \"Khrushchev\"
native = \"Никита Сергеевич Хрущёв\"
born = \"1894-04-15\"

[[figure]]
id = \"bulganin\"
name = \"Nikolai Bulganin\"
";

const PEOPLE: &str = "\
<TEI><text><body><div><head>People</head><listPerson>
<person xml:id=\"khrushchev\"><persName>Nikita Khrushchev</persName>
<persName xml:lang=\"ru\">Никита Сергеевич Хрущёв</persName><birth when=\"1894-04-15\"/></person>
<person xml:id=\"bulganin\"><persName>Nikolai Bulganin</persName></person>
</listPerson></div></body></text></TEI>
";

const CONFIG: (&str, &str) = ("rubricator.toml", "[figures]\nfiles = [\"people.xml\"]\n");

const TEXT: (&str, &str) = ("a.md", "# The visit\n\nMr Khrushchev came. They saw Mr Khrushchov.\n");

const TAGGED: (&str, &str) = (
    "b.xml",
    "<TEI><text><body><div><head>The dam</head><p><rs ref=\"#khrushchev\">The guest</rs> spoke, and \
     <rs key=\"khrushchev\">he</rs> left.</p></div></body></text></TEI>\n",
);

fn at(text: &str, words: &str) -> String {
    text.replacen(words, &format!("{}|{}", &words[..1], &words[1..]), 1)
}

fn titles(lenses: &Value) -> Vec<String> {
    let all = lenses.as_array().expect("a list").iter();
    all.map(|one| one["command"]["title"].as_str().expect("a title").to_owned()).collect()
}

/// The symbols of a document, the inner ones behind `>`.
fn outline(symbols: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        let name = symbol["name"].as_str().expect("a name");
        let detail =
            symbol["detail"].as_str().map_or(String::new(), |detail| format!(" ({detail})"));
        all.push(format!("{name}{detail}"));
        all.extend(outline(&symbol["children"]).iter().map(|inner| format!("> {inner}")));
    }
    all
}

#[test]
fn an_entry_of_figures_toml_knows_what_speaks_of_the_figure() {
    for words in ["figure", "khrushchev", "Nikita", "1894"] {
        let mut session = Session::open("figures.toml", &at(FIGURES, words), &[TEXT, TAGGED]);
        let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
        assert!(
            card.contains("Никита Сергеевич Хрущёв") && card.contains("Khrushchov × 1"),
            "{card}"
        );
        let found = session.ask("textDocument/references");
        let uses = [
            "a.md: Khrushchev",
            "a.md: Khrushchov",
            "b.xml: #khrushchev",
            "figures.toml: \"Nikita Khrushchev\"",
        ];
        assert_eq!(session.places(&found), uses, "{words}");
        let first = session.ask("textDocument/definition");
        assert_eq!(session.places(&first), uses[..1]);
        let lenses = session.ask("textDocument/codeLens");
        assert_eq!(titles(&lenses), ["3 references", "nothing points here"]);
        let symbols = session.ask("textDocument/documentSymbol");
        assert_eq!(outline(&symbols), ["Nikita Khrushchev", "Nikolai Bulganin"]);
    }
}

#[test]
fn an_entry_is_where_the_editor_has_it_and_not_where_the_disk_had_it() {
    let mut session = Session::open("figures.toml", FIGURES, &[TEXT]);
    let start = json!({ "line": 0, "character": 0 });
    let change = json!({ "textDocument": { "uri": session.uri(), "version": 2 },
        "contentChanges": [{ "range": { "start": start, "end": start }, "text": "# Ours.\n\n" }] });
    session.client.notify("textDocument/didChange", change);
    session.name = TEXT.0.to_owned();
    let uri = session.uri();
    session.client.open_document(&uri, TEXT.1);
    session.cursor = json!({ "line": 2, "character": 5 });
    let found = session.ask("textDocument/definition");
    assert_eq!(found[0]["range"]["start"]["line"], 4, "{found}");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let figures = support::uri(&session.folder.path().join("figures.toml"));
    let lines: Vec<_> = edit["changes"][&figures]
        .as_array()
        .expect("edits")
        .iter()
        .map(|one| one["range"]["start"]["line"].clone())
        .collect();
    assert_eq!(lines, [4, 5], "{edit}");
}

#[test]
fn an_entry_of_a_personography_knows_what_speaks_of_the_figure() {
    let other = (
        "c.xml",
        "<TEI><text><body><div><head>C</head><p><persName ref=\"people.xml#khrushchev\">Khrushchev\
         </persName> went.</p></div></body></text></TEI>\n",
    );
    let others = [CONFIG, TEXT, TAGGED, other];
    let mut session = Session::open("people.xml", &at(PEOPLE, "khrushchev"), &others);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.contains("born 1894-04-15"), "{card}");
    let found = session.ask("textDocument/references");
    let uses = [
        "a.md: Khrushchev",
        "a.md: Khrushchov",
        "b.xml: #khrushchev",
        "c.xml: Khrushchev",
        "people.xml: Nikita Khrushchev",
    ];
    assert_eq!(session.places(&found), uses);
    let first = session.ask("textDocument/definition");
    assert_eq!(session.places(&first), uses[..1]);
    let lenses = session.ask("textDocument/codeLens");
    assert_eq!(titles(&lenses), ["4 references", "nothing points here"]);
    let symbols = session.ask("textDocument/documentSymbol");
    assert_eq!(outline(&symbols), ["People", "> Nikita Khrushchev", "> Nikolai Bulganin"]);
}

#[test]
fn what_the_markup_says_of_a_name_is_known_wherever_one_points() {
    let figures = ("figures.toml", FIGURES);
    for words in ["#khrushchev", "khrushchev\">he", "he guest", "Khrushchov"] {
        let text = TAGGED.1.replace("left", "left Khrushchov");
        let mut session = Session::open(TAGGED.0, &at(&text, words), &[figures, TEXT]);
        let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
        assert!(card.contains("Никита Сергеевич Хрущёв"), "{words}: {card}");
        let marked = session.ask("textDocument/documentHighlight");
        let expected = ["#khrushchev", "Khrushchov"];
        assert_eq!(session.words(&marked, "/range"), expected, "{words}");
        let found = session.ask("textDocument/references");
        let uses =
            ["a.md: Khrushchev", "a.md: Khrushchov", "b.xml: #khrushchev", "b.xml: Khrushchov"];
        assert_eq!(session.places(&found)[..4], uses, "{words}");
        let entry = session.ask("textDocument/definition");
        assert_eq!(session.places(&entry), ["figures.toml: \"Nikita Khrushchev\""], "{words}");
    }
}

#[test]
fn an_outline_shows_who_is_spoken_of_in_each_section() {
    let text = "# One\n\nMr Khrushchev met Mr Bulganin. Then Mr Khrushchov left.\n\n\
                ## Two\n\nMr Khrushchev slept.[^1]\n\n[^1]: So said Mr Bulganin.\n";
    let mut session = Session::open("a.md", text, &[("figures.toml", FIGURES)]);
    let symbols = session.ask("textDocument/documentSymbol");
    let expected = [
        "One",
        "> Nikita Khrushchev (2 mentions)",
        "> Nikolai Bulganin",
        "> Two",
        "> > Nikita Khrushchev",
        "> > note 1 ([^1]: So said Mr Bulganin.)",
        "> > > Nikolai Bulganin",
    ];
    assert_eq!(outline(&symbols), expected);
}

#[test]
fn a_name_that_points_to_an_entry_of_another_file_is_renamed_as_a_name() {
    let text = "<TEI><text><body><p><persName ref=\"people.xml#khrushchev\">Mr Khrush|chov</persName> \
                came.</p></body></text></TEI>\n";
    let people = ("people.xml", PEOPLE);
    let mut session = Session::open("c.xml", text, &[people, TEXT, CONFIG]);
    assert_eq!(session.ask("textDocument/prepareRename")["placeholder"], "Khrushchov");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "Chruschtschow" }));
    let written = |text: &str| {
        text.replace("Khrushchov", "Chruschtschow").replace("Khrushchev", "Chruschtschow")
    };
    let expected = [("a.md", TEXT.1), ("c.xml", &session.text), ("people.xml", PEOPLE)]
        .map(|(name, text)| format!("{name}: {}", written(text)));
    assert_eq!(session.edited(&edit), expected);
    // On the pointer it is the id.
    let text = text.replace("Khrush|chov", "Khrushchov").replace("#khrush", "#khr|ush");
    let mut session = Session::open("c.xml", &text, &[people, TEXT, CONFIG]);
    assert_eq!(session.ask("textDocument/prepareRename")["placeholder"], "khrushchev");
}

#[test]
fn a_term_with_a_small_letter_is_shown_and_renamed() {
    let figures =
        "[[figure]]\nid = \"k\"\nkind = \"term\"\nname = \"kolkhoz\"\nvariants = [\"kolhoz\"]\n";
    let text = "It was a kol|hoz. Kolhoz and kolkhoz and KOLHOZ.\n";
    let mut session = Session::open("a.txt", text, &[("figures.toml", figures)]);
    let card = session.ask("textDocument/hover")["contents"]["value"].to_string();
    assert!(card.starts_with("\"**kolkhoz**"), "{card}");
    let edit = session.ask_with("textDocument/rename", json!({ "newName": "kolkhos" }));
    assert_eq!(
        session.edited(&edit),
        [
            "a.txt: It was a kolkhos. Kolkhos and kolkhos and KOLKHOS.\n".to_owned(),
            format!("figures.toml: {}", figures.replace("\"kolkhoz\"", "\"kolkhos\"")),
        ]
    );
}
