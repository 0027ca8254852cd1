//! Completion: anchors behind `#`, note labels behind `[^`, keys of works behind `@`, figures in `ref="`, names as the
//! corpus writes them while one types.

use std::path::Path;
use std::sync::Arc;

use crate::corpus::DocumentFacts;
use crate::figures::Figure;
use crate::markup::{AnchorKind, Format, InlineKind, PointerKind};
use crate::references::{self, Target};
use crate::text::Span;

use super::prose_content::content;
use super::proto::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation,
    Position, TextEdit,
};
use super::snapshot::Snapshot;
use super::will_rename_files::encoded;
use super::{citation, hover};

/// More are not offered at once: the list is asked for again as one types on.
const MOST: usize = 100;

/// How far before the cursor is looked for what is being written, in bytes.
const REACH: usize = 400;

/// From so many letters on a word is completed to a name.
const ENOUGH: usize = 2;

/// The characters at which an editor asks without being told to.
pub(super) const TRIGGERS: &[&str] = &["#", "^", "@", "\"", "'", "/"];

/// What is being written at the cursor, and where it began.
enum Context<'s> {
    /// The key of a work: `[@`.
    Work { typed: Span },
    /// The label of a note: `[^`.
    Note { typed: Span },
    /// A place in this document or, behind a path, in another.
    Anchor { file: &'s str, typed: Span, of_figures: bool },
    /// A path in the corpus, perhaps to the file of a figure.
    File { typed: Span, of_figures: bool },
    /// A page in a wiki link.
    Page { typed: Span },
    /// A heading of a page in a wiki link; no page: of this document.
    Heading { page: &'s str, typed: Span },
    /// The id of a figure without a sign before it.
    Key { typed: Span },
    /// A word of the text.
    Word { typed: Span },
}

pub(super) fn completion(snapshot: &Snapshot, position: Position) -> CompletionList {
    let at = snapshot.offset(position);
    let source = &snapshot.analysis.source;
    let mut items = match context(snapshot, at) {
        Some(Context::Work { typed }) => works(snapshot, typed),
        Some(Context::Note { typed }) => notes(snapshot, typed),
        Some(Context::Anchor { file, typed, of_figures }) => {
            anchors(snapshot, file, typed, of_figures)
        }
        Some(Context::File { typed, .. }) => files(snapshot, typed),
        Some(Context::Page { typed }) => pages(snapshot, typed),
        Some(Context::Heading { page, typed }) => headings(snapshot, page, typed),
        Some(Context::Key { typed }) => keys(snapshot, typed),
        Some(Context::Word { typed }) => names(snapshot, typed, typed.of(source)),
        None => Vec::new(),
    };
    let is_incomplete = items.len() > MOST;
    items.truncate(MOST);
    CompletionList { is_incomplete, items }
}

/// The card of a figure, once it is chosen from the list.
pub(super) fn resolve(snapshot: &Snapshot, mut item: CompletionItem) -> CompletionItem {
    let id = item.data.as_ref().and_then(|data| data.get("figure")?.as_str());
    let card = id.and_then(|id| hover::card_of(snapshot, id));
    if let Some(value) = card {
        let content = content(value, snapshot.corpus.client.documents_in_markdown);
        item.documentation = Some(Documentation::MarkupContent(content));
    }
    item
}

/// The document that an item was made for.
pub(super) fn document_of(item: &CompletionItem) -> Option<super::proto::Uri> {
    item.data.as_ref()?.get("document")?.as_str()?.parse().ok()
}

fn context<'s>(snapshot: &'s Snapshot, at: usize) -> Option<Context<'s>> {
    let source: &'s str = &snapshot.analysis.source;
    let from = source.floor_char_boundary(at.saturating_sub(REACH));
    let line = source[from..at].rfind(['\n', '\r']).map_or(from, |end| from + end + 1);
    let before = &source[line..at];
    // A tag may go over several lines.
    let window = &source[from..at];
    match snapshot.analysis.document.format {
        Format::Markdown => in_citation(snapshot, before, at)
            .or_else(|| in_wiki_link(before, at))
            .or_else(|| in_markdown(before, line, at))
            .or_else(|| in_attribute(window, from, at)),
        Format::Html => in_attribute(window, from, at),
        Format::Tei => {
            let context = in_attribute(window, from, at).or_else(|| in_any_attribute(window, at));
            context.map(|context| behind_prefix(source, context))
        }
        Format::Plain => None,
    }
    .or_else(|| word(snapshot, at))
}

