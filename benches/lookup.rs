//! What the look-up of a name costs beside ten thousand others, and beside up to a million: it must not
//! grow with the corpus.
//!
//! `keys` is what has to be computed of a name before it is looked up, and knows no corpus. `corpus` finds a
//! name by its letters and then the other spellings of it that the corpus has: each name has one, so the
//! whole way is gone each time. It takes so many steps whatever the number of names; what a step
//! costs depends on whether the memory that it reads is in the processor's cache. `table`
//! tells how much that is: one step in a bare hash table of so many numbers. (With more names there are
//! also more of which a third spelling is there.)
//!
//! `cargo bench --bench lookup` printed on a quiet machine of two cores:
//!
//! | names | keys | corpus | table |
//! |---|---|---|---|
//! | 10,000 | 2.6 µs | 0.10 µs | 3 ns |
//! | 30,000 | 2.5 µs | 0.12 µs | 3 ns |
//! | 100,000 | 2.6 µs | 0.56 µs | 3 ns |
//! | 300,000 | 3.0 µs | 0.86 µs | 3 ns |
//! | 1,000,000 | 3.0 µs | 1.03 µs | 18 ns |

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rubricator::corpus::{CorpusIndex, DocumentFacts, Settings, analyse_once};
use rubricator::figures::Authority;
use rubricator::markup::{Format, Language};
use rustc_hash::FxHashMap;

const SIZES: [usize; 5] = [10_000, 30_000, 100_000, 300_000, 1_000_000];

/// How many names a document of the corpus has.
const NAMES_A_DOCUMENT: usize = 200;

/// A step that has no divisor in common with the sizes goes through all names without any order.
const STEP: usize = 7_368_787;

/// Hardly any two of these are written alike in a scheme, so that a name has one other spelling and hardly
/// ever a second one.
const ONSETS: [&str; 20] = [
    "b", "v", "g", "d", "k", "l", "m", "n", "p", "r", "t", "br", "gr", "dr", "kr", "pr", "tr",
    "bl", "gl", "pl",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];

/// The name of a number, without its ending: no two are alike.
fn stem(number: usize) -> String {
    let mut rest = number * 7_919 % 1_000_000;
    let mut text = String::new();
    for _ in 0..3 {
        text.push_str(ONSETS[rest % ONSETS.len()]);
        rest /= ONSETS.len();
        text.push_str(VOWELS[rest % VOWELS.len()]);
        rest /= VOWELS.len();
    }
    text[..1].to_uppercase() + &text[1..]
}

/// So many names, each in two spellings.
fn names(size: usize) -> Vec<String> {
    let both = |number| ["lsky", "lskii"].map(|ending| stem(number) + ending);
    (0..size / 2).flat_map(both).collect()
}

/// A corpus in which each name occurs once.
fn corpus(names: &[String]) -> CorpusIndex {
    let index = CorpusIndex::new(Authority::default().into(), None);
    let settings = Settings { language: Some(Language::ENGLISH), ..Settings::default() };
    for (number, part) in names.chunks(NAMES_A_DOCUMENT).enumerate() {
        let text: String =
            part.iter().map(|name| format!("It was of {name} that he spoke.\n")).collect();
        let analysis = analyse_once(Arc::from(text), Format::Plain, &settings);
        let facts = DocumentFacts::of(&analysis, &index);
        index.insert(Arc::from(format!("{number:05}.txt")), facts);
    }
    index
}

fn lookup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lookup");
    group.sample_size(30);
    for size in SIZES {
        let names = names(size);
        let mut last = 0;
        let mut next = || {
            last = (last + STEP) % size;
            last
        };
        group.bench_function(BenchmarkId::new("keys", size), |b| {
            b.iter(|| rubricator::names::buckets(black_box(&names[next()])).len());
        });
        let table: FxHashMap<u64, u64> =
            (0..size as u64).map(|number| (number << 20, number)).collect();
        group.bench_function(BenchmarkId::new("table", size), |b| {
            b.iter(|| table[&black_box((next() as u64) << 20)]);
        });
        drop(table);
        let index = corpus(&names);
        let known = index.names();
        let others = |name: &String| {
            known.find(name, Language::ENGLISH).map_or(0, |name| known.related(name).len())
        };
        let sum: usize = names.iter().map(others).sum();
        assert!(sum >= names.len(), "each name has another spelling");
        group.bench_function(BenchmarkId::new("corpus", size), |b| {
            b.iter(|| {
                let name = known.find(black_box(&names[next()]), Language::ENGLISH).expect("known");
                known.related(name).len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
