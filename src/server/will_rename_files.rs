//! Files move: links to them, and their own relative links, are repaired.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::corpus::{CorpusIndex, Destination, LinkFact, is_folder_page, normal};
use crate::markup::{self, Format, PointerKind};
use crate::references;
use crate::text::Span;

use super::proto::WorkspaceEdit;
use super::snapshot::CorpusSnapshot;
use super::workspace_edit::{Edits, workspace_edit_of_all};

/// What would end a link in Markdown, HTML or TEI, or mean something else in it.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'&')
    .add(b'(')
    .add(b')')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'`');

/// The edits that keep every link leading where it led, for files that move from one path to
/// another; folders stand for what is in them.
pub(super) fn will_rename_files(
    corpora: &[CorpusSnapshot],
    moves: &[(PathBuf, PathBuf)],
) -> Option<WorkspaceEdit> {
    let parts = corpora.iter().map(|corpus| (corpus, edits(corpus, moves)));
    let parts: Vec<_> = parts.filter(|(_, edits)| !edits.is_empty()).collect();
    (!parts.is_empty()).then(|| workspace_edit_of_all(parts))
}

fn edits(snapshot: &CorpusSnapshot, moves: &[(PathBuf, PathBuf)]) -> Edits {
    let index = &snapshot.corpus.index;
    let mut all = Edits::default();
    for (name, facts) in index.documents() {
        let links = facts.links.iter();
        let new: Vec<(&LinkFact, String)> =
            links.filter_map(|link| Some((link, new_path(index, &name, link, moves)?))).collect();
        if new.is_empty() {
            continue;
        }
        let Some(text) = snapshot.text_of(&name) else {
            continue;
        };
        let new = new.into_iter().filter_map(|(link, path)| {
            let span = path_in(&text, &name, link)?;
            let written = text.get(span.range())?;
            Some((
                span,
                if link.kind == PointerKind::Page { path } else { encoded(&path, written) },
            ))
        });
        all.insert(Arc::clone(&name), new.collect());
    }
    all
}

/// A path as a link has it: a space or a bracket would end that. Letters of other alphabets stay,
/// unless the link as it was written has them encoded.
pub(super) fn encoded(path: &str, before: &str) -> String {
    if before.is_ascii() && before.contains('%') {
        return utf8_percent_encode(path, UNSAFE).to_string();
    }
    let mut written = String::with_capacity(path.len());
    for part in path.split_inclusive(|c: char| !c.is_ascii()) {
        let end = part.trim_end_matches(|c: char| !c.is_ascii()).len();
        written.extend(utf8_percent_encode(&part[..end], UNSAFE));
        written.push_str(&part[end..]);
    }
    written
}

/// Where the path of a link is written: in it, or where its label is defined.
fn path_in(text: &str, document: &str, link: &LinkFact) -> Option<Span> {
    link.path_span().or_else(|| {
        let format = Format::of_path(Path::new(document))?;
        let written = markup::written_at(text, format, link.span())?;
        let path = references::written_path(written.of(text), &link.path)?;
        Some(Span::new(written.start, written.start + path.len()))
    })
}

/// The path that a link has to have afterwards, if another.
fn new_path(
    index: &CorpusIndex,
    from: &str,
    link: &LinkFact,
    moves: &[(PathBuf, PathBuf)],
) -> Option<String> {
    if link.path.is_empty() {
        // A work, or a figure of the authority.
        return None;
    }
    let target = match index.destination(from, link) {
        Destination::Document { name, .. } | Destination::NoSuchPlace { name } => {
            PathBuf::from(&*name)
        }
        Destination::File(path) => path,
        _ => return None,
    };
    let (source, goal) = (moved(Path::new(from), moves), moved(&target, moves));
    if source == Path::new(from) && goal == target {
        return None;
    }
    if link.kind == PointerKind::Page && !link.path.contains('/') {
        // A page is found by its name, wherever it lies.
        let name = goal.file_stem()?.to_string_lossy();
        let is_same = target.file_stem().is_some_and(|stem| *stem.to_string_lossy() == *name);
        return (!is_same).then(|| name.into_owned());
    }
    let (before, after) = (Path::new(from).parent()?, source.parent()?);
    // A folder stands for the page in it, as long as that is called so.
    let is_by_folder =
        is_folder_page(&target) && Path::new(&*link.path).file_name() != target.file_name();
    let named = |path: &Path| match path.parent() {
        Some(folder) if is_by_folder && is_folder_page(path) => folder.to_owned(),
        _ => path.to_owned(),
    };
    let is_still_folder = !is_by_folder || is_folder_page(&goal);
    let way = relative(after, &named(&goal));
    let end = if link.path.ends_with('/') && is_still_folder { "/" } else { "" };
    let leads_there = match link.kind {
        PointerKind::Page => way == relative(before, &named(&target)),
        _ => normal(&after.join(&*link.path)) == named(&goal),
    };
    (!leads_there).then(|| way + end)
}

fn moved(path: &Path, moves: &[(PathBuf, PathBuf)]) -> PathBuf {
    let inside = moves.iter().find_map(|(old, new)| {
        let rest = path.strip_prefix(old).ok()?;
        Some(if rest.as_os_str().is_empty() { new.clone() } else { new.join(rest) })
    });
    inside.unwrap_or_else(|| path.to_owned())
}

/// The way from a folder to a file, both absolute, with `/`.
fn relative(folder: &Path, file: &Path) -> String {
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let way = up.chain(down).collect::<Vec<_>>().join("/");
    if way.is_empty() { ".".to_owned() } else { way }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_as_the_link_was() {
        assert_eq!(encoded("a b.md", "c.md"), "a%20b.md");
        assert_eq!(encoded("Хрущёв (1).md", "c.md"), "Хрущёв%20%281%29.md");
        assert_eq!(encoded("Хр.md", "a%20b.md"), "%D0%A5%D1%80.md");
        assert_eq!(encoded("Хр.md", "Ленин%201.md"), "Хр.md");
    }

    #[test]
    fn the_way_from_a_folder_to_a_file() {
        let way = |folder, file| relative(Path::new(folder), Path::new(file));
        assert_eq!(way("/a/b", "/a/b/c.md"), "c.md");
        assert_eq!(way("/a/b", "/a/d/c.md"), "../d/c.md");
        assert_eq!(way("/a", "/a/b/c.md"), "b/c.md");
        assert_eq!(way("/a", "/a"), ".");
    }
}
