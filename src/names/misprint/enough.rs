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
            Self::Accent if letters >= 6 || letters == 5 && is_full_of_marks(language) => {
                return Some(1);
            }
            Self::Accent | Self::Umlaut => return Some(2),
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost | Self::Added => 2,
            Self::Ending | Self::Vowel if is_odd => 2,
            // Where names have cases the last letters change themselves.
            Self::Ending | Self::Vowel if !is_english => return None,
            Self::Ending | Self::Vowel => 6,
            Self::Changed => 24,
            Self::Replaced | Self::Round | Self::LateChange | Self::LastChange => return None,
            Self::LongEnding | Self::LostVowel | Self::Respelt => return None,
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
    /// another name is meant by it; `None` if it never is. In the texts of some thirty books nearly all
    /// such forms of six letters and more that were one letter away from a name seen twice were slips of
    /// it, if the letter was inside of the word.
    ///
    /// `is_known` says that dictionaries have the name that is meant.
    pub fn enough_if_unheard(self, letters: usize, is_odd: bool, is_known: bool) -> Option<u32> {
        match letters {
            6.. => self.enough_if_long(letters, is_odd, is_known),
            _ if self.is_another_letter() => enough_if_replaced(self, letters, is_odd, is_known),
            5 => {
                let enough = self.enough_if_long(letters, is_odd, is_known)?;
                let is_told = is_odd || is_known && self != Self::Added || self == Self::Respelt;
                Some(if is_told { enough } else { enough * 2 })
            }
            _ => {
                let enough = self.enough_if_long(letters, is_odd, is_known)?;
                // `Apnl`, `Jovve`: no other name than April and Jove is meant.
                let is_clear = is_known && is_odd && self.is_of_chance();
                Some(match (is_clear, is_known || is_odd) {
                    (true, _) => enough,
                    (false, true) => enough * 4,
                    (false, false) => enough * 8,
                })
            }
        }
    }

    fn enough_if_long(self, letters: usize, is_odd: bool, is_known: bool) -> Option<u32> {
        let is_clear = is_known && (is_odd || letters >= CLEAR);
        let enough = match self {
            Self::Accent | Self::Umlaut => 1,
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost | Self::Added
                if is_known && letters >= 6 =>
            {
                1
            }
            Self::Changed | Self::Replaced | Self::Vowel if is_clear => 1,
            Self::Transposed | Self::Scan | Self::Doubled | Self::Lost | Self::Added => 2,
            Self::Respelt | Self::Changed => 2,
            Self::Ending | Self::Vowel | Self::Round | Self::LongEnding if is_known => 2,
            Self::Replaced if is_known || is_odd => 2,
            Self::Round | Self::LongEnding | Self::Vowel => 3,
            Self::Replaced if letters >= CLEAR => 3,
            Self::Replaced => 6,
            // A word of another language in an English text has its endings.
            Self::Ending => 4,
            Self::LostVowel if is_odd => 4,
            Self::LostVowel => return None,
            Self::LastChange if is_known || is_odd => 2,
            Self::LastChange => 6,
            Self::LateChange if is_known && is_odd => 2,
            Self::LateChange if is_known || is_odd => 6,
            Self::LateChange => 16,
        };
        Some(enough)
    }
}

/// Whether a language has marks on so many letters that hardly a word is the same without.
fn is_full_of_marks(language: Language) -> bool {
    matches!(language.code(), "pl" | "cs" | "sk")
}

/// The same of a short name with another letter: many names differ so.
fn enough_if_replaced(slip: Slip, letters: usize, is_odd: bool, is_known: bool) -> Option<u32> {
    match (letters, is_odd) {
        (5, true) if is_known => Some(12),
        (5, true) => Some(24),
        (5, false) if slip == Slip::Round && is_known => Some(24),
        (5, false) if !is_known => Some(48),
        (5, false) => None,
        (4, true) => Some(48),
        _ => None,
    }
}

/// From how many letters on hardly another word is one letter away from a name.
const CLEAR: usize = 7;
