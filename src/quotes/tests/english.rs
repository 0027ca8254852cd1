//! How English books are printed: what has no fault in either style, and how a lost, turned or
//! doubled mark is mended.

use super::{faults, mended};

/// The text with the marks of the other style: single outside, double inside.
fn in_single_style(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(character) = chars.next() {
        let is_apostrophe = character == '’'
            && (before.is_alphanumeric() && chars.peek().is_some_and(|c| c.is_alphanumeric())
                || before == '~'
                || chars.peek() == Some(&'~'));
        single.push(match character {
            '“' => '‘',
            '”' => '’',
            '‘' => '“',
            '’' if !is_apostrophe => '”',
            other => other,
        });
        before = character;
    }
    single
}

/// A page around a passage that tells the style of the document.
fn page(passage: &str, is_single: bool) -> String {
    let manner = "He spoke of “the new course” and nodded.\n\n“I never heard of it,” she said.\n\n"
        .repeat(6);
    let manner = if is_single { in_single_style(&manner) } else { manner };
    let passage = if is_single { in_single_style(passage) } else { passage.to_owned() };
    format!("{manner}{passage}\n\n{manner}").replace('~', "")
}

/// Passages in double style. A `~` next to `’` tells that it is an apostrophe.
const RIGHT: &[&str] = &[
    // Years that lost their century, one after the other.
    "It was “a goods’~ famine”, as one wit had it—and outlasted the winters of ’~54–’~55 and ’~56/’~57.",
    // A letter: date, salutation, paragraphs and close repeat the mark.
    "“Moscow, 3 March.\n\n“Dear Comrade,\n\n“I have your letter and thank you for it. The work goes \
     on as before, and we are all well.\n\n“Give my love to the others.\n\n“Yours ever,\n\n“Anna.”",
    "“Believe me, dear sir, “Yours faithfully, “Pavel Petrov.”",
    "“My dearest Anna,—\n\n“I find myself very unwell this morning, and the doctor has told me to stay in bed \
     until Sunday at the least.”",
    // Something is left out where a quotation goes on.
    "“The line that ran out of the boats was some six miles long....\n\n“Sometimes the whale shakes its \
     tail, and one hears it from afar.”\n\nSo they report.",
    // The second line of a couplet is no signature.
    "As an older poet has it:\n\n“The wise man keeps a silent tongue,\n\nAnd lets the songs of fools be \
     sung.”\n\nIt is a motto for the hall.",
    // Speech that is broken off and taken up.
    "“I thought—” he began.\n\n“You thought!” she cried. “You never—never in your life—thought of \
     anyone.”",
    "“It is the others,” said he, “who must answer for it”—and here he struck the table—“if they can.”",
    "“When I came in,” he said—he had not looked up—“there was nobody here.”",
    // Dialect.
    "“Look ’~ere, guv’nor, ’~e ain’t a-goin’~ to ’~urt nobody, an’~ I’ll tell ’~em so.”",
    "“’~Tis th’~ owd man o’~ th’~ hills, an’~ ’~twas him as gave ’~em th’~ money,” said Seth.",
    "“I never said ’~e’d come, nor as ’~ow ’~is missis ’~ud let ’~im,” said the cabman.",
    "“Rock ’~n’~ roll,” she said, “was the music of the ’~fifties and the ’~60s.”",
    // Possessives.
    "The Soviets of Workers’~, Soldiers’~ and Peasants’~ Deputies met in the nobles’~ club, and the \
     deputies’~ wives looked on.",
    "“The workers’~ control of the masters’~ books,” he said, “is Marx’~ own demand, and Engels’~.”",
    "It was St. James’s Street, not Jesus’~ Lane, where the Joneses’~ house stood.",
    "“For goodness’~ sake,” he said, “ask at the Smiths’~ door.”",
    "“He did it for conscience’~ sake,” she said, “and for the audience’~ pleasure.”",
    // A clipped word in a compound.
    "“We went sou’~-sou’~-west,” he said, “with a nor’~-wester behind us, and saw will-o’~-the-wisps.”",
    // Words spoken of, next to possessives.
    "The peasants’~ “friends” and the workers’~ “leaders” had gone to the ministers’~ “council”.",
    "“He called it ‘freedom,’ ” she said, “and the masters’~ ‘right’ to do as they please.”",
    "“I do not like the word ‘comrade,’ nor the word ‘citizen’; they are the clerks’~ words.”",
    // Brackets.
    "He wrote: “The party (which is ‘the vanguard’) has decided [as we knew it would].”",
    "The speaker (“a new course,” he called it) sat down.",
    "“Here [in the hall] he said: ‘Never!’ (Applause.)”",
    // Titles and epigraphs.
    "She had read “The Mother,” “The Spy” and the chapter “How It Was Done” before supper.",
    "“Have you read ‘The Mother’?” he asked.\n\n“No; but I have ‘The Spy.’ ”",
    "“The rest is silence.”—Hamlet.",
    // Three levels.
    "“He told me: ‘She cried, “Help!” and ran.’ That is all I know.”",
    "“‘“Help!” she cried, and ran,’ was what he told me,” said the porter.",
    // A quotation that goes on, and one inside it.
    "“I came there in the evening, and I saw that the house was dark and all the doors were shut.\n\n\
     “‘Who is it?’ a voice said.\n\n“‘A friend,’ said I.\n\n“That was how I found him.”",
    // Verse inside speech.
    "“He used to sing it to us of an evening, the old song:\n\n“‘The wind is in the rye,\nAnd the \
     river running by—’\n\nand we sat and listened.”",
    // Names of other languages.
    "Kamen’ev and Zinov’ev went to Smol’nyi; d’Annunzio and O’Brien saw the Ka’ba and read the Qur’an.",
    // Figures.
    "The beam was 5′ 10″ long and the board 6' 2\" wide; he was 5’ 10” himself.",
    // Codes of notes.
    "“There were cries of ‘Wine!’A11.7—of wine from the cellars—and ‘meetings’[3] and a ‘council’†.”",
    "“It is over.”12 He went out. “I shall come.”¹ Nobody came.",
];

