//! How often a name must occur for a slip of it to be believed.

use crate::markup::Language;

use super::{LONG, Slip};

impl Slip {
    /// How often a name must occur for one misprint of it to be believed: the more often, the
    /// likelier it is that two names differ so; `None` if it never is. Short words have many
    /// neighbours, and what is a word is known of English alone. `letters` is the length of the
    /// misprint; `is_odd` says that the misprint has letters in a row that no other word has.
    pub fn enough(self, letters: usize, language: Language, is_odd: bool) -> Option<u32> {
        let is_english = language.is_read_as_english();
        let of_long = match self {
            Self::Accent if letters >= 6 => return Some(1),
            Self::Accent | Self::Umlaut => return Some(2),
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost | Self::Added => 2,
            Self::Ending | Self::Vowel if is_odd => 2,
            // Where names have cases the last letters change themselves.
            Self::Ending | Self::Vowel if !is_english => return None,
            Self::Ending | Self::Vowel => 6,
            Self::Changed => 24,
            Self::Replaced | Self::Round | Self::LongEnding | Self::Respelt => return None,
        };
        let of_short = match letters {
            0..=4 if is_odd && is_english => of_long * 3,
            0..=4 => 24,
            5 if !is_odd => of_long * 2,
            _ => of_long,
        };
        let tells = letters >= LONG && self.is_of_chance();
        Some(if is_english || is_odd || tells { of_short } else { of_short * 2 })
    }

    /// The same of a form that no dictionary of English has and no large list of names: then hardly
    /// another name is meant by it. In the texts of some thirty books all such forms of six letters
    /// and more were slips that had lost, doubled or transposed letters of a name seen twice.
    ///
    /// `is_known` says that dictionaries have the name that is meant.
    pub fn enough_if_unheard(self, letters: usize, is_odd: bool, is_known: bool) -> u32 {
        let of_long = match self {
            Self::Accent | Self::Umlaut => 1,
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost
                if is_known && letters >= 6 =>
            {
                1
            }
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost | Self::Added => 2,
            Self::Ending | Self::Vowel | Self::Round if is_known => 2,
            Self::Respelt => 2,
            Self::Round | Self::LongEnding => 3,
            Self::Vowel => 4,
            // A word of another language in an English text has its endings.
            Self::Ending | Self::Changed => 6,
            Self::Replaced if is_known || letters >= LONG => 6,
            Self::Replaced => 12,
        };
        match letters {
            0..=4 if is_known || is_odd => of_long * 4,
            0..=4 => of_long * 8,
            5 if !is_odd && (!is_known || self == Self::Added) && self != Self::Respelt => {
                of_long * 2
            }
            _ => of_long,
        }
    }
}
