//! The conventions of each language: right texts have no fault, and of one wrong mark the
//! reading says which it is and what should stand there.
//!
//! `⟦„⟧` is a mark that is reported; `⟦“→„⟧` one that the first repair replaces, `⟨“⟩` what it
//! inserts. Paragraphs are parted by ` ¶ `.

use crate::markup::{self, Format, Language};
use crate::quotes::{Fault, Settings, read};

/// The text without notation, the places of reported marks, and the text as repaired.
struct Marked {
    text: String,
    reported: Vec<usize>,
    repaired: String,
}

fn unmark(marked: &str) -> Marked {
    let (mut text, mut reported, mut repaired) = (String::new(), Vec::new(), String::new());
    let mut rest = marked;
    while let Some(at) = rest.find(['⟦', '⟨', '¶']) {
        let (before, from) = rest.split_at(at);
        let before = if from.starts_with('¶') { before.trim_end_matches(' ') } else { before };
        text.push_str(before);
        repaired.push_str(before);
        rest = if let Some(inside) = from.strip_prefix('⟦') {
            let (mark, rest) = inside.split_once('⟧').expect("a closed bracket");
            let (mark, right) = mark.split_once('→').unwrap_or((mark, mark));
            reported.push(text.len());
            text.push_str(mark);
            repaired.push_str(right);
            rest
        } else if let Some(inside) = from.strip_prefix('⟨') {
            let (mark, rest) = inside.split_once('⟩').expect("a closed bracket");
            repaired.push_str(mark);
            rest
        } else {
            text.push_str("\n\n");
            repaired.push_str("\n\n");
            from.trim_start_matches(['¶', ' '])
        };
    }
    text.push_str(rest);
    repaired.push_str(rest);
    Marked { text, reported, repaired }
}

/// The bytes that a repair replaces, and by what.
type Edit = (usize, usize, String);

/// The faults of a plain text, with the place of the mark and the first repair in the source.
fn faults(text: &str, language: Option<&str>) -> Vec<(usize, Option<Edit>)> {
    let document = markup::read(text, Format::Plain, language.map(Language::from_tag));
    let reading = read(text, &document, &Settings::default());
    let mut found = Vec::new();
    for (block, reading) in document.blocks.iter().zip(&reading.blocks) {
        let at = |fault: &Fault| block.prose.to_source(fault.span).start;
        for fault in &reading.faults {
            let repair = fault.repairs.first().map(|repair| {
                let span = block.prose.to_source(repair.span);
                (span.start, span.end, repair.text.clone())
            });
            found.push((at(fault), repair));
        }
    }
    found
}

fn assert_right(language: Option<&str>, texts: &[&str]) {
    for text in texts {
        let Marked { text, .. } = unmark(text);
        let found = faults(&text, language);
        assert!(found.is_empty(), "{language:?}: {text}\n{found:?}");
    }
}

/// Each text has one wrong mark, at the place given and repaired as given.
fn assert_wrong(language: &str, texts: &[&str]) {
    for marked in texts {
        let Marked { text, reported, repaired } = unmark(marked);
        let found = faults(&text, Some(language));
        let places: Vec<_> = found.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, reported, "{language}: {marked}\n{found:?}");
        let Some((_, Some((start, end, right)))) = found.first() else {
            panic!("{language}: no repair for {marked}");
        };
        let mended = format!("{}{right}{}", &text[..*start], &text[*end..]);
        assert_eq!(mended, repaired, "{language}: {marked}");
    }
}

#[test]
fn german() {
    assert_right(
        Some("de"),
        &[
            "„Das ist wahr“, sagte sie, „und du weißt es.“",
            "„Er rief: ‚Kommt her!‘ und lief davon“, erzählte der Knecht.",
            "»Das ist wahr«, sagte sie, »und ›wahr‹ heißt hier viel.«",
            "Sie hat’s gewusst, doch sagt’ sie nichts; ’s war wohl besser so, und ’ne Antwort gab’s nicht.",
            "Hans’ Haus steht neben Max’ Garten, und Grass’ Romane liegen im Schrank.",
            "Man nannte ihn den „Alten“ und sie die „Junge“.",
        ],
    );
    assert_wrong(
        "de",
        &[
            "Er sagte: ⟦„⟧Das ist wahr.⟨“⟩",
            "Er sagte: ⟦“→„⟧Das ist wahr.“ Dann schwieg er.",
            "»Das ist wahr⟦»→«⟧, sagte sie, »und du weißt es.«",
            "⟦«→»⟧Das ist wahr«, sagte sie, »und du weißt es.«",
            "Die Taste „Zurück⟦„→“⟧ führt zurück.",
            "Sie wählt den Typ »Umschlag⟦»→«⟧ aus.",
            "Er nannte es „die ‚große⟦‚→‘⟧ Tat“ des Jahres.",
            "Er las den „Faust“. ¶ ⟨„⟩Das ist wahr⟦“⟧, sagte sie, „und du weißt es.“",
        ],
    );
}

#[test]
fn german_words_that_lose_their_ends_may_have_a_turned_mark() {
    let text = "»Ich seh‘ es«, rief er, und die Sonn‘ ging unter.";
    let found = faults(text, Some("de"));
    let repaired: Vec<_> = found.iter().filter_map(|(_, edit)| edit.clone()).collect();
    let at = |word: &str| text.find(word).expect("the word") + word.len() - "‘".len();
    let ends = ["seh‘", "Sonn‘"].map(|word| (at(word), at(word) + "‘".len(), "’".to_owned()));
    assert_eq!(repaired, ends);
    // A single one rather closes a quotation whose mark was lost.
    assert_wrong("de", &["„Das ist wahr“, sagte sie, „und ⟨‚⟩wahr⟦‘⟧ heißt hier viel.“"]);
}

#[test]
fn a_german_text_closes_its_low_marks_alike() {
    let manner = "„Ja“, sagte er, „so ist es.“ ¶ ".repeat(6);
    assert_wrong("de", &[&format!("{manner}„Nein⟦”→“⟧, sagte sie.")]);
    assert_right(Some("de"), &[&format!("{manner}Sie las “The Times” und “Life”.")]);
}

#[test]
fn swiss() {
    assert_right(
        Some("de-CH"),
        &["«Das ist wahr», sagte sie, «und ‹wahr› heisst hier viel.»", "Er las die «Zeitung»."],
    );
    assert_wrong("de-CH", &["Er las die ⟦«⟧Zeitung⟨»⟩."]);
}

