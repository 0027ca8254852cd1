//! What the documents of a corpus share.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use dashmap::{DashMap, Entry};
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::figures::{Authority, Candidate, Form};
use crate::markup::{Ignore, InlineKind, Language};
use crate::names;
use crate::references;
use crate::text::Span;

use super::Analysis;
use super::incoming::Incoming;
use super::links::{self, AnchorFact, LinkFact, NoteFact, Surroundings};
use super::names::{BlockFacts, MentionFact, Names, Terms, WholeName, WordId, office};
use super::pages::Pages;
use super::pieces::{Pieces, Rewritten};
use super::tagged::{self, TaggedName};
use super::whereabouts::{FirstPlaces, NameIn};

/// What is kept of a document once its text has been dropped.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Comments that silence rules.
    pub ignores: Vec<Ignore>,
    /// Places that are right as they stand: `[sic]`, `<sic>`, `<orig>`.
    pub sic: Vec<Span>,
    /// Who is named where, in the order of the source.
    pub mentions: Vec<MentionFact>,
    /// Names that markup divides.
    pieces: Pieces,
    /// What the markup points from as somebody's name.
    pub(super) tagged: Box<[TaggedName]>,
    /// What other documents can point at, in the order of the source.
    pub anchors: Vec<AnchorFact>,
    /// What it points at in other files, and figures and works that it does not have itself.
    pub links: Vec<LinkFact>,
    /// Its notes that need a marker, in the order of the source.
    pub notes: Vec<NoteFact>,
    /// How many pointers to figures lead to entries of its own.
    pub figures_found: usize,
    /// The main language.
    pub language: Language,
    /// The number of the first anchor of each label; made when it is first asked for.
    #[serde(skip)]
    labels: OnceLock<FxHashMap<Box<str>, u32>>,
    /// How often each figure is named with each spelling, by figure; made when it is first asked
    /// for.
    #[serde(skip)]
    named: OnceLock<Box<[Named]>>,
}

/// A figure by its number in the authority, a spelling, and how often a document has it.
type Named = (u32, WordId, u32);

impl DocumentFacts {
    /// The mention that byte `at` of the source lies in or touches.
    pub fn mention_at(&self, at: usize) -> Option<&MentionFact> {
        let next = self.mentions.partition_point(|mention| mention.span().start <= at);
        let near = self.mentions[..next].iter().rev().take(2);
        near.into_iter().find(|mention| mention.span().touches(at))
    }

    /// The edits that make another spelling of a word of a mention, which stands at `word` and is spelt
    /// `wrong` there. Where markup stands inside of it only letters are changed; `None` if that cannot be.
    pub fn rewrite(&self, word: Span, wrong: &str, right: &str) -> Option<Rewritten> {
        self.pieces.rewrite(word, wrong, right)
    }

    /// The anchor that the fragment of a pointer names, the first if there are several.
    pub fn anchor(&self, fragment: &str) -> Option<&AnchorFact> {
        if fragment.is_empty() {
            return None;
        }
        let labels = self.labels.get_or_init(|| {
            let numbered = self.anchors.iter().enumerate().rev();
            let numbered = numbered.filter(|(_, anchor)| anchor.kind.has_id());
            numbered.map(|(number, anchor)| (anchor.label.clone(), number as u32)).collect()
        });
        let number = references::ids(fragment).find_map(|id| labels.get(&*id).copied())?;
        Some(&self.anchors[number as usize])
    }

    /// The facts of an analysed document that others may need.
    pub fn of(analysis: &Analysis, index: &CorpusIndex) -> Self {
        if analysis.is_own_page() {
            return Self::with(analysis, Vec::new());
        }
        Self::with(analysis, index.names.facts(analysis))
    }

    /// The same for a new version of the document that `before` is of. `known` is what was found
    /// out of its blocks then, and becomes what is known now; nothing at first.
    pub fn after(
        analysis: &Analysis,
        index: &CorpusIndex,
        before: Option<&Analysis>,
        known: &mut BlockFacts,
    ) -> Self {
        if analysis.is_own_page() {
            *known = BlockFacts::default();
            return Self::with(analysis, Vec::new());
        }
        Self::with(analysis, index.names.facts_after(analysis, before, known))
    }

