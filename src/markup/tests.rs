//! The formats against each other, and the map against the source.

use proptest::prelude::*;

use super::*;
use crate::text::{ProseSpan, Span};

/// Each block as `Kind: text`, its inlines as `{Kind: text}` behind it.
fn shown(source: &str, format: Format) -> Vec<String> {
    let document = read(source, format, None);
    let show = |block: &Block| {
        let text = block.prose.text(source);
        let inlines: String = block
            .inlines
            .iter()
            .map(|inline| format!(" {{{:?}: {}}}", inline.kind, inline.span.of(text)))
            .collect();
        format!("{:?}: {text}{inlines}", block.kind)
    };
    document.blocks.iter().map(show).collect()
}

fn pointers(source: &str, format: Format) -> Vec<(String, String)> {
    let document = read(source, format, None);
    let shown = |pointer: &Pointer| {
        (pointer.span.of(source).to_owned(), format!("{:?} {}", pointer.kind, pointer.target))
    };
    document.pointers.iter().map(shown).collect()
}

#[test]
fn html_as_archives_write_it() {
    let source = "<HTML><HEAD><TITLE>Not prose</TITLE></HEAD><BODY>
<P CLASS=title>The Long Thaw
<P>He said &#145;no&rsquo; and wo<B>rd</B>s<SUP><A HREF=\"#n1\" NAME=\"r1\">[1]</A></SUP> were
  few.<BR>Very few.
<BLOCKQUOTE>It was so.</BLOCKQUOTE>
<script>var x = '“';</script>
<P CLASS=\"note\"><A NAME=\"n1\" HREF=\"#r1\">[1]</A> A note.
</BODY></HTML>";
    assert_eq!(
        shown(source, Format::Html),
        [
            "Title: The Long Thaw",
            "Paragraph: He said ‘no’ and words[1] were few.\nVery few. {Emphasis: rd} {Marker: [1]}",
            "Extract: It was so.",
            "Note: [1] A note. {Marker: [1]}",
        ]
    );
    assert_eq!(
        pointers(source, Format::Html),
        [("#n1".into(), "Marker #n1".into()), ("#r1".into(), "Backlink #r1".into())]
    );
}

#[test]
fn a_number_is_a_marker_where_it_is_raised_attached_or_led_back_to() {
    let source = "<p>See <a href='#c1'>1</a>, <a href='#c2'>2</a>; so<a href='#n1'>1</a> it
<sup><a href='#n2'>2</a></sup> was <a href='#n3' id='m3'>3</a>.<a href='#n4'><sup>4</sup></a></p>
<p id='c1'>One</p><p id='c2'>Two</p><p id='n1'>1</p><p id='n2'>2</p>
<p id='n3'><a href='#m3'>3</a></p>";
    let kinds = pointers(source, Format::Html).into_iter().map(|(_, kind)| kind);
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [
            "Link #c1",
            "Link #c2",
            "Marker #n1",
            "Marker #n2",
            "Marker #n3",
            "Marker #n4",
            "Backlink #m3",
        ]
    );
}

#[test]
fn lists_and_tables_inside_others_do_not_end_them() {
    let source = "<table><tr><td><p>One<table><tr><td>two<td>three</table>four
<ul><li>five<ol><li>six<li>seven</ol>eight</ul>nine</table>ten";
    let kinds = [
        "Paragraph: One",
        "Cell: two",
        "Cell: three",
        "Cell: four",
        "Item: five",
        "Item: six",
        "Item: seven",
        "Item: eight",
        "Cell: nine",
        "Other: ten",
    ];
    assert_eq!(shown(source, Format::Html), kinds);
}

