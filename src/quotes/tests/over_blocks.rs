//! Quotations that run over paragraphs, verse and displayed extracts, and those that only seem to.

use crate::markup::{self, Format};
use crate::quotes::{FaultKind, Settings, read};

use super::{faults, mended};

const SPEECH: &str = "It was in the spring of that year that the first of them came back to us.";

/// The kinds of the faults of each block.
fn kinds(text: &str, format: Format) -> Vec<Vec<FaultKind>> {
    let document = markup::read(text, format, None);
    let reading = read(text, &document, &Settings::default());
    let kinds = |faults: &[crate::quotes::Fault]| faults.iter().map(|fault| fault.kind).collect();
    reading.blocks.iter().map(|block| kinds(&block.faults)).collect()
}

#[test]
fn a_quotation_before_a_displayed_one_ends_in_its_paragraph() {
    let page = |said: &str, next: &str| {
        format!(
            "<p>{said}</p><blockquote class=\"quoteb\"><p>The party must begin anew.</p></blockquote>\
             <p>{next}</p><p>He spoke of a ‘new course’.</p>"
        )
    };
    let narrative = "So it was printed in the paper.";
    for said in ["‘It is over, said the editor.", "He called it ‘the new course. It read:"] {
        let found = kinds(&page(said, narrative), Format::Html);
        assert_eq!(found.concat(), [FaultKind::Unclosed], "{said}");
    }
    // It closes behind the extract, or is taken up there.
    for next in ["and that was all I read.’", "‘And that was all I read.’"] {
        assert_eq!(kinds(&page("‘I read this to them:", next), Format::Html).concat(), []);
    }
    let said = kinds(&page("‘It is over, said the editor.", "‘And so it was.’"), Format::Html);
    assert_eq!(said.concat(), [FaultKind::Unclosed]);
}

#[test]
fn a_speech_that_goes_on_behind_verse_repeats_its_mark() {
    let verse = "Would he purge his soul from error And attain to light and worth, He must turn and \
                 cling forever To his mother, and the earth.";
    let text =
        |mark: &str| format!("“{SPEECH}\n\n{verse}\n\n{mark}{SPEECH}\n\n“{SPEECH}\n\n“{SPEECH}”\n");
    assert_eq!(faults(&text("“")), 0);
    let found = kinds(&text(""), Format::Plain);
    assert_eq!(found.concat(), [FaultKind::NotRepeated]);
    assert_eq!(found[2], [FaultKind::NotRepeated]);
}

#[test]
fn a_speech_goes_on_behind_a_letter_that_it_shows_by_itself() {
    let page = |letter: &str, comment: &str| {
        format!("“It is his hand,” she said.\n\n{letter}\n\n{comment}\n\n“It is his own.”\n")
    };
    let letter = "“‘Dear Anna, all will be well. There was some mistake.—Boris.’";
    let comment = "In pencil, on the leaf of a ‘book’. Hum! And you have no doubt of it?”";
    assert_eq!(faults(&page(letter, comment)), 0);
    assert_eq!(faults(&page(letter, &format!("“{comment}"))), 0);
    // It is not all that is said.
    let said = "“He wrote: ‘Dear Anna, all will be well. There was some mistake.’";
    assert_eq!(faults(&page(said, comment)), 1);
    assert_eq!(faults(&page(&format!("{letter} So he wrote."), comment)), 1);
    assert_eq!(faults(&page(letter, "So he wrote.")), 1);
}

#[test]
fn a_tale_with_quotations_inside_goes_on_without_its_mark() {
    let tale = "“He said: ‘Who was it that said “Come in” to you?’ and went.";
    let text = format!("“{SPEECH}\n\n{tale}\n\n{SPEECH}\n\n“{SPEECH}\n\n“{SPEECH}”\n");
    let found = kinds(&text, Format::Plain);
    assert_eq!(found.concat(), [FaultKind::NotRepeated]);
    assert_eq!(found[2], [FaultKind::NotRepeated]);
}

