//! `references list`, `figures …` and `config show`, from the outside.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect()
}

/// The bytes that a `start` and an `end` cut out of a file.
fn cut(folder: &Path, place: &Value) -> String {
    let bytes = fs::read(folder.join(place["path"].as_str().expect("a path"))).expect("a file");
    let at = |end: &str| place[end]["offset"].as_u64().expect("an offset") as usize;
    String::from_utf8_lossy(&bytes[at("start")..at("end")]).into_owned()
}

#[test]
fn references_lead_into_other_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::create_dir(folder.join("text")).expect("a folder");
    fs::write(
        folder.join("text/a.html"),
        "<p id=\"top\">‘So’<a href=\"../notes.html#n1\">1</a>, <a href=\"b%20b.html\">b</a>, \
         <a href=\"#top\">top</a>, <a href=\"#none\">none</a>, \
         <a href=\"https://example.org/\">out</a></p>",
    )
    .expect("written");
    fs::write(folder.join("text/b b.html"), "<p>b</p>").expect("written");
    fs::write(folder.join("notes.html"), "<p id=\"n1\">A note.</p>").expect("written");
    let found = lines(&run(folder, &["references", "list", "--format", "jsonl", "."]));
    let shown: Vec<_> = found
        .iter()
        .map(|line| {
            assert_eq!(cut(folder, line), line["text"].as_str().expect("text"));
            let target = &line["target"];
            let place = (!target.is_null()).then(|| {
                format!("{} {}", target["path"].as_str().unwrap_or(""), cut(folder, target))
            });
            (line["text"].as_str().unwrap_or("").to_owned(), place)
        })
        .collect();
    let expected = [
        ("../notes.html#n1", Some("notes.html n1")),
        ("b%20b.html", Some("text/b b.html ")),
        ("#top", Some("text/a.html top")),
        ("#none", None),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(text, target)| ((*text).to_owned(), target.map(str::to_owned)))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn markers_lead_to_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = "It was so.[1] Was it?[2]\n\nNotes\n\n1. It was.\n";
    fs::write(folder.join("a.txt"), text).expect("written");
    let found = lines(&run(folder, &["references", "list", "a.txt"]));
    let targets: Vec<_> = found
        .iter()
        .filter(|line| line["kind"] == "marker")
        .map(|line| (line["text"].as_str().unwrap_or(""), line["target"].is_null()))
        .collect();
    assert_eq!(targets, [("[1]", false), ("[2]", true)]);
}

#[test]
fn mentions_are_listed_with_their_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "It was Trotskii whom Mr Khrushchev and Bloggs met.\n")
        .expect("written");
    let found = lines(&run(folder, &["figures", "mentions", "--format", "jsonl", "a.txt"]));
    let shown: Vec<_> = found
        .iter()
        .map(|line| {
            assert_eq!(cut(folder, line), line["text"].as_str().expect("text"));
            ["text", "figure", "scheme"].map(|key| line[key].as_str().unwrap_or("-").to_owned())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["Trotskii", "trotsky", "ala-lc"],
            ["Khrushchev", "khrushchev", "preferred"],
            ["Bloggs", "-", "-"],
        ]
    );
    let csv = run(folder, &["figures", "mentions", "--format", "csv", "a.txt"]);
    let csv = String::from_utf8_lossy(&csv.stdout).into_owned();
    assert!(csv.starts_with("path,line,column,offset,text,figure,scheme\n"), "{csv}");
    assert!(csv.contains("a.txt,1,8,7,Trotskii,trotsky,ala-lc\n"), "{csv}");
}

#[test]
fn a_report_in_the_corpus_does_not_feed_on_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "It was Trotskii whom Mr Khrushchev met.\n").expect("written");
    let mentions = || run(folder, &["figures", "mentions", "."]).stdout;
    let before = mentions();
    run(folder, &["figures", "report", "page.html", "."]);
    let page = fs::read(folder.join("page.html")).expect("a page");
    run(folder, &["figures", "report", "page.html", "."]);
    assert_eq!(fs::read(folder.join("page.html")).expect("a page"), page);
    assert_eq!(mentions(), before);
}

