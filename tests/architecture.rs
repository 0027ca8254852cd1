//! The invariants of ARCHITECTURE.md that the compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. Modules of one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["markup"],
    &["quotes", "names", "references"],
    &["figures"],
    &["corpus"],
    &["rules"],
    &["config"],
    &["batch", "server"],
    &["cli"],
];

/// The first floor that may read files, ask the clock or print.
const FIRST_WITH_SIDE_EFFECTS: &str = "config";

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// `(module, file, code)` of every file of the library; tests within are left out.
fn files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&root)
        .into_iter()
        .filter_map(|file| {
            let inner = file.strip_prefix(&root).expect("under src");
            let first = inner.components().next()?.as_os_str().to_str()?;
            let module = first.trim_end_matches(".rs").to_owned();
            floor_of(&module)?;
            let code = fs::read_to_string(&file).expect("readable source");
            let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or("").to_owned();
            Some((module, file, code))
        })
        .collect()
}

#[test]
fn no_floor_uses_what_stands_above_it_or_beside_it() {
    let mut wrong = Vec::new();
    for (module, file, code) in files() {
        let floor = floor_of(&module).expect("known floor");
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (upper, modules) in FLOORS.iter().enumerate().skip(floor) {
                for other in modules.iter().filter(|&&other| other != module) {
                    let uses = line.contains(&format!("crate::{other}::"))
                        || line.contains(&format!("crate::{other};"));
                    // Names and references may look at each other's facts; quotes stand alone.
                    if uses && (upper > floor || module == "quotes") {
                        wrong.push(format!("{}: {}", file.display(), line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_core_has_no_side_effects_and_knows_no_protocol() {
    let first = floor_of(FIRST_WITH_SIDE_EFFECTS).expect("known floor");
    let forbidden =
        ["tower_lsp", "std::fs", "std::env", "SystemTime", "Instant::", "println!", "File::open"];
    let mut wrong = Vec::new();
    for (module, file, code) in files() {
        if floor_of(&module).is_some_and(|floor| floor < first) {
            for word in forbidden {
                if code.contains(word) {
                    wrong.push(format!("{}: {word}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn protocol_types_stay_behind_one_door() {
    let wrong: Vec<_> = files()
        .into_iter()
        .filter(|(_, file, code)| {
            code.contains("ls_types") && !file.to_string_lossy().contains("proto")
        })
        .map(|(_, file, _)| file)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
