//! The marks of a block and what stands left and right of them.

use std::cell::LazyCell;

use crate::markup::{Block, BlockKind, Inline, InlineKind, Language};
use crate::text::ProseSpan;

use super::apostrophe;
use super::elided;
use super::glyph::Glyph;
use super::hebrew::{self, Inside};
use super::note_code;
use super::pronunciation;

/// What stands next to a mark; white space in front of and behind other marks is looked
/// through, and so are note markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// The start or end of the block, or of a line of verse.
    Edge,
    Space,
    /// An opening bracket.
    Opening,
    /// A closing bracket.
    Closing,
    Lower,
    Upper,
    Digit,
    /// `. ! ? …`
    Stop,
    /// `, ; :`
    Pause,
    /// A dash, a hyphen or a slash.
    Dash,
    /// A symbol.
    Other,
}

/// A mark with its surroundings. A paragraph may have millions of them, so they are small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins in the block's prose, which has no more bytes than this can count.
    start: u32,
    /// How many bytes it has.
    length: u8,
    pub(super) glyph: Glyph,
    pub(super) before: Beside,
    pub(super) after: Beside,
    /// Whether another mark touches it on the left, on the right.
    pub(super) mark_before: bool,
    pub(super) mark_after: bool,
    /// Whether it belongs to a word that is known to lose letters there.
    pub(super) is_known: bool,
    /// Whether it can hardly be anything but an apostrophe.
    pub(super) is_certain: bool,
}

impl Token {
    /// A mark of which nothing is known but what stands beside it.
    pub(super) fn new(span: ProseSpan, glyph: Glyph, [before, after]: [Beside; 2]) -> Self {
        Self {
            start: span.start as u32,
            length: span.len() as u8,
            glyph,
            before,
            after,
            mark_before: false,
            mark_after: false,
            is_known: false,
            is_certain: false,
        }
    }

    /// Where it stands, in the block's prose.
    #[inline]
    pub(super) fn span(&self) -> ProseSpan {
        let start = self.start as usize;
        ProseSpan::new(start, start + usize::from(self.length))
    }

    /// Makes it as long as it and the mark that follows it directly are together, which becomes empty.
    pub(super) fn take_in(&mut self, next: &mut Self) {
        self.length += next.length;
        (next.start, next.length) = (next.start + u32::from(next.length), 0);
    }

    /// Whether a word follows directly.
    pub(super) fn stands_before_word(&self) -> bool {
        matches!(self.after, Beside::Lower | Beside::Upper | Beside::Digit) && !self.mark_after
    }

    /// Whether it is an apostrophe between two letters.
    pub(super) fn is_medial(&self) -> bool {
        self.is_certain && !self.is_known && !self.mark_before && !self.mark_after
    }
}

