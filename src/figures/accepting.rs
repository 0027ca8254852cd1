//! Entering an accepted form into an entry of `figures.toml`, which keeps the rest as it is.

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
    #[serde(default)]
    accepted: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Where and what to write so that the entry with this id accepts `form`: a byte of `text` and the
/// text to insert there. `None` if `text` is no TOML, has no such entry or accepts the form.
pub fn accepting(text: &str, id: &str, form: &str) -> Option<(usize, String)> {
    let file: FiguresFile = toml::from_str(text).ok()?;
    let entry = file.figure.into_iter().find(|entry| entry.id.get_ref() == id)?;
    let written = quoted(form);
    let Some(accepted) = entry.accepted else {
        // A line of its own below the id.
        let rest = &text[entry.id.span().end..];
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

#[cfg(test)]
mod tests {
    use super::accepting;

    fn accepted(text: &str) -> String {
        let (at, new) = accepting(text, "trotsky", "Trotskii").expect("an entry");
        format!("{}{new}{}", &text[..at], &text[at..])
    }

    #[test]
    fn a_form_is_added_and_comments_stay() {
        let head =
            "# Ours.\n[[figure]]\nid = \"trotsky\" # not Bronstein\nname = \"Leon Trotsky\"\n";
        assert_eq!(
            accepted(head),
            "# Ours.\n[[figure]]\nid = \"trotsky\" # not Bronstein\naccepted = [\"Trotskii\"]\n\
             name = \"Leon Trotsky\"\n"
        );
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
    fn what_is_accepted_is_not_added_again() {
        let text = "[[figure]]\nid = \"a\"\nname = \"A\"\naccepted = [\"B\"]\n";
        assert_eq!(accepting(text, "a", "B"), None);
        assert_eq!(accepting(text, "c", "B"), None);
    }
}
