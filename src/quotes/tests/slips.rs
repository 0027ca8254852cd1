//! Slips that were once passed over or told in the wrong place, and right texts that were once told.

use crate::markup::{self, Format, Language};
use crate::quotes::{FaultKind, Outer, Settings, read};

use super::{faults, mended};

/// Clean dialogue, which tells the style.
fn around(passage: &str) -> String {
    let manner = "He came in. “Good day,” she said. “I am glad to see you.”\n\n".repeat(4);
    format!("{manner}{passage}\n\n{manner}")
}

fn in_single_style(text: &str) -> String {
    text.replace('“', "‘").replace('”', "’")
}

/// `|` is a mark that was lost: the text without it is mended.
fn assert_found_again(passage: &str) {
    let right = around(&passage.replace('|', "“"));
    let wrong = around(&passage.replace('|', ""));
    assert_eq!(faults(&right), 0, "{passage}");
    assert_eq!(mended(&wrong), right);
    assert_eq!(mended(&in_single_style(&wrong)), in_single_style(&right));
}

fn kinds(text: &str, format: Format, language: Option<&str>) -> Vec<FaultKind> {
    let document = markup::read(text, format, language.map(Language::from_tag));
    let reading = read(text, &document, &Settings::default());
    reading.blocks.iter().flat_map(|block| &block.faults).map(|fault| fault.kind).collect()
}

#[test]
fn the_first_paragraph_of_a_text_may_have_lost_its_mark() {
    for (wrong, right) in [
        (
            "The old man came near. Come in!” he cried.",
            "The old man came near. “Come in!” he cried.",
        ),
        ("Come into the house!” he cried.", "“Come into the house!” he cried."),
        ("She took it up and asked,\n\nHow is it?”", "She took it up and asked,\n\n“How is it?”"),
    ] {
        let rest = "\n\n“I will,” said she.\n\nThen they went.\n";
        assert_eq!(mended(&format!("{wrong}{rest}")), format!("{right}{rest}"));
    }
    // A passage that begins in the middle of a sentence, or behind verse in a speech.
    for begins in
        ["and so I came back to them.”", "No signs today,\nno signs.\n\nI agree with him.”"]
    {
        assert_eq!(faults(&format!("{begins}\n\n“I will,” said she.\n")), 0, "{begins}");
    }
}

#[test]
fn a_word_that_has_no_apostrophe_in_any_english_ends_a_quotation() {
    for (text, found) in [
        ("The ‘Evangelization of this Generation’ is a great thought.", 0),
        ("The Evangelization of this Generation’ is a great thought.", 1),
        ("He laughed and said what it was, perhaps’—and he smiled.", 1),
        // A Russian soft sign and a plural.
        ("The town of Kazan’ is old, and so are the peasants’ houses.", 0),
    ] {
        assert_eq!(faults(&in_single_style(&around(text))), found, "{text}");
    }
}

#[test]
fn a_word_that_lost_its_g_ends_no_quotation_before_who_did_it() {
    let text =
        "“‘Wal, I got a buck, and was returnin’, and I found that in paddlin’ I had wet the gun.";
    let found = kinds(&around(text), Format::Plain, None);
    assert_eq!(found, [FaultKind::Unclosed]);
}

#[test]
fn speech_goes_on_behind_the_words_of_saying() {
    assert_found_again("“So do I,” said Mrs. Weston gently, |very much.”");
    assert_found_again(
        "“So careful for others,” he said, |and yet so careless for herself! She came.”",
    );
    assert_found_again(
        "“I do think,” she said, |nothing was ever so sly; for it was he who came. He had gone.”",
    );
    assert_found_again(
        "“The Miss Owens,” said she, soon afterwards; |suppose you had one of them here?”",
    );
}

#[test]
fn an_adverb_may_belong_to_what_is_said() {
    assert_found_again(
        "“Sir Thomas,” said Edmund, |undoubtedly knows the duty of a parish. We must hope.”",
    );
    assert_found_again(
        "“Sir Thomas,” said Edmund gravely, |knows the duty of a parish. We must hope.”",
    );
}

#[test]
fn a_title_ends_with_its_last_capital() {
    let right =
        around("He passed the sign of “The Crossed Harpoons”—but it looked too jolly there.");
    assert_eq!(mended(&right.replace("Harpoons”", "Harpoons")), right);
}

