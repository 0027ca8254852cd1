//! One name, two spellings.

mod joined;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::corpus::{CorpusView, MentionFact, NameIn, Names, PlaceIn, WholeName, WordId};
use crate::figures::{Candidate, Figure, Form};
use crate::markup::Language;
use crate::names;
use crate::text::Span;

use super::name_places::{OnName, Spelling, tell_places};
use super::rarity::is_rare_beside;
use super::respelling::{respelt, times};
use super::{Check, CorpusContext, Finding, Rule, Severity};

use joined::Joined;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "name-variant",
    summary: "a name that is spelt otherwise than the corpus spells it",
    explanation: "\
Reports a name that is spelt otherwise than the corpus spells it.

A Russian name can be written in Latin letters in a dozen ways. A reader who searches for
Trotsky does not find Trotskii, and an index has two entries for one person.

    Trotskii beside Trotsky, Mikoian beside Mikoyan, Kaganovitch beside Kaganovich

For a figure of the authority its preferred form is right; the starter authority, which serves
a corpus that has none of its own, gives way to a form that the corpus has three times as often.
Other names are compared with each other: two spellings are reported if one original could
have been romanised into both; of the two the rarer one is reported, of equals the one that English
dictionaries do not have or that has letters unlike those of the other names or of English print,
else the later one.
Where `[figures] scheme` names a scheme of romanisation, the spelling that follows it is right,
however rare. Names that only look alike (Lenin, Levin), feminine forms and derivatives
(Stalin, Stalinist) are different. Whom `ref` or `key` of a name in TEI points to is that figure.

The fix writes the form that the corpus prefers. A form that is right as it stands in the
source is accepted by `[sic]` behind it, or in `rubricator.toml`:

    [[accept]]
    file = \"1956/break.txt\"
    rule = \"name-variant\"
    text = \"Trotskii\"
",
    default: Some(Severity::Warning),
    check: Check::Corpus(check),
};

/// A corpus overrules the starter authority where it uses another form so many times, and
/// so many times as often.
const SETTLED: u32 = 3;

/// From how many letters on no common word reads like another spelling of a name.
const LONG: usize = 9;

/// How often a family is named of whom somebody may be named once without his given name being known.
const GREAT: u32 = 24;

/// What is wrong with a spelling.
#[derive(Clone)]
struct Verdict {
    message: String,
    right: Arc<str>,
    /// The right form, as far as the corpus has it.
    known_right: Option<NameIn>,
    /// Whether it speaks of the given name as well.
    is_of_whole: bool,
    /// Whether the right form is known to the letter.
    is_written: bool,
}

fn check(context: &CorpusContext<'_>, findings: &mut Vec<Finding>) {
    let names = context.view.index.names();
    let mut known: FxHashMap<(WordId, Option<WholeName>), Judgement> = FxHashMap::default();
    let mut words: FxHashMap<WordId, Option<Box<Verdict>>> = FxHashMap::default();
    let mut wholes = Wholes::default();
    let mut joined = Joined::default();
    let mut told: Vec<OnName> = Vec::new();
    let unremarkable = names.unremarkable(context.view.facts.language);
    let is_told_otherwise =
        context.settings.names.scheme.is_some() || context.view.facts.has_tagged_names();
    for mention in context.view.facts.mentions.iter().filter(|mention| !mention.is_foreign) {
        if !is_told_otherwise && unremarkable.is_spelt_as_ever(mention) {
            continue;
        }
        let marked = context.view.index.told_by_markup(&context.view.facts, mention);
        let marked = marked.map(|figure| judge_marked(context, mention, figure));
        let judgement = match &marked {
            Some(marked) => marked,
            None if context.view.index.is_nobody(mention) => &Judgement::Nobody,
            None => {
                let name = (mention.family, mention.whole());
                known.entry(name).or_insert_with(|| judge(context, mention))
            }
        };
        if let Judgement::Wrong(verdict) = judgement {
            let family = (mention.family, mention.family_span());
            told.push(on_name(context, mention, family, verdict));
        }
        let is_figure = !matches!(judgement, Judgement::Nobody);
        let is_right = matches!(judgement, Judgement::Right);
        if (is_right || !is_figure)
            && let Some(verdict) = joined.judge(context, mention, is_right)
        {
            told.push(on_name(context, mention, (mention.family, mention.family_span()), verdict));
            continue;
        }
        if !is_figure && let Some(verdict) = wholes.judge(context, mention) {
            let family = (mention.family, mention.family_span());
            told.push(on_name(context, mention, family, verdict));
            continue;
        }
        for (word, span, _) in mention.words() {
            if is_figure && word == mention.family || mention.is_acronym || names.is_lonely(word) {
                continue;
            }
            let find = || unlisted(context, word);
            let judge = || match context.settings.names.scheme {
                None => names.unless_right(word, context.view.facts.language, find).map(Box::new),
                Some(_) => find().map(Box::new),
            };
            if let Some(verdict) = words.entry(word).or_insert_with(judge) {
                told.push(on_name(context, mention, (word, span), verdict));
            }
        }
    }
    tell_places(context, told, findings);
}