#[test]
fn a_missing_figure_and_a_missing_path_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let unknown = run(folder.path(), &["figures", "show", "Nobody"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("`Nobody`"));
    let missing = run(folder.path(), &["references", "list", "missing.html"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("missing.html"));
}

#[test]
fn the_configuration_is_shown_with_its_origin() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rubricator.toml"), "[rules]\nunused-note = \"off\"\n")
        .expect("written");
    let shown = run(folder.path(), &["config", "show", "a.txt"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    let line = shown.lines().find(|line| line.contains("unused-note")).unwrap_or("");
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["unused-note", "off", "[rules],", "line", "2"]
    );
}

#[test]
fn a_draft_authority_has_the_names_that_nobody_is_known_by() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = "In the hall Pavel Ryabchikov met Mr Khrushchev. Then Mr Ryabchikov went to see \
                Mr Riabchikov, and Mr Ryabchikov left.\n";
    fs::write(folder.join("a.txt"), text).expect("written");
    let drafted = run(folder, &["figures", "suggest", "a.txt"]);
    let drafted = String::from_utf8_lossy(&drafted.stdout).into_owned();
    let draft: toml::Table = toml::from_str(&drafted).expect("TOML");
    let figures = draft["figure"].as_array().expect("figures");
    assert_eq!(figures.len(), 1, "{drafted}");
    assert_eq!(figures[0]["name"].as_str(), Some("Pavel Ryabchikov"));
    assert_eq!(figures[0]["variants"][0].as_str(), Some("Riabchikov"));
    assert_eq!(figures[0]["native"].as_str(), Some("Рябчиков"), "{drafted}");
    // The draft can be used as it is.
    fs::write(folder.join("figures.toml"), &drafted).expect("written");
    let checked = run(folder, &["check", "--format", "concise", "--no-progress", "a.txt"]);
    let checked = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.contains("“Riabchikov”"), "{checked}");
}

#[test]
fn a_draft_authority_keeps_what_the_starter_authority_knows_of_the_corpus() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text =
        "There he met Mr Khrushchev. Then Mr Khrushchev saw Mr Krushchev, and Mr Molotov left.\n";
    fs::write(folder.join("a.txt"), text).expect("written");
    let drafted = run(folder, &["figures", "suggest", "a.txt"]);
    let drafted = String::from_utf8_lossy(&drafted.stdout).into_owned();
    let draft: toml::Table = toml::from_str(&drafted).expect("TOML");
    let figures = draft["figure"].as_array().expect("figures");
    let ids: Vec<_> = figures.iter().filter_map(|figure| figure["id"].as_str()).collect();
    assert_eq!(ids, ["khrushchev"], "{drafted}");
    assert!(
        drafted.contains("# named 3 times; the entry is the starter authority’s\n"),
        "{drafted}"
    );
}

#[test]
fn all_whom_a_name_may_mean_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let figures = "[[figure]]\nid = \"a\"\nname = \"Heinrich Mann\"\n\n\
                   [[figure]]\nid = \"b\"\nname = \"Thomas Mann\"\n";
    fs::write(folder.join("figures.toml"), figures).expect("written");
    let shown = |name: &str| {
        let shown = run(folder, &["figures", "show", name]);
        String::from_utf8_lossy(&shown.stdout).into_owned()
    };
    assert_eq!(shown("Mann"), "Heinrich Mann (a)\n\nThomas Mann (b)\n");
    assert_eq!(shown("Thomas Mann"), "Thomas Mann (b)\n");
}

