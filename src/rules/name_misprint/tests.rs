//! The rule on snippets of text.

use std::sync::Arc;

use crate::corpus::{CorpusIndex, DocumentFacts, Settings, analyse};
use crate::figures::Authority;
use crate::markup::{Format, Language};
use crate::rules::{Levels, corpus_findings, fixture};

fn check_in(language: &str, snippet: &str) {
    fixture::check_in(Language::from_tag(language), &super::RULE, snippet);
}

#[test]
fn what_other_documents_have_too_is_no_misprint_until_they_are_gone() {
    let index = CorpusIndex::new(Authority::builtin(), None);
    let settings = Settings { language: Some(Language::ENGLISH), ..Settings::default() };
    let put = |name: &str, text: &str| {
        let analysis = analyse(Arc::from(text), Format::Plain, &settings);
        index.insert(Arc::from(name), DocumentFacts::of(&analysis, &index));
    };
    let text = "And then he went to Perograd by train.";
    let wrong = || {
        let view = index.view("a.txt").expect("a document");
        let found = corpus_findings(&view, &settings, &Levels::default());
        found.iter().map(|finding| finding.span.of(text)).collect::<Vec<_>>()
    };
    put("a.txt", text);
    put("b.txt", &"They left for Petrograd in May. ".repeat(12));
    put("c.txt", &"We left for Perograd in May. ".repeat(3));
    assert_eq!([wrong(), wrong()], [[""; 0]; 2]);
    index.remove("c.txt");
    assert_eq!([wrong(), wrong()], [["Perograd"]; 2]);
}

#[test]
fn a_name_without_its_accent() {
    check_in(
        "en",
        "\
It was for Charles Evrémonde that he came, and for young Evrémonde alone.
And then for Evremonde he wept.
             ^^^^^^^^^ lacks the accent of “Evrémonde” (twice in this corpus).
",
    );
    check_in(
        "en",
        "\
We left Göttingen for Łódź in May, and Göttingen was cold; in Łódź and again in Łódź it rained.
They found Gottingen and then Lodz in snow.
           ^^^^^^^^^ lacks the umlaut of “Göttingen”
                              ^^^^ lacks the diacritics of “Łódź”
",
    );
    check_in(
        "fr",
        "\
Il parle à Frédéric de Mérimée; et Frédéric lit Mérimée.
Puis Frederic sort.
     ^^^^^^^^ lacks the accent of “Frédéric”
",
    );
    check_in(
        "es",
        "\
Vino con Núñez a Córdoba, y con Núñez salió de Córdoba.
Allí estaba Nunez solo, lejos de Cordoba y del mar.
            ^^^^^ lacks the diacritics of “Núñez”
                                 ^^^^^^^ lacks the accent of “Córdoba”
",
    );
}

#[test]
fn an_accent_lost_in_the_ending_of_an_adjective() {
    check_in(
        "en",
        "\
He saw Thérèse, and Thérèse saw him; with Thérèse he went.
Then he wrote to Therese.
                 ^^^^^^^ lacks the accent of “Thérèse”
",
    );
}

#[test]
fn an_english_adjective_has_no_accent() {
    check_in(
        "en",
        "\
The Aragónese front; on the Aragónese front, in the Aragónese hills, by Aragónese roads.
He saw the Aragonese hills.
",
    );
}

#[test]
fn a_slip_at_the_head_of_a_sentence_or_behind_another_given_name() {
    check_in(
        "en",
        "\
He saw Terestchenko and Terestchenko, with Terestchenko and near Terestchenko he sat.
It was so. Tersetchenko had gone.
           ^^^^^^^^^^^^ with “es” transposed
",
    );
    check_in(
        "en",
        "\
I knew Maria Kiselnikova, and Anna Kiselnikova, and Lydia Kiselnikova.
There Boris Kisselnnikova laughed, and Vera Kiselinkova wept.
                                            ^^^^^^^^^^^ with “ni” transposed
",
    );
}

