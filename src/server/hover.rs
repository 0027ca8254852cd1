//! Hover: who is this, and how else is the name written? What does the note say?

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::corpus::{Analysis, CorpusIndex, MentionFact, WholeName};
use crate::figures::{Candidate, Figure, Form};
use crate::markup::{Format, PointerKind};
use crate::names::whole_reason;
use crate::text::Span;

use super::goal::Goal;
use super::prose_content::content;
use super::proto::{Hover, HoverContents, Position};
use super::snapshot::Snapshot;
use super::{citation, who};

/// Shown of a note, in characters.
const LONGEST_NOTE: usize = 600;

pub(super) fn hover(snapshot: &Snapshot, position: Position) -> Option<Hover> {
    let at = snapshot.offset(position);
    let (text, span) = note(snapshot, at)
        .or_else(|| work(snapshot, at))
        .or_else(|| entry(snapshot, at))
        .or_else(|| marked(snapshot, at))
        .or_else(|| name(snapshot, at))?;
    let value = content(text, snapshot.corpus.client.hovers_in_markdown);
    let range = Some(snapshot.lines().range(span));
    Some(Hover { contents: HoverContents::Markup(value), range })
}

/// The text of the note that a marker leads to.
fn note(snapshot: &Snapshot, at: usize) -> Option<(String, crate::text::Span)> {
    let pointers = snapshot.analysis.document.pointers.iter();
    let marker = pointers
        .filter(|pointer| pointer.kind == PointerKind::Marker)
        .find(|pointer| pointer.span.touches(at))?;
    let goal = Goal::at(snapshot, at)?;
    let text = prose_of(&goal.analysis, goal.anchor().extent);
    (!text.is_empty()).then(|| (escape(&text), marker.span))
}

/// What is cited by a key.
fn work(snapshot: &Snapshot, at: usize) -> Option<(String, Span)> {
    let (line, span) = citation::described(snapshot, at)?;
    (!line.is_empty()).then(|| (escape(&line), span))
}

/// The entry of a bibliography in TEI that a pointer leads to.
fn entry(snapshot: &Snapshot, at: usize) -> Option<(String, Span)> {
    let pointers = snapshot.analysis.document.pointers.iter();
    let pointer = pointers.clone().find(|pointer| pointer.span.touches(at))?;
    let goal = Goal::at(snapshot, at)?;
    if goal.analysis.document.format != Format::Tei {
        return None;
    }
    let element = goal.anchor().extent.of(&goal.analysis.source);
    let name = element.strip_prefix('<')?.split([' ', '\n', '\t', '\r', '>']).next()?;
    let is_work = matches!(name.rsplit(':').next()?, "bibl" | "biblStruct" | "biblFull");
    let text = without_tags(element);
    (is_work && !text.is_empty()).then(|| (escape(&text), pointer.span))
}

/// The text of an element, spaces as they are read.
fn without_tags(element: &str) -> String {
    let pieces = element.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    let words: Vec<&str> = pieces.flat_map(str::split_whitespace).collect();
    crate::markup::decoded(&words.join(" ")).chars().take(LONGEST_NOTE).collect()
}

/// What a reader reads of a stretch of the source, the markup left out.
fn prose_of(analysis: &Analysis, extent: Span) -> String {
    let blocks = analysis.document.blocks.iter();
    let inside = blocks.filter(|block| extent.covers(block.span) || block.span.covers(extent));
    let mut text = String::new();
    for block in inside {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(block.prose.text(&analysis.source));
    }
    text.chars().take(LONGEST_NOTE).collect()
}

/// The figure that the markup means, unless what the name says of it is more.
fn marked(snapshot: &Snapshot, at: usize) -> Option<(String, Span)> {
    let who = who::marked_at(snapshot, at)?;
    let named = snapshot.facts.mention_at(at).is_some_and(|mention| {
        let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
        matches!(candidates.as_slice(), [one] if one.figure == who.figure)
    });
    (!named).then(|| (card_of_figure(&snapshot.index, who.figure), who.span))
}

fn name(snapshot: &Snapshot, at: usize) -> Option<(String, crate::text::Span)> {
    let mention = snapshot.facts.mention_at(at)?;
    let candidates = snapshot.index.resolve_in(&snapshot.facts, mention);
    let spelling = snapshot.index.names().text(mention.family);
    let text = match candidates.as_slice() {
        [] => unlisted(snapshot, mention)?,
        [one] => card(&snapshot.index, *one, &spelling),
        several => open(snapshot, several, &spelling),
    };
    Some((text, mention.span()))
}

/// Several figures of one surname: who it is stays open.
fn open(snapshot: &Snapshot, candidates: &[Candidate], spelling: &str) -> String {
    let mut text = format!("**{}** may be\n", escape(spelling));
    for candidate in candidates {
        let figure = snapshot.index.authority().figure(candidate.figure);
        let _ = writeln!(text, "- {}", line(figure));
    }
    text
}

