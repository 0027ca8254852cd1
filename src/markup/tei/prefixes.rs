//! Prefixes declared in `prefixDef`: `pers:khrushchev` for `people.xml#khrushchev` (TEI P5,
//! section 16.2.3).

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use super::super::Pointer;

/// A pattern that needs more memory than this when compiled is passed over.
const MOST_MEMORY: usize = 1 << 20;

/// More declarations than this in one document are a program's mistake.
const MOST_DECLARATIONS: usize = 1000;

/// The prefixes that a document declares.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    known: FxHashMap<String, Vec<Declaration>>,
    count: usize,
}

/// What a prefix stands for where the rest of the pointer matches a pattern.
#[derive(Clone, Debug)]
struct Declaration {
    pattern: Regex,
    replacement: String,
}

impl Prefixes {
    /// Notes the declaration of a `prefixDef`. A pattern that cannot be read takes the whole name.
    pub(super) fn declare<'a>(&mut self, get: &impl Fn(&str) -> Option<&'a str>) {
        if self.count == MOST_DECLARATIONS {
            return;
        }
        let (Some(prefix), Some(replacement)) = (get("ident"), get("replacementPattern")) else {
            return;
        };
        let pattern = compiled(get("matchPattern").unwrap_or("(.+)")).or_else(|| compiled("(.+)"));
        if let Some(pattern) = pattern {
            self.count += 1;
            let declaration = Declaration { pattern, replacement: with_braces(replacement) };
            self.known.entry(prefix.to_owned()).or_default().push(declaration);
        }
    }

    /// Writes out the prefixes in the pointers.
    pub(super) fn apply(&self, pointers: &mut [Pointer]) {
        if self.known.is_empty() {
            return;
        }
        for pointer in pointers {
            if let Some(written) = self.written_out(&pointer.target) {
                pointer.target = written;
            }
        }
    }

    /// A prefix may be declared more than once; the first pattern that fits counts.
    fn written_out(&self, target: &str) -> Option<String> {
        let (prefix, name) = target.split_once(':')?;
        self.known.get(prefix)?.iter().find_map(|declaration| {
            let groups = declaration.pattern.captures(name)?;
            let mut written = String::new();
            groups.expand(&declaration.replacement, &mut written);
            Some(written)
        })
    }
}

fn compiled(pattern: &str) -> Option<Regex> {
    let whole = format!("^(?:{pattern})$");
    RegexBuilder::new(&whole).size_limit(MOST_MEMORY).build().ok()
}

/// `$1` as `${1}`: the letters that follow it are no part of the group's name.
fn with_braces(replacement: &str) -> String {
    let mut written = String::with_capacity(replacement.len() + 4);
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        written.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            written.push_str("$$");
        } else {
            written.push_str(&format!("${{{}}}", &rest[..digits]));
            rest = &rest[digits..];
        }
    }
    written.push_str(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_written_out_by_the_first_pattern_that_fits() {
        let mut prefixes = Prefixes::default();
        for (ident, pattern, replacement) in [
            ("p", "([a-z]+)", "people.xml#$1"),
            ("n", r"([a-z]+)/(\d+)", "$1.xml#n$2_$9"),
            ("n", r"(\d+)", "#x$1"),
            ("broken", "([a-z", "#$1"),
        ] {
            let get = |name: &str| match name {
                "ident" => Some(ident),
                "matchPattern" => Some(pattern),
                "replacementPattern" => Some(replacement),
                _ => None,
            };
            prefixes.declare(&get);
        }
        for (target, expected) in [
            ("p:ivan", Some("people.xml#ivan")),
            ("p:Ivan", None),
            ("n:notes/12", Some("notes.xml#n12_")),
            ("n:12", Some("#x12")),
            ("broken:a b", Some("#a b")),
            ("other:ivan", None),
            ("#ivan", None),
        ] {
            assert_eq!(prefixes.written_out(target).as_deref(), expected, "{target}");
        }
    }
}
