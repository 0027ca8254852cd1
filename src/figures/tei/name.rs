//! A name as a personography marks its parts.

use crate::figures::{FigureKind, last_word, turned};

/// One of the names of an entry.
#[derive(Default)]
pub(super) struct Name {
    /// All its words.
    pub text: String,
    pub forenames: Vec<String>,
    pub surname: String,
    /// `von`, `de`: belongs to the surname.
    pub link: String,
    pub kind: String,
    pub language: String,
    /// Bytes of the file.
    pub span: (usize, usize),
    /// What an element says that names only if no other does: `country`.
    pub is_makeshift: bool,
}

impl Name {
    /// The whole name as people say it, the family name, the given names.
    pub(super) fn parts(&self, kind: FigureKind) -> (String, String, String) {
        let text = plain(&self.text);
        if kind != FigureKind::Person {
            return (text.clone(), text, String::new());
        }
        let forenames: Vec<String> = self.forenames.iter().map(|name| plain(name)).collect();
        let (surname, given) = (plain(&self.surname), forenames.join(" "));
        if !surname.is_empty() && given.is_empty() && text != surname && !text.contains(',') {
            // `<surname>Mao</surname> Tse-tung`: the rest is not marked.
            let given = text.replacen(&surname, "", 1).trim().to_owned();
            return (text, surname, given);
        }
        if !surname.is_empty() {
            let link = plain(&self.link);
            let parts = [given.as_str(), link.as_str(), surname.as_str()];
            let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            return (said.join(" "), surname, given);
        }
        if let Some((said, family, given)) = turned(&text) {
            return (said, family.to_owned(), given.to_owned());
        }
        let family = last_word(&text).to_owned();
        let given = text[..text.len() - family.len()].trim().to_owned();
        (text, family, given)
    }
}

/// White space as one space.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
