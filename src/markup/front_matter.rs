//! The head of a Markdown file, YAML or TOML, as far as references need it: which bibliographies it
//! declares and which works it lists itself.
//!
//! TOML is read as it is. YAML is read by its lines, as people and programs write such blocks, a flow
//! collection (`[a, b]`, `{id: a}`) over several of them counting as one. What is written in another
//! way is passed over: it declares nothing.

use serde::Deserialize;
use toml::Spanned;

use crate::text::Span;

/// A value and where it stands, quotes left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The value, for strings over several lines joined by spaces.
    pub text: String,
    /// Its place; of one over several lines, its first line.
    pub span: Span,
}

/// An item of a list of works in YAML (CSL, as Pandoc and Zotero write it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What it is cited by.
    pub id: Value,
    /// All lines of the item.
    pub extent: Span,
}

impl Work {
    /// The work with the key `id` at `span`, an item at `extent`.
    pub fn new(id: &str, span: Span, extent: Span) -> Self {
        Self { id: Value { text: id.to_owned(), span }, extent }
    }
}

/// What a front matter says about the works that a text cites.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// `bibliography`: files, relative to the document.
    pub(super) files: Vec<Value>,
    /// `references`: works.
    pub(super) works: Vec<Work>,
    /// Whether one of the two is there, though it may be empty.
    pub(super) is_any: bool,
}

/// Reads the front matter at `span`, its lines of hyphens included.
pub(super) fn declared(source: &str, span: Span) -> Declared {
    let mut declared = Declared::default();
    let lines: Vec<Line<'_>> = lines(source, span).collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.indent == 0) {
        let below = lines[at + 1..].iter().take_while(|line| line.indent > 0 || line.is_item());
        let below = &lines[at + 1..at + 1 + below.count()];
        if let Some(rest) = line.value("bibliography") {
            declared.is_any = true;
            declared.files = values(&rest, below);
        } else if let Some(rest) = line.value("references") {
            declared.is_any = true;
            declared.works =
                if rest.text.starts_with('[') { flow_items(&rest) } else { items(source, below) };
        }
    }
    declared
}

/// The keys of a front matter in TOML that matter here; others are passed over.
#[derive(Deserialize)]
struct TomlHead<Files> {
    bibliography: Option<Files>,
    references: Option<Vec<Spanned<TomlWork>>>,
}

#[derive(Deserialize)]
struct TomlWork {
    id: Option<Spanned<String>>,
}

/// Reads the front matter in TOML at `span`, its lines of `+++` included. What is no TOML declares
/// nothing.
pub(super) fn declared_in_toml(source: &str, span: Span) -> Declared {
    let text = span.of(source);
    let Some(inner) = text.trim_end().strip_prefix("+++").and_then(|text| text.strip_suffix("+++"))
    else {
        return Declared::default();
    };
    let start = span.start + "+++".len();
    // One file, or a list of them.
    let one = toml::from_str::<TomlHead<Spanned<String>>>(inner).map(|head| {
        let bibliography = head.bibliography.map(|file| vec![file]);
        TomlHead { bibliography, references: head.references }
    });
    let Ok(head) = one.or_else(|_| toml::from_str::<TomlHead<Vec<Spanned<String>>>>(inner)) else {
        return Declared::default();
    };
    let at = |range: std::ops::Range<usize>| Span::new(start + range.start, start + range.end);
    let value = |one: &Spanned<String>| {
        // The quotes are no part of it.
        let whole = at(one.span());
        let quotes = whole.of(source).len().saturating_sub(one.get_ref().len()) / 2;
        let span = Span::new(whole.start + quotes, whole.end - quotes);
        Value { text: one.get_ref().clone(), span }
    };
    let is_any = head.bibliography.is_some() || head.references.is_some();
    let files = head.bibliography.iter().flatten().map(value).collect();
    let works = head.references.iter().flatten().filter_map(|work| {
        let id = value(work.get_ref().id.as_ref()?);
        Some(Work { id, extent: at(work.span()) })
    });
    Declared { files, works: works.collect(), is_any }
}

/// The works in a list of YAML, one an item.
pub fn works(source: &str) -> Vec<Work> {
    let lines: Vec<Line<'_>> = lines(source, Span::new(0, source.len())).collect();
    items(source, &lines)
}

