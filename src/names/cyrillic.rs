//! Names in Cyrillic letters, which change with their case.

/// Endings of nouns and adjectives in the languages that write Cyrillic and decline, as far as
/// names have them.
const ENDINGS: &[&str] = &[
    "", "а", "я", "у", "ю", "ы", "и", "е", "о", "ь", "й", "ом", "ем", "ём", "ым", "им", "ой", "ей",
    "ёй", "ою", "ею", "ий", "ый", "ая", "яя", "ое", "ее", "ие", "ые", "ия", "ии", "ию", "ого",
    "его", "ому", "ему", "ую", "юю", "ых", "их", "ыми", "ими", "ам", "ям", "ами", "ями", "ах",
    "ях", "ов", "ев", "ёв", "ием", "ией", "иям", "иями", "иях", "ье", "ья", "ью", "ьи", "ьей",
    "ьев", "ьем",
];

/// The longest of them, in letters.
const LONGEST: usize = 4;

/// The shortest stem that two forms must share, in letters.
const SHORTEST_STEM: usize = 3;

/// Whether a word is written in Cyrillic letters, by its first one.
pub(super) fn is_cyrillic(word: &str) -> bool {
    word.starts_with(|c| ('\u{400}'..='\u{52f}').contains(&c))
}

/// Whether two words, in small letters, may be cases of one: `хрущёва` and `хрущёву`. е and ё
/// are one letter in print.
pub(super) fn are_forms(a: &[char], b: &[char]) -> bool {
    let is_cyrillic =
        |word: &[char]| word.first().is_some_and(|c| is_cyrillic(c.encode_utf8(&mut [0; 4])));
    if !is_cyrillic(a) || !is_cyrillic(b) {
        return false;
    }
    let shared = a.iter().zip(b).take_while(|(x, y)| is_same(**x, **y)).count();
    // The ending may begin before the first difference: `ени|ей`, `ени|й`.
    (SHORTEST_STEM..=shared)
        .rev()
        .take(LONGEST)
        .any(|stem| is_ending(&a[stem..]) && is_ending(&b[stem..]))
}

fn is_same(a: char, b: char) -> bool {
    let fold = |letter| if letter == 'ё' { 'е' } else { letter };
    fold(a) == fold(b)
}

fn is_ending(letters: &[char]) -> bool {
    letters.len() <= LONGEST
        && ENDINGS.iter().any(|ending| ending.chars().eq(letters.iter().copied()))
}

/// The cases of a surname or of another name, its own form first: what a Russian text writes of
/// `Хрущёв`. Each with е for ё as well, as print mostly has it.
pub fn cases(name: &str) -> Vec<String> {
    // Both names of `Салтыков-Щедрин` decline: `Салтыкова-Щедрина`.
    if let Some((first, second)) = name.split_once('-') {
        let seconds = cases(second);
        let firsts = cases(first);
        let both = firsts.iter().flat_map(|x| seconds.iter().map(move |y| format!("{x}-{y}")));
        return both.collect();
    }
    let (stem, endings) = declension(name);
    let mut forms = vec![name.to_owned()];
    forms.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
    let plain: Vec<String> =
        forms.iter().filter(|form| form.contains('ё')).map(|form| form.replace('ё', "е")).collect();
    forms.extend(plain);
    forms.dedup();
    forms
}

/// The stem and the endings of the other cases, by how the name ends.
fn declension(name: &str) -> (&str, &'static [&'static str]) {
    const ADJECTIVE: &[&str] = &["ого", "ому", "им", "ым", "ом", "ая", "ой", "ую", "ие", "их"];
    const SURNAME: &[&str] = &["а", "у", "ым", "е", "ой", "ы", "ых"];
    const HARD: &[&str] = &["а", "у", "ом", "е"];
    const SOFT: &[&str] = &["я", "ю", "ем", "е"];
    const FEMININE: &[&str] = &["ы", "и", "е", "у", "ой"];
    const SOFT_FEMININE: &[&str] = &["и", "е", "ю", "ей"];
    let is_surname = ["ов", "ев", "ёв", "ин", "ын"].iter().any(|ending| name.ends_with(ending));
    let cut = |ending: &str| name.strip_suffix(ending);
    if let Some(stem) = cut("ий").or_else(|| cut("ый")).or_else(|| cut("ой")) {
        (stem, ADJECTIVE)
    } else if is_surname {
        (name, SURNAME)
    } else if let Some(stem) = cut("а") {
        (stem, FEMININE)
    } else if let Some(stem) = cut("я") {
        (stem, SOFT_FEMININE)
    } else if let Some(stem) = cut("ь").or_else(|| cut("й")) {
        (stem, SOFT)
    } else if name.ends_with(|c| "бвгджзклмнпрстфхцчшщ".contains(c)) {
        (name, HARD)
    } else {
        (name, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_names() {
        for (name, form) in [
            ("Хрущёв", "Хрущёва"),
            ("Хрущёв", "Хрущеву"),
            ("Троцкий", "Троцкого"),
            ("Толстой", "Толстым"),
            ("Сталин", "Сталиным"),
            ("Молотов", "Молотове"),
            ("Берия", "Берию"),
            ("Гоголь", "Гоголя"),
            ("Нагорная", "Нагорная"),
            ("Салтыков-Щедрин", "Салтыкова-Щедрина"),
            ("Римский-Корсаков", "Римского-Корсакова"),
        ] {
            assert!(cases(name).contains(&form.to_owned()), "{name}: {:?}", cases(name));
        }
    }

    #[test]
    fn forms_of_one_name_and_other_names() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        for (a, b, expected) in [
            ("хрущёва", "хрущеву", true),
            ("сталин", "сталина", true),
            ("троцкого", "троцкому", true),
            ("евгений", "евгенией", true),
            ("розанов", "романов", false),
            ("котов", "кротов", false),
            ("ivanov", "ivanova", false),
        ] {
            assert_eq!(are_forms(&letters(a), &letters(b)), expected, "{a} {b}");
        }
    }
}
