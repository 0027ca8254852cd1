//! Telling the language of a text from its letters and its commonest words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Language;

/// How much of a text is read to tell its language, in bytes. The first pages tell it.
pub(super) const SAMPLE: usize = 16 * 1024;

/// How many common words must be seen before they tell a language.
const ENOUGH: usize = 3;

/// The commonest short words of the languages written in Latin letters; words that two
/// languages share are left out where they would mislead. By the frequency lists of any
/// grammar or corpus; no ranking is implied.
const WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "that", "was", "is", "with", "for", "his", "it", "which",
            "had", "not", "by",
        ],
    ),
    (
        "de",
        &[
            "der", "und", "die", "das", "ist", "nicht", "den", "dem", "ein", "eine", "zu", "von",
            "mit", "sich", "auf", "im",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "des", "est", "et", "une", "que", "qui", "dans", "pas", "pour", "du",
            "sur", "au", "il", "avec",
        ],
    ),
    (
        "it",
        &[
            "il", "che", "di", "della", "una", "non", "per", "gli", "sono", "con", "del", "nel",
            "alla", "è", "dei",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "que", "del", "una", "por", "con", "para", "es", "se", "su",
            "como", "no", "y",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "niet", "dat", "zijn", "voor", "met", "ook", "aan", "op", "werd",
            "naar", "hij", "de",
        ],
    ),
    (
        "pl",
        &[
            "się", "nie", "jest", "że", "na", "do", "to", "jak", "był", "przez", "który", "od",
            "po", "dla", "i",
        ],
    ),
    (
        "cs",
        &[
            "se", "že", "na", "je", "byl", "jako", "ale", "který", "aby", "však", "jsem", "jeho",
            "také", "pro", "a",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "som", "är", "inte", "på", "av", "för", "han", "var", "jag",
            "till", "den", "med",
        ],
    ),
    (
        "da",
        &[
            "og", "ikke", "at", "af", "sig", "efter", "blev", "havde", "meget", "hvad", "mig",
            "op", "da", "hvor", "nu", "det", "som", "på", "den", "med",
        ],
    ),
    (
        "nb",
        &[
            "og", "ikke", "av", "seg", "etter", "ble", "hadde", "mye", "hva", "meg", "opp", "da",
            "noe", "nå", "å", "det", "som", "på", "den", "med",
        ],
    ),
    (
        "fi",
        &[
            "ja", "on", "ei", "että", "oli", "hän", "se", "mutta", "kun", "niin", "ovat", "myös",
            "sen", "minä", "joka", "tai", "kuin", "vain", "tämä", "sitä", "hänen", "ole",
        ],
    ),
    (
        "hu",
        &[
            "az", "és", "nem", "hogy", "egy", "volt", "csak", "meg", "már", "mint", "még", "vagy",
            "ez", "azt", "ő",
        ],
    ),
    (
        "sk",
        &[
            "sa", "že", "na", "je", "bol", "ako", "ale", "ktorý", "aby", "som", "jeho", "keď",
            "čo", "len", "pre",
        ],
    ),
    (
        "pt",
        &[
            "não", "em", "uma", "os", "do", "da", "que", "com", "ao", "mas", "seu", "pela", "dos",
            "foi", "à",
        ],
    ),
    (
        "ro",
        &[
            "și", "în", "nu", "că", "la", "cu", "pe", "din", "este", "mai", "pentru", "sunt", "un",
            "o", "care",
        ],
    ),
    (
        "sl",
        &[
            "in", "je", "se", "da", "ni", "pa", "ki", "za", "bil", "tudi", "kot", "so", "če",
            "pri", "ga",
        ],
    ),
    (
        "hr",
        &[
            "i", "je", "se", "da", "nije", "su", "od", "što", "za", "ali", "kao", "bio", "koji",
            "kad", "samo",
        ],
    ),
    (
        "ca",
        &[
            "els", "les", "amb", "per", "que", "una", "del", "és", "dels", "són", "va", "seva",
            "aquest", "però", "al", "i", "més", "també", "pels", "molt", "quan",
        ],
    ),
];

/// Whether texts in this language are told from others.
pub(super) fn knows(language: Language) -> bool {
    let code = language.code();
    // Latin has words of all its daughters.
    code == "la"
        || script_of(language) != Script::Latin
        || WORDS.iter().any(|&(known, _)| known == code)
        || matches!(code, "nn" | "no")
}

