//! One text in four formats: what is read, what is found and what is repaired is the same in each,
//! however the markup cuts through the words.

mod support;

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use rubricator::corpus::{Analysis, CorpusIndex, DocumentFacts, Settings, analyse};
use rubricator::figures::Authority;
use rubricator::markup::{Block, Format, InlineKind, Language, decoded};
use rubricator::rules::{Finding, Levels, corpus_findings, document_findings};
use rubricator::text::{ProseSpan, SourceFile};
use support::repaired::repaired;

/// Sentences, some with mistakes.
const SENTENCES: &[&str] = &[
    "The delegates went home and nobody saw them off.",
    "‘It is so,’ said Trotsky, ‘and it was never otherwise.’",
    "He spoke of the ‘rule of law’ and of the workers’ leaders.",
    "She had read ‘What is “value”?’ twice.",
    "‘Why not?’ asked Trotskii of those who had come.",
    "They said that Trotsky’s café was shut — for good.",
    "He called it ‘a mistake and went away.",
    "It was so’ they answered without a word more.",
    "The ’rule of law’ was what he wanted.",
    "In ’56 nobody believed it, ’tis true.",
    "“Never,” said Khrushchev, and Mr Krushchev was not moved.",
    "The price was £3 & six pence, less than < nothing.",
];

/// What stands before it, so that every reader knows what kind of text it is.
const OPENING: &[&str] = &[
    "The congress of the party met in the capital for nine days, and what Trotsky said there was printed \
     in full on the tenth, to the surprise of all who had thought the matter closed long before.",
    "‘The old men,’ said Trotsky, ‘are tired.’ And Khrushchev answered that they were not; that ‘nobody \
     was’; and that Khrushchev least of all would be, whatever the papers wrote of him.",
    "Nobody spoke for a time. ‘So it is,’ said Trotsky then, and they all went out into the street, where \
     it had begun to rain as it only does in that city, and in that month of the year.",
];

/// What markup does at a character.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The character is an element of its own: `wo<b>r</b>d`.
    Element,
    /// The word is one.
    Emphasis,
    /// The character is written as a reference.
    Reference,
    /// A comment stands before it.
    Comment,
    /// A processing instruction, or what HTML makes of one.
    Instruction,
    /// The word may be broken here.
    SoftHyphen,
    /// The word is broken here, at the end of a line or a page.
    Break,
    /// The character stands in CDATA.
    CData,
    /// The space is the end of a line.
    LineEnd,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Paragraph,
    Extract,
    /// A paragraph with a note on it.
    Noted,
}

#[derive(Clone, Debug)]
struct Paragraph {
    kind: Kind,
    sentences: Vec<&'static str>,
    /// At which character, in thousandths of the text.
    cuts: Vec<(usize, Cut)>,
    /// The note's, if there is one.
    note: &'static str,
}

/// How the markup is written.
#[derive(Clone, Copy, Debug)]
struct Manner {
    has_capitals: bool,
    closes_paragraphs: bool,
    has_crlf: bool,
    has_mark: bool,
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let cut = prop::sample::select(vec![
        Cut::Element,
        Cut::Emphasis,
        Cut::Reference,
        Cut::Reference,
        Cut::Comment,
        Cut::Instruction,
        Cut::SoftHyphen,
        Cut::Break,
        Cut::CData,
        Cut::LineEnd,
    ]);
    let kind =
        prop::sample::select(vec![Kind::Paragraph, Kind::Paragraph, Kind::Extract, Kind::Noted]);
    (
        kind,
        prop::collection::vec(prop::sample::select(SENTENCES), 1..4),
        prop::collection::vec((0..1000_usize, cut), 0..12),
        prop::sample::select(SENTENCES),
    )
        .prop_map(|(kind, sentences, cuts, note)| Paragraph { kind, sentences, cuts, note })
}

/// A text with no more than one extract: where most of a plain text is set in, that is its margin.
fn text() -> impl Strategy<Value = Vec<Paragraph>> {
    prop::collection::vec(paragraph(), 1..7).prop_map(|mut paragraphs| {
        let extracts = paragraphs.iter_mut().filter(|paragraph| paragraph.kind == Kind::Extract);
        extracts.skip(1).for_each(|paragraph| paragraph.kind = Kind::Paragraph);
        paragraphs
    })
}

