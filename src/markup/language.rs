//! Languages, as far as conventions of quotation and names differ by them.

use serde::{Deserialize, Serialize};

use crate::text::nearest;

const LANGUAGES: &str = include_str!("data/languages.tsv");

/// A language by its ISO 639-1 code; [`Language::UNKNOWN`] where nothing told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Language([u8; 2], Region);

/// A region where it changes the conventions of print (Swiss German, American English).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Region {
    #[default]
    Any,
    Other([u8; 2]),
}

impl Default for Language {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl Language {
    /// No language was declared or told (`und` of BCP 47).
    pub const UNKNOWN: Self = Self(*b"??", Region::Any);
    /// English.
    pub const ENGLISH: Self = Self(*b"en", Region::Any);
    /// German.
    pub const GERMAN: Self = Self(*b"de", Region::Any);
    /// French.
    pub const FRENCH: Self = Self(*b"fr", Region::Any);
    /// Russian.
    pub const RUSSIAN: Self = Self(*b"ru", Region::Any);

    /// Whether a text is read as English: it is, or nothing tells what else it is.
    pub fn is_read_as_english(self) -> bool {
        self.is_english() || self == Self::UNKNOWN
    }

    /// Whether the language is written in Latin letters, as far as its script is known.
    pub fn is_latin(self) -> bool {
        super::language_guess::is_latin(self)
    }

    /// Whether a few words that a text in this language quotes may be in another one.
    pub fn may_quote_foreign(self, quoted: &str) -> bool {
        super::language_guess::may_be_foreign(quoted, self)
    }

    /// Whether a passage of a text in this language may have been left in English.
    pub fn may_leave_in_english(self, passage: &str) -> bool {
        super::language_guess::may_be_english(passage, self)
    }

    /// Whether the language is English of whatever region.
    pub fn is_english(self) -> bool {
        self.0 == Self::ENGLISH.0
    }

    /// Whether the language is Russian.
    pub fn is_russian(self) -> bool {
        self.0 == *b"ru"
    }

    /// Whether the language is Italian, of whatever region.
    pub fn is_italian(self) -> bool {
        self.0 == *b"it"
    }

    /// The language of a BCP 47 tag such as `de`, `de-CH`, `en_GB` or `rus`.
    ///
    /// A tag that is none gives [`Language::UNKNOWN`].
    pub fn from_tag(tag: &str) -> Self {
        let mut parts = tag.trim().split(['-', '_']);
        let Some(primary) = parts.next() else {
            return Self::UNKNOWN;
        };
        let Some(code) = two_letter_code(primary) else {
            return Self::UNKNOWN;
        };
        let region = parts
            .find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))
            .map_or(Region::Any, |part| {
                let bytes = part.as_bytes();
                Region::Other([bytes[0].to_ascii_uppercase(), bytes[1].to_ascii_uppercase()])
            });
        Self(code, region)
    }

    /// Why a tag is no language, with the one that was meant as far as that can be told.
    pub fn no_such(tag: &str) -> String {
        let hint = nearest(tag, Self::all().map(|(_, name)| name))
            .and_then(|near| Self::all().find(|(_, name)| *name == near))
            .map_or_else(
                || "it is a tag like en or de-CH".to_owned(),
                |(code, name)| format!("did you mean `{code}` ({name})?"),
            );
        format!("there is no language `{tag}`; {hint}")
    }

    /// All languages that have a code of ISO 639-1, each with its English name.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
        let lines = LANGUAGES.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('\t'))
    }

    /// The ISO 639-1 code, or `und`.
    pub fn code(&self) -> &str {
        if *self == Self::UNKNOWN {
            return "und";
        }
        std::str::from_utf8(&self.0).unwrap_or("und")
    }

    /// Its code, unless it is a region's form of a language.
    pub(crate) fn two_letters(self) -> Option<[u8; 2]> {
        (self.1 == Region::Any).then_some(self.0)
    }

    /// The region of the tag, such as `CH`, where it had one.
    pub fn region(&self) -> Option<&str> {
        match &self.1 {
            Region::Any => None,
            Region::Other(bytes) => std::str::from_utf8(bytes).ok(),
        }
    }

    /// The language without its region.
    pub fn base(self) -> Self {
        Self(self.0, Region::Any)
    }

    /// Whether a language is known.
    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }
}

/// ISO 639-1 for a primary subtag of two letters, or of three for the languages whose
/// conventions we know (ISO 639-2, bibliographic and terminological).
fn two_letter_code(primary: &str) -> Option<[u8; 2]> {
    let lower = primary.to_ascii_lowercase();
    let code: &str = match lower.as_str() {
        "eng" => "en",
        "deu" | "ger" => "de",
        "fra" | "fre" => "fr",
        "rus" => "ru",
        "ukr" => "uk",
        "bel" => "be",
        "bul" => "bg",
        "srp" => "sr",
        "pol" => "pl",
        "ces" | "cze" => "cs",
        "nld" | "dut" => "nl",
        "swe" => "sv",
        "fin" => "fi",
        "dan" => "da",
        "ita" => "it",
        "spa" => "es",
        "ell" | "gre" => "el",
        "heb" => "he",
        "hun" => "hu",
        "slk" | "slo" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "por" => "pt",
        "ron" | "rum" => "ro",
        "nor" | "nob" => "nb",
        "nno" => "nn",
        "cat" => "ca",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "und" => return None,
        two if two.len() == 2 && two.bytes().all(|b| b.is_ascii_lowercase()) => two,
        _ => return None,
    };
    let bytes = code.as_bytes();
    Some([bytes[0], bytes[1]])
}
