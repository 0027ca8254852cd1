//! One document's facts: computed once, used by every rule and every request.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::markup::{self, Block, Document, Format};
use crate::names::{self, Mention};
use crate::quotes::{self, Reading};
use crate::references::{self, References};
use crate::text::{LineIndex, ProseSpan, Span};

use super::Settings;

/// What the head of a page of `figures report` says of where it comes from.
const OWN_PAGE: &str = "<meta name=\"generator\" content=\"rubricator figures report\">";

/// Within so many lines it stands.
const HEAD_LINES: usize = 8;

/// A document and all that is known about it from its own text.
#[derive(Debug)]
pub struct Analysis {
    /// The text that every [`Span`] here counts in.
    pub source: Arc<str>,
    /// Blocks, anchors and pointers.
    pub document: Document,
    /// The roles of the quotation marks, by block.
    pub quotes: Reading,
    /// The mentions of each block of `document`, in the block's prose; none of a document that was
    /// read once.
    mentions: Vec<Arc<[Mention]>>,
    /// Which pointer leads to which anchor of this document.
    pub references: References,
    /// For each block the number of the block of the version before from which what is known of it
    /// was taken over; empty where there was no version before.
    pub(super) taken_over: Vec<Option<usize>>,
    lines: OnceLock<Arc<LineIndex>>,
}

impl Analysis {
    /// The source bytes of a stretch of the prose of block number `block`.
    pub fn to_source(&self, block: usize, span: ProseSpan) -> Span {
        self.document.blocks[block].prose.to_source(span)
    }

    /// Whether it is a page that `figures report` has written: a list of names, and no text that
    /// names anybody.
    pub fn is_own_page(&self) -> bool {
        self.document.format == Format::Html
            && self.source.lines().take(HEAD_LINES).any(|line| line == OWN_PAGE)
    }

    /// The lines of the source; found when they are first asked for.
    pub fn lines(&self) -> &Arc<LineIndex> {
        self.lines.get_or_init(|| Arc::new(LineIndex::of(&self.source)))
    }

    /// The prose of block number `block`.
    pub fn prose(&self, block: usize) -> &str {
        self.document.blocks[block].prose.text(&self.source)
    }

    /// The same if they were kept.
    pub(super) fn known_mentions(&self, block: usize) -> Option<&[Mention]> {
        self.mentions.get(block).map(|known| &**known)
    }

    /// The mentions of block number `block`, in its prose.
    pub fn mentions_of(&self, block: usize) -> Cow<'_, [Mention]> {
        match self.known_mentions(block) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(names::mentions(self.prose(block), &self.document.blocks[block])),
        }
    }
}

/// Reads a document and states its facts. Linear in the length of `source`; pure.
pub fn analyse(source: Arc<str>, format: Format, settings: &Settings) -> Analysis {
    let document = markup::read_as(&source, format, settings.hints());
    let quotes = quotes::read(&source, &document, &settings.quotes);
    let blocks = document.blocks.iter();
    let mentions = blocks.map(|block| mentions(&source, block)).collect();
    let references = references::link(&source, &document);
    let taken_over = Vec::new();
    Analysis { source, document, quotes, mentions, references, taken_over, lines: OnceLock::new() }
}

/// The same for a document of which no other version will be read: what only that would need is
/// not kept, which for a large file is more than the file.
pub fn analyse_once(source: Arc<str>, format: Format, settings: &Settings) -> Analysis {
    let document = markup::read_as(&source, format, settings.hints());
    let quotes = quotes::read_once(&source, &document, &settings.quotes);
    let references = references::link(&source, &document);
    let (mentions, taken_over) = (Vec::new(), Vec::new());
    Analysis { source, document, quotes, mentions, references, taken_over, lines: OnceLock::new() }
}

