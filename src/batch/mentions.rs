//! `rubricator figures mentions`: every mention with its figure.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::corpus::{MentionFact, WordId};
use crate::figures::Form;
use crate::names::is_in_dictionary;
use crate::text::Span;

use super::listing::{self, ListFormat, ReadFile};
use super::located::Place;

/// A line of the list; field names and order are those of the output.
#[derive(Serialize)]
struct Line {
    path: String,
    start: Place,
    end: Place,
    text: String,
    /// The figure's id; null where nobody or several are known by the name.
    figure: Option<String>,
    /// What the form is to the figure: `preferred`, `accepted`, `variant`, or the id of the
    /// scheme of romanisation that it follows; null for what is no name and is marked as the figure's.
    scheme: Option<&'static str>,
}

/// Lists the mentions in all files under `paths`; gives the exit status.
pub fn list(paths: Vec<PathBuf>, config: Option<PathBuf>, format: ListFormat) -> ExitCode {
    let (files, errors) = listing::read_all(paths, config, lines_of);
    let lines = || files.iter().flat_map(|(_, lines)| lines);
    listing::finish(
        |out| match format {
            ListFormat::Jsonl => lines().try_for_each(|line| {
                serde_json::to_writer(&mut *out, line)?;
                out.write_all(b"\n")
            }),
            ListFormat::Csv => write_csv(lines(), out),
        },
        &errors,
    )
}

fn write_csv<'l>(lines: impl Iterator<Item = &'l Line>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["path", "line", "column", "offset", "text", "figure", "scheme"])?;
    for line in lines {
        let Place { line: row, column, offset } = line.start;
        writer.write_record([
            line.path.as_str(),
            &row.to_string(),
            &column.to_string(),
            &offset.to_string(),
            &line.text,
            line.figure.as_deref().unwrap_or(""),
            line.scheme.unwrap_or(""),
        ])?;
    }
    writer.flush()
}

fn lines_of(file: &ReadFile<'_>) -> Vec<Line> {
    let index = &file.corpus.index;
    let line = |mention: &MentionFact| {
        let candidates = index.resolve_in(&file.facts, mention);
        let only = candidates
            .first()
            .filter(|first| candidates.iter().all(|other| other.figure == first.figure));
        let span: Span = mention.span();
        Line {
            path: file.opened.name.clone(),
            start: file.opened.place(span.start),
            end: file.opened.place(span.end),
            text: span.of(&file.analysis.source).to_owned(),
            figure: only.map(|one| index.authority().figure(one.figure).id.clone()),
            scheme: only.map(|one| form_name(one.form)),
        }
    };
    // A capital at the head of a sentence is a mention only of somebody known, or of a name that stands
    // elsewhere in the document too and is no word.
    let names = index.names();
    let sure = file.facts.mentions.iter().filter(|mention| !mention.is_doubtful);
    let sure: FxHashSet<WordId> = sure.map(|mention| mention.family).collect();
    let is_name = |family: WordId| {
        sure.contains(&family) && names.is_name(family) && !is_in_dictionary(&names.text(family))
    };
    let is_certain = |mention: &&MentionFact| {
        !mention.is_doubtful
            || !index.resolve_in(&file.facts, mention).is_empty()
            || is_name(mention.family)
    };
    let mut lines: Vec<Line> = file.facts.mentions.iter().filter(is_certain).map(line).collect();
    lines.extend(index.marked_without_name(&file.facts).map(|(span, figure)| Line {
        path: file.opened.name.clone(),
        start: file.opened.place(span.start),
        end: file.opened.place(span.end),
        text: span.of(&file.analysis.source).to_owned(),
        figure: Some(index.authority().figure(figure).id.clone()),
        scheme: None,
    }));
    lines.sort_by_key(|line| (line.start.offset, line.end.offset));
    lines
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Preferred => "preferred",
        Form::Accepted => "accepted",
        Form::Listed | Form::Related => "variant",
        Form::Romanised(scheme) => scheme.id(),
    }
}
