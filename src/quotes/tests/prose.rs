//! The same as in `balanced.rs` for English prose as it is printed: who speaks before, behind and in the midst of
//! speech, speech that breaks off or is broken into by dashes, phrases in quotation marks, brackets, apostrophes
//! of all kinds beside marks, and speeches over paragraphs.
//!
//! A text is made with `{` where a quotation opens, `}` where it closes, `|` where a paragraph repeats all
//! that is open, and `~` for an apostrophe; the marks of each are those of its depth.

use proptest::prelude::*;
use proptest::strategy::Union;

use super::faults;
use super::print::{Manner, may_be_right};

const STYLES: [Manner; 4] = [
    Manner { language: "en", outer: ['“', '”'], inner: ['‘', '’'] },
    Manner { language: "en", outer: ['‘', '’'], inner: ['“', '”'] },
    Manner { language: "en", outer: ['"', '"'], inner: ['\'', '\''] },
    Manner { language: "en", outer: ['\'', '\''], inner: ['"', '"'] },
];

type Texts = BoxedStrategy<String>;

fn one_of(texts: &[&'static str]) -> Texts {
    let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
    prop::sample::select(texts).boxed()
}

fn any_of(texts: impl IntoIterator<Item = Texts>) -> Texts {
    Union::new(texts).boxed()
}

/// `text` with what stands for each `*` in turn.
fn with<const N: usize>(text: &'static str, parts: [Texts; N]) -> Texts {
    let parts: Vec<_> = parts.into_iter().collect();
    parts
        .prop_map(move |parts| {
            let mut parts = parts.into_iter();
            let mut pieces = text.split('*');
            let mut filled = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                filled.push_str(&parts.next().expect("a part for each place"));
                filled.push_str(piece);
            }
            filled
        })
        .boxed()
}

fn narrative() -> Texts {
    one_of(&[
        "They came home late and sat down by the fire.",
        "The old man~s boat lay at the bridge, and nobody had touched it since the winter.",
        "He had known O~Brien in the ~nineties; the boys~ mother was still alive then.",
        "Nothing was heard of them for three years—and then the letters came.",
        "It was the workers~ own council that had sent him there.",
    ])
}

fn tag() -> Texts {
    one_of(&["said the old man", "he cried", "she asked", "replied O~Brien", "cried both of them"])
}

fn phrase() -> Texts {
    one_of(&[
        "the new course",
        "a friend of the people",
        "Old Tom~s luck",
        "the boys~ own",
        "No admittance",
    ])
}

/// What somebody says, without the sign at its end.
fn plain() -> Texts {
    one_of(&[
        "I don~t know what you mean",
        "~Tis nothing at all",
        "You never told ~em that",
        "We were goin~ home by the mill",
        "The workers~ party had won in every town",
        "Come in, and shut the door behind you",
        "It was in ~89 that my father~s house burned down",
        "There~s nobody here that would believe James~s brother",
    ])
}

/// The same with quotations in it, so deep.
fn saying(depth: u32) -> Texts {
    if depth == 0 {
        return plain();
    }
    let inner = || saying(depth - 1);
    any_of([
        plain(),
        plain(),
        with("He told me, {*.} And I believed him", [inner()]),
        with("They call it {*} in the village", [phrase()]),
        with("{*!} he cried, and that was all I heard", [inner()]),
        with("{*,} she said, {and that is all.} Then she went out", [inner()]),
        with("Nobody said {*} to me—nobody", [phrase()]),
    ])
}

/// A passage of a paragraph with speech in it.
fn speech(depth: u32) -> Texts {
    let said = || saying(depth - 1);
    any_of([
        with("{*,} *.", [said(), tag()]),
        with("{*!} *.", [said(), tag()]),
        with("{*.}", [said()]),
        with("He looked up. {*?} *.", [said(), tag()]),
        with("Then somebody said, {*.}", [said()]),
        with("{*,} *, {and you shall come with us.}", [said(), tag()]),
        with("{*,} *. {*!}", [said(), tag(), said()]),
        with("{*—} He stopped.", [said()]),
        with("{*}—she went on—{*.}", [plain(), said()]),
        with("They spoke of {*} and {*} all the time.", [phrase(), phrase()]),
        with("(He called it {*}, whatever that was.)", [phrase()]),
        with("She answered: {*. *.}", [said(), said()]),
        with("{He told me: {*.}} And he went out.", [plain()]),
    ])
}

