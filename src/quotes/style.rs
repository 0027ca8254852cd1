//! Which marks a document uses, and what each can do there.

use crate::markup::{Block, Document, Language};

use super::Settings;
use super::apostrophe::Singles;
use super::convention::Convention;
use super::cost::{
    self, Cost, FOREIGN, IMPOSSIBLE, MISMATCH, MIXED, MIXED_BY_MISTAKE, ONCE_NESTED, RARELY_NESTED,
    TURNED, USUALLY_NESTED,
};
use super::evidence::Counts;
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
    /// `‚` is closed by `’`.
    low_single_closed_by_right: bool,
    /// `„` is closed by the same mark wherever the document has it.
    is_low_closed_alike: bool,
    /// Guillemets point inwards: `» «`.
    reversed: bool,
    /// `”` both opens and closes, as in Swedish and Finnish.
    same_double: bool,
    /// `’` both opens and closes.
    same_single: bool,
    /// `”` may both open and close in the language, whatever else the document has.
    admits_same_double: bool,
    /// The same of `’`.
    admits_same_single: bool,
    /// How usual `” “` is.
    inwards: Inwards,
    /// `»` both opens and closes.
    same_guillemet: bool,
    /// `›` both opens and closes.
    same_angle: bool,
    /// A pair of marks of another convention may stand beside the document's own.
    admits_foreign: bool,
    /// Quotations have the marks of the one they stand in.
    nests_same: bool,
    /// The same of guillemets.
    nests_guillemets: bool,
    /// One guillemet may close two quotations.
    shares_guillemets: bool,
    /// Straight marks close where typographic ones open, and do so often.
    mixes_typed: bool,
    /// Straight single marks open quotations, and close them as well.
    pub(super) quotes_by_typed: bool,
    /// Guillemets have a common space on the inside, which tells nothing of their direction.
    pub(super) is_spaced: bool,
    /// Commas stand behind closing marks.
    pub(super) commas_outside: bool,
    /// No single mark opens anything, so that every `’` is an apostrophe.
    lacks_single: bool,
    /// `’` closes quotations.
    quotes_by_right: bool,
    /// `’` opens and closes quotations, and does so often.
    quotes_alike: bool,
}

/// How usual it is that `”` opens and `“` closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inwards {
    /// It is a mistake.
    #[default]
    Never,
    /// Neither the language nor the document tells.
    Perhaps,
    /// The document has hardly anything else.
    Usually,
}

/// So many closing marks make a rule, if one of twelve at most is otherwise.
const RULE: usize = 8;

/// Tells a document's conventions from its marks, its language and the settings. `tokens`
/// gives those of each block.
pub(super) fn infer<'t>(
    source: &str,
    document: &Document,
    tokens: impl Iterator<Item = &'t [Token]>,
    settings: &Settings,
) -> Style {
    let language = document.language;
    let is_english = language.code() == "en";
    // Passages in other languages have conventions of their own; a page that is half translated has no
    // other marks than those of its passages.
    let is_own = |index: usize| {
        is_english
            || !language.is_known()
            || document.blocks[index].language.base() == language.base()
    };
    let own = tokens.enumerate().filter(|&(index, _)| is_own(index)).map(|(_, tokens)| tokens);
    let counts = Counts::of(own);
    let mut style = if is_english || !language.is_known() {
        Style::by_marks(&counts, is_english)
    } else {
        Style::by_language(&counts, Convention::of(language))
    };
    style.outer = counts.outer();
    style.quotes_by_typed = quotes_by_typed(&counts);
    style.admits_same_double = style.admits_same_double
        || (is_english || !language.is_known())
            && counts.opens(Glyph::RightDouble) > 0
            && is_half_translated(document, source);
    if let Some(outer) = settings.outer {
        style.apply(outer);
    }
    style
}