    fn with(analysis: &Analysis, mentions: Vec<MentionFact>) -> Self {
        let blocks = analysis.document.blocks.iter();
        let sic = blocks.flat_map(|block| {
            let sics = block.inlines.iter().filter(|inline| inline.kind == InlineKind::Sic);
            sics.map(|inline| block.prose.to_source(inline.span))
        });
        Self {
            ignores: analysis.document.ignores.clone(),
            sic: sic.collect(),
            pieces: Pieces::of(analysis, &mentions),
            mentions,
            tagged: tagged::tagged(analysis),
            anchors: links::anchors(analysis),
            links: links::links(analysis),
            notes: links::notes(analysis),
            figures_found: links::figures_found(analysis),
            language: analysis.document.language,
            labels: OnceLock::new(),
            named: OnceLock::new(),
        }
    }
}

/// How often a family must be named so that one of its names is taken for another member's.
const OFTEN_FOR_FAMILY: u32 = 24;

/// How many mentions before and behind a surname may tell whose it is.
const NEARBY: usize = 400;

/// How many bytes before a surname two who have it must be named in, so that either may be meant.
const BESIDE: usize = 300;

/// The words of a mention: the family name, what stands before it, and what stands between.
type Words = (WordId, Option<WordId>, Option<WordId>);

/// The documents of one corpus by name. Many threads write at once while a corpus is
/// read; a document that changes is replaced as a whole.
#[derive(Debug, Default)]
pub struct CorpusIndex {
    documents: DashMap<Arc<str>, Arc<DocumentFacts>, FxBuildHasher>,
    authority: Arc<Authority>,
    pub(super) names: Names,
    pages: Pages,
    pub(super) incoming: Incoming,
    /// Whom a name means, by its words: of the authority alone.
    resolved: DashMap<Words, SmallVec<[Candidate; 2]>, FxBuildHasher>,
    /// Whether the given names beside two family names are one person's, with the state of the
    /// corpus in which that was so.
    one_given_name: DashMap<(WordId, WordId), (u64, Option<bool>), FxBuildHasher>,
    /// The state of the corpus in which a name of several words was found to be like no other one.
    alone: DashMap<WholeName, u64, FxBuildHasher>,
    /// Where the corpus first has the names that findings are about.
    pub(super) first_places: DashMap<NameIn, FirstPlaces, FxBuildHasher>,
    /// What lies beside the documents; `None`: whatever they point at is there.
    pub(super) surroundings: Option<Arc<dyn Surroundings>>,
}

impl CorpusIndex {
    /// An empty corpus with this authority, in these surroundings.
    pub fn new(authority: Arc<Authority>, surroundings: Option<Arc<dyn Surroundings>>) -> Self {
        let names = Names::with_terms(Terms::of(&authority));
        Self { authority, names, surroundings, ..Self::default() }
    }

    /// Numbers documents that will be put in, so that it costs less to put them in. They must be in order.
    pub fn expect(&self, documents: &[Arc<str>]) {
        self.names.expect(documents);
    }

    /// The authority of the corpus.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Adds a document, or puts a new version in the place of the old one.
    pub fn insert(&self, name: Arc<str>, facts: DocumentFacts) {
        self.insert_if(name, facts, || true);
    }

    /// The same if `is_wanted` says so at a moment when no other thread can put in a document
    /// of this name; gives what it said.
    pub fn insert_if(
        &self,
        name: Arc<str>,
        facts: DocumentFacts,
        is_wanted: impl FnOnce() -> bool,
    ) -> bool {
        let facts = Arc::new(facts);
        // The entry is held until the names are counted: of two threads that put one document
        // in, the second must not take out what the first has not yet put in.
        let entry = self.documents.entry(Arc::clone(&name));
        if !is_wanted() {
            return false;
        }
        let is_new = matches!(entry, Entry::Vacant(_));
        let mut entry = entry.or_default();
        let before = std::mem::replace(entry.value_mut(), Arc::clone(&facts));
        let short = self.names.replace(&name, &before.mentions, &facts.mentions);
        self.incoming.replace(&name, &before.links, &facts.links);
        if is_new {
            self.pages.add(&name);
        }
        drop(entry);
        self.find_places(short);
        true
    }

