//! Notes: what their labels look like and which pieces are notes.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;

use super::division::{self, Division, Divisions};
use super::runs::Run;
use super::{Anchor, AnchorKind, BlockKind, Piece, gutenberg, signs};

/// How a label is written. A marker leads to notes of its own style, but that numbers
/// are often bracketed in the text and bare at the note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// `[1]`, `[*]`.
    Brackets,
    /// `(1)`.
    Parentheses,
    /// `¹`.
    Superscript,
    /// `1.`, `1)`, `1:` or a bare `1`: only at a note.
    Bare,
    /// `*`, `†`, `‡`, `§`, perhaps several.
    Sign,
}

/// A label at the head of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) style: Style,
    /// The number in plain digits, or the signs.
    pub(super) text: String,
    /// Bytes that the label takes as written.
    pub(super) len: usize,
    /// Where in them what names the note stands, if it is not all of them: `1` in `[Footnote 1:`.
    pub(super) name: Option<(usize, usize)>,
}

impl Label {
    /// Whether the label starts a note even in the middle of other lines. A bare number
    /// does so only where the number is followed by a stop.
    pub(super) fn is_certain(&self, text: &str) -> bool {
        self.style != Style::Bare || text.as_bytes()[self.len - 1] == b'.'
    }
}

/// A note and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) label: Label,
    pub(super) span: Span,
    pub(super) extent: Span,
    pub(super) scope: u32,
}

/// All notes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) all: Vec<Note>,
    /// Whether the text has the notation of Project Gutenberg.
    pub(super) is_of_gutenberg: bool,
    /// Where each run of notes ends; a marker belongs to the run that ends next.
    ends: Vec<usize>,
    /// How the labels are written, and what they are.
    styles: FxHashSet<Style>,
    labels: FxHashSet<String>,
    /// The number of the first note of the last run, and the labels of the run.
    run_start: usize,
    run_labels: FxHashSet<String>,
}

impl Notes {
    /// The run of notes that a marker at `at` belongs to.
    pub(super) fn scope_at(&self, at: usize) -> u32 {
        let next = self.ends.partition_point(|&end| end <= at);
        // Text behind the last notes can only point back at them.
        next.min(self.ends.len().saturating_sub(1)) as u32
    }

    /// The runs of notes, in the order of the source.
    pub(super) fn runs(&self) -> Vec<Run<'_>> {
        let runs = self.all.chunk_by(|one, next| one.scope == next.scope);
        runs.map(|notes| Run {
            notes,
            scope: notes[0].scope,
            start: notes[0].span.start,
            end: notes[notes.len() - 1].extent.end,
        })
        .collect()
    }

    /// Whether any note is numbered (not labelled with signs).
    pub(super) fn are_numbered(&self) -> bool {
        self.styles.iter().any(|style| *style != Style::Sign)
    }

    /// Whether any note has a label of this style.
    pub(super) fn have(&self, style: Style) -> bool {
        self.styles.contains(&style)
    }

    /// Whether any note has this label.
    pub(super) fn have_label(&self, label: &str) -> bool {
        self.labels.contains(label)
    }

    pub(super) fn anchors(&self) -> impl Iterator<Item = Anchor> {
        self.all.iter().map(|note| Anchor {
            kind: AnchorKind::Note,
            label: note.label.text.clone(),
            span: note.span,
            extent: note.extent,
            scope: note.scope,
            needs_marker: true,
        })
    }
}

/// Headings that stand over notes, lower-case.
const HEADINGS: &[&str] = &[
    "note",
    "notes",
    "footnote",
    "footnotes",
    "endnotes",
    "references",
    "notes and references",
    "references and notes",
    "author’s notes",
    "anmerkungen",
    "anmerkung",
    "fußnoten",
    "fussnoten",
    "примечания",
    "сноски",
    "note di pagina",
    "notas",
    "przypisy",
];

/// Words between the notes and what they are to, lower-case.
const LINKS: &[&str] = &[
    "to", "the", "for", "on", "of", "zu", "zum", "zur", "du", "de", "des", "au", "à", "la", "le",
    "al", "alla", "allo", "a", "del", "della", "к", "ко", "do",
];

