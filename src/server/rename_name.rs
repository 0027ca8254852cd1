//! Renaming somebody: every mention changes in its own form.
//!
//! One word is a new family name, or a new given name where the cursor stands on one; several
//! words are both. Initials, capitals and possessive endings stay what they are.

use std::sync::Arc;

use crate::corpus::{DocumentFacts, MentionFact, WordId};
use crate::figures::{self, Candidate, Figure, Form};
use crate::names;
use crate::text::Span;

use super::corpora::name_of;
use super::references::{mentions_of, same_word};
use super::rename::label_in;
use super::snapshot::Snapshot;
use super::workspace_edit::{Edits, Replacements};

/// What somebody is to be called.
struct NewName {
    given: Option<String>,
    family: Option<String>,
}

impl NewName {
    fn of(new: &str, is_on_given: bool, is_one_family: bool) -> Self {
        if is_on_given {
            return Self { given: Some(new.to_owned()), family: None };
        }
        let several = new.split_once(' ').filter(|_| !is_one_family);
        let given = several.map(|(given, _)| given.to_owned());
        let family = several.and_then(|_| new.rsplit(' ').next()).unwrap_or(new);
        Self { given, family: Some(family.to_owned()) }
    }
}

/// Who is renamed.
struct Whom<'s> {
    figure: Option<(u32, &'s Figure)>,
    /// The present given name, as far as it is known.
    given: Option<Arc<str>>,
}

/// Whether exactly one figure is named at a place.
pub(super) fn is_figure(snapshot: &Snapshot, at: usize) -> bool {
    let mention = snapshot.facts.mention_at(at);
    mention.is_some_and(|mention| {
        snapshot.index.resolve_in(&snapshot.facts, mention).len() == 1 && mention.is_contiguous
    })
}

/// The word of a name at a place: what can be renamed.
///
/// # Errors
/// Why it cannot.
pub(super) fn prepare(snapshot: &Snapshot, at: usize) -> Result<Option<(Span, String)>, String> {
    let Some(mention) = snapshot.facts.mention_at(at) else {
        return Ok(None);
    };
    whom(snapshot, mention)?;
    let given = given_at(snapshot, mention, at).and_then(|span| Some((mention.given?, span)));
    let (word, span) = given.unwrap_or((mention.family, mention.family_span()));
    Ok(Some((span, snapshot.index.names().text(word).to_string())))
}

/// Who is named by a mention.
///
/// # Errors
/// Why the name cannot be changed.
fn whom<'s>(snapshot: &'s Snapshot, mention: &MentionFact) -> Result<Whom<'s>, String> {
    if !mention.is_contiguous {
        return Err("there is markup within this name".to_owned());
    }
    let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
    match candidates.as_slice() {
        [one] => {
            let figure = snapshot.index.authority().figure(one.figure);
            let given = figure.name.split(' ').next().filter(|given| *given != figure.family);
            Ok(Whom { figure: Some((one.figure, figure)), given: given.map(Arc::from) })
        }
        [] => {
            let given = mention.given.map(|given| snapshot.index.names().text(given));
            Ok(Whom { figure: None, given: given.filter(|given| !is_initial(given)) })
        }
        several => {
            let authority = snapshot.index.authority();
            let mut names: Vec<&str> =
                several.iter().map(|one| authority.figure(one.figure).name.as_str()).collect();
            names.dedup();
            Err(format!("this may be {}", names.join(" or ")))
        }
    }
}

/// Every mention of the figure, or of the name of somebody unlisted, each in its own form.
pub(super) fn rename(snapshot: &Snapshot, at: usize, new: &str) -> Result<Edits, String> {
    let mention = snapshot.facts.mention_at(at).ok_or("nothing here has a name to change")?;
    if let Some(sign) = new.chars().find(|c| matches!(c, '<' | '>' | '&' | '"' | '\\')) {
        return Err(format!("“{new}” cannot be a name: {sign} is a sign of markup"));
    }
    let whom = whom(snapshot, mention)?;
    let found = match whom.figure {
        Some((figure, _)) => mentions_of(&snapshot.index, figure),
        None => same_word(&snapshot.index, mention),
    };
    let is_one_family = whom.figure.is_some_and(|(_, figure)| figure.family.contains(' '));
    let is_on_given = given_at(snapshot, mention, at).is_some();
    let new = NewName::of(new, is_on_given, is_one_family);
    let mut edits = Edits::default();
    for (document, spans) in &found {
        let Some(facts) = snapshot.index.facts(document) else {
            continue;
        };
        let is_wanted = |one: &&MentionFact| {
            spans.iter().any(|(span, _)| *span == one.span())
                && has_this_name(snapshot, &facts, one, &whom)
        };
        let mentions = facts.mentions.iter().filter(is_wanted);
        let places = mentions.flat_map(|one| {
            let edits = replacements(snapshot, one, &whom, &new).into_iter();
            edits.flat_map(|(word, span, text)| {
                let wrong = one.in_letters_of(span, &snapshot.index.names().text(word));
                facts.rewrite(span, &wrong, &text).unwrap_or_default()
            })
        });
        edits.insert(Arc::clone(document), places.collect());
    }
    if let Some((_, figure)) = whom.figure {
        edits.extend(of_entry(snapshot, figure, &whom, &new));
    }
    Ok(edits)
}