    /// Looks for the first places of words of which too few are kept. Linear in the mentions of the
    /// documents that have them, whatever the size of the corpus.
    fn find_places(&self, mut words: Vec<WordId>) {
        let mut last: FxHashMap<WordId, Arc<str>> = FxHashMap::default();
        while !words.is_empty() {
            let mut wanted: BTreeMap<Arc<str>, Vec<WordId>> = BTreeMap::new();
            for word in words {
                let behind = last.get(&word).map(|last| &**last);
                for document in self.names.holders(word, behind) {
                    last.insert(word, Arc::clone(&document));
                    wanted.entry(document).or_default().push(word);
                }
            }
            words = Vec::new();
            for (document, of_it) in wanted {
                // The guard of a document is held until its places are kept: until then it does
                // not change.
                self.documents.view(&document, |name, facts| {
                    self.names.fill(name, &of_it, &facts.mentions);
                });
                words.extend(of_it);
            }
            words.sort_unstable();
            words.dedup();
            // Where a document has just lost its mentions, those of others are asked.
            words.retain(|&word| self.names.is_short(word));
        }
    }

    /// The names of all documents.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The facts of a document.
    pub fn facts(&self, name: &str) -> Option<Arc<DocumentFacts>> {
        self.documents.view(name, |_, facts| Arc::clone(facts))
    }

    /// The documents by the names that wiki links give them.
    pub(super) fn pages(&self) -> &Pages {
        &self.pages
    }

    /// A document with the name that the corpus has for it.
    pub(super) fn document(&self, name: &str) -> Option<(Arc<str>, Arc<DocumentFacts>)> {
        self.documents.view(name, |name, facts| (Arc::clone(name), Arc::clone(facts)))
    }