/// The value of a key of a work, at whatever depth it first stands: `title`, `family`.
pub fn value_in(source: &str, work: &Work, key: &str) -> Option<String> {
    let whole = work.extent.of(source);
    if whole.starts_with('{') {
        let line = Line { indent: 0, text: whole, start: work.extent.start };
        return line.in_braces(key).map(|value| unquoted(value).text);
    }
    // The indentation of the first line counts as well.
    let start = source[..work.extent.start].rfind('\n').map_or(0, |end| end + 1);
    let mut lines: Vec<Line<'_>> = lines(source, Span::new(start, work.extent.end)).collect();
    for line in lines.iter_mut().filter(|line| line.is_item()) {
        *line = line.behind_hyphen();
    }
    let found = lines
        .iter()
        .enumerate()
        .find_map(|(at, line)| Some((at, line.value(key).or_else(|| line.in_braces(key))?)));
    let (at, value) = found?;
    let is_block = value.text.is_empty() || matches!(value.text.as_bytes()[0], b'>' | b'|');
    if !is_block {
        return Some(unquoted(value).text);
    }
    let indent = lines[at].indent;
    let below = lines[at + 1..].iter().take_while(|line| line.indent > indent);
    Some(below.map(|line| line.text).collect::<Vec<_>>().join(" "))
}

/// A line that is not empty and no comment.
#[derive(Clone, Copy)]
struct Line<'s> {
    indent: usize,
    /// Without the white space around it.
    text: &'s str,
    /// Where `text` starts.
    start: usize,
}

/// What stands behind a key.
struct Raw<'s> {
    text: &'s str,
    start: usize,
}

impl<'s> Line<'s> {
    fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    fn behind_hyphen(self) -> Self {
        let rest = self.text[1..].trim_start();
        let lead = self.text.len() - rest.len();
        Self { indent: self.indent + lead, text: rest, start: self.start + lead }
    }

    /// What stands behind `key:` in `{key: value, …}`, if the line is one of these whole.
    fn in_braces(&self, key: &str) -> Option<Raw<'s>> {
        let inner = self.text.strip_prefix('{')?.strip_suffix('}')?;
        parts(inner, self.start + 1).find_map(|part| part.value(key))
    }

    /// What stands behind `key:` if the line begins with it.
    fn value(&self, key: &str) -> Option<Raw<'s>> {
        let bare = self.text.trim_start_matches(['"', '\'']);
        let rest = bare.strip_prefix(key)?.trim_start_matches(['"', '\'']).strip_prefix(':')?;
        let is_key = rest.is_empty() || rest.starts_with([' ', '\t']);
        let text = rest.trim_start();
        let start = self.start + self.text.len() - text.len();
        let is_flow = text.starts_with(['[', '{']);
        is_key.then(|| Raw { text: if is_flow { text } else { without_comment(text) }, start })
    }
}

fn lines(source: &str, span: Span) -> impl Iterator<Item = Line<'_>> {
    let mut at = span.start;
    // One that never ends would be looked through from every line in it.
    let mut is_unclosed = false;
    let lines = std::iter::from_fn(move || {
        let rest = source.get(at..span.end).filter(|rest| !rest.is_empty())?;
        let flow = if is_unclosed { None } else { flow(rest) };
        let length = flow.and_then(|start| flow_end(rest, start));
        is_unclosed |= flow.is_some() && length.is_none();
        let length = length.unwrap_or(0);
        let end = memchr::memchr(b'\n', &rest.as_bytes()[length..]);
        let line = &rest[..end.map_or(rest.len(), |end| length + end + 1)];
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let start = at + indent;
        at += line.len();
        Some(Line { indent: if text.is_empty() { 0 } else { indent }, text, start })
    });
    lines.filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

/// Where a flow collection begins on the first line of `text`, as an item or the value of a key.
fn flow(text: &str) -> Option<usize> {
    let line = text.lines().next()?;
    let is_flow = |text: &&str| text.starts_with(['[', '{']);
    let item = line.trim_start().trim_start_matches("- ").trim_start();
    let value = || item.split_once(": ").map(|(_, value)| value.trim_start());
    let found = Some(item).filter(is_flow).or_else(|| value().filter(is_flow))?;
    Some(line.len() - found.len())
}

/// Where the flow collection ends that begins at `start`.
fn flow_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = Depth::default();
    text[start..].char_indices().find_map(|(at, c)| {
        depth.read(c);
        depth.is_outside().then_some(start + at + c.len_utf8())
    })
}

/// How deep in quotes, braces and brackets a place is.
#[derive(Default)]
struct Depth {
    quote: Option<char>,
    open: usize,
    /// What was read last but white space and comments.
    last: Option<char>,
    is_comment: bool,
    is_behind_space: bool,
}

