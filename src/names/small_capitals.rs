//! Names that are typed in small letters and shown in small capitals: `<hi rend="smallcaps">trotsky</hi>`.

use std::borrow::Cow;

use crate::markup::{Block, InlineKind};
use crate::text::ProseSpan;

/// Of a longer run of words in small capitals, such as opens a chapter, most are no names.
const MOST_WORDS: usize = 4;

/// The prose of a block with capitals where a reader sees capitals, letter for letter in the same place. A
/// word with a capital of its own is told by that, and so is one of which a part is shown otherwise.
pub(super) fn as_shown<'t>(prose: &'t str, block: &Block) -> Cow<'t, str> {
    let mut shown = Cow::Borrowed(prose);
    for inline in block.inlines.iter().filter(|one| is_in_small_capitals(&one.kind)) {
        let text = inline.span.of(prose);
        if text.split_whitespace().nth(MOST_WORDS).is_some() {
            continue;
        }
        for word in small_words(prose, inline.span) {
            let capitals: String = word.of(prose).chars().map(capital).collect();
            shown.to_mut().replace_range(word.range(), &capitals);
        }
    }
    shown
}

fn is_in_small_capitals(kind: &InlineKind) -> bool {
    matches!(kind, InlineKind::SmallCapitals | InlineKind::Name { is_in_small_capitals: true, .. })
}

/// The words of a span that have no capitals.
fn small_words(prose: &str, span: ProseSpan) -> impl Iterator<Item = ProseSpan> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
    let text = span.of(prose);
    let words = text.split(move |c: char| !is_part(c)).filter(|word| !word.is_empty());
    words
        .map(move |word| {
            let start = span.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            ProseSpan::new(start, start + word.len())
        })
        .filter(move |word| {
            !prose[..word.start].ends_with(is_part)
                && !prose[word.end..].starts_with(is_part)
                && !word.of(prose).contains(char::is_uppercase)
        })
}

/// The capital of a letter; the letter itself if that takes another number of bytes.
fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) if capital.len_utf8() == letter.len_utf8() => capital,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Format, read};

    /// The first block of a page as it is shown.
    fn shown(source: &str) -> String {
        let document = read(source, Format::Html, None);
        let block = &document.blocks[0];
        as_shown(block.prose.text(source), block).into_owned()
    }

    #[test]
    fn small_letters_that_are_shown_as_capitals() {
        for (source, expected) in [
            ("<p>So <span class=\"smcap\">trotsky</span> came.</p>", "So TROTSKY came."),
            (
                "<p>So <b style=\"font-variant: small-caps\">léon Trotsky</b> came.</p>",
                "So LÉON Trotsky came.",
            ),
            // A capital with the rest in small ones, and what opens a chapter.
            ("<p>So T<span class=\"sc\">rotsky</span> came.</p>", "So Trotsky came."),
            (
                "<p><span class=\"smcap\">it was a dark night</span> then.</p>",
                "it was a dark night then.",
            ),
            ("<p>So <span class=\"smudge\">trotsky</span> came.</p>", "So trotsky came."),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }
}
