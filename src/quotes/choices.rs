//! What a mark can be by what stands around it, whatever is open.

use std::cell::OnceCell;

use crate::markup::{BlockKind, InlineKind};
use crate::text::ProseSpan;

use super::action::Action;
use super::apostrophe;
use super::context::BlockContext;
use super::cost::{self, Cost, IMPOSSIBLE};
use super::glyph::Glyph;
use super::letter;
use super::spelt;
use super::state::Step;
use super::style::Style;
use super::tokens::{Beside, Token};

/// How many spaces are looked through to the head of a line, which may be indented far.
const LONGEST_HEAD: usize = 80;

/// How many marks: a longer run of them is no text.
const MOST_AT_HEAD: usize = 8;

/// What a token can be, whatever is open.
pub(super) struct Choices {
    /// The conventions of the words at the mark, if they are in another language.
    foreign: Option<Style>,
    /// What the roles cost that leave open what is open, each in tenths or impossible.
    apostrophe: Cost,
    prime: Cost,
    ditto: Cost,
    stray: Cost,
    doubled: Cost,
    /// Whether it is a mistake that the mark is an apostrophe.
    is_turned: bool,
    pub(super) open: Cost,
    pub(super) open_is_error: bool,
    pub(super) close: Cost,
    /// Whether the mark stands between two words of a clause and may be an apostrophe.
    pub(super) may_belong_to_word: bool,
    pub(super) may_be_apostrophe: bool,
    /// Whether the mark stands between two words of a clause and is one that an apostrophe may well be.
    pub(super) is_likely_apostrophe: bool,
    /// Whether the mark may repeat one that is open, by its shape and its place.
    may_repeat: bool,
    /// What it costs that it does; found when it is first asked for.
    repeated: OnceCell<Cost>,
}

impl Choices {
    /// No role costs less, whatever is open; `pair` is the least that it costs to close something of
    /// what may be.
    pub(super) fn least(&self, pair: Cost) -> Cost {
        let plain =
            self.apostrophe.min(self.prime).min(self.ditto).min(self.stray).min(self.doubled);
        plain.min(self.open).min(self.close.saturating_add(pair))
    }

    /// The roles that leave open what is open.
    pub(super) fn plain(&self) -> [Step; 5] {
        let step = |action, cost, is_error| Step { action, cost, is_error };
        [
            step(Action::Apostrophe, self.apostrophe, self.is_turned),
            step(Action::Prime, self.prime, false),
            step(Action::Ditto, self.ditto, false),
            step(Action::Stray, self.stray, true),
            step(Action::Doubled, self.doubled, true),
        ]
    }

    /// A mark between two letters belongs to the word.
    fn of_apostrophe(foreign: Option<Style>) -> Self {
        Self {
            foreign,
            apostrophe: 0,
            prime: IMPOSSIBLE,
            ditto: IMPOSSIBLE,
            stray: IMPOSSIBLE,
            doubled: IMPOSSIBLE,
            is_turned: false,
            open: IMPOSSIBLE,
            open_is_error: false,
            close: IMPOSSIBLE,
            may_belong_to_word: false,
            may_be_apostrophe: true,
            is_likely_apostrophe: false,
            may_repeat: false,
            repeated: OnceCell::from(IMPOSSIBLE),
        }
    }

