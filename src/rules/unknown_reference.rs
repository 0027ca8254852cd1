//! A note marker that leads nowhere.

use rustc_hash::FxHashSet;

use crate::corpus::{Cited, Destination, LinkFact};
use crate::markup::{AnchorKind, Format, Pointer, PointerKind};
use crate::references;
use crate::text::Span;

use super::{Check, CorpusContext, DocumentContext, Edit, Finding, Fix, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-reference",
    summary: "a note marker or link without the note or place that it points to",
    explanation: "\
Reports a note marker in the text (`[3]`, `³`, `*`) to which there is no note, and a link to
a place that does not exist, in the same file (`#part-2`) or in another of the corpus
(`notes.html#n3`); in Markdown that declares a bibliography (`bibliography: works.bib`, or
`references:` with the works themselves) also a key (`@marx1867`) that it does not have.

The reader who follows it finds nothing. Mostly a note was lost between two pages when
they were scanned, or its number was misread.

    He denied it.[3]            <- there is no note 3

    Notes
    [1] The Courier, 4 May 1956.
    [2] Ibid.

With `profile = \"tei\"` every attribute is looked at that the Guidelines give pointers to
(`corresp`, `ana`, `wit`, `resp` …); else only links are, since many editions keep lists elsewhere
to which they point by a bare `#id`; and where a document has several such links and none leads
anywhere, neither are they.

Supply the note, or put the number right. A bracketed number that is no marker can be
accepted in `rubricator.toml`:

    [[accept]]
    file = \"1956/thaw.txt\"
    rule = \"unknown-reference\"
    text = \"[3]\"
",
    default: Some(Severity::Warning),
    check: Check::Both(check, check_corpus),
};

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    let analysis = context.analysis;
    let document = &analysis.document;
    let has_notes = document.anchors.iter().any(|anchor| anchor.kind == AnchorKind::Note);
    let must_lead = context.settings.pointers_must_lead && document.format == Format::Tei;
    let has_links = must_lead || leads_anywhere(context);
    let mut numbers = None;
    for (index, pointer) in document.pointers.iter().enumerate() {
        if analysis.references.target(index).is_some() {
            continue;
        }
        let message = match pointer.kind {
            PointerKind::Marker if pointer.is_open() || leads_elsewhere(pointer) => {
                continue;
            }
            // A note has the sign, if not one of the same run.
            PointerKind::Marker
                if is_sign(context, pointer)
                    && numbers
                        .get_or_insert_with(|| Numbers::of(context))
                        .notes
                        .contains(&*pointer.target) =>
            {
                continue;
            }
            PointerKind::Marker if is_in_a_word(context, pointer) => {
                let numbers = numbers.get_or_insert_with(|| Numbers::of(context));
                if !numbers.have_next_to(context, pointer) {
                    continue;
                }
                message(pointer, has_notes)
            }
            PointerKind::Marker => message(pointer, has_notes),
            PointerKind::Link | PointerKind::Backlink if has_links => {
                let Some(id) = fragment(pointer) else {
                    continue;
                };
                format!("This link leads to “{id}”, but there is no such place in this text.")
            }
            PointerKind::Other if must_lead => {
                let Some(id) = fragment(pointer) else {
                    continue;
                };
                format!("This points to “{id}”, but there is no such place in this text.")
            }
            _ => continue,
        };
        findings.push(finding(context.severity, pointer.span, message));
    }
}

/// What the corpus knows of links into its other documents.
fn check_corpus(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let view = context.view;
    for link in &view.facts.links {
        if link.kind == PointerKind::Citation {
            findings.extend(unknown_work(context, link));
        } else if link.kind == PointerKind::Figure
            || link.kind == PointerKind::Other && !context.settings.pointers_must_lead
        {
            continue;
        } else if let Destination::NoSuchPlace { name } = view.index.destination(&view.name, link)
            && let Some(id) = link.fragment.as_deref().filter(|id| !references::is_expression(id))
        {
            let file = name.rsplit('/').next().unwrap_or(&name);
            let message = format!("There is no place “{id}” in {file}.");
            findings.push(finding(context.severity, link.span(), message));
        }
    }
}

/// A key that no bibliography of the document has.
fn unknown_work(context: &CorpusContext<'_>, link: &LinkFact) -> Option<Finding> {
    let view = context.view;
    let key = link.fragment.as_deref()?;
    let Cited::Nothing = view.index.cited(&view.name, &view.facts, key) else {
        return None;
    };
    let near = nearest_key(context, key);
    let hint =
        near.as_ref().map_or_else(|| ".".to_owned(), |near| format!("; did you mean “{near}”?"));
    let message = format!("There is no work “{key}” in the bibliography of this text{hint}");
    let mut finding = finding(context.severity, link.span(), message);
    finding.fixes.extend(near.map(|near| Fix {
        title: format!("Cite “{near}”"),
        safe: false,
        edits: vec![Edit { span: link.span(), text: near }],
    }));
    Some(finding)
}