/// What the authority says of a mention.
enum Judgement {
    /// It knows nobody of the name.
    Nobody,
    /// The form is right.
    Right,
    /// It prefers another form. (Boxed, since of most names nothing is wrong.)
    Wrong(Box<Verdict>),
}

impl From<Option<Verdict>> for Judgement {
    fn from(verdict: Option<Verdict>) -> Self {
        verdict.map_or(Self::Right, |verdict| Self::Wrong(Box::new(verdict)))
    }
}

fn judge(context: &CorpusContext<'_>, mention: &MentionFact) -> Judgement {
    let candidates = context.view.index.resolve(mention);
    if let Some(right) = candidates.iter().find(|candidate| candidate.form.is_right()) {
        return overruled(context, mention, *right).into();
    }
    candidates.first().map_or(Judgement::Nobody, |one| judge_form(context, mention, *one))
}

/// The same of a mention whose figure the markup tells. What is nobody's name by the authority
/// is compared with the other names of the corpus, as if it were not marked.
fn judge_marked(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    marked: Candidate,
) -> Judgement {
    if context.view.index.resolve(mention).is_empty() {
        return Judgement::Nobody;
    }
    if marked.form.is_right() {
        return Judgement::Right;
    }
    judge_form(context, mention, marked)
}

/// The same of a form that is a figure's, and not a right one.
fn judge_form(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    candidate: Candidate,
) -> Judgement {
    listed(context, mention, candidate).into()
}

/// The spelling is a figure's and not the preferred one.
fn listed(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    candidate: Candidate,
) -> Option<Verdict> {
    let CorpusView { index, facts, .. } = context.view;
    let authority = index.authority();
    let figure = authority.figure(candidate.figure);
    let names = index.names();
    let mut spelling = names.text(mention.family);
    if figure.has_small_letters() {
        spelling = spelling.to_lowercase().into();
    }
    let language = facts.language.code();
    if let Form::Romanised(scheme) = candidate.form
        && scheme.language() == Some(language)
    {
        return None;
    }
    // In another language the name follows its own usage, of which the form tells nothing.
    let is_english = facts.language.is_read_as_english();
    if candidate.form == Form::Related && !is_english {
        return None;
    }
    // The starter authority is written in English and knows only what is usual there.
    if authority.is_builtin && !is_english {
        return None;
    }
    // A short word that only ever opens sentences may be no name at all.
    let is_short = spelling.chars().count() < LONG;
    if names.certain(mention.family) == 0 && candidate.form == Form::Related && is_short {
        return None;
    }
    let who = &who(figure);
    let is_same_family = spelling.to_lowercase() == figure.family.to_lowercase();
    if is_same_family && (candidate.form != Form::Listed || mention.middle.is_some()) {
        // What stands between the two names is in no form of the authority.
        return None;
    }
    if is_same_family || is_known_as_whole(context, mention, candidate) {
        return known_as_whole(context, mention, candidate);
    }
    let scheme = match candidate.form {
        Form::Romanised(scheme) => format!(" ({})", scheme.name()),
        _ => String::new(),
    };
    let right = figure.family_in_text();
    let preferred = names.find(&right, facts.language);
    let settled = settled(context, mention.family, candidate.figure, preferred);
    if settled == Some(mention.family) {
        return None;
    }
    let why = why(candidate.form, &spelling, &figure.family);
    if let Some(settled) = settled {
        let right = names.text(settled);
        let message = format!(
            "“{spelling}”{scheme} is {who}, whom this corpus calls “{right}” ({}){why}.",
            times(names.count(settled)),
        );
        return Some(Verdict {
            message,
            right,
            known_right: Some(NameIn::Word(settled)),
            is_of_whole: false,
            is_written: true,
        });
    }
    let count = times(preferred.map_or(0, |word| names.count(word)));
    let message = if *who == figure.family {
        format!(
            "“{spelling}”{scheme} is another form of “{who}”, which is preferred ({count} in this corpus){why}."
        )
    } else {
        format!(
            "“{spelling}”{scheme} is {who}; the preferred form is “{}” ({count} in this corpus){why}.",
            figure.family,
        )
    };
    Some(Verdict {
        message,
        right: Arc::from(&*right),
        known_right: preferred.map(NameIn::Word),
        is_of_whole: false,
        is_written: true,
    })
}

