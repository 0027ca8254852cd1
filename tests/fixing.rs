//! `--fix`, by any text in any encoding: only the bytes of fixes differ, a second run changes nothing,
//! and what a file is otherwise it stays.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::Value;

const PIECES: &[&str] = &[
    "He spoke of the ’rule of law’ and went away.",
    "“Was it so?” — “It was,” he said; the workers‘ leaders went home in ‘38.",
    "There was nothing of the kind in the ‘papers of the time, as he said.",
    "They had heard of Trotskii, and of what Mr Riabchikov had said to the delegates.",
    "‘It is so,’ said Mr Ryabchikov. ‘And it was so before.’ The others said nothing.",
    "‘Tis the ’first’ of the ’last’ things, and ‘twas ever thus.",
    "A café – and a naïve “remark”.",
    "\t two  spaces , and more   ",
];

#[derive(Clone, Copy, Debug)]
enum Coding {
    Utf8,
    Utf8WithMark,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

impl Coding {
    fn encode(self, text: &str) -> Vec<u8> {
        let units = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
        match self {
            Self::Utf8 | Self::Utf8WithMark => text.as_bytes().to_vec(),
            Self::Utf16Little => units(u16::to_le_bytes),
            Self::Utf16Big => units(u16::to_be_bytes),
            Self::Windows1252 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        }
    }

    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8WithMark => b"\xEF\xBB\xBF",
            Self::Utf16Little => b"\xFF\xFE",
            Self::Utf16Big => b"\xFE\xFF",
            Self::Utf8 | Self::Windows1252 => b"",
        }
    }
}

fn any_coding() -> impl Strategy<Value = Coding> {
    prop::sample::select(vec![
        Coding::Utf8,
        Coding::Utf8WithMark,
        Coding::Utf16Little,
        Coding::Utf16Big,
        Coding::Windows1252,
    ])
}

fn rubricator(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-cache", "--format", "jsonl", "a.txt"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.code().is_some_and(|status| status < 2), "{said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The bytes of the file when the fixes that `check` prints are made by hand, at the offsets it
/// gives, until it prints none.
fn fixed_by_hand(folder: &Path, coding: Coding, with_unsafe: bool) -> Vec<u8> {
    let path = folder.join("a.txt");
    for _ in 0..10 {
        let mut bytes = fs::read(&path).expect("read");
        let printed = rubricator(folder, &[]);
        let findings =
            printed.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut edits: Vec<(usize, usize, String)> = Vec::new();
        for finding in findings {
            let fix = &finding["fixes"][0];
            if fix["safe"] != true && !(with_unsafe && fix["safe"] == false) {
                continue;
            }
            let number = |value: &Value| value.as_u64().expect("a number") as usize;
            let new: Vec<(usize, usize, String)> = fix["edits"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|edit| {
                    let text = edit["text"].as_str().expect("text").to_owned();
                    (number(&edit["start"]), number(&edit["end"]), text)
                })
                .collect();
            let touches = |(start, end, _): &(usize, usize, String)| {
                edits.iter().any(|(from, to, _)| start <= to && from <= end)
            };
            if !new.iter().any(touches) {
                edits.extend(new);
            }
        }
        if edits.is_empty() {
            return bytes;
        }
        edits.sort();
        for (start, end, text) in edits.into_iter().rev() {
            bytes.splice(start..end, coding.encode(&text));
        }
        fs::write(&path, bytes).expect("written");
    }
    panic!("there is always something left to fix");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn only_the_bytes_of_fixes_differ(
        pieces in prop::collection::vec((0..PIECES.len(), 0..4usize), 1..10),
        coding in any_coding(),
        mode in prop::sample::select(vec![0o644u32, 0o600, 0o664, 0o755]),
        with_unsafe in any::<bool>(),
        is_linked in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let ends = ["\n\n", "\r\n\r\n", "\n", "\r\r"];
        let text: String =
            pieces.iter().map(|&(piece, end)| format!("{}{}", PIECES[piece], ends[end])).collect();
        let bytes = [coding.mark(), &coding.encode(&text)].concat();
        let path = folder.join("a.txt");
        fs::write(&path, &bytes).expect("written");
        let expected = fixed_by_hand(folder, coding, with_unsafe);
        fs::remove_file(&path).expect("removed");
        let place = if is_linked { folder.join("kept.text") } else { path.clone() };
        fs::write(&place, &bytes).expect("written");
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).expect("set");
        if is_linked {
            std::os::unix::fs::symlink("kept.text", &path).expect("linked");
        }
        let arguments: &[&str] = if with_unsafe { &["--fix", "--unsafe-fixes"] } else { &["--fix"] };
        rubricator(folder, arguments);
        let once = fs::metadata(&place).expect("there");
        let fixed = fs::read(&path).expect("read");
        let (shown, wanted) = (String::from_utf8_lossy(&fixed), String::from_utf8_lossy(&expected));
        prop_assert!(fixed == expected, "{shown}\nand not\n{wanted}");
        prop_assert_eq!(once.permissions().mode() & 0o777, mode);
        prop_assert_eq!(fs::symlink_metadata(&path).expect("there").is_symlink(), is_linked);
        rubricator(folder, arguments);
        let twice = fs::metadata(&place).expect("there");
        prop_assert_eq!(once.ino(), twice.ino(), "a second run writes nothing");
        let names = fs::read_dir(folder).expect("a folder").count();
        prop_assert_eq!(names, 1 + usize::from(is_linked), "nothing is left beside it");
    }
}