/// The key that differs by one slip, or in the case of letters, if there is exactly one.
fn nearest_key(context: &CorpusContext<'_>, key: &str) -> Option<String> {
    let view = context.view;
    let files = view.index.bibliographies(&view.name, &view.facts);
    let listed = files.iter().filter_map(|(_, file)| file.as_deref());
    let listed = listed.flat_map(|file| file.sources.iter().map(|source| source.key.as_str()));
    let own = view.facts.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Work);
    let is_near = |known: &&str| {
        known.eq_ignore_ascii_case(key)
            || known.len() > 3
                && known.len().abs_diff(key.len()) < 2
                && strsim::osa_distance(known, key) == 1
    };
    let mut near = listed.chain(own.map(|anchor| &*anchor.label)).filter(is_near);
    let first = near.next()?.to_owned();
    near.all(|other| other == first).then_some(first)
}

fn finding(severity: Severity, span: Span, message: String) -> Finding {
    Finding {
        rule: RULE.name,
        severity,
        span,
        subject: None,
        message,
        fixes: Vec::new(),
        related: Vec::new(),
    }
}

/// Whether links to places of the document are in use. In TEI `#name` is also written for
/// what another file or a database holds; where several are so and none leads anywhere, that is
/// what is meant.
fn leads_anywhere(context: &DocumentContext<'_>) -> bool {
    let analysis = context.analysis;
    let pointers = analysis.document.pointers.iter().enumerate();
    let is_own =
        |pointer: &Pointer| pointer.kind == PointerKind::Link && fragment(pointer).is_some();
    let links = || pointers.clone().filter(|(_, pointer)| is_own(pointer));
    analysis.document.format != Format::Tei
        || links().nth(1).is_none()
        || links().any(|(index, _)| analysis.references.target(index).is_some())
}

/// The place that a link names in its own document, unless that is its head.
fn fragment(pointer: &Pointer) -> Option<&str> {
    let id = pointer.own_id()?;
    (!references::is_top(id) && !references::is_expression(id)).then_some(id)
}

/// Whether the target is in another file, of which this document knows nothing.
fn leads_elsewhere(pointer: &Pointer) -> bool {
    pointer.target.contains('#') && pointer.own_id().is_none()
}

/// Whether a marker of a plain text is a sign, which is much else besides: `'*'`, `*.rs`.
fn is_sign(context: &DocumentContext<'_>, pointer: &Pointer) -> bool {
    let is_plain = context.analysis.document.format == Format::Plain;
    is_plain && pointer.target.starts_with(['*', '†', '‡', '§'])
}

/// Whether a number in plain text touches a letter or a figure: `argv[1]`, `4.[23]BSD`, `mv²` look
/// like markers and are none.
fn is_in_a_word(context: &DocumentContext<'_>, pointer: &Pointer) -> bool {
    let analysis = context.analysis;
    let before = analysis.source[..pointer.span.start].chars().next_back();
    let behind = analysis.source[pointer.span.end..].chars().next();
    analysis.document.format == Format::Plain
        && pointer.target.bytes().all(|byte| byte.is_ascii_digit())
        && [before, behind].into_iter().flatten().any(char::is_alphanumeric)
}

/// The numbers of the notes and, by their first sign, of the markers of a text.
struct Numbers<'a> {
    notes: FxHashSet<&'a str>,
    markers: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Numbers<'a> {
    fn of(context: &DocumentContext<'a>) -> Self {
        let analysis = context.analysis;
        let document = &analysis.document;
        let notes = document.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Note);
        let markers = document.pointers.iter().filter(|one| one.kind == PointerKind::Marker);
        Self {
            notes: notes.map(|note| note.label.as_str()).collect(),
            markers: markers
                .map(|one| (style(&analysis.source, one), one.target.as_str()))
                .collect(),
        }
    }

    /// Whether the number before or behind that of the marker is there too: notes are counted,
    /// and what is counted is no index and no power.
    fn have_next_to(&self, context: &DocumentContext<'_>, pointer: &Pointer) -> bool {
        let source = &context.analysis.source;
        let behind = source[pointer.span.end..].chars().next();
        let Some(number) = pointer.target.parse::<u32>().ok() else {
            return false;
        };
        // The first of all has none before it; `strcmp(argv[1], …` stands in no sentence.
        if number == 1 && stands_in_prose(source, pointer.span) {
            return true;
        }
        let style = style(source, pointer);
        let mut next = [number.saturating_sub(1), number + 1].into_iter().map(|n| n.to_string());
        !behind.is_some_and(char::is_alphanumeric)
            && next
                .any(|next| self.markers.contains(&(style, &*next)) || self.notes.contains(&*next))
    }
}