#[test]
fn end_tags_of_html_reach_as_far_as_browsers_let_them() {
    let source = "<HTML lang=en><DIV lang=de><TABLE><TR><TD>Ein</DIV> Wort<TD>Zwei</P></TABLE>Drei</DIV>\
                  <div><b>Four <p>five</b> six</p></div><p><span>Seven<p>eight</span> nine</p>\
                  <ul><li>ten<ul><li>in</li></ul></li></ul>";
    assert_eq!(
        shown(source, Format::Html),
        [
            "Cell: Ein Wort",
            "Cell: Zwei",
            "Paragraph: Drei",
            "Paragraph: Four {Emphasis: Four}",
            "Paragraph: five six {Emphasis: five}",
            "Paragraph: Seven",
            "Paragraph: eight nine",
            "Item: ten",
            "Item: in",
        ]
    );
    let document = read(source, Format::Html, None);
    let german = |block: &&Block| block.language == Language::from_tag("de");
    assert_eq!(document.blocks.iter().filter(german).count(), 3);
}

#[test]
fn tei_reads_each_alternative_once() {
    let source = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>No.</p></teiHeader>
<text xml:lang="en"><body><div><head>One</head>
<p>It is <choice><sic>rigth</sic><corr>right</corr></choice> that
<persName ref="#khr people.xml#k2">Khrush-<lb break="no"/>chev</persName>
said <del>never</del><note xml:id="n1">A <hi>note</hi>.</note> so; &undeclared; and
<app><lem>this</lem><rdg>that</rdg></app>, <foreign xml:lang="de">nicht wahr</foreign>?</p>
<sp><speaker>A.</speaker><l>One line,</l><l>two lines.</l></sp></div></body></text></TEI>"##;
    assert_eq!(
        shown(source, Format::Tei),
        [
            "Heading(2): One",
            "Paragraph: It is right that Khrushchev said so; &undeclared; and this, nicht wahr? \
             {Name { targets: [\"#khr\", \"people.xml#k2\"], \
             is_in_small_capitals: false }: Khrushchev} \
             {Opaque: &undeclared;} {Foreign(Language([100, 101], Any)): nicht wahr}",
            "Note: A note. {Emphasis: note}",
            "Other: A.",
            "Verse: One line,\ntwo lines.",
        ]
    );
    assert_eq!(
        pointers(source, Format::Tei),
        [
            ("#khr".into(), "Figure #khr".into()),
            ("people.xml#k2".into(), "Figure people.xml#k2".into()),
        ]
    );
}

#[test]
fn a_page_may_end_inside_of_a_word() {
    let source = "<TEI><text><p>They over<pb n='2'/>threw it,<pb n='3'/>and <pb/>so on<lb/>and \
                  over-<cb break='no'/>threw<pb/> it.</p></text></TEI>";
    assert_eq!(
        shown(source, Format::Tei),
        ["Paragraph: They overthrew it, and so on and overthrew it."]
    );
}

#[test]
fn an_alternative_ends_with_what_is_around_it() {
    let source = "<TEI><text><p>So <choice><sic>a</sic><corr>b</corr></p>\
                  <p><corr>was</corr> <choice><sic>c</sic><corr>it</choice> <corr>then</corr></p></text></TEI>";
    assert_eq!(shown(source, Format::Tei), ["Paragraph: So b", "Paragraph: was it then"]);
}

#[test]
fn a_word_of_which_a_part_is_lost_is_right_as_it_stands() {
    let source =
        "<TEI><text><p>Mr Khrush<gap reason='illegible'/>v, <gap/> so <gap/>otsky</p></text></TEI>";
    assert_eq!(
        shown(source, Format::Tei),
        ["Paragraph: Mr Khrushv, so otsky {Sic: Khrushv,} {Sic: otsky}"]
    );
}

#[test]
fn a_language_is_declared_down_to_the_inline_element() {
    let german = Language::GERMAN;
    let tei = "<TEI><text xml:lang='en'><p>So <q xml:lang='de'>nein</q> <name xml:lang='de'>Rote \
               Fahne</name> <seg xml:lang='de'>ja</seg></p></text></TEI>";
    let name = "{Name { targets: [], is_in_small_capitals: false }: Rote Fahne}";
    assert_eq!(
        shown(tei, Format::Tei),
        [format!(
            "Paragraph: So nein Rote Fahne ja {{Quotation(Some({german:?})): nein}} {name} \
             {{Foreign({german:?}): ja}}"
        )]
    );
    let html = "<p>So <q lang='de'>nein</q> <a lang='de'>ja</a> <small LANG='de'>wohl</small>";
    assert_eq!(
        shown(html, Format::Html),
        [format!(
            "Paragraph: So nein ja wohl {{Quotation(Some({german:?})): nein}} \
             {{Foreign({german:?}): ja}} {{Foreign({german:?}): wohl}}"
        )]
    );
}

