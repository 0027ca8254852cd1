//! One document, two conventions.

use rustc_hash::FxHashMap;

use crate::corpus::Analysis;
use crate::markup::{BlockKind, Language};
use crate::quotes::{self, BlockReading, Glyph, Kind, Mark, Role};
use crate::text::{ProseSpan, Span};

use super::{Check, DocumentContext, Finding, Related, Rule, Severity, quote_faults};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "quote-style",
    summary: "a quotation with other marks than the document has elsewhere",
    explanation: "\
Reports an outermost quotation whose marks are not those that the document uses for all others:
double ones among single ones, straight ones among curly ones, in Polish “ ” among „ ”.

    He spoke of ‘peace’, ‘bread’, ‘land’, ‘order’, ‘unity’, ‘progress’,
    ‘legality’, ‘discipline’, ‘vigilance’, ‘criticism’, ‘truth’, ‘labour’
    and of \"freedom\".
           ^ has the marks \" and \"; the rest of the document has ‘ and ’

    … ‘labour’ and of ‘freedom’.

Mostly the mark was typed in by hand. Quotations in another language keep their own marks, and so
does what names them, where the document has passages in that language; so do
those inside others, and single ones among double ones, which may set off a word that is spoken of. A document
that does not have twelve others for each such quotation is left alone.
",
    default: Some(Severity::Warning),
    check: Check::Document(check),
};

/// So many quotations make a convention.
const ENOUGH: usize = 8;

/// Of so many quotations one at most may be otherwise.
const RARELY: usize = 12;

/// The same of quotations in words of the text's own language, where the others have the marks of that
/// language and these do not.
const FEW: usize = 4;

/// What tells one convention from another: the kind of marks, and whether they are straight.
type Convention = (Kind, bool);

/// An outermost quotation.
struct Pair {
    convention: Convention,
    /// Its marks, in bytes of the source.
    marks: [Span; 2],
    /// The marks themselves.
    glyphs: [Glyph; 2],
    /// Whether other quotations stand in it, whose marks would have to change too.
    holds_others: bool,
    is_prose: bool,
    /// Whether one of its marks is told to be wrong already.
    is_faulty: bool,
    /// What is quoted: the number of the block, and where it stands in its prose.
    quoted: (usize, ProseSpan),
}

fn check(context: &DocumentContext<'_>, findings: &mut Vec<Finding>) {
    // Gone through twice rather than kept: there may be millions.
    let mut counts: FxHashMap<Convention, usize> = FxHashMap::default();
    let mut forms: FxHashMap<(Convention, [Glyph; 2]), usize> = FxHashMap::default();
    let mut count = |(convention, glyphs, is_faulty): (Convention, [Glyph; 2], bool), times| {
        *counts.entry(convention).or_insert(0) += times;
        if !is_faulty {
            *forms.entry((convention, glyphs)).or_insert(0) += times;
        }
    };
    // Most are like the one before.
    let mut run = None;
    for pair in pairs(context).map(|pair| (pair.convention, pair.glyphs, pair.is_faulty)) {
        match &mut run {
            Some((like, times)) if *like == pair => *times += 1,
            _ => {
                let before = run.replace((pair, 1));
                before.into_iter().for_each(|(like, times)| count(like, times));
            }
        }
    }
    run.into_iter().for_each(|(like, times)| count(like, times));
    let all = counts.values().sum::<usize>();
    let Some((&usual, &most)) = counts.iter().max_by_key(|(_, count)| **count) else {
        return;
    };
    // What has a mark that points the wrong way is no model, however often it does.
    let usual_forms = forms.into_iter().filter(|((convention, _), _)| *convention == usual);
    let Some(((_, form), alike)) = usual_forms.max_by_key(|(_, count)| *count) else {
        return;
    };
    let tells_kind = are_rare(all - most, most, RARELY);
    let main = context.analysis.document.language;
    // Marks of the language itself need not be so many.
    let is_known = quotes::has_pair(main, form[0], form[1]);
    let rate = if is_known { FEW } else { RARELY };
    let is_told = has_one_form(context);
    let tells_form = is_told && are_rare(most - alike, alike, rate);
    // Of two forms that the language knows a document has one.
    let tells_own_form = is_told && is_known && are_rare(most - alike, alike, RARELY);
    if !tells_kind && !tells_form {
        return;
    }
    let Some(model) = pairs(context).find(|pair| pair.glyphs == form) else {
        return;
    };
    let others = other_languages(context);
    let is_foreign = |pair: &Pair| {
        let [open, close] = pair.glyphs;
        let is_english = matches!(
            pair.glyphs,
            [Glyph::LeftDouble, Glyph::RightDouble] | [Glyph::LeftSingle, Glyph::RightSingle]
        );
        others.iter().any(|&language| {
            quotes::has_pair(language, open, close) || is_english && language.is_english()
        })
    };
    // A page in which most marks are those of another language has some right ones.
    let is_own = |pair: &Pair| quotes::has_pair(main, pair.glyphs[0], pair.glyphs[1]);
    let is_odd = |pair: &Pair| {
        tells_kind && differs(pair.convention, usual) && !pair.is_faulty
            || tells_form
                && pair.convention == usual
                && pair.glyphs != form
                && !pair.is_faulty
                && (tells_own_form || !is_own(pair))
                && !pair.may_be_foreign(context)
    };
    for pair in pairs(context).filter(|pair| pair.is_prose && is_odd(pair)) {
        if is_foreign(&pair) || pair.is_left_in_english(context) {
            continue;
        }
        let [open, close] = pair.glyphs.map(Glyph::character);
        let [left, right] = model.glyphs.map(Glyph::character);
        let fix = quote_faults::with_marks(pair.marks, [left, right]);
        findings.push(Finding {
            rule: RULE.name,
            severity: context.severity,
            span: pair.marks[0],
            subject: None,
            message: format!(
                "This quotation has the marks {open} and {close}; the rest of the document has {left} and {right}."
            ),
            fixes: if pair.holds_others { Vec::new() } else { vec![fix] },
            related: vec![
                Related {
                    document: None,
                    span: pair.marks[1],
                    message: "The other end of the quotation is here.".into(),
                },
                Related {
                    document: None,
                    span: model.marks[0],
                    message: format!("One with {left} and {right} is here.").into(),
                },
            ],
        });
    }
}

