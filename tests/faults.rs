//! Faults put in at random: whatever is wrong with single files, the others are checked, every
//! cause is named once, and no file loses a byte that was not fixed.

#![cfg(unix)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use support::chance::Chance;

const PARAGRAPHS: &[&str] = &[
    "He spoke of the ’rule of law’ and went away, and that was all that was heard of it.",
    "‘It is so,’ said Mr Ryabchikov. ‘And it was so before.’ The others said nothing.",
    "They had heard of Trotskii, and of what Mr Riabchikov had said to the delegates.",
    "“Was it so?” — “It was,” he said; the workers’ leaders went home in ’38.",
    "There was nothing of the kind in the ‘papers of the time, as he said.",
];

/// A corpus of so many files, with some mistakes that `--fix` mends.
fn corpus(chance: &mut Chance, files: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..files {
        let count = 2 + chance.below(20);
        let text: Vec<&str> =
            (0..count).map(|_| PARAGRAPHS[chance.below(PARAGRAPHS.len())]).collect();
        let end = ["\n\n", "\r\n\r\n"][chance.below(2)];
        let mark = ["", "\u{feff}"][chance.below(2)];
        let path = folder.path().join(format!("{number:03}.txt"));
        fs::write(path, format!("{mark}{}{end}", text.join(end))).expect("written");
    }
    folder
}

/// Does something to a file that can happen to files; gives what has to be said about it.
fn put_a_fault(path: &Path, chance: &mut Chance) -> Option<&'static str> {
    let mut bytes = fs::read(path).expect("read");
    let at = chance.below(bytes.len());
    let fault = chance.below(9);
    if fault >= 6 {
        fs::remove_file(path).expect("removed");
    }
    match fault {
        0 => bytes.truncate(at),
        1 => bytes[at] = 0xE2,
        2 => bytes.insert(at, 0),
        3 => bytes.clear(),
        // An odd number of bytes is no UTF-16.
        4 => bytes = [b"\xFF\xFE\0", &bytes[..at / 2 * 2]].concat(),
        6 => symlink("nowhere", path).expect("linked"),
        7 => fs::create_dir(path).expect("created"),
        8 => {
            let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
            assert!(made.success());
        }
        _ => {}
    }
    if fault < 6 {
        fs::write(path, bytes).expect("written");
    }
    match fault {
        2 => Some("skipped: this is a binary file, not a text"),
        4 => Some("this is not valid UTF-16"),
        _ => None,
    }
}