#[test]
fn french() {
    assert_right(
        Some("fr"),
        &[
            "«\u{a0}Je viens, dit-il, et j’apporte l’argent.\u{a0}»",
            "«\u{202f}Non\u{202f}», répondit-elle.",
            "« Il m’a crié “au feu !” et s’est enfui », dit le valet d’un air sot.",
            "Quelqu’un a parlé d’« honneur » aujourd’hui ; jusqu’ici personne, lorsqu’il vint.",
            // The marks of a conversation stand at its beginning and end; dashes part the turns.
            "«\u{a0}Qui est là\u{a0}? ¶ — C’est moi. ¶ — Entrez donc\u{a0}!\u{a0}» ¶ Il entra.",
            // A quotation that goes on repeats its opening or its closing mark.
            "«\u{a0}Il y avait un roi qui régnait sur une île lointaine. ¶ «\u{a0}Il mourut dans la \
             guerre qu’il avait cherchée.\u{a0}»",
            "«\u{a0}Il y avait un roi qui régnait sur une île lointaine. ¶ »\u{a0}Il mourut dans la \
             guerre qu’il avait cherchée.\u{a0}»",
            // And in older print at each line.
            "Le traité porte : « Les parties\n« contractantes cessent de faire\n« la guerre. »",
        ],
    );
    assert_wrong(
        "fr",
        &[
            "Elle parla de ⟦«⟧\u{a0}l’honneur⟨\u{a0}»⟩, et sortit.",
            "Elle parla de «\u{a0}l’honneur\u{a0}⟦«→»⟧, et sortit.",
            "Elle parla de «\u{a0}l’honneur\u{a0}⟦«→»⟧ et sortit.",
            "Elle parla de ⟦»→«⟧\u{a0}l’honneur\u{a0}» et sortit.",
            "Il cria : «⟦«→⟧\u{a0}Tant mieux\u{a0}!\u{a0}» Puis il revint.",
            "Il cria : «\u{a0}Tant mieux\u{a0}!\u{a0}»⟦»→⟧ Puis il revint.",
            "Il lisait «\u{a0}Candide\u{a0}». ¶ ⟨«\u{a0}⟩Je viens\u{a0}⟦»⟧, dit-il.",
            // The mark of the first is where it belongs.
            "On parla de «\u{a0}justice\u{a0}» et ⟨«\u{a0}⟩l’affaire\u{a0}⟦»⟧ fut close.",
        ],
    );
}

#[test]
fn italian() {
    assert_right(
        Some("it"),
        &[
            "«Vengo», disse, «e porto l’oro dell’amico.»",
            "«Gridò “al fuoco!” e fuggì», raccontò un po’ dopo il servo.",
            "Ne’ campi de’ vicini non c’era quell’erba; be’, di’ pure che non lo sapevo.",
            "Il ’48 e gli anni ’60 furono lontani; ’sta gente non ricorda.",
        ],
    );
    assert_wrong("it", &["Parlò di ⟦«⟧onore⟨»⟩, e uscì."]);
}

#[test]
fn spanish() {
    assert_right(
        Some("es"),
        &[
            "—Ya voy —dijo—; no me esperes.",
            "«Ya voy —dijo—, y “ya” quiere decir hoy.»",
            "¿Quién dijo «nunca»? ¡«Siempre», respondió!",
            // Closing marks at the head of each paragraph (comillas de seguir).
            "«Había un rey que gobernaba una isla muy lejana del continente. ¶ »Murió en la guerra \
             que él mismo había buscado.»",
            "«Había un rey que gobernaba una isla muy lejana. ¶ »—No quiero —dijo el rey. ¶ »Y murió.»",
        ],
    );
    assert_wrong("es", &["Habló de ⟦«⟧honor⟨»⟩, y salió.", "Habló del ⟦»→«⟧honor» y salió."]);
}

#[test]
fn a_turn_of_a_conversation_goes_on_behind_a_closing_mark() {
    let manner =
        "«Había un rey muy viejo. ¶ »Murió en la guerra. ¶ »Nadie lloró por él». ¶ ".repeat(2);
    assert_right(
        Some("es"),
        &[
            &format!(
                "{manner}—¿Y qué pasó después? —dijo ella. ¶ »Vea usted: el barco se perdió en la costa, y \
                 todos los hombres murieron». ¶ Calló por mucho tiempo."
            ),
            // What somebody else said stands at the head of a paragraph of the speech.
            &format!(
                "{manner}«Había otro rey. ¶ »Un día le dijeron esto: ¶ «Vete de aquí para siempre». Luego \
                 se marcharon todos. ¶ »El rey se quedó solo en la casa»."
            ),
        ],
    );
    // Elsewhere it points the wrong way.
    assert_wrong(
        "es",
        &[&format!("{manner}Ella calló. ¶ Pasó un año. ¶ ⟦»→«⟧Vete de aquí», dijo el rey.")],
    );
}

#[test]
fn portuguese_and_romanian() {
    assert_right(
        Some("pt"),
        &[
            "— Já vou — disse ele. — Não me esperes.",
            "“Já vou”, disse ele, “e ‘já’ quer dizer hoje.”",
            "Bebeu um copo d’água e falou da «honra».",
        ],
    );
    assert_right(
        Some("ro"),
        &["„Vin îndată”, spuse el, „și «îndată» înseamnă azi.”", "Dintr’o casă s’a auzit un glas."],
    );
    assert_wrong("ro", &["Vorbea despre ⟦„⟧cinste⟨”⟩, și ieși."]);
}

#[test]
fn russian_and_ukrainian() {
    assert_right(
        Some("ru"),
        &[
            "— Иду, — сказал он. — Не жди меня.",
            "«Иду», — сказал он и бросил „Правду“ на стол.",
            "«Он прочёл вслух: „Война окончена“, — и вышел», — рассказывал сосед.",
            // Of two closing guillemets that meet only one is set.
            "Он работал на заводе «Имени газеты «Правда» и жил рядом.",
            "Командир д’Артаньян прочёл «Устав».",
            "«Он сказал: „Прочти “Правду” вслух“, — и вышел», — рассказывал сосед.",
            // Each line of print repeats the mark; here they were run together.
            "«А что ж, — подумал про себя Чичиков, — заеду я в самом деле к «Ноздреву. Чем же он хуже \
             других, такой же человек, да ещё и «проигрался. Горазд он, как видно, на всё, стало быть \
             у него даром «можно кое-что выпросить».",
        ],
    );
    assert_right(
        Some("uk"),
        &["«П’ять із дев’яти, — сказав він, — то не м’яч».", "Він читав „Кобзар“ і «Енеїду»."],
    );
    // A title was over where its clause is.
    assert_wrong(
        "ru",
        &["В газете ⟦«⟧День⟨»⟩ не было ни слова; только «Вечерняя почта» сообщила об этом."],
    );
    // Words of saying stand in the next speech: the first was over.
    assert_wrong(
        "ru",
        &["Тут кто-то закричал: ⟦«⟧Пожар!⟨»⟩ ¶ «Не знаю, — ответил он тихо, — разумно ли это»."],
    );
    assert_wrong("ru", &["Он говорил о ⟦«⟧чести⟨»⟩, и вышел.", "Он читал «Правду⟦«→»⟧ и молчал."]);
    assert_wrong("uk", &["Він читав «Енеїду». ¶ Він говорив про ⟨«⟩честь⟦»⟧ і вийшов."]);
}

