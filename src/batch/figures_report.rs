//! `rubricator figures report`: a page that shows who is named where, and in which spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quick_xml::escape::escape;

use crate::corpus::{Analysis, MentionFact};
use crate::figures::{Figure, Form, years};
use crate::names::{self, Relation};
use crate::text::Span;

use super::listing::{self, ReadFile};
use super::replace::{Replacement, file_error};
use super::spellings;
use super::tally::count;

/// How many places of one spelling are shown; the page says how many more there are.
const MOST_PLACES: usize = 100;

/// How often a name without an entry must occur to be shown.
const ENOUGH: usize = 3;

/// How much of the text is shown on either side, in characters.
const CONTEXT: usize = 48;

/// One mention with what stands around it.
struct Place {
    path: String,
    line: usize,
    column: usize,
    before: String,
    text: String,
    after: String,
}

/// A mention and whom it names.
struct Named {
    who: Who,
    spelling: String,
    given: Option<String>,
    scheme: String,
    place: Place,
}

/// A figure by its id, or a name that the authority does not know.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Figure { family: String, id: String, name: String, native: String, years: String, role: String },
    Nobody { family: String },
}

/// One spelling of a name.
#[derive(Default)]
struct Spelling {
    scheme: String,
    count: usize,
    /// The given names beside it, without initials.
    given: BTreeSet<String>,
    places: Vec<Place>,
}

type Spellings = BTreeMap<String, Spelling>;

/// Writes the page for the files under `paths` to `target`; gives the exit status.
pub fn report(target: &Path, paths: Vec<PathBuf>, config: Option<PathBuf>) -> ExitCode {
    let of = |file: &ReadFile<'_>| (!file.analysis.is_own_page()).then(|| named(file));
    let (files, mut errors) = listing::read_all(paths, config, of);
    let files: Vec<_> = files.into_iter().filter_map(|(_, named)| named).collect();
    let count = files.len();
    let mut all: BTreeMap<Who, Spellings> = BTreeMap::new();
    for named in files.into_iter().flatten() {
        let spelling = all.entry(named.who).or_default().entry(named.spelling).or_default();
        spelling.scheme = named.scheme;
        spelling.count += 1;
        spelling.given.extend(named.given);
        if spelling.places.len() < MOST_PLACES {
            spelling.places.push(named.place);
        }
    }
    let mut all = together(all);
    all.retain(|who, spellings| matches!(who, Who::Figure { .. }) || total(spellings) >= ENOUGH);
    let written = Replacement::of(target).and_then(|mut file| {
        file.write_all(page(&all, count).as_bytes())?;
        file.finish()
    });
    if let Err(error) = written {
        errors.push(file_error(target, &error));
    }
    listing::finish(|_| Ok(()), &errors)
}

/// Puts the spellings of one name together where the authority does not know it.
fn together(mut all: BTreeMap<Who, Spellings>) -> BTreeMap<Who, Spellings> {
    let mut unknown: Vec<(Who, Spellings)> =
        all.extract_if(.., |who, _| matches!(who, Who::Nobody { .. })).collect();
    unknown.sort_by_key(|(_, spellings)| std::cmp::Reverse(total(spellings)));
    let families = unknown.iter().map(|(who, _)| match who {
        Who::Nobody { family } => family.as_str(),
        Who::Figure { name, .. } => name,
    });
    let heads = spellings::heads(families);
    let heads_of: Vec<Who> = unknown.iter().map(|(who, _)| who.clone()).collect();
    for ((who, mut spellings), head) in unknown.into_iter().zip(heads) {
        if let (Who::Nobody { family: head }, Who::Nobody { family }) = (&heads_of[head], &who)
            && let Relation::Variant(reason) = names::compare(head, family, false)
        {
            spellings.values_mut().for_each(|spelling| spelling.scheme.clone_from(&reason));
        }
        all.entry(heads_of[head].clone()).or_default().extend(spellings);
    }
    all
}

fn total(spellings: &Spellings) -> usize {
    spellings.values().map(|spelling| spelling.count).sum()
}

/// The mentions of one file.
fn named(file: &ReadFile<'_>) -> Vec<Named> {
    let index = &file.corpus.index;
    let authority = index.authority();
    let of = |mention: &MentionFact| {
        let candidates = index.resolve_in(&file.facts, mention);
        let one = candidates
            .first()
            .filter(|first| candidates.iter().all(|candidate| candidate.figure == first.figure));
        let spelling = index.names().text(mention.family).to_string();
        let (who, scheme) = match one {
            Some(one) => (figure(authority.figure(one.figure)), form(one.form).to_owned()),
            // Between several of one surname nothing tells; a capital at the head of a sentence
            // is no name for certain.
            None if !candidates.is_empty() || mention.is_doubtful => return None,
            // Nor is `the Committee` a name, nor a German noun.
            None if is_word(file, mention, &spelling) => return None,
            None => (Who::Nobody { family: spelling.clone() }, String::new()),
        };
        let place = place(file, mention.span());
        let given = mention.given.map(|given| index.names().text(given).to_string());
        let given = given.filter(|given| given.chars().nth(1).is_some());
        Some(Named { who, spelling, given, scheme, place })
    };
    file.facts.mentions.iter().filter_map(of).collect()
}

fn is_word(file: &ReadFile<'_>, mention: &MentionFact, spelling: &str) -> bool {
    let is_alone = mention.given.is_none();
    is_alone && names::is_english_word(spelling)
        || !file.corpus.index.names().is_name(mention.family)
}

fn figure(figure: &Figure) -> Who {
    Who::Figure {
        family: figure.family.clone(),
        id: figure.id.clone(),
        name: figure.name.clone(),
        native: figure.native.clone(),
        years: years(figure),
        role: figure.role.clone(),
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Preferred => "preferred",
        Form::Accepted => "accepted",
        Form::Listed => "listed variant",
        Form::Related => "another romanisation",
        Form::Romanised(scheme) => scheme.name(),
    }
}