fn rubricator(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubricator"));
    command.args(["check", "--no-progress"]).args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Status, standard output and what was said on standard error.
fn run(command: &mut Command) -> (Option<i32>, String, Vec<String>) {
    let output = command.output().expect("the program runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let said: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix("rubricator: "))
        .map(str::to_owned)
        .collect();
    assert!(said.iter().all(|line| !line.contains("failed on this file")), "{said:#?}");
    let once: BTreeSet<&String> = said.iter().collect();
    assert_eq!(once.len(), said.len(), "each cause is named once: {said:#?}");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"), said)
}

/// The bytes of the regular files.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    files.map(|entry| (entry.path(), fs::read(entry.path()).expect("read"))).collect()
}

fn put_back(before: &BTreeMap<PathBuf, Vec<u8>>) {
    for (path, bytes) in before {
        fs::write(path, bytes).expect("written");
    }
}

#[test]
fn faults_of_single_files_are_named_and_the_others_checked() {
    for seed in 0..4 {
        let mut chance = Chance(seed);
        let corpus = corpus(&mut chance, 60);
        let folder = corpus.path();
        let mut expected = BTreeSet::new();
        for number in (0..60).step_by(2) {
            let name = format!("{number:03}.txt");
            if let Some(message) = put_a_fault(&folder.join(&name), &mut chance) {
                expected.insert(format!("{name}: {message}"));
            }
        }
        let before = contents(folder);
        let arguments = ["--format", "jsonl", "."];
        let (status, out, said) = run(&mut rubricator(folder, &arguments));
        assert_eq!(said.iter().cloned().collect::<BTreeSet<_>>(), expected);
        let is_bad = expected.iter().any(|message| message.contains("UTF-16"));
        assert_eq!(status, Some(if is_bad { 2 } else { 1 }));
        assert!(out.contains("\"path\":\"001.txt\""), "{out}");
        assert_eq!(contents(folder), before);
        assert_eq!(run(&mut rubricator(folder, &arguments)), (status, out, said));
    }
}

/// So that nobody has to clean up after it. What is young may be another run's, which goes on.
#[test]
fn what_a_killed_run_has_left_is_gone_after_a_later_one() {
    let mut chance = Chance(5);
    let corpus = corpus(&mut chance, 3);
    let folder = corpus.path();
    fs::write(folder.join("b.txt"), PARAGRAPHS[0]).expect("written");
    let left = |name: &str, age: Duration| {
        let file = fs::File::create(folder.join(name)).expect("created");
        file.set_modified(std::time::SystemTime::now() - age).expect("set");
    };
    left(".rubricator-aB3dE6", Duration::from_secs(2 * 60 * 60));
    left(".rubricator-Zz9yX8", Duration::from_secs(60));
    run(&mut rubricator(folder, &["--fix", "-q", "--no-cache", "."]));
    assert!(!folder.join(".rubricator-aB3dE6").exists());
    assert!(folder.join(".rubricator-Zz9yX8").exists());
}

#[test]
fn a_run_that_is_killed_while_it_fixes_leaves_each_file_as_it_was_or_fixed() {
    let mut chance = Chance(7);
    let corpus = corpus(&mut chance, 60);
    let folder = corpus.path();
    let before = contents(folder);
    run(&mut rubricator(folder, &["--fix", "-q", "--no-cache", "."]));
    let fixed = contents(folder);
    assert_ne!(before, fixed);
    run(&mut rubricator(folder, &["--fix", "-q", "--no-cache", "."]));
    assert_eq!(contents(folder), fixed, "a second run changes nothing");
    for _ in 0..12 {
        put_back(&before);
        let mut child =
            rubricator(folder, &["--fix", "-q", "."]).spawn().expect("the program runs");
        std::thread::sleep(Duration::from_millis(chance.below(150) as u64));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let now = contents(folder);
        for (path, bytes) in &before {
            let is_whole = [Some(bytes), fixed.get(path)].contains(&now.get(path));
            assert!(is_whole, "{}", path.display());
        }
    }
}

/// A limit on the size of files stands for a disk that is full.
#[test]
fn what_cannot_be_written_is_left_and_reported() {
    let mut chance = Chance(11);
    let corpus = corpus(&mut chance, 12);
    let folder = corpus.path();
    let long = PARAGRAPHS[0].repeat(40);
    fs::write(folder.join("long.txt"), &long).expect("written");
    let before = contents(folder);
    let program = env!("CARGO_BIN_EXE_rubricator");
    let script =
        format!("trap '' XFSZ; ulimit -f 1; exec '{program}' check -q --no-progress \"$@\"");
    let limited = |arguments: &[&str]| {
        let mut command = Command::new("bash");
        command.args(["-c", &script, "bash"]).args(arguments).current_dir(folder);
        run(command.stdin(Stdio::null()))
    };
    let (status, out, said) = limited(&["--fix", "--format", "concise", "long.txt"]);
    assert_eq!((status, said.len()), (Some(2), 1), "{said:#?}");
    assert!(said[0].starts_with("long.txt: "), "{said:#?}");
    assert!(out.contains("quote-direction"), "{out}");
    assert_eq!(contents(folder), before);
    // What went wrong with the file is told though the report of it cannot be written either.
    let (status, _, said) = limited(&["--fix", "--format", "json", "-o", "report.json", "."]);
    let about = |name: &str| said.iter().filter(|line| line.contains(name)).count();
    assert_eq!((status, about("long.txt: "), about("report.json: ")), (Some(2), 1, 1), "{said:#?}");
    put_back(&before);
    assert_eq!(contents(folder), before);
    for arguments in [["--output", "report.txt"], ["--write-baseline", "known.json"]] {
        let (status, _, said) = limited(&[&arguments[..], &["."]].concat());
        assert_eq!((status, said.len()), (Some(2), 1), "{said:#?}");
        assert!(said[0].contains(arguments[1]), "{said:#?}");
        assert_eq!(contents(folder), before);
    }
}

/// Who has seen enough of the report wants the files fixed all the same.
#[test]
fn a_closed_pipe_keeps_nothing_from_being_fixed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (wrong, right) = (PARAGRAPHS[0], PARAGRAPHS[0].replace("’rule", "‘rule"));
    let rest = "They had heard of Trotskii.\n\n".repeat(400);
    for number in 0..40 {
        let text = format!("{wrong}\n\n{rest}");
        fs::write(folder.path().join(format!("{number:03}.txt")), text).expect("written");
    }
    let program = env!("CARGO_BIN_EXE_rubricator");
    let script = format!("'{program}' check --fix -q --no-progress --no-cache . | head -n 1");
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output();
    assert!(output.expect("bash runs").stderr.is_empty());
    for (path, bytes) in contents(folder.path()) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.starts_with(&right), "{}", path.display());
    }
}

/// Says that it is over, also when a test fails.
struct Over<'o>(&'o AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn files_that_change_while_they_are_read_do_no_harm() {
    let mut chance = Chance(23);
    let corpus = corpus(&mut chance, 40);
    let folder = corpus.path();
    let before = contents(folder);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (before, is_over) = (&before, &is_over);
        scope.spawn(move || {
            let files: Vec<_> = before.iter().collect();
            while !is_over.load(Ordering::Relaxed) {
                let (path, bytes) = files[chance.below(files.len())];
                fs::write(path, &bytes[..chance.below(bytes.len())]).expect("written");
                fs::write(path, bytes).expect("written");
            }
        });
        let _over = Over(is_over);
        for _ in 0..8 {
            let (_, out, said) = run(&mut rubricator(folder, &["--format", "jsonl", "."]));
            for line in out.lines() {
                let finding: serde_json::Value = serde_json::from_str(line).expect("whole lines");
                assert!(finding["rule"].is_string());
            }
            let is_expected = |line: &String| line.contains("changed while it was checked");
            assert!(said.iter().all(is_expected), "{said:#?}");
        }
    });
}
