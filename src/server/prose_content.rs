//! Text for people, as the client can show it.

use super::proto::{MarkupContent, MarkupKind};

/// Our Markdown, or for a client that cannot show it what a reader would see of it.
pub(super) fn content(markdown: String, shows_markdown: bool) -> MarkupContent {
    if shows_markdown {
        return MarkupContent { kind: MarkupKind::Markdown, value: markdown };
    }
    MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) }
}

/// Without the marks of the Markdown that the server writes: strong words, hard breaks, links
/// in angle brackets, and escaped signs.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut characters = markdown.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next()),
            '*' if characters.peek() == Some(&'*') => {
                characters.next();
            }
            '<' | '>' => {}
            '\n' => {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_are_left_out_and_signs_are_kept() {
        let card = "**Nikita Khrushchev**  \n\\*1894 a \\<b\\>\n\n<https://example.org>\n";
        assert_eq!(plain(card), "Nikita Khrushchev\n*1894 a <b>\n\nhttps://example.org\n");
    }
}
