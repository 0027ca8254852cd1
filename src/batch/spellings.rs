//! Which names of a list are spellings of one name.

use rustc_hash::FxHashMap;

use crate::names;

/// For each name of a list, the most frequent first, the number of the name that it is a
/// spelling of: its own, or that of an earlier one.
pub(super) fn heads<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<usize> {
    let mut heads: Vec<(usize, &str)> = Vec::new();
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    let mut by_bucket: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut found = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let buckets = names::buckets(name);
        let listed = names::other_spellings(name).filter_map(|other| by_name.get(other));
        let alike = buckets.iter().flat_map(|bucket| by_bucket.get(bucket).into_iter().flatten());
        let known = listed.chain(alike).copied().find(|&head| is_one(heads[head].1, name));
        if let Some(known) = known {
            found.push(heads[known].0);
            continue;
        }
        for bucket in buckets {
            by_bucket.entry(bucket).or_default().push(heads.len());
        }
        by_name.insert(name, heads.len());
        heads.push((number, name));
        found.push(number);
    }
    found
}

fn is_one(a: &str, b: &str) -> bool {
    names::may_be_spellings(a, b) && names::are_variants(a, b, false)
}

#[cfg(test)]
mod tests {
    use super::heads;

    #[test]
    fn spellings_belong_to_the_first() {
        assert_eq!(heads(["Trotsky", "Lenin", "Trotskii", "Levin", "Trotzky"]), [0, 1, 0, 3, 0]);
        assert_eq!(heads(["Politburo", "Presidium", "Praesidium", "Politbureau"]), [0, 1, 1, 0]);
    }
}
