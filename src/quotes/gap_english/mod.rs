//! Where a missing mark belongs in an English text.
//!
//! Between the mark that is there and the next one stands speech and narrative. Each place
//! behind a sign at which one may turn into the other is weighed: by the sign and the words of
//! saying next to it, and by how much what would be quoted sounds like speech and the rest does
//! not.

mod closing;
mod opening;
mod sentence;
mod tag;
mod term;

use smallvec::SmallVec;

use super::gap::{Gaps, MOST_GAPS};
use super::leaning::leaning;

pub(super) use closing::closing;
pub(super) use opening::{Head, opening};
pub(super) use sentence::{is_spoken, next_word, sentences_at_ends};
pub(super) use tag::behind_tag;

/// Places in a stretch and what speaks for each.
type Places = SmallVec<[(usize, i32); 16]>;

/// The places with the best readings, the best first: before them is speech and behind them narrative (`side`
/// 1), or the other way round (-1). Linear.
fn best(stretch: &str, places: &[(usize, i32)], side: i32) -> Gaps {
    let cuts = places.iter().map(|&(at, _)| at);
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.chain(std::iter::once(stretch.len()));
    let leanings: SmallVec<[i32; 16]> =
        starts.zip(ends).map(|(from, to)| leaning(&stretch[from..to])).collect();
    let mut balance: i32 = -leanings.iter().sum::<i32>();
    let mut best: SmallVec<[(i32, usize); MOST_GAPS + 1]> = SmallVec::new();
    for (&(at, bonus), leaning) in places.iter().zip(&leanings) {
        balance += 2 * leaning;
        let score = bonus + side * balance;
        let rank = best.iter().position(|&(other, _)| score > other).unwrap_or(best.len());
        if rank < MOST_GAPS {
            best.insert(rank, (score, at));
            best.truncate(MOST_GAPS);
        }
    }
    let most = best.first().map_or(0, |&(score, _)| score);
    best.iter().filter(|(score, _)| most - score <= NEXT_BEST).map(|&(_, at)| at).collect()
}

/// How much less may speak for the second place than for the first one.
const NEXT_BEST: i32 = 300;

/// Adds places with a word between them and those that are there, as far as so many are offered.
fn add(text: &str, gaps: &mut Gaps, places: impl IntoIterator<Item = usize>) {
    for place in places {
        let is_apart = |&other: &usize| {
            text[other.min(place)..other.max(place)].contains(char::is_alphanumeric)
        };
        if gaps.len() < MOST_GAPS && gaps.iter().all(is_apart) {
            gaps.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Head, closing, opening};

    /// The text with `|` for the mark that is missing.
    fn check_closing(marked: &str) {
        let text = marked.replace('|', "");
        let start = text.find('‘').map_or(0, |at| at + '‘'.len_utf8());
        let found = closing(&text, start, text.len(), false);
        assert_eq!(found.first().copied(), marked.find('|'), "{marked}");
    }

    fn check_opening(marked: &str) {
        let text = marked.replace('|', "");
        let end = text.find('’').unwrap_or(text.len());
        assert_eq!(
            opening(&text, 0, end, Head::Plain).first().copied(),
            Some(marked.find('|').unwrap_or(0)),
            "{marked}"
        );
    }

    #[test]
    fn speech_is_resumed_behind_words_of_saying() {
        let marked =
            "‘Yes, oh! yes’—he replied; |I was going to say so. A good visit:—I saw them all.’";
        let text = marked.replace('|', "");
        let start = text.find('’').expect("a mark") + '’'.len_utf8();
        let found = opening(&text, start, text.len() - '’'.len_utf8(), Head::Plain);
        assert_eq!(found.first().copied(), marked.find('|'));
    }

    #[test]
    fn speech_ends_where_narrative_begins() {
        check_closing("‘I have the keys here, sir.| He went to the door and looked out.");
        check_closing("‘Take care, boy!| as if it were he who had fallen.");
        check_closing("‘What will you do now?| She turned away and laughed.");
        check_closing("‘You shall have it, I promise you.|");
        check_closing("‘There are two of them: a) bread and b) peace.|");
        check_closing("He laughed (‘I promise you.|) and was gone.");
    }

    #[test]
    fn speech_begins_where_narrative_ends() {
        check_opening("The inspector laughed. |You have no doubt made up your mind already.’");
        check_opening("She held it over her heart, and continued: |You must read it.’");
        check_opening("He turned round and cried, |Forward!’ and was gone.");
        check_opening("|You are late, and I am tired.’");
        check_opening("They were startled by the cry of |There she blows!’ and away they flew.");
        check_opening("What Was Left Out: The title is his own. He said in 1956: |So it was.’");
    }

    /// The text with `|` for the mark that is missing between the first `’` and the last.
    fn check_resumed(marked: &str) {
        let text = marked.replace('|', "");
        let start = text.find('’').expect("a mark") + '’'.len_utf8();
        let end = text.rfind('’').expect("a mark");
        let found = opening(&text, start, end, Head::Plain);
        assert_eq!(found.first().copied(), marked.find('|'), "{marked}");
    }

    #[test]
    fn words_of_saying_go_on_with_a_participle_a_circumstance_or_a_reason() {
        check_resumed("‘No, sir,’ said Stubb, emboldened, |I will not be called a dog.’");
        check_resumed(
            "‘So,’ cried the Doctor, with some haste, |this is well! Somebody might hear.’",
        );
        check_resumed(
            "‘Wait,’ he said blithely, for he was in his element, |you are my assistant.’",
        );
        check_resumed(
            "‘Friend,’ said Smith to the others, as we sat at our meal, |what do you say?’",
        );
    }

    #[test]
    fn what_is_joined_to_a_term_is_a_term() {
        check_resumed("They were called ‘lollopers,’ and |marmots.’");
        let text = "He heard the words ‘Frank, and ";
        let start = text.find("Frank").expect("the name");
        let found = closing(text, start, text.len(), true);
        assert_eq!(found.first(), Some(&(start + "Frank,".len())));
    }

    #[test]
    fn titles_and_terms_begin_in_the_midst_of_a_clause() {
        check_opening("He paced the streets and passed the sign of |The Crossed Harpoons’ again.");
        check_opening("They went on in the |fusion’ of which so many had dreamed.");
    }

    #[test]
    fn a_word_for_words_tells_where_they_begin_and_end() {
        check_opening("She heard nothing but the word |clam,’ and hurried away.");
        check_opening("But that expression of |in love’ is so hackneyed, so doubtful.");
        check_closing("He said something in which the words ‘my aunt Norris| were heard.");
    }

    #[test]
    fn a_second_place_is_another_word() {
        let text = "‘I have the keys here, sir. He went to the door and looked out.";
        let found = closing(text, '‘'.len_utf8(), text.len(), false);
        let places: Vec<&str> = found.iter().map(|&at| &text[..at]).collect();
        assert_eq!(places, ["‘I have the keys here, sir.", text]);
    }
}
