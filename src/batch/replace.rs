//! Writing files: through a temporary file beside them and a rename, so that a file is
//! replaced whole or not at all.
//!
//! A temporary file is locked for as long as it is written, and the system takes the lock away
//! when the program ends, however that comes about. So what a killed run has left behind can be
//! told from what another one is writing.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

/// A file that takes the place of another when it is finished; dropped before, it leaves
/// everything as it was.
#[derive(Debug)]
pub(super) struct Replacement {
    out: BufWriter<NamedTempFile>,
    target: PathBuf,
}

impl Replacement {
    /// What the names of files begin with that are not finished yet.
    pub(super) const PREFIX: &str = ".rubricator-";

    /// So many random letters and digits follow.
    const RANDOM: usize = 6;

    /// What was begun is left alone for this time, whatever its lock says: not every disk knows
    /// locks, and between its beginning and its lock a file has none.
    pub(super) const ABANDONED: Duration = Duration::from_secs(60 * 60);

    /// Begins to write what will stand at `path`.
    ///
    /// # Errors
    /// Where no file can be made in the folder.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let (target, folder) = target(path);
        let mut builder = tempfile::Builder::new();
        builder.prefix(Self::PREFIX).rand_bytes(Self::RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        // Elsewhere a lock keeps other programs from reading.
        if cfg!(unix) {
            // Where there are no locks, nothing is taken for abandoned either.
            let _ = temporary.as_file().try_lock();
        }
        Ok(Self { out: BufWriter::new(temporary), target })
    }

    /// Brings all that was written to the disk, with the permissions of the file that it will
    /// replace, so that little is left to do in [`Replacement::finish`].
    ///
    /// # Errors
    /// Where the disk is full.
    fn settle(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let file = self.out.get_ref().as_file();
        if let Ok(metadata) = self.target.metadata() {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()
    }

    /// Puts what was written in the place of the file, with the permissions it had.
    ///
    /// # Errors
    /// Where the disk is full or the file cannot be replaced; it is then as it was.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.settle()?;
        self.out.into_parts().0.persist(&self.target).map_err(|error| error.error)?;
        Ok(())
    }

    /// The same if the file is still what was read; gives whether it was.
    ///
    /// Where the system can do it, the two files change places in one step and the old one is looked at
    /// after that. So what another program has written meanwhile is put back, and not lost between
    /// a look and a rename.
    ///
    /// # Errors
    /// Those of [`Replacement::finish`], and where the file cannot be read.
    pub(super) fn finish_if(mut self, is_as_read: impl Fn(&[u8]) -> bool) -> io::Result<bool> {
        self.settle()?;
        let old = File::open(&self.target)?;
        if cfg!(unix) {
            // The old file has the name of a temporary one for a moment: nobody may sweep it away.
            let _ = old.try_lock();
        }
        if !is_as_read(&content(&old)?) {
            return Ok(false);
        }
        let temporary = self.out.into_parts().0;
        match exchange(temporary.path(), &self.target) {
            Err(error) if is_unsupported(&error) => {
                temporary.persist(&self.target).map_err(|error| error.error)?;
                return Ok(true);
            }
            exchanged => exchanged?,
        }
        if content(&old).is_ok_and(|bytes| is_as_read(&bytes)) {
            return Ok(true);
        }
        let put_back = exchange(temporary.path(), &self.target);
        if put_back.is_err() {
            temporary.keep().map_err(|error| error.error)?;
        }
        put_back.map(|()| false)
    }

    /// The same for what can be made again: it is not waited for until it is on the disk.
    ///
    /// # Errors
    /// Those of [`Replacement::finish`].
    pub(super) fn finish_lightly(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.into_parts().0.persist(&self.target).map_err(|error| error.error)?;
        Ok(())
    }
}

/// All that an open file holds now.
fn content(mut file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Lets two files change places, in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or its disk cannot do what was asked for. Linux says of disks that
/// know no exchange that the argument is invalid (renameat2(2)).
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// What is replaced when `path` is written to, and the folder it lies in. A link stays a link: what
/// it leads to is replaced.
fn target(path: &Path) -> (PathBuf, PathBuf) {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).to_owned();
    (target, folder)
}

/// The folder in which a temporary file is made when `path` is replaced.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    target(path).1
}

/// Removes the temporary files that killed runs have left in a folder: those with a name that a
/// temporary file has, which nobody has touched for some time and nobody holds locked.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_temporary_name(&entry.file_name().to_string_lossy()) {
            remove_if_abandoned(&entry.path());
        }
    }
}