#[test]
fn polish_czech_and_slovak() {
    assert_right(
        Some("pl"),
        &[
            "— Idę — powiedział. — Nie czekaj.",
            "„Idę”, powiedział, „a »zaraz« znaczy dziś.”",
            "Czytał Kennedy’ego i „Pana Tadeusza”.",
        ],
    );
    assert_right(
        Some("cs"),
        &["„Jdu,“ řekl, „a ‚hned‘ znamená dnes.“", "»Jdu,« řekl, »a ›hned‹ znamená dnes.«"],
    );
    assert_right(Some("sk"), &["„Idem,“ povedal, „a ‚hneď‘ znamená dnes.“"]);
    assert_wrong("pl", &["Mówił o ⟦„⟧honorze⟨”⟩, i wyszedł."]);
    assert_wrong("cs", &["Mluvil o ⟦„⟧cti⟨“⟩, a odešel.", "Mluvil o ⟦“→„⟧cti“ a odešel."]);
}

#[test]
fn hungarian() {
    assert_right(
        Some("hu"),
        &[
            "– Megyek – mondta. – Ne várj!",
            "„Megyek – mondta –, és a »rögtön« mát jelent.”",
            "A’ ház és a’ kert, ’s a’ mi benne van, az övé.",
        ],
    );
    assert_wrong("hu", &["A ⟦„⟧becsületről⟨”⟩, beszélt."]);
}

#[test]
fn dutch() {
    assert_right(
        Some("nl"),
        &[
            "‘Ik kom,’ zei hij, ‘en “dadelijk” is vandaag.’",
            "“Ik kom,” zei hij. “Wacht niet.”",
            "„Ik kom,” zei hij, „en wel dadelijk.”",
            "’s Avonds ging hij naar ’s-Gravenhage, in ’t donker, met m’n broer en z’n foto’s.",
            "Hij zag ’n man; Frans’ huis lag om de hoek.",
        ],
    );
    assert_wrong("nl", &["Hij sprak van ⟦“⟧eer⟨”⟩, en ging."]);
}

#[test]
fn swedish_and_finnish() {
    assert_right(
        Some("sv"),
        &[
            "”Jag kommer”, sade han, ”och ’strax’ betyder i dag.”",
            "»Jag kommer», sade han, »och det i dag.»",
            "– Jag kommer, sade han. – Vänta inte.",
            "”Ä’ ni trötta?” frågade hon. Han läste ”Röda rummet”.",
        ],
    );
    assert_right(
        Some("fi"),
        &[
            "”Minä tulen”, sanoi hän, ”ja ’heti’ on tänään.”",
            "»Minä tulen», sanoi hän, »ja heti.»",
            "Vaa’an päällä oli raa’at marjat; mut’ ei ollut ketään.",
        ],
    );
    // The language need not be declared, nor known.
    assert_right(
        None,
        &[
            "”Minut jätettiin ’yksin’ tänne”, vanha mies sanoi. ¶ ”Tulen huomenna”, lupasi poika. ¶ \
             ”Älä viivy”, äiti pyysi. ¶ ”En viivy.”",
            "»Minut jätettiin ›yksin› tänne», vanha mies sanoi. ¶ »Tulen huomenna», lupasi poika. ¶ \
             »Älä viivy», äiti pyysi. ¶ »En viivy.»",
        ],
    );
    assert_wrong("sv", &["Han läste ”Röda rummet”. ¶ ⟨”⟩Jag kommer⟦”⟧, sade han."]);
    assert_wrong("fi", &["Hän puhui ⟦”⟧kunniasta⟨”⟩, ja lähti."]);
}

#[test]
fn swedish_nests_marks_that_look_alike() {
    let manner = "”Han sade: ”Kom hit”, och gick sin väg”, berättade hon. ¶ ".repeat(3);
    assert_right(
        Some("sv"),
        &[
            // One mark closes both.
            &format!("{manner}”Då blef han ond och ropade: ”Gå härifrån genast!” ¶ Hon teg."),
            "”Det var en gång en kung som bodde i ett slott vid havet. ¶ Han hade tre söner. ¶ Och \
             så dog han.” ¶ ”Är det sant?” frågade gossen.",
        ],
    );
}

#[test]
fn a_mark_that_opens_and_closes_may_nest_once() {
    assert_right(
        Some("sv"),
        &[
            "”Han sade ”nej” till mig”, berättade hon. ¶ Hon läste ”Röda rummet”.",
            "”Då sade han: ”Kom hit!” Jag gick, och då ropade han, ”Stanna!” och så stannade jag.”",
            // A tale with quotations in it ends where the last mark stands.
            "Hon började: ”Det var en gång en kung. ¶ Han hade en son. ¶ ”Kom hit”, sade han till gossen. ¶ \
             Så lefde de länge.” ¶ ”Är det sant?” frågade gossen.",
        ],
    );
}

#[test]
fn a_tale_in_guillemets_holds_speech_in_guillemets() {
    let speech = "«Он вошёл и долго молчал, а потом поглядел на меня так, будто видел впервые, и сел у \
                  самого окна, не снимая пальто и не отвечая никому из тех, кто был в комнате.";
    assert_right(
        Some("ru"),
        &[
            // Every paragraph repeats the mark, and what is said inside has the same.
            &format!(
                "{speech} «Да, — сказал он, — пора». Мы встали, и кто-то добавил, «Давно пора», а он ответил, \
                 «Тогда идём». ¶ ««Куда?» — спросил я, «и зачем?» ¶ {speech}» ¶ Все молчали."
            ),
            "Он сказал: «Помню, как отец, уезжая, повторял, «Береги дом», и мать отвечала, «Поезжай, \
             не бойся», и я слышал это каждый год».",
        ],
    );
}

#[test]
fn a_closing_mark_of_the_language_is_no_apostrophe() {
    assert_wrong(
        "de",
        &["„Er rief: ‚Kommt her!‘ und ging.“ ¶ „Man nennt es ⟨‚⟩Neuerung⟦‘⟧ im Dorf“, sagte er."],
    );
}

#[test]
fn danish_and_norwegian() {
    assert_right(
        Some("da"),
        &[
            "»Jeg kommer,« sagde han, »og ›straks‹ betyder i dag.«",
            "”Jeg kommer,” sagde han, ”og det i dag.”",
            "„Jeg kommer,“ sagde han. Jens’ hus og Marx’ bøger lå der.",
            // What stands above is repeated.
            "»Brød«, stod der. ¶ 330 ¶ « ¶ 0.05",
        ],
    );
    assert_right(
        Some("nb"),
        &["«Jeg kommer,» sa han, «og ‘straks’ betyr i dag.»", "Hans’ hus lå der."],
    );
    assert_wrong("da", &["Han talte om ⟦»⟧ære⟨«⟩, og gik."]);
    assert_wrong("nb", &["Han sa «ja». ¶ Han talte om ⟨«⟩ære⟦»⟧ og gikk."]);
}

