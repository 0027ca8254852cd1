//! `rubricator figures suggest`: a draft authority from the names of a corpus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::figures::{self, Authority, Figure, FigureKind};
use crate::names::{self, Scheme};

use super::listing::{self, ReadFile};
use super::spellings;

/// How often a name must occur to be suggested.
const ENOUGH: usize = 3;

/// A name as the corpus has it.
#[derive(Default)]
struct Name {
    count: usize,
    given: BTreeMap<String, usize>,
    /// How often a preposition of place stands before it, and how often an article or another
    /// word that stands before nouns.
    in_place: usize,
    determined: usize,
    /// Whether its last word is one that organisations are called by.
    is_body: bool,
}

/// A mention of somebody or something unknown.
struct Unknown {
    family: String,
    given: Option<String>,
    before: Before,
    is_body: bool,
}

/// What stands before a mention.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Place,
    Noun,
    Other,
}

/// Words in front of places, in the languages whose names are read.
const BEFORE_PLACES: &[&str] = &[
    "in",
    "In",
    "at",
    "At",
    "near",
    "into",
    "through",
    "throughout",
    "outside",
    "nach",
    "aus",
    "à",
    "À",
    "en",
    "En",
    "dans",
    "vers",
    "в",
    "В",
    "из",
    "под",
];

/// Words in front of nouns: persons do not have them.
const BEFORE_NOUNS: &[&str] = &[
    "the", "The", "a", "an", "this", "our", "all", "every", "no", "each", "these", "those",
    "whole", "its", "der", "die", "das", "dem", "den", "des", "le", "la", "les", "du", "un", "une",
    "el", "los", "las", "il", "lo", "gli",
];

/// What a name is called by that is an organisation's.
const BODIES: &[&str] = &[
    "Party",
    "Committee",
    "Congress",
    "Council",
    "Soviet",
    "Union",
    "Presidium",
    "Praesidium",
    "Politburo",
    "Politbureau",
    "Bureau",
    "Ministry",
    "Comintern",
    "Cominform",
    "International",
    "League",
    "Academy",
    "Assembly",
    "Duma",
    "Commission",
    "Commissariat",
    "Federation",
    "Guard",
    "Army",
    "Partei",
    "Komitee",
    "Parti",
    "Comité",
    "Partido",
    "Partito",
];

/// A suggested figure: the most frequent spelling and the others.
struct Suggestion {
    family: String,
    name: Name,
    others: Vec<(String, usize)>,
}

/// Prints a draft of entries for what the files name often and the authority does not know;
/// gives the exit status.
pub fn suggest(paths: Vec<PathBuf>, config: Option<PathBuf>) -> ExitCode {
    let of = |file: &ReadFile<'_>| (unknown_names(file), starters(file), file.scheme);
    let (files, errors) = listing::read_all(paths, config, of);
    let scheme = files.iter().find_map(|(_, (.., scheme))| *scheme);
    let mut named: BTreeMap<u32, usize> = BTreeMap::new();
    for figure in files.iter().flat_map(|(_, (_, starters, _))| starters) {
        *named.entry(*figure).or_insert(0) += 1;
    }
    named.retain(|_, count| *count >= ENOUGH);
    let mut all: FxHashMap<String, Name> = FxHashMap::default();
    for unknown in files.into_iter().flat_map(|(_, (all, ..))| all) {
        let name = all.entry(unknown.family).or_default();
        name.count += 1;
        name.in_place += usize::from(unknown.before == Before::Place);
        name.determined += usize::from(unknown.before == Before::Noun);
        name.is_body |= unknown.is_body;
        if let Some(given) = unknown.given {
            *name.given.entry(given).or_insert(0) += 1;
        }
    }
    let mut suggestions = cluster(all);
    if let Some(scheme) = scheme {
        suggestions.iter_mut().for_each(|one| one.follow(scheme));
    }
    let text = draft(&named, suggestions);
    listing::finish(|out| out.write_all(text.as_bytes()), &errors)
}