/// The given name at a place; an initial is no name that could be changed.
fn given_at(snapshot: &Snapshot, mention: &MentionFact, at: usize) -> Option<Span> {
    let (word, span, _) = mention.words().next().filter(|_| mention.given.is_some())?;
    let is_at = span.touches(at) && !is_initial(&snapshot.index.names().text(word));
    is_at.then_some(span)
}

fn is_initial(name: &str) -> bool {
    name.chars().nth(1).is_none()
}

/// Whether a mention has the name that changes, in whatever spelling: not `Bronstein`, which is
/// another name of Trotsky's; not the name in other letters; and of nobody unlisted who has
/// another given name.
fn has_this_name(
    snapshot: &Snapshot,
    facts: &DocumentFacts,
    mention: &MentionFact,
    whom: &Whom<'_>,
) -> bool {
    let names = snapshot.index.names();
    let Some((number, figure)) = whom.figure else {
        let own = mention.given.map(|given| names.text(given));
        return match (own, &whom.given) {
            (Some(own), Some(given)) => names::are_one_given_name(&own, given),
            _ => true,
        };
    };
    let is_accepted =
        |candidate: &Candidate| candidate.figure == number && candidate.form == Form::Accepted;
    let candidates = snapshot.index.resolve_in(facts, mention);
    let family = names.text(mention.family);
    !candidates.iter().any(is_accepted)
        || family.eq_ignore_ascii_case(&figure.family)
        || names::are_one_name(&family, &figure.family, true)
}

/// The words of a mention that change, with their places and what is to stand there.
fn replacements(
    snapshot: &Snapshot,
    mention: &MentionFact,
    whom: &Whom<'_>,
    new: &NewName,
) -> Vec<(WordId, Span, String)> {
    let mut found = Vec::new();
    if let Some(family) = &new.family {
        let is_term = whom.figure.is_some_and(|(_, figure)| figure.has_small_letters());
        // A term has its capital where it opens a sentence; what is in small letters stays in these.
        let family = if is_term { &names::with_capital(family) } else { family };
        let span = mention.family_span();
        found.push((mention.family, span, mention.in_letters_of(span, family)));
    }
    let first = mention.words().next().filter(|_| mention.given.is_some());
    if let (Some((word, span, _)), Some(given)) = (first, &new.given) {
        let own = snapshot.index.names().text(word);
        let is_his = whom.given.as_ref().is_some_and(|old| names::are_one_given_name(&own, old));
        let written = match is_initial(&own) {
            true => given.chars().take(1).collect(),
            false => mention.in_letters_of(span, given),
        };
        found.extend(is_his.then_some((word, span, written)));
    }
    found
}

/// The preferred form in the figure's own entry.
fn of_entry(
    snapshot: &Snapshot,
    figure: &Figure,
    whom: &Whom<'_>,
    new: &NewName,
) -> Option<(Arc<str>, Replacements)> {
    let path = figure.path.as_ref()?;
    let name = name_of(path);
    let text = snapshot.text_of(&name)?;
    // An editor may have changed the file since it was read.
    let entries = figures::entries(path, &text);
    let (figure, _) = entries.iter().find(|(entry, _)| entry.id == figure.id)?;
    let mut edits = Replacements::new();
    if let Some(family) = &new.family {
        for span in [Some(figure.span), figure.family_span].into_iter().flatten() {
            edits.push((label_in(&text, span, &figure.family)?, family.clone()));
        }
    }
    // What was a variant may now be the preferred form.
    if let Some(range) =
        new.family.as_ref().and_then(|family| figures::without_variant(&text, &figure.id, family))
    {
        edits.push((Span::from(range), String::new()));
    }
    if let (Some(given), Some(old)) = (&new.given, &whom.given) {
        let inner = label_in(&text, figure.span, old);
        edits.extend(inner.map(|inner| (inner, given.clone())));
    }
    Some((name, edits))
}