#[test]
fn a_possessive_ends_no_tale_within_a_tale_that_goes_on() {
    let told = "In those days there was a mill at the end of the village.";
    let tale = format!(
        "“He told me: ‘The workers’ party had won in every town. {told} So it was.\n\n\
         “‘We were goin’ home by the mill. {told} I don’t know what you mean.’ And he fell silent.”\n\n"
    );
    // A tale before it is no conversation.
    assert_eq!(faults(&tale.repeat(3)), 0);
    assert_eq!(faults(&tale.repeat(2).replace("goin’", "going")), 0);
    assert_eq!(faults(&tale.replace("“‘", "‘")), 1);
}

#[test]
fn the_letter_behind_its_salutation_has_a_mark_of_its_own() {
    for [left, right] in [["“", "”"], ["‘", "’"]] {
        let letter = |mark: &str| {
            format!(
                "{left}Good day,{right} said he.\n\n{left}DEAR SIR,\n\n{mark}It was in the spring that the \
                 first came back.\n\n{left}Yours sincerely, etc.{right}\n\n{left}Come,{right} he said.\n"
            )
        };
        assert_eq!(faults(&letter(left)), 0);
        assert_eq!(mended(&letter("")), letter(left));
    }
}

#[test]
fn the_salutation_of_a_letter_has_the_mark_of_its_date() {
    let letter = |mark: &str| {
        format!(
            "‘Gracechurch Street, August 2.\n\n{mark}MY DEAR BROTHER,\n\n‘{SPEECH}\n\n‘{SPEECH}’\n\n‘Come,’ he said.\n"
        )
    };
    assert_eq!(faults(&letter("‘")), 0);
    assert_eq!(mended(&letter("")), letter("‘"));
}

#[test]
fn a_speech_that_is_taken_up_does_not_end_at_a_possessive() {
    let text = |mark: &str| {
        format!(
            "‘{SPEECH}\n\n‘{SPEECH} His sisters’ uneasiness was great.\n\n{mark}{SPEECH}\n\n‘{SPEECH}’\n"
        )
    };
    assert_eq!(faults(&text("‘")), 0);
    assert_eq!(mended(&text("")), text("‘"));
}

#[test]
fn a_mark_inside_a_speech_that_goes_on_does_not_end_it() {
    let minutes = "He would insert the suppression of the councils”.";
    let text = format!("‘{SPEECH}\n\n‘{SPEECH} {minutes}\n\n‘{SPEECH}\n\n‘{SPEECH}’\n");
    assert_eq!(kinds(&text, Format::Plain).concat(), [FaultKind::Unopened]);
}

#[test]
fn an_item_of_a_list_takes_up_no_quotation() {
    let text = "They spoke of the ‘new course’.\n\n1. ‘Peace.\n2. ‘Bread.’\n3. ‘Land.’\n";
    assert_eq!(kinds(text, Format::Plain).concat(), [FaultKind::Unclosed]);
}

#[test]
fn a_phrase_before_a_tale_within_a_tale_is_closed() {
    let told = "In those days there was a mill at the end of the village.";
    let text = format!(
        "“They call it ‘No admittance’ in the village.” The boys’ mother was still alive then. “We were goin’ \
         home”—she went on—“They call it ‘No admittance’ in the village.”\n\n“‘Nobody would believe James’s \
         brother. {told} So it was.\n\n“‘We were goin’ home. {told} You never told ’em that.’”\n"
    );
    assert_eq!(faults(&text), 0);
}

#[test]
fn a_straight_mark_that_is_repeated_is_no_apostrophe() {
    let told =
        "In those days there was a mill at the end of the village. I don't know what you mean.";
    let text = format!(
        "Nobody knew of the \"new course\" at all.\n\n'They speak of the \"new course\" there,' he said.\n\n\
         'Nobody said \"Come in\" to me. {told}\n\n'They call it \"the boys' own\" in the village. {told}'\n"
    );
    let document = markup::read(&text, Format::Plain, None);
    let reading = read(&text, &document, &Settings::default());
    assert_eq!(reading.blocks[2].goes_on, 1);
}