/// All marks of a block, which become the content of `tokens`. Linear.
pub(super) fn scan(text: &str, block: &Block, tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    if bytes.len() > LONG {
        let most = count_most(bytes);
        if is_pattern(bytes, most) {
            return;
        }
        tokens.reserve_exact(most);
    }
    let mut inlines = block.inlines.iter().filter(|inline| inline.kind == InlineKind::Opaque);
    let mut opaque = inlines.next();
    let mut run = Run::default();
    let head = behind_label(text, block);
    let mut starts = Starts::default();
    // Hardly any prose has one.
    let has_slash = LazyCell::new(|| memchr::memchr(b'/', bytes).is_some());
    let is_stress = |span, glyph| *has_slash && pronunciation::is_stress(text, span, glyph);
    let mut at = 0;
    while let Some(next) = starts.next(bytes, at) {
        at = next;
        while opaque.is_some_and(|inline| inline.span.end <= at) {
            opaque = inlines.next();
        }
        if let Some(inline) = opaque.filter(|inline| inline.span.contains(at)) {
            at = inline.span.end;
            continue;
        }
        let Some((glyph, length)) = mark_at(text, at) else {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        run.reach(text, at);
        if run.is_rule {
            at = run.end;
            continue;
        }
        let span = ProseSpan::new(at, at + length);
        let hebrew = hebrew::inside(text, span, glyph);
        if hebrew == Some(Inside::Abbreviates) || is_stress(span, glyph) {
            at = span.end;
            continue;
        }
        let (mut before, mark_before) = left_of(text, inner_end(text, at, glyph), block);
        let (after, mark_after) = right_of(text, inner_start(text, span.end, glyph), before, block);
        if at == head && head > 0 {
            before = Beside::Edge;
        }
        if before == Beside::Stop && is_possessive_of_shortened(text, span, glyph) {
            before = Beside::Lower;
        }
        if hebrew == Some(Inside::Opens) || opens_behind_elision(text, span, glyph, block.language)
        {
            before = Beside::Opening;
        }
        let token = Token { mark_before, mark_after, ..Token::new(span, glyph, [before, after]) };
        let is_known = apostrophe::is_known(text, &token);
        let is_certain = apostrophe::is_certain(&token, is_known);
        tokens.push(Token { is_known, is_certain, ..token });
        at = span.end;
    }
}

/// Marks are counted before room is made for them in a text of so many bytes: room that grows takes twice as
/// much at times.
const LONG: usize = 1 << 20;

/// How many marks there are at most.
fn count_most(bytes: &[u8]) -> usize {
    let begins = |byte: &&u8| matches!(byte, b'\'' | b'"' | 0xE2 | b'`' | 0xC2 | 0xD7);
    bytes.iter().filter(begins).count()
}

/// Whether a text has hardly any letters beside so many marks, and says nothing that could be quoted.
fn is_pattern(bytes: &[u8], marks: usize) -> bool {
    let begins_letter =
        |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0xC3 && **byte != 0xE2;
    3 * bytes.iter().filter(begins_letter).count() < marks
}

/// The bytes with which marks may begin, each looked for only once.
#[derive(Default)]
struct Starts {
    /// The next of the common ones that is known, and of the rare ones.
    next: [Option<usize>; 2],
    /// Up to where they were looked for.
    from: [usize; 2],
}

impl Starts {
    /// The first of them from `at` on, which is never less than it was before.
    fn next(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        for (list, signs) in [[b'\'', b'"', 0xE2], [b'`', 0xC2, 0xD7]].into_iter().enumerate() {
            let is_known = self.from[list] > 0 && self.next[list].is_none_or(|next| next >= at);
            if !is_known {
                let found = memchr::memchr3(signs[0], signs[1], signs[2], &bytes[at..]);
                self.next[list] = found.map(|offset| at + offset);
                self.from[list] = at + 1;
            }
        }
        match self.next {
            [Some(common), Some(rare)] => Some(common.min(rare)),
            [common, rare] => common.or(rare),
        }
    }
}

/// A stretch of marks with nothing between them, of which each is looked at once.
#[derive(Default)]
struct Run {
    end: usize,
    /// Whether it is a rule, a leader or a pattern, and no quotation.
    is_rule: bool,
}

/// So many equal marks are more than any nesting has: `"'"`.
const ROW: usize = 4;

impl Run {
    /// Goes on to the run that holds `at`.
    fn reach(&mut self, text: &str, at: usize) {
        if at >= self.end {
            let length = text[at..].find(|c| Glyph::of(c).is_none()).unwrap_or(text.len() - at);
            let is_rule = length >= ROW && is_rule(&text[at..at + length]);
            *self = Self { end: at + length, is_rule };
        }
    }
}

/// Whether marks that touch are more than are looked through, or one stands there again and again.
fn is_rule(marks: &str) -> bool {
    let (mut before, mut equal) = ('\0', 0);
    marks.chars().enumerate().any(|(number, mark)| {
        equal = if mark == before { equal + 1 } else { 1 };
        before = mark;
        equal == ROW || number == LONGEST_RUN
    })
}

/// The marks with which a block opens.
pub(super) fn leading(tokens: &[Token]) -> &[Token] {
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        let follows = if index == 0 {
            token.before == Beside::Edge
        } else {
            token.mark_before && tokens[index - 1].span().end + 3 >= token.span().start
        };
        let opens = !matches!(token.glyph, Glyph::Prime | Glyph::DoublePrime | Glyph::Acute);
        if !follows || !opens {
            break;
        }
        end = index + 1;
    }
    &tokens[..end]
}

