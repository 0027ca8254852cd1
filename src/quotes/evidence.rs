//! How the marks of a document are used, counted before anything is parsed.

use super::glyph::{Glyph, Kind};
use super::tokens::{Beside, Token};

/// How often each mark stands where only an opening or only a closing mark can.
#[derive(Default)]
pub(super) struct Counts {
    opens: [usize; 20],
    closes: [usize; 20],
    /// Blocks in which double marks balance and one pair stands inside another.
    pub(super) nested: usize,
    /// The same of guillemets.
    pub(super) nested_guillemets: usize,
    /// Double marks that open directly behind an equal one.
    pub(super) doubled: usize,
    /// Opening guillemets with a common space behind them.
    pub(super) spaced: usize,
}

impl Counts {
    /// Counts the marks of each block.
    pub(super) fn of<'t>(blocks: impl Iterator<Item = &'t [Token]>) -> Self {
        let mut counts = Self::default();
        for tokens in blocks {
            counts.add(tokens);
        }
        counts
    }

    fn add(&mut self, tokens: &[Token]) {
        let (mut double, mut guillemets) = (Levels::default(), Levels::default());
        let mut before: Option<Glyph> = None;
        for token in tokens {
            let levels = match token.glyph.kind() {
                Kind::Double => Some(&mut double),
                Kind::Guillemet => Some(&mut guillemets),
                Kind::Single | Kind::Angle => None,
            };
            if can_only_open(token) {
                self.opens[token.glyph as usize] += 1;
                levels.into_iter().for_each(Levels::open);
            } else if can_only_close(token) {
                self.closes[token.glyph as usize] += 1;
                levels.into_iter().for_each(Levels::close);
            }
            let is_doubled = before == Some(Glyph::RightDouble)
                && token.glyph == Glyph::RightDouble
                && token.mark_before
                && can_only_open(token);
            self.doubled += usize::from(is_doubled);
            before = Some(token.glyph);
            let is_spaced = token.glyph == Glyph::LeftGuillemet && token.after == Beside::Space;
            self.spaced += usize::from(is_spaced);
        }
        self.nested += usize::from(double.are_nested());
        self.nested_guillemets += usize::from(guillemets.are_nested());
    }

    pub(super) fn opens(&self, glyph: Glyph) -> usize {
        self.opens[glyph as usize]
    }

    pub(super) fn closes(&self, glyph: Glyph) -> usize {
        self.closes[glyph as usize]
    }

    /// Whether `mark` opens as well as closes: it does both often and its counterpart never.
    pub(super) fn is_same(&self, mark: Glyph, counterpart: Glyph, enough: usize) -> bool {
        let opens = self.opens(mark);
        opens >= enough
            && opens > 4 * (self.opens(counterpart) + self.closes(counterpart))
            && self.closes(mark) * 2 >= opens
    }

    /// The kind of mark that opens most often.
    pub(super) fn outer(&self) -> Option<Kind> {
        let sum = |glyphs: &[Glyph]| glyphs.iter().map(|&glyph| self.opens(glyph)).sum::<usize>();
        let kinds = [
            (Kind::Single, sum(&[Glyph::LeftSingle, Glyph::LowSingle, Glyph::StraightSingle])),
            (
                Kind::Double,
                sum(&[
                    Glyph::LeftDouble,
                    Glyph::LowDouble,
                    Glyph::StraightDouble,
                    Glyph::Gershayim,
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
}

/// How deep the marks of one kind stand in a block.
#[derive(Default)]
struct Levels {
    depth: usize,
    deepest: usize,
    is_broken: bool,
}

impl Levels {
    fn open(&mut self) {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    fn close(&mut self) {
        self.is_broken |= self.depth == 0;
        self.depth = self.depth.saturating_sub(1);
    }

    fn are_nested(&self) -> bool {
        !self.is_broken && self.depth == 0 && self.deepest > 1
    }
}

fn can_only_open(token: &Token) -> bool {
    matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening | Beside::Dash)
        && matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit)
}

fn can_only_close(token: &Token) -> bool {
    matches!(
        token.before,
        Beside::Stop | Beside::Pause | Beside::Lower | Beside::Upper | Beside::Digit
    ) && matches!(
        token.after,
        Beside::Edge | Beside::Space | Beside::Stop | Beside::Pause | Beside::Closing
    )
}