#[test]
fn words_may_name_what_was_said() {
    let right = around("“I rather wonder Julia is not in love,” was her observation to Mary.");
    assert_eq!(mended(&right.replace("love,”", "love,")), right);
}

#[test]
fn a_word_that_always_has_a_capital_begins_no_sentence() {
    assert_found_again("|Indeed it does: I cannot like it. You know how I feel with her.”");
    assert_found_again(
        "The door was shut and they had gone out again, |Did you ever hear her play?” said Frank.",
    );
}

#[test]
fn narrative_may_follow_a_dash_behind_the_speech() {
    let right = around(
        "He came in. “You shall have it, I promise you.”—She had risen, and went to the door.",
    );
    assert_eq!(mended(&right.replace("you.”—", "you.—")), right);
}

#[test]
fn a_possessive_with_a_turned_mark_is_mended() {
    let right = around(
        "She had stayed for the two weeks’ visit to her parents’ house and the Eltons’ ball.",
    );
    for word in ["weeks", "parents", "Eltons"] {
        let wrong = right.replace(&format!("{word}’"), &format!("{word}‘"));
        assert_eq!(mended(&wrong), right);
        assert_eq!(mended(&in_single_style(&wrong)), in_single_style(&right));
    }
}

#[test]
fn of_two_marks_behind_a_name_one_is_too_many() {
    let right = in_single_style(&around("It was ‘dear John’ and ‘dear Catherine’ at every word."));
    assert_eq!(mended(&right.replace("Catherine’", "Catherine’’")), right);
}

#[test]
fn a_possessive_that_owns_nothing_is_a_mark_too_many() {
    let right = in_single_style(&around("He believed in ‘shorts’ as a disguise, and left."));
    assert_eq!(mended(&right.replace("shorts’", "shorts’’")), right);
    assert_eq!(faults(&in_single_style(&around("This time the ‘kids’’ discussion was right."))), 0);
}

#[test]
fn a_possessive_closes_no_quotation_of_another_kind() {
    let right =
        around("“Am I to understand,” said he, after a few moments’ silence, “that it is so?”");
    assert_eq!(mended(&right.replace("understand,”", "understand,")), right);
}

#[test]
fn a_paragraph_of_a_speech_that_lost_its_mark_is_told_by_how_it_sounds() {
    let first = "“We did not know of it. They tricked us, and we believed them.";
    let lost =
        "I do not like them, but we thought it better to wait. You know that I could not speak.";
    let last = "“In a week they will go to pieces; but I cannot help it.”";
    let right = around(&format!("{first}\n\n“{lost}\n\n{last}"));
    let wrong = around(&format!("{first}\n\n{lost}\n\n{last}"));
    assert_eq!(mended(&wrong), right);
}

#[test]
fn a_speech_that_ends_in_narrative_was_over() {
    let right = around(
        "“I know my man. You will not do anything of the sort.” He walked to the rail and looked over \
         the side.\n\n“I know all about the doctor,” he said.",
    );
    assert_eq!(mended(&right.replace("sort.”", "sort.")), right);
}

#[test]
fn a_clipped_word_opens_no_speech() {
    let passage = "|They will have a child every year! and Lord help ’em! how poor they will be!”";
    assert_found_again(passage);
}

#[test]
fn a_speaker_may_announce_what_he_says_himself() {
    let list = "“I have said:\n\n“First, it is so.\n\n“Second, it is not.”";
    assert_eq!(faults(&around(list)), 0);
    assert_eq!(faults(&around("“It is so, sir. Mr Morris spoke:—\n\n“It is not so.”")), 1);
}

#[test]
fn two_single_marks_may_be_a_double_one() {
    let typed = "‘‘Yes,’’ he said. ‘‘They call it ‘the new course’ there, and don’t mind.’’";
    assert_eq!(faults(&around(typed)), 0);
    assert_eq!(faults(&format!("{typed}\n\n‘‘No,’’ said she.\n")), 0);
    // One that stands twice is still one too many.
    let single = in_single_style(&around("“Yes,” he said, “it is so.”"));
    assert_eq!(mended(&single.replacen("‘Yes", "‘‘Yes", 1)), single);
}

