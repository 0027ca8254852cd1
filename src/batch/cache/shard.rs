//! One file of the cache: what is known of many documents.
//!
//! The file is a sequence of entries: the key (16 bytes), the day of its last use (4), the
//! length of what is known (4) and a checksum of it and its key (8), little-endian; behind them
//! what is known.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Key, StoredDocument, replace};

/// Entries that no run has used for so many days are dropped.
const LONGEST_UNUSED: u32 = 30;

/// The day of an entry in use is not written anew before so many days have passed.
const DAY_STANDS: u32 = 7;

/// Of what this run did not use so many bytes are kept, and at least as much as it used.
const MOST_UNUSED: usize = 4 << 20;

/// The length of an entry's head in bytes.
const HEAD: usize = 32;

#[derive(Debug)]
pub(super) struct Shard {
    path: PathBuf,
    /// What the file holds; it is read when something of it is asked for.
    known: OnceLock<Known>,
    /// What was added.
    fresh: Mutex<FxHashMap<Key, Box<[u8]>>>,
}

#[derive(Debug, Default)]
struct Known {
    bytes: Vec<u8>,
    entries: FxHashMap<Key, Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Where in the file that which is known stands.
    place: Range<usize>,
    checksum: u64,
    day: u32,
    is_used: AtomicBool,
}

impl Shard {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path, known: OnceLock::new(), fresh: Mutex::default() }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::of(fs::read(&self.path).unwrap_or_default()))
    }

    pub(super) fn get(&self, key: Key) -> Option<StoredDocument> {
        let known = self.known();
        let entry = known.entries.get(&key)?;
        let document = postcard::from_bytes(known.sound(key, entry)?).ok()?;
        entry.is_used.store(true, Ordering::Relaxed);
        Some(document)
    }

    pub(super) fn add(&self, key: Key, bytes: Box<[u8]>) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(key, bytes);
    }

    /// Whether the file has to be written anew.
    pub(super) fn has_changed(&self, today: u32) -> bool {
        let has_fresh = !self.fresh.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        let is_stale = |entry: &Entry| {
            entry.is_used.load(Ordering::Relaxed) && today.saturating_sub(entry.day) >= DAY_STANDS
        };
        let known = self.known.get();
        has_fresh || known.is_some_and(|known| known.entries.values().any(is_stale))
    }

    /// Writes the file: what is new, what was used, and of the rest what was used last.
    pub(super) fn write(&self, today: u32) -> io::Result<()> {
        let known = self.known();
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Vec::with_capacity(known.bytes.len());
        for (&key, bytes) in fresh.iter() {
            append(&mut out, key, today, bytes);
        }
        let mut rest = Vec::new();
        for (&key, entry) in known.entries.iter().filter(|(key, _)| !fresh.contains_key(key)) {
            let Some(bytes) = known.sound(key, entry) else {
                continue;
            };
            if entry.is_used.load(Ordering::Relaxed) {
                append(&mut out, key, today, bytes);
            } else if today.saturating_sub(entry.day) < LONGEST_UNUSED {
                rest.push((entry.day, key, bytes));
            }
        }
        rest.sort_unstable_by_key(|(day, key, _)| (std::cmp::Reverse(*day), *key));
        let most = out.len() + out.len().max(MOST_UNUSED);
        for (day, key, bytes) in rest {
            if out.len() + HEAD + bytes.len() > most {
                break;
            }
            append(&mut out, key, day, bytes);
        }
        replace(&self.path, &out)
    }
}

impl Known {
    /// Reads the heads of the entries, up to the first that cannot be one.
    fn of(bytes: Vec<u8>) -> Self {
        let mut entries = FxHashMap::default();
        let mut at = 0;
        while let Some((key, entry)) = entry_at(&bytes, at) {
            at = entry.place.end;
            entries.insert(key, entry);
        }
        Self { bytes, entries }
    }

    /// What an entry holds, if it is what was written.
    fn sound(&self, key: Key, entry: &Entry) -> Option<&[u8]> {
        let bytes = &self.bytes[entry.place.clone()];
        (checksum(key, bytes) == entry.checksum).then_some(bytes)
    }
}

fn entry_at(bytes: &[u8], at: usize) -> Option<(Key, Entry)> {
    let rest = bytes.get(at..)?;
    let (key, rest) = rest.split_first_chunk()?;
    let (day, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (checksum, rest) = rest.split_first_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    let start = at + HEAD;
    let entry = Entry {
        place: start..start + length,
        checksum: u64::from_le_bytes(*checksum),
        day: u32::from_le_bytes(*day),
        is_used: AtomicBool::new(false),
    };
    (length <= rest.len()).then_some((Key::from_bytes(*key), entry))
}

fn append(out: &mut Vec<u8>, key: Key, day: u32, bytes: &[u8]) {
    // What has no place in a file of 4 GB is computed each time.
    let Ok(length) = u32::try_from(bytes.len()) else {
        return;
    };
    out.extend(key.to_bytes());
    out.extend(day.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(checksum(key, bytes).to_le_bytes());
    out.extend(bytes);
}

fn checksum(key: Key, bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, key.low())
}
