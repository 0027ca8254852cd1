//! An authority file that an editor has open as what it is, not as a text: who is entered there, and
//! what the corpus has of them.

use std::path::Path;

use crate::figures::{self, Figure};
use crate::text::Span;

use super::prose_content::content;
use super::proto::{
    CodeLens, DocumentSymbolResponse, Hover, HoverContents, Lines, Location, Position, SymbolKind,
};
use super::snapshot::{CorpusSnapshot, OpenPage};
use super::{code_lens, definition, document_symbol, hover, references, who};

/// An open `figures.toml`.
pub(super) struct AuthorityPage {
    pub(super) open: OpenPage,
    pub(super) corpus: CorpusSnapshot,
}

/// An entry as the file has it now.
struct Entry {
    figure: Figure,
    /// Its number in the authority, if it was there when that was read.
    number: Option<u32>,
    /// From its header to the next.
    extent: Span,
}

impl AuthorityPage {
    pub(super) fn hover(&self, position: Position) -> Option<Hover> {
        let entry = self.entry_at(position)?;
        let card = hover::card_of_figure(&self.corpus.corpus.index, entry.number?);
        let value = content(card, self.corpus.client.hovers_in_markdown);
        let range = Some(self.lines().range(entry.extent));
        Some(Hover { contents: HoverContents::Markup(value), range })
    }

    /// The first place that speaks of who is entered.
    pub(super) fn definition(&self, position: Position) -> Option<Vec<Location>> {
        let figure = self.entry_at(position)?.number?;
        definition::first_use(&self.corpus, None, figure).map(|place| vec![place])
    }

    pub(super) fn references(
        &self,
        position: Position,
        with_declaration: bool,
    ) -> Option<Vec<Location>> {
        let figure = self.entry_at(position)?.number?;
        Some(references::of_figure(&self.corpus, None, figure, with_declaration))
    }

    pub(super) fn code_lens(&self) -> Vec<CodeLens> {
        let counts = who::counts(&self.corpus.corpus.index);
        let lines = self.lines();
        let entries = self.entries().into_iter();
        let lens = |entry: Entry| {
            let count = counts.get(&entry.number?).copied().unwrap_or(0);
            Some(code_lens::lens(lines.range(entry.figure.span), count))
        };
        entries.filter_map(lens).collect()
    }

    pub(super) fn document_symbol(&self) -> DocumentSymbolResponse {
        let lines = self.lines();
        let entries = self.entries().into_iter().filter(|entry| !entry.figure.name.is_empty());
        let symbol = |entry: Entry| {
            let places = (entry.extent, entry.figure.span);
            let kind = SymbolKind::OBJECT;
            let Figure { name, .. } = entry.figure;
            (entry.extent, document_symbol::symbol_on(&lines, name, kind, None, places))
        };
        let symbols = entries.map(symbol).collect();
        document_symbol::response(symbols, &self.open.uri, &self.corpus.client)
    }

    fn lines(&self) -> Lines<'_> {
        let page = &self.open.page;
        Lines { text: &page.text, index: &page.lines, encoding: self.corpus.encoding }
    }

    fn entry_at(&self, position: Position) -> Option<Entry> {
        let at = self.lines().offset(position);
        self.entries().into_iter().find(|entry| entry.extent.touches(at))
    }

    fn entries(&self) -> Vec<Entry> {
        let text = &self.open.page.text;
        let authority = self.corpus.corpus.index.authority();
        let path = Path::new(&*self.open.name);
        let mut found: Vec<(usize, Figure)> = figures::entries(path, text)
            .into_iter()
            .map(|(figure, at)| (header_before(text, at.min(figure.span.start)), figure))
            .collect();
        found.sort_by_key(|(start, _)| *start);
        let ends: Vec<usize> =
            found.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
        let entry = |((start, figure), end): ((usize, Figure), usize)| {
            let number = authority.by_id(&figure.id).filter(|number| {
                let known = &authority.figure(*number).path;
                known.as_deref().is_none_or(|known| known == path)
            });
            let length = text[start..end].trim_end().len();
            Entry { figure, number, extent: Span::new(start, start + length) }
        };
        found.into_iter().zip(ends).map(entry).collect()
    }
}

/// Where the `[[figure]]` begins that byte `at` stands under.
fn header_before(text: &str, at: usize) -> usize {
    text[..at].rfind("[[").unwrap_or(at)
}