/// Whether a page may be English, or of no language, only since little of it is translated into one that has
/// `” ”`: Swedish, Finnish. What is not translated has titles with these marks in it.
fn is_half_translated(document: &Document, source: &str) -> bool {
    let alike = Some(Glyph::RightDouble);
    let is_told =
        |block: &&Block| Convention::of(block.language).closer(Glyph::RightDouble) == alike;
    // Headings and names of links are too short to tell a language by their words.
    let has_letter = |block: &&Block| has_letter(block.prose.text(source));
    let lettered = document.blocks.iter().filter(has_letter).count();
    document.blocks.iter().filter(is_told).nth(1).is_some()
        || lettered >= LETTERED && lettered * LETTERED_RATE >= document.blocks.len()
}

/// Whether a text has one of the letters å, ä and ö. All begin with one byte, and a whole book is looked
/// through for it.
fn has_letter(text: &str) -> bool {
    memchr::memchr_iter(b'\xC3', text.as_bytes()).any(|at| {
        let letter = text[at..].chars().next();
        letter.is_some_and(|letter| matches!(letter, 'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö'))
    })
}

/// A mark opens freely where its place costs less.
const FREELY: Cost = 20;

/// So many blocks with letters of a language, and one of so many, are more than names.
const LETTERED: usize = 5;
const LETTERED_RATE: usize = 20;

impl Style {
    /// The conventions of an English text, or of one whose language could not be told.
    fn by_marks(counts: &Counts, is_english: bool) -> Self {
        let low = counts.opens(Glyph::LowDouble);
        let is_alone = counts.opens(Glyph::LeftDouble) + counts.closes(Glyph::LeftDouble) == 0;
        let enough = match is_english {
            // Where nothing opens otherwise, nobody can say that `”` does so by mistake.
            _ if is_alone && counts.opens(Glyph::LeftSingle) == 0 => 1,
            true if !is_alone => 6,
            _ => 3,
        };
        let same_double = counts.is_same(Glyph::RightDouble, Glyph::LeftDouble, enough);
        let has_alike = |mark, counterpart| counts.is_same(mark, counterpart, 1);
        let guillemets = if is_english { 6 } else { 2 };
        let same_guillemet =
            counts.is_same(Glyph::RightGuillemet, Glyph::LeftGuillemet, guillemets);
        // Print that has one mark at both ends has it so in inner quotations as well.
        let same_single = !is_english
            && (same_double || same_guillemet)
            && counts.pairs_of_singles > 0
            && has_alike(Glyph::RightSingle, Glyph::LeftSingle);
        Self {
            // A few German titles in an English text do not make `“` a closing mark in it.
            low_double: low > 0
                && !is_english
                && counts.closes(Glyph::LeftDouble) > counts.opens(Glyph::LeftDouble),
            low_single: is_low_single(counts),
            low_closed_by_right: low > 0
                && counts.closes(Glyph::RightDouble) > counts.closes(Glyph::LeftDouble),
            reversed: counts.opens(Glyph::RightGuillemet) > counts.opens(Glyph::LeftGuillemet)
                && counts.closes(Glyph::LeftGuillemet) > 0,
            same_double,
            same_single,
            admits_same_single: same_single,
            same_guillemet,
            same_angle: !is_english
                && same_guillemet
                && has_alike(Glyph::RightAngle, Glyph::LeftAngle),
            quotes_alike: same_single && counts.pairs_of_singles >= 3,
            admits_same_double: has_both(counts),
            admits_foreign: !is_english,
            inwards: if is_english { Inwards::Never } else { doubles_inwards(counts, false) },
            nests_guillemets: counts.nested_guillemets >= 2,
            shares_guillemets: true,
            mixes_typed: mixes_typed(counts),
            is_spaced: is_spaced(counts),
            commas_outside: counts.commas[0] >= 3 && counts.commas[0] > 3 * counts.commas[1],
            ..Self::default()
        }
    }

