//! Ctrl-C on a terminal: the run ends with what it has found, and leaves nothing else on the screen.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// How long a test waits before it fails.
const PATIENCE: Duration = Duration::from_secs(20);

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
    wait_for("^C", &mut written);
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