/// Marks the pieces that are notes, and headings over them; takes rules out.
pub(super) fn mark(source: &str, pieces: &mut Vec<Piece>, is_of_gutenberg: bool) -> Notes {
    let signs = Signs::of(source, pieces);
    let mut notes = Notes { is_of_gutenberg, ..Notes::default() };
    if is_of_gutenberg {
        footnotes(source, pieces, &mut notes);
    }
    let mut called = Called::of(source, pieces);
    let mut in_section = false;
    let mut rule_before = false;
    for index in 0..pieces.len() {
        let next = pieces.get(index + 1).map(|next| next.span.of(source));
        let piece = &mut pieces[index];
        let text = piece.span.of(source);
        if is_notes_heading(text) || called.names_notes(text) {
            piece.kind = BlockKind::Heading(2);
            in_section = true;
            continue;
        }
        if in_section && piece.lines <= 2 && called.is_named_again(text, next) {
            piece.kind = BlockKind::Heading(3);
            continue;
        }
        called.pass(piece.kind, text);
        if is_rule(text) {
            rule_before = true;
            continue;
        }
        // It stands in a bracket.
        if piece.kind == BlockKind::Note {
            continue;
        }
        let is_text = !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Extract);
        let label = if is_text { None } else { label(text) };
        let label = label.filter(|_| !signs.bullets.contains(&piece.span.start));
        match label {
            Some(label) if starts_note(&label, text, in_section, rule_before, &signs) => {
                in_section |= rule_before;
                notes.add(label, piece, source);
            }
            _ if matches!(piece.kind, BlockKind::Heading(_)) => in_section = false,
            // A second paragraph of a note.
            _ if in_section && !notes.all.is_empty() => piece.kind = BlockKind::Note,
            _ => {}
        }
        rule_before = false;
    }
    pieces.retain(|piece| !is_rule(piece.span.of(source)));
    notes.close(source.len());
    notes
}

impl Notes {
    fn add(&mut self, label: Label, piece: &mut Piece, source: &str) {
        let start = piece.span.start;
        let body = &piece.span.of(source)[label.len..];
        piece.body = start + label.len + (body.len() - body.trim_start().len());
        piece.kind = BlockKind::Note;
        self.part_single_note(&label);
        let scope = self.scope_of_next(&label, start, source);
        let (from, to) = label.name.unwrap_or((0, label.len));
        let span = Span::new(start + from, start + to);
        self.styles.insert(label.style);
        for labels in [&mut self.labels, &mut self.run_labels] {
            if !labels.contains(&label.text) {
                labels.insert(label.text.clone());
            }
        }
        self.all.push(Note { label, span, extent: piece.span, scope });
    }

    /// Before the 2 of `1 1 2` another run begins with the second 1; the first is the only note of its own.
    fn part_single_note(&mut self, next: &Label) {
        let [.., single, last] = &mut self.all[self.run_start..] else {
            return;
        };
        if next.text == "2" && last.label.text == "1" && single.label.text == "1" {
            self.ends.push(single.extent.end.min(last.span.start));
            last.scope = self.ends.len() as u32;
            self.run_labels.clear();
            self.run_labels.insert(last.label.text.clone());
            self.run_start = self.all.len() - 1;
        }
    }

    /// Numbers that start again, and signs that come again, open a new run of notes.
    fn scope_of_next(&mut self, label: &Label, start: usize, source: &str) -> u32 {
        let current = self.ends.len() as u32;
        let Some(last) = self.all[self.run_start..].last() else {
            return current;
        };
        // A page may have one note only.
        let has_text_between = || {
            let between = source.get(last.extent.end..start).unwrap_or("");
            !between.trim().is_empty()
        };
        let starts_again = match (last.label.text.parse::<u32>(), label.text.parse::<u32>()) {
            (Ok(before), Ok(now)) => now == 1 && (before > 1 || has_text_between()),
            (Err(_), Err(_)) => self.run_labels.contains(&label.text),
            _ => false,
        };
        if !starts_again {
            return current;
        }
        self.ends.push(last.extent.end.min(start));
        self.run_start = self.all.len();
        self.run_labels.clear();
        current + 1
    }

    fn close(&mut self, end: usize) {
        if !self.all.is_empty() {
            self.ends.push(end);
        }
    }
}

/// Whether a piece with this label is a note: in a notes section or after a rule always,
/// elsewhere only where the text before holds its marker.
fn starts_note(
    label: &Label,
    text: &str,
    in_section: bool,
    rule_before: bool,
    signs: &Signs<'_>,
) -> bool {
    if in_section || rule_before {
        return true;
    }
    match label.style {
        Style::Sign => signs.behind_words.contains(&text[..label.len]),
        Style::Brackets | Style::Superscript => true,
        Style::Parentheses | Style::Bare => false,
    }
}

/// Signs of notes, as far as other pieces tell what they are.
struct Signs<'a> {
    /// Those that stand behind a word somewhere: `parts*`.
    behind_words: FxHashSet<&'a str>,
    /// Where pieces start with an asterisk that is the bullet of a list.
    bullets: FxHashSet<usize>,
}

/// Asterisks that no marker calls for are bullets, unless they are fewer than one in so many: then
/// their markers were lost.
const ONE_IN: usize = 4;