impl Depth {
    fn read(&mut self, c: char) {
        self.is_comment = c != '\n'
            && (self.is_comment || c == '#' && self.is_behind_space && self.quote.is_none());
        self.is_behind_space = c.is_whitespace();
        if self.is_comment || c.is_whitespace() {
            return;
        }
        match c {
            '"' | '\'' if self.quote == Some(c) => self.quote = None,
            // Elsewhere it is an apostrophe.
            '"' | '\'' if self.quote.is_none() && self.begins_a_value() => self.quote = Some(c),
            '{' | '[' if self.quote.is_none() => self.open += 1,
            '}' | ']' if self.quote.is_none() => self.open = self.open.saturating_sub(1),
            _ => {}
        }
        self.last = Some(c);
    }

    fn begins_a_value(&self) -> bool {
        self.last.is_none_or(|last| matches!(last, '[' | '{' | ',' | ':'))
    }

    fn is_outside(&self) -> bool {
        self.quote.is_none() && self.open == 0 && !self.is_comment
    }
}

/// What commas divide that stand in no quotes, braces or brackets, comments left out; `start` is the
/// place of `text`.
fn parts(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut depth = Depth::default();
    let mut at = start;
    let parts = text.split(move |c: char| {
        depth.read(c);
        c == ',' && depth.is_outside()
    });
    parts.map(move |part| {
        let mut inner = part.trim_start();
        while inner.starts_with('#') {
            inner = inner.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
        }
        let start = at + part.len() - inner.len();
        at += part.len() + 1;
        Line { indent: 0, text: inner.trim_end(), start }
    })
}

/// A comment begins with ` #`, unless the value stands in quotes.
fn without_comment(text: &str) -> &str {
    if text.starts_with(['"', '\'']) {
        return text;
    }
    text.find(" #").map_or(text, |comment| text[..comment].trim_end())
}

fn unquoted(raw: Raw<'_>) -> Value {
    let (mut text, mut start) = (raw.text, raw.start);
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.split(quote).next()) {
            (text, start) = (inner, start + 1);
            break;
        }
    }
    Value { text: text.to_owned(), span: Span::new(start, start + text.len()) }
}

/// The value of a key, one or a list, on its line or below it.
fn values(rest: &Raw<'_>, below: &[Line<'_>]) -> Vec<Value> {
    if let Some(inner) = rest.text.strip_prefix('[') {
        let inner = inner.split(']').next().unwrap_or(inner);
        let parts = parts(inner, rest.start + 1);
        let values =
            parts.map(|part| unquoted(Raw { text: without_comment(part.text), start: part.start }));
        return values.filter(|value| !value.text.is_empty()).collect();
    }
    if !rest.text.is_empty() {
        return vec![unquoted(Raw { text: rest.text, start: rest.start })];
    }
    let items = below.iter().filter(|line| line.is_item()).map(|line| line.behind_hyphen());
    items
        .map(|line| unquoted(Raw { text: without_comment(line.text), start: line.start }))
        .collect()
}

/// The items of a list in brackets that have an `id`.
fn flow_items(list: &Raw<'_>) -> Vec<Work> {
    let Some(inner) = list.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return Vec::new();
    };
    let works = parts(inner, list.start + 1).filter_map(|part| {
        let id = unquoted(part.in_braces("id")?);
        Some(Work { id, extent: Span::new(part.start, part.start + part.text.len()) })
    });
    works.filter(|work| !work.id.text.is_empty()).collect()
}