#[test]
fn greek() {
    assert_right(
        Some("el"),
        &[
            "«Έρχομαι», είπε, «και το “αμέσως” θα πει σήμερα.»",
            "— Έρχομαι, είπε. Γι’ αυτό απ’ το πρωί σ’ ένα σπίτι κι απ’ έξω.",
            "Μου ’πε πως θα ’ρθει, κι εγώ θα ’μαι εκεί.",
        ],
    );
    assert_wrong("el", &["Μίλησε για ⟦«⟧τιμή⟨»⟩, και βγήκε."]);
}

#[test]
fn hebrew() {
    assert_right(
        Some("he"),
        &[
            "הוא אמר: \"אני בא\", והלך לדרכו.",
            "צה\"ל ומפא\"י, ח\"כ ורמטכ\"ל נזכרו בדו\"ח של תש\"ח.",
            "צה״ל וח״כ, ג׳ורג׳ ופרופ׳ כהן, עמ׳ ל״ו.",
            "ג'ורג' קרא את הספר, עמ' 12 וכו'.",
            "„אני בא”, אמר, והלך.",
        ],
    );
    // Gershayim, as typed and as printed, in abbreviations and around speech.
    assert_right(
        Some("he"),
        &[
            "הוא קרא על \"הקו החדש\" של צה\"ל. ¶ מפא\"י וארה\"ב, ד\"ר כהן ותש\"ח.",
            "הוא אמר: ״לך הביתה״, והלך לדרכו. ¶ ״מדוע?״ שאלה. ״כך אמרו בצה״ל.״",
            "היא קראה ב\"הארץ\" וב\"דבר\" על מפא\"יניק אחד.",
        ],
    );
    assert_wrong("he", &["הוא אמר: ⟦״⟧אני בא והלך לדרכו.⟨״⟩ ¶ כך אמרו בצה״ל."]);
    assert_wrong("he", &["הוא אמר: ⟦\"⟧אני בא והלך לדרכו.⟨\"⟩"]);
}

#[test]
fn a_foreign_quotation_keeps_its_marks() {
    assert_right(
        Some("en"),
        &[
            "He read „Die Neue Zeit“ and »Vorwärts« and said “so”.",
            "He read «Правда» and ‘The Times’.",
            "It was said by all. ¶ «Это очень важно, и „Правда“ об этом писала», — сказал он тогда.",
        ],
    );
    assert_right(
        Some("de"),
        &[
            "„Ja“, sagte er. ¶ “It was known to all of the workers,” he wrote, “that the time had come.”",
            "„Ja“, sagte er. ¶ «C’est vrai», dit-il, et il ne parla plus de ce qui est dans les journaux.",
        ],
    );
    assert_right(
        Some("sv"),
        &[
            "”Ja”, sade han. ¶ The first of the leaders of that party said ”no” to him and “yes” to us.",
        ],
    );
}

#[test]
fn a_mark_that_is_spoken_of_is_none() {
    assert_right(Some("en"), &["Write the apostrophe (’) or the inch sign (\") or a quote (“)."]);
    assert_right(Some("fr"), &["Nous mettons l’apostrophe (') devant la liste de ces valeurs."]);
}

#[test]
fn the_guillemets_of_a_document_point_one_way() {
    assert_right(
        Some("nb"),
        &[
            "«Ja,» sa han. «Nei.» ¶ «Er hat es nicht gewusst», sagte sie, «und ich will nicht, dass die \
           Leute es für wahr halten.»",
        ],
    );
}

#[test]
fn the_language_of_a_plain_text_is_told_from_its_words() {
    assert_right(
        None,
        &[
            "”Jag vet inte det”, sade han, ”och jag är inte den som frågar.” Det var allt som var \
             att säga för honom.",
            "»Das ist nicht wahr«, sagte der Mann, »und die Leute wissen es von mir.« So ist das mit \
             den Menschen im Dorf.",
            "Han sagde, at det ikke var sandt, og at han havde set det efter krigen. »Ja,« sagde \
             hun, »og hvad blev der af dig?«",
            "Azt mondta, hogy nem az, és már megy. „Nem – mondta –, mert egy »szó« volt csak.”",
        ],
    );
}

/// The faults of a document in a format.
fn count(source: &str, format: Format) -> usize {
    let document = markup::read(source, format, None);
    let reading = read(source, &document, &Settings::default());
    reading.blocks.iter().map(|block| block.faults.len()).sum()
}