#[test]
fn what_no_list_of_names_has_is_a_slip_of_what_is_like_it() {
    check_in(
        "en",
        "\
They rode from Mirsholt to Mirsholt Abbey, past Danbreck and Danbreck Hall to Danbreck Hill.
They left Misholt for Danbreek that day.
          ^^^^^^^ looks like “Mirsholt” (twice in this corpus) with “r” lost
                      ^^^^^^^^ looks like “Danbreck”
",
    );
    check_in(
        "en",
        "\
With Vandermeer came Vandermeer, and Vandermeer and Vandermeer, with Vandermeer, of Vandermeer.
They met Vandermoer and Vandirmeer, but Jude Vandermeers was there.
         ^^^^^^^^^^ looks like “Vandermeer”
                        ^^^^^^^^^^ looks like “Vandermeer”
",
    );
    check_in(
        "en",
        "\
They came to Budapest by night, and to Wenzlow by day.
From Budapset they rode on, and from Wenzolw.
     ^^^^^^^^ looks like “Budapest” (once in this corpus) with “es” transposed
",
    );
    // Some families are called Barnet; and one time is not enough.
    check_in("en", "They met Barnett and Barnett, with Barnett and of Barnett, then Barnet.\n");
    check_in("en", "They rode from Girvak alone, and to Girak together.\n");
}

#[test]
fn a_letter_doubled_as_no_language_doubles_it() {
    check_in(
        "en",
        "\
The Prussian men, the Prussian king, the Prussian flag, and the Joneses; Mr. Jones, Jones, Jones.
There was a Pruussian song, and Mr. Joness sang.
            ^^^^^^^^^ with “u” doubled
                                    ^^^^^^ with “s” doubled
",
    );
}

#[test]
fn the_same_given_name_beside_a_slip() {
    check_in(
        "en",
        "\
They met Irene Vandok, and Irene Vandok sang. Then Vandok spoke to Godfrey Vandok.
They heard of Irene Vendok there, and met Godfrey Hardok, and Godfrey Wardok.
                    ^^^^^^ looks like “Vandok”
",
    );
}

#[test]
fn a_name_from_arabic_in_other_vowels() {
    check_in(
        "en",
        "\
Feisal and Mustafa rode with Abdulla and Hussein to Mudowwara; from Mudowwara to Guweira, to Guweira.
So to Mudawwara and to Guwaira they came.
      ^^^^^^^^^ romanised from Arabic in another way
                       ^^^^^^^ romanised from Arabic in another way
",
    );
    // What the name as a whole tells is told once, of the whole.
    check_in(
        "en",
        "\
Feisal and Mustafa rode with Abdulla and Hussein; then Nuri Shaalan met Nuri Shaalan, Nuri Shaalan.
So Nuri Shalan came.
",
    );
    // Nobody else in this text has a name from Arabic.
    check_in("en", "They rode to Guweira, and from Guweira to Guwaira.\n");
}

#[test]
fn a_digit_for_the_head_of_a_capital() {
    check_in(
        "en",
        "\
They left Hampstead for Hampstead Heath; in Hampstead it rained.
They came to T1ampstead late.
             ^^^^^^^^^^ with “H” read as “T1”
",
    );
}

#[test]
fn of_two_names_the_likelier_slip_is_meant() {
    check_in(
        "en",
        "\
In the States, the States and the States, they knew of a State, and of a State and the State.
He came to the Statse by ship.
               ^^^^^^ looks like “States”
",
    );
}

#[test]
fn capitals_and_words_that_an_accent_divides_are_right_without() {
    check_in("fr", "Il voit Évrémonde et Mérimée; là Évrémonde lit Mérimée.\n\nPAR MERIMEE\n");
    check_in("fr", "Il va au Marché avec Paul, du Marché au Marché, puis vers la Marche.\n");
    check_in("fr", "Il parle avec Étienne et Étienne écoute Étienne; puis Etienne sort.\n");
    check_in("pl", "Widział Marysię i znów Marysię, a potem Marysie poszły. To Marysię bolało.\n");
}

#[test]
fn an_umlaut_lost_in_a_name_and_in_a_noun() {
    check_in(
        "de",
        "\
Da kam Herr Blücher, und General Blücher sprach mit Herrn Blücher.
Und neben Blucher saß die Mutter.
          ^^^^^^^ lacks the umlaut of “Blücher”
",
    );
    check_in("de", "Er sah Väter, er sah Väter und Väter, und Vater kam.\n");
    check_in("de", "Er sah die Söhne und die Söhne, auch Söhne. Mit dem Sohne kam er.\n");
    check_in(
        "de",
        "\
Er kam zur Südbucht, und in der Südbucht schlief er; die Südbucht lag still.
Dann verliess er die Sudbucht wieder.
                     ^^^^^^^^ lacks the umlaut of “Südbucht”
",
    );
}

