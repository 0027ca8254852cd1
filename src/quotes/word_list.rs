//! Words that are looked for beside every mark, and hardly ever found.

use rustc_hash::FxHashMap;

/// The words of a list that is kept as data, whose lines with `#` at their head say where it is from.
pub(super) fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

/// Words of a list, with what is told of each.
pub(super) struct WordList<V> {
    told: FxHashMap<&'static str, V>,
    /// For each byte with which a word may begin the lengths of the words that do, one bit each; of most
    /// words that are not listed this tells without a search.
    lengths: [u32; 256],
}

impl<V> WordList<V> {
    /// Adds a word, or changes what is told of it.
    pub(super) fn insert(&mut self, word: &'static str, told: V) {
        let (first, length) = shape(word);
        self.lengths[first] |= length;
        self.told.insert(word, told);
    }

    /// What is told of a word.
    pub(super) fn get(&self, word: &str) -> Option<&V> {
        let (first, length) = shape(word);
        if self.lengths[first] & length == 0 { None } else { self.told.get(word) }
    }

    /// Whether a word is listed.
    pub(super) fn contains(&self, word: &str) -> bool {
        let (first, length) = shape(word);
        // There is only one word of one byte with a shape.
        self.lengths[first] & length != 0 && (word.len() == 1 || self.told.contains_key(word))
    }
}

/// The first byte of a word, and the bit of its length; all long words have one length.
fn shape(word: &str) -> (usize, u32) {
    let first = word.as_bytes().first().copied().unwrap_or_default();
    (usize::from(first), 1 << word.len().min(31))
}

impl<V> Default for WordList<V> {
    fn default() -> Self {
        Self { told: FxHashMap::default(), lengths: [0; 256] }
    }
}

impl<V> FromIterator<(&'static str, V)> for WordList<V> {
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(words: I) -> Self {
        let mut list = Self::default();
        words.into_iter().for_each(|(word, told)| list.insert(word, told));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn words_are_told_from_others_of_their_shape() {
        let long = "thousandsofleaguesunderneaththesea";
        let words = [("tis", 1), ("twas", 2), ("’em", 3), (long, 4), ("tis", 5)];
        let list: WordList<u32> = words.into_iter().collect();
        let get = |word| list.get(word).copied();
        assert_eq!(
            [get("tis"), get("twas"), get("’em"), get(long)],
            [Some(5), Some(2), Some(3), Some(4)]
        );
        assert_eq!([get("the"), get("is"), get("’im"), get(&long[1..]), get("")], [None; 5]);
    }

    #[test]
    fn a_letter_is_listed_only_by_itself() {
        let list: WordList<()> = ["o", "an", "’e"].into_iter().map(|word| (word, ())).collect();
        let listed = ["o", "an", "’e"].map(|word| list.contains(word));
        let others = ["a", "on", "at", "’", "e", ""].map(|word| list.contains(word));
        assert_eq!((listed, others), ([true; 3], [false; 6]));
    }
}