    /// The conventions of the words at the mark.
    pub(super) fn style<'s>(&'s self, context: &'s BlockContext<'_>) -> &'s Style {
        self.foreign.as_ref().unwrap_or(&context.around.style)
    }

    /// What it costs that the mark repeats one that is open.
    pub(super) fn repeated(
        &self,
        tokens: &[Token],
        index: usize,
        context: &BlockContext<'_>,
    ) -> Cost {
        *self.repeated.get_or_init(|| {
            let text = context.text;
            let may_close = || self.style(context).closes(tokens[index].glyph) < cost::TURNED;
            if self.may_repeat && signs(tokens, index, text) {
                cost::SIGNED
            } else if starts_line(&text[..tokens[index].span().start])
                || !may_close() && repeats_at_lines(tokens, index, text)
            {
                cost::REOPENED
            } else {
                IMPOSSIBLE
            }
        })
    }

    pub(super) fn of(tokens: &[Token], index: usize, context: &BlockContext<'_>) -> Self {
        let token = &tokens[index];
        let foreign = context.foreign_style(token);
        if token.is_medial() && token.glyph == Glyph::RightSingle {
            return Self::of_apostrophe(foreign);
        }
        let style = foreign.as_ref().unwrap_or(&context.around.style);
        let is_usual = context.is_usual(index);
        let dialect = context.dialect(token);
        let letter = spelt::cost(token, context);
        let apostrophe =
            letter.unwrap_or_else(|| apostrophe::cost(context.text, token, dialect, is_usual));
        let is_accent = apostrophe::is_typed_accent(context.text, token, dialect);
        // Where `‘` closes quotations it is hardly ever an apostrophe.
        let is_closer = token.glyph == Glyph::LeftSingle && style.is_closing(token.glyph);
        let apostrophe = apostrophe + if is_closer { cost::CLOSER_AS_APOSTROPHE } else { 0 };
        // The block before was read so that this mark takes up its quotation.
        let apostrophe =
            apostrophe + if context.repeats_at(token, index) { cost::TAKEN_UP } else { 0 };
        let apostrophe = apostrophe
            + if token.before == Beside::Edge && !token.is_known && context.is_repeated(token) {
                cost::REPEATED_BELOW
            } else {
                0
            };
        let may_be_apostrophe = apostrophe < IMPOSSIBLE;
        let ditto = if stands_plainly(tokens, index) {
            IMPOSSIBLE
        } else {
            ditto(tokens, index, style, context)
        };
        let touches = index > 0
            && tokens[index - 1].glyph == token.glyph
            && tokens[index - 1].span().end == token.span().start;
        let shape = style.opens(context.opener(token, index));
        let next_is_lower = token.after == Beside::Space
            && context.text[token.span().end..].trim_start().starts_with(char::is_lowercase);
        let opening = cost::opening(token, style.is_spaced)
            + apostrophe::needed(context.text, token, dialect);
        // In paddlin’ I had spattered it: so narrative goes on as well.
        let next_is_person = || {
            apostrophe::ends_clipped(token) && context.text[token.span().end..].starts_with(" I ")
        };
        let may_belong_to_word = may_be_apostrophe
            && (next_is_lower || next_is_person())
            && matches!(token.before, Beside::Lower | Beside::Upper);
        Self {
            foreign,
            apostrophe,
            prime: cost::prime(token),
            ditto,
            stray: cost::STRAY,
            doubled: if touches { cost::DOUBLED } else { IMPOSSIBLE },
            is_turned: token.glyph == Glyph::LeftSingle && !is_closer && letter.is_none(),
            may_be_apostrophe,
            may_belong_to_word,
            is_likely_apostrophe: may_belong_to_word && apostrophe < cost::LIKELY,
            may_repeat: shape < cost::TURNED && opening < cost::TURNED,
            repeated: OnceCell::new(),
            open: opening.saturating_add(shape).saturating_add(apostrophe::opening(
                context.text,
                token,
                is_usual,
                shape >= cost::TURNED,
            )),
            open_is_error: shape >= cost::TURNED,
            close: if style.closes(token.glyph) >= IMPOSSIBLE {
                IMPOSSIBLE
            } else {
                cost::closing(token, next_is_lower, style.is_spaced)
                    + if is_accent { cost::CLIPPED } else { 0 }
                    + if apostrophe::leads_on(context.text, token) {
                        cost::LEADS_ON
                    } else if apostrophe::ends_clipped(token) {
                        cost::CLIPPED
                    } else {
                        0
                    }
            },
        }
    }
}

/// Whether a mark stands beside a word and touches no other one. It repeats nothing then, nor is it spoken of, unless
/// it is an accent.
fn stands_plainly(tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let is_word = |beside| matches!(beside, Beside::Lower | Beside::Upper | Beside::Digit);
    let ends = |other: &Token| other.span().end == token.span().start;
    let starts = |other: &Token| other.span().start == token.span().end;
    let before = index.checked_sub(1).map(|before| &tokens[before]);
    (is_word(token.before) || is_word(token.after))
        && !matches!(token.glyph, Glyph::Grave | Glyph::Acute)
        && !before.is_some_and(ends)
        && !tokens.get(index + 1).is_some_and(starts)
}

