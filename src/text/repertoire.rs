//! The characters that may be written into a file, so that all who read it see them.

use encoding_rs::{WINDOWS_874, WINDOWS_1252, WINDOWS_1254};

use super::decode::bytes_of;
use super::{Encoding, SourceFile, declaration};

/// How the readers of a file tell its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Whoever opens it guesses.
    Any,
    /// A browser: by what the page declares, and nobody knows how without that.
    Html,
    /// An XML parser: by what the document declares, to the letter; without that it is UTF-8.
    Xml,
}

/// What a file can hold.
#[derive(Clone, Copy, Debug)]
pub enum Repertoire {
    /// All of Unicode.
    All,
    /// ASCII.
    Ascii,
    /// What an encoding has; but for the bytes 80 to 9F if it `is_strict`.
    Of {
        /// The encoding.
        encoding: &'static encoding_rs::Encoding,
        /// Whether those bytes are control characters to some of its readers.
        is_strict: bool,
    },
}

impl Repertoire {
    /// What can be written into a file.
    pub fn of(file: &SourceFile, reader: Reader) -> Self {
        match file.encoding {
            Encoding::Utf8 { has_mark: false } if reader == Reader::Html => {
                let is_told = !file.text.is_ascii() || declaration::name(&file.text).is_some();
                if is_told { Self::All } else { Self::Ascii }
            }
            Encoding::Windows1252 => Self::Of { encoding: WINDOWS_1252, is_strict: false },
            Encoding::Declared(encoding) => declared(encoding, &file.text, reader),
            _ => Self::All,
        }
    }

    /// Whether a character is among them.
    pub fn has(self, character: char) -> bool {
        match self {
            Self::All => true,
            Self::Ascii => character.is_ascii(),
            Self::Of { encoding, is_strict } => {
                bytes_of(character, encoding).is_some_and(|bytes| {
                    !is_strict || bytes.iter().all(|byte| !(0x80..=0x9F).contains(byte))
                })
            }
        }
    }
}

/// The Encoding Standard takes the names of some encodings for wider ones of Windows, as browsers do:
/// ISO 8859-1 for Windows-1252. Parsers of XML do not.
fn declared(encoding: &'static encoding_rs::Encoding, text: &str, reader: Reader) -> Repertoire {
    let name = declaration::name(text).unwrap_or_default().to_ascii_lowercase();
    let is_ascii = ["us-ascii", "ascii", "ansi_x3.4-1968"].contains(&name.as_str());
    if encoding == WINDOWS_1252 && is_ascii {
        return Repertoire::Ascii;
    }
    let is_wider = [WINDOWS_1252, WINDOWS_1254, WINDOWS_874].contains(&encoding);
    let is_of_windows = name.contains("125") || name.contains("874");
    let is_xml = reader == Reader::Xml || text.starts_with("<?xml");
    Repertoire::Of { encoding, is_strict: is_xml && is_wider && !is_of_windows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_can_hold_is_what_its_readers_make_of_its_declaration() {
        let has = |text: &[u8], reader: Reader, characters: [char; 3]| {
            let file = SourceFile::decode(text).expect("readable");
            let repertoire = Repertoire::of(&file, reader);
            characters.map(|character| repertoire.has(character))
        };
        let of = ['’', 'é', 'ж'];
        let xml = Reader::Xml;
        let cases: [(&[u8], Reader, [bool; 3]); 9] = [
            (b"<?xml version='1.0' encoding='US-ASCII'?><p/>", xml, [false, false, false]),
            (b"<?xml version='1.0' encoding='ISO-8859-1'?><p/>", xml, [false, true, false]),
            (b"<?xml version='1.0' encoding='ISO-8859-1'?><p>\xE9</p>", xml, [false, true, false]),
            (b"<?xml version='1.0' encoding='Windows-1252'?><p/>", xml, [true, true, false]),
            (b"<?xml version='1.0' encoding='KOI8-R'?><p/>", xml, [false, false, true]),
            (b"<?xml version='1.0'?><p/>", xml, [true, true, true]),
            (b"<meta charset=iso-8859-1><p>", Reader::Html, [true, true, false]),
            (b"<p>no word of the encoding", Reader::Html, [false, false, false]),
            (b"<meta charset=utf-8><p>", Reader::Html, [true, true, true]),
        ];
        for (text, reader, expected) in cases {
            let shown = String::from_utf8_lossy(text);
            assert_eq!(has(text, reader, of), expected, "{shown}");
        }
    }
}
