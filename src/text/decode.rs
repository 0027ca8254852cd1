//! From bytes on disk to text and back.

use std::fmt;
use std::sync::Arc;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{LineIndex, Span, declaration, faulty_utf8};

/// How a file's bytes are its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with a byte-order mark or without.
    Utf8 {
        /// Whether the mark EF BB BF stands at the start.
        has_mark: bool,
    },
    /// UTF-8 in which some bytes are no character; each stands in the text as one of private use.
    FaultyUtf8 {
        /// Whether the mark EF BB BF stands at the start.
        has_mark: bool,
    },
    /// UTF-16, little-endian, with its byte-order mark.
    Utf16Le,
    /// UTF-16, big-endian, with its byte-order mark.
    Utf16Be,
    /// Windows-1252, assumed of files that are not UTF-8.
    Windows1252,
    /// What a page or an XML document says that it is written in, where its bytes bear it out.
    Declared(&'static encoding_rs::Encoding),
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its text, without a byte-order mark and with its line endings.
    pub text: Arc<str>,
    /// How to write it back.
    pub encoding: Encoding,
    /// Where in the text it is not valid UTF-8, and declares nothing else.
    pub first_invalid: Option<usize>,
    /// Where the text declares another encoding than the UTF-8 that it is in.
    pub wrong_declaration: Option<Span>,
}

