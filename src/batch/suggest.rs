//! `rubricator figures suggest`: a draft authority from the names of a corpus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::figures::{self, Figure};

use super::listing::{self, ReadFile};
use super::spellings;

/// How often a name must occur to be suggested.
const ENOUGH: usize = 3;

/// A name as the corpus has it.
#[derive(Default)]
struct Name {
    count: usize,
    given: BTreeMap<String, usize>,
    /// How often it stands behind an article or a preposition of place: persons do not.
    impersonal: usize,
}

/// A mention of somebody unknown.
struct Unknown {
    family: String,
    given: Option<String>,
    is_impersonal: bool,
}

/// Words in front of what is no person, mostly.
const IMPERSONAL: &[&str] = &[
    "the",
    "The",
    "a",
    "an",
    "in",
    "In",
    "at",
    "At",
    "near",
    "into",
    "through",
    "throughout",
    "this",
    "our",
    "all",
    "every",
    "no",
    "each",
    "these",
    "those",
    "whole",
    "its",
];

/// A suggested figure: the most frequent spelling and the others.
struct Suggestion {
    family: String,
    name: Name,
    others: Vec<(String, usize)>,
}

/// Prints a draft of entries for the persons that the files name often and the authority
/// does not know; gives the exit status.
pub fn suggest(paths: Vec<PathBuf>, config: Option<PathBuf>) -> ExitCode {
    let (files, errors) = listing::read_all(paths, config, unknown_names);
    let mut all: FxHashMap<String, Name> = FxHashMap::default();
    for Unknown { family, given, is_impersonal } in files.into_iter().flat_map(|(_, all)| all) {
        let name = all.entry(family).or_default();
        name.count += 1;
        name.impersonal += usize::from(is_impersonal);
        if let Some(given) = given {
            *name.given.entry(given).or_insert(0) += 1;
        }
    }
    let text = draft(cluster(all));
    listing::finish(|out| out.write_all(text.as_bytes()), &errors)
}

/// The mentions of what the authority does not know.
fn unknown_names(file: &ReadFile<'_>) -> Vec<Unknown> {
    let index = &file.corpus.index;
    let unknown = file
        .facts
        .mentions
        .iter()
        .filter(|mention| !mention.is_doubtful && index.resolve(mention).is_empty());
    unknown
        .map(|mention| {
            let text = |word| index.names().text(word).to_string();
            let before = file.analysis.source[..mention.span().start].trim_end();
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            Unknown {
                family: text(mention.family),
                given: mention.given.map(text),
                is_impersonal: IMPERSONAL.contains(&word),
            }
        })
        .collect()
}

/// Puts the spellings of one name together, the most frequent first.
fn cluster(all: FxHashMap<String, Name>) -> Vec<Suggestion> {
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|(a, x), (b, y)| y.count.cmp(&x.count).then_with(|| a.cmp(b)));
    let heads = spellings::heads(all.iter().map(|(family, _)| family.as_str()));
    let mut suggestions: Vec<Option<Suggestion>> = Vec::with_capacity(all.len());
    for (number, ((family, name), head)) in all.into_iter().zip(heads).enumerate() {
        if head == number {
            suggestions.push(Some(Suggestion { family, name, others: Vec::new() }));
            continue;
        }
        if let Some(known) = &mut suggestions[head] {
            known.others.push((family, name.count));
        }
        suggestions.push(None);
    }
    suggestions.into_iter().flatten().filter(Suggestion::is_person).collect()
}

impl Suggestion {
    /// Whether somebody is named often enough, and at least once with a given name or an
    /// initial: what never has one is a party or a place.
    fn is_person(&self) -> bool {
        let others: usize = self.others.iter().map(|(_, count)| count).sum();
        self.name.count + others >= ENOUGH
            && !self.name.given.is_empty()
            && self.name.impersonal * 12 < self.name.count
    }
}

fn draft(suggestions: Vec<Suggestion>) -> String {
    let mut text =
        String::from("# A draft: check each entry, complete it and delete what is no figure.\n");
    let mut ids = FxHashSet::default();
    for suggestion in suggestions {
        let Suggestion { family, name, others } = suggestion;
        let given = name.given.iter().max_by_key(|(_, count)| **count).map(|(given, _)| given);
        let full = given.map_or(family.clone(), |given| format!("{given} {family}"));
        let base = figures::id_of(&family);
        let id = (1..)
            .map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") })
            .find(|id| ids.insert(id.clone()))
            .unwrap_or(base);
        let counts: String =
            others.iter().map(|(form, count)| format!(", “{form}” {count} times")).collect();
        let _ = writeln!(text, "\n# “{family}” {} times{counts}", name.count);
        let variants = others.into_iter().map(|(form, _)| form).collect();
        text += &figures::entry(&Figure { id, name: full, family, variants, ..Figure::default() });
    }
    text
}