#[test]
fn a_draft_authority_prefers_what_follows_the_scheme_of_the_corpus() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text =
        "In the hall Pavel Ryabchikov met us. Then Mr Ryabchikov went to see Mr Riabchikov.\n";
    fs::write(folder.join("a.txt"), text).expect("written");
    fs::write(folder.join("rubricator.toml"), "[figures]\nscheme = \"ala-lc\"\n").expect("written");
    let drafted = run(folder, &["figures", "suggest", "a.txt"]);
    let drafted = String::from_utf8_lossy(&drafted.stdout).into_owned();
    let draft: toml::Table = toml::from_str(&drafted).expect("TOML");
    assert_eq!(draft["figure"][0]["name"].as_str(), Some("Pavel Riabchikov"), "{drafted}");
    assert_eq!(draft["figure"][0]["variants"][0].as_str(), Some("Ryabchikov"), "{drafted}");
    assert!(drafted.contains("“Riabchikov” once, “Ryabchikov” twice"), "{drafted}");
}

#[test]
fn a_draft_authority_tells_organisations_places_and_terms_from_persons() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let text = "Then the Politburo met in Kostroma. They say the Politburo and the Politbureau are one. \
                They lived in Kostroma, near Kostroma. Many Muslims came, and Moslems left; Muslims stayed. \
                They saw Pavel Ryabchikov and then Ryabchikov again, with Ryabchikov's son. \
                They left the Party, and the Party left them, and the Party won.\n";
    fs::write(folder.join("a.txt"), text).expect("written");
    let drafted = run(folder, &["figures", "suggest", "a.txt"]);
    let drafted = String::from_utf8_lossy(&drafted.stdout).into_owned();
    let draft: toml::Table = toml::from_str(&drafted).expect("TOML");
    let mut kinds: Vec<_> = draft["figure"]
        .as_array()
        .expect("figures")
        .iter()
        .map(|figure| {
            let kind = figure.get("kind").and_then(|kind| kind.as_str()).unwrap_or("person");
            (figure["name"].as_str().expect("a name"), kind)
        })
        .collect();
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            ("Kostroma", "place"),
            ("Muslims", "term"),
            ("Pavel Ryabchikov", "person"),
            ("Politburo", "organisation"),
        ],
        "{drafted}"
    );
}

/// The names of the drafted entries with their families and variants, and what is said of them.
fn drafted(text: &str) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), text).expect("written");
    fs::write(folder.path().join("figures.toml"), "").expect("written");
    let drafted = run(folder.path(), &["figures", "suggest", "a.txt"]);
    let drafted = String::from_utf8_lossy(&drafted.stdout).into_owned();
    let draft: toml::Table = toml::from_str(&drafted).expect("TOML");
    let word = |figure: &toml::Value, key: &str| {
        figure
            .get(key)
            .map_or(String::new(), |value| value.to_string().replace(['"', '[', ']'], ""))
    };
    let figures = draft["figure"].as_array().expect("figures").iter();
    let shown = |figure: &toml::Value| {
        ["id", "name", "family", "variants"].map(|key| word(figure, key)).join("|")
    };
    (figures.map(shown).collect(), drafted)
}

#[test]
fn a_draft_tells_persons_of_one_surname_apart() {
    let (entries, draft) = drafted(
        "Alec Gordon wrote, and Mr Gordon wept. Max Gordon went with Max Gordon’s dog and Mr Gordon.\n",
    );
    assert_eq!(entries, ["gordon|Max Gordon|Gordon|", "gordon-2|Alec Gordon|Gordon|"]);
    let told = "# “Gordon” 5 times; in full “Max Gordon” twice, “Alec Gordon” once\n";
    assert!(draft.contains(told), "{draft}");
}

#[test]
fn a_draft_has_whole_names_of_china() {
    let text = "Here Chou En-lai spoke, there Chou En-lai wrote, but Zhou Enlai slept.\n";
    assert_eq!(drafted(text).0, ["chou|Chou En-lai|Chou|Zhou Enlai"]);
}

#[test]
fn a_draft_has_whom_a_title_tells_or_everybody_knows() {
    let text = "So Mr. Ryabchikov said, and Ryabchikov, and A. Ryabchikov.\n\n".to_owned()
        + &"They saw Vostrukhin with Vostrukhin’s dog.\n\n".repeat(3);
    let expected = ["vostrukhin|Vostrukhin|Vostrukhin|", "ryabchikov|A. Ryabchikov|Ryabchikov|"];
    assert_eq!(drafted(&text).0, expected);
}

