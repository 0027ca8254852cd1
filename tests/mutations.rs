//! Whatever a text looks like, it is read: samples in which words were lost, doubled, swapped or
//! replaced by things that upset readers are judged like any other text.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use rubricator::corpus::{Analysis, CorpusIndex, DocumentFacts, Settings, analyse, analyse_after};
use rubricator::figures::Authority;
use rubricator::markup::Format;
use rubricator::rules::{Finding, Levels, corpus_findings, document_findings};
use rubricator::text::SourceFile;

/// Things that stand in no clean text.
const UPSETTING: &[&str] = &[
    "‘",
    "’",
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    "\"",
    "<",
    ">",
    "</p>",
    "<p>",
    "<!--",
    "-->",
    "&",
    "&rsquo;",
    "&#0;",
    "&#x110000;",
    "]]>",
    "<![CDATA[",
    "<?",
    "<note>",
    "</note>",
    "<choice>",
    "<sup>",
    "[^1]",
    "[3]",
    "](",
    "```",
    "    ",
    "\n\n",
    "\r",
    "\n> ",
    "\u{0}",
    "\u{c}",
    "\u{2028}",
    "\u{feff}",
    "\u{301}",
    "\u{ad}",
    "𐀀",
    "ﬁ",
    "שלום",
    "Ж",
    "[sic]",
    "<!-- rubricator: off -->",
    "---\n",
    "* ",
    "|",
    "Trotskii’s’",
];

fn samples() -> &'static [(Format, String)] {
    static SAMPLES: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let entries = fs::read_dir(folder).expect("the samples");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let format = Format::of_path(path)?;
            let bytes = fs::read(path).expect("readable");
            Some((format, SourceFile::decode(&bytes).ok()?.text.to_string()))
        };
        paths.iter().filter_map(read).collect()
    });
    &SAMPLES
}

/// What is done to a text at a place, which is given in thousandths of its length.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(usize, &'static str),
    Delete(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        4 => (0..1000_usize, prop::sample::select(UPSETTING)).prop_map(|(at, what)| Mutation::Insert(at, what)),
        2 => (0..1000_usize, 1..60_usize).prop_map(|(at, length)| Mutation::Delete(at, length)),
        1 => (0..1000_usize, 1..300_usize).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        1 => (500..1000_usize).prop_map(Mutation::Cut),
    ]
}

fn mutate(text: &mut String, mutation: &Mutation) {
    let place = |at: usize| text.floor_char_boundary(text.len() * at / 1000);
    let end = |from: usize, length: usize| text.ceil_char_boundary((from + length).min(text.len()));
    match *mutation {
        Mutation::Insert(at, what) => text.insert_str(place(at), what),
        Mutation::Delete(at, length) => {
            let from = place(at);
            let to = end(from, length);
            text.replace_range(from..to, "");
        }
        Mutation::Repeat(at, length) => {
            let from = place(at);
            let part = text[from..end(from, length)].to_owned();
            text.insert_str(from, &part);
        }
        Mutation::Cut(at) => text.truncate(place(at)),
    }
}

fn judge(analysis: &Analysis, settings: &Settings) -> Vec<Finding> {
    let index = CorpusIndex::new(Authority::builtin(), None);
    let levels = Levels::default();
    let facts = DocumentFacts::of(analysis, &index);
    let mut findings = document_findings(analysis, &facts, settings, &levels);
    index.insert(Arc::from("text"), facts);
    let view = index.view("text").expect("just inserted");
    findings.extend(corpus_findings(&view, settings, &levels));
    findings
}

/// Whether every place of every finding can be cut out of the source.
fn assert_can_be_cut(findings: &[Finding], source: &str) {
    for finding in findings {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let related = finding.related.iter().map(|related| related.span);
        for span in edits.chain(related).chain([finding.span]) {
            assert!(source.get(span.start..span.end).is_some(), "{span:?} of {finding:?}");
        }
    }
}

/// The source with the first fix of every finding that touches no fix before it.
fn repaired(findings: &[Finding], source: &str) -> String {
    let mut edits: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.fixes.first())
        .flat_map(|fix| &fix.edits)
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let (mut text, mut done) = (String::new(), 0);
    for edit in edits {
        if edit.span.start >= done {
            text.push_str(&source[done..edit.span.start]);
            text.push_str(&edit.text);
            done = edit.span.end;
        }
    }
    text + &source[done..]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_mutated_text_is_read_and_judged(
        sample in prop::sample::select(samples()),
        mutations in prop::collection::vec(mutation(), 1..12),
    ) {
        let (format, original) = sample;
        let settings = Settings::default();
        let before = analyse(Arc::from(original.as_str()), format, &settings);
        let mut text = original;
        for mutation in &mutations {
            mutate(&mut text, mutation);
        }
        let source: Arc<str> = text.into();
        let analysis = analyse(Arc::clone(&source), format, &settings);
        let findings = judge(&analysis, &settings);
        assert_can_be_cut(&findings, &source);

        let edited = analyse_after(&before, Arc::clone(&source), &settings);
        prop_assert_eq!(&findings, &judge(&edited, &settings));

        let repaired: Arc<str> = repaired(&findings, &source).into();
        let again = judge(&analyse(Arc::clone(&repaired), format, &settings), &settings);
        assert_can_be_cut(&again, &repaired);
    }
}