/// The mark at `at` and its length; two straight or slanted single marks in a row are
/// the double mark of typewriters.
fn mark_at(text: &str, at: usize) -> Option<(Glyph, usize)> {
    if let [b'\'', b'\'', ..] | [b'`', b'`', ..] = text.as_bytes()[at..] {
        return Some((Glyph::StraightDouble, 2));
    }
    let character = text[at..].chars().next()?;
    Some((Glyph::of(character)?, character.len_utf8()))
}

fn marker_ending_at(block: &Block, at: usize) -> Option<&Inline> {
    let end = block.inlines.partition_point(|inline| inline.span.end < at);
    let mut here = block.inlines[end..].iter().take_while(|inline| inline.span.end == at);
    here.find(|inline| inline.kind == InlineKind::Marker)
}

fn marker_starting_at(block: &Block, at: usize) -> Option<&Inline> {
    let start = block.inlines.partition_point(|inline| inline.span.start < at);
    let mut here = block.inlines[start..].iter().take_while(|inline| inline.span.start == at);
    here.find(|inline| inline.kind == InlineKind::Marker)
}

/// Where the text ends before the note markers that stand at its end.
pub(super) fn before_markers(text: &str, block: &Block) -> usize {
    let mut end = text.trim_end().len();
    while let Some(marker) = marker_ending_at(block, end) {
        end = text[..marker.span.start].trim_end().len();
    }
    end
}

/// Where the text begins behind the label of a note that stands at its head: `1` in a link back.
pub(super) fn behind_label(text: &str, block: &Block) -> usize {
    let markers = block.inlines.iter().filter(|inline| inline.kind == InlineKind::Marker);
    let mut at = 0;
    for marker in markers {
        match text.get(at..marker.span.start) {
            Some(before) if before.trim().is_empty() => at = marker.span.end,
            _ => break,
        }
    }
    if at == 0 {
        return 0;
    }
    let space = text[at..].find(|c: char| !c.is_whitespace());
    at + space.unwrap_or(0)
}

/// Characters that take no room: a reader does not see them between a mark and a word.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '_' | '*')
}

/// Thin and unbreakable spaces, which typesetters put between two marks.
pub(super) fn is_thin(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{2009}' | '\u{200a}' | '\u{202f}')
}

/// Whether a mark behind a full stop belongs to a word that is shortened: `the T.U.C.’s motion`,
/// `Jones & Co.’s`. Nothing quoted ends before a single s.
fn is_possessive_of_shortened(text: &str, span: ProseSpan, glyph: Glyph) -> bool {
    let is_mark = matches!(glyph, Glyph::RightSingle | Glyph::StraightSingle);
    let rest = text[span.end..].strip_prefix('s');
    let word = text[..span.start].strip_suffix('.');
    is_mark
        && word.is_some_and(|word| word.ends_with(char::is_alphabetic))
        && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.'))
}