    /// The conventions of a text in another language: its print tells what is likely, the
    /// document what is so.
    fn by_language(counts: &Counts, convention: &Convention) -> Self {
        let low = counts.opens(Glyph::LowDouble);
        let same = |mark, counterpart, others: usize| {
            let opens = counts.opens(mark);
            // Where print has the mark at both ends, speeches that go on over many paragraphs
            // may open far more often than they close.
            let is_usual = convention.has(mark, mark) && opens > 4 * others;
            let never_other = counts.opens(counterpart) + counts.closes(counterpart) == 0;
            is_usual && never_other && opens > 0 && counts.closes(mark) > 0
                || counts.is_same(mark, counterpart, if is_usual { 1 } else { 4 })
                    && opens > 4 * others
        };
        let same_double = same(Glyph::RightDouble, Glyph::LeftDouble, low)
            || convention.closer(Glyph::RightDouble) == Some(Glyph::RightDouble)
                && counts.opens(Glyph::LeftDouble) == 0
                && low == 0;
        let by_left = counts.closes(Glyph::LeftDouble);
        let by_right = counts.closes(Glyph::RightDouble);
        let usual = convention.closer(Glyph::LowDouble);
        let low_double = if low + by_left < 3 {
            usual == Some(Glyph::LeftDouble)
                && by_left >= counts.opens(Glyph::LeftDouble).min(by_right)
        } else {
            by_left > counts.opens(Glyph::LeftDouble)
        };
        let most = by_left.max(by_right);
        let same_single = convention.has(Glyph::RightSingle, Glyph::RightSingle)
            && same(Glyph::RightSingle, Glyph::LeftSingle, counts.opens(Glyph::LowSingle));
        Self {
            low_double,
            // Several `‘` that close nothing were set for apostrophes: ich hab‘, ich seh‘.
            low_single: is_low_single(counts)
                || low_double && is_unused(counts) && counts.closes(Glyph::LeftSingle) < 2,
            low_closed_by_right: counts.opens(Glyph::LowDouble) > counts.opens(Glyph::LeftDouble)
                && by_right > by_left
                || by_right == by_left && usual == Some(Glyph::RightDouble),
            low_single_closed_by_right: counts.opens(Glyph::LowSingle)
                > counts.opens(Glyph::LeftSingle) + counts.closes(Glyph::LeftSingle)
                && (by_right > by_left
                    || convention.closer(Glyph::LowSingle) != Some(Glyph::LeftSingle)),
            is_low_closed_alike: convention.is_known()
                && low >= RULE
                && most >= RULE
                && by_left.min(by_right) * 12 <= most,
            reversed: points_inwards(counts, convention),
            same_double,
            same_single,
            admits_same_double: convention.has(Glyph::RightDouble, Glyph::RightDouble),
            admits_same_single: convention.has(Glyph::RightSingle, Glyph::RightSingle),
            inwards: if convention.is_known() {
                Inwards::Never
            } else {
                doubles_inwards(counts, true)
            },
            quotes_alike: same_single && counts.pairs_of_singles >= 3,
            same_guillemet: same(Glyph::RightGuillemet, Glyph::LeftGuillemet, 0),
            same_angle: same(Glyph::RightAngle, Glyph::LeftAngle, 0),
            admits_foreign: true,
            nests_same: counts.nested >= 3 || same_double && counts.nested + counts.doubled > 1,
            nests_guillemets: counts.nested_guillemets >= 2,
            shares_guillemets: !convention.is_known()
                || counts.nested_guillemets >= 2
                || convention.nests(Glyph::LeftGuillemet)
                || convention.nests(Glyph::RightGuillemet),
            mixes_typed: mixes_typed(counts),
            is_spaced: is_spaced(counts),
            lacks_single: is_unused(counts),
            commas_outside: false,
            quotes_by_typed: false,
            quotes_by_right: counts.opens(Glyph::LeftSingle) > 1
                && counts.opens(Glyph::LeftSingle) >= counts.closes(Glyph::LeftSingle)
                || counts.opens(Glyph::LowSingle) > 1 && counts.closes(Glyph::LeftSingle) == 0,
            outer: None,
        }
    }

