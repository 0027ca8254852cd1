//! What tells a finding from one run to the next.

use std::hash::Hasher;

use fnv::FnvHasher;
use rustc_hash::FxHashMap;

use super::super::context;
use super::super::located::{Located, Opened};

/// Gives every finding of a run its own fingerprint: by path, rule, the words found, those
/// around them and which of equal ones it is, so that it outlives edits elsewhere.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<u64, u64>,
}

impl Fingerprints {
    pub(super) fn of(&mut self, finding: &Located, file: &Opened) -> String {
        let mut hasher = FnvHasher::default();
        let words = finding.span.of(&file.file.text);
        for part in [finding.path.as_str(), finding.rule, words] {
            hasher.write(part.as_bytes());
            hasher.write_u8(0);
        }
        hasher.write(&context::around(&file.file.text, finding.span).to_le_bytes());
        let count = self.seen.entry(hasher.finish()).or_insert(0);
        *count += 1;
        hasher.write(count.to_string().as_bytes());
        format!("{:016x}", hasher.finish())
    }
}