/// Whether a mark opens behind a word that has lost its vowel: `d’« honneur »`, `l’“io”`, `dell’‘Ansaldo’`.
fn opens_behind_elision(text: &str, span: ProseSpan, glyph: Glyph, language: Language) -> bool {
    let opens = matches!(glyph, Glyph::LeftGuillemet | Glyph::LowDouble | Glyph::LeftDouble);
    if !opens && !matches!(glyph, Glyph::StraightDouble | Glyph::LeftSingle) {
        return false;
    }
    let Some(word) = text[..span.start].strip_suffix(['’', '\'']) else {
        return false;
    };
    let is_elided = elided::ends_elided(word, language);
    let after = &text[inner_start(text, span.end, glyph)..];
    let is_before_word = |after: &str| after.starts_with(char::is_alphanumeric);
    // A straight mark opens only behind a word that is known to lose its vowel: l'"io". One with a space
    // behind it may as well close, where the language does not lose vowels: ›’so’« und.
    let may_open =
        if is_before_word(after) { opens } else { language.is_read_as_english() && opens };
    word.ends_with(char::is_alphabetic)
        && is_before_word(after.trim_start_matches(' '))
        && (is_elided || may_open)
}

/// Where what stands left of a mark ends: the unbreakable space that French print has inside
/// guillemets belongs to the mark.
fn inner_end(text: &str, at: usize, glyph: Glyph) -> usize {
    let closes = match glyph {
        Glyph::RightGuillemet | Glyph::RightAngle => true,
        // One that points the wrong way has a common space on its outside: un mot\u{a0}« et.
        Glyph::LeftGuillemet | Glyph::LeftAngle => {
            text[at..].chars().nth(1).is_none_or(|c| c == ' ' || c == '\n')
        }
        _ => return at,
    };
    let space = text[..at].chars().next_back().filter(|&c| closes && is_thin(c));
    at - space.map_or(0, char::len_utf8)
}

/// Where what stands right of a mark starts.
fn inner_start(text: &str, at: usize, glyph: Glyph) -> usize {
    let opens = match glyph {
        Glyph::LeftGuillemet | Glyph::LeftAngle => true,
        // At the head of a block it may repeat the mark of a speech that goes on.
        Glyph::RightGuillemet | Glyph::RightAngle => {
            text[..at].chars().rev().nth(1).is_none_or(|c| c == ' ' || c == '\n')
        }
        _ => return at,
    };
    let space = text[at..].chars().next().filter(|&c| opens && is_thin(c));
    at + space.map_or(0, char::len_utf8)
}

/// How many marks and invisible characters are looked through.
const LONGEST_RUN: usize = 16;

/// What stands directly next to a stretch of the text.
pub(super) fn around(text: &str, span: ProseSpan, kind: BlockKind) -> (Beside, Beside) {
    let of = |character: Option<char>| character.map_or(Beside::Edge, |c| beside(c, kind));
    (of(text[..span.start].chars().next_back()), of(text[span.end..].chars().next()))
}

fn left_of(text: &str, at: usize, block: &Block) -> (Beside, bool) {
    let last = text.as_bytes()[..at].last().filter(|_| block.inlines.is_empty());
    if let Some(plain) = last.and_then(|&byte| plainly_beside(byte)) {
        return (plain, false);
    }
    let mut end = at;
    let mut touches_mark = false;
    // A run of marks is looked through only so far: longer ones are no text.
    for _ in 0..LONGEST_RUN {
        if let Some(marker) = marker_ending_at(block, end) {
            end = marker.span.start;
            continue;
        }
        let Some(character) = text[..end].chars().next_back() else {
            return (Beside::Edge, touches_mark);
        };
        let next = end - character.len_utf8();
        let behind_thin = is_thin(character)
            && (text[..next].chars().next_back().is_some_and(|c| Glyph::of(c).is_some())
                || touches_mark && text[end..].starts_with(['»', '›']));
        if Glyph::of(character).is_some() {
            touches_mark = true;
        } else if !is_invisible(character) && !behind_thin {
            return (beside(character, block.kind), touches_mark);
        }
        end = next;
    }
    (Beside::Other, touches_mark)
}