/// The figures of the starter authority that a file names, once for each mention: that authority
/// gives way to the one that becomes of the draft.
fn starters(file: &ReadFile<'_>) -> Vec<u32> {
    let index = &file.corpus.index;
    if !index.authority().is_builtin {
        return Vec::new();
    }
    let mentions = file.facts.mentions.iter().filter(|mention| !mention.is_doubtful);
    mentions
        .filter_map(|mention| match index.resolve_in(&file.facts, mention).as_slice() {
            [one] => Some(one.figure),
            _ => None,
        })
        .collect()
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
            let before = if BEFORE_PLACES.contains(&word) {
                Before::Place
            } else if BEFORE_NOUNS.contains(&word) {
                Before::Noun
            } else {
                Before::Other
            };
            let (family, given) = (text(mention.family), mention.given.map(text));
            match given {
                // The Central Committee is one name, which has no given name.
                Some(given) if BODIES.contains(&family.as_str()) => {
                    let family = format!("{given} {family}");
                    Unknown { family, given: None, before, is_body: true }
                }
                given => {
                    let is_body = BODIES.contains(&family.as_str());
                    Unknown { family, given, before, is_body }
                }
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
    suggestions.into_iter().flatten().filter(|one| one.kind().is_some()).collect()
}

impl Suggestion {
    /// Takes the spelling for the right one that follows the scheme of the corpus, however rare.
    fn follow(&mut self, scheme: Scheme) {
        let follows = |(other, _): &(String, usize)| {
            names::scheme_beside(other, &self.family, scheme).is_some()
        };
        let Some(at) = self.others.iter().position(follows) else {
            return;
        };
        let (family, count) = &mut self.others[at];
        std::mem::swap(family, &mut self.family);
        std::mem::swap(count, &mut self.name.count);
    }

    /// What the name is of, if it is named often enough and what stands beside it tells.
    fn kind(&self) -> Option<FigureKind> {
        let Name { count, in_place, determined, is_body, given } = &self.name;
        let others: usize = self.others.iter().map(|(_, count)| count).sum();
        if count + others < ENOUGH {
            return None;
        }
        // `Party` alone is a word.
        let is_word = names::is_english_word(&self.family);
        if *is_body && (self.family.contains(' ') || !is_word) {
            return Some(FigureKind::Organisation);
        }
        let with_given: usize = given.values().sum();
        if with_given > 0 && (in_place + determined) * 12 < *count {
            return Some(FigureKind::Person);
        }
        if is_word {
            return None;
        }
        if in_place * 6 >= *count && *in_place > determined * 2 && with_given * 6 < *count {
            return Some(FigureKind::Place);
        }
        let is_term = names::other_spellings(&self.family).next().is_some();
        (is_term || !self.others.is_empty() && *determined * 2 > *count).then_some(FigureKind::Term)
    }

    /// The native form with its language: the only original that
    /// two spellings of the corpus may have.
    fn native(&self) -> Option<(String, &'static str)> {
        let found = self.others.iter().find_map(|(other, _)| {
            names::original_of(&self.family, other).filter(|original| original.is_certain)
        });
        found.map(|original| (original.text, original.language))
    }
}

/// The draft: the figures of the starter authority by their numbers, with how often each is named, and
/// what is suggested.
fn draft(starters: &BTreeMap<u32, usize>, suggestions: Vec<Suggestion>) -> String {
    let mut text =
        String::from("# A draft: check each entry, complete it and delete what is no figure.\n");
    let mut ids = FxHashSet::default();
    let builtin = Authority::builtin();
    for (number, count) in starters {
        let figure = builtin.figure(*number);
        let _ = writeln!(text, "\n# {count} times; the entry is the starter authority’s");
        text += &figures::entry(figure);
        ids.insert(figure.id.clone());
    }
    for suggestion in suggestions {
        let kind = suggestion.kind().unwrap_or_default();
        let is_romanised = matches!(kind, FigureKind::Person | FigureKind::Place);
        let native = suggestion.native().filter(|_| is_romanised);
        let (native, language) = native.unwrap_or_default();
        let Suggestion { family, name, others } = suggestion;
        let mut given = name.given.iter().max_by_key(|(_, count)| **count).map(|(given, _)| given);
        given = given.filter(|_| kind == FigureKind::Person);
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
        let language = language.to_owned();
        let facts = Figure {
            id,
            name: full,
            family,
            native,
            language,
            variants,
            kind,
            ..Figure::default()
        };
        text += &figures::entry(&facts);
    }
    text
}
