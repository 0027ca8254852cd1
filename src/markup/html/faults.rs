//! What is broken in a page so that a reader sees it: tags and comments cut off, quotes lost,
//! formatting that never ends. What browsers mend without a trace is no fault.

use html5gum::Error;

/// What a fault that the tokenizer met means for the reader, if anything.
pub(super) fn message(error: Error) -> Option<&'static str> {
    Some(match error {
        Error::EofInTag => "The page ends inside of a tag; what stands in it is lost.",
        Error::EofInComment => "This comment is not closed; the rest of the page is lost in it.",
        Error::EofInScriptHtmlCommentLikeText => "This script is not closed.",
        Error::UnexpectedCharacterInAttributeName => {
            "There is a quote or a < in the name of an attribute; before it a quote is missing."
        }
        Error::UnknownNamedCharacterReference => "HTML knows no character of this name.",
        Error::CharacterReferenceOutsideUnicodeRange | Error::SurrogateCharacterReference => {
            "There is no character of this number."
        }
        _ => return None,
    })
}

/// Whether it shows on the page if such an element never ends.
pub(super) fn shows_unclosed(name: &str) -> bool {
    matches!(
        name,
        "i" | "b"
            | "em"
            | "strong"
            | "u"
            | "sup"
            | "sub"
            | "q"
            | "cite"
            | "blockquote"
            | "pre"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "title"
            | "script"
            | "style"
            | "select"
    )
}