#[test]
fn what_was_left_in_english_on_a_page_in_another_language_is_told() {
    let html = "<html lang='de'><p>Das ist der Anfang des Kapitels, und mehr ist es nicht.</p>\
                <p>It was the end of the day, and it is not for us to judge that.</p>\
                <p>Please use the small program to learn all this in an interactive course.</p>\
                <p>Er sprach of the record, wie er sagte, und nicht zu allen Leuten im Saal.</p>\
                <p>L’homme est dans la maison, et il ne dort pas avec les autres.</p></html>";
    let document = read(html, Format::Html, None);
    let languages: Vec<_> = document.blocks.iter().map(|block| block.language).collect();
    let (german, english) = (Language::GERMAN, Language::ENGLISH);
    assert_eq!(languages, [german, english, english, german, german]);
}

#[test]
fn html_without_semicolons_is_read() {
    assert_eq!(
        shown("<p>&laquoSo it is,&raquo caf&eacute &#8220here&#8221 &amp there.", Format::Html),
        ["Paragraph: «So it is,» café “here” & there."]
    );
    // XML and Markdown have no such references.
    let tei = "<TEI><text><p>caf&eacute so</p></text></TEI>";
    assert_eq!(shown(tei, Format::Tei), ["Paragraph: caf&eacute so"]);
    assert_eq!(shown("caf&eacute so\n", Format::Markdown), ["Paragraph: caf&eacute so"]);
}

/// The parser of Markdown has a table of its own.
#[test]
fn the_names_of_characters_are_the_same_in_every_format() {
    let lines = include_str!("data/characters.tsv").lines().filter(|line| !line.starts_with('#'));
    for name in lines.filter_map(|line| line.split('\t').next()) {
        let text = format!("Of x&{name};x.");
        let read = |source: String, format| {
            let document = read(&source, format, None);
            document.blocks[0].prose.text(&source).to_owned()
        };
        let markdown = read(format!("{text}\n"), Format::Markdown);
        assert_eq!(read(format!("<p>{text}</p>"), Format::Html), markdown, "{name}");
        assert_eq!(read(format!("<TEI><p>{text}</p></TEI>"), Format::Tei), markdown, "{name}");
    }
}

#[test]
fn prose_without_end_is_read_as_several_blocks() {
    let source = format!("<p>{}</p>", "It is <b>so</b>. ".repeat(200_000));
    let document = read(&source, Format::Html, None);
    assert_eq!(document.blocks.len(), 2);
    let last = &document.blocks[1];
    let length = last.prose.len();
    let end = last.prose.to_source(crate::text::ProseSpan::new(length - 2, length));
    assert_eq!(end.of(&source), "o</b>.");
}

#[test]
fn broken_xml_is_read_on_and_reported() {
    let source = "<TEI><text><p>One < two & three</p><p>Four</q></p><p>Five";
    let document = read(source, Format::Tei, None);
    let texts: Vec<_> = document.blocks.iter().map(|block| block.prose.text(source)).collect();
    assert_eq!(texts.concat().replace(' ', ""), "One<two&threeFourFive");
    assert!(!document.problems.is_empty());
}

/// What is wrong, as `words: message`.
fn problems(source: &str, format: Format) -> Vec<String> {
    let problems = read(source, format, None).problems;
    problems.iter().map(|one| format!("{}: {}", one.span.of(source), one.message)).collect()
}

