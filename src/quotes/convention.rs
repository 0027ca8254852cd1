//! What marks the print of a language uses, before the document itself is asked.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::markup::Language;

use super::glyph::Glyph;

/// The pairs of marks of a language.
#[derive(Debug, Default)]
pub(super) struct Convention {
    /// Outermost marks, the commonest first, then those of inner quotations.
    pairs: Vec<(Glyph, Glyph)>,
    /// Whether paragraphs of one quotation may repeat its mark.
    repeats: bool,
}

impl Convention {
    /// That of a language; without a pair where none is known.
    pub(super) fn of(language: Language) -> &'static Self {
        static UNKNOWN: Convention = Convention { pairs: Vec::new(), repeats: true };
        let code = language.code();
        let regional = language.region().map(|region| format!("{code}-{region}"));
        regional
            .and_then(|tag| CONVENTIONS.get(tag.as_str()))
            .or_else(|| CONVENTIONS.get(code))
            .unwrap_or(&UNKNOWN)
    }

    /// Whether anything is known of the language.
    pub(super) fn is_known(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Whether paragraphs of one quotation may repeat its mark.
    pub(super) fn repeats(&self) -> bool {
        self.repeats
    }

    /// Whether the language has this pair.
    pub(super) fn has(&self, opener: Glyph, closer: Glyph) -> bool {
        self.pairs.contains(&(opener, closer))
    }

    /// Whether the language has the first of two pairs, and commoner than the other.
    pub(super) fn prefers(&self, pair: (Glyph, Glyph), other: (Glyph, Glyph)) -> bool {
        self.pairs.iter().find(|&&known| known == pair || known == other) == Some(&pair)
    }

    /// Whether a quotation that this mark opens may stand inside one that it opens as well.
    pub(super) fn nests(&self, opener: Glyph) -> bool {
        self.pairs.iter().filter(|&&(first, _)| first == opener).count() > 1
    }

    /// What commonly closes a quotation that this mark opens.
    pub(super) fn closer(&self, opener: Glyph) -> Option<Glyph> {
        let pair = self.pairs.iter().find(|&&(first, _)| first == opener);
        pair.map(|&(_, closer)| closer)
    }
}

/// Whether the print of a language has this pair of marks.
pub fn has_pair(language: Language, opener: Glyph, closer: Glyph) -> bool {
    Convention::of(language).has(opener, closer)
}

static CONVENTIONS: LazyLock<FxHashMap<&'static str, Convention>> = LazyLock::new(|| {
    let lines = include_str!("data/conventions.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(convention).collect()
});

fn convention(line: &'static str) -> Option<(&'static str, Convention)> {
    let (line, repeats) = line.strip_suffix(" +").map_or((line, false), |line| (line, true));
    let mut columns = line.split_whitespace();
    let language = columns.next()?;
    let pair = |column: &str| {
        let mut marks = column.chars().filter_map(Glyph::of);
        Some((marks.next()?, marks.next()?))
    };
    Some((language, Convention { pairs: columns.filter_map(pair).collect(), repeats }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_whole() {
        let lines = include_str!("data/conventions.txt").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (language, convention) = convention(line).expect(line);
            let columns =
                line.split_whitespace().filter(|&column| !matches!(column, ";" | "+")).count();
            assert_eq!(convention.pairs.len(), columns - 1, "{line}");
            assert!(Language::from_tag(language).is_known(), "{line}");
        }
    }

    #[test]
    fn a_region_may_have_its_own_marks() {
        let closer = |tag| Convention::of(Language::from_tag(tag)).closer(Glyph::LeftGuillemet);
        assert_eq!(closer("de-CH"), Some(Glyph::RightGuillemet));
        let first = |tag| Convention::of(Language::from_tag(tag)).pairs[0].0;
        assert_eq!(first("de-CH"), Glyph::LeftGuillemet);
        assert_eq!(first("de-AT"), Glyph::LowDouble);
    }
}
