//! What the look-up of a name costs beside ten thousand, a hundred thousand and a million others:
//! its keys, and the words of the corpus that share one. It must not grow with the corpus.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rubricator::corpus::CorpusIndex;
use rubricator::figures::Authority;
use rubricator::markup::Language;

const ONSETS: [&str; 20] = [
    "b", "v", "g", "d", "zh", "z", "k", "l", "m", "n", "p", "r", "s", "t", "f", "kh", "ts", "ch",
    "sh", "br",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const ENDINGS: [&str; 10] =
    ["ov", "ev", "in", "sky", "enko", "ovich", "yan", "adze", "skaya", "uk"];

/// The name of a number: no two are alike.
fn name(mut number: usize) -> String {
    let mut text = String::new();
    for _ in 0..3 {
        text.push_str(ONSETS[number % ONSETS.len()]);
        number /= ONSETS.len();
        text.push_str(VOWELS[number % VOWELS.len()]);
        number /= VOWELS.len();
    }
    text.push('l');
    text.push_str(ENDINGS[number % ENDINGS.len()]);
    text[..1].to_uppercase() + &text[1..]
}

fn lookup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lookup");
    group.sample_size(30);
    for size in [10_000, 100_000, 1_000_000] {
        let index = CorpusIndex::new(Authority::default().into(), None);
        let names = index.names();
        // A step that is no divisor spreads the names over all letters.
        let ids: Vec<_> = (0..size)
            .map(|number| names.intern(&name(number * 7_919 % 10_000_000), Language::ENGLISH))
            .collect();
        let mut next = 0;
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| {
                next = (next + 104_729) % size;
                let word = names.text(ids[next]);
                let known = rubricator::names::buckets(black_box(&word)).len();
                known + names.related(ids[next]).len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