/// What it costs that a mark repeats what stands above it, or is none that quotes: the text speaks of it, or
/// it is code.
fn ditto(tokens: &[Token], index: usize, style: &Style, context: &BlockContext<'_>) -> Cost {
    let token = &tokens[index];
    let in_table = context.block.kind == BlockKind::Cell;
    let ditto = if is_shown(tokens, index, context) {
        cost::SHOWN
    } else if is_typed_alone(tokens, index, context.text) {
        cost::KEY
    } else {
        cost::ditto(token, in_table, style.is_spaced)
    };
    let is_code = is_accent_alone(token)
        || is_accent_before(token, context.text)
        || quotes_list(token) && !style.quotes_by_typed
        || points_on(token, context);
    if is_code { ditto.min(cost::NO_QUOTE) } else { ditto }
}

/// Whether an accent stands where it can open or close nothing: the text speaks of it or of code.
fn is_accent_alone(token: &Token) -> bool {
    match token.glyph {
        Glyph::Grave => cost::opening(token, false) >= cost::TURNED,
        Glyph::Acute => cost::closing(token, false, false) >= cost::TURNED,
        _ => false,
    }
}

/// Whether a grave accent is that of the letter behind it: Bulgarian `и for ѝ, which keyboards lack.
fn is_accent_before(token: &Token, text: &str) -> bool {
    let word = || text[token.span().end..].strip_prefix(['и', 'И']);
    token.glyph == Glyph::Grave
        && word().is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() || c == '`'))
}

/// Whether the mark stands where programs in Lisp quote a list: `'(1 2 3)`.
fn quotes_list(token: &Token) -> bool {
    token.glyph == Glyph::StraightSingle
        && token.after == Beside::Opening
        && matches!(token.before, Beside::Space | Beside::Edge | Beside::Opening)
}

/// A path of links is no longer than this, in bytes.
const LONGEST_PATH: usize = 120;

/// Whether the mark is the sign between the links of a path: `Home » Books »`.
fn points_on(token: &Token, context: &BlockContext<'_>) -> bool {
    let text = context.text;
    // — Entrez donc ! »
    let ends_speech = || {
        !context.block.language.is_read_as_english()
            && text[..token.span().start].trim_end().ends_with(['.', '!', '?', '…'])
    };
    matches!(token.glyph, Glyph::RightGuillemet | Glyph::RightAngle)
        && matches!(token.before, Beside::Space | Beside::Edge)
        && matches!(token.after, Beside::Space | Beside::Edge)
        && text.len() <= LONGEST_PATH
        && !text.contains(['«', '‹'])
        && !ends_speech()
        && !text.trim_end().ends_with(['.', '!', '?', '…'])
}

/// What it costs at least that a mark closes one of those that a block has.
pub(super) struct Pairs {
    costs: [Cost; Glyph::COUNT + 1],
}

impl Pairs {
    /// Those of a block.
    pub(super) fn of(tokens: &[Token], context: &BlockContext<'_>) -> Self {
        let mut costs = [0; Glyph::COUNT + 1];
        if context.has_foreign() {
            // Words in another language have pairs of their own.
            return Self { costs };
        }
        let mut openers = [None; Glyph::COUNT + 1];
        let heads = tokens.iter().take(2).enumerate();
        let heads = heads.map(|(index, token)| context.opener(token, index));
        let carried = context.around.carried.iter().copied();
        for glyph in tokens.iter().map(|token| token.glyph).chain(heads).chain(carried) {
            openers[glyph as usize] = Some(glyph);
        }
        let style = &context.around.style;
        for closer in openers.iter().copied().flatten() {
            let pairs = openers.iter().flatten().map(|&opener| style.pair(opener, closer));
            let alone = style.closes(closer).saturating_add(cost::NO_PARTNER);
            costs[closer as usize] = pairs.fold(alone, Cost::min);
        }
        Self { costs }
    }

