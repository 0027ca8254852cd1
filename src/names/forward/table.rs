//! A table of romanisation: for each letter of a script, what each scheme writes for it.
//!
//! The head of `data/romanisation/russian.tsv` says how a table is written.

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::Scheme;

/// The schemes of one language.
#[derive(Debug)]
pub(super) struct Table {
    /// One a column, the best known one first.
    pub(super) schemes: Vec<Scheme>,
    classes: FxHashMap<char, &'static str>,
    rows: FxHashMap<&'static str, Vec<Cell>>,
    /// Letters of the longest row.
    longest: usize,
}

/// What a scheme writes for a row: the first case that fits.
pub(super) type Cell = Vec<Case>;

#[derive(Debug)]
pub(super) struct Case {
    left: Option<char>,
    right: Option<char>,
    /// The usual one first; an empty one writes nothing.
    spellings: Vec<&'static str>,
}

impl Case {
    /// What it writes, the usual spelling first.
    pub(super) fn spellings(&self) -> impl Iterator<Item = &'static str> {
        self.spellings.iter().copied()
    }
}

/// One row's place in a word, bytes of the word.
struct Piece<'t> {
    cells: &'t [Cell],
    start: usize,
    end: usize,
}

/// How many spellings one scheme may give a word.
const MOST_PER_SCHEME: usize = 8;

impl Table {
    /// Reads a table that is part of the program.
    ///
    /// # Panics
    /// If it is badly written.
    pub(super) fn parse(text: &'static str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut classes = FxHashMap::default();
        let head = loop {
            let line = lines.next().expect("a head line");
            let Some(class) = line.strip_prefix('@') else {
                break line;
            };
            let (name, letters) = class.split_once(' ').expect("a class has a name and letters");
            classes.insert(name.chars().next().expect("a name"), letters);
        };
        let scheme = |name| Scheme::of(name).unwrap_or_else(|| panic!("no scheme {name}"));
        let schemes: Vec<Scheme> = head.split('\t').skip(1).map(scheme).collect();
        let rows: FxHashMap<_, Vec<_>> = lines
            .map(|line| {
                let mut cells = line.split('\t');
                let letters = cells.next().expect("letters");
                (letters, cells.map(cell).collect())
            })
            .collect();
        for (letters, cells) in &rows {
            assert_eq!(cells.len(), schemes.len(), "the row of {letters}");
        }
        let longest = rows.keys().map(|row| row.chars().count()).max().unwrap_or(0);
        Self { schemes, classes, rows, longest }
    }

    /// The letters of the rows, without what says where they stand, and their cells.
    pub(super) fn letters(&self) -> impl Iterator<Item = (&'static str, &[Cell])> {
        let cells = self.rows.iter();
        cells.map(|(row, cells)| (row.trim_matches(['^', '$']), cells.as_slice()))
    }

    /// What the scheme of a column writes for a word; none if it has other letters.
    pub(super) fn romanise(&self, word: &str, column: usize) -> SmallVec<[String; 2]> {
        self.romanise_broken(word, column, &[])
    }

    /// The same with a hyphen before the letters at some bytes of the word: letters change
    /// each other's sound across it.
    pub(super) fn romanise_broken(
        &self,
        word: &str,
        column: usize,
        breaks: &[usize],
    ) -> SmallVec<[String; 2]> {
        let pieces = self.pieces(word);
        pieces.map_or_else(SmallVec::new, |pieces| self.join(word, &pieces, column, breaks))
    }

    /// The same for every column, with the scheme.
    pub(super) fn romanise_all(&self, word: &str) -> Vec<(Scheme, SmallVec<[String; 2]>)> {
        let Some(pieces) = self.pieces(word) else {
            return Vec::new();
        };
        let columns = self.schemes.iter().enumerate();
        columns.map(|(column, scheme)| (*scheme, self.join(word, &pieces, column, &[]))).collect()
    }

    fn pieces(&self, word: &str) -> Option<Vec<Piece<'_>>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < word.len() {
            let (cells, end) = self.longest_at(word, start)?;
            pieces.push(Piece { cells, start, end });
            start = end;
        }
        Some(pieces)
    }

    /// The longest row that stands at a place; of two as long, the one that asks for more.
    fn longest_at(&self, word: &str, start: usize) -> Option<(&[Cell], usize)> {
        let rest = &word[start..];
        let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let ends: SmallVec<[usize; 8]> = ends.take(self.longest).collect();
        let mut key = String::new();
        ends.iter().rev().find_map(|&end| {
            for (first, last) in [(true, true), (true, false), (false, true), (false, false)] {
                if first && start > 0 || last && end < rest.len() {
                    continue;
                }
                key.clear();
                key.extend(first.then_some('^'));
                key.push_str(&rest[..end]);
                key.extend(last.then_some('$'));
                if let Some(cells) = self.rows.get(key.as_str()) {
                    return Some((cells.as_slice(), start + end));
                }
            }
            None
        })
    }

    fn join(
        &self,
        word: &str,
        pieces: &[Piece<'_>],
        column: usize,
        breaks: &[usize],
    ) -> SmallVec<[String; 2]> {
        let mut results: SmallVec<[String; 2]> = smallvec![String::new()];
        for piece in pieces {
            if breaks.contains(&piece.start) {
                for result in &mut results {
                    result.push('-');
                }
            }
            let choices = self.choices(word, piece, column);
            if let [only] = choices {
                for result in &mut results {
                    result.push_str(only);
                }
                continue;
            }
            let longer = choices.iter().flat_map(|choice| {
                let results = results.iter();
                results.map(move |result| format!("{result}{choice}"))
            });
            results = longer.take(MOST_PER_SCHEME).collect();
        }
        results
    }

    fn choices<'t>(&self, word: &str, piece: &Piece<'t>, column: usize) -> &'t [&'static str] {
        let before = word[..piece.start].chars().next_back();
        let after = word[piece.end..].chars().next();
        let fits = |class: Option<char>, letter: Option<char>| match class {
            None => true,
            Some('#') => letter.is_none(),
            Some(class) => self.classes[&class].contains(letter.unwrap_or('#')),
        };
        let mut cases = piece.cells[column].iter();
        cases
            .find(|case| fits(case.left, before) && fits(case.right, after))
            .map_or(&[], |case| &case.spellings)
    }
}

fn cell(text: &'static str) -> Cell {
    text.split(' ').map(case).collect()
}

fn case(text: &'static str) -> Case {
    let (context, spellings) = text.split_once(':').unwrap_or(("_", text));
    let (left, right) = context.split_once('_').expect("a context has the form LEFT_RIGHT");
    let spellings = spellings.split('/').map(|one| if one == "-" { "" } else { one });
    Case { left: left.chars().next(), right: right.chars().next(), spellings: spellings.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_row_and_the_first_case_that_fits() {
        let table = Table::parse(
            "# a comment\n@v ae\nletter\tpress\tgerman\nb\tv_v:w b\tb\na\ta\ta\nab$\tap/ab\t-\n",
        );
        let press = |word: &str| table.romanise(word, 0).into_vec();
        assert_eq!(press("ba"), ["ba"]);
        assert_eq!(press("aba"), ["awa"]);
        assert_eq!(press("aab"), ["aap", "aab"]);
        assert_eq!(press("bc"), Vec::<String>::new());
        assert_eq!(table.romanise("bab", 1).into_vec(), ["b"]);
    }
}