#[test]
fn the_plural_of_a_name_a_word_of_another_language_and_somebody_else() {
    check_in(
        "en",
        "In the Chamber, the Chamber and the Chamber he sat, not the old Chambre.\n\nTo the Russians and the Russians, the Russians of all the Russias; in Russia.
",
    );
    check_in(
        "en",
        "\
A movement is the Movement, the Movement, the Movement. He read Le Journal du Mouvement Social there.
Yet the Movemnet grew.
        ^^^^^^^^ looks like “Movement”
",
    );
    check_in(
        "en",
        "With Kegan and Kegan, by Kegan and Kegan again, with Kegan; then came Victor Keegan.\n",
    );
    check_in(
        "en",
        "From the States of Asian lands to Asian lands, Asian and Asian, to those of ASIAEN.\n",
    );
}

#[test]
fn a_name_in_german_and_a_noun_like_it() {
    check_in(
        "de",
        "\
Da kam Herr Wellington, und Wellington sprach mit Wellington von Wellington.
Und dann ging Welilngton fort.
              ^^^^^^^^^^ looks like “Wellington”
",
    );
    check_in(
        "de",
        "Da kam Herr Baruch, und Baruch sprach mit Baruch, mit Baruch und Baruch.\nAlles ging zu Bruch dabei.\n",
    );
    check_in(
        "it",
        "Da Torino a Torino, e da Torino a Torino, ma il Tonno resta, e Torino con Torino, e Torino, e Torino.\n",
    );
    check_in("de", "Er hatte Scheiben, und Scheiben und Scheiben sah er. Und Schieben half.\n");
}

#[test]
fn accents_lost_in_languages_that_are_full_of_them() {
    check_in(
        "pl",
        "\
Był w Paryżu i widział Polskę, i znów Paryż; a to Węgry.
Potem Polske pochwalił i Wegry, a także Paryz i morze.
      ^^^^^^ lacks the ogonek of “Polskę”
                         ^^^^^ lacks the ogonek of “Węgry”
                                        ^^^^^ lacks the diacritic of “Paryż”
",
    );
    // The ending has another mark in other forms of a name, and Anne is somebody else than Anna.
    check_in(
        "pl",
        "Widział Moskwą i znów Moskwą, a to Moskwa jest. To Annę i to Annę bolało, a Anne stała.\n",
    );
    check_in(
        "cs",
        "\
Viděl paní Fondánová, a pak paní Fondánová šla. Mikulášovi bylo zima.
Potom se Fondanova smála, a dal to Mikulasovi domů.
         ^^^^^^^^^ lacks the accent of “Fondánová”
                                   ^^^^^^^^^^ lacks the diacritics of “Mikulášovi”
",
    );
}

#[test]
fn an_umlaut_lost_where_it_makes_no_form() {
    check_in(
        "de",
        "\
Das ist die Schrödinger-Gleichung, und so schrieb Schrödinger über seine Mißverhältnisse.
Nun sprach Schrodinger wieder über Mißverhaltnisse.
           ^^^^^^^^^^^ lacks the umlaut of “Schrödinger”
                                   ^^^^^^^^^^^^^^^ lacks the umlaut of “Mißverhältnisse”
",
    );
    check_in("de", "Da standen die Nußbäume, und unter dem Nußbaume lag er.\n");
}

#[test]
fn a_vowel_doubled_where_no_language_doubles_it() {
    check_in(
        "it",
        "\
Il padre di Boris parla con Boris, e Boris con la madre; Boris, Boris e Boris e Boris con Boris.
Poi venne Booris da sola.
          ^^^^^^ looks like “Boris”
",
    );
}

#[test]
fn a_word_of_many_languages_is_no_misprint_of_a_name() {
    check_in(
        "it",
        "Il signor Finagle parla con Finagle, e Finagle con la madre di Finagle, Finagle e Finagle; ma il suo Finale no.\n",
    );
}

#[test]
fn an_umlaut_lost_in_a_word_whose_stem_has_none() {
    check_in(
        "de",
        "\
Sie sah Tränen, viele Tränen und wieder Tränen; ihre Tränen fielen.
Er trocknete ihre Tranen und ging.
                  ^^^^^^ lacks the umlaut of “Tränen”
",
    );
    check_in(
        "de",
        "Die Söhne, seine Söhne und die Söhne, alle Söhne; dem Sohn und dem Sohne gab er es.\n",
    );
    check_in(
        "de",
        "\
So kam der alte Blücher, der tolle Blücher; Herr Blücher schrieb, und Blücher schwieg.
Da sprach Herr Blucher.
               ^^^^^^^ lacks the umlaut of “Blücher”
",
    );
    check_in(
        "de",
        "\
Er sah Fouché, und Fouché ging mit Fouché zu Linné, und Linné sprach.
Carnot rief Fouche und dann Linne.
            ^^^^^^ lacks the accent of “Fouché”
                            ^^^^^ lacks the accent of “Linné”
",
    );
}