    /// The owner's word counts more than what the marks of the document seem to tell.
    fn apply(&mut self, outer: Outer) {
        self.outer = Some(match outer {
            Outer::Single => Kind::Single,
            Outer::Double | Outer::German | Outer::Swedish => Kind::Double,
            Outer::Guillemets | Outer::ReversedGuillemets => Kind::Guillemet,
        });
        match outer {
            Outer::Guillemets | Outer::ReversedGuillemets => {
                self.reversed = outer == Outer::ReversedGuillemets;
                self.same_guillemet = false;
            }
            Outer::Single | Outer::Double | Outer::German | Outer::Swedish => {
                let (is_low, is_same) = (outer == Outer::German, outer == Outer::Swedish);
                (self.low_double, self.low_single) = (is_low, is_low);
                (self.same_double, self.same_single) = (is_same, is_same);
                self.inwards = Inwards::Never;
            }
        }
    }

    /// The conventions of a passage in another language than the document's: those of its
    /// language, and the document's marks, which an editor may have given it.
    pub(super) fn in_language(self, language: Language) -> Self {
        let convention = Convention::of(language);
        let inwards = convention.has(Glyph::RightGuillemet, Glyph::LeftGuillemet);
        let outwards = convention.has(Glyph::LeftGuillemet, Glyph::RightGuillemet);
        Self {
            // Inside and outside guillemets marks nest in many ways.
            outer: if language.code() == "en" {
                self.outer
            } else {
                self.outer.filter(|&kind| kind == Kind::Guillemet)
            },
            low_double: convention.closer(Glyph::LowDouble) == Some(Glyph::LeftDouble),
            low_single: convention.closer(Glyph::LowSingle) == Some(Glyph::LeftSingle),
            // An editor who sets guillemets sets them in one way.
            reversed: if inwards == outwards || self.outer == Some(Kind::Guillemet) {
                self.reversed
            } else {
                inwards
            },
            // What was left in English has its own marks; an editor may have given it the document's.
            same_double: self.same_double && language.code() != "en"
                || convention.has(Glyph::RightDouble, Glyph::RightDouble),
            admits_same_double: self.admits_same_double
                || convention.has(Glyph::RightDouble, Glyph::RightDouble),
            admits_same_single: self.admits_same_single
                || convention.has(Glyph::RightSingle, Glyph::RightSingle),
            inwards: match self.inwards {
                _ if convention.is_known() || language.code() == "en" => Inwards::Never,
                // The document tells nothing of a language that it hardly has.
                Inwards::Never => Inwards::Perhaps,
                inwards => inwards,
            },
            is_low_closed_alike: false,
            admits_foreign: true,
            lacks_single: false,
            quotes_by_right: false,
            quotes_alike: false,
            ..self
        }
    }

    /// Whether a mark opens by its shape and hardly does anything else where it stands.
    pub(super) fn opens_freely(&self, token: &Token) -> bool {
        self.opens(token.glyph) == 0 && cost::opening(token, self.is_spaced) < FREELY
    }

    /// What it costs, apart from its place, that a mark opens.
    pub(super) fn opens(&self, glyph: Glyph) -> Cost {
        let other = if self.admits_foreign { FOREIGN } else { TURNED };
        let other_guillemet = if self.is_spaced { TURNED } else { FOREIGN };
        let when = |is_usual: bool, otherwise: Cost| if is_usual { 0 } else { otherwise };
        match glyph {
            Glyph::LeftSingle => when(!self.low_single, other),
            Glyph::LeftDouble => {
                when(!self.low_double && !self.same_double && !self.is_inwards(), other)
            }
            Glyph::LeftGuillemet => when(!self.reversed && !self.same_guillemet, other_guillemet),
            Glyph::LeftAngle => when(!self.reversed && !self.same_angle, other_guillemet),
            Glyph::LowSingle
            | Glyph::ReversedSingle
            | Glyph::LowDouble
            | Glyph::ReversedDouble
            | Glyph::StraightSingle
            | Glyph::StraightDouble
            | Glyph::Gershayim => 0,
            Glyph::RightGuillemet => when(self.reversed || self.same_guillemet, other_guillemet),
            Glyph::RightAngle => when(self.reversed || self.same_angle, other_guillemet),
            Glyph::RightDouble if self.admits_same_double || self.inwards == Inwards::Perhaps => {
                when(self.same_double, FOREIGN)
            }
            Glyph::RightDouble => when(self.same_double || self.is_inwards(), TURNED),
            Glyph::RightSingle if self.admits_same_single => when(self.same_single, FOREIGN),
            Glyph::RightSingle => when(self.same_single, TURNED),
            Glyph::Grave => 5,
            Glyph::Acute | Glyph::Prime | Glyph::DoublePrime => IMPOSSIBLE,
        }
    }