#[test]
fn a_straight_mark_among_typographic_ones_is_a_slip() {
    let right = around("He said “go” and went.");
    for wrong in ["“go\"", "\"go”"] {
        assert_eq!(mended(&right.replace("“go”", wrong)), right);
    }
    // Where many are mixed, or the low mark is all that a keyboard lacks, it is a manner.
    assert_eq!(faults(&"He said “go\" and went.\n\n".repeat(5)), 0);
    let german = "Er sprach von der „neuen Partei\" und der Mann ging nicht in das Haus.\n";
    assert_eq!(kinds(german, Format::Plain, Some("de")), []);
}

#[test]
fn a_configured_style_counts_more_than_the_language() {
    let text = "”Yes,” he said, ”they call it ’the new course’ there.”\n\n”No,” said she.\n";
    let document = markup::read(text, Format::Plain, None);
    let settings = Settings { outer: Some(Outer::Swedish), tells_all: false };
    let reading = read(text, &document, &settings);
    assert!(reading.blocks.iter().all(|block| block.faults.is_empty()));
}

#[test]
fn a_lost_guillemet_before_another_quotation_is_told() {
    for (language, text) in [
        ("it", "Parlò della «nuova strada del partito e della «vecchia strada», e poi tacque."),
        ("ru", "Он говорил о «новом курсе партии и о «старом курсе», а потом замолчал."),
        ("uk", "Він говорив про «новий курс партії і про «старий курс», а потім замовк."),
        ("da", "Han talte om »den nye kurs og om »den gamle kurs«, og så tav han."),
        ("el", "Μίλησε για τη «νέα πορεία του κόμματος και για την «παλιά πορεία», και σώπασε."),
    ] {
        assert_eq!(kinds(text, Format::Plain, Some(language)), [FaultKind::Unclosed], "{text}");
    }
    // One mark may close a title and what it ends.
    for text in
        ["Товарищ редактор газеты «Правда», пишу вам.", "Он сказал: «Мы читаем газету «Правда»."]
    {
        assert_eq!(kinds(text, Format::Plain, Some("ru")), [], "{text}");
    }
}

#[test]
fn a_quotation_ends_in_its_cell_and_its_stanza() {
    let row = "<p>He said “yes,” and “no” too.</p><table><tr><td>“one<td>“two”</table>";
    assert_eq!(kinds(row, Format::Html, Some("en")), [FaultKind::Unclosed]);
    let stanza = |next: &str| {
        format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><p>He said “yes” too.</p>\
             <lg><l>“And so they went</l></lg>{next}</body></text></TEI>"
        )
    };
    let told = kinds(&stanza("<p>He went.</p>"), Format::Tei, None);
    assert_eq!(told, [FaultKind::Unclosed]);
    for next in ["<lg><l>and came again.”</l></lg>", "<lg><l>“And so they came.”</l></lg>"] {
        assert_eq!(kinds(&stanza(next), Format::Tei, None), [], "{next}");
    }
}

#[test]
fn old_print_repeats_the_mark_at_the_head_of_each_line() {
    let page = |lines: &str| {
        format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"de\"><text><body><p>Er sprach \
             von der „neuen Partei“ und der „alten“.</p><p>{lines}</p></body></text></TEI>"
        )
    };
    let lines = "Er sprach: „Wenn ich das alles sehe, was<lb/>„hier in dieser Stadt geschehen ist, so muß \
                 ich<lb/>„sagen, daß mir das Herz davon weh thut, und<lb/>„ich will nicht länger bleiben.“";
    assert_eq!(kinds(&page(lines), Format::Tei, None), []);
    let open = lines.trim_end_matches('“');
    assert_eq!(kinds(&page(open), Format::Tei, None), [FaultKind::Unclosed]);
}

#[test]
fn a_letter_that_is_announced_begins_with_its_mark() {
    let long =
        "I wish you joy. If you love him half as well as I do my dear Wickham, you must be happy.";
    let letter = |mark: &str| {
        around(&format!(
            "The letter was to this effect:\n\n{mark}My dear Lizzy,\n\n“{long} {long}\n\n“{long} {long}\n\n“{long}”"
        ))
    };
    assert_eq!(faults(&letter("“")), 0);
    assert_eq!(mended(&letter("")), letter("“"));
    let note = |mark: &str| around(&format!("It was in these words:—\n\n{mark}{long}\n\n“M. D.”"));
    assert_eq!(faults(&note("“")), 0);
    assert_eq!(mended(&note("")), note("“"));
}