/// Whether the authority knows a name as a whole in which the family name alone cannot be changed: the word
/// before it is none of the figure's given names, or one of several that stand before it. Of Zhou Enlai, whose
/// family name comes first, that would make Zhou Chou, and of Kim Il Sung Kim Il Il-sung.
fn is_known_as_whole(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    candidate: Candidate,
) -> bool {
    let CorpusView { index, .. } = context.view;
    let (names, authority) = (index.names(), index.authority());
    let Some(whole) = mention.whole() else {
        return false;
    };
    let given = names.text(whole.given);
    let is_initial = given.chars().count() == 1;
    if is_initial || !authority.is_known_as_whole(&whole.text(names), candidate) {
        return false;
    }
    let figure = authority.figure(candidate.figure);
    let own = [&figure.name, &figure.given].into_iter().chain(&figure.accepted);
    let mut own = own.flat_map(|form| form.split(' ')).filter(|word| *word != figure.family);
    whole.middle.is_some() || !own.any(|word| *word == *given)
}

/// It is not the family name alone that is not the preferred one: Annie Lee for Ann Lee, Zhou Enlai for Chou
/// En-lai.
fn known_as_whole(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    candidate: Candidate,
) -> Option<Verdict> {
    let CorpusView { index, facts, .. } = context.view;
    let (names, figure) = (index.names(), index.authority().figure(candidate.figure));
    let right = whole_in(names, &figure.name, facts.language);
    if index.authority().is_builtin {
        let own = mention.whole()?.seen(names);
        let preferred = right.map_or(0, |right| right.seen(names));
        if own >= SETTLED && own >= SETTLED * preferred {
            return None;
        }
    }
    let shown = mention.shown(names);
    let (scheme, why) = match candidate.form {
        Form::Romanised(scheme) => (format!(" ({})", scheme.name()), String::new()),
        _ => (String::new(), format!(": the authority lists “{shown}” among the variants")),
    };
    let message = format!(
        "“{shown}”{scheme} is {}; the preferred form is “{}”{why}.",
        who(figure),
        figure.name
    );
    Some(Verdict {
        message,
        right: Arc::from(figure.name.as_str()),
        known_right: right.map(NameIn::Whole),
        is_of_whole: true,
        is_written: !mention.has_particle(),
    })
}

/// A name of two or three words, if the corpus has all of them.
fn whole_in(names: &Names, name: &str, language: Language) -> Option<WholeName> {
    let mut words = name.split(' ').map(|word| names.find(word, language));
    let (given, second, third) = (words.next()??, words.next()??, words.next());
    let (middle, family) = match third {
        Some(third) => (Some(second), third?),
        None => (None, second),
    };
    words.next().is_none().then_some(WholeName { given, middle, family })
}

/// The starter authority's own form, where the corpus has settled on another one.
fn overruled(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    candidate: Candidate,
) -> Option<Verdict> {
    let CorpusView { index, facts, .. } = context.view;
    let (authority, names) = (index.authority(), index.names());
    let figure = authority.figure(candidate.figure);
    let spelling = names.text(mention.family);
    if !authority.is_builtin || !facts.language.is_read_as_english() || *spelling != *figure.family
    {
        return None;
    }
    let settled = settled(context, mention.family, candidate.figure, Some(mention.family))?;
    let right = names.text(settled);
    let message = format!(
        "“{spelling}” is {}, whom this corpus calls “{right}” ({}).",
        who(figure),
        times(names.count(settled)),
    );
    Some(Verdict {
        message,
        right,
        known_right: Some(NameIn::Word(settled)),
        is_of_whole: false,
        is_written: true,
    })
}

/// A figure by its name and office.
fn who(figure: &Figure) -> String {
    if figure.role.is_empty() {
        figure.name.clone()
    } else {
        format!("{}, {}", figure.name, figure.role)
    }
}

