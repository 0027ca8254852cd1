//! Names with markup inside, `Tro<hi>tz</hi>ky`: what can be changed of them without touching that.

use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

use crate::markup::Block;
use crate::text::Span;

use super::Analysis;
use super::names::MentionFact;

/// The words of a document's names that markup divides, with their pieces, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pieces(Box<[(Span, Box<[Span]>)]>);

impl Pieces {
    /// Of these mentions of a document. Linear in them; a look-up for each that markup divides.
    pub(super) fn of(analysis: &Analysis, mentions: &[MentionFact]) -> Self {
        let divided = || mentions.iter().filter(|mention| !mention.is_contiguous);
        if divided().next().is_none() {
            return Self::default();
        }
        let blocks = ByPlace::of(&analysis.document.blocks);
        let mut found: Vec<(Span, Box<[Span]>)> = divided()
            .flat_map(MentionFact::words)
            .filter_map(|(_, word, _)| {
                let prose = &blocks.around(word)?.prose;
                let inner = prose.span_of(word)?;
                let is_divided = !prose.is_contiguous(inner);
                // What cannot be told piece by piece has none, and stays as it is.
                let pieces = prose.pieces(inner).unwrap_or_default();
                is_divided.then(|| (word, pieces.into_boxed_slice()))
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        Self(found.into_boxed_slice())
    }

    /// The edits that make another spelling of the word at `word`, which is spelt `wrong`: of letters that
    /// stand together. `None` where it cannot be told on which side of the markup a letter belongs.
    pub(super) fn rewrite(&self, word: Span, wrong: &str, right: &str) -> Option<Rewritten> {
        let Ok(at) = self.0.binary_search_by_key(&word, |(word, _)| *word) else {
            return Some(smallvec![(word, right.to_owned())]);
        };
        let pieces = &self.0[at].1;
        if pieces.iter().map(|piece| piece.len()).sum::<usize>() != wrong.len() {
            return None;
        }
        let in_one = rewrite_one(pieces, wrong, right).map(|edit| smallvec![edit]);
        in_one.or_else(|| rewrite_each(pieces, wrong, right))
    }
}

/// What becomes of the pieces of a word that change.
pub type Rewritten = SmallVec<[(Span, String); 1]>;

/// All letters that differ stand in one piece.
fn rewrite_one(pieces: &[Span], wrong: &str, right: &str) -> Option<(Span, String)> {
    let (start, end, text) = difference(wrong, right);
    let mut from = 0;
    for piece in pieces {
        let to = from + piece.len();
        if from <= start && end <= to {
            let place = Span::new(piece.start + start - from, piece.start + end - from);
            return Some((place, text.to_owned()));
        }
        from = to;
    }
    None
}

/// They stand in several, each of which it can be told of.
fn rewrite_each(pieces: &[Span], wrong: &str, right: &str) -> Option<Rewritten> {
    let same = same_letters(wrong, right)?;
    let mut edits = Rewritten::new();
    let (mut from, mut right_from) = (0, 0);
    for piece in pieces {
        let to = from + piece.len();
        let right_to = divided(&same, [wrong, right], to)?;
        let (old, new) = (wrong.get(from..to)?, right.get(right_from..right_to)?);
        let (start, end, text) = difference(old, new);
        if start < end || !text.is_empty() {
            edits.push((Span::new(piece.start + start, piece.start + end), text.to_owned()));
        }
        (from, right_from) = (to, right_to);
    }
    Some(edits)
}

/// Where the right word is divided as the wrong one is at byte `at`. Letters that take the place of others
/// stand on the side of these; `None` where there are others on both sides, or on none.
fn divided(same: &[(usize, usize)], [wrong, right]: [&str; 2], at: usize) -> Option<usize> {
    if at == wrong.len() {
        return Some(right.len());
    }
    let next = same.partition_point(|(start, _)| *start < at);
    let behind =
        |text: &str, start: usize| start + text[start..].chars().next().map_or(0, char::len_utf8);
    let before = next.checked_sub(1).map(|last| same[last]);
    let before = before.map_or((0, 0), |(a, b)| (behind(wrong, a), behind(right, b)));
    let after = same.get(next).copied().unwrap_or((wrong.len(), right.len()));
    match (before.0 == at, after.0 == at) {
        (true, true) => (before.1 == after.1).then_some(after.1),
        (true, false) => Some(before.1),
        (false, true) => Some(after.1),
        (false, false) => None,
    }
}

/// No name is longer, in letters.
const LONGEST: usize = 48;

/// The letters that two words have in common, as many as can be in one order: where they stand in each, in
/// bytes. `None` of words that are no names by their length.
fn same_letters(a: &str, b: &str) -> Option<Vec<(usize, usize)>> {
    let (a, b): (Vec<_>, Vec<_>) = (a.char_indices().collect(), b.char_indices().collect());
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    // How many there are from a place in both on.
    let mut most = [[0_u8; LONGEST + 1]; LONGEST + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            most[i][j] = match a[i].1 == b[j].1 {
                true => most[i + 1][j + 1] + 1,
                false => most[i + 1][j].max(most[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut same) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].1 == b[j].1 {
            same.push((a[i].0, b[j].0));
            (i, j) = (i + 1, j + 1);
        } else if most[i + 1][j] >= most[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    Some(same)
}

/// Where two words differ: the bytes of the first that become those of the second.
fn difference<'r>(wrong: &str, right: &'r str) -> (usize, usize, &'r str) {
    let same = wrong.chars().zip(right.chars()).take_while(|(a, b)| a == b);
    let start: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&wrong[start..], &right[start..]);
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    (start, wrong.len() - tail, &right[start..right.len() - tail])
}

/// Blocks by where they begin: a note stands inside of the paragraph that it belongs to.
struct ByPlace<'a>(Vec<&'a Block>);

/// So many blocks that begin before a place are looked at for the one that it is in.
const MOST_INSIDE: usize = 64;

impl<'a> ByPlace<'a> {
    fn of(blocks: &'a [Block]) -> Self {
        let mut sorted: Vec<&Block> = blocks.iter().collect();
        sorted.sort_by_key(|block| block.span.start);
        Self(sorted)
    }

    /// The innermost block around a place.
    fn around(&self, place: Span) -> Option<&'a Block> {
        let behind = self.0.partition_point(|block| block.span.start <= place.start);
        let near = self.0[..behind].iter().rev().take(MOST_INSIDE);
        near.copied().find(|block| block.span.covers(place))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::corpus::{CorpusIndex, DocumentFacts, Settings, analyse};
    use crate::markup::Format;

    /// A page with the name in it spelt otherwise.
    fn rewritten(format: Format, source: &str, wrong: &str, right: &str) -> Option<String> {
        let analysis = analyse(Arc::from(source), format, &Settings::default());
        let facts = DocumentFacts::of(&analysis, &CorpusIndex::default());
        let mention = facts.mentions.last().expect("a mention");
        let edits = facts.rewrite(mention.family_span(), wrong, right)?;
        let mut text = source.to_owned();
        for (span, written) in edits.iter().rev() {
            text.replace_range(span.range(), written);
        }
        Some(text)
    }

    #[test]
    fn letters_change_and_markup_stays() {
        for (format, source, wrong, right, expected) in [
            (
                Format::Html,
                "<p>So Tro<i>tz</i>ky</p>",
                "Trotzky",
                "Trotsky",
                "<p>So Tro<i>ts</i>ky</p>",
            ),
            (
                Format::Html,
                "<p>So T<i>rotskii</i></p>",
                "Trotskii",
                "Trotsky",
                "<p>So T<i>rotsky</i></p>",
            ),
            (Format::Html, "<p>So Trotskii</p>", "Trotskii", "Trotsky", "<p>So Trotsky</p>"),
            (Format::Markdown, "So *Trot*zky", "Trotzky", "Trotsky", "So *Trot*sky"),
            (
                Format::Tei,
                "<TEI><text><p>So Khru<pb n=\"3\"/>chev</p></text></TEI>",
                "Khruchev",
                "Khrushchev",
                "<TEI><text><p>So Khrush<pb n=\"3\"/>chev</p></text></TEI>",
            ),
            (
                Format::Tei,
                "<TEI><text><p>One<note>So Tro<hi>tz</hi>ky</note> two.</p></text></TEI>",
                "Trotzky",
                "Trotsky",
                "<TEI><text><p>One<note>So Tro<hi>ts</hi>ky</note> two.</p></text></TEI>",
            ),
            (
                Format::Html,
                "<p>So <b>Krush</b>chev</p>",
                "Krushchev",
                "Khrushchov",
                "<p>So <b>Khrush</b>chov</p>",
            ),
            (
                Format::Html,
                "<p>So Kru<i>shčev</i></p>",
                "Krushčev",
                "Khrushčevo",
                "<p>So Khru<i>shčevo</i></p>",
            ),
            (
                Format::Html,
                "<p>So Kru<i>sh</i>čev</p>",
                "Krushčev",
                "Khrushčov",
                "<p>So Khru<i>sh</i>čov</p>",
            ),
        ] {
            let found = rewritten(format, source, wrong, right);
            assert_eq!(found.as_deref(), Some(expected), "{source}");
        }
        for source in ["<p>So Trot<i>z</i>ky</p>", "<p>So Tro<i>tz</i>k&#x79;</p>"] {
            assert_eq!(rewritten(Format::Html, source, "Trotzky", "Trockij"), None, "{source}");
        }
    }
}
