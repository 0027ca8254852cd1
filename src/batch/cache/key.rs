//! What tells a thing from others: a hash (XXH3, 128 bits) of all that it is made from.

use std::fmt;
use std::hash::Hash;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::corpus::{Settings, Terms};
use crate::markup::Format;
use crate::rules::Levels;

/// A hash of 128 bits. Among a billion documents two have the same with a chance of less than
/// one in 10²⁰.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(in super::super) struct Key(u128);

impl Key {
    /// Of bytes.
    pub(in super::super) fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Of a value, by its parts.
    pub(in super::super) fn of(value: &impl Hash) -> Self {
        let mut hasher = Xxh3::new();
        value.hash(&mut hasher);
        Self(hasher.digest128())
    }

    /// Of all that the findings and facts of a document by itself are made from: these are
    /// arguments of the functions that find them, which know of nothing else but the terms of the
    /// authority.
    pub(in super::super) fn of_document(
        content: Self,
        format: Format,
        settings: &Settings,
        (levels, terms): (&Levels, &Terms),
    ) -> Self {
        Self::of(&(content, format, settings, levels, terms))
    }

    pub(super) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    pub(super) fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The last 64 bits.
    pub(super) fn low(self) -> u64 {
        self.0 as u64
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:032x}", self.0)
    }
}
