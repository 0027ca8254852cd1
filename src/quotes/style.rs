//! Which marks a document uses, and what each can do there.

use crate::markup::{Document, Language};

use super::Settings;
use super::cost::{Cost, IMPOSSIBLE, MISMATCH, TURNED};
use super::glyph::{Glyph, Kind};
use super::tokens::{Beside, Token};

/// A configured choice of outer marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outer {
    /// `‘ ’`, inner `“ ”`
    Single,
    /// `“ ”`, inner `‘ ’`
    Double,
    /// `« »`
    Guillemets,
    /// `„ “`
    German,
    /// `» «`
    ReversedGuillemets,
    /// `” ”`
    Swedish,
}

/// The conventions of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The kind of the outermost marks, where it can be told.
    pub outer: Option<Kind>,
    /// `„` is closed by `“`, so that `“` closes.
    low_double: bool,
    /// `‚` is closed by `‘`, so that `‘` closes.
    low_single: bool,
    /// `„` is closed by `”`, as in Polish.
    low_closed_by_right: bool,
    /// Guillemets point inwards: `» «`.
    reversed: bool,
    /// `”` both opens and closes, as in Swedish and Finnish.
    same_double: bool,
    /// `’` both opens and closes.
    same_single: bool,
    /// `»` both opens and closes.
    same_guillemet: bool,
}

/// How often each mark stands where only an opening or only a closing mark can.
#[derive(Default)]
struct Counts {
    opens: [usize; 20],
    closes: [usize; 20],
}

impl Counts {
    fn of<'t>(tokens: impl Iterator<Item = &'t Token>) -> Self {
        let mut counts = Self::default();
        for token in tokens {
            let left_open = matches!(
                token.before,
                Beside::Edge | Beside::Space | Beside::Opening | Beside::Dash
            );
            let right_open = matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit);
            let left_closed = matches!(
                token.before,
                Beside::Stop | Beside::Pause | Beside::Lower | Beside::Upper | Beside::Digit
            );
            let right_closed = matches!(
                token.after,
                Beside::Edge | Beside::Space | Beside::Stop | Beside::Pause | Beside::Closing
            );
            if left_open && right_open {
                counts.opens[token.glyph as usize] += 1;
            } else if left_closed && right_closed {
                counts.closes[token.glyph as usize] += 1;
            }
        }
        counts
    }

    fn opens(&self, glyph: Glyph) -> usize {
        self.opens[glyph as usize]
    }

    fn closes(&self, glyph: Glyph) -> usize {
        self.closes[glyph as usize]
    }
}

/// Tells a document's conventions from its marks, its language and the settings.
pub(super) fn infer<'t>(
    document: &Document,
    tokens: impl Iterator<Item = &'t Token>,
    settings: &Settings,
) -> Style {
    let counts = Counts::of(tokens);
    let language = document.language.code();
    let prefers_same = matches!(language, "sv" | "fi");
    let low = counts.opens(Glyph::LowDouble);
    let mut style = Style {
        // A few German titles in an English text do not make `“` a closing mark in it.
        low_double: low > 0
            && language != "en"
            && counts.closes(Glyph::LeftDouble) > counts.opens(Glyph::LeftDouble),
        low_single: counts.opens(Glyph::LowSingle) > 0
            && counts.closes(Glyph::LeftSingle) > counts.opens(Glyph::LeftSingle),
        low_closed_by_right: low > 0
            && counts.closes(Glyph::RightDouble) > counts.closes(Glyph::LeftDouble),
        reversed: counts.opens(Glyph::RightGuillemet) > counts.opens(Glyph::LeftGuillemet)
            && counts.closes(Glyph::LeftGuillemet) > 0,
        same_double: is_same(&counts, Glyph::RightDouble, Glyph::LeftDouble, prefers_same),
        same_single: prefers_same
            && is_same(&counts, Glyph::RightSingle, Glyph::LeftSingle, prefers_same),
        same_guillemet: is_same(&counts, Glyph::RightGuillemet, Glyph::LeftGuillemet, prefers_same),
        outer: None,
    };
    style.outer = outer(&counts);
    if let Some(outer) = settings.outer {
        style.apply(outer);
    }
    style
}