/// Behind an `@`, in a text that declares works to cite.
fn in_citation(snapshot: &Snapshot, before: &str, at: usize) -> Option<Context<'static>> {
    let sign = before.rfind('@')?;
    let written = &before[sign + 1..];
    let is_address = before[..sign].ends_with(char::is_alphanumeric);
    let is_key = !written.contains(|c: char| c.is_whitespace() || matches!(c, ']' | ';' | ','));
    let typed = Span::new(at - written.len(), at);
    (is_key && !is_address && citation::cites(snapshot)).then_some(Context::Work { typed })
}

fn in_markdown(before: &str, line: usize, at: usize) -> Option<Context<'_>> {
    if let Some(open) = before.rfind("[^")
        && !before[open..].contains(']')
    {
        return Some(Context::Note { typed: Span::new(line + open + 2, at) });
    }
    let open = before.rfind("](")? + 2;
    let written = &before[open..];
    (!written.contains([')', ' '])).then(|| pointer(written, line + open, at, false))
}

/// In a wiki link: `[[Notes#`.
fn in_wiki_link(before: &str, at: usize) -> Option<Context<'_>> {
    let written = &before[before.rfind("[[")? + 2..];
    let typed = |written: &str| Span::new(at - written.len(), at);
    if written.contains([']', '|']) {
        return None;
    }
    Some(match written.split_once('#') {
        Some((page, heading)) => Context::Heading { page, typed: typed(heading) },
        None => Context::Page { typed: typed(written) },
    })
}

/// In the value of an attribute that points somewhere.
fn in_attribute(before: &str, from: usize, at: usize) -> Option<Context<'_>> {
    let tag = before.rfind('<')? + 1;
    let (name, start) = open_value(&before[tag..])?;
    let value = &before[tag + start..];
    let written = value.rsplit(char::is_whitespace).next().unwrap_or(value);
    let start = from + tag + start + value.len() - written.len();
    let name = name.to_ascii_lowercase();
    match name.rsplit(':').next().unwrap_or(&name) {
        "key" => Some(Context::Key { typed: Span::new(start, at) }),
        "ref" | "who" | "towhom" | "active" | "passive" | "mutual" => {
            Some(pointer(written, start, at, true))
        }
        "href" | "target" => Some(pointer(written, start, at, false)),
        // What they point to mostly is in the same file.
        "corresp" | "ana" | "sameas" | "resp" | "source" | "next" | "prev" | "wit" | "hand"
        | "facs" | "spanto" | "targetend" => Some(match written {
            "" => Context::Anchor { file: "", typed: Span::gap(at), of_figures: false },
            written => pointer(written, start, at, false),
        }),
        _ => None,
    }
}

/// Behind a `#` that begins a value of some attribute of TEI: it has many that point, and a project
/// may have its own.
fn in_any_attribute(before: &str, at: usize) -> Option<Context<'_>> {
    let tag = before.rfind('<')? + 1;
    let (_, start) = open_value(&before[tag..])?;
    let written = before[tag + start..].rsplit(char::is_whitespace).next()?;
    let label = written.strip_prefix('#')?;
    let typed = Span::new(at - label.len(), at);
    Some(Context::Anchor { file: "", typed, of_figures: false })
}