#[test]
fn what_is_printed_right_has_no_fault_in_either_style() {
    let mut wrong = Vec::new();
    for passage in RIGHT {
        for is_single in [false, true] {
            let text = page(passage, is_single);
            if faults(&text) > 0 {
                let passage =
                    if is_single { in_single_style(passage) } else { (*passage).to_owned() };
                wrong.push(passage);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Passages in double style with one mistake, and what they were.
const WRONG: &[(&str, &str)] = &[
    // A close is missing.
    ("“It is so, said he.\n\n“I know.”", "“It is so,” said he.\n\n“I know.”"),
    ("“Where is he?\n\n“Gone,” said she.", "“Where is he?”\n\n“Gone,” said she."),
    (
        "“You must take care, boy! as if it were he who had fallen.",
        "“You must take care, boy!” as if it were he who had fallen.",
    ),
    (
        "“Come in. I am free now, if you like.\n\n“No,” he said.",
        "“Come in. I am free now, if you like.”\n\n“No,” he said.",
    ),
    (
        "“I am here on no business of my own, said Emma; “I am only waiting.”\n\n“Well, if you like.”",
        "“I am here on no business of my own,” said Emma; “I am only waiting.”\n\n“Well, if you like.”",
    ),
    (
        "“Did you hear it from your own brother, said she, “or from his?”\n\n“From mine.”",
        "“Did you hear it from your own brother,” said she, “or from his?”\n\n“From mine.”",
    ),
    // A phrase does not go on in the next paragraph.
    (
        "She was glad to find herself called “Miss Dashwood of Norland by a man whom she had seen only once \
         before in her whole life, and never since that day.\n\n“I am glad to see you,” he said.",
        "She was glad to find herself called “Miss Dashwood of Norland” by a man whom she had seen only once \
         before in her whole life, and never since that day.\n\n“I am glad to see you,” he said.",
    ),
    // An opening mark is missing.
    (
        "The old man laughed. You are late, boy,” he said.",
        "The old man laughed. “You are late, boy,” he said.",
    ),
    ("He turned round and said: We shall see.”", "He turned round and said: “We shall see.”"),
    ("“Well,” he said, I am ready.”", "“Well,” he said, “I am ready.”"),
    (
        "“I certainly did not ask,” said Anna; but you may trust me in this.”",
        "“I certainly did not ask,” said Anna; “but you may trust me in this.”",
    ),
    (
        "She turned to him and said, with a meaning look, Perhaps you can tell me why he went.”",
        "She turned to him and said, with a meaning look, “Perhaps you can tell me why he went.”",
    ),
    (
        "“So you see.”\n\nIt is nothing new that people live on it. They save some, and few would.”\n\n“No.”",
        "“So you see.”\n\n“It is nothing new that people live on it. They save some, and few would.”\n\n“No.”",
    ),
    (
        "His answer was, Beg her to come up;” and he left.",
        "His answer was, “Beg her to come up;” and he left.",
    ),
    (
        "“That will do,” said he, smiling—you have sung enough for one evening.”",
        "“That will do,” said he, smiling—“you have sung enough for one evening.”",
    ),
    // The signature of a letter has lost its mark.
    (
        "“I shall come on Monday. Yours faithfully,\n\nViolet Hunter.”",
        "“I shall come on Monday. Yours faithfully,\n\n“Violet Hunter.”",
    ),
    // Turned.
    ("“I never saw him,“ said she.", "“I never saw him,” said she."),
    ("He stopped—”you know why,” he said.", "He stopped—“you know why,” he said."),
    // Doubled and out of kind.
    ("“I never saw him,”” said she.", "“I never saw him,” said she."),
    ("“I never saw him,’ said she.", "“I never saw him,” said she."),
];

#[test]
fn one_mistake_is_found_and_mended() {
    for (wrong, right) in WRONG {
        for is_single in [false, true] {
            let found = mended(&page(wrong, is_single));
            assert_eq!(found, page(right, is_single));
        }
    }
}

#[test]
fn apostrophes_that_a_word_processor_turned_are_mended() {
    for (wrong, right) in [
        ("‘Tis late, and ‘twas a long day.", "’Tis late, and ’twas a long day."),
        ("I saw ‘em come in the ‘70s.", "I saw ’em come in the ’70s."),
        ("“Give ‘im the ‘ammer,” he said.", "“Give ’im the ’ammer,” he said."),
    ] {
        assert_eq!(mended(&page(wrong, false)), page(right, false));
    }
    // A word that is spoken of has no clause around it.
    for right in ["She told him that ‘Tis’ is not a word.", "‘Twas’ stands for “it was”."]
    {
        assert_eq!(faults(&page(right, false)), 0, "{right}");
    }
    // A quotation may begin with a word that is clipped elsewhere.
    assert_eq!(faults(&page("She said: “He told me, ‘All is well,’ and left.”", false)), 0);
}

#[test]
fn a_word_that_the_document_clips_elsewhere_has_its_mark_turned() {
    let habit = "“I saw ’uz and thou saw ’uz,” said he.\n\n“Then come wi’ ’uz, lad.”\n\n";
    let text = format!("{habit}“Thou’ll not find ‘uz there, an’ they’ll never tell thee.”\n");
    assert_eq!(mended(&text), text.replace('‘', "’"));
}

#[test]
fn words_that_lose_nothing_at_their_head_have_no_apostrophe_there() {
    let manner = "‘I never heard of it,’ she said. ‘Nor I.’\n\n".repeat(6);
    let speech = "people of this town must know that the old order has come to its end.";
    let text = |mark| format!("{manner}{mark}The {speech}\n\n‘{speech}’\n");
    assert_eq!(faults(&text('‘')), 0);
    assert_eq!(faults(&text('’')), 1);
}

/// British journalism of the fifties: single marks outside, the stop outside of a phrase.
const JOURNALISM: &[&str] = &[
    // Headings.
    "‘COLLECTIVE LEADERSHIP’: A NEW PHASE?",
    "The ‘Thaw’ and the Workers’ State",
    "BREAK WITH ‘STALINISM’—OR WITH SOCIALISM?",
    "‘The Workers’ State’ Once More",
    "What Next, Mr Khrushchev?",
    // Words that are spoken of, with a possessive inside, before or behind.
    "The Twentieth Congress spoke of ‘the workers’ state’ and of ‘the masses’ initiative’.",
    "The workers’ ‘control’ of the factories was the managers’ control.",
    "Mr Pollitt’s ‘self-criticism’ satisfied nobody; the miners’ lodges’ resolutions were ignored.",
    "The ‘Soviets of Workers’, Soldiers’ and Peasants’ Deputies’ had long been forgotten.",
    "The so-called ‘doctors’ plot’ was exposed as a fraud, and the doctors’ names were cleared.",
    "He attacked the ‘Trotskyites’ and ‘wreckers’ of the ’thirties; the ’thirties’ victims were silent.",
    "‘Marx’, he wrote, ‘and not Engels’ friend alone, saw it.’",
    "It was Lassalle’s, not Marx’, ‘iron law’.",
    "The ’Fifties are not the ’Thirties. In ’53, in ’56—and who knows when after ’56?",
    "They were sent to ‘corrective’ labour camps (‘lagers’, in the camps’ own speech).",
    // Titles at the head of a paragraph and in brackets.
    "‘The Revolution Betrayed’ appeared in 1937. Its author was then in Norway.",
    "(‘Pravda’, March 28; ‘Izvestia’, same date; ‘The Times’, April 2.)",
    "‘Pravda’ has now admitted it. ‘Kommunist’ (No. 4, 1956) goes further.",
    "In ‘What Is To Be Done?’ Lenin says the reverse.",
    "See ‘Stalin: A Political Biography’, p. 12, and ‘Russia after Stalin’, passim.",
    // Quotations inside and at the end of sentences.
    "‘The cult of the individual’, said the First Secretary, ‘is alien to the spirit of “Marxism-Leninism”.’",
    "‘It was he who said: “The cadres decide everything.”’",
    "He called it ‘a “leap” into freedom’; others called it ‘treason’.",
    "Was it ‘socialism’? Was it ‘a workers’ state’? It was neither.",
    "‘Yes’, he said, ‘comrades’ courts and comrades’ money!’",
    "The resolution ‘welcomes the decisions . . . and pledges its support’.",
    "The resolution ‘ . . . deplores the action’ and ends there.",
    "‘No comrade’s going to tell me’, he said, ‘what’s Marxism and what’s not.’",
    "He had seen ‘’em all’, as he put it, ‘an’ ’alf of ’em was rogues’.",
    "They shouted ‘Bread!’, ‘Peace!’, and ‘Down with the Bosses’ Government!’",
    "The slogans ‘All power to the Soviets’ and ‘The peasants’ land to the peasants’ were his.",
    "An editor’s note (‘We do not share the author’s views’) stood below it.",
    "What Stalin called ‘our leaders’—the leaders’ leader himself—was never discussed.",
    "‘Stalin—’ he began, and stopped.",
    "His 'ten per cent.' (as he said) were the same as ever.",
    // Others in their own speech, and lists of possessives.
    "‘You start with the “.o” file’, he said, ‘and run it’, and the ‘.o’ file was there.",
    "The digraph ‘th’ is older than the letter ‘o’ in this hand, and ‘an’ stands before vowels.",
    "‘’Tis a grand word, nevertheless,’ murmured an old bricklayer. ‘’Twould cover a graveyard.’",
    "The Hungarians’ mistakes, the Poles’ mistakes, the Yugoslavs’ – well, I’ll not go into that.",
    "‘Typical o’ th’ A.E.U.’, he snorted. The dockers’ did; the miners’ wouldn’t; they’d ‘need notice’.",
    "‘Now we say, “It was a tragedy”; and we add, “But it was one in our family.”’",
    "‘They don’t tell lies’, she said (‘they translate’), and in ’51 the comrades’ throats were sore with it.",
    // The possessive of what is shortened.
    "The T.U.C.’s motion and the M.P.’s ‘amendment’, which the ‘N.U.M.’s men’ had asked for.",
    "‘The C.P.G.B.’s line’, he said, ‘was Moscow’s.’ He had it from Jones & Co.’s clerk.",
];

#[test]
fn british_journalism_has_no_fault() {
    let manner = "He spoke of ‘the new course’ and nodded.\n\n‘I never heard of it’, she said.\n\n"
        .repeat(6);
    let wrong: Vec<_> = JOURNALISM
        .iter()
        .filter(|passage| faults(&format!("{manner}{passage}\n\n{manner}")) > 0)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Passages of several paragraphs in the same manner.
const PRINTED: &[&str] = &[
    // An extract with a mark at each paragraph.
    "The statement reads:\n\n‘The Central Committee has discussed the situation and has come to the \
     following conclusions.\n\n‘First, that the cult of the individual has done great harm.\n\n‘Second, \
     that the workers’ vigilance has not slackened.’\n\nSo much for the statement.",
    // A letter to the editor, unquoted, with its signature.
    "Sir,—Your correspondent writes of ‘the workers’ apathy’. Has he met any workers?\n\nYours \
     fraternally,\n\nA. ‘Mick’ Murphy.",
    // A quoted letter.
    "‘Dear Comrade Editor,\n\n‘I have read your article on the camps.\n\n‘Yours fraternally,\n\n‘P. Petrov.’",
    // Points of a programme, each of which is a quotation of its own.
    "The programme has three points:\n\n‘Bread for the workers.’\n\n‘Land for the peasants.’\n\n‘Peace for all.’",
    // Verse.
    "He ended with the old song:\n\n‘The people’s flag is deepest red,\n\nIt shrouded oft our martyred \
     dead.’\n\nAnd they sang it.",
    // A dialogue in court.
    "‘Do you plead guilty?’—‘I do.’\n\n‘Of what?’—‘Of everything.’\n\n‘And the others?’—‘The others’ guilt is \
     their own.’",
    // An interview with initials.
    "Q.: ‘Did you know of it?’\n\nA.: ‘We all did.’",
    // A quotation that is commented in brackets by the author.
    "‘The leaders (he means himself) have erred, and the led [he means us] have paid.’ (Our italics.)",
];

#[test]
fn british_journalism_over_paragraphs_has_no_fault() {
    let manner = "He spoke of ‘the new course’ and nodded.\n\n‘I never heard of it’, she said.\n\n"
        .repeat(6);
    let wrong: Vec<_> = PRINTED
        .iter()
        .filter(|passage| faults(&format!("{manner}{passage}\n\n{manner}")) > 0)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn russian_words_end_with_a_soft_sign() {
    let manner = "He spoke of ‘the new course’ and nodded.\n\n‘I never heard of it’, she said.\n\n"
        .repeat(6);
    for right in [
        "The papers Novaia zhizn’ and Rech’ were closed, and so was Rabochii put’ in Kazan’.",
        "The word vlast’ means power, and glasnost’ openness; a predsedatel’ is a chairman.",
        "They read ‘Novaia zhizn’’ and ‘Novyi put’ there.",
        "He read ‘Novaia zhizn’ and ‘Rech’ every day.",
        "They met in Kazan’[1] and in Perm’.",
        "It was Lebed’ who stopped the war.",
    ] {
        assert_eq!(faults(&format!("{manner}{right}\n")), 0, "{right}");
    }
    for wrong in [
        "He read the ‘Novaia zhizn and nothing else.",
        "He stayed put’ and said nothing.",
        "‘Daily Worker’[2] wrote: the leaders of the Party were wrong.’",
        "‘Daily Worker’(2) wrote: the leaders of the Party were wrong.’",
        "‘Daily Worker’² wrote: the leaders of the Party were wrong.’",
        "It was the most’ that he had.",
    ] {
        assert_eq!(faults(&format!("{manner}{wrong}\n")), 1, "{wrong}");
    }
}

#[test]
fn mistakes_of_british_journalism_are_mended() {
    let manner = "He spoke of ‘the new course’ and nodded.\n\n‘I never heard of it’, she said.\n\n"
        .repeat(6);
    for (wrong, right) in [
        ("It was called ‘collective leadership and nothing more.", None),
        ("It was called collective leadership’ and nothing more.", None),
        ("The dockers’ leader, ‘Jack Dash, said that the T.U.C.’s motion was lost.", None),
        ("‘The N.U.M.’s men, he said, were not asked.", None),
        // No soft sign stands behind a vowel.
        ("The paper of the party, the old Pravda’ of Moscow, is gone.", None),
        (
            "‘The cult’, said the First Secretary, is alien to us.’",
            Some("‘The cult’, said the First Secretary, ‘is alien to us.’"),
        ),
        (
            "‘The cult, said the First Secretary, ‘is alien to us.’",
            Some("‘The cult’, said the First Secretary, ‘is alien to us.’"),
        ),
        ("In ’What Is To Be Done?’ he says so.", Some("In ‘What Is To Be Done?’ he says so.")),
        ("The ‘Thirties were over by then.", Some("The ’Thirties were over by then.")),
        (
            "The Soviets of Workers’, Soldiers and Peasants’ Deputies met.",
            Some("The Soviets of Workers’, Soldiers’ and Peasants’ Deputies met."),
        ),
        // Decades are written so however people speak.
        (
            "In the ’thirties and in the ’fifties he was told that mistakes were made’ there.",
            Some(
                "In the ’thirties and in the ’fifties he was told that ‘mistakes were made’ there.",
            ),
        ),
        // The comma stands outside, and words of saying follow.
        (
            "And what’, I asked the attaché, ‘do you say of it now?’",
            Some("‘And what’, I asked the attaché, ‘do you say of it now?’"),
        ),
        // What is quoted in brackets begins and ends in them.
        (
            "No reply was made. (‘His time’, said the chairman, ‘has come.) It was the writers’ widows who asked.",
            Some(
                "No reply was made. (‘His time’, said the chairman, ‘has come.’) It was the writers’ widows who asked.",
            ),
        ),
        (
            "One sees the editor’s pencil. (They don’t tell lies,’ a Prague journalist said to me.)",
            Some(
                "One sees the editor’s pencil. (‘They don’t tell lies,’ a Prague journalist said to me.)",
            ),
        ),
        // A mark behind a stop is no apostrophe, and closes what is open.
        (
            "‘Chairman,’ he said, ‘let them in.’ You say we’re “in dissolution”; let them look!’",
            Some(
                "‘Chairman,’ he said, ‘let them in.’ ‘You say we’re “in dissolution”; let them look!’",
            ),
        ),
        (
            "The chairman said he ‘took it that Congress agreed. Nobody spoke.",
            Some("The chairman said he ‘took it that Congress agreed’. Nobody spoke."),
        ),
        // Where others are heard in their own speech.
        (
            "‘I’ve seen th’ eggs,’ he said. ‘Wheer’s th’ omelette?’ That was the true line’’ and no other.",
            None,
        ),
        ("‘He’s a man o’ peace, and what is this for? and the sergeant said nothing.", None),
        (
            "It is the will of the workers’, soldiers and peasants.",
            Some("It is the will of the workers, soldiers and peasants."),
        ),
    ] {
        let text = |passage: &str| format!("{manner}{passage}\n\n{manner}");
        match right {
            Some(right) => assert_eq!(mended(&text(wrong)), text(right)),
            None => assert!(faults(&text(wrong)) > 0, "{wrong}"),
        }
    }
}

#[test]
fn turned_commas_that_spell_a_letter_are_no_mistakes() {
    for text in [
        "They lived in O‘ahu and read the Qur‘an; Sa‘di and Isma‘il were Shi‘ites.",
        "The caliph ‘Abd al-Malik and the house of al-‘Azm ruled there.",
        "M‘Culloch wrote of it.",
    ] {
        assert_eq!(faults(&page(text, false)), 0, "{text}");
    }
    // Contractions are none of these.
    for (wrong, right) in [
        ("I don‘t know, and they‘re gone.", "I don’t know, and they’re gone."),
        ("It was five o‘clock when O‘Brien came.", "It was five o’clock when O’Brien came."),
    ] {
        assert_eq!(mended(&page(wrong, false)), page(right, false));
    }
    let quoted = "‘Ali is my name,’ he said.\n\n".repeat(8);
    assert_eq!(faults(&quoted), 0);
}

#[test]
fn a_word_of_dialect_that_is_also_another_has_its_mark_turned() {
    let wrong = "He looked ‘round the room and went ‘cross the field.";
    assert_eq!(mended(&page(wrong, false)), page(&wrong.replace('‘', "’"), false));
    assert_eq!(faults(&page("“He spoke of ‘round tables’ and ‘cross men’ there.”", false)), 0);
    let spoken = "“That’s four hunder’~ for us, and he slep’~ like a log; ye dinna’~ ken it.”";
    assert_eq!(faults(&page(spoken, false)), 0);
}

#[test]
fn what_ended_with_a_comma_goes_on_behind_the_words_of_saying() {
    for (wrong, right) in [
        (
            "“But they,” he said to Fanny, have a claim. They belong to us, and you know it. You do.”",
            "“But they,” he said to Fanny, “have a claim. They belong to us, and you know it. You do.”",
        ),
        (
            "“That is true,” replied Anna, and I could forgive it, if he had asked.”",
            "“That is true,” replied Anna, “and I could forgive it, if he had asked.”",
        ),
    ] {
        assert_eq!(mended(&page(wrong, false)), page(right, false));
    }
}

#[test]
fn a_turned_mark_may_open_a_quotation_that_goes_on() {
    let speech =
        "It was in the spring of that year that the first of them came back to us. ".repeat(7);
    let tale = format!("“{speech}\n\n“{speech}\n\n“{speech}”\n\n");
    let text = |mark| format!("{tale}“So it was,” he said.\n\n{mark}{speech}\n\n{tale}");
    assert_eq!(mended(&text('”')), text('“'));
}

#[test]
fn straight_single_marks_that_quote_are_missed_before_brackets_too() {
    let told = "Nobody knew of the 'new course' at all. They call it 'so', or 'thus', there.\n\n";
    assert_eq!(faults(&format!("{told}It was '(the leader)', and that was all.\n")), 0);
    assert_eq!(faults(&format!("{told}It was '(the leader), and that was all.\n")), 1);
    assert_eq!(faults("The list '(1 2 3) is quoted, and 'name is a symbol, as 'other is.\n"), 0);
}

#[test]
fn participles_lose_no_more_than_their_last_letter() {
    let told = "‘I saw ’em,’ he said. ‘’Tis so.’\n\n‘’Twas no good,’ said she.\n\n";
    assert_eq!(faults(&format!("{told}They told ’em that ’twas nothing’, and left.\n")), 1);
    assert_eq!(faults(&format!("{told}They told ’em that they was goin’, and left.\n")), 0);
    assert_eq!(faults(&format!("{told}“I told ’em ’twas nothing’” they said.\n")), 1);
    assert_eq!(faults(&format!("{told}I told ’em that I was a-going’ to leave.\n")), 0);
}

#[test]
fn the_letter_that_joins_two_words_is_no_quotation() {
    for (wrong, right) in [
        ("They played rock ‘n’ roll all night.", "They played rock ’n’ roll all night."),
        ("‘Rock-‘n’-roll is here,’ wrote the paper.", "‘Rock-’n’-roll is here,’ wrote the paper."),
        ("“Fish ‘n’ chips,” he said.", "“Fish ’n’ chips,” he said."),
    ] {
        assert_eq!(mended(wrong), right);
        assert_eq!(faults(right), 0, "{right}");
    }
    assert_eq!(faults("He writes ‘n’ for the number, and rock ‘salt’ for rock.\n"), 0);
}
