//! Open elements and open blocks.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{ProseSpan, Span};

use super::super::ignore::IgnoreComments;
use super::super::language_guess;
use super::super::{
    Anchor, AnchorKind, Block, BlockKind, Document, Format, Inline, InlineKind, Language, Pointer,
    Problem, ProseBuilder, prose, sic,
};
use super::open_block::{OpenBlock, References};
use super::raw::Raw;

/// More open inline elements than this are read, but what the outer ones say is not kept:
/// no text nests them, only a machine does.
const MOST_INLINES: usize = 64;

/// How many elements an end that is only implied may end: each may cost a look at them.
const FARTHEST_END: usize = 256;

/// No text is nested deeper; other programs stop at some hundreds.
const DEEPEST: usize = 1000;

/// What is longer, in bytes, is read as several blocks: places in a block are small numbers.
const LONGEST_BLOCK: usize = if cfg!(test) { 2_000_000 } else { prose::LONGEST };

/// What an element does to the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::markup) enum Effect {
    /// It is a block of prose.
    Block(BlockKind),
    /// It holds blocks; text directly inside makes blocks of this kind.
    Group(BlockKind),
    /// It holds blocks of a displayed quotation.
    Extract,
    /// It is a note: a block apart from the text around it, which goes on behind it.
    Note,
    /// It lies in a line and says this about its text.
    Inline(InlineKind),
    /// It lies in a line, or is unknown: its text is read as if it were not there.
    Transparent,
    /// Nothing in it is prose.
    Hidden,
}

/// An element that starts.
#[derive(Clone, Debug)]
pub(in crate::markup) struct Element<'s> {
    pub(in crate::markup) name: &'s str,
    pub(in crate::markup) effect: Effect,
    /// The language it declares.
    pub(in crate::markup) language: Option<Language>,
    /// Its start tag.
    pub(in crate::markup) span: Span,
}

#[derive(Debug)]
pub(super) struct Frame<'s> {
    pub(super) name: &'s str,
    pub(super) effect: Effect,
    pub(super) language: Option<Language>,
    /// Where its tag starts in the source.
    pub(super) start: usize,
    /// Where its inline stretch starts in the current block's prose.
    pub(super) inline_from: usize,
    /// Anchors whose extent ends with the element.
    pub(super) anchors: Vec<usize>,
    /// The block that a note interrupts.
    pub(super) suspended: Option<Box<OpenBlock>>,
}

/// Builds a [`Document`] from elements and text in the order of the source.
#[derive(Debug)]
pub(in crate::markup) struct Assembler<'s> {
    source: &'s str,
    format: Format,
    pub(super) raw: Raw,
    pub(super) frames: Vec<Frame<'s>>,
    /// How many frames have each name, so that a stray end tag costs nothing.
    pub(super) open_names: FxHashMap<&'s str, usize>,
    pub(super) hidden: usize,
    pub(super) extracts: u8,
    pub(super) notes: usize,
    pub(super) block: Option<OpenBlock>,
    pub(super) ignores: IgnoreComments,
    /// Whether it was reported that elements are nested without end.
    pub(super) is_too_deep: bool,
    /// The numbers of the blocks that were not taken over from the version before.
    pub(super) fresh: Range<usize>,
    /// The language of the document then.
    pub(super) told: Option<Language>,
    language: Language,
}

impl<'s> Assembler<'s> {
    pub(in crate::markup) fn new(source: &'s str, format: Format) -> Self {
        Self {
            source,
            format,
            raw: Raw::with_room(source),
            frames: Vec::new(),
            open_names: FxHashMap::default(),
            hidden: 0,
            extracts: 0,
            notes: 0,
            block: None,
            ignores: IgnoreComments::default(),
            is_too_deep: false,
            fresh: 0..usize::MAX,
            told: None,
            language: Language::UNKNOWN,
        }
    }

    /// Whether an element of this name is open.
    pub(in crate::markup) fn is_inside(&self, name: &str) -> bool {
        self.open_names.contains_key(name)
    }

    /// Whether any element is open.
    pub(in crate::markup) fn is_inside_any(&self) -> bool {
        !self.frames.is_empty()
    }