fn manner() -> impl Strategy<Value = Manner> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(has_capitals, closes_paragraphs, has_crlf, has_mark)| Manner {
            has_capitals,
            closes_paragraphs,
            has_crlf,
            has_mark,
        },
    )
}

/// A character as the format must write it.
fn escaped(c: char, format: Format) -> String {
    match (format, c) {
        (Format::Html | Format::Tei, '&') => "&amp;".to_owned(),
        (Format::Html | Format::Tei, '<') => "&lt;".to_owned(),
        (Format::Markdown, '<') => "\\<".to_owned(),
        _ => c.to_string(),
    }
}

fn reference(c: char, format: Format) -> String {
    let name = match c {
        '‘' => "lsquo",
        '’' => "rsquo",
        '“' => "ldquo",
        'é' => "eacute",
        '—' => "mdash",
        _ => "",
    };
    match format {
        Format::Html | Format::Markdown if !name.is_empty() => format!("&{name};"),
        _ if u32::from(c) % 2 == 0 => format!("&#{};", u32::from(c)),
        _ => format!("&#x{:X};", u32::from(c)),
    }
}

/// One character of a text with the markup that there is at it.
fn written(text: &[char], at: usize, cut: Option<Cut>, format: Format) -> String {
    let c = text[at];
    let plain = escaped(c, format);
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphabetic());
    let is_inside = at > 0 && is_letter(at - 1) && is_letter(at) && is_letter(at + 1);
    match (cut, format) {
        (None, _) | (_, Format::Plain) => plain,
        (Some(Cut::Element), _) if is_inside => match format {
            Format::Tei => format!("<hi rend='b'>{plain}</hi>"),
            _ => format!("<b>{plain}</b>"),
        },
        (Some(Cut::Reference), _) if !c.is_whitespace() => reference(c, format),
        (Some(Cut::Comment), _) if is_inside => format!("<!-- ‘so -->{plain}"),
        (Some(Cut::Instruction), Format::Tei) if is_inside => format!("<?so ‘it’?>{plain}"),
        (Some(Cut::SoftHyphen), Format::Tei) if is_inside => format!("\u{ad}{plain}"),
        (Some(Cut::SoftHyphen), _) if is_inside => format!("&shy;{plain}"),
        (Some(Cut::Break), Format::Tei) if is_inside => format!("-<lb break=\"no\"/>\n{plain}"),
        (Some(Cut::Break), Format::Html) if is_inside => format!("<wbr>{plain}"),
        (Some(Cut::CData), Format::Tei) => format!("<![CDATA[{c}]]>"),
        (Some(Cut::LineEnd), _) if c == ' ' => "\n".to_owned(),
        _ => plain,
    }
}

fn inline(text: &str, cuts: &[(usize, Cut)], format: Format) -> String {
    let text: Vec<char> = text.chars().collect();
    let cut_at = |at: usize| {
        let found = cuts.iter().find(|(place, _)| text.len() * place / 1000 == at);
        found.map(|(_, cut)| *cut)
    };
    let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphabetic());
    let (open, close) = match format {
        Format::Plain => ("", ""),
        Format::Markdown => ("*", "*"),
        Format::Html => ("<i>", "</i>"),
        Format::Tei => ("<hi>", "</hi>"),
    };
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let starts_word = is_letter(at) && (at == 0 || text[at - 1] == ' ');
        let end = (at..text.len()).find(|&end| !is_letter(end)).unwrap_or(text.len());
        let is_emphasis = starts_word && matches!(cut_at(at), Some(Cut::Emphasis));
        let end = if is_emphasis { end } else { at + 1 };
        if is_emphasis {
            out.push_str(open);
        }
        for at in at..end {
            out.push_str(&written(&text, at, cut_at(at), format));
        }
        if is_emphasis {
            out.push_str(close);
        }
        at = end;
    }
    out
}