    /// What it costs, apart from its place, that a mark closes something.
    pub(super) fn closes(&self, glyph: Glyph) -> Cost {
        let when = |is_usual: bool| if is_usual { 0 } else { TURNED };
        match glyph {
            Glyph::RightDouble => when(!self.is_inwards()),
            Glyph::RightSingle
            | Glyph::StraightSingle
            | Glyph::StraightDouble
            | Glyph::Gershayim => 0,
            Glyph::LeftSingle => when(self.low_single),
            Glyph::LeftDouble => when(self.low_double || self.is_inwards()),
            Glyph::RightGuillemet => when(!self.reversed || self.same_guillemet),
            Glyph::RightAngle => when(!self.reversed || self.same_angle),
            Glyph::LeftGuillemet | Glyph::LeftAngle => when(self.reversed),
            Glyph::Acute => 5,
            Glyph::DoublePrime | Glyph::Prime => 40,
            Glyph::Grave | Glyph::LowSingle | Glyph::LowDouble => TURNED,
            Glyph::ReversedSingle | Glyph::ReversedDouble => IMPOSSIBLE,
        }
    }

    /// What it costs, apart from its place, that `closer` closes what `opener` opened.
    pub(super) fn pair(&self, opener: Glyph, closer: Glyph) -> Cost {
        if opener.kind() != closer.kind() {
            return self.closes(closer).saturating_add(MISMATCH);
        }
        match (opener, closer) {
            (Glyph::LowDouble, Glyph::LeftDouble | Glyph::RightDouble)
                if self.is_low_closed_alike && closer != self.closer_for(opener) =>
            {
                TURNED
            }
            // Else low marks are closed by either high one, in whatever text they stand.
            (Glyph::LowDouble, Glyph::LeftDouble | Glyph::RightDouble)
            | (Glyph::LowSingle, Glyph::LeftSingle | Glyph::RightSingle) => 0,
            // A pair that fits together, whatever the document has elsewhere.
            (Glyph::RightGuillemet, Glyph::LeftGuillemet)
            | (Glyph::LeftGuillemet, Glyph::RightGuillemet)
            | (Glyph::RightAngle, Glyph::LeftAngle)
            | (Glyph::LeftAngle, Glyph::RightAngle) => 0,
            (Glyph::RightDouble, Glyph::LeftDouble) if self.inwards != Inwards::Never => 0,
            (Glyph::LeftDouble, Glyph::RightDouble) if self.is_inwards() => 0,
            // The second of two equal marks closes only where that is usual.
            (Glyph::LeftDouble, Glyph::LeftDouble)
            | (Glyph::LeftSingle, Glyph::LeftSingle)
            | (Glyph::LeftGuillemet, Glyph::LeftGuillemet)
            | (Glyph::LeftAngle, Glyph::LeftAngle) => TURNED,
            (Glyph::RightGuillemet, Glyph::RightGuillemet) if !self.same_guillemet => TURNED,
            (Glyph::RightAngle, Glyph::RightAngle) if !self.same_angle => TURNED,
            (Glyph::StraightSingle, Glyph::StraightSingle)
            | (Glyph::StraightDouble, Glyph::StraightDouble)
            | (Glyph::Gershayim, Glyph::Gershayim) => 0,
            // Typed and typographic marks mixed in one pair.
            (Glyph::Grave, _) => 0,
            // „word": keyboards have the low mark nowhere, word processors set it alone.
            (Glyph::LowDouble | Glyph::LowSingle, _) if closer.is_straight() => MIXED,
            _ if opener.is_straight() != closer.is_straight() => {
                let is_double = opener.kind() == Kind::Double;
                if is_double && !self.mixes_typed { MIXED_BY_MISTAKE } else { MIXED }
            }
            _ => self.closes(closer),
        }
    }

