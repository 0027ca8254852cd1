//! Does a spelling follow a scheme? Told by the original that two spellings of one name share.
//!
//! Trotskiy alone might be anything. Beside Trotsky it is what BGN/PCGN writes for Троцкий, of
//! which newspapers write Trotsky: there is an original that explains both.

use rustc_hash::FxHashSet;

use super::script::Native;
use super::table::Table;
use super::{Scheme, table, without_diacritics};

/// Languages whose names are read back letter by letter, the more frequent ones first.
const READABLE: &[Native] = &[
    Native::Russian,
    Native::Ukrainian,
    Native::Belarusian,
    Native::Bulgarian,
    Native::Serbian,
    Native::Macedonian,
    Native::Greek,
    Native::Georgian,
    Native::Armenian,
];

/// How many originals are tried for a pair of schemes.
const MOST_ORIGINALS: usize = 64;

/// The scheme of `other`, if some original is `word` under `scheme` and `other` under that
/// one, but not both under `scheme`. Diacritics and signs count for nothing.
pub fn scheme_beside(word: &str, other: &str, scheme: Scheme) -> Option<Scheme> {
    let (word, other) = (plain(word), plain(other));
    READABLE.iter().find_map(|&language| {
        let table = table(language);
        let own = table.schemes.iter().position(|one| *one == scheme)?;
        let mut theirs = (0..table.schemes.len()).filter(|column| *column != own);
        let found = theirs.find(|&their| {
            let mut pair = Pair { table, word: &word, other: &other, own, their, originals: 0 };
            pair.has_original(&mut String::new(), 0, 0, &mut FxHashSet::default())
        })?;
        Some(table.schemes[found])
    })
}

/// Two spellings, each under a column of one table.
struct Pair<'w> {
    table: &'static Table,
    word: &'w str,
    other: &'w str,
    own: usize,
    their: usize,
    originals: usize,
}

impl Pair<'_> {
    fn has_original(
        &mut self,
        original: &mut String,
        at: usize,
        there: usize,
        dead: &mut FxHashSet<(usize, usize)>,
    ) -> bool {
        if at == self.word.len() && there == self.other.len() {
            self.originals += 1;
            return self.explains(original);
        }
        if self.originals >= MOST_ORIGINALS || dead.contains(&(at, there)) {
            return false;
        }
        let tried = self.originals;
        for (letters, cells) in self.table.letters() {
            let own = plain_outputs(&cells[self.own], &self.word[at..]);
            let their = plain_outputs(&cells[self.their], &self.other[there..]);
            for (a, b) in own.iter().flat_map(|a| their.iter().map(move |b| (*a, *b))) {
                // A letter that neither writes adds nothing.
                if a + b == 0 {
                    continue;
                }
                let length = original.len();
                original.push_str(letters);
                let found = self.has_original(original, at + a, there + b, dead);
                original.truncate(length);
                if found {
                    return true;
                }
            }
        }
        if self.originals == tried {
            dead.insert((at, there));
        }
        false
    }

    fn explains(&self, original: &str) -> bool {
        let writes = |column: usize, text: &str| {
            self.table.romanise(original, column).iter().any(|one| plain(one) == text)
        };
        writes(self.own, self.word)
            && writes(self.their, self.other)
            && !writes(self.own, self.other)
    }
}

/// The lengths of those spellings of a cell with which a word begins.
fn plain_outputs(cell: &super::table::Cell, word: &str) -> Vec<usize> {
    let spellings = cell.iter().flat_map(super::table::Case::spellings);
    let mut lengths: Vec<usize> = spellings
        .map(plain)
        .filter(|text| word.starts_with(text.as_str()))
        .map(|text| text.len())
        .collect();
    lengths.sort_unstable();
    lengths.dedup();
    lengths
}

fn plain(text: &str) -> String {
    without_diacritics(&text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(word: &str, other: &str, scheme: &str) -> Option<&'static str> {
        scheme_beside(word, other, Scheme::of(scheme).expect("known")).map(Scheme::id)
    }

    #[test]
    fn an_original_that_explains_both_tells_the_schemes() {
        assert!(beside("Trotskiy", "Trotsky", "bgn-pcgn").is_some());
        assert!(beside("Trotskii", "Trotsky", "ala-lc").is_some());
        assert_eq!(beside("Trotsky", "Trotskii", "ala-lc"), None);
        assert_eq!(beside("Trotsky", "Trotskii", "bgn-pcgn"), None);
        assert!(beside("Kaganowitsch", "Kaganovich", "german").is_some());
        assert!(beside("Venizelos", "Benizelos", "elot-743").is_some());
        assert_eq!(beside("Smith", "Smyth", "german"), None);
    }
}
