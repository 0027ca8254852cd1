//! Which names of a list are spellings of one name.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::names::{self, Relation};

/// For each name of a list, the most frequent first, the number of the name that it is a
/// spelling of: its own, or that of an earlier one.
pub(super) fn heads<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<usize> {
    let mut heads: Vec<(usize, &str)> = Vec::new();
    let mut by_skeleton: FxHashMap<SmallVec<[u8; 20]>, Vec<usize>> = FxHashMap::default();
    let mut found = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let keys = names::keys(name);
        let known = keys
            .iter()
            .flat_map(|key| by_skeleton.get(&key.skeleton).into_iter().flatten())
            .copied()
            .find(|&head| {
                names::may_be_spellings(heads[head].1, name)
                    && matches!(names::compare(heads[head].1, name, false), Relation::Variant(_))
            });
        if let Some(head) = known {
            found.push(heads[head].0);
            continue;
        }
        for key in keys {
            by_skeleton.entry(key.skeleton).or_default().push(heads.len());
        }
        heads.push((number, name));
        found.push(number);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::heads;

    #[test]
    fn spellings_belong_to_the_first() {
        assert_eq!(heads(["Trotsky", "Lenin", "Trotskii", "Levin", "Trotzky"]), [0, 1, 0, 3, 0]);
    }
}