/// The text in a format, as it would lie on a disk.
fn document(paragraphs: &[Paragraph], format: Format, manner: Manner) -> Vec<u8> {
    let mut out = match format {
        Format::Html => "<html lang='en'><body>\n".to_owned(),
        Format::Tei => "<TEI xml:lang='en'><text><body><div>\n".to_owned(),
        Format::Plain | Format::Markdown => String::new(),
    };
    let mut notes = String::new();
    let mut count = 0;
    let end = if manner.closes_paragraphs { "</p>" } else { "" };
    let opening = OPENING.iter().map(|text| Paragraph {
        kind: Kind::Paragraph,
        sentences: vec![text],
        cuts: Vec::new(),
        note: "",
    });
    for paragraph in opening.chain(paragraphs.iter().cloned()) {
        let cuts: &[_] = if format == Format::Plain { &[] } else { &paragraph.cuts };
        let mut text = inline(&paragraph.sentences.join(" "), cuts, format);
        if paragraph.kind == Kind::Noted {
            count += 1;
            let n = count;
            let note = inline(paragraph.note, cuts, format);
            match format {
                Format::Plain => {
                    text += &format!("[{n}]");
                    let _ = write!(notes, "[{n}] {note}\n\n");
                }
                Format::Markdown => {
                    text += &format!("[^{n}]");
                    let _ = write!(notes, "[^{n}]: {note}\n\n");
                }
                Format::Html => {
                    text += &format!("<sup><a id='r{n}' href='#n{n}'>{n}</a></sup>");
                    let _ = writeln!(
                        notes,
                        "<p class='note' id='n{n}'><a href='#r{n}'>{n}</a> {note}{end}"
                    );
                }
                Format::Tei => {
                    text += &format!("<ref target='#n{n}'>{n}</ref>");
                    let _ = writeln!(notes, "<note xml:id='n{n}'><p>{note}</p></note>");
                }
            }
        }
        let _ = match (format, paragraph.kind) {
            (Format::Plain, Kind::Extract) => write!(out, "    {text}\n\n"),
            (Format::Plain | Format::Markdown, Kind::Paragraph | Kind::Noted) => {
                write!(out, "{text}\n\n")
            }
            (Format::Markdown, Kind::Extract) => {
                write!(out, "> {}\n\n", text.replace('\n', "\n> "))
            }
            (Format::Html, Kind::Extract) => {
                writeln!(out, "<blockquote><p>{text}{end}</blockquote>")
            }
            (Format::Html, _) => writeln!(out, "<p>{text}{end}"),
            (Format::Tei, Kind::Extract) => writeln!(out, "<quote><p>{text}</p></quote>"),
            (Format::Tei, _) => writeln!(out, "<p>{text}</p>"),
        };
    }
    if !notes.is_empty() {
        out += match format {
            Format::Plain => "Notes\n\n",
            Format::Markdown => "## Notes\n\n",
            Format::Html => "<h2>Notes</h2>\n",
            Format::Tei => "</div></body><back><div><head>Notes</head>\n",
        };
        out += &notes;
    }
    out += match format {
        Format::Html => "</body></html>\n",
        Format::Tei if notes.is_empty() => "</div></body></text></TEI>\n",
        Format::Tei => "</div></back></text></TEI>\n",
        Format::Plain | Format::Markdown => "",
    };
    if format == Format::Html && manner.has_capitals {
        for name in ["html", "body", "p", "b", "i", "sup", "blockquote", "h2"] {
            out = out.replace(&format!("<{name}>"), &format!("<{}>", name.to_uppercase()));
            out = out.replace(&format!("<{name} "), &format!("<{} ", name.to_uppercase()));
            out = out.replace(&format!("</{name}>"), &format!("</{}>", name.to_uppercase()));
        }
    }
    if manner.has_crlf {
        out = out.replace('\n', "\r\n");
    }
    let mark: &[u8] = if manner.has_mark { b"\xEF\xBB\xBF" } else { b"" };
    [mark, out.as_bytes()].concat()
}

fn settings() -> Settings {
    Settings { language: Some(Language::ENGLISH), ..Settings::default() }
}

/// The text of a block without the markers of notes in it.
fn without_markers(block: &Block, source: &str) -> String {
    let text = block.prose.text(source);
    let mut out = String::new();
    let mut at = 0;
    for inline in block.inlines.iter().filter(|inline| inline.kind == InlineKind::Marker) {
        out.push_str(&text[at..inline.span.start]);
        at = inline.span.end;
    }
    out.push_str(&text[at..]);
    out.replace('\n', " ").trim().to_owned()
}