impl<'a> Signs<'a> {
    fn of(source: &'a str, pieces: &[Piece]) -> Self {
        let mut behind_words = FxHashSet::default();
        // How many of each sign wait for their notes.
        let mut open: FxHashMap<&str, usize> = FxHashMap::default();
        let mut are_collected = false;
        let mut uncalled = FxHashSet::default();
        let mut called = 0;
        for piece in pieces {
            let text = piece.span.of(source);
            if is_notes_heading(text) || matches!(piece.kind, BlockKind::Heading(_)) {
                are_collected = is_notes_heading(text);
            }
            if text.starts_with('*')
                && let Some(label) = sign(text)
            {
                let waiting = open.entry(&text[..label.len]).or_default();
                if *waiting == 0 {
                    uncalled.insert(piece.span.start);
                } else {
                    called += 1;
                    // Notes under a heading of their own are those of several pages.
                    *waiting = if are_collected { *waiting - 1 } else { 0 };
                }
            }
            for sign in signs::signs(text) {
                *open.entry(sign.of(text)).or_default() += 1;
                behind_words.insert(sign.of(text));
            }
        }
        let are_bullets = uncalled.len() > 1 && uncalled.len() * ONE_IN > uncalled.len() + called;
        Self { behind_words, bullets: if are_bullets { uncalled } else { FxHashSet::default() } }
    }
}

fn is_notes_heading(text: &str) -> bool {
    // The longest heading known has fewer bytes than this.
    text.len() < 40
        && HEADINGS.contains(&text.trim_end_matches([':', '.']).trim().to_lowercase().as_str())
}

/// Whose notes a heading says that it stands over: `Notes to Chapter I`, `Chapter I: Notes`.
pub(super) fn whose_notes(heading: &str) -> Option<&str> {
    if heading.len() > division::LONGEST {
        return None;
    }
    let heading = heading.trim_end_matches(['.', ':']);
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | '—' | '–' | '-' | ',');
    let is_notes = |words: &str| HEADINGS.contains(&words.to_lowercase().as_str());
    if let Some((of, notes)) = heading.rsplit_once(is_gap)
        && is_notes(notes)
    {
        return Some(of.trim_end_matches(is_gap)).filter(|of| !of.is_empty());
    }
    let (_, mut of) = heading.split_once(is_gap).filter(|(notes, _)| is_notes(notes))?;
    of = of.trim_start_matches(is_gap);
    while let Some((word, rest)) = of.split_once(char::is_whitespace)
        && LINKS.contains(&word.to_lowercase().as_str())
    {
        of = rest.trim_start();
    }
    (!of.is_empty()).then_some(of)
}

/// The divisions of a text in which markers stand, as far as it has been read. Empty where nothing
/// looks like a heading over notes.
struct Called {
    divisions: Divisions<()>,
    /// Those in which no marker was seen so far: a numbered one, and its parts.
    open: Vec<Division>,
    is_wanted: bool,
}

impl Called {
    fn of(source: &str, pieces: &[Piece]) -> Self {
        let is_over_notes = |text: &str| is_notes_heading(text) || whose_notes(text).is_some();
        let is_wanted = pieces.iter().any(|piece| is_over_notes(piece.span.of(source)));
        Self { divisions: Divisions::default(), open: Vec::new(), is_wanted }
    }

    /// Goes on to the next piece.
    fn pass(&mut self, kind: BlockKind, text: &str) {
        if !self.is_wanted {
            return;
        }
        if matches!(kind, BlockKind::Heading(_) | BlockKind::Title) {
            let division = Division::of(text);
            self.open.truncate(usize::from(!division.is_numbered()));
            self.open.push(division);
        } else if !self.open.is_empty() && has_marker(text) {
            for division in self.open.drain(..) {
                self.divisions.insert(division, ());
            }
        }
    }

    /// Whether a heading says that it stands over the notes to a part of the text.
    fn names_notes(&self, heading: &str) -> bool {
        self.is_wanted && whose_notes(heading).is_some_and(|of| self.has(of))
    }

    /// Whether a piece among the notes names a part of the text, and notes start anew behind it.
    fn is_named_again(&self, text: &str, next: Option<&str>) -> bool {
        let begins = next
            .and_then(label)
            .is_some_and(|label| label.text == "1" || label.style == Style::Sign);
        begins && label(text).is_none() && self.has(text)
    }

    fn has(&self, heading: &str) -> bool {
        heading.len() <= division::LONGEST && self.divisions.find(&Division::of(heading)).is_some()
    }
}

/// Whether something in a text looks like the marker of a note: `[1]`, `(1)`, `¹`.
fn has_marker(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'[', b'(', 0xC2, bytes).any(|at| match bytes[at] {
        0xC2 => text[at..].chars().next().and_then(superscript_digit).is_some(),
        _ => {
            let digits = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
            let is_close = |close: &u8| matches!(close, b']' | b')');
            (1..=3).contains(&digits) && bytes.get(at + 1 + digits).is_some_and(is_close)
        }
    })
}

