//! Names with markup inside, `Tro<hi>tz</hi>ky`: what can be changed of them without touching that.

use serde::{Deserialize, Serialize};

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

    /// The edit that makes another spelling of the word at `word`, which is spelt `wrong`: of letters that
    /// stand together. `None` where there is none, since markup stands between these.
    pub(super) fn rewrite(&self, word: Span, wrong: &str, right: &str) -> Option<(Span, String)> {
        let Ok(at) = self.0.binary_search_by_key(&word, |(word, _)| *word) else {
            return Some((word, right.to_owned()));
        };
        let pieces = &self.0[at].1;
        if pieces.iter().map(|piece| piece.len()).sum::<usize>() != wrong.len() {
            return None;
        }
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
        let (span, text) = facts.rewrite(mention.family_span(), wrong, right)?;
        Some(format!("{}{text}{}", &source[..span.start], &source[span.end..]))
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
        ] {
            let found = rewritten(format, source, wrong, right);
            assert_eq!(found.as_deref(), Some(expected), "{source}");
        }
        for source in ["<p>So Trot<i>z</i>ky</p>", "<p>So Tro<i>tz</i>k&#x79;</p>"] {
            assert_eq!(rewritten(Format::Html, source, "Trotzky", "Trockij"), None, "{source}");
        }
    }
}