#[test]
fn the_report_shows_each_spelling_with_its_places() {
    let text = "He saw Pavel Ryabchikov. Then Ryabchikov & Trotskii spoke. It was Riabchikov who \
                wrote it, and not Ryabchikov.\n";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.txt"), text).expect("written");
    fs::write(folder.join("b.html"), "<p>With <i>Trot</i>skii.</p>\n").expect("written");
    run(folder, &["figures", "report", "page.html", "a.txt", "b.html"]);
    let page = fs::read_to_string(folder.join("page.html")).expect("written");
    let entry = |name: &str| {
        let start = page.find(&format!("data-name=\"{name}\"")).expect(name);
        let entry = &page[start..];
        &entry[..entry.find("</details>").expect("closed")]
    };
    let ryabchikov = entry("Pavel Ryabchikov");
    assert!(ryabchikov.contains("data-family=\"Ryabchikov\""), "{ryabchikov}");
    assert!(ryabchikov.contains("data-count=\"4\" data-spellings=\"2\""), "{ryabchikov}");
    assert!(
        ryabchikov.contains("<td class=\"place\">a.txt:1:31</td><td class=\"before\">He saw Pavel")
            && ryabchikov.contains("<mark>Ryabchikov</mark> &amp; Trotskii spoke."),
        "{ryabchikov}"
    );
    let trotsky = entry("Leon Trotsky");
    assert!(trotsky.contains("ALA-LC") && trotsky.contains("Троцкий"), "{trotsky}");
    assert!(trotsky.contains("<mark>Trotskii</mark>.</td>"), "as one reads it: {trotsky}");
    assert!(!page.contains("<!-- entries -->") && !page.contains("<!-- summary -->"));
}

#[test]
fn figures_are_listed_for_people_and_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = run(folder.path(), &["figures", "list"]);
    let objects = lines(&run(folder.path(), &["figures", "list", "--format", "jsonl"]));
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), objects.len());
    let lenin = &objects[0];
    assert_eq!((&lenin["id"], &lenin["family"]), (&"lenin".into(), &"Lenin".into()), "{lenin}");
    assert!(lenin.get("note").is_none() && lenin.get("span").is_none(), "{lenin}");
}

#[test]
fn an_import_adds_what_is_not_there_and_keeps_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let before = "# Ours.\n[[figure]]\nid = \"trotsky\" # with a comment\nname = \"Lev Trotsky\"\n";
    fs::write(folder.join("figures.toml"), before).expect("written");
    let table = "name,born,variants\nLeon Trotsky,1879,\nNikita Khrushchev,1894-04-15,Krushchev; \
                 Khrushchov\n";
    fs::write(folder.join("people.csv"), table).expect("written");
    let told = run(folder, &["figures", "import", "people.csv"]);
    assert_eq!(
        String::from_utf8_lossy(&told.stdout),
        "Added 1 figure to figures.toml.\nThere is an entry already: Leon Trotsky (trotsky).\n"
    );
    let after = fs::read_to_string(folder.join("figures.toml")).expect("written");
    let added = "\n[[figure]]\nid = \"khrushchev\"\nname = \"Nikita Khrushchev\"\n\
                 family = \"Khrushchev\"\nvariants = [\"Krushchev\", \"Khrushchov\"]\n\
                 born = \"1894-04-15\"\n";
    assert_eq!(after, format!("{before}{added}"));

    fs::write(folder.join("people.csv"), "name,bron\nLeon Trotsky,1879\n").expect("written");
    let failed = run(folder, &["figures", "import", "people.csv"]);
    assert_eq!(failed.status.code(), Some(2));
    let told = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert_eq!(
        told,
        "rubricator: people.csv:1:1: there is no column `bron`; did you mean `born`?\n"
    );
}

