//! A corpus in a folder of its own, and what the program prints about it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Files in a folder that is gone with the value.
pub(crate) struct Corpus {
    folder: tempfile::TempDir,
}

impl Corpus {
    /// Writes the files, each a path and its text.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, text).expect("written");
        }
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program in the folder and gives the lines of JSON that it prints.
    pub(crate) fn run(&self, arguments: &[&str]) -> Vec<Value> {
        let text = String::from_utf8(self.output(arguments).stdout).expect("UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Runs the program in the folder, with nothing on standard input.
    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_rubricator"))
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs")
    }

    /// The file that a place of the output stands in, and its words.
    pub(crate) fn words(&self, path: &Value, place: &Value) -> (String, String) {
        let path = path.as_str().expect("a path");
        let text = fs::read_to_string(self.path().join(path)).expect("readable");
        let at = |end: &str| place[end]["offset"].as_u64().expect("an offset") as usize;
        (path.to_owned(), text[at("start")..at("end")].to_owned())
    }
}
