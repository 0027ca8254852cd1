//! What reading a file yields: blocks, anchors and pointers, whatever the format.

use serde::{Deserialize, Serialize};

use crate::text::{ProseSpan, Span};

use super::{Format, Language, Prose, Trail};

/// One file as its format's reader sees it. All spans are bytes of the source.
#[derive(Debug, Default)]
pub struct Document {
    /// The format it was read as.
    pub format: Format,
    /// The format that the name of its file tells.
    pub(super) named: Format,
    /// Whether it is XML that is neither TEI nor XHTML. Nothing is known of it then, neither its words nor
    /// where it can be pointed at.
    pub is_foreign: bool,
    /// The main language: declared, configured or told from the text.
    pub language: Language,
    /// Blocks of prose in the order of the source. Notes are blocks of their own.
    pub blocks: Vec<Block>,
    /// Places that the format itself marks as targets: notes, headings, ids.
    pub anchors: Vec<Anchor>,
    /// Places that the format itself marks as pointing somewhere: note markers, links.
    pub pointers: Vec<Pointer>,
    /// Numbers of notes that no pointer can name: the values of `n` where TEI has a note in its place
    /// without an id.
    pub note_numbers: Vec<Span>,
    /// Comments that say a place is right as it stands.
    pub ignores: Vec<Ignore>,
    /// What was wrong with the markup.
    pub problems: Vec<Problem>,
    /// What the reading of the next version can go on from.
    pub(super) trail: Option<Trail>,
}

impl Document {
    pub(super) fn foreign() -> Self {
        Self { is_foreign: true, ..Self::default() }
    }
}

/// The unit that quotation marks must balance in.
#[derive(Clone, Debug)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Where it stands in the source, markup included.
    pub span: Span,
    /// What a reader reads, with the map back to the source.
    pub prose: Prose,
    /// The block's language.
    pub language: Language,
    /// How deep the block is nested in block quotations (0: not at all).
    pub quotation_depth: u8,
    /// Stretches of the prose that the markup says something about, by start.
    pub inlines: Vec<Inline>,
}

/// What a block is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The author and year at the head.
    Byline,
    /// The title or a line of it.
    Title,
    /// `Source:`, who prepared the text, and other credits of the header block.
    Credits,
    /// A heading of this level, 1 being the highest below the title.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A group of verse lines.
    Verse,
    /// A paragraph of a displayed quotation (indented, `<blockquote>`, `> …`).
    Extract,
    /// The body of a note.
    Note,
    /// A list item.
    Item,
    /// A table cell, or a line of a table in plain text.
    Cell,
    /// Anything else that is read as text of its own: a caption, a stage direction.
    Other,
}

/// A stretch of prose about which the markup says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Where, in the block's prose.
    pub span: ProseSpan,
    /// What the markup says.
    pub kind: InlineKind,
}

impl Inline {
    /// Whether the markup says that it is a quotation.
    pub fn is_quotation(&self) -> bool {
        matches!(self.kind, InlineKind::Quotation(_))
    }
}

/// What markup, or a recognised notation of plain text, says about a stretch of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Code, a URL, an e-mail address, a formula: nothing in it is prose.
    Opaque,
    /// A note marker: invisible to what stands left and right of it.
    Marker,
    /// Words in another language than the block.
    Foreign(Language),
    /// A quotation given by markup (`<q>`, `<quote>`), in another language than the block or in its own; it
    /// need not have marks.
    Quotation(Option<Language>),
    /// A name given by markup, with the pointers it carries (`ref`, `key`).
    Name {
        /// Pointers as written, for example `#khrushchev`.
        targets: Vec<String>,
        /// Whether it is shown in small capitals.
        is_in_small_capitals: bool,
    },
    /// Right as it stands: `[sic]` follows, `<sic>`, `<orig>`, or a part of the word is lost (`<gap>`).
    Sic,
    /// Emphasis or a title in italics.
    Emphasis,
    /// Letters that are shown as small capitals, whatever they are typed as.
    SmallCapitals,
}

/// A place that can be pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What it is.
    pub kind: AnchorKind,
    /// What pointers name it by: the note's label (`3`, `*`), the id.
    pub label: String,
    /// The label itself in the source, which a rename changes.
    pub span: Span,
    /// The whole of what is pointed at: the note with its body, the heading line.
    pub extent: Span,
    /// Which run of notes it belongs to: documents may restart numbering by section.
    pub scope: u32,
    /// Whether it is a note that a reader finds by its marker only, and not one that stands
    /// in its place in the text or says itself where it belongs, nor one of several runs of which
    /// it cannot be told whose markers are whose.
    pub needs_marker: bool,
}

/// Kinds of anchors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AnchorKind {
    /// A note (footnote or endnote).
    Note,
    /// A heading.
    Heading,
    /// Any other element with an id.
    Id,
    /// A person, place or organisation entry in a TEI list.
    Figure,
    /// A work that the document lists to cite it by a key.
    Work,
}

impl AnchorKind {
    /// Whether the fragment of a URL names such an anchor. The words of a heading are none of its
    /// ids; where a format makes an id of them, that is an anchor of its own.
    pub fn has_id(self) -> bool {
        !matches!(self, Self::Heading | Self::Work)
    }
}

/// A place that points somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What kind of pointer.
    pub kind: PointerKind,
    /// The pointer in the source as written: `[3]`, `#n3`, `notes.xhtml#n3`. One entry
    /// for each pointer where an attribute lists several.
    pub span: Span,
    /// The target: the note's label for [`PointerKind::Marker`], else the decoded URL.
    pub target: String,
    /// Which run of notes it belongs to; see [`Anchor::scope`]. [`Pointer::OPEN`] where that is not
    /// certain.
    pub scope: u32,
}

impl Pointer {
    /// The scope of a marker of which it cannot be told to which of several runs of notes it belongs.
    pub const OPEN: u32 = u32::MAX;

    /// The id that it names in its own document: `#n3`, and `?page=2#n3`, which is the same file.
    pub fn own_id(&self) -> Option<&str> {
        let (path, id) = self.target.split_once('#')?;
        let is_label = self.kind == PointerKind::Citation;
        ((path.is_empty() || path.starts_with('?')) && !is_label).then_some(id)
    }

    /// Whether it cannot be told to which run of notes it belongs.
    pub fn is_open(&self) -> bool {
        self.scope == Self::OPEN
    }
}

/// Kinds of pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PointerKind {
    /// A note marker in the text.
    Marker,
    /// The number at the head of a note that leads back to the marker.
    Backlink,
    /// A link to a place in this or another file, or out of the corpus.
    Link,
    /// A wiki link, by the name of a page: `[[Notes#Sources]]`.
    Page,
    /// A pointer to a figure's entry (`ref="#khrushchev"`, `who="#ivan"`).
    Figure,
    /// Any other pointer of the format (`corresp`, `ana`).
    Other,
    /// The key of a work that is cited: `@marx1867`, in a text that declares a bibliography.
    Citation,
    /// A file of works that the text declares.
    Bibliography,
}

/// A comment that says that findings are not wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignore {
    /// The rule, or all of them.
    pub rule: Option<String>,
    /// Where the findings lie that it silences.
    pub scope: IgnoreScope,
    /// The comment itself.
    pub span: Span,
}

/// What an ignore comment covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IgnoreScope {
    /// The next block, or everything from `off` to `on`.
    Stretch(Span),
    /// The whole file.
    File,
    /// Nothing: the comment says a word that is none of ours, which stands for the rule.
    Unknown,
}

/// Something wrong with the markup itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// One sentence for the reader.
    pub message: String,
}