/// The language of a whole text, or [`Language::UNKNOWN`] where it cannot be told.
pub(super) fn of_text(text: &str) -> Language {
    let sample = truncated(text, SAMPLE);
    by_script(sample).unwrap_or_else(|| most_of_siblings(&common_words(sample)))
}

/// The language of one block of a document in `main`: another one only where the script
/// or a good many words say so.
pub(super) fn of_block(text: &str, main: Language) -> Language {
    // All-ASCII text is never in another script, and too short a text tells nothing.
    if text.is_ascii() && (main.is_known() || text.len() < 40) {
        return if is_english_inside(text, main) { Language::ENGLISH } else { main };
    }
    if let Some(language) = by_script(truncated(text, SAMPLE)) {
        return if script_of(main) == script_of(language) { main } else { language };
    }
    let is_foreign = has_foreign_marks(text);
    if !is_foreign && is_english_inside(text, main) {
        return Language::ENGLISH;
    }
    if script_of(main) != Script::Latin || is_foreign {
        let told = by_different_words(truncated(text, 2048));
        if told.is_known() && !are_siblings(told, main) {
            return told;
        }
    }
    main
}

/// The language of one block of a page that says it is in `main`: English only where a good many words
/// say so.
pub(super) fn of_declared(text: &str, main: Language) -> Language {
    let is_english = !has_foreign_marks(text) && is_english_inside(text, main);
    if is_english { Language::ENGLISH } else { main }
}

/// Whether a sentence with these words has two common ones of English, and none of the language that it is
/// said to be in.
fn is_english_and_nothing_else(counts: &[usize; WORDS.len()], main: Language) -> bool {
    let of = |code: &str| WORDS.iter().position(|&(known, _)| known == code);
    let (Some(english), Some(own)) = (of("en"), of(main.code())) else {
        return false;
    };
    let others = counts.iter().enumerate().filter(|&(index, _)| index != english);
    counts[english] >= 2
        && counts[own] == 0
        && others.map(|(_, &count)| count).max().is_none_or(|most| most < counts[english])
}

/// Whether a block without foreign letters, in a document in another language, is English.
fn is_english_inside(text: &str, main: Language) -> bool {
    // Other languages have hardly these; `to`, `of`, `is` and `was` are words of theirs as well.
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if main.code() == "en" || text.len() < 40 || !(has(" the ") || has(" and ")) {
        return false;
    }
    let counts = common_words(truncated(text, 2048));
    has(" the ") && clearly_most(&counts) == Language::ENGLISH
        || is_english_and_nothing_else(&counts, main)
}

/// Whether a few words that a text in `language` quotes may be in another one: they have a common word of
/// English and none of the text's own, or are a name or a title, which begins with a capital and has no
/// letter that tells.
pub(super) fn may_be_foreign(quoted: &str, language: Language) -> bool {
    if !is_latin(language) {
        return by_script(quoted).is_none();
    }
    !is_told_by_words(quoted, language)
        && (has_common_word(quoted, Language::ENGLISH) || !quoted.starts_with(char::is_lowercase))
}

/// Whether a passage of a text in `language` may be English: it has a common word of English and none of the
/// text's own. Too few words for [`is_english_inside`] do.
pub(super) fn may_be_english(passage: &str, language: Language) -> bool {
    if !is_latin(language) {
        return by_script(passage).is_none();
    }
    !is_told_by_words(passage, language) && has_common_word(passage, Language::ENGLISH)
}

/// Whether a text in Latin letters has a common word of its language, or a letter that English has not.
fn is_told_by_words(text: &str, language: Language) -> bool {
    has_common_word(text, language) || text.contains(|c: char| c.is_alphabetic() && !c.is_ascii())
}

/// Whether a text has a common word of a language, of more than one letter.
fn has_common_word(text: &str, language: Language) -> bool {
    let known = WORDS.iter().position(|&(known, _)| known == language.code());
    let language = known.map_or(0, |index| 1 << index);
    let mut long = words(text).filter(|word| (2..=LONGEST).contains(&word.len()));
    long.any(|word| languages_of(word) & language != 0)
}

