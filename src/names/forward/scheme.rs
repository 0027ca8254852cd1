//! The romanisation schemes, whatever language they are for.

/// A romanisation scheme, by its position in [`SCHEMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scheme(u8);

/// The schemes: the name in configuration and output, and the name for people. One of them may
/// be for several languages: ALA-LC has a table for each.
pub const SCHEMES: &[(&str, &str)] = &[
    ("bgn-pcgn", "BGN/PCGN"),
    ("ala-lc", "ALA-LC"),
    ("iso-9", "ISO 9"),
    ("scholarly", "scholarly"),
    ("passport", "passport (ICAO)"),
    ("press", "newspaper"),
    ("old-english", "older English"),
    ("german", "German"),
    ("french", "French"),
    ("polish", "Polish"),
    ("gost-7.79-b", "GOST 7.79 B"),
    ("gost-16876", "GOST 16876-71"),
    ("gost-52535", "GOST R 52535"),
    ("passport-1997", "passport of 1997"),
    ("passport-soviet", "Soviet passport"),
    ("national", "national"),
    ("elot-743", "ELOT 743"),
    ("classical", "classical Greek"),
    ("iso-9984", "ISO 9984"),
    ("iso-9985", "ISO 9985"),
    ("western", "Western Armenian"),
    ("din-31635", "DIN 31635"),
    ("yivo", "YIVO"),
    ("hepburn", "Hepburn"),
    ("kunrei", "Kunrei"),
    ("mccune-reischauer", "McCune–Reischauer"),
    ("revised", "Revised Romanization"),
    ("pinyin", "Hanyu Pinyin"),
    ("wade-giles", "Wade–Giles"),
    ("postal", "postal"),
    ("efeo", "EFEO (French)"),
    ("spanish", "Spanish"),
    ("italian", "Italian"),
    ("dutch", "Dutch"),
    ("swedish", "Swedish"),
    ("hungarian", "Hungarian"),
    ("finnish", "Finnish"),
    ("turkish", "Turkish"),
];

impl Scheme {
    /// The scheme of this name.
    pub fn of(name: &str) -> Option<Self> {
        SCHEMES.iter().position(|(id, _)| *id == name).map(|index| Self(index as u8))
    }

    /// The name in configuration and output.
    pub fn id(self) -> &'static str {
        SCHEMES[usize::from(self.0)].0
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        SCHEMES[usize::from(self.0)].1
    }

    /// Whether an original is looked for that the scheme would write as some spelling. Letters of the
    /// neighbours' languages stand for too much to tell one; of a figure whose native form is known
    /// their spellings are known as well.
    pub(super) fn is_read_back(self) -> bool {
        let neighbours =
            ["spanish", "italian", "dutch", "swedish", "hungarian", "finnish", "turkish"];
        !neighbours.contains(&self.id())
    }

    /// Whether a spelling has letters by which a reader believes the scheme: the neighbours' have some that
    /// are theirs alone, and what has none of these may be anybody's.
    pub(in super::super) fn is_shown_by(self, word: &str) -> bool {
        const THEIRS: [&str; 12] =
            ["ş", "ç", "ğ", "ı", "ö", "sj", "tj", "sz", "cs", "zs", "oe", "š"];
        let word = word.to_lowercase();
        self.is_read_back() || THEIRS.iter().any(|letters| word.contains(letters))
    }

    /// The language in which the scheme is the ordinary way to write names, if one.
    pub fn language(self) -> Option<&'static str> {
        match self.id() {
            "german" => Some("de"),
            "french" | "efeo" => Some("fr"),
            "polish" => Some("pl"),
            "spanish" => Some("es"),
            "italian" => Some("it"),
            "dutch" => Some("nl"),
            "swedish" => Some("sv"),
            "hungarian" => Some("hu"),
            "finnish" => Some("fi"),
            "turkish" => Some("tr"),
            _ => None,
        }
    }
}
