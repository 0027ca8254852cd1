//! Changing the forms in an entry of `figures.toml`, which keeps the rest as it is.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::quoted;

#[derive(Deserialize)]
struct FiguresFile {
    #[serde(default)]
    figure: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: Spanned<String>,
    name: Option<Spanned<String>>,
    variants: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    accepted: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Where and what to write so that the entry with this id accepts `form`: a byte of `text` and the
/// text to insert there. `None` if `text` is no TOML, has no such entry or accepts the form.
pub fn accepting(text: &str, id: &str, form: &str) -> Option<(usize, String)> {
    let entry = entry_of(text, id)?;
    let written = quoted(form);
    let Some(accepted) = entry.accepted else {
        // A line of its own below the variants or the name.
        let variants = entry.variants.as_ref().map(Spanned::span);
        let name = entry.name.as_ref().map(Spanned::span);
        let above = variants.or(name).unwrap_or(entry.id.span());
        let rest = &text[above.end..];
        let line = rest.find('\n').map_or(text.len(), |at| text.len() - rest.len() + at);
        return Some((line, format!("\naccepted = [{written}]")));
    };
    let forms = accepted.get_ref();
    if forms.iter().any(|known| known.get_ref() == form) {
        return None;
    }
    Some(match forms.last() {
        Some(last) => (last.span().end, format!(", {written}")),
        None => (accepted.span().start + 1, written),
    })
}

/// What to take out of `text` so that `form` is no variant in the entry with this id: bytes of `text`.
/// `None` if it is none.
pub fn without_variant(text: &str, id: &str, form: &str) -> Option<Range<usize>> {
    let variants = entry_of(text, id)?.variants?;
    let forms = variants.get_ref();
    let at = forms.iter().position(|known| known.get_ref() == form)?;
    let span = forms[at].span();
    let next = forms.get(at + 1).map(|next| next.span().start);
    let before = at.checked_sub(1).map(|before| forms[before].span().end);
    Some(match (before, next) {
        (_, Some(next)) => span.start..next,
        (Some(before), None) if !text[before..span.start].contains('#') => before..span.end,
        // The form before it keeps its comma and its comment.
        (Some(before), None) => {
            let start = before + text[before..span.start].trim_end().len();
            let behind = text[span.end..].trim_start().strip_prefix(',');
            start..behind.map_or(span.end, |behind| text.len() - behind.len())
        }
        // The comma behind the only form goes with it.
        (None, None) => variants.span().start + 1..variants.span().end - 1,
    })
}

fn entry_of(text: &str, id: &str) -> Option<Entry> {
    let file: FiguresFile = toml::from_str(text).ok()?;
    file.figure.into_iter().find(|entry| entry.id.get_ref() == id)
}

#[cfg(test)]
mod tests {
    use super::{accepting, without_variant};

    fn accepted(text: &str) -> String {
        let (at, new) = accepting(text, "trotsky", "Trotskii").expect("an entry");
        format!("{}{new}{}", &text[..at], &text[at..])
    }

    #[test]
    fn a_form_is_added_and_comments_stay() {
        let head =
            "# Ours.\n[[figure]]\nid = \"trotsky\" # not Bronstein\nname = \"Leon Trotsky\"\n";
        assert_eq!(accepted(head), format!("{head}accepted = [\"Trotskii\"]\n"));
        assert_eq!(
            accepted(&format!("{head}accepted = [\n  \"Lev Trotsky\", # so too\n]\n")),
            format!("{head}accepted = [\n  \"Lev Trotsky\", \"Trotskii\", # so too\n]\n")
        );
        assert_eq!(
            accepted(&format!("{head}accepted = []\n")),
            format!("{head}accepted = [\"Trotskii\"]\n")
        );
    }

    #[test]
    fn a_new_line_stands_below_the_variants() {
        let text = "[[figure]]\nname = \"Leon Trotsky\"\nvariants = [\n  \"Trotzki\", # in German\n\
                    ] # two\nid = \"trotsky\"\n";
        assert_eq!(accepted(text), text.replace("# two\n", "# two\naccepted = [\"Trotskii\"]\n"));
    }

    #[test]
    fn a_variant_is_taken_out() {
        for (before, after) in [
            ("[\"A\", \"B\", \"C\"]", "[\"A\", \"C\"]"),
            ("[\"A\", \"B\"]", "[\"A\"]"),
            ("[\"B\"]", "[]"),
            ("[\n  \"B\", # mine\n]", "[]"),
            ("[\n  \"A\",\n  \"B\",\n]", "[\n  \"A\",\n]"),
            ("[\n  \"A\", # mine\n  \"B\",\n]", "[\n  \"A\", # mine\n]"),
            ("[\n  \"A\", # mine\n  \"B\"\n]", "[\n  \"A\", # mine\n]"),
        ] {
            let text = |forms: &str| format!("[[figure]]\nid = \"a\"\nvariants = {forms}\n");
            let mut changed = text(before);
            let range = without_variant(&changed, "a", "B").expect("a variant");
            changed.replace_range(range, "");
            assert_eq!(changed, text(after));
        }
        assert_eq!(without_variant("[[figure]]\nid = \"a\"\n", "a", "B"), None);
    }

    #[test]
    fn what_is_accepted_is_not_added_again() {
        let text = "[[figure]]\nid = \"a\"\nname = \"A\"\naccepted = [\"B\"]\n";
        assert_eq!(accepting(text, "a", "B"), None);
        assert_eq!(accepting(text, "c", "B"), None);
    }
}
