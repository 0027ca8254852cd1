//! The pages that explain the rules, where an editor can open them.
//!
//! The code of a diagnostic is a link. The pages are the program's own, so they are written
//! to the user's cache folder, once for each version, and need no network.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

use crate::rules::RULES;

use super::proto::{Uri, uri_of};

static PAGES: OnceLock<BTreeMap<&'static str, Uri>> = OnceLock::new();

/// The page of a rule; `None` where the cache folder cannot be written.
pub(super) fn of(rule: &str) -> Option<Uri> {
    let pages = PAGES.get_or_init(|| {
        let folder = dirs::cache_dir().map(|cache| cache.join("rubricator"));
        let folder = folder.map(|folder| folder.join(env!("CARGO_PKG_VERSION")));
        let Some(folder) = folder.filter(|folder| write_all(folder).is_ok()) else {
            return BTreeMap::new();
        };
        let page = |name: &str| uri_of(&folder.join(format!("{name}.md")));
        RULES.iter().filter_map(|rule| Some((rule.name, page(rule.name)?))).collect()
    });
    pages.get(rule).cloned()
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