/// Why bytes cannot be read or written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The file holds NUL bytes: it is no text.
    Binary,
    /// The file starts with the mark of UTF-16 but is not valid UTF-16.
    InvalidUtf16,
    /// The file starts with the mark of UTF-32, in which hardly any text is kept.
    Utf32,
    /// The file declares an encoding that switches between sets of characters by signs of ASCII: read
    /// as ASCII it would be nonsense.
    Switching,
    /// The file's encoding has no such character.
    NoSuchCharacter(char),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary => out.write_str("this is a binary file, not a text"),
            Self::InvalidUtf16 => out.write_str("this is not valid UTF-16"),
            Self::Utf32 => out.write_str("this is UTF-32, which is not read; save it as UTF-8"),
            Self::Switching => out.write_str(
                "this is in an encoding such as ISO-2022-JP, which is not read; save it as UTF-8",
            ),
            Self::NoSuchCharacter(character) => {
                write!(out, "the encoding of the file has no {character}; save it as UTF-8")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

impl SourceFile {
    /// Text that never was a file: a buffer, standard input.
    pub fn of_text(text: impl Into<Arc<str>>) -> Self {
        let encoding = Encoding::Utf8 { has_mark: false };
        Self { text: text.into(), encoding, first_invalid: None, wrong_declaration: None }
    }

    /// Reads bytes: UTF-8, UTF-16 with its mark, what the text declares, UTF-8 with faults, else
    /// Windows-1252.
    ///
    /// # Errors
    /// [`DecodeError::Binary`], [`DecodeError::InvalidUtf16`], [`DecodeError::Utf32`] and
    /// [`DecodeError::Switching`].
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        // The little-endian mark begins with that of UTF-16.
        if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
            return Err(DecodeError::Utf32);
        }
        if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
            return decode_utf16(rest, UTF_16LE, Encoding::Utf16Le);
        }
        if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
            return decode_utf16(rest, UTF_16BE, Encoding::Utf16Be);
        }
        if memchr::memchr(0, bytes).is_some() {
            return Err(DecodeError::Binary);
        }
        let (rest, has_mark) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => (rest, true),
            None => (bytes, false),
        };
        match std::str::from_utf8(rest) {
            Ok(text) => {
                let is_ascii = text.is_ascii();
                // What is written into the file later will not be ASCII.
                let declared = if is_ascii { declaration::of(rest) } else { None };
                if declared.is_some_and(|declared| switches(declared, rest)) {
                    return Err(DecodeError::Switching);
                }
                let declared =
                    declared.filter(|declared| !has_mark && declared.is_ascii_compatible());
                Ok(Self {
                    text: Arc::from(text),
                    encoding: declared.map_or(Encoding::Utf8 { has_mark }, Encoding::Declared),
                    first_invalid: None,
                    wrong_declaration: if is_ascii { None } else { declaration::wrong(rest) },
                })
            }
            Err(error) => {
                if let Some(file) = decode_as_declared(bytes) {
                    return Ok(file);
                }
                if let Some((text, first)) = faulty_utf8::decode(rest) {
                    return Ok(Self {
                        text: Arc::from(text),
                        encoding: Encoding::FaultyUtf8 { has_mark },
                        first_invalid: Some(first),
                        wrong_declaration: None,
                    });
                }
                // Every byte is a character of Windows-1252 (as the Encoding Standard has it),
                // so nothing is lost, and the text can be written back.
                let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
                let valid = &rest[..error.valid_up_to()];
                let mark = bytes.len() - rest.len();
                let before =
                    WINDOWS_1252.decode_without_bom_handling(&bytes[..mark + valid.len()]).0;
                Ok(Self {
                    first_invalid: Some(before.len()),
                    text: Arc::from(text.as_ref()),
                    encoding: Encoding::Windows1252,
                    wrong_declaration: None,
                })
            }
        }
    }

    /// The file with another text.
    pub fn with_text(&self, text: Arc<str>) -> Self {
        let written = self.first_invalid.and_then(|_| self.encode(&text).ok());
        let read = written.and_then(|bytes| Self::decode(&bytes).ok());
        let encoding = self.encoding;
        read.unwrap_or(Self { text, encoding, first_invalid: None, wrong_declaration: None })
    }

    /// The byte on disk at which the text at `offset` starts; `lines` are those of the text.
    /// O(1), but linear for UTF-8 with faults and for declared encodings of several bytes a character.
    pub fn disk_offset(&self, lines: &LineIndex, offset: usize) -> usize {
        let before = || lines.units.before(&self.text, offset);
        match self.encoding {
            Encoding::Utf8 { has_mark } => offset + if has_mark { 3 } else { 0 },
            Encoding::FaultyUtf8 { has_mark } => {
                faulty_utf8::length(&self.text[..offset]) + if has_mark { 3 } else { 0 }
            }
            Encoding::Utf16Le | Encoding::Utf16Be => 2 + 2 * before().utf16,
            Encoding::Windows1252 => before().scalars,
            Encoding::Declared(encoding) if encoding.is_single_byte() => before().scalars,
            // What was read could be written back, and so can a part of it.
            Encoding::Declared(encoding) => {
                encode(&self.text[..offset], encoding).map_or(0, |bytes| bytes.len())
            }
        }
    }

    /// `text` as bytes in this file's encoding, with its byte-order mark.
    ///
    /// # Errors
    /// [`DecodeError::NoSuchCharacter`] if the encoding lacks one.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, DecodeError> {
        Ok(match self.encoding {
            Encoding::Utf8 { has_mark: false } => text.as_bytes().to_vec(),
            Encoding::Utf8 { has_mark: true } => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Encoding::FaultyUtf8 { has_mark: false } => faulty_utf8::encode(text),
            Encoding::FaultyUtf8 { has_mark: true } => {
                [b"\xEF\xBB\xBF", &*faulty_utf8::encode(text)].concat()
            }
            Encoding::Utf16Le => {
                let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                b"\xFF\xFE".iter().copied().chain(units).collect()
            }
            Encoding::Utf16Be => {
                let units = text.encode_utf16().flat_map(u16::to_be_bytes);
                b"\xFE\xFF".iter().copied().chain(units).collect()
            }
            Encoding::Windows1252 => encode(text, WINDOWS_1252)?,
            Encoding::Declared(encoding) => encode(text, encoding)?,
        })
    }
}

fn decode_utf16(
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
    name: Encoding,
) -> Result<SourceFile, DecodeError> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        return Err(DecodeError::InvalidUtf16);
    }
    Ok(SourceFile {
        text: Arc::from(text.as_ref()),
        encoding: name,
        first_invalid: None,
        wrong_declaration: None,
    })
}

