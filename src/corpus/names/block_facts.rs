//! The mentions of a document, with the words that the corpus knows by number.

use std::sync::Arc;

use crate::corpus::Analysis;
use crate::markup::{Block, Language};
use crate::names::{self, Mention};
use crate::text::ProseSpan;

use super::{MentionFact, Names};

/// The mentions of each block of one version of a document, from which those of the next are made.
/// Their places count from the block's.
#[derive(Clone, Debug, Default)]
pub struct BlockFacts {
    /// The main language of the document.
    language: Language,
    blocks: Vec<Arc<[MentionFact]>>,
}

/// No text names somebody more often, on the whole. A list that grows is copied, which costs time
/// and space with a large file.
const BYTES_A_MENTION: usize = 40;

/// Where a block's places count from.
fn base(block: &Block) -> isize {
    block.prose.to_source(ProseSpan::new(0, 0)).start as isize
}

/// A list of so many facts or fewer is copied: shrunk in place it would keep what it has too much.
const FEW: usize = 1024;

fn fitted(mut facts: Vec<MentionFact>) -> Vec<MentionFact> {
    if facts.len() <= FEW {
        return facts.as_slice().to_vec();
    }
    facts.shrink_to_fit();
    facts
}

/// A note inside a paragraph stands before it, else mentions are in order already.
fn in_order(mut facts: Vec<MentionFact>) -> Vec<MentionFact> {
    if !facts.is_sorted_by_key(|fact| fact.span) {
        facts.sort_by_key(|fact| fact.span);
    }
    facts
}

impl Names {
    /// The mentions of an analysed document, in order.
    pub(in crate::corpus) fn facts(&self, analysis: &Analysis) -> Vec<MentionFact> {
        let mut found = Vec::with_capacity(analysis.source.len() / BYTES_A_MENTION);
        let mut reader = Reader::new(self, analysis);
        for block in 0..analysis.document.blocks.len() {
            reader.read(block, &mut found);
        }
        in_order(fitted(found))
    }

    /// The same of a new version. `known` are the facts of the blocks of the version `before`; it
    /// becomes those of this one.
    pub(in crate::corpus) fn facts_after(
        &self,
        analysis: &Analysis,
        before: Option<&Analysis>,
        known: &mut BlockFacts,
    ) -> Vec<MentionFact> {
        let language = analysis.document.language;
        let old = std::mem::take(known);
        let before = before.filter(|_| old.language == language);
        let same = |block: usize| {
            let (before, number) = (before?, (*analysis.taken_over.get(block)?)?);
            let was = &before.document.blocks.get(number)?.prose;
            let is_same = was.is_moved(&analysis.document.blocks[block].prose);
            old.blocks.get(number).filter(|_| is_same).cloned()
        };
        let mut facts = Vec::with_capacity(analysis.source.len() / BYTES_A_MENTION);
        let mut blocks = Vec::with_capacity(analysis.document.blocks.len());
        let mut reader = Reader::new(self, analysis);
        for (number, block) in analysis.document.blocks.iter().enumerate() {
            let base = base(block);
            let found = same(number).unwrap_or_else(|| {
                let mut found = Vec::new();
                reader.read(number, &mut found);
                found.iter().map(|fact| fact.moved(-base)).collect()
            });
            facts.extend(found.iter().map(|fact| fact.moved(base)));
            blocks.push(found);
        }
        *known = BlockFacts { language, blocks };
        in_order(facts)
    }
}

/// Makes facts of the mentions of one document.
struct Reader<'a> {
    names: &'a Names,
    analysis: &'a Analysis,
    /// The mentions of the last block that had to be read.
    last: Vec<Mention>,
}

/// Hardly any paragraph names more; a list that grows is copied.
const MENTIONS_OF_A_BLOCK: usize = 64;

impl<'a> Reader<'a> {
    fn new(names: &'a Names, analysis: &'a Analysis) -> Self {
        let last = Vec::with_capacity(MENTIONS_OF_A_BLOCK);
        Self { names, analysis, last }
    }

    /// Adds the facts of the block of a number.
    fn read(&mut self, number: usize, facts: &mut Vec<MentionFact>) {
        let Self { names, analysis, last } = self;
        let main = analysis.document.language;
        let block = &analysis.document.blocks[number];
        let prose = block.prose.text(&analysis.source);
        let mentions = analysis.known_mentions(number).unwrap_or_else(|| {
            last.clear();
            names::mentions_into(prose, block, last);
            last
        });
        let terms = names.terms.mentions(prose, block);
        // In small capitals they are names already.
        let is_new =
            |term: &&Mention| mentions.iter().all(|mention| !mention.span.overlaps(term.span));
        for mention in mentions.iter().chain(terms.iter().filter(is_new)) {
            facts.extend(names.fact(mention, block, prose, main));
        }
    }
}