/// Behind a prefix that the document declares, `person:`, what the file has that it stands for.
fn behind_prefix<'s>(source: &'s str, context: Context<'s>) -> Context<'s> {
    let Context::File { typed, of_figures } = context else {
        return context;
    };
    let Some((prefix, name)) = typed.of(source).split_once(':') else {
        return context;
    };
    let declared = source.match_indices("<prefixDef").find_map(|(at, _)| {
        let tag = source[at..].split('>').next()?;
        let pattern = attribute(tag, "replacementPattern")?;
        let file = pattern.strip_suffix("#$1")?;
        (attribute(tag, "ident") == Some(prefix)).then_some(file)
    });
    match declared {
        Some(file) => {
            let typed = Span::new(typed.end - name.len(), typed.end);
            Context::Anchor { file, typed, of_figures }
        }
        None => context,
    }
}

/// The value of an attribute of a tag.
fn attribute<'s>(tag: &'s str, name: &str) -> Option<&'s str> {
    let (_, rest) = tag.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// The attribute whose value is being written at the end of a tag, and where the value starts.
fn open_value(tag: &str) -> Option<(&str, usize)> {
    if !tag.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let mut at = 0;
    loop {
        let equals = at + tag[at..].find(['=', '>'])?;
        if tag.as_bytes()[equals] == b'>' {
            return None;
        }
        let name = tag[at..equals].trim_end().rsplit(char::is_whitespace).next()?;
        let start = tag.len() - tag[equals + 1..].trim_start().len();
        let (start, end) = match tag.as_bytes().get(start) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = tag[start + 1..].find(quote as char);
                (start + 1, end.map(|end| start + 1 + end + 1))
            }
            _ => {
                let end = tag[start..].find(|c: char| c.is_whitespace() || c == '>');
                (start, end.map(|end| start + end))
            }
        };
        match end {
            Some(end) => at = end,
            None => return Some((name, start)),
        }
    }
}

fn pointer(written: &str, start: usize, at: usize, of_figures: bool) -> Context<'_> {
    match written.split_once('#') {
        Some((file, _)) => {
            Context::Anchor { file, typed: Span::new(start + file.len() + 1, at), of_figures }
        }
        None if of_figures && written.is_empty() => {
            Context::Anchor { file: "", typed: Span::gap(at), of_figures }
        }
        None => Context::File { typed: Span::new(start, at), of_figures },
    }
}

/// A word of prose that begins with a capital.
fn word(snapshot: &Snapshot, at: usize) -> Option<Context<'static>> {
    let analysis = &snapshot.analysis;
    let before = &analysis.source[..at];
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic() || matches!(c, '’' | '-'));
    let length: usize = letters.map(char::len_utf8).sum();
    let typed = Span::new(at - length, at);
    let text = typed.of(&analysis.source);
    let is_name =
        text.chars().next().is_some_and(char::is_uppercase) && text.chars().count() >= ENOUGH;
    let block = analysis.document.blocks.iter().find(|block| block.span.touches(at))?;
    let is_opaque = block.inlines.iter().any(|inline| {
        inline.kind == InlineKind::Opaque && block.prose.to_source(inline.span).covers(typed)
    });
    (is_name && !is_opaque).then_some(Context::Word { typed })
}

fn works(snapshot: &Snapshot, typed: Span) -> Vec<CompletionItem> {
    let written = typed.of(&snapshot.analysis.source).to_lowercase();
    let works = citation::works_of(snapshot).into_iter();
    works
        .filter(|(key, line)| {
            key.to_lowercase().contains(&written) || line.to_lowercase().contains(&written)
        })
        .map(|(key, line)| {
            let mut item =
                item(snapshot, typed, &key, CompletionItemKind::REFERENCE, Some(line.clone()));
            // Editors filter by what is typed, which may be a word of the title.
            item.filter_text = Some(format!("{key} {line}"));
            item
        })
        .take(MOST + 1)
        .collect()
}