#[test]
fn an_announced_speech_of_several_paragraphs_begins_with_its_mark() {
    let long = "The capitalists have resorted to a method which has been known since 1848, and which \
                is meant to divide the workers.";
    let text = |lead: &str, mark: &str| {
        let goes_on = format!("“{long} {long} {long}\n\n").repeat(2);
        let before = format!("Nobody knew of it at all.\n\n{SPEECH}\n\n");
        format!("{before}{lead}\n\n{mark}{long}\n\n{goes_on}“{SPEECH}”\n\nSo it went on.\n")
    };
    assert_eq!(faults(&text("The order of that day read:", "“")), 0);
    let found = kinds(&text("The order of that day read:", ""), Format::Plain);
    assert_eq!(found[3], [FaultKind::NotRepeated]);
    assert_eq!(found.concat().len(), 1);
    // Nothing is announced, or a letter without marks, of which somebody speaks.
    assert_eq!(faults(&text("So he took up the order of that day.", "")), 0);
    let letter = format!("The letter read:\n\n{long}\n\n“So I see,” he said. “I see.”\n");
    assert_eq!(faults(&letter), 0);
}

#[test]
fn remarks_of_a_stenographer_do_not_end_a_speech() {
    let speech = format!(
        "“{SPEECH} ‘Take the shoes—’” (Tumult. Cries, “No such slogan!”) “Well, it will end that \
         way!\n\n“The Council must be obeyed. We are not afraid.…” (Cries, “It is dead!”)\n"
    );
    let manner = format!("“{SPEECH}\n\n“{SPEECH} (Applause.)\n\n“{SPEECH}” (Cries.)\n\n").repeat(3);
    assert_eq!(faults(&format!("{manner}{speech}")), 0);
}

#[test]
fn an_extract_with_cuts_begins_with_its_mark() {
    let long = "The second Congress gave the majority to that party, and only a Government formed by it \
                can be one of the Soviets; we regret that the comrades refused.…";
    let text = |mark: &str, cut: &str| {
        format!(
            "{SPEECH}\n\n{mark}{long}\n\n“{cut}Comrades! {long}\n\n“{SPEECH}”\n\nSo it went on.\n"
        )
    };
    assert_eq!(faults(&text("“", "…")), 0);
    let found = kinds(&text("", "…"), Format::Plain);
    assert_eq!(found.concat(), [FaultKind::NotRepeated]);
    assert_eq!(found[1], [FaultKind::NotRepeated]);
    // Nothing tells that the two belong together.
    assert_eq!(faults(&text("", "")), 0);
}

#[test]
fn a_speech_goes_on_over_a_single_line_of_verse() {
    let line = "To insects—sensual lust.";
    let speech = format!("“{SPEECH} {SPEECH} {SPEECH}");
    let text = |line: &str, mark: &str| {
        format!(
            "{speech}\n\n{speech} God gave them ‘sensual lust.’\n\n{line}\n\n{mark}I am that insect, brother. \
             {SPEECH}”\n\nNobody answered.\n"
        )
    };
    assert_eq!(faults(&text(line, "“")), 0);
    // Narrative is none: before it the speech was over.
    let found = kinds(&text("He stopped and looked at me.", "“"), Format::Plain);
    assert_eq!(found.concat().len(), 1);
}

#[test]
fn a_paragraph_behind_verse_repeats_the_mark_where_others_do() {
    let verse = "Would he purge his soul from error And attain to light and worth, He must turn and \
                 cling forever To his mother, and the earth.";
    let line = "To insects—sensual lust.";
    let text = |mark: &str| {
        format!(
            "“{SPEECH}\n\n{verse}\n\n“{SPEECH} {SPEECH} God gave them ‘sensual lust.’\n\n{line}\n\n\
             {mark}I am that insect, brother. {SPEECH}”\n\nNobody answered.\n"
        )
    };
    assert_eq!(faults(&text("“")), 0);
    let found = kinds(&text(""), Format::Plain);
    assert_eq!(found.concat(), [FaultKind::Unopened]);
    assert_eq!(found[4], [FaultKind::Unopened]);
    // Where no paragraph does, it may be the old one that goes on.
    let only = format!("“{SPEECH}\n\n{verse}\n\nI know no more of it.”\n\nNobody answered.\n");
    assert_eq!(faults(&only), 0);
}

