//! `rubricator figures suggest`: a draft authority from the names of a corpus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::figures::{self, Authority, Figure, FigureKind};
use crate::names::{self, Scheme};
use crate::rules::times;

use super::listing::{self, ReadFile};
use super::spellings;

/// How often a name must occur to be suggested.
const ENOUGH: u32 = 3;

/// From how many times on a name without a title or a given name is somebody's.
const FAMOUS: u32 = 6;

/// A name as the corpus has it.
#[derive(Default)]
struct Name {
    count: u32,
    given: BTreeMap<String, u32>,
    /// How often a preposition of place stands before it, how often an article or another
    /// word that stands before nouns, and how often a title.
    in_place: u32,
    determined: u32,
    titled: u32,
    /// Whether its last word is one that organisations are called by.
    is_body: bool,
}

impl Name {
    /// The given names of the persons of the name, the most frequent first, each as it is written most; an
    /// initial only where there is nothing else.
    fn persons(&self) -> Vec<(String, u32)> {
        let mut given: Vec<(&String, &u32)> = self.given.iter().collect();
        given.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let is_initial = |given: &str| given.chars().nth(1).is_none();
        let mut persons: Vec<(String, u32)> = Vec::new();
        for (given, count) in given.iter().filter(|(given, _)| !is_initial(given)) {
            let is_one = |(known, _): &(String, u32)| names::are_one_given_name(known, given);
            match persons.iter().position(is_one) {
                Some(known) => persons[known].1 += *count,
                // What is no given name may be a word that happens to stand before the name.
                None if persons.is_empty() || is_given(given) => {
                    persons.push(((*given).clone(), **count));
                }
                None => {}
            }
        }
        if let (true, Some((initial, count))) = (persons.is_empty(), given.first()) {
            persons.push((format!("{initial}."), **count));
        }
        persons
    }
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
    Title,
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

/// Words in front of persons.
const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Miss",
    "Ms",
    "Dr",
    "Sir",
    "Lord",
    "Lady",
    "Comrade",
    "Marshal",
    "General",
    "Colonel",
    "Premier",
    "President",
    "Herr",
    "Frau",
    "Genosse",
    "Monsieur",
    "Madame",
    "Camarade",
    "Signor",
    "Compagno",
    "Señor",
    "товарищ",
    "тов",
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
    others: Vec<(String, Name)>,
}

