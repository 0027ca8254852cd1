//! The baseline, by any number of edits: what is known stays known wherever the rest of the file
//! goes, what is new is reported however much it looks like what is known, and what is no longer
//! needed is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;

/// Each has one finding, whatever stands around it.
const WRONG: &[&str] = &[
    "He spoke of the ’rule of law’ and went away.",
    "She spoke of the ’rule of law’ and went away.",
    "They had a long and rather tedious talk of what the papers called the ’rule of law’ at that time.",
    "It was ’so’ then, and it is so now.",
];

const RIGHT: &[&str] = &[
    "Nothing else was heard of it.",
    "He said ‘no’ and stayed where he was.",
    "In the year after that the ‘papers’ wrote of other things, and so did everybody else.",
    "",
];

/// A paragraph: one of `WRONG`, or one of `RIGHT`.
#[derive(Clone, Copy, Debug)]
enum Paragraph {
    Wrong(usize),
    Right(usize),
}

impl Paragraph {
    fn text(self) -> &'static str {
        match self {
            Self::Wrong(number) => WRONG[number],
            Self::Right(number) => RIGHT[number],
        }
    }
}

fn any_paragraph() -> impl Strategy<Value = Paragraph> {
    prop_oneof![
        (0..WRONG.len()).prop_map(Paragraph::Wrong),
        (0..RIGHT.len()).prop_map(Paragraph::Right),
    ]
}

fn any_text() -> impl Strategy<Value = Vec<Paragraph>> {
    prop::collection::vec(any_paragraph(), 0..8)
}

/// What happens to one file.
#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, Paragraph),
    Remove(usize),
    /// Two paragraphs change places.
    Swap(usize, usize),
    /// A sentence is added to the file's first line, far from everything else.
    Head,
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (any::<usize>(), any_paragraph()).prop_map(|(at, one)| Edit::Insert(at, one)),
        2 => any::<usize>().prop_map(Edit::Remove),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => Just(Edit::Head),
    ]
}

impl Edit {
    fn make(&self, text: &mut Vec<Paragraph>) {
        let within = |at: usize, length: usize| at % length.max(1);
        let length = text.len();
        match *self {
            Self::Insert(at, paragraph) => text.insert(within(at, length + 1), paragraph),
            Self::Head => text.insert(0, Paragraph::Right(0)),
            _ if text.is_empty() => {}
            Self::Remove(at) => drop(text.remove(within(at, length))),
            Self::Swap(a, b) => text.swap(within(a, length), within(b, length)),
        }
    }
}

fn write(folder: &Path, name: &str, text: &[Paragraph]) {
    let text: Vec<&str> = text.iter().map(|paragraph| paragraph.text()).collect();
    fs::write(folder.join(name), text.join("\n\n") + "\n").expect("written");
}

/// How often each wrong paragraph stands in a text.
fn wrong(text: &[Paragraph]) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for paragraph in text {
        if let Paragraph::Wrong(number) = paragraph {
            *counts.entry(*number).or_insert(0) += 1;
        }
    }
    counts
}

/// How many of `these` are beyond those.
fn beyond(these: &BTreeMap<usize, usize>, those: &BTreeMap<usize, usize>) -> usize {
    let left = |(number, count): (&usize, &usize)| {
        count.saturating_sub(those.get(number).copied().unwrap_or(0))
    };
    these.iter().map(left).sum()
}

/// How many findings are printed, the status, and how many of the baseline were not met.
fn run(folder: &Path, arguments: &[&str]) -> (usize, Option<i32>, usize) {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-cache", "--format", "concise", "."])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let unmet = said.split_once(" of the baseline not met").map_or(0, |(before, _)| {
        let words: Vec<&str> = before.split_whitespace().collect();
        words[words.len() - 2].parse().expect("a number")
    });
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
    (lines, output.status.code(), unmet)
}

/// The fingerprints of a report for GitLab, sorted.
fn fingerprints(folder: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-cache", "--format", "gitlab", "."])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let report: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let print = |one: &serde_json::Value| one["fingerprint"].as_str().expect("text").to_owned();
    let mut prints: Vec<String> = report.iter().map(print).collect();
    prints.sort();
    prints
}

