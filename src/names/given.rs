//! Given names that are written in several ways.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

static ROWS: LazyLock<FxHashMap<String, usize>> = LazyLock::new(|| {
    let lines = include_str!("data/given.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .enumerate()
        .flat_map(|(row, line)| line.split('\t').map(move |name| (name.to_lowercase(), row)))
        .collect()
});

/// Which of them a word in small letters is: all spellings of one name have one number.
pub(super) fn number(word: &str) -> Option<usize> {
    ROWS.get(word).copied()
}

/// Whether a word is a given name that is written in several ways.
pub fn is_given(word: &str) -> bool {
    number(&word.to_lowercase()).is_some()
}
