use super::*;

/// The usual spelling under a scheme.
fn under(word: &str, language: &str, scheme: &str) -> String {
    let known = Native::of(language, word).expect("a language");
    let letters = known.letters(word).unwrap_or_default();
    let scheme = Scheme::of(scheme).expect("a scheme");
    let spellings = table(known).romanise_all(&letters);
    let of_scheme = spellings.iter().find(|(one, _)| *one == scheme);
    of_scheme.and_then(|(_, texts)| texts.first()).map_or(String::new(), |text| capitalised(text))
}

#[test]
fn khrushchev_under_every_russian_scheme() {
    let expected = [
        ("bgn-pcgn", "Khrushchëv"),
        ("ala-lc", "Khrushchëv"),
        ("iso-9", "Hruŝëv"),
        ("scholarly", "Chruščëv"),
        ("passport", "Khrushchev"),
        ("press", "Khrushchev"),
        ("old-english", "Khrushtcheff"),
        ("german", "Chruschtschow"),
        ("french", "Khrouchtchev"),
        ("polish", "Chruszczow"),
        ("gost-7.79-b", "Xrushhyov"),
        ("gost-16876", "Khrushhjov"),
        ("gost-52535", "Khrushchev"),
        ("passport-1997", "Khrushchev"),
        ("passport-soviet", "Khrouchtchev"),
        ("spanish", "Jruschov"),
        ("italian", "Krusciov"),
        ("dutch", "Chroesjtsjov"),
        ("swedish", "Chrusjtjov"),
        ("hungarian", "Hruscsov"),
        ("finnish", "Hruštšov"),
        ("turkish", "Hruşçov"),
    ];
    assert_eq!(expected.len(), table(Native::Russian).schemes.len());
    for (scheme, spelling) in expected {
        assert_eq!(under("Хрущёв", "ru", scheme), spelling, "{scheme}");
    }
}

