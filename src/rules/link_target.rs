//! A link to a file that is not there.

use std::path::Path;

use crate::corpus::{Destination, LinkFact};
use crate::markup::{Format, PointerKind};

use super::{Check, CorpusContext, Edit, Finding, Fix, Rule, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "link-target",
    summary: "a link to a file that does not exist, or that leads out of the corpus",
    explanation: "\
Reports a link to a file that is not there, one whose name differs from the file's in the
case of its letters, and one that leads out of the folder of `rubricator.toml`.

The reader who follows it gets an error. A link that differs in case works on the desk of
whoever wrote it and fails on most servers.

    [the first part](Part-1.md)     <- the file is called part-1.md

In HTML also one to a folder, `part-1/`, that is not there, or that has no page of its own such as
`index.html`.

With `profile = \"mia\"` a link must also lead straight to a file: one to a folder, or one that
begins with `/`, does not work in a copy of the archive on a disk.

Put the name right, or supply the file. Addresses of the web are not looked at, nor are
paths that begin with `/`: where they lead is the server's matter.
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let view = context.view;
    // Where no wiki link leads to a page, the brackets mean something else.
    let has_pages = view.facts.links.iter().any(|link| {
        link.kind == PointerKind::Page
            && matches!(
                view.index.destination(&view.name, link),
                Destination::Document { .. } | Destination::NoSuchPlace { .. }
            )
    });
    let is_page = Format::of_path(Path::new(&*view.name)) == Some(Format::Html);
    // Of a folder every link to it is told where links must name files.
    let has_folders = is_page && !context.settings.links_name_files;
    for link in view.facts.links.iter().filter(|link| has_folders && is_folder(link)) {
        findings.extend(check_folder(context, link));
    }
    for link in view.facts.links.iter().filter(|link| is_checked(link)) {
        let (message, fix) = match view.index.destination(&view.name, link) {
            Destination::Missing if link.kind == PointerKind::Page => {
                if !has_pages {
                    continue;
                }
                (format!("There is no page “{}”.", link.path), None)
            }
            Destination::Missing if is_written_from_another(context, link) => continue,
            Destination::Missing => (format!("There is no file “{}”.", link.path), None),
            Destination::OtherCase { path } => {
                let message = format!(
                    "The file is called “{path}”; on most servers the case of letters counts."
                );
                (message, fix(link, path))
            }
            Destination::Outside => {
                (format!("This link leads out of the corpus, to “{}”.", link.path), None)
            }
            Destination::Document { .. }
            | Destination::NoSuchPlace { .. }
            | Destination::File(_) => continue,
        };
        findings.push(finding(context, link, message, fix));
    }
    if context.settings.links_name_files {
        check_that_files_are_named(context, findings);
    }
}

fn finding(
    context: &CorpusContext<'_>,
    link: &LinkFact,
    message: String,
    fix: Option<Fix>,
) -> Finding {
    Finding {
        rule: RULE.name,
        severity: context.severity,
        span: link.span(),
        subject: None,
        message,
        fixes: fix.into_iter().collect(),
        related: Vec::new(),
    }
}

/// Tells a link of a page to a folder that is not there or has nothing to show.
fn check_folder(context: &CorpusContext<'_>, link: &LinkFact) -> Option<Finding> {
    let view = context.view;
    let message = match view.index.destination(&view.name, link) {
        Destination::Missing => format!("There is no folder “{}”.", link.path),
        Destination::File(_) if view.index.is_bare_folder(&view.name, link) => {
            format!("The folder “{}” has no page, such as index.html, that it can show.", link.path)
        }
        _ => return None,
    };
    Some(finding(context, link, message, None))
}

/// Whether a path is that of a folder by its last sign. The folders around a page may have their
/// pages elsewhere.
fn is_folder(link: &LinkFact) -> bool {
    link.kind == PointerKind::Link
        && link.path.ends_with('/')
        && !link.path.starts_with('/')
        && !link.path.split('/').all(|part| matches!(part, "" | "." | ".."))
        && !is_pattern(link)
}

/// Links that only a server can follow.
fn check_that_files_are_named(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let view = context.view;
    for link in view.facts.links.iter().filter(|link| link.kind == PointerKind::Link) {
        if link.path.starts_with('/') {
            let message = "This link begins with “/”; write the way from this page to the file.";
            findings.push(finding(context, link, message.to_owned(), None));
        } else if let Some(page) = view.index.folder_page(&view.name, link) {
            let hint = page.as_ref().map(|page| format!(", “{page}”")).unwrap_or_default();
            let message = format!("This link leads to a folder; name the file itself{hint}.");
            let fix = page.and_then(|page| fix(link, page));
            findings.push(finding(context, link, message, fix));
        }
    }
}

/// What surely is the path of a file, and not a key or a placeholder of some program.
fn is_checked(link: &LinkFact) -> bool {
    if link.kind == PointerKind::Page {
        return true;
    }
    let is_link = matches!(
        link.kind,
        PointerKind::Link | PointerKind::Marker | PointerKind::Backlink | PointerKind::Bibliography
    );
    let has_extension = link.path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    is_link && has_extension && !link.path.starts_with('/') && !is_pattern(link)
}

/// Whether a path is one for some program to fill in.
fn is_pattern(link: &LinkFact) -> bool {
    link.path.contains(['{', '}', '$', '<', '>', '*', '\\'])
}

/// Whether the page is made from a source that is there: `part.html` from `part.md`.
fn is_written_from_another(context: &CorpusContext<'_>, link: &LinkFact) -> bool {
    let Some((stem, "html" | "htm")) = link.path.rsplit_once('.') else {
        return false;
    };
    ["md", "markdown", "xml", "txt"].iter().any(|extension| {
        let source = link.to_file(&format!("{stem}.{extension}"));
        let view = context.view;
        !matches!(
            view.index.destination(&view.name, &source),
            Destination::Missing | Destination::Outside
        )
    })
}

fn fix(link: &LinkFact, path: String) -> Option<Fix> {
    // Where it is written otherwise than it reads, the other one would have to be so too.
    let span = link.path_span().filter(|span| span.len() == link.path.len())?;
    let edits = vec![Edit { span, text: path.clone() }];
    Some(Fix { title: format!("Write {path}"), safe: true, edits })
}