fn notes(snapshot: &Snapshot, typed: Span) -> Vec<CompletionItem> {
    let document = &snapshot.analysis.document;
    let written = typed.of(&snapshot.analysis.source);
    let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
    notes
        .filter(|note| note.label.starts_with(written))
        .map(|note| {
            let detail = note.extent.of(&snapshot.analysis.source).chars().take(80).collect();
            item(snapshot, typed, &note.label, CompletionItemKind::REFERENCE, Some(detail))
        })
        .collect()
}

fn anchors(snapshot: &Snapshot, file: &str, typed: Span, of_figures: bool) -> Vec<CompletionItem> {
    let written = typed.of(&snapshot.analysis.source).to_lowercase();
    // Where nothing was written yet, not even the sign, it belongs to what is put in.
    let before = &snapshot.analysis.source[..typed.start];
    let needs_sign = typed.is_empty() && !before.ends_with(['#', ':']);
    let sign = if needs_sign { "#" } else { "" };
    let mut items = Vec::new();
    for anchor in facts_of(snapshot, file).iter().flat_map(|facts| &facts.anchors) {
        // A heading is pointed at by its id, which is an anchor of its own, and a work by its key.
        let is_wanted = match anchor.kind {
            AnchorKind::Figure => true,
            AnchorKind::Heading | AnchorKind::Work => false,
            AnchorKind::Note | AnchorKind::Id => !of_figures,
        };
        if is_wanted && anchor.label.to_lowercase().starts_with(&written) {
            let kind = match anchor.kind {
                AnchorKind::Figure => CompletionItemKind::CONSTANT,
                AnchorKind::Heading | AnchorKind::Note | AnchorKind::Id | AnchorKind::Work => {
                    CompletionItemKind::REFERENCE
                }
            };
            items.push(item(snapshot, typed, &format!("{sign}{}", anchor.label), kind, None));
        }
    }
    if of_figures && file.is_empty() {
        let figures = snapshot.index.authority().figures().iter();
        let near = figures.filter(|figure| {
            figure.id.starts_with(&written) || figure.family.to_lowercase().starts_with(&written)
        });
        items.extend(near.map(|figure| {
            let label = format!("{sign}{}", figure.id);
            let kind = CompletionItemKind::CONSTANT;
            let mut item = item(snapshot, typed, &label, kind, Some(figure.name.clone()));
            item.data = Some(data(snapshot, figure));
            item
        }));
    }
    items
}

/// The facts of this document, or of the one that a path leads to.
fn facts_of(snapshot: &Snapshot, file: &str) -> Option<Arc<DocumentFacts>> {
    match references::target(file, PointerKind::Link) {
        Target::Here => Some(Arc::clone(&snapshot.facts)),
        Target::File { path, .. } => snapshot.index.document_at(&snapshot.name, &path),
        Target::Outside => None,
    }
}

/// The pages of the corpus by the names that wiki links give them.
fn pages(snapshot: &Snapshot, typed: Span) -> Vec<CompletionItem> {
    let written = typed.of(&snapshot.analysis.source).to_lowercase();
    let documents = snapshot.index.documents().into_iter();
    let pages = documents.filter(|(name, _)| *name != snapshot.name).filter_map(|(name, _)| {
        let page = Path::new(&*name).file_stem()?.to_string_lossy().into_owned();
        page.to_lowercase().starts_with(&written).then_some(page)
    });
    let item = |page: String| item(snapshot, typed, &page, CompletionItemKind::FILE, None);
    pages.take(MOST + 1).map(item).collect()
}

fn headings(snapshot: &Snapshot, page: &str, typed: Span) -> Vec<CompletionItem> {
    let written = typed.of(&snapshot.analysis.source).to_lowercase();
    let facts = if page.is_empty() {
        Some(Arc::clone(&snapshot.facts))
    } else {
        let name = snapshot.index.page(&snapshot.name, page);
        name.and_then(|name| snapshot.index.facts(&name))
    };
    let anchors = facts.iter().flat_map(|facts| &facts.anchors);
    let headings = anchors.filter(|anchor| {
        anchor.kind == AnchorKind::Heading && anchor.label.to_lowercase().starts_with(&written)
    });
    let kind = CompletionItemKind::REFERENCE;
    headings.map(|heading| item(snapshot, typed, &heading.label, kind, None)).collect()
}

