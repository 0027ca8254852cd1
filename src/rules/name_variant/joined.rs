//! One name with a hyphen and without: Mao Tse-tung and Mao Tsetung.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{MentionFact, NameIn};
use crate::names::{self, Joining};
use crate::rules::CorpusContext;
use crate::rules::respelling::times;

use super::{Rank, Verdict, tie};

/// How often the other form must be there for each time of a name that may be another one.
const OFTEN: u32 = 3;

/// What was found out about names that may be joined in another way, in a document.
#[derive(Default)]
pub(super) struct Joined(FxHashMap<NameIn, Option<Box<Verdict>>>);

impl Joined {
    /// What is wrong with the hyphens of a mention. `is_right` says that the authority has the name as it is,
    /// whatever its capitals.
    pub(super) fn judge(
        &mut self,
        context: &CorpusContext<'_>,
        mention: &MentionFact,
        is_right: bool,
    ) -> Option<&Verdict> {
        let names = context.view.index.names();
        let may_be_joined = mention.words().any(|(word, ..)| names.may_be_joined(word));
        if !may_be_joined || mention.is_acronym || mention.has_particle() {
            return None;
        }
        let name = mention.whole().map_or(NameIn::Word(mention.family), NameIn::Whole);
        let judge = || verdict(context, name, is_right).map(Box::new);
        self.0.entry(name).or_insert_with(judge).as_deref()
    }
}

/// Of two forms the rarer one is reported, of equals the later one.
fn verdict(context: &CorpusContext<'_>, name: NameIn, is_right: bool) -> Option<Verdict> {
    let index = context.view.index;
    let names = index.names();
    let text = name.text(names);
    let told = index.joined_otherwise(name).into_iter().filter_map(|other| {
        let other_text = other.text(names);
        // Other forms that the authority has are right as well.
        if is_right && text.to_lowercase() != other_text.to_lowercase() {
            return None;
        }
        let joining = names::joining(&text, &other_text)?;
        let (own, rank) = (rank(context, name, other)?, rank(context, other, name)?);
        let is_clear = joining == Joining::One || rank.count >= OFTEN * own.count;
        (rank > own && is_clear).then_some((rank, own, other, other_text))
    });
    let (rank, own, right, right_text) = told.max_by(|a, b| a.0.cmp(&b.0))?;
    let message = format!(
        "“{text}” ({}) and “{right_text}” ({}) are spellings of one name: {}.{}",
        times(own.count),
        times(rank.count),
        names::how_joined(&text, &right_text),
        tie(&own, &rank),
    );
    Some(Verdict {
        message,
        right: Arc::from(right_text),
        known_right: Some(right),
        is_of_whole: true,
        is_written: true,
    })
}

/// The rank of a name by the rarest of the words that another one does not have.
fn rank(context: &CorpusContext<'_>, name: NameIn, other: NameIn) -> Option<Rank> {
    let index = context.view.index;
    let names = index.names();
    let own = name.words().filter(|&word| other.words().all(|known| known != word));
    let rarest = own.min_by_key(|&word| names.seen(word))?;
    let known = index.authority().known_as(&name.text(names)).unwrap_or_default();
    let follows = known.iter().any(|candidate| candidate.form.is_right());
    Some(Rank { follows, ..Rank::of(context, rarest) })
}

#[cfg(test)]
mod tests {
    use crate::markup::Language;
    use crate::rules::fixture;

    use super::super::RULE;

    #[test]
    fn a_name_with_a_hyphen_and_without() {
        for (often, once, words) in [
            ("Pak Il-dong", "Pak Il Dong", "Pak Il Dong"),
            ("Wang Tse-lung", "Wang Tse-Lung", "Wang Tse-Lung"),
            ("Wang Tse-lung", "Wang Tselung", "Wang Tselung"),
            ("Wang Tselung", "Wang Tse-lung", "Wang Tse-lung"),
            ("Chou Tse-lung", "Chou-Tse-lung", "Chou-Tse-lung"),
            ("David Ben-Gurion", "David Ben Gurion", "David Ben Gurion"),
            ("Ben-Gurion", "Ben Gurion", "Ben Gurion"),
            ("Bonch-Bruevich", "Bonch Bruevich", "Bonch Bruevich"),
            ("Jean-Paul Sartre", "Jean Paul Sartre", "Jean Paul Sartre"),
        ] {
            let (spaces, marks) = (" ".repeat("Then came ".len()), "^".repeat(words.len()));
            let message = format!("and “{often}” (3 times) are spellings of one name: one ");
            fixture::check_in(
                Language::ENGLISH,
                &RULE,
                &format!(
                    "He saw {often}, and {often}, and {often} again.\n\nThen came {once} too.\n\
                     {spaces}{marks} {message}\n"
                ),
            );
        }
    }

    #[test]
    fn words_with_a_hyphen_are_no_names_that_are_wrong_without() {
        for (often, once) in [
            ("North-West", "North West"),
            ("New-York", "New York"),
            ("Anglo-Saxon", "Anglo Saxon"),
            ("Saint-Simon", "Saint Simon"),
            ("Jean-Paul", "Jean Paul"),
        ] {
            fixture::check_in(
                Language::ENGLISH,
                &RULE,
                &format!(
                    "He saw {often}, and {often}, and {often} again.\n\nThen came {once} too.\n"
                ),
            );
        }
        // Two people may be called so if neither is rare.
        fixture::check_in(
            Language::ENGLISH,
            &RULE,
            "He saw Mary-Ann Evans, and Mary-Ann Evans again. Then came Mary Ann Evans too.\n",
        );
    }

    #[test]
    fn the_fix_writes_the_whole_name() {
        let text = "He saw Wang Tse-lung, and Wang Tse-lung again. Then came WANG TSELUNG too.\n";
        let found = fixture::findings(&RULE, crate::markup::Format::Plain, text);
        let edits: Vec<_> = found.iter().flat_map(|finding| &finding.fixes[0].edits).collect();
        assert_eq!(edits.len(), 1);
        assert_eq!(edits[0].text, "WANG TSE-LUNG");
    }
}
