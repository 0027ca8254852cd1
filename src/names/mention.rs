//! Where names stand in prose.
//!
//! A mention is a run of capitalised words, with initials, titles and particles, as far as
//! it names one person or thing. Whether a capitalised word at the head of a sentence is a
//! name is decided where the corpus is known.

use smallvec::SmallVec;

use crate::markup::{Block, BlockKind, Inline, InlineKind, Language};
use crate::text::ProseSpan;

use super::ascii;
use super::beside::{self, LONGEST_PARTICLE, Roles, Words};
use super::joined::is_eastern_syllable;
use super::small_capitals::as_shown;
use super::{is_given, is_given_name, is_in_dictionary, is_known_name};

/// A span of prose that names somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole mention without its title and possessive ending: `Andrei Vyshinsky`.
    pub span: ProseSpan,
    /// Its words; initials are words. The last is the family name, or the only name.
    pub words: SmallVec<[NameWord; 2]>,
    /// Whether a title or office stands before it: `Mr`, `Marshal`.
    pub has_title: bool,
    /// The word before it: an office or what somebody is (`Marshal`, `the poet`), if it is one. In an
    /// apposition that of the office, which may stand behind.
    pub before: Option<ProseSpan>,
    /// Whether it stands at the head of a sentence, or in a heading of capitalised words: where
    /// every word is capitalised.
    pub starts_sentence: bool,
    /// In languages that give nouns capitals: whether a title, an initial or a given name says
    /// that it names somebody.
    pub is_named: bool,
    /// In these languages: whether an article stands before it, as before a noun.
    pub is_determined: bool,
    /// Whether it is one word in capitals among words in small letters: `ASEAN`, mostly an
    /// abbreviation.
    pub is_acronym: bool,
}

/// One word of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// Where, without a possessive ending.
    pub span: ProseSpan,
    /// Whether it is an initial.
    pub is_initial: bool,
}

impl Mention {
    /// The family name, or the only name.
    pub fn family(&self) -> ProseSpan {
        self.words.last().map_or(self.span, |word| word.span)
    }

    /// The first given name or initial, if there is one.
    pub fn given(&self) -> Option<NameWord> {
        if self.words.len() > 1 { self.words.first().copied() } else { None }
    }

    /// What stands between the given name and the family name: a patronymic, mostly.
    pub fn middle(&self) -> Option<NameWord> {
        let between = self.words.get(1..self.words.len().max(2) - 1)?;
        between.iter().find(|word| !word.is_initial).copied()
    }
}

/// The mentions in the prose of one block, in order. Linear.
pub fn mentions(prose: &str, block: &Block) -> Vec<Mention> {
    let mut found = Vec::new();
    mentions_into(prose, block, &mut found);
    found
}

/// The same, added to a list, which need not be made anew for each block.
pub fn mentions_into(prose: &str, block: &Block, found: &mut Vec<Mention>) {
    let prose = &*as_shown(prose, block);
    let is_hidden =
        |inline: &&Inline| matches!(inline.kind, InlineKind::Opaque | InlineKind::Foreign(_));
    let hidden = block.inlines.iter().filter(is_hidden).map(|inline| inline.span).collect();
    let mut scanner = Scanner {
        text: prose,
        hidden,
        next_hidden: 0,
        language: block.language,
        is_english: block.language.is_read_as_english(),
        capitalises_nouns: beside::capitalises_nouns(block.language),
        words: beside::words_of(block.language),
        is_russian: block.language.is_russian(),
        is_italian: block.language.is_italian(),
        capitals_tell: capitals_tell(prose, block),
        fences: fences(block),
        mentions: found,
    };
    scanner.run();
}

/// Where one name given by markup ends and the next one starts.
fn fences(block: &Block) -> Vec<(usize, usize)> {
    let is_name = |inline: &&Inline| matches!(inline.kind, InlineKind::Name { .. });
    let mut fences = Vec::new();
    let mut last: Option<ProseSpan> = None;
    for name in block.inlines.iter().filter(is_name).map(|inline| inline.span) {
        match last {
            Some(outer) if name.end <= outer.end => continue,
            Some(before) => fences.push((before.end, name.start)),
            None => {}
        }
        last = Some(name);
    }
    fences
}

/// Whether a capital tells a name from a word in this block. In a heading with capitals for all
/// words but the smallest it does not.
fn capitals_tell(prose: &str, block: &Block) -> bool {
    let is_heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
    let mut words = prose.split(|c: char| !c.is_alphanumeric());
    !is_heading
        || words.any(|word| word.chars().count() > 4 && word.starts_with(char::is_lowercase))
}