    /// How many elements are open.
    pub(in crate::markup) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Whether a note is open.
    pub(in crate::markup) fn is_in_note(&self) -> bool {
        self.notes > 0
    }

    /// Whether the prose of the open block before `from` ends in a word or a mark, to which
    /// what follows is attached.
    pub(in crate::markup) fn is_attached(&self, from: usize) -> bool {
        let text = self.block.as_ref().map_or("", |block| block.prose.text(self.source));
        let before = text.get(..from).and_then(|before| before.chars().next_back());
        let after = text.get(from..).and_then(|after| after.chars().next());
        before.is_some_and(|c| !c.is_whitespace()) && after.is_some_and(|c| !c.is_whitespace())
    }

    /// Whether an element that is a block of prose is open; text that only happens to stand
    /// between blocks does not count.
    pub(in crate::markup) fn is_in_block(&self) -> bool {
        self.block.as_ref().is_some_and(|block| !block.is_implicit)
    }

    /// How long the prose of the open block is so far.
    pub(in crate::markup) fn prose_len(&self) -> usize {
        self.block.as_ref().map_or(0, |block| block.prose.len())
    }

    /// The prose of the open block from `from` on.
    pub(in crate::markup) fn prose_from(&self, from: usize) -> &str {
        self.block
            .as_ref()
            .and_then(|block| block.prose.text(self.source).get(from..))
            .unwrap_or("")
    }

    /// Starts an element.
    pub(in crate::markup) fn open(&mut self, element: Element<'s>) {
        let Element { name, effect, language, span } = element;
        let parent_language = self.frames.last().and_then(|frame| frame.language);
        let mut suspended = None;
        match &effect {
            Effect::Block(kind) => {
                self.end_block(span.start);
                self.start_block(*kind, span.start, language.or(parent_language));
            }
            Effect::Group(_) => self.end_block(span.start),
            Effect::Extract => {
                self.end_block(span.start);
                self.extracts = self.extracts.saturating_add(1);
            }
            Effect::Note => {
                suspended = self.block.take().map(Box::new);
                self.notes += 1;
                self.start_block(BlockKind::Note, span.start, language.or(parent_language));
            }
            Effect::Hidden => self.hidden += 1,
            Effect::Inline(_) => {
                if let Some(block) = &mut self.block {
                    block.flush_space(self.source);
                }
            }
            Effect::Transparent => {}
        }
        *self.open_names.entry(name).or_insert(0) += 1;
        if self.frames.len() == DEEPEST && !self.is_too_deep {
            self.is_too_deep = true;
            let message = "More than 1,000 elements are open here; most programs cannot read this.";
            self.problem(span, message);
        }
        self.frames.push(Frame {
            name,
            effect,
            language: language.or(parent_language),
            start: span.start,
            inline_from: self.prose_len(),
            anchors: Vec::new(),
            suspended,
        });
    }

    /// Ends the innermost element of this name and all that are open inside it. An end
    /// tag without a start is passed over, and `false` given.
    pub(in crate::markup) fn close(&mut self, name: &str, span: Span) -> bool {
        if !self.open_names.contains_key(name) {
            return false;
        }
        while let Some(frame) = self.frames.pop() {
            let is_last = frame.name == name;
            if !is_last {
                self.unclosed(&frame);
            }
            self.end_frame(frame, span);
            if is_last {
                break;
            }
        }
        true
    }

    /// An element ends without an end tag of its own.
    fn unclosed(&mut self, frame: &Frame<'s>) {
        // What Markdown opens has no tags.
        if !frame.name.starts_with("md:") {
            self.raw.unclosed.push(frame.start);
        }
    }

    /// Where the elements start that had no end tag of their own.
    pub(in crate::markup) fn all_unclosed(&self) -> &[usize] {
        &self.raw.unclosed
    }

    /// All anchors that the markup itself has, in the order of their elements.
    pub(in crate::markup) fn anchors_mut(&mut self) -> &mut [Anchor] {
        &mut self.raw.anchors
    }