#[test]
fn verse_with_marks_of_its_own_does_not_end_the_quotation_around_it() {
    let page = "<html lang=\"sv\"><body><p>”Det är sant”, sade hon. ”Han sade ”nej” och gick.”</p>\
                <p>Hon sade: ”I min faders hus bodde en man, som i skådespelet låter tyrannen säga:</p>\
                <blockquote class=\"verse\"><p>”Min nedrighet den vill jag klart i dagen ställa.”</p>\
                </blockquote><p>Kom till mig i morgon, så får du höra mera.”</p>\
                <p>Så gick hon.</p></body></html>";
    assert_eq!(kinds(page, Format::Html).concat(), []);
}

#[test]
fn a_speech_goes_on_behind_verse_in_inner_marks() {
    let text = format!(
        "“I have often thought,” said he, “how much we owe to chance. The poet has well said,\n\n‘Full many \
         a gem of purest ray serene The dark unfathomed caves of Ocean bear.’\n\n“{SPEECH} {SPEECH}”\n\nSo \
         he spoke.\n"
    );
    assert_eq!(faults(&text), 0);
}

#[test]
fn the_close_of_a_letter_may_be_indented_far() {
    let text = "     “Being sure of your good will, I shall always remain,\n\n     “Your sincere well-wisher, \
                friend, and sister,\n                                        “LUCY FERRARS.\n\n     “I have \
                burnt all your letters.”\n\nElinor read it, and gave it back.\n";
    assert_eq!(kinds(text, Format::Plain).concat(), []);
}

#[test]
fn marks_like_those_of_the_tale_are_told_where_they_stand() {
    let page = |title: &str| {
        format!(
            "“{SPEECH}\n\n“{SPEECH} I was reading {title} when he came.\n\n“{SPEECH}\n\n“{SPEECH}”\n"
        )
    };
    assert_eq!(faults(&page("‘The Vicar of Wakefield,’")), 0);
    let found = kinds(&page("“The Vicar of Wakefield,”"), Format::Plain);
    assert_eq!(found.concat(), [FaultKind::Nesting]);
}

#[test]
fn an_inner_quotation_that_is_not_closed_does_not_take_the_outer_one_along() {
    let text =
        "He turned, and said, \"See if you can find 'em now, will ye?\n\n\"Find who?\" said I.\n";
    let found = mended(text);
    assert_eq!(found, text.replace("ye?", "ye?\""));
}

#[test]
fn verse_may_interrupt_a_speech_again_and_again() {
    let verse = "<blockquote class=\"verse\"><p>My first displays the wealth of kings,<br/>Lords of the earth!</p></blockquote>";
    let page = |end: &str| {
        format!(
            "<p>“Give me the paper and listen.</p>{verse}<p>That is a court.</p>{verse}\
             <p>That is a ship.</p>{verse}<p>A proper compliment! There is no doubt of it.{end}</p>\
             <p>“So it is,” said Harriet.</p>"
        )
    };
    assert_eq!(kinds(&page("”"), Format::Html).concat(), []);
    assert_eq!(kinds(&page(""), Format::Html).concat(), [FaultKind::Unclosed]);
}

#[test]
fn a_row_of_marks_is_no_quotation() {
    for row in ["\"\"\"\"\"\"\"\"", "''''", "`````", "““““", "»»»»»»"] {
        assert_eq!(faults(&format!("{row}\n\nHe said “yes” {row} and went.\n")), 0, "{row}");
    }
    assert_eq!(faults("He said ““yes” and went.\n"), 1);
    assert_eq!(faults("He said \"\"\"\" and “no and went.\n"), 1);
}

