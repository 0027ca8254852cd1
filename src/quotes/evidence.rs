//! How the marks of a document are used, counted before anything is parsed.

use super::glyph::{Glyph, Kind};
use super::style::Style;
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
    /// `’` where only an opening mark can stand, with the next one where only a closing mark can.
    pub(super) pairs_of_singles: usize,
    /// Closing marks in front of a comma, and behind one.
    pub(super) commas: [usize; 2],
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
        let mut is_single_open = false;
        for token in tokens {
            if token.glyph == Glyph::RightSingle {
                let closes = can_only_close(token);
                self.pairs_of_singles += usize::from(is_single_open && closes);
                is_single_open = can_only_open(token) || is_single_open && !closes;
            }
            let levels = match token.glyph.kind() {
                Kind::Double => Some(&mut double),
                Kind::Guillemet => Some(&mut guillemets),
                Kind::Single | Kind::Angle => None,
            };
            if can_only_open(token) {
                self.opens[token.glyph as usize] += 1;
                levels.into_iter().for_each(Levels::open);
            } else if can_only_close(token) {
                let is_outside = token.after == Beside::Pause && token.before == Beside::Lower;
                let is_inside = token.before == Beside::Pause && token.after == Beside::Space;
                self.commas[0] += usize::from(is_outside);
                self.commas[1] += usize::from(is_inside);
                self.closes[token.glyph as usize] += 1;
                levels.into_iter().for_each(Levels::close);
            }
            let is_doubled = before == Some(Glyph::RightDouble)
                && token.glyph == Glyph::RightDouble
                && token.mark_before
                && can_only_open(token);
            self.doubled += usize::from(is_doubled);
            before = Some(token.glyph);
            // Where guillemets point inwards a space stands behind each of those that close, and none
            // before it.
            let is_spaced = token.glyph == Glyph::LeftGuillemet
                && token.after == Beside::Space
                && matches!(token.before, Beside::Edge | Beside::Space);
            self.spaced += usize::from(is_spaced);
        }
        self.nested += usize::from(double.are_nested());
        // `««Ah!» said he.`
        let leads_doubled = matches!(tokens, [first, second, ..]
            if first.glyph == Glyph::LeftGuillemet
                && second.glyph == Glyph::LeftGuillemet
                && first.before == Beside::Edge
                && second.mark_before);
        self.nested_guillemets += usize::from(guillemets.are_nested() || leads_doubled);
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

/// Of which kinds the marks of a block stand inside each other and balance, by what they do in the
/// document and by their places: no single mistake leaves that behind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WellNested {
    double: bool,
    guillemets: bool,
}

impl WellNested {
    /// Those of a block; `is_tale`: what it opens at its head may go on in the next one.
    pub(super) fn of(tokens: &[Token], style: &Style, is_tale: bool) -> Self {
        let of_kind = |kind| are_well_nested(tokens, style, is_tale, kind);
        Self { double: of_kind(Kind::Double), guillemets: of_kind(Kind::Guillemet) }
    }

    /// Whether the marks of this kind are.
    pub(super) fn has(self, kind: Kind) -> bool {
        match kind {
            Kind::Double => self.double,
            Kind::Guillemet => self.guillemets,
            Kind::Single | Kind::Angle => false,
        }
    }
}

fn are_well_nested(tokens: &[Token], style: &Style, is_tale: bool, kind: Kind) -> bool {
    let mut levels = Levels::default();
    let mut inner = 0;
    for token in tokens.iter().filter(|token| token.glyph.kind() == kind) {
        let may_open = style.opens(token.glyph) == 0;
        let may_close = style.closes(token.glyph) == 0;
        let opens = match (may_open, may_close) {
            (true, true) if stands_before(token) == stands_behind(token) => return false,
            (true, true) => stands_before(token),
            (false, false) => return false,
            _ => may_open,
        };
        if opens {
            inner += usize::from(levels.depth > 0);
            levels.open();
        } else {
            levels.close();
        }
    }
    let goes_on = is_tale && levels.depth == 1 && inner >= RETOLD && !levels.is_broken;
    levels.are_nested() || goes_on
}

/// So many quotations in a long paragraph that opens with a mark make it one of a tale.
const RETOLD: usize = 2;

fn stands_before(token: &Token) -> bool {
    let is_free = |beside| matches!(beside, Beside::Edge | Beside::Space | Beside::Opening);
    (is_free(token.before) || token.before == Beside::Dash)
        && !is_free(token.after)
        && !matches!(token.after, Beside::Stop | Beside::Pause | Beside::Closing)
}

fn stands_behind(token: &Token) -> bool {
    !matches!(token.before, Beside::Edge | Beside::Space | Beside::Opening)
        && !matches!(token.after, Beside::Lower | Beside::Upper | Beside::Digit)
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
    // ”Fönster (förval)”: a mark behind a bracket and before a space closes, whatever its shape.
    let follows_bracket = token.before == Beside::Closing && token.glyph == Glyph::RightDouble;
    (follows_bracket
        || matches!(
            token.before,
            Beside::Stop | Beside::Pause | Beside::Lower | Beside::Upper | Beside::Digit
        ))
        && (matches!(
            token.after,
            Beside::Edge | Beside::Space | Beside::Stop | Beside::Pause | Beside::Closing
        ) || token.after == Beside::Dash && token.glyph.kind() != Kind::Single)
}