/// `-----`, `_____`, `=====`: a rule, as it stands over notes. (`* * *` parts sections.)
fn is_rule(text: &str) -> bool {
    let mut marks = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let Some(first) = marks.next() else {
        return false;
    };
    text.len() >= 3
        && text.len() < 200
        && b"-_=".contains(&first)
        && marks.all(|byte| byte == first)
        || (text.chars().all(|c| matches!(c, '—' | '–' | '―')) && text.chars().count() >= 2)
}

/// The label that `text` starts with, if it could be a note's.
pub(super) fn label(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    match first {
        '[' => bracketed(text, ']', Style::Brackets),
        '(' => bracketed(text, ')', Style::Parentheses),
        '*' | '†' | '‡' | '§' => sign(text),
        '0'..='9' => bare(text),
        _ if superscript_digit(first).is_some() => superscript(text),
        _ => None,
    }
}

fn bracketed(text: &str, close: char, style: Style) -> Option<Label> {
    let end = text[1..].find(close).filter(|&end| end <= 4)? + 1;
    let inner = &text[1..end];
    let is_label = inner.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=3).contains(&inner.len())
        || (!inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡')));
    let mut len = end + 1;
    if text[len..].starts_with('.') {
        len += 1;
    }
    is_label.then(|| Label { style, text: inner.to_owned(), len, name: None })
}

/// `[Footnote 1: `, `[Footnote A: `, as Distributed Proofreaders write them.
fn footnote(text: &str) -> Option<Label> {
    const HEAD: &str = "[Footnote ";
    let rest = text.strip_prefix(HEAD)?;
    let (name, _) = rest.split_once(':').filter(|(name, _)| (1..=4).contains(&name.len()))?;
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = name.bytes().all(|byte| byte.is_ascii_uppercase()) && name.len() < 3;
    let is_sign = name.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'));
    (is_number || is_letter || is_sign).then(|| Label {
        style: Style::Brackets,
        text: name.to_owned(),
        len: HEAD.len() + name.len() + 1,
        name: Some((HEAD.len(), HEAD.len() + name.len())),
    })
}

/// Marks the notes that stand in brackets, each with all of its paragraphs.
fn footnotes(source: &str, pieces: &mut [Piece], notes: &mut Notes) {
    let mut at = 0;
    while at < pieces.len() {
        let text = pieces[at].span.of(source);
        let label = footnote(text);
        let last = label.as_ref().and_then(|_| gutenberg::last_of_bracket(source, &pieces[at..]));
        let (Some(label), Some(last)) = (label, last) else {
            at += 1;
            continue;
        };
        let last = at + last;
        notes.add(label, &mut pieces[at], source);
        if let Some(note) = notes.all.last_mut() {
            note.extent.end = pieces[last].span.end;
        }
        for piece in &mut pieces[at..=last] {
            piece.kind = BlockKind::Note;
        }
        pieces[last].span.end -= 1;
        at = last + 1;
    }
}

fn sign(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    let signs = text.trim_start_matches(first);
    let len = text.len() - signs.len();
    // `*word* …` is emphasis and `* * *` a section break; a note's sign leads to words.
    let body = signs.trim_start();
    let closes = first == '*' && body.find('*').is_some_and(|at| at < 80 && signs == body);
    let is_label = len <= 3 * first.len_utf8()
        && body.starts_with(|c: char| c.is_alphanumeric() || is_opening(c));
    (is_label && !closes).then(|| Label {
        style: Style::Sign,
        text: text[..len].to_owned(),
        len,
        name: None,
    })
}

fn is_opening(character: char) -> bool {
    matches!(character, '‘' | '“' | '"' | '\'' | '«' | '„' | '(' | '[' | '_')
}

fn bare(text: &str) -> Option<Label> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = &text[digits..];
    let len = match after.bytes().next()? {
        b'.' | b')' | b':' if after[1..].starts_with(char::is_whitespace) => digits + 1,
        byte if byte.is_ascii_whitespace() => digits,
        _ => return None,
    };
    (digits <= 3).then(|| Label {
        style: Style::Bare,
        text: text[..digits].to_owned(),
        len,
        name: None,
    })
}

fn superscript(text: &str) -> Option<Label> {
    let mut digits = String::new();
    let mut len = 0;
    for character in text.chars() {
        let Some(digit) = superscript_digit(character) else {
            break;
        };
        digits.push(digit);
        len += character.len_utf8();
    }
    (digits.len() <= 3).then_some(Label {
        style: Style::Superscript,
        text: digits,
        len,
        name: None,
    })
}

/// The plain digit for a superscript one.
pub(super) fn superscript_digit(character: char) -> Option<char> {
    Some(match character {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from_u32(character as u32 - '⁴' as u32 + '4' as u32)?,
        _ => return None,
    })
}