/// The ids of figures, of this document and of the authority.
fn keys(snapshot: &Snapshot, typed: Span) -> Vec<CompletionItem> {
    let mut items = anchors(snapshot, "", typed, true);
    for item in &mut items {
        let id = item.label.trim_start_matches('#').to_owned();
        let edit = TextEdit { range: snapshot.lines().range(typed), new_text: id.clone() };
        item.text_edit = Some(CompletionTextEdit::Edit(edit));
        item.label = id;
    }
    items
}

/// Documents of the corpus in the folder that the path begins with, relative to this one.
fn files(snapshot: &Snapshot, typed: Span) -> Vec<CompletionItem> {
    let written = typed.of(&snapshot.analysis.source);
    let read = match references::target(written, PointerKind::Link) {
        Target::File { path, .. } => path,
        _ => String::new(),
    };
    let Some(own) = Path::new(&*snapshot.name).parent() else {
        return Vec::new();
    };
    let up = read.len() - read.trim_start_matches("../").len();
    let Some(folder) = own.ancestors().nth(up / "../".len()) else {
        return Vec::new();
    };
    let documents = snapshot.index.documents();
    documents
        .iter()
        .map(|(name, _)| Path::new(&**name))
        .filter(|name| *name != Path::new(&*snapshot.name) && (up == 0 || !name.starts_with(own)))
        .filter_map(|name| name.strip_prefix(folder).ok())
        .map(|path| format!("{}{}", &read[..up], path.to_string_lossy().replace('\\', "/")))
        .filter(|path| path.starts_with(&read))
        .take(MOST + 1)
        .map(|path| {
            let new_text = encoded(&path, written);
            let mut item = item(snapshot, typed, &path, CompletionItemKind::FILE, None);
            if new_text != path {
                let range = snapshot.lines().range(typed);
                item.filter_text = Some(new_text.clone());
                item.text_edit = Some(CompletionTextEdit::Edit(TextEdit { range, new_text }));
            }
            item
        })
        .collect()
}

/// Figures in their preferred form, then other names of the corpus.
fn names(snapshot: &Snapshot, typed: Span, written: &str) -> Vec<CompletionItem> {
    let authority = snapshot.index.authority();
    let figures = authority.figures().iter().filter(|figure| figure.family.starts_with(written));
    let mut items: Vec<CompletionItem> = figures
        .map(|figure| {
            let detail = Some(figure.name.clone());
            let kind = CompletionItemKind::CONSTANT;
            let mut item = item(snapshot, typed, &figure.family, kind, detail);
            item.data = Some(data(snapshot, figure));
            item
        })
        .collect();
    items.dedup_by(|a, b| a.label == b.label);
    for name in snapshot.index.names().starting_with(written, MOST) {
        if *name != *written
            && items.iter().all(|known| known.label != *name)
            && !authority.knows(&name)
        {
            items.push(item(snapshot, typed, &name, CompletionItemKind::TEXT, None));
        }
    }
    items
}

fn data(snapshot: &Snapshot, figure: &Figure) -> serde_json::Value {
    serde_json::json!({ "figure": figure.id, "document": snapshot.uri.as_str() })
}

fn item(
    snapshot: &Snapshot,
    typed: Span,
    label: &str,
    kind: CompletionItemKind,
    detail: Option<String>,
) -> CompletionItem {
    let edit = TextEdit { range: snapshot.lines().range(typed), new_text: label.to_owned() };
    CompletionItem {
        label: label.to_owned(),
        kind: Some(kind),
        detail,
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}