struct Scanner<'a> {
    text: &'a str,
    /// Code and foreign words, in order: no names are looked for in them.
    hidden: Vec<ProseSpan>,
    /// The first of them that does not end before the mentions so far.
    next_hidden: usize,
    language: Language,
    is_english: bool,
    capitalises_nouns: bool,
    is_russian: bool,
    is_italian: bool,
    words: &'static Words,
    capitals_tell: bool,
    /// Between neighbours that markup tells to be two names, in order.
    fences: Vec<(usize, usize)>,
    mentions: &'a mut Vec<Mention>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(start) = self.next_capital(at) {
            let (word, roles) = self.word(start);
            // Half of all capitals are no more than that.
            at = if self.is_mere_opener(&word, roles) {
                word.raw_end
            } else {
                self.mention(start, word, roles)
            };
        }
    }

    /// The word at `start`, and what it does beside names.
    fn word(&self, start: usize) -> (Word, Roles) {
        let word = word_at(self.text, start, self.words);
        let roles = self.words.roles_at(self.text, ProseSpan::new(start, word.stem_end));
        (word, roles)
    }

    /// Whether a word at the head of a mention opens a sentence and can do nothing else.
    fn is_mere_opener(&self, word: &Word, roles: Roles) -> bool {
        word.is_plain
            && roles.is_opener
            && !roles.is_title
            && self.text.as_bytes().get(word.raw_end) != Some(&b'.')
    }

    /// The next capital letter at the head of a word.
    fn next_capital(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = ascii::next_capital_or_other(self.text.as_bytes(), at)?;
            let length = match self.text.as_bytes()[at] {
                b'A'..=b'Z' if is_inside_word(self.text, at) || self.is_opener_alone(at) => 1,
                b'A'..=b'Z' => return Some(at),
                lead if !MAY_LEAD_CAPITAL[lead as usize] => ascii::length_by_lead(lead),
                _ => {
                    let character = self.text[at..].chars().next()?;
                    if character.is_uppercase() && !is_inside_word(self.text, at) {
                        return Some(at);
                    }
                    character.len_utf8()
                }
            };
            at += length;
        }
    }

    /// Whether the capital at `at` is a word and opens a sentence: `A`, or `I`, which is every fifth capital of
    /// a novel.
    fn is_opener_alone(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes.get(at + 1) == Some(&b' ') && self.words.opens_alone(bytes[at])
    }

    /// Reads the mention whose first word starts at `start` and has these roles; gives where to go on.
    fn mention(&mut self, start: usize, mut word: Word, mut roles: Roles) -> usize {
        let mut words: SmallVec<[NameWord; 2]> = SmallVec::new();
        let mut has_title = false;
        let mut at = start;
        let mut first = start;
        let mut end;
        loop {
            end = word.raw_end;
            let text = &self.text[at..word.stem_end];
            let is_abbreviated = self.text.as_bytes().get(end) == Some(&b'.');
            if words.is_empty()
                && !word.is_plain
                && let Some(behind) = self.behind_prefix(at, text)
            {
                // `L’Humanité`, `Al-Husayn`: the name begins behind it.
                if !self.text[behind..].starts_with(char::is_uppercase) {
                    return behind;
                }
                at = behind;
                (word, roles) = self.word(at);
                continue;
            }
            if words.is_empty() && self.is_mere_opener(&word, roles) {
                return end;
            }
            let is_no_name = !word.is_plain && is_misread(text);
            if is_no_name || self.is_suffix(text, roles, end, &words) {
                if words.is_empty() {
                    return end;
                }
                break;
            }
            let is_initial = is_abbreviated && self.is_initial(text, end, !words.is_empty());
            if words.is_empty() && roles.is_title {
                if is_abbreviated && !may_be_abbreviated(text) {
                    return end;
                }
                has_title = true;
                end += usize::from(is_abbreviated);
            } else if !word.is_plain && self.is_contraction(text) {
                if words.is_empty() {
                    return end;
                }
                end = at;
                break;
            } else if words.is_empty()
                && !is_initial
                && (roles.is_opener || !word.is_plain && self.is_inversion(text, end))
            {
                return end;
            } else if !is_initial && self.is_word_in_capitals(text, has_title, &words) {
                if words.is_empty() {
                    return end;
                }
                end = at;
                break;
            } else if self.ends_capitals(text, &words)
                || self.is_small_word_in_capitals(text, end, &words)
            {
                end = at;
                break;
            } else if !words.is_empty() && roles.is_title && self.goes_on(end) {
                // `Crown Prince Rudolf`: another mention, with a title.
                end = at;
                break;
            } else {
                if words.is_empty() {
                    first = at;
                }
                words.push(NameWord { span: ProseSpan::new(at, word.stem_end), is_initial });
                end += usize::from(is_initial);
                if word.is_possessive || words.len() >= 5 || self.is_genitive(text, has_title) {
                    break;
                }
            }
            match self.next_word(end) {
                Some(next)
                    if self.is_italian
                        && self.is_italian_genitive(first_word(&self.text[end..next]), &words) =>
                {
                    break;
                }
                Some(next) if self.is_fenced(start, next) => break,
                Some(next) => {
                    at = next;
                    (word, roles) = self.word(at);
                }
                None => break,
            }
        }
        self.push(first, words, has_title);
        end
    }

    /// Whether a name of the markup that `start` stands before or in ends, and another one begins,
    /// before `next` or there.
    fn is_fenced(&self, start: usize, next: usize) -> bool {
        let fence = self.fences.partition_point(|(_, begins)| *begins <= start);
        self.fences.get(fence).is_some_and(|(ends, begins)| *ends > start && *begins <= next)
    }

    /// `Aren’t`, `We’ll`: words of English that open sentences, drawn together.
    fn is_contraction(&self, text: &str) -> bool {
        if !self.is_english || !may_have_apostrophe(text) {
            return false;
        }
        let Some((word, rest)) = text.split_once(['’', '\'']) else {
            return false;
        };
        rest == "t" && word.ends_with('n')
            || matches!(rest, "d" | "ll" | "m" | "re" | "ve") && self.words.is_opener(word)
    }

    /// Whether a word of a line in capitals is no name: `KHRUSHCHEV SPEAKS TO THE PARTY`.
    fn is_word_in_capitals(&self, text: &str, has_title: bool, before: &[NameWord]) -> bool {
        if !is_in_capitals(text) || has_title || before.last().is_some_and(|word| word.is_initial) {
            return false;
        }
        let mut letters = text.chars();
        let head: String = letters.next().into_iter().collect();
        let in_small = head + &letters.as_str().to_lowercase();
        self.words.is_opener(&in_small)
            || self.is_english
                && is_in_dictionary(&in_small)
                && !is_given_name(&in_small)
                && !is_given(&in_small)
    }

    /// Whether a word is a verb of French with its pronoun, as questions begin: `Était-ce`, `Vient-il`.
    fn is_inversion(&self, text: &str, end: usize) -> bool {
        const PRONOUNS: [&str; 10] =
            ["ce", "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles"];
        if self.language.code() != "fr" {
            return false;
        }
        let joined = text.rsplit_once('-').map(|(_, last)| last);
        let behind = self.text[end..].strip_prefix('-').map(|rest| &rest[..letters(rest)]);
        joined.or(behind).is_some_and(|last| PRONOUNS.contains(&last))
    }

    /// Whether a word stands behind a name and is no part of it: `King Jr.`, `Pius XII`, `Charles Ier`.
    fn is_suffix(&self, text: &str, roles: Roles, end: usize, before: &[NameWord]) -> bool {
        let is_behind = before.last().is_some_and(|word| !word.is_initial);
        // `George V.` may be somebody's initials.
        let is_fifth = is_behind && text == "V" && !self.text[end..].starts_with('.');
        is_fifth && !self.goes_on(end)
            || roles.is_suffix && (is_behind || !is_full_word(text))
            || is_numeral(text)
    }

    /// Whether a name goes on with a word behind `end`.
    fn goes_on(&self, end: usize) -> bool {
        self.next_word(end).is_some_and(|next| {
            let word = word_at(self.text, next, self.words);
            !self.words.is_suffix(&self.text[next..word.stem_end])
        })
    }

    /// Whether a word of one letter stands between names in capitals: `СТАЛИН И ТРОЦКИЙ`, `MARX E
    /// LENIN`. (Of English the article alone is such a word, and a middle name may be an A.)
    fn is_small_word_in_capitals(&self, text: &str, end: usize, before: &[NameWord]) -> bool {
        let is_word = || {
            text.chars().nth(1).is_none()
                && self.words.is_opener(text)
                && !self.text[end..].starts_with('.')
        };
        let last = before.last().filter(|word| !word.is_initial);
        !self.is_english
            && last.is_some_and(|word| is_in_capitals(word.span.of(self.text)))
            && is_word()
    }

    /// Whether the name before `text` ends there, since it was in capitals and this is not:
    /// `DISTRICT OF COLUMBIA Washington`.
    fn ends_capitals(&self, text: &str, before: &[NameWord]) -> bool {
        let last = before.last().filter(|word| !word.is_initial);
        last.is_some_and(|word| is_in_capitals(word.span.of(self.text)))
            && text.contains(char::is_lowercase)
    }

    /// Whether `di` in Italian says whose something is, and the name ends before it: `Italia di
    /// Mussolini`, but `Cosimo di Lorenzo`, `Giuseppe Tomasi di Lampedusa`.
    fn is_italian_genitive(&self, particle: &str, before: &[NameWord]) -> bool {
        let is_given = |word: &NameWord| {
            let text = word.span.of(self.text);
            word.is_initial || is_given(text) || is_given_name(text)
        };
        matches!(particle, "di" | "del" | "della" | "dei" | "degli")
            && !before.first().is_some_and(is_given)
    }

    /// Whether a name ends here since what comes next is somebody's: `Lenins Staat`, but not
    /// `Hans Müller`, `Friedrich Engels`.
    fn is_genitive(&self, text: &str, has_title: bool) -> bool {
        self.capitalises_nouns
            && !has_title
            && text.ends_with('s')
            && !text.ends_with("ss")
            && text.chars().count() >= SHORTEST_GENITIVE
            && !is_given_name(text)
    }

    /// Whether a letter with a full stop is an initial. What is also a word (`than I.`) is one
    /// among others only.
    fn is_initial(&self, text: &str, end: usize, is_among_others: bool) -> bool {
        let is_word = || self.words.is_opener(text) && !matches!(text, "A" | "А" | "В" | "С" | "К");
        let is_next_too =
            || is_initial_at(self.text[end + 1..].trim_start_matches([' ', '\u{a0}']));
        text.chars().count() <= 2 && (is_among_others || !is_word() || is_next_too())
    }

    /// Behind an article that is joined to the name at `at`, of which `text` is the first word.
    fn behind_prefix(&self, at: usize, text: &str) -> Option<usize> {
        let apostrophe = Some(text).filter(|text| may_have_apostrophe(text));
        if let Some(mark) = apostrophe.and_then(|text| text.find(['’', '\''])) {
            let behind =
                at + mark + if text[mark..].starts_with('’') { '’'.len_utf8() } else { 1 };
            return beside::is_elided(&text[..mark], self.language).then_some(behind);
        }
        let is_article =
            matches!(text, "Al" | "El" | "Ad" | "Ar" | "As" | "At" | "Az" | "Ed" | "Er" | "Es");
        let behind = at + text.len() + 1;
        (is_article && self.text[at + text.len()..].starts_with('-')).then_some(behind)
    }

    /// Where the next word of the same name starts: behind one space, or behind particles.
    fn next_word(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let space = match rest.as_bytes() {
            [b' ', letter, ..] if letter.is_ascii_alphabetic() => 1,
            _ => rest.len() - rest.trim_start_matches(SPACES).len(),
        };
        if space == 0 {
            // J.V.Stalin, J.-J. Rousseau
            let is_behind_initial = self.text[..end].ends_with('.');
            let joined = rest.strip_prefix('-').unwrap_or(rest);
            let touches = is_behind_initial && joined.starts_with(char::is_uppercase);
            let is_next = joined.len() == rest.len() || is_initial_at(joined);
            return (touches && is_next).then_some(end + rest.len() - joined.len());
        }
        if space > 2 {
            return None;
        }
        let mut at = end + space;
        for _ in 0..=MOST_PARTICLES {
            let next = &self.text[at..];
            if next.starts_with(char::is_uppercase) {
                return Some(at);
            }
            if !self.words.may_open_particle(next) {
                return None;
            }
            let mut near = next.as_bytes().iter().take(LONGEST_PARTICLE + 1);
            let is_last = next.len() <= LONGEST_PARTICLE;
            let length = near.position(|byte| matches!(byte, b' ' | b'-'));
            let length = length.or(is_last.then_some(next.len()))?;
            let particle = ProseSpan::new(at, at + length);
            if !self.words.roles_at(self.text, particle).is_particle {
                return None;
            }
            at = particle.end + 1;
            if particle.of(self.text) == "y" {
                return self.is_second_family(at).then_some(at);
            }
            if at > self.text.len() || !self.text.is_char_boundary(at) {
                return None;
            }
        }
        None
    }

    /// Whether a family name stands behind the `y` of a Spanish name, and no other person.
    fn is_second_family(&self, at: usize) -> bool {
        let next = self.text.get(at..).unwrap_or("");
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        word.starts_with(char::is_uppercase)
            && !is_initial_at(next)
            && !self.words.is_title(word)
            && !is_given_name(word)
    }

    fn push(&mut self, mut first: usize, mut words: SmallVec<[NameWord; 2]>, has_title: bool) {
        // `Mr Khrushchev But`: an opener ends the name, and so does an initial at its end. The first
        // word is no opener.
        while let [before @ .., last] = words.as_slice()
            && (last.is_initial
                || !before.is_empty() && self.words.is_opener(last.span.of(self.text)))
        {
            words.pop();
        }
        if self.is_russian && !has_title && self.is_russian_genitive(&words) && self.is_head(first)
        {
            words.remove(0);
            first = words[0].span.start;
        }
        let Some(last) = words.last() else {
            return;
        };
        let span = ProseSpan::new(first, last.span.end);
        while self.hidden.get(self.next_hidden).is_some_and(|hidden| hidden.end <= span.start) {
            self.next_hidden += 1;
        }
        let near = self.hidden[self.next_hidden..].iter();
        let is_hidden =
            near.take_while(|hidden| hidden.start < span.end).any(|hidden| hidden.overlaps(span));
        if is_hidden {
            return;
        }
        let before = last_word(&self.text[..first]);
        let office = before.is_empty().then(|| self.office_before_comma(first)).flatten();
        let office = office.or_else(|| self.office_behind_comma(span.end)).unwrap_or(before);
        let word_before = (!office.is_empty()).then(|| self.span(office));
        let roles = match before {
            "" => Roles::default(),
            before => self.words.roles_at(self.text, self.span(before)),
        };
        let has_title = has_title || roles.is_title;
        let starts_sentence =
            !has_title && (!self.capitals_tell || starts_sentence(self.text, first, self.words));
        let is_named = self.capitalises_nouns && (has_title || self.has_given(&words));
        let is_determined = self.capitalises_nouns && roles.is_article;
        self.mentions.push(Mention {
            span,
            has_title,
            before: word_before,
            starts_sentence,
            is_named,
            is_determined,
            is_acronym: !has_title && words.len() == 1 && self.is_alone_in_capitals(span),
            words,
        });
    }

    /// Where a piece of the text stands.
    fn span(&self, piece: &str) -> ProseSpan {
        let start = piece.as_ptr() as usize - self.text.as_ptr() as usize;
        ProseSpan::new(start, start + piece.len())
    }

    /// The office in `the Foreign Minister, Molotov` and in `the Secretary of the Union, Gordon`.
    fn office_before_comma(&self, first: usize) -> Option<&str> {
        let text = self.text[..first].strip_suffix(", ")?;
        let before = last_word(text);
        if self.is_office(before) {
            return Some(before);
        }
        if !self.is_english || !before.starts_with(char::is_uppercase) {
            return None;
        }
        let near = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_APPOSITION))..];
        let clause = near.rfind([',', '.', ';', ':', '(', '—', '–']);
        let clause = &near[clause.map_or(0, |sign| near.ceil_char_boundary(sign + 1))..];
        let mut words = clause.match_indices(" of ").map(|(at, _)| last_word(&clause[..at]));
        words.find(|word| self.is_office(word))
    }

    /// The office in `Molotov, the Foreign Minister, and` and in `Gordon, secretary of the Union`, but not in
    /// `Molotov, the Marshal Zhukov`.
    fn office_behind_comma(&self, end: usize) -> Option<&str> {
        const ARTICLES: [&str; 10] =
            ["the ", "then ", "le ", "la ", "l’", "der ", "die ", "il ", "el ", "his "];
        let behind = self.text[end..].strip_prefix(", ")?;
        if !behind.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            return None;
        }
        let is_likely = |article: &&&str| article.as_bytes()[0] == behind.as_bytes()[0];
        let mut articles = ARTICLES.iter().filter(is_likely);
        let Some(mut rest) = articles.find_map(|article| behind.strip_prefix(article)) else {
            let (word, next) = behind.split_at(letters(behind));
            return (next.starts_with(" of ") && self.is_office(word)).then_some(word);
        };
        for _ in 0..MOST_BEFORE_OFFICE {
            let (word, next) = rest.split_at(letters(rest));
            if self.is_office(word) {
                let is_name_behind = || next.trim_start().starts_with(char::is_uppercase);
                return (!next.starts_with(' ') || !is_name_behind()).then_some(word);
            }
            rest = next.strip_prefix(' ')?;
        }
        None
    }

    /// Whether a word is an office, be it in small letters.
    fn is_office(&self, word: &str) -> bool {
        if self.words.is_title(word) {
            return true;
        }
        // All of them have a capital somewhere, or a small letter of ASCII.
        let mut letters = [0; LONGEST_OFFICE];
        let Some(copy) = letters.get_mut(..word.len()).filter(|_| !word.is_empty()) else {
            return false;
        };
        copy.copy_from_slice(word.as_bytes());
        copy[0].make_ascii_uppercase();
        std::str::from_utf8(copy).is_ok_and(|word| self.words.is_title(word))
    }

    /// Whether a word in capitals stands behind a word in small letters and before no other one in
    /// capitals.
    fn is_alone_in_capitals(&self, span: ProseSpan) -> bool {
        if !is_in_capitals(span.of(self.text)) {
            return false;
        }
        let is_small = |word: &str| word.contains(char::is_lowercase);
        let next =
            self.text[span.end..].split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty());
        let before = self.text[..span.start].trim_end_matches(|c: char| !c.is_alphabetic());
        let from = before.rfind(|c: char| !c.is_alphabetic()).unwrap_or(0);
        is_small(&before[from..]) && next.is_none_or(|next| !is_in_capitals(next))
    }

    fn is_head(&self, at: usize) -> bool {
        starts_sentence(self.text, at, self.words)
    }

    /// Whether the first of several words is what belongs to somebody, since these are in the genitive
    /// and it is not: `Письмо Льва Толстого`, `Пакт Молотова`.
    fn is_russian_genitive(&self, words: &[NameWord]) -> bool {
        if words.len() < 2 || words[0].is_initial {
            return false;
        }
        let text = |at: usize| words[at].span.of(self.text);
        let last = text(words.len() - 1);
        let ends = |word: &str, endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
        let is_pact = || words.len() == 2 && !ends(text(0), &["ь", "й", "о", "е", "и"]);
        let is_genitive = ends(last, &["ого", "его"])
            || words.len() > 2
                && ends(last, &["ова", "ева", "ёва", "ина", "ича"])
                && ends(text(words.len() - 2), &["а", "я"])
            || is_pact() && ends(last, &["ова", "ева", "ёва"]);
        is_genitive && !ends(text(0), &["а", "я", "ого", "его"])
    }

    /// Whether the first of several words is an initial or a given name.
    fn has_given(&self, words: &[NameWord]) -> bool {
        let [given, .., _] = words else {
            return false;
        };
        let text = given.span.of(self.text);
        given.is_initial || is_given(text) || is_known_name(text)
    }
}