    /// What it costs at least that the mark closes something.
    pub(super) fn least(&self, closer: Glyph) -> Cost {
        self.costs[closer as usize]
    }
}

/// Whether the text speaks of a mark: it is all that an element holds, or stands alone between two marks
/// or is one of those: `<kbd>'</kbd>`, "'"; or it is one of a list of signs: `*, <, ", : and /`.
fn is_shown(tokens: &[Token], index: usize, context: &BlockContext<'_>) -> bool {
    let Token { before, after, .. } = tokens[index];
    let span = tokens[index].span();
    let stands_alone = is_free(before) && is_free(after);
    stands_alone && (is_alone(span, context) || is_listed(&tokens[index], context.text))
        || (index.saturating_sub(2)..=index).any(|first| are_shown(&tokens[first..]))
}

/// Whether a mark is all that an element holds.
pub(super) fn is_alone(mark: ProseSpan, context: &BlockContext<'_>) -> bool {
    let inlines = &context.block.inlines;
    let from = inlines.partition_point(|inline| inline.span.start < mark.start);
    let mut here = inlines[from..].iter().take_while(|inline| inline.span.start == mark.start);
    here.any(|inline| inline.span == mark && inline.kind == InlineKind::Emphasis)
}

/// Whether a single mark of typewriters stands between two spaces, far from any other and behind no quotation:
/// press the key, then ' and then e.
fn is_typed_alone(tokens: &[Token], index: usize, text: &str) -> bool {
    let token = &tokens[index];
    let is_free = |beside| matches!(beside, Beside::Space | Beside::Edge);
    // Press the compose key, then ', then e.
    let is_listed = token.after == Beside::Pause && token.glyph.is_straight();
    let stands_alone = token.glyph == Glyph::StraightSingle && is_free(token.after);
    if !is_free(token.before) || !(stands_alone || is_listed) {
        return false;
    }
    let near = index.saturating_sub(FAR)..tokens.len().min(index + FAR);
    let is_other = |other: &Token| other.glyph == token.glyph && !other.is_medial();
    let before = text[..token.span().start].trim_end().chars().next_back();
    tokens[near].iter().filter(|&other| is_other(other)).count() == 1
        && before.and_then(Glyph::of).is_none()
}

/// So many marks away from another one a mark has nothing to do with it.
const FAR: usize = 64;

/// Whether a typed mark is all that stands between two commas.
fn is_listed(token: &Token, text: &str) -> bool {
    let ProseSpan { start, end } = token.span();
    token.glyph.is_straight() && text[..start].ends_with(", ") && text[end..].starts_with(", ")
}

/// Whether no word stands directly beside a mark.
fn is_free(beside: Beside) -> bool {
    matches!(
        beside,
        Beside::Edge
            | Beside::Space
            | Beside::Opening
            | Beside::Closing
            | Beside::Pause
            | Beside::Stop
    )
}

/// Whether the first three marks stand alone, the middle one between two that may form a pair.
fn are_shown(tokens: &[Token]) -> bool {
    let [first, shown, last, ..] = tokens else {
        return false;
    };
    first.span().end == shown.span().start
        && shown.span().end == last.span().start
        && first.glyph.kind() == last.glyph.kind()
        && (first.glyph.kind() != shown.glyph.kind()
            || shown.glyph.is_straight() && !first.glyph.is_straight())
        && matches!(shown.before, Beside::Edge | Beside::Space | Beside::Opening)
        && is_free(shown.after)
}

/// Whether the mark stands in a row of equal ones at nearly the same distance, as those do that old print
/// has at the head of every line of a quotation: where its lines were run together only that tells.
fn repeats_at_lines(tokens: &[Token], index: usize, text: &str) -> bool {
    let first = index.saturating_sub(2);
    (first..=index).any(|first| {
        tokens.get(first..first + ROW_OF_LINES).is_some_and(|row| are_lines(row, text))
    })
}