/// Why a form is taken for a figure's name, where no scheme says so.
fn why(form: Form, spelling: &str, preferred: &str) -> String {
    match form {
        Form::Listed => format!(": the authority lists “{spelling}” among the variants"),
        Form::Related => match names::compare(spelling, preferred, true) {
            names::Relation::Variant(reason) => format!(": {reason}"),
            _ => ": a careless romanisation of the same name".to_owned(),
        },
        _ => String::new(),
    }
}

/// The spelling of a figure of the starter authority on which a corpus has settled otherwise.
fn settled(
    context: &CorpusContext<'_>,
    spelling: WordId,
    figure: u32,
    preferred: Option<WordId>,
) -> Option<WordId> {
    let index = context.view.index;
    let (names, authority) = (index.names(), index.authority());
    if !authority.is_builtin {
        return None;
    }
    let is_figure = |word: &WordId| {
        let text = names.text(*word);
        authority.resolve(&text, &text, None).iter().any(|known| known.figure == figure)
    };
    let others = names.related(spelling).into_iter().filter(is_figure);
    let most = others.chain([spelling]).max_by_key(|&word| names.count(word))?;
    let count = names.count(most);
    let preferred = preferred.map_or(0, |word| names.count(word));
    (count >= SETTLED && count >= SETTLED * preferred).then_some(most)
}

/// What was found out about names of several words in a document.
#[derive(Default)]
struct Wholes(FxHashMap<WholeName, Option<Box<Verdict>>>);

impl Wholes {
    /// Whether a mention is somebody whose name the corpus has under another scheme, so that only the
    /// whole tells it: Chou En-lai and Zhou Enlai.
    fn judge(&mut self, context: &CorpusContext<'_>, mention: &MentionFact) -> Option<&Verdict> {
        let whole = mention.whole()?;
        let names = context.view.index.names();
        if whole.middle.is_none() && names.is_lonely(whole.family) && names.is_lonely(whole.given) {
            return None;
        }
        let judge = || {
            let others = || whole_verdict(context, whole, &mention.shown(names));
            context.view.index.unless_alone(whole, others).map(Box::new)
        };
        self.0.entry(whole).or_insert_with(judge).as_deref()
    }
}

/// Of two forms of a whole name the rarer one is reported, of equals the later one.
fn whole_verdict(context: &CorpusContext<'_>, whole: WholeName, shown: &str) -> Option<Verdict> {
    let index = context.view.index;
    let names = index.names();
    let text = whole.text(names);
    let families = names.related(whole.family).into_iter();
    let others = families.flat_map(|family| index.mentions_in_full(family));
    // Of one family name it is the other names that may be spelt otherwise.
    let given = names.related(whole.given);
    let same_family = index.mentions_in_full(whole.family).filter(|other| {
        let is_like = other.given.is_some_and(|one| one == whole.given || given.contains(&one));
        is_like && other.whole() != Some(whole)
    });
    let others = others.chain(same_family);
    let own = Rank::of_whole(context, whole)?;
    let told = others.filter_map(|other| {
        let name = other.whole()?;
        let rank = Rank::of_whole(context, name).filter(|rank| *rank > own)?;
        let reason = names::whole_reason(&text, &name.text(names))?;
        Some((rank, other, reason))
    });
    let (rank, right, reason) = told.max_by(|a, b| a.0.cmp(&b.0))?;
    let right_text = right.shown(names);
    let message = format!(
        "“{shown}” ({}) and “{right_text}” ({}) are spellings of one name: {reason}.{}",
        times(own.count),
        times(rank.count),
        tie(&own, &rank),
    );
    Some(Verdict {
        message,
        right: Arc::from(right_text),
        known_right: right.whole().map(NameIn::Whole),
        is_of_whole: true,
        is_written: !right.has_particle(),
    })
}