/// Whether some quotations are the exceptions to a rule that the others make, of which there are `rate` for
/// each, and enough.
fn are_rare(exceptions: usize, others: usize, rate: usize) -> bool {
    others >= ENOUGH.min(rate) && exceptions > 0 && exceptions * rate <= others
}

/// Whether the language of a document knows no two forms of one kind of marks. What stands otherwise in an
/// English text, or in one whose language nobody knows, is foreign or points the wrong way.
fn has_one_form(context: &DocumentContext<'_>) -> bool {
    !context.analysis.document.language.is_read_as_english()
}

/// Whether a quotation breaks with what is usual. Where double marks are, single ones also
/// set off a word that is spoken of, or what is said in a tale that somebody tells.
fn differs((kind, is_straight): Convention, (usual, usual_is_straight): Convention) -> bool {
    let is_lesser = matches!(kind, Kind::Single | Kind::Angle)
        && matches!(usual, Kind::Double | Kind::Guillemet);
    !is_lesser && (kind, is_straight) != (usual, usual_is_straight)
}

/// The languages of a document's other passages. What is not translated of a page names chapters and titles
/// with the marks of the language that the rest is in.
fn other_languages(context: &DocumentContext<'_>) -> Vec<Language> {
    let document = &context.analysis.document;
    let mut languages: Vec<Language> = Vec::new();
    for language in document.blocks.iter().map(|block| block.language) {
        let is_other = language.base() != document.language.base();
        if is_other && !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}

/// The outermost quotations in the document's own language.
fn pairs<'a>(context: &'a DocumentContext<'_>) -> impl Iterator<Item = Pair> + 'a {
    let analysis = context.analysis;
    let main = analysis.document.language.base();
    let readings = &analysis.quotes.blocks;
    let blocks = readings.iter().enumerate().filter(move |&(number, _)| {
        let block = &analysis.document.blocks[number];
        block.language.base() == main && block.quotation_depth == 0
    });
    blocks.flat_map(move |(number, reading)| {
        let before = number.checked_sub(1).map(|before| &*readings[before]);
        let taken_up = before
            .filter(|before| before.goes_on > 0)
            .map_or(0, |before| marks_of_speech(before, &reading.marks));
        let marks = reading.marks.iter().enumerate().skip(taken_up);
        marks.filter_map(move |(at, mark)| {
            outer_partner(mark, at).map(|partner| Pair::of(analysis, number, at, partner))
        })
    })
}

/// How many marks at the head of a block belong to a speech that goes on in it from the block `before`, and not
/// to an outermost quotation: its closing mark where that is repeated, or what is quoted in it.
fn marks_of_speech(before: &BlockReading, marks: &[Mark]) -> usize {
    let opens = |mark: &&Mark| matches!(mark.role, Role::Opens | Role::Reopens);
    let opener = before.marks.iter().find(|mark| opens(mark) && mark.partner().is_none());
    let repeats = |mark: &&Mark| {
        let is_of_kind = opener.is_some_and(|opener| opener.glyph.kind() == mark.glyph.kind());
        mark.span().start == 0 && opens(mark) && is_of_kind
    };
    if let Some(head) = marks.first().filter(repeats) {
        let closer = head.partner().map(|partner| marks[partner].glyph);
        return usize::from(closer == Some(head.glyph));
    }
    let ends = |mark: &Mark| mark.role == Role::Closes && mark.partner().is_none();
    marks.iter().position(ends).map_or(marks.len(), |end| end + 1)
}

impl Pair {
    /// The quotation between two marks of a block.
    fn of(analysis: &Analysis, number: usize, open: usize, close: usize) -> Self {
        let BlockReading { marks, faults, .. } = &*analysis.quotes.blocks[number];
        let ends = [&marks[open], &marks[close]];
        let is_told = |mark: &&Mark| faults.iter().any(|fault| fault.span == mark.span());
        Self {
            convention: (marks[open].glyph.kind(), marks[open].glyph.is_straight()),
            marks: ends.map(|mark| analysis.to_source(number, mark.span())),
            glyphs: ends.map(|mark| mark.glyph),
            holds_others: marks[open + 1..close].iter().any(|mark| mark.role == Role::Opens),
            // Headings and verse have customs of their own.
            is_prose: matches!(
                analysis.document.blocks[number].kind,
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Note
            ),
            is_faulty: ends.iter().any(is_told),
            quoted: (number, ProseSpan::new(marks[open].span().end, marks[close].span().start)),
        }
    }

    /// Whether what is quoted may be in another language, which keeps its marks.
    fn may_be_foreign(&self, context: &DocumentContext<'_>) -> bool {
        let (number, span) = self.quoted;
        let block = &context.analysis.document.blocks[number];
        let text = block.prose.text(&context.analysis.source);
        block.language.may_quote_foreign(span.of(text).trim())
    }

    /// Whether the quotation has marks of English and stands in a passage that may have been left in English.
    fn is_left_in_english(&self, context: &DocumentContext<'_>) -> bool {
        let (number, span) = self.quoted;
        let block = &context.analysis.document.blocks[number];
        let is_english_pair = self.glyphs[0].is_straight()
            || matches!(
                self.glyphs,
                [Glyph::LeftDouble, Glyph::RightDouble] | [Glyph::LeftSingle, Glyph::RightSingle]
            );
        let text = block.prose.text(&context.analysis.source);
        let from = text.floor_char_boundary(span.start.saturating_sub(PASSAGE));
        let to = text.ceil_char_boundary((span.end + PASSAGE).min(text.len()));
        is_english_pair
            && !block.language.is_read_as_english()
            && span.end - span.start <= PASSAGE
            && block.language.may_leave_in_english(&text[from..to])
    }
}

/// So far around a quotation its language is looked for, in bytes.
const PASSAGE: usize = 500;

/// The other end of an outermost quotation that opens with this mark.
fn outer_partner(mark: &Mark, at: usize) -> Option<usize> {
    let is_outer = mark.role == Role::Opens && mark.depth == 0;
    mark.partner().filter(|&partner| is_outer && partner > at)
}

#[cfg(test)]
mod tests {
    use crate::markup::{Format, Language};
    use crate::rules::fixture;

    #[test]
    fn a_quotation_with_other_marks_is_reported() {
        let mut text = "He spoke of ‘order’ and of ‘peace’ and of ‘bread’.\n\n".repeat(5);
        text.push_str(
            "\
And then he spoke of “land” and left.
                     ^ has the marks “ and ”; the rest of the document has ‘ and ’
",
        );
        fixture::check(&super::RULE, Format::Plain, &text);
    }

    #[test]
    fn a_quotation_with_a_mark_turned_round_is_no_model() {
        let mut text = String::from("He spoke of ’order’ first.\n\n");
        text.push_str(&"He spoke of ‘order’ and of ‘peace’ and of ‘bread’.\n\n".repeat(5));
        text.push_str(
            "\
And then he spoke of “land” and left.
                     ^ has the marks “ and ”; the rest of the document has ‘ and ’
",
        );
        fixture::check(&super::RULE, Format::Plain, &text);
    }

    #[test]
    fn a_page_that_is_hardly_translated_names_its_chapters_in_its_own_marks() {
        let mut text = "It has been “stable” for years, and “safe”, as it was.\n\n".repeat(8);
        text.push_str("It is told in Τμήμα 14.5, «Introduction to SELinux», of the book.\n\n");
        text.push_str("Αυτό είναι το τέλος του κεφαλαίου.\n");
        fixture::check(&super::RULE, Format::Plain, &text);
    }

    #[test]
    fn a_quotation_with_the_marks_of_another_language_is_reported() {
        let tell = |tag, snippet: &str| {
            fixture::check_in(Language::from_tag(tag), &super::RULE, snippet);
        };
        let swedish = "Han talade om ”makten” och om ”folket”.\n\n".repeat(5);
        tell(
            "sv",
            &format!(
                "{swedish}\
Han sade: “Det är inte sant.” Hon läste “Life”.
          ^ has the marks “ and ”; the rest of the document has ” and ”
"
            ),
        );
        let polish = "Mówił o „władzy” i o „ludzie”.\n\n".repeat(6);
        tell(
            "pl",
            &format!(
                "{polish}\
Powiedział “dobranoc” i wyszedł, a czytał “The Times”.
           ^ has the marks “ and ”; the rest of the document has „ and ”
"
            ),
        );
        // The language has both pairs, the document one of them.
        let danish = "Han talte om “magten” og om “folket”.\n\n".repeat(6);
        tell(
            "da",
            &format!(
                "{danish}\
Hun sagde: ”Det er ikke sandt.”
           ^ has the marks ” and ”; the rest of the document has “ and ”
"
            ),
        );
        // The marks of most quotations point the wrong way, which is told of each.
        let spanish = "Habló del «poder« y del «pueblo«.\n\n".repeat(8);
        tell(
            "es",
            &format!(
                "{spanish}\
Habló de la «ley» y de la \"tierra\" del rey.
                          ^ has the marks \" and \"; the rest of the document has « and »
"
            ),
        );
        // Most marks are those of English; one is right.
        let english = "Mówił o “władzy” i o “ludzie”.\n\n".repeat(6);
        tell("pl", &format!("{english}Powiedział „dobranoc” i wyszedł.\n"));
    }

    #[test]
    fn what_was_left_in_english_keeps_its_marks() {
        let french = "Il parlait de «\u{a0}paix\u{a0}» et de «\u{a0}pain\u{a0}».\n\n".repeat(7);
        let tell = |snippet: &str| {
            fixture::check_in(Language::FRENCH, &super::RULE, &format!("{french}{snippet}"));
        };
        tell("Please use the \"tutor\" program to learn it.\n");
        tell(
            "\
Il faut lire \"The Times\" pour le savoir.
             ^ has the marks \" and \"; the rest of the document has « and »
",
        );
    }

    #[test]
    fn inner_quotations_and_documents_of_two_minds_are_left_alone() {
        let inner = "He said: ‘It was “order” that I meant.’\n\n".repeat(12);
        fixture::check(&super::RULE, Format::Plain, &inner);
        let both = "He spoke of ‘order’ and of “peace”.\n\n".repeat(12);
        fixture::check(&super::RULE, Format::Plain, &both);
    }

    #[test]
    fn what_a_speech_of_several_paragraphs_quotes_and_repeats_is_no_style_of_its_own() {
        let manner = "Habló de la «ley» y de la «tierra» del rey.\n\n".repeat(8);
        let tell = |tale: &str| {
            let text = format!("{manner}{tale}");
            fixture::check_in(Language::from_tag("es"), &super::RULE, &text);
        };
        tell(
            "\
«Había un rey muy viejo que vivía lejos del mar, en un palacio.\n\n\
»Un día se marchó, y nadie lo vio más.»\n\nCalló.\n",
        );
        tell(
            "\
«Había un rey muy viejo que vivía lejos del mar, en un palacio.\n\n\
“No quiero”, dijo la reina.\n\nY el rey se marchó.» Calló.\n",
        );
        // Behind its end a quotation is an outermost one.
        tell(
            "\
«Había un rey muy viejo que vivía lejos del mar, en un palacio.

“No quiero”, dijo la reina.

Y el rey se marchó.» Calló un rato. Luego dijo: “No sé más.”
                                                ^ has the marks “ and ”; the rest of the document has « and »
",
        );
    }
}