/// How many bytes of letters a text begins with.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

/// Whether a text begins with an initial.
fn is_initial_at(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
}

/// Whether a word of those behind a name may be a name itself: `Senior`.
fn is_full_word(suffix: &str) -> bool {
    suffix.chars().count() > 3
}

/// Whether a word is a number of a king or a chapter. Not `XI` and `LI`, who are Chinese families, and no
/// single letter.
fn is_numeral(word: &str) -> bool {
    let is_roman = matches!(word.as_bytes(), [b'I' | b'V' | b'X', ..])
        && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    is_roman && word.len() > 1 && word != "XI"
}

/// The first word behind a space.
fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or("")
}

/// Whether a word of several letters has no small one.
fn is_in_capitals(word: &str) -> bool {
    // So are hardly any, and the second letter tells of most that they are not.
    let is_told = matches!(word.as_bytes(), [_, b'a'..=b'z', ..]);
    !is_told && word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase)
}

/// The shortest name of which a genitive is told, in letters: `Marxens`, `Hegels`.
const SHORTEST_GENITIVE: usize = 5;

/// What may stand between two words of one name.
const SPACES: [char; 5] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\n'];

/// No syllable of a Chinese name is longer, in bytes.
const LONGEST_SYLLABLE: usize = 6;

/// No title is longer, in bytes.
const LONGEST_OFFICE: usize = 32;

