//! Ctrl-C: the run ends with what it has found, and leaves nothing else on the screen.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

const WIDTH: usize = 80;

/// What stands on a terminal after all that was written to it: its lines, without colours and links.
fn screen(written: &str) -> Vec<String> {
    let mut lines = vec![Vec::<char>::new()];
    let (mut line, mut column) = (0, 0);
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        match c {
            '\r' => column = 0,
            '\n' => {
                line += 1;
                lines.resize_with(lines.len().max(line + 1), Vec::new);
            }
            '\u{1b}' => match rest.next() {
                Some('[') => {
                    let mut sequence = String::new();
                    while !sequence.ends_with(|c: char| c.is_ascii_alphabetic()) {
                        sequence.extend(rest.next());
                    }
                    if sequence == "2K" {
                        lines[line].clear();
                    }
                }
                _ => while rest.next().is_some_and(|c| c != '\\') {},
            },
            c => {
                if column == WIDTH {
                    (line, column) = (line + 1, 0);
                    lines.resize_with(lines.len().max(line + 1), Vec::new);
                }
                let cells = &mut lines[line];
                cells.resize(cells.len().max(column + 1), ' ');
                cells[column] = c;
                column += 1;
            }
        }
    }
    let shown = lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned());
    shown.filter(|line| !line.is_empty()).collect()
}

#[test]
fn an_interrupted_run_leaves_its_findings_on_the_terminal_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.txt"), "He spoke of the ’rule of law’ and went away.\n")
        .expect("written");
    // Nobody writes to it for now, so its reading lasts.
    let pipe = folder.join("b.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let program = env!("CARGO_BIN_EXE_rubricator");
    let check = format!(
        "stty cols {WIDTH} rows 24; exec '{program}' check --color never --no-cache --jobs 2 \
         --format concise a.txt b.txt"
    );
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--command", &check, "/dev/null"])
        .current_dir(folder)
        .env("TERM", "xterm")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script runs");
    let mut output = terminal.stdout.take().expect("piped");
    let (sender, parts) = channel();
    std::thread::spawn(move || {
        let mut part = [0; 4096];
        while let Some(length) = output.read(&mut part).ok().filter(|&length| length > 0) {
            if sender.send(part[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut written = Vec::new();
    let end = Instant::now() + PATIENCE;
    let wait_for = |sign: &str, written: &mut Vec<u8>| {
        while !String::from_utf8_lossy(written).contains(sign) {
            let left = end.saturating_duration_since(Instant::now());
            match parts.recv_timeout(left) {
                Ok(part) => written.extend(part),
                Err(error) => panic!("{error}: {}", String::from_utf8_lossy(written)),
            }
        }
    };
    wait_for("1/2 files", &mut written);
    let mut keys = terminal.stdin.take().expect("piped");
    keys.write_all(b"\x03").expect("typed");
    // The signal comes when the terminal has it, and is heard of some time later.
    wait_for("1/2 files, ending", &mut written);
    let shown = screen(&String::from_utf8_lossy(&written));
    assert!(shown.len() == 1 && shown[0].contains("1/2 files"), "{shown:#?}");
    drop(fs::OpenOptions::new().write(true).open(&pipe).expect("opened"));
    wait_for("this is not all", &mut written);
    drop(keys);
    let status = terminal.wait().expect("ended").code();
    while let Ok(part) = parts.recv() {
        written.extend(part);
    }
    assert_eq!(status, Some(130));
    let written = String::from_utf8_lossy(&written);
    assert_eq!(
        screen(&written),
        [
            "a.txt:1:17: warning[quote-direction] This ’ points the wrong way: a quotation op",
            "ens here; expected ‘.",
            "1 finding in 1 of 2 files. 1 can be fixed with --fix. The run was interrupted: t",
            "his is not all.",
        ],
        "{written:?}"
    );
}

/// How often the thread of a process that hears of signals has gone to sleep.
fn naps(process: u32) -> usize {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).expect("tasks");
    let read = |task: &Path, what: &str| fs::read_to_string(task.join(what)).unwrap_or_default();
    let mut tasks = tasks.map(|task| task.expect("a task").path());
    let listener = tasks.find(|task| read(task, "comm") == "ctrl-c\n").expect("one that listens");
    let status = read(&listener, "status");
    let naps = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    naps.and_then(|naps| naps.trim().parse().ok()).expect("counted")
}

/// Sends the signal of Ctrl-C to a process that can hear it, and waits until it has.
fn interrupt(process: u32) {
    let end = Instant::now() + PATIENCE;
    let wait_for_nap = |last: usize| {
        while naps(process) <= last {
            assert!(Instant::now() < end, "it does not hear of signals");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    wait_for_nap(0);
    let before = naps(process);
    let sent = Command::new("kill").args(["-INT", &process.to_string()]).status();
    assert!(sent.expect("kill runs").success());
    wait_for_nap(before);
}

#[test]
fn an_interrupted_run_tells_what_it_has_found() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.txt", "c.txt"] {
        fs::write(folder.path().join(name), "He spoke of the ’rule of law’ and went away.\n")
            .expect("written");
    }
    let pipe = folder.path().join("b.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let run = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args([
            "check",
            "--no-cache",
            "--jobs",
            "1",
            "--format",
            "concise",
            "a.txt",
            "b.txt",
            "c.txt",
        ])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("rubricator runs");
    // The pipe opens when the program has come to it.
    let mut input = fs::OpenOptions::new().write(true).open(&pipe).expect("opened");
    interrupt(run.id());
    input.write_all(b"He said no and went away.\n").expect("written");
    drop(input);
    let ended = run.wait_with_output().expect("ended");
    assert_eq!(ended.status.code(), Some(130));
    let shown = String::from_utf8_lossy(&ended.stdout);
    assert!(shown.starts_with("a.txt:1:17: "), "{shown}");
    assert!(!shown.contains("c.txt"), "{shown}");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains("The run was interrupted"), "{said}");
}

#[test]
fn an_interruption_while_findings_are_shown_ends_with_all_of_them() {
    const FINDINGS: usize = 4000;
    let folder = tempfile::tempdir().expect("a folder");
    let text = "He spoke of the ’rule of law’ and went away.\n\n".repeat(FINDINGS);
    fs::write(folder.path().join("a.txt"), text).expect("written");
    let mut run = Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--no-cache", "--format", "concise", "a.txt"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("rubricator runs");
    let mut output = BufReader::new(run.stdout.take().expect("piped"));
    let mut shown = String::new();
    // More than a pipe holds is still to come, so it waits for a reader.
    output.read_line(&mut shown).expect("read");
    interrupt(run.id());
    output.read_to_string(&mut shown).expect("read");
    let ended = run.wait_with_output().expect("ended");
    assert_eq!(shown.lines().count(), FINDINGS);
    assert_eq!(
        String::from_utf8_lossy(&ended.stderr),
        "4000 findings in 1 of 1 file. 4000 can be fixed with --fix. The run was interrupted when \
         all files had been read.\n"
    );
    assert_eq!(ended.status.code(), Some(130));
}