#[test]
fn xml_that_is_not_well_formed_is_reported_where_it_is_wrong() {
    let none: [&str; 0] = [];
    let cases: [(&str, &[&str]); 20] = [
        (
            "<?so?><TEI><?so it is?>So <?&b c?></TEI>",
            &["<?&b c?>: A processing instruction must begin with its name."],
        ),
        (
            "<TEI>So <ref target='a.html?x=1&y=2'>it</ref> is</TEI>",
            &["&: A & that begins no reference must be written &amp;."],
        ),
        (
            "<TEI><p n='1'xml:id='a'>So</p> <p a&b='1'/></TEI>",
            &[
                "xml:id: There must be a space before this attribute.",
                "a&b: “a&b” is no name that an attribute of XML can have.",
            ],
        ),
        ("<TEI><h&i>So</h&i></TEI>", &["<h&i>: “h&i” is no name that an element of XML can have."]),
        (
            "<TEI>So ]]> it</TEI>",
            &["]]>: The signs ]]> end nothing here and must be written ]]&gt;."],
        ),
        (
            "\n<?xml version='1.0'?><TEI/>",
            &[
                "<?xml version='1.0'?>: The XML declaration must stand at the very beginning of the file.",
            ],
        ),
        ("<TEI>So\u{1} it</TEI>", &["\u{1}: XML does not allow this control character (U+0001)."]),
        ("\u{feff}<?xml version='1.0'?><TEI n='&#8217;&amp;' xml:id='a-1.b'>«]]»</TEI>", &[]),
        (
            "<TEI>A</TEI>\n<TEI>B</TEI><TEI/>",
            &["<TEI>: This <TEI> stands behind the root element; XML has only one."],
        ),
        ("<p>A</p>\n so.", &["so.: This text stands outside of the root element."]),
        ("<?xml version='1.0'?>\n<!-- A -->\n<p>A</p>\n<?end?><!-- B -->\n", &none),
        ("<p>One <hi>two</p>", &["<hi>: This <hi> is not closed."]),
        ("<p>One</p></div>", &["</div>: There is no <div> open that this ends."]),
        ("<p>One", &["<p>: This <p> is not closed."]),
        ("<p>A & B</p>", &["&: A & that begins no reference must be written &amp;."]),
        ("<p>&eacute;</p>", &["&eacute;: XML does not know &eacute; by itself; write é."]),
        ("<p>&nosuch;</p>", &["&nosuch;: The entity &nosuch; is not declared."]),
        ("<p n='1' n='2'>A</p>", &["<p n='1' n='2'>: This tag has an attribute twice."]),
        ("<!DOCTYPE p [<!ENTITY nosuch 'x'>]><p>&nosuch; &#233; &lt;</p>", &none),
        ("<!DOCTYPE TEI.2 SYSTEM 'tei2.dtd'><own:p own:a='1'>&eacute;</own:p>", &none),
    ];
    for (source, expected) in cases {
        assert_eq!(problems(source, Format::Tei), expected, "{source}");
    }
}

#[test]
fn entities_that_would_not_end_are_reported_and_not_written_out() {
    let mut source = String::from("<!DOCTYPE p [<!ENTITY e0 \"lol\">");
    for level in 1..10 {
        let inner = format!("&e{};", level - 1).repeat(10);
        source.push_str(&format!("<!ENTITY e{level} \"{inner}\">"));
    }
    source.push_str("]><p>&e9;</p>");
    assert_eq!(problems(&source, Format::Tei).len(), 1);
    assert_eq!(shown(&source, Format::Tei), ["Paragraph: &e9; {Opaque: &e9;}"]);
}

#[test]
fn html_is_reported_where_a_reader_sees_that_it_is_broken() {
    let none: [&str; 0] = [];
    let cases: [(&str, &[&str]); 6] = [
        ("<p>One <i>two<p>three", &["<i>: This <i> is not closed."]),
        ("<p>One<a name=x><br>two <font size=1>three<li>four<p>&eacute &amp; & < 3", &none),
        // Browsers mend what ends late.
        ("<p><b><i>One</b></i> <i>two<p>three</i>", &none),
        (
            "One <a href='x>two</a>",
            &["<: The page ends inside of a tag; what stands in it is lost."],
        ),
        (
            "One <!-- two",
            &["<!--: This comment is not closed; the rest of the page is lost in it."],
        ),
        ("One &rsqou; two", &["&rsqou;: HTML knows no character of this name."]),
    ];
    for (source, expected) in cases {
        assert_eq!(problems(source, Format::Html), expected, "{source}");
    }
}