    /// Whether `next`, with which a block begins, repeats the mark of a quotation that `opener`
    /// opened in the block before. French, Spanish and Italian print may repeat the closing
    /// one.
    pub(super) fn repeats(&self, opener: Glyph, next: Glyph) -> bool {
        let opener = self.meant(opener);
        opener.kind() == next.kind()
            && self.opens(opener) == 0
            && (self.opens(next) == 0 || self.repeats_closer(opener, next))
    }

    fn repeats_closer(&self, opener: Glyph, next: Glyph) -> bool {
        let may_repeat = matches!(opener, Glyph::LeftGuillemet | Glyph::LeftDouble);
        self.admits_foreign && may_repeat && next == self.closer_for(opener)
    }

    /// What `glyph` stands for at the head of a block in which a quotation goes on.
    pub(super) fn at_head(&self, glyph: Glyph) -> Glyph {
        let opener = self.opener_for(glyph);
        if self.opens(opener) == 0 && self.repeats_closer(opener, glyph) { opener } else { glyph }
    }

    /// What it costs that `opener` opens a quotation directly inside one with the same marks;
    /// `None` where that is a mistake. `before` is the text in front of it.
    pub(super) fn nests(&self, opener: Glyph, before: &str) -> Option<Cost> {
        match opener.kind() {
            Kind::Guillemet if !follows_sign(before) => Some(0),
            Kind::Guillemet if self.nests_guillemets => Some(USUALLY_NESTED),
            Kind::Guillemet => Some(RARELY_NESTED),
            Kind::Double if self.nests_same => Some(USUALLY_NESTED),
            // Where a mark opens and closes, one more or less leaves another without a partner.
            Kind::Double if self.same_double && follows_sign(before) && !is_head(before) => {
                Some(ONCE_NESTED)
            }
            Kind::Double if self.same_double => Some(USUALLY_NESTED),
            _ => None,
        }
    }

    /// Whether a quotation that the mark `inner` opens in `text` as an `opener` may be closed together with the
    /// one around it, which `outer` opens, by a single mark: so do titles, and what is announced, at its end.
    pub(super) fn may_share(
        &self,
        text: &str,
        opener: Glyph,
        inner: &Token,
        outer: Option<&Token>,
    ) -> bool {
        let before = &text[..inner.span().start];
        let may_nest = match opener.kind() {
            Kind::Double => self.nests_same,
            Kind::Guillemet if !self.shares_guillemets => false,
            _ => self.nests(opener, before).is_some(),
        };
        // « justice » et l’affaire »: what points the wrong way is not one of two that a single mark would close.
        may_nest
            && self.opens(opener) < TURNED
            && !follows_sign(before)
            && !before.ends_with(opener.character())
            && !outer.is_some_and(|outer| {
                are_coordinate(text, outer, inner) || ends_clause_between(text, outer, inner)
            })
    }

    /// The mark that closes what `opener` opened.
    pub(super) fn closer_for(&self, opener: Glyph) -> Glyph {
        match opener {
            Glyph::LeftSingle | Glyph::ReversedSingle | Glyph::RightSingle => Glyph::RightSingle,
            Glyph::RightDouble if self.is_inwards() => Glyph::LeftDouble,
            Glyph::LeftDouble | Glyph::ReversedDouble | Glyph::RightDouble => Glyph::RightDouble,
            Glyph::LowSingle if self.low_single_closed_by_right => Glyph::RightSingle,
            Glyph::LowSingle => Glyph::LeftSingle,
            Glyph::LowDouble if self.low_closed_by_right => Glyph::RightDouble,
            Glyph::LowDouble => Glyph::LeftDouble,
            Glyph::LeftGuillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet if self.same_guillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet => Glyph::LeftGuillemet,
            Glyph::LeftAngle => Glyph::RightAngle,
            Glyph::RightAngle if self.same_angle => Glyph::RightAngle,
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
            Glyph::RightSingle if self.low_single_closed_by_right => Glyph::LowSingle,
            Glyph::RightSingle | Glyph::Acute => Glyph::LeftSingle,
            Glyph::RightDouble => Glyph::LeftDouble,
            Glyph::LeftSingle => Glyph::LowSingle,
            Glyph::LeftDouble if self.is_inwards() || self.same_double => Glyph::RightDouble,
            Glyph::LeftDouble => Glyph::LowDouble,
            Glyph::RightGuillemet if self.same_guillemet => Glyph::RightGuillemet,
            Glyph::RightGuillemet => Glyph::LeftGuillemet,
            Glyph::LeftGuillemet => Glyph::RightGuillemet,
            Glyph::RightAngle if self.same_angle => Glyph::RightAngle,
            Glyph::RightAngle => Glyph::LeftAngle,
            Glyph::LeftAngle => Glyph::RightAngle,
            straight => straight,
        }
    }
}

