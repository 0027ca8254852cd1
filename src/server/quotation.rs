//! The quotations of a block, by marks and by elements that quote.

use rustc_hash::FxHashMap;

use crate::markup::{self, Format};
use crate::text::Span;

use super::snapshot::Snapshot;

/// A quotation, without its marks and with them.
pub(super) struct Quotation {
    pub(super) inside: Span,
    pub(super) whole: Span,
}

impl Quotation {
    pub(super) fn between([open, close]: [Span; 2]) -> Option<Self> {
        (open.end <= close.start).then(|| Self {
            inside: Span::new(open.end, close.start),
            whole: Span::new(open.start, close.end),
        })
    }

    /// Its marks or tags.
    pub(super) fn ends(&self) -> [Span; 2] {
        let Self { inside, whole } = self;
        [Span::new(whole.start, inside.start), Span::new(inside.end, whole.end)]
    }
}

/// The quotations of a block, by marks and by markup, each before those that stand in it.
pub(super) fn quotations(snapshot: &Snapshot, number: usize) -> Vec<Quotation> {
    let analysis = &snapshot.analysis;
    let document = &analysis.document;
    let marks = &analysis.quotes.blocks[number].marks;
    let pairs = marks.iter().enumerate().filter_map(|(index, mark)| {
        let partner = mark.partner().filter(|&partner| partner > index)?;
        let ends =
            [mark.span(), marks[partner].span()].map(|span| analysis.to_source(number, span));
        Quotation::between(ends)
    });
    let inlines = document.blocks[number].inlines.iter();
    let tagged = inlines.filter(|inline| inline.is_quotation());
    let mut tagged: Vec<Span> =
        tagged.map(|inline| analysis.to_source(number, inline.span)).collect();
    tagged.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end)));
    // Of elements that begin or end in one place the inner ones come first, so that their tags are known.
    let (mut starts, mut ends) = (FxHashMap::default(), FxHashMap::default());
    let tagged = tagged.into_iter().rev().filter_map(|prose| {
        let start = starts.get(&prose.start).copied().unwrap_or(prose.start);
        let end = ends.get(&prose.end).copied().unwrap_or(prose.end);
        let tags = quotation_tags(&analysis.source, document.format, Span::new(start, end))?;
        starts.insert(prose.start, tags[0].start);
        ends.insert(prose.end, tags[1].end);
        Quotation::between(tags)
    });
    let mut all: Vec<Quotation> = pairs.chain(tagged).collect();
    all.sort_by_key(|one| (one.whole.start, std::cmp::Reverse(one.whole.end)));
    all
}

/// The tags of the innermost element around `inside` that quotes.
fn quotation_tags(source: &str, format: Format, inside: Span) -> Option<[Span; 2]> {
    let mut start = inside.start;
    let open = loop {
        let end = source[..start].trim_end().len();
        start = source[..end].strip_suffix('>')?.rfind('<')?;
        if markup::is_quotation(format, name_of_tag(&source[start + 1..end])) {
            break Span::new(start, end);
        }
    };
    let mut end = inside.end;
    let close = loop {
        let start = source.len() - source[end..].trim_start().len();
        let tag = source[start..].strip_prefix("</")?;
        end = start + "</".len() + tag.find('>')? + 1;
        if markup::is_quotation(format, name_of_tag(tag)) {
            break Span::new(start, end);
        }
    };
    Some([open, close])
}

fn name_of_tag(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or(tag)
}