/// The items of a list that have an `id`.
fn items(source: &str, lines: &[Line<'_>]) -> Vec<Work> {
    let Some(indent) = lines.iter().filter(|line| line.is_item()).map(|line| line.indent).min()
    else {
        return Vec::new();
    };
    let is_start = |line: &Line<'_>| line.is_item() && line.indent == indent;
    let mut found = Vec::new();
    let mut lines = lines.iter().skip_while(|line| !is_start(line)).peekable();
    while let Some(first) = lines.next() {
        let head = first.behind_hyphen();
        let mut id = head.value("id").or_else(|| head.in_braces("id"));
        let mut end = first.start + first.text.len();
        while let Some(line) = lines.next_if(|line| !is_start(line) && line.indent >= indent) {
            // A deeper `id` belongs to something else.
            id = id.or_else(|| line.value("id").filter(|_| line.indent == head.indent));
            end = line.start + line.text.len();
        }
        let extent = Span::new(first.start, end.min(source.len()));
        let id = id.map(unquoted).filter(|id| !id.text.is_empty());
        found.extend(id.map(|id| Work { id, extent }));
        if lines.peek().is_some_and(|line| !is_start(line)) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(source: &str) -> Vec<&str> {
        let declared = declared(source, Span::new(0, source.len()));
        assert!(declared.files.iter().all(|file| file.span.of(source) == file.text));
        declared.files.iter().map(|file| file.span.of(source)).collect()
    }

    #[test]
    fn bibliographies_in_each_way_of_writing_them() {
        assert_eq!(files("---\ntitle: A\nbibliography: refs.bib # ours\n---\n"), ["refs.bib"]);
        assert_eq!(files("---\nbibliography: 'my refs.bib'\n---\n"), ["my refs.bib"]);
        assert_eq!(files("---\nbibliography: [a.bib, \"b.json\"]\n---\n"), ["a.bib", "b.json"]);
        assert_eq!(
            files("---\r\nbibliography:\r\n  - a.bib\r\n  - b.yaml\r\nlang: en\r\n---\r\n"),
            ["a.bib", "b.yaml"]
        );
        assert_eq!(files("---\nbibliography:\n- a.bib\nother:\n- b.bib\n---\n"), ["a.bib"]);
        assert!(files("---\nother:\n  bibliography: a.bib\n---\n").is_empty());
    }

    #[test]
    fn works_in_braces() {
        let source = "- {title: 'Das Kapital, I', id: marx1867, author: [{family: Marx, id: x}]}\n\
                      - { \"id\": \"lenin\", title: What? }\n- {title: none}\n";
        let works = works(source);
        let ids: Vec<_> = works.iter().map(|work| work.id.span.of(source)).collect();
        assert_eq!(ids, ["marx1867", "lenin"]);
        assert_eq!(value_in(source, &works[0], "title").as_deref(), Some("Das Kapital, I"));
        assert_eq!(value_in(source, &works[1], "title").as_deref(), Some("What?"));
    }

    #[test]
    fn flow_collections_over_several_lines() {
        let source =
            "---\nbibliography: [\n  a.bib, # ours\n  'b, c.json' # theirs\n  ]\nlang: en\n---\n";
        assert_eq!(files(source), ["a.bib", "b, c.json"]);
        assert_eq!(files("---\nbibliography: [a.bib,\nother: x\n---\n"), ["a.bib"]);
        let source = "- {title: 'Das Kapital, }',\n   author: [{family: Marx,\n   id: x}],\n   id: marx1867}\n\
                      - id: lenin\n";
        let found = works(source);
        let ids: Vec<_> = found.iter().map(|work| work.id.span.of(source)).collect();
        assert_eq!(ids, ["marx1867", "lenin"]);
        assert_eq!(value_in(source, &found[0], "title").as_deref(), Some("Das Kapital, }"));
        let source = "---\nreferences: [\n  {id: a, title: One man's},\n  # {id: c}\n  {\"id\": b,\n   title: Two}\n]\n---\n";
        let declared = declared(source, Span::new(0, source.len()));
        let ids: Vec<_> = declared.works.iter().map(|work| work.id.span.of(source)).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(value_in(source, &declared.works[1], "title").as_deref(), Some("Two"));
    }

    #[test]
    fn toml_declares_the_same() {
        let source = "+++\ntitle = \"A\" # so\nbibliography = ['lit/a.bib', \"b.json\"]\n\n[extra]\nx = 1\n\n\
                      [[references]]\nid = \"marx1867\"\ntitle = \"Das Kapital\"\n+++\n";
        let declared = declared_in_toml(source, Span::new(0, source.len()));
        let files: Vec<_> = declared.files.iter().map(|file| file.span.of(source)).collect();
        assert_eq!(files, ["lit/a.bib", "b.json"]);
        let works: Vec<_> = declared.works.iter().map(|work| work.id.span.of(source)).collect();
        assert_eq!(works, ["marx1867"]);
        let one = "+++\nbibliography = \"refs.bib\"\n+++\n";
        let declared = declared_in_toml(one, Span::new(0, one.len()));
        assert_eq!(declared.files[0].span.of(one), "refs.bib");
        for none in ["+++\ntitle = 1\n+++\n", "+++\nbibliography = \n+++\n"] {
            assert!(!declared_in_toml(none, Span::new(0, none.len())).is_any);
        }
    }

    #[test]
    fn works_in_the_head_of_a_text() {
        let source = "---\nreferences:\n- type: book\n  id: marx1867\n  author:\n  - family: Marx\n    \
                      id: x\n  title: >-\n    Das\n    Kapital\n- id: \"lenin\"\n  title: 'What?'\n---\n";
        let declared = declared(source, Span::new(0, source.len()));
        let works: Vec<_> = declared.works.iter().map(|work| work.id.span.of(source)).collect();
        assert_eq!(works, ["marx1867", "lenin"]);
        let title = |at: usize| value_in(source, &declared.works[at], "title");
        assert_eq!(title(0).as_deref(), Some("Das Kapital"));
        assert_eq!(title(1).as_deref(), Some("What?"));
        assert_eq!(value_in(source, &declared.works[0], "family").as_deref(), Some("Marx"));
    }
}
