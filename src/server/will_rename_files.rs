//! Files move: links to them, and their own relative links, are repaired.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::corpus::{CorpusIndex, Destination, LinkFact};
use crate::markup::PointerKind;
use crate::text::{LineIndex, Span};

use super::proto::{Lines, TextEdit, WorkspaceEdit, uri_of};
use super::snapshot::CorpusSnapshot;

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
    snapshot: &CorpusSnapshot,
    moves: &[(PathBuf, PathBuf)],
) -> Option<WorkspaceEdit> {
    let index = &snapshot.corpus.index;
    let mut changes = HashMap::new();
    for (name, facts) in index.documents() {
        let edits: Vec<(Span, String)> = facts
            .links
            .iter()
            .filter_map(|link| Some((link.path_span()?, new_path(index, &name, link, moves)?)))
            .collect();
        if edits.is_empty() {
            continue;
        }
        let (Some(uri), Some(text)) = (uri_of(Path::new(&*name)), snapshot.text_of(&name)) else {
            continue;
        };
        let starts = LineIndex::of(&text);
        let lines = Lines { text: &text, index: &starts, encoding: snapshot.encoding };
        let edits = edits.into_iter();
        let edits = edits.map(|(span, new_text)| TextEdit { range: lines.range(span), new_text });
        changes.insert(uri, edits.collect());
    }
    (!changes.is_empty()).then(|| WorkspaceEdit { changes: Some(changes), ..Default::default() })
}

/// How a link has to be written afterwards, if differently.
fn new_path(
    index: &CorpusIndex,
    from: &str,
    link: &LinkFact,
    moves: &[(PathBuf, PathBuf)],
) -> Option<String> {
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
    let way = relative(source.parent()?, &goal);
    // A space or a bracket would end the link.
    let written = utf8_percent_encode(&way, UNSAFE).to_string();
    (written != *link.path).then_some(written)
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
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_a_folder_to_a_file() {
        let way = |folder, file| relative(Path::new(folder), Path::new(file));
        assert_eq!(way("/a/b", "/a/b/c.md"), "c.md");
        assert_eq!(way("/a/b", "/a/d/c.md"), "../d/c.md");
        assert_eq!(way("/a", "/a/b/c.md"), "b/c.md");
    }
}