/// No figure has the name: is it another spelling of a name that the corpus has?
fn unlisted(context: &CorpusContext<'_>, word: WordId) -> Option<Verdict> {
    let index = context.view.index.names();
    let related = index.related(word);
    if related.is_empty() || !index.may_be_name(word) {
        return None;
    }
    let spelling = index.text(word);
    // A word that only ever opens sentences is a name if it is another spelling of one that
    // is well attested; or of any, if it is too long for chance.
    let is_long = spelling.chars().count() >= LONG;
    let terms = index.spellings(word);
    let is_attested = |other: WordId| match (index.sure(word), index.sure(other)) {
        (0, there) => there >= if is_long { 1 } else { 2 },
        (_, there) => there >= 1 || is_long,
    };
    let own = Rank::of(context, word);
    let scheme = context.settings.names.scheme;
    let mut best: Option<(Rank, WordId, Grounds)> = None;
    for other in related {
        if !(terms.contains(&other) || is_attested(other))
            || !(names::may_be_spellings(&spelling, &index.text(other))
                || index.sure(other) >= GREAT * index.seen(word)
                    && names::are_one_arabic_name(&spelling, &index.text(other)))
            || !index.is_name(other)
            || !is_romanised_in(context, &spelling, &index.text(other))
        {
            continue;
        }
        let Some(grounds) = Grounds::of(context, word, other) else {
            continue;
        };
        // Another given name is another person, and so is one before another family name.
        let people = context.view.index;
        let is_given = is_mostly_given(context, word) || is_mostly_given(context, other);
        // Of a great family even its cousins have the name.
        let is_great = index.sure(other) >= GREAT && index.are_variants(word, other, false);
        if !is_great && people.have_one_given_name(word, other) == Some(false)
            || is_given && people.share_a_family(word, other) == Some(false)
        {
            continue;
        }
        let mut rank = Rank::of(context, other);
        rank.usual = is_usual_beside(context, other, word);
        if let Some(scheme) = scheme {
            let text = index.text(other);
            if names::scheme_beside(&spelling, &text, scheme).is_some() {
                continue;
            }
            rank.follows = names::scheme_beside(&text, &spelling, scheme).is_some();
        }
        if rank > own && best.as_ref().is_none_or(|(best, ..)| rank > *best) {
            best = Some((rank, other, grounds));
        }
    }
    let (rank, right, grounds) = best?;
    let reason = grounds.told(context, word, right)?;
    if let Some(verdict) = by_a_wrong_form(context, word, right, &reason) {
        return Some(verdict);
    }
    let choice = match scheme.filter(|_| rank.follows) {
        Some(scheme) => format!(
            " “{}” follows {}, the scheme of this corpus.",
            index.text(right),
            scheme.name()
        ),
        None => tie(&own, &rank).to_owned(),
    };
    let message = format!(
        "“{spelling}” ({}) and “{}” ({}) are spellings of one name: {reason}.{choice}",
        times(index.seen(word)),
        index.text(right),
        times(index.seen(right)),
    );
    Some(Verdict {
        message,
        right: index.text(right),
        known_right: Some(NameIn::Word(right)),
        is_of_whole: false,
        is_written: true,
    })
}

/// The spelling that explains a word may itself be a wrong form of a figure: then the figure's own
/// form is right, and not that one.
fn by_a_wrong_form(
    context: &CorpusContext<'_>,
    word: WordId,
    wrong: WordId,
    reason: &str,
) -> Option<Verdict> {
    let CorpusView { index, facts, .. } = context.view;
    let (authority, names) = (index.authority(), index.names());
    let spelling = names.text(wrong);
    let candidates = authority.resolve(&spelling, &spelling, None);
    let &[candidate] = &candidates[..] else {
        return None;
    };
    if candidate.form.is_right() || authority.is_builtin && !facts.language.is_read_as_english() {
        return None;
    }
    let figure = authority.figure(candidate.figure);
    let right = figure.family_in_text();
    let preferred = names.find(&right, facts.language);
    let settled = settled(context, wrong, candidate.figure, preferred);
    let right = match settled {
        Some(settled) if settled == wrong => return None,
        Some(settled) => names.text(settled),
        None => Arc::from(figure.family.as_str()),
    };
    let message = format!(
        "“{}” ({}) is another spelling of “{spelling}” ({}): {reason}. That is {}; the form here is “{right}”.",
        names.text(word),
        times(names.seen(word)),
        times(names.seen(wrong)),
        who(figure),
    );
    let known_right = settled.or(preferred).map(NameIn::Word);
    Some(Verdict { message, right, known_right, is_of_whole: false, is_written: true })
}

/// Whether a word is at least as often a given name as it is a family's or the only name.
fn is_mostly_given(context: &CorpusContext<'_>, word: WordId) -> bool {
    let names = context.view.index.names();
    names.seen(word) >= 2 * names.count(word)
}

/// Whether one of two spellings may be a romanised name in the document's language by its letters.
fn is_romanised_in(context: &CorpusContext<'_>, a: &str, b: &str) -> bool {
    let language = context.view.facts.language;
    let has_foreign = names::is_foreign_in(a, language) || names::is_foreign_in(b, language);
    // `Geschrey`: older German spells its nouns so.
    let is_noun = || {
        let plain = |word: &str| word.replace("ey", "ei");
        names::capitalises_nouns(language) && !names::is_given(a) && plain(a) == plain(b)
    };
    has_foreign && !is_noun()
}