    /// An end tag of nothing that is open.
    pub(in crate::markup) fn stray(&mut self, tag: Span) {
        self.raw.strays.push(tag);
    }

    /// End tags of nothing that was open.
    pub(in crate::markup) fn strays(&self) -> &[Span] {
        &self.raw.strays
    }

    /// Where pointers stand that may be none, in order.
    pub(in crate::markup) fn guesses(&mut self) -> &mut Vec<usize> {
        &mut self.raw.guesses
    }

    /// Where the problem is that was reported last.
    pub(in crate::markup) fn last_problem(&self) -> Option<usize> {
        self.raw.problems.last().map(|problem| problem.span.start)
    }

    /// Ends everything that is open. `language` is the configured language, used where the
    /// document declares none.
    pub(in crate::markup) fn end_all(&mut self, language: Option<Language>) {
        let end = Span::gap(self.source.len());
        while let Some(frame) = self.frames.pop() {
            self.unclosed(&frame);
            self.end_frame(frame, end);
        }
        self.end_block(self.source.len());
        self.ignores.finish(self.source.len(), &mut self.raw.ignores);
        self.tell_languages(language);
    }

    /// What was put out, for the reading of the next version, and the language.
    pub(super) fn kept(&self) -> (Raw, Language) {
        (self.raw.clone(), self.language)
    }

    /// Ends the innermost element of one of these names, unless it lies outside of an element
    /// of `barriers`: a list in an item does not end the item.
    pub(in crate::markup) fn close_within(&mut self, name: &str, barriers: &[&str], span: Span) {
        if !self.open_names.contains_key(name) {
            return;
        }
        let inner = self.frames.iter().rev().take(FARTHEST_END);
        let mut near = inner.take_while(|frame| !barriers.contains(&frame.name));
        if near.any(|frame| frame.name == name) {
            self.close(name, span);
        }
    }

    /// Ends the innermost element of this name and all that are open inside it, unless one of
    /// them is a barrier; `false` if nothing was ended.
    pub(in crate::markup) fn close_unless(
        &mut self,
        name: &str,
        is_barrier: impl Fn(&str) -> bool,
        span: Span,
    ) -> bool {
        if !self.open_names.contains_key(name) {
            return false;
        }
        let inner = self.frames.iter().rev().take(FARTHEST_END);
        // The element is looked for before the barrier: it may be one itself.
        let found = inner.map(|frame| frame.name).find(|&one| one == name || is_barrier(one));
        // So many are open inside that none of them will be looked at twice.
        found.is_none_or(|found| found == name) && self.close(name, span)
    }

    /// Ends the innermost element of this name unless it lies outside of a barrier. Blocks that
    /// are open inside it go on; where there is none, what is open inside ends as well.
    pub(in crate::markup) fn close_alone(
        &mut self,
        name: &str,
        is_barrier: impl Fn(&str) -> bool,
        is_block: impl Fn(&str) -> bool,
        span: Span,
    ) -> bool {
        let inner = self.frames.iter().enumerate().rev().take(FARTHEST_END);
        let mut has_block = false;
        let mut found = None;
        for (at, frame) in inner {
            if frame.name == name {
                found = Some(at);
                break;
            }
            if is_barrier(frame.name) {
                return false;
            }
            has_block |= is_block(frame.name);
        }
        match found {
            Some(at) if has_block && !matches!(self.frames[at].effect, Effect::Note) => {
                let frame = self.frames.remove(at);
                self.end_frame(frame, span);
                true
            }
            _ => self.close(name, span),
        }
    }

    fn end_frame(&mut self, frame: Frame<'s>, end: Span) {
        if let Some(count) = self.open_names.get_mut(frame.name) {
            *count -= 1;
            if *count == 0 {
                self.open_names.remove(frame.name);
            }
        }
        for &anchor in &frame.anchors {
            self.raw.anchors[anchor].extent.end = end.end;
        }
        match frame.effect {
            Effect::Block(_) | Effect::Group(_) => self.end_block(end.start),
            Effect::Extract => {
                self.end_block(end.start);
                self.extracts = self.extracts.saturating_sub(1);
            }
            Effect::Note => {
                // All that was open inside the note has ended; what is still open goes on in
                // the block around it.
                if let Some(block) = self.block.take() {
                    self.push_block(block, end.start);
                }
                self.block = frame.suspended.map(|block| *block);
                self.notes -= 1;
            }
            Effect::Inline(kind) => self.add_inline(frame.inline_from, kind),
            Effect::Transparent => {}
            Effect::Hidden => self.hidden -= 1,
        }
    }

