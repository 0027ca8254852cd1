//! What it tells that a corpus has one spelling often and another one hardly ever.

use crate::corpus::WordId;
use crate::names;

use super::CorpusContext;

/// How often a spelling may occur that is told by its rarity, and how often the other one must for
/// each time.
const RARE: u32 = 2;
const OFTEN: u32 = 3;

/// Whether a spelling is so rare beside another one that it is hardly another family's: what
/// Smith and Smyth differ by is then a slip. A name that dictionaries have is one of its own; where
/// names have cases the forms of one differ so, and in Italian and Spanish a double letter makes
/// another word (`Cesare`, `cessare`).
pub(super) fn is_rare_beside(context: &CorpusContext<'_>, word: WordId, other: WordId) -> bool {
    let names = context.view.index.names();
    let seen = names.seen(word);
    let text = names.text(word);
    let has_endings = !matches!(context.view.facts.language.code(), "en" | "und" | "fr");
    seen <= RARE
        && !has_endings
        && names.sure(other) >= OFTEN * seen
        && !names::is_known_name(&text)
}