/// What makes two words spellings of one name.
#[derive(Clone, Copy)]
enum Grounds {
    /// Both may stand for one original; whether that one is rare beside the other tells as well.
    Original { is_slip: bool },
    /// One of them lacks an accent.
    Accent,
}

impl Grounds {
    /// `None` if they are no spellings of one name, or if the first lacks its accents alone, which is a
    /// misprint.
    fn of(context: &CorpusContext<'_>, word: WordId, other: WordId) -> Option<Self> {
        let names = context.view.index.names();
        let (text, other_text) = (names.text(word), names.text(other));
        let is_rare = is_rare_beside(context, word, other);
        if !names::are_alike_without_accents(&text, &other_text) {
            let is_slip = is_rare && names::is_written_otherwise(&text, &other_text);
            let are_variants = names.are_variants(word, other, is_slip);
            return are_variants.then_some(Self::Original { is_slip });
        }
        // Where both are at home, nobody would take the accent away.
        if !is_rare {
            return None;
        }
        names::slip(&other_text, &text, context.view.facts.language).map(|_| Self::Accent)
    }

    /// The same in words.
    fn told(self, context: &CorpusContext<'_>, word: WordId, other: WordId) -> Option<Arc<str>> {
        let names = context.view.index.names();
        match self {
            Self::Original { is_slip } => names.variant_reason(word, other, is_slip),
            Self::Accent => {
                let mark = names::lost_mark(&names.text(other), &names.text(word));
                Some(Arc::from(format!("one has the {mark}, the other lacks it")))
            }
        }
    }
}

/// Which of two spellings of equal frequency is usual beside the other: the one that dictionaries of
/// English have, else the one whose letters the other names of the corpus have, else the one that
/// follows English print of today.
fn is_usual_beside(context: &CorpusContext<'_>, word: WordId, other: WordId) -> Usual {
    let names = context.view.index.names();
    if names.seen(word) != names.seen(other) {
        return Usual::Neither;
    }
    let is_known = |word: WordId| names::is_known_name(&names.text(word));
    let is_english = context.view.facts.language.is_read_as_english();
    let usual = match (is_known(word), is_known(other)) {
        (true, false) if is_english => Some(word),
        (false, true) if is_english => Some(other),
        _ => names.usual_spelling(word, other).or_else(|| {
            let (text, other_text) = (names.text(word), names.text(other));
            let usual = names::english_spelling(&text, &other_text).filter(|_| is_english)?;
            Some(if *usual == *text { word } else { other })
        }),
    };
    match usual {
        None => Usual::Neither,
        Some(usual) if usual == word => Usual::This,
        Some(_) => Usual::Other,
    }
}

/// Which of two spellings is usual.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Usual {
    Other,
    Neither,
    This,
}

/// What is said if nothing but their order tells which of two forms is wrong.
fn tie(own: &Rank, right: &Rank) -> &'static str {
    let is_tie = own.count == right.count
        && own.follows == right.follows
        && matches!(right.usual, Usual::Neither);
    if is_tie { " This one stands later; either may be the right one." } else { "" }
}

/// Which of two spellings is the corpus's: the one of its scheme, else the more frequent one, of
/// equals the one that is usual, else the earlier.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    follows: bool,
    count: u32,
    usual: Usual,
    first: std::cmp::Reverse<Option<PlaceIn>>,
}

impl Rank {
    fn of(context: &CorpusContext<'_>, word: WordId) -> Self {
        let names = context.view.index.names();
        let first = std::cmp::Reverse(names.first_place(word));
        Self { follows: false, count: names.seen(word), usual: Usual::Neither, first }
    }

    /// The same of a name of several words, which is there as often as the rarest of them.
    fn of_whole(context: &CorpusContext<'_>, whole: WholeName) -> Option<Self> {
        let names = context.view.index.names();
        let rarest = whole.words().min_by_key(|word| names.seen(*word))?;
        Some(Self::of(context, rarest))
    }
}

/// The finding on a word of a mention, or on the whole of it.
fn on_name(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (word, span): (WordId, Span),
    verdict: &Verdict,
) -> OnName {
    let names = context.view.index.names();
    let whole = mention.whole().filter(|_| verdict.is_of_whole);
    let wrong = match whole {
        Some(whole) => Spelling { name: NameIn::Whole(whole), text: mention.shown(names).into() },
        None => Spelling { name: NameIn::Word(word), text: names.text(word) },
    };
    let span = if whole.is_some() { mention.span() } else { span };
    let right = |name| Spelling { name, text: Arc::clone(&verdict.right) };
    let finding = finding(context, mention, (span, &wrong.text), verdict);
    OnName { finding, wrong, right: verdict.known_right.map(right) }
}