/// Whether ASCII stands for other characters: what the bytes declare is ISO-2022-JP or its like (to the
/// Encoding Standard some of them are `replacement`, which nobody decodes), and they have one of its
/// switches.
fn switches(declared: &'static encoding_rs::Encoding, bytes: &[u8]) -> bool {
    const ESCAPE: &[u8] = b"\x1B";
    const OF_HZ: &[u8] = b"~{";
    !declared.is_ascii_compatible()
        && [ESCAPE, OF_HZ].iter().any(|one| memchr::memmem::find(bytes, one).is_some())
}

/// Reads bytes in the encoding that they declare, if nothing of them is lost by that.
fn decode_as_declared(bytes: &[u8]) -> Option<SourceFile> {
    let encoding = declaration::of(bytes)?;
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let is_right = !had_errors && encode(&text, encoding).is_ok_and(|written| written == bytes);
    is_right.then(|| SourceFile {
        text: Arc::from(text.as_ref()),
        encoding: Encoding::Declared(encoding),
        first_invalid: None,
        wrong_declaration: None,
    })
}

fn encode(text: &str, encoding: &'static encoding_rs::Encoding) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0_u8; 4];
    for character in text.chars() {
        let one = character.encode_utf8(&mut buffer);
        let (encoded, _, failed) = encoding.encode(one);
        if failed {
            return Err(DecodeError::NoSuchCharacter(character));
        }
        bytes.extend_from_slice(&encoded);
    }
    Ok(bytes)
}

