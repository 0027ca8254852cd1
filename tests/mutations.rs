//! Whatever a text looks like, it is read: samples in which words were lost, doubled, swapped or
//! replaced by things that upset readers are judged like any other text.

mod support;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use rubricator::corpus::{Analysis, CorpusIndex, DocumentFacts, Settings, analyse, analyse_after};
use rubricator::figures::Authority;
use rubricator::markup::Format;
use rubricator::rules::{Finding, Levels, corpus_findings, document_findings};
use rubricator::text::SourceFile;
use support::repaired::repaired;
use support::samples;

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

fn texts() -> &'static [(Format, String)] {
    static SAMPLES: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
        let read = |path: PathBuf| {
            let format = Format::of_path(&path)?;
            let bytes = fs::read(samples::folder().join(path)).expect("readable");
            Some((format, SourceFile::decode(&bytes).ok()?.text.to_string()))
        };
        samples::files().into_iter().filter_map(read).collect()
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_mutated_text_is_read_and_judged(
        sample in prop::sample::select(texts()),
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

proptest! {
    // Each of them reads a long text again and again.
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Typing in a long document: each version is read on from the one before.
    #[test]
    fn what_is_read_on_is_what_would_be_read_anew(
        sample in prop::sample::select(long_samples()),
        mutations in prop::collection::vec(edit(), 1..8),
    ) {
        let (format, mut text) = sample;
        let settings = Settings::default();
        let mut edited = analyse(Arc::from(text.as_str()), format, &settings);
        // The second reading is the first from which the next can go on.
        edited = analyse_after(&edited, Arc::clone(&edited.source), &settings);
        for mutation in &mutations {
            mutate(&mut text, mutation);
            let source: Arc<str> = Arc::from(text.as_str());
            edited = analyse_after(&edited, Arc::clone(&source), &settings);
            let fresh = analyse(source, format, &settings);
            assert_same(&edited, &fresh, mutation);
        }
        let fresh = analyse(Arc::from(text.as_str()), format, &settings);
        prop_assert_eq!(judge(&edited, &settings), judge(&fresh, &settings));
    }
}

/// What is never closed ends behind the place from which the old reading is taken over, and began
/// before what was changed.
#[test]
fn what_began_before_a_change_and_never_ends_stays_where_it_was() {
    let settings = Settings::default();
    let page = |word| {
        let paragraph = "<p>The delegates went home and nobody saw them off.</p>\n".repeat(1000);
        format!("<div>\n<blockquote>\n<p>One {word}.</p>\n{paragraph}")
    };
    let first = analyse(Arc::from(page("two")), Format::Html, &settings);
    let second = analyse_after(&first, Arc::clone(&first.source), &settings);
    let third = analyse_after(&second, Arc::from(page("three")), &settings);
    let problems: Vec<_> =
        third.document.problems.iter().map(|problem| problem.span.of(&third.source)).collect();
    assert_eq!(problems, ["<blockquote>"]);
}

/// The samples, each several times as long as what is read anew after a change.
fn long_samples() -> Vec<(Format, String)> {
    let long = |text: &str| text.repeat(60_000 / text.len());
    texts().iter().map(|(format, text)| (*format, long(text))).collect()
}

/// What upsets what is open as well as what is read.
fn edit() -> impl Strategy<Value = Mutation> {
    let tags = vec![
        "x",
        " ",
        "<i>",
        "</i>",
        "<b id=\"n1\">",
        "<div lang=\"de\">",
        "</div>",
        "<div xml:id=\"d1\">",
        "</body>",
        "<ul><li>",
        "<blockquote>",
        "<p>",
        "<p class=\"note\">",
        "<script>",
        "<!-- rubricator: ignore -->",
        "<base href=\"a/\">",
        "<prefixDef ident=\"p\" matchPattern=\"(.+)\" replacementPattern=\"#$1\"/>",
        "<div xml:base=\"a/\">",
        "<a href=\"#n1\">1</a>",
        "<!DOCTYPE TEI [<!ENTITY who \"Trotskii\">]>",
        "&who;",
        "\n\n[^9]: A note.\n\n",
        "\n\n[who]: #note \"Who\"\n\n",
        "[who]",
        "\n\n# A heading\n\n",
        "\n\n(1) A note.\n\n",
        "\n\n* A note with a sign.\n\n",
        "the word*",
        "the word(1)",
        "the word¹",
        "\n\nОн сказал, что это было вчера.\n\n",
        "\n\nDas ist nicht der Anfang, und er weiß es.\n\n",
        "\n\n- an item\n\n",
        "\n```\n",
    ];
    let tag = (0..1000_usize, prop::sample::select(tags));
    prop_oneof![
        2 => tag.prop_map(|(at, what)| Mutation::Insert(at, what)),
        1 => mutation(),
    ]
}

/// Whether two readings of one text state the same.
fn assert_same(edited: &Analysis, fresh: &Analysis, mutation: &Mutation) {
    let (one, other) = (&edited.document, &fresh.document);
    assert_eq!(one.language, other.language, "{mutation:?}");
    let blocks = one.blocks.iter().zip(&other.blocks);
    for (number, (one, other)) in blocks.enumerate() {
        let [one, other] = [one, other].map(|block| format!("{block:?}"));
        assert_eq!(one, other, "block {number} after {mutation:?}");
    }
    assert_eq!(one.blocks.len(), other.blocks.len(), "{mutation:?}");
    assert_eq!(one.anchors, other.anchors, "{mutation:?}");
    assert_eq!(one.note_numbers, other.note_numbers, "{mutation:?}");
    assert_eq!(one.pointers, other.pointers, "{mutation:?}");
    assert_eq!(one.ignores, other.ignores, "{mutation:?}");
    assert_eq!(one.problems, other.problems, "{mutation:?}");
    assert_eq!(edited.quotes.blocks, fresh.quotes.blocks, "{mutation:?}");
    for number in 0..fresh.document.blocks.len() {
        assert_eq!(edited.mentions_of(number), fresh.mentions_of(number), "{mutation:?}");
    }
    assert_eq!(edited.references, fresh.references, "{mutation:?}");
}