    fn add_inline(&mut self, from: usize, kind: InlineKind) {
        let Some(block) = &mut self.block else {
            return;
        };
        // Elements nested deeper than the bound may have begun in a block that has ended.
        if from < block.prose.len() && block.prose.text(self.source).is_char_boundary(from) {
            let span = ProseSpan::new(from, block.prose.len());
            block.inlines.push(Inline { span, kind });
        }
    }

    /// Adds the text at `span`; `has_references` is false for CDATA.
    pub(in crate::markup) fn text(&mut self, span: Span, has_references: bool) {
        if self.hidden > 0 {
            return;
        }
        let references = match self.format {
            _ if !has_references => References::None,
            Format::Html => References::Html,
            _ => References::Xml,
        };
        let mut rest = span;
        while !rest.is_empty() {
            let end = self.source.floor_char_boundary(rest.end.min(rest.start + LONGEST_BLOCK));
            let piece = Span::new(rest.start, end);
            if self.ready_for_text(piece)
                && let Some(block) = &mut self.block
            {
                block.text(self.source, piece, references);
            }
            rest = Span::new(end, rest.end);
        }
    }

    /// Adds `text` in the place of the source at `span`.
    pub(in crate::markup) fn replaced(&mut self, text: &str, span: Span) {
        if self.hidden > 0 || !self.ready_for_text(span) {
            return;
        }
        if let Some(block) = &mut self.block {
            block.replaced(self.source, text, span);
        }
    }

    /// Opens a block for text that stands in none, unless it is white space.
    fn ready_for_text(&mut self, span: Span) -> bool {
        if let Some(block) = &self.block {
            if span.end - block.start.min(span.end) <= LONGEST_BLOCK {
                return true;
            }
            self.end_block(span.start);
        }
        let text = span.of(self.source);
        let Some(lead) = text.find(|c: char| !c.is_ascii_whitespace()) else {
            return false;
        };
        let parent = self.frames.iter().rev().find_map(|frame| match frame.effect {
            Effect::Group(kind) | Effect::Block(kind) => Some(kind),
            Effect::Extract => Some(BlockKind::Extract),
            _ => None,
        });
        self.start_implicit(parent.unwrap_or(BlockKind::Other), span.start + lead);
        true
    }

    fn start_implicit(&mut self, kind: BlockKind, start: usize) {
        let language = self.frames.last().and_then(|frame| frame.language);
        self.start_block(kind, start, language);
        if let Some(block) = &mut self.block {
            block.is_implicit = true;
        }
    }

    fn start_block(&mut self, kind: BlockKind, start: usize, language: Option<Language>) {
        let mut block = OpenBlock::new(kind, start);
        block.language = language;
        block.quotation_depth = self.extracts;
        if kind == BlockKind::Paragraph && self.notes > 0 {
            block.kind = BlockKind::Note;
        } else if kind == BlockKind::Paragraph && self.extracts > 0 {
            block.kind = BlockKind::Extract;
        }
        self.block = Some(block);
    }

    /// Ends the open block. Inline elements that go on do so in the next block.
    fn end_block(&mut self, end: usize) {
        if self.block.is_none() {
            return;
        }
        let open: Vec<(usize, InlineKind)> = inner_frames(&mut self.frames)
            .filter_map(|frame| match &frame.effect {
                Effect::Inline(kind) => {
                    Some((std::mem::take(&mut frame.inline_from), kind.clone()))
                }
                _ => None,
            })
            .collect();
        for (from, kind) in open {
            self.add_inline(from, kind);
        }
        if let Some(block) = self.block.take() {
            self.push_block(block, end);
        }
    }

