//! Which original is behind two spellings? One that some scheme writes as the first of them, and
//! some scheme as the second.
//!
//! Letters of the original are tried one after the other, the longest that both spellings show
//! first; the schemes that have written all so far are kept as bits. What is found so is written
//! out again under these schemes, since letters change each other.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::believable::{is_of_language, is_spelt_so, may_hide_a_soft_sign};
use super::script::Native;
use super::table::{Case, Cell, Table};
use super::{Scheme, table, without_diacritics};

/// Languages whose names are read back letter by letter, the more frequent ones first.
pub(in super::super) const READABLE: &[Native] = &[
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

/// How many originals are tried for two spellings.
const MOST_ORIGINALS: usize = 64;

/// How many steps are taken in search of them.
const MOST_STEPS: usize = 20_000;

/// An original of two spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// In its own letters, capitalised.
    pub text: String,
    /// The schemes that write the two spellings so.
    pub schemes: (Scheme, Scheme),
    /// ISO 639-1 code of its language.
    pub language: &'static str,
    /// Whether no other original is as likely.
    pub is_certain: bool,
}

/// Columns of a table, one bit each.
type Columns = u32;

/// Those under which spellings are read back.
fn columns_to_read(table: &Table) -> Columns {
    let columns = table.schemes.iter().enumerate();
    let read = columns.filter(|(_, scheme)| scheme.is_read_back());
    read.fold(0, |all, (column, _)| all | 1 << column)
}

/// What a row of a table looks like in Latin letters: without diacritics and signs.
struct Row {
    letters: &'static str,
    outputs: Vec<(String, Columns)>,
}

static ROWS: LazyLock<Vec<Vec<Row>>> =
    LazyLock::new(|| READABLE.iter().map(|&language| rows(table(language))).collect());

fn rows(table: &'static Table) -> Vec<Row> {
    let row = |(letters, cells): (&'static str, &[Cell])| {
        let mut outputs: Vec<(String, Columns)> = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            for text in cell.iter().flat_map(Case::spellings).map(plain) {
                match outputs.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, columns)) => *columns |= 1 << column,
                    None => outputs.push((text, 1 << column)),
                }
            }
        }
        Row { letters, outputs }
    };
    let mut rows: Vec<Row> = table.letters().map(row).collect();
    rows.sort_by(|a, b| b.letters.len().cmp(&a.letters.len()).then(a.letters.cmp(b.letters)));
    rows
}

/// The likeliest original that explains both spellings, under two schemes or one. Diacritics and
/// signs count only where without them one scheme would write both.
pub fn original_of(a: &str, b: &str) -> Option<Original> {
    READABLE
        .iter()
        .find_map(|&language| likeliest(language, a, b, |text| is_of_language(text, language)))
}

/// The same in one language, of which the name is known to be.
pub(in super::super) fn original_in(language: Native, a: &str, b: &str) -> Option<Original> {
    likeliest(language, a, b, |_| true)
}

fn likeliest(
    language: Native,
    a: &str,
    b: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<Original> {
    let table = table(language);
    let all = columns_to_read(table);
    let unlikely = |text: &str| {
        let rare = text.chars().filter(|letter| "эёъыѣ".contains(*letter)).count();
        (text.chars().count() + rare, rare)
    };
    let mut originals = originals(language, [a, b], [all, all]);
    originals.retain(|text| is_spelt_so(text, language) && is_wanted(text));
    // Who writes a sign has seen one, which no other spelling shows; Georgian has others.
    let is_signed = language != Native::Georgian && (a.contains(SIGNS) || b.contains(SIGNS));
    originals.sort_by_key(|text| unlikely(text));
    let (a, b) = (Spelt::new(a), Spelt::new(b));
    let explained = |text: &String| Some((text.clone(), columns_of(table, text, &a, &b)?));
    let mut likely = originals.iter();
    let (text, (own, their)) = likely.find_map(explained)?;
    let mut as_likely = likely.take_while(|other| unlikely(other) <= unlikely(&text));
    let is_certain = (!is_signed || text.contains(['ь', 'ъ', '\'']))
        && !may_hide_a_soft_sign(&text)
        && !as_likely.any(|other| explained(other).is_some());
    let schemes = (table.schemes[own], table.schemes[their]);
    let text = super::capitalised(&text);
    Some(Original { text, schemes, language: language.code(), is_certain })
}

/// What schemes write for ь and ъ, as print has it.
const SIGNS: [char; 4] = ['ʹ', 'ʺ', '’', '\''];

/// A spelling in small letters.
struct Spelt {
    lower: String,
    /// Without diacritics and signs.
    plain: String,
}

impl Spelt {
    fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        Self { plain: without_diacritics(&lower), lower }
    }

    fn has_marks(&self) -> bool {
        self.plain != self.lower
    }
}

/// The best known columns that write the original as `a` and as `b`: such that tell the two apart,
/// if there are such.
fn columns_of(table: &Table, original: &str, a: &Spelt, b: &Spelt) -> Option<(usize, usize)> {
    let spelt = |texts: SmallVec<[String; 2]>| {
        texts.iter().map(|text| Spelt::new(text)).collect::<SmallVec<[Spelt; 2]>>()
    };
    let by_scheme = table.romanise_all(original).into_iter();
    let written: Vec<_> = by_scheme
        .map(|(scheme, texts)| if scheme.is_read_back() { spelt(texts) } else { SmallVec::new() })
        .collect();
    let is_exact = |texts: &[Spelt], text: &Spelt| texts.iter().any(|one| one.lower == text.lower);
    let is_plain = |texts: &[Spelt], text: &Spelt| texts.iter().any(|one| one.plain == text.plain);
    let one_of = |text: &Spelt, other: &Spelt| {
        // In ordinary print a scheme has no diacritics; where a spelling has them, they tell it.
        let is_like = |texts: &[Spelt]| {
            if text.has_marks() { is_exact(texts, text) } else { is_plain(texts, text) }
        };
        written
            .iter()
            .position(|texts| is_like(texts) && !is_plain(texts, other))
            .or_else(|| written.iter().position(|texts| is_like(texts)))
            .or_else(|| written.iter().position(|texts| is_plain(texts, text)))
    };
    one_of(a, b).zip(one_of(b, a))
}

