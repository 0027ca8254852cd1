//! The characters that are read as quotation marks.

/// A quote-like mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Glyph {
    /// `‘` U+2018
    LeftSingle = 1,
    /// `’` U+2019
    RightSingle,
    /// `‚` U+201A
    LowSingle,
    /// `‛` U+201B
    ReversedSingle,
    /// `“` U+201C
    LeftDouble,
    /// `”` U+201D
    RightDouble,
    /// `„` U+201E
    LowDouble,
    /// `‟` U+201F
    ReversedDouble,
    /// `«` U+00AB
    LeftGuillemet,
    /// `»` U+00BB
    RightGuillemet,
    /// `‹` U+2039
    LeftAngle,
    /// `›` U+203A
    RightAngle,
    /// `'`
    StraightSingle,
    /// `"`
    StraightDouble,
    /// `` ` ``
    Grave,
    /// `´`
    Acute,
    /// `′` U+2032
    Prime,
    /// `″` U+2033
    DoublePrime,
    /// `״` U+05F4, which Hebrew keyboards have for the straight mark
    Gershayim,
}

/// Marks that can form pairs with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Single marks.
    Single,
    /// Double marks.
    Double,
    /// `« »`
    Guillemet,
    /// `‹ ›`
    Angle,
}

/// Of how many kinds marks are.
pub(super) const KINDS: usize = 4;

impl Glyph {
    /// The mark that a character is.
    pub fn of(character: char) -> Option<Self> {
        Some(match character {
            '‘' => Self::LeftSingle,
            '’' => Self::RightSingle,
            '‚' => Self::LowSingle,
            '‛' => Self::ReversedSingle,
            '“' => Self::LeftDouble,
            '”' => Self::RightDouble,
            '„' => Self::LowDouble,
            '‟' => Self::ReversedDouble,
            '«' => Self::LeftGuillemet,
            '»' => Self::RightGuillemet,
            '‹' => Self::LeftAngle,
            '›' => Self::RightAngle,
            '\'' => Self::StraightSingle,
            '"' => Self::StraightDouble,
            '`' => Self::Grave,
            '´' => Self::Acute,
            '′' => Self::Prime,
            '″' => Self::DoublePrime,
            '״' => Self::Gershayim,
            _ => return None,
        })
    }

    /// How many there are.
    pub(super) const COUNT: usize = 19;

    /// The glyph with this number.
    pub(super) fn numbered(number: u64) -> Option<Self> {
        const ALL: [Glyph; Glyph::COUNT] = [
            Glyph::LeftSingle,
            Glyph::RightSingle,
            Glyph::LowSingle,
            Glyph::ReversedSingle,
            Glyph::LeftDouble,
            Glyph::RightDouble,
            Glyph::LowDouble,
            Glyph::ReversedDouble,
            Glyph::LeftGuillemet,
            Glyph::RightGuillemet,
            Glyph::LeftAngle,
            Glyph::RightAngle,
            Glyph::StraightSingle,
            Glyph::StraightDouble,
            Glyph::Grave,
            Glyph::Acute,
            Glyph::Prime,
            Glyph::DoublePrime,
            Glyph::Gershayim,
        ];
        ALL.get((number as usize).wrapping_sub(1)).copied()
    }

    /// The character.
    pub fn character(self) -> char {
        match self {
            Self::LeftSingle => '‘',
            Self::RightSingle => '’',
            Self::LowSingle => '‚',
            Self::ReversedSingle => '‛',
            Self::LeftDouble => '“',
            Self::RightDouble => '”',
            Self::LowDouble => '„',
            Self::ReversedDouble => '‟',
            Self::LeftGuillemet => '«',
            Self::RightGuillemet => '»',
            Self::LeftAngle => '‹',
            Self::RightAngle => '›',
            Self::StraightSingle => '\'',
            Self::StraightDouble => '"',
            Self::Grave => '`',
            Self::Acute => '´',
            Self::Prime => '′',
            Self::DoublePrime => '″',
            Self::Gershayim => '״',
        }
    }

    /// Which marks it can form a pair with.
    #[inline]
    pub fn kind(self) -> Kind {
        match self {
            Self::LeftSingle
            | Self::RightSingle
            | Self::LowSingle
            | Self::ReversedSingle
            | Self::StraightSingle
            | Self::Grave
            | Self::Acute
            | Self::Prime => Kind::Single,
            Self::LeftDouble
            | Self::RightDouble
            | Self::LowDouble
            | Self::ReversedDouble
            | Self::StraightDouble
            | Self::Gershayim
            | Self::DoublePrime => Kind::Double,
            Self::LeftGuillemet | Self::RightGuillemet => Kind::Guillemet,
            Self::LeftAngle | Self::RightAngle => Kind::Angle,
        }
    }

    /// Whether the mark looks the same at both ends.
    pub fn is_straight(self) -> bool {
        matches!(self, Self::StraightSingle | Self::StraightDouble | Self::Gershayim)
    }

    /// The mark of the same kind that points the other way.
    pub fn turned(self) -> Option<Self> {
        Some(match self {
            Self::LeftSingle => Self::RightSingle,
            Self::RightSingle => Self::LeftSingle,
            Self::LeftDouble => Self::RightDouble,
            Self::RightDouble => Self::LeftDouble,
            Self::LeftGuillemet => Self::RightGuillemet,
            Self::RightGuillemet => Self::LeftGuillemet,
            Self::LeftAngle => Self::RightAngle,
            Self::RightAngle => Self::LeftAngle,
            _ => return None,
        })
    }

    /// Whether it can be an apostrophe.
    pub(super) fn may_be_apostrophe(self) -> bool {
        matches!(
            self,
            Self::LeftSingle
                | Self::RightSingle
                | Self::ReversedSingle
                | Self::StraightSingle
                | Self::Grave
                | Self::Acute
                | Self::Prime
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn every_glyph_has_the_number_that_leads_back_to_it() {
        let numbered: Vec<_> = (1..).map_while(Glyph::numbered).collect();
        assert_eq!(numbered.len(), Glyph::COUNT);
        for glyph in numbered {
            assert_eq!(Glyph::numbered(glyph as u64), Some(glyph));
            assert_eq!(Glyph::of(glyph.character()), Some(glyph));
        }
        assert_eq!(Glyph::numbered(0), None);
    }
}