/// The bytes of a character in an encoding, if that has it.
pub(super) fn bytes_of(
    character: char,
    encoding: &'static encoding_rs::Encoding,
) -> Option<Vec<u8>> {
    encode(character.encode_utf8(&mut [0; 4]), encoding).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let cases: [(&[u8], &str, Encoding); 5] = [
            (b"\xE2\x80\x98a", "‘a", Encoding::Utf8 { has_mark: false }),
            (b"\xEF\xBB\xBFa", "a", Encoding::Utf8 { has_mark: true }),
            (b"\xFF\xFEa\0\x18\x20", "a‘", Encoding::Utf16Le),
            (b"\xFE\xFF\0a\x20\x18", "a‘", Encoding::Utf16Be),
            (b"\x91a\x92", "‘a’", Encoding::Windows1252),
        ];
        for (bytes, text, encoding) in cases {
            let file = SourceFile::decode(bytes).expect("readable");
            assert_eq!((&*file.text, file.encoding), (text, encoding));
            assert_eq!(file.encode(text).as_deref(), Ok(bytes));
            let last = text.char_indices().last().expect("not empty").0;
            let lines = LineIndex::of(text);
            let end = file.disk_offset(&lines, text.len());
            assert_eq!(end, bytes.len());
            assert!(file.disk_offset(&lines, last) < end);
        }
        let japanese = b"<meta charset=iso-2022-jp><p>\x1B$B%^\x1B(B</p>";
        let chinese = b"<meta charset=hz-gb-2312><p>~{<:Ky~}</p>";
        for (bytes, error) in [
            (japanese.as_slice(), DecodeError::Switching),
            (chinese, DecodeError::Switching),
            (b"a\0bc\0\0\0\0", DecodeError::Binary),
            (b"\xFF\xFE\0\0a\0\0\0", DecodeError::Utf32),
            (b"\0\0\xFE\xFF\0\0\0a", DecodeError::Utf32),
        ] {
            assert_eq!(SourceFile::decode(bytes).map(|_| ()), Err(error));
        }
    }

    #[test]
    fn pages_are_read_as_they_declare() {
        let cases: [(&[u8], &str, &str); 4] = [
            (b"<meta charset=windows-1251>\xCC\xE8\xF0", "Мир", "windows-1251"),
            (b"<?xml version='1.0' encoding='ISO-8859-2'?>\xA3", "Ł", "ISO-8859-2"),
            (b"<META content='text/html; charset=koi8-r'>\xED\xC9\xD2", "Мир", "KOI8-R"),
            (b"<meta charset='shift_jis'>\x83\x7D", "マ", "Shift_JIS"),
        ];
        for (bytes, text, name) in cases {
            let file = SourceFile::decode(bytes).expect("readable");
            assert!(file.text.ends_with(text), "{}", file.text);
            let Encoding::Declared(encoding) = file.encoding else {
                panic!("{name}: {:?}", file.encoding);
            };
            assert_eq!(encoding.name(), name);
            assert_eq!(file.encode(&file.text).as_deref(), Ok(bytes));
            let lines = LineIndex::of(&file.text);
            assert_eq!(file.disk_offset(&lines, file.text.len()), bytes.len());
            assert_eq!(file.first_invalid, None);
        }
    }

    #[test]
    fn a_declaration_that_the_bytes_contradict_is_told() {
        let decode = |text: &str| SourceFile::decode(text.as_bytes()).expect("readable");
        let file = decode("<meta charset='iso-8859-1'><p>café");
        assert_eq!(file.wrong_declaration.map(|span| span.of(&file.text)), Some("iso-8859-1"));
        for right in ["<meta charset='utf-8'><p>café", "<meta charset='iso-8859-1'><p>cafe", "café"]
        {
            assert_eq!(decode(right).wrong_declaration, None, "{right}");
        }
    }

    #[test]
    fn a_page_in_ascii_is_in_the_encoding_that_it_declares() {
        let encode = |declared: &str, text: &str| {
            let file = SourceFile::decode(declared.as_bytes()).expect("readable");
            file.encode(text).ok()
        };
        let page = "<meta charset='koi8-r'><p>So";
        assert_eq!(encode(page, "Мир").as_deref(), Some(&b"\xED\xC9\xD2"[..]));
        assert_eq!(encode(page, "’"), None);
        let marked = ["\u{FEFF}", page].concat();
        let expected = ["\u{FEFF}", "’"].concat().into_bytes();
        assert_eq!(encode(&marked, "’"), Some(expected), "the mark outweighs the declaration");
    }

    #[test]
    fn the_first_byte_that_is_not_utf_8_is_named() {
        let file = SourceFile::decode(b"abc \x93x").expect("readable");
        assert_eq!(file.first_invalid, Some(4));
    }

    #[test]
    fn utf_8_with_a_fault_stays_utf_8() {
        let cases: [(&[u8], &str); 3] = [
            // One byte too many, a file that was cut off, and one behind a byte-order mark.
            (b"\xE2\x80\x98caf\xC3\xA9\xE2\x80\x99 \x92", "‘café’ \u{F792}"),
            (b"\xE2\x80\x98a\xE2\x80\x99 \xE2\x80", "‘a’ \u{F7E2}\u{F780}"),
            (b"\xEF\xBB\xBF\xE2\x80\x98a\xE2\x80\x99\xFF", "‘a’\u{F7FF}"),
        ];
        for (bytes, text) in cases {
            let file = SourceFile::decode(bytes).expect("readable");
            assert_eq!(&*file.text, text);
            let first = text.find(faulty_utf8::is_stand_in);
            assert_eq!(file.first_invalid, first);
            assert_eq!(file.encode(text).as_deref(), Ok(bytes));
            let lines = LineIndex::of(text);
            assert_eq!(file.disk_offset(&lines, text.len()), bytes.len());
        }
        // What is Windows-1252 throughout is that, though two of its bytes could be UTF-8.
        let file = SourceFile::decode(b"CAF\xC9\x92S \x91\xE9\x92").expect("readable");
        assert_eq!((&*file.text, file.encoding), ("CAFÉ’S ‘é’", Encoding::Windows1252));
    }

    /// Bytes without order, or text with bytes between that are none.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            4 => "\\PC{0,8}".prop_map(String::into_bytes),
            1 => any::<u8>().prop_map(|byte| vec![byte]),
        ];
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat()),
        ]
    }

    proptest! {
        #[test]
        fn what_was_read_can_be_written_back(bytes in bytes()) {
            if let Ok(file) = SourceFile::decode(&bytes) {
                let written = file.encode(&file.text);
                prop_assert_eq!(written.as_deref(), Ok(bytes.as_slice()));
                let lines = LineIndex::of(&file.text);
                prop_assert_eq!(file.disk_offset(&lines, file.text.len()), bytes.len());
            }
        }
    }
}
