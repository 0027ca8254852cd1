//! Words that the authority writes with a small letter: kolkhoz, and its other spelling kolhoz. No capital
//! tells that they are names, so they are looked for one by one.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use regex::Regex;
use smallvec::smallvec;

use crate::figures::{Authority, Figure};
use crate::markup::{Block, InlineKind};
use crate::names::{self, Mention, NameWord};
use crate::text::ProseSpan;

/// The words in small letters of an authority; most have none.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// In order.
    words: Arc<[String]>,
    pattern: Option<Regex>,
}

/// Another romanisation of a term that is shorter may be any word.
const SHORTEST_ROMANISED: usize = 6;

/// No shorter word is a term.
const SHORTEST: usize = 3;

impl Terms {
    /// Those of an authority.
    pub fn of(authority: &Authority) -> Self {
        let figures = authority.figures().iter().enumerate();
        let mut words: Vec<String> = figures
            .filter(|(_, figure)| is_term(&figure.name))
            .flat_map(|(number, figure)| {
                let romanised = authority.romanised_forms(number as u32).into_iter();
                let romanised =
                    romanised.map(|(form, _)| form.to_lowercase()).filter(|form| may_be_term(form));
                listed(figure).cloned().chain(romanised).collect::<Vec<_>>()
            })
            .filter(|form| is_term(form))
            .collect();
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return Self::default();
        }
        let each: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        // Whole words, so at most one of them fits.
        let pattern = Regex::new(&format!(r"\b(?:{})\b", each.join("|"))).ok();
        Self { words: words.into(), pattern }
    }

    /// The mentions of them in a block; those in code, in another language and beside a hyphen are none.
    pub(super) fn mentions(&self, prose: &str, block: &Block) -> Vec<Mention> {
        let Some(pattern) = &self.pattern else {
            return Vec::new();
        };
        let is_hidden = |span: ProseSpan| {
            let mut around = block.inlines.iter().filter(|inline| inline.span.overlaps(span));
            around.any(|inline| matches!(inline.kind, InlineKind::Opaque | InlineKind::Foreign(_)))
        };
        let found = pattern.find_iter(prose).map(|word| ProseSpan::new(word.start(), word.end()));
        let is_whole = |span: &ProseSpan| {
            !prose[..span.start].ends_with('-') && !prose[span.end..].starts_with('-')
        };
        found.filter(is_whole).filter(|span| !is_hidden(*span)).map(mention).collect()
    }
}

/// Two authorities with the same words find the same.
impl Hash for Terms {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

fn listed(figure: &Figure) -> impl Iterator<Item = &String> {
    [&figure.name, &figure.family].into_iter().chain(&figure.variants).chain(&figure.accepted)
}

/// Whether a form is one word in small letters.
fn is_term(form: &str) -> bool {
    form.chars().all(char::is_lowercase) && form.chars().nth(SHORTEST - 1).is_some()
}

/// Whether what a scheme makes of a term is no word that has nothing to do with it.
fn may_be_term(form: &str) -> bool {
    form.chars().nth(SHORTEST_ROMANISED - 1).is_some() && !names::is_in_dictionary(form)
}

fn mention(span: ProseSpan) -> Mention {
    Mention {
        span,
        words: smallvec![NameWord { span, is_initial: false }],
        has_title: false,
        before: None,
        starts_sentence: false,
        is_named: true,
        is_determined: false,
        is_acronym: false,
    }
}
