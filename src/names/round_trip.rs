//! Forward and backward agree: whatever a scheme writes for an original is read back to it.

use proptest::prelude::*;

use super::{Relation, compare, spellings};

/// Stems in letters on which the schemes differ, with a Slavic ending.
fn russian_names() -> impl Strategy<Value = String> {
    let syllable = "[бвгдклмнпртчшщх][аоуеия]";
    let ending = prop::sample::select(vec!["ов", "ский", "енко", "ович", "ова"]);
    (prop::collection::vec(syllable, 1..3), "[лрнк]", ending)
        .prop_map(|(syllables, last, ending)| syllables.concat() + &last + ending)
        // The dj of дя is the letter ђ in Serbian, which is read first.
        .prop_filter("dj is read as one letter", |name| !name.contains("дя"))
}

/// Whether a spelling can be read back without knowing its scheme: English ones always; others by a
/// letter that only they have, since Chokov is Чоков in English and Шоков in French. Polish writes ля
/// as la, which is another name elsewhere. GOST 7.79 B
/// and 16876, with x and jj, older English and Soviet passports, which mix two languages, are
/// not read back at all.
fn can_be_read_back(scheme: &str, text: &str) -> bool {
    let marks: &[&str] = match scheme {
        "press" | "ala-lc" | "bgn-pcgn" | "passport" | "passport-1997" => return true,
        "french" => &["tch", "chtch"],
        "german" => &["tsch"],
        "scholarly" => &["š", "č"],
        _ => return false,
    };
    marks.iter().any(|mark| text.to_lowercase().contains(mark))
}

/// Surnames of other languages in their own letters, with the schemes whose spellings are told to be
/// one name whatever the pair. What is missing here: schemes of one language that are read as another
/// one's (the French `ch`, the German `s`), and those whose letters lose their diacritics.
const OTHERS: &[(&str, &[&str], &[&str])] = &[
    (
        "uk",
        &["ala-lc", "bgn-pcgn", "national", "press"],
        &[
            "Шевченко",
            "Винниченко",
            "Петлюра",
            "Порошенко",
            "Янукович",
            "Кравчук",
            "Мельник",
            "Бандера",
            "Зеленський",
            "Грушевський",
            "Щербицький",
            "Хвильовий",
        ],
    ),
    (
        "bg",
        &["ala-lc", "bgn-pcgn", "national", "press", "french", "german"],
        &[
            "Димитров",
            "Живков",
            "Стамболийски",
            "Левски",
            "Стоянов",
            "Коларов",
            "Червенков",
            "Желев",
        ],
    ),
    (
        "el",
        &["bgn-pcgn", "elot-743"],
        &["Βενιζέλος", "Καραμανλής", "Θεοδωράκης", "Καζαντζάκης", "Μητσοτάκης", "Παπαδόπουλος"],
    ),
    (
        "hy",
        &["ala-lc", "bgn-pcgn", "press"],
        &["Միկոյան", "Սարգսյան", "Քոչարյան", "Խաչատրյան", "Փաշինյան", "Գրիգորյան", "Հակոբյան"],
    ),
    (
        "be",
        &["ala-lc", "bgn-pcgn", "national", "press", "scholarly"],
        &["Лукашэнка", "Машэраў", "Чарвякоў", "Караткевіч", "Шушкевіч", "Янкоўскі", "Ціханоўская"],
    ),
    (
        "sr",
        &["iso-9", "national"],
        &["Милошевић", "Драшковић", "Живојиновић", "Хаџић", "Настасијевић", "Ђинђић"],
    ),
    (
        "ka",
        &["bgn-pcgn", "french", "german", "press"],
        &["სააკაშვილი", "ჯუღაშვილი", "იაშვილი", "მარგველაშვილი", "ივანიშვილი"],
    ),
    ("ka", &["ala-lc", "bgn-pcgn", "press"], &["შევარდნაძე", "ბერიძე", "ტაბიძე", "გუმბარიძე"]),
];

#[test]
fn the_spellings_of_two_schemes_are_one_name() {
    for (language, schemes, names) in OTHERS {
        let mut pairs = 0;
        for native in *names {
            let all = spellings(native, language);
            let known: Vec<_> =
                all.iter().filter(|one| schemes.contains(&one.scheme.id())).collect();
            pairs += known.len() - 1;
            for (a, b) in known.iter().flat_map(|a| known.iter().map(move |b| (a, b))) {
                let relation = compare(&a.text, &b.text, false);
                assert!(
                    matches!(relation, Relation::Variant(_) | Relation::Equal),
                    "{native}: {} and {}: {relation:?}",
                    a.text,
                    b.text
                );
            }
        }
        assert!(pairs >= names.len() / 2, "{language}: the schemes hardly differ");
    }
}

proptest! {
    #[test]
    fn every_spelling_is_read_back(native in russian_names()) {
        let spellings = spellings(&native, "ru");
        let press = spellings.iter().find(|one| one.scheme.id() == "press").expect("a spelling");
        for other in &spellings {
            if other.text == press.text || !can_be_read_back(other.scheme.id(), &other.text) {
                continue;
            }
            let relation = compare(&press.text, &other.text, false);
            prop_assert!(
                matches!(relation, Relation::Variant(_) | Relation::Equal),
                "{native}: {} and {} ({}): {relation:?}",
                press.text,
                other.text,
                other.scheme.name()
            );
        }
    }
}
