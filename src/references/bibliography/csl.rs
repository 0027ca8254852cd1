//! CSL as JSON: a list of works, as Zotero and Pandoc write it.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::text::Span;

use super::Source;

/// A work; the key is kept as it is written, since that tells its place.
#[derive(Deserialize)]
struct Item<'t> {
    #[serde(borrow)]
    id: Option<&'t RawValue>,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    author: Value,
    #[serde(default)]
    editor: Value,
    #[serde(default)]
    issued: Value,
}

/// The works of a file; of one that is no JSON, none.
pub(super) fn sources(text: &str) -> Vec<Source> {
    let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
    items.into_iter().filter_map(|item| source(text, item.get())).collect()
}

fn source(text: &str, item: &str) -> Option<Source> {
    let item: Item<'_> = serde_json::from_str(item).ok()?;
    let id = item.id?.get();
    let inner = id.trim_matches('"');
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    let key = match serde_json::from_str(id).ok()? {
        Value::String(key) => key,
        Value::Number(key) => key.to_string(),
        _ => return None,
    };
    let author = names(&item.author);
    Some(Source {
        key,
        span: Span::new(start, start + inner.len()),
        title: item.title.as_str().unwrap_or("").to_owned(),
        author: if author.is_empty() { names(&item.editor) } else { author },
        year: year(&item.issued),
    })
}

fn names(people: &Value) -> String {
    let people = people.as_array().map_or(&[][..], Vec::as_slice).iter();
    let name = |person: &Value| {
        let name = person.get("family").or_else(|| person.get("literal"))?;
        name.as_str().map(str::to_owned)
    };
    people.filter_map(name).collect::<Vec<_>>().join(", ")
}

fn year(issued: &Value) -> String {
    let first = issued.pointer("/date-parts/0/0").or_else(|| issued.get("raw"));
    match first.or_else(|| issued.get("literal")) {
        Some(Value::Number(year)) => year.to_string(),
        Some(Value::String(year)) => year.clone(),
        _ => String::new(),
    }
}
