//! Is an original that schemes would write so one that somebody may be called? What schemes can write is
//! more than what is written, and a reader who is shown a name that nobody has believes nothing else.

use super::script::Native;

/// Whether a word in small letters is spelt as its language spells names.
pub(super) fn is_spelt_so(text: &str, language: Native) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let are_usual = letters.windows(2).all(|pair| is_usual_row(pair[0], pair[1], language));
    are_usual && is_usual_word(text, &letters, language)
}

/// Whether two letters stand in a row in some name: not `аы`, `хя`, `кы`, `вй`.
fn is_usual_row(first: char, second: char, language: Native) -> bool {
    let is_vowel = |letter| "аеёиіїоуыэюяєѣ".contains(letter);
    let is_cyrillic = |letter| ('\u{400}'..='\u{52f}').contains(&letter);
    match (first, second) {
        (first, _) if !is_cyrillic(first) => true,
        (first, 'ы' | 'ь' | 'ъ') if is_vowel(first) => false,
        ('г' | 'к' | 'х', 'ы') | ('х', 'я') => false,
        ('ж' | 'ч' | 'ш' | 'щ', 'ы' | 'я') | ('ч' | 'щ', 'ю' | 'э') => {
            matches!(language, Native::Belarusian)
        }
        (first, 'й') => is_vowel(first),
        ('и' | 'ы' | 'е', 'э') | ('и', 'и') | ('й', 'ь') => false,
        // A soft sign stands before a vowel that is written with a glide, or before a consonant; and behind
        // ш and its like at the end alone.
        ('ь', 'а' | 'у' | 'ы' | 'э') | ('ж' | 'ч' | 'ш' | 'щ', 'ь') => false,
        ('ь', 'о') => language != Native::Russian,
        _ => true,
    }
}

/// Whether a whole word has what no name of its language has.
fn is_usual_word(text: &str, letters: &[char], language: Native) -> bool {
    let has = |rows: &[&str]| rows.iter().any(|row| text.contains(row));
    let ends = |rows: &[&str]| rows.iter().any(|row| text.ends_with(row));
    match language {
        Native::Russian => {
            // A Ukrainian by his ending has no ы.
            let is_mixed =
                has(&["ы"]) && ends(&["енко", "ко", "ук", "юк", "вич"]) && !ends(&["ович", "евич"]);
            let has_odd_e = letters.windows(2).any(|pair| pair[1] == 'э' && is_consonant(pair[0]));
            let is_head_soft = letters.get(1) == Some(&'ь');
            let has_odd_rows = has(&["шч", "зки", "ыа", "ыо", "ыу", "ыю"]);
            let has_odd_sch = text.contains("сч") && !text.starts_with("сч");
            let has_odd_end = ends(&[
                "ски", "цки", "иц", "евих", "ових", "выч", "ив", "ёвич", "йев", "йева", "бёв",
                "пёв", "вёв", "мёв",
            ]);
            let is_odd = [
                is_mixed,
                has_odd_e,
                is_head_soft,
                text.starts_with('ы'),
                has_odd_rows,
                has_odd_sch,
                has_odd_end,
            ];
            !is_odd.contains(&true)
        }
        Native::Ukrainian => !has(&["ґ", "іа", "іе", "ії", "зг", "сч"]) && !ends(&["ский", "цкий"]),
        // Before a consonant stands ў, and no в.
        Native::Belarusian => {
            !letters.windows(2).any(|pair| pair[0] == 'в' && is_consonant(pair[1]))
        }
        // The soft sign of Bulgarian stands before о alone.
        Native::Bulgarian => text.split('ь').skip(1).all(|behind| behind.starts_with('о')),
        _ => true,
    }
}

fn is_consonant(letter: char) -> bool {
    "бвгджзклмнпрстфхцчшщ".contains(letter)
}