impl Style {
    /// The mark that should stand where `wrong` opens a quotation.
    pub(super) fn right_opener(&self, wrong: Glyph) -> Option<Glyph> {
        match wrong {
            // A few quotations in another language do not make `„` a mark of English.
            Glyph::RightDouble
                if self.low_double || self.low_closed_by_right && self.admits_foreign =>
            {
                Some(Glyph::LowDouble)
            }
            Glyph::RightSingle if self.low_single || self.low_single_closed_by_right => {
                Some(Glyph::LowSingle)
            }
            _ => wrong.turned(),
        }
    }

    /// The mark that was meant by one that opens a quotation and may point the wrong way.
    fn meant(&self, opener: Glyph) -> Glyph {
        if self.opens(opener) < TURNED {
            return opener;
        }
        self.right_opener(opener).unwrap_or(opener)
    }

    /// What single marks do in the document besides being apostrophes.
    pub(super) fn singles(&self) -> Singles {
        match (self.lacks_single, self.quotes_by_right) {
            _ if self.quotes_alike => Singles::Alike,
            (true, _) => Singles::Unused,
            (false, true) => Singles::Close,
            (false, false) => Singles::Perhaps,
        }
    }

    /// Whether `”` opens and `“` closes throughout the document.
    fn is_inwards(&self) -> bool {
        self.inwards == Inwards::Usually
    }

    /// Whether a mark of this kind both opens and closes.
    pub(super) fn is_alike(&self, kind: Kind) -> bool {
        match kind {
            Kind::Single => self.same_single,
            Kind::Double => self.same_double,
            Kind::Guillemet => self.same_guillemet,
            Kind::Angle => self.same_angle,
        }
    }

    /// Whether the mark closes by its shape.
    pub(super) fn is_closing(&self, glyph: Glyph) -> bool {
        self.closes(glyph) == 0
    }
}

/// Whether a phrase in quotation marks stands beside another rather than at the end of it: what the first
/// would have to say is itself no more than a part of a clause.
fn are_coordinate(text: &str, outer: &Token, inner: &Token) -> bool {
    const JOINTS: &[&str] =
        &["и", "или", "і", "й", "та", "або", "e", "o", "y", "et", "ou", "και", "og", "und"];
    if outer.glyph.kind() != Kind::Guillemet || outer.span().end > inner.span().start {
        return false;
    }
    let is_lower = [outer, inner].map(|mark| mark.after == Beside::Lower);
    let word = text[..inner.span().start].trim_end().rsplit(char::is_whitespace).next();
    let is_joined = word.is_some_and(|word| JOINTS.contains(&word));
    is_lower == [true, true] || is_joined && is_lower[0] == is_lower[1]
}

/// Whether the name or title that `outer` opens in the middle of a clause was over before `inner`, since that
/// clause is: в газете «День не было ни слова; только «Вечерняя почта».
fn ends_clause_between(text: &str, outer: &Token, inner: &Token) -> bool {
    if outer.span().end > inner.span().start {
        return false;
    }
    let far = text.floor_char_boundary(outer.span().end + LONGEST_NAME);
    let between = &text[outer.span().end..inner.span().start.min(far)];
    let is_within = text[..outer.span().start].trim_end().ends_with(char::is_alphabetic);
    is_within && [", ", "; ", ". "].iter().any(|sign| between.contains(sign))
}

/// In so many bytes of a name or a title the end of a clause is looked for.
const LONGEST_NAME: usize = 160;