fn are_lines(row: &[Token], text: &str) -> bool {
    // Of most marks this tells without a look at the text.
    let are_alike = row.iter().all(|mark| mark.glyph == row[0].glyph && !mark.mark_after);
    let are_long = || row.windows(2).all(|pair| bytes_of_line(pair) >= SHORTEST_LINE);
    if !are_alike || !are_long() {
        return false;
    }
    let lines = row.windows(2).map(|pair| line_length(pair, text));
    let (least, most) =
        lines.fold((usize::MAX, 0), |(least, most), line| (least.min(line), most.max(line)));
    least >= SHORTEST_LINE && most <= LONGEST_LINE && 3 * most <= 5 * least
}

/// How many bytes stand from the first of two marks to the second: no fewer than characters.
fn bytes_of_line(pair: &[Token]) -> usize {
    pair[1].span().start - pair[0].span().start
}

/// How many letters, or rather characters, stand from the first of two marks to the second; many more than a
/// line has where it is plain that they are.
fn line_length(pair: &[Token], text: &str) -> usize {
    let bytes = bytes_of_line(pair);
    if bytes > MOST_BYTES * LONGEST_LINE {
        return bytes;
    }
    text[pair[0].span().start..pair[1].span().start].chars().count()
}

/// A letter of Latin, Greek or Cyrillic has so many bytes at most.
const MOST_BYTES: usize = 2;

/// So many marks in a row, without one that closes, stand at the heads of lines.
const ROW_OF_LINES: usize = 3;

/// Lines of print have so many characters.
const SHORTEST_LINE: usize = 25;
const LONGEST_LINE: usize = 100;

/// Whether the mark repeats the last one like it at the head of a line of a letter's close.
fn signs(tokens: &[Token], index: usize, text: &str) -> bool {
    if text.len() > letter::LONGEST_CLOSE {
        return false;
    }
    let token = &tokens[index];
    let same = tokens[..index].iter().rposition(|other| other.glyph == token.glyph);
    same.is_some_and(|same| {
        let line = &text[tokens[same].span().end..token.span().start];
        letter::is_line(line, text.len()) && (same + 1 == index || letter::ends_in_formula(line))
    })
}

/// Where the last sentence before each mark ended that is followed by another; found as far as it is asked for,
/// and kept for the marks of one window. Linear.
#[derive(Default)]
pub(super) struct Sentences {
    /// The bytes of the block's prose at which they ended.
    starts: Vec<u32>,
    /// The number of the first mark of which that is kept.
    first: usize,
    /// How many marks were looked at, and where the last of them ends.
    seen: usize,
    from: usize,
    /// Where the last sentence before it ended.
    start: usize,
}

impl Sentences {
    /// The byte for a mark; none before it was forgotten.
    pub(super) fn start(&mut self, index: usize, text: &str, tokens: &[Token]) -> usize {
        while self.seen <= index {
            self.look_at(&tokens[self.seen], text);
        }
        self.starts[index - self.first] as usize
    }

    fn look_at(&mut self, token: &Token, text: &str) {
        let stretch = &text[self.from..token.span().start];
        let mut ends = memchr::memrchr3_iter(b'.', b'!', b'?', stretch.as_bytes()).filter(|at| {
            let mut after = stretch[at + 1..].chars();
            after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase)
        });
        if let Some(at) = ends.next() {
            self.start = self.from + at + 1;
        }
        self.from = token.span().end;
        if self.seen >= self.first {
            self.starts.push(self.start as u32);
        }
        self.seen += 1;
    }

    /// The marks before this one are not asked for any more.
    pub(super) fn forget_before(&mut self, first: usize) {
        let gone = (first - self.first).min(self.starts.len());
        self.starts.drain(..gone);
        self.first = first;
    }
}

/// Whether only spaces and opening marks stand between the head of a line and the end of `before`.
fn starts_line(before: &str) -> bool {
    let mut marks = 0;
    for character in before.chars().rev().take(LONGEST_HEAD) {
        match character {
            '\n' => return true,
            ' ' | '\u{202f}' => {}
            '‘' | '“' | '«' if marks < MOST_AT_HEAD => marks += 1,
            _ => return false,
        }
    }
    false
}