#[test]
fn a_pattern_of_marks_is_no_quotation() {
    for pattern in ["‘“".repeat(9), "\"'".repeat(9), "»«»".repeat(6)] {
        assert_eq!(faults(&format!("{pattern}\n\nHe said “yes” {pattern} and went.\n")), 0);
    }
    // No more marks touch than may be nested.
    assert_ne!(faults(&format!("{}It is so.\n", "‘“".repeat(4))), 0);
    assert_eq!(faults(&"“ ‘ ".repeat(150_000)), 0);
}

#[test]
fn the_lines_of_a_drawing_are_no_paragraphs_and_no_cells() {
    let prose = "The old ship lay at the quay of the harbour, and nobody in the town could\n\
                 say any more who had built her, or for whom, or when she had last been\n\
                 out at sea with a crew.\n\n";
    let indented = "    /|__\n   ///,-`\n  o o ,\n  | .' \",\n  (_)\\  \"\"---.\n      :      \\.\n      | /.__.\\ ||\n";
    let gaps = "  MMM' .  \"MMMM   ''  MM\"'M\n  MMM ;   ; M:     MMMM'  \"VMM\n  MM.   '\"@\"   MMV  .::/  '\n";
    let text = format!("{}{indented}\n{prose}{gaps}\n{prose}", prose.repeat(8));
    assert_eq!(faults(&text), 0);
    assert_eq!(faults(&format!("{text}“It is a ship, said he.\n")), 1);
}

#[test]
fn a_drawing_is_no_prose() {
    let drawing =
        "   /\\_/\\    .--. \n  ( o.o )  |==|  \"_\n  _> ^ <_  '--'`  ~~\n  --- ---  ------ \n";
    assert_eq!(faults(drawing), 0);
    assert_eq!(faults(&format!("{drawing}\n“It is a cat, said he.\n")), 1);
    // Signs alone may be said, and a row of dots stands for what is left out.
    assert_eq!(faults("“. . . !\n\nHe said no more.\n"), 1);
    assert_eq!(faults("“. . . . . . . . . . . . . . . . . . .!\n\nHe said no more.\n"), 1);
    let big =
        "MMMMMMMMM  \"MMM' .  MM\"'M\nMMMM ;  ; M:  MMMM'   \"VMM\nMMMM.  '\"@\"  MMMV  .::/\n";
    assert_eq!(faults(big), 0);
    let keys = "        !  \"  ?  $  '  &  -  (  )  ;  :  *  /\n     0  1  2  3  4  5  6  7  8  9  +  ~  <  >\n";
    assert_eq!(faults(keys), 0);
}

#[test]
fn a_speech_that_was_over_and_one_that_lacks_its_mark_are_two_mistakes() {
    use FaultKind::{Unclosed, Unopened};
    let said = "“You do not mind them? said Herbert.\n\nOh, not at all!”\n\n“So I see.”\n";
    assert_eq!(kinds(said, Format::Plain), [vec![Unclosed], vec![Unopened], vec![]]);
    let told = "“It is not yet too late! Bring the brandy!\n\nI flew downstairs and returned with it, and \
                he rubbed it on her lips. He said to me:—\n\nI can do this, and that is all that can be \
                done at the present.”\n\n“So I see.”\n";
    assert_eq!(kinds(told, Format::Plain), [vec![Unclosed], vec![], vec![Unopened], vec![]]);
    // Nothing tells that this one was over.
    let runs_on = format!("“{SPEECH}\n\n{SPEECH}”\n\n“So I see.”\n");
    assert_eq!(kinds(&runs_on, Format::Plain).concat(), [Unopened]);
}

#[test]
fn an_answer_to_a_speech_that_lacks_its_mark_does_not_go_on() {
    let text = |mark: &str| {
        format!(
            "“Not him,” he said.\n\n{mark}Yes. I was speaking of him only half an hour ago.”\n\n“Ah! yes, I \
             see. But these are not our geese.\n\n“Indeed! Whose, then?”\n\n“Mine,” he said.\n"
        )
    };
    assert_eq!(kinds(&text("“"), Format::Plain).concat(), [FaultKind::Unclosed]);
    let both = [FaultKind::Unopened, FaultKind::Unclosed];
    assert_eq!(kinds(&text(""), Format::Plain).concat(), both);
}

