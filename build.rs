//! Gives the program a mark of the sources that it is built from: a version alone does not tell
//! two builds apart, and one must not take the other's cache for its own.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that is compiled in, and what says which libraries are.
const SOURCES: &[&str] = &["Cargo.lock", "Cargo.toml", "seeds/figures.toml", "src"];

fn main() {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        gather(Path::new(source), &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.hash(&mut hasher);
        fs::read(file).ok().hash(&mut hasher);
    }
    println!("cargo::rustc-env=RUBRICATOR_BUILD={:016x}", hasher.finish());
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| gather(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}