#[test]
fn markdown_with_footnotes_and_links() {
    let source = "---\ntitle: x\n---\n# The Long Thaw\n\nHe said ‘no’ and *words*[^1] were\nfew; \
                  see [there](b.md#end) &amp; [[Notes#The End]].\n\n> It was so.\n\n\
                  `code ‘` here\n\n[^1]: A note.\n";
    assert_eq!(
        shown(source, Format::Markdown),
        [
            "Title: The Long Thaw",
            "Paragraph: He said ‘no’ and words[^1] were few; see there & Notes#The End. \
             {Emphasis: words} {Marker: [^1]}",
            "Extract: It was so.",
            "Paragraph: `code ‘` here {Opaque: `code ‘`}",
            "Note: A note.",
        ]
    );
    assert_eq!(
        pointers(source, Format::Markdown),
        [
            ("[^1]".into(), "Marker 1".into()),
            ("b.md#end".into(), "Link b.md#end".into()),
            ("Notes#The End".into(), "Page Notes#the-end".into()),
        ]
    );
}

#[test]
fn html_inside_markdown_is_read_as_html() {
    let source = "# One\n\nSome <em>words</em>, wo<b>r</b>ds&eacute; and <span lang='de'>nicht</span>\
                  <sup>[1](#n1)</sup>.\n\n<blockquote>\n<p>He said\nso.\n<p\nid='n1'>Note.\n\
                  </blockquote>\n\n> <div>\n> in\n> </div>\n\n<div id='d'>\n\nIn *it*.\n\n</div>\n\n\
                  Behind.\n";
    assert_eq!(
        shown(source, Format::Markdown),
        [
            "Title: One",
            "Paragraph: Some words, wordsé and nicht1. {Emphasis: words} {Emphasis: r} \
             {Foreign(Language([100, 101], Any)): nicht} {Marker: 1}",
            "Extract: He said so.",
            "Extract: Note.",
            "Extract: in",
            "Paragraph: In it. {Emphasis: it}",
            "Paragraph: Behind.",
        ]
    );
    assert_eq!(pointers(source, Format::Markdown), [("#n1".into(), "Marker #n1".into())]);
}

#[test]
fn ignore_comments_speak_of_blocks_stretches_and_files() {
    let source = "<p>One</p><!-- rubricator: ignore name-variant --><p>Two</p>\
                  <!-- rubricator: off --><p>Three</p><!-- rubricator: on --><p>Four</p>\
                  <!-- rubricator: ignore-file unused-note --><!-- rubricator: of -->\
                  <!-- rubricator: the scan of this page is bad -->";
    let ignores = read(source, Format::Html, None).ignores;
    let shown: Vec<_> = ignores
        .iter()
        .map(|ignore| match ignore.scope {
            IgnoreScope::Stretch(span) => {
                let inner = span.of(source).rsplit("-->").next().unwrap_or("");
                (ignore.rule.as_deref(), inner.trim_end_matches("</p>").to_owned())
            }
            IgnoreScope::File => (ignore.rule.as_deref(), "file".to_owned()),
            IgnoreScope::Unknown => (ignore.rule.as_deref(), "unknown".to_owned()),
        })
        .collect();
    assert_eq!(
        shown,
        [
            (Some("name-variant"), "<p>Two".to_owned()),
            (None, "<p>Three".to_owned()),
            (Some("unused-note"), "file".to_owned()),
            (Some("of"), "unknown".to_owned()),
        ]
    );
}