    fn push_block(&mut self, mut block: OpenBlock, end: usize) {
        if block.prose.text(self.source).trim().is_empty() {
            return;
        }
        let prose = block.prose.text(self.source);
        block.inlines.extend(sic::inlines(prose));
        block.inlines.extend(block.gaps.iter().filter_map(|&at| sic::word_at_gap(prose, at)));
        block.inlines.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        let span = Span::new(block.start, end.max(block.start));
        self.ignores.block(span, &mut self.raw.ignores);
        self.raw.declared.push(block.language);
        self.raw.blocks.push(Block {
            kind: block.kind,
            span,
            prose: std::mem::take::<ProseBuilder>(&mut block.prose).finish(),
            language: Language::UNKNOWN,
            quotation_depth: block.quotation_depth,
            inlines: block.inlines,
        });
    }

    /// A part of the text is lost here.
    pub(in crate::markup) fn gap(&mut self) {
        if let Some(block) = self.visible_block() {
            block.gap();
        }
    }

    /// White space that a tag stands for.
    pub(in crate::markup) fn soft_break(&mut self, span: Span) {
        if let Some(block) = self.visible_block() {
            block.soft_break(span);
        }
    }

    /// A line of verse starts. Lines that stand in no group make one block together.
    pub(in crate::markup) fn verse_line(&mut self, span: Span) {
        if self.hidden > 0 {
            return;
        }
        let source = self.source;
        match &mut self.block {
            Some(block) if block.kind == BlockKind::Verse || !block.is_implicit => {
                block.line_break(source, span);
            }
            _ => {
                self.end_block(span.start);
                self.start_implicit(BlockKind::Verse, span.start);
            }
        }
    }

    /// A line break that the reader sees.
    pub(in crate::markup) fn line_break(&mut self, span: Span) {
        let source = self.source;
        if let Some(block) = self.visible_block() {
            block.line_break(source, span);
        }
    }

    /// A line or page break in the middle of a word.
    pub(in crate::markup) fn join(&mut self) {
        let source = self.source;
        let Some(block) = self.visible_block() else {
            return;
        };
        block.join(source);
        // The hyphen that was taken off may have stood before an element that is open.
        let end = block.prose.len();
        for frame in inner_frames(&mut self.frames) {
            frame.inline_from = frame.inline_from.min(end);
        }
    }

    fn visible_block(&mut self) -> Option<&mut OpenBlock> {
        if self.hidden > 0 { None } else { self.block.as_mut() }
    }

    /// Says something about the prose of the open block from `from` to where it ends now.
    pub(in crate::markup) fn inline(&mut self, from: usize, kind: InlineKind) {
        if self.hidden == 0 {
            self.add_inline(from, kind);
        }
    }

    /// Adds an anchor on the element that was opened last; its extent ends with it. A note
    /// that interrupts a block is read where it stands.
    pub(in crate::markup) fn anchor(&mut self, kind: AnchorKind, label: String, span: Span) {
        let frame = self.frames.last();
        let start = frame.map_or(span.start, |frame| frame.start.min(span.start));
        let needs_marker =
            kind == AnchorKind::Note && frame.is_none_or(|frame| frame.suspended.is_none());
        let extent = Span::new(start, span.end);
        let anchor = Anchor { kind, label, span, extent, scope: 0, needs_marker };
        self.raw.anchors.push(anchor);
        if let Some(frame) = self.frames.last_mut() {
            frame.anchors.push(self.raw.anchors.len() - 1);
        }
    }

    /// Adds an anchor that no element stands for.
    pub(in crate::markup) fn anchor_at(
        &mut self,
        kind: AnchorKind,
        label: String,
        span: Span,
        extent: Span,
    ) {
        let anchor = Anchor { kind, label, span, extent, scope: 0, needs_marker: false };
        self.raw.anchors.push(anchor);
    }

    /// The anchor that was added last belongs where it says itself.
    pub(in crate::markup) fn needs_no_marker(&mut self) {
        if let Some(anchor) = self.raw.anchors.last_mut() {
            anchor.needs_marker = false;
        }
    }