fn finding(
    context: &CorpusContext<'_>,
    mention: &MentionFact,
    (span, wrong): (Span, &str),
    verdict: &Verdict,
) -> Finding {
    let is_word = mention.words().any(|(_, word, _)| word == span);
    let is_plain = mention.is_contiguous && !(verdict.is_of_whole && mention.has_particle());
    let may_be_written = verdict.is_written && (is_word || is_plain);
    let fix = respelt(context, mention, (span, wrong), &verdict.right).filter(|_| may_be_written);
    Finding {
        rule: RULE.name,
        severity: context.severity,
        span,
        subject: Some(verdict.right.to_string()),
        message: verdict.message.clone(),
        fixes: fix.into_iter().collect(),
        related: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{CorpusIndex, DocumentFacts, Settings, analyse};
    use crate::figures::Authority;
    use crate::markup::Format;
    use crate::rules::{Levels, corpus_findings, fixture};

    #[test]
    fn a_spelling_that_is_rare_beside_another_one() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
She saw Alyosha run, and Alyosha fell, and then Alyosha wept.
But where was Aliosha now?
              ^^^^^^^ are spellings of one name
",
        );
    }

    #[test]
    fn what_was_right_is_wrong_as_long_as_other_documents_spell_it_otherwise() {
        let index = CorpusIndex::new(Authority::builtin(), None);
        let settings = Settings { language: Some(Language::ENGLISH), ..Settings::default() };
        let put = |name: &str, text: &str| {
            let analysis = analyse(Arc::from(text), Format::Plain, &settings);
            index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
        };
        let text = "But where was Aliosha now? Was Ivan Aliosha there?";
        let wrong = || {
            let view = index.view("a.txt").expect("a document");
            let found = corpus_findings(&view, &settings, &Levels::default());
            found.iter().map(|finding| finding.span.of(text)).collect::<Vec<_>>()
        };
        put("a.txt", text);
        assert_eq!([wrong(), wrong()], [[""; 0]; 2]);
        put("b.txt", &"She saw Alyosha run, and Ivan Alyosha fell. ".repeat(4));
        assert_eq!([wrong(), wrong()], [["Aliosha"; 2]; 2]);
        index.remove("b.txt");
        assert_eq!([wrong(), wrong()], [[""; 0]; 2]);
    }

    #[test]
    fn a_rare_name_whose_letters_are_of_another_language() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
From Pavlovsk to Pavlovsk he rode, and again to Pavlovsk with Maximushka, and Maximushka, and Maximushka.
Then he saw Pawlowsk again, and with him Maximouchka.
            ^^^^^^^^ are spellings of one name
                                         ^^^^^^^^^^^ are spellings of one name
",
        );
    }

    #[test]
    fn of_two_spellings_that_dictionaries_have_the_one_is_used_always() {
        for (times, expected) in [(30, "          ^^^^^^^^ are spellings of one name\n"), (9, "")] {
            let often = "He saw Mohammed there. ".repeat(times);
            let text = format!("{often}\nThen came Mohammad with him.\n{expected}");
            fixture::check_in(Language::ENGLISH, &super::RULE, &text);
        }
    }

    #[test]
    fn a_rare_name_with_other_vowels_is_another_name() {
        for (language, text) in [
            ("it", "Vide Letta, e Letta, e Letta, ancora con Letta, poi Liotta solo.\n"),
            ("en", "He met Gwinn, and Gwinn, and Gwinn, once with Gwinn, and then Gween.\n"),
        ] {
            fixture::check_in(Language::from_tag(language), &super::RULE, text);
        }
    }

    #[test]
    fn a_whole_name_under_two_schemes() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
They saw Chang Chun-chiao, and Chang Chun-chiao spoke; then Chang Chun-chiao left.
Later the paper praised Zhang Chunqiao for it.
                        ^^^^^^^^^^^^^^ Wade–Giles
",
        );
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
With Jamal Abdul Karim came rain; so Jamal Abdul Karim sat, and Jamal Abdul Karim ate.
Soon they heard Gamal Abdel Karim laugh.
                ^^^^^^^^^^^^^^^^^ one Arabic name
