//! A block that is read, and what its reading depends on besides its prose.

use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::markup::{Block, BlockKind, Inline, InlineKind, Language};

use super::apostrophe::{Dialect, Singles};
use super::convention::has_pair;
use super::cost::{self, Cost};
use super::evidence::WellNested;
use super::glyph::Glyph;
use super::going_on::{Habit, Next};
use super::state::Open;
use super::style::Style;
use super::tokens::{Beside, Token};

/// What stands around a block, without what is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Around {
    /// The conventions of the document in the language of the block.
    pub(super) style: Style,
    /// How much the block is written as people speak.
    pub(super) dialect: Dialect,
    /// The opening marks before words that the document writes with an apostrophe elsewhere.
    pub(super) usual: SmallVec<[u32; 2]>,
    /// How many quotations go on from the block before.
    pub(super) continued: u8,
    /// How often the outermost quotations of the document go on in the next block, and how
    /// often those directly inside them.
    pub(super) habits: [Habit; 2],
    /// With how many marks the block before opens.
    pub(super) leading_before: u8,
    /// Whether the block before ends with a sign behind which speech begins: `He said,`
    pub(super) is_announced: bool,
    /// What the block before left open for this one to close.
    pub(super) carried: SmallVec<[Glyph; 2]>,
    /// Whether each mistake is told, however many there are.
    pub(super) tells_all: bool,
}

/// What stands behind a block. Most blocks are read without it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Behind {
    /// The marks with which the text goes on.
    pub(super) reopened: SmallVec<[Token; 2]>,
    /// What the block tells with which the text goes on.
    pub(super) next: Next,
    /// Whether the text goes on behind a line that stands apart, perhaps of verse.
    pub(super) over_line: bool,
    /// Whether verse or an extract comes next.
    pub(super) leads_inset: bool,
    /// Whether what stands behind verse may close what it leaves open.
    pub(super) may_end: bool,
}

/// A block, its marks, and what surrounds it.
pub(super) struct BlockContext<'a> {
    pub(super) text: &'a str,
    pub(super) block: &'a Block,
    pub(super) around: &'a Around,
    tokens: &'a [Token],
    look: &'a dyn Fn() -> Behind,
    behind: OnceCell<Behind>,
    nested: OnceCell<WellNested>,
    has_foreign: bool,
}

/// A paragraph of a tale has so many bytes at least.
const SHORTEST_TALE: usize = 400;

/// How many inline elements in front of a mark may be around it.
const MOST_AROUND: usize = 8;

impl<'a> BlockContext<'a> {
    /// `look` tells what stands behind the block, if that is asked for.
    pub(super) fn new(
        text: &'a str,
        block: &'a Block,
        tokens: &'a [Token],
        around: &'a Around,
        look: &'a dyn Fn() -> Behind,
    ) -> Self {
        let is_foreign = |inline: &Inline| {
            matches!(inline.kind, InlineKind::Foreign(_) | InlineKind::Quotation(Some(_)))
        };
        let is_named =
            |token: &Token| may_be_named(token) && named_language(text, block, token).is_some();
        let has_named = || tokens.iter().any(is_named);
        let has_foreign = block.inlines.iter().any(is_foreign) || has_named();
        let (behind, nested) = (OnceCell::new(), OnceCell::new());
        Self { text, block, around, tokens, look, behind, nested, has_foreign }
    }

    /// The same before anything was asked.
    #[cfg(test)]
    pub(super) fn anew(&self) -> Self {
        Self::new(self.text, self.block, self.tokens, self.around, self.look)
    }

    /// What stands behind the block.
    pub(super) fn behind(&self) -> &Behind {
        self.behind.get_or_init(self.look)
    }

    /// What stands behind the block, if the reading depended on it.
    pub(super) fn into_behind(self) -> Option<Behind> {
        self.behind.into_inner()
    }

    /// Whether the block is verse and what it leaves open may be closed behind it.
    pub(super) fn may_end_behind_verse(&self) -> bool {
        self.block.kind == BlockKind::Verse && self.behind().may_end
    }

    /// Of which kinds the marks of the block stand inside each other and balance.
    pub(super) fn nested(&self) -> WellNested {
        *self.nested.get_or_init(|| {
            let is_tale = self.text.len() > SHORTEST_TALE
                && self.tokens.first().is_some_and(|first| first.before == Beside::Edge)
                && !self.behind().reopened.is_empty();
            WellNested::of(self.tokens, &self.around.style, is_tale)
        })
    }

    /// Whether the block has words in another language.
    pub(super) fn has_foreign(&self) -> bool {
        self.has_foreign
    }

    /// Whether the document writes the word behind a mark with an apostrophe elsewhere.
    pub(super) fn is_usual(&self, index: usize) -> bool {
        self.around.usual.binary_search(&(index as u32)).is_ok()
    }

    /// The language that the markup, or the word before, gives the words at a mark, if it is not the block's.
    fn foreign(&self, token: &Token) -> Option<Language> {
        if !self.has_foreign {
            return None;
        }
        if let Some(language) = named_language(self.text, self.block, token) {
            return Some(language);
        }
        let inlines = &self.block.inlines;
        let behind = inlines.partition_point(|inline| inline.span.start <= token.span().start);
        let near = inlines[..behind].iter().rev().take(MOST_AROUND);
        let around = near.filter(|inline| inline.span.contains(token.span().start));
        let mut languages = around.filter_map(|inline| match inline.kind {
            InlineKind::Foreign(language) | InlineKind::Quotation(Some(language)) => Some(language),
            _ => None,
        });
        languages.next().filter(|language| language.base() != self.block.language.base())
    }