fn is_temporary_name(name: &str) -> bool {
    name.strip_prefix(Replacement::PREFIX).is_some_and(|rest| {
        rest.len() == Replacement::RANDOM && rest.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

fn remove_if_abandoned(path: &Path) {
    let is_abandoned = || -> io::Result<bool> {
        let metadata = fs::symlink_metadata(path)?;
        let age = metadata.modified()?.elapsed().unwrap_or_default();
        if !metadata.is_file() || age < Replacement::ABANDONED {
            return Ok(false);
        }
        // The lock ends with the file's closing here; nobody else looks for this one.
        Ok(cfg!(unix) && File::open(path)?.try_lock().is_ok())
    };
    if is_abandoned().unwrap_or(false) {
        let _ = fs::remove_file(path);
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Where a report goes.
pub(super) enum Sink {
    /// Standard output, or a device that cannot be replaced.
    Stream(Box<dyn Write>),
    /// A file.
    File(Replacement),
}

impl Sink {
    /// Standard error.
    pub(super) fn stderr() -> Self {
        Self::Stream(Box::new(BufWriter::new(io::stderr())))
    }

    /// Opens a file for a report; `None`: standard output.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stream(Box::new(BufWriter::new(io::stdout().lock()))));
        };
        let is_device = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        if is_device {
            let device = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self::Stream(Box::new(BufWriter::new(device))));
        }
        Replacement::of(path).map(Self::File)
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Whatever the last write gives.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Stream(mut out) => out.flush(),
            Self::File(file) => file.finish(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

/// What went wrong with a file, for people.
pub(crate) fn file_error(path: &Path, error: &io::Error) -> String {
    format!("{}: {}", path.display(), plain(error))
}

/// The message of an I/O error without its number.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_killed_run_has_left_is_swept_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        let long_ago = std::time::SystemTime::now() - Replacement::ABANDONED * 2;
        let old = |name: &str| {
            let file = File::create(place(name)).expect("created");
            file.set_modified(long_ago).expect("set");
            file
        };
        old(".rubricator-Ab3dE6");
        let held = old(".rubricator-Zz9yY8");
        held.try_lock().expect("nobody else has it");
        // What is named otherwise is not ours, and what is young may be written to.
        old(".rubricator-notes.txt");
        old(".rubricator-Ab3dE67");
        old("a.txt");
        File::create(place(".rubricator-aaaaaa")).expect("created");
        fs::create_dir(place(".rubricator-folder")).expect("created");
        sweep(folder.path());
        let left = fs::read_dir(folder.path()).expect("a folder").flatten();
        let mut left: Vec<String> =
            left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        left.sort();
        assert_eq!(
            left,
            [
                ".rubricator-Ab3dE67",
                ".rubricator-Zz9yY8",
                ".rubricator-aaaaaa",
                ".rubricator-folder",
                ".rubricator-notes.txt",
                "a.txt"
            ]
        );
        drop(held);
        sweep(folder.path());
        assert!(!place(".rubricator-Zz9yY8").exists(), "its run has ended");
    }

    #[test]
    fn what_another_program_wrote_meanwhile_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        let replaced = |meanwhile: &'static [u8], looks: usize| {
            fs::write(&path, b"as it was").expect("written");
            let mut new = Replacement::of(&path).expect("begun");
            new.write_all(b"mended").expect("written");
            // The other program writes to the file that it opened before the two changed places.
            let other = fs::OpenOptions::new().write(true).open(&path).expect("there");
            let seen = std::cell::Cell::new(0);
            let is_replaced = new.finish_if(|bytes| {
                let is_as_read = bytes == b"as it was";
                seen.set(seen.get() + 1);
                if seen.get() == looks {
                    (&other).write_all(meanwhile).expect("written");
                }
                is_as_read
            });
            let left = fs::read_dir(folder.path()).expect("a folder").count();
            assert_eq!(left, 1, "no temporary file is left");
            (is_replaced.expect("no error"), fs::read(&path).expect("there"))
        };
        assert_eq!(replaced(b"", 0), (true, b"mended".to_vec()));
        assert_eq!(replaced(b"theirs", 1), (false, b"theirswas".to_vec()));
    }

    #[test]
    fn what_is_being_written_is_locked() {
        let folder = tempfile::tempdir().expect("a folder");
        let begun = Replacement::of(&folder.path().join("a.txt")).expect("begun");
        let path = begun.out.get_ref().path().to_owned();
        assert!(is_temporary_name(&path.file_name().expect("a name").to_string_lossy()));
        File::open(&path).expect("there").set_modified(std::time::UNIX_EPOCH).expect("set");
        sweep(folder.path());
        assert!(path.exists());
        begun.finish().expect("finished");
        assert!(folder.path().join("a.txt").exists());
    }
}