/// Whether a word in small letters is shown to be of its language by its end or by a letter that the neighbours
/// do not have: what may as well be of another one is no original to show. Most names are Russian ones.
pub(super) fn is_of_language(text: &str, language: Native) -> bool {
    let ends = |rows: &[&str]| rows.iter().any(|row| text.ends_with(row));
    let has = |rows: &[&str]| rows.iter().any(|row| text.contains(row));
    match language {
        Native::Ukrainian => ends(&[
            "ко",
            "ук",
            "юк",
            "ик",
            "ський",
            "цький",
            "ська",
            "цька",
            "ій",
            "ий",
            "ич",
            "ів",
            "їв",
            "шин",
            "ець",
        ]),
        Native::Belarusian => ends(&["ў", "віч", "ка", "ук", "юк", "скі", "цкі", "ская", "цкая"]),
        Native::Bulgarian => has(&["ъ"]),
        Native::Serbian => ends(&["ић"]),
        Native::Macedonian => false,
        Native::Georgian => ends(&["შვილი", "ძე", "ია", "უა", "ელი"]),
        Native::Armenian => ends(&["յան", "եան", "ունի"]),
        Native::Greek => ends(&["ης", "ος", "ας", "ις", "ου", "ακη", "ιδη"]),
        _ => true,
    }
}

/// Whether a soft sign, which most spellings do not show, is as likely in a word that has none:
/// `Маря` is hardly a name beside `Марья`, and `Палчинский` none beside `Пальчинский`, `Мелников` none beside
/// `Мельников`.
pub(super) fn may_hide_a_soft_sign(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let ends_so = matches!(letters[..], [.., before, 'я'] if is_consonant(before));
    let is_soft_l = |row: &[char]| match row {
        [_, 'л', after] if "чшщжц".contains(*after) => true,
        ['и' | 'е' | 'ы', 'л', after] => is_consonant(*after) && *after != 'л',
        _ => false,
    };
    ends_so || text.ends_with("ел") || text.starts_with("дя") || letters.windows(3).any(is_soft_l)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_is_spelt_as_names_are() {
        for (text, language, expected) in [
            ("троцкий", Native::Russian, true),
            ("йоффе", Native::Russian, true),
            ("кюхельбекер", Native::Russian, true),
            ("воробьёв", Native::Russian, true),
            ("мейерхольд", Native::Russian, true),
            ("петрович", Native::Russian, true),
            ("хаытян", Native::Russian, false),
            ("тухачевскы", Native::Russian, false),
            ("анархя", Native::Russian, false),
            ("давйдов", Native::Russian, false),
            ("пушькин", Native::Russian, false),
            ("троцкийь", Native::Russian, false),
            ("хрушчиов", Native::Russian, false),
            ("тымошенко", Native::Russian, false),
            ("дзержински", Native::Russian, false),
            ("морожевих", Native::Russian, false),
            ("шухевыч", Native::Russian, false),
            ("воробёв", Native::Russian, false),
            ("ґанєв", Native::Ukrainian, false),
            ("краевскі", Native::Belarusian, false),
            ("ісченко", Native::Ukrainian, false),
            ("дабровзки", Native::Russian, false),
            ("вьрубова", Native::Bulgarian, false),
        ] {
            assert_eq!(is_spelt_so(text, language), expected, "{text}");
        }
    }

    #[test]
    fn an_original_of_another_language_ends_as_its_names_do() {
        for (text, language, expected) in [
            ("тимошенко", Native::Ukrainian, true),
            ("виговський", Native::Ukrainian, true),
            ("згівков", Native::Ukrainian, false),
            ("колєв", Native::Ukrainian, false),
            ("бяляеў", Native::Belarusian, true),
            ("живковић", Native::Serbian, true),
            ("красноселски", Native::Bulgarian, false),
            ("ուսճաքօւ", Native::Armenian, false),
            ("τυχινα", Native::Greek, false),
        ] {
            assert_eq!(is_of_language(text, language), expected, "{text}");
        }
    }

    #[test]
    fn a_soft_sign_may_be_hidden_behind_l() {
        for (text, expected) in
            [("мелников", true), ("палчинский", true), ("волков", false), ("иллич", false)]
        {
            assert_eq!(may_hide_a_soft_sign(text), expected, "{text}");
        }
    }
}
