//! Names from Arabic, which have other vowels sooner than other letters.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::corpus::{MentionFact, WordId};
use crate::names;
use crate::rules::CorpusContext;

use super::form::Form;

/// How many names from Arabic a text has that is about Arabs or Persians, and how many of its names are
/// such: one in so many.
const SEVERAL: usize = 4;

const SHARE: usize = 24;

/// What is found out about a text when it is first asked for.
#[derive(Default)]
pub(super) struct Text {
    pub(super) is_arabic: OnceCell<bool>,
}

impl Text {
    /// Whether the text is about people with names from Arabic: several of them are named, and often.
    /// A list of many people from everywhere has some such names too.
    pub(super) fn is_arabic(&self, context: &CorpusContext<'_>) -> bool {
        *self.is_arabic.get_or_init(|| {
            let names = context.view.index.names();
            let mut known: FxHashMap<WordId, bool> = FxHashMap::default();
            let mut is_arabic = |word| {
                *known.entry(word).or_insert_with(|| names::is_arabic_name(&names.text(word)))
            };
            let words = context.view.facts.mentions.iter().flat_map(MentionFact::words);
            let (mut all, mut arabic) = (0, 0);
            for (word, ..) in words {
                all += 1;
                arabic += usize::from(is_arabic(word));
            }
            let different = known.values().filter(|is_arabic| **is_arabic).count();
            different >= SEVERAL && arabic * SHARE >= all
        })
    }
}

/// Whether a form may be another spelling of an Arabic name, in a text that is full of such names.
pub(super) fn is_respelt(
    context: &CorpusContext<'_>,
    text: &Text,
    form: &Form,
    right: &str,
) -> bool {
    form.is_unheard
        && names::may_be_one_word(&form.text, right)
        && !names::is_in_dictionary(right)
        && text.is_arabic(context)
}