/// The card of the figure with this id.
pub(super) fn card_of(snapshot: &Snapshot, id: &str) -> Option<String> {
    let figure = snapshot.index.authority().by_id(id)?;
    Some(card_of_figure(&snapshot.index, figure))
}

/// The card of a figure by its number.
pub(super) fn card_of_figure(index: &CorpusIndex, figure: u32) -> String {
    let candidate = Candidate { figure, form: Form::Preferred };
    card(index, candidate, &index.authority().figure(figure).family)
}

fn card(index: &CorpusIndex, candidate: Candidate, spelling: &str) -> String {
    let figure = index.authority().figure(candidate.figure);
    let mut text = format!("**{}**", escape(&figure.name));
    if !figure.native.is_empty() {
        let _ = write!(text, " · {}", escape(&figure.native));
    }
    let dates = dates(figure);
    if !dates.is_empty() {
        let _ = write!(text, "  \n{dates}");
    }
    if !figure.role.is_empty() {
        let _ = write!(text, "  \n{}", escape(&figure.role));
    }
    text.push('\n');
    let how = match candidate.form {
        Form::Romanised(scheme) => Some(format!("follows {}", scheme.name())),
        Form::Listed => Some("is a listed variant".to_owned()),
        Form::Related => Some("is another romanisation".to_owned()),
        Form::Preferred | Form::Accepted => None,
    };
    if let Some(how) = how {
        let _ = writeln!(
            text,
            "\n“{}” {how}; the preferred form is **{}**.",
            escape(spelling),
            escape(&figure.family)
        );
    }
    let spellings = spellings(index, candidate.figure);
    if !spellings.is_empty() {
        let _ = writeln!(text, "\nIn this corpus: {spellings}");
    }
    if !figure.note.is_empty() {
        let _ = writeln!(text, "\n{}", escape(&figure.note));
    }
    for link in &figure.links {
        let _ = writeln!(text, "\n<{link}>");
    }
    text
}

/// Every spelling of a figure in the corpus, the commonest first.
fn spellings(index: &CorpusIndex, figure: u32) -> String {
    let names = index.names();
    let mut by_text: BTreeMap<Arc<str>, u32> = BTreeMap::new();
    for (word, count) in index.spellings_of(figure) {
        *by_text.entry(names.text(word)).or_insert(0) += count;
    }
    let mut counts: Vec<_> = by_text.into_iter().collect();
    counts.sort_by(|(a, x), (b, y)| y.cmp(x).then(a.cmp(b)));
    let shown = counts.iter().map(|(spelling, count)| format!("{} × {count}", escape(spelling)));
    shown.collect::<Vec<_>>().join(", ")
}

/// A name of several words that is another spelling of one of the corpus, as only the whole tells.
fn unlisted_whole(snapshot: &Snapshot, mention: &MentionFact) -> Option<String> {
    let names = snapshot.index.names();
    let whole = mention.whole()?;
    let written = whole.text(names);
    let families = names.related(whole.family).into_iter().chain([whole.family]);
    let others = families.flat_map(|family| snapshot.index.mentions_in_full(family));
    let mut alike: Vec<WholeName> = others.filter_map(|other| other.whole()).collect();
    alike.sort_unstable();
    alike.dedup();
    alike.retain(|other| *other != whole && whole_reason(&written, &other.text(names)).is_some());
    let shown = |name: WholeName| format!("{} × {}", escape(&name.text(names)), name.seen(names));
    let others: Vec<String> = alike.into_iter().map(shown).collect();
    (!others.is_empty()).then(|| {
        format!(
            "**{}** × {} in this corpus, also written {}",
            escape(&written),
            whole.seen(names),
            others.join(", ")
        )
    })
}

/// A name without an entry that occurs more than once.
fn unlisted(snapshot: &Snapshot, mention: &MentionFact) -> Option<String> {
    let names = snapshot.index.names();
    if names.certain(mention.family) == 0 {
        return None;
    }
    if let Some(text) = unlisted_whole(snapshot, mention) {
        return Some(text);
    }
    let spelling = names.text(mention.family);
    let mut text =
        format!("**{}** × {} in this corpus", escape(&spelling), names.count(mention.family));
    for other in names.related(mention.family) {
        let written = names.text(other);
        let relation = crate::names::compare(&spelling, &written, false);
        if matches!(relation, crate::names::Relation::Variant(_)) {
            let _ = write!(text, ", also written {} × {}", escape(&written), names.count(other));
        }
    }
    Some(text)
}

fn line(figure: &Figure) -> String {
    let parts = [escape(&figure.name), dates(figure), escape(&figure.role)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn dates(figure: &Figure) -> String {
    match (figure.born.is_empty(), figure.died.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("born {}", figure.born),
        (true, false) => format!("died {}", figure.died),
        (false, false) => format!("{} – {}", figure.born, figure.died),
    }
}

/// Text that Markdown must not take for its own.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '\\' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
