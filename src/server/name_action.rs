//! What can be done about a name: spell it alike in all documents, accept it as it is, enter
//! it into the authority.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use crate::config::{Accept, CONFIG_NAME};
use crate::corpus::{DocumentFacts, MentionFact, NameIn};
use crate::figures::{self, Figure};
use crate::names;
use crate::rules::{Finding, Silence};
use crate::text::Span;

use super::code_action::append;
use super::proto::{CodeAction, CodeActionKind, WorkspaceEdit};
use super::snapshot::Snapshot;
use super::workspace_edit::{Edits, workspace_edit};

/// The rules that compare spellings.
const RULES: [&str; 2] = ["name-variant", "name-misprint"];

/// The mention that a finding on the spelling of a name is about, and what of it: a word, or all words.
fn misspelt<'s>(snapshot: &'s Snapshot, finding: &Finding) -> Option<(&'s MentionFact, NameIn)> {
    if !RULES.contains(&finding.rule) {
        return None;
    }
    let mention = snapshot.facts.mention_at(finding.span.start)?;
    let word = mention.words().find(|(_, span, _)| *span == finding.span);
    let whole = || mention.whole().filter(|_| mention.span() == finding.span);
    let name = word.map(|(word, ..)| NameIn::Word(word)).or_else(|| whole().map(NameIn::Whole))?;
    Some((mention, name))
}

/// How a name is spelt, without what stands between its words.
fn text_of(snapshot: &Snapshot, name: NameIn) -> String {
    let names = snapshot.index.names();
    match name {
        NameIn::Word(word) => names.text(word).to_string(),
        NameIn::Whole(whole) => whole.text(names),
    }
}

/// The spelling that a finding is about, without the markup that may stand inside of it and whatever its
/// capitals.
pub(super) fn spelling(snapshot: &Snapshot, finding: &Finding) -> String {
    let written = || finding.span.of(&snapshot.analysis.source).to_owned();
    let name = misspelt(snapshot, finding).map(|(_, name)| text_of(snapshot, name));
    name.unwrap_or_else(written).to_lowercase()
}

/// The ways to say that the spelling which a finding is about is right.
pub(super) fn accepting(snapshot: &Snapshot, finding: &Finding) -> Vec<CodeAction> {
    let Some((mention, name)) = misspelt(snapshot, finding) else {
        return Vec::new();
    };
    // Words are accepted as they are written: with markup inside they are those of one place.
    let written = finding.span.of(&snapshot.analysis.source).to_lowercase();
    let is_written_so = text_of(snapshot, name).to_lowercase() == written;
    let in_corpus = is_written_so.then(|| accept_in_corpus(snapshot, finding)).flatten();
    let ways = [accept_of_figure(snapshot, mention, name), in_corpus];
    ways.into_iter().flatten().collect()
}

/// The same repair of the spelling of a name in all documents, if others have it too. Linear in the
/// mentions of the corpus.
pub(super) fn repair_in_corpus(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let (mention, name) = misspelt(snapshot, finding)?;
    let right = finding.subject.as_deref()?;
    let title = &finding.fixes.first()?.title;
    let wrong = text_of(snapshot, name);
    let here = places(snapshot, &snapshot.facts, mention, name).count();
    if snapshot.index.names().seen(name.word()) as usize <= here {
        return None;
    }
    let (mut edits, mut count) = (Edits::default(), 0);
    for (document, facts) in snapshot.index.documents() {
        let silence = Silence::of(&facts);
        let accepted = Accepted::of(snapshot, &document, finding.rule);
        let found = places(snapshot, &facts, mention, name)
            .filter(|(span, _)| !silence.covers(finding.rule, *span) && !accepted.covers(*span));
        let repairs = found.filter_map(|(span, mention)| {
            let [wrong, right] = [&*wrong, right].map(|text| mention.in_letters_of(span, text));
            facts.rewrite(span, &wrong, &right)
        });
        let repairs: Vec<_> = repairs.collect();
        count += repairs.len();
        if !repairs.is_empty() {
            edits.insert(document, repairs.into_iter().flatten().collect());
        }
    }
    let documents = edits.len();
    (documents > 1).then(|| CodeAction {
        title: match count {
            // One in each.
            2 => format!("{title} in both documents"),
            _ => format!("{title} in all {count} places of {documents} documents"),
        },
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(workspace_edit(&snapshot.corpus, edits)),
        ..CodeAction::default()
    })
}

