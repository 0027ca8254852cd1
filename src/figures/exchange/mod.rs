//! Figures from elsewhere and for elsewhere: one file a format.

mod table;
mod tei;
mod wikidata;

use std::path::Path;

use super::{Figure, Problem};

pub(super) use tei::{elements as tei_elements, entry as tei_entry};

/// What the authority can be exchanged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Exchange {
    /// A TEI personography: `listPerson`, `listOrg`, `listPlace`
    Tei,
    /// A table with a head line; several values of one cell are parted by `;`
    Csv,
    /// The JSON of Wikidata's entities
    Wikidata,
}

impl Exchange {
    /// The format that a file's ending tells.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xml" | "tei" => Some(Self::Tei),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Wikidata),
            _ => None,
        }
    }

    /// The figures that a text holds.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn read(self, text: &str) -> Result<Vec<Figure>, Problem> {
        match self {
            Self::Tei => {
                let entries = super::tei::parse(text, None)?;
                Ok(entries.into_iter().map(|(figure, _)| figure).collect())
            }
            Self::Csv => table::read(text),
            Self::Wikidata => wikidata::read(text),
        }
    }

    /// The figures as a text.
    pub fn write(self, figures: &[Figure]) -> String {
        match self {
            Self::Tei => tei::write(figures),
            Self::Csv => table::write(figures),
            Self::Wikidata => wikidata::write(figures),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Authority;
    use super::*;

    #[test]
    fn what_is_written_can_be_read_again() {
        let authority = Authority::builtin();
        for format in [Exchange::Tei, Exchange::Csv, Exchange::Wikidata] {
            let text = format.write(authority.figures());
            let mut read = format.read(&text).expect("well-formed");
            let mut written = authority.figures().to_vec();
            // The order of the members of an object says nothing.
            read.sort_by(|a, b| a.name.cmp(&b.name));
            written.sort_by(|a, b| a.name.cmp(&b.name));
            assert_eq!(read.len(), written.len());
            for (before, after) in written.iter().zip(&read) {
                let facts = |figure: &Figure| {
                    let Figure { name, native, born, died, role, kind, .. } = figure.clone();
                    (name, native, born, died, role, kind)
                };
                assert_eq!(facts(before), facts(after), "{format:?}");
                assert_eq!((&before.id, &before.family), (&after.id, &after.family));
                assert_eq!(before.variants, after.variants, "{format:?}");
                assert_eq!(before.accepted, after.accepted, "{format:?}");
                assert_eq!(before.links, after.links, "{format:?}");
            }
        }
    }

    #[test]
    fn patronymics_and_variants_stay() {
        let text = "[[figure]]\nid = \"khrushchev\"\nname = \"Nikita Khrushchev\"\n\
                    given = \"Nikita Sergeyevich\"\nvariants = [\"Krushchev\"]\n";
        let mut authority = Authority::default();
        assert!(authority.add_file(Path::new("figures.toml"), text).is_empty());
        for format in [Exchange::Tei, Exchange::Csv, Exchange::Wikidata] {
            let read = format.read(&format.write(authority.figures())).expect("well-formed");
            let [figure] = read.as_slice() else { panic!("{read:?}") };
            assert_eq!(figure.id, "khrushchev", "{format:?}");
            assert_eq!(figure.given, "Nikita Sergeyevich", "{format:?}");
            assert_eq!(figure.variants, ["Krushchev"], "{format:?}");
            assert_eq!(figure.accepted, [""; 0], "{format:?}");
        }
    }
}