/// The scheme of `other`, if some original is `word` under `scheme` and `other` under that
/// one, but not both under `scheme`. Diacritics and signs count for nothing.
pub fn scheme_beside(word: &str, other: &str, scheme: Scheme) -> Option<Scheme> {
    READABLE.iter().find_map(|&language| {
        let table = table(language);
        let own = table.schemes.iter().position(|one| *one == scheme)?;
        let all = columns_to_read(table) | 1 << own;
        let writes = |column: usize, original: &str, text: &str| {
            table.romanise(original, column).iter().any(|one| plain(one) == plain(text))
        };
        let found = originals(language, [word, other], [1 << own, all & !(1 << own)]);
        found.iter().filter(|text| writes(own, text, word) && !writes(own, text, other)).find_map(
            |text| {
                let mut theirs = (0..table.schemes.len()).filter(|column| *column != own);
                theirs.find(|&column| writes(column, text, other)).map(|at| table.schemes[at])
            },
        )
    })
}

/// Words that may be the original of both spellings, each under one of its columns.
fn originals(language: Native, words: [&str; 2], columns: [Columns; 2]) -> Vec<String> {
    let number = READABLE.iter().position(|known| *known == language);
    let Some(rows) = number.map(|number| &ROWS[number]) else {
        return Vec::new();
    };
    let words = words.map(plain);
    let mut search = Search {
        rows,
        words: [&words[0], &words[1]],
        found: Vec::new(),
        dead: FxHashSet::default(),
        steps: 0,
    };
    search.go_on(&mut String::new(), State { at: [0, 0], columns });
    search.found
}

/// How far each of the two spellings is read, and the columns that have written it so far.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    at: [usize; 2],
    columns: [Columns; 2],
}

struct Search<'w> {
    rows: &'static [Row],
    words: [&'w str; 2],
    found: Vec<String>,
    /// States from which no original is found.
    dead: FxHashSet<State>,
    steps: usize,
}

impl Search<'_> {
    fn go_on(&mut self, original: &mut String, state: State) {
        if state.at == [self.words[0].len(), self.words[1].len()] {
            if !self.found.iter().any(|known| known == original) {
                self.found.push(original.clone());
            }
            return;
        }
        self.steps += 1;
        if self.steps > MOST_STEPS
            || self.found.len() >= MOST_ORIGINALS
            || self.dead.contains(&state)
        {
            return;
        }
        let before = self.found.len();
        for (letters, next) in self.steps_from(state) {
            let length = original.len();
            original.push_str(letters);
            self.go_on(original, next);
            original.truncate(length);
        }
        if self.found.len() == before {
            self.dead.insert(state);
        }
    }

    /// The letters that may come next, those that show most first.
    fn steps_from(&self, state: State) -> Vec<(&'static str, State)> {
        let rest = |word: usize| &self.words[word][state.at[word]..];
        let fitting = |row: &'static Row, word: usize| {
            let outputs = row.outputs.iter();
            outputs.filter_map(move |(text, columns)| {
                let left = columns & state.columns[word];
                (left != 0 && rest(word).starts_with(text.as_str())).then_some((text.len(), left))
            })
        };
        let mut steps = Vec::new();
        for row in self.rows {
            for (a, own) in fitting(row, 0) {
                for (b, their) in fitting(row, 1) {
                    // A letter that neither writes adds nothing.
                    if a + b > 0 {
                        let at = [state.at[0] + a, state.at[1] + b];
                        steps.push((a + b, row.letters, State { at, columns: [own, their] }));
                    }
                }
            }
        }
        steps.sort_by_key(|(shown, ..)| std::cmp::Reverse(*shown));
        steps.into_iter().map(|(_, letters, next)| (letters, next)).collect()
    }
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

    #[test]
    fn two_spellings_tell_their_original() {
        for (a, b, original, schemes) in [
            ("Trotsky", "Trotskii", "Троцкий", ("press", "ala-lc")),
            ("Khrushchev", "Chruschtschow", "Хрущёв", ("press", "german")),
            ("Kaganovich", "Kaganowitsch", "Каганович", ("press", "german")),
            ("Mikoyan", "Mikoian", "Микоян", ("press", "ala-lc")),
            ("Valaoritis", "Balaorites", "Βαλαοριτης", ("elot-743", "classical")),
        ] {
            let found = original_of(a, b).unwrap_or_else(|| panic!("{a} {b}"));
            assert_eq!(found.text, original, "{a} {b}");
            let (own, their) = found.schemes;
            assert_eq!((own.id(), their.id()), schemes, "{a} {b}");
        }
        assert_eq!(original_of("Khrushchev", "Trotsky"), None);
    }

    #[test]
    fn a_soft_sign_may_be_hidden() {
        for (a, b) in [("Maria", "Marya"), ("Paltchinski", "Paltchinsky"), ("Khar’kov", "Kharkov")]
        {
            assert!(!original_of(a, b).is_some_and(|original| original.is_certain), "{a} {b}");
        }
    }
}