/// Whether `mark` opens as well as closes: it does both often and its counterpart never.
fn is_same(counts: &Counts, mark: Glyph, counterpart: Glyph, is_usual: bool) -> bool {
    let opens = counts.opens(mark);
    let enough = if is_usual { 1 } else { 6 };
    opens >= enough
        && opens > 4 * (counts.opens(counterpart) + counts.closes(counterpart))
        && counts.closes(mark) * 2 >= opens
}

fn outer(counts: &Counts) -> Option<Kind> {
    let sum = |glyphs: &[Glyph]| glyphs.iter().map(|&glyph| counts.opens(glyph)).sum::<usize>();
    let kinds = [
        (Kind::Single, sum(&[Glyph::LeftSingle, Glyph::LowSingle, Glyph::StraightSingle])),
        (
            Kind::Double,
            sum(&[
                Glyph::LeftDouble,
                Glyph::LowDouble,
                Glyph::StraightDouble,
                Glyph::RightDouble,
                Glyph::ReversedDouble,
            ]),
        ),
        (Kind::Guillemet, sum(&[Glyph::LeftGuillemet, Glyph::RightGuillemet])),
    ];
    let (kind, most) = kinds.into_iter().max_by_key(|&(_, count)| count)?;
    let second =
        kinds.iter().filter(|&&(other, _)| other != kind).map(|&(_, count)| count).max()?;
    (most > second).then_some(kind)
}

impl Style {
    fn apply(&mut self, outer: Outer) {
        self.outer = Some(match outer {
            Outer::Single => Kind::Single,
            Outer::Double | Outer::German | Outer::Swedish => Kind::Double,
            Outer::Guillemets | Outer::ReversedGuillemets => Kind::Guillemet,
        });
        self.low_double |= outer == Outer::German;
        self.reversed |= outer == Outer::ReversedGuillemets;
        self.same_double |= outer == Outer::Swedish;
    }

    /// The conventions of a block in another language than the document's.
    pub(super) fn in_language(self, language: Language) -> Self {
        let mut style = self;
        if matches!(language.code(), "ru" | "uk" | "be" | "fr" | "it" | "es" | "el") {
            // Inside and outside guillemets their marks nest in many ways.
            style.outer = self.outer.filter(|&kind| kind == Kind::Guillemet);
        }
        style
    }