#[test]
fn names_under_the_schemes_of_their_language() {
    let cases = [
        ("ru", "Троцкий", "press", "Trotsky"),
        ("ru", "Троцкий", "ala-lc", "Trot͡skiĭ"),
        ("ru", "Троцкий", "german", "Trozki"),
        ("ru", "Троцкий", "polish", "Trocki"),
        ("ru", "Микоян", "ala-lc", "Mikoi͡an"),
        ("ru", "Яковлев", "ala-lc", "I͡Akovlev"),
        ("ru", "Цветаева", "ala-lc", "T͡Svetaeva"),
        ("ru", "Ельцин", "bgn-pcgn", "Yel’tsin"),
        ("ru", "Чайковский", "french", "Tchaïkovski"),
        ("ru", "Чайковский", "german", "Tschaikowski"),
        ("ru", "Чайковский", "polish", "Czajkowski"),
        ("ru", "Пушкин", "french", "Pouchkine"),
        ("ru", "Жуков", "iso-9", "Žukov"),
        ("ru", "Микоян", "german", "Mikojan"),
        ("ru", "Каганович", "french", "Kaganovitch"),
        ("ru", "Каганович", "polish", "Kaganowicz"),
        ("ru", "Вышинский", "old-english", "Vyshinsky"),
        ("ru", "Булганин", "french", "Boulganine"),
        ("ru", "Ежов", "press", "Yezhov"),
        ("ru", "Ежов", "german", "Jeschow"),
        ("ru", "Чехов", "spanish", "Chejov"),
        ("ru", "Достоевский", "spanish", "Dostoyevski"),
        ("ru", "Чайковский", "spanish", "Chaikovski"),
        ("ru", "Чехов", "italian", "Cechov"),
        ("ru", "Горбачёв", "italian", "Gorbaciov"),
        ("ru", "Достоевский", "italian", "Dostoevskij"),
        ("ru", "Троцкий", "italian", "Trockij"),
        ("ru", "Горбачёв", "dutch", "Gorbatsjov"),
        ("ru", "Пушкин", "dutch", "Poesjkin"),
        ("ru", "Шолохов", "swedish", "Sjolochov"),
        ("ru", "Ельцин", "swedish", "Jeltsin"),
        ("ru", "Солженицын", "swedish", "Solzjenitsyn"),
        ("ru", "Пушкин", "hungarian", "Puskin"),
        ("ru", "Тургенев", "hungarian", "Turgenyev"),
        ("ru", "Солженицын", "hungarian", "Szolzsenyicin"),
        ("ru", "Достоевский", "hungarian", "Dosztojevszkij"),
        ("ru", "Горбачёв", "finnish", "Gorbatšov"),
        ("ru", "Тургенев", "turkish", "Turgenev"),
        ("ru", "Горбачёв", "turkish", "Gorbaçov"),
        ("ru", "Зиновьев", "polish", "Zinowjew"),
        ("ru", "Зиновьев", "german", "Sinowjew"),
        ("ru", "Соловьёв", "german", "Solowjow"),
        ("uk", "Ющенко", "national", "Yushchenko"),
        ("uk", "Жадан", "ala-lc", "Z͡Hadan"),
        ("uk", "Ющенко", "german", "Juschtschenko"),
        ("uk", "Ющенко", "polish", "Juszczenko"),
        ("uk", "Зеленський", "national", "Zelenskyi"),
        ("uk", "Згурський", "national", "Zghurskyi"),
        ("uk", "Грушевський", "scholarly", "Hruševsʹkyj"),
        ("be", "Лукашэнка", "national", "Lukašenka"),
        ("be", "Быкаў", "press", "Bykau"),
        ("be", "Цішкевіч", "ala-lc", "Tsishkevich"),
        ("bg", "Димитров", "national", "Dimitrov"),
        ("bg", "Вълков", "national", "Valkov"),
        ("bg", "Вълков", "bgn-pcgn", "Vŭlkov"),
        ("bg", "Щерев", "french", "Chterev"),
        ("sr", "Ђилас", "national", "Đilas"),
        ("sr", "Ђилас", "german", "Djilas"),
        ("sr", "Милошевић", "french", "Milochevitch"),
        ("mk", "Ќосев", "national", "Kjosev"),
        ("el", "Βενιζέλος", "elot-743", "Venizelos"),
        ("el", "Βενιζέλος", "classical", "Benizelos"),
        ("el", "Παπανδρέου", "elot-743", "Papandreou"),
        ("el", "Μπουκουβάλας", "elot-743", "Boukouvalas"),
        ("el", "Ευαγγέλου", "elot-743", "Evangelou"),
        ("ka", "ბერია", "press", "Beria"),
        ("ka", "ჯუღაშვილი", "bgn-pcgn", "Jughashvili"),
        ("ka", "ორჯონიკიძე", "press", "Orjonikidze"),
        ("hy", "Միկոյան", "press", "Mikoyan"),
        ("hy", "Խաչատուրյան", "bgn-pcgn", "Khach’aturyan"),
        ("he", "בֵּגִין", "national", "Begin"),
        ("he", "הֶרְצוֹג", "german", "Herzog"),
        ("he", "שָׁרוֹן", "french", "Charon"),
        ("yi", "פּרץ", "yivo", "Prts"),
        ("yi", "אַש", "german", "Asch"),
        ("yi", "מאַרקיש", "yivo", "Markish"),
        ("ar", "نَاصِر", "din-31635", "Nāṣir"),
        ("ar", "السَّادَات", "ala-lc", "al-Sādāt"),
        ("ar", "مُحَمَّد", "ala-lc", "Muḥammad"),
        ("fa", "مُصَدِّق", "ala-lc", "Muṣaddiq"),
        ("ja", "とうじょう", "hepburn", "Tōjō"),
        ("ja", "とうじょう", "kunrei", "Tôzyô"),
        ("ja", "フクシマ", "kunrei", "Hukusima"),
        ("ja", "はっとり", "hepburn", "Hattori"),
        ("ja", "じゅんいち", "hepburn", "Jun'ichi"),
    ];
    let found = cases.map(|(language, native, scheme, _)| under(native, language, scheme));
    assert_eq!(found.to_vec(), cases.map(|(.., spelling)| spelling).to_vec());
}