#[test]
fn a_noun_that_no_other_noun_is_like() {
    check_in(
        "de",
        "\
Er gab den Feuerrubin her. Wo liegt der Feuerrubin, und wem gehört dieser Feuerrubin nun?
Sie nahm den Feuerubin und lief.
             ^^^^^^^^^ looks like “Feuerrubin”
",
    );
    for two_words in [
        "Er trug die Krönungen ein, alle Krönungen, die Krönungen und Krönungen, und sah die Körnungen.\n",
        "Der Schwager sah die Reederei, die Reederei und die Reederei, doch eine Rederei war es.\n",
        "Er kam mit Fürchten, mit Fürchten und Fürchten, doch zu den Früchten kam er.\n",
    ] {
        check_in("de", two_words);
    }
}

#[test]
fn what_another_scheme_explains_is_no_misprint() {
    check_in(
        "en",
        "The party of the Trudoviki met. With Trudoviki and Trudoviki he spoke, not Troudoviki.\n",
    );
}

#[test]
fn a_name_of_its_own_is_no_slip_of_another_one() {
    for two in [
        "They met Lenin, Lenin and Lenin, with Lenin and of Lenin, by Lenin; then Levin came with Levin.\n",
        "He saw Katya Petrovna, and Petrovna, with Petrovna, of Petrovna, in a street called Petrovka.\n",
        "They met MacCarthy and MacCarthy, with MacCarthy, of MacCarthy, by McCarthy.\n",
        "They read Schrödinger and Schrödinger, with Schrödinger, of Schrödinger, then Schroedinger.\n",
        "The Makhnovists, the Makhnovist men, the Makhnovist flag and the Makhnovist army; their Makhnovism.\n",
        "They have out-Churchill’d them; Mem’ry holds Memory, Memory and Memory: Churchill, Churchill and Churchill, with Churchill, of Churchill.\n",
        "They met Zorla and Zorla, with Zorla, of Zorla, by Zorla; then Zurla sang.\n",
    ] {
        check_in("en", two);
    }
}

#[test]
fn a_letter_changed_in_a_name_that_no_list_has() {
    check_in(
        "en",
        "\
They came to Zelmarin, and in Zelmarin it rained; from Zelmarin they went with Torvald Ostrebek.
Then Torvald Ostrebek left Zeldarin.
                           ^^^^^^^^ looks like “Zelmarin” (3 times in this corpus) with “d” for “m”
",
    );
    check_in(
        "en",
        "\
It was Tuesday, on Tuesday and on Tuesday, or Tuesday; they met Bismarck, Bismarck and Bismarck.
It was on Tuesda that they met Bismarcf.
          ^^^^^^ looks like “Tuesday” (4 times in this corpus) with “y” lost
                               ^^^^^^^^ looks like “Bismarck” (3 times in this corpus) with “f” for “k”
",
    );
}

#[test]
fn a_short_name_that_the_text_has_again_and_again() {
    let often = "They saw Huck, and Huck saw them, of Huck with Huck. ".repeat(4);
    check_in("en", &format!("{often}\nThey met Hukc there.\n         ^^^^ looks like “Huck”\n"));
}

#[test]
fn of_two_long_forms_seen_once_the_later_one_is_told_or_the_odd_one() {
    check_in(
        "en",
        "\
They met General Manikhovsky there.

An hour later they met General Manikovsky again.
                               ^^^^^^^^^^ looks like “Manikhovsky” (once in this corpus) with “h” lost
",
    );
    // Two surnames, one and many, and two words with a dash between them.
    check_in("en", "They met Thedorov there. With him came Thedotov.\n");
    check_in("en", "They saw a Beringiaman, and then two Beringiamen.\n");
    check_in("en", "He went to the Statelord-a man, and to the Statelords-a men.\n");
}

#[test]
fn another_family_by_its_own_given_name() {
    check_in(
        "en",
        "They met Anatole Kuragin, and Kuragin, with Kuragin, of Kuragin, then Alexander Kurakin.\n",
    );
}

#[test]
fn a_short_name_with_letters_that_no_word_has() {
    check_in(
        "en",
        "\
They left in April, and by April of that year Jove was gone; so Jove had said.
Before Apnl he saw Jovve again, and Juene too.
       ^^^^ looks like “April” (twice in this corpus) with “ri” read as “n”
                   ^^^^^ looks like “Jove” (twice in this corpus) with “v” doubled
",
    );
}

