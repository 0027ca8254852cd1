//! The pages that explain the rules, where an editor can open them.
//!
//! The code of a diagnostic is a link. The pages are the program's own, so they are written
//! to the user's cache folder, once for each version, and need no network.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::rules::RULES;

use super::proto::{Uri, uri_of};

static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();

/// The page of a rule; `None` where the cache folder cannot be written.
pub(super) fn of(rule: &str) -> Option<Uri> {
    let folder = FOLDER.get_or_init(|| {
        let folder = dirs::cache_dir()?.join("rubricator").join(env!("CARGO_PKG_VERSION"));
        write_all(&folder).ok().map(|()| folder)
    });
    uri_of(&folder.as_ref()?.join(format!("{rule}.md")))
}

fn write_all(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for rule in RULES {
        let path = folder.join(format!("{}.md", rule.name));
        let text = format!("# {}\n\n{}\n\n{}", rule.name, rule.summary, rule.explanation);
        // Two servers may start at once: each writes the same.
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            continue;
        }
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.persist(&path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_that_explains_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("new");
        write_all(&folder).expect("written");
        write_all(&folder).expect("written again");
        for rule in RULES {
            let path = folder.join(format!("{}.md", rule.name));
            let page = fs::read_to_string(path).expect("a page");
            assert!(page.contains(rule.explanation), "{}", rule.name);
        }
    }
}