    /// All documents by name, in order. Linear in their number.
    pub fn documents(&self) -> Vec<(Arc<str>, Arc<DocumentFacts>)> {
        let mut all: Vec<_> = self
            .documents
            .iter()
            .map(|entry| (Arc::clone(entry.key()), Arc::clone(entry.value())))
            .collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    /// The figures that a mention may mean.
    pub fn resolve(&self, mention: &MentionFact) -> SmallVec<[Candidate; 2]> {
        if self.is_nobody(mention) {
            return SmallVec::new();
        }
        let name = (mention.family, mention.given, mention.middle);
        if let Some(known) = self.resolved.view(&name, |_, candidates| candidates.clone()) {
            return known;
        }
        let candidates = self.look_up(mention);
        self.resolved.insert(name, candidates.clone());
        candidates
    }

    /// The figures that a mention of a document may mean there: the one that the markup tells; of
    /// several of one surname the one whose office stands before it, or that the document last named
    /// in full before it, or else first behind it. Where two of them were named in full right
    /// before it, it stays open.
    pub fn resolve_in(
        &self,
        facts: &DocumentFacts,
        mention: &MentionFact,
    ) -> SmallVec<[Candidate; 2]> {
        if let Some(told) = self.told_by_markup(facts, mention) {
            return smallvec::smallvec![told];
        }
        let open = self.resolve(mention);
        if open.len() < 2 || mention.given.is_some() {
            return open;
        }
        if let Some(one) = self.of_office(&open, mention) {
            return smallvec::smallvec![one];
        }
        let at = facts.mentions.partition_point(|other| other.span() < mention.span());
        let (before, behind) = facts.mentions.split_at(at);
        let told = |other: &MentionFact| {
            other.given?;
            let full = self.resolve(other);
            let [one] = full.as_slice() else {
                return None;
            };
            open.iter().copied().find(|candidate| candidate.figure == one.figure)
        };
        let here = mention.span().start;
        let beside = before.iter().rev().take_while(|one| one.span().end + BESIDE > here);
        let mut named = beside.filter_map(told);
        if let Some(last) = named.next()
            && named.any(|other| other.figure != last.figure)
        {
            return open;
        }
        // Who was named last is meant. Of whom the text has yet to speak is told by where it does,
        // unless it speaks of two of them there.
        let last = before.iter().rev().take(NEARBY).find_map(told);
        let only = || {
            let mut near = behind.iter().take(NEARBY).enumerate();
            let (at, first) = near.find_map(|(at, one)| Some((at, told(one)?)))?;
            let reach = behind[at].span().start + BESIDE;
            let beside = behind[at + 1..].iter().take_while(|one| one.span().start < reach);
            let mut beside = beside.filter_map(told);
            beside.all(|other| other.figure == first.figure).then_some(first)
        };
        last.or_else(only).map_or(open.clone(), |one| smallvec::smallvec![one])
    }

    /// The spellings with which the corpus names a figure, and how often. Linear in the number of
    /// documents, and in the mentions of those that were not asked before.
    pub fn spellings_of(&self, figure: u32) -> FxHashMap<WordId, u32> {
        let mut counts = FxHashMap::default();
        for facts in self.all_facts() {
            let named = self.named_in(&facts);
            let from = named.partition_point(|(one, ..)| *one < figure);
            for (_, spelling, count) in named[from..].iter().take_while(|(one, ..)| *one == figure)
            {
                *counts.entry(*spelling).or_insert(0) += count;
            }
        }
        counts
    }

    /// How often the corpus names each figure, by figure. Linear in the number of documents, and in the
    /// mentions of those that were not asked before.
    pub fn named(&self) -> FxHashMap<u32, u32> {
        let mut counts = FxHashMap::default();
        for facts in self.all_facts() {
            for (figure, _, count) in self.named_in(&facts) {
                *counts.entry(*figure).or_insert(0) += count;
            }
        }
        counts
    }

    /// The facts of all documents. Their guards are gone before a name is looked up in the other maps.
    fn all_facts(&self) -> Vec<Arc<DocumentFacts>> {
        self.documents.iter().map(|entry| Arc::clone(entry.value())).collect()
    }

    /// Finds out whom a document names, so that it need not be done when somebody waits.
    pub fn prepare(&self, name: &str) {
        if let Some(facts) = self.facts(name) {
            self.named_in(&facts);
        }
    }

    fn named_in<'f>(&self, facts: &'f DocumentFacts) -> &'f [Named] {
        facts.named.get_or_init(|| {
            let mut found: Vec<(u32, WordId)> = facts
                .mentions
                .iter()
                .filter_map(|mention| match self.resolve_in(facts, mention).as_slice() {
                    [one] => Some((one.figure, mention.family)),
                    _ => None,
                })
                .collect();
            found.sort_unstable();
            let same = found.chunk_by(|a, b| a == b);
            same.map(|same| (same[0].0, same[0].1, same.len() as u32)).collect()
        })
    }

    /// The only candidate whose role has the word before the mention: `Marshal`, `the poet`.
    fn of_office(&self, open: &[Candidate], mention: &MentionFact) -> Option<Candidate> {
        let has_office = |candidate: &&Candidate| {
            let role = &self.authority.figure(candidate.figure).role;
            let mut words = role.split(|c: char| !c.is_alphanumeric() && c != '-');
            // `from Voroshilov` says nothing, though he was a minister from 1925.
            let is_small = |word: &str| {
                word.chars().count() < 4
                    || matches!(
                        word,
                        "from" | "with" | "under" | "over" | "after" | "before" | "until"
                    )
            };
            words.any(|word| !is_small(word) && office(word) == mention.before)
        };
        let mut fitting = open.iter().filter(has_office);
        fitting.next().copied().filter(|_| fitting.next().is_none())
    }

    /// Whether the family name of a mention is surely no figure's, which is found out once for each.
    pub fn is_nobody(&self, mention: &MentionFact) -> bool {
        self.names.is_nobody(mention.family, |family, buckets| {
            self.in_genitive(mention.family, family).is_none()
                && self.authority.is_nobody(family, buckets)
        })
    }

    fn look_up(&self, mention: &MentionFact) -> SmallVec<[Candidate; 2]> {
        let family = self.names.text(mention.family);
        let given = mention.given.map(|given| self.names.text(given));
        let whole = match &given {
            Some(given) => format!("{given} {family}"),
            None => family.to_string(),
        };
        if let Some(whole) = mention.whole().filter(|whole| whole.middle.is_some())
            && let Some(known) = self.authority.known_as(&whole.text(&self.names))
        {
            return known;
        }
        let buckets = self.names.buckets(mention.family);
        let found = self.authority.resolve_filed(&whole, &family, given.as_deref(), buckets);
        match self.in_genitive(mention.family, &family) {
            Some(stem) if found.is_empty() => self.cases_of(stem, given.as_deref()),
            _ => found,
        }
    }

    /// What a genitive of German is made of: `Lenins Staat`.
    fn in_genitive<'f>(&self, family: WordId, text: &'f str) -> Option<&'f str> {
        let (_, language) = self.names.word_of(family);
        text.strip_suffix('s').filter(|_| names::capitalises_nouns(language))
    }

    /// The figures of this name. Another case of it is right as it stands, since nothing that could
    /// be written for it has its ending.
    fn cases_of(&self, family: &str, given: Option<&str>) -> SmallVec<[Candidate; 2]> {
        let whole = given.map_or(family.to_owned(), |given| format!("{given} {family}"));
        let mut found = self.authority.resolve(&whole, family, given);
        for candidate in &mut found {
            candidate.form = Form::Accepted;
        }
        found
    }

    /// Whether the given names and initials beside two family names, where the corpus first has
    /// them, are those of one person; `None` if one of the two has none, and if the second is a family's
    /// of several persons, of whom the first may be another one.
    pub fn have_one_given_name(&self, a: WordId, b: WordId) -> Option<bool> {
        // Daughters of one father or of several: a patronymic is no family's.
        if names::is_patronymic(&self.names.text(b)) {
            return None;
        }
        let state = self.names.state();
        let known = self.one_given_name.view(&(a, b), |_, known| *known);
        if let Some((_, known)) = known.filter(|(then, _)| *then == state) {
            return known;
        }
        let (given, other) = (self.given_names(a), self.given_names(b));
        let are_known = !given.is_empty() && !other.is_empty();
        let is_one = |x: &WordId| other.iter().any(|y| self.are_one_given_name(*x, *y));
        let found = match are_known.then(|| given.iter().any(is_one)) {
            Some(false) if self.is_family(b, &other) => None,
            found => found,
        };
        self.one_given_name.insert((a, b), (state, found));
        found
    }

    /// Whether an article stands before a name, where the corpus first has it.
    pub fn is_behind_article(&self, name: WordId) -> bool {
        self.first_mentions(name).any(|mention| mention.is_behind_article())
    }

    /// The mentions in which the corpus first has a word.
    fn first_mentions(&self, word: WordId) -> impl Iterator<Item = MentionFact> + '_ {
        self.names.starts(word).filter_map(|(document, at)| {
            self.documents.view(document, |_, facts| facts.mention_at(at).copied()).flatten()
        })
    }

    /// The mentions in which the corpus first has a family name, of those with a given name.
    pub fn mentions_in_full(&self, family: WordId) -> impl Iterator<Item = MentionFact> + '_ {
        let mentions = self.first_mentions(family);
        mentions.filter(move |mention| mention.family == family && mention.given.is_some())
    }

    /// What `find` tells of a name beside the other names of the corpus, if it is not known that it tells
    /// nothing: each document asks for each of its names.
    pub fn unless_alone<T>(&self, name: WholeName, find: impl FnOnce() -> Option<T>) -> Option<T> {
        let state = self.names.state();
        if self.alone.view(&name, |_, then| *then == state) == Some(true) {
            return None;
        }
        let found = find();
        if found.is_none() {
            self.alone.insert(name, state);
        }
        found
    }

    /// Whether several persons of one family are named by its name again and again.
    fn is_family(&self, family: WordId, given: &[WordId]) -> bool {
        self.names.sure(family) >= OFTEN_FOR_FAMILY
            && given.iter().any(|name| !self.are_one_given_name(*name, given[0]))
    }

    /// What [`names::are_one_given_name`] tells, found out once for two words.
    fn are_one_given_name(&self, a: WordId, b: WordId) -> bool {
        let (one, other) = (self.names.text(a), self.names.text(b));
        a == b
            || names::have_one_initial(&one, &other).unwrap_or_else(|| {
                one.to_lowercase() == other.to_lowercase() || self.names.are_variants(a, b, true)
            })
    }

    /// Whether an initial or a given name that is known as one stands before a family name, where the
    /// corpus first has it.
    pub fn has_given_name(&self, family: WordId) -> bool {
        let is_given = |name: &WordId| {
            let name = self.names.text(*name);
            name.chars().nth(2).is_none() || names::is_given(&name) || names::is_given_name(&name)
        };
        self.names_before(family).iter().any(is_given)
    }

    /// Whether one word stands before two family names, be it a given name or another word: North
    /// Carolina.
    pub fn follow_one_word(&self, a: WordId, b: WordId) -> bool {
        let before = self.names_before(a);
        !before.is_empty() && self.names_before(b).iter().any(|word| before.contains(word))
    }

    fn given_names(&self, family: WordId) -> SmallVec<[WordId; 4]> {
        // `Old Derrick`: not all that stands before a name is one.
        let mut found = self.names_before(family);
        found.retain(|name| !names::is_english_word(&self.names.text(*name)));
        found
    }

    /// What stands before a family name as a given name does, where the corpus first has it.
    fn names_before(&self, family: WordId) -> SmallVec<[WordId; 4]> {
        let named = self.first_mentions(family).filter(|mention| mention.family == family);
        named.filter_map(|mention| mention.given).collect()
    }

    /// Whether two given names stand before one family name, where the corpus first has them; `None`
    /// if one of the two stands before none.
    pub fn share_a_family(&self, a: WordId, b: WordId) -> Option<bool> {
        let (families, others) = (self.families(a), self.families(b));
        let are_known = !families.is_empty() && !others.is_empty();
        let is_shared = |one: &WordId| {
            let mut others = others.iter();
            others.any(|other| self.are_one_family(*one, *other))
        };
        are_known.then(|| families.iter().any(is_shared))
    }

    /// Whether two family names are one, in two spellings or one of them in the plural: the Preobrazhensky
    /// Regiment, the Preobrazhensky and Semyonovsky Regiments.
    fn are_one_family(&self, a: WordId, b: WordId) -> bool {
        let is_plural = |many: &str, one: &str| many.strip_suffix('s') == Some(one);
        let (one, other) = (self.names.text(a), self.names.text(b));
        a == b
            || is_plural(&one, &other)
            || is_plural(&other, &one)
            || self.names.are_variants(a, b, true)
    }

    fn families(&self, given: WordId) -> SmallVec<[WordId; 4]> {
        let named = self.first_mentions(given).filter(|mention| mention.given == Some(given));
        named.map(|mention| mention.family).collect()
    }

    /// Takes a document out.
    pub fn remove(&self, name: &str) {
        let Entry::Occupied(entry) = self.documents.entry(Arc::from(name)) else {
            return;
        };
        // Held until all is gone, so that no other thread puts it in again before.
        let (name, facts) = (entry.key(), entry.get());
        let short = self.names.replace(name, &facts.mentions, &[]);
        self.incoming.replace(name, &facts.links, &[]);
        self.pages.remove(name);
        entry.remove();
        self.find_places(short);
    }

    /// The corpus as one of its documents sees it; `None` if it holds no such document.
    pub fn view(&self, name: &str) -> Option<CorpusView<'_>> {
        let (name, facts) = self.document(name)?;
        Some(CorpusView { index: self, name, facts })
    }
}