    /// Adds the number of a note that no pointer can name.
    pub(in crate::markup) fn note_number(&mut self, span: Span) {
        self.raw.note_numbers.push(span);
    }

    /// Adds a pointer and gives its number.
    pub(in crate::markup) fn pointer(&mut self, pointer: Pointer) -> usize {
        self.raw.pointers.push(pointer);
        self.raw.pointers.len() - 1
    }

    /// How many pointers there are so far.
    pub(in crate::markup) fn pointer_count(&self) -> usize {
        self.raw.pointers.len()
    }

    /// The pointer of this number.
    pub(in crate::markup) fn pointer_mut(&mut self, index: usize) -> &mut Pointer {
        &mut self.raw.pointers[index]
    }

    /// A comment; it may be one of ours.
    pub(in crate::markup) fn comment(&mut self, text: &str, span: Span) {
        self.ignores.comment(text, span, &mut self.raw.ignores);
    }

    /// Something is wrong with the markup.
    pub(in crate::markup) fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.raw.problems.push(Problem { span, message: message.into() });
    }

    /// The document, once everything has ended.
    pub(in crate::markup) fn finish(self) -> Document {
        let Self { source, format, language, raw, .. } = self;
        let mut document = Document {
            format,
            language,
            blocks: raw.blocks,
            anchors: raw.anchors,
            pointers: raw.pointers,
            note_numbers: raw.note_numbers,
            ignores: raw.ignores,
            problems: raw.problems,
            ..Document::default()
        };
        document.problems.sort_by_key(|problem| problem.span);
        document.problems.dedup_by_key(|problem| problem.span.start);
        document.ignores.sort_by_key(|ignore| ignore.span.start);
        // A note inside a paragraph ends before it.
        if !document.blocks.is_sorted_by_key(|block| block.span.start) {
            document.blocks.sort_by_key(|block| block.span.start);
        }
        add_headings(source, &mut document);
        document
    }

    fn tell_languages(&mut self, configured: Option<Language>) {
        let declared = self.raw.declared.iter().flatten().next().copied();
        let given = declared.or(configured);
        // `sw` is Swahili and stands in many a Swedish file: a language that is not known here
        // gives way to one that the words tell.
        let main = match given {
            Some(given) if language_guess::knows(given) => given,
            Some(given) => {
                Some(self.guess_language()).filter(|told| told.is_known()).unwrap_or(given)
            }
            None => self.guess_language(),
        };
        self.language = main;
        let is_known = self.told == Some(main);
        let blocks = self.raw.blocks.iter_mut().zip(&self.raw.declared).enumerate();
        for (number, (block, declared)) in blocks {
            block.language = match declared {
                Some(declared) if Some(*declared) != given => *declared,
                _ if is_known && !self.fresh.contains(&number) => block.language,
                // What is declared for a whole page may not be so of what was left in English.
                Some(_) => language_guess::of_declared(block.prose.text(self.source), main),
                None => language_guess::of_block(block.prose.text(self.source), main),
            };
        }
    }

    fn guess_language(&self) -> Language {
        let mut sample = String::new();
        for block in &self.raw.blocks {
            let text = block.prose.text(self.source);
            let end = text.ceil_char_boundary(language_guess::SAMPLE.min(text.len()));
            sample.push_str(&text[..end]);
            sample.push('\n');
            if sample.len() > language_guess::SAMPLE {
                break;
            }
        }
        language_guess::of_text(&sample)
    }
}

fn add_headings(source: &str, document: &mut Document) {
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) {
            document.anchors.push(Anchor {
                kind: AnchorKind::Heading,
                label: block.prose.text(source).trim().to_owned(),
                span: block.span,
                extent: block.span,
                scope: 0,
                needs_marker: false,
            });
        }
    }
    document.anchors.sort_by_key(|anchor| anchor.span.start);
}

/// The open elements that can have begun in the open block: those inside the innermost note.
fn inner_frames<'a, 's>(frames: &'a mut [Frame<'s>]) -> impl Iterator<Item = &'a mut Frame<'s>> {
    let inner = frames.iter_mut().rev().take_while(|frame| frame.effect != Effect::Note);
    inner.take(MOST_INLINES)
}