/// Prints a draft of entries for what the files name often and the authority does not know;
/// gives the exit status.
pub fn suggest(paths: Vec<PathBuf>, config: Option<PathBuf>) -> ExitCode {
    let of = |file: &ReadFile<'_>| (unknown_names(file), starters(file), file.scheme);
    let (files, errors) = listing::read_all(paths, config, of);
    let scheme = files.iter().find_map(|(_, (.., scheme))| *scheme);
    let mut named: BTreeMap<u32, u32> = BTreeMap::new();
    for figure in files.iter().flat_map(|(_, (_, starters, _))| starters) {
        *named.entry(*figure).or_insert(0) += 1;
    }
    named.retain(|_, count| *count >= ENOUGH);
    let mut all: FxHashMap<String, Name> = FxHashMap::default();
    for unknown in files.into_iter().flat_map(|(_, (all, ..))| all) {
        let name = all.entry(unknown.family).or_default();
        name.count += 1;
        name.in_place += u32::from(unknown.before == Before::Place);
        name.determined += u32::from(unknown.before == Before::Noun);
        name.titled += u32::from(unknown.before == Before::Title);
        name.is_body |= unknown.is_body;
        if let Some(given) = unknown.given.filter(|given| may_be_given(given)) {
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

/// Whether a word before a name may be somebody's given name: `Foreign Affairs` is nobody.
fn may_be_given(word: &str) -> bool {
    is_given(word) || !names::is_english_word(word)
}

fn is_given(word: &str) -> bool {
    names::is_given_name(word) || names::is_given(word)
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
            let before = before.trim_end_matches('.');
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            let before = if BEFORE_PLACES.contains(&word) {
                Before::Place
            } else if BEFORE_NOUNS.contains(&word) {
                Before::Noun
            } else if TITLES.contains(&word) {
                Before::Title
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
            known.others.push((family, name));
        }
        suggestions.push(None);
    }
    suggestions.into_iter().flatten().filter(|one| one.kind().is_some()).collect()
}

impl Suggestion {
    /// Takes the spelling for the right one that follows the scheme of the corpus, however rare.
    fn follow(&mut self, scheme: Scheme) {
        let follows = |(other, _): &(String, Name)| {
            names::scheme_beside(other, &self.family, scheme).is_some()
        };
        let Some(at) = self.others.iter().position(follows) else {
            return;
        };
        let (family, name) = &mut self.others[at];
        std::mem::swap(family, &mut self.family);
        std::mem::swap(&mut name.count, &mut self.name.count);
    }

    /// What the name is of, if it is named often enough and what stands beside it tells.
    fn kind(&self) -> Option<FigureKind> {
        let Name { count, in_place, determined, titled, is_body, given } = &self.name;
        let others: u32 = self.others.iter().map(|(_, name)| name.count).sum();
        if count + others < ENOUGH {
            return None;
        }
        // `Party` alone is a word.
        let is_word = names::is_english_word(&self.family);
        if *is_body && (self.family.contains(' ') || !is_word) {
            return Some(FigureKind::Organisation);
        }
        let with_given: u32 = given.values().sum();
        // `Mr Justice`, once, makes no person of what is called justice.
        let is_titled = *titled > 0 && (!is_word || titled * 4 >= *count);
        if (with_given > 0 || is_titled) && (in_place + determined) * 12 < *count {
            return Some(FigureKind::Person);
        }
        if is_word {
            return None;
        }
        // Bulganin, whom everybody knows: what is named so often, and never as a place or a thing is.
        if *count >= FAMOUS && in_place + determined == 0 && !names::is_in_dictionary(&self.family)
        {
            return Some(FigureKind::Person);
        }
        if in_place * 6 >= *count && *in_place > determined * 2 && with_given * 6 < *count {
            return Some(FigureKind::Place);
        }
        let is_term = names::other_spellings(&self.family).next().is_some();
        (is_term || !self.others.is_empty() && *determined * 2 > *count).then_some(FigureKind::Term)
    }

    /// How often each spelling is there, and whose full names.
    fn counts(&self) -> String {
        let mut counts = format!("“{}” {}", self.family, times(self.name.count));
        for (form, name) in &self.others {
            let _ = write!(counts, ", “{form}” {}", times(name.count));
        }
        let persons = self.name.persons();
        if persons.len() > 1 && self.kind() == Some(FigureKind::Person) {
            let full = persons
                .iter()
                .map(|(given, count)| format!("“{given} {}” {}", self.family, times(*count)));
            let _ = write!(counts, "; in full {}", full.collect::<Vec<_>>().join(", "));
        }
        counts
    }

    /// The entries: of several persons of one surname one each, with the other spellings in the first.
    fn entries(&self) -> Vec<Figure> {
        let kind = self.kind().unwrap_or_default();
        let is_romanised = matches!(kind, FigureKind::Person | FigureKind::Place);
        let native = self.native().filter(|_| is_romanised);
        let (native, language) = native.unwrap_or_default();
        let variants = self.others.iter().map(|(form, _)| form.clone()).collect();
        let first = Figure {
            id: figures::id_of(&self.family),
            name: self.family.clone(),
            family: self.family.clone(),
            native,
            language: language.to_owned(),
            variants,
            kind,
            ..Figure::default()
        };
        if kind != FigureKind::Person {
            return vec![first];
        }
        if let Some(figure) = self.with_family_first() {
            return vec![figure];
        }
        let persons = self.name.persons();
        let names = persons.iter().map(|(given, _)| format!("{given} {}", self.family));
        let mut entries: Vec<Figure> =
            names.map(|name| Figure { name, variants: Vec::new(), ..first.clone() }).collect();
        match entries.first_mut() {
            Some(entry) => entry.variants = first.variants,
            None => entries.push(first),
        }
        entries
    }

    /// The entry of a name of China or Korea in two spellings, as which only the whole tells it.
    fn with_family_first(&self) -> Option<Figure> {
        let whole = |family: &str, name: &Name| {
            let given = name.given.iter().max_by_key(|(_, count)| **count)?.0;
            Some((given.clone(), format!("{given} {family}")))
        };
        let (family, name) = whole(&self.family, &self.name)?;
        let others = self.others.iter().filter_map(|(other, name)| Some(whole(other, name)?.1));
        let variants: Vec<_> =
            others.filter(|other| names::have_family_first(&name, other)).collect();
        let id = figures::id_of(&family);
        let is_told = !variants.is_empty();
        is_told.then(|| Figure { id, name, family, variants, ..Figure::default() })
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
fn draft(starters: &BTreeMap<u32, u32>, suggestions: Vec<Suggestion>) -> String {
    let mut text =
        String::from("# A draft: check each entry, complete it and delete what is no figure.\n");
    let mut ids = FxHashSet::default();
    let builtin = Authority::builtin();
    for (number, count) in starters {
        let figure = builtin.figure(*number);
        let _ = writeln!(text, "\n# named {}; the entry is the starter authority’s", times(*count));
        text += &figures::entry(figure);
        ids.insert(figure.id.clone());
    }
    for suggestion in suggestions {
        for facts in suggestion.entries() {
            let id = figures::free_id(&facts.id, |id| ids.contains(id));
            ids.insert(id.clone());
            let _ = writeln!(text, "\n# {}", suggestion.counts());
            text += &figures::entry(&Figure { id, ..facts });
        }
    }
    text
}