/// What the configuration says of a document: which places in it are right as they stand.
struct Accepted<'s> {
    snapshot: &'s Snapshot,
    document: &'s str,
    rule: &'s str,
    is_off: bool,
    /// From the folder of the configuration.
    path: &'s Path,
    accepts: Vec<&'s Accept>,
    /// Read only where there is a place to look at.
    text: OnceCell<Option<Arc<str>>>,
}

impl<'s> Accepted<'s> {
    fn of(snapshot: &'s Snapshot, document: &'s str, rule: &'s str) -> Self {
        let config = &snapshot.corpus.corpus.config;
        let path = Path::new(document);
        let path = path.strip_prefix(&config.root).unwrap_or(path);
        let accepts = config.accepts.iter();
        let accepts = accepts.filter(|accept| accept.rule == rule && accept.concerns(path));
        Self {
            snapshot,
            document,
            rule,
            is_off: config.levels(path).get(rule).is_none(),
            path,
            accepts: accepts.collect(),
            text: OnceCell::new(),
        }
    }

    /// Whether a finding of the rule at a place is not wanted.
    fn covers(&self, span: Span) -> bool {
        let text = || self.text.get_or_init(|| self.snapshot.text_of(self.document));
        let is_accepted = |accept: &&Accept| {
            text().as_ref().is_some_and(|text| accept.covers(self.path, self.rule, text, span))
        };
        self.is_off || self.accepts.iter().any(is_accepted)
    }
}

/// Where a document spells the same name so, but not what means another figure. The mention is given with each.
fn places<'f>(
    snapshot: &'f Snapshot,
    facts: &'f DocumentFacts,
    mention: &'f MentionFact,
    name: NameIn,
) -> impl Iterator<Item = (Span, &'f MentionFact)> + 'f {
    let figure = |facts: &DocumentFacts, mention: &MentionFact| {
        let candidates = snapshot.index.resolve_in(facts, mention);
        candidates.first().map(|candidate| candidate.figure)
    };
    let wanted = figure(&snapshot.facts, mention);
    let word = name.word();
    let open = facts.mentions.iter().filter(|other| !other.is_foreign);
    let same = open.filter(move |other| {
        may_be_written(name, other)
            && other.words().any(|(known, ..)| known == word)
            && (other.family != word || figure(facts, other) == wanted)
    });
    same.flat_map(move |other| name.places_in(other).map(move |span| (span, other)))
}

/// Whether a name can be written anew where it stands in a mention: a whole one cannot if something else
/// stands between its words.
fn may_be_written(name: NameIn, mention: &MentionFact) -> bool {
    matches!(name, NameIn::Word(_)) || mention.is_contiguous && !mention.has_particle()
}

/// Whether a file of the authority is ours; else it is TEI.
fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

/// The spelling becomes another right form of its figure, in its entry.
fn accept_of_figure(
    snapshot: &Snapshot,
    mention: &MentionFact,
    name: NameIn,
) -> Option<CodeAction> {
    if matches!(name, NameIn::Word(word) if word != mention.family) {
        return None;
    }
    let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
    let [one] = candidates.as_slice() else {
        return None;
    };
    let figure = snapshot.index.authority().figure(one.figure);
    let path = figure.path.as_ref()?;
    let spelling = text_of(snapshot, name);
    let text = snapshot.text_of(&path.to_string_lossy())?;
    let changes = if is_toml(path) {
        let (at, written) = figures::accepting(&text, &figure.id, &spelling)?;
        // No form can be both.
        let variant = figures::without_variant(&text, &figure.id, &spelling);
        let variant = variant.map(|range| (Span::from(range), String::new()));
        [Some((Span::gap(at), written)), variant].into_iter().flatten().collect()
    } else {
        vec![figures::accepting_in_tei(&text, &figure.id, &spelling)?]
    };
    let mut edits = Edits::default();
    edits.insert(Arc::from(path.to_string_lossy()), changes);
    Some(CodeAction {
        title: format!("Accept “{spelling}” as a form of {}", figure.name),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(workspace_edit(&snapshot.corpus, edits)),
        ..CodeAction::default()
    })
}

/// An `[[accept]]` for all documents.
fn accept_in_corpus(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let config = &snapshot.corpus.corpus.config;
    let words = finding.span.of(&snapshot.analysis.source);
    let entry = format!(
        "\n[[accept]]\nrule = \"{}\"\ntext = {}\nreason = \"so throughout\"\n",
        finding.rule,
        figures::quoted(words),
    );
    let path = config.path.clone().unwrap_or_else(|| config.root.join(CONFIG_NAME));
    Some(CodeAction {
        title: format!("Accept “{words}” in all documents ({CONFIG_NAME})"),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(append(snapshot, &path, &entry)?),
        ..CodeAction::default()
    })
}

/// An entry for a name that nobody is known by. A spelling that a finding is about becomes a variant
/// of the one that it should be.
pub(super) fn add_to_authority(snapshot: &Snapshot, at: usize) -> Option<CodeAction> {
    let mention = snapshot.facts.mention_at(at)?;
    let names = snapshot.index.names();
    if !snapshot.index.resolve(mention).is_empty() || names.certain(mention.family) == 0 {
        return None;
    }
    let config = &snapshot.corpus.corpus.config;
    let figure = new_figure(snapshot, mention);
    let name = &figure.name;
    // Of the files that the corpus has for its figures one that entries can be added to, even if it has
    // none yet; else the first list of TEI.
    let toml = config.authority_files.iter().find(|path| is_toml(path));
    let is_new = toml.is_some_and(|path| config.authority.is_builtin && !path.exists());
    let title = if is_new {
        format!(
            "Add “{name}” to a new figures.toml, instead of the figures that come with Rubricator"
        )
    } else {
        format!("Add “{name}” to the authority")
    };
    let edit = match toml {
        Some(path) => append(snapshot, path, &format!("\n{}", figures::entry(&figure))),
        None => config.authority_files.iter().find_map(|path| in_tei(snapshot, path, &figure)),
    };
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::REFACTOR),
        edit: Some(edit?),
        ..CodeAction::default()
    })
}