/// Reads a new version of the document that `before` is of: the same as [`analyse`] gives, but
/// what was found out about a block is taken over where the block is still there. `settings`
/// must be those of `before`.
pub fn analyse_after(before: &Analysis, source: Arc<str>, settings: &Settings) -> Analysis {
    let document = markup::read_after(&before.document, &before.source, &source, settings.hints());
    let same = same_blocks(before, &source, &document);
    let quotes = quotes::read_after(&source, &document, &settings.quotes, &before.quotes, &same);
    let blocks = document.blocks.iter().zip(&same);
    let mentions = blocks.map(|(block, same)| match same {
        Some(old) => Arc::clone(&before.mentions[*old]),
        None => mentions(&source, block),
    });
    let mentions = mentions.collect();
    let references = references::link(&source, &document);
    let taken_over = same;
    Analysis { source, document, quotes, mentions, references, taken_over, lines: OnceLock::new() }
}

fn mentions(source: &str, block: &Block) -> Arc<[Mention]> {
    names::mentions(block.prose.text(source), block).into()
}

/// For each block of a new version the number of a block of the version before that is equal
/// in all that facts are made from: most stand before or behind the change and have kept
/// their place, the others are found by what is in them.
fn same_blocks(before: &Analysis, source: &str, document: &Document) -> Vec<Option<usize>> {
    let old = &before.document.blocks;
    let new = &document.blocks;
    let is_same = |old: &Block, new: &Block| {
        old.kind == new.kind
            && old.language == new.language
            && old.inlines == new.inlines
            && (old.prose.is_shared_with(&new.prose)
                || old.prose.text(&before.source) == new.prose.text(source))
    };
    let head = old.iter().zip(new).take_while(|(old, new)| is_same(old, new)).count();
    let rest = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(rest);
    let tail = pairs.take_while(|(old, new)| is_same(old, new)).count();

    let key = |block: &Block, source: &str| {
        let mut hasher = FxBuildHasher.build_hasher();
        (block.kind, block.language).hash(&mut hasher);
        block.prose.text(source).hash(&mut hasher);
        hasher.finish()
    };
    let moved: FxHashMap<u64, usize> =
        (head..old.len() - tail).map(|at| (key(&old[at], &before.source), at)).collect();
    let behind = new.len() - tail;
    let find = |(at, block): (usize, &Block)| match at {
        _ if at < head => Some(at),
        _ if at >= behind => Some(at + old.len() - new.len()),
        _ if moved.is_empty() => None,
        _ => {
            let found = moved.get(&key(block, source)).copied();
            found.filter(|&found| is_same(&old[found], block))
        }
    };
    new.iter().enumerate().map(find).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = Vec<String>> {
        let paragraph = prop::sample::select(vec![
            "He spoke of the ‘rule of law’ and went.",
            "‘It is so,’ said Trotskii. ‘And it was",
            "‘Why?’ asked Mr Khrushchev.",
            "Not so’ they said to the workers’ leaders.",
            "No sign from Heaven come today To add to what The heart doth say.",
            "    Indented verse of Lenin",
            "",
        ]);
        prop::collection::vec(paragraph.prop_map(str::to_owned), 1..12)
    }

    proptest! {
        #[test]
        fn what_is_taken_over_is_what_would_be_found_anew(
            before in text(),
            after in text(),
            from in 0_usize..12,
            to in 0_usize..12,
        ) {
            let settings = Settings::default();
            let old = analyse(before.join("\n\n").into(), Format::Plain, &settings);
            let (from, to) = (from.min(to).min(before.len()), from.max(to).min(before.len()));
            let mut changed = before;
            changed.splice(from..to, after);
            let source: Arc<str> = changed.join("\n\n").into();
            let fresh = analyse(Arc::clone(&source), Format::Plain, &settings);
            let taken = analyse_after(&old, source, &settings);
            prop_assert_eq!(&fresh.quotes.blocks, &taken.quotes.blocks);
            prop_assert_eq!(&fresh.mentions, &taken.mentions);
        }
    }
}
