//! Under which hashes a name is filed, so that its other spellings are found in one step.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::key::keys;
use super::{arabic, armenian, chinese, greek, hebrew, japanese, well_known};

/// The shortest original that two spellings are compared for.
const SHORTEST: usize = 3;

/// Hashes of which any two spellings of one name share one at least. Two names may share one as
/// well; [`super::compare`] decides.
pub fn buckets(word: &str) -> SmallVec<[u64; 2]> {
    let long = keys(word).into_iter().filter(|key| key.skeleton.len() >= SHORTEST);
    let mut buckets: SmallVec<[u64; 2]> = long.map(|key| of_skeleton(&key.skeleton)).collect();
    let lower = word.to_lowercase();
    buckets.extend(greek::bucket(&lower).map(|sound| hash("el", sound.as_bytes())));
    buckets.extend(armenian::bucket(&lower).map(|stem| hash("hy", stem.as_bytes())));
    buckets.extend(japanese::bucket(&lower).map(|word| hash("ja", word.as_bytes())));
    buckets.extend(chinese::buckets(word).iter().map(|word| hash("zh", word.as_bytes())));
    let listed = [
        ("ar", arabic::listed(word)),
        ("he", hebrew::listed(word)),
        ("known", well_known::listed(word)),
    ];
    buckets.extend(
        listed
            .into_iter()
            .filter_map(|(language, row)| row.map(|row| hash(language, &row.to_le_bytes()))),
    );
    buckets.sort_unstable();
    buckets.dedup();
    buckets
}

/// The hash under which [`buckets`] files a name of which one key has this skeleton, if it is not
/// shorter than three signs.
pub fn of_skeleton(skeleton: &[u8]) -> u64 {
    hash("", skeleton)
}

/// The hash under which [`buckets`] files an Arabic name, and whether it is one person's or one house's
/// in whatever spelling; `None` for names that no list has.
pub fn arabic_bucket(word: &str) -> Option<(u64, bool)> {
    let row = arabic::listed(word)?;
    Some((hash("ar", &row.to_le_bytes()), arabic::is_house(row)))
}

fn hash(language: &str, text: &[u8]) -> u64 {
    FxBuildHasher.hash_one((language, text))
}

#[cfg(test)]
mod tests {
    use super::buckets;

    #[test]
    fn spellings_of_one_name_share_a_bucket() {
        for (a, b) in [
            ("Trotsky", "Trotzki"),
            ("Gaddafi", "Qadhdhafi"),
            ("Krikorian", "Grigoryan"),
            ("Valaoritis", "Balaorites"),
            ("Mordechai", "Mordekhay"),
            ("Yosida", "Yoshida"),
            ("Chun-ch’iao", "Chunqiao"),
            ("Tse-tung", "Zedong"),
            ("Yeltsin", "Jelzin"),
        ] {
            let other = buckets(b);
            assert!(buckets(a).iter().any(|hash| other.contains(hash)), "{a} {b}");
        }
    }
}