/// The corpus as one of its documents sees it.
#[derive(Debug)]
pub struct CorpusView<'a> {
    /// The corpus.
    pub index: &'a CorpusIndex,
    /// The document's name.
    pub name: Arc<str>,
    /// The document's facts.
    pub facts: Arc<DocumentFacts>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Settings, analyse};
    use crate::markup::Format;

    /// Whom each mention of a text may mean, where two people have the surname Rybin.
    fn rybins(text: &str) -> Vec<Vec<String>> {
        let mut authority = Authority::default();
        let figures = "\
            [[figure]]\nid = \"marshal\"\nname = \"Kliment Rybin\"\nfamily = \"Rybin\"\n\
            role = \"Marshal of the Soviet Union\"\n\
            [[figure]]\nid = \"poet\"\nname = \"Anna Rybin\"\nfamily = \"Rybin\"\n\
            role = \"Russian poet\"\n";
        assert!(authority.add_file(std::path::Path::new("figures.toml"), figures).is_empty());
        authority.finish();
        let index = CorpusIndex::new(Arc::new(authority), None);
        let analysis = analyse(Arc::from(text), Format::Plain, &Settings::default());
        let facts = DocumentFacts::of(&analysis, &index);
        let who = |mention: &MentionFact| -> Vec<String> {
            let candidates = index.resolve_in(&facts, mention);
            let ids = candidates.iter().map(|one| index.authority().figure(one.figure).id.clone());
            ids.collect()
        };
        facts.mentions.iter().map(who).collect()
    }

    #[test]
    fn an_office_tells_two_people_of_one_surname_apart() {
        assert_eq!(
            rybins("It was Marshal Rybin who met the poet Rybin; the friend of Rybin laughed."),
            [vec!["marshal"], vec!["poet"], vec!["marshal", "poet"]]
        );
        for (text, who) in [
            ("The Marshal, Rybin, spoke", "marshal"),
            ("There spoke Rybin, the Soviet Marshal, and left", "marshal"),
            ("There spoke Rybin, the Russian Poet, and left", "marshal poet"),
            ("There spoke Rybin, the Marshal Petrov, and others", "marshal poet"),
            ("The Marshal of the Red Army, Rybin, spoke", "marshal"),
            ("They spoke of the Marshal of the Army, Rybin", "marshal"),
            ("There spoke Rybin, marshal of the Union, and left", "marshal"),
            ("There spoke Rybin, friend of the marshal, and left", "marshal poet"),
            ("The Marshal of the Army left. Here came Petrov, Rybin and others", "marshal poet"),
            ("The poet of the Red Army, Rybin, spoke", "marshal poet"),
            ("There spoke K. Rybin", "marshal"),
            ("There spoke R. Rybin", ""),
        ] {
            let found = rybins(text);
            assert!(found.iter().any(|one| one.join(" ") == who), "{text}: {found:?}");
        }
    }

    #[test]
    fn somebody_named_before_his_full_name_stays_open_if_two_are_named_then() {
        assert_eq!(rybins("We met Rybin. It was Anna Rybin."), [["poet"], ["poet"]]);
        assert_eq!(
            rybins("We met Rybin. It was Anna Rybin, not Kliment Rybin."),
            [vec!["marshal", "poet"], vec!["poet"], vec!["marshal"]]
        );
    }

    #[test]
    fn a_genitive_of_german_is_a_form_of_its_name() {
        let mut authority = Authority::default();
        let figure = "[[figure]]\nid = \"lenin\"\nname = \"Wladimir Lenin\"\nfamily = \"Lenin\"\n";
        assert!(authority.add_file(std::path::Path::new("figures.toml"), figure).is_empty());
        authority.finish();
        let index = CorpusIndex::new(Arc::new(authority), None);
        let settings = Settings { language: Some(Language::GERMAN), ..Settings::default() };
        let text = "Da lag Lenins Staat, und dort las man Levins Werke.";
        let analysis = analyse(Arc::from(text), Format::Plain, &settings);
        let facts = DocumentFacts::of(&analysis, &index);
        let named: Vec<&str> = facts
            .mentions
            .iter()
            .filter(|mention| !index.resolve(mention).is_empty())
            .map(|mention| mention.span().of(text))
            .collect();
        assert_eq!(named, ["Lenins"]);
    }

    #[test]
    fn what_letters_are_odd_in_a_language_the_corpus_tells() {
        let index = CorpusIndex::new(Arc::default(), None);
        let put = |name: &str, text: &str| {
            let settings =
                Settings { language: Some(Language::from_tag("pl")), ..Settings::default() };
            let analysis = analyse(Arc::from(text), Format::Plain, &settings);
            index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
        };
        put("a.txt", "Był tam Henryk, a Henryk i Hennryk oraz Heńryk.");
        let word = |text: &str| index.names.find(text, Language::from_tag("pl")).expect("a word");
        let is_odd = |wrong: &str, right: &str| {
            index.names.has_odd_letters(word(wrong), word(right), names::Slip::Lost)
        };
        assert!(!is_odd("Hennryk", "Henryk"), "of few words nothing is odd");
        let heads = ["Wa", "Ko", "Mi", "Re", "Su", "Do", "Pe", "Ła"];
        let ends = ["lec", "mir", "nik", "rad", "sław", "tek", "wój", "zan"];
        let middles = ["no", "li", "ra", "ku", "we", "zy", "to"];
        let words = heads.iter().flat_map(|head| {
            let with = move |middle: &str| ends.map(|end| format!("i {head}{middle}{end}"));
            middles.iter().flat_map(move |middle| with(middle))
        });
        let text = words.collect::<Vec<_>>().join(" ");
        put("b.txt", &format!("Szli {text}."));
        assert!(is_odd("Hennryk", "Henryk"));
        // Diacritics tell nothing.
        assert!(!is_odd("Heńryk", "Henryk"));
        put("b.txt", "Nikt.");
        assert!(!is_odd("Hennryk", "Henryk"), "the words are gone");
    }

    #[test]
    fn threads_that_put_one_document_in_at_once_leave_it_counted_once() {
        let index = CorpusIndex::new(Arc::default(), None);
        let source: Arc<str> = Arc::from("It was Mr Kostroma, and Kostroma again.");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let analysis =
                            analyse(Arc::clone(&source), Format::Plain, &Settings::default());
                        let facts = DocumentFacts::of(&analysis, &index);
                        index.insert(Arc::from("a.txt"), facts);
                    }
                });
            }
        });
        let word = index.names.find("Kostroma", Language::ENGLISH).expect("a name");
        assert_eq!(index.names.count(word), 2);
    }

    #[test]
    fn what_is_known_of_two_names_lasts_as_long_as_the_corpus_is_the_same() {
        let index = CorpusIndex::new(Arc::default(), None);
        let put = |name: &str, text: &str| {
            let analysis = analyse(Arc::from(text), Format::Plain, &Settings::default());
            let facts = DocumentFacts::of(&analysis, &index);
            index.insert(Arc::from(name), facts);
        };
        put("a.txt", "He wrote to Igor Kravinsky about it.");
        put("b.txt", "He wrote to Boris Kravinskii about it.");
        let word = |text: &str| index.names.find(text, Language::ENGLISH).expect("a name");
        let (a, b) = (word("Kravinsky"), word("Kravinskii"));
        let asked_twice = || {
            let first = (index.have_one_given_name(a, b), index.names.related(a));
            assert_eq!(first, (index.have_one_given_name(a, b), index.names.related(a)));
            first
        };
        assert_eq!(asked_twice(), (Some(false), vec![b]));
        put("b.txt", "He wrote to Igor Kravinskii about it.");
        assert_eq!(asked_twice(), (Some(true), vec![b]));
        put("b.txt", "He wrote to nobody about it.");
        assert_eq!(asked_twice(), (None, Vec::new()));
        put("c.txt", "He wrote to Igor Kravinskii about it.");
        assert_eq!(asked_twice(), (Some(true), vec![b]));
    }
}