#[test]
fn a_speech_is_taken_up_behind_much_verse() {
    let speech = "It was in the spring of that year that the first of them came back to us.";
    let verse = "No signs from heaven come today To add to what the heart doth say.";
    let text = format!(
        "“So it is,” he said, “{speech}\n\n{verse}\n\n{speech}\n\n{verse}\n\nAnd that was so.\n\n“{speech}\n\n\
         “{speech}”\n\nNobody answered.\n"
    );
    assert_eq!(faults(&text), 0);
}

/// The passage behind dialogue that tells that single straight marks are the outer ones.
fn in_straight_single_style(passage: &str) -> String {
    let manner = "Nobody knew of the 'new course' there.\n\n'They speak of the \"new course\" too,' he said.\n\n";
    format!("{}{passage}\n", manner.repeat(6))
}

#[test]
fn a_word_that_needs_no_s_owns_what_may_be_owned() {
    let wrong = around("“Nobody said No admittance’ to me.” He stopped.");
    assert_eq!(faults(&wrong), 1);
    assert_eq!(faults(&around("“It was for convenience’ sake.” He stopped.")), 0);
}

#[test]
fn what_takes_up_a_speech_is_no_apostrophe() {
    let line = "In those days there was a mill at the end of the village, where he lived.";
    // ‘It’ may be ‘hit’ that has lost its head.
    for said in ["Nobody told me.", "It was in '89."] {
        let tale = |end: &str| format!("'I don't know. {line}\n\n'{said} {line}{end}");
        assert_eq!(faults(&in_straight_single_style(&tale("'"))), 0, "{said}");
        assert_eq!(faults(&in_straight_single_style(&tale(""))), 1, "{said}");
    }
}

#[test]
fn between_a_word_and_a_dash_nothing_opens() {
    let said = |mark: &str| {
        in_straight_single_style(&format!(
            "'The workers' party had won'—she went on—{mark}They call it \"a victory\" in the village.' \
             'It was nothing,' said the old man."
        ))
    };
    assert_eq!(faults(&said("'")), 0);
    assert_eq!(faults(&said("")), 1);
}

#[test]
fn behind_a_dash_a_straight_mark_closes() {
    let passage =
        "I don't know what you mean—' He stopped. 'Tis nothing at all'—she went on—'I don't know.'";
    let right =
        passage.replace("I don't know what", "'I don't know what").replace("'Tis", "'It is");
    assert_eq!(faults(&in_straight_single_style(&right)), 0);
    assert_eq!(faults(&in_straight_single_style(passage)), 1);
}

#[test]
fn a_quotation_before_a_clipped_word_is_not_empty() {
    let said = |end: &str| {
        let single = in_single_style(&around(""));
        format!("{single}‘I don’t know’—she went on—‘’Tis nothing at all.{end}\n\n{single}")
    };
    assert_eq!(faults(&said("’")), 0);
    assert_eq!(faults(&said("")), 1);
}

/// The stress of /fo·no'·loh·jee/ closed a quotation that nobody had opened.
#[test]
fn stress_in_a_pronunciation_is_no_quotation_mark() {
    for word in
        ["/fo·no'·loh·jee/", "/fo·no´·loh·jee/", "/fee'·chr·i:`t@s/", "/si:`k@·del'·ik·weir/"]
    {
        let entry = format!("A word {word} of ours, n. The lore of one's own speech.");
        assert_eq!(faults(&entry), 0, "{entry}");
        assert_eq!(faults(&format!("\"{entry}\"")), 0, "{entry}");
        assert_eq!(faults(&format!("\"{entry}")), 1, "{entry}");
    }
    assert_eq!(faults("He said so, and/or 'she did / he went on."), 1);
}

#[test]
fn a_turned_apostrophe_behind_an_opening_mark_does_not_stand_twice() {
    let right = "‘’Em’s the lads,’ he said. ‘’Twas ’im’ll tell you.’\n";
    assert_eq!(mended(&right.replacen("‘’Em", "‘‘Em", 1)), right);
    assert_eq!(faults(right), 0);
}