fn prose(analysis: &Analysis) -> Vec<String> {
    let blocks = analysis.document.blocks.iter();
    blocks.map(|block| without_markers(block, &analysis.source)).collect()
}

fn judge(analysis: &Analysis) -> Vec<Finding> {
    let index = CorpusIndex::new(Authority::builtin(), None);
    let (settings, levels) = (settings(), Levels::default());
    let facts = DocumentFacts::of(analysis, &index);
    let mut findings = document_findings(analysis, &facts, &settings, &levels);
    index.insert(Arc::from("text"), facts);
    let view = index.view("text").expect("just inserted");
    findings.extend(corpus_findings(&view, &settings, &levels));
    findings.sort_by_key(|finding| (finding.span, finding.rule));
    findings
}

/// A finding by the words as they are read, and what they are to be.
#[derive(Debug)]
struct Found {
    what: String,
    fix: String,
    /// Whether markup stands inside of the words, so that nothing can be put in their place, and only some of
    /// their letters may be changed.
    is_cut: bool,
}

fn found(analysis: &Analysis, findings: &[Finding]) -> Vec<Found> {
    let source = &analysis.source;
    let show = |finding: &Finding| {
        let blocks = &analysis.document.blocks;
        let block = blocks.iter().rfind(|block| block.span.covers(finding.span));
        let prose = &block.expect("a finding stands in a block").prose;
        let start = prose.to_prose(finding.span.start).expect("in the prose");
        let end = prose.to_prose(finding.span.end).unwrap_or(prose.len()).max(start);
        let words = ProseSpan::new(start, end);
        let words = ProseSpan::new(start, start + words.of(prose.text(source)).trim_end().len());
        let edits = finding.fixes.first().map_or(&[][..], |fix| &fix.edits);
        // A fix keeps to the manner of the source: `&rsquo;` for a mark that stands as one.
        let fixes: Vec<_> = edits.iter().map(|edit| decoded(&edit.text)).collect();
        let is_cut = !prose.is_contiguous(words);
        let text = words.of(prose.text(source));
        let fix = match edits {
            [edit] if is_cut && finding.rule.starts_with("name-") => {
                let inner = |at| prose.to_prose(at).expect("in the words") - words.start;
                let (start, end) = (inner(edit.span.start), inner(edit.span.end));
                format!("{}{}{}", &text[..start], fixes[0], &text[end..])
            }
            _ => fixes.join("|"),
        };
        Found { what: format!("{} {text}", finding.rule), fix, is_cut }
    };
    findings.iter().map(show).collect()
}

/// Whether the same was found; gives whether the same can be repaired.
fn assert_same(plain: &[Found], here: &[Found], context: &str) -> bool {
    let whats = |all: &[Found]| all.iter().map(|one| one.what.clone()).collect::<Vec<_>>();
    assert_eq!(whats(plain), whats(here), "{context}");
    let mut can_be_repaired = true;
    for (plain, here) in plain.iter().zip(here) {
        if here.is_cut && here.fix.is_empty() {
            can_be_repaired &= plain.fix.is_empty();
        } else {
            assert_eq!(plain.fix, here.fix, "{}: {context}", plain.what);
        }
    }
    can_be_repaired
}