/// Whether nothing but marks stands in `before`.
fn is_head(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || Glyph::of(c).is_some())
}

/// Whether what begins behind `before` follows a sign that ends a clause: there the next part
/// of a speech begins rather than a quotation within it.
fn follows_sign(before: &str) -> bool {
    let before = before.trim_end();
    let before = before.strip_suffix(['—', '–', '-', '―']).map_or(before, str::trim_end);
    before.ends_with([',', '.', '!', '?', '…', ';', '»', '”'])
}

/// Whether `” ”` stands beside `“ ”` so often that each is meant: titles in Swedish, say, in an
/// English text.
fn has_both(counts: &Counts) -> bool {
    let alike = counts.opens(Glyph::RightDouble);
    alike >= 3 && alike * 2 >= counts.opens(Glyph::LeftDouble)
}

/// Whether straight single marks stand in pairs. Those before lists and names of Lisp have no second one.
fn quotes_by_typed(counts: &Counts) -> bool {
    let opens = counts.opens(Glyph::StraightSingle);
    opens >= 3 && 2 * counts.closes(Glyph::StraightSingle) >= opens
}

fn is_low_single(counts: &Counts) -> bool {
    counts.opens(Glyph::LowSingle) > 0
        && counts.closes(Glyph::LeftSingle) > counts.opens(Glyph::LeftSingle)
}

fn is_spaced(counts: &Counts) -> bool {
    counts.spaced >= 2 && counts.spaced > counts.opens(Glyph::LeftGuillemet)
}

/// Whether no single mark opens a quotation.
fn is_unused(counts: &Counts) -> bool {
    let openers = [Glyph::LeftSingle, Glyph::LowSingle, Glyph::StraightSingle];
    openers.iter().all(|&glyph| counts.opens(glyph) == 0)
}

/// Whether `”` opens and `“` closes: languages of which no print is known, as Arabic and Persian, may have
/// it so, and there only what nearly all marks of the document do tells which way is wrong. A language
/// that could not be told may as well be English, where a few such marks are mistakes.
fn doubles_inwards(counts: &Counts, is_told: bool) -> Inwards {
    let inwards = counts.opens(Glyph::RightDouble) + counts.closes(Glyph::LeftDouble);
    let outwards = counts.opens(Glyph::LeftDouble) + counts.closes(Glyph::RightDouble);
    if counts.opens(Glyph::LowDouble) > 0 || outwards > 4 * inwards || !is_told && inwards < RULE {
        Inwards::Never
    } else if inwards > 4 * outwards && inwards >= RULE {
        Inwards::Usually
    } else {
        Inwards::Perhaps
    }
}

/// Whether straight marks stand among typographic ones so often that they are no slips.
fn mixes_typed(counts: &Counts) -> bool {
    let typed = counts.opens(Glyph::StraightDouble).max(counts.closes(Glyph::StraightDouble));
    let set = counts.opens(Glyph::LeftDouble).min(counts.closes(Glyph::RightDouble));
    4 * typed > set
}

/// Whether guillemets point inwards: `» «`.
fn points_inwards(counts: &Counts, convention: &Convention) -> bool {
    let inwards = counts.opens(Glyph::RightGuillemet)
        + counts.closes(Glyph::LeftGuillemet)
        + counts.opens(Glyph::RightAngle)
        + counts.closes(Glyph::LeftAngle);
    let outwards = counts.opens(Glyph::LeftGuillemet)
        + counts.closes(Glyph::RightGuillemet)
        + counts.opens(Glyph::LeftAngle)
        + counts.closes(Glyph::RightAngle);
    if convention.has(Glyph::RightGuillemet, Glyph::LeftGuillemet) {
        let prefers = convention.prefers(
            (Glyph::RightGuillemet, Glyph::LeftGuillemet),
            (Glyph::LeftGuillemet, Glyph::RightGuillemet),
        );
        inwards > outwards || inwards == outwards && prefers
    } else {
        counts.opens(Glyph::LeftGuillemet) < counts.closes(Glyph::LeftGuillemet)
            && inwards > 4 * outwards + RULE
    }
}
