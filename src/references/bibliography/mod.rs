//! Files of works that texts cite by keys: BibTeX, and CSL as JSON or YAML.
//!
//! Read as far as keys and what a reader wants to know of a work: a key that is there must be
//! found whatever else the file holds, so nothing here is an error.

mod bibtex;
mod csl;

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::markup::{self, Work};
use crate::text::Span;

/// How a file of works is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// BibTeX and BibLaTeX.
    BibTex,
    /// CSL, as JSON.
    Json,
    /// CSL, as YAML.
    Yaml,
}

impl Form {
    /// Tells the form by a file's name, as Pandoc does; `None`: no form that is read here.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "bib" | "bibtex" | "biblatex" => Some(Self::BibTex),
            "json" | "csljson" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// A work that can be cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What it is cited by.
    pub key: String,
    /// The key in its file, quotes left out.
    pub span: Span,
    /// The title, without markup as far as that can be told; empty: none.
    pub title: String,
    /// Who wrote or edited it.
    pub author: String,
    /// When it was published.
    pub year: String,
}

impl Source {
    /// A work that a text lists in its own head.
    pub fn of_work(source: &str, work: &Work) -> Self {
        let value = |key: &str| markup::value_of_work(source, work, key).unwrap_or_default();
        let year = |key: &str| value(key).trim_matches(['\'', '"', '[', ']']).to_owned();
        let year =
            Some(year("year")).filter(|year| !year.is_empty()).unwrap_or_else(|| year("issued"));
        Self {
            key: work.id.text.clone(),
            span: work.id.span,
            title: value("title"),
            author: value("family"),
            year: year.chars().take_while(char::is_ascii_digit).collect(),
        }
    }

    /// One line for a reader: author, year, title.
    pub fn line(&self) -> String {
        let parts = [&self.author, &self.year, &self.title];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A file of works.
#[derive(Debug, Default)]
pub struct Bibliography {
    /// The works in the order of the file.
    pub sources: Vec<Source>,
    by_key: FxHashMap<String, u32>,
}

impl Bibliography {
    /// Reads a file. Linear in its length.
    pub fn read(text: &str, form: Form) -> Self {
        let sources = match form {
            Form::BibTex => bibtex::sources(text),
            Form::Json => csl::sources(text),
            Form::Yaml => {
                let works = markup::works(text);
                works.iter().map(|work| Source::of_work(text, work)).collect()
            }
        };
        let numbered = sources.iter().enumerate().rev();
        let by_key = numbered.map(|(at, source)| (source.key.clone(), at as u32)).collect();
        Self { sources, by_key }
    }

    /// The work with this key.
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.by_key.get(key).map(|&at| &self.sources[at as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, form: Form) -> Vec<String> {
        let read = Bibliography::read(text, form);
        let show = |source: &Source| format!("{}: {}", source.span.of(text), source.line());
        read.sources.iter().map(show).collect()
    }

    #[test]
    fn works_in_each_form() {
        let bibtex = "% @comment\n@STRING{x = \"y\"}\n@comment{@book{no, title={No}}}\n\
                      @book{marx1867,\n  author = {Marx, Karl and Engels, Friedrich},\n  \
                      title = {Das {Kapital}: \\emph{Kritik}},\n  year = 1867, note = \"a, {title = b}\",\n}\n\
                      @Article ( lenin:1902 , title=\"What is to be {D}one?\", date={1902-03-01} )\n\
                      @misc{alias, ids = {old, older}, booktitle = {No}}\n@book{broken, title = {Open\n\
                      @book{last,\n title = {Last}}\n";
        assert_eq!(
            shown(bibtex, Form::BibTex),
            [
                "marx1867: Marx, Karl and Engels, Friedrich, 1867, Das Kapital: Kritik",
                "lenin:1902: 1902, What is to be Done?",
                "alias: ",
                "old: ",
                "older: ",
                "broken: ",
                "last: Last",
            ]
        );
        let json = "[\n\t{\"id\": \"marx\\u00e9\", \"type\": \"book\", \"title\": \"Das “Kapital”\",\n\
                    \t\"author\": [{\"family\": \"Marx\", \"given\": \"Karl\"}],\n\
                    \t\"issued\": {\"date-parts\": [[\"1867\", 9]]}, \"x\": {\"id\": \"no\"}},\n\
                    \t{\"id\": 12, \"title\": \"Twelve\"}, {\"title\": \"No key\"}]";
        assert_eq!(
            shown(json, Form::Json),
            ["marx\\u00e9: Marx, 1867, Das “Kapital”", "12: Twelve"]
        );
        assert!(Bibliography::read(json, Form::Json).get("marxé").is_some());
        let yaml = "---\nreferences:\n- id: marx\n  author:\n  - family: Marx\n  issued:\n    \
                    - year: 1867\n  title: Das Kapital\n- title: What?\n  id: lenin\n...\n";
        assert_eq!(shown(yaml, Form::Yaml), ["marx: Marx, 1867, Das Kapital", "lenin: What?"]);
        assert!(shown("{ no json", Form::Json).is_empty());
        assert!(shown("@{,}@a{@b{ ((", Form::BibTex).is_empty());
    }
}