    /// Whether `next`, with which the text goes on, repeats the mark of what is open. Words in another
    /// language keep their own marks, so that no other one repeats those.
    pub(super) fn repeats(&self, open: Open, next: &Token) -> bool {
        let opener = self.tokens.get(open.token as usize);
        let is_foreign = opener.is_some_and(|opener| self.foreign(opener).is_some());
        self.around.style.repeats(open.glyph, next.glyph)
            && (!is_foreign || open.glyph == next.glyph)
    }

    /// The conventions of the words at a mark, if they are in another language.
    pub(super) fn foreign_style(&self, token: &Token) -> Option<Style> {
        self.foreign(token).map(|language| self.around.style.in_language(language))
    }

    pub(super) fn dialect(&self, token: &Token) -> Dialect {
        let foreign = self.foreign(token);
        foreign
            .and_then(|language| Dialect::of_language(language, Singles::Perhaps, false))
            .unwrap_or(self.around.dialect)
    }

    /// The mark that opens where this one does: where a quotation goes on from the block
    /// before, a closing mark may repeat it.
    pub(super) fn opener(&self, token: &Token, index: usize) -> Glyph {
        let is_head = index < 2 && self.around.continued > 0 && leads(self.text, token);
        if is_head { self.around.style.at_head(token.glyph) } else { token.glyph }
    }

    /// Whether the mark is one of those at the head of the block with which it takes up what the block before
    /// left open.
    pub(super) fn repeats_at(&self, token: &Token, index: usize) -> bool {
        index < usize::from(self.around.continued) && leads(self.text, token)
    }

    /// Whether the next block opens with this mark as well.
    pub(super) fn is_repeated(&self, token: &Token) -> bool {
        let next = self.behind().reopened.first();
        next.is_some_and(|next| self.around.style.repeats(token.glyph, next.glyph))
    }

    /// What it costs that the mark opens a quotation directly inside one with the same marks;
    /// `None` where that is a mistake.
    pub(super) fn nests(&self, token: &Token) -> Option<Cost> {
        let before = &self.text[..token.span().start];
        let cost = self.around.style.nests(token.glyph, before)?;
        if cost <= cost::USUALLY_NESTED {
            return Some(cost);
        }
        // In a tale of many paragraphs there is much that others said.
        let is_tale = self.around.continued > 0;
        let is_usual = is_tale || self.nested().has(token.glyph.kind());
        Some(if is_usual { cost::USUALLY_NESTED } else { cost })
    }

    /// Whether two opening marks of one kind are those of two levels: they were typed in two ways, ``"He said
    /// ``no'' to me."``, or the inner one stands among words in another language, which keep its marks.
    pub(super) fn is_told_apart(&self, outer: Option<&Token>, inner: &Token) -> bool {
        if outer.is_some_and(|outer| outer.glyph != inner.glyph) && self.foreign(inner).is_some() {
            return true;
        }
        // „А “Б” В“: languages that have both pairs may set the one inside the other.
        if outer.is_some_and(|outer| outer.glyph == Glyph::LowDouble)
            && inner.glyph == Glyph::LeftDouble
        {
            let language = self.block.language;
            return has_pair(language, Glyph::LowDouble, Glyph::LeftDouble)
                && has_pair(language, Glyph::LeftDouble, Glyph::RightDouble);
        }
        if inner.glyph != Glyph::StraightDouble {
            return false;
        }
        // „Die "Release"-Dateien“: in other languages than English typographic marks and those of typewriters
        // are no equal ones. An English pair with one end of each is a slip of the keyboard.
        if !self.block.language.is_read_as_english()
            && outer.is_some_and(|outer| outer.glyph != Glyph::StraightDouble)
        {
            return true;
        }
        // Both are written with the mark of typewriters.
        let is_typed = |token: &Token, mark: &str| token.span().of(self.text) == mark;
        is_typed(inner, "``") && outer.is_some_and(|outer| is_typed(outer, "\""))
    }

    /// Whether a quotation comes into the block from the one before and may go on in the next.
    pub(super) fn is_within_tale(&self) -> bool {
        self.around.continued > 0 && !self.behind().reopened.is_empty()
    }
}

/// The language of a quotation in an English text that the word before it names, where that language has the
/// mark at both ends and English has not: in Swedish ”folket”.
fn named_language(text: &str, block: &Block, token: &Token) -> Option<Language> {
    if !may_be_named(token) || !block.language.is_read_as_english() {
        return None;
    }
    let before = text[..token.span().start].trim_end_matches([' ', ',', ':']);
    let code = match before.rsplit(|c: char| !c.is_alphabetic()).next()? {
        "Swedish" => "sv",
        "Finnish" => "fi",
        _ => return None,
    };
    Some(Language::from_tag(code))
}

fn may_be_named(token: &Token) -> bool {
    token.glyph == Glyph::RightDouble && token.before == Beside::Space
}

/// Whether nothing but marks stands before this one.
fn leads(text: &str, token: &Token) -> bool {
    let before = &text[..token.span().start];
    before.chars().all(|c| c.is_whitespace() || Glyph::of(c).is_some())
}