    /// What it costs, apart from its place, that a mark opens.
    pub(super) fn opens(&self, glyph: Glyph) -> Cost {
        match glyph {
            Glyph::LeftSingle if self.low_single => TURNED,
            Glyph::LeftDouble if self.low_double => TURNED,
            Glyph::LeftGuillemet | Glyph::LeftAngle if self.reversed => TURNED,
            Glyph::LeftSingle
            | Glyph::LowSingle
            | Glyph::ReversedSingle
            | Glyph::LeftDouble
            | Glyph::LowDouble
            | Glyph::ReversedDouble
            | Glyph::LeftGuillemet
            | Glyph::LeftAngle
            | Glyph::StraightSingle
            | Glyph::StraightDouble => 0,
            Glyph::RightGuillemet | Glyph::RightAngle => {
                if self.reversed || self.same_guillemet {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::RightDouble => {
                if self.same_double {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::RightSingle => {
                if self.same_single {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::Grave => 5,
            Glyph::Acute | Glyph::Prime | Glyph::DoublePrime => IMPOSSIBLE,
        }
    }

    /// What it costs, apart from its place, that a mark closes something.
    pub(super) fn closes(&self, glyph: Glyph) -> Cost {
        match glyph {
            Glyph::RightSingle
            | Glyph::RightDouble
            | Glyph::StraightSingle
            | Glyph::StraightDouble => 0,
            Glyph::LeftSingle => {
                if self.low_single {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::LeftDouble => {
                if self.low_double {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::RightGuillemet | Glyph::RightAngle => {
                if self.reversed && !self.same_guillemet {
                    TURNED
                } else {
                    0
                }
            }
            Glyph::LeftGuillemet | Glyph::LeftAngle => {
                if self.reversed {
                    0
                } else {
                    TURNED
                }
            }
            Glyph::Acute => 5,
            Glyph::DoublePrime | Glyph::Prime => 40,
            Glyph::Grave => TURNED,
            Glyph::LowSingle | Glyph::LowDouble | Glyph::ReversedSingle | Glyph::ReversedDouble => {
                IMPOSSIBLE
            }
        }
    }

    /// What it costs, apart from its place, that `closer` closes what `opener` opened.
    pub(super) fn pair(&self, opener: Glyph, closer: Glyph) -> Cost {
        if opener.kind() != closer.kind() {
            return self.closes(closer).saturating_add(MISMATCH);
        }
        match (opener, closer) {
            // Low marks are closed by either high one, in whatever text they stand.
            (Glyph::LowDouble, Glyph::LeftDouble | Glyph::RightDouble)
            | (Glyph::LowSingle, Glyph::LeftSingle | Glyph::RightSingle) => 0,
            // What was opened by a turned mark is closed by one that points the same way.
            (Glyph::RightGuillemet, Glyph::LeftGuillemet)
            | (Glyph::RightAngle, Glyph::LeftAngle) => 0,
            (Glyph::StraightSingle, Glyph::StraightSingle)
            | (Glyph::StraightDouble, Glyph::StraightDouble) => 0,
            // Typed and typographic marks mixed in one pair.
            (Glyph::Grave, _) => 0,
            (_, Glyph::StraightSingle | Glyph::StraightDouble) if !opener.is_straight() => 30,
            _ if opener.is_straight() && !closer.is_straight() => 30,
            _ => self.closes(closer),
        }
    }

    /// The mark that closes what `opener` opened.
    pub(super) fn closer_for(&self, opener: Glyph) -> Glyph {
        match opener {
            Glyph::LeftSingle | Glyph::ReversedSingle | Glyph::RightSingle => Glyph::RightSingle,
            Glyph::LeftDouble | Glyph::ReversedDouble | Glyph::RightDouble => Glyph::RightDouble,
            Glyph::LowSingle => Glyph::LeftSingle,
            Glyph::LowDouble if self.low_closed_by_right => Glyph::RightDouble,
            Glyph::LowDouble => Glyph::LeftDouble,
            Glyph::LeftGuillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet if self.same_guillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet => Glyph::LeftGuillemet,
            Glyph::LeftAngle => Glyph::RightAngle,
            Glyph::RightAngle => Glyph::LeftAngle,
            Glyph::Grave => Glyph::StraightSingle,
            straight => straight,
        }
    }

    /// The mark that opens what `closer` closes.
    pub(super) fn opener_for(&self, closer: Glyph) -> Glyph {
        match closer {
            Glyph::RightSingle if self.same_single => Glyph::RightSingle,
            Glyph::RightDouble if self.same_double => Glyph::RightDouble,
            Glyph::RightDouble if self.low_closed_by_right => Glyph::LowDouble,
            Glyph::RightSingle | Glyph::Acute => Glyph::LeftSingle,
            Glyph::RightDouble => Glyph::LeftDouble,
            Glyph::LeftSingle => Glyph::LowSingle,
            Glyph::LeftDouble => Glyph::LowDouble,
            Glyph::RightGuillemet if self.same_guillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet => Glyph::LeftGuillemet,
            Glyph::LeftGuillemet => Glyph::RightGuillemet,
            Glyph::RightAngle => Glyph::LeftAngle,
            Glyph::LeftAngle => Glyph::RightAngle,
            straight => straight,
        }
    }
}

impl Style {
    /// Whether the mark closes by its shape.
    pub(super) fn is_closing(&self, glyph: Glyph) -> bool {
        self.closes(glyph) == 0
    }
}