#[test]
fn a_phrase_in_another_language_goes_on_in_no_paragraph_with_other_marks() {
    let page = |close: &str| {
        let manner = "<p>Nobody knew of the “new course” at all.</p>".repeat(8);
        format!(
            "<html lang=\"en\"><body>{manner}<p>They spoke of (<i lang=\"de\">„der neue Weg{close}</i>), and \
             that was all.</p><p>“We shall go there at once,” said the old man.</p></body></html>"
        )
    };
    assert_eq!(kinds(&page("“"), Format::Html).concat(), []);
    assert_eq!(kinds(&page(""), Format::Html).concat(), [FaultKind::Unclosed]);
}

/// The quotations of each block that have both ends.
fn quotations(text: &str) -> Vec<Vec<String>> {
    let document = markup::read(text, Format::Plain, None);
    let reading = read(text, &document, &Settings::default());
    let blocks = document.blocks.iter().zip(&reading.blocks);
    let quotations = blocks.map(|(block, reading)| {
        let prose = block.prose.text(text);
        let marks = reading.marks.iter().enumerate();
        let ends = marks.filter_map(|(at, mark)| {
            let partner = mark.partner().filter(|&partner| partner > at)?;
            Some(mark.span().start..reading.marks[partner].span().end)
        });
        ends.map(|quotation| prose[quotation].to_owned()).collect()
    });
    quotations.collect()
}

#[test]
fn a_possessive_does_not_end_a_speech_of_several_paragraphs() {
    let text = "‘The Committee’, he wrote, ‘has decided three things. It is for the lodges to say. The miners’ \
                leaders will not move.\n\n\
                ‘First, that the workers’ committees shall be heard.\n\n\
                ‘Second, that it be printed.’\n\nSo it ended.\n";
    assert_eq!(faults(text), 0);
    assert_eq!(
        quotations(text),
        [vec!["‘The Committee’"], vec![], vec!["‘Second, that it be printed.’"], vec![]]
    );
    let letter = "“I have a letter. It says:\n\n“‘Dear Jack,\n\n“‘The miners’ leaders won’t move.\n\n\
                  “‘Yours, Johnny.’\n\n“That is all.”\n";
    assert_eq!(faults(letter), 0);
    assert_eq!(quotations(letter)[2], Vec::<String>::new());
}

#[test]
fn a_speech_that_goes_on_does_not_end_at_a_possessive_inside_it() {
    let manner = "\"They speak of the 'new course' there,\" he said.\n\n".repeat(6);
    let text = |phrase: &str| {
        format!(
            "{manner}\"They call it {phrase} in the village. We lost it then.\n\n\"We never went there.\"\n"
        )
    };
    assert_eq!(faults(&text("'the boys' own'")), 0);
    // Where nothing of its kind began inside, the mark is the wrong one.
    let broken = format!("{manner}They call it \"the boys' own' in the village.\n");
    assert_eq!(kinds(&broken, Format::Plain).concat(), [FaultKind::Mismatched]);
}

#[test]
fn a_tale_within_a_tale_goes_on_behind_a_possessive() {
    let manner = "“They speak of the ‘new course’ there,” he said.\n\n".repeat(6);
    let text = |mark: &str| {
        format!(
            "{manner}“‘Come in,’ she said, ‘and that is all.’ Then she went out. {SPEECH} He told me: ‘That was \
             the workers’ own affair. {SPEECH}\n\n“‘There’s nobody here that would believe it. {SPEECH}\n\n\
             “‘I don’t know what you mean.{mark} So he said. {SPEECH}”\n"
        )
    };
    assert_eq!(faults(&text("’")), 0);
    assert!(faults(&text("")) > 0);
}
