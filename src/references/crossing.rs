//! ‘See chapter IV’: words that name a numbered division of the same text.
//!
//! They lead somewhere only where the headings make it certain: exactly one heading has that
//! number, and either names its kind or is one of an unbroken sequence of bare numbers. A
//! division of another book (‘chapter IV of *Capital*’) is none of this one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::markup::{AnchorKind, BlockKind, Document};
use crate::text::{ProseSpan, Span, number_at};

/// Words that name a division of the text, and the heading that they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The words in the source: `chapter IV`.
    pub span: Span,
    /// The heading's number in [`Document::anchors`].
    pub anchor: usize,
}

/// So many bare numbers in sequence are the numbers of chapters.
const SEQUENCE: u32 = 3;

/// A word for a kind of division.
struct Word {
    /// In small letters, without the `*`.
    stem: &'static str,
    has_endings: bool,
    kind: usize,
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let lines = include_str!("data/divisions.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.enumerate().flat_map(|(kind, line)| {
        line.split_whitespace().map(move |word| Word {
            stem: word.trim_end_matches('*'),
            has_endings: word.ends_with('*'),
            kind,
        })
    });
    words.collect()
});

/// The kind of bare numbers: the first line of the words, chapters.
const CHAPTER: usize = 0;

/// The words that lead to headings, in the order of the source. Linear; nothing is read where
/// no heading has a number.
pub(super) fn crossings(source: &str, document: &Document) -> Vec<Crossing> {
    let headings = numbered(document);
    if headings.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_) | BlockKind::Cell) {
            continue;
        }
        let text = block.prose.text(source);
        for (span, kind, number) in named(text) {
            let Some(&Some(anchor)) = headings.get(&(kind, number)) else {
                continue;
            };
            if is_of_this_text(&text[span.end..]) {
                found.push(Crossing { span: block.prose.to_source(span), anchor });
            }
        }
    }
    found
}

/// The headings by kind and number; `None` where several have it.
fn numbered(document: &Document) -> FxHashMap<(usize, u32), Option<usize>> {
    let mut headings = FxHashMap::default();
    let mut bare = Vec::new();
    for (index, anchor) in document.anchors.iter().enumerate() {
        if anchor.kind != AnchorKind::Heading {
            continue;
        }
        let label = anchor.label.as_str();
        if let Some((_, kind, number)) = named(label).next().filter(|(span, ..)| span.start == 0) {
            headings.entry((kind, number)).and_modify(|one| *one = None).or_insert(Some(index));
        } else if let Some((length, number)) = number_at(label)
            && label[length..].chars().next().is_none_or(|c| matches!(c, '.' | ':' | '—' | '–'))
        {
            bare.push((number, index));
        }
    }
    let is_sequence = bare.iter().zip(1..).all(|((number, _), place)| *number == place);
    if is_sequence && bare.len() >= SEQUENCE as usize {
        for (number, index) in bare {
            headings.entry((CHAPTER, number)).or_insert(Some(index));
        }
    }
    headings
}

/// Kinds with numbers in a text: where, of what kind, which number.
fn named(text: &str) -> impl Iterator<Item = (ProseSpan, usize, u32)> {
    // A number is rare, a word common: it is looked for first.
    let is_start = |at: usize, byte: u8| {
        (byte.is_ascii_digit() || b"IVXLC".contains(&byte))
            && at > 0
            && text[..at].ends_with([' ', '\u{a0}', '\n'])
    };
    let starts = text.bytes().enumerate().filter(move |&(at, byte)| is_start(at, byte));
    starts.filter_map(|(at, _)| {
        let (length, number) = number_at(&text[at..])?;
        let before = text[..at].trim_end();
        let start = before.rfind(|c: char| c.is_whitespace() || "([‘“„«—".contains(c));
        let start = start
            .map_or(0, |start| start + before[start..].chars().next().map_or(1, char::len_utf8));
        let kind = kind_of(&before[start..])?;
        Some((ProseSpan::new(start, at + length), kind, number))
    })
}

fn kind_of(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let is_it = |known: &&Word| {
        word.strip_prefix(known.stem).is_some_and(|rest| {
            rest.is_empty() || known.has_endings && rest.chars().count() <= 2 && !rest.contains('.')
        })
    };
    WORDS.iter().find(is_it).map(|known| known.kind)
}

/// Whether nothing behind the words says that they speak of another book.
fn is_of_this_text(behind: &str) -> bool {
    let of_this = [" of this", " of the present", " dieses", " de ce", " этой"];
    let of_other = [" of ", " in ", ", of ", " des ", " der ", " von ", " de ", " du ", " del "];
    let is_other = of_other.iter().any(|word| behind.starts_with(word));
    // ‘part 2 and a half’, ‘Act I, scene 2’: more exact than the heading, but in it.
    !is_other || of_this.iter().any(|word| behind.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{self, Format};

    fn shown(source: &str) -> Vec<String> {
        let document = markup::read(source, Format::Markdown, None);
        let found = crossings(source, &document);
        let show = |one: &Crossing| {
            format!("{} -> {}", one.span.of(source), document.anchors[one.anchor].label)
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn chapters_are_found_by_what_their_headings_say() {
        let source = "# The Dam\n\nSee chapter II, and Chapter 3 (chap. I too). In chapter IV of *Capital*, \
                      in part 2, in chapter XII and on page III nothing is meant.\n\n\
                      ## Chapter I. Water\n\n## Chapter II. Stone\n\n## Chapter III. Men\n\n## Chapter IV\n\n\
                      See chapter\nIV of this book.\n";
        assert_eq!(
            shown(source),
            [
                "chapter II -> Chapter II. Stone",
                "Chapter 3 -> Chapter III. Men",
                "chap. I -> Chapter I. Water",
                "chapter\nIV -> Chapter IV",
            ]
        );
    }

    #[test]
    fn bare_numbers_must_follow_each_other_and_double_ones_are_left_open() {
        let bare = "## I\n\nSee chapter II.\n\n## II. Stone\n\n## III\n";
        assert_eq!(shown(bare), ["chapter II -> II. Stone"]);
        assert!(shown("## 1905. War\n\nSee chapter 3.\n\n## 3\n").is_empty());
        let double = "## Part I\n\n## Chapter I\n\n## Part II\n\n## Chapter I\n\nSee chapter I of it, part II.\n";
        assert_eq!(shown(double), ["part II -> Part II"]);
    }

    #[test]
    fn words_of_other_languages() {
        let source = "## Kapitel 1\n\n## Kapitel 2\n\nSiehe Kapitel 2 und im ersten Kapitel 1.\n";
        assert_eq!(shown(source), ["Kapitel 2 -> Kapitel 2", "Kapitel 1 -> Kapitel 1"]);
        assert_eq!(shown("## Глава I\n\nСм. главу I.\n"), ["главу I -> Глава I"]);
    }
}
