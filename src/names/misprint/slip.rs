//! The kinds of slips.

/// How a misprint differs from the name it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// An accent or another diacritic is missing.
    Accent,
    /// An umlaut is missing in German, where words that differ so are forms of one noun.
    Umlaut,
    /// Letters that scanners confuse: `rn` and `m`.
    Scan,
    /// Two letters changed places.
    Transposed,
    /// A letter is doubled, or a double one single.
    Doubled,
    /// A letter is missing.
    Lost,
    /// A letter too many.
    Added,
    /// The last letter is missing, doubled or confused, where names have endings.
    Ending,
    /// An `e` for an `o`, or a vowel lost before the last letter: families differ so as well.
    Vowel,
    /// Another letter.
    Changed,
    /// An `e` for an `o` in a name so short that many differ so.
    Round,
    /// A letter doubled at the end that makes plurals and other forms of a name.
    LongEnding,
    /// Other vowels, or other consonants for the same sound, as in names from Arabic.
    Respelt,
    /// Another letter where two names easily differ in one: a vowel, or a letter of a short name.
    Replaced,
    /// Another letter in the ending, where forms of a name and names of one stem differ:
    /// `Petrovka`, `Petrovna`.
    LateChange,
    /// A consonant that ends no form of a name for the last letter: `Eltok`.
    LastChange,
    /// A vowel lost at the end, as many forms of names have it.
    LostVowel,
}

impl Slip {
    /// Whether no ending and no other name is likely to differ so, but what chance does to a word.
    pub fn is_of_chance(self) -> bool {
        matches!(self, Self::Transposed | Self::Scan | Self::Doubled)
    }

    /// Whether another letter stands for one, which hardly any ending does but many names.
    pub fn is_another_letter(self) -> bool {
        matches!(
            self,
            Self::Changed | Self::Replaced | Self::Round | Self::LateChange | Self::LastChange
        )
    }

    /// Whether the ending of the word is as it was, and no letter stands for another one.
    pub fn leaves_ends(self) -> bool {
        self.is_of_chance() || matches!(self, Self::Lost | Self::Added)
    }

    /// How likely it is beside the other ones, to tell which of two names is meant.
    pub fn weight(self) -> u32 {
        match self {
            Self::Accent | Self::Umlaut => 64,
            Self::Transposed => 8,
            Self::Scan | Self::Doubled => 4,
            Self::Lost | Self::Respelt => 2,
            Self::Added
            | Self::Ending
            | Self::LongEnding
            | Self::Vowel
            | Self::Round
            | Self::Changed
            | Self::Replaced
            | Self::LateChange
            | Self::LastChange
            | Self::LostVowel => 1,
        }
    }
}