#[test]
fn the_licence_around_a_text_of_gutenberg_is_not_checked() {
    let source = "Legal words.\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE DAM ***\n\nText.\n\n\
                  *** END OF THE PROJECT GUTENBERG EBOOK THE DAM ***\n\nMore of them.\n";
    let ignores = read(source, Format::Plain, None).ignores;
    let stretches = ignores.iter().map(|ignore| match ignore.scope {
        IgnoreScope::Stretch(span) => span,
        IgnoreScope::File | IgnoreScope::Unknown => Span::gap(0),
    });
    let checked = |at: usize| !stretches.clone().any(|span| span.contains(at));
    let at = |words: &str| source.find(words).expect("there");
    assert!(checked(at("Text")) && !checked(at("Legal")) && !checked(at("More")));
    assert!(read("*** START OF THE DAM ***\n", Format::Plain, None).ignores.is_empty());
}

#[test]
fn a_hundred_thousand_levels_are_read() {
    for tag in ["div", "em", "blockquote", "note", "q", "x"] {
        let open = format!("<{tag}>").repeat(100_000);
        let source = format!("<text>{open}one<p>two</p>");
        for format in [Format::Html, Format::Tei] {
            let document = read(&source, format, None);
            assert!(!document.blocks.is_empty(), "{tag} {format:?}");
        }
    }
}

#[test]
fn text_between_two_rules_is_no_metadata() {
    let source = "---\ntitle: A\n---\n\nOne.\n\n---\n## Part\n\nTwo.\n\n---\n";
    assert_eq!(
        shown(source, Format::Markdown),
        ["Paragraph: One.", "Heading(1): Part", "Paragraph: Two."]
    );
    let with_works = "One.\n\n---\nreferences:\n- id: marx1867\n---\n\nTwo.\n";
    assert_eq!(shown(with_works, Format::Markdown), ["Paragraph: One.", "Paragraph: Two."]);
}

#[test]
fn a_heading_is_linked_to_by_its_words_without_its_pictures() {
    let ids = |source: &str| -> Vec<String> {
        let document = read_as(source, Format::Markdown, Hints::default());
        let ids = document.anchors.into_iter().filter(|anchor| anchor.kind == AnchorKind::Id);
        ids.map(|anchor| anchor.label).collect()
    };
    // As GitHub makes them; what is left of the pictures are the spaces before them.
    assert_eq!(
        ids("# Dam ![a](a.png) [![b](b.png)](c.md)\n\n## ![c](c.png) Sea\n"),
        ["dam--", "-sea"]
    );
    assert_eq!(ids("# हिन्दी cafe\u{301} <!-- so -->\n"), ["हिन्दी-cafe\u{301}"]);
}

#[test]
fn an_entity_in_a_comment_of_a_heading_is_not_read_behind_it() {
    assert_map_is_exact("# <!--&rsquo;\r--><p>", Format::Markdown);
}

/// Every character of prose comes from the source bytes that the map names.
fn assert_map_is_exact(source: &str, format: Format) {
    let document = read(source, format, None);
    let mut last_start = 0;
    for block in &document.blocks {
        assert!(block.span.start >= last_start && block.span.end <= source.len());
        last_start = block.span.start;
        let text = block.prose.text(source);
        let mut last = 0;
        for (at, character) in text.char_indices() {
            let span = ProseSpan::new(at, at + character.len_utf8());
            let mapped = block.prose.to_source(span);
            let words = source.get(mapped.range()).expect("character boundaries");
            assert!(!words.is_empty(), "{character:?} comes from nowhere");
            assert!(mapped.start >= last, "the map runs backwards");
            last = mapped.start;
            if !character.is_whitespace() && !words.starts_with(['&', '\\']) {
                assert!(words.starts_with(character), "{character:?} from {words:?}");
            }
        }
        for inline in &block.inlines {
            assert!(text.get(inline.span.range()).is_some(), "{inline:?} in {text:?}");
        }
    }
    let pointers = document.pointers.iter().map(|pointer| pointer.span);
    for span in pointers.chain(document.anchors.iter().map(|anchor| anchor.span)) {
        assert!(source.get(span.range()).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_in_any_format(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "word", " ", "\n", "\r\n", "\n\n", "‘", "’", "é", "𝄞", "&rsquo;", "&#8217;", "&",
                "&x;", "<p>", "</p>", "<b>", "</b>", "<note>", "</note>", "<lb break=\"no\"/>",
                "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "-", "\u{ad}", "[1]", "[^a]", "[sic]",
                "    ", "\t", "*", "†", "¹", "# ", "> ", "1. ", "(1)", "----", "<a href=\"#n\">",
                "</a>", "<q>", "</q>", "<choice><sic>a</sic><corr>b</corr></choice>", "`", "|",
                "<br>", "<div>\n", "<l>", "</l>", "http://a.b/c", "Source: x", "\u{c}", "<p id='x'", "Notes",
                "\u{feff}", "\0", "\r", "\u{2028}",
            ]),
            0..60,
        )
    ) {
        let source = pieces.concat();
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Tei] {
            assert_map_is_exact(&source, format);
        }
    }
}