",
        );
        for two_people in [
            "They saw Chang Chun-chiao, and Chang Chun-chiao spoke. Then Zhang Chunhua came.\n",
            "They saw Hassan Karim, and Hassan Karim spoke, and Hassan Karim. Then Hussein Karim came.\n",
        ] {
            fixture::check_in(Language::ENGLISH, &super::RULE, two_people);
        }
    }

    /// What the first fixes of the findings in a page write.
    fn written(format: Format, source: &str) -> Vec<String> {
        let found = fixture::findings(&super::RULE, format, source);
        let edits = found.into_iter().filter_map(|finding| finding.fixes.into_iter().next());
        edits.flat_map(|fix| fix.edits).map(|edit| edit.text).collect()
    }

    #[test]
    fn the_right_form_is_written_in_the_letters_of_the_wrong_one() {
        let known = "<p>He met Kaganovich, and Kaganovich, and then Kaganovich.</p>";
        for (written_so, expected) in [
            ("Kaganovitch", "Kaganovich"),
            ("Lazar KAGANOVITCH", "KAGANOVICH"),
            ("<span class=\"smcap\">kaganovitch</span>", "kaganovich"),
            ("<span style=\"font-variant:small-caps\">Kaganovitch</span>", "Kaganovich"),
        ] {
            let page = format!("{known}\n<p>Then he saw {written_so} again.</p>\n");
            assert_eq!(written(Format::Html, &page), [expected], "{page}");
        }
        for marked in [
            "<hi rend=\"small-caps\">lazar kaganovitch</hi>",
            "<persName rend=\"sc\">kaganovitch</persName>",
            "<persName>Lazar <surname rend=\"smallcaps\">kaganovitch</surname></persName>",
        ] {
            let tei =
                format!("<TEI><text><body>{known}<p>So {marked} came.</p></body></text></TEI>");
            assert_eq!(written(Format::Tei, &tei), ["kaganovich"], "{marked}");
        }
    }

    #[test]
    fn of_two_that_are_there_once_the_one_unlike_the_others_is_wrong() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
With Denikoff came Savinkov, and Kamkov, and Rykov, then Chernov; and Denikov laughed.
     ^^^^^^^^ “Denikoff” (once) and “Denikov” (once) are spellings of one name
",
        );
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
He rode through Thibet to the sea, and back to Tibet.
                ^^^^^^ “Thibet” (once) and “Tibet” (once)
",
        );
    }

    #[test]
    fn cousins_of_a_great_family_have_its_name() {
        let text = format!(
            "{}Then came Peter Zamarine and Peter Zamarinov, and Anna Zamarinow.\n",
            "They saw Fyodor Zamarinov, or Ivan Zamarinov. ".repeat(12)
        );
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            &(text.clone() + &" ".repeat(text.find("Zamarinow").unwrap_or(0)) + "^^^^^^^^^ once\n"),
        );
    }

    #[test]
    fn given_names_of_two_people_may_be_spelt_two_ways() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "He met Yakov Sverdlov, and Yakov Sverdlov again, and with Yakov Sverdlov then Iakov Peters.\n",
        );
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
He met Yakov Sverdlov, and Yakov Sverdlov again, and with Yakov Sverdlov he left.
Then he wrote to Iakov Sverdlov.
                 ^^^^^ are spellings of one name: one given name
",
        );
    }

    #[test]
    fn an_accent_that_only_one_place_has() {
        fixture::check_in(
            Language::ENGLISH,
            &super::RULE,
            "\
He met Magon, and Magon met him; with Magon he went, and with Magon he came back.
Then came Magón.
          ^^^^^ “Magón” (once) and “Magon” (4 times) are spellings of one name: one has the accent, the other lacks it.
",
        );
    }

    #[test]
    fn english_families_that_differ_so_and_polish_cases_are_right() {
        for (language, text) in [
            ("en", "He met Bryant and Bryant and Bryant again, but never Briant.\n"),
            ("pl", "Oto Marysia, oto Marysia, oto Marysia, a szedł z Marysią i widział.\n"),
            ("en", "He read Déjacque, and Déjacque, and Déjacque, then Dejacque too.\n"),
            ("it", "Vide Cesare, e Cesare, e Cesare; il verbo era Cessare.\n"),
            ("pl", "Oto Widzę, i Widzę, i Widzę znów, a potem Wyjdzie.\n"),
            ("de", "Er hörte Geschrei, und Geschrei, und Geschrei; dann Geschrey.\n"),
        ] {
            fixture::check_in(Language::from_tag(language), &super::RULE, text);
        }
    }
}