/// Whether two languages have so many words in common that a paragraph does not tell them apart.
fn are_siblings(one: Language, other: Language) -> bool {
    const FAMILIES: &[&[&str]] = &[
        &["da", "nb", "nn", "no", "sv"],
        &["cs", "sk"],
        &["hr", "sl", "sr"],
        &["ca", "es", "gl", "pt"],
    ];
    let has = |family: &[&str], language: Language| family.contains(&language.code());
    one != other && FAMILIES.iter().any(|family| has(family, one) && has(family, other))
}

/// Whether a Latin letter with a diacritic, a guillemet or a low quotation mark occurs.
/// (The letters up to U+017F are the ones with lead bytes C3 to C5.)
fn has_foreign_marks(text: &str) -> bool {
    // `«` is C2 AB and `„` is E2 80 9E.
    has_byte(text, |byte| matches!(byte, 0xC2..=0xC5 | 0x9E))
        && (has_byte(text, |byte| (0xC3..=0xC5).contains(&byte)) || text.contains(['«', '„']))
}

/// Whether a letter of another script than Latin may occur: lead bytes of Greek,
/// Cyrillic, Hebrew and Arabic, and of what lies between.
fn has_other_script(text: &str) -> bool {
    has_byte(text, |byte| (0xCD..=0xDB).contains(&byte) || byte == 0xE1)
}

/// Whether a byte is such a one; many are looked at together.
fn has_byte(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    let mut runs = text.as_bytes().chunks(64);
    runs.any(|run| run.iter().fold(false, |found, &byte| found | is_such(byte)))
}

fn truncated(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
}

fn script_of(language: Language) -> Script {
    match language.code() {
        "ru" | "uk" | "be" | "bg" | "sr" | "mk" => Script::Cyrillic,
        "el" => Script::Greek,
        "he" | "yi" => Script::Hebrew,
        "ar" | "fa" | "ur" => Script::Arabic,
        _ => Script::Latin,
    }
}

/// Whether a language is written in Latin letters.
pub(super) fn is_latin(language: Language) -> bool {
    script_of(language) == Script::Latin
}

/// The language where most letters are not Latin.
fn by_script(text: &str) -> Option<Language> {
    if !has_other_script(text) {
        return None;
    }
    let (mut latin, mut cyrillic, mut greek, mut hebrew) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut arabic, mut persian, mut urdu) = (0_usize, 0_usize, 0_usize);
    let mut letters = [0_usize; 4];
    for character in text.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' => letters[0] += 1,
            'ў' | 'Ў' => letters[1] += 1,
            'ђ' | 'ј' | 'љ' | 'њ' | 'ћ' | 'џ' => letters[2] += 1,
            'ы' | 'э' | 'ё' => letters[3] += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => greek += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => persian += 1,
            'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں' => urdu += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            _ => {}
        }
    }
    cyrillic += letters.iter().sum::<usize>();
    arabic += persian + urdu;
    let most = latin.max(cyrillic).max(greek).max(hebrew).max(arabic);
    if most == 0 || most == latin {
        return None;
    }
    Some(if most == cyrillic {
        let [ukrainian, belarusian, serbian, russian] = letters;
        Language::from_tag(match () {
            () if belarusian > 0 => "be",
            () if serbian > russian => "sr",
            () if ukrainian > russian => "uk",
            // Bulgarian lacks ы, э and ё, of which a page of Russian has many.
            () if russian == 0 && cyrillic > 400 => "bg",
            () => "ru",
        })
    } else if most == arabic {
        // Urdu has the letters of Persian as well; a name may bring one of them into Arabic.
        Language::from_tag(match () {
            () if urdu * RARE_LETTER > arabic => "ur",
            () if persian * RARE_LETTER > arabic => "fa",
            () => "ar",
        })
    } else {
        Language::from_tag(if most == greek { "el" } else { "he" })
    })
}

/// Of so many letters a text in a language has one at least that the other languages with its script
/// lack.
const RARE_LETTER: usize = 50;

/// The languages that have a common word, one bit each, in the order of [`WORDS`].
static LANGUAGES_OF: LazyLock<FxHashMap<ShortWord, u32>> = LazyLock::new(|| {
    let mut languages = FxHashMap::default();
    for (index, (_, words)) in WORDS.iter().enumerate() {
        for word in *words {
            *languages.entry(short(word)).or_insert(0) |= 1 << index;
        }
    }
    languages
});