#[test]
fn an_import_tells_two_of_one_surname_apart_and_writes_nothing_that_is_told_as_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let ours = "[[figure]]\nid = \"ivanov\"\nname = \"Pyotr Ivanov\"\n";
    fs::write(folder.join("figures.toml"), ours).expect("written");
    let table = "name,variants\nAlexei Ivanov,Ivanov; Iwanow\nVyacheslav Ivanov,\n\"Ivanov, Peter\",\n\
                 Alexei Ivanov,\n";
    fs::write(folder.join("people.csv"), table).expect("written");
    let told = run(folder, &["figures", "import", "people.csv"]);
    assert_eq!(
        String::from_utf8_lossy(&told.stdout),
        "Added 2 figures to figures.toml.\nThere is an entry already: Peter Ivanov (ivanov).\n\
         There is an entry already: Alexei Ivanov (ivanov-2).\n"
    );
    let after = fs::read_to_string(folder.join("figures.toml")).expect("written");
    let added = "\n[[figure]]\nid = \"ivanov-2\"\nname = \"Alexei Ivanov\"\nfamily = \"Ivanov\"\n\
                 variants = [\"Iwanow\"]\n\n[[figure]]\nid = \"ivanov-3\"\n\
                 name = \"Vyacheslav Ivanov\"\nfamily = \"Ivanov\"\n";
    assert_eq!(after, format!("{ours}{added}"));
    assert!(run(folder, &["figures", "list"]).status.success());
}

#[test]
fn an_import_leaves_out_whom_another_file_of_the_corpus_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let persons = "<listPerson><person xml:id='lenin'><persName>Vladimir Lenin</persName></person></listPerson>";
    let config = "[figures]\nfiles = [\"figures.toml\", \"persons.xml\"]\n";
    for (name, text) in [
        ("rubricator.toml", config),
        ("persons.xml", persons),
        ("figures.toml", ""),
        ("people.csv", "id,name\r\nlenin,Vladimir Lenin\r\ntrotsky,Leon Trotsky\r\n"),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
    let told = run(folder, &["figures", "import", "people.csv"]);
    assert_eq!(
        String::from_utf8_lossy(&told.stdout),
        "Added 1 figure to figures.toml.\nThere is an entry in persons.xml already: Vladimir Lenin \
         (lenin).\n"
    );
    assert!(run(folder, &["figures", "list"]).status.success());

    fs::write(folder.join("people.csv"), "id,name\r\na,Ann Lee\r\nb,\r\n").expect("written");
    let failed = run(folder, &["figures", "import", "people.csv"]);
    assert_eq!(
        String::from_utf8_lossy(&failed.stderr),
        "rubricator: people.csv:3:1: a figure must have a name\n"
    );
}

#[test]
fn an_authority_that_is_none_is_told() {
    for (name, text, told) in [
        (
            "p.xml",
            "not xml",
            "p.xml:1:1: there is no listPerson, listOrg or listPlace in this file",
        ),
        (
            "p.xml",
            "<TEI>\n<listPerson>",
            "p.xml:2:1: this is not well-formed XML: the element that begins here has no end",
        ),
        (
            "p.csv",
            "name\nLenin\n",
            "p.csv:1:1: an authority is a TOML file or a TEI file; `rubricator figures import` puts \
             the figures of this one into figures.toml",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let config = format!("[figures]\nfiles = [\"{name}\"]\n");
        fs::write(folder.join("rubricator.toml"), config).expect("written");
        fs::write(folder.join(name), text).expect("written");
        fs::write(folder.join("a.txt"), "Prose.\n").expect("written");
        let failed = run(folder, &["check"]);
        assert_eq!(failed.status.code(), Some(2));
        let error = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn an_authority_in_the_encoding_that_it_declares_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("rubricator.toml"), "[figures]\nfiles = [\"p.xml\"]\n").expect("written");
    let persons = b"<?xml version='1.0' encoding='ISO-8859-1'?>\n<listPerson><person xml:id='a'>\
        <persName>Andr\xe9 Marty</persName></person></listPerson>";
    fs::write(folder.join("p.xml"), persons).expect("written");
    let list = run(folder, &["figures", "list"]);
    assert!(String::from_utf8_lossy(&list.stdout).contains("André Marty"), "{list:?}");
}