/// The entry of a figure in a personography.
fn in_tei(snapshot: &Snapshot, path: &Path, figure: &Figure) -> Option<WorkspaceEdit> {
    let document: Arc<str> = Arc::from(path.to_string_lossy());
    let text = snapshot.text_of(&document)?;
    let mut edits = Edits::default();
    edits.insert(document, vec![figures::adding_to_tei(&text, figure)?]);
    Some(workspace_edit(&snapshot.corpus, edits))
}

/// The entry of whom a mention names, spelt as the findings on it say.
fn new_figure(snapshot: &Snapshot, mention: &MentionFact) -> Figure {
    let known = snapshot.index.names();
    let mut figure = Figure::default();
    if let (Some(name), Some(whole)) = (better(snapshot, mention.span()), mention.whole()) {
        let variant = whole.text(known);
        let mut words = name.split(' ');
        let has_family_first = names::have_family_first(name, &variant);
        let family = if has_family_first { words.next() } else { words.next_back() };
        figure.name = name.to_owned();
        figure.family = family.unwrap_or(name).to_owned();
        figure.variants = vec![variant];
    } else {
        let written = known.text(mention.family);
        let better = better(snapshot, mention.family_span());
        figure.family = better.unwrap_or(&written).to_owned();
        figure.variants = better.map(|_| written.to_string()).into_iter().collect();
        let given = mention.given.map(|given| known.text(given));
        figure.name = match given.or_else(|| only_given(snapshot, &figure.family)) {
            Some(given) => format!("{given} {}", figure.family),
            None => figure.family.clone(),
        };
    }
    figure.id = snapshot.corpus.corpus.config.authority.free_id(&figures::id_of(&figure.family));
    figure
}

/// The given name of the only one of a family whom the corpus names in full.
fn only_given(snapshot: &Snapshot, family: &str) -> Option<Arc<str>> {
    let names = snapshot.index.names();
    let family = names.find(family, snapshot.facts.language)?;
    let mut all = snapshot.index.mentions_in_full(family).filter_map(|mention| mention.given);
    let first = all.next()?;
    let given = names.text(first);
    let is_name = given.chars().nth(1).is_some() && all.all(|other| other == first);
    is_name.then_some(given)
}

/// How the name that stands somewhere is to be spelt, by a finding on it.
fn better(snapshot: &Snapshot, span: Span) -> Option<&str> {
    let mut findings = snapshot.findings.iter().filter(|finding| RULES.contains(&finding.rule));
    findings.find(|finding| finding.span == span)?.subject.as_deref()
}