fn right_of(text: &str, at: usize, left: Beside, block: &Block) -> (Beside, bool) {
    let mut start = at;
    let mut touches_mark = false;
    let may_be_noted = !matches!(left, Beside::Edge | Beside::Space | Beside::Opening);
    let next = text.as_bytes().get(at).filter(|_| block.inlines.is_empty());
    // The code of a note begins with a capital or a figure.
    let is_plain =
        |beside: &Beside| !may_be_noted || !matches!(beside, Beside::Upper | Beside::Digit);
    if let Some(plain) = next.and_then(|&byte| plainly_beside(byte)).filter(is_plain) {
        return (plain, false);
    }
    // `5’10`, `’54–’55`.
    let may_be_bare = !matches!(left, Beside::Digit | Beside::Dash);
    // A run of marks is looked through only so far: longer ones are no text.
    for _ in 0..LONGEST_RUN {
        if let Some(marker) = marker_starting_at(block, start) {
            start = marker.span.end;
            continue;
        }
        if let Some(code) = note_code::at(&text[start..], may_be_bare)
            && may_be_noted
        {
            start += code;
            continue;
        }
        let Some(character) = text[start..].chars().next() else {
            return (Beside::Edge, touches_mark);
        };
        let next = start + character.len_utf8();
        let before_thin = is_thin(character)
            && (text[next..].chars().next().is_some_and(|c| Glyph::of(c).is_some())
                || touches_mark && text[..start].ends_with(['«', '‹']));
        if Glyph::of(character).is_some() {
            touches_mark = true;
        } else if !is_invisible(character) && !before_thin {
            return (beside(character, block.kind), touches_mark);
        }
        start = next;
    }
    (Beside::Other, touches_mark)
}

/// What stands beside a mark if it is one of the characters that nearly always do, and are no part of anything
/// that is looked through.
fn plainly_beside(byte: u8) -> Option<Beside> {
    Some(match byte {
        b'a'..=b'z' => Beside::Lower,
        b'A'..=b'Z' => Beside::Upper,
        b'0'..=b'9' => Beside::Digit,
        b' ' => Beside::Space,
        b'.' | b'!' | b'?' => Beside::Stop,
        b',' | b';' | b':' => Beside::Pause,
        _ => return None,
    })
}

fn beside(character: char, kind: BlockKind) -> Beside {
    match character {
        '\n' if kind == BlockKind::Verse => Beside::Edge,
        'a'..='z' => Beside::Lower,
        'A'..='Z' => Beside::Upper,
        '0'..='9' => Beside::Digit,
        '.' | '!' | '?' | '…' | '؟' | '۔' => Beside::Stop,
        ',' | ';' | ':' | '،' | '؛' => Beside::Pause,
        '(' | '[' | '{' | '¿' | '¡' | '（' | '「' | '『' | '【' | '《' | '〈' => {
            Beside::Opening
        }
        ')' | ']' | '}' | '）' | '」' | '』' | '】' | '》' | '〉' => Beside::Closing,
        '-' | '–' | '—' | '―' | '‐' | '‑' | '/' | '⸺' => Beside::Dash,
        c if c.is_whitespace() => Beside::Space,
        c if is_written_closely(c) => Beside::Other,
        c if c.is_lowercase() => Beside::Lower,
        c if c.is_alphabetic() => Beside::Upper,
        c if c.is_numeric() => Beside::Digit,
        _ => Beside::Other,
    }
}

/// Whether a letter belongs to a script in which a mark may stand between two letters and open or close
/// a quotation there: Thai, Lao, Tibetan, Burmese, Khmer, kana and Chinese characters, which have no
/// spaces between words, and Hangul, whose particles are written together with what is quoted.
fn is_written_closely(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{31ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9d}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_tells_what_its_character_would() {
        for byte in 0..=u8::MAX {
            let Some(plain) = plainly_beside(byte) else {
                continue;
            };
            let character = char::from(byte);
            for kind in [BlockKind::Paragraph, BlockKind::Verse] {
                assert_eq!(plain, beside(character, kind), "{character}");
            }
            assert!(Glyph::of(character).is_none() && !is_invisible(character), "{character}");
        }
    }
}
