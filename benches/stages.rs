//! One benchmark a stage: decode, segment, quotes, names, the whole check; what a paragraph of ten megabytes
//! of nothing but marks costs; and what a keystroke costs in a document of a megabyte, in corpora of several
//! sizes: a letter in the midst of it, and a name that all documents have and that this one, the first of them, loses and regains.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rubricator::corpus::{
    Analysis, BlockFacts, CorpusIndex, DocumentFacts, Settings, analyse, analyse_after,
    analyse_once,
};
use rubricator::figures::Authority;
use rubricator::markup::{self, Format};
use rubricator::rules::{Levels, corpus_findings, document_findings};
use rubricator::text::{Buffer, Change, Position, PositionEncoding, SourceFile};
use rubricator::{names, quotes};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The plain text that `RUBRICATOR_BENCH_TEXT` names, or a megabyte of the samples, one after the other.
fn text() -> String {
    if let Some(path) = std::env::var_os("RUBRICATOR_BENCH_TEXT") {
        return std::fs::read_to_string(path).expect("the text to measure with");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let samples: String = files
        .iter()
        .map(|path| std::fs::read(path).expect("readable"))
        .filter_map(|bytes| SourceFile::decode(&bytes).ok())
        .map(|file| format!("{}\n\n", file.text))
        .collect();
    samples.repeat(1_000_000 / samples.len() + 1)
}

fn stages(criterion: &mut Criterion) {
    let text = text();
    let source: Arc<str> = Arc::from(text.as_str());
    let settings = Settings::default();
    let document = markup::read(&text, Format::Plain, None);
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(20);

    group.bench_function("decode", |b| b.iter(|| SourceFile::decode(black_box(text.as_bytes()))));
    group.bench_function("segment", |b| b.iter(|| markup::read(&text, Format::Plain, None)));
    group.bench_function("quotes", |b| {
        b.iter(|| quotes::read(&text, black_box(&document), &settings.quotes));
    });
    group.bench_function("names", |b| {
        b.iter(|| {
            let blocks = document.blocks.iter();
            let count = |block| names::mentions(markup_text(block, &text), block);
            blocks.map(|block| count(block).len()).sum::<usize>()
        });
    });
    group.bench_function("check", |b| b.iter(|| check(Arc::clone(&source), &settings)));
    group.finish();
}

/// What paragraphs of marks have again and again: straight and typographic ones, of one kind and of two, in
/// balance and without.
const MARKS: [(&str, &str); 7] = [
    ("straight single", "'a' 'b c' 'd' "),
    ("straight double", "\"a\" \"b c\" \"d\" "),
    ("straight", "\"a\" 'b' \"c\" 'd' "),
    ("single", "‘a’ ‘b c’ ‘d’ "),
    ("of both kinds", "‘a’ “b” ‘c’ “d” "),
    ("openers", "“‘“‘"),
    ("among words", "'the' said \"old\" man 'it' went "),
];

/// A paragraph of ten megabytes in several formats, read and asked for its quotations and mistakes: that shall
/// take less than a second.
fn one_paragraph(criterion: &mut Criterion) {
    const BYTES: usize = 10_000_000;
    let settings = Settings::default();
    let levels = Levels::default();
    let mut group = criterion.benchmark_group("one paragraph");
    group.throughput(Throughput::Bytes(BYTES as u64));
    group.sample_size(10);
    for (what, piece) in MARKS {
        let text = piece.repeat(BYTES / piece.len());
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            // In a page it is declared to be English.
            let source: Arc<str> = Arc::from(document_of(format, &text));
            let index = CorpusIndex::new(Authority::builtin(), None);
            group.bench_function(format!("{what}, {format:?}"), |b| {
                b.iter(|| {
                    let analysis = analyse_once(Arc::clone(&source), format, &settings);
                    let facts = DocumentFacts::of(&analysis, &index);
                    document_findings(&analysis, &facts, &settings, &levels).len()
                });
            });
        }
    }
    group.finish();
}

/// The paragraphs of the samples as a document of a format.
fn document_of(format: Format, text: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|one| !one.is_empty());
    let tagged = |one: &str| format!("<p>{}</p>\n", escaped(one));
    match format {
        Format::Plain => text.to_owned(),
        Format::Markdown => paragraphs.map(|one| format!("{one}\n\n")).collect(),
        Format::Html => {
            let body: String = paragraphs.map(tagged).collect();
            format!("<html lang=\"en\"><body>\n{body}</body></html>\n")
        }
        Format::Tei => {
            let body: String = paragraphs.map(tagged).collect();
            format!("<TEI><text xml:lang=\"en\"><body>\n{body}</body></text></TEI>\n")
        }
    }
}

fn keystroke(criterion: &mut Criterion) {
    let text = text();
    let settings = Settings::default();
    let mut group = criterion.benchmark_group("keystroke");
    group.sample_size(20);
    for files in [10, 1_000, 10_000] {
        let index = CorpusIndex::new(Authority::builtin(), None);
        for number in 0..files {
            let start = text.floor_char_boundary(number * 997 % (text.len() - 8_000));
            let part = &text[start..text.floor_char_boundary(start + 8_000)];
            let part = format!("{COMMON}{part}");
            let analysis = analyse(Arc::from(part), Format::Plain, &settings);
            let facts = DocumentFacts::of(&analysis, &index);
            index.insert(Arc::from(format!("{number:05}.txt")), facts);
        }
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Tei] {
            let document = document_of(format, &format!("{COMMON}{text}"));
            let mut typing = Typing::new(&document, format, &index);
            let line = document.lines().count() / 3;
            let at = Position { line: line as u32, character: 8 };
            group.bench_function(format!("{format:?}, {files} files"), |b| {
                b.iter(|| typing.replace((at, at), "x"));
            });
            let before = document.lines().take_while(|line| !line.contains(NAME)).count();
            let found = document.lines().nth(before).and_then(|line| line.find(NAME));
            let start = Position { line: before as u32, character: found.expect("there") as u32 };
            let end = Position { character: start.character + NAME.len() as u32, ..start };
            let mut is_there = true;
            group.bench_function(format!("a name of all, {format:?}, {files} files"), |b| {
                b.iter(|| {
                    is_there = !is_there;
                    let (to, word) = if is_there { (start, NAME) } else { (end, "") };
                    typing.replace((start, to), word)
                });
            });
            index.remove(Typing::DOCUMENT);
        }
    }
    group.finish();
}