/// So far before a name its office stands, in bytes: `the General Secretary of the Amalgamated Engineering Union`.
const LONGEST_APPOSITION: usize = 80;

/// How many words of an office are looked at: `the People’s Commissar`, `the Soviet Foreign Minister`.
const MOST_BEFORE_OFFICE: usize = 3;

/// How many small words may stand within a name: `von der`.
const MOST_PARTICLES: usize = 2;

/// Whether a word has an apostrophe, or another letter that begins with the same byte.
fn may_have_apostrophe(word: &str) -> bool {
    word.bytes().any(|byte| matches!(byte, b'\'' | 0xE2))
}

/// The word that ends before a place, behind a space or an abbreviation's full stop.
fn last_word(before: &str) -> &str {
    if let Some(word) = ascii::last_plain_word(before) {
        return word;
    }
    let before = before.trim_end_matches([' ', '\u{a0}', '\n']);
    let (before, is_abbreviated) = match before.strip_suffix('.') {
        Some(before) => (before, true),
        None => (before, false),
    };
    let start = before
        .rfind(|c: char| !c.is_alphabetic() && c != '-')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    if is_abbreviated && !may_be_abbreviated(word) { "" } else { word }
}

struct Word {
    /// Behind the word without a possessive ending.
    stem_end: usize,
    /// Behind the whole word.
    raw_end: usize,
    is_possessive: bool,
    /// Whether it is letters of ASCII alone, and no mark touches it that can join words.
    is_plain: bool,
}