#[test]
fn a_name_that_no_list_has_in_a_language_without_cases() {
    check_in(
        "fr",
        "\
Il vit Schopenhauer, et avec Schopenhauer il parla de Brillac, de Brillac et de Vandemar.
Puis Vandemar lut Schopenauer, mais Brilac et Grillac dormaient chez Vandomar.
                  ^^^^^^^^^^^ looks like “Schopenhauer” (twice in this corpus) with “h” lost
",
    );
    // Two words, one letter apart; and the place is called so.
    check_in(
        "it",
        "\
Venne con Martino e con Martino, da Martino e per Martino, e vide la signora Romana con Romana.
Di Mattino andava in Romagna.
",
    );
}

#[test]
fn a_name_that_is_there_twice_in_another_language() {
    check_in(
        "it",
        "\
Poi Paolo Verdano scrive di Fancani e di Capeli; Paolo Verdano, con Fancani e con Capeli, parte.
Allora Paolo Verdanno dice di Fancarii e Capelli.
             ^^^^^^^^ looks like “Verdano” (twice in this corpus) with “n” doubled.
                              ^^^^^^^^ looks like “Fancani” (twice in this corpus) with “n” read as “ri”.
",
    );
    check_in(
        "de",
        "\
Dort las Paul Kandor vor, und hier Paul Kandor, das weiß Anna Stolge und Anna Stolge auch.
Danach ging Paul Kadnor mit Karl Stogle.
                 ^^^^^^ looks like “Kandor” (twice in this corpus) with “nd” transposed.
",
    );
}

#[test]
fn a_name_of_the_lists_where_nouns_have_capitals() {
    check_in(
        "de",
        "\
Er sprach von Robespierre und von Versailles, bis er nach Versailles kam zu Robespierre.
Dann sah er Robepierre vor Vesailles.
            ^^^^^^^^^^ looks like “Robespierre” (twice in this corpus) with “s” lost
                           ^^^^^^^^^ looks like “Versailles” (twice in this corpus) with “r” lost
",
    );
    // Boxes are no Kirsten.
    check_in(
        "de",
        "\
Er kam mit Kirsten, ging mit Kirsten, sprach mit Kirsten und schlief bei Kirsten.
Sie stand auf Kisten.
",
    );
}

#[test]
fn a_name_of_the_lists_at_the_head_of_a_sentence_in_german() {
    check_in(
        "de",
        "\
Er sah Becker mit Becker, sprach mit Becker, ging zu Becker und blieb bei Becker für Becker.
Sie sah Becker bei Becker, und kam mit Becker. Beckker lachte.
                                               ^^^^^^^ looks like “Becker” (9 times in this corpus) with “k” doubled
",
    );
}

#[test]
fn the_head_of_a_sentence_may_be_a_word() {
    check_in(
        "it",
        "\
Vide Cesare con Cesare, da Cesare, per Cesare, di Cesare, con Cesare, da Cesare e con Cesare.
Era tardi. Cessare era meglio.
",
    );
}

#[test]
fn another_letter_is_told_by_what_the_names_of_the_text_have() {
    // So many names that their letters tell what a name looks like.
    let others: Vec<String> = ["B", "D", "F", "G", "K", "L", "M", "P", "R", "T"]
        .iter()
        .flat_map(|head| ["a", "e", "i", "o", "u"].map(|vowel| format!("{head}{vowel}")))
        .flat_map(|head| {
            ["ldor", "ndal", "rdin", "smar", "ttel", "lgon", "ngar", "rgil", "stan"]
                .map(|end| format!("avec {head}{end}"))
        })
        .collect();
    let text = |line: &str| format!("Il vint {}.\n{line}", others.join(", "));
    check_in(
        "fr",
        &text(
            "\
Il vit Delestrade et, avec Delestrade, suivit Delestrade; mais Delestrade dormait, car Delestrade, dit-on, et Delestrade,
comme Delestrade, ou Delestrade.
Puis il vit Delestqade.
            ^^^^^^^^^^ looks like “Delestrade” (8 times in this corpus) with “q” for “r”
",
        ),
    );
    // Two words, one letter apart.
    check_in(
        "it",
        "\
Venne con Salvatore e con Salvatore, da Salvatore e per Salvatore, di Salvatore e con Salvatore.
Era un Saltatore.
",
    );
}