/// What the documents of a corpus have in common, and the name in it.
const COMMON: &str = "The letter was from Mr Kostromitin.\n\n";
const NAME: &str = "Kostromitin";

/// A document that somebody edits.
struct Typing<'i> {
    index: &'i CorpusIndex,
    settings: Settings,
    levels: Levels,
    buffer: Buffer,
    analysis: Analysis,
    known: BlockFacts,
}

impl<'i> Typing<'i> {
    /// Before all others, so that the first places of a name are in it.
    const DOCUMENT: &'static str = "0";

    fn new(text: &str, format: Format, index: &'i CorpusIndex) -> Self {
        let settings = Settings::default();
        let buffer = Buffer::new(text, 0);
        let analysis = analyse(buffer.text(), format, &settings);
        let known = BlockFacts::default();
        Self { index, settings, levels: Levels::default(), buffer, analysis, known }
    }

    /// Types over a range; gives the number of findings.
    fn replace(&mut self, range: (Position, Position), text: &str) -> usize {
        let change = Change { range: Some(range), text: text.to_owned() };
        self.buffer.apply(&[change], 1, PositionEncoding::Utf16);
        let Self { index, settings, levels, .. } = self;
        let analysis = analyse_after(&self.analysis, self.buffer.text(), settings);
        let before = std::mem::replace(&mut self.analysis, analysis);
        let facts = DocumentFacts::after(&self.analysis, index, Some(&before), &mut self.known);
        let own = document_findings(&self.analysis, &facts, settings, levels).len();
        index.insert(Arc::from(Self::DOCUMENT), facts);
        let view = index.view(Self::DOCUMENT).expect("just inserted");
        own + corpus_findings(&view, settings, levels).len()
    }
}

/// The text cut into files of a few pages: reading and segmenting them, and all that is done for the
/// names in them, which must not cost more. Both are timed in one run over the files, since what the other
/// stages leave in the caches of the processor is part of what a stage costs.
fn names_beside_reading(criterion: &mut Criterion) {
    let text = text();
    let folder = tempfile::tempdir().expect("a folder for the files");
    let mut documents: Vec<Arc<str>> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(10_000));
        let name = format!("{:06}.txt", documents.len());
        std::fs::write(folder.path().join(&name), piece).expect("written");
        documents.push(Arc::from(name));
        rest = behind;
    }
    let mut group = criterion.benchmark_group("files");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10);
    let runs = |rounds| (0..rounds).map(|_| Costs::of_run(folder.path(), &documents));
    group.bench_function("read and segment", |b| {
        b.iter_custom(|rounds| runs(rounds).map(|costs| costs.reading).sum());
    });
    group.bench_function("names", |b| {
        b.iter_custom(|rounds| runs(rounds).map(|costs| costs.names).sum());
    });
    group.finish();
}

/// What two stages of a run cost.
struct Costs {
    /// Reading the files, decoding and segmenting them.
    reading: Duration,
    /// Finding the names, counting them and asking the rules about them.
    names: Duration,
}

impl Costs {
    fn of_run(folder: &Path, documents: &[Arc<str>]) -> Self {
        let settings = Settings::default();
        let mut levels = Levels::none();
        for rule in ["name-variant", "name-misprint"] {
            levels.set(rule, Levels::default().get(rule));
        }
        let index = CorpusIndex::new(Authority::builtin(), None);
        index.expect(documents);
        let mut costs = Self { reading: Duration::ZERO, names: Duration::ZERO };
        for name in documents {
            let start = Instant::now();
            let bytes = std::fs::read(folder.join(&**name)).expect("written before");
            let text = SourceFile::decode(&bytes).expect("it was text").text;
            drop(black_box(markup::read(&text, Format::Plain, None)));
            costs.reading += start.elapsed();
            let analysis = analyse_once(text, Format::Plain, &settings);
            let start = Instant::now();
            index.insert(Arc::clone(name), DocumentFacts::of(&analysis, &index));
            costs.names += start.elapsed();
        }
        let start = Instant::now();
        let views = documents.iter().filter_map(|name| index.view(name));
        black_box(
            views.map(|view| corpus_findings(&view, &settings, &levels).len()).sum::<usize>(),
        );
        costs.names += start.elapsed();
        costs
    }
}

fn markup_text<'a>(block: &'a markup::Block, text: &'a str) -> &'a str {
    block.prose.text(text)
}

fn check(source: Arc<str>, settings: &Settings) -> usize {
    let index = CorpusIndex::new(Authority::builtin(), None);
    let analysis = analyse(source, Format::Plain, settings);
    let facts = DocumentFacts::of(&analysis, &index);
    let levels = Levels::default();
    let own = document_findings(&analysis, &facts, settings, &levels).len();
    index.insert(Arc::from("text"), facts);
    let view = index.view("text").expect("just inserted");
    own + corpus_findings(&view, settings, &levels).len()
}

criterion_group!(benches, stages, one_paragraph, names_beside_reading, keystroke);
criterion_main!(benches);