/// The languages that have a word of [`WORDS`]; none of any other.
fn languages_of(word: &str) -> u32 {
    LANGUAGES_OF.get(&short(word)).copied().unwrap_or(0)
}

/// The bytes of a word of at most [`LONGEST`] bytes.
type ShortWord = u64;

fn short(word: &str) -> ShortWord {
    word.bytes().fold(0, |packed, byte| packed << 8 | ShortWord::from(byte))
}

/// The longest common word, in bytes.
const LONGEST: usize = 6;

/// The words of a text: letters with nothing between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += length_of(&text[at..], false);
        let length = length_of(&text[at..], true);
        at += length;
        (length > 0).then(|| &text[at - length..at])
    })
}

/// How many bytes at the head of a text are letters, or are none.
fn length_of(text: &str, are_letters: bool) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while let Some(byte) = bytes.get(length) {
        let (is_letter, size) = if byte.is_ascii() {
            (byte.is_ascii_alphabetic(), 1)
        } else {
            let letter = text[length..].chars().next().unwrap_or(' ');
            // The dashes and quotation marks of print are looked up slowest.
            let is_mark = ('\u{2010}'..='\u{2027}').contains(&letter);
            (!is_mark && letter.is_alphabetic(), letter.len_utf8())
        };
        if is_letter != are_letters {
            break;
        }
        length += size;
    }
    length
}

/// With so many common words, four times as many as of any other language, the rest of the
/// text need not be read.
const PLENTY: usize = 60;

/// How many of the words of a text are common ones of each language.
fn common_words(text: &str) -> [usize; WORDS.len()] {
    let mut counts = [0_usize; WORDS.len()];
    for (number, word) in (1_usize..).zip(words(text).filter(|word| word.len() <= LONGEST)) {
        if number.is_multiple_of(128) && is_plain(&counts) {
            break;
        }
        count(languages_of(word), &mut counts);
    }
    counts
}

/// The same by words that are not the same again and have more than one letter: `a`, `o`, `i` and `se` are
/// common in many languages, so a sentence may have them three times and tell nothing.
fn by_different_words(text: &str) -> Language {
    let mut counts = [0_usize; WORDS.len()];
    let mut seen: SmallVec<[ShortWord; 64]> = SmallVec::new();
    for word in words(text).filter(|word| (2..=LONGEST).contains(&word.len())) {
        let languages = languages_of(word);
        if languages != 0 && !seen.contains(&short(word)) {
            seen.push(short(word));
            count(languages, &mut counts);
        }
    }
    clearly_most(&counts)
}

/// Counts a word for each language that has it.
fn count(mut languages: u32, counts: &mut [usize; WORDS.len()]) {
    while languages != 0 {
        counts[languages.trailing_zeros() as usize] += 1;
        languages &= languages - 1;
    }
}

/// The language of which there is clearly most, if there is enough.
fn clearly_most(counts: &[usize; WORDS.len()]) -> Language {
    most(counts, |_, _| false)
}

/// The same of a whole text: Danish, Norwegian and Swedish share most of their commonest words, so that those
/// in which they differ need not be half as many again.
fn most_of_siblings(counts: &[usize; WORDS.len()]) -> Language {
    most(counts, |best, other| {
        let (most, others) = (counts[best], counts[other]);
        let language = |index: usize| Language::from_tag(WORDS[index].0);
        most >= others + ENOUGH
            && most * 6 >= others * 7
            && are_siblings(language(best), language(other))
    })
}

/// The language of which there is half as much again as of any other, or more than of one by which `is_clear`
/// says that it is enough.
fn most(counts: &[usize; WORDS.len()], is_clear: impl Fn(usize, usize) -> bool) -> Language {
    let best = (0..WORDS.len()).max_by_key(|&index| counts[index]).unwrap_or(0);
    let mut others = (0..WORDS.len()).filter(|&index| index != best);
    let is_told = counts[best] >= ENOUGH
        && others.all(|other| counts[best] * 2 >= counts[other] * 3 || is_clear(best, other));
    if is_told { Language::from_tag(WORDS[best].0) } else { Language::UNKNOWN }
}

