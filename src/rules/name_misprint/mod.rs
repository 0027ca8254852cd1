//! A name with a slip of the scanner in it.

mod accents;
mod arabic;
mod form;
mod judge;
mod mention;
mod nouns;
mod own;
mod place;
mod report;
mod tie;

use rustc_hash::FxHashMap;

use crate::corpus::{MOST_OF_RARE, WordId};
use crate::names::Slip;

use super::name_places::{OnName, tell_places};
use super::{Check, CorpusContext, Finding, Rule, Severity};

use accents::is_of_accents;
use arabic::Text;
use judge::judge;
use mention::{is_cognate, is_noun_by_article, is_whole_spelt_otherwise};
use report::on_name;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "name-misprint",
    summary: "a rare form that is one slip away from a name the corpus uses often",
    explanation: "\
Reports a capitalised word that occurs once or twice and is one slip away from a name that the
corpus uses often: two letters transposed, one lost, added or changed, letters that scanners
confuse (rn and m, li and h), an accent lost. How often depends on the slip and on the length: of a
form that no list of English words and names has, twice is enough for most from six letters on, and
once if dictionaries have the name; a name of four letters must be there some twenty times. Of two
long forms that are there once each and that no list has, the later one is reported, or the one
with letters in a row that no word has. In a text about Arabs it may have other vowels, or other consonants for the same sound.

    Perograd beside Petrograd, Soivets beside Soviets, Evremonde beside Evrémonde

Plurals, feminine forms and derivatives are no slips, and neither is another spelling by a
scheme of romanisation: that is `name-variant`. A name that only looks like another one is
accepted in `rubricator.toml`:

    [[accept]]
    rule = \"name-misprint\"
    text = \"Kurakin\"
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let names = context.view.index.names();
    let mut known: FxHashMap<WordId, Option<(WordId, Slip)>> = FxHashMap::default();
    let mut told: Vec<OnName> = Vec::new();
    let text = Text::default();
    let mentions = context.view.facts.mentions.iter();
    let unremarkable = names.unremarkable(context.view.facts.language);
    for mention in mentions.filter(|mention| !mention.is_foreign && !mention.is_acronym) {
        if unremarkable.is_frequent(mention) {
            continue;
        }
        for (word, span, _) in mention.words() {
            if names.seen(word) > MOST_OF_RARE {
                continue;
            }
            let candidates = names.neighbours(word);
            if candidates.is_empty() {
                continue;
            }
            let judge = || judge(context, &text, word, &candidates);
            let verdict = known.entry(word).or_insert_with(judge);
            if let Some((right, slip)) = *verdict
                // Print leaves accents off capitals.
                && !(mention.is_shown_in_capitals() && is_of_accents(slip))
                && !is_cognate(context, mention, (word, right), slip)
                && !is_noun_by_article(context, mention, right)
                && !is_whole_spelt_otherwise(context, mention, (word, right))
            {
                told.push(on_name(context, mention, (word, span), right, slip));
            }
        }
    }
    tell_places(context, told, findings);
}

#[cfg(test)]
mod tests;