/// The word at `start`: letters with apostrophes, soft signs and hyphens between them.
fn word_at(text: &str, start: usize, words: &Words) -> Word {
    if let Some(end) = ascii::plain_word_end(text.as_bytes(), start) {
        return Word { stem_end: end, raw_end: end, is_possessive: false, is_plain: true };
    }
    let mut end = start;
    let mut characters = text[start..].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let joins = match character {
            '’' | '\'' | 'ʹ' | 'ʺ' | '\u{361}' => next.is_some_and(char::is_alphabetic),
            // A scanner's digit for a letter, and Tse-tung; what is behind a pair is a name of
            // its own.
            '0'..='9' => next.is_some_and(char::is_lowercase),
            '-' => {
                let is_joined = || words.is_joined(&text[start..start + offset]);
                let behind = || &text[start + offset + 1..];
                next.is_some_and(|next| {
                    let is_syllable = || joins_syllables(&text[..start + offset], start, behind());
                    next.is_lowercase() && !words.is_small_word(behind())
                        || next.is_uppercase()
                            && (is_joined() || is_cyrillic(next) || is_syllable())
                })
            }
            _ => false,
        };
        if !joins && !character.is_alphabetic() && !is_combining(character) {
            break;
        }
        end = start + offset + character.len_utf8();
    }
    let word = &text[start..end];
    let ends_in_s = word.ends_with(['s', 'S']);
    let stem = Some(word).filter(|_| ends_in_s).and_then(|word| {
        ["’s", "'s", "’S", "'S"].iter().find_map(|ending| word.strip_suffix(ending))
    });
    let trails = ends_in_s && word.ends_with('s') && text[end..].starts_with(['’', '\'']);
    let stem_end = stem.map_or(end, |stem| start + stem.len());
    let is_possessive = stem.is_some() || trails;
    Word { stem_end, raw_end: end, is_possessive, is_plain: false }
}