/// Whether the words seen so far leave no doubt.
fn is_plain(counts: &[usize]) -> bool {
    let best = counts.iter().copied().max().unwrap_or(0);
    best >= PLENTY && counts.iter().filter(|&&count| count * 4 > best).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_from_words_and_letters() {
        let cases = [
            ("The change was, it appears, only to the good of the party and its men.", "en"),
            ("Der Wechsel ist nicht im Sinne der Partei und von den Führern gewollt.", "de"),
            ("Le changement est dans les faits, et il ne trompe pas ceux qui savent.", "fr"),
            ("Он сказал, что это решение было принято ещё вчера.", "ru"),
            ("Він сказав, що це рішення було прийнято ще вчора, і її не питали.", "uk"),
            ("Det är inte det som han hade att säga till oss, och jag hörde på.", "sv"),
            ("Han sa at han ikke hadde noe å si, og så gikk hun av sted etter ham.", "nb"),
            (
                "Det er den by, som han kom til med sin søn, og på vejen blev han syg og gik ikke op; \
                 han havde det værre efter den dag, og hun var hos ham med sin far.",
                "da",
            ),
            ("Hän tuli taloon vasta illalla kuin varas tai kerjäläinen, vain puku yllään.", "fi"),
            ("Han sagde, at hun ikke havde noget af det, og efter en time gik han.", "da"),
            ("Azt mondta, hogy nem tudja, és már csak egy szót kért.", "hu"),
            ("Ele disse que não foi uma boa ideia, mas os outros riram do seu chapéu.", "pt"),
            ("A spus că nu este vina lui și că la noapte pleacă din oraș cu trenul.", "ro"),
            ("Povedal, že sa na to bol pozrieť a ako to bolo, keď som prišiel.", "sk"),
            ("Rekel je, da ni res in da se bo vrnil, ko bo tudi on pri nas.", "sl"),
            ("قال إن هذا القرار اتخذ أمس وإن الناس لم يعرفوا به.", "ar"),
            ("او گفت که این تصمیم دیروز گرفته شد و کسی آن را نمی‌دانست.", "fa"),
            ("اس نے کہا کہ یہ فیصلہ کل ہوا تھا اور لوگوں کو معلوم نہیں تھا۔", "ur"),
            ("Xyzzy plugh.", "und"),
        ];
        for (text, code) in cases {
            assert_eq!(of_text(text).code(), code, "{text}");
        }
    }

    #[test]
    fn a_russian_paragraph_in_an_english_text_is_russian() {
        let block = of_block("«Это очень важно», сказал он.", Language::ENGLISH);
        assert_eq!(block, Language::RUSSIAN);
        let name = of_block("He said that (Хрущёв) was the one.", Language::ENGLISH);
        assert_eq!(name, Language::ENGLISH);
    }

    #[test]
    fn what_is_quoted_may_be_foreign() {
        let polish = Language::from_tag("pl");
        let cases = [
            ("The Times", true),
            ("good for nothing", true),
            ("Linux", true),
            ("dobranoc", false),
            ("Gałązka", false),
            ("Idź do domu", false),
        ];
        for (quoted, expected) in cases {
            assert_eq!(may_be_foreign(quoted, polish), expected, "{quoted}");
        }
        assert!(may_be_foreign("Linux", Language::RUSSIAN));
        assert!(!may_be_foreign("Правда", Language::RUSSIAN));
    }

    #[test]
    fn the_same_small_word_again_tells_no_other_language() {
        let spanish = "Pero nadie me dice a punto fijo dónde está. ¿Ha caído prisionero, o se retiró \
                       a Cádiz?";
        let main = Language::from_tag("es");
        assert_eq!(of_block(spanish, main), main);
        let czech = "Řekl, že to byl jeho bratr, který však nebyl doma; ale také pro něj to není.";
        assert_eq!(of_block(czech, main).code(), "cs");
    }

    #[test]
    fn an_english_paragraph_in_a_german_text_is_english() {
        let english = "It was known that the leaders of the party had to agree with that.";
        assert_eq!(of_block(english, Language::GERMAN), Language::ENGLISH);
        let german = "Er sprach von der Zeitung, die er in der Stadt gelesen hatte, the Times.";
        assert_eq!(of_block(german, Language::GERMAN), Language::GERMAN);
        let danish = "Han sagde, at det ikke var sådan, og at han havde set det efter krigen.";
        let norwegian = Language::from_tag("nb");
        assert_eq!(of_block(danish, norwegian), norwegian);
    }
}