fn place(file: &ReadFile<'_>, span: Span) -> Place {
    let at = file.opened.place(span.start);
    let [before, text, after] = in_context(&file.analysis, span);
    Place { path: file.opened.name.clone(), line: at.line, column: at.column, before, text, after }
}

/// What a reader reads before a place of the source, there, and behind it.
fn in_context(analysis: &Analysis, span: Span) -> [String; 3] {
    let next = analysis.document.blocks.partition_point(|block| block.span.start <= span.start);
    let found = (0..next).rev().take(8).find_map(|number| {
        let prose = &analysis.document.blocks[number].prose;
        let (start, end) = (prose.to_prose(span.start)?, prose.to_prose(span.end)?);
        Some((analysis.prose(number), start, end))
    });
    let Some((prose, start, end)) = found.filter(|&(prose, start, end)| {
        start <= end && prose.is_char_boundary(start) && prose.is_char_boundary(end)
    }) else {
        return [String::new(), span.of(&analysis.source).to_owned(), String::new()];
    };
    let before: Vec<char> = prose[..start].chars().rev().take(CONTEXT).collect();
    let after = prose[end..].chars().take(CONTEXT).collect();
    [before.into_iter().rev().collect(), prose[start..end].to_owned(), after]
}

fn page(all: &BTreeMap<Who, Spellings>, files: usize) -> String {
    let mut entries = String::new();
    let mut mentions = 0;
    for (who, spellings) in all {
        mentions += total(spellings);
        entry(&mut entries, who, spellings);
    }
    let figures = all.keys().filter(|who| matches!(who, Who::Figure { .. })).count();
    let summary = format!(
        "{} and {} without an entry, {} in {}",
        count(figures, "figure", "figures"),
        count(all.len() - figures, "name", "names"),
        count(mentions, "mention", "mentions"),
        count(files, "file", "files"),
    );
    // The page holds its styles and its script, so that it can be sent as one file.
    include_str!("data/figures_report.html")
        .replace("<!-- summary -->", &summary)
        .replace("<!-- entries -->", &entries)
}

fn entry(page: &mut String, who: &Who, spellings: &Spellings) {
    let (name, family, id, native, about) = match who {
        Who::Figure { family, id, name, native, years, role } => {
            let facts = [years, role].into_iter().map(|fact| escape(fact.as_str()).into_owned());
            let facts = std::iter::once(isolated(native)).chain(facts);
            let facts: Vec<_> = facts.filter(|fact| !fact.is_empty()).collect();
            (name, family, id.as_str(), native.as_str(), facts.join(" · "))
        }
        Who::Nobody { family } => (family, family, "", "", "no entry".to_owned()),
    };
    let full = spellings.get(family).filter(|_| id.is_empty()).and_then(|one| full(family, one));
    let name = full.as_ref().unwrap_or(name);
    let forms: Vec<&str> = spellings.keys().map(String::as_str).collect();
    let _ = writeln!(
        page,
        "<details data-name=\"{0}\" data-family=\"{9}\" data-count=\"{1}\" data-spellings=\"{2}\" data-forms=\"{3}\" \
         data-kind=\"{6}\"{7}>\n\
         <summary><b>{8}</b> <span class=\"about\">{4}</span> \
         <span class=\"count\">{1} × <span class=\"forms\">in {2} {5}</span></span></summary>",
        escape(name),
        total(spellings),
        spellings.len(),
        escape(format!("{id} {native} {}", forms.join(" "))),
        about,
        if spellings.len() == 1 { "spelling" } else { "spellings" },
        if id.is_empty() { "none" } else { "figure" },
        if spellings.len() > 1 { " class=\"several\"" } else { "" },
        isolated(name),
        escape(family),
    );
    let mut sorted: Vec<_> = spellings.iter().collect();
    sorted.sort_by_key(|(text, spelling)| (std::cmp::Reverse(spelling.count), *text));
    for (text, spelling) in sorted {
        self::spelling(page, text, spelling);
    }
    page.push_str("</details>\n");
}

/// The name of somebody without an entry, if one given name alone stands beside it.
fn full(family: &str, spelling: &Spelling) -> Option<String> {
    let mut given = spelling.given.iter();
    let one = given.next().filter(|_| given.len() == 0)?;
    Some(format!("{one} {family}"))
}

/// A text that may run from right to left beside others that do not.
fn isolated(text: &str) -> String {
    let is_plain = text.is_ascii() || text.chars().all(|c| c < '\u{590}');
    match escape(text) {
        text if is_plain => text.into_owned(),
        text => format!("<bdi>{text}</bdi>"),
    }
}

fn spelling(page: &mut String, text: &str, spelling: &Spelling) {
    let _ = writeln!(
        page,
        "<h3>{} <span class=\"about\">{}</span> <span class=\"count\">{} ×</span></h3>\n\
         <div class=\"kwic\"><table>",
        isolated(text),
        escape(&spelling.scheme),
        spelling.count
    );
    for place in &spelling.places {
        let _ = writeln!(
            page,
            "<tr><td class=\"place\">{}:{}:{}</td><td class=\"before\">{}</td>\
             <td><mark>{}</mark>{}</td></tr>",
            escape(&place.path),
            place.line,
            place.column,
            isolated(&place.before),
            isolated(&place.text),
            isolated(&place.after)
        );
    }
    page.push_str("</table></div>\n");
    let more = spelling.count - spelling.places.len();
    if more > 0 {
        let _ = writeln!(page, "<p class=\"about more\">and {more} more</p>");
    }
}