#[test]
fn the_parts_of_a_double_name_follow_one_scheme() {
    let found = spellings("Римский-Корсаков", "ru");
    let texts: Vec<_> = found.iter().map(|one| (one.scheme.id(), one.text.as_str())).collect();
    assert!(texts.contains(&("press", "Rimsky-Korsakov")), "{texts:?}");
    assert!(texts.contains(&("german", "Rimski-Korsakow")), "{texts:?}");
    assert!(!texts.iter().any(|(_, text)| *text == "Rimsky-Korsakow"), "{texts:?}");
}

fn whole(native: &str, language: &str, name: &str) -> Vec<(&'static str, String)> {
    let spellings = whole_spellings(native, language, name).into_iter();
    spellings.map(|spelling| (spelling.scheme.id(), spelling.text)).collect()
}

#[test]
fn whole_names_where_the_family_name_comes_first() {
    let kim = whole("김일성", "ko", "Kim Il Sung");
    let expected = [
        ("mccune-reischauer", "Kim Il-sŏng"),
        ("mccune-reischauer", "Kim Ilsŏng"),
        ("revised", "Gim Il-seong"),
        ("revised", "Gim Ilseong"),
    ];
    assert_eq!(kim, expected.map(|(scheme, text)| (scheme, text.to_owned())));
    let has = |found: &[(&str, String)], scheme, text: &str| {
        assert!(found.contains(&(scheme, text.to_owned())), "{text}: {found:?}");
    };
    has(&whole("이승만", "ko", ""), "mccune-reischauer", "Yi Sŭng-man");
    has(&whole("박정희", "ko", ""), "mccune-reischauer", "Pak Chŏng-hŭi");
    has(&whole("박정희", "ko", ""), "revised", "Bak Jeong-hui");
    has(&whole("김대중", "ko", ""), "mccune-reischauer", "Kim Tae-jung");
    has(&whole("とうじょう ひでき", "ja", ""), "press", "Hideki Tojo");
    has(&whole("毛泽东", "zh", "Mao Zedong"), "wade-giles", "Mao Tse-tung");
    has(&whole("周恩来", "zh", "Zhou Enlai"), "wade-giles", "Chou En-lai");
    has(&whole("刘少奇", "zh", "Liu Shaoqi"), "wade-giles", "Liu Shao-ch’i");
    has(&whole("", "zh", "Dong Zhongshu"), "efeo", "Tong Tchong-chou");
    assert!(whole("孫中山", "zh", "Sun Yat-sen").is_empty());
}

#[test]
fn letters_without_a_table_have_no_spelling() {
    for (word, language) in [
        ("Маркс1", "ru"),
        ("Marx", "ru"),
        ("Marx", ""),
        ("毛泽东", "zh"),
        ("東條", "ja"),
        ("ناصر", "ar"),
        ("Ющенко", "de"),
    ] {
        assert!(spellings(word, language).is_empty(), "{word}");
    }
}

#[test]
fn a_language_that_is_not_named_is_told_by_the_script() {
    for (word, spelling) in [("Троцкий", "Trotsky"), ("Βενιζέλος", "Venizelos"), ("ბერია", "Beria")]
    {
        assert_eq!(spellings(word, "")[0].text, spelling);
    }
}

/// Every table can be read, and no scheme leaves a letter of it without a spelling by oversight.
#[test]
fn every_table_names_its_schemes_once() {
    for &language in LANGUAGES {
        let mut schemes = table(language).schemes.clone();
        let number = schemes.len();
        schemes.sort_unstable();
        schemes.dedup();
        assert_eq!(schemes.len(), number, "{language:?}");
    }
}