/// Whether white space stands before the word to which a marker is attached, and behind the marker.
fn stands_in_prose(source: &str, marker: Span) -> bool {
    let word = source[..marker.start].trim_end_matches(char::is_alphanumeric);
    word.ends_with(char::is_whitespace) && source[marker.end..].starts_with(char::is_whitespace)
}

/// How a marker is written: `[`, `(` or a superior figure, which has no sign before it.
fn style<'s>(source: &'s str, pointer: &Pointer) -> &'s str {
    let text = pointer.span.of(source);
    if text.starts_with(['[', '(']) { &text[..1] } else { "" }
}

fn message(pointer: &Pointer, has_notes: bool) -> String {
    let label = &pointer.target;
    if let Some(id) = pointer.own_id() {
        // Here a note need not be marked as one: it is the place that is missing.
        format!("This marker points to “{id}”, but there is no such place in this text.")
    } else if has_notes {
        format!("This marker points to note {label}, but there is no note {label} in this text.")
    } else {
        format!("This marker points to note {label}, but this text has no notes.")
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::Format;
    use crate::rules::fixture;

    #[test]
    fn a_marker_without_a_note_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He denied it.[1] So did the others.[3] Nobody asked twice in 1956 [May] or ever [sic].
                                   ^^^ there is no note 3

Notes

[1] The Courier, 4 May 1956.
",
        );
    }

    #[test]
    fn a_note_in_another_file_is_not_missed_here() {
        let source =
            "<p>So it was.<a href=\"notes.xhtml#n1\">1</a> And was it?<a href=\"#n2\">2</a></p>";
        let found = fixture::findings(&super::RULE, Format::Html, source);
        let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            ["This marker points to “n2”, but there is no such place in this text."]
        );
    }

    #[test]
    fn a_link_to_no_place_is_reported() {
        fixture::check(
            &super::RULE,
            Format::Html,
            "\
<p id='a'>See <a href='#b'>below</a>, <a href='#top'>the top</a> and <a href='#a'>here</a>.</p>
                       ^^ leads to “b”
",
        );
    }

    #[test]
    fn signs_come_again_on_every_page() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
He was there.* She was not.

* So the report.

They met.* Nobody knew.† It was *very* late.
                       ^ there is no note †

* So the other report.
",
        );
    }

    #[test]
    fn a_sign_in_quotes_is_not_missed_where_other_notes_have_it() {
        let source = "He wrote signs such as '*', '>' and so on.[1]\n\n[1] A.\n\nThen he left.[1] She \
                      stayed.*\n\n[1] B.\n\n* C.\n";
        fixture::check(&super::RULE, Format::Plain, source);
    }

    #[test]
    fn an_index_is_no_marker_unless_its_number_is_one_of_a_sequence() {
        fixture::check(
            &super::RULE,
            Format::Plain,
            "\
The program takes (argv[1]) and no more; user[13] said so, 4.[23]BSD and C[17]H[9] as well.
He denied it[5], and then he did not[6]. She did.[7]
                                    ^^^ no note 6
                                                 ^^^ no note 7

Notes

[5] The Courier, 4 May 1956.
",
        );
    }

    #[test]
    fn notes_that_start_again_by_chapter_are_found() {
        let source = "\
I

He denied it.[1] He said so.[2]

[1] The Courier.

[2] Ibid.

II

She denied it.[1]

[1] The Herald.
";
        fixture::check(&super::RULE, Format::Plain, source);
    }

    #[test]
    fn runs_of_notes_that_may_be_those_of_any_chapter_tell_nothing() {
        let source = "\
I

He denied it.[1] He said so.[2] Nobody asked.[3]

II

She denied it.[1] She left.[2]

Notes

[1] The Courier.

[1] The Herald.

[2] Ibid.

[1] The Times.

[4] Ibid.
";
        for rule in
            [&super::RULE, &crate::rules::unused_note::RULE, &crate::rules::note_order::RULE]
        {
            fixture::check(rule, Format::Plain, source);
        }
    }

    #[test]
    fn notes_collected_by_chapter_miss_their_own_markers() {
        let source = "\
I

He denied it.[1] He said so.[2] Nobody asked.[3]

II

She denied it.[1] She left.[2] They left.[4]
                                         ^^^ no note 4

Notes to chapter I

1. The Courier.

2. Ibid.

3. Ibid.

Notes to chapter II

1. The Herald.

2. Ibid.

3. Ibid.
";
        fixture::check(&super::RULE, Format::Plain, source);
    }
}