#[test]
fn a_hyphen_taken_off_before_an_open_element_leaves_it_whole() {
    assert_map_is_exact("----<q><lb break=\"no\"/>‘", Format::Tei);
}

#[test]
fn a_hyphen_taken_off_in_a_note_leaves_the_elements_around_the_note_alone() {
    assert_map_is_exact("𝄞<q><note>*<lb break=\"no\"/>", Format::Tei);
}

#[test]
fn a_hyphen_taken_off_after_an_element_that_ended_shortens_what_is_said_of_it() {
    assert_map_is_exact("<q>----</p></q><lb break=\"no\"/> ", Format::Tei);
    assert_map_is_exact("<p>w<q>-</q><lb break=\"no\"/>‘</p>", Format::Tei);
}

#[test]
fn indentation_before_html_in_markdown_comes_from_nowhere_and_is_left_out() {
    assert_map_is_exact(" <p>‘", Format::Markdown);
    assert_eq!(shown(" <p>‘a’", Format::Markdown), shown("<p>‘a’", Format::Markdown));
}

#[test]
fn a_byte_order_mark_behind_broken_markup_is_text() {
    assert_map_is_exact("<p>w < \u{feff}<q>so</q></p>", Format::Tei);
    assert_map_is_exact("<\u{feff}<\u{feff}é<p>", Format::Tei);
}

#[test]
fn sic_speaks_of_the_word_before_it_in_every_format() {
    let expected = "Trotskii {Sic: Trotskii} {Opaque: [sic]}";
    let cases = [
        (Format::Plain, "He saw Trotskii [sic] there."),
        (Format::Markdown, "He saw Trotskii [sic] there."),
        (Format::Html, "<p>He saw Trotskii [<i>sic</i>] there."),
        (Format::Tei, "<p>He saw Trotskii [<hi>sic</hi>] there.</p>"),
    ];
    for (format, source) in cases {
        let shown = shown(source, format);
        let inlines: String = shown.concat().split_once('{').expect("inlines").1.to_owned();
        let inlines = inlines.replace(" {Emphasis: sic}", "");
        assert_eq!(format!("Trotskii {{{inlines}"), expected, "{format:?}");
    }
}

#[test]
fn a_block_of_html_that_is_indented_is_read_where_it_stands() {
    for source in [" <p>‘", ">  <p>‘", "- a\n\n   <p>‘"] {
        assert_map_is_exact(source, Format::Markdown);
    }
}

#[test]
fn a_mark_put_in_behind_a_line_of_a_quotation_stands_before_its_next_word() {
    for (format, source) in [
        (Format::Markdown, "> It\n> was.\n"),
        (Format::Markdown, "- It\r\n  was.\r\n"),
        (Format::Html, "<p>It\n  was.</p>"),
    ] {
        let document = read(source, format, None);
        let prose = &document.blocks[0].prose;
        let at = prose.text(source).find("was").expect("there");
        let place = prose.to_source(ProseSpan::gap(at));
        assert!(source[place.start..].starts_with("was"), "{source:?}");
    }
}