/// Whether a word is made of nothing but the letters À to ÿ, four and more, as no language has words: it was
/// written in Russian, in an encoding that nothing tells, and read as Windows-1252.
fn is_misread(word: &str) -> bool {
    const LEAD_OF_ACCENTED: u8 = 0xC3;
    word.len() >= 8 && word.as_bytes().chunks(2).all(|letter| letter[0] == LEAD_OF_ACCENTED)
}

/// Whether a hyphen divides two syllables of a Chinese or Korean name, of which a third one stands before or behind:
/// `Mao Tse-Tung`, `Chou-En-lai`. Of two alone it may stand between two people: the Mao-Lin group.
fn joins_syllables(before: &str, start: usize, behind: &str) -> bool {
    let is_syllable = |word: &str| word.len() <= LONGEST_SYLLABLE && is_eastern_syllable(word);
    let word = &before[start..];
    let last = word.rsplit('-').next().unwrap_or(word);
    let (next, rest) = behind.split_at(letters(behind));
    if !is_syllable(last) || !is_syllable(next) {
        return false;
    }
    let third = match rest.strip_prefix('-') {
        Some(rest) => &rest[..letters(rest)],
        None if last.len() < word.len() => last,
        None => {
            let before = before[..start].strip_suffix(' ').unwrap_or("");
            Some(last_word(before))
                .filter(|word| word.starts_with(char::is_uppercase))
                .unwrap_or("")
        }
    };
    is_syllable(third)
}

/// Russian writes two surnames of one person with a hyphen, and of two persons with a dash:
/// `Салтыков-Щедрин`.
fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn is_inside_word(text: &str, at: usize) -> bool {
    if let [.., before @ 0..=0x7f] = text.as_bytes()[..at] {
        return before.is_ascii_alphanumeric();
    }
    match text[..at].chars().next_back() {
        // What mostly stands before a word, and is looked up slowest.
        None | Some('‘' | '’' | '“' | '”') => false,
        Some(before) => before.is_alphanumeric() || is_combining(before),
    }
}

/// Whether a capital is due at `at` whatever the word.
fn starts_sentence(text: &str, at: usize, words: &Words) -> bool {
    // Mostly a word stands before it.
    if matches!(text.as_bytes()[..at], [.., b'a'..=b'z' | b',' | b';', b' ']) {
        return false;
    }
    let before = text[..at].trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '‘' | '“' | '"' | '\'' | '«' | '„' | '(' | '[' | '_' | '*' | '»' | '—' | '–'
            )
    });
    match before.chars().next_back() {
        None => true,
        Some('.') => !ends_in_abbreviation(before, words),
        // `the workers’ Ivanov`, but `‘So it is.’ Ivanov`.
        Some(mark @ ('’' | '”')) => {
            before[..before.len() - mark.len_utf8()].ends_with(['.', '!', '?', '…'])
        }
        Some(character) => matches!(character, '!' | '?' | ':' | '…'),
    }
}

/// `Mr. Khrushchev` and `J. V. Stalin` stand in the middle of a sentence.
fn ends_in_abbreviation(before: &str, words: &Words) -> bool {
    let word = before[..before.len() - 1].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.chars().count() == 1 || words.is_title(word) && may_be_abbreviated(word)
}

/// Whether a title with a full stop is shortened; `the King.` ends a sentence.
fn may_be_abbreviated(title: &str) -> bool {
    title.chars().count() <= 3
        || matches!(title, "Prof" | "Capt" | "Mmes" | "Mlle" | "Dott" | "Messrs")
}

