//! What a run found, for the case that nothing has changed since.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::rules::Finding;

use super::{Key, replace};

/// A run over the files of one corpus, as far as it depends on them.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct LastRun {
    /// The key of each file's document, in the order of the files; `None`: it could not be read.
    pub(in super::super) documents: Vec<Option<Key>>,
    /// The folders that links were looked for in, with a mark of the names in each.
    pub(in super::super) folders: Vec<(String, u64)>,
    /// All that was found, by the number of the file.
    pub(in super::super) findings: Vec<(usize, Vec<Finding>)>,
}

/// In front of the run stands a checksum of this length.
const CHECKSUM: usize = size_of::<u64>();

impl LastRun {
    /// All that was found in a file; `None`: nothing.
    pub(in super::super) fn findings_of(&self, file: usize) -> Option<&[Finding]> {
        let at = self.findings.binary_search_by_key(&file, |(number, _)| *number).ok()?;
        Some(&self.findings[at].1)
    }

    pub(super) fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (checksum, run) = bytes.split_first_chunk::<CHECKSUM>()?;
        if xxh3_64(run) != u64::from_le_bytes(*checksum) {
            return None;
        }
        postcard::from_bytes(run).ok()
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let run = postcard::to_allocvec(self).map_err(io::Error::other)?;
        replace(path, &[&xxh3_64(&run).to_le_bytes()[..], &run].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_is_not_as_it_was_written_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("run");
        assert_eq!(LastRun::read(&path), None);
        let documents = vec![Some(Key::of(&1)), None];
        let run = LastRun { documents, folders: vec![("a".to_owned(), 1)], findings: Vec::new() };
        run.write(&path).expect("written");
        assert_eq!(LastRun::read(&path), Some(run));
        let whole = fs::read(&path).expect("read");
        for at in 0..whole.len() {
            fs::write(&path, &whole[..at]).expect("written");
            assert_eq!(LastRun::read(&path), None, "cut at {at}");
            let mut damaged = whole.clone();
            damaged[at] ^= 16;
            fs::write(&path, damaged).expect("written");
            assert_eq!(LastRun::read(&path), None, "damaged at {at}");
        }
    }
}