/// Every character of the prose comes from the bytes of the source that the map names.
fn assert_is_mapped(analysis: &Analysis, format: Format) {
    for block in &analysis.document.blocks {
        let text = block.prose.text(&analysis.source);
        for (at, c) in text.char_indices() {
            let span = ProseSpan::new(at, at + c.len_utf8());
            let words = block.prose.to_source(span).of(&analysis.source);
            let is_space =
                c.is_whitespace() && words.chars().all(|c| c.is_whitespace() || c == '>');
            let is_tag = c.is_whitespace() && words.starts_with('<');
            let is_reference = words == reference(c, format) || words == escaped(c, format);
            assert!(
                words == c.to_string() || is_reference || is_space || is_tag,
                "{c:?} from {words:?} in {format:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn one_text_is_the_same_in_every_format(
        paragraphs in text(),
        manner in manner(),
    ) {
        let read = |format| {
            let file = SourceFile::decode(&document(&paragraphs, format, manner)).expect("a text");
            analyse(file.text, format, &settings())
        };
        let plain = read(Format::Plain);
        let findings = judge(&plain);
        let expected = found(&plain, &findings);
        let mended = analyse(repaired(&findings, &plain.source).into(), Format::Plain, &settings());
        for format in [Format::Markdown, Format::Html, Format::Tei] {
            let analysis = read(format);
            let context = format!("{format:?}:\n{}", &analysis.source);
            prop_assert_eq!(prose(&plain), prose(&analysis), "{}", context);
            assert_is_mapped(&analysis, format);
            let here = judge(&analysis);
            if assert_same(&expected, &found(&analysis, &here), &context) {
                let source = repaired(&here, &analysis.source);
                let here = analyse(source.into(), format, &settings());
                prop_assert_eq!(prose(&mended), prose(&here), "{}", context);
            }
        }
    }
}

/// What plain text has no markup for.
#[derive(Clone, Debug)]
enum Piece {
    Heading(&'static str),
    /// A sentence behind words of code, in which no mark is one.
    Code(&'static str),
    List(Vec<Item>),
    /// Rows of two cells.
    Table(Vec<[&'static str; 2]>),
    /// Lines of a program.
    Program,
}

#[derive(Clone, Debug)]
struct Item {
    sentence: &'static str,
    /// The note on it, if there is one.
    note: Option<&'static str>,
    inner: Vec<&'static str>,
}

fn piece() -> impl Strategy<Value = Piece> {
    let sentence = || prop::sample::select(SENTENCES);
    let item = (sentence(), prop::option::of(sentence()), prop::collection::vec(sentence(), 0..3));
    let item = item.prop_map(|(sentence, note, inner)| Item { sentence, note, inner });
    prop_oneof![
        sentence().prop_map(Piece::Heading),
        sentence().prop_map(Piece::Code),
        prop::collection::vec(item, 1..4).prop_map(Piece::List),
        prop::collection::vec([sentence(), sentence()], 2..4).prop_map(Piece::Table),
        Just(Piece::Program),
    ]
}

/// Writes pieces in a format with markup.
struct Writer {
    format: Format,
    out: String,
    notes: String,
    count: usize,
}

impl Writer {
    fn escaped(&self, text: &str) -> String {
        text.chars().map(|c| escaped(c, self.format)).collect()
    }

    fn piece(&mut self, piece: &Piece) {
        let format = self.format;
        match piece {
            Piece::Heading(text) => {
                let text = self.escaped(text);
                self.out += &match format {
                    Format::Html => format!("<h2>{text}</h2>\n"),
                    Format::Tei => format!("<head>{text}</head>\n"),
                    _ => format!("\n## {text}\n\n"),
                };
            }
            Piece::Code(text) => {
                let text = self.escaped(text);
                self.out += &match format {
                    Format::Html => format!("<p><code>‘so\"</code> {text}\n"),
                    Format::Tei => format!("<p><code>‘so\"</code> {text}</p>\n"),
                    _ => format!("\n`‘so\"` {text}\n\n"),
                };
            }
            Piece::List(items) => self.list(items),
            Piece::Table(rows) => self.table(rows),
            Piece::Program => {
                self.out += match format {
                    Format::Html => "<pre class='programlisting'>print ‘so\nprint \"</pre>\n",
                    Format::Tei => "<eg>print ‘so\nprint \"</eg>\n",
                    _ => "\n```\nprint ‘so\nprint \"\n```\n\n",
                };
            }
        }
    }

    fn list(&mut self, items: &[Item]) {
        let [open, open_item, close_item, close] = match self.format {
            Format::Html => ["<ul>", "<li>", "", "</ul>"],
            Format::Tei => ["<list>", "<item>", "</item>", "</list>"],
            _ => ["", "- ", "", ""],
        };
        self.out += &format!("{open}\n");
        for item in items {
            let marker = item.note.map(|note| self.marker(note)).unwrap_or_default();
            let text = self.escaped(item.sentence);
            self.out += &format!("{open_item}{text}{marker}\n");
            if !item.inner.is_empty() && self.format != Format::Markdown {
                self.out += open;
            }
            for inner in &item.inner {
                let text = self.escaped(inner);
                let indent = if self.format == Format::Markdown { "  " } else { "" };
                self.out += &format!("{indent}{open_item}{text}{close_item}\n");
            }
            if !item.inner.is_empty() && self.format != Format::Markdown {
                self.out += close;
            }
            self.out += close_item;
        }
        self.out += &format!("{close}\n");
    }

    fn marker(&mut self, note: &str) -> String {
        self.count += 1;
        let n = self.count;
        let note = self.escaped(note);
        match self.format {
            Format::Html => {
                self.notes += &format!("<p class='note' id='n{n}'>{note}\n");
                format!("<sup><a href='#n{n}'>{n}</a></sup>")
            }
            Format::Tei => {
                self.notes += &format!("<note xml:id='n{n}'>{note}</note>\n");
                format!("<ref target='#n{n}'>{n}</ref>")
            }
            _ => {
                self.notes += &format!("[^{n}]: {note}\n\n");
                format!("[^{n}]")
            }
        }
    }

    fn table(&mut self, rows: &[[&str; 2]]) {
        let [open, row, cell, close_cell, close_row, close] = match self.format {
            Format::Html => ["<table>", "<tr>", "<td>", "", "", "</table>"],
            Format::Tei => ["<table>", "<row>", "<cell>", "</cell>", "</row>", "</table>"],
            _ => ["", "", "| ", " ", "|", ""],
        };
        self.out += &format!("{open}\n");
        for (number, cells) in rows.iter().enumerate() {
            let cells: String = cells
                .iter()
                .map(|text| format!("{cell}{}{close_cell}", self.escaped(text)))
                .collect();
            self.out += &format!("{row}{cells}{close_row}\n");
            if number == 0 && self.format == Format::Markdown {
                self.out += "|---|---|\n";
            }
        }
        self.out += &format!("{close}\n");
    }
}

fn structured(pieces: &[Piece], format: Format) -> String {
    let mut writer = Writer { format, out: String::new(), notes: String::new(), count: 0 };
    for text in OPENING {
        writer.out += &match format {
            Format::Html => format!("<p>{text}\n"),
            Format::Tei => format!("<p>{text}</p>\n"),
            _ => format!("{text}\n\n"),
        };
    }
    for piece in pieces {
        writer.piece(piece);
        // Two lists, one after the other, would be one in Markdown.
        if format == Format::Markdown {
            writer.out += "\n<!-- -->\n\n";
        }
    }
    let Writer { out, notes, .. } = writer;
    match format {
        Format::Html => format!("<html lang='en'><body>\n{out}{notes}</body></html>\n"),
        Format::Tei => format!(
            "<TEI xml:lang='en'><text><body><div>\n{out}</div></body><back>{notes}</back></text></TEI>\n"
        ),
        _ => format!("{out}{notes}"),
    }
}

proptest! {
    #[test]
    fn lists_tables_and_code_are_the_same_in_every_markup(
        pieces in prop::collection::vec(piece(), 1..6),
    ) {
        let read = |format| analyse(structured(&pieces, format).into(), format, &settings());
        let page = read(Format::Html);
        let expected = found(&page, &judge(&page));
        for format in [Format::Markdown, Format::Tei] {
            let analysis = read(format);
            let context = format!("{format:?}:\n{}", &analysis.source);
            // The signs around code of Markdown belong to it.
            let here: Vec<_> = prose(&analysis).iter().map(|text| text.replace('`', "")).collect();
            prop_assert_eq!(prose(&page), here, "{}", context);
            assert_is_mapped(&analysis, format);
            assert_same(&expected, &found(&analysis, &judge(&analysis)), &context);
        }
    }
}

/// What is left when the first fix of every finding was made.
fn mended(source: &str, format: Format) -> String {
    let analysis = analyse(Arc::from(source), format, &settings());
    repaired(&judge(&analysis), source)
}

#[test]
fn a_quotation_opens_behind_the_label_of_a_note_and_does_not_go_on_in_the_next() {
    let page = "<p>So it was.<a href='#n1'>1</a> And so.<a href='#n2'>2</a></p>\n\
                <p class='note' id='n1'><a href='#r1'>1</a> He called it ‘a mistake’, and so it was.\n\
                <p class='note' id='n2'><a href='#r2'>2</a> I will not go there,’ he answered.\n";
    let expected = page.replace("I will", "‘I will");
    assert_eq!(mended(page, Format::Html), expected);
    // What the first leaves open the second does not take up.
    let notes = "One.[1] Two.[2]\n\nNotes\n\n[1] He called it ‘a mistake and went away.\n\n\
                 [2] ‘It is so,’ said Trotsky, ‘and it was never otherwise.’\n";
    let analysis = analyse(Arc::from(notes), Format::Plain, &settings());
    let found = judge(&analysis);
    let rules: Vec<_> = found.iter().map(|one| (one.rule, one.span.of(notes))).collect();
    assert_eq!(rules, [("unbalanced-quotes", "‘")]);
}

#[test]
fn a_soft_hyphen_is_nothing_however_it_is_written() {
    for hyphen in ["&shy;", "&#173;", "&#xAD;", "\u{ad}"] {
        let text = format!("The dele{hyphen}gates went home.\n");
        for (format, source) in [
            (Format::Markdown, text.clone()),
            (Format::Html, format!("<p>{text}</p>")),
            (Format::Tei, format!("<TEI><p>{}</p></TEI>", text.replace("&shy;", "&#173;"))),
        ] {
            let analysis = analyse(Arc::from(source), format, &settings());
            assert_eq!(prose(&analysis), ["The delegates went home."], "{hyphen} {format:?}");
        }
    }
}

#[test]
fn a_missing_mark_stands_where_italics_end_and_behind_code() {
    for (page, expected) in [
        (
            "<p>As he put it, <i>“the party must lead the class</i> in all of this. They had no say.</p>",
            "<p>As he put it, <i>“the party must lead the class”</i> in all of this. They had no say.</p>",
        ),
        (
            "<p>She called it “a crime” and stayed.</p><p>The party <i>must lead the class”</i> in this.</p>",
            "<p>She called it “a crime” and stayed.</p><p>The party <i>“must lead the class”</i> in this.</p>",
        ),
        (
            "<p>She called it “a crime” and stayed.</p><p><code>check</code>” is what he typed.</p>",
            "<p>She called it “a crime” and stayed.</p><p>“<code>check</code>” is what he typed.</p>",
        ),
        (
            "<p>He had typed “<code>check</code>, and went home as he always did.</p>",
            "<p>He had typed “<code>check</code>”, and went home as he always did.</p>",
        ),
        (
            "<p>He had typed “<code>apt <em>check</em></code>, and went home as he always did.</p>",
            "<p>He had typed “<code>apt <em>check</em></code>”, and went home as he always did.</p>",
        ),
        (
            "<p>She called it “a crime” and stayed.</p><p><code><em>check</em> it</code>” is what he typed.</p>",
            "<p>She called it “a crime” and stayed.</p><p>“<code><em>check</em> it</code>” is what he typed.</p>",
        ),
        (
            "<p lang='de'>Er sagte \"so\".</p><p lang='de'>Das Ziel \"<code>/lib/default.target</code> (alt) blieb.</p>",
            "<p lang='de'>Er sagte \"so\".</p><p lang='de'>Das Ziel \"<code>/lib/default.target</code>\" (alt) blieb.</p>",
        ),
    ] {
        assert_eq!(mended(page, Format::Html), expected);
    }
}

#[test]
fn a_note_on_the_last_word_does_not_tell_that_a_quotation_goes_on() {
    let paragraphs = [
        "He called it ‘a mistake and went away.",
        "‘It is so,’ said Trotsky, ‘and it was never otherwise.’ They said that Trotsky’s café was shut — \
         for good.",
    ];
    let paragraphs = paragraphs.map(|sentence| Paragraph {
        kind: Kind::Noted,
        sentences: vec![sentence],
        cuts: Vec::new(),
        note: SENTENCES[0],
    });
    let manner =
        Manner { has_capitals: false, closes_paragraphs: true, has_crlf: false, has_mark: false };
    for format in [Format::Plain, Format::Markdown, Format::Html, Format::Tei] {
        let bytes = document(&paragraphs, format, manner);
        let file = SourceFile::decode(&bytes).expect("a text");
        let analysis = analyse(Arc::clone(&file.text), format, &settings());
        let rules: Vec<_> = judge(&analysis).iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["unbalanced-quotes"], "{format:?}");
    }
}