/// A speech over several paragraphs, none of which is as short as a line of verse, that may stand in it
/// without a mark.
fn tale() -> Texts {
    let told = || {
        with(
            "*. * *.",
            [
                plain(),
                one_of(&["In those days there was a mill at the end of the village."]),
                plain(),
            ],
        )
    };
    let said = || {
        with(
            "*. *",
            [saying(1), one_of(&["In those days there was a mill at the end of the village."])],
        )
    };
    any_of([
        with("{* *.\n\n|* *.}", [said(), plain(), said(), plain()]),
        with("{*\n\n|*\n\n|*}", [said(), said(), said()]),
        with("{{*\n\n|*}}", [told(), told()]),
        with("{He told me: {*\n\n|*} And he fell silent.}", [told(), told()]),
        with(
            "{* He told me: {*\n\n|*\n\n|*} And he fell silent. *}",
            [said(), told(), told(), told(), said()],
        ),
    ])
}

fn paragraph() -> Texts {
    let (long, short) = (with("* * *", [speech(3), narrative(), speech(2)]), speech(3));
    any_of([narrative(), short, long, with("* *", [narrative(), speech(2)]), tale()])
}

/// The text in a style, and the bytes at which quotation marks stand.
fn print(text: &str, manner: Manner) -> (String, Vec<usize>) {
    let (mut printed, mut marks, mut depth) = (String::new(), Vec::new(), 0);
    let pair = |depth: usize| if depth.is_multiple_of(2) { manner.outer } else { manner.inner };
    let is_straight = manner.outer[0].is_ascii();
    let apostrophe = if is_straight { '\'' } else { '’' };
    // Two straight single marks are a double one.
    let text = if is_straight {
        text.replace("{~Tis", "{It is").replace("|~Tis", "|It is")
    } else {
        text.to_owned()
    };
    // The third level of marks that do not tell what they do is not told from the first.
    let deepest = if is_straight { 2 } else { usize::MAX };
    for character in text.chars() {
        let mut put = |level: usize, end: usize| {
            if level < deepest {
                marks.push(printed.len());
                printed.push(pair(level)[end]);
            }
        };
        match character {
            '{' => {
                put(depth, 0);
                depth += 1;
            }
            '}' => {
                depth -= 1;
                put(depth, 1);
            }
            '|' => (0..depth).for_each(|level| put(level, 0)),
            '~' => printed.push(apostrophe),
            _ => printed.push(character),
        }
    }
    (printed, marks)
}

proptest! {
    #[test]
    fn english_prose_has_no_fault_and_a_lost_mark_is_missed(
        manner in prop::sample::select(STYLES.to_vec()),
        paragraphs in prop::collection::vec(paragraph(), 1..6),
    ) {
        let manners = "Nobody knew of the {new course} at all.\n\n{They speak of the {new course} there,} he said.\n\n";
        let text = format!("{}{}", manners.repeat(6), paragraphs.join("\n\n"));
        let (text, marks) = print(&text, manner);
        prop_assert!(may_be_right(&text, manner), "{}", text);
        prop_assert_eq!(faults(&text), 0, "{}", text);
        for at in marks {
            let mark = text[at..].chars().next().expect("a mark");
            let broken = format!("{}{}", &text[..at], &text[at + mark.len_utf8()..]);
            let is_missed = faults(&broken) > 0 || may_be_right(&broken, manner);
            prop_assert!(is_missed, "without {} at {}: {}", mark, at, &broken[at.saturating_sub(100)..]);
        }
    }
}