/// The bytes with which the capitals of Latin with diacritics, Greek, Cyrillic, Armenian and Georgian
/// begin in UTF-8.
const MAY_LEAD_CAPITAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut lead = 0xC3;
    while lead <= 0xD5 {
        table[lead] = true;
        lead += 1;
    }
    table[0xE1] = true;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, read};

    /// The mentions of a paragraph in a language: their words, divided by `|`; a title before
    /// them is `+`, a place where every word is capitalised `?`.
    fn found(text: &str, language: &str) -> Vec<String> {
        let document = read(text, Format::Plain, Some(Language::from_tag(language)));
        let block = &document.blocks[0];
        let prose = block.prose.text(text);
        let show = |mention: &Mention| {
            let words: Vec<_> = mention.words.iter().map(|word| word.span.of(prose)).collect();
            let mark = match (mention.has_title, mention.starts_sentence) {
                (true, _) => "+",
                (_, true) => "?",
                _ => "",
            };
            format!("{mark}{}", words.join("|"))
        };
        mentions(prose, block).iter().map(show).collect()
    }

    #[test]
    fn names_in_english() {
        for (text, expected) in [
            (
                "it was Mr Khrushchev’s and N. S. Khrushchev’s, not Marshal Voroshilov or J.V. Stalin.",
                &["+Khrushchev", "N|S|Khrushchev", "+Voroshilov", "J|V|Stalin"][..],
            ),
            ("the workers’ Ivanov, the Mensheviks’ Dan", &["Ivanov", "Mensheviks", "Dan"]),
            (
                "the Khrushchev–Mikoyan duet, a Marx-Engels text",
                &["Khrushchev", "Mikoyan", "Marx", "Engels"],
            ),
            ("with Otto von Bismarck and Clara de la Cruz", &["Otto|Bismarck", "Clara|Cruz"]),
            (
                "with Abd el Kader, Ali ibn el Hussein and al-Farraj",
                &["Abd|Kader", "Ali|Hussein", "Farraj"],
            ),
            ("with Al-Husayn and El-Arish", &["Husayn", "Arish"]),
            ("by Tim O’Brien and Ian MacDonald", &["Tim|O’Brien", "Ian|MacDonald"]),
            ("by Mao Tse-tung and Chiang Kai-shek", &["Mao|Tse-tung", "Chiang|Kai-shek"]),
            (
                "by Mao Tse-Tung and Chou-En-lai and Kim Il-Sung, not the Mao-Lin group",
                &["Mao|Tse-Tung", "Chou-En-lai", "Kim|Il-Sung", "Mao", "Lin"],
            ),
            ("The Party knew. But Lenin did not. It was so.", &["Party", "Lenin"]),
            ("We left. Petrograd was quiet.", &["?Petrograd"]),
            ("Why Aren’t You glad? We’ll see. Sa’d Zaghlul was", &["?Sa’d|Zaghlul"]),
            // What ends the sentence before is no title of what begins the next.
            ("he saw the King. Paris was far", &["?Paris"]),
            ("by LEON TROTSKY", &["LEON|TROTSKY"]),
            ("KHRUSHCHEV SPEAKS TO THE PARTY", &["?KHRUSHCHEV"]),
            ("in the DISTRICT OF COLUMBIA Washington is", &["COLUMBIA", "Washington"]),
            ("to free the Nations-the aim of all", &["Nations"]),
            ("THE LETTERS OF V. I. LENIN TO MAXIM GORKY", &["V|I|LENIN", "MAXIM|GORKY"]),
            ("with Jean-Jacques Rousseau and Saint-Just", &["Jean-Jacques|Rousseau", "Saint-Just"]),
            ("with Ben-Gurion and V. Bonch-Bruevich", &["Ben-Gurion", "V|Bonch-Bruevich"]),
            (
                "for the Rt. Hon. Winston Churchill and Gen. Franco",
                &["+Winston|Churchill", "+Franco"],
            ),
            ("he met Or1ick at the forge", &["Or1ick"]),
            (
                "with Martin Luther King Jr. and John Smith, Esq., and Anna Smith Senior and Joe",
                &["Martin|Luther|King", "John|Smith", "Anna|Smith", "Joe"],
            ),
            (
                "under Pius XII in chapter XIV, with George V and Malcolm X",
                &["Pius", "George", "Malcolm|X"],
            ),
            ("under XI JINPING and D. V. Smith", &["XI|JINPING", "D|V|Smith"]),
        ] {
            assert_eq!(found(text, "en"), expected, "{text}");
        }
    }

    #[test]
    fn names_in_german() {
        for (text, expected) in [
            ("sagte Genosse Trotzki zu Herrn Müller", &["+Trotzki", "+Müller"][..]),
            ("Der Staat ist tot. Aber Karl von Clausewitz lebt", &["Staat", "Karl|Clausewitz"]),
            (
                "weil Rosa Luxemburgs Rede und Lenins Staat",
                &["Rosa|Luxemburgs", "Rede", "Lenins", "Staat"],
            ),
            (
                "sah Hans Müller, Thomas Mann und Karl-Heinz Meier",
                &["Hans|Müller", "Thomas|Mann", "Karl-Heinz|Meier"],
            ),
        ] {
            assert_eq!(found(text, "de"), expected, "{text}");
        }
    }

    #[test]
    fn nouns_in_german_have_articles_and_names_have_given_names() {
        let text = "Das Haus gehört Leo Trotzki, im Garten sitzt Frau Meier.";
        let document = read(text, Format::Plain, Some(Language::GERMAN));
        let block = &document.blocks[0];
        let prose = block.prose.text(text);
        let all = mentions(prose, block);
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.family().of(prose), one.is_named, one.is_determined))
            .collect();
        assert_eq!(
            told,
            [
                ("Haus", false, true),
                ("Trotzki", true, false),
                ("Garten", false, true),
                ("Meier", true, false)
            ]
        );
    }

    #[test]
    fn names_in_french() {
        for (text, expected) in [
            ("Elle lit L’Humanité avec M. Thiers", &["Humanité", "+Thiers"][..]),
            ("le général de Gaulle et d’Artagnan", &["Gaulle", "Artagnan"]),
            ("Mais le camarade Trotski parle", &["+Trotski"]),
            ("avec J.-J. Rousseau sous François Ier, puis", &["J|J|Rousseau", "François"]),
            ("Était-ce Molotov ? Vient-elle avec Jean-Jacques ?", &["Molotov", "Jean-Jacques"]),
            ("avec MARX ET ENGELS À MOSCOU", &["MARX", "ENGELS", "MOSCOU"]),
        ] {
            assert_eq!(found(text, "fr"), expected, "{text}");
        }
    }

    #[test]
    fn names_in_italian_and_spanish() {
        assert_eq!(
            found("disse il signor Rossi a Lorenzo de’ Medici", "it"),
            ["+Rossi", "Lorenzo", "Medici"]
        );
        assert_eq!(found("Nell’Italia di Gramsci", "it"), ["Italia", "Gramsci"]);
        assert_eq!(found("vide Cosimo di Lorenzo", "it"), ["Cosimo|Lorenzo"]);
        assert_eq!(
            found("dijo don Quijote a Sancho. Pero Dulcinea no estaba", "es"),
            ["+Quijote", "Sancho", "Dulcinea"]
        );
        assert_eq!(found("Miguel de Cervantes y García", "es"), ["?Miguel|Cervantes|García"]);
        assert_eq!(found("vio a García Lorca y F. Castro", "es"), ["García|Lorca", "F|Castro"]);
        assert_eq!(found("disse MARX E LENIN a papa Pio XII", "it"), ["MARX", "LENIN", "+Pio"]);
        assert_eq!(
            found("habló el general Franco y José Ortega y Gasset con Lorca y la Sra. Ruiz", "es"),
            ["+Franco", "José|Ortega|Gasset", "Lorca", "+Ruiz"]
        );
    }

    #[test]
    fn names_in_russian_and_greek() {
        assert_eq!(
            found("Тогда товарищ Сталин и В. И. Ленин говорили. Но Рой Медведев знал", "ru"),
            ["+Сталин", "В|И|Ленин", "Рой|Медведев"]
        );
        assert_eq!(
            found("так писал Михаил Салтыков-Щедрин, и не Бонч-Бруевич", "ru"),
            ["Михаил|Салтыков-Щедрин", "Бонч-Бруевич"]
        );
        assert_eq!(found("Письмо Льва Толстого пришло", "ru"), ["Льва|Толстого"]);
        assert_eq!(found("Смерть Ивана Ильича близка", "ru"), ["Ивана|Ильича"]);
        assert_eq!(found("Пакт Молотова подписан", "ru"), ["Молотова"]);
        assert_eq!(found("Анна Молотова пришла", "ru"), ["?Анна|Молотова"]);
        assert_eq!(found("о том СТАЛИН И ТРОЦКИЙ", "ru"), ["СТАЛИН", "ТРОЦКИЙ"]);
        assert_eq!(found("Анна Павловна Иванова пришла", "ru"), ["?Анна|Павловна|Иванова"]);
        assert_eq!(found("είπε ο Ελευθέριος Βενιζέλος", "el"), ["Ελευθέριος|Βενιζέλος"]);
    }

    #[test]
    fn what_was_read_in_another_encoding_is_no_name() {
        assert_eq!(found("ðÏÚÄÎÅÅ ÐÒÉÛÅÌ ÎÅÍÕ éÏÓÉÆ, the old Österreich", "en"), ["Österreich"]);
    }

    #[test]
    fn a_heading_of_capitalised_words_tells_no_names() {
        let text = "# The Fall of the Winter Palace\n\n# How the palace of Nicholas fell\n";
        let document = read(text, Format::Markdown, Some(Language::ENGLISH));
        let doubtful: Vec<Vec<bool>> = document
            .blocks
            .iter()
            .map(|block| {
                let all = mentions(block.prose.text(text), block);
                all.iter().map(|one| one.starts_sentence).collect()
            })
            .collect();
        assert_eq!(doubtful, [vec![true, true], vec![false]]);
    }

    #[test]
    fn a_word_in_capitals_among_small_ones_is_an_acronym() {
        for (text, expected) in [
            ("with the nations of ASEAN (as they say)", true),
            ("by LEON TROTSKY", false),
            ("THE PARTY OF LENIN TODAY", false),
            ("with Lenin in exile", false),
        ] {
            let document = read(text, Format::Plain, Some(Language::ENGLISH));
            let all = mentions(document.blocks[0].prose.text(text), &document.blocks[0]);
            assert_eq!(all.iter().any(|one| one.is_acronym), expected, "{text}");
        }
    }

    #[test]
    fn a_patronymic_stands_between() {
        let text = "it was Pavel Ivanovitch Tchitchikov himself";
        let document = read(text, Format::Plain, Some(Language::ENGLISH));
        let prose = document.blocks[0].prose.text(text);
        let all = mentions(prose, &document.blocks[0]);
        assert_eq!(all[0].middle().map(|word| word.span.of(prose)), Some("Ivanovitch"));
    }
}
