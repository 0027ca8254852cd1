//! The cache changes how long a run takes and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;

const CACHE: &str = ".rubricator_cache";

/// All that a run tells: status, standard output, standard error. What `--diff` shows has the bytes of the
/// files.
fn told(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rubricator"))
        .args(["check", "--format", "json"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// The same of a run that tells text alone.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = told(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The files of the cache, its marks for other programs left out.
fn cache_files(folder: &Path) -> Vec<PathBuf> {
    let builds = fs::read_dir(folder.join(CACHE)).into_iter().flatten().flatten();
    let builds = builds.map(|entry| entry.path()).filter(|path| path.is_dir());
    let mut files: Vec<_> = builds
        .flat_map(|build| fs::read_dir(build).expect("a folder").flatten())
        .map(|e| e.path())
        .collect();
    files.sort();
    files
}

const FILES: &[&str] = &["a.txt", "b.html", "c.md", "sub/d.html", "sub/e.txt", "sub/f.xml"];

const PIECES: &[&str] = &[
    "He spoke of the ’rule of law’ and went away.",
    "It was Mr Ryabchikov who came, and Ryabchikov who went.",
    "It was Mr Riabchikov who came. Then Riabchikov [sic] went.",
    "They had heard of Trotskii and of Khrushchov, and Mr Zubov said so.",
    "<p id='n1'>See <a href='b.html#n1'>there</a> and <a href='sub/d.html#n2'>here</a>.</p>",
    "<p id='n2'>The <a href='../map.png'>map</a>, <a href='../b.html#n1'>note</a>.</p>",
    "A [map](map.png), a [page](sub/d.html#n1) and a [plan](Plan.png).",
    "<TEI><text><body><p>“It is so.</p><p><ref target='d.html#n2'>x</ref></p></body></text></TEI>",
    "<!-- rubricator: ignore-file name-variant -->",
    "\u{fffd}",
];

const CONFIGURATIONS: &[&str] = &[
    "",
    "[rules]\nname-variant = \"off\"\n",
    "[quotes]\nstyle = \"double\"\n",
    "[[override]]\nfiles = [\"sub/**\"]\nrules = { quote-direction = \"error\", link-target = \"off\" }\n",
    "[files]\nexclude = [\"c.md\"]\n",
    "[figures]\nbuiltin = false\n",
    "[[accept]]\nfile = \"*.txt\"\nrule = \"name-variant\"\ntext = \"Riabchikov\"\n",
    "[rulez]\n",
];

const AUTHORITIES: &[&str] = &[
    "[[figure]]\nid = \"r\"\nname = \"Ivan Riabchikov\"\nnative = \"Иван Рябчиков\"\nlanguage = \"ru\"\n",
    "[[figure]]\nid = \"r\"\nname = \"Ivan Ryabchikov\"\nvariants = [\"Riabchikov\"]\n",
    "[[figure]]\nid = \"z\"\nname = \"Zubov\"\nvariants = [\"Trotskii\"]\n",
];

const ARGUMENTS: &[&[&str]] = &[
    &["."],
    &["."],
    &["sub", "a.txt"],
    &["./a.txt", "b.html", "a.txt"],
    &["--select", "name-variant,link-target,unknown-reference", "."],
    &["--select", "link-target", "."],
    &["--ignore", "name-variant", "--statistics", "."],
    &["--diff", "."],
    &["--fix", "a.txt"],
];

/// Something that happens to a corpus between two runs.
#[derive(Clone, Debug)]
enum Change {
    Write(usize, Vec<usize>),
    Remove(usize),
    Rename(usize, usize),
    Configure(Option<usize>),
    Authority(Option<usize>),
    /// A file comes or goes that is only linked to.
    Picture(bool),
    /// A byte of the cache is another, or a file of it ends there.
    Damage {
        file: usize,
        at: usize,
        is_cut: bool,
    },
    DeleteCache,
    Nothing,
}

fn change() -> impl Strategy<Value = Change> {
    let file = 0..FILES.len();
    let pieces = prop::collection::vec(0..PIECES.len(), 0..4);
    prop_oneof![
        6 => (file.clone(), pieces).prop_map(|(file, pieces)| Change::Write(file, pieces)),
        1 => file.clone().prop_map(Change::Remove),
        1 => (file.clone(), file).prop_map(|(from, to)| Change::Rename(from, to)),
        2 => prop::option::of(0..CONFIGURATIONS.len()).prop_map(Change::Configure),
        2 => prop::option::of(0..AUTHORITIES.len()).prop_map(Change::Authority),
        2 => any::<bool>().prop_map(Change::Picture),
        2 => (any::<usize>(), any::<usize>(), any::<bool>())
            .prop_map(|(file, at, is_cut)| Change::Damage { file, at, is_cut }),
        1 => Just(Change::DeleteCache),
        2 => Just(Change::Nothing),
    ]
}

impl Change {
    fn make(&self, folder: &Path) {
        let put = |name: &str, text: Option<&str>| match text {
            Some(text) => fs::write(folder.join(name), text).expect("written"),
            None => drop(fs::remove_file(folder.join(name))),
        };
        match self {
            Self::Write(file, pieces) => {
                let text: Vec<&str> = pieces.iter().map(|piece| PIECES[*piece]).collect();
                let text = text.join("\n\n");
                // A lone byte that is no UTF-8 stands for text in Windows-1252.
                let bytes = text.split('\u{fffd}').collect::<Vec<_>>().join("?").into_bytes();
                let is_old = text.contains('\u{fffd}');
                let old = |byte| if is_old && byte == b'?' { 0x93 } else { byte };
                let bytes: Vec<u8> = bytes.into_iter().map(old).collect();
                fs::write(folder.join(FILES[*file]), bytes).expect("written");
            }
            Self::Remove(file) => put(FILES[*file], None),
            Self::Rename(from, to) => {
                let _ = fs::rename(folder.join(FILES[*from]), folder.join(FILES[*to]));
            }
            Self::Configure(which) => put("rubricator.toml", which.map(|at| CONFIGURATIONS[at])),
            Self::Authority(which) => put("figures.toml", which.map(|at| AUTHORITIES[at])),
            Self::Picture(is_there) => put("map.png", is_there.then_some("png")),
            Self::Damage { file, at, is_cut } => damage(folder, *file, *at, *is_cut),
            Self::DeleteCache => drop(fs::remove_dir_all(folder.join(CACHE))),
            Self::Nothing => {}
        }
    }
}

fn damage(folder: &Path, file: usize, at: usize, is_cut: bool) {
    let files = cache_files(folder);
    if files.is_empty() {
        return;
    }
    let path = &files[file % files.len()];
    let mut bytes = fs::read(path).expect("read");
    if bytes.is_empty() {
        return;
    }
    let at = at % bytes.len();
    if is_cut {
        bytes.truncate(at);
    } else {
        bytes[at] ^= 0x55;
    }
    fs::write(path, bytes).expect("written");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_run_tells_the_same_with_a_cache_as_without(
        changes in prop::collection::vec((change(), 0..ARGUMENTS.len()), 1..24),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        fs::create_dir(folder.join("sub")).expect("created");
        for file in 0..FILES.len() {
            Change::Write(file, vec![file, file + 3, file + 1]).make(folder);
        }
        for (change, arguments) in changes {
            change.make(folder);
            let before = fs::read(folder.join("a.txt")).ok();
            let with = told(folder, ARGUMENTS[arguments]);
            // What was fixed is broken again for the other run.
            if let Some(before) = before {
                fs::write(folder.join("a.txt"), before).expect("written");
            }
            let without = told(folder, &[&["--no-cache"], ARGUMENTS[arguments]].concat());
            prop_assert_eq!(with, without);
        }
    }
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), PIECES[0]).expect("written");
    fs::write(folder.path().join("b.txt"), PIECES[1]).expect("written");
    folder
}

#[test]
fn the_cache_lies_in_the_root_and_keeps_itself_out_of_the_way() {
    let corpus = corpus();
    let folder = corpus.path();
    check(folder, &["--no-cache", "."]);
    assert!(!folder.join(CACHE).exists());
    check(folder, &["a.txt"]);
    assert!(!folder.join(CACHE).exists(), "a single file is no corpus");
    fs::create_dir(folder.join("sub")).expect("created");
    fs::write(folder.join("sub/c.txt"), PIECES[2]).expect("written");
    fs::write(folder.join("rubricator.toml"), "").expect("written");
    check(folder, &["sub/c.txt"]);
    let ignored = fs::read_to_string(folder.join(CACHE).join(".gitignore")).expect("read");
    assert_eq!(ignored, "*\n");
    let tag = fs::read_to_string(folder.join(CACHE).join("CACHEDIR.TAG")).expect("read");
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55"));
    assert!(!folder.join("sub").join(CACHE).exists());
}

#[test]
fn what_links_lead_to_may_come_and_go() {
    let corpus = tempfile::tempdir().expect("a folder");
    let folder = corpus.path();
    let page = "<p>See the <a href='maps/map.png'>map</a> and the <a href='b.html#x'>note</a>.</p>";
    fs::write(folder.join("a.html"), page).expect("written");
    let findings = || {
        let (_, out, _) = check(folder, &["--select", "link-target,unknown-reference", "."]);
        out.matches("\"rule\"").count()
    };
    let both = findings();
    assert_eq!((both, findings()), (2, 2));
    fs::create_dir(folder.join("maps")).expect("created");
    fs::write(folder.join("maps/map.png"), "png").expect("written");
    assert_eq!(findings(), 1);
    fs::write(folder.join("b.html"), "<p id='x'>A note.</p>").expect("written");
    assert_eq!(findings(), 0);
    fs::remove_file(folder.join("maps/map.png")).expect("removed");
    fs::write(folder.join("b.html"), "<p id='y'>A note.</p>").expect("written");
    assert_eq!(findings(), 2);
}

#[test]
fn a_second_run_writes_nothing() {
    let corpus = corpus();
    let folder = corpus.path();
    let first = check(folder, &["."]);
    let written = |folder: &Path| -> Vec<_> {
        let files = cache_files(folder).into_iter();
        files
            .map(|file| (fs::metadata(&file).expect("there").modified().expect("a time"), file))
            .collect()
    };
    let before = written(folder);
    assert!(before.len() >= 2, "documents, and the run: {before:?}");
    assert_eq!(check(folder, &["."]), first);
    assert_eq!(written(folder), before);
}

#[test]
fn a_document_is_known_again_under_another_name() {
    let corpus = corpus();
    let folder = corpus.path();
    check(folder, &["."]);
    let shards = || {
        let mut files = cache_files(folder);
        files.retain(|file| !file.to_string_lossy().contains("run-"));
        files.iter().map(|file| fs::read(file).expect("read")).collect::<Vec<_>>()
    };
    let before = shards();
    fs::rename(folder.join("a.txt"), folder.join("moved.txt")).expect("moved");
    let (_, out, _) = check(folder, &["."]);
    assert!(out.contains("\"path\":\"moved.txt\""), "{out}");
    assert_eq!(shards(), before);
}

#[test]
fn what_is_in_the_place_of_the_cache_is_left_alone() {
    let corpus = corpus();
    let folder = corpus.path();
    fs::write(folder.join(CACHE), "mine").expect("written");
    let (status, _, err) = check(folder, &["-q", "."]);
    assert_eq!((status, err.as_str()), (Some(1), ""));
    assert_eq!(fs::read_to_string(folder.join(CACHE)).expect("read"), "mine");
}

#[test]
fn caches_of_other_builds_and_of_runs_over_other_files_do_not_pile_up() {
    let corpus = corpus();
    let folder = corpus.path();
    for build in ["0.0.1-a", "0.0.2-b", "0.0.3-c", "0.0.4-d"] {
        fs::create_dir_all(folder.join(CACHE).join(build)).expect("created");
    }
    for number in 0..12 {
        fs::write(folder.join(format!("{number}.txt")), PIECES[number % 4]).expect("written");
        check(folder, &["."]);
    }
    let builds = fs::read_dir(folder.join(CACHE)).expect("read").flatten();
    assert_eq!(builds.filter(|entry| entry.path().is_dir()).count(), 3);
    let runs = cache_files(folder);
    let runs = runs.iter().filter(|file| file.to_string_lossy().contains("run-"));
    assert_eq!(runs.count(), 8);
}

#[test]
fn many_runs_may_go_on_at_once() {
    let corpus = corpus();
    let folder = corpus.path();
    let expected = check(folder, &["--no-cache", "."]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(check(folder, &["."]), expected));
        }
    });
    assert_eq!(check(folder, &["."]), expected);
}