const NAMES: [&str; 2] = ["a.txt", "b.txt"];

/// Beyond a hundred mistakes in a paragraph the others are counted; a baseline knows each.
#[test]
fn of_many_mistakes_in_one_paragraph_each_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let wrong = |from: u32, to: u32| -> String {
        let one = |number| {
            format!(
                "Then, when the year was nearly over, at number {number} he spoke of ‘so” and went \
                 away to write of other things, as all the others at number {number} did. "
            )
        };
        (from..to).map(one).collect()
    };
    let end = "And so he left.\n";
    let put = |text: &str| fs::write(folder.join("a.txt"), text).expect("written");
    put(&format!("{}{end}", wrong(0, 300)));
    run(folder, &["--write-baseline", "known.json"]);
    assert_eq!(run(folder, &["--baseline", "known.json"]), (0, Some(0), 0));
    put(&format!("{}{end}", wrong(1, 300)));
    assert_eq!(run(folder, &["--baseline", "known.json"]), (0, Some(0), 1), "one is mended");
    put(&format!("{}{end}", wrong(0, 301)));
    assert_eq!(run(folder, &["--baseline", "known.json"]), (1, Some(1), 0), "one is new");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn exactly_what_is_new_is_reported_and_what_is_gone_is_told(
        texts in [any_text(), any_text()],
        edits in prop::collection::vec((0..2usize, any_edit()), 0..10),
        is_moved in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        for (name, text) in NAMES.iter().zip(&texts) {
            write(folder, name, text);
        }
        let before = texts.clone().map(|text| wrong(&text));
        let all: usize = before.iter().flat_map(BTreeMap::values).sum();
        prop_assert_eq!(run(folder, &[]).0, all, "each wrong paragraph has one finding");
        run(folder, &["--write-baseline", "known.json"]);
        prop_assert_eq!(run(folder, &["--baseline", "known.json"]), (0, Some(0), 0));
        let mut texts = texts;
        for (file, edit) in &edits {
            edit.make(&mut texts[*file]);
        }
        for (name, text) in NAMES.iter().zip(&texts) {
            write(folder, name, text);
        }
        if is_moved {
            fs::create_dir(folder.join("below")).expect("created");
            fs::rename(folder.join(NAMES[0]), folder.join("below/c.txt")).expect("moved");
        }
        let after = texts.map(|text| wrong(&text));
        let new: [usize; 2] = std::array::from_fn(|file| beyond(&after[file], &before[file]));
        let gone: [usize; 2] = std::array::from_fn(|file| beyond(&before[file], &after[file]));
        let (found, status, unmet) = run(folder, &["--baseline", "known.json"]);
        if is_moved {
            // What the moved file has no longer may stand for something new elsewhere.
            let spare = gone[0].min(new[1]);
            prop_assert!((new[0] + new[1] - spare..=new[0] + new[1]).contains(&found));
            prop_assert_eq!(unmet + new[0] + new[1], gone[0] + gone[1] + found);
        } else {
            prop_assert_eq!(found, new[0] + new[1]);
            prop_assert_eq!(unmet, gone[0] + gone[1]);
        }
        prop_assert_eq!(status, Some(i32::from(found > 0)));
        // Written anew, it needs nothing more.
        run(folder, &["--write-baseline", "known.json"]);
        prop_assert_eq!(run(folder, &["--baseline", "known.json"]), (0, Some(0), 0));
    }

    #[test]
    fn fingerprints_outlive_what_is_right_around_them(
        text in any_text(),
        edits in prop::collection::vec((any::<usize>(), 0..RIGHT.len()), 1..6),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        write(folder, "a.txt", &text);
        let before = fingerprints(folder);
        prop_assert_eq!(before.len(), wrong(&text).values().sum::<usize>());
        let mut text = text;
        for (at, number) in edits {
            Edit::Insert(at, Paragraph::Right(number)).make(&mut text);
        }
        write(folder, "a.txt", &text);
        prop_assert_eq!(fingerprints(folder), before);
    }
}
