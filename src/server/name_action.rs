//! What can be done about a name: spell it alike in all documents, accept it as it is, enter
//! it into the authority.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::CONFIG_NAME;
use crate::corpus::{DocumentFacts, MentionFact, WordId};
use crate::figures::{self, Figure};
use crate::rules::{Finding, Silence};
use crate::text::Span;

use super::code_action::append;
use super::proto::{CodeAction, CodeActionKind};
use super::snapshot::Snapshot;
use super::workspace_edit::{Edits, workspace_edit};

/// The rules that compare spellings.
const RULES: [&str; 2] = ["name-variant", "name-misprint"];

/// The mention that a finding on the spelling of a name is about, and its word.
fn misspelt<'s>(snapshot: &'s Snapshot, finding: &Finding) -> Option<(&'s MentionFact, WordId)> {
    if !RULES.contains(&finding.rule) {
        return None;
    }
    let mention = snapshot.facts.mention_at(finding.span.start)?;
    let word = mention.words().find(|(_, span, _)| *span == finding.span)?;
    Some((mention, word.0))
}

/// The spelling that a finding is about, without the markup that may stand inside of it and whatever its
/// capitals.
pub(super) fn spelling(snapshot: &Snapshot, finding: &Finding) -> String {
    let written = finding.span.of(&snapshot.analysis.source).to_lowercase();
    let word = misspelt(snapshot, finding).map(|(_, word)| snapshot.index.names().text(word));
    word.map_or(written, |word| word.to_lowercase())
}

/// The ways to say that the spelling which a finding is about is right.
pub(super) fn accepting(snapshot: &Snapshot, finding: &Finding) -> Vec<CodeAction> {
    let Some((mention, word)) = misspelt(snapshot, finding) else {
        return Vec::new();
    };
    // Words are accepted as they are written: with markup inside they are those of one place.
    let written = finding.span.of(&snapshot.analysis.source).to_lowercase();
    let is_whole = snapshot.index.names().text(word).to_lowercase() == written;
    let in_corpus = is_whole.then(|| accept_in_corpus(snapshot, finding)).flatten();
    let ways = [accept_of_figure(snapshot, mention, word), in_corpus];
    ways.into_iter().flatten().collect()
}

/// The same repair of the spelling of a name in all documents, if others have it too. Linear in the
/// mentions of the corpus.
pub(super) fn repair_in_corpus(snapshot: &Snapshot, finding: &Finding) -> Option<CodeAction> {
    let (mention, word) = misspelt(snapshot, finding)?;
    let right = finding.subject.as_deref()?;
    let title = &finding.fixes.first()?.title;
    let wrong = snapshot.index.names().text(word);
    let here = places(snapshot, &snapshot.facts, mention, word).count();
    if snapshot.index.names().seen(word) as usize <= here {
        return None;
    }
    let mut edits = Edits::default();
    for (document, facts) in snapshot.index.documents() {
        let silence = Silence::of(&facts);
        let found = places(snapshot, &facts, mention, word)
            .filter(|(span, _)| !silence.covers(finding.rule, *span));
        let repairs: Vec<(Span, String)> = found
            .filter_map(|(span, mention)| {
                let [wrong, right] = [&*wrong, right].map(|text| mention.in_letters_of(span, text));
                facts.rewrite(span, &wrong, &right)
            })
            .collect();
        if !repairs.is_empty() {
            edits.insert(document, repairs);
        }
    }
    let documents = edits.len();
    let count: usize = edits.values().map(Vec::len).sum();
    (documents > 1).then(|| CodeAction {
        title: format!("{title} in all {count} places of {documents} documents"),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(workspace_edit(&snapshot.corpus, edits)),
        ..CodeAction::default()
    })
}

/// Where a document spells the same name so, but not what means another figure. The mention is given with each.
fn places<'f>(
    snapshot: &'f Snapshot,
    facts: &'f DocumentFacts,
    mention: &'f MentionFact,
    word: WordId,
) -> impl Iterator<Item = (Span, &'f MentionFact)> + 'f {
    let figure = |facts: &DocumentFacts, mention: &MentionFact| {
        let candidates = snapshot.index.resolve_in(facts, mention);
        candidates.first().map(|candidate| candidate.figure)
    };
    let wanted = figure(&snapshot.facts, mention);
    let open = facts.mentions.iter().filter(|other| !other.is_foreign);
    open.flat_map(move |other| {
        let is_same = other.words().any(|(known, ..)| known == word)
            && (other.family != word || figure(facts, other) == wanted);
        let words = other.words().filter(move |(known, ..)| is_same && *known == word);
        words.map(move |(_, span, _)| (span, other))
    })
}

/// The spelling becomes another right form of its figure, in the entry of `figures.toml`.
fn accept_of_figure(
    snapshot: &Snapshot,
    mention: &MentionFact,
    word: WordId,
) -> Option<CodeAction> {
    if word != mention.family {
        return None;
    }
    let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
    let [one] = candidates.as_slice() else {
        return None;
    };
    let figure = snapshot.index.authority().figure(one.figure);
    let path = figure.path.as_ref()?;
    let spelling = snapshot.index.names().text(word);
    let text = snapshot.text_of(&path.to_string_lossy())?;
    let (at, written) = figures::accepting(&text, &figure.id, &spelling)?;
    let mut changes = vec![(Span::gap(at), written)];
    // No form can be both.
    let variant = figures::without_variant(&text, &figure.id, &spelling);
    changes.extend(variant.map(|range| (Span::from(range), String::new())));
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
    let written = names.text(mention.family);
    let better = better_spelling(snapshot, mention);
    let family = better.unwrap_or(&written);
    let name = match mention.given.map(|given| names.text(given)) {
        Some(given) => format!("{given} {family}"),
        None => family.to_string(),
    };
    let figure = Figure {
        id: config.authority.free_id(&figures::id_of(family)),
        name: name.clone(),
        family: family.to_owned(),
        variants: better.map(|_| written.to_string()).into_iter().collect(),
        ..Figure::default()
    };
    let entry = format!("\n{}", figures::entry(&figure));
    // Of the files that the corpus has for its figures one that entries can be added to, even if it has
    // none yet.
    let is_toml = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let path = config.authority_files.iter().find(is_toml)?;
    let title = if config.authority.is_builtin && !path.exists() {
        format!(
            "Add “{name}” to a new figures.toml, instead of the figures that come with Rubricator"
        )
    } else {
        format!("Add “{name}” to the authority")
    };
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::REFACTOR),
        edit: Some(append(snapshot, path, &entry)?),
        ..CodeAction::default()
    })
}

/// How the family name of a mention is to be spelt, by a finding on it.
fn better_spelling<'s>(snapshot: &'s Snapshot, mention: &MentionFact) -> Option<&'s str> {
    let (_, span, _) = mention.words().find(|(word, ..)| *word == mention.family)?;
    let mut findings = snapshot.findings.iter().filter(|finding| RULES.contains(&finding.rule));
    findings.find(|finding| finding.span == span)?.subject.as_deref()
}
