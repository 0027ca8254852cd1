//! In which letters the words of a mention are written.

use serde::{Deserialize, Serialize};

/// The same of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Small ones behind a capital.
    Usual = 0,
    Capitals = 1,
    /// Small ones, which are shown as capitals.
    Small = 2,
}

impl Letters {
    /// Of a word as it is typed. What begins with a small letter is a name since markup shows it in
    /// capitals.
    pub(super) fn of(word: &str) -> Self {
        match word.as_bytes() {
            // As nearly all are.
            [b'A'..=b'Z', b'a'..=b'z', ..] => Self::Usual,
            _ if word.starts_with(char::is_lowercase) => Self::Small,
            _ if is_in_capitals(word) => Self::Capitals,
            _ => Self::Usual,
        }
    }

    /// Another word in such letters.
    fn write(self, text: &str) -> String {
        match self {
            Self::Usual => text.to_owned(),
            Self::Capitals => text.to_uppercase(),
            Self::Small => text.to_lowercase(),
        }
    }
}

/// Of the given name, the one between and the family name; small, since a corpus keeps many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lettering(u8);

impl Lettering {
    /// The words are in this order; what a mention does not have is as usual.
    pub(super) fn of(words: [Letters; 3]) -> Self {
        let [given, middle, family] = words.map(|letters| letters as u8);
        Self(given | middle << 2 | family << 4)
    }

    fn get(self, number: usize) -> Letters {
        match self.0 >> (2 * number) & 3 {
            0 => Letters::Usual,
            1 => Letters::Capitals,
            _ => Letters::Small,
        }
    }

    pub(super) fn of_family(self) -> Letters {
        self.get(2)
    }

    /// Another spelling of the word of this number, as it is written there.
    pub(super) fn write(self, number: usize, text: &str) -> String {
        self.get(number).write(text)
    }
}

/// Whether a word of more than three letters has no small one.
fn is_in_capitals(word: &str) -> bool {
    // The second letter tells of most that they are not.
    let is_told = matches!(word.as_bytes(), [_, b'a'..=b'z', ..]);
    !is_told && word.chars().nth(3).is_some() && !word.chars().any(char::is_lowercase)
}