#[test]
fn the_markup_gives_the_language() {
    let html = [
        (r#"<html lang="sv"><p>”Ja”, sade han.</p></html>"#, 0),
        (r#"<html lang="en"><p>He said “yes”.</p><p lang="sv">”Ja”, sade han.</p></html>"#, 0),
        (r#"<html lang="en"><p>He said “yes” and <i lang="sv">”ja”</i>.</p></html>"#, 0),
        (r#"<html lang="en"><p>He said “yes” and <i>”ja”</i>.</p></html>"#, 1),
        (
            r#"<html lang="en"><p>“He called it <i lang="de">„der Weg“</i>,” she said.</p></html>"#,
            0,
        ),
        (r#"<html lang="en"><p>It was “<i lang="de">„der Weg“</i>”.</p></html>"#, 0),
        (r#"<html lang="en"><p>“He called it <i lang="de">„der Weg</i>,” she said.</p></html>"#, 1),
        (r#"<html lang="it"><p>«Era ‘un’altra’», disse.</p></html>"#, 0),
        (r#"<html lang="en"><p>So <i lang="fr">l’ abbé</i> came, ‘he’ said.</p></html>"#, 0),
        (r#"<html lang="de"><p>„Ja“, sagte er, „so.“</p><p>“Nein“, sagte sie.</p></html>"#, 1),
    ];
    for (source, expected) in html {
        assert_eq!(count(source, Format::Html), expected, "{source}");
    }
    let tei = |body: &str| format!("<TEI xml:lang=\"en\"><text><body>{body}</body></text></TEI>");
    for body in [
        "<p xml:lang=\"fi\">”Minä tulen”, sanoi hän.</p><p>He said “so”.</p>",
        "<p>He said “so” and <foreign xml:lang=\"fi\">”minä”</foreign>.</p>",
        "<p xml:lang=\"fr\">Il parla d’« honneur » et sortit.</p><p>He said “so”.</p>",
    ] {
        assert_eq!(count(&tei(body), Format::Tei), 0, "{body}");
    }
    // Swahili is declared; the words are Swedish.
    let wrong = tei("<p>”Jag vet inte det”, sade han, ”och jag är inte den som frågar.”</p>")
        .replace("\"en\"", "\"sw\"");
    assert_eq!(count(&wrong, Format::Tei), 0);
    let markdown = "He said “so”.\n\n> »Das ist wahr«, sagte er, »und die Leute wissen es nicht, \
                    für wen es ist.«\n";
    assert_eq!(count(markdown, Format::Markdown), 0);
}

#[test]
fn code_in_a_page_is_no_prose() {
    let page =
        r#"<html lang="fi"><p>Näin:</p><pre class="programlisting">(cdr '("a" b))</pre></html>"#;
    assert_eq!(count(page, Format::Html), 0);
}

#[test]
fn italian_accents_may_be_typed_as_marks() {
    let habit = "Perche' la citta' e' piu' bella, cosi' dicono. ¶ ";
    let texts = [
        "\"Quello e' Pistola Bill: se sente che parli di lui ti uccide.\"",
        "Il Superiore gli assicura che in futuro il cibo sara' migliore. Poi va' via.",
        "Non e` cosi`, disse; chissa`? E mori' (si') a Roma.",
        "Lesse 'La citta' e se ne ando'.",
    ];
    assert_right(Some("it"), &texts.map(|text| format!("{habit}{text}")).each_ref().map(|t| &**t));
    // Without the habit, and for other marks, nothing changes.
    assert_wrong(
        "it",
        &[
            "Così disse: ⟦\"⟧La pace, e uscì.⟨\"⟩",
            "Perche' la citta' e' piu' bella, ⟦\"⟧cosi' dicono.⟨\"⟩",
        ],
    );
}

#[test]
fn scripts_without_spaces_open_and_close_between_letters() {
    assert_right(
        Some("zh"),
        &[
            "当然，这种\"降级模式\"会对性能产生影响。",
            "一开始 RAID 中的“I”意为“便宜”，现在不是。",
            "数组将切换到\"active\"或\"clean\"状态。",
        ],
    );
    assert_right(Some("ja"), &["これは“本”である。"]);
    assert_right(Some("ko"), &["그는 \"안녕\"이라고 말했다. “네”라고 했다."]);
    let lost = ["他说：“这是便宜的。", "他来。\n\n当然，这种\"降级模式会\"对\"性能产生影响。"];
    assert!(lost.iter().all(|text| faults(text, Some("zh")).len() == 1));
}

#[test]
fn low_marks_may_be_typed_as_commas() {
    assert_right(
        Some("cs"),
        &[
            "Drzost. Soc. dem. ,,Jiskra`` ve své neomalenosti vyhrožuje státním úředníkům.",
            "Je to výtečný výrobek (,,KÁVU''), který ,,všichni\" pijí.",
        ],
    );
    assert_right(Some("de"), &["Er las die ,,Zeitung'' und den ,,Faust``, sonst nichts."]);
    // A comma that was typed twice is none.
    assert_right(Some("de"), &["Er kam ,,sah und siegte. Sie las „Faust“."]);
    assert_wrong("de", &["Er las die ,,Zeitung'' und den ⟨\"⟩Faust⟦''⟧, sonst nichts."]);
}

#[test]
fn a_low_single_mark_may_be_typed_as_a_comma() {
    assert_right(
        Some("cs"),
        &[
            "„Jsem jenom ,slavný‘ a ,velmi vážený‘; ani o tom nikdo neví.“ ¶ „Co?“ řekl.",
            "„,Pojď sem!‘ volal na mne,“ řekl Jan. ¶ Znamená (,zvítězil‘), že?",
        ],
    );
    // A space on the wrong side of a comma makes none.
    assert_right(Some("de"), &["Er kam ,sah und siegte. Sie sagte: „Das ist ‚wahr‘.“"]);
    assert_wrong("cs", &["„Řekl ⟨‚⟩ano⟦‘⟧, a to ,hned‘,“ řekl Jan. ¶ „Co?“ řekl."]);
}

#[test]
fn dutch_words_that_are_nothing_without_their_mark_open_no_quotation() {
    assert_right(
        Some("nl"),
        &["'t Is waar, zei hij. Ik had 'm niet gezien, en 's avonds kwam 'n man."],
    );
    assert_right(Some("nl"), &["De letter 't' is een medeklinker, en 'm' ook."]);
    assert_wrong(
        "nl",
        &[
            "Ik had er geen voor 'm en zei: ⟦\"⟧Nu wil ik wel 't brood hebben en 't vleesch ook.⟨\"⟩",
        ],
    );
}

#[test]
fn a_half_translated_page_has_the_marks_of_its_passages() {
    let swedish = "Sök på Internet efter ”windows refund” och du kan hitta det som är användbart.";
    let english = "Some of the makers of hardware will not tell us how to write the drivers for it, \
                   e.g. for ”Human Interface Devices”, which are many.";
    let both = format!("{swedish} ¶ {english}");
    assert_right(None, &[&both]);
    assert_right(Some("sv"), &[&both]);
    // Of this page hardly anything is translated, and the English passages have marks of their own.
    let passage = "Den är inte som det var, och för mig var det också så att jag hade fått nog. ¶ ";
    let quoted = "This has been done in “stable” and in “testing” for years, it is known. ¶ ";
    let title = "The rules depend on the path (see section 14.5, ”Introduktion till SELinux”).";
    assert_right(Some("en"), &[&format!("{passage}{passage}{quoted}{title}")]);
    let foreign = "The word „Volk” is old, and so is „Leute”. ¶ ";
    assert_wrong("en", &[&format!("{quoted}{foreign}The ⟦”→“⟧path” was known.")]);
    let link = "14.5. Föregående ¶ ".repeat(5);
    assert_right(Some("en"), &[&format!("{link}{quoted}{title}")]);
    assert_wrong("en", &[&format!("{quoted}{quoted}The rules of the ⟦”→“⟧path” were known.")]);
}

#[test]
fn guillemets_that_point_inwards_are_not_taken_for_spaced_ones() {
    let question = "Was bedeutet das »~« am Ende eines Dateinamens?";
    assert_right(
        Some("de"),
        &[&format!("{question} ¶ Dateien mit einem »~« am Ende sind Kopien.")],
    );
    assert_right(Some("de"), &["Das Zeichen »(« steht vor dem »)« und das »~« vor dem »/« hier."]);
}

#[test]
fn a_mark_of_another_language_is_turned_into_the_own_one() {
    let own = "Hän sanoi: ”Tule tänne.” ¶ ”En tule”, vastasi tyttö. ¶ ";
    assert_wrong("fi", &[&format!("{own}Viimeiset sanat: “Olen tullut etsimään sinua!⟦“→”⟧")]);
}

#[test]
fn accents_that_stand_alone_or_for_a_letter_are_no_marks() {
    assert_right(Some("da"), &["Tryk på komma (omvendt ´) og så et bogstav, såsom è."]);
    assert_right(Some("bg"), &["Единицата нанася вредата, която `и се полага, и `и дава сила."]);
    assert_wrong("bg", &["Единицата ⟦„⟧нанася вредата⟨“⟩, която `и се полага."]);
}

#[test]
fn empty_values_are_shown_and_not_typed_twice() {
    assert_right(
        None,
        &[
            "The list is empty: \"\". Then x == \"\" holds, and (\"\") is a string of \"no\" length.",
        ],
    );
    assert_eq!(faults("He said: \"\"Go home,\" and left.", None).len(), 1);
    assert_eq!(faults("He said: \"Go home,\"\" and left.", None).len(), 1);
}

#[test]
fn what_is_right_in_the_language_never_points_the_wrong_way() {
    let english = "This has been done in “stable” and in “testing” for “years” now. ¶ ";
    assert_right(
        Some("sv"),
        &[&format!("{english}Se Avsnitt 14.5, ”Introduktion till SELinux”, för mer.")],
    );
    let mixed = "Se avsnitt 1.2, ”Fönster”, och 1.3, ”Dörrar”, then section 1.4, ”Tak”.";
    assert_right(Some("en"), &[&format!("It was made in “stable” for years. {mixed}")]);
    let arabic = "أما ”الحدود“ فلا يمكن أن تكون ”قاسية“ في هذا المكان.";
    assert_right(Some("en"), &[&format!("{english}{english}{arabic}")]);
    // Neither Arabic nor Persian has one way: the document tells.
    let outwards = "أما “الحدود” فهي “القاسية” و“الأولى” أو “الثانية”، ثم “الثالثة”. ¶ ";
    let inwards = "أما ”الحدود“ فهي ”القاسية“ و ”الأولى“ أو ”الثانية“، ثم ”الثالثة“. ¶ ";
    assert_right(Some("ar"), &[outwards, inwards, "أما ”الحدود“ فلا يمكن."]);
    assert_wrong("ar", &[&format!("{outwards}وهو “الأبسط⟦“→”⟧ هنا.")]);
    assert_wrong("ar", &[&format!("{inwards}{inwards}وهو ”الأبسط⟦”→“⟧ هنا.")]);
}

#[test]
fn a_straight_mark_opens_behind_an_elision() {
    assert_right(
        Some("ca"),
        &[
            "Tot es pot agrupar sota l'\"espai d'usuari\", encara que no ho sembli.",
            "El sistema coincideix amb l'“amfitrió” d'altres sistemes.",
        ],
    );
    assert_right(Some("it"), &["Parlava dell'\"Italia\" e dell'\"uomo\" di ieri."]);
    assert_right(Some("fr"), &["Il parle d'\"honneur\" et de l'\"homme\"."]);
}

#[test]
fn marks_of_typewriters_nest_in_two_ways() {
    assert_right(Some("it"), &["\"Erano due ``anelli'', come avevo scritto\", ricorda lui."]);
    assert_right(None, &["He said: \"They read ``The Mother'' and ``The Spy'' there.\""]);
    // A grave accent that opens nothing is part of a name or of code.
    assert_right(None, &["He wrote \"dobrek`\" and a lone ` sign, and that was all."]);
}

#[test]
fn a_mark_that_the_markup_sets_apart_is_spoken_of() {
    let cases = [
        ("<p>Press <b>'</b> <b>e</b> for é.</p>", 0),
        ("<p>Press <b>\"</b> and <b>`</b> together.</p>", 0),
        ("<p>The sign \"'\" ends it, and so does ('\"').</p>", 0),
        ("<p><i>“</i>It is so,<i>”</i> said he.</p>", 0),
        ("<p><i>“</i>It is so,” said he.</p>", 0),
        ("<p>Press <b>e</b> and \"then so.</p>", 1),
    ];
    for (source, expected) in cases {
        let page = format!("<html lang=\"en\">{source}</html>");
        assert_eq!(count(&page, Format::Html), expected, "{source}");
    }
}

#[test]
fn the_same_single_mark_at_both_ends_is_right_where_the_language_has_it() {
    let mixed = "Han talade om ‘makten’ och om ‘folket’ och om ‘freden’ i kväll. ¶ ".repeat(3);
    assert_right(Some("sv"), &[&format!("{mixed}Ordet ’monster’ är ett annat, sade han.")]);
    let english = "Han talte om ‘makten’ og om ‘folket’ og om ‘freden’ i aften. ¶ ".repeat(3);
    assert_wrong("de", &[&format!("{english}Das Wort ⟦’→‘⟧Macht’ ist ein anderes.")]);
}

#[test]
fn marks_of_another_language_on_a_page_that_has_no_others_are_meant() {
    let page = "This page was left as it was, and the menu of it is the same in all of them.";
    assert_right(None, &[&format!("{page} ¶ 7. ”Lager”-menyn"), &format!("{page} ¶ See ”Bild”.")]);
    assert_wrong("en", &[&format!("{page} He spoke of “order” and of ⟦”→“⟧peace”.")]);
    // What is English on a page in another script has the genitives of English.
    let left = "It should be made with the developers' help, and the maintainers' lists have it.";
    assert_right(Some("ru"), &[&format!("Эта страница не переведена полностью. ¶ {left}")]);
}

#[test]
fn the_values_of_attributes_are_no_quotations() {
    assert_right(
        None,
        &[
            "Inside the element, write “map_file=\"first.cfg\"” to load that file.",
            "The line id='first' text='A word’s end' calls it “the first”.",
        ],
    );
    assert_wrong("en", &["It is = ⟦\"⟧so and no more.⟨\"⟩"]);
}

#[test]
fn signs_of_programs_and_of_paths_are_no_quotation_marks() {
    assert_right(
        None,
        &["The default would be '(0 102 255) here.", "Home » Books »", "{stem}’{end}"],
    );
    assert_right(Some("de"), &["Startseite » Bücher »"]);
}

#[test]
fn what_is_quoted_may_be_declined() {
    assert_right(Some("de"), &["Die »a«s und die »d«s stehen für Köpfe."]);
    assert_right(Some("fi"), &["Siirry kohtaan ”Tärkeä”lle ja palaa."]);
}

#[test]
fn words_that_lose_their_end_in_scandinavian_speech() {
    assert_right(Some("da"), &["Så vi er her, hva', at hente det? Jeg kan li' hvad du siger."]);
    assert_right(None, &["And so he sang of “the ampolle, atte a quell' uso”."]);
}

#[test]
fn a_lost_mark_of_other_languages_is_placed_by_their_own_signs() {
    assert_wrong(
        "de",
        &[
            "Da rief jemand: ⟦„⟧Feuer!⟨“⟩ Alle eilten sofort zur Tür.",
            "⟦„⟧Pfui!⟨“⟩ wehrte Konrad, aufrichtig beleidigt.",
            "In der Zeitung ⟨„⟩Der Tag⟦“⟧ stand nichts davon.",
        ],
    );
    assert_wrong(
        "es",
        &[
            "En voz baja murmuró: ⟨«⟩Vete ya⟦»⟧.",
            "Entonces alguien gritó: ⟨«⟩¡Fuego!⟦»⟧ Todos se levantaron.",
            "Dijo que era ⟨«⟩completamente imposible⟦»⟧, y salió.",
        ],
    );
    assert_wrong("pl", &["„Krzyknął do mnie: ⟦»⟧Chodź tu!⟨«⟩, ale ja stałem”, opowiadał parobek."]);
    assert_wrong(
        "sv",
        &[
            "Han läste ”Röda rummet”. ¶ Han skrattade. ⟨”⟩Ja, så är det. Kan jag inte ändå vara din bror?⟦”⟧",
        ],
    );
}

#[test]
fn two_mistakes_far_apart_are_no_tale() {
    let between = "Mówił o „władzy” i o „ludzie”, a potem wyszedł. ¶ ".repeat(3);
    let text = format!("Użył słowa „zamek i milczał. ¶ {between}To był epitet” nadany strzelcom.");
    let found = faults(&unmark(&text).text, Some("pl"));
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_follows_a_sentence_is_no_sign_between_links() {
    let page = |last: &str| {
        format!("<html lang=\"fr\"><p>Il lut « Candide » et « Zadig ».</p><p>— {last}</p></html>")
    };
    assert_eq!(count(&page("Entrez donc ! »"), Format::Html), 1);
    assert_eq!(count(&page("Accueil » Livres »"), Format::Html), 0);
}

#[test]
fn a_quotation_in_a_language_that_is_named_before_it_keeps_its_marks() {
    let page = "It was “stable” and “safe” for years, it is known, and “free” too. ¶ ";
    let right = format!("{page}The people is called in Swedish ”folket”, and “folk” in English.");
    assert_right(Some("en"), &[&right]);
    assert_wrong(
        "en",
        &[
            &format!("{page}The people is called in Finnish ⟦”⟧kansa⟨”⟩, and “folk” in English."),
            &format!("{page}They spoke of the ⟦”→“⟧people”, and of “folk”."),
        ],
    );
}

#[test]
fn a_single_mark_opens_behind_an_elision() {
    assert_right(
        Some("it"),
        &[
            "“Gli operai dell’‘Ansaldo’ hanno scioperato”, scrisse il giornale. Non era l’‘arte’ di prima.",
        ],
    );
    assert_right(
        Some("fr"),
        &["« Il parle de l’‘honneur’ des autres », dit-elle. Un air d’‘opéra’."],
    );
}

#[test]
fn a_typed_pair_inside_a_typographic_one_is_told_apart() {
    let own = "Er las „die Zeitung“ und „den Brief“. ¶ ";
    assert_right(
        Some("de"),
        &[&format!("{own}Siehe Abschnitt 2, „Die \"Release\"-Dateien“, und lies weiter.")],
    );
    let lost = format!("{own}Siehe Abschnitt 2, „Die \"Release-Dateien“, und lies weiter.");
    assert_eq!(faults(&unmark(&lost).text, Some("de")).len(), 1);
    // In English it is a slip.
    assert_eq!(faults("“He went to the \"old” house,” she said.", Some("en")).len(), 1);
}

#[test]
fn marks_with_spaces_on_the_inside_are_a_pair() {
    assert_right(
        Some("de"),
        &["Er las „die Zeitung“. ¶ Siehe Abschnitt 5, „ Mit Pfaden arbeiten “, im Buch."],
    );
    assert_right(Some("fi"), &["Hän sanoi: ”Tule tänne.” ¶ Katso kohta 5, ” Polut ”."]);
    let lost = "Er las „die Zeitung“. ¶ Siehe Abschnitt 5, Mit Pfaden arbeiten “, im Buch.";
    let found = faults(&unmark(lost).text, Some("de"));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_lost_mark_keeps_to_its_bracket_its_sentence_and_its_author() {
    assert_wrong(
        "it",
        &[
            "Sulla tomba c’era scritto: ⟦«⟧Che cosa guardi?⟨»⟩. E poi nulla.",
            "⟦«⟧Era tanto grasso che una magra consolazione lo rendeva felice⟨»⟩ -- Anonimo Romano",
            "Lesse «Candide» e tacque. ¶ — Ambrose Bierce, ⟨«⟩Il dizionario del diavolo⟦»⟧",
        ],
    );
    assert_wrong(
        "de",
        &[
            "Das sang er damals (⟦„⟧Die Härte⟨“⟩) im alten Haus.",
            "Es waren nur Bilder (aus ⟨„⟩Calvin und Hobbes⟦“⟧).",
        ],
    );
    assert_wrong(
        "ru",
        &[
            "Увидев стражу, отшельник сказал: ⟨«⟩Видно, немало зла сделал он людям. Если бы не творил он \
             зла, то не боялся бы людей⟦»⟧.",
        ],
    );
}

#[test]
fn a_mark_that_a_text_speaks_of_is_no_quotation() {
    assert_right(
        Some("nl"),
        &["Tekenreeksen mogen tussen aanhalingstekens (“\"”) staan, zodat “dit” en “dat” gelden."],
    );
    assert_right(
        Some("de"),
        &[
            "Diese Zeichen sollten Sie vermeiden: |, *, <, \", :, > und /.",
            "Um ein é zu schreiben, drücken Sie erst die Taste, dann ' und dann e.",
        ],
    );
    // What stands behind a quotation was left there.
    assert_eq!(faults("Er rief: \"Es lebe die Freiheit!\" ' Dann ging er.", Some("de")).len(), 1);
}

#[test]
fn a_name_with_its_equals_sign_is_quoted_like_any_other() {
    assert_right(
        Some("es"),
        &["Las directivas «Wants=», «Requires=» y «Before=» se describen en «systemd»."],
    );
    assert_right(Some("de"), &["Die Angaben „width=“ und „height=“ stehen in „style=“."]);
    assert_right(Some("en"), &["The words “Wants=”, “Requires=” and “Before=” tell it."]);
    assert_right(Some("fr"), &["Il écrit width=\"5\" et height=”7” dans « la page »."]);
    let lost = "Las directivas «Wants=», «Requires= y «Before=» se describen.";
    assert_eq!(faults(lost, Some("es")).len(), 1);
}

#[test]
fn a_quotation_of_two_paragraphs_need_not_repeat_its_mark() {
    let letter = |[open, close]: [&str; 2]| {
        format!(
            "Der Brief lautete: {open}Wir liegen seit drei Tagen am Fluss, und keiner weiss, wie lange \
             noch. ¶ Ich grüsse die Mutter und alle im Dorf.{close} ¶ Dann legte sie ihn weg."
        )
    };
    for (language, marks) in [
        ("de", ["„", "“"]),
        ("de", ["»", "«"]),
        ("de-CH", ["«", "»"]),
        ("pl", ["„", "”"]),
        ("cs", ["„", "“"]),
        ("ru", ["«", "»"]),
        ("fi", ["”", "”"]),
    ] {
        assert_right(Some(language), &[&letter(marks)]);
    }
    // Where print repeats it one is a slip, and several are the manner of the text.
    let dutch = letter(["„", "”"]);
    assert_eq!(faults(&unmark(&dutch).text, Some("nl")).len(), 1);
    assert_right(Some("nl"), &[&format!("{dutch} ¶ {dutch}")]);
    // The first one was over.
    let over = "„Ich komme sofort, sagte er. ¶ Der Knecht lief fort“, sagte sie.";
    assert!(!faults(&unmark(over).text, Some("de")).is_empty());
}

#[test]
fn words_of_saying_part_a_tale_that_repeats_no_mark() {
    let tale = |[open, close]: [&str; 2]| {
        format!(
            "{open}Es war vor drei Jahren{close}, begann er, {open}und wir wohnten damals am Fluss. ¶ \
             Eines Tages kam ein Brief, den keiner geschrieben hatte{close}, fuhr er fort; {open}der lag \
             auf dem Tisch. ¶ Mein Vater las ihn und ging.{close} ¶ Sie schwiegen."
        )
    };
    assert_right(Some("de"), &[&tale(["„", "“"]), &tale(["»", "«"])]);
    assert_right(Some("fi"), &[&tale(["”", "”"])]);
}

#[test]
fn paragraphs_of_a_tale_may_begin_with_inner_marks() {
    assert_right(
        Some("es"),
        &[
            "«Había un rey muy viejo que vivía lejos del mar. ¶ “No quiero”, dijo la reina. ¶ “Pues yo \
             sí.” ¶ Y el rey se marchó.» ¶ Calló.",
        ],
    );
    assert_right(
        Some("cs"),
        &[
            "„Byl jednou jeden král, který měl tři syny. ¶ ‚Kam půjdeme?‘ ptal se první. ¶ ‚Do světa.‘ ¶ \
             A tak šli.“ ¶ Děda se odmlčel.",
        ],
    );
}

#[test]
fn a_turn_of_several_paragraphs_is_closed_by_the_next_dash() {
    assert_right(
        Some("fr"),
        &[
            "— C’était en automne, reprit-il, et nous demeurions au bord de la rivière. ¶ «\u{a0}Un jour \
             arriva une lettre : «\u{a0}Venez tout de suite.\u{a0}» Mon père partit. ¶ «\u{a0}Nous ne \
             l’avons jamais revu. ¶ — Et la lettre ? dit le docteur.",
        ],
    );
    // Behind narrative it opens a quotation.
    assert_wrong(
        "fr",
        &[
            "Il se leva et sortit. ¶ ⟦«⟧\u{a0}Nous ne l’avons jamais revu.⟨\u{a0}»⟩ ¶ — Et la lettre ? dit \
             le docteur.",
        ],
    );
}

#[test]
fn closing_marks_at_the_heads_of_paragraphs_have_the_space_of_french_print() {
    assert_right(
        Some("fr"),
        &["Il lisait : ¶ «\u{a0}Ma chère amie, je vous écris pour vous dire que tout va bien. ¶ \
             »\u{a0}Votre frère est revenu hier avec les chevaux. ¶ »\u{a0}Adieu ; je reste votre \
             ami.\u{a0}» ¶ Elle sortit."],
    );
}

#[test]
fn a_tale_with_closing_marks_at_its_heads_quotes_in_the_same_marks() {
    assert_right(
        Some("es"),
        &[
            "«Había un rey muy viejo, y un día le dijeron: «Vete de aquí». ¶ »«No quiero», contestó el \
             rey. ¶ »«Pues te irás», le dijeron todos. ¶ »Y como repetían: «Vete», él se fue. ¶ »Nadie lo \
             vio más.» ¶ Calló.",
        ],
    );
}

#[test]
fn an_apostrophe_stands_for_what_czech_speech_drops() {
    assert_right(
        Some("cs"),
        &[
            "„Včera mi řekla: ‚Čekej hosta,‘ a dnes jsi tu.“ ¶ Měl’s to vědět; řek’ mi to, vid’? „Však \
             jsem ti to povídal,“ řek’ otec.",
            "„‚Pojď sem,‘ řek’ otec, a já ’sem šel.“ ¶ Ved’ nás a nes’ dřevo.",
        ],
    );
    assert_wrong("cs", &["„Řekl: ‚Pojď sem,‘ a já ⟨‚⟩šel⟦‘⟧ tam.“ ¶ „Co?“ řekl."]);
}

#[test]
fn a_key_that_is_named_in_a_row_is_no_quotation() {
    assert_right(
        Some("uk"),
        &["Натисніть клавішу компонування, потім ', потім e; а для ë натисніть потім \", потім e."],
    );
    assert_right(None, &["To type é press the compose key, then ', then e."]);
    assert_eq!(faults("He said: \"Go home , and left.", None).len(), 1);
}

#[test]
fn a_page_with_few_titles_in_swedish_marks_may_have_them_in_brackets_at_the_end() {
    let page = "The default behavior of the keys is described in Avsnitt 2.1.1, \
                ”Tangentmodifierare (standardvärden)” for all selection tools. There is, however, one \
                key that is not.";
    assert_right(None, &[page]);
}

#[test]
fn an_elided_letter_before_guillemets_needs_no_language() {
    assert_right(
        None,
        &["La distance entre la ligne du sol et l’«\u{a0}unité\u{a0}» de mesure. See the manual."],
    );
}

#[test]
fn code_may_hold_one_of_two_marks() {
    let cases = [
        ("<p>Le fichier <code>« cd.iso</code>\u{a0}» et « <code>cd.img</code> » aussi.</p>", 0),
        ("<p>Le fichier «\u{a0}<code>cd.iso »</code> et <code>cd.img</code>.</p>", 0),
        ("<p>Le fichier <code>cd.iso</code>\u{a0}» et « <code>cd.img</code> ».</p>", 1),
        ("<p>Le fichier « <code>cd.iso</code> et « <code>cd.img</code> ».</p>", 1),
    ];
    for (source, expected) in cases {
        let page = format!("<html lang=\"fr\">{source}</html>");
        assert_eq!(count(&page, Format::Html), expected, "{source}");
    }
}
