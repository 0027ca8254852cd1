//! BibTeX: `@book{marx1867, title = {Das Kapital}, …}`.

use crate::text::Span;

use super::Source;

/// No value is looked at further than this, in bytes.
const LONGEST_VALUE: usize = 10_000;

/// Things that begin like a work and are none.
const OTHERS: &[&str] = &["comment", "string", "preamble"];

/// The works of a file. An entry that is not closed ends where a line begins the next one.
pub(super) fn sources(text: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = next_entry(text, at) {
        at = sign + 1;
        let kind_length = text[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let kind = text[at..at + kind_length].to_ascii_lowercase();
        let head = text[at + kind_length..].trim_start();
        let open = text.len() - head.len();
        if kind.is_empty() || !head.starts_with(['{', '(']) {
            continue;
        }
        let end = end_of_entry(text, open);
        if OTHERS.contains(&kind.as_str()) {
            at = end;
            continue;
        }
        let body = Span::new(open + 1, end);
        let Some(key) = key_in(text, body) else {
            continue;
        };
        at = end;
        let fields = &text[key.end..end];
        let value = |name: &str| plain(field(fields, name).unwrap_or(""));
        let year = Some(value("year")).filter(|year| !year.is_empty());
        let source = Source {
            key: key.of(text).to_owned(),
            span: key,
            title: value("title"),
            author: Some(value("author"))
                .filter(|a| !a.is_empty())
                .unwrap_or_else(|| value("editor")),
            year: year.unwrap_or_else(|| value("date").chars().take(4).collect()),
        };
        // Other keys by which BibLaTeX knows the work.
        let others = field(fields, "ids").unwrap_or("");
        let base = text.as_ptr() as usize;
        let others = others.split(',').map(str::trim).filter(|other| !other.is_empty());
        let others: Vec<Source> = others
            .map(|other| {
                let start = other.as_ptr() as usize - base;
                let span = Span::new(start, start + other.len());
                Source { key: other.to_owned(), span, ..source.clone() }
            })
            .collect();
        found.push(source);
        found.extend(others);
    }
    found
}

/// The next `@` that begins a line.
fn next_entry(text: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = from + memchr::memchr(b'@', &text.as_bytes()[from..])?;
        let before = text[..at].trim_end_matches([' ', '\t']);
        if before.is_empty() || before.ends_with(['\n', '\r', '}', ')']) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Where the entry ends whose bracket stands at `open`.
fn end_of_entry(text: &str, open: usize) -> usize {
    let bytes = text.as_bytes();
    let is_round = bytes[open] == b'(';
    let mut depth = usize::from(!is_round);
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b')' if is_round && depth == 0 => return at,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !is_round {
                    return at;
                }
            }
            // A value may hold an address, but hardly an entry at the head of a line.
            b'\n' if begins_entry(&text[at + 1..]) => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

fn begins_entry(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('@') else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start();
    rest.strip_prefix(['{', '(']).is_some_and(|rest| {
        let key = rest.split([',', '\n', '}', ' ']).next().unwrap_or("");
        !key.is_empty() && rest[key.len()..].starts_with(',')
    })
}

fn key_in(text: &str, body: Span) -> Option<Span> {
    let inner = body.of(text);
    let length = inner.find([',', '\n', '{', '"', '=']).unwrap_or(inner.len());
    // `@book{key}` has no fields; `@book{` with one has no key.
    let is_key = length == inner.len() || inner[length..].starts_with(',');
    let key = inner[..length].trim();
    let start = body.start + (inner.len() - inner.trim_start().len());
    (is_key && !key.is_empty()).then(|| Span::new(start, start + key.len()))
}

/// The value of a field, brackets or quotes left out.
fn field<'t>(fields: &'t str, name: &str) -> Option<&'t str> {
    let bytes = fields.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                let rest = fields[at + 1..].trim_start();
                let word = rest.bytes().take_while(|b| b.is_ascii_alphanumeric()).count();
                let behind = rest[word..].trim_start();
                if rest[..word].eq_ignore_ascii_case(name) && behind.starts_with('=') {
                    return Some(value_at(behind[1..].trim_start()));
                }
            }
            b'"' if depth == 0 => {
                at += fields[at + 1..].find('"').map_or(bytes.len(), |end| end + 1);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn value_at(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(b'{') => {
            let mut depth = 0_usize;
            for (at, byte) in text.bytes().enumerate() {
                match byte {
                    b'{' => depth += 1,
                    b'}' => {
                        depth -= 1;
                        if depth == 0 {
                            return &text[1..at];
                        }
                    }
                    _ => {}
                }
            }
            ""
        }
        Some(b'"') => text[1..].split('"').next().unwrap_or(""),
        _ => text.split([',', '\n', '}', ')']).next().unwrap_or("").trim(),
    }
}

/// A value without TeX: brackets and the names of commands left out, one space for many.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut rest = &value[..value.floor_char_boundary(LONGEST_VALUE)];
    while let Some(at) = rest.find(['\\', '{', '}']) {
        text.push_str(&rest[..at]);
        let is_command = rest.as_bytes()[at] == b'\\';
        rest = &rest[at + 1..];
        if is_command {
            let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            rest = if name > 0 { rest[name..].trim_start() } else { rest };
        }
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
